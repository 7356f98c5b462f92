// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "json_text.h"

namespace glacis::cluster {

JsonText::JsonText(std::string_view body, const inventory::ReadLimits& limits)
    : m_text(body)
{
    const std::size_t size = m_text.size();
    m_text.resize(size + inventory::DocumentReader::jsonPadding);
    const auto& read = m_reader.readJson(std::string_view(m_text).substr(0, size), 0, limits);
    if (read.errors.empty() && read.documents.size() == 1)
        m_root = { *read.tree, read.documents.front().root };
}

} // namespace glacis::cluster
