// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inspector/description.h>

#include <widgets/severity_mark.h>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    /// Indexes that the graph does not have are left out: a selection may be older than the assessment.
    Selection within(const DescribeFrom& from, Selection selection)
    {
        const attack::Graph& graph = from.assessment.graph;
        const auto keep = [&](std::size_t count) {
            std::erase_if(selection.items, [&](std::uint32_t item) { return item >= count; });
        };
        switch (selection.kind) {
        case Selection::Kind::Nodes:
            keep(graph.nodes.size());
            break;
        case Selection::Kind::Edge:
            keep(graph.edges.size());
            break;
        case Selection::Kind::Way:
            keep(from.assessment.search ? from.assessment.search->ways().size() : 0);
            break;
        case Selection::Kind::Option:
            keep(graph.options.size());
            break;
        case Selection::Kind::Nothing:
        case Selection::Kind::Findings:
            selection.items.clear();
        }
        return selection;
    }

    void append(QStringList& lines, const std::vector<DescribedPart>& parts)
    {
        for (const DescribedPart& part : parts) {
            lines += QString();
            if (!part.heading.isEmpty())
                lines += part.heading;
            if (!part.text.isEmpty())
                lines += part.text;
            for (const DescribedRow& row : part.rows) {
                QStringList words;
                if (row.number > 0)
                    words += QString::number(row.number) + u'.';
                if (row.severity)
                    words += severityWord(*row.severity);
                for (const QString& text : { row.text, row.note, row.figure })
                    if (!text.isEmpty())
                        words += text;
                lines += u"- "_s + words.join(u"  "_s);
                if (!row.about.isEmpty())
                    lines += u"  "_s + row.about;
            }
        }
    }

}

Description describe(const DescribeFrom& from, const Selection& wanted)
{
    const Selection selection = within(from, wanted);
    if (selection.empty())
        return {};
    switch (selection.kind) {
    case Selection::Kind::Nothing:
        return {};
    case Selection::Kind::Findings:
        return describeFindings(from, selection.findings);
    case Selection::Kind::Nodes:
        return describeNodes(from, selection.items);
    case Selection::Kind::Edge:
        return describeEdge(from, selection);
    case Selection::Kind::Way:
        return describeWay(from, selection.items.front());
    case Selection::Kind::Option:
        return describeOption(from, selection.items.front());
    }
    return {};
}

QString asText(const Description& d)
{
    QStringList lines { d.severity ? QString(severityWord(*d.severity) + u"  " + d.title) : d.title };
    if (!d.object.isEmpty())
        lines += d.object;
    QStringList chips;
    for (const DescribedChip& chip : d.chips)
        chips += chip.text;
    if (!chips.isEmpty())
        lines += chips.join(u" · "_s);
    append(lines, d.why);
    append(lines, d.fix);
    return lines.join(u'\n');
}

} // namespace glacis::ui
