// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ways from the Internet to crown jewels whose steps are known, to be planted among a generated cluster's
// objects. Each has a namespace and, where it needs one, a node of its own; its policies let in the Internet
// or the ingress controller alone and let nothing out, so that no way leads into another.
//
//     Planted planted = plantWays(8, seed, true, object);
//     // planted.ways[0].kinds: EXPOSED_SERVICE APP_EXPLOIT PRIVILEGED NODE_PODS RUNS_AS SECRET_READ
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "document.h"

namespace glacis::bench {

struct PlantedWay {
    std::string firstStep; ///< id of the node behind the entry: "reach/planted-0/Pod/front"
    std::string jewel; ///< "jewel/all-secrets"; what that one gives with it is reached as well
    std::vector<std::string> kinds; ///< of the cheapest path, in order
};

struct Planted {
    std::vector<PlantedWay> ways;
    std::string facts; ///< the text of a facts file without which nothing is exploitable
};

using EmitObject = std::function<void(const std::string& list, const Doc& doc)>;

/// count: any number; the sorts of way take turns in an order that the seed gives. policies: false leaves the
/// planted namespaces open, and ways lead into one another.
[[nodiscard]] Planted plantWays(int count, std::uint64_t seed, bool policies, const EmitObject& object);

} // namespace glacis::bench
