// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/classify.h>

#include <credentials/characters.h>
#include <credentials/names.h>
#include <credentials/scanner.h>
#include <credentials/values.h>
#include <credentials/verdict.h>

namespace glacis::credentials {

namespace {

    Context contextOf(Place place)
    {
        switch (place) {
        case Place::Annotation:
        case Place::Other:
            return Context::Annotation;
        case Place::Command:
        case Place::Args:
        case Place::Lifecycle:
            return Context::Shell;
        case Place::EnvValue:
        case Place::Probe:
        case Place::ConfigMapValue:
            break;
        }
        return Context::Environment;
    }

    /// The name of an annotation or label without its domain: "secret" of
    /// "secrets.example.com/secret".
    std::string_view ownName(std::string_view name, Place place)
    {
        const std::size_t slash = name.rfind('/');
        return place == Place::Annotation && slash != std::string_view::npos ? name.substr(slash + 1) : name;
    }

    Span wholeSpan(std::string_view value, const NameVerdict& name)
    {
        Span span;
        span.end = value.size();
        span.byValue = false;
        span.qualifier = name.qualifier;
        span.word = name.word;
        if (name.kind == NameKind::Header) {
            span.detector = Detector::AuthorizationHeader;
            const std::size_t blank = value.find(' '); // "Basic dXNlcjpwdw==": the scheme is public
            span.begin
                = blank != std::string_view::npos && blank <= 16 && blank + 1 < value.size() ? blank + 1 : 0;
        } else if (name.word == "client key data") {
            span.detector = Detector::KubeconfigKey;
        } else if (name.strong()) {
            const bool awsKey = name.aws && value.size() == 40
                && allOf(value, [](char c) { return isAlnum(c) || c == '/' || c == '+'; });
            span.detector = awsKey                 ? Detector::AwsSecretKey
                : name.azure && value.size() >= 40 ? Detector::AzureStorageKey
                                                   : Detector::StrongName;
        } else {
            span.detector = Detector::WeakName;
        }
        return span;
    }

    /// A file of several lines or an object is judged by what stands in it, not by
    /// the name it has as a whole.
    bool isDocument(std::string_view value)
    {
        const std::size_t first = value.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos)
            return false;
        const std::size_t newline = value.find('\n', first);
        if (newline != std::string_view::npos
            && value.find_first_not_of(" \t\r\n", newline) != std::string_view::npos)
            return true;
        const bool object = value[first] == '{' && value.find(':', first) != std::string_view::npos
            && value.find('"', first) != std::string_view::npos;
        return object || (value[first] == '[' && value.find('"', first) != std::string_view::npos);
    }

    bool isConnectionLike(const Span& span)
    {
        return span.urlEnd > 0 || span.detector == Detector::ConnectionString;
    }

} // namespace

Classification classify(std::string_view name, std::string_view value, Place place, const Rules& rules)
{
    const std::string_view judged = value.substr(0, LongestJudged);
    Classification none;
    none.references = listReferences(judged);
    if (value.empty() || isAllowedName(name, rules)
        || std::find(rules.allowedValues.begin(), rules.allowedValues.end(), value)
            != rules.allowedValues.end())
        return none;

    std::vector<Span> spans = scanAll(judged, rules);
    const Span* shape = gravest(spans);
    const NameVerdict verdict = judgeName(ownName(name, place), rules);
    const bool shaped = shape && (shape->byValue || isConnectionLike(*shape));
    Span chosen;
    if (verdict.strong() && !isDocument(judged)
        && isLiteralCredential(verdict, judged, contextOf(place), rules)
        && !(shape && isConnectionLike(*shape))) {
        chosen = wholeSpan(judged, verdict);
        // The exact form says more than the name, when it covers the value to its
        // end.
        if (shaped && shape->end == judged.size()
            && (verdict.kind != NameKind::Header || shape->begin >= chosen.begin)) {
            const bool covers = shape->begin == shape->prefix.size();
            chosen.detector = verdict.kind == NameKind::Header && weight(shape->detector) < Weight::Key
                ? chosen.detector
                : shape->detector;
            chosen.byValue = true;
            chosen.begin = covers ? shape->begin : chosen.begin;
            chosen.prefix = covers ? shape->prefix : std::string_view();
        }
        spans.assign(1, chosen);
    } else if (shape) {
        chosen = *shape;
        if (verdict.strong() && chosen.word.empty()) {
            chosen.qualifier = verdict.qualifier;
            chosen.word = verdict.word;
        }
    } else if (verdict.strength == NameStrength::Weak
        && isLiteralCredential(verdict, judged, contextOf(place), rules)) {
        chosen = wholeSpan(judged, verdict);
        spans.assign(1, chosen);
    } else {
        return none;
    }
    Classification result = describe(judged, chosen, spans);
    result.references = std::move(none.references);
    result.redacted = redactJudged(value, spans);
    if (result.secretEnd == judged.size())
        result.secretEnd = value.size();
    return result;
}

} // namespace glacis::credentials
