// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inventory/yaml_scalars.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

namespace glacis::inventory {

namespace {

    constexpr std::size_t blockBytes = 256U << 10;
    constexpr std::string_view tagPrefix = "tag:yaml.org,2002:";

    enum class Hint : std::uint8_t { Text, Word, Number, Point };

    constexpr std::array<Hint, 256> makeHints()
    {
        std::array<Hint, 256> hints {};
        for (const char c : std::string_view("yYnNtTfFoO~"))
            hints[static_cast<unsigned char>(c)] = Hint::Word;
        for (const char c : std::string_view("+-0123456789"))
            hints[static_cast<unsigned char>(c)] = Hint::Number;
        hints['.'] = Hint::Point;
        return hints;
    }
    constexpr std::array<Hint, 256> hints = makeHints();

    struct Word {
        std::string_view spelling;
        NodeType type;
        std::string_view text;
    };
    // goyaml.v2's resolveMapList; mixed spellings such as yEs are text.
    constexpr Word words[] = {
        { "true", NodeType::Bool, "true" },
        { "True", NodeType::Bool, "true" },
        { "TRUE", NodeType::Bool, "true" },
        { "false", NodeType::Bool, "false" },
        { "False", NodeType::Bool, "false" },
        { "FALSE", NodeType::Bool, "false" },
        { "null", NodeType::Null, "" },
        { "Null", NodeType::Null, "" },
        { "NULL", NodeType::Null, "" },
        { "~", NodeType::Null, "" },
        { "y", NodeType::Bool, "true" },
        { "Y", NodeType::Bool, "true" },
        { "yes", NodeType::Bool, "true" },
        { "Yes", NodeType::Bool, "true" },
        { "YES", NodeType::Bool, "true" },
        { "on", NodeType::Bool, "true" },
        { "On", NodeType::Bool, "true" },
        { "ON", NodeType::Bool, "true" },
        { "n", NodeType::Bool, "false" },
        { "N", NodeType::Bool, "false" },
        { "no", NodeType::Bool, "false" },
        { "No", NodeType::Bool, "false" },
        { "NO", NodeType::Bool, "false" },
        { "off", NodeType::Bool, "false" },
        { "Off", NodeType::Bool, "false" },
        { "OFF", NodeType::Bool, "false" },
    };
    constexpr std::string_view notFinite[] = { ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
        "-.Inf", "-.INF", ".nan", ".NaN", ".NAN" };

    bool isDigit(char c) { return c >= '0' && c <= '9'; }

    std::string_view withoutUnderscores(std::string_view text, TextArena& arena)
    {
        if (text.find('_') == std::string_view::npos)
            return text;
        char* const begin = arena.take(text.size());
        char* const end = std::remove_copy(text.begin(), text.end(), begin, '_');
        return { begin, static_cast<std::size_t>(end - begin) };
    }

    /// Go's ParseInt and ParseUint with base 0: a sign, 0x 0o 0b prefixes, a leading 0 for octal; 64 bits.
    std::optional<std::string_view> integer(std::string_view text, TextArena& arena)
    {
        std::string_view digits = text;
        const bool negative = digits.starts_with('-');
        if (negative || digits.starts_with('+'))
            digits.remove_prefix(1);
        int base = 10;
        if (digits.size() > 1 && digits[0] == '0') {
            const char mark = static_cast<char>(digits[1] | 0x20);
            base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
            digits.remove_prefix(base == 8 && mark != 'o' ? 1 : 2);
        }
        if (base == 10 && digits.size() < 19 && !digits.empty()
            && std::all_of(digits.begin(), digits.end(), isDigit)) {
            if (negative && digits == "0")
                return digits; // Go writes -0 as 0
            return text[0] == '+' ? digits : text;
        }
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
        if (error != std::errc() || end != digits.data() + digits.size() || digits.empty())
            return std::nullopt;
        constexpr std::uint64_t lowest = 1ULL << 63;
        if ((negative && value > lowest) || (!negative && text[0] == '+' && value >= lowest))
            return std::nullopt; // ParseUint takes no sign
        char* const out = arena.take(21);
        char* to = out;
        if (negative && value != 0)
            *to++ = '-';
        to = std::to_chars(to, out + 21, value).ptr;
        return std::string_view(out, static_cast<std::size_t>(to - out));
    }

    /// A decimal number taken apart: 0.DIGITS × 10^point.
    struct Decimal {
        bool negative = false;
        std::string digits; ///< without zeros at either end; empty for 0
        std::int64_t point = 0;
    };

