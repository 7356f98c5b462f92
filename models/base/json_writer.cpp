// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "json_writer.h"

#include <charconv>
#include <cmath>
#include <cstring>

#include "text.h"

namespace glacis {
namespace {

    // Length of the valid UTF-8 sequence at text[i], 0 when it is malformed (overlong, surrogate, cut).
    std::size_t sequenceLength(std::string_view text, std::size_t i)
    {
        const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
        const unsigned char lead = byte(i);
        if (lead < 0x80)
            return 1;
        std::size_t length = 0;
        unsigned minimum = 0;
        unsigned value = 0;
        if (lead >= 0xC2 && lead <= 0xDF) {
            length = 2;
            value = lead & 0x1FU;
            minimum = 0x80;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            length = 3;
            value = lead & 0x0FU;
            minimum = 0x800;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            length = 4;
            value = lead & 0x07U;
            minimum = 0x10000;
        } else {
            return 0;
        }
        if (i + length > text.size())
            return 0;
        for (std::size_t k = 1; k < length; ++k) {
            if ((byte(i + k) & 0xC0U) != 0x80U)
                return 0;
            value = value << 6 | (byte(i + k) & 0x3FU);
        }
        const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
        return value >= minimum && value <= 0x10FFFF && !surrogate ? length : 0;
    }

    bool isPlain(unsigned char c) { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\'; }

    // How many bytes from `i` on need no escape and are ASCII: eight at a time, then one by one.
    std::size_t plainEnd(std::string_view text, std::size_t i)
    {
        constexpr std::uint64_t ones = 0x0101010101010101ULL;
        constexpr std::uint64_t highs = 0x8080808080808080ULL;
        const auto hasZero = [](std::uint64_t word) { return (word - ones) & ~word & highs; };
        for (; i + 8 <= text.size(); i += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + i, sizeof word);
            const std::uint64_t control = (word - ones * 0x20) & ~word & highs;
            if ((word & highs) | control | hasZero(word ^ ones * '"') | hasZero(word ^ ones * '\\'))
                break;
        }
        while (i < text.size() && isPlain(static_cast<unsigned char>(text[i])))
            ++i;
        return i;
    }

} // namespace

bool isValidUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequenceLength(text, i);
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}

void appendJsonString(std::string& out, std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    out.push_back('"');
    std::size_t plainFrom = 0;
    for (std::size_t i = 0; i < text.size();) {
        i = plainEnd(text, i);
        if (i == text.size())
            break;
        const auto c = static_cast<unsigned char>(text[i]);
        out.append(text, plainFrom, i - plainFrom);
        if (c >= 0x80) {
            const std::size_t length = sequenceLength(text, i);
            if (length == 0) {
                out.append("\xEF\xBF\xBD");
                ++i;
            } else {
                out.append(text, i, length);
                i += length;
            }
        } else {
            switch (c) {
            case '"':
                out.append("\\\"");
                break;
            case '\\':
                out.append("\\\\");
                break;
            case '\n':
                out.append("\\n");
                break;
            case '\t':
                out.append("\\t");
                break;
            case '\r':
                out.append("\\r");
                break;
            default:
                out.append("\\u00");
                out.push_back(digits[c >> 4]);
                out.push_back(digits[c & 15]);
            }
            ++i;
        }
        plainFrom = i;
    }
    out.append(text, plainFrom, text.size() - plainFrom);
    out.push_back('"');
}

void JsonWriter::newLine()
{
    if (m_indent > 0) {
        m_out.push_back('\n');
        m_out.append(m_hasItems.size() * static_cast<std::size_t>(m_indent), ' ');
    }
}

void JsonWriter::beforeValue()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_hasItems.empty())
        return;
    if (m_hasItems.back())
        m_out.push_back(',');
    m_hasItems.back() = true;
    newLine();
}

void JsonWriter::open(char bracket)
{
    beforeValue();
    m_out.push_back(bracket);
    m_hasItems.push_back(false);
}

void JsonWriter::close(char bracket)
{
    const bool hadItems = m_hasItems.back();
    m_hasItems.pop_back();
    if (hadItems)
        newLine();
    m_out.push_back(bracket);
}

JsonWriter& JsonWriter::beginObject()
{
    open('{');
    return *this;
}

JsonWriter& JsonWriter::endObject()
{
    close('}');
    return *this;
}

JsonWriter& JsonWriter::beginArray()
{
    open('[');
    return *this;
}

JsonWriter& JsonWriter::endArray()
{
    close(']');
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    beforeValue();
    appendJsonString(m_out, name);
    m_out.push_back(':');
    if (m_indent > 0)
        m_out.push_back(' ');
    m_afterKey = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text)
{
    beforeValue();
    appendJsonString(m_out, text);
    return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number)
{
    beforeValue();
    char buffer[24];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    m_out.append(buffer, static_cast<std::size_t>(end - buffer));
    return *this;
}

JsonWriter& JsonWriter::value(double number)
{
    beforeValue();
    if (!std::isfinite(number)) {
        m_out.append("null");
        return *this;
    }
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed, 1).ptr;
    m_out.append(buffer, static_cast<std::size_t>(end - buffer));
    return *this;
}

JsonWriter& JsonWriter::value(bool truth)
{
    beforeValue();
    m_out.append(truth ? "true" : "false");
    return *this;
}

JsonWriter& JsonWriter::null()
{
    beforeValue();
    m_out.append("null");
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json)
{
    beforeValue();
    m_out.append(json);
    return *this;
}

} // namespace glacis
