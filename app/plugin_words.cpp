// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_words.h"

#include <algorithm>

namespace glacis::app {
namespace {

    constexpr std::size_t keySize = 256;

    /// Bytes at the beginning of `tail` that `before` ends with.
    std::size_t knownPart(std::string_view before, std::string_view tail)
    {
        if (tail.starts_with(before))
            return before.size();
        const std::string_view key = tail.substr(0, keySize);
        for (std::size_t at = before.find(key); at != std::string_view::npos; at = before.find(key, at + 1)) {
            if (tail.starts_with(before.substr(at)))
                return before.size() - at;
        }
        return 0;
    }

}

std::string PluginWords::fresh(std::string_view tail)
{
    const std::size_t known = knownPart(m_before, tail);
    const std::size_t begin = known - std::min(known, m_open);
    const std::string_view open = tail.substr(begin);
    const bool grown = tail.size() > known;
    const std::size_t end = grown ? open.rfind('\n') + 1 : open.size(); // npos + 1 is 0
    std::string lines(open.substr(0, end));
    if (m_endedByUs && lines.starts_with('\n'))
        lines.erase(0, 1);
    if (!lines.empty()) {
        m_endedByUs = lines.back() != '\n';
        if (m_endedByUs)
            lines.push_back('\n');
    }
    m_open = open.size() - end;
    m_before = tail;
    return lines;
}

} // namespace glacis::app
