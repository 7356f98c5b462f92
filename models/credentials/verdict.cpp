// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/verdict.h>

#include <credentials/characters.h>
#include <credentials/scanner.h>
#include <credentials/urls.h>
#include <credentials/values.h>

namespace glacis::credentials {

namespace {

    constexpr std::size_t LongestConnectionString = 4096;

    bool isConnectionDetector(Detector detector)
    {
        return detector == Detector::UrlPassword || detector == Detector::ConnectionString
            || detector == Detector::AzureStorageKey;
    }

    std::size_t findKey(std::string_view text, std::string_view key)
    {
        for (std::size_t i = 0; i + key.size() < text.size(); ++i) {
            if (text[i + key.size()] == '=' && equalsLower(text.substr(i, key.size()), key)
                && (i == 0 || !isAlnum(text[i - 1])))
                return i + key.size() + 1;
        }
        return std::string_view::npos;
    }

    std::string_view valueOf(std::string_view text, std::initializer_list<std::string_view> keys)
    {
        for (const std::string_view key : keys) {
            const std::size_t begin = findKey(text, key);
            if (begin == std::string_view::npos)
                continue;
            const std::size_t length = runLength(
                text, begin,
                [](char c) { return isAlnum(c) || c == '.' || c == '-' || c == '_' || c == ':' || c == ','; },
                200);
            return text.substr(begin, length);
        }
        return {};
    }

    UrlParts partsOfKeyValues(std::string_view text)
    {
        UrlParts parts;
        parts.host = valueOf(text, { "host", "server", "data source", "addr", "hostname" });
        if (parts.host.starts_with("tcp:"))
            parts.host.remove_prefix(4);
        if (const std::size_t comma = parts.host.find_first_of(",:"); comma != std::string_view::npos) {
            if (allOf(parts.host.substr(comma + 1), isDigit))
                parts.port = parts.host.substr(comma + 1);
            parts.host = parts.host.substr(0, comma);
        }
        if (const std::string_view port = valueOf(text, { "port" }); !port.empty() && allOf(port, isDigit))
            parts.port = port;
        parts.database = valueOf(text, { "dbname", "database", "initial catalog" });
        return parts;
    }

    /// A part that overlaps a secret is no public part, whatever the parser
    /// thought.
    std::string keepPublic(std::string_view text, std::string_view part, const std::vector<Span>& spans)
    {
        if (part.empty())
            return {};
        const auto begin = static_cast<std::size_t>(part.data() - text.data());
        const std::size_t end = begin + part.size();
        // Only the neighbourhood can overlap: spans are sorted.
        const auto next = std::lower_bound(spans.begin(), spans.end(), begin,
            [](const Span& span, std::size_t at) { return span.end <= at; });
        return next != spans.end() && next->begin < end ? std::string() : std::string(part);
    }

    bool isConnectionString(std::string_view text)
    {
        if (text.size() > LongestConnectionString || text.find_first_of("\r\n{") != std::string_view::npos)
            return false;
        if (text.find("://") != std::string_view::npos || startsWithLower(text, "jdbc:"))
            return true;
        for (const std::string_view key :
            { "host", "server", "data source", "addr", "accountname", "endpoint", "dbname", "uid" }) {
            if (findKey(text, key) != std::string_view::npos)
                return true;
        }
        return false;
    }

    bool isKubeconfig(std::string_view text)
    {
        const std::string_view head = text.substr(0, 64 * 1024);
        return head.find("clusters") != std::string_view::npos && head.find("users") != std::string_view::npos
            && head.find("contexts") != std::string_view::npos;
    }

} // namespace

std::vector<Span> scanAll(std::string_view text, const Rules& rules)
{
    Scanner scanner(text, rules);
    std::vector<Span> spans;
    for (Span span; scanner.next(span);)
        spans.push_back(span);
    return spans;
}

const Span* gravest(const std::vector<Span>& spans)
{
    const Span* best = nullptr;
    for (const Span& span : spans) {
        if (!span.loose && (!best || weight(span.detector) > weight(best->detector)))
            best = &span;
    }
    return best;
}

Classification describe(std::string_view text, const Span& span, const std::vector<Span>& spans)
{
    Classification result;
    result.detector = span.detector;
    result.byValue = span.byValue;
    result.secretBegin = span.begin;
    result.secretEnd = span.end;
    result.publicPrefix = span.prefix;
    result.matchedWord = span.qualifier;
    if (!span.qualifier.empty())
        result.matchedWord += ' ';
    result.matchedWord += span.word;
    const std::string_view secret = text.substr(span.begin, span.end - span.begin);
    if (span.detector == Detector::StrongName && !span.key.empty()) {
        if (isKubeconfig(text))
            result.detector = Detector::KubeconfigKey;
        else if (isConnectionString(text))
            result.detector = Detector::ConnectionString;
        result.byValue = result.detector != Detector::StrongName;
    }
    UrlParts parts;
    if (span.urlEnd > 0)
        parts = publicParts(text, span);
    else if (isConnectionDetector(result.detector)) {
        parts = publicPartsOfText(text);
        if (parts.host.empty() && text.size() <= LongestConnectionString)
            parts = partsOfKeyValues(text);
    }
    result.urlScheme = keepPublic(text, parts.scheme, spans);
    result.urlHost = keepPublic(text, parts.host, spans);
    result.urlPort = keepPublic(text, parts.port, spans);
    result.urlDatabase = keepPublic(text, parts.database, spans);
    const std::string plain
        = isConnectionDetector(result.detector) && secret.size() <= LongestConnectionString
        ? decodePercent(secret)
        : std::string(secret.substr(0, LongestConnectionString));
    result.length = lengthClass(secret.size() > LongestConnectionString ? secret.size() : plain.size());
    result.alphabet = alphabetOf(plain);
    result.defaultPassword = isDefaultPassword(plain);
    if (span.urlEnd > 0 && span.begin > span.urlBegin) { // user:user@
        const std::string_view before = text.substr(span.urlBegin, span.begin - span.urlBegin - 1);
        result.defaultPassword = result.defaultPassword
            || (before.ends_with(secret) && before.size() > secret.size()
                && !isAlnum(before[before.size() - secret.size() - 1]));
    }
    return result;
}

std::string redactJudged(std::string_view wholeText, const std::vector<Span>& spans)
{
    std::string redacted = replaceSpans(wholeText.substr(0, LongestJudged), spans);
    if (wholeText.size() > LongestJudged)
        redacted += redactedMark;
    return redacted;
}

} // namespace glacis::credentials