    /// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
    std::optional<Decimal> decimal(std::string_view text)
    {
        Decimal number;
        std::size_t i = 0;
        if (text[0] == '-' || text[0] == '+') {
            number.negative = text[0] == '-';
            ++i;
        }
        std::size_t before = 0;
        std::size_t after = 0;
        for (; i < text.size() && isDigit(text[i]); ++i, ++before)
            number.digits.push_back(text[i]);
        if (i < text.size() && text[i] == '.') {
            for (++i; i < text.size() && isDigit(text[i]); ++i, ++after)
                number.digits.push_back(text[i]);
        }
        if (before + after == 0)
            return std::nullopt;
        std::int64_t exponent = 0;
        if (i < text.size()) {
            if ((text[i] | 0x20) != 'e' || ++i == text.size())
                return std::nullopt;
            const bool minus = text[i] == '-';
            if (minus || text[i] == '+')
                ++i;
            if (i == text.size())
                return std::nullopt;
            for (; i < text.size(); ++i) {
                if (!isDigit(text[i]))
                    return std::nullopt;
                exponent = std::min<std::int64_t>(exponent * 10 + (text[i] - '0'), 1'000'000'000);
            }
            exponent = minus ? -exponent : exponent;
        }
        number.point = static_cast<std::int64_t>(before) + exponent;
        const std::size_t first = std::min(number.digits.find_first_not_of('0'), number.digits.size());
        number.digits.erase(0, first);
        number.point -= static_cast<std::int64_t>(first);
        number.digits.erase(number.digits.find_last_not_of('0') + 1); // npos + 1 is 0
        if (number.digits.empty())
            number.point = 0;
        return number;
    }

    /// Below or above what a double holds (its greatest is 0.17976931348623157… × 10^309): nothing or 0.
    bool fitsDouble(Decimal& number)
    {
        if (number.point > 309 || (number.point == 309 && number.digits.compare("17976931348623158") >= 0))
            return false;
        if (number.point < -323)
            number.digits.clear();
        return true;
    }

    /// As Go's encoding/json writes a float64: no exponent from 1e-6 up to 1e21. Digits are kept as given, so
    /// a number of more than 17 of them shows more than a double holds.
    std::string jsonNumber(const Decimal& number)
    {
        if (number.digits.empty())
            return number.negative ? "-0" : "0";
        std::string out = number.negative ? "-" : "";
        const auto size = static_cast<std::int64_t>(number.digits.size());
        if (number.point < -5 || number.point > 21) {
            out += number.digits[0];
            if (size > 1)
                out.append(".").append(number.digits, 1);
            const std::int64_t exponent = number.point - 1;
            return out.append(exponent < 0 ? "e-" : "e+")
                .append(std::to_string(exponent < 0 ? -exponent : exponent));
        }
        if (number.point <= 0)
            return out.append("0.")
                .append(static_cast<std::size_t>(-number.point), '0')
                .append(number.digits);
        if (number.point >= size)
            return out.append(number.digits).append(static_cast<std::size_t>(number.point - size), '0');
        return out.append(number.digits, 0, static_cast<std::size_t>(number.point))
            .append(".")
            .append(number.digits, static_cast<std::size_t>(number.point));
    }

    YamlScalar floating(std::string_view text, TextArena& arena)
    {
        auto number = decimal(text);
        if (!number || !fitsDouble(*number))
            return { .type = NodeType::String, .text = {} };
        // 08 is no octal number: goyaml reads it as a float, JSON writes that as 8. Whole numbers are
        // integers in JSON.
        const std::string json = jsonNumber(*number);
        const bool whole = json.find_first_of(".e") == std::string::npos;
        return { .type = whole ? NodeType::Integer : NodeType::Float, .text = arena.copy(json) };
    }

    /// YYYY-M-D, alone or followed by T, t or a space and more: goyaml knows more of it, but all that matters
    /// is that the value stays text, which it does anyway for what is no number.
    bool looksLikeDate(std::string_view text)
    {
        return text.size() >= 8 && text[4] == '-' && std::all_of(text.begin(), text.begin() + 4, isDigit);
    }

    std::optional<std::string_view> base64(std::string_view text, TextArena& arena)
    {
        char* const out = arena.take(text.size() / 4 * 3 + 3);
        char* to = out;
        std::uint32_t bits = 0;
        int count = 0;
        std::size_t padding = 0;
        for (const char c : text) {
            if (c == '\n' || c == '\r')
                continue;
            if (c == '=') {
                ++padding;
                continue;
            }
            static constexpr std::string_view alphabet
                = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            const std::size_t value = alphabet.find(c);
            if (value == std::string_view::npos || padding > 0)
                return std::nullopt;
            bits = bits << 6 | static_cast<std::uint32_t>(value);
            if (++count == 4) {
                for (int shift = 16; shift >= 0; shift -= 8)
                    *to++ = static_cast<char>(bits >> shift);
                bits = 0;
                count = 0;
            }
        }
        if (count == 1 || padding != static_cast<std::size_t>((4 - count) % 4))
            return std::nullopt;
        if (count >= 2)
            *to++ = static_cast<char>(bits >> (count == 2 ? 4 : 10));
        if (count == 3)
            *to++ = static_cast<char>(bits >> 2);
        return std::string_view(out, static_cast<std::size_t>(to - out));
    }

} // namespace

std::string_view TextArena::copy(std::string_view text)
{
    if (text.empty())
        return {};
    char* const p = take(text.size());
    std::memcpy(p, text.data(), text.size());
    return { p, text.size() };
}

void TextArena::grow(std::size_t bytes)
{
    const std::size_t size = std::max(bytes, blockBytes);
    m_blocks.push_back({ std::unique_ptr<char[]>(new char[size]), size });
    m_next = m_blocks.back().memory.get();
    m_left = size;
}

void TextArena::reset()
{
    constexpr std::size_t kept = 4U << 20;
    std::size_t total = 0;
    for (const Block& block : m_blocks)
        total += block.size;
    if (m_blocks.size() > 1) { // one block of the size that was needed replaces the many
        m_blocks.clear();
        m_left = 0;
        if (total <= kept)
            grow(total);
    } else if (!m_blocks.empty()) {
        m_next = m_blocks[0].memory.get();
        m_left = m_blocks[0].size;
    }
}

bool mayBeMoreThanText(char first) { return hints[static_cast<unsigned char>(first)] != Hint::Text; }

YamlScalar resolvePlain(std::string_view text, TextArena& arena)
{
    if (text.empty())
        return { .type = NodeType::Null, .text = {} };
    const Hint hint = hints[static_cast<unsigned char>(text[0])];
    const YamlScalar string { .type = NodeType::String, .text = text };
    if (hint == Hint::Text)
        return string;
    if (hint == Hint::Word) {
        if (text.size() <= 5) {
            for (const Word& word : words) {
                if (word.spelling[0] == text[0] && word.spelling == text)
                    return { .type = word.type, .text = word.text };
            }
        }
        return string;
    }
    if (text.size() <= 5
        && std::find(std::begin(notFinite), std::end(notFinite), text) != std::end(notFinite))
        return { .type = NodeType::Float, .text = text, .problem = "infinity and NaN have no form in JSON" };
    if (hint == Hint::Number) {
        if (looksLikeDate(text))
            return string;
        const std::string_view plain = withoutUnderscores(text, arena);
        if (plain.empty())
            return string;
        if (const auto number = integer(plain, arena))
            return { .type = NodeType::Integer, .text = *number };
        // Decimal integers beyond 64 bits keep their digits.
        const std::size_t sign = plain[0] == '-' || plain[0] == '+' ? 1 : 0;
        if (plain.size() > sign + 18 && plain[sign] != '0' && plain.size() <= sign + 309
            && std::all_of(plain.begin() + static_cast<std::ptrdiff_t>(sign), plain.end(), isDigit))
            return { .type = NodeType::Integer, .text = plain[0] == '+' ? plain.substr(1) : plain };
        text = plain;
    }
    const YamlScalar number = floating(text, arena);
    return number.type == NodeType::String ? string : number;
}

YamlScalar resolveTagged(std::string_view tag, std::string_view text, TextArena& arena)
{
    const std::string_view name
        = tag.starts_with(tagPrefix) ? tag.substr(tagPrefix.size()) : std::string_view();
    if (name == "binary") {
        if (const auto bytes = base64(text, arena))
            return { .type = NodeType::String, .text = *bytes };
        return {
            .type = NodeType::String, .text = text, .problem = "a value with the tag !!binary is no base64"
        };
    }
    if (name == "timestamp") {
        YamlScalar scalar { .type = NodeType::String, .text = text };
        if (!looksLikeDate(text))
            scalar.problem = "a value with the tag !!timestamp is no date";
        return scalar;
    }
    static constexpr std::pair<std::string_view, NodeType> types[]
        = { { "int", NodeType::Integer }, { "bool", NodeType::Bool }, { "null", NodeType::Null } };
    YamlScalar scalar = resolvePlain(text, arena);
    if (name == "float") {
        if (scalar.type != NodeType::Integer && scalar.type != NodeType::Float)
            scalar.problem = "a value with the tag !!float is no number";
        return scalar;
    }
    for (const auto& [known, type] : types) {
        if (name == known) {
            if (scalar.type != type)
                scalar.problem = type == NodeType::Integer ? "a value with the tag !!int is no integer"
                    : type == NodeType::Bool ? "a value with the tag !!bool is neither true nor false"
                                             : "a value with the tag !!null is not empty";
            return scalar;
        }
    }
    return { .type = NodeType::String, .text = text };
}

YamlScalar resolveKey(const YamlScalar& scalar, TextArena& arena)
{
    YamlScalar key { .type = NodeType::String, .text = scalar.text };
    if (scalar.type == NodeType::Null) {
        key.problem = "a key is empty or null";
    } else if (scalar.type == NodeType::Float && !scalar.text.empty() && isDigit(scalar.text.back())) {
        // Go writes keys with %g, where an exponent begins at 1e21 too but has two digits at least.
        const std::size_t e = scalar.text.find('e');
        if (e != std::string_view::npos && scalar.text.size() - e == 3) {
            std::string spelled;
            spelled.append(scalar.text.substr(0, e + 2)).append("0").append(scalar.text.substr(e + 2));
            key.text = arena.copy(spelled);
        }
    } else if (scalar.type == NodeType::Float) { // .inf and its like may be keys
        key.text = scalar.text.find_first_of("nN") == 1 && scalar.text.size() == 4
                && (scalar.text[2] | 0x20) == 'a'
            ? ".nan"
            : scalar.text[0] == '-' ? "-.inf"
                                    : ".inf";
    } else {
        key.problem = scalar.problem;
    }
    return key;
}

} // namespace glacis::inventory
