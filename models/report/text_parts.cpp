// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/text_parts.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <unordered_set>

#include <base/text.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    using assessment::Assessment;

    constexpr std::size_t MostReasons = 6;
    constexpr std::size_t BarCells = 20;

    struct Mark {
        std::string_view shape, colour;
    };
    /// By Severity; shape and word tell it without colour.
    constexpr std::array<Mark, 5> Marks { { { "○", "2" }, { "●", "36" }, { "■", "33" }, { "▲", "31" },
        { "◆", "1;31" } } };

    std::string percent(double value)
    {
        char buffer[32];
        std::snprintf(buffer, sizeof buffer, "%.1f", value);
        return buffer;
    }

    void scoreLine(std::string& out, std::string_view label, std::string_view title,
        const std::optional<int>& score, const Ink& ink)
    {
        std::string head = "  " + std::string(label);
        head.resize(std::max<std::size_t>(head.size(), 11), ' ');
        head += title;
        const std::size_t width = displayWidth(head);
        head.append(width < 42 ? 42 - width : 1, ' ');
        out += head;
        if (!score) {
            out += "  – not assessed\n";
            return;
        }
        std::string number = std::to_string(*score);
        number.insert(0, number.size() < 3 ? 3 - number.size() : 0, ' ');
        const std::size_t filled = static_cast<std::size_t>(std::clamp(*score, 0, 100)) * BarCells / 100;
        std::string bar;
        for (std::size_t i = 0; i < BarCells; ++i)
            bar += i < filled ? "█" : "░";
        // The caps of MODEL section 3: at most 49 while a critical fails, 74 while a high one does.
        const Severity worst = *score < 50 ? Severity::Critical
            : *score < 75                  ? Severity::Medium
                                           : Severity::Low;
        out += ink.bold(number) + "  " + ink.severity(worst, bar) + "\n";
    }

    /// What one line says: the checks that cannot speak, and one of the reasons.
    struct Gap {
        std::string reason, grant;
        std::vector<std::string> what;
        std::set<std::string> checks;
        std::size_t likeIt = 0; ///< more reasons of the same checks, as of one check on many objects
    };

    std::vector<Gap> gapsByReason(const posture::Posture& posture)
    {
        std::vector<Gap> gaps;
        std::map<std::pair<std::string_view, std::string_view>, std::size_t> index;
        for (const posture::CoverageGap& gap : posture.gaps) {
            const auto [at, isNew] = index.try_emplace({ gap.reason, gap.grant }, gaps.size());
            if (isNew)
                gaps.push_back({ gap.reason, gap.grant, {}, {}, 0 });
            gaps[at->second].what.push_back(gap.what);
            gaps[at->second].checks.insert(gap.checks.begin(), gap.checks.end());
        }
        std::vector<Gap> lines;
        std::map<std::pair<std::set<std::string>, std::string>, std::size_t> byChecks;
        for (Gap& gap : gaps) {
            const auto [at, isNew] = byChecks.try_emplace({ gap.checks, gap.grant }, lines.size());
            if (isNew || gap.checks.empty())
                lines.push_back(std::move(gap));
            else
                ++lines[at->second].likeIt;
        }
        return lines;
    }

    void notAssessed(std::string& out, const posture::Posture& posture, std::size_t width)
    {
        const std::vector<Gap> gaps = gapsByReason(posture);
        if (gaps.empty())
            return;
        std::set<std::string> checks;
        for (const Gap& gap : gaps)
            checks.insert(gap.checks.begin(), gap.checks.end());
        std::string heading = "Not assessed";
        if (!checks.empty())
            append(heading, ", wholly or in part (", count(checks.size(), "check"),
                "; glacis checks ID tells what each asks)");
        appendWrapped(out, heading + ":", width);
        for (std::size_t i = 0; i < gaps.size() && i < MostReasons; ++i) {
            const std::vector<std::string> ids(gaps[i].checks.begin(), gaps[i].checks.end());
            std::string text = gaps[i].reason;
            if (gaps[i].likeIt > 0)
                append(text, ", and ", grouped(gaps[i].likeIt), " more like it");
            append(text, ": ", ids.empty() ? joined(gaps[i].what, 4) : joined(ids, 4));
            if (!gaps[i].grant.empty())
                append(text, " (needs ", gaps[i].grant, ")");
            std::string_view bullet = "  · ";
            for (const std::string& line : wrap(plain(text), width > 44 ? width - 4 : 40)) {
                out.append(bullet).append(line).append("\n");
                bullet = "    ";
            }
        }
        if (gaps.size() > MostReasons)
            append(out, "  · and ", count(gaps.size() - MostReasons, "more reason"),
                ": --format json lists them\n");
    }

    /// "3 problems on 2 objects:  ◆ 1 critical  ▲ 2 high …", broken between its parts where it is too long.
    void appendCounts(std::string& out, const Tally& counts, std::size_t width, const Ink& ink)
    {
        const std::string head = count(counts.problems, "problem");
        const std::string on = " on " + count(counts.objects, "object") + ":";
        out += ink.bold(head) + on;
        std::size_t used = displayWidth(head) + displayWidth(on);
        for (std::size_t s = counts.bySeverity.size(); s-- > 0;) {
            const auto severity = static_cast<Severity>(s);
            const std::string part = std::string(Marks[s].shape) + ' ' + grouped(counts.bySeverity[s]) + ' '
                + std::string(name(severity));
            const std::size_t size = 2 + displayWidth(part);
            const bool fits = used + size <= width;
            append(out, fits ? "  " : "\n  ", ink.severity(severity, part));
            used = fits ? used + size : size;
        }
        out += "\n";
    }

    void readingErrors(std::string& out, const Assessment& assessment, std::size_t width)
    {
        using Level = inventory::Diagnostic::Level;
        std::size_t errors = 0, warnings = 0;
        for (const inventory::Diagnostic& d : assessment.inventory->diagnostics) {
            errors += d.level == Level::Error ? 1 : 0;
            warnings += d.level == Level::Warning ? 1 : 0;
        }
        if (errors + warnings == 0)
            return;
        appendWrapped(out,
            "Reading the source gave " + count(errors, "error") + " and " + count(warnings, "warning")
                + "; what could not be read was not judged.",
            width);
    }

    /// The check that is worst, and of those the one with most objects: one habit to mend for many places.
    std::string nextStep(const Assessment& assessment, const std::vector<Row>& rows,
        const std::vector<std::uint32_t>& order, const WriteOptions& options)
    {
        const auto isShownBefore = [&](const Row& a, const Row& b) {
            const auto at = [&](const Row& r) { return r.rank < order.size() ? order[r.rank] : UINT32_MAX; };
            return at(a) < at(b);
        };
        struct Candidate {
            std::size_t objects = 0;
            const Row* first = nullptr;
            const Row* last = nullptr;
        };
        std::map<std::uint16_t, Candidate> candidates;
        std::optional<Severity> worst;
        for (const Row& row : rows) {
            if (row.state != State::Fail || row.platform)
                continue;
            if (!worst)
                worst = row.severity; // rows come worst first
            if (row.severity != *worst)
                break;
            Candidate& candidate = candidates[row.check];
            if (!candidate.last || !sameProblem(*candidate.last, row))
                ++candidate.objects;
            candidate.last = &row;
            if (!candidate.first || isShownBefore(row, *candidate.first))
                candidate.first = &row;
        }
        if (!worst) {
            if (assessment.posture.gaps.empty())
                return "nothing to do: every check that applies is passed.";
            std::string text = "nothing wrong was found in what was judged. To have more judged, read the "
                               "objects of a whole cluster, or state what no object says";
            if (!options.sourceArgument.empty())
                append(text, ": glacis scan ", options.sourceArgument, " --facts FILE");
            return text + ".";
        }
        const auto best = std::max_element(candidates.begin(), candidates.end(),
            [](const auto& a, const auto& b) { return a.second.objects < b.second.objects; });
        const posture::CheckInfo& check = assessment.catalogue->checks()[best->first];
        const Candidate& candidate = best->second;
        std::string text = "mend " + check.id + " (" + std::string(name(*worst)) + ") ";
        text += candidate.objects == 1 ? "on " : "on " + count(candidate.objects, "object") + ", first ";
        text += candidate.first->object.present() ? candidate.first->object.label() : "the whole source";
        append(text, ". ", check.fix, " Read on: glacis checks ", check.id);
        return text;
    }
}

