// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the API server is reached, in the order of MODEL section 2. The two ConfigMaps hold YAML (or JSON) as
// text; one scalar is wanted from each, so the text is scanned for its key instead of being parsed: a damaged
// document then costs nothing but that answer.
#include <network/addresses.h>
#include <network/exposure.h>

#include <base/text.h>

#include <algorithm>

namespace glacis::network {
namespace {
    using inventory::ConfigMap;
    using inventory::Kind;

    /// Values of `key:` (YAML) or `"key":` (JSON) in the text, quotes removed, at most 16.
    std::vector<std::string> scalarsOf(std::string_view text, std::string_view key)
    {
        std::vector<std::string> out;
        for (std::size_t at = text.find(key); at != std::string_view::npos && out.size() < 16;
             at = text.find(key, at + 1)) {
            const char before = at == 0 ? '\n' : text[at - 1];
            if (std::string_view("\n \t\"'-{,").find(before) == std::string_view::npos)
                continue;
            std::string_view rest = text.substr(at + key.size());
            if (!rest.empty() && (rest[0] == '"' || rest[0] == '\''))
                rest.remove_prefix(1);
            rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
            if (!rest.starts_with(':'))
                continue;
            rest.remove_prefix(1);
            rest.remove_prefix(std::min(rest.find_first_not_of(" \t\"'"), rest.size()));
            const std::string_view value = rest.substr(0, rest.find_first_of(" \t\r\n\"',}#"));
            if (!value.empty())
                out.emplace_back(value);
        }
        return out;
    }

    const ConfigMap* configMap(const Inventory& inventory, std::string_view ns, std::string_view name)
    {
        const ObjectId id = inventory.find(Kind::ConfigMap, ns, name);
        return id.valid() ? &inventory.configMaps[inventory.object(id).typed] : nullptr;
    }

    void add(std::vector<ApiServerAddress>& out, HostAndPort where, ApiServerAddress from)
    {
        where.host = canonicalHost(where.host);
        if (where.host.empty())
            return;
        if (where.port == 0)
            where.port = 6443; // where kubeadm and most installers put it
        const bool known = std::any_of(out.begin(), out.end(),
            [&](const auto& a) { return a.host == where.host && a.port == where.port; });
        if (known)
            return;
        from.host = std::move(where.host);
        from.port = where.port;
        out.push_back(std::move(from));
    }

    void addUrl(std::vector<ApiServerAddress>& out, std::string_view url, ApiServerAddress from)
    {
        UrlParts parts = parseUrl(url);
        add(out, { std::move(parts.host), parts.port }, std::move(from));
    }

    ApiServerAddress from(std::string source, ObjectId object, std::string path)
    {
        return { {}, 0, std::move(source), object, std::move(path), Confidence::Configured };
    }
}

std::vector<ApiServerAddress> apiServerAddresses(const Inventory& inventory)
{
    std::vector<ApiServerAddress> out;
    for (const auto& observed : inventory.observations.endpoints) {
        if (observed.fact.what != "kube-apiserver")
            continue;
        ApiServerAddress said = from("endpoints fact", inventory::NoObject, "endpoints");
        if (!observed.source.empty())
            said.source += " (" + observed.source + ")";
        said.confidence = observed.confidence;
        add(out, { observed.fact.address, observed.fact.port }, std::move(said));
    }
    if (!out.empty())
        return out;
    addUrl(out, inventory.source.apiServer,
        from("the kubeconfig in use", inventory::NoObject, "cluster.server"));
    if (!out.empty())
        return out;
    if (const ConfigMap* info = configMap(inventory, "kube-public", "cluster-info"))
        if (const Str* kubeconfig = inventory::find(info->kept, "kubeconfig"))
            for (const std::string& url : scalarsOf(*kubeconfig, "server"))
                addUrl(out, url, from("ConfigMap kube-public/cluster-info", info->id, "data.kubeconfig"));
    if (!out.empty())
        return out;
    if (const ConfigMap* kubeadm = configMap(inventory, "kube-system", "kubeadm-config"))
        if (const Str* cluster = inventory::find(kubeadm->kept, "ClusterConfiguration"))
            for (const std::string& endpoint : scalarsOf(*cluster, "controlPlaneEndpoint"))
                add(out, splitHostAndPort(endpoint),
                    from("ConfigMap kube-system/kubeadm-config", kubeadm->id, "data.ClusterConfiguration"));
    return out;
}

} // namespace glacis::network
