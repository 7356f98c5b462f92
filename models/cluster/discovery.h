// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which resources a server serves: aggregated discovery where it is known (two requests), else group by
// group. A dead aggregated API costs its own group only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <base/stop_token.h>
#include <cluster/api_client.h>

namespace glacis::cluster {

struct ServedResource {
    std::string group, version, resource, kind;
    bool namespaced = true;
    bool listable = false;
};

struct Discovery {
    std::vector<ServedResource> resources; ///< of all versions; without subresources
    std::vector<std::string> deadGroups; ///< "metrics.k8s.io/v1beta1": registered, but not answering
    bool aggregated = false;
    Failure failure = Failure::None; ///< why nothing is known; resources are empty then
    std::string message; ///< one sentence, with failure
    std::string detail; ///< the server's or the library's own words

    /// The first of `versions` ("v1 v1beta1") that lists the resource, else any version that does; nullptr
    /// when none.
    [[nodiscard]] const ServedResource* find(
        std::string_view group, std::string_view resource, std::string_view versions) const;
    [[nodiscard]] bool isDead(std::string_view group) const;
};

/// Blocking, a few requests one after the other.
[[nodiscard]] Discovery discover(ApiClient& client, const StopToken& stop);

/// The two forms of an answer, for tests and the above; false when the text is not what its name says.
[[nodiscard]] bool addAggregated(std::string_view body, Discovery& into);
[[nodiscard]] bool addResourceList(std::string_view body, Discovery& into);

} // namespace glacis::cluster
