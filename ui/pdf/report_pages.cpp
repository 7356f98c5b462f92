// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pdf/report_pages.h>

#include <pdf/front_pages.h>
#include <pdf/page_layout.h>
#include <shell/cluster_colour.h>
#include <widgets/outside_text.h>

#include <QPainter>

#include <algorithm>
#include <variant>

namespace glacis::ui {
namespace {

    using namespace pdf;

    /// A management edition has four pages at most: what does not fit is set smaller, down to 8 points.
    constexpr std::size_t mostPages = 4;
    constexpr double zooms[] = { 1, 0.95, 0.9, 0.85 };
    constexpr double blockShare = 0.7; ///< of the work: laying out blocks; the rest is dealing out pages

    /// Whole points, as QPdfWriter counts them.
    QSizeF sizeOf(Paper paper) { return paper == Paper::A4 ? QSizeF(595, 842) : QSizeF(612, 792); }

    QColor markOf(const report::Document& document)
    {
        const auto colours = clusterColours();
        return ink(colours[document.mark % colours.size()].token);
    }

    /// Empties the layout for a new try. Margins stay as they are on paper.
    void setZoom(ReportPages::Layout& layout, double zoom)
    {
        layout.zoom = zoom;
        layout.sheet = {};
        layout.sheet.size = layout.paper / zoom;
        for (double* margin : { &layout.sheet.side, &layout.sheet.top, &layout.sheet.bottom })
            *margin /= zoom;
        layout.pages.clear();
        layout.anchors.clear();
        layout.outline.clear();
    }

    tl::unexpected<Error> cancelled() { return failure("cancelled"); }

    class Composer {
    public:
        Composer(ReportPages::Layout& layout, const StopToken& stop, const ReportProgress& progress)
            : m_layout(layout)
            , m_setting { layout.sheet, m_book, layout.content, markOf(layout.content.document), stop,
                layout.zoom }
            , m_progress(progress)
        {
        }

        /// False when stopped.
        bool compose()
        {
            Slabs slabs;
            if (!layOutBlocks(slabs))
                return false;
            PageFlow flow(m_layout.sheet);
            flow.add(slabs);
            std::vector<FlowPage> body = flow.take();
            std::vector<ContentsEntry> entries = contentsOf(slabs);
            m_layout.pages.push_back(coverPage(m_setting));
            // First for their number, then with the page numbers that follow from it.
            const std::size_t front = entries.empty() ? 0 : contentsPages(m_setting, entries).size();
            find(body, static_cast<int>(front) + 1);
            for (ContentsEntry& entry : entries)
                entry.page = m_layout.anchors.value(entry.anchor).page + 1;
            if (front > 0)
                for (FlowPage& page : contentsPages(m_setting, entries))
                    m_layout.pages.push_back(std::move(page));
            for (FlowPage& page : body)
                m_layout.pages.push_back(std::move(page));
            return addFrames();
        }

    private:
        static bool introduces(const report::Block& block, const report::Block& next)
        {
            return std::holds_alternative<report::Paragraph>(block)
                && (std::holds_alternative<report::Table>(next)
                    || std::holds_alternative<report::Scores>(next)
                    || std::holds_alternative<report::Bars>(next)
                    || std::holds_alternative<report::Facts>(next));
        }

        bool layOutBlocks(Slabs& slabs)
        {
            const std::vector<report::Block>& blocks = m_layout.content.document.blocks;
            for (std::size_t i = 0; i < blocks.size(); ++i) {
                std::visit([&](const auto& block) { layOut(m_setting, block, slabs); }, blocks[i]);
                // What introduces a table or a chart stands with it.
                if (i + 1 < blocks.size() && introduces(blocks[i], blocks[i + 1]) && !slabs.empty())
                    slabs.back()->keepNext = true;
                if (m_setting.stop.stopRequested())
                    return false;
                tell(blockShare * static_cast<double>(i + 1) / static_cast<double>(blocks.size()));
            }
            // The last heading of a document without text behind it.
            if (!slabs.empty())
                slabs.back()->keepNext = false;
            return true;
        }

