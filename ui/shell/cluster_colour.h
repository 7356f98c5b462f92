// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A colour for each cluster, so that production is not mistaken for a test: derived from the source's name
// and therefore the same in every window, or chosen by a person and kept in the settings.
#pragma once

#include <theme/tokens.h>
#include <workspace/workspace.h>

#include <QIcon>
#include <QString>

#include <span>

namespace glacis::ui {

class Settings;

struct ClusterColour {
    const char* name; ///< for tr("ClusterColour")
    Token token;
};
[[nodiscard]] std::span<const ClusterColour> clusterColours();

/// What the source is known by: "practice:votelab", "context:usual/prod", or the absolute path; empty for an
/// empty request.
[[nodiscard]] QString sourceKey(const workspace::SourceRequest& request);
/// Index into clusterColours() that the name alone gives. Colours that also
/// stand for good and bad are never given, only chosen.
[[nodiscard]] std::size_t derivedColour(const QString& key);
/// The chosen one, or the derived one.
[[nodiscard]] Token clusterToken(const QString& key, const Settings& settings);

[[nodiscard]] QString colourName(const ClusterColour& colour);
/// A dot in this colour, following the theme.
[[nodiscard]] QIcon colourIcon(Token token);

} // namespace glacis::ui
