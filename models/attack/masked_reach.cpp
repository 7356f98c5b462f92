// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/masked_reach.h>

#include <algorithm>
#include <utility>

namespace glacis::attack {

std::vector<std::uint64_t> jewelsReached(
    const Relevant& relevant, Level level, std::uint32_t firstJewel, const StepMask& masked)
{
    // First in, first out: jewels that meet in one node soon travel together.
    std::vector<std::uint64_t> reached(relevant.nodeCount(), 0);
    std::vector<std::uint64_t> news(relevant.nodeCount(), 0); // bits not yet passed on; 0: not queued
    std::vector<std::uint32_t> queue;
    const auto& jewels = relevant.jewels();
    const std::size_t end = std::min<std::size_t>(jewels.size(), std::size_t { firstJewel } + JewelsAtOnce);
    for (std::size_t i = firstJewel; i < end; ++i)
        if (relevant.isEntered(jewels[i], level)) {
            reached[jewels[i]] = news[jewels[i]] = std::uint64_t { 1 } << (i - firstJewel);
            queue.push_back(jewels[i]);
        }
    for (std::size_t next = 0; next < queue.size(); ++next) {
        const std::uint32_t node = queue[next];
        const std::uint64_t passed = std::exchange(news[node], 0);
        for (const Relevant::BackStep& step : relevant.in(node)) {
            if (step.level > level || (!masked.empty() && masked[step.step])
                || !relevant.isEntered(step.from, level))
                continue;
            const std::uint64_t added = passed & ~reached[step.from];
            if (added == 0)
                continue;
            if (news[step.from] == 0)
                queue.push_back(step.from);
            reached[step.from] |= added;
            news[step.from] |= added;
        }
    }
    return reached;
}

bool isEnterable(const Relevant& relevant, const Relevant::Head& head, Level level, const StepMask& masked)
{
    if (head.level > level)
        return false;
    if (masked.empty())
        return true;
    for (StepIndex step = head.firstStep; step < head.endStep; ++step)
        if (relevant.steps()[step].level <= level && !masked[step])
            return true;
    return false;
}

} // namespace glacis::attack
