// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What breaking a few steps closes, for thousands of choices of them: a tree of paths to one jewel. Steps off
// the tree close nothing, as every node keeps its path; others only question the nodes behind them in the
// tree. Of those, the nodes that still have a step to the rest of the tree are saved, and who reaches a saved
// node as well. The work is that of the questioned nodes, most often few.
#pragma once

#include <attack/terrain.h>

#include <span>

namespace glacis::attack {

class CutTree {
public:
    explicit CutTree(const Relevant& relevant);

    /// The ways to one jewel at a level; steps in `broken` are broken beforehand, and ways that this closes
    /// are left out. Both must stay alive until the next call.
    void build(
        std::uint32_t jewel, Level level, const std::vector<Terrain::Member>& ways, const StepMask& broken);
    [[nodiscard]] std::uint32_t openWays() const { return m_openWays; }

    struct Cut {
        std::vector<std::uint32_t> closed; ///< ways, in no order
        std::uint32_t questioned = 0; ///< ways whose path in the tree or first step is broken, closed or not
    };
    /// `steps` broken as well. Valid until the next call.
    const Cut& cut(std::span<const StepIndex> steps);

private:
    struct Interval {
        std::uint32_t start, end;
    };
    void grow(std::uint32_t jewel);
    void placeWays(const std::vector<Terrain::Member>& ways);
    [[nodiscard]] bool isOpen(StepIndex step, Level level) const
    {
        return level <= m_level && (m_broken->empty() || !(*m_broken)[step]);
    }
    [[nodiscard]] bool isUsable(StepIndex step, Level level) const
    {
        return isOpen(step, level) && m_cutAt[step] != m_cuts;
    }
    void findQuestioned(std::span<const StepIndex> steps);
    void saveNodes();
    void judgeHead(std::uint32_t node);

    const Relevant& m_relevant;
    const StepMask* m_broken = nullptr;
    Level m_level = 0;
    std::uint32_t m_openWays = 0;
    std::vector<std::uint32_t> m_order; ///< nodes, breadth first from the jewel
    std::vector<StepIndex> m_next; ///< by node: the step that the tree takes; None outside and for the jewel
    std::vector<std::uint32_t> m_start, m_size; ///< by node: its interval in the tree; size 0: outside
    std::vector<std::uint32_t> m_nodeAt; ///< by place in the tree
    std::vector<std::uint32_t> m_wayOf; ///< by node, the way that has it as head; None
    std::vector<std::uint32_t> m_waysBefore; ///< by place: open ways at places before it
    std::vector<std::uint32_t> m_headOf; ///< by node: index into heads(); None

    // Of the current cut. Stamps are compared with its number, so that nothing needs clearing.
    std::uint32_t m_cuts = 0;
    std::vector<std::uint32_t> m_cutAt; ///< by step
    std::vector<std::uint32_t> m_questionedAt, m_savedAt; ///< by node
    std::vector<std::uint32_t> m_roots, m_stack, m_cutHeads;
    std::vector<Interval> m_intervals;
    Cut m_cut;
};

} // namespace glacis::attack
