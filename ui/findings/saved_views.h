// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Views of the findings under a name: filter, groups and order. Some are built in, others a person saves.
#pragma once

#include <vector>

#include <findings/finding_view.h>

#include <QByteArray>

class QJsonArray;
class QJsonObject;

namespace glacis::ui {

struct SavedView {
    QString name;
    FindingQuery query;
};

[[nodiscard]] const std::vector<SavedView>& builtInViews();

class SavedViews {
public:
    static constexpr std::size_t atMost = 50;
    static constexpr qsizetype longestName = 60;

    [[nodiscard]] const std::vector<SavedView>& all() const { return m_views; }
    [[nodiscard]] const SavedView* find(const QString& name) const;
    [[nodiscard]] const SavedView* matching(const FindingQuery& query) const; ///< nullptr: none is like this
    /// Replaces the one of that name. False: no name, or too many.
    bool save(const QString& name, const FindingQuery& query);
    bool rename(const QString& from, const QString& to); ///< false when `to` is taken or empty
    void remove(const QString& name);

    [[nodiscard]] QJsonArray toJson() const;
    void fromJson(const QJsonArray& array); ///< what is malformed is left out

private:
    std::vector<SavedView> m_views; ///< by name
};

[[nodiscard]] QJsonObject queryToJson(const FindingQuery& query);
[[nodiscard]] FindingQuery queryFromJson(const QJsonObject& object);

} // namespace glacis::ui
