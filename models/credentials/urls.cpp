// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/urls.h>

#include <credentials/characters.h>
#include <credentials/values.h>

namespace glacis::credentials {

namespace {

    constexpr std::size_t LongestScheme = 24;
    constexpr std::size_t LongestPassword = 1024;
    constexpr std::size_t LongestUser = 256;

    bool isSchemeCharacter(char c) { return isAlnum(c) || c == '+' || c == '-' || c == '.'; }
    bool isControl(char c) { return static_cast<unsigned char>(c) <= 0x20; }
    bool endsUrl(char c) { return isControl(c) || isQuote(c); }

    /// Passwords hold quotes and backslashes: only what opened the URL closes it,
    /// and an escape of a nested encoding.
    bool endsUrl(std::string_view text, std::size_t at, std::size_t scheme)
    {
        const char c = text[at];
        if (isControl(c))
            return true;
        if (c == '\\')
            return at + 1 < text.size()
                && (isQuote(text[at + 1]) || text[at + 1] == 'n' || text[at + 1] == '\\');
        if (!isQuote(c) || scheme == 0)
            return false;
        return !isQuote(text[scheme - 1]) || text[scheme - 1] == c;
    }

    std::size_t schemeBegin(std::string_view text, std::size_t colon)
    {
        std::size_t at = colon;
        while (at > 0 && colon - at < LongestScheme && isSchemeCharacter(text[at - 1]))
            --at;
        while (at < colon && !isLetter(text[at])) // "--proxy=…" has no letter there, "- http" neither
            ++at;
        return at;
    }

    /// The run that may belong to the URL: up to a blank, a quote or the scheme of
    /// the next URL.
    std::size_t urlEnd(std::string_view text, std::size_t scheme, std::size_t begin)
    {
        std::size_t at = begin;
        while (at < text.size() && !endsUrl(text, at, scheme)) {
            if (text[at] == ':' && hasText(text, at, "://") && at > begin) {
                const std::size_t next = schemeBegin(text, at);
                return next > begin && next < at ? next : at;
            }
            ++at;
        }
        return at;
    }

    bool isPublicHost(std::string_view host)
    {
        return !host.empty() && host.size() <= 253 && allOf(host, [](char c) {
            return isAlnum(c) || c == '.' || c == '-' || c == '_' || c == '[' || c == ']' || c == ':'
                || c == ',' || c == '(' || c == ')';
        });
    }

    bool isDatabaseScheme(std::string_view scheme)
    {
        static constexpr std::string_view schemes[] = { "postgres", "postgresql", "mysql", "mysql2",
            "mariadb", "mongodb", "mongodb+srv", "redis", "rediss", "sqlserver", "mssql", "cockroachdb",
            "clickhouse", "oracle", "amqp", "amqps", "couchdb", "cassandra", "postgresql+asyncpg",
            "postgresql+psycopg2", "mysql+pymysql", "db2", "neo4j", "bolt", "nats", "pgsql" };
        return std::any_of(std::begin(schemes), std::end(schemes),
            [scheme](std::string_view s) { return equalsLower(scheme, s); });
    }

    void splitHost(std::string_view authority, UrlParts& parts)
    {
        if (authority.ends_with(')') && authority.find('(') != std::string_view::npos) { // tcp(host:port)
            authority.remove_prefix(authority.find('(') + 1);
            authority.remove_suffix(1);
        }
        if (!isPublicHost(authority))
            return;
        const std::size_t colon = authority.rfind(':');
        const bool severalHosts = authority.find(',') != std::string_view::npos;
        if (colon != std::string_view::npos && !severalHosts && colon + 1 < authority.size()
            && allOf(authority.substr(colon + 1), isDigit) && authority.size() - colon <= 6) {
            parts.port = authority.substr(colon + 1);
            authority = authority.substr(0, colon);
        }
        parts.host = authority;
    }

    std::string_view publicName(std::string_view text)
    {
        const std::size_t length = runLength(
            text, 0, [](char c) { return isAlnum(c) || c == '_' || c == '-' || c == '.'; }, 65);
        return length <= 64
                && (length == text.size() || text[length] == '?' || text[length] == '/'
                    || text[length] == ';')
            ? text.substr(0, length)
            : std::string_view();
    }

    UrlParts partsBehind(std::string_view scheme, std::string_view rest)
    {
        UrlParts parts;
        parts.scheme = scheme;
        const std::size_t authority = std::min(rest.find_first_of("/?#;"), rest.size());
        splitHost(rest.substr(0, authority), parts);
        const bool driver = rest.starts_with("tcp(") || rest.starts_with("unix(");
        if (authority < rest.size() && rest[authority] == '/' && !parts.host.empty()
            && (driver || isDatabaseScheme(scheme)))
            parts.database = publicName(rest.substr(authority + 1));
        return parts;
    }

