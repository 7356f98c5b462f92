// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/finding_filter.h>

#include <widgets/outside_text.h>

#include <base/text.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using Test = FindingFilter::Test;
    using Bytes = std::vector<std::uint8_t>;

    constexpr std::array allStates { State::Fail, State::Accepted, State::NotAssessed, State::Pass,
        State::NotApplicable };

    /// Whole text, ignoring case; a trailing * that is not quoted leaves the end open.
    bool matches(std::string_view text, const FilterValue& value)
    {
        std::string_view pattern = value.text;
        if (!value.quoted && !pattern.empty() && pattern.back() == '*') {
            pattern.remove_suffix(1);
            text = text.substr(0, std::min(text.size(), pattern.size()));
        }
        return equalsIgnoringCase(text, pattern);
    }

    bool matchesSeverity(std::size_t severity, const FilterValue& value)
    {
        std::string_view name = value.text;
        const bool orWorse = !name.empty() && name.back() == '+';
        if (orWorse)
            name.remove_suffix(1);
        const auto asked = severityFromName(toLower(name));
        return asked
            && (severity == static_cast<std::size_t>(*asked)
                || (orWorse && severity > static_cast<std::size_t>(*asked)));
    }

    bool matchesState(State state, const FilterValue& value)
    {
        const std::string asked = toLower(value.text);
        return asked == "any" || asked == name(state) || (asked == "open" && state == State::Fail);
    }

    bool matchesStage(Stage stage, const FilterValue& value)
    {
        return stage == 0 ? equalsIgnoringCase(value.text, "none") : value.text == std::to_string(stage);
    }

    bool matchesPath(const FindingIndex::Row& row, const FilterValue& value)
    {
        const std::string asked = toLower(value.text);
        return asked == "any" || (asked == "yes" && row.onWay) || (asked == "no" && !row.onWay)
            || (asked == "certain" && row.ways > 0) || (asked == "possible" && row.onWay && row.ways == 0);
    }

    bool matchesNamespace(std::string_view ns, const FilterValue& value)
    {
        return value.text == clusterWide ? ns.empty() : matches(ns, value);
    }

    /// "web", "shop/web", "Deployment/shop/web"; "Node/cp-1" where there is no namespace.
    bool matchesObject(const FindingIndex::Object& object, const FilterValue& value)
    {
        const std::string path = objectPath(object.kind, object.ns, object.name);
        return matches(object.name, value) || matches(path, value)
            || matches(std::string_view(path).substr(object.kind.size() + 1), value);
    }

    bool matchesFramework(const posture::CheckInfo& check, const FilterValue& value)
    {
        return std::any_of(check.frameworks.begin(), check.frameworks.end(), [&](const auto& mapping) {
            return matches(mapping.framework, value)
                || std::any_of(mapping.ids.begin(), mapping.ids.end(),
                    [&](const std::string& id) { return matches(id, value); });
        });
    }

    /// A table with an answer for every element of `things`, true when any value of the term matches it.
    template <class Things, class Matches>
    Bytes answers(const Things& things, const FilterTerm& term, const Matches& matchesOne)
    {
        Bytes table;
        table.reserve(things.size());
        for (const auto& thing : things)
            table.push_back(std::any_of(term.values.begin(), term.values.end(),
                                [&](const FilterValue& value) { return matchesOne(thing, value); })
                    ? 1
                    : 0);
        return table;
    }

    Test textTest(const FindingIndex& index, const FilterTerm& term)
    {
        Test test { term.key, Test::By::Row, Bytes(index.rows().size(), 0) };
        for (const FilterValue& value : term.values) {
            const std::string wanted = toLower(value.text);
            const Bytes rows = index.rowsWith(wanted);
            Bytes checks; // what depends on the check alone is asked once a check
            for (const posture::CheckInfo& check : index.assessment()->catalogue->checks())
                checks.push_back(
                    containsIgnoringCase(check.title, wanted) || containsIgnoringCase(check.id, wanted) ? 1
                                                                                                        : 0);
            for (std::size_t i = 0; i < rows.size(); ++i)
                if (rows[i] || checks[index.rows()[i].finding->check])
                    test.passes[i] = 1;
        }
        return test;
    }

    Test testOf(const FindingIndex& index, const FilterTerm& term)
    {
        using By = Test::By;
        static constexpr std::array<std::size_t, 5> severities { 0, 1, 2, 3, 4 };
        static constexpr std::array booleans { false, true };
        static constexpr std::array states { State::Pass, State::Fail, State::NotAssessed, State::Accepted,
            State::NotApplicable };
        const auto& checks = index.assessment()->catalogue->checks();
        using Check = posture::CheckInfo;
        switch (term.key) {
        case FilterKey::Severity:
            return { term.key, By::Severity, answers(severities, term, matchesSeverity) };
        case FilterKey::State:
            return { term.key, By::State, answers(states, term, matchesState) };
        case FilterKey::Platform:
            return { term.key, By::Platform, answers(booleans, term, [](bool platform, const FilterValue& v) {
                        return equalsIgnoringCase(v.text, "any")
                            || equalsIgnoringCase(v.text, "yes") == platform;
                    }) };
        case FilterKey::Stage:
            return { term.key, By::Check, answers(checks, term, [](const Check& c, const FilterValue& v) {
                        return matchesStage(c.stage, v);
                    }) };
        case FilterKey::Check:
            return { term.key, By::Check, answers(checks, term, [](const Check& c, const FilterValue& v) {
                        return containsIgnoringCase(c.id, toLower(v.text));
                    }) };
        case FilterKey::Framework:
            return { term.key, By::Check, answers(checks, term, matchesFramework) };
        case FilterKey::Namespace:
            return { term.key, By::Namespace, answers(index.namespaces(), term, matchesNamespace) };
        case FilterKey::Kind:
            return { term.key, By::Kind, answers(index.kinds(), term, matches) };
        case FilterKey::Name:
            return { term.key, By::Object,
                answers(index.objects(), term,
                    [](const FindingIndex::Object& o, const FilterValue& v) { return matches(o.name, v); }) };
        case FilterKey::Object:
            return { term.key, By::Object, answers(index.objects(), term, matchesObject) };
        case FilterKey::Path:
            return { term.key, By::Row, answers(index.rows(), term, matchesPath) };
        case FilterKey::Text:
            break;
        }
        return textTest(index, term);
    }

    QString say(const char* text) { return QCoreApplication::translate("FindingFilter", text); }

    /// Is a beginning of the value known, so that it may become one by typing on?
    bool mayBecome(const std::vector<std::string>& known, std::string_view begun)
    {
        return std::any_of(known.begin(), known.end(), [&](const std::string& value) {
            return equalsIgnoringCase(std::string_view(value).substr(0, begun.size()), begun);
        });
    }

    /// Closed vocabularies and names that stand in the assessment; free text may be anything.
    bool isKnown(const FindingIndex& index, FilterKey key, const FilterValue& value)
    {
        if (key == FilterKey::Severity && !value.quoted && value.text.ends_with('+'))
            return isKnown(index, key, { value.text.substr(0, value.text.size() - 1), false });
        FilterTerm alone { key, false, { value } };
        switch (key) {
        case FilterKey::Text:
            return true;
        case FilterKey::Namespace:
        case FilterKey::Kind:
        case FilterKey::Name:
        case FilterKey::Object:
        case FilterKey::Check:
        case FilterKey::Framework: {
            const Test test = testOf(index, alone);
            return std::any_of(test.passes.begin(), test.passes.end(), [](std::uint8_t b) { return b != 0; });
        }
        default: {
            const auto known = valuesOf(key, index);
            return std::any_of(known.begin(), known.end(),
                [&](const std::string& word) { return equalsIgnoringCase(word, value.text); });
        }
        }
    }

    QString nothingHas(FilterKey key, const QString& value)
    {
        switch (key) {
        case FilterKey::Namespace:
            return say(QT_TRANSLATE_NOOP("FindingFilter", "No finding is in a namespace “%1”.")).arg(value);
        case FilterKey::Kind:
            return say(QT_TRANSLATE_NOOP("FindingFilter", "No finding is on a kind “%1”.")).arg(value);
        case FilterKey::Name:
        case FilterKey::Object:
            return say(QT_TRANSLATE_NOOP("FindingFilter", "No finding is on an object “%1”.")).arg(value);
        case FilterKey::Check:
            return say(QT_TRANSLATE_NOOP("FindingFilter", "No check has “%1” in its id.")).arg(value);
        case FilterKey::Framework:
            return say(QT_TRANSLATE_NOOP("FindingFilter", "No check stands in a framework or section “%1”."))
                .arg(value);
        default:
            return {};
        }
    }

}

