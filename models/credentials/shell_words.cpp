// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/shell_words.h>

#include <credentials/characters.h>

namespace glacis::credentials {

namespace {

    bool endsCommand(char c) { return c == '\n' || c == ';' || c == '&' || c == '|'; }

} // namespace

std::string_view unquoted(std::string_view word)
{
    if (word.size() >= 2 && isQuote(word.front()) && word.front() != '`' && word.back() == word.front())
        return word.substr(1, word.size() - 2);
    return word;
}

std::string_view ShellWords::nextWord()
{
    const std::size_t begin = m_at;
    char quote = '\0';
    std::size_t depth = 0; // of $( … ) and ${ … }
    while (m_at < m_script.size()) {
        const char c = m_script[m_at];
        const char next = m_at + 1 < m_script.size() ? m_script[m_at + 1] : '\0';
        if (c == '\\' && quote != '\'') {
            m_at += 2;
            continue;
        }
        if (quote != '\0') {
            if (c == quote)
                quote = '\0';
        } else if (isQuote(c)) {
            quote = c;
        } else if (c == '$' && (next == '(' || next == '{')) {
            ++depth;
            ++m_at;
        } else if (depth > 0) {
            if (c == ')' || c == '}')
                --depth;
        } else if (isSpace(c) || endsCommand(c)) {
            break;
        }
        ++m_at;
    }
    m_at = std::min(m_at, m_script.size());
    return m_script.substr(begin, m_at - begin);
}

bool ShellWords::nextCommand(std::vector<std::string_view>& words)
{
    constexpr std::size_t MostWords = 4096;
    words.clear();
    while (m_at < m_script.size() && words.size() < MostWords) {
        const char c = m_script[m_at];
        if (endsCommand(c)) {
            ++m_at;
            if (!words.empty())
                return true;
        } else if (isSpace(c) || c == '(' || c == ')'
            || (c == '{' && m_at + 1 < m_script.size() && isSpace(m_script[m_at + 1]))) {
            ++m_at;
        } else if (c == '\\' && m_at + 1 < m_script.size()
            && (m_script[m_at + 1] == '\n' || m_script[m_at + 1] == '\r')) {
            m_at += 2;
        } else {
            words.push_back(unquoted(nextWord()));
        }
    }
    return !words.empty();
}

} // namespace glacis::credentials
