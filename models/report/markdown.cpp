// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// GitHub-flavoured Markdown. Text from outside never forms mark-up: names, paths and evidence stand in code
// spans (no HTML, links, mentions or issue numbers start there), messages are escaped, and become code spans
// too where a renderer would link a part of them whatever the escapes say.
#include <report/writers.h>

#include <algorithm>

#include <base/text.h>
#include <report/cells.h>
#include <report/locations.h>
#include <report/plain.h>
#include <report/selection.h>

namespace glacis::report {
namespace {
    using assessment::Assessment;

    std::string place(std::span<const Location> where)
    {
        std::vector<std::string> spots;
        for (const Location& location : where) {
            if (location.file.empty())
                continue;
            std::string spot(location.file);
            if (location.line != 0)
                spot += ':' + std::to_string(location.line);
            spot = markdownCode(spot);
            if (std::find(spots.begin(), spots.end(), spot) == spots.end())
                spots.push_back(std::move(spot));
        }
        return joined(spots, 3);
    }

    std::string scoreText(const std::optional<int>& score)
    {
        return score ? std::to_string(*score) : "not assessed";
    }

    void head(std::string& out, const Assessment& assessment, const Tally& counts)
    {
        const inventory::Source& source = assessment.inventory->source;
        const posture::Posture& posture = assessment.posture;
        append(out, "# Security posture\n\nSource ", markdownCode(source.name), ", scope ",
            (source.scope == inventory::Scope::Cluster ? "cluster" : "manifests"));
        if (source.captureTime != 0)
            append(out, ", captured ", isoTime(source.captureTime));
        out += ". Glacis " GLACIS_VERSION ".\n\n| Stage | Score |\n|---|---:|\n";
        for (std::size_t i = 0; i < posture.scores.stages.size(); ++i) {
            append(out, "| ", std::to_string(i + 1), " ",
                markdownProse(stageTitle(static_cast<Stage>(i + 1))), " | ",
                scoreText(posture.scores.stages[i]), " |\n");
        }
        append(out, "| **Overall** (the lowest stage) | **", scoreText(posture.scores.overall), "** |\n\n");
        append(out, "**", count(counts.problems, "problem"), "** on ", count(counts.objects, "object"), ":");
        for (std::size_t s = counts.bySeverity.size(); s-- > 0;) {
            out += (s + 1 == counts.bySeverity.size() ? " " : ", ") + grouped(counts.bySeverity[s]) + " "
                + std::string(name(static_cast<Severity>(s)));
        }
        append(out, ". ", count(counts.accepted, "problem"), " accepted by policy.\n");
    }

    void findings(std::string& out, const Assessment& assessment, const std::vector<Row>& rows)
    {
        if (rows.empty())
            return;
        const Locations where(assessment, rows);
        out += "\n## Findings\n\n| Severity | State | Check | Object | Problem | Evidence | Where |\n"
               "|---|---|---|---|---|---|---|\n";
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Row& row = rows[i];
            const posture::CheckInfo& check = assessment.catalogue->checks()[row.check];
            std::string problem = markdownProse(check.title);
            std::string evidence;
            if (row.finding) {
                if (!row.finding->message.empty())
                    problem += ": " + markdownProse(sentence(row, check));
                if (!row.finding->reason.empty())
                    problem += " (" + markdownProse(row.finding->reason) + ")";
                if (!row.finding->places.empty())
                    evidence = markdownCode(
                        row.finding->places.front().path + " = " + row.finding->places.front().evidence);
            }
            for (const std::string& cell :
                { std::string(name(row.severity)), std::string(name(row.state)), check.id,
                    row.object.present() ? markdownCode(row.object.label()) : std::string("whole source"),
                    problem, evidence, place(where.of(i)) })
                append(out, "| ", cell, (cell.empty() ? "" : " "));
            out += "|\n";
        }
    }

    void gaps(std::string& out, const posture::Posture& posture)
    {
        if (posture.gaps.empty())
            return;
        out += "\n## Not assessed\n\n| What | Why | Would be shown by |\n|---|---|---|\n";
        for (const posture::CoverageGap& gap : posture.gaps)
            append(out, "| ", markdownProse(gap.what), " | ", markdownProse(gap.reason), " | ",
                markdownCode(gap.grant), " |\n");
    }
}

std::string writeMarkdown(const Assessment& assessment, const WriteOptions& options)
{
    const std::vector<Row> rows = chosenRows(assessment, options);
    std::string out;
    head(out, assessment, tally(rows));
    findings(out, assessment, rows);
    gaps(out, assessment.posture);
    return out;
}

} // namespace glacis::report
