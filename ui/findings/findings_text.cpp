// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/findings_text.h>

#include <report/cells.h>
#include <report/plain.h>

namespace glacis::ui {
namespace {

    /// Names and places come from outside: in Markdown they stand as code.
    bool isFromOutside(FindingColumn column)
    {
        return column == FindingColumn::Kind || column == FindingColumn::Namespace
            || column == FindingColumn::Object || column == FindingColumn::Locus;
    }

    class TableWriter {
    public:
        TableWriter(std::string& out, TextFormat format)
            : m_out(out)
            , m_format(format)
        {
        }

        void cell(std::string_view text, bool fromOutside)
        {
            switch (m_format) {
            case TextFormat::TabSeparated:
                m_out += m_first ? "" : "\t";
                m_out += report::plain(text);
                break;
            case TextFormat::Csv:
                m_out += m_first ? "" : ",";
                report::appendCsvCell(m_out, text);
                break;
            case TextFormat::Markdown:
                m_out += m_first ? "| " : " | ";
                m_out += fromOutside ? report::markdownCode(text) : report::markdownProse(text);
                break;
            }
            m_first = false;
        }

        void endLine()
        {
            m_out += m_format == TextFormat::Csv ? "\r\n" : m_format == TextFormat::Markdown ? " |\n" : "\n";
            m_first = true;
        }

    private:
        std::string& m_out;
        TextFormat m_format;
        bool m_first = true;
    };

}

std::string findingsText(const FindingIndex& index, const std::vector<std::uint32_t>& rows,
    const std::vector<FindingColumn>& columns, TextFormat format)
{
    std::string out;
    TableWriter writer(out, format);
    if (format != TextFormat::TabSeparated) {
        for (const FindingColumn column : columns)
            writer.cell(columnTitle(column).toStdString(), false);
        writer.endLine();
    }
    if (format == TextFormat::Markdown) {
        out += '|';
        for (std::size_t i = 0; i < columns.size(); ++i)
            out += " --- |";
        out += '\n';
    }
    for (const std::uint32_t number : rows) {
        const FindingIndex::Row& row = index.rows()[number];
        const FindingFacts facts = index.facts(row);
        for (const FindingColumn column : columns)
            writer.cell(cellSource(facts, row.ways, column), isFromOutside(column));
        writer.endLine();
    }
    return out;
}

} // namespace glacis::ui
