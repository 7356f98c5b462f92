// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inspector/description.h>

#include <findings/finding_columns.h>
#include <findings/finding_facts.h>
#include <findings/finding_filter.h>
#include <inspector/graph_words.h>
#include <inspector/words.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using Kind = DescribedPart::Kind;

    constexpr std::size_t maxRows = 20; ///< of a list; the rest is counted
    constexpr std::size_t maxFixes = 12;
    constexpr std::size_t maxSteps = 8;
    constexpr std::size_t maxPlaces = 500; ///< that can be stepped through for several findings

    using inspect::counted;
    using inspect::words;

    QString mappingText(const posture::FrameworkMapping& mapping)
    {
        QStringList ids;
        for (const std::string& id : mapping.ids)
            ids += fromUtf8(id);
        return frameworkTitle(mapping.framework) + u' ' + ids.join(u", "_s);
    }

    std::vector<DescribedPlace> placesOf(const assessment::Assessment& assessment, const posture::Finding& f)
    {
        std::vector<DescribedPlace> places;
        for (const posture::Place& p : f.places) {
            DescribedPlace place { p.object.valid() ? p.object : f.object, p.path };
            place.objectText = p.object.valid() && p.object != f.object
                ? objectLabel(*assessment.inventory, p.object)
                : objectLabel(factsOf(assessment, f));
            if (!p.container.empty())
                place.objectText += u" · " + shown(p.container, 260);
            place.value = shownLines(p.evidence, 2000);
            places.push_back(std::move(place));
        }
        if (places.empty() && f.object.valid())
            places.push_back({ f.object, {}, objectLabel(factsOf(assessment, f)) });
        return places;
    }

    /// Steps of the attack graph that this finding shows: those that name its very field, or else those of
    /// its check and object.
    std::vector<attack::EdgeIndex> stepsShownBy(const DescribeFrom& from, const posture::Finding& finding)
    {
        const attack::Graph& graph = from.assessment.graph;
        const std::string_view check = from.assessment.info(finding).id;
        std::vector<attack::EdgeIndex> exact, others;
        for (const attack::EdgeIndex e : from.index.edges(finding.object)) {
            bool same = false, field = false;
            for (const attack::Justification& because : graph.becauseOf(graph.edges[e])) {
                if (because.check != check || because.object != finding.object)
                    continue;
                same = true;
                field = field
                    || std::any_of(finding.places.begin(), finding.places.end(),
                        [&](const posture::Place& place) { return place.path == because.path; });
            }
            if (same)
                (field ? exact : others).push_back(e);
        }
        return exact.empty() ? others : exact;
    }

    QString confidenceText(Confidence confidence)
    {
        switch (confidence) {
        case Confidence::Observed:
            return words(QT_TRANSLATE_NOOP("Inspector", "Observed: seen directly."));
        case Confidence::Configured:
            return words(QT_TRANSLATE_NOOP("Inspector", "Configured: the object says so."));
        case Confidence::Inferred:
            return words(
                QT_TRANSLATE_NOOP("Inspector", "Inferred: concluded from what is absent from the source."));
        case Confidence::Stated:
            break;
        }
        return words(QT_TRANSLATE_NOOP("Inspector", "Stated: a person said so in a facts file."));
    }

    void addText(std::vector<DescribedPart>& parts, const char* heading, const QString& text)
    {
        if (!text.isEmpty())
            parts.push_back({ Kind::Text, words(heading), text });
    }

    std::vector<DescribedRow> relatedRows(const DescribeFrom& from, const posture::Finding& finding)
    {
        std::vector<DescribedRow> rows;
        for (const inventory::ObjectId id : finding.related)
            rows.push_back(objectRow(from, id));
        for (const std::string& subject : finding.relatedSubjects)
            rows.push_back({ shown(subject) });
        if (rows.size() > maxRows) {
            const std::size_t more = rows.size() - maxRows;
            rows.resize(maxRows);
            rows.push_back(moreRow(more));
        }
        return rows;
    }

    void addChips(Description& d, const FindingFacts& facts)
    {
        const posture::Finding& finding = *facts.finding;
        d.severity = finding.severity;
        if (finding.state != State::Fail) // an open finding need not say so
            d.chips.push_back({ stateWord(finding.state), Token::Medium,
                words(QT_TRANSLATE_NOOP("Inspector", "State of the finding")) });
        if (facts.check->stage > 0)
            d.chips.push_back({ stageWord(facts.check->stage), Token::Text2, stageName(facts.check->stage) });
        d.chips.push_back(
            { fromUtf8(facts.check->id), Token::Text2, words(QT_TRANSLATE_NOOP("Inspector", "The check")) });
        if (finding.platform)
            d.chips.push_back({ words(QT_TRANSLATE_NOOP("Inspector", "Platform")), Token::Text2,
                words(QT_TRANSLATE_NOOP("Inspector", "Part of Kubernetes or a known add-on; not counted")) });
        // The two that people look for; all of them stand under Why.
        for (const posture::FrameworkMapping& mapping : facts.check->frameworks)
            if (mapping.framework == "attack" || mapping.framework.starts_with("cis"))
                d.chips.push_back({ mappingText(mapping), Token::Text2, frameworkTitle(mapping.framework) });
    }

    /// Options that break the steps that the finding shows.
    std::vector<attack::OptionIndex> optionsOf(
        const DescribeFrom& from, const std::vector<attack::EdgeIndex>& steps)
    {
        const attack::Graph& graph = from.assessment.graph;
        std::vector<attack::OptionIndex> options;
        for (const attack::EdgeIndex e : steps) {
            const auto breaks = graph.breaksOf(graph.edges[e]);
            options.insert(options.end(), breaks.begin(), breaks.end());
        }
        return options;
    }

}

