// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/masked_reach.h>
#include <attack/search.h>
#include <attack/shortest.h>
#include <attack/terrain.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace glacis::attack {
namespace {
    // The class of every (head, jewel), by head and jewel; LevelCount where no way exists.
    std::vector<Level> classesOf(const Relevant& relevant, const StopToken& stop)
    {
        const std::size_t jewels = relevant.jewels().size();
        std::vector<Level> classes(relevant.heads().size() * jewels, LevelCount);
        for (Level level = 0; level < LevelCount; ++level) {
            if (level > 0 && !relevant.hasSteps(level))
                continue; // nothing new
            for (std::uint32_t first = 0; first < jewels; first += JewelsAtOnce) {
                if (stop.stopRequested())
                    return {};
                const auto reached = jewelsReached(relevant, level, first, NothingBroken);
                const std::size_t end = std::min<std::size_t>(jewels, first + JewelsAtOnce);
                for (std::size_t h = 0; h < relevant.heads().size(); ++h) {
                    const Relevant::Head& head = relevant.heads()[h];
                    for (std::size_t jewel = first; jewel < end; ++jewel)
                        if (Level& known = classes[h * jewels + jewel]; known == LevelCount
                            && head.level <= level && (reached[head.node] >> (jewel - first) & 1) != 0)
                            known = level;
                }
            }
        }
        return classes;
    }
}

std::string_view name(WayClass wayClass)
{
    constexpr std::array<std::string_view, LevelCount> Names { "certain", "residual", "possible" };
    return Names[static_cast<std::size_t>(wayClass)];
}

Search::Search(const Graph& graph, NodeIndex entry, const StopToken& stop)
    : m_graph(graph)
    , m_entry(entry)
{
    auto terrain = std::make_shared<Terrain>(graph, entry);
    findWays(terrain->relevant, stop);
    terrain->group(m_ways);
    m_terrain = std::move(terrain);
}

void Search::findWays(const Relevant& relevant, const StopToken& stop)
{
    const auto classes = classesOf(relevant, stop);
    if (classes.empty())
        return;
    const std::size_t jewels = relevant.jewels().size();
    Shortest shortest(relevant);
    std::vector<EdgeIndex> path;
    for (std::size_t jewel = 0; jewel < jewels; ++jewel)
        for (Level level = 0; level < LevelCount; ++level) {
            if (stop.stopRequested()) {
                m_ways.clear();
                return;
            }
            bool hasRun = false;
            for (std::size_t h = 0; h < relevant.heads().size(); ++h) {
                if (classes[h * jewels + jewel] != level)
                    continue;
                if (!std::exchange(hasRun, true))
                    shortest.run(relevant.jewels()[jewel], level, NothingBroken);
                const Relevant::Head& head = relevant.heads()[h];
                const Relevant::Step& first = relevant.steps()[shortest.firstStep(head)];
                path.assign(1, first.edge);
                shortest.appendPath(head.node, path);
                const Length length = shortest.length(head.node) + relevant.lengths()[first.length];
                m_ways.push_back({ m_entry, relevant.graphNode(head.node),
                    relevant.graphNode(relevant.jewels()[jewel]), static_cast<WayClass>(level),
                    costOf(length), hopsOf(length), std::vector<EdgeIndex>(path.begin(), path.end()) });
            }
        }
    std::sort(m_ways.begin(), m_ways.end(), [](const Way& a, const Way& b) {
        return std::tie(a.wayClass, a.cost, a.hops, a.jewel, a.firstStep)
            < std::tie(b.wayClass, b.cost, b.hops, b.jewel, b.firstStep);
    });
}

std::uint32_t Search::count(WayClass wayClass) const
{
    return static_cast<std::uint32_t>(std::count_if(
        m_ways.begin(), m_ways.end(), [&](const Way& way) { return way.wayClass == wayClass; }));
}

std::vector<std::uint32_t> Search::closedBy(
    const std::vector<OptionIndex>& options, const std::vector<OptionIndex>& masked) const
{
    StepMask mask(m_terrain->relevant.steps().size(), 0);
    const auto add = [&](const std::vector<OptionIndex>& broken) {
        for (const OptionIndex option : broken)
            for (const StepIndex step : m_terrain->stepsOf(m_graph.options[option]))
                mask[step] = 1;
        return closedWays(*m_terrain, mask, LevelCount - 1);
    };
    const std::vector<std::uint32_t> before = masked.empty() ? std::vector<std::uint32_t>() : add(masked);
    const std::vector<std::uint32_t> after = add(options);
    std::vector<std::uint32_t> closed;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(closed));
    return closed;
}

} // namespace glacis::attack
