// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page for a person with five minutes: how bad it is, which way an attacker comes, what to do first.
#include <report/report_material.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include <attack/describe.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    using attack::SmallestSets;
    using attack::WayClass;

    std::vector<std::string> reachedJewels(const Material& m)
    {
        std::vector<std::string> names;
        std::set<attack::NodeIndex> seen;
        for (const attack::Way& way : m.assessment.search->ways())
            if (way.wayClass == WayClass::Certain && seen.insert(way.jewel).second)
                names.push_back(m.node(way.jewel));
        return names;
    }

    /// The way that costs least, in one sentence: where it begins and how long it is.
    std::string cheapestSentence(const Material& m)
    {
        if (m.ways(WayClass::Certain) == 0)
            return {};
        const attack::Way& way = m.assessment.search->ways().front();
        std::vector<std::string> stops;
        for (const attack::EdgeIndex e : attack::stepsOf(m.assessment.graph, way)) {
            const attack::NodeIndex to = attack::nodeBehind(m.assessment.graph, way, e);
            std::string text = m.node(to);
            if (stops.empty() || stops.back() != text)
                stops.push_back(std::move(text));
        }
        if (const std::string jewel = m.node(way.jewel); stops.empty() || stops.back() != jewel)
            stops.push_back(jewel);
        std::string text = "The cheapest takes " + count(way.hops, "step") + ": the Internet";
        for (const std::string& stop : stops)
            text += " → " + stop;
        return text + ".";
    }

    const Row* worstOf(const Material& m, Stage stage)
    {
        for (const Row& row : m.rows)
            if (row.state == State::Fail && !row.platform && m.checks[row.check].stage == stage)
                return &row;
        return nullptr;
    }

    void sayWeakest(Material& m)
    {
        const auto& scores = m.assessment.posture.scores;
        Stage weakest = 0;
        for (Stage stage = 1; stage <= StageCount; ++stage) {
            const auto& score = scores.stages[stage - 1U];
            if (score && (weakest == 0 || *score < *scores.stages[weakest - 1U]))
                weakest = stage;
        }
        if (weakest == 0) {
            m.say("No stage could be scored: nothing that the checks ask about was read.");
            return;
        }
        const StageLine line = stageLine(m, weakest, m.has(Section::Stages));
        if (line.problems == 0 && *line.score == 100) {
            m.say("Every stage that could be judged is without a problem.");
            return;
        }
        Text text { { "The weakest stage is " },
            { std::to_string(weakest) + ", " + line.title, Face::Strong, line.anchor },
            { ", with " + std::to_string(*line.score) + " of 100 points and "
                + count(line.problems, "problem") + "." } };
        if (const Row* worst = worstOf(m, weakest)) {
            text.push_back({ " Worst there: " });
            text.push_back({ m.told(*worst) + ".", Face::Plain, m.anchorOf(worst->check) });
        }
        m.say(std::move(text));
    }

    void sayWays(Material& m)
    {
        const std::uint32_t certain = m.ways(WayClass::Certain);
        if (!m.assessment.search || m.assessment.search->ways().empty())
            return;
        const std::uint32_t residual = m.ways(WayClass::Residual), possible = m.ways(WayClass::Possible);
        std::string text = cheapestSentence(m);
        if (residual + possible > 0) {
            std::vector<std::string> more;
            if (residual > 0)
                more.push_back(
                    std::to_string(residual) + " through what a workload needs for its own work (residual)");
            if (possible > 0)
                more.push_back(
                    std::to_string(possible) + " with a step that could not be verified (possible)");
            text += (text.empty() ? "" : " ") + std::string(certain > 0 ? "Besides there " : "There ")
                + (residual + possible == 1 ? "is " : "are ") + listed(more) + ".";
        }
        m.say(text);
    }

    void sayFirstSteps(Material& m)
    {
        const std::string sentence = smallestSentence(m);
        if (sentence.empty())
            return;
        m.part("What to do first", "first");
        m.say(sentence, Paragraph::Role::Body);
        if (m.smallest.sets.empty())
            return;
        Items items { true, {} };
        for (const Change& change : smallestChanges(m)) {
            std::vector<std::string> targets;
            for (const attack::OptionIndex option : change.options)
                targets.push_back(m.optionTarget(option));
            items.items.push_back({ { change.title, Face::Strong }, { ": " + joined(targets, 3) },
                { " (" + effortWords(change.effort) + " effort" + (targets.size() > 1 ? " each)" : ")"),
                    Face::Quiet } });
        }
        m.add(std::move(items));
    }

    void addSeverities(Material& m)
    {
        Bars bars { "Problems by stage", {} };
        std::array<std::array<std::uint32_t, 5>, StageCount + 1> counts {};
        for (std::size_t i = 0; i < m.rows.size(); ++i) {
            const Row& row = m.rows[i];
            if (row.state != State::Fail || row.platform || (i > 0 && sameProblem(m.rows[i - 1], row)))
                continue;
            ++counts[m.checks[row.check].stage][static_cast<std::size_t>(row.severity)];
        }
        for (Stage stage = 1; stage <= StageCount; ++stage)
            bars.bars.push_back(
                { { stageRun(stage), { " " + std::string(stageTitle(stage)) } }, counts[stage] });
        if (std::any_of(counts[0].begin(), counts[0].end(), [](std::uint32_t n) { return n > 0; }))
            bars.bars.push_back({ { { "Outside the stages" } }, counts[0] });
        m.add(std::move(bars));
    }
}

