// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small clusters for tests of Reachability: who reaches whom, asked by names.
#pragma once

#include "from_yaml.h"

#include <network/reachability.h>

namespace glacis::test {

class Net {
public:
    explicit Net(const std::string& yaml, const std::string& facts = {},
        inventory::Scope scope = inventory::Scope::Cluster)
        : inventory(fromYaml(yaml, facts, scope))
        , exposure(*inventory)
        , reach(*inventory, exposure)
    {
    }

    /// "shop/web": the owner of that namespace and name.
    [[nodiscard]] std::uint32_t owner(std::string_view name) const
    {
        for (std::uint32_t i = 0; i < inventory->owners.size(); ++i) {
            const auto& object = inventory->object(inventory->workloads[inventory->owners[i].workload].id);
            if (object.ns.str() + '/' + object.name.str() == name)
                return i;
        }
        qFatal("no owner %s", std::string(name).c_str());
    }
    [[nodiscard]] std::uint32_t node(std::string_view name) const
    {
        for (std::uint32_t i = 0; i < inventory->nodes.size(); ++i)
            if (inventory->object(inventory->nodes[i].id).name == name)
                return i;
        qFatal("no node %s", std::string(name).c_str());
    }
    [[nodiscard]] network::Verdict ask(
        std::string_view from, std::string_view to, int port = 80, std::string_view protocol = "TCP") const
    {
        return reach.connects(owner(from), owner(to), { protocol, port });
    }
    [[nodiscard]] network::Verdict askNode(std::string_view from, std::string_view to, int port) const
    {
        return reach.connectsNode(owner(from), node(to), { "TCP", port });
    }
    /// The first opening of the owner that comes in that way.
    [[nodiscard]] const network::Opening& opening(std::string_view name, network::Via via) const
    {
        for (const network::Opening* one : exposure.openingsOf(owner(name)))
            if (one->via == via)
                return *one;
        qFatal("no such opening of %s", std::string(name).c_str());
    }
    [[nodiscard]] network::Verdict internet(std::string_view name, network::Via via) const
    {
        return reach.fromInternet(opening(name, via));
    }
    [[nodiscard]] QString why(std::string_view from, std::string_view to, int port = 80) const
    {
        return text(reach.explain(owner(from), owner(to), { "TCP", port }).text());
    }

    const inventory::InventoryPtr inventory;
    const network::Exposure exposure;
    const network::Reachability reach;
};

/// A running pod with the label app=NAME; more: further fields of its spec in flow style (", hostNetwork:
/// true").
inline std::string running(const std::string& ns, const std::string& name, const std::string& ip,
    const std::string& node = "n1", const std::string& more = {}, const std::string& labels = {})
{
    return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", namespace: " + ns
        + ", labels: {app: " + name + labels + "}}\nspec: {nodeName: " + node
        + ", containers: [{name: c, image: x, ports: [{name: http, containerPort: 8080}, "
          "{name: dns, containerPort: 53, protocol: UDP}]}]"
        + more + "}\nstatus: {phase: Running, podIP: " + ip + "}\n";
}
inline std::string namespaceOf(const std::string& name, const std::string& labels = {})
{
    return "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + ", labels: {" + labels + "}}\n";
}
/// spec in flow style: "podSelector: {}, policyTypes: [Ingress]".
inline std::string policy(const std::string& ns, const std::string& name, const std::string& spec)
{
    return "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: " + name
        + ", namespace: " + ns + "}\nspec: {" + spec + "}\n";
}
/// Two nodes, web, db and probe in shop, tool in ops (namespace label team=ops), agent on the host's network.
inline std::string smallCluster()
{
    return node("n1", "InternalIP", "10.20.0.11") + node("n2", "InternalIP", "10.20.0.12")
        + namespaceOf("shop", "team: shop") + namespaceOf("ops", "team: ops")
        + running("shop", "web", "10.244.1.2") + running("shop", "db", "10.244.2.3", "n2")
        + running("shop", "probe", "10.244.1.4") + running("ops", "tool", "10.244.1.5")
        + running("ops", "web", "10.244.1.6")
        + running("ops", "agent", "10.20.0.11", "n1", ", hostNetwork: true")
        + policy("elsewhere", "none", "podSelector: {}"); // the kind counts as read
}

} // namespace glacis::test
