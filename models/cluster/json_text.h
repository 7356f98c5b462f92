// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small JSON answer as a tree, with the text that its nodes point into. Not for lists of objects: those are
// pages.
#pragma once

#include <string>
#include <string_view>

#include <inventory/reader.h>

namespace glacis::cluster {

class JsonText {
public:
    /// Reads one JSON value; anything else, and what breaks a limit, gives an empty root.
    JsonText(std::string_view body, const inventory::ReadLimits& limits);
    JsonText(const JsonText&) = delete;
    JsonText& operator=(const JsonText&) = delete;

    [[nodiscard]] inventory::NodeRef root() const { return m_root; }

private:
    std::string m_text;
    inventory::DocumentReader m_reader;
    inventory::NodeRef m_root;
};

} // namespace glacis::cluster
