// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One part for each stage of the attack path: what it is, its score, what fails in it and where.
#include <report/report_material.h>

#include <algorithm>
#include <map>

#include <report/plain.h>

namespace glacis::report {
namespace {
    constexpr std::string_view about[StageCount] {
        "What can be reached from outside: addresses shared by several applications, open services, the API "
        "server, and workloads that are not kept apart from one another.",
        "Whoever may talk to the container daemon of a node starts containers as root there. An open port or "
        "a "
        "mounted socket is enough.",
        "What a taken-over container may do: leave for its node, and use its ServiceAccount against the API. "
        "Least "
        "privilege decides how far it leads.",
        "What is worth stealing: credentials in plain sight, Secrets and who reads them, and etcd, where all "
        "of them "
        "lie.",
    };

    bool isOpen(const Row& row) { return row.state == State::Fail && !row.platform; }

    struct CheckSum {
        std::size_t check = 0, firstRow = 0;
        std::uint32_t problems = 0;
        Severity worst = Severity::Info;
    };

    /// Checks of the stage that fail, worst first.
    std::vector<CheckSum> failing(const Material& m, Stage stage)
    {
        std::vector<CheckSum> sums;
        std::map<std::size_t, std::size_t> at;
        for (std::size_t i = 0; i < m.rows.size(); ++i) {
            const Row& row = m.rows[i];
            if (!isOpen(row) || m.checks[row.check].stage != stage)
                continue;
            const auto [place, isNew] = at.try_emplace(row.check, sums.size());
            if (isNew)
                sums.push_back({ row.check, i, 0, row.severity });
            if (i == 0 || !sameProblem(m.rows[i - 1], row))
                ++sums[place->second].problems;
        }
        return sums;
    }

    void addNamespaces(Material& m, Stage stage)
    {
        std::map<std::string_view, std::array<std::uint32_t, 5>> byNamespace;
        for (std::size_t i = 0; i < m.rows.size(); ++i) {
            const Row& row = m.rows[i];
            if (isOpen(row) && m.checks[row.check].stage == stage
                && (i == 0 || !sameProblem(m.rows[i - 1], row)))
                ++byNamespace[row.object.kind == "Namespace" ? row.object.name : row.object.ns]
                             [static_cast<std::size_t>(row.severity)];
        }
        if (byNamespace.size() < 2)
            return;
        std::vector<std::pair<std::string_view, std::array<std::uint32_t, 5>>> sorted(
            byNamespace.begin(), byNamespace.end());
        std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
            return std::lexicographical_compare(
                b.second.rbegin(), b.second.rend(), a.second.rbegin(), a.second.rend());
        });
        constexpr std::size_t Most = 8;
        Bars bars { "Problems of this stage by namespace", {} };
        for (std::size_t i = 0; i < sorted.size() && i < Most; ++i)
            bars.bars.push_back(
                { { sorted[i].first.empty() ? Run { "cluster-wide" } : m.code(sorted[i].first) },
                    sorted[i].second });
        if (sorted.size() > Most) {
            std::array<std::uint32_t, 5> rest {};
            for (std::size_t i = Most; i < sorted.size(); ++i)
                for (std::size_t s = 0; s < rest.size(); ++s)
                    rest[s] += sorted[i].second[s];
            bars.bars.push_back({ { { count(sorted.size() - Most, "more namespace") } }, rest });
        }
        m.add(std::move(bars));
    }

    void addChecksOf(Material& m, Stage stage)
    {
        std::size_t passed = 0;
        std::vector<std::string> silent;
        const auto& results = m.assessment.posture.results;
        for (std::size_t c = 0; c < results.size() && c < m.checks.size(); ++c) {
            if (m.checks[c].stage != stage)
                continue;
            if (results[c].assessed() && results[c].failed == 0)
                ++passed;
            else if (!results[c].assessed() && results[c].notAssessed > 0)
                silent.push_back(m.checks[c].id);
        }
        std::string text;
        if (passed > 0)
            text = count(passed, "check", "checks") + " of this stage found nothing.";
        if (!silent.empty())
            text += (text.empty() ? "" : " ") + std::string("Could not be judged: ") + joined(silent, 12)
                + ".";
        if (!text.empty())
            m.say(text, Paragraph::Role::Note);
        const std::vector<CheckSum> sums = failing(m, stage);
        if (!sums.empty()) {
            Table table { "Checks of stage " + std::to_string(stage) + " that fail",
                { { "Severity", 1, true }, { "Problem", 3 }, { "Objects", 1, true, true },
                    { "Worst, for example", 4 } },
                {} };
            for (const CheckSum& sum : sums) {
                const Row& row = m.rows[sum.firstRow];
                Text example { { m.told(row) } };
                table.rows.push_back({ { { severityRun(sum.worst) },
                    { { m.checks[sum.check].title, Face::Plain, m.anchorOf(sum.check) } },
                    { { std::to_string(sum.problems) } }, std::move(example) } });
            }
            m.add(std::move(table));
        }
    }
}

StageLine stageLine(const Material& m, Stage stage, bool linked)
{
    const auto& posture = m.assessment.posture;
    StageLine line;
    line.stage = stage;
    line.title = stageTitle(stage);
    line.score = posture.scores.stages[stage - 1U];
    std::uint32_t applying = 0, silent = 0;
    for (std::size_t c = 0; c < posture.results.size() && c < m.checks.size(); ++c) {
        const posture::CheckResult& result = posture.results[c];
        if (m.checks[c].stage != stage || (!result.assessed() && result.notAssessed == 0))
            continue;
        ++applying;
        silent += result.assessed() ? 0 : 1;
    }
    line.partly = silent > 0 && silent * 4 >= applying;
    for (std::size_t i = 0; i < m.rows.size(); ++i) {
        const Row& row = m.rows[i];
        if (!isOpen(row) || m.checks[row.check].stage != stage || (i > 0 && sameProblem(m.rows[i - 1], row)))
            continue;
        if (line.problems++ == 0)
            line.worst = m.told(row);
    }
    if (linked)
        line.anchor = "stage-" + std::to_string(stage);
    return line;
}

void addStages(Material& m)
{
    m.section(Section::Stages, title(Section::Stages));
    m.say("An attack on a cluster goes through four stages. Each has a score from 0 to 100; the overall "
          "score is the "
          "lowest of them, for an attacker needs one weak stage only.");
    for (Stage stage = 1; stage <= StageCount; ++stage) {
        Heading& heading = m.part("Stage " + std::to_string(stage) + ": " + std::string(stageTitle(stage)),
            "stage-" + std::to_string(stage));
        heading.stage = stage;
        m.say(about[stage - 1U]);
        m.add(Scores { std::nullopt, { stageLine(m, stage, false) } });
        addNamespaces(m, stage);
        addChecksOf(m, stage);
    }
}

} // namespace glacis::report
