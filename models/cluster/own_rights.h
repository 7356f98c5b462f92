// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the server says of the identity in use: its name, and its rights as a preview. A preview is never a
// gate: the request itself is the answer.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <base/stop_token.h>
#include <cluster/api_client.h>
#include <cluster/discovery.h>

namespace glacis::cluster {

struct OwnIdentity {
    std::string user; ///< printable
    std::vector<std::string> groups;
    Failure failure = Failure::None;
    std::string message, detail;
};
/// SelfSubjectReview (since Kubernetes 1.28). Blocking, one request.
[[nodiscard]] OwnIdentity ownIdentity(ApiClient& client, const StopToken& stop);

struct OwnRights {
    std::vector<std::string> missing; ///< "list nodes": that a scan wants
    std::vector<std::string> excess; ///< that a scanner should not have: "get secrets", "create pods"
    std::vector<std::string> unknown; ///< of both kinds: nobody could tell
    /// An authorizer could not list its rules, as those of managed clusters: what the rules do not show may
    /// be permitted. rightsFrom() then tells no right missing; it is unknown.
    bool incomplete = false;
    Failure failure = Failure::None;
    std::string message, detail;
};
/// SelfSubjectRulesReview of one namespace; only what the server serves can be missing. Where the server
/// calls its answer incomplete, a SelfSubjectAccessReview for each right that the answer does not show, for
/// all namespaces, at most `patience` long; what is not answered then stays unknown. Blocking; one request,
/// or some fifty. Stopped: Failure::Cancelled.
[[nodiscard]] OwnRights ownRights(ApiClient& client, const Discovery& discovery, std::string_view ns,
    const StopToken& stop, std::chrono::milliseconds patience = std::chrono::seconds(5));
/// As above in one attempt of one request: no further questions, and no effort that a scan would feel. Where
/// the answer is incomplete, rights stay unknown.
[[nodiscard]] OwnRights listedRights(
    ApiClient& client, const Discovery& discovery, std::string_view ns, const StopToken& stop);
/// Of the review's answer; for tests and the above.
[[nodiscard]] OwnRights rightsFrom(std::string_view body, const Discovery& discovery);

} // namespace glacis::cluster
