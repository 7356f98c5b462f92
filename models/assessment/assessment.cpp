// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <assessment/assessment.h>

#include <array>
#include <chrono>

#include <attack/attack.h>
#include <base/parallel.h>

namespace glacis::assessment {

Result<AssessmentPtr> assess(inventory::InventoryPtr inventory, std::shared_ptr<const posture::Policy> policy,
    std::shared_ptr<const posture::Catalogue> catalogue, const StopToken& stop, unsigned threads,
    std::shared_ptr<const attack::EdgeCatalogue> edges)
{
    if (!inventory)
        return failure("nothing to assess: no inventory was given");
    const auto start = std::chrono::steady_clock::now();
    auto assessment = std::make_shared<Assessment>();
    assessment->inventory = std::move(inventory);
    assessment->policy = policy ? std::move(policy) : std::make_shared<const posture::Policy>();
    if (!catalogue) {
        auto loaded = posture::Catalogue::load();
        if (!loaded)
            return tl::unexpected(loaded.error());
        catalogue = std::make_shared<const posture::Catalogue>(std::move(*loaded));
    }
    assessment->catalogue = std::move(catalogue);
    if (!edges) {
        auto loaded = attack::EdgeCatalogue::load();
        if (!loaded)
            return tl::unexpected(loaded.error());
        edges = std::make_shared<const attack::EdgeCatalogue>(std::move(*loaded));
    }
    assessment->edges = std::move(edges);

    parallelFor(2, threads, [&](std::size_t part) {
        if (stop.stopRequested())
            return;
        if (part == 0)
            assessment->access = std::make_unique<access::Access>(*assessment->inventory);
        else
            assessment->exposure = std::make_unique<network::Exposure>(*assessment->inventory);
    });
    if (stop.stopRequested())
        return failure("cancelled");

    // Findings and graph read the same floors and nothing of each other.
    Result<posture::Posture> evaluated = failure("cancelled");
    parallelFor(2, threads, [&](std::size_t part) {
        if (part == 0) {
            evaluated = posture::evaluate(*assessment->inventory, *assessment->access, *assessment->exposure,
                *assessment->catalogue, *assessment->policy, stop, threads);
            return;
        }
        assessment->reachability
            = std::make_unique<network::Reachability>(*assessment->inventory, *assessment->exposure, stop);
        assessment->graph = attack::buildGraph(*assessment->inventory, *assessment->access,
            *assessment->exposure, *assessment->reachability, *assessment->edges, stop);
        assessment->search
            = std::make_unique<attack::Search>(assessment->graph, assessment->graph.find("internet"), stop);
    });
    if (!evaluated)
        return tl::unexpected(evaluated.error());
    if (stop.stopRequested())
        return failure("cancelled");
    assessment->posture = std::move(*evaluated);
    assessment->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return AssessmentPtr(std::move(assessment));
}

// Results stand by check id and their findings by object and locus already, so that one stable pass over
// them, sorted into a heap for each severity, is the order asked for.
std::vector<const posture::Finding*> Assessment::findings(bool withPlatform) const
{
    std::array<std::vector<const posture::Finding*>, 5> bySeverity;
    std::size_t count = 0;
    for (const posture::CheckResult& result : posture.results) {
        for (const posture::Finding& finding : result.findings) {
            const bool problem = finding.state == State::Fail || finding.state == State::Accepted;
            if (!problem || (finding.platform && !withPlatform))
                continue;
            bySeverity[static_cast<std::size_t>(finding.severity)].push_back(&finding);
            ++count;
        }
    }
    std::vector<const posture::Finding*> worstFirst;
    worstFirst.reserve(count);
    for (std::size_t i = bySeverity.size(); i-- > 0;)
        worstFirst.insert(worstFirst.end(), bySeverity[i].begin(), bySeverity[i].end());
    return worstFirst;
}

} // namespace glacis::assessment
