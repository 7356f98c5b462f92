// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// assess(): the one place that calls the rooms below in order. An Assessment is immutable and holds its
// Inventory.
#pragma once

#include <memory>

#include <access/access.h>
#include <attack/edge_catalogue.h>
#include <attack/graph.h>
#include <attack/search.h>
#include <base/result.h>
#include <base/stop_token.h>
#include <inventory/inventory.h>
#include <network/exposure.h>
#include <network/reachability.h>
#include <posture/posture.h>

namespace glacis::assessment {

struct Assessment {
    inventory::InventoryPtr inventory;
    std::shared_ptr<const posture::Catalogue> catalogue;
    std::shared_ptr<const posture::Policy> policy;
    std::unique_ptr<access::Access> access;
    std::unique_ptr<network::Exposure> exposure;
    std::unique_ptr<network::Reachability> reachability;
    posture::Posture posture;
    std::shared_ptr<const attack::EdgeCatalogue> edges;
    attack::Graph graph;
    std::unique_ptr<attack::Search> search; ///< ways from the Internet; null in assessments made by hand
    double seconds = 0; ///< wall time of assess()

    [[nodiscard]] const posture::CheckInfo& info(const posture::Finding& finding) const
    {
        return catalogue->checks()[finding.check];
    }
    /// Findings in state fail and accepted of all checks, worst first (MODEL order: severity, check id,
    /// object, locus).
    [[nodiscard]] std::vector<const posture::Finding*> findings(bool withPlatform) const;
};
using AssessmentPtr = std::shared_ptr<const Assessment>;

/// Catalogues that are not given are loaded from the program. Pure, parallel, cancellable within a few
/// milliseconds, deterministic. Any thread.
[[nodiscard]] Result<AssessmentPtr> assess(inventory::InventoryPtr inventory,
    std::shared_ptr<const posture::Policy> policy, std::shared_ptr<const posture::Catalogue> catalogue,
    const StopToken& stop = {}, unsigned threads = 0,
    std::shared_ptr<const attack::EdgeCatalogue> edges = {});

} // namespace glacis::assessment
