// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/finding_filter.h>

#include <widgets/outside_text.h>

#include <base/text.h>

#include <algorithm>
#include <array>
#include <bitset>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr std::string_view clusterWide = "(none)"; ///< no namespace can have this name

    /// Whole text, ignoring case; a trailing * leaves the end open.
    bool matchesPattern(std::string_view text, std::string_view pattern)
    {
        if (!pattern.empty() && pattern.back() == '*') {
            pattern.remove_suffix(1);
            text = text.substr(0, std::min(text.size(), pattern.size()));
        }
        return equalsIgnoringCase(text, pattern);
    }

    std::bitset<5> severitySet(const std::vector<std::string>& values)
    {
        std::bitset<5> set;
        for (std::string_view value : values) {
            const bool orWorse = !value.empty() && value.back() == '+';
            if (orWorse)
                value.remove_suffix(1);
            const auto severity = severityFromName(value);
            if (!severity)
                continue;
            const auto from = static_cast<std::size_t>(*severity);
            for (std::size_t i = from; i < set.size() && (orWorse || i == from); ++i)
                set.set(i);
        }
        return set;
    }

    bool stateMatches(State state, std::string_view value)
    {
        return value == "any" || value == name(state) || (value == "open" && state == State::Fail);
    }

}

FindingFilter::FindingFilter(const QString& text)
{
    for (const Piece& piece : pieces(text))
        m_terms.push_back(parse(piece));
}

std::vector<FindingFilter::Piece> FindingFilter::pieces(const QString& text)
{
    std::vector<Piece> result;
    Piece now;
    bool inQuotes = false, started = false;
    const auto flush = [&] {
        if (started && !now.text.isEmpty())
            result.push_back(now);
        now = {};
        started = false;
    };
    for (const QChar c : text.left(2000)) {
        if (c == u'"') {
            now.quoted = now.quoted || !started;
            inQuotes = !inQuotes;
            started = true;
        } else if (c.isSpace() && !inQuotes) {
            flush();
        } else {
            now.text += c;
            started = true;
        }
    }
    flush();
    return result;
}

FindingFilter::Term FindingFilter::parse(const Piece& piece)
{
    struct Key {
        QStringView name;
        Field field;
    };
    static constexpr std::array keys { Key { u"severity", Field::Severity }, Key { u"sev", Field::Severity },
        Key { u"stage", Field::Stage }, Key { u"state", Field::State }, Key { u"platform", Field::Platform },
        Key { u"ns", Field::Namespace }, Key { u"namespace", Field::Namespace }, Key { u"kind", Field::Kind },
        Key { u"name", Field::Name }, Key { u"object", Field::Name }, Key { u"check", Field::Check },
        Key { u"framework", Field::Framework } };
    Term term;
    QStringView rest = piece.text;
    if (!piece.quoted && rest.size() > 1 && rest.front() == u'-') {
        term.negated = true;
        rest = rest.mid(1);
    }
    const qsizetype colon = piece.quoted ? -1 : rest.indexOf(u':');
    for (const Key& key : keys) {
        if (colon > 0 && rest.left(colon).compare(key.name, Qt::CaseInsensitive) == 0) {
            term.field = key.field;
            for (const QStringView value : rest.mid(colon + 1).split(u','))
                if (!value.isEmpty())
                    term.values.push_back(toLower(value.toString().toStdString()));
            return term;
        }
    }
    term.values.push_back(toLower(rest.toString().toStdString()));
    return term;
}

/// What depends on the check alone is asked once a check, not once a finding.
void FindingFilter::prepare(Term& term, const posture::Catalogue& catalogue)
{
    term.checks.clear();
    for (const posture::CheckInfo& info : catalogue.checks()) {
        const auto says = [&](const std::string& value) {
            switch (term.field) {
            case Field::Text:
                return containsIgnoringCase(info.title, value) || containsIgnoringCase(info.id, value);
            case Field::Check:
                return containsIgnoringCase(info.id, value);
            case Field::Framework:
                return std::any_of(info.frameworks.begin(), info.frameworks.end(), [&](const auto& mapping) {
                    return matchesPattern(mapping.framework, value)
                        || std::any_of(mapping.ids.begin(), mapping.ids.end(),
                            [&](const auto& id) { return equalsIgnoringCase(id, value); });
                });
            default:
                return false;
            }
        };
        term.checks.push_back(std::any_of(term.values.begin(), term.values.end(), says));
    }
}