bool Test::operator()(const FindingIndex& index, std::uint32_t number) const
{
    const FindingIndex::Row& row = index.rows()[number];
    switch (by) {
    case By::Row:
        return passes[number] != 0;
    case By::Check:
        return passes[row.finding->check] != 0;
    case By::Severity:
        return passes[static_cast<std::size_t>(row.finding->severity)] != 0;
    case By::State:
        return passes[static_cast<std::size_t>(row.finding->state)] != 0;
    case By::Platform:
        return passes[row.finding->platform ? 1 : 0] != 0;
    case By::Namespace:
        return passes[index.object(row).nsNumber] != 0;
    case By::Kind:
        return passes[index.object(row).kindNumber] != 0;
    case By::Object:
        return passes[row.object] != 0;
    }
    return false;
}

FindingFilter::FindingFilter(const QString& line)
    : m_line(line)
    , m_terms(parseFilter(line))
{
}

bool FindingFilter::asks(FilterKey key) const
{
    return std::any_of(m_terms.begin(), m_terms.end(),
        [key](const FilterTerm& t) { return t.key == key && !t.values.empty(); });
}

std::vector<Test> FindingFilter::tests(const FindingIndex& index) const
{
    std::vector<Test> tests;
    if (!asks(FilterKey::State))
        tests.push_back(
            testOf(index, { FilterKey::State, false, { { "open", false }, { "accepted", false } } }));
    if (!asks(FilterKey::Platform))
        tests.push_back(testOf(index, { FilterKey::Platform, false, { { "no", false } } }));
    for (const FilterTerm& term : m_terms) {
        if (term.values.empty()) // "severity:" while it is being typed
            continue;
        tests.push_back(testOf(index, term));
        if (term.negated)
            for (std::uint8_t& pass : tests.back().passes)
                pass = pass ? 0 : 1;
    }
    return tests;
}

