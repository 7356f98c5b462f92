// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What breaks the ways: each break option with what it closes, and the smallest sets for each jewel and all
// of them.
#include <report/paths.h>

#include <algorithm>
#include <utility>

#include <attack/describe.h>
#include <report/plain.h>
#include <report/text_parts.h>

namespace glacis::report {
namespace {
    using attack::BreakOption;
    using attack::Graph;
    using attack::SmallestSets;
    using attack::WayClass;

    std::string_view name(SmallestSets::Proof proof)
    {
        switch (proof) {
        case SmallestSets::Proof::Exact:
            return "exact";
        case SmallestSets::Proof::Greedy:
            return "greedy";
        case SmallestSets::Proof::Nothing:
            return "nothing-open";
        case SmallestSets::Proof::Impossible:
            return "impossible";
        }
        return {};
    }

    std::string_view effortWords(int effort)
    {
        return effort <= 1 ? "small effort" : effort <= 3 ? "medium effort" : "large effort";
    }

    /// Each jewel that a certain way reaches, then all of them together.
    std::vector<std::vector<attack::NodeIndex>> goals(const Graph& graph, const attack::Search& search)
    {
        std::vector<std::vector<attack::NodeIndex>> goals;
        std::vector<attack::NodeIndex> open;
        for (const attack::NodeIndex jewel : graph.jewels) {
            const bool reached = std::any_of(search.ways().begin(), search.ways().end(),
                [&](const attack::Way& w) { return w.jewel == jewel && w.wayClass == WayClass::Certain; });
            if (reached)
                open.push_back(jewel);
        }
        if (open.size() > 1)
            goals.push_back(open);
        for (const attack::NodeIndex jewel : open)
            goals.push_back({ jewel });
        return goals;
    }

    std::string goalWords(const Graph& graph, const std::vector<attack::NodeIndex>& goal, bool whole)
    {
        if (whole && goal.size() > 1)
            return "every crown jewel";
        std::vector<std::string> names;
        for (const attack::NodeIndex jewel : goal)
            names.push_back(attack::inWords(graph.nodes[jewel]));
        return joined(names, 6);
    }

    class FixText {
    public:
        FixText(const assessment::Assessment& assessment, const Graph& graph, const attack::Search& search,
            const PathOptions& options)
            : m_catalogue(*assessment.edges)
            , m_graph(graph)
            , m_search(search)
            , m_options(options)
            , m_ink(options.colour)
            , m_width(static_cast<std::size_t>(std::clamp(options.width, 60, 120)))
        {
        }

        std::string minimal()
        {
            if (m_search.count(WayClass::Certain) == 0) {
                m_out += "No certain way is open: there is nothing that has to be closed.\n";
                return std::move(m_out);
            }
            // Goals with the same answer are told once.
            std::vector<std::pair<std::string, std::vector<std::string>>> answers;
            bool first = true;
            for (const auto& goal : goals(m_graph, m_search)) {
                std::string answer = smallest(goal);
                const std::string words = goalWords(m_graph, goal, first);
                first = false;
                const auto known = std::find_if(
                    answers.begin(), answers.end(), [&](const auto& a) { return a.first == answer; });
                if (known == answers.end())
                    answers.push_back({ std::move(answer), { words } });
                else
                    known->second.push_back(words);
            }
            for (const auto& [answer, words] : answers) {
                line("To close every certain way to " + words.front(), 0, true);
                if (words.size() > 1)
                    line("The same for " + joined({ words.begin() + 1, words.end() }, 8) + " alone.", 2);
                m_out += answer + "\n";
            }
            line("This is the least that stops the attack as it stands today. It contains; every finding on "
                 "the "
                 "way is still there and worth mending at its root.",
                0);
            return std::move(m_out);
        }

        std::string all()
        {
            const auto effects = m_search.effects();
            append(m_out,
                m_ink.bold(
                    effects.empty() ? "Nothing closes a way by itself." : "What closes ways, most first"),
                "\n");
            std::size_t shown = 0;
            for (const attack::OptionEffect& effect : effects) {
                if (m_options.limit != 0 && shown == m_options.limit) {
                    line(
                        "… and " + std::to_string(effects.size() - shown) + " more; --limit 0 shows all.", 2);
                    break;
                }
                ++shown;
                const BreakOption& option = m_graph.options[effect.option];
                append(m_out, "\n", m_ink.bold(plain(option.id)), "\n");
                std::string text = title(option) + " (" + std::string(effortWords(option.effort))
                    + "): closes " + count(effect.closes, "certain way", "certain ways");
                if (effect.closesResidual + effect.closesPossible > 0)
                    text += " and " + count(effect.closesResidual + effect.closesPossible, "other");
                line(text, 2);
            }
            m_out += "\n";
            return minimal();
        }