    std::optional<Span> passwordSpan(std::string_view text, std::size_t begin, std::size_t end)
    {
        const std::string_view password = text.substr(begin, end - begin);
        if (password.empty() || password.size() > LongestPassword
            || password.find(redactedMark) != std::string_view::npos)
            return std::nullopt;
        if (password.size() <= 512 && isReference(password, Context::Shell))
            return std::nullopt;
        Span span;
        span.begin = begin;
        span.end = end;
        span.detector = Detector::UrlPassword;
        return span;
    }

} // namespace

std::optional<Span> matchUrlPassword(std::string_view text, std::size_t colon, std::size_t& scanned)
{
    const std::size_t scheme = schemeBegin(text, colon);
    const std::size_t begin = colon + 3;
    const std::size_t end = urlEnd(text, scheme, begin);
    scanned = end;
    if (scheme == colon)
        return std::nullopt;
    const std::string_view run = text.substr(begin, end - begin);
    const std::size_t separator = run.find(':');
    const std::size_t slash = std::min(run.find_first_of("/?#"), run.size());
    // The last "@" closes the userinfo: passwords with an unescaped "@", "/" or
    // "#" are common in hand-written URLs.
    const std::size_t at = run.rfind('@');
    if (at == std::string_view::npos || separator == std::string_view::npos || separator > at
        || separator > slash || separator > LongestUser || run.starts_with('['))
        return std::nullopt;
    // "http://host:8080/a@b" has a port, not a password.
    if (slash < at && run.substr(0, slash).find('@') == std::string_view::npos
        && allOf(run.substr(separator + 1, slash - separator - 1), isDigit))
        return std::nullopt;
    auto span = passwordSpan(text, begin + separator + 1, begin + at);
    if (span) {
        span->urlBegin = scheme;
        span->urlEnd = end;
    }
    return span;
}

std::optional<Span> matchDriverPassword(std::string_view text, std::size_t at, std::size_t floor)
{
    if (!hasText(text, at, "@tcp(") && !hasText(text, at, "@unix("))
        return std::nullopt;
    std::size_t begin = at;
    while (begin > floor && at - begin < LongestUser && !endsUrl(text[begin - 1]))
        --begin;
    // "DSN=user:password@tcp(…)": the user starts behind the sign.
    const std::size_t separator = text.substr(begin, at - begin).find(':');
    if (separator == std::string_view::npos || separator == 0)
        return std::nullopt;
    auto span = passwordSpan(text, begin + separator + 1, at);
    if (span) {
        span->detector = Detector::ConnectionString;
        span->urlBegin = begin;
        span->urlEnd = at
            + runLength(
                text, at, [](char c) { return !endsUrl(c); }, 512);
    }
    return span;
}

std::optional<Span> matchOraclePassword(std::string_view text, std::size_t at)
{
    constexpr std::string_view marker = ":thin:";
    if (!hasText(text, at, marker))
        return std::nullopt;
    const std::size_t begin = at + marker.size();
    const std::size_t end = begin
        + runLength(
            text, begin, [](char c) { return !endsUrl(c); }, LongestUser + LongestPassword);
    const std::string_view run = text.substr(begin, end - begin);
    const std::size_t slash = run.find('/');
    const std::size_t sign = run.rfind('@');
    if (slash == std::string_view::npos || sign == std::string_view::npos || slash == 0 || slash > sign)
        return std::nullopt;
    auto span = passwordSpan(text, begin + slash + 1, begin + sign);
    if (span)
        span->detector = Detector::ConnectionString;
    return span;
}

UrlParts publicParts(std::string_view text, const Span& span)
{
    if (span.urlEnd <= span.end || span.urlEnd > text.size())
        return {};
    const std::size_t colon = text.substr(span.urlBegin, span.begin - span.urlBegin).find("://");
    const std::string_view scheme
        = colon == std::string_view::npos ? std::string_view() : text.substr(span.urlBegin, colon);
    const std::string_view password = text.substr(span.begin, span.end - span.begin);
    const std::size_t sign = password.find('@');
    // An "@" followed by a slash inside the password: the host may have been the
    // first one. Name none.
    if (sign != std::string_view::npos && password.find_first_of("/?#", sign) != std::string_view::npos)
        return { scheme, {}, {}, {} };
    return partsBehind(scheme, text.substr(span.end + 1, span.urlEnd - span.end - 1));
}

UrlParts publicPartsOfText(std::string_view text)
{
    constexpr std::size_t Looked = 2048;
    text = text.substr(0, Looked);
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos)
        return {};
    const std::size_t begin = schemeBegin(text, colon);
    const std::size_t end = urlEnd(text, begin, colon + 3);
    const std::string_view rest = text.substr(colon + 3, end - colon - 3);
    const std::size_t authority = std::min(rest.find_first_of("/?#;"), rest.size());
    if (begin == colon || rest.substr(0, authority).find('@') != std::string_view::npos)
        return {};
    return partsBehind(text.substr(begin, colon - begin), rest);
}

} // namespace glacis::credentials
