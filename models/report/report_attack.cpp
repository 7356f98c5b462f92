// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attack path: the picture, the cheapest ways step by step with what shows each step, where they all
// pass, and what breaks them.
#include <report/report_material.h>

#include <algorithm>
#include <set>

#include <attack/describe.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    using attack::EdgeIndex;
    using attack::Graph;
    using attack::SmallestSets;
    using attack::Way;
    using attack::WayClass;
    using Story = std::vector<const Way*>;

    std::size_t mostStories(Edition edition)
    {
        return edition == Edition::Management ? 1 : edition == Edition::Engineer ? 8 : 60;
    }

    Text headline(const Material& m, const Story& story)
    {
        std::vector<std::string> jewels;
        for (const Way* way : story)
            jewels.push_back(m.node(way->jewel));
        return { { m.node(story.front()->firstStep), Face::Strong }, { " → " },
            { joined(jewels, 6), Face::Strong } };
    }

    WayStory::Proof proofOf(Material& m, const attack::Justification& because)
    {
        WayStory::Proof proof;
        if (because.object.valid()) {
            proof.text.push_back({ m.label(because.object) });
            std::string field = because.path;
            if (!because.evidence.empty())
                field += (field.empty() ? "" : " = ") + because.evidence;
            if (!field.empty()) {
                proof.text.push_back({ " " });
                proof.text.push_back(m.code(field));
            }
            proof.place = m.place(because.object, because.path);
        } else if (!because.evidence.empty()) {
            proof.text.push_back(m.code(because.evidence));
        }
        if (!because.observation.empty())
            proof.text.push_back(
                { (proof.text.empty() ? "from " : ", from ") + m.hide(because.observation), Face::Quiet });
        proof.check = because.check;
        proof.target = m.anchorOf(because.check);
        return proof;
    }

    bool sameProof(const WayStory::Proof& a, const WayStory::Proof& b)
    {
        const auto same = [](const Run& x, const Run& y) { return x.text == y.text; };
        return a.place == b.place
            && std::equal(a.text.begin(), a.text.end(), b.text.begin(), b.text.end(), same);
    }

    WayStory::Step stepOf(Material& m, const Way& way, EdgeIndex index)
    {
        const Graph& graph = m.assessment.graph;
        const attack::Edge& edge = graph.edges[index];
        WayStory::Step step;
        step.sentence.push_back({ m.hide(
            attack::caption(graph, edge, attack::nodeBehind(graph, way, index), *m.assessment.edges)) });
        step.kind = attack::name(edge.kind);
        step.stage = edge.stage;
        step.verified = edge.certainty == attack::Certainty::Certain;
        if (m.options.edition == Edition::Management)
            return step;
        constexpr std::size_t Most = 3;
        for (const attack::Justification& because : graph.becauseOf(edge)) {
            if (step.proofs.size() == Most) {
                ++step.more;
                continue;
            }
            WayStory::Proof proof = proofOf(m, because);
            if (!proof.text.empty()
                && std::none_of(step.proofs.begin(), step.proofs.end(),
                    [&](const WayStory::Proof& known) { return sameProof(known, proof); }))
                step.proofs.push_back(std::move(proof));
        }
        return step;
    }

    /// Options that break a step of the way, those that close most ways first; equal titles are told once.
    std::vector<Text> breaksOf(const Material& m, const Way& way)
    {
        const Graph& graph = m.assessment.graph;
        std::vector<attack::OptionIndex> options;
        std::set<attack::OptionIndex> seen;
        for (const EdgeIndex e : way.steps)
            for (const attack::OptionIndex option : graph.breaksOf(graph.edges[e]))
                if (seen.insert(option).second)
                    options.push_back(option);
        const auto closes = [&](attack::OptionIndex option) {
            for (const attack::OptionEffect& effect : m.effects)
                if (effect.option == option)
                    return effect.closes;
            return 0U;
        };
        std::stable_sort(options.begin(), options.end(),
            [&](attack::OptionIndex a, attack::OptionIndex b) { return closes(a) > closes(b); });
        std::vector<Text> breaks;
        constexpr std::size_t Most = 4;
        for (std::size_t i = 0; i < options.size() && i < Most; ++i)
            breaks.push_back({ { m.optionTitle(options[i]) }, { ": " }, { m.optionTarget(options[i]) } });
        return breaks;
    }

    void addStory(Material& m, const Story& story, std::uint32_t number)
    {
        const Way& way = *story.front();
        WayStory told;
        told.number = number;
        told.anchor = "way-" + std::to_string(number);
        told.headline = headline(m, story);
        told.wayClass = way.wayClass;
        told.cost = way.cost;
        for (const EdgeIndex e : attack::stepsOf(m.assessment.graph, way))
            told.steps.push_back(stepOf(m, way, e));
        told.breaks = breaksOf(m, way);
        m.add(std::move(told));
    }

    void addStories(Material& m)
    {
        WayClass told = WayClass::Certain;
        for (const WayClass wayClass : { WayClass::Certain, WayClass::Residual, WayClass::Possible })
            if (m.ways(wayClass) > 0) {
                told = wayClass;
                break;
            }
        const std::vector<Story> list = stories(m.assessment, told);
        if (list.empty())
            return;
        const std::size_t most = mostStories(m.options.edition);
        const std::size_t shown = std::min(most, list.size());
        m.part(shown == 1 ? "The cheapest way" : "The cheapest ways, step by step", "ways");
        if (shown > 1)
            m.say("A way is a first step and a crown jewel that it leads to; each is told by its cheapest "
                  "path. Paths "
                  "that differ only in the crown jewel they end at are told once.",
                Paragraph::Role::Note);
        for (std::size_t i = 0; i < shown; ++i)
            addStory(m, list[i], static_cast<std::uint32_t>(i + 1));
        if (list.size() > shown && m.options.edition != Edition::Management) {
            std::size_t left = 0;
            for (std::size_t i = shown; i < list.size(); ++i)
                left += list[i].size();
            m.say(count(list.size() - shown, "more path", "more paths") + " of " + count(left, "way", "ways")
                    + " cost more and are not told here.",
                Paragraph::Role::Note);
        }
    }

    void addUncertain(Material& m)
    {
        if (m.ways(WayClass::Certain) == 0)
            return;
        struct Kind {
            WayClass wayClass;
            const char* title;
            const char* about;
        };
        constexpr Kind kinds[] {
            { WayClass::Residual, "Residual ways",
                "These use what a workload needs for its own work: its own credential, the connection to its "
                "own "
                "store. They stay when everything else is mended; they are counted apart." },
            { WayClass::Possible, "Possible ways",
                "These take at least one step that could not be verified, for example a flaw in an "
                "application. They "
                "are counted apart." },
        };
        for (const Kind& kind : kinds) {
            const std::vector<Story> list = stories(m.assessment, kind.wayClass);
            if (list.empty())
                continue;
            m.part(kind.title);
            m.say(kind.about);
            Table table { kind.title,
                { { "First step", 3 }, { "Crown jewels", 3 }, { "Steps", 1, true, true },
                    { "Cost", 1, true, true } },
                {} };
            const std::size_t most = m.options.edition == Edition::Audit ? list.size() : 12;
            for (std::size_t i = 0; i < list.size() && i < most; ++i) {
                const Way& way = *list[i].front();
                std::vector<std::string> jewels;
                for (const Way* w : list[i])
                    jewels.push_back(m.node(w->jewel));
                table.rows.push_back({ { { { m.node(way.firstStep) } }, { { joined(jewels, 6) } },
                    { { std::to_string(way.hops) } }, { { std::to_string(way.cost) } } } });
            }
            m.add(std::move(table));
            if (list.size() > most)
                m.say("The audit edition lists " + count(list.size() - most, "more", "more") + ".",
                    Paragraph::Role::Note);
        }
    }

    void addChokePoints(Material& m)
    {
        const Graph& graph = m.assessment.graph;
        const std::uint32_t certain = m.ways(WayClass::Certain);
        Table table { "Choke points",
            { { "Closes", 1, true, true }, { "Step that the ways have in common", 5 }, { "Kind", 1, true } },
            {} };
        constexpr std::size_t Most = 8;
        for (const attack::ChokePoint& point : m.chokePoints) {
            // A first step closes its own ways: that is no news. An edge says more than the node behind it.
            if (!point.isEdge
                || graph.nodes[graph.edges[point.index].from].kind == attack::NodeKind::Internet)
                continue;
            if (table.rows.size() == Most || point.closes < 2)
                break;
            const attack::Edge& edge = graph.edges[point.index];
            table.rows.push_back({ { { { std::to_string(point.closes) + " of " + std::to_string(certain) } },
                { { m.hide(attack::caption(graph, edge, edge.to, *m.assessment.edges)) } },
                { { std::string(attack::name(edge.kind)), Face::Code } } } });
        }
        if (table.rows.empty())
            return;
        m.part("Choke points", "choke-points");
        m.say("Steps that several ways have in common: the number says how many of the open ways close when "
              "that one "
              "step is gone.");
        m.add(std::move(table));
    }

    std::string pictureWords(const Material& m)
    {
        const std::uint32_t certain = m.ways(WayClass::Certain);
        return "Attack path from the Internet through the four stages to the crown jewels: "
            + count(certain, "open way", "open ways") + ", "
            + count(m.ways(WayClass::Residual), "residual", "residual") + ", "
            + count(m.ways(WayClass::Possible), "possible", "possible")
            + ". The cheapest ways are told in words below.";
    }

    TableRow changeRow(const Material& m, std::size_t number, const std::string& title,
        const std::vector<attack::OptionIndex>& options, std::uint32_t certain)
    {
        std::vector<std::string> targets;
        int effort = 1;
        for (const attack::OptionIndex option : options) {
            targets.push_back(m.optionTarget(option));
            effort = std::max<int>(effort, m.assessment.graph.options[option].effort);
        }
        const std::vector<std::uint32_t> closed = m.assessment.search->closedBy(options);
        const auto closes = std::count_if(closed.begin(), closed.end(), [&](std::uint32_t way) {
            return m.assessment.search->ways()[way].wayClass == WayClass::Certain;
        });
        const std::string share = std::to_string(closes) + " of " + std::to_string(certain);
        return { { { { std::to_string(number) } }, { { title, Face::Strong } }, { { joined(targets, 4) } },
            { { effortWords(effort) } }, { { share } }, { { "" } } } };
    }

    void addSmallest(Material& m)
    {
        if (m.smallest.sets.empty() || m.ways(WayClass::Certain) == 0)
            return;
        m.part("The smallest set of changes", "smallest");
        m.say(smallestSentence(m), Paragraph::Role::Lead);
        Table table { "Smallest set",
            { { "", 1, true, true }, { "Change", 3 }, { "On", 3 }, { "Effort", 1, true },
                { "Closes alone", 1, true, true }, { "Owner", 1.4 } },
            {} };
        const std::uint32_t certain = m.ways(WayClass::Certain);
        // To decide it is enough to know what is changed; to do it, every object has its row.
        const bool together = m.options.edition == Edition::Management;
        for (const Change& change : smallestChanges(m)) {
            if (together)
                table.rows.push_back(
                    changeRow(m, table.rows.size() + 1, change.title, change.options, certain));
            else
                for (const attack::OptionIndex option : change.options)
                    table.rows.push_back(
                        changeRow(m, table.rows.size() + 1, change.title, { option }, certain));
        }
        m.add(std::move(table));
        if (m.smallest.proof == SmallestSets::Proof::Impossible) {
            Items steps { true, {} };
            const Graph& graph = m.assessment.graph;
            for (const EdgeIndex e : m.smallest.unbreakable)
                if (graph.edges[e].kind != attack::EdgeKind::Structure)
                    steps.items.push_back({ { m.hide(
                        attack::caption(graph, graph.edges[e], graph.edges[e].to, *m.assessment.edges)) } });
            m.say("No change that Glacis knows breaks this path:");
            m.add(std::move(steps));
        }
        m.say("This is the least that stops the attack as it stands today. It contains; what made each step "
              "possible "
              "is listed among the findings and worth mending at its root.",
            Paragraph::Role::Note);
    }

    /// Now: in the smallest set. Next: closes ways as well, or a critical finding; Later: the rest.
    void addFurther(Material& m)
    {
        std::set<attack::OptionIndex> taken;
        if (!m.smallest.sets.empty())
            for (const std::uint32_t which : m.smallest.sets.front())
                taken.insert(
                    m.smallest.classes[which].options.begin(), m.smallest.classes[which].options.end());
        Table table { "Other changes that close ways",
            { { "Change", 3 }, { "On", 3 }, { "Effort", 1, true }, { "Open ways", 1, true, true },
                { "Others", 1, true, true } },
            {} };
        const std::size_t most = m.options.edition == Edition::Management ? 3
            : m.options.edition == Edition::Engineer                      ? 15
                                                                          : m.effects.size();
        std::size_t left = 0;
        for (const attack::OptionEffect& effect : m.effects) {
            if (taken.contains(effect.option))
                continue;
            if (table.rows.size() == most) {
                ++left;
                continue;
            }
            table.rows.push_back(
                { { { { m.optionTitle(effect.option) } }, { { m.optionTarget(effect.option) } },
                    { { effortWords(m.assessment.graph.options[effect.option].effort) } },
                    { { std::to_string(effect.closes) } },
                    { { std::to_string(effect.closesResidual + effect.closesPossible) } } } });
        }
        if (table.rows.empty())
            return;
        m.part("What else closes ways", "further");
        m.say("Each closes that many ways by itself; others are residual and possible ones.",
            Paragraph::Role::Note);
        m.add(std::move(table));
        if (left > 0 && m.options.edition == Edition::Engineer)
            m.say("The audit edition lists " + grouped(left) + " more.", Paragraph::Role::Note);
    }

    /// What has no part in a way is still to be mended: by severity.
    void addWorst(Material& m)
    {
        Table table { "The worst problems",
            { { "Severity", 1, true }, { "Problem", 4 }, { "Objects", 1, true, true }, { "Stage", 1, true } },
            {} };
        std::vector<std::pair<std::size_t, std::uint32_t>> sums;
        std::vector<Severity> worst(m.checks.size(), Severity::Info);
        std::vector<std::uint32_t> counts(m.checks.size(), 0);
        for (std::size_t i = 0; i < m.rows.size(); ++i) {
            const Row& row = m.rows[i];
            if (row.state != State::Fail || row.platform || (i > 0 && sameProblem(m.rows[i - 1], row)))
                continue;
            if (counts[row.check]++ == 0)
                sums.emplace_back(row.check, 0);
            worst[row.check] = std::max(worst[row.check], row.severity);
        }
        constexpr std::size_t Most = 6;
        for (std::size_t i = 0; i < sums.size() && i < Most; ++i) {
            const std::size_t check = sums[i].first;
            table.rows.push_back({ { { severityRun(worst[check]) },
                { { m.checks[check].title, Face::Plain, m.anchorOf(check) } },
                { { std::to_string(counts[check]) } }, { stageRun(m.checks[check].stage) } } });
        }
        if (table.rows.empty())
            return;
        m.part("The worst problems", "worst");
        m.say("By severity, whether an open way uses them or not; the engineer edition tells each in full.",
            Paragraph::Role::Note);
        m.add(std::move(table));
    }
}