    private:
        void line(std::string_view text, std::size_t indent, bool bold = false)
        {
            line(m_out, text, indent, 0, bold);
        }
        void line(std::string& out, std::string_view text, std::size_t indent, std::size_t hang = 0,
            bool bold = false) const
        {
            for (const std::string& part : wrap(plain(text), m_width - indent - hang)) {
                append(out, std::string(indent, ' '), bold ? m_ink.bold(part) : part, "\n");
                indent += std::exchange(hang, 0);
            }
        }

        std::string title(const BreakOption& option) const
        {
            const attack::CardInfo* card = m_catalogue.card(option.card);
            return card ? card->title : option.card;
        }

        std::string smallest(const std::vector<attack::NodeIndex>& goal) const
        {
            const SmallestSets sets = m_search.smallestSets(goal);
            std::string out;
            if (sets.proof == SmallestSets::Proof::Impossible) {
                line(out, "No set of known fixes closes all of them; nothing breaks this path:", 2);
                std::vector<std::string> steps;
                for (const attack::EdgeIndex e : sets.unbreakable)
                    if (m_graph.edges[e].kind != attack::EdgeKind::Structure)
                        steps.emplace_back(attack::name(m_graph.edges[e].kind));
                line(out, joined(steps, 20), 4);
            }
            if (!sets.sets.empty()) {
                std::string text = count(sets.sets.front().size(), "change");
                if (sets.proof == SmallestSets::Proof::Exact)
                    text += sets.sets.size() == 1 && !sets.more
                        ? ", proven: no smaller set exists, and no other of this size"
                        : ", proven: no smaller set exists";
                else if (sets.proof == SmallestSets::Proof::Greedy)
                    text += ", found step by step among " + std::to_string(sets.candidates)
                        + " candidates; at least " + std::to_string(sets.lowerBound) + " are needed";
                line(out, text + ".", 2);
                set(out, sets, sets.sets.front());
                if (sets.sets.size() > 1)
                    line(out,
                        "or " + count(sets.sets.size() - 1, "other set", "other sets")
                            + (sets.more ? " and more" : "") + " of the same size; --format json lists them.",
                        4);
            }
            if (sets.sets.empty())
                return out;
            line(out, "Ways that are residual or only possible stand apart and may stay.", 4);
            return out;
        }

        void set(std::string& out, const SmallestSets& sets, const std::vector<std::uint32_t>& members) const
        {
            for (const std::uint32_t member : members) {
                const attack::OptionClass& choice = sets.classes[member];
                const BreakOption& option = m_graph.options[choice.options.front()];
                std::string text
                    = option.id + "  " + title(option) + " (" + std::string(effortWords(option.effort)) + ")";
                if (choice.options.size() > 1) {
                    std::vector<std::string> others;
                    for (std::size_t i = 1; i < choice.options.size(); ++i)
                        others.push_back(m_graph.options[choice.options[i]].id);
                    text += ", or just as well " + joined(others, 4);
                }
                line(out, "• " + text, 4, 2);
            }
        }

        const attack::EdgeCatalogue& m_catalogue;
        const Graph& m_graph;
        const attack::Search& m_search;
        const PathOptions& m_options;
        Ink m_ink;
        std::size_t m_width;
        std::string m_out;
    };

    void optionJson(JsonWriter& json, const assessment::Assessment& assessment, const Graph& graph,
        const attack::Search& search, const BreakOption& option, const attack::OptionEffect* effect)
    {
        const attack::CardInfo* card = assessment.edges->card(option.card);
        json.beginObject()
            .member("id", option.id)
            .member("card", option.card)
            .member("title", card ? card->title : option.card);
        json.member("target", option.target).member("effort", static_cast<int>(option.effort));
        json.key("edges").beginArray();
        for (const attack::EdgeIndex e : option.edges)
            json.value(graph.edgeId(e));
        json.endArray();
        json.key("closes").beginArray();
        for (std::size_t i = 0; effect && i < effect->ways.size(); ++i)
            json.value(attack::idOf(graph, search.ways()[effect->ways[i]]));
        json.endArray().endObject();
    }

