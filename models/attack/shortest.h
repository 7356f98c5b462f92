// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shortest paths of all nodes to one jewel.
//
//     Shortest shortest(relevant);
//     shortest.run(jewel, level, NothingBroken);
//     shortest.appendPath(head, steps);
#pragma once

#include <attack/relevant.h>

namespace glacis::attack {

class Shortest {
public:
    explicit Shortest(const Relevant& relevant);

    /// To the jewel by steps of this level and below that are not masked; the mask must stay alive
    /// as long as paths are asked for.
    void run(std::uint32_t jewel, Level level, const StepMask& masked);
    /// Unreached also where the entry does not come by steps of the run's level.
    [[nodiscard]] Length length(std::uint32_t node) const { return m_length[node]; }
    /// Appends the graph edges of the first among the shortest paths: by nodes, then by edges.
    void appendPath(std::uint32_t node, std::vector<EdgeIndex>& path);
    /// The best step from the entry to a head within the run; None when there is none.
    [[nodiscard]] StepIndex firstStep(const Relevant::Head& head) const;

private:
    struct Queued {
        Length length;
        std::uint32_t node;
    };
    struct Queue {
        std::vector<Queued> items;
        std::size_t first = 0;
    };
    Queue* shortestQueue();
    void relax(std::uint32_t node);
    [[nodiscard]] bool isUsable(StepIndex step) const;
    [[nodiscard]] StepIndex nextStep(std::uint32_t node);

    const Relevant& m_relevant;
    const StepMask* m_masked = nullptr;
    std::uint32_t m_jewel = None;
    Level m_level = 0;
    std::vector<Length> m_length;
    std::vector<StepIndex> m_next; ///< None: not yet asked for
    std::vector<Queue> m_queues; ///< one for each length of a step
};

} // namespace glacis::attack
