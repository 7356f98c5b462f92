// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/document_anchors.h>

namespace glacis::report {
namespace {
    bool isAllowed(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }

    std::string cleaned(const std::string& wanted)
    {
        std::string anchor;
        for (const char c : wanted)
            anchor += isAllowed(c) ? c : '-';
        if (anchor.empty())
            anchor = "section";
        return anchor.starts_with(OwnAnchor) ? "x" + anchor : anchor;
    }
}

DocumentAnchors::DocumentAnchors(const Document& document)
{
    for (const Block& block : document.blocks) {
        if (const auto* heading = std::get_if<Heading>(&block))
            add(heading, heading->anchor, Need::Always);
        else if (const auto* way = std::get_if<WayStory>(&block))
            add(way, way->anchor, Need::Always);
        else if (const auto* table = std::get_if<Table>(&block))
            for (const TableRow& row : table->rows)
                add(&row, row.anchor, Need::WhenAsked);
    }
    use(document.lead);
    for (const auto& [name, value] : document.facts)
        use(value);
    if (document.scores)
        for (const StageLine& stage : document.scores->stages)
            use(stage.anchor);
    for (const Block& block : document.blocks)
        useAll(block);
}

void DocumentAnchors::add(const void* block, const std::string& wanted, Need need)
{
    if (wanted.empty() && need == Need::WhenAsked)
        return;
    const std::string clean = cleaned(wanted);
    std::string anchor = clean;
    for (int i = 2; !m_taken.insert(anchor).second; ++i)
        anchor = clean + '-' + std::to_string(i);
    if (!wanted.empty())
        m_byTarget.try_emplace(wanted, anchor);
    m_byBlock.emplace(block, std::move(anchor));
}

void DocumentAnchors::use(const std::string& target)
{
    if (const auto it = m_byTarget.find(target); it != m_byTarget.end())
        m_linked.insert(it->second);
}

void DocumentAnchors::use(const Text& text)
{
    for (const Run& run : text)
        if (!run.target.empty())
            use(run.target);
}

void DocumentAnchors::useAll(const Block& block)
{
    if (const auto* paragraph = std::get_if<Paragraph>(&block))
        use(paragraph->text);
    else if (const auto* items = std::get_if<Items>(&block))
        for (const Text& item : items->items)
            use(item);
    else if (const auto* facts = std::get_if<Facts>(&block))
        for (const auto& [name, value] : facts->rows)
            use(value);
    else if (const auto* scores = std::get_if<Scores>(&block))
        for (const StageLine& stage : scores->stages)
            use(stage.anchor);
    else if (const auto* bars = std::get_if<Bars>(&block))
        for (const Bars::Bar& bar : bars->bars)
            use(bar.label);
    else if (const auto* table = std::get_if<Table>(&block))
        for (const TableRow& row : table->rows) {
            for (const Text& cell : row.cells)
                use(cell);
            use(row.below);
        }
    else if (const auto* way = std::get_if<WayStory>(&block)) {
        use(way->headline);
        for (const Text& text : way->breaks)
            use(text);
        for (const WayStory::Step& step : way->steps) {
            use(step.sentence);
            for (const WayStory::Proof& proof : step.proofs) {
                use(proof.text);
                use(proof.target);
            }
        }
    }
}

std::string_view DocumentAnchors::link(const std::string& target) const
{
    if (target.empty())
        return {};
    const auto it = m_byTarget.find(target);
    return it == m_byTarget.end() ? std::string_view() : std::string_view(it->second);
}

bool DocumentAnchors::isLinked(std::string_view anchor) const
{
    return m_linked.contains(std::string(anchor));
}

std::string_view DocumentAnchors::at(const void* block) const
{
    const auto it = m_byBlock.find(block);
    return it == m_byBlock.end() ? std::string_view() : std::string_view(it->second);
}

} // namespace glacis::report
