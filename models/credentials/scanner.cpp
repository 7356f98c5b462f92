// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/scanner.h>

#include <credentials/characters.h>
#include <credentials/names.h>
#include <credentials/urls.h>

namespace glacis::credentials {

namespace {

    constexpr std::size_t LongestKey = 128;

    bool matchesAt(std::string_view text, std::size_t at, const Anchor& anchor)
    {
        if (at + anchor.text.size() > text.size())
            return false;
        const std::string_view here = text.substr(at, anchor.text.size());
        if (anchor.anyCase)
            return equalsLower(here, anchor.text);
        // No token begins inside a word, but for Telegram's (its number stands
        // before).
        if (anchor.role == AnchorRole::Token && at > 0 && isAlnum(text[at - 1]) && anchor.text.front() != ':')
            return false;
        return here == anchor.text;
    }

    /// A word of prose: letters only, capitals at most in front.
    bool isProse(std::string_view value)
    {
        return allOf(value.substr(1), isLower) && isLetter(value.front());
    }

    /// user:password in base64, as a docker configuration and the Basic scheme hold
    /// it.
    bool isEncodedUserInfo(std::string_view value)
    {
        if (value.size() < 4 || value.size() > 4096
            || !allOf(value, [](char c) { return isBase64(c) || c == '='; }))
            return false;
        const std::string decoded = decodeBase64(value, 3072);
        const std::size_t colon = decoded.find(':');
        return colon != std::string::npos && colon + 1 < decoded.size()
            && allOf(decoded, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 0x7F; });
    }

    bool holdsUrlPassword(std::string_view value)
    {
        const std::size_t colon = value.substr(0, 4096).find("://");
        std::size_t scanned = 0;
        return colon != std::string_view::npos && matchUrlPassword(value, colon, scanned);
    }

    Detector pairDetector(const NameVerdict& name, std::string_view key, std::string_view value)
    {
        if (name.word == "client key data")
            return Detector::KubeconfigKey;
        if (name.azure && value.size() >= 40)
            return Detector::AzureStorageKey;
        if (name.aws && value.size() == 40
            && allOf(value, [](char c) { return isAlnum(c) || c == '/' || c == '+'; }))
            return Detector::AwsSecretKey;
        return key.starts_with('-') ? Detector::PasswordFlag : Detector::StrongName;
    }

} // namespace

bool AnchorProbe::stands(std::size_t pair)
{
    const std::uint8_t group = anchors.group(
        static_cast<unsigned char>(m_text[pair]), static_cast<unsigned char>(m_text[pair + 1]));
    for (std::uint8_t i = 0; i < anchors.size(group); ++i) {
        const Anchor& anchor = anchors.at(group, i);
        if (pair >= anchor.rare && matchesAt(m_text, pair - anchor.rare, anchor)
            && (anchor.role != AnchorRole::Url || signFollows(pair)))
            return true;
    }
    return false;
}

bool AnchorProbe::signFollows(std::size_t from)
{
    if (m_signFrom > from || m_sign < from) {
        m_signFrom = from;
        m_sign = m_text.find('@', from);
    }
    return m_sign != std::string_view::npos;
}

Scanner::Scanner(std::string_view text, const Rules& rules, Context context)
    : m_text(text)
    , m_rules(rules)
    , m_context(context)
{
}

bool Scanner::next(Span& span)
{
    if (!m_started) {
        m_started = true;
        if (tryWholeText(span))
            return true;
    }
    if (!m_rules.extraStrongWords.empty())
        return nextWithCustomWords(span);
    const auto* bytes = reinterpret_cast<const unsigned char*>(m_text.data());
    for (m_at = anchors.nextPair(m_text, m_at); m_at + 1 < m_text.size();
         m_at = anchors.nextPair(m_text, m_at + 1)) {
        if (tryGroup(anchors.group(bytes[m_at], bytes[m_at + 1]), span))
            return true;
    }
    return false;
}