bool FindingFilter::holds(const Term& term, const FindingFacts& f)
{
    const auto any = [&term](const auto& matches) {
        return std::any_of(term.values.begin(), term.values.end(), matches);
    };
    switch (term.field) {
    case Field::Severity:
        return severitySet(term.values).test(static_cast<std::size_t>(f.finding->severity));
    case Field::Stage:
        return any([&](const std::string& v) {
            return v == "none" ? f.check->stage == 0 : v == std::to_string(f.check->stage);
        });
    case Field::State:
        return any([&](const std::string& v) { return stateMatches(f.finding->state, v); });
    case Field::Platform:
        return any([&](const std::string& v) { return v == "any" || (v == "yes") == f.finding->platform; });
    case Field::Namespace:
        return any(
            [&](const std::string& v) { return v == clusterWide ? f.ns.empty() : matchesPattern(f.ns, v); });
    case Field::Kind:
        return any([&](const std::string& v) { return matchesPattern(f.kind, v); });
    case Field::Name:
        return any([&](const std::string& v) { return matchesPattern(f.name, v); });
    case Field::Check:
    case Field::Framework:
        return f.finding->check < term.checks.size() && term.checks[f.finding->check];
    case Field::Text:
        break;
    }
    return (f.finding->check < term.checks.size() && term.checks[f.finding->check])
        || any([&](const std::string& v) {
               return containsIgnoringCase(f.name, v) || containsIgnoringCase(f.ns, v)
                   || containsIgnoringCase(f.kind, v) || containsIgnoringCase(f.finding->locus, v)
                   || containsIgnoringCase(f.finding->message, v);
           });
}

std::vector<std::uint32_t> FindingFilter::apply(
    const assessment::Assessment& assessment, const std::vector<const posture::Finding*>& findings) const
{
    std::vector<Term> terms;
    bool asksState = false, asksPlatform = false;
    for (const Term& term : m_terms) {
        if (term.values.empty()) // "severity:" while it is being typed
            continue;
        terms.push_back(term);
        prepare(terms.back(), *assessment.catalogue);
        asksState = asksState || term.field == Field::State;
        asksPlatform = asksPlatform || term.field == Field::Platform;
    }
    // Cheap terms first, free text last.
    std::stable_sort(terms.begin(), terms.end(),
        [](const Term& a, const Term& b) { return (a.field != Field::Text) > (b.field != Field::Text); });
    std::vector<std::uint32_t> rows;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const posture::Finding& finding = *findings[i];
        if (!asksState && finding.state != State::Fail && finding.state != State::Accepted)
            continue;
        if (!asksPlatform && finding.platform)
            continue;
        const FindingFacts facts = factsOf(assessment, finding);
        if (std::all_of(terms.begin(), terms.end(),
                [&](const Term& term) { return holds(term, facts) != term.negated; }))
            rows.push_back(static_cast<std::uint32_t>(i));
    }
    return rows;
}

std::vector<Severity> FindingFilter::severities() const
{
    std::vector<Severity> result;
    for (const Term& term : m_terms) {
        if (term.field != Field::Severity || term.negated)
            continue;
        const auto set = severitySet(term.values);
        for (std::size_t i = set.size(); i-- > 0;)
            if (set.test(i))
                result.push_back(static_cast<Severity>(i));
    }
    return result;
}

QString FindingFilter::withSeverities(const QString& text, const std::vector<Severity>& severities)
{
    QStringList kept;
    if (!severities.empty()) {
        QStringList names;
        for (const Severity severity : severities)
            names += fromUtf8(name(severity));
        kept += u"severity:" + names.join(u',');
    }
    for (const Piece& piece : pieces(text)) {
        if (parse(piece).field == Field::Severity)
            continue;
        const bool spaces = piece.quoted
            || std::any_of(piece.text.begin(), piece.text.end(), [](QChar c) { return c.isSpace(); });
        kept += spaces ? QString(u'"' + piece.text + u'"') : piece.text;
    }
    return kept.join(u' ');
}

QString FindingFilter::term(const char* key, std::string_view value)
{
    QString text = fromUtf8(value).remove(u'"');
    if (std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); }))
        text = u'"' + text + u'"';
    return QString::fromLatin1(key) + u':' + text;
}

} // namespace glacis::ui