    void smallestJson(JsonWriter& json, const Graph& graph, const attack::Search& search,
        const std::vector<attack::NodeIndex>& goal)
    {
        const SmallestSets sets = search.smallestSets(goal);
        json.beginObject().key("goal").beginArray();
        for (const attack::NodeIndex jewel : goal)
            json.value(graph.nodes[jewel].id);
        json.endArray().member("proof", name(sets.proof));
        json.member("lowerBound", sets.lowerBound)
            .member("candidates", sets.candidates)
            .member("more", sets.more);
        json.key("sets").beginArray();
        for (const auto& set : sets.sets) {
            json.beginArray();
            for (const std::uint32_t member : set) {
                json.beginArray(); // any one of these
                for (const attack::OptionIndex option : sets.classes[member].options)
                    json.value(graph.options[option].id);
                json.endArray();
            }
            json.endArray();
        }
        json.endArray().key("unbreakable").beginArray();
        for (const attack::EdgeIndex e : sets.unbreakable)
            json.value(graph.edgeId(e));
        json.endArray().key("remains").beginArray();
        for (const std::uint32_t way : sets.remains)
            json.value(attack::idOf(graph, search.ways()[way]));
        json.endArray().endObject();
    }
}

std::string writeFixesText(const assessment::Assessment& assessment, const Graph& graph,
    const attack::Search& search, bool minimal, const PathOptions& options)
{
    FixText text(assessment, graph, search, options);
    return minimal ? text.minimal() : text.all();
}

std::string writeFixesJson(
    const assessment::Assessment& assessment, const Graph& graph, const attack::Search& search, bool minimal)
{
    JsonWriter json(2);
    json.beginObject();
    if (!minimal) {
        const auto effects = search.effects();
        std::vector<const attack::OptionEffect*> byOption(graph.options.size(), nullptr);
        for (const attack::OptionEffect& effect : effects)
            byOption[effect.option] = &effect;
        json.key("options").beginArray();
        for (std::size_t i = 0; i < graph.options.size(); ++i)
            optionJson(json, assessment, graph, search, graph.options[i], byOption[i]);
        json.endArray();
    }
    json.key("smallest").beginArray();
    for (const auto& goal : goals(graph, search))
        smallestJson(json, graph, search, goal);
    json.endArray().endObject();
    return json.take() + '\n';
}

// ---- the catalogue of steps

std::string writeEdgeKinds(
    const attack::EdgeCatalogue& catalogue, std::string_view id, bool colour, int width)
{
    const Ink ink(colour);
    const auto columns = static_cast<std::size_t>(std::clamp(width, 60, 100));
    std::string out;
    if (!id.empty()) {
        const attack::EdgeInfo* info = catalogue.find(id);
        if (!info)
            return {};
        append(out, ink.bold(info->id), "  ", info->title, "\n");
        append(out, info->stage ? "stage " + std::to_string(info->stage) + ", " : std::string(), "cost ",
            std::to_string(info->cost), info->attack.empty() ? "" : ", ATT&CK " + joined(info->attack, 6),
            "\n");
        const auto paragraph = [&](std::string_view title, std::string_view text) {
            if (text.empty())
                return;
            append(out, "\n", ink.bold(title), "\n");
            for (const std::string& part : wrap(text, columns - 2))
                append(out, "  ", part, "\n");
        };
        paragraph("What the attacker does", info->does);
        paragraph("When it is possible", info->when);
        paragraph("How it is seen", info->seen);
        std::string breaks;
        for (const std::string& card : info->breaks) {
            const attack::CardInfo* known = catalogue.card(card);
            breaks += (breaks.empty() ? "" : "; ") + card + (known ? " " + known->title : "");
        }
        paragraph("What breaks it", breaks.empty() ? "Only an earlier step can be broken." : breaks);
        paragraph("Checks that show it", joined(info->checks, 10));
        paragraph("Also known as", joined(info->others, 10));
        return out;
    }
    for (const attack::EdgeInfo& info : catalogue.edges()) {
        std::string padded = info.id;
        padded.resize(std::max<std::size_t>(padded.size(), 19), ' ');
        append(out, ink.bold(padded),
            info.stage ? " stage " + std::to_string(info.stage) : std::string("  –     "), "  ", info.title,
            "\n");
    }
    append(out, "\n", count(catalogue.edges().size(), "kind of step", "kinds of step"),
        "; glacis edges NAME explains one.\n");
    return out;
}

} // namespace glacis::report