/// Words of the policy have no anchors: every sign and blank may stand behind
/// one.
bool Scanner::nextWithCustomWords(Span& span)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(m_text.data());
    for (; m_at + 1 < m_text.size(); ++m_at) {
        const std::uint8_t group = anchors.group(bytes[m_at], bytes[m_at + 1]);
        if (group != 0 && tryGroup(group, span))
            return true;
        if ((m_text[m_at] == '=' || m_text[m_at] == ':' || m_text[m_at] == ',' || isSpace(m_text[m_at]))
            && tryCustom(m_at, span))
            return true;
    }
    return false;
}

bool Scanner::tryGroup(std::uint8_t group, Span& span)
{
    for (std::uint8_t i = 0; i < anchors.size(group); ++i) {
        const Anchor& anchor = anchors.at(group, i);
        if (m_at < anchor.rare + m_floor)
            continue;
        const std::size_t begin = m_at - anchor.rare;
        if (matchesAt(m_text, begin, anchor) && tryAnchor(anchor, begin, span))
            return true;
    }
    return false;
}

bool Scanner::accept(const Span& found, Span& span)
{
    if (found.begin < m_floor || found.end <= found.begin)
        return false;
    const std::string_view secret = m_text.substr(found.begin, found.end - found.begin);
    if (secret == redactedMark
        || std::find(m_rules.allowedValues.begin(), m_rules.allowedValues.end(), secret)
            != m_rules.allowedValues.end())
        return false;
    span = found;
    m_floor = found.end;
    m_at = std::max(m_at, found.end);
    return true;
}

bool Scanner::tryAnchor(const Anchor& anchor, std::size_t begin, Span& span)
{
    std::optional<Span> found;
    switch (anchor.role) {
    case AnchorRole::Word:
        return tryWord(begin, span);
    case AnchorRole::Bearer:
        return tryBearer(begin, span);
    case AnchorRole::Signature:
        return trySignature(begin, anchor.text.size(), span);
    case AnchorRole::Token:
        found = matchToken(m_text, begin, tokenShapes[anchor.token]);
        break;
    case AnchorRole::Jwt:
        found = matchJsonWebToken(m_text, begin);
        break;
    case AnchorRole::Pem:
        found = matchPrivateKey(m_text, begin);
        break;
    case AnchorRole::EncodedPem:
        found = matchEncodedPrivateKey(m_text, begin);
        break;
    case AnchorRole::Url:
        if (begin >= m_urlsFrom)
            found = matchUrlPassword(m_text, begin, m_urlsFrom);
        break;
    case AnchorRole::Driver:
        found = matchDriverPassword(m_text, begin, m_floor);
        break;
    case AnchorRole::Oracle:
        found = matchOraclePassword(m_text, begin);
        break;
    }
    return found && accept(*found, span);
}

bool Scanner::tryWord(std::size_t at, Span& span)
{
    if (at < m_wordsFrom)
        return false;
    std::size_t begin = at;
    const std::size_t lowest = std::max(m_floor, m_wordsFrom);
    while (begin > lowest && at - begin < LongestKey && isKeyCharacter(m_text[begin - 1]))
        --begin;
    const std::size_t end = at + runLength(m_text, at, isKeyCharacter, m_text.size());
    m_wordsFrom = end;
    PairValue pair;
    if (!readPair(m_text, begin, end, m_quotes, pair))
        return false;
    const std::string_view key = m_text.substr(begin, end - begin);
    const std::string_view value = m_text.substr(pair.begin, pair.end - pair.begin);
    Span found;
    found.begin = pair.begin;
    found.end = pair.end;
    found.loose = pair.loose;
    if ((key == "auth" || key == "_auth") && isEncodedUserInfo(value)) {
        found.detector = Detector::DockerConfigAuth;
        return accept(found, span);
    }
    const NameVerdict name = judgeName(key, m_rules);
    if (!name.strong()
        || (pair.loose && name.kind != NameKind::Password && pair.begin == end + 1 && m_text[end] == ':'
            && m_text[begin > 0 ? begin - 1 : 0] != '{'))
        return false;
    if (name.kind == NameKind::Header) {
        // "Authorization: Bearer x": the scheme is public.
        const std::size_t blank = std::min(value.find(' '), value.size());
        if (blank == value.size() && value.size() < 16)
            return false;
        found.begin = blank < value.size() ? pair.begin + blank + 1 : pair.begin;
        found.detector = Detector::AuthorizationHeader;
        const std::string_view credential = m_text.substr(found.begin, found.end - found.begin);
        if (credential.size() < 4 || (credential.size() <= 512 && isReference(credential, m_context))
            || credential.find(' ') != std::string_view::npos)
            return false;
        return accept(found, span);
    }
    // Passwords of the form $name are read as references in text, where shells
    // and templates stand.
    if (!isLiteralCredential(name, value, m_context, m_rules))
        return false;
    if (holdsUrlPassword(value)) // the URL's own span says more and keeps its public parts
        return false;
    if ((pair.loose || pair.flag) && !pair.quoted && isProse(value) && !isDefaultPassword(value))
        return false;
    found.detector = pairDetector(name, key, value);
    found.byValue = false;
    found.qualifier = name.qualifier;
    found.word = name.word;
    found.key = key;
    if (const auto token = matchAnyToken(m_text, pair.begin); token && token->end == pair.end) {
        found.detector = token->detector;
        found.prefix = token->prefix;
        found.begin = token->begin;
        found.byValue = true;
    }
    return accept(found, span);
}

