// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/shapes.h>

#include <array>

#include <credentials/characters.h>
#include <credentials/tokens.h>
#include <credentials/values.h>

namespace glacis::credentials {

namespace {

    constexpr std::size_t ShortestKeyBody = 64;
    /// Parts of a JWT are decoded this far to look for members.
    constexpr std::size_t LongestDecodedPart = 16 * 1024;

    constexpr std::array<signed char, 256> base64Values = [] {
        std::array<signed char, 256> values {};
        values.fill(-1);
        constexpr std::string_view letters
            = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (std::size_t i = 0; i < letters.size(); ++i)
            values[static_cast<unsigned char>(letters[i])] = static_cast<signed char>(i);
        values['-'] = 62;
        values['_'] = 63;
        return values;
    }();

    bool isPartCharacter(char c) { return isAlnum(c) || c == '-' || c == '_'; }

    bool isPrintableText(std::string_view text)
    {
        return allOf(text, [](char c) {
            return (static_cast<unsigned char>(c) >= ' ' && c != 0x7F) || c == '\n' || c == '\t' || c == '\r';
        });
    }

    /// "‹xxxx…›" bodies of documentation.
    bool isSampleBody(std::string_view body)
    {
        return isRepeated(body) || body.find("xxxxxxxx") != std::string_view::npos
            || body.find("XXXXXXXX") != std::string_view::npos
            || body.find("........") != std::string_view::npos;
    }

    bool isBoundaryBefore(std::string_view text, std::size_t at, const TokenShape& shape)
    {
        if (shape.prefix == ":AA") { // the bot's number
            std::size_t digits = 0;
            while (digits < at && digits < 11 && isDigit(text[at - digits - 1]))
                ++digits;
            return digits >= 8 && digits <= 10;
        }
        if (at == 0)
            return true;
        const char before = text[at - 1];
        if (shape.prefix == "s.") // too short a prefix to trust inside "apps.example"
            return isSpace(before) || isQuote(before) || before == '=' || before == ':' || before == ',';
        if (shape.prefix.starts_with("hooks.") || shape.prefix.starts_with("discord")
            || shape.prefix.starts_with("api."))
            return !isAlnum(before);
        if (shape.prefix == "SK" || shape.prefix == "dapi" || shape.prefix == "sk-" || shape.prefix == "pul-")
            return !isAlnum(before) && before != '-' && before != '_';
        return !isAlnum(before);
    }

    /// Skips white space, and line ends that a nested encoding left as "\n".
    std::size_t skipLineEnds(std::string_view text, std::size_t at)
    {
        while (at < text.size()) {
            if (isSpace(text[at]) || text[at] == '\\')
                ++at;
            else if ((text[at] == 'n' || text[at] == 'r') && at > 0 && text[at - 1] == '\\')
                ++at;
            else
                break;
        }
        return at;
    }

} // namespace

std::string decodeBase64(std::string_view text, std::size_t most)
{
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = base64Values[static_cast<unsigned char>(c)];
        if (value < 0 || out.size() >= most)
            break;
        bits = ((bits << 6) | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>((bits >> count) & 0xFF);
        }
    }
    return out;
}

bool mayBeEncodedText(std::string_view value)
{
    constexpr std::size_t Shortest = 24;
    constexpr std::size_t Quads = 3;
    if (value.size() < Shortest)
        return false;
    for (std::size_t i = 0; i < 4 * Quads; i += 4) {
        std::uint32_t bits = 0;
        for (std::size_t k = i; k < i + 4; ++k) {
            const int digit = base64Values[static_cast<unsigned char>(value[k])];
            if (digit < 0)
                return false;
            bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        }
        const char bytes[] = { static_cast<char>((bits >> 16) & 0xFF), static_cast<char>((bits >> 8) & 0xFF),
            static_cast<char>(bits & 0xFF) };
        // Text that begins with other than ASCII is left out: a third of all names would look like it.
        if (!isPrintableText(std::string_view(bytes, 3)) || (bits & 0x808080U) != 0)
            return false;
    }
    return true;
}

std::optional<std::string> decodeWholeText(std::string_view value)
{
    constexpr std::size_t Longest = 1024 * 1024;
    while (!value.empty() && isSpace(value.back()))
        value.remove_suffix(1);
    if (value.size() > Longest || !mayBeEncodedText(value))
        return std::nullopt;
    std::string compact;
    compact.reserve(value.size());
    std::size_t padding = 0;
    for (const char c : value) {
        if (isSpace(c))
            continue;
        if (c == '=')
            ++padding;
        else if (!isBase64(c) || padding > 0)
            return std::nullopt;
        else
            compact += c;
    }
    if (padding > 2)
        return std::nullopt;
    std::string decoded = decodeBase64(compact, compact.size());
    if (!isPrintableText(decoded))
        return std::nullopt;
    return decoded;
}

std::string decodePercent(std::string_view text)
{
    const auto digit = [](char c) { return isDigit(c) ? c - '0' : toLowerAscii(c) - 'a' + 10; };
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && isHex(text[i + 1]) && isHex(text[i + 2])) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::optional<Span> matchToken(std::string_view text, std::size_t at, const TokenShape& shape)
{
    if (!hasText(text, at, shape.prefix) || !isBoundaryBefore(text, at, shape))
        return std::nullopt;
    const std::size_t begin = at + shape.prefix.size();
    const std::size_t length = runLength(text, begin, shape.accepts, shape.most + 1);
    if (length < shape.least || length > shape.most)
        return std::nullopt;
    const std::size_t end = begin + length;
    const std::string_view body = text.substr(begin, length);
    if ((end < text.size() && isAlnum(text[end])) || (shape.confirms && !shape.confirms(body))
        || isSampleBody(body))
        return std::nullopt;
    Span span;
    span.begin = begin;
    span.end = end;
    span.detector = shape.detector;
    span.prefix = shape.prefix == ":AA" ? std::string_view() : shape.prefix;
    return span;
}

