// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/html_blocks.h>

#include <algorithm>
#include <cmath>

#include <base/text.h>
#include <report/document_words.h>
#include <report/html_text.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    constexpr std::size_t longTable = 60; ///< rows from which a browser need not lay out what is out of sight
    constexpr std::size_t shortTable = 12; ///< rows that are not worth a break on paper
    constexpr std::size_t widestFit = 34; ///< a longer cell wraps although its column asks for one line
    constexpr double rowHeight = 2.1, lineAdvance = 0.5, cellRoom = 9, mostRoom = 60,
                     paperRoom = 48; ///< rem, roughly

    std::size_t lengthOf(const Text& text)
    {
        std::size_t length = 0;
        for (const Run& run : text)
            length += wordsOf(run).size() + (run.face == Face::Severity ? 2 : 0);
        return length;
    }

    /// A table's columns as they come out.
    struct Columns {
        std::vector<std::string> style; ///< class of each cell; empty: none
        std::size_t name = 0; ///< the column that names its row
        double room = 0; ///< rem below which the table is moved sideways rather than squeezed
    };

    Columns columnsOf(const Table& table)
    {
        Columns columns;
        bool named = false;
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const Column& column = table.columns[c];
            std::size_t widest = column.title.size();
            for (const TableRow& row : table.rows)
                if (c < row.cells.size())
                    widest = std::max(widest, lengthOf(row.cells[c]));
            const bool oneLine = column.fit && widest <= widestFit;
            std::string style = column.number ? "n" : "";
            if (oneLine)
                style += style.empty() ? "f" : " f";
            columns.style.push_back(std::move(style));
            columns.room += 1.5
                + std::min(
                    static_cast<double>(widest) * lineAdvance, oneLine ? widestFit * lineAdvance : cellRoom);
            if (!named && !column.fit && !column.number) {
                columns.name = c;
                named = true;
            }
        }
        columns.room = std::min(columns.room, mostRoom);
        return columns;
    }

    std::string oneDecimal(double value)
    {
        const auto tenths = static_cast<std::size_t>(std::lround(value * 10));
        return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
    }

    void cell(std::string& out, std::string_view tag, std::string_view scope, const std::string& style)
    {
        append(out, "<", tag);
        if (!style.empty())
            append(out, " class=\"", style, "\"");
        if (!scope.empty())
            append(out, " scope=\"", scope, "\"");
        out += '>';
    }

    /// Columns share what those on one line leave.
    void columnWidths(std::string& out, const Table& table, const Columns& columns)
    {
        double all = 0;
        const auto shares = [&](std::size_t c) { return columns.style[c].find('f') == std::string::npos; };
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            all += shares(c) ? std::max(table.columns[c].share, 0.01) : 0;
        out += "<colgroup>";
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            if (shares(c))
                append(out,
                    "<col style=\"width:", oneDecimal(std::max(table.columns[c].share, 0.01) / all * 100),
                    "%\"/>");
            else
                out += "<col/>";
        }
        out += "</colgroup>\n";
    }

    void writeRow(HtmlPage& page, const Table& table, const TableRow& row, const Columns& columns)
    {
        std::string& out = page.out;
        // A row and its second line in a body of their own stay on one page.
        if (!row.below.empty())
            out += "<tbody>";
        out += "<tr";
        if (const std::string_view anchor = page.anchors.of(row); !anchor.empty())
            append(out, " id=\"", anchor, "\"");
        out += '>';
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const bool names = c == columns.name;
            cell(out, names ? "th" : "td", names ? "row" : "", columns.style[c]);
            if (c < row.cells.size())
                appendRuns(out, row.cells[c], page.anchors);
            out += names ? "</th>" : "</td>";
        }
        out += "</tr>\n";
        if (row.below.empty())
            return;
        append(out, R"(<tr class="below"><td colspan=")", std::to_string(table.columns.size()), "\">");
        appendRuns(out, row.below, page.anchors);
        out += "</td></tr></tbody>\n";
    }

    void writeProof(HtmlPage& page, const WayStory::Proof& proof)
    {
        std::string& out = page.out;
        out += "<li><span>";
        appendRuns(out, proof.text, page.anchors);
        out += "</span>";
        if (!proof.place.empty()) {
            out += R"(<code class="place" dir="auto">)";
            appendBreaking(out, proof.place, 12);
            out += "</code>";
        }
        if (!proof.check.empty()) {
            const std::string_view link = page.anchors.link(proof.target);
            out += link.empty() ? "<span>" : "<a href=\"#" + std::string(link) + "\">";
            appendHtml(out, proof.check);
            out += link.empty() ? "</span>" : "</a>";
        }
        out += "</li>\n";
    }

    void writeStep(HtmlPage& page, const WayStory::Step& step)
    {
        std::string& out = page.out;
        append(out, "<li class=\"s", std::to_string(std::min<int>(step.stage, StageCount)),
            step.verified ? "" : " unsure", "\"><span>");
        appendRuns(out, step.sentence, page.anchors);
        out += "</span> <span class=\"kind\">";
        appendHtml(out, step.kind);
        out += "</span>";
        if (!step.verified)
            out += " <span class=\"tag\">possible</span>";
        if (!step.proofs.empty() || step.more > 0) {
            out += "\n<ul class=\"proofs\">\n";
            for (const WayStory::Proof& proof : step.proofs)
                writeProof(page, proof);
            if (step.more > 0)
                append(out, "<li>+", grouped(step.more), " more</li>\n");
            out += "</ul>";
        }
        out += "</li>\n";
    }
}

