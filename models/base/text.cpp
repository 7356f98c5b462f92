// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace glacis {
namespace {

    char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

    // Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant's public-domain formula).
    std::int64_t daysFromCivil(std::int64_t y, unsigned m, unsigned d)
    {
        y -= m <= 2;
        const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
        const auto yearOfEra = static_cast<unsigned>(y - era * 400);
        const unsigned dayOfYear = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
        const unsigned dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146097 + static_cast<std::int64_t>(dayOfEra) - 719468;
    }

    // Reads exactly `digits` decimal digits at `at`.
    std::optional<int> fixedNumber(std::string_view text, std::size_t at, std::size_t digits)
    {
        if (at + digits > text.size())
            return std::nullopt;
        int value = 0;
        for (std::size_t i = at; i < at + digits; ++i) {
            if (text[i] < '0' || text[i] > '9')
                return std::nullopt;
            value = value * 10 + (text[i] - '0');
        }
        return value;
    }

    bool isBidiOrInvisible(std::string_view three)
    {
        // U+200B..200F, U+202A..202E, U+2060..2069, U+FEFF: they reorder or hide what a person reads.
        const auto a = static_cast<unsigned char>(three[0]);
        const auto b = static_cast<unsigned char>(three[1]);
        const auto c = static_cast<unsigned char>(three[2]);
        if (a == 0xE2 && b == 0x80)
            return (c >= 0x8B && c <= 0x8F) || (c >= 0xAA && c <= 0xAE);
        if (a == 0xE2 && b == 0x81)
            return c >= 0xA0 && c <= 0xA9;
        return a == 0xEF && b == 0xBB && c == 0xBF;
    }

} // namespace

std::string toLower(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = lower(c);
    return out;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i]))
            return false;
    }
    return true;
}

bool containsIgnoringCase(std::string_view text, std::string_view needle)
{
    if (needle.empty())
        return true;
    for (std::size_t i = 0; i + needle.size() <= text.size(); ++i) {
        if (equalsIgnoringCase(text.substr(i, needle.size()), needle))
            return true;
    }
    return false;
}

std::string_view trim(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos)
        return {};
    return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    std::size_t from = 0;
    while (true) {
        const auto at = text.find(separator, from);
        parts.push_back(text.substr(from, at == std::string_view::npos ? at : at - from));
        if (at == std::string_view::npos)
            return parts;
        from = at + 1;
    }
}

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

std::string printable(std::string_view text, bool keepLines)
{
    static constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x80) {
            const bool control = c < 0x20 || c == 0x7F;
            if (!control || (keepLines && (c == '\n' || c == '\t')))
                out.push_back(text[i]);
            else
                out.append(replacement);
            ++i;
            continue;
        }
        std::size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
        const auto sequence = text.substr(i, length);
        const bool c1Control
            = c == 0xC2 && sequence.size() == 2 && static_cast<unsigned char>(sequence[1]) < 0xA0;
        if (sequence.size() < length || !isValidUtf8(sequence)) {
            out.append(replacement);
            length = 1;
        } else if (c1Control || (length == 3 && isBidiOrInvisible(sequence))) {
            out.append(replacement);
        } else {
            out.append(sequence);
        }
        i += length;
    }
    return out;
}

std::string isoTime(std::int64_t seconds)
{
    std::int64_t days = seconds / 86400;
    std::int64_t rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        --days;
    }
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const auto dayOfEra = static_cast<unsigned>(days - era * 146097);
    const unsigned yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const unsigned dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const unsigned mp = (5 * dayOfYear + 2) / 153;
    const unsigned day = dayOfYear - (153 * mp + 2) / 5 + 1;
    const unsigned month = mp < 10 ? mp + 3 : mp - 9;
    const std::int64_t year = static_cast<std::int64_t>(yearOfEra) + era * 400 + (month <= 2 ? 1 : 0);
    std::array<char, 48> buffer {};
    std::snprintf(buffer.data(), buffer.size(), "%04lld-%02u-%02uT%02lld:%02lld:%02lldZ",
        static_cast<long long>(year), month, day, static_cast<long long>(rest / 3600),
        static_cast<long long>(rest / 60 % 60), static_cast<long long>(rest % 60));
    return buffer.data();
}

std::optional<std::int64_t> parseIsoTime(std::string_view text)
{
    const auto year = fixedNumber(text, 0, 4);
    const auto month = fixedNumber(text, 5, 2);
    const auto day = fixedNumber(text, 8, 2);
    if (!year || !month || !day || text[4] != '-' || text[7] != '-' || *month < 1 || *month > 12 || *day < 1
        || *day > 31)
        return std::nullopt;
    std::int64_t seconds
        = daysFromCivil(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)) * 86400;
    if (text.size() == 10)
        return seconds;
    const auto hour = fixedNumber(text, 11, 2);
    const auto minute = fixedNumber(text, 14, 2);
    const auto second = fixedNumber(text, 17, 2);
    if (!hour || !minute || !second || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')
        || text[13] != ':' || text[16] != ':' || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    seconds += *hour * 3600 + *minute * 60 + *second;
    std::size_t at = 19;
    if (at < text.size() && text[at] == '.') {
        do
            ++at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9');
    }
    const auto zone = text.substr(at);
    if (zone.empty() || zone == "Z" || zone == "z")
        return seconds;
    const auto zoneHour = fixedNumber(zone, 1, 2);
    const auto zoneMinute = fixedNumber(zone, 4, 2);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || !zoneHour || !zoneMinute)
        return std::nullopt;
    const std::int64_t offset = *zoneHour * 3600 + *zoneMinute * 60;
    return zone[0] == '+' ? seconds - offset : seconds + offset;
}

} // namespace glacis