        /// Sections and their parts. The management edition is too short for a table of contents.
        [[nodiscard]] std::vector<ContentsEntry> contentsOf(const Slabs& slabs) const
        {
            std::vector<ContentsEntry> entries;
            if (m_layout.content.document.edition == report::Edition::Management)
                return entries;
            for (const auto& slab : slabs)
                if (slab->outline && slab->outline->level <= 2)
                    entries.push_back({ slab->outline->level, slab->outline->text, slab->outline->anchor });
            return entries;
        }

        void find(const std::vector<FlowPage>& body, int firstPage)
        {
            for (std::size_t i = 0; i < body.size(); ++i)
                for (const Placed& placed : body[i].slabs) {
                    const ReportPages::Layout::Place place { firstPage + static_cast<int>(i), placed.y };
                    for (const QString& anchor : placed.slab->anchors)
                        if (!m_layout.anchors.contains(anchor))
                            m_layout.anchors.insert(anchor, place);
                    if (placed.slab->outline)
                        m_layout.outline.push_back(
                            { placed.slab->outline->level, placed.slab->outline->text, place });
                }
        }

        bool addFrames()
        {
            const int count = static_cast<int>(m_layout.pages.size());
            for (int i = 1; i < count; ++i) {
                FlowPage& page = m_layout.pages[static_cast<std::size_t>(i)];
                for (Placed& placed : frameOf(m_setting, page.section, i + 1, count))
                    page.slabs.push_back(std::move(placed));
                if (m_setting.stop.stopRequested())
                    return false;
                tell(blockShare + (1 - blockShare) * (i + 1) / count);
            }
            return true;
        }

        void tell(double share) const
        {
            if (m_progress)
                m_progress(share);
        }

        ReportPages::Layout& m_layout;
        FontBook m_book;
        Setting m_setting;
        const ReportProgress& m_progress;
    };

}

ReportPages::ReportPages(std::unique_ptr<Layout> layout)
    : m_layout(std::move(layout))
{
}
ReportPages::~ReportPages() = default;

Result<std::shared_ptr<const ReportPages>> ReportPages::compose(
    ReportContent content, Paper paper, const StopToken& stop, const ReportProgress& progress)
{
    auto layout = std::make_unique<Layout>();
    layout->content = std::move(content);
    layout->paper = sizeOf(paper);
    const bool isShort = layout->content.document.edition == report::Edition::Management;
    for (const double zoom : zooms) {
        setZoom(*layout, zoom);
        if (!Composer(*layout, stop, progress).compose())
            return cancelled();
        if (!isShort || layout->pages.size() <= mostPages)
            break;
    }
    return std::shared_ptr<const ReportPages>(new ReportPages(std::move(layout)));
}

int ReportPages::count() const { return static_cast<int>(m_layout->pages.size()); }

QSizeF ReportPages::size() const { return m_layout->paper; }

void ReportPages::paint(int page, QPainter& painter) const
{
    if (page < 0 || page >= count())
        return;
    const FlowPage& flow = m_layout->pages[static_cast<std::size_t>(page)];
    const double left = m_layout->sheet.side;
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.fillRect(QRectF({}, size()), ink(Token::Card));
    painter.scale(m_layout->zoom, m_layout->zoom);
    for (const Placed& placed : flow.slabs)
        pdf::paint(painter, *placed.slab, { left, placed.y });
    // All text in one scale, the one it was laid out in: a PDF then holds no transformation for each line.
    painter.scale(1 / fineUnits, 1 / fineUnits);
    for (const Placed& placed : flow.slabs)
        for (const TextLine& line : placed.slab->lines)
            line.box->draw(painter, line.line, line.at + QPointF(left, placed.y));
    painter.restore();
}

int ReportPages::pageOf(const QString& anchor) const
{
    const auto it = m_layout->anchors.constFind(anchor);
    return it == m_layout->anchors.cend() ? -1 : it->page;
}

} // namespace glacis::ui