void writeHtml(HtmlPage& page, const Paragraph& paragraph)
{
    std::string& out = page.out;
    switch (paragraph.role) {
    case Paragraph::Role::Warning:
        append(out, R"(<div class="warning" role="note"><svg aria-hidden="true"><use href="#)", OwnAnchor,
            R"(warning"/></svg><p><span class="sr">Warning: </span>)");
        appendRuns(out, paragraph.text, page.anchors);
        out += "</p></div>\n";
        return;
    case Paragraph::Role::Lead:
        out += "<p class=\"lead\">";
        break;
    case Paragraph::Role::Note:
        out += "<p class=\"note\">";
        break;
    case Paragraph::Role::Body:
        out += "<p>";
    }
    appendRuns(out, paragraph.text, page.anchors);
    out += "</p>\n";
}

void writeHtml(HtmlPage& page, const Items& items)
{
    if (items.items.empty())
        return;
    page.out += items.numbered ? "<ol>\n" : "<ul>\n";
    for (const Text& item : items.items) {
        page.out += "<li>";
        appendRuns(page.out, item, page.anchors);
        page.out += "</li>\n";
    }
    page.out += items.numbered ? "</ol>\n" : "</ul>\n";
}

void writeHtml(HtmlPage& page, const Facts& facts)
{
    if (facts.rows.empty())
        return;
    page.out += "<dl>\n";
    for (const auto& [name, value] : facts.rows) {
        page.out += "<dt>";
        appendHtml(page.out, name);
        page.out += "</dt><dd>";
        appendRuns(page.out, value, page.anchors);
        page.out += "</dd>\n";
    }
    page.out += "</dl>\n";
}

void writeHtml(HtmlPage& page, const Table& table)
{
    if (table.columns.empty())
        return;
    std::string& out = page.out;
    const Columns columns = columnsOf(table);
    if (table.rows.size() >= longTable)
        append(out, R"(<div class="box long" style="contain-intrinsic-size:auto )",
            oneDecimal(static_cast<double>(table.rows.size()) * rowHeight), "rem\">");
    else
        append(out, "<div class=\"box", table.rows.size() <= shortTable ? " short" : "", "\">");
    append(out, "<table", columns.room < paperRoom ? "" : " class=\"wide\"",
        " style=\"min-width:", oneDecimal(columns.room), R"(rem"><caption><span class="sr">)");
    appendHtml(out, table.name);
    out += "</span></caption>";
    columnWidths(out, table, columns);
    out += "<thead><tr>";
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        cell(out, "th", "col", columns.style[c]);
        appendHtml(out, table.columns[c].title);
        out += "</th>";
    }
    out += "</tr></thead>\n";
    bool open = false; // a body of rows without a second line
    for (const TableRow& row : table.rows) {
        if (open != row.below.empty()) {
            out += open ? "</tbody>\n" : "<tbody>\n";
            open = !open;
        }
        writeRow(page, table, row, columns);
    }
    append(out, open ? "</tbody>" : "", "</table></div>\n");
}

void writeHtml(HtmlPage& page, const CodeBlock& code)
{
    page.out += "<pre><code>";
    bool first = true;
    for (std::string_view line : split(code.text, '\n')) {
        if (!first)
            page.out += '\n';
        first = false;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        appendHtml(page.out, line);
    }
    page.out += "</code></pre>\n";
}

void writeHtml(HtmlPage& page, const WayStory& way)
{
    std::string& out = page.out;
    const std::string tag = "h" + std::to_string(std::clamp(page.level + 2, 2, 4));
    const bool certain = way.wayClass == attack::WayClass::Certain;
    append(out, R"(<article class="way"><header class=")", certain ? "critical" : "medium",
        R"("><span class="kind">Way )", grouped(way.number), "</span><", tag, " id=\"", page.anchors.of(way),
        "\">");
    appendRuns(out, way.headline, page.anchors);
    append(out, "</", tag, "><span class=\"tag\">", wayClassTitle(way.wayClass), " \xC2\xB7 cost ",
        grouped(way.cost), "</span></header>\n<ol class=\"steps\">\n");
    for (const WayStory::Step& step : way.steps)
        writeStep(page, step);
    out += "</ol>\n";
    if (!way.breaks.empty()) {
        out += R"(<div class="breaks"><span class="kind">What breaks it</span>)";
        writeHtml(page, Items { false, way.breaks });
        out += "</div>";
    }
    out += "</article>\n";
}

} // namespace glacis::report