std::optional<Span> matchAnyToken(std::string_view text, std::size_t at)
{
    if (auto token = matchJsonWebToken(text, at))
        return token;
    if (auto key = matchEncodedPrivateKey(text, at))
        return key;
    for (const TokenShape& shape : tokenShapes) {
        if (auto token = matchToken(text, at, shape))
            return token;
    }
    return std::nullopt;
}

std::optional<Span> matchJsonWebToken(std::string_view text, std::size_t at)
{
    if (!hasText(text, at, "eyJ") || (at > 0 && (isPartCharacter(text[at - 1]) || text[at - 1] == '.')))
        return std::nullopt;
    std::string_view parts[5];
    std::size_t count = 0;
    std::size_t end = at;
    while (count < 5) {
        const std::size_t length = runLength(text, end, isPartCharacter, text.size());
        parts[count++] = text.substr(end, length);
        end += length;
        if (end >= text.size() || text[end] != '.')
            break;
        ++end;
    }
    if (count < 2 || parts[0].size() < 12)
        return std::nullopt;
    const std::string header = decodeBase64(parts[0], LongestDecodedPart);
    if (!header.starts_with('{') || header.find("\"alg\"") == std::string::npos)
        return std::nullopt;
    const std::string payload = decodeBase64(parts[1], LongestDecodedPart);
    const bool encrypted = header.find("\"enc\"") != std::string::npos && count == 5;
    if (!encrypted && (!payload.starts_with('{') || parts[1].size() < 4))
        return std::nullopt;
    Span span;
    span.begin = at;
    span.end = end;
    span.detector = payload.find("kubernetes/serviceaccount") != std::string::npos
            || payload.find("\"kubernetes.io\"") != std::string::npos
            || payload.find("system:serviceaccount:") != std::string::npos
        ? Detector::KubernetesServiceAccountToken
        : Detector::JsonWebToken;
    return span;
}

std::optional<Span> matchPrivateKey(std::string_view text, std::size_t at)
{
    constexpr std::string_view begin = "BEGIN ";
    constexpr std::size_t LongestLabel = 40;
    if (!hasText(text, at, begin) || at < 3 || text.substr(at - 3, 3) != "---")
        return std::nullopt;
    const std::size_t labelBegin = at + begin.size();
    const std::size_t labelLength = runLength(
        text, labelBegin, [](char c) { return isUpper(c) || isDigit(c) || c == ' '; }, LongestLabel);
    const std::string_view label = text.substr(labelBegin, labelLength);
    if (!label.ends_with("PRIVATE KEY") && !label.ends_with("PRIVATE KEY BLOCK"))
        return std::nullopt;
    const std::size_t dashes = runLength(
        text, labelBegin + labelLength, [](char c) { return c == '-'; }, 5);
    if (dashes < 3)
        return std::nullopt;
    const std::size_t bodyBegin = skipLineEnds(text, labelBegin + labelLength + dashes);
    // The body ends at the next run of dashes; a missing END ends it at the first
    // foreign character.
    std::size_t end = bodyBegin;
    std::size_t letters = 0;
    while (end < text.size()) {
        const char c = text[end];
        if (text.substr(end, 3) == "---")
            break;
        if (isBase64(c) || c == '=')
            ++letters;
        else if (!isSpace(c) && c != '\\' && c != ':' && c != ',' && c != '.' && c != '(' && c != ')'
            && c != '"')
            break; // headers of old formats hold ":" and ","
        else if (c == '"' && !(end > 0 && text[end - 1] == '\\'))
            break;
        ++end;
    }
    if (letters == 0)
        return std::nullopt;
    Span span;
    span.begin = bodyBegin;
    span.end = end;
    span.detector = Detector::PrivateKey;
    span.loose = letters < ShortestKeyBody;
    return span;
}

std::optional<Span> matchEncodedPrivateKey(std::string_view text, std::size_t at)
{
    if (!hasText(text, at, encodedPemStart) || (at > 0 && isBase64(text[at - 1])))
        return std::nullopt;
    const std::string head = decodeBase64(text.substr(at, 128), 96);
    const std::size_t label = head.find("PRIVATE KEY");
    if (label == std::string::npos || head.find("-----", 5) < label)
        return std::nullopt;
    std::size_t end = at;
    while (end < text.size()) {
        const std::size_t line = runLength(
            text, end, [](char c) { return isBase64(c) || c == '='; }, text.size());
        end += line;
        const std::size_t next = end + runLength(text, end, isSpace, 16);
        // Encoders wrap lines at 60 to 76 characters; a shorter line was the last.
        if (line < 60 || next == end || next >= text.size() || runLength(text, next, isBase64, 20) < 20)
            break;
        end = next;
    }
    Span span;
    span.begin = at;
    span.end = end;
    span.detector = Detector::PrivateKey;
    return span;
}

} // namespace glacis::credentials
