// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "discovery.h"

#include <algorithm>

#include <base/text.h>
#include <cluster/json_text.h>
#include <inventory/kinds.h>

namespace glacis::cluster {
namespace {

    using inventory::NodeRef;
    using inventory::NodeType;

    constexpr std::size_t mostResources = 50'000;
    constexpr std::size_t mostGroups = 2'000;

    constexpr inventory::ReadLimits limits { .maxDepth = 64, .maxNodes = 4'000'000 };

    bool holds(NodeRef verbs, std::string_view verb)
    {
        for (const NodeRef one : verbs) {
            if (one.text() == verb)
                return true;
        }
        return false;
    }

    std::string groupVersion(std::string_view group, std::string_view version)
    {
        return group.empty() ? std::string(version) : std::string(group).append("/").append(version);
    }

    void add(Discovery& into, ServedResource resource)
    {
        if (into.resources.size() < mostResources && !resource.resource.empty())
            into.resources.push_back(std::move(resource));
    }

    void addVersion(std::string_view group, NodeRef version, Discovery& into)
    {
        const std::string_view name = version["version"].text();
        if (version["freshness"].text() == "Stale")
            into.deadGroups.push_back(groupVersion(group, name));
        for (const NodeRef resource : version["resources"]) {
            add(into,
                { std::string(group), std::string(name), std::string(resource["resource"].text()),
                    std::string(resource["responseKind"]["kind"].text()),
                    resource["scope"].text() != "Cluster", holds(resource["verbs"], "list") });
        }
    }

    /// Group by group, as servers before 1.26 and aggregating proxies want it.
    class PlainDiscovery {
    public:
        PlainDiscovery(ApiClient& client, const StopToken& stop, Discovery& into)
            : m_client(client)
            , m_stop(stop)
            , m_into(into)
        {
        }

        void run()
        {
            std::vector<std::string> paths;
            const bool core = versionsOfCore(paths);
            const bool groups = versionsOfGroups(paths);
            if (!core && !groups)
                return;
            m_into.failure = Failure::None;
            m_into.message.clear();
            for (const std::string& path : paths) {
                const Reply reply = m_client.call(Request::get(path), m_stop);
                if (reply.failure == Failure::Cancelled)
                    return note(reply);
                if (reply.failure != Failure::None || !addResourceList(reply.body, m_into))
                    m_into.deadGroups.push_back(path.substr(path.starts_with("/apis/") ? 6 : 5));
            }
        }

    private:
        bool versionsOfCore(std::vector<std::string>& paths)
        {
            const Reply reply = m_client.call(Request::get("/api"), m_stop);
            if (reply.failure != Failure::None) {
                note(reply);
                return false;
            }
            const JsonText text(reply.body, limits);
            for (const NodeRef version : text.root()["versions"])
                paths.push_back("/api/" + std::string(version.text()));
            return !paths.empty();
        }

        bool versionsOfGroups(std::vector<std::string>& paths)
        {
            const Reply reply = m_client.call(Request::get("/apis"), m_stop);
            if (reply.failure != Failure::None) {
                note(reply);
                return false;
            }
            const JsonText text(reply.body, limits);
            for (const NodeRef group : text.root()["groups"]) {
                for (const NodeRef version : group["versions"]) {
                    if (paths.size() < mostGroups)
                        paths.push_back("/apis/" + std::string(version["groupVersion"].text()));
                }
            }
            return true;
        }

        void note(const Reply& reply)
        {
            if (m_into.failure != Failure::None)
                return;
            m_into.failure = reply.failure;
            m_into.message = reply.message;
            m_into.detail = reply.detail;
        }

        ApiClient& m_client;
        const StopToken& m_stop;
        Discovery& m_into;
    };

} // namespace

const ServedResource* Discovery::find(
    std::string_view group, std::string_view resource, std::string_view versions) const
{
    const auto inVersion = [&](std::string_view version) -> const ServedResource* {
        for (const ServedResource& served : resources) {
            if (served.listable && served.group == group && served.resource == resource
                && (version.empty() || served.version == version))
                return &served;
        }
        return nullptr;
    };
    for (const std::string_view version : split(versions, ' ')) {
        if (const ServedResource* served = inVersion(version))
            return served;
    }
    return inVersion({});
}

bool Discovery::isDead(std::string_view group) const
{
    return std::any_of(deadGroups.begin(), deadGroups.end(),
        [group](const std::string& dead) { return inventory::groupOf(dead) == group; });
}

bool addAggregated(std::string_view body, Discovery& into)
{
    const JsonText text(body, limits);
    if (text.root()["kind"].text() != "APIGroupDiscoveryList" || !text.root()["items"].is(NodeType::Array))
        return false;
    for (const NodeRef group : text.root()["items"]) {
        for (const NodeRef version : group["versions"])
            addVersion(group["metadata"]["name"].text(), version, into);
    }
    return true;
}

bool addResourceList(std::string_view body, Discovery& into)
{
    const JsonText text(body, limits);
    const NodeRef root = text.root();
    if (root["kind"].text() != "APIResourceList" || !root["resources"].is(NodeType::Array))
        return false;
    const std::string_view inGroupVersion = root["groupVersion"].text();
    const std::string_view group = inventory::groupOf(inGroupVersion);
    const std::string_view version = group.empty() ? inGroupVersion : inGroupVersion.substr(group.size() + 1);
    for (const NodeRef resource : root["resources"]) {
        if (resource["name"].text().find('/') != std::string_view::npos)
            continue; // a subresource
        add(into,
            { std::string(group), std::string(version), std::string(resource["name"].text()),
                std::string(resource["kind"].text()), resource["namespaced"].text() == "true",
                holds(resource["verbs"], "list") });
    }
    return true;
}

Discovery discover(ApiClient& client, const StopToken& stop)
{
    Discovery found;
    for (const std::string_view path : { "/api", "/apis" }) {
        const Reply reply = client.call(Request::get(path, {}, Accept::AggregatedDiscovery), stop);
        if (reply.failure != Failure::None) {
            found.failure = reply.failure;
            found.message = reply.message;
            found.detail = reply.detail;
            break;
        }
        // A server that does not know the form answers as it always did.
        if (!addAggregated(reply.body, found)) {
            found.failure = Failure::Malformed;
            break;
        }
        found.aggregated = true;
    }
    if (found.failure == Failure::None)
        return found;
    const bool otherForm = found.failure == Failure::Malformed || found.failure == Failure::NotFound
        || found.failure == Failure::BadRequest;
    if (!otherForm)
        return found;
    found = {};
    PlainDiscovery(client, stop, found).run();
    if (found.resources.empty() && found.failure == Failure::None) {
        found.failure = Failure::Malformed;
        found.message = "The server's list of resources is not one that a Kubernetes API server gives.";
    }
    return found;
}

} // namespace glacis::cluster
