// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugin_words.h"

#include <algorithm>

namespace glacis::app {
namespace {

    /// A tail shorter than this has lost nothing in front.
    constexpr std::size_t shortTail = 1024;
    /// At its end a look may have met half a character, shown as another one.
    constexpr std::size_t mayChange = 4;

    /// What became of the text at the look before.
    struct Kept {
        std::size_t lost = 0; ///< bytes that went in front
        std::size_t same = 0; ///< that stand at the beginning of the tail now
    };
    Kept keptOf(std::string_view before, std::string_view tail)
    {
        const auto differs = std::mismatch(before.begin(), before.end(), tail.begin(), tail.end()).first;
        const auto same = static_cast<std::size_t>(differs - before.begin());
        if (same + mayChange >= before.size())
            return { 0, same };
        for (std::size_t at = 1; before.size() >= shortTail && at < before.size(); ++at) {
            if (tail.starts_with(before.substr(at)))
                return { at, before.size() - at };
        }
        return { before.size(), 0 };
    }

}

std::string_view PluginWords::notGiven(std::string_view tail, bool& grown) const
{
    const Kept kept = keptOf(m_before, tail);
    const std::size_t given = m_before.size() - m_open;
    grown = tail.size() > kept.same;
    return tail.substr(std::min(kept.same, given - std::min(given, kept.lost)));
}

std::string PluginWords::fresh(std::string_view tail)
{
    bool grown = false;
    const std::string_view open = notGiven(tail, grown);
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

std::string PluginWords::asWritten(std::string_view tail)
{
    bool grown = false;
    std::string words(notGiven(tail, grown));
    m_open = 0;
    m_before = tail;
    return words;
}

} // namespace glacis::app
