// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads a cluster into an Inventory: discovery, then lists in pages, several at once, parsed while the next
// page travels. What is forbidden lowers coverage and stops nothing; a list that broke is told apart from a
// whole one.
//
//     auto inventory = collect(client, { .rules = policy.credentialRules, .context = target }, stop);
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/api_client.h>
#include <cluster/kubeconfig.h>
#include <credentials/classify.h>
#include <inventory/inventory.h>

namespace glacis::cluster {

struct CollectProgress {
    enum class Step : std::uint8_t { Connecting, Discovering, Listing, Joining };
    Step step = Step::Connecting;
    std::uint32_t listsDone = 0, listsTotal = 0; ///< one list: a resource, or a resource in one namespace
    std::uint64_t objects = 0, requests = 0, bytes = 0;
    std::string current; ///< "pods"; outside text
    std::string waiting; ///< the server asked us to slow down: its sentence
};

struct CollectOptions {
    ContextTarget context; ///< names and server for Inventory::source and its observations
    credentials::Rules rules;
    std::vector<std::string> namespaces; ///< the person's list, where namespaces may not be listed
    bool secretsInManyNamespaces = false; ///< ask one list a namespace also above 500 of them
    unsigned lists = 4; ///< at once
    unsigned pageSize = 500;
    std::vector<std::string> factsFiles;
    std::chrono::milliseconds patience { 20'000 }; ///< with a server that went away in the middle of a list
    std::chrono::seconds timeout {}; ///< for all of it; 0: none
    std::function<void(const CollectProgress&)>
        progress; ///< any thread, one call at a time, at most every 50 ms
};

/// Blocking; ends within a second of `stop` ("cancelled"). Fails only when nothing could be read: no
/// connection, no credential, no discovery and every list refused.
[[nodiscard]] Result<inventory::InventoryPtr> collect(
    ApiClient& client, const CollectOptions& options, const StopToken& stop);

} // namespace glacis::cluster
