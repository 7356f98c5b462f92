// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What ReportPages holds: pages with everything placed on them, and where anchors and headings went.
#pragma once

#include <pdf/block_layout.h>

#include <QHash>

namespace glacis::ui {

struct ReportPages::Layout {
    ReportContent content;
    QSizeF paper; ///< points
    /// Of what is laid out to paper: below 1 where a document must do with few pages. Everything else here is
    /// in the larger points of the layout.
    double zoom = 1;
    pdf::Sheet sheet;
    std::vector<pdf::FlowPage> pages;

    struct Place {
        int page = 0; ///< from 0
        double y = 0; ///< points from the page's top
    };
    QHash<QString, Place> anchors;
    struct Entry {
        int level = 1;
        QString text;
        Place place;
    };
    std::vector<Entry> outline; ///< in the order of the pages

    /// Calls use(link, box on the page) for every link of the page that leads somewhere.
    template <class Use> void forLinks(int page, Use use) const
    {
        for (const pdf::Placed& placed : pages[static_cast<std::size_t>(page)].slabs)
            for (const pdf::Link& link : placed.slab->links)
                if (const auto it = anchors.constFind(link.target); it != anchors.cend())
                    use(*it, link.box.translated(sheet.side, placed.y));
    }
};

} // namespace glacis::ui
