// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Figures of the HTML report: rings and bars, drawn without a graphics library.
#include <report/html_blocks.h>

#include <algorithm>
#include <numeric>

#include <report/document_words.h>
#include <report/html_text.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    constexpr std::size_t ringLength = 19164; ///< hundredths: the circumference of a radius of 30.5

    std::string hundredths(std::size_t value)
    {
        std::string rest = std::to_string(value % 100);
        return std::to_string(value / 100) + '.' + (rest.size() < 2 ? "0" + rest : rest);
    }

    void ring(std::string& out, const std::optional<int>& score, bool partly)
    {
        append(out, "<svg class=\"ring", partly ? " partly" : "",
            R"(" viewBox="0 0 68 68" role="img" aria-label="Score: )");
        appendHtml(out, scoreWords(score, partly));
        append(out, R"("><circle cx="34" cy="34" r="30.5"/>)");
        const auto share = static_cast<std::size_t>(std::clamp(score.value_or(0), 0, 100));
        if (share > 0)
            append(out, R"(<circle class="arc" cx="34" cy="34" r="30.5" stroke-dasharray=")",
                hundredths(ringLength * share / 100), " 192\" transform=\"rotate(-90 34 34)\"/>");
        append(out, R"(<text x="34" y="40.5">)", score ? std::to_string(*score) : "\xE2\x80\x93",
            "</text></svg>");
    }

    /// "6 problems", "Not assessed", "1 problem · partly assessed"
    std::string stateWords(const StageLine& line)
    {
        if (!line.score && line.problems == 0)
            return "Not assessed";
        return count(line.problems, "problem")
            + (!line.score        ? " \xC2\xB7 not assessed"
                    : line.partly ? " \xC2\xB7 partly assessed"
                                  : "");
    }

    void stageScore(HtmlPage& page, const StageLine& line)
    {
        std::string& out = page.out;
        append(out, "<div class=\"score s", std::to_string(std::min<int>(line.stage, StageCount)), "\">");
        ring(out, line.score, line.partly);
        append(out, "<div><span class=\"kind\">Stage ", std::to_string(line.stage), "</span><strong>");
        const std::string_view link = page.anchors.link(line.anchor);
        if (!link.empty())
            append(out, "<a href=\"#", link, "\">");
        appendHtml(out, line.title);
        append(out, link.empty() ? "" : "</a>", "</strong><p>", stateWords(line), "</p>");
        if (!line.worst.empty()) {
            out += "<p class=\"worst\">";
            appendBreaking(out, line.worst, 16);
            out += "</p>";
        }
        out += "</div></div>\n";
    }

    std::size_t totalOf(const Bars::Bar& bar)
    {
        return std::accumulate(bar.bySeverity.begin(), bar.bySeverity.end(), std::size_t { 0 });
    }

    /// Share of the longest bar in tenths of a percent, as CSS.
    std::string percent(std::size_t part, std::size_t whole)
    {
        const std::size_t tenths = whole == 0 ? 0 : (part * 2000 + whole) / (whole * 2);
        return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + '%';
    }

    void barRow(HtmlPage& page, const Bars::Bar& bar, std::size_t longest)
    {
        std::string& out = page.out;
        const std::size_t total = totalOf(bar);
        out += "<tr><th scope=\"row\">";
        appendRuns(out, bar.label, page.anchors);
        out += "</th><td class=\"track\">";
        std::string tally;
        if (total > 0)
            append(
                out, R"(<div class="bar" aria-hidden="true" style="width:)", percent(total, longest), "\">");
        for (std::size_t s = bar.bySeverity.size(); s-- > 0;) {
            const std::uint32_t number = bar.bySeverity[s];
            if (number == 0)
                continue;
            const auto severity = static_cast<Severity>(s);
            append(out, "<i class=\"", name(severity), "\" style=\"flex:", std::to_string(number), "\"></i>");
            append(tally, "<span class=\"", name(severity), "\">");
            appendShape(tally, severity);
            append(tally, grouped(number), "<span class=\"sr\"> ", severityTitle(severity), "</span></span>");
        }
        append(out, total > 0 ? "</div>" : "", "</td><td class=\"n\">", grouped(total),
            "</td><td class=\"f tally\">", tally, "</td></tr>\n");
    }
}

void writeHtml(HtmlPage& page, const Scores& scores)
{
    if (scores.stages.empty())
        return;
    std::string& out = page.out;
    const bool all = scores.stages.size() > 1;
    append(out, "<div class=\"scores", all ? " all" : "", "\">\n");
    if (all) {
        out += "<div class=\"score total\">";
        ring(out, scores.overall, false);
        append(out, "<div><strong>Overall</strong><p>",
            scores.overall ? "the score of the lowest stage" : "not assessed", "</p></div></div>\n");
    }
    for (const StageLine& line : scores.stages)
        stageScore(page, line);
    out += "</div>\n";
}

void writeHtml(HtmlPage& page, const Figures& figures)
{
    if (figures.figures.empty())
        return;
    std::string& out = page.out;
    out += "<div class=\"figures\">\n";
    for (const Figures::Figure& figure : figures.figures) {
        append(out, "<div class=\"figure",
            figure.good           ? std::string(" good")
                : figure.severity ? " " + std::string(name(*figure.severity))
                                  : std::string(),
            "\"><b>");
        if (figure.severity && !figure.good)
            appendShape(out, *figure.severity);
        appendHtml(out, figure.number);
        out += "</b><span>";
        appendBreaking(out, figure.words, 16);
        out += "</span></div>\n";
    }
    out += "</div>\n";
}

void writeHtml(HtmlPage& page, const Bars& bars)
{
    if (bars.bars.empty())
        return;
    std::string& out = page.out;
    std::size_t longest = 0;
    for (const Bars::Bar& bar : bars.bars)
        longest = std::max(longest, totalOf(bar));
    out += "<figure><figcaption class=\"barname\">";
    appendHtml(out, bars.name);
    out += R"(</figcaption><div class="box"><table class="bars"><caption><span class="sr">)";
    appendHtml(out, bars.name);
    out += "</span></caption><thead class=\"sr\"><tr><th scope=\"col\">Name</th><td></td>"
           "<th scope=\"col\">Total</th><th scope=\"col\">By severity</th></tr></thead>\n<tbody>\n";
    for (const Bars::Bar& bar : bars.bars)
        barRow(page, bar, longest);
    out += "</tbody></table></div></figure>\n";
}

} // namespace glacis::report
