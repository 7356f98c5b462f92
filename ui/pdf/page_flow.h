// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Deals slabs out to pages: what belongs together stays together as far as a page is high enough, heads of
// tables are repeated.
//
//     PageFlow flow(sheet);
//     flow.add(slabs);
//     std::vector<FlowPage> pages = flow.take();
#pragma once

#include <pdf/slab.h>

#include <QSizeF>

namespace glacis::ui::pdf {

/// Paper and its margins, points.
struct Sheet {
    QSizeF size;
    double side = 51; ///< left and right: 18 mm
    double top = 74, bottom = 60; ///< header and footer stand in them

    [[nodiscard]] double width() const { return size.width() - 2 * side; } ///< of the text
    [[nodiscard]] double height() const { return size.height() - top - bottom; }
};

struct Placed {
    std::shared_ptr<const Slab> slab;
    double y = 0; ///< on the page, points
};
struct FlowPage {
    std::vector<Placed> slabs;
    QString section; ///< the one that begins on it, else the one it goes on with
};

class PageFlow {
public:
    explicit PageFlow(const Sheet& sheet)
        : m_sheet(sheet)
    {
    }
    void add(const Slabs& slabs);
    /// Pages so far; the flow begins anew.
    [[nodiscard]] std::vector<FlowPage> take();

private:
    [[nodiscard]] std::size_t chainEnd(const Slabs& slabs, std::size_t begin) const;
    [[nodiscard]] double heightOf(const Slabs& slabs, std::size_t begin, std::size_t end) const;
    void place(const std::shared_ptr<const Slab>& slab);
    void breakPage();

    Sheet m_sheet;
    std::vector<FlowPage> m_pages;
    double m_used = 0; ///< of the last page's height
    QString m_section;
    bool m_open = false; ///< the last page may take more
};

} // namespace glacis::ui::pdf
