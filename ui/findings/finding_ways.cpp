// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/finding_ways.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace glacis::ui {
namespace {

    using attack::Justification;

    /// (check, position in its result), the findings of the checks that edges name.
    using FindingPlace = std::pair<std::uint16_t, std::uint32_t>;

    bool standsAt(const posture::Finding& finding, inventory::ObjectId object)
    {
        return finding.object == object
            || std::any_of(finding.places.begin(), finding.places.end(),
                [&](const posture::Place& place) { return place.object == object; });
    }

    bool namesField(const posture::Finding& finding, const Justification& why)
    {
        return std::any_of(finding.places.begin(), finding.places.end(), [&](const posture::Place& place) {
            const inventory::ObjectId at = place.object.valid() ? place.object : finding.object;
            return at == why.object && place.path == why.path;
        });
    }

    /// Findings by the objects on which they stand, for the checks that are asked about.
    class Places {
    public:
        explicit Places(const assessment::Assessment& assessment)
            : m_assessment(assessment)
        {
        }

        std::vector<FindingPlace> of(const Justification& why)
        {
            const int check = why.check.empty() ? -1 : m_assessment.catalogue->indexOf(why.check);
            if (check < 0)
                return {};
            const auto number = static_cast<std::uint16_t>(check);
            const auto& findings = m_assessment.posture.results[number].findings;
            std::vector<FindingPlace> exact, all;
            for (const std::uint32_t i : candidates(number, why.object)) {
                if (!standsAt(findings[i], why.object))
                    continue;
                all.emplace_back(number, i);
                if (!why.path.empty() && namesField(findings[i], why))
                    exact.emplace_back(number, i);
            }
            return exact.empty() ? all : exact;
        }

    private:
        const std::vector<std::uint32_t>& candidates(std::uint16_t check, inventory::ObjectId object)
        {
            auto [it, added] = m_byObject.try_emplace(check);
            auto& ofCheck = it->second;
            if (added) {
                const auto& findings = m_assessment.posture.results[check].findings;
                for (std::uint32_t i = 0; i < findings.size(); ++i) {
                    const auto add = [i, &ofCheck](inventory::ObjectId id) {
                        auto& list = ofCheck[id.value];
                        if (list.empty() || list.back() != i)
                            list.push_back(i);
                    };
                    add(findings[i].object);
                    for (const posture::Place& place : findings[i].places)
                        if (place.object.valid())
                            add(place.object);
                }
            }
            return it->second[object.value];
        }

        const assessment::Assessment& m_assessment;
        std::map<std::uint16_t, std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>> m_byObject;
    };

}

std::vector<std::vector<WaysOfFinding>> waysOfFindings(const assessment::Assessment& assessment)
{
    std::vector<std::vector<WaysOfFinding>> ways;
    ways.reserve(assessment.posture.results.size());
    for (const posture::CheckResult& result : assessment.posture.results)
        ways.emplace_back(result.findings.size());
    if (!assessment.search)
        return ways;
    Places places(assessment);
    std::unordered_map<attack::EdgeIndex, std::vector<FindingPlace>> ofEdge;
    for (const attack::Way& way : assessment.search->ways()) {
        std::vector<FindingPlace> touched;
        for (const attack::EdgeIndex step : way.steps) {
            auto [it, added] = ofEdge.try_emplace(step);
            if (added)
                for (const Justification& why : assessment.graph.becauseOf(assessment.graph.edges[step]))
                    for (const FindingPlace& place : places.of(why))
                        it->second.push_back(place);
            touched.insert(touched.end(), it->second.begin(), it->second.end());
        }
        std::sort(touched.begin(), touched.end());
        touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
        for (const auto& [check, position] : touched) {
            WaysOfFinding& counted = ways[check][position];
            ++counted.any;
            counted.certain += way.wayClass == attack::WayClass::Certain ? 1 : 0;
        }
    }
    return ways;
}

} // namespace glacis::ui