std::vector<Change> smallestChanges(const Material& m)
{
    std::vector<Change> changes;
    if (m.smallest.sets.empty())
        return changes;
    for (const std::uint32_t which : m.smallest.sets.front()) {
        const attack::OptionIndex option = m.smallest.classes[which].options.front();
        const std::string title = m.optionTitle(option);
        auto at = std::find_if(
            changes.begin(), changes.end(), [&](const Change& change) { return change.title == title; });
        if (at == changes.end())
            at = changes.insert(at, { title, {}, 1 });
        at->options.push_back(option);
        at->effort = std::max<int>(at->effort, m.assessment.graph.options[option].effort);
    }
    return changes;
}

std::string verdict(const Material& m)
{
    const std::uint32_t certain = m.ways(WayClass::Certain);
    if (certain > 0) {
        std::vector<std::string> jewels = reachedJewels(m);
        constexpr std::size_t Most = 5;
        const std::size_t more = jewels.size() > Most ? jewels.size() - Most : 0;
        jewels.resize(jewels.size() - more);
        std::string text = "From the Internet " + count(certain, "way is open", "ways are open") + " to ";
        if (more == 0)
            return text + listed(jewels) + ".";
        for (const std::string& jewel : jewels)
            text += jewel + ", ";
        return text + "and " + std::to_string(more) + " more.";
    }
    if (!m.wholeCluster())
        return m.tally.problems == 0 ? "Nothing in these files fails a check. They are no whole cluster, so "
                                       "ways of an attacker cannot be "
                                       "ruled out."
                                     : "These files have " + count(m.tally.problems, "problem")
                + ". They are no whole cluster, so ways of an attacker cannot be ruled out.";
    if (m.inventory.objects.empty() || !m.assessment.posture.scores.overall)
        return "Nothing could be judged: the source holds no object that a check asks about.";
    std::string text = "No certain way is open from the Internet to a crown jewel";
    if (m.tally.problems > 0)
        text += "; " + count(m.tally.problems, "problem remains", "problems remain");
    return text + ".";
}

std::string smallestSentence(const Material& m)
{
    const std::uint32_t certain = m.ways(WayClass::Certain);
    if (certain == 0)
        return {};
    const SmallestSets& s = m.smallest;
    if (s.sets.empty())
        return "No set of changes that Glacis knows closes the open ways.";
    const auto changes = static_cast<std::uint32_t>(s.sets.front().size());
    const std::string all
        = certain == 1 ? "the one open way" : "all " + std::to_string(certain) + " open ways";
    const std::string head = count(changes, "change closes ", "changes close ");
    if (s.proof == SmallestSets::Proof::Impossible)
        return head + "what can be closed; a way remains that nothing breaks.";
    if (s.proof == SmallestSets::Proof::Exact || s.lowerBound >= changes)
        return head + all + (changes == 1 ? "." : "; no smaller set exists (proven).");
    return head + all + "; at least " + std::to_string(s.lowerBound) + " are needed.";
}

void addSummary(Material& m)
{
    m.section(Section::Summary, title(Section::Summary));
    m.say(verdict(m), Paragraph::Role::Lead);
    Figures figures;
    const auto& overall = m.assessment.posture.scores.overall;
    // Nothing found is only good news where enough was looked at.
    constexpr double MostlySeen = 90;
    const bool seen = overall && m.assessment.posture.coveragePercent >= MostlySeen;
    figures.figures.push_back({ overall ? std::to_string(*overall) : "–", "overall score, of 100",
        !overall            ? std::optional<Severity>()
            : *overall < 50 ? std::optional(Severity::Critical)
            : *overall < 75 ? std::optional(Severity::High)
                            : std::optional<Severity>(),
        seen && *overall >= 90 });
    const std::uint32_t certain = m.ways(WayClass::Certain);
    if (m.assessment.search && (m.wholeCluster() || certain > 0))
        figures.figures.push_back(
            { overall || certain > 0 ? grouped(certain) : "–", certain == 1 ? "open way" : "open ways",
                certain > 0 ? std::optional(Severity::Critical) : std::nullopt, certain == 0 && seen });
    const std::size_t critical = m.tally.bySeverity[static_cast<std::size_t>(Severity::Critical)];
    figures.figures.push_back({ overall || critical > 0 ? grouped(critical) : "–",
        critical == 1 ? "critical problem" : "critical problems",
        critical > 0 ? std::optional(Severity::Critical) : std::nullopt, critical == 0 && seen });
    figures.figures.push_back({ overall || m.tally.problems > 0 ? grouped(m.tally.problems) : "–",
        m.tally.problems == 1 ? "problem in all" : "problems in all" });
    char percent[16];
    std::snprintf(percent, sizeof percent, "%.0f %%", m.assessment.posture.coveragePercent);
    figures.figures.push_back({ percent, "coverage" });
    m.add(std::move(figures));
    sayWeakest(m);
    sayWays(m);
    if (m.tally.problems > 0)
        addSeverities(m);
    sayFirstSteps(m);
}

} // namespace glacis::report