Description describeFinding(const DescribeFrom& from, const posture::Finding& finding)
{
    const assessment::Assessment& assessment = from.assessment;
    const FindingFacts facts = factsOf(assessment, finding);
    const posture::CheckInfo& check = *facts.check;
    const bool unknown = finding.state == State::NotAssessed;
    Description d;
    d.kicker = check.stage > 0 ? QString(stageWord(check.stage) + u" · " + stageName(check.stage))
                               : words(QT_TRANSLATE_NOOP("Inspector", "General"));
    d.kickerInk = check.stage > 0 ? stageToken(check.stage) : Token::Text3;
    d.title = fromUtf8(check.title);
    d.object = objectLabel(facts);
    addChips(d, facts);
    d.places = placesOf(assessment, finding);
    d.noEvidence = words(QT_TRANSLATE_NOOP("Inspector", "No object of the source stands behind this."));

    if (unknown)
        addText(d.why, QT_TRANSLATE_NOOP("Inspector", "Not assessed: this may be a problem or none"),
            shownLines(finding.reason, 2000));
    else
        addText(d.why, QT_TRANSLATE_NOOP("Inspector", "Here"), shownLines(finding.message, 2000));
    addText(d.why, QT_TRANSLATE_NOOP("Inspector", "Why it matters"), fromUtf8(check.why));
    if (const QString code = codeOf(d.places, d.object); !unknown && !code.isEmpty())
        d.why.push_back({ Kind::Code, words(QT_TRANSLATE_NOOP("Inspector", "Evidence")), code });
    if (finding.state == State::Accepted) {
        QString waiver = words(QT_TRANSLATE_NOOP("Inspector", "%1, by %2"))
                             .arg(shownLines(finding.reason, 2000), shown(finding.waiverOwner));
        if (!finding.waiverExpires.empty())
            waiver += u'\n'
                + words(QT_TRANSLATE_NOOP("Inspector", "Until %1")).arg(shown(finding.waiverExpires));
        addText(d.why, QT_TRANSLATE_NOOP("Inspector", "Accepted"), waiver);
    }
    const auto steps = stepsShownBy(from, finding);
    if (!steps.empty()) {
        DescribedPart part { Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Shown in the attack path")) };
        for (std::size_t i = 0; i < steps.size() && i < maxSteps; ++i)
            part.rows.push_back(stepRow(from, steps[i]));
        if (steps.size() > maxSteps)
            part.rows.push_back(moreRow(steps.size() - maxSteps));
        d.why.push_back(std::move(part));
    }
    if (!unknown)
        addText(d.why, QT_TRANSLATE_NOOP("Inspector", "How we know"), confidenceText(finding.confidence));
    std::vector<DescribedRow> related = relatedRows(from, finding);
    if (const auto nodes = from.index.nodes(finding.object); steps.empty() && !nodes.empty()) {
        // It shows no step, but an attacker may pass the object.
        DescribedRow row { words(QT_TRANSLATE_NOOP("Inspector", "The object in the attack path")) };
        row.to = toNode(assessment.graph, nodes.front());
        related.push_back(std::move(row));
    }
    if (const std::size_t all = from.index.findings(finding.object).size(); all > 1) {
        DescribedRow row { words(QT_TRANSLATE_NOOP("Inspector", "All findings of this object")) };
        row.figure = countText(all);
        row.to = toFindingsOf(from, finding.object);
        related.push_back(std::move(row));
    }
    if (!related.empty())
        d.why.push_back(
            { Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Related")), {}, std::move(related) });
    addText(d.why, QT_TRANSLATE_NOOP("Inspector", "KCSA"), fromUtf8(check.kcsa));
    QStringList frameworks;
    for (const posture::FrameworkMapping& mapping : check.frameworks)
        frameworks += mappingText(mapping);
    addText(d.why, QT_TRANSLATE_NOOP("Inspector", "Frameworks"), frameworks.join(u'\n'));

    addText(d.fix, QT_TRANSLATE_NOOP("Inspector", "What to do"), fromUtf8(check.fix));
    d.fix.push_back({ Kind::Code, words(QT_TRANSLATE_NOOP("Inspector", "On")), d.object });
    if (auto cards = optionCards(from, optionsOf(from, steps)); !cards.empty())
        d.fix.push_back({ Kind::Cards, words(QT_TRANSLATE_NOOP("Inspector", "The attack breaks if you…")), {},
            std::move(cards) });
    return d;
}

Description describeFindings(const DescribeFrom& from, const std::vector<const posture::Finding*>& findings)
{
    if (findings.size() == 1)
        return describeFinding(from, *findings.front());
    std::array<std::uint32_t, 5> bySeverity {};
    std::map<std::uint16_t, std::uint32_t> byCheck;
    std::map<std::string_view, std::uint32_t> byNamespace;
    std::uint32_t notAssessed = 0;
    for (const posture::Finding* f : findings) {
        notAssessed += f->state == State::NotAssessed ? 1 : 0;
        bySeverity[static_cast<std::size_t>(f->severity)] += f->state == State::NotAssessed ? 0 : 1;
        ++byCheck[f->check];
        ++byNamespace[factsOf(from.assessment, *f).ns];
    }
    Description d;
    d.kicker = words(QT_TRANSLATE_NOOP("Inspector", "Selection"));
    d.title = words(QT_TRANSLATE_NOOP("Inspector", "%1 findings selected")).arg(countText(findings.size()));
    if (byCheck.size() == 1)
        d.title += u": " + fromUtf8(from.assessment.info(*findings.front()).title);

    DescribedPart severities { Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "By severity")) };
    for (std::size_t i = bySeverity.size(); i-- > 0;)
        if (bySeverity[i] > 0) {
            DescribedRow row { severityWord(static_cast<Severity>(i)) };
            row.severity = static_cast<Severity>(i);
            row.figure = countText(bySeverity[i]);
            severities.rows.push_back(std::move(row));
        }
    if (notAssessed > 0) {
        DescribedRow row { stateWord(State::NotAssessed) };
        row.note = words(QT_TRANSLATE_NOOP("Inspector", "May be problems or none"));
        row.figure = countText(notAssessed);
        severities.rows.push_back(std::move(row));
    }
    d.why.push_back(std::move(severities));

    std::vector<const posture::Finding*> worst = findings;
    const std::size_t shownWorst = std::min<std::size_t>(worst.size(), 5);
    std::partial_sort(worst.begin(), worst.begin() + static_cast<std::ptrdiff_t>(shownWorst), worst.end(),
        [](const posture::Finding* a, const posture::Finding* b) {
            const bool unknownA = a->state == State::NotAssessed, unknownB = b->state == State::NotAssessed;
            return std::tuple(unknownA, -static_cast<int>(a->severity), a->check, a->fingerprint)
                < std::tuple(unknownB, -static_cast<int>(b->severity), b->check, b->fingerprint);
        });
    DescribedPart first { Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "The worst of them")) };
    for (std::size_t i = 0; i < shownWorst; ++i) {
        DescribedRow row = findingRow(from, *worst[i]);
        row.note = objectLabel(factsOf(from.assessment, *worst[i]));
        first.rows.push_back(std::move(row));
    }
    d.why.push_back(std::move(first));

    const auto counts = [](auto& part, auto& rows) {
        std::stable_sort(
            rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        for (std::size_t i = 0; i < rows.size() && i < maxRows; ++i) {
            rows[i].second.figure = countText(rows[i].first);
            part.rows.push_back(std::move(rows[i].second));
        }
        if (rows.size() > maxRows)
            part.rows.push_back(moreRow(rows.size() - maxRows));
    };
    std::vector<std::pair<std::uint32_t, DescribedRow>> rows;
    for (const auto& [check, number] : byCheck) {
        const posture::CheckInfo& info = from.assessment.catalogue->checks()[check];
        DescribedRow row { fromUtf8(info.title), fromUtf8(info.id) };
        row.to = { u"findings"_s, FindingFilter::term("check", info.id), {} };
        rows.emplace_back(number, std::move(row));
    }
    DescribedPart checks { Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Checks")) };
    counts(checks, rows);
    d.why.push_back(std::move(checks));
    rows.clear();
    for (const auto& [ns, number] : byNamespace) {
        DescribedRow row { ns.empty() ? words(QT_TRANSLATE_NOOP("Inspector", "Cluster-wide")) : shown(ns) };
        row.to = { u"findings"_s, FindingFilter::term("ns", ns.empty() ? "(none)" : ns), {} };
        rows.emplace_back(number, std::move(row));
    }
    DescribedPart namespaces { Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Namespaces")) };
    counts(namespaces, rows);
    d.why.push_back(std::move(namespaces));

    DescribedPart fixes { Kind::Cards,
        byCheck.size() == 1 ? words(QT_TRANSLATE_NOOP("Inspector", "One fix for all of them"))
                            : words(QT_TRANSLATE_NOOP("Inspector", "What to do, by check")) };
    for (const auto& [check, number] : byCheck) {
        if (fixes.rows.size() == maxFixes) {
            fixes.rows.push_back(moreRow(byCheck.size() - maxFixes));
            break;
        }
        const posture::CheckInfo& info = from.assessment.catalogue->checks()[check];
        DescribedRow row { fromUtf8(info.title), fromUtf8(info.id) };
        row.figure = counted(QT_TRANSLATE_NOOP("Inspector", "1 finding"),
            QT_TRANSLATE_NOOP("Inspector", "%1 findings"), number);
        row.about = fromUtf8(info.fix);
        fixes.rows.push_back(std::move(row));
    }
    d.fix.push_back(std::move(fixes));

    for (const posture::Finding* f : findings) {
        if (d.places.size() >= maxPlaces)
            break;
        for (DescribedPlace& place : placesOf(from.assessment, *f)) {
            place.shows = fromUtf8(from.assessment.info(*f).title);
            d.places.push_back(std::move(place));
        }
    }
    d.noEvidence = words(QT_TRANSLATE_NOOP("Inspector", "No object of the source stands behind these."));
    return d;
}

} // namespace glacis::ui