QString FindingFilter::complaint(const FindingIndex& index) const
{
    for (const FilterTerm& term : m_terms) {
        const bool typing = term.end == m_line.size() && !m_line.endsWith(u'"');
        if (!term.unknownKey.isEmpty())
            return say(QT_TRANSLATE_NOOP("FindingFilter",
                           "“%1” is no key of the filter, so these letters are searched for as they stand."))
                .arg(term.unknownKey.left(40));
        for (const FilterValue& value : term.values) {
            const bool last = typing && value == term.values.back();
            if (isKnown(index, term.key, value) || (last && mayBecome(valuesOf(term.key, index), value.text)))
                continue;
            const QString text = shown(value.text, 60);
            const QString open = nothingHas(term.key, text);
            if (!open.isEmpty())
                return open;
            QStringList known;
            for (const std::string& word : valuesOf(term.key, index))
                known += fromUtf8(word);
            return say(QT_TRANSLATE_NOOP("FindingFilter", "“%1” is no %2. There are: %3."))
                .arg(text, namesOf(term.key).front(), known.join(u", "_s));
        }
    }
    return {};
}

std::vector<Severity> FindingFilter::severities() const
{
    std::vector<Severity> result;
    for (const FilterTerm& term : m_terms)
        if (term.key == FilterKey::Severity && !term.negated)
            for (std::size_t i = 5; i-- > 0;)
                if (std::any_of(term.values.begin(), term.values.end(),
                        [i](const FilterValue& v) { return matchesSeverity(i, v); }))
                    result.push_back(static_cast<Severity>(i));
    return result;
}

QString FindingFilter::withSeverities(const QString& line, const std::vector<Severity>& severities)
{
    const QString rest = withoutKey(line, FilterKey::Severity);
    if (severities.empty())
        return rest;
    QStringList names;
    for (const Severity severity : severities)
        names += fromUtf8(name(severity));
    return u"severity:" + names.join(u',') + (rest.isEmpty() ? QString() : u' ' + rest);
}

QString FindingFilter::term(const char* key, std::string_view value)
{
    return QString::fromLatin1(key) + u':' + writtenValue(value);
}

std::vector<std::string> valuesOf(FilterKey key, const FindingIndex& index)
{
    std::vector<std::string> values;
    switch (key) {
    case FilterKey::Severity:
        return { "critical", "high", "medium", "low", "info", "critical+", "high+", "medium+", "low+" };
    case FilterKey::Stage:
        return { "1", "2", "3", "4", "none" };
    case FilterKey::State:
        values = { "open", "any" };
        for (const State state : allStates)
            values.emplace_back(name(state));
        return values;
    case FilterKey::Platform:
        return { "yes", "no", "any" };
    case FilterKey::Path:
        return { "yes", "certain", "possible", "no", "any" };
    case FilterKey::Namespace:
        for (const std::string_view ns : index.namespaces())
            values.emplace_back(ns.empty() ? clusterWide : ns);
        return values;
    case FilterKey::Kind:
        return { index.kinds().begin(), index.kinds().end() };
    case FilterKey::Name:
        for (const FindingIndex::Object& object : index.objects())
            values.emplace_back(object.name);
        return values;
    case FilterKey::Object:
        for (const FindingIndex::Object& object : index.objects())
            values.push_back(objectPath(object.kind, object.ns, object.name));
        return values;
    case FilterKey::Check:
        for (const posture::CheckInfo& check : index.assessment()->catalogue->checks())
            values.push_back(check.id);
        return values;
    case FilterKey::Framework:
        return { index.frameworks().begin(), index.frameworks().end() };
    case FilterKey::Text:
        break;
    }
    return values;
}

} // namespace glacis::ui