bool Scanner::tryCustom(std::size_t at, Span& span)
{
    std::size_t end = at;
    while (end > m_wordsFrom && isQuote(m_text[end - 1]))
        --end;
    if (end <= m_wordsFrom || !isKeyCharacter(m_text[end - 1]))
        return false;
    return tryWord(end - 1, span);
}

bool Scanner::tryBearer(std::size_t at, Span& span)
{
    constexpr std::string_view marker = "bearer ";
    constexpr std::size_t Shortest = 16;
    if (at > 0 && isAlnum(m_text[at - 1]))
        return false;
    Span found;
    found.begin = at + marker.size();
    const std::size_t length = runLength(
        m_text, found.begin, [](char c) { return isBase64(c) || c == '.' || c == '=' || c == '~'; },
        m_text.size() - found.begin);
    found.end = found.begin + length;
    const std::string_view token = m_text.substr(found.begin, length);
    found.detector = Detector::AuthorizationHeader;
    if (length < Shortest
        || !(std::any_of(token.begin(), token.end(), isDigit)
            || std::any_of(token.begin(), token.end(), isUpper)))
        return false;
    if (const auto exact = matchAnyToken(m_text, found.begin); exact && exact->end == found.end) {
        found.detector = exact->detector;
        found.prefix = exact->prefix;
        found.begin = exact->begin;
    }
    return accept(found, span);
}

bool Scanner::trySignature(std::size_t at, std::size_t length, Span& span)
{
    // Azure SAS "&sig=" and AWS "X-Amz-Signature=": a signed URL is a key to what
    // it names.
    if (at == 0 || (m_text[at - 1] != '?' && m_text[at - 1] != '&' && m_text[at - 1] != '-'))
        return false;
    constexpr std::size_t Shortest = 24;
    Span found;
    found.begin = at + length;
    found.end = found.begin
        + runLength(
            m_text, found.begin, [](char c) { return isBase64(c) || c == '%' || c == '='; }, 512);
    found.detector = Detector::ConnectionString;
    return found.end - found.begin >= Shortest && accept(found, span);
}

bool Scanner::tryWholeText(Span& span)
{
    // Second look: a value that is base64 of a text in which a credential stands;
    // base64 of base64 once more.
    std::optional<std::string> decoded = decodeWholeText(m_text);
    for (int depth = 0; decoded && depth < 2; ++depth) {
        Scanner inner(*decoded, m_rules, m_context);
        inner.m_started = true;
        Span found;
        while (inner.next(found)) {
            if (found.loose)
                continue;
            Span whole;
            whole.end = m_text.size();
            whole.detector = found.detector;
            return accept(whole, span);
        }
        decoded = decodeWholeText(*decoded);
    }
    return false;
}

std::string replaceSpans(std::string_view text, const std::vector<Span>& spans)
{
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    for (const Span& span : spans) {
        out += text.substr(at, span.begin - at);
        out += redactedMark;
        at = span.end;
    }
    out += text.substr(at);
    return out;
}

} // namespace glacis::credentials
