// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small API server of canned lists on loopback, and a collector that reads it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <cluster/collector.h>
#include <hostile_server.h>

namespace glacis::test {

/// Serves /version, discovery and an empty list of every kind that a scan asks for; tests replace single
/// paths.
class MadeCluster {
public:
    explicit MadeCluster(
        const std::vector<std::string>& namespaces = { "default", "shop" }, ServerOptions how = {});

    HostileServer server;
    cluster::CollectOptions options;
    cluster::ApiClientOptions client;

    [[nodiscard]] Result<inventory::InventoryPtr> collect(const StopToken& stop = {});
    /// A client of it, with its bearer().
    [[nodiscard]] Result<std::unique_ptr<cluster::ApiClient>> open(cluster::Transport& transport) const;
    [[nodiscard]] std::string bearer() const { return "the-token-of-the-test"; }
};

[[nodiscard]] std::string listJson(std::string_view apiVersion, std::string_view kind,
    const std::string& items, std::string_view continueToken = {});
[[nodiscard]] std::string podJson(std::string_view ns, std::string_view name);
/// A Table as the API server makes it for Secrets; rows are "name type count".
[[nodiscard]] std::string secretTableJson(const std::vector<std::string>& rows);
[[nodiscard]] Behaviour forbidden(std::string_view resource);
[[nodiscard]] bool says(const inventory::Inventory& inventory, std::string_view text);

} // namespace glacis::test
