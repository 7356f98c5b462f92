// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The document as GitHub-flavoured Markdown. Text from outside forms no mark-up: it is escaped as in the
// other Markdown of this room, and at the beginning of a line once more, where a sign would begin a list, a
// heading or a rule. The only HTML are empty anchors, for the places that something links to.
#include <report/document_writers.h>

#include <algorithm>
#include <numeric>

#include <base/text.h>
#include <report/cells.h>
#include <report/document_anchors.h>
#include <report/document_words.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    using Place = MarkdownPlace;

    std::string prose(std::string_view text, Place place)
    {
        const std::string safe = markdownProse(text, place);
        if (safe.starts_with('`'))
            return safe; // a code span already
        std::string out;
        for (const char c : safe) {
            if (c == '$') // GitHub sets formulas between two of them
                out += '\\';
            out += c;
        }
        return out;
    }

    /// Signs that are harmless within a line and mark-up at its beginning.
    std::string lineStart(std::string text)
    {
        text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
        if (!text.empty() && std::string_view("-+=").find(text.front()) != std::string_view::npos)
            return '\\' + text;
        const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        if (digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')'))
            text.insert(digits, 1, '\\');
        return text;
    }

    /// Blanks inside the stars would leave them as they are: they go outside.
    std::string strong(const std::string& text)
    {
        const std::string_view inner = trim(text);
        if (inner.empty())
            return text;
        const auto before = static_cast<std::size_t>(inner.data() - text.data());
        return text.substr(0, before) + "**" + std::string(inner) + "**" + text.substr(before + inner.size());
    }

    class Markdown {
    public:
        explicit Markdown(const Document& document)
            : m_document(document)
            , m_anchors(document)
        {
        }

        std::string write()
        {
            cover();
            contents();
            for (const Block& block : m_document.blocks)
                std::visit([this](const auto& b) { put(b); }, block);
            return std::move(m_out);
        }

    private:
        std::string face(const Run& run, Place place) const
        {
            switch (run.face) {
            case Face::Code:
                return markdownCode(run.text, place);
            case Face::Strong:
                return strong(prose(run.text, place));
            case Face::Severity:
                return std::string(severitySign(severityOf(run))) + ' ' + prose(wordsOf(run), place);
            case Face::Plain:
            case Face::Quiet:
            case Face::Stage:
                break;
            }
            return prose(wordsOf(run), place);
        }

        std::string text(const Text& runs, Place place) const
        {
            std::string out;
            for (const Run& run : runs) {
                const std::string words = face(run, place);
                const std::string_view link = m_anchors.link(run.target);
                // Marks of two runs that touch would be read together.
                if (!out.empty() && !words.empty() && out.back() == words.front()
                    && (words.front() == '`' || words.front() == '*'))
                    out += ' ';
                if (link.empty() || words.empty())
                    out += words;
                else
                    append(out, "[", words, "](#", link, ")");
            }
            return out;
        }
        std::string line(const Text& runs) const { return lineStart(text(runs, Place::Line)); }
        std::string cell(const Text& runs) const { return text(runs, Place::Cell); }

        std::string anchor(std::string_view id) const
        {
            return m_anchors.isLinked(id) ? "<a id=\"" + std::string(id) + "\"></a>" : std::string();
        }

        void facts(const std::vector<std::pair<std::string, Text>>& rows)
        {
            if (rows.empty())
                return;
            m_out += "| | |\n|---|---|\n";
            for (const auto& [name, value] : rows)
                append(m_out, "| ", prose(name, Place::Cell), " | ", cell(value), " |\n");
            m_out += '\n';
        }

        void cover()
        {
            append(m_out, "# ", lineStart(prose(m_document.title, Place::Line)), "\n\n");
            std::vector<std::string> under;
            for (const std::string& part : { m_document.subtitle, m_document.cluster, dateOf(m_document) })
                if (!part.empty())
                    under.push_back(prose(part, Place::Line));
            if (!m_document.classification.empty())
                under.push_back(strong(prose(m_document.classification, Place::Line)));
            std::string joinedUnder;
            for (const std::string& part : under)
                append(joinedUnder, joinedUnder.empty() ? "" : " \xC2\xB7 ", part);
            append(m_out, lineStart(joinedUnder), "\n\n");
            if (!m_document.lead.empty())
                append(m_out, line(m_document.lead), "\n\n");
            if (m_document.scores)
                put(*m_document.scores);
            facts(m_document.facts);
        }

        void contents()
        {
            m_out += "## Contents\n\n";
            bool below = false; // a part is indented only below a section
            for (const Block& block : m_document.blocks) {
                const auto* heading = std::get_if<Heading>(&block);
                if (!heading || heading->level > 2)
                    continue;
                append(m_out, heading->level == 2 && below ? "  - [" : "- [",
                    prose(numbered(*heading), Place::Line), "](#", m_anchors.of(*heading), ")\n");
                below = below || heading->level < 2;
            }
            m_out += '\n';
        }

        void put(const Heading& heading)
        {
            const int level = std::clamp(heading.level, 1, 3);
            m_level = level;
            const std::string_view id = m_anchors.of(heading);
            // The contents link to the first two levels, whatever the text links to.
            const std::string mark = level < 3 ? "<a id=\"" + std::string(id) + "\"></a>" : anchor(id);
            append(m_out, mark, mark.empty() ? "" : "\n\n",
                std::string_view("####").substr(0, static_cast<std::size_t>(level) + 1), " ");
            std::string words = heading.number.empty() ? "" : prose(heading.number, Place::Line) + ' ';
            if (heading.severity)
                append(words, severitySign(*heading.severity), " ", severityTitle(*heading.severity), ": ");
            append(m_out,
                words.empty() ? lineStart(prose(heading.text, Place::Line))
                              : words + prose(heading.text, Place::Line),
                "\n\n");
        }

        void put(const Paragraph& paragraph)
        {
            const std::string words = line(paragraph.text);
            if (paragraph.role == Paragraph::Role::Warning)
                m_out += "> [!WARNING]\n> ";
            append(m_out, words, "\n\n");
        }

        void put(const Items& items)
        {
            std::size_t number = 0;
            for (const Text& item : items.items)
                append(m_out, items.numbered ? std::to_string(++number) + ". " : "- ", line(item), "\n");
            m_out += '\n';
        }

        void put(const Facts& block) { facts(block.rows); }

        void put(const Table& table)
        {
            if (table.columns.empty())
                return;
            std::string rule;
            for (const Column& column : table.columns) {
                append(m_out, "| ", prose(column.title, Place::Cell), " ");
                rule += column.number ? "|---:" : "|---";
            }
            append(m_out, "|\n", rule, "|\n");
            const auto wide = std::find_if(table.columns.begin(), table.columns.end(),
                [](const Column& c) { return !c.fit && !c.number; });
            const auto name = wide == table.columns.end()
                ? std::size_t { 0 }
                : static_cast<std::size_t>(wide - table.columns.begin());
            for (const TableRow& row : table.rows)
                tableRow(row, table.columns.size(), name);
            m_out += '\n';
        }

        /// No cell spans columns here: a second line stands in the cell that names the row.
        void tableRow(const TableRow& row, std::size_t columns, std::size_t name)
        {
            for (std::size_t c = 0; c < columns; ++c) {
                std::string words = c < row.cells.size() ? cell(row.cells[c]) : std::string();
                if (c == 0)
                    words.insert(0, anchor(m_anchors.of(row)));
                if (c == name && !row.below.empty())
                    append(words, words.empty() ? "" : "<br>", cell(row.below));
                append(m_out, "| ", words, words.empty() ? "" : " ");
            }
            m_out += "|\n";
        }

        void put(const Scores& scores)
        {
            if (scores.stages.empty())
                return;
            m_out += "| Stage | Score | Problems | Worst |\n|---|---:|---:|---|\n";
            for (const StageLine& stage : scores.stages) {
                const std::string_view link = m_anchors.link(stage.anchor);
                const std::string title = prose(std::to_string(stage.stage) + ' ' + stage.title, Place::Cell);
                append(m_out, "| ", link.empty() ? title : "[" + title + "](#" + std::string(link) + ")",
                    " | ", scoreWords(stage.score, stage.partly), " | ", grouped(stage.problems), " | ",
                    prose(stage.worst, Place::Cell), " |\n");
            }
            if (scores.stages.size() > 1)
                append(m_out, "| **Overall** (the lowest stage) | **", scoreWords(scores.overall, false),
                    "** | | |\n");
            m_out += '\n';
        }

        void put(const Figures& figures)
        {
            for (const Figures::Figure& figure : figures.figures)
                append(m_out, "- ", strong(prose(figure.number, Place::Line)), " ",
                    prose(figure.words, Place::Line), "\n");
            m_out += '\n';
        }

        void put(const Bars& bars)
        {
            if (bars.bars.empty())
                return;
            append(m_out, "| ", prose(bars.name, Place::Cell),
                " | Critical | High | Medium | Low | Info | Total |\n|---|---:|---:|---:|---:|---:|---:|\n");
            for (const Bars::Bar& bar : bars.bars) {
                append(m_out, "| ", cell(bar.label));
                for (std::size_t s = bar.bySeverity.size(); s-- > 0;)
                    append(m_out, " | ", grouped(bar.bySeverity[s]));
                append(m_out, " | ",
                    grouped(std::accumulate(bar.bySeverity.begin(), bar.bySeverity.end(), std::size_t { 0 })),
                    " |\n");
            }
            m_out += '\n';
        }

        void put(const AttackPicture&) { } // the ways behind it tell the same in words

        void put(const WayStory& way)
        {
            const std::string mark = anchor(m_anchors.of(way));
            append(m_out, mark, mark.empty() ? "" : "\n\n",
                std::string_view("####").substr(0, static_cast<std::size_t>(std::clamp(m_level + 2, 2, 4))),
                " Way ", grouped(way.number), ": ", text(way.headline, Place::Line), "\n\n",
                wayClassTitle(way.wayClass), ", cost ", grouped(way.cost), "\n\n");
            std::size_t number = 0;
            for (const WayStory::Step& step : way.steps)
                put(step, ++number);
            m_out += '\n';
            if (way.breaks.empty())
                return;
            m_out += "What breaks it:\n\n";
            put(Items { false, way.breaks });
        }

        void put(const WayStory::Step& step, std::size_t number)
        {
            const std::string begin = std::to_string(number) + ". ";
            append(m_out, begin, line(step.sentence), " (", prose(step.kind, Place::Line),
                step.verified ? "" : ", possible", ")\n");
            const std::string indent(begin.size(), ' ');
            for (const WayStory::Proof& proof : step.proofs) {
                append(m_out, indent, "- ", line(proof.text));
                if (!proof.place.empty())
                    append(m_out, ", ", markdownCode(proof.place, Place::Line));
                const std::string_view link = m_anchors.link(proof.target);
                if (!proof.check.empty() && link.empty())
                    append(m_out, ", ", prose(proof.check, Place::Line));
                else if (!proof.check.empty())
                    append(m_out, ", [", prose(proof.check, Place::Line), "](#", link, ")");
                m_out += '\n';
            }
            if (step.more > 0)
                append(m_out, indent, "- and ", grouped(step.more), " more\n");
        }

        void put(const CodeBlock& code)
        {
            std::size_t run = 0, longest = 2;
            for (const char c : code.text) {
                run = c == '`' ? run + 1 : 0;
                longest = std::max(longest, run);
            }
            const std::string fence(longest + 1, '`');
            append(m_out, fence, "\n");
            for (const std::string_view written : split(code.text, '\n'))
                append(m_out,
                    plain(written.ends_with('\r') ? written.substr(0, written.size() - 1) : written), "\n");
            append(m_out, fence, "\n\n");
        }

        const Document& m_document;
        DocumentAnchors m_anchors;
        std::string m_out;
        int m_level = 0;
    };
}

std::string writeDocumentMarkdown(const Document& document) { return Markdown(document).write(); }

} // namespace glacis::report
