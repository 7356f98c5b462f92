// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pdf/page_flow.h>

#include <algorithm>
#include <utility>

namespace glacis::ui::pdf {

/// One past the slab that ends the run of slabs which want to stay together.
std::size_t PageFlow::chainEnd(const Slabs& slabs, std::size_t begin) const
{
    std::size_t end = begin;
    while (end < slabs.size() && slabs[end]->keepNext)
        ++end;
    return std::min(end + 1, slabs.size());
}

double PageFlow::heightOf(const Slabs& slabs, std::size_t begin, std::size_t end) const
{
    double height = slabs[begin]->height;
    for (std::size_t i = begin + 1; i < end; ++i)
        height += slabs[i]->before + slabs[i]->height;
    return height;
}

void PageFlow::add(const Slabs& slabs)
{
    for (std::size_t begin = 0; begin < slabs.size();) {
        const std::size_t end = chainEnd(slabs, begin);
        const double height = heightOf(slabs, begin, end);
        const double head = slabs[begin]->head ? slabs[begin]->head->height : 0;
        const bool fitsHere = m_open && m_used + slabs[begin]->before + height <= m_sheet.height();
        // A run taller than a page is placed slab by slab: it cannot stay together anyway.
        const bool fitsAnywhere = height + head <= m_sheet.height();
        if (slabs[begin]->newPage || !m_open || (!fitsHere && fitsAnywhere))
            breakPage();
        for (std::size_t i = begin; i < end; ++i) {
            if (m_used + slabs[i]->before + slabs[i]->height > m_sheet.height() + 0.01)
                breakPage();
            place(slabs[i]);
        }
        begin = end;
    }
}

void PageFlow::place(const std::shared_ptr<const Slab>& slab)
{
    FlowPage& page = m_pages.back();
    if (!slab->section.isEmpty()) {
        if (page.slabs.empty() || page.section.isEmpty())
            page.section = slab->section;
        m_section = slab->section;
    }
    if (page.slabs.empty() && slab->head) {
        page.slabs.push_back({ slab->head, m_sheet.top });
        m_used = slab->head->height;
    } else if (!page.slabs.empty()) {
        m_used += slab->before;
    }
    page.slabs.push_back({ slab, m_sheet.top + m_used });
    m_used += slab->height;
}

void PageFlow::breakPage()
{
    if (m_open && m_pages.back().slabs.empty())
        return;
    m_pages.push_back({ {}, m_section });
    m_used = 0;
    m_open = true;
}

std::vector<FlowPage> PageFlow::take()
{
    m_open = false;
    m_used = 0;
    m_section.clear();
    return std::exchange(m_pages, {});
}

} // namespace glacis::ui::pdf
