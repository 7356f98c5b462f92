// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Betters the order of one column while its neighbours stand still. Inner to the layout.
#pragma once

#include <attack/layout/layered.h>

namespace glacis::layout {

class Sifter {
public:
    explicit Sifter(Layered& graph)
        : m_graph(graph)
    {
    }
    /// Swaps neighbours that stand better the other way round, up and down the column once. Returns the gain.
    std::int64_t transpose(std::uint32_t column);
    /// Moves each item to its best place within `reach` places. Returns the gain.
    std::int64_t sift(std::uint32_t column, std::size_t reach);

private:
    struct Reach {
        std::uint32_t position;
        int weight;
    };
    void gather(std::uint32_t column);
    enum class Way { Up, Down };
    template <Way way> [[nodiscard]] std::int64_t passCost(std::uint32_t item, std::uint32_t passed) const;
    [[nodiscard]] static std::int64_t sideCost(const std::vector<Reach>& reach,
        const std::vector<std::uint32_t>& start, std::uint32_t upper, std::uint32_t lower);
    [[nodiscard]] bool maySwap(std::uint32_t upper, std::uint32_t lower) const
    {
        return !m_graph.items[upper].pinned || !m_graph.items[lower].pinned;
    }
    void move(std::vector<std::uint32_t>& order, std::size_t from, std::size_t to);

    Layered& m_graph;
    /// Where the arms of each item of the column end, sorted; by the item's position when gathered.
    std::vector<Reach> m_left, m_right;
    std::vector<std::uint32_t> m_leftStart, m_rightStart;
    std::vector<std::int64_t> m_rightWeight, m_weight; ///< sums of arms, by slot
    std::vector<std::uint32_t> m_slot; ///< by item
};

} // namespace glacis::layout
