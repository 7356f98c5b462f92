// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/pseudonym_words.h>

#include <algorithm>
#include <string>

#include <network/addresses.h>

namespace glacis::report {
namespace {
    bool isDigit(char c) { return c >= '0' && c <= '9'; }
    bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
    bool isLower(char c) { return c >= 'a' && c <= 'z'; }
    bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

    struct Character {
        std::size_t size;
        bool ofWord;
    };
    /// Letters of all scripts are of a word; dashes, quotes, arrows and signs (U+0080–BF, U+2000–303F, × and
    /// ÷) are not.
    Character characterAt(std::string_view text, std::size_t at)
    {
        const auto byte = [&](std::size_t i) {
            return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
        };
        const unsigned first = byte(0);
        if (first < 0x80) {
            const char c = text[at];
            return { 1, isDigit(c) || isUpper(c) || isLower(c) || c == '.' || c == '_' || c == '-' };
        }
        const std::size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        const bool sign = first == 0xC2 || (first == 0xC3 && (byte(1) == 0x97 || byte(1) == 0xB7))
            || first == 0xE2 || (first == 0xE3 && byte(1) == 0x80);
        return { std::min(size, text.size() - at), !sign };
    }
}

void WordReader::give(Kind kind, std::size_t end)
{
    m_kind = kind;
    m_end = end;
}

/// Without the dots and dashes of a sentence or a flag at its ends.
std::size_t WordReader::wordEnd(std::size_t begin) const
{
    std::size_t end = begin;
    while (end < m_text.size()) {
        const Character c = characterAt(m_text, end);
        if (!c.ofWord)
            break;
        end += c.size;
    }
    while (end > begin && (m_text[end - 1] == '.' || m_text[end - 1] == '-'))
        --end;
    return end;
}

std::size_t WordReader::address6End(std::size_t begin) const
{
    std::size_t end = begin, colons = 0;
    for (; end < m_text.size() && (isHex(m_text[end]) || m_text[end] == ':' || m_text[end] == '.'); ++end)
        colons += m_text[end] == ':' ? 1 : 0;
    if (colons < 2)
        return begin;
    while (end > begin + 2 && (m_text[end - 1] == '.' || (m_text[end - 1] == ':' && m_text[end - 2] != ':')))
        --end;
    if (end < m_text.size() && characterAt(m_text, end).ofWord && m_text[end] != '.')
        return begin;
    return network::parseIp(m_text.substr(begin, end - begin)) ? end : begin;
}

std::size_t WordReader::mailEnd(std::size_t wordEnd) const
{
    if (wordEnd + 1 >= m_text.size() || m_text[wordEnd] != '@')
        return wordEnd;
    const std::size_t end = this->wordEnd(wordEnd + 1);
    const std::string_view host = m_text.substr(wordEnd + 1, end - wordEnd - 1);
    return host.find('.') != std::string_view::npos ? end : wordEnd;
}

bool WordReader::next()
{
    m_begin = m_end;
    if (m_begin == m_text.size())
        return false;
    if (const std::size_t end = address6End(m_begin); end != m_begin) {
        give(Kind::Address, end);
        return true;
    }
    const char first = m_text[m_begin];
    if (first != '.' && first != '-' && characterAt(m_text, m_begin).ofWord) {
        const std::size_t end = wordEnd(m_begin);
        if (const std::size_t mail = mailEnd(end); mail != end)
            give(Kind::Mail, mail);
        else if (isDigit(first) && network::parseIp(m_text.substr(m_begin, end - m_begin)))
            give(Kind::Address, end);
        else
            give(Kind::Word, end);
        return true;
    }
    std::size_t end = m_begin;
    do
        end += characterAt(m_text, end).size;
    while (end < m_text.size() && m_text[end] != ':'
        && (m_text[end] == '.' || m_text[end] == '-' || !characterAt(m_text, end).ofWord));
    give(Kind::Gap, end);
    return true;
}

bool isWellKnownAddress(std::string_view address)
{
    const auto ip = network::parseIp(address);
    if (!ip)
        return false;
    const auto zeros = static_cast<std::size_t>(
        std::find_if(ip->bytes.begin(), ip->bytes.end(), [](auto byte) { return byte != 0; })
        - ip->bytes.begin());
    if (!ip->v4) // :: and ::1
        return zeros == 16 || (zeros == 15 && ip->bytes[15] == 1);
    const auto* byte = ip->bytes.data() + 12;
    return byte[0] == 127 || (byte[0] | byte[1] | byte[2] | byte[3]) == 0
        || (byte[0] == 169 && byte[1] == 254 && byte[2] == 169 && byte[3] == 254);
}

} // namespace glacis::report
