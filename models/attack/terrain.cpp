// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/masked_reach.h>
#include <attack/terrain.h>

#include <algorithm>

namespace glacis::attack {

void Terrain::group(const std::vector<Way>& ways)
{
    groups.assign(relevant.jewels().size() * LevelCount, {});
    const auto& heads = relevant.heads();
    const auto& jewels = relevant.jewels();
    for (std::uint32_t i = 0; i < ways.size(); ++i) {
        const auto head = std::lower_bound(heads.begin(), heads.end(), relevant.local(ways[i].firstStep),
            [](const Relevant::Head& h, std::uint32_t node) { return h.node < node; });
        const auto jewel = std::lower_bound(jewels.begin(), jewels.end(), relevant.local(ways[i].jewel));
        const auto group = static_cast<std::size_t>(jewel - jewels.begin()) * LevelCount
            + static_cast<std::size_t>(ways[i].wayClass);
        groups[group].push_back({ static_cast<std::uint32_t>(head - heads.begin()), i });
    }
}

std::vector<StepIndex> Terrain::stepsOf(const BreakOption& option) const
{
    std::vector<StepIndex> steps;
    for (const EdgeIndex edge : option.edges)
        if (const StepIndex step = relevant.stepOf(edge); step != None)
            steps.push_back(step);
    return steps;
}

std::vector<std::uint32_t> closedWays(const Terrain& terrain, const StepMask& masked, Level highest)
{
    const Relevant& relevant = terrain.relevant;
    const auto jewelCount = static_cast<std::uint32_t>(relevant.jewels().size());
    std::vector<std::uint32_t> closed;
    for (Level level = 0; level <= highest; ++level)
        for (std::uint32_t first = 0; first < jewelCount; first += JewelsAtOnce) {
            const std::uint32_t end = std::min(jewelCount, first + JewelsAtOnce);
            bool any = false;
            for (std::uint32_t jewel = first; jewel < end; ++jewel)
                any = any || !terrain.waysTo(jewel, level).empty();
            if (!any)
                continue;
            const auto reached = jewelsReached(relevant, level, first, masked);
            for (std::uint32_t jewel = first; jewel < end; ++jewel)
                for (const Terrain::Member& member : terrain.waysTo(jewel, level)) {
                    const Relevant::Head& head = relevant.heads()[member.head];
                    if ((reached[head.node] >> (jewel - first) & 1) == 0
                        || !isEnterable(relevant, head, level, masked))
                        closed.push_back(member.way);
                }
        }
    std::sort(closed.begin(), closed.end());
    return closed;
}

} // namespace glacis::attack
