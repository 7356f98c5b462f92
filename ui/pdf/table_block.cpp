// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tables: columns by content and share, a head that comes again on every page, rows in one piece.
#include <pdf/block_layout.h>

#include <widgets/outside_text.h>

#include <algorithm>
#include <numeric>

namespace glacis::ui::pdf {
namespace {

    constexpr double gap = 10; ///< between columns
    constexpr double padTop = 3.5, padBottom = 3.5;
    constexpr double leastShared = 72; ///< room that a column of prose keeps beside fitting ones
    constexpr std::size_t stopEvery = 50; ///< rows

    struct Grid {
        std::vector<double> lefts, widths;
    };

    /// Level at which columns are cut off so that together they need no more than `room`.
    double waterline(std::vector<double> needs, double room)
    {
        std::sort(needs.begin(), needs.end());
        for (std::size_t i = 0; i < needs.size(); ++i) {
            const double level = room / static_cast<double>(needs.size() - i);
            if (needs[i] > level)
                return std::max(level, 1.0);
            room -= needs[i];
        }
        return needs.empty() ? 0 : needs.back();
    }

    /// As wide as its widest cell and the longest word of its title need it.
    std::vector<double> naturalWidths(const Setting& setting, const report::Table& table)
    {
        std::vector<double> widths;
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            double widest = TextBox::widestWord(setting.book, shown(table.columns[c].title), type::cellHead);
            for (const report::TableRow& row : table.rows)
                if (c < row.cells.size())
                    widest = std::max(widest, TextBox::widthOf(setting.book, row.cells[c], type::cell));
            widths.push_back(widest + 1);
        }
        return widths;
    }

    /// Gives the room to columns by their shares; none gets more than it needs as long as another lacks.
    void shareOut(const report::Table& table, const std::vector<double>& natural, double room,
        std::vector<double>& widths)
    {
        std::vector<bool> open(widths.size());
        double shares = 0;
        for (std::size_t c = 0; c < widths.size(); ++c)
            if ((open[c] = !table.columns[c].fit))
                shares += std::max(0.05, table.columns[c].share);
        for (bool changed = true; changed && shares > 0;) {
            changed = false;
            for (std::size_t c = 0; c < widths.size(); ++c) {
                const double share = std::max(0.05, table.columns[c].share);
                if (!open[c] || natural[c] > room * share / shares)
                    continue;
                widths[c] = natural[c];
                room -= natural[c];
                shares -= share;
                open[c] = false;
                changed = true;
                break;
            }
        }
        for (std::size_t c = 0; c < widths.size(); ++c)
            if (open[c])
                widths[c] = room * std::max(0.05, table.columns[c].share) / shares;
    }

    /// What no cell needs goes to titles that are broken, and then to the widest column, so that every table
    /// is as wide as the text.
    void spendRest(
        const Setting& setting, const report::Table& table, double all, std::vector<double>& widths)
    {
        double rest = std::max(0.0, all - std::accumulate(widths.begin(), widths.end(), 0.0));
        for (std::size_t c = 0; c < widths.size(); ++c) {
            const report::Text title { { table.columns[c].title } };
            const double lacks = TextBox::widthOf(setting.book, title, type::cellHead) + 1 - widths[c];
            if (lacks > 0 && lacks <= rest) {
                widths[c] += lacks;
                rest -= lacks;
            }
        }
        *std::max_element(widths.begin(), widths.end()) += rest;
    }

    Grid gridOf(const Setting& setting, const report::Table& table)
    {
        const std::size_t count = table.columns.size();
        const std::vector<double> natural = naturalWidths(setting, table);
        const double all = setting.width() - gap * static_cast<double>(count - 1);
        std::vector<double> fitting;
        for (std::size_t c = 0; c < count; ++c)
            if (table.columns[c].fit)
                fitting.push_back(natural[c]);
        const double shared = leastShared * static_cast<double>(count - fitting.size());
        const double level = waterline(fitting, std::max(all * 0.4, all - shared));
        Grid grid;
        grid.widths.assign(count, 0);
        double rest = all;
        for (std::size_t c = 0; c < count; ++c)
            if (table.columns[c].fit)
                rest -= grid.widths[c] = std::min(natural[c], level);
        shareOut(table, natural, rest, grid.widths);
        spendRest(setting, table, all, grid.widths);
        double x = 0;
        for (const double width : grid.widths) {
            grid.lefts.push_back(x);
            x += width + gap;
        }
        return grid;
    }

    std::shared_ptr<Slab> headOf(const Setting& setting, const report::Table& table, const Grid& grid)
    {
        auto slab = std::make_shared<Slab>();
        slab->before = 10;
        slab->keepNext = true;
        std::vector<TextBoxPtr> boxes;
        double height = 0;
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            boxes.push_back(setting.box(report::Text { { table.columns[c].title } }, type::cellHead,
                grid.widths[c], table.columns[c].number ? Side::End : Side::Start));
            height = std::max(height, boxes.back()->height());
        }
        // Titles of several lines stand on the rule.
        for (std::size_t c = 0; c < boxes.size(); ++c)
            slab->add(boxes[c], { grid.lefts[c], 2 + height - boxes[c]->height() });
        slab->height = height + 2 + 4;
        slab->fills.push_back({ { 0, slab->height - 0.9, setting.width(), 0.9 }, ink(Token::Text2) });
        return slab;
    }

    std::shared_ptr<Slab> rowOf(
        const Setting& setting, const report::Table& table, const report::TableRow& row, const Grid& grid)
    {
        auto slab = std::make_shared<Slab>();
        double y = padTop, height = 0;
        for (std::size_t c = 0; c < std::min(table.columns.size(), row.cells.size()); ++c) {
            if (row.cells[c].empty())
                continue;
            const TextBoxPtr box = setting.box(
                row.cells[c], type::cell, grid.widths[c], table.columns[c].number ? Side::End : Side::Start);
            slab->add(box, { grid.lefts[c], y });
            height = std::max(height, box->height());
        }
        y += height;
        if (!row.below.empty()) {
            // Below the second column where the first is a mere mark.
            const bool inset = grid.lefts.size() > 1 && grid.lefts[1] < setting.width() * 0.22;
            const double x = inset ? grid.lefts[1] : 0;
            const TextBoxPtr box = setting.box(row.below, type::note, setting.width() - x);
            slab->add(box, { x, y + 0.5 });
            y += box->height() + 0.5;
        }
        slab->height = y + padBottom;
        slab->fills.push_back({ { 0, slab->height - 0.5, setting.width(), 0.5 }, ink(Token::Line) });
        if (!row.anchor.empty())
            slab->anchors += fromUtf8(row.anchor);
        return slab;
    }

}

void layOut(const Setting& setting, const report::Table& table, Slabs& slabs)
{
    if (table.columns.empty())
        return;
    const Grid grid = gridOf(setting, table);
    const std::shared_ptr<Slab> head = headOf(setting, table, grid);
    for (auto& piece : cut(head, setting.sheet.height() / 2))
        slabs.push_back(std::move(piece));
    // A head that is itself half a page high is no help on the next one.
    const bool repeats = head->height < setting.sheet.height() / 4;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        if (i % stopEvery == 0 && setting.stop.stopRequested())
            return;
        const std::shared_ptr<Slab> row = rowOf(setting, table, table.rows[i], grid);
        row->head = repeats ? head : nullptr;
        for (auto& piece : cut(row, setting.sheet.height() - (repeats ? head->height : 0)))
            slabs.push_back(std::move(piece));
    }
}

} // namespace glacis::ui::pdf