void addAttackPath(Material& m)
{
    const bool management = m.options.edition == Edition::Management;
    const bool isOpen = m.assessment.search && !m.assessment.search->ways().empty();
    m.section(Section::AttackPath, title(Section::AttackPath), isOpen);
    if (!isOpen) {
        m.say(m.wholeCluster() ? "Nothing that was read opens a way from the Internet to a crown jewel. That "
                                 "says nothing of what was "
                                 "not read: see Coverage and limits."
                               : "These files are no whole cluster: nodes, control plane and what is exposed "
                                 "are unseen, so a way "
                                 "would not show here. That none is drawn is no proof that there is none.");
        return;
    }
    m.add(AttackPicture { m.ways(WayClass::Certain) > 0
            ? "The open ways from the Internet to the crown jewels. Numbered: the cheapest."
            : "No certain way is open; dashed: ways that are residual or only possible.",
        pictureWords(m) });
    addStories(m);
    if (management)
        return;
    addChokePoints(m);
    addUncertain(m);
}

void addPlan(Material& m)
{
    m.section(Section::Plan, title(Section::Plan), m.ways(WayClass::Certain) > 0);
    if (m.ways(WayClass::Certain) == 0 && m.effects.empty())
        m.say(m.tally.problems == 0
                ? "Nothing has to be changed for what could be judged. Look at Coverage and limits for what "
                  "could not."
                : "No open way has to be closed. The findings, worst first, are the order of work.");
    addSmallest(m);
    addFurther(m);
    if (!m.has(Section::Findings)) // which begins with the same list
        addWorst(m);
}

} // namespace glacis::report
