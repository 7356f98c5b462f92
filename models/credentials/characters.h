// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// ASCII character classes of this room, independent of the locale. Bytes above
// 0x7F belong to no class.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace glacis::credentials {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool isLetter(char c) { return isLower(c) || isUpper(c); }
constexpr bool isAlnum(char c) { return isLetter(c) || isDigit(c); }
constexpr bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool isLowerHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); }
constexpr bool isBlank(char c) { return c == ' ' || c == '\t'; }
constexpr bool isSpace(char c) { return isBlank(c) || c == '\n' || c == '\r'; }
constexpr bool isQuote(char c) { return c == '"' || c == '\'' || c == '`'; }
constexpr bool isBase64(char c) { return isAlnum(c) || c == '+' || c == '/' || c == '-' || c == '_'; }
/// Characters of a key in text: DB_PASSWORD, spring.datasource.password,
/// --db-password.
constexpr bool isKeyCharacter(char c) { return isAlnum(c) || c == '_' || c == '-' || c == '.'; }
constexpr char toLowerAscii(char c) { return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

template <class Predicate> constexpr bool allOf(std::string_view text, Predicate predicate)
{
    return std::all_of(text.begin(), text.end(), predicate);
}

/// Length of the run of matching characters that starts at `from`, at most
/// `cap`.
template <class Predicate>
constexpr std::size_t runLength(std::string_view text, std::size_t from, Predicate predicate, std::size_t cap)
{
    const std::size_t last = cap < text.size() - from ? from + cap : text.size();
    std::size_t at = from;
    while (at < last && predicate(text[at]))
        ++at;
    return at - from;
}

/// Compares ASCII without case; `lower` is already lower case.
constexpr bool equalsLower(std::string_view text, std::string_view lower)
{
    return text.size() == lower.size()
        && std::equal(
            text.begin(), text.end(), lower.begin(), [](char a, char b) { return toLowerAscii(a) == b; });
}

constexpr bool startsWithLower(std::string_view text, std::string_view lower)
{
    return text.size() >= lower.size() && equalsLower(text.substr(0, lower.size()), lower);
}

constexpr bool hasText(std::string_view text, std::size_t at, std::string_view expected)
{
    return at <= text.size() && text.substr(at, expected.size()) == expected;
}

} // namespace glacis::credentials