std::string Ink::wrapIn(std::string_view code, std::string_view text) const
{
    if (!m_colour || text.empty())
        return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string Ink::severity(Severity severity, std::string_view text) const
{
    return wrapIn(Marks[static_cast<std::size_t>(severity)].colour, text);
}

void appendWrapped(std::string& out, std::string_view text, std::size_t width)
{
    for (const std::string& line : wrap(text, width))
        append(out, line, "\n");
}

std::size_t textWidth(const WriteOptions& options)
{
    return static_cast<std::size_t>(std::clamp(options.width, 60, 400));
}

std::string severityMark(Severity severity)
{
    std::string word(name(severity));
    word.resize(8, ' ');
    return std::string(Marks[static_cast<std::size_t>(severity)].shape) + ' ' + word;
}

std::string severityCounts(const std::array<std::uint32_t, 5>& counts)
{
    std::string text;
    for (std::size_t s = counts.size(); s-- > 0;) {
        if (counts[s] == 0)
            continue;
        text += text.empty() ? "" : ", ";
        text += grouped(counts[s]) + ' ' + std::string(name(static_cast<Severity>(s)));
    }
    return text;
}

std::string textHead(const Assessment& assessment, const WriteOptions& options, const Ink& ink)
{
    const std::size_t width = textWidth(options);
    const inventory::Inventory& inventory = *assessment.inventory;
    const posture::Posture& posture = assessment.posture;
    std::size_t objects = 0;
    for (const inventory::Object& object : inventory.objects)
        objects += object.assumed ? 0 : 1;
    const bool cluster = inventory.source.scope == inventory::Scope::Cluster;
    std::vector<std::string> parts { "Glacis " GLACIS_VERSION, plain(inventory.source.name),
        cluster ? "scope cluster" : "scope manifests", count(objects, "object") };
    if (inventory.source.captureTime != 0)
        parts.push_back("as of " + isoTime(inventory.source.captureTime));
    std::string out = ink.bold(parts.front());
    std::size_t used = displayWidth(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const std::size_t size = displayWidth(parts[i]);
        const bool fits = used + 3 + size <= width;
        append(out, fits ? " · " : "\n", parts[i]);
        used = fits ? used + 3 + size : size;
    }
    out += "\n\n";
    for (std::size_t i = 0; i < posture.scores.stages.size(); ++i) {
        const auto stage = static_cast<Stage>(i + 1);
        scoreLine(out, "Stage " + std::to_string(i + 1), stageTitle(stage), posture.scores.stages[i], ink);
    }
    scoreLine(out, "Overall", "the lowest stage", posture.scores.overall, ink);
    append(out, "  ", ink.faint("Coverage " + percent(posture.coveragePercent) + " %"), "\n");
    if (!options.checks.empty() || !options.namespaces.empty()) {
        std::vector<std::string> only = options.checks;
        for (const std::string& ns : options.namespaces)
            only.push_back("namespace " + plain(ns));
        out += '\n';
        appendWrapped(
            out, "Only " + joined(only, 6) + "; scores and coverage are those of the whole source.", width);
    }
    return out;
}

std::string textByCheck(const Assessment& assessment, const std::vector<Row>& rows, const Ink& ink)
{
    struct Counts {
        std::array<std::unordered_set<std::uint32_t>, 5> objects; // by state: ranks
    };
    std::map<std::uint16_t, Counts> checks;
    for (const Row& row : rows)
        checks[row.check].objects[static_cast<std::size_t>(row.state)].insert(row.rank);
    if (checks.empty())
        return {};
    std::string out;
    append(out, "\n", ink.bold("By check"), " (objects)\n");
    append(out, ink.faint("  check           fail  accepted  unknown   pass    n/a"), "\n");
    for (const auto& [check, counts] : checks) {
        const auto of = [&counts = counts](State state) {
            return grouped(counts.objects[static_cast<std::size_t>(state)].size());
        };
        char line[128];
        std::snprintf(line, sizeof line, "  %-14.40s %5.12s %9.12s %8.12s %6.12s %6.12s  ",
            assessment.catalogue->checks()[check].id.c_str(), of(State::Fail).c_str(),
            of(State::Accepted).c_str(), of(State::NotAssessed).c_str(), of(State::Pass).c_str(),
            of(State::NotApplicable).c_str());
        append(out, line, plain(assessment.catalogue->checks()[check].title), "\n");
    }
    return out;
}

std::string textSummary(const Assessment& assessment, const std::vector<Row>& rows,
    const std::vector<std::uint32_t>& order, const WriteOptions& options, const Ink& ink)
{
    const std::size_t width = textWidth(options);
    const Tally counts = tally(rows);
    std::string out = "\n";
    if (counts.problems == 0) {
        out += ink.bold("No problems") + " in what was assessed.\n";
    } else {
        appendCounts(out, counts, width, ink);
    }
    const std::size_t platform = platformProblems(assessment, options);
    std::vector<std::string> apart;
    if (counts.accepted > 0)
        apart.push_back(grouped(counts.accepted) + " accepted by policy");
    if (platform > 0)
        apart.push_back(
            grouped(platform) + " in the platform's own parts" + (options.all ? "" : " (shown by --all)"));
    if (!apart.empty())
        append(out, "Not counted: ", joined(apart, apart.size()), ".\n");
    readingErrors(out, assessment, width);
    notAssessed(out, assessment.posture, width);
    std::string_view lead = "Next: ";
    out += "\n";
    for (const std::string& line : wrap(plain(nextStep(assessment, rows, order, options)), width - 6)) {
        out += (lead == "Next: " ? ink.bold(lead) : std::string(lead)) + line + "\n";
        lead = "      ";
    }
    return out;
}

} // namespace glacis::report
