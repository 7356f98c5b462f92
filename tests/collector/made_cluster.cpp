// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_cluster.h"

#include <algorithm>
#include <map>

#include <base/text.h>
#include <cluster/lists.h>

namespace glacis::test {
namespace {

    using cluster::ListRow;

    std::string versionOf(const ListRow& row) { return std::string(split(row.versions, ' ').front()); }

    std::string apiVersionOf(const ListRow& row)
    {
        return row.group.empty() ? versionOf(row) : std::string(row.group) + "/" + versionOf(row);
    }

    std::string pathOf(const ListRow& row)
    {
        return (row.group.empty() ? "/api/" : "/apis/") + apiVersionOf(row) + "/" + std::string(row.resource);
    }

    std::string resourceJson(const ListRow& row)
    {
        return R"({"resource":")" + std::string(row.resource) + R"(","responseKind":{"group":")"
            + std::string(row.group) + R"(","version":")" + versionOf(row) + R"(","kind":")"
            + std::string(row.kindName) + R"("},"scope":")" + (row.namespaced ? "Namespaced" : "Cluster")
            + R"(","verbs":["get","list","watch"]})";
    }

    std::string discoveryJson(bool core)
    {
        std::map<std::string, std::string> groups;
        for (const ListRow& row : cluster::listRows()) {
            if (row.group.empty() != core)
                continue;
            std::string& resources = groups[apiVersionOf(row)];
            resources += (resources.empty() ? "" : ",") + resourceJson(row);
        }
        std::string items;
        for (const auto& [groupVersion, resources] : groups) {
            const std::size_t slash = groupVersion.find('/');
            const std::string group = slash == std::string::npos ? "" : groupVersion.substr(0, slash);
            items += (items.empty() ? "" : ",")
                + (R"({"metadata":{"name":")" + group + R"("},"versions":[{"version":")")
                + groupVersion.substr(slash == std::string::npos ? 0 : slash + 1) + R"(","resources":[)"
                + resources + R"(],"freshness":"Current"}]})";
        }
        return R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[)"
            + items + "]}";
    }

    class FixedToken final : public cluster::CredentialProvider {
    public:
        explicit FixedToken(std::string_view token)
        {
            auto made = std::make_shared<cluster::Credential>();
            made->bearerToken = cluster::Wiped(token);
            m_credential = std::move(made);
        }
        Result<cluster::CredentialPtr> current(const StopToken&) override { return m_credential; }
        bool rejected(const cluster::Credential&) override { return false; }

    private:
        cluster::CredentialPtr m_credential;
    };

}

MadeCluster::MadeCluster(const std::vector<std::string>& namespaces, ServerOptions how)
    : server(std::move(how))
{
    server.on(
        "/version", json(R"({"major":"1","minor":"34","gitVersion":"v1.34.4","platform":"linux/amd64"})"));
    server.on("/api", json(discoveryJson(true)));
    server.on("/apis", json(discoveryJson(false)));
    for (const ListRow& row : cluster::listRows())
        server.on(pathOf(row), json(listJson(apiVersionOf(row), std::string(row.kindName) + "List", "")));
    std::string items;
    for (const std::string& ns : namespaces) {
        items += (items.empty() ? "" : ",") + (R"({"metadata":{"name":")" + ns + "\"}}");
        server.on("/api/v1/namespaces/" + ns + "/secrets", json(secretTableJson({})));
    }
    server.on("/api/v1/namespaces", json(listJson("v1", "NamespaceList", items)));
    options.context.context = "made";
    options.context.cluster.server = server.url();
}

Result<std::unique_ptr<cluster::ApiClient>> MadeCluster::open(cluster::Transport& transport) const
{
    auto endpoint = cluster::makeEndpoint(options.context.cluster, {});
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    return std::make_unique<cluster::ApiClient>(
        transport, std::move(*endpoint), std::make_shared<FixedToken>(bearer()), client);
}

Result<inventory::InventoryPtr> MadeCluster::collect(const StopToken& stop)
{
    cluster::Transport transport;
    const auto api = open(transport);
    if (!api)
        return tl::unexpected(api.error());
    return cluster::collect(**api, options, stop);
}

std::string listJson(std::string_view apiVersion, std::string_view kind, const std::string& items,
    std::string_view continueToken)
{
    std::string text = R"({"kind":")" + std::string(kind) + R"(","apiVersion":")" + std::string(apiVersion)
        + R"(","metadata":{"resourceVersion":"1042")";
    if (!continueToken.empty())
        text += R"(,"continue":")" + std::string(continueToken) + R"(","remainingItemCount":7)";
    return text + R"(},"items":[)" + items + "]}";
}

std::string podJson(std::string_view ns, std::string_view name)
{
    return R"({"metadata":{"name":")" + std::string(name) + R"(","namespace":")" + std::string(ns)
        + R"("},"spec":{"containers":[{"name":"app","image":"registry.example/app:1"}]}})";
}

std::string secretTableJson(const std::vector<std::string>& rows)
{
    std::string text
        = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"1042"},"columnDefinitions":[)"
          R"({"name":"Name","type":"string"},{"name":"Type","type":"string"},{"name":"Data","type":"string"},)"
          R"({"name":"Age","type":"string"}],"rows":[)";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto words = split(rows[i], ' ');
        text += (i ? "," : "") + (R"({"cells":[")" + std::string(words[0])) + R"(",")" + std::string(words[1])
            + R"(",)" + std::string(words[2]) + R"(,"3d"],"object":null})";
    }
    return text + "]}";
}

Behaviour forbidden(std::string_view resource)
{
    return status(
        403, "Forbidden", std::string(resource) + R"( is forbidden: User "scanner" cannot list resource)");
}

bool says(const inventory::Inventory& inventory, std::string_view text)
{
    return std::any_of(inventory.diagnostics.begin(), inventory.diagnostics.end(),
        [text](const inventory::Diagnostic& d) { return d.message.find(text) != std::string::npos; });
}

} // namespace glacis::test
