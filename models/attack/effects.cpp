// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/cut_tree.h>
#include <attack/search.h>
#include <attack/terrain.h>

#include <algorithm>
#include <tuple>

namespace glacis::attack {
namespace {
    struct OptionSteps {
        OptionIndex option = 0;
        std::vector<StepIndex> steps;
    };

    std::vector<OptionSteps> relevantOptions(const Graph& graph, const Terrain& terrain)
    {
        std::vector<OptionSteps> out;
        for (OptionIndex option = 0; option < graph.options.size(); ++option)
            if (auto steps = terrain.stepsOf(graph.options[option]); !steps.empty())
                out.push_back({ option, std::move(steps) });
        return out;
    }
}

std::vector<OptionEffect> Search::effects(const StopToken& stop) const
{
    const auto options = relevantOptions(m_graph, *m_terrain);
    std::vector<OptionEffect> effects(options.size());
    CutTree tree(m_terrain->relevant);
    const auto& jewels = m_terrain->relevant.jewels();
    for (std::uint32_t jewel = 0; jewel < jewels.size(); ++jewel)
        for (Level level = 0; level < LevelCount; ++level) {
            const auto& ways = m_terrain->waysTo(jewel, level);
            if (ways.empty())
                continue;
            tree.build(jewels[jewel], level, ways, NothingBroken);
            for (std::size_t i = 0; i < options.size(); ++i) {
                if (stop.stopRequested())
                    return {};
                const auto& closed = tree.cut(options[i].steps).closed;
                effects[i].ways.insert(effects[i].ways.end(), closed.begin(), closed.end());
            }
        }
    for (std::size_t i = 0; i < options.size(); ++i) {
        OptionEffect& effect = effects[i];
        effect.option = options[i].option;
        std::sort(effect.ways.begin(), effect.ways.end());
        for (const std::uint32_t way : effect.ways)
            ++(m_ways[way].wayClass == WayClass::Certain         ? effect.closes
                    : m_ways[way].wayClass == WayClass::Residual ? effect.closesResidual
                                                                 : effect.closesPossible);
    }
    std::erase_if(effects, [](const OptionEffect& effect) { return effect.ways.empty(); });
    std::sort(effects.begin(), effects.end(), [&](const OptionEffect& a, const OptionEffect& b) {
        return std::tie(b.closes, m_graph.options[a.option].effort, a.option)
            < std::tie(a.closes, m_graph.options[b.option].effort, b.option);
    });
    return effects;
}

} // namespace glacis::attack
