// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What policies and filters make of an opening that configuration offers to the Internet. On the way in: the
// edge filter sees the outside port; then either a process of the node itself is meant (input filter) or the
// packet is rewritten to a pod (forward filter, target port, the pod's ingress rules); or a controller takes
// the connection and opens one of its own.
#include <network/reachability_state.h>

#include <algorithm>

namespace glacis::network {
namespace {
    using inventory::Kind;

    Verdict better(Verdict a, Verdict b) { return std::min(a, b); }
    Verdict worse(Verdict a, Verdict b) { return std::max(a, b); }

    // GEP-1762 (generated Gateways), and Envoy Gateway's own.
    constexpr std::string_view GatewayLabels[]
        = { "gateway.networking.k8s.io/gateway-name", "gateway.envoyproxy.io/owning-gateway-name" };
}

std::vector<std::string_view> Reachability::State::protocolsOf(const Opening& opening) const
{
    std::vector<std::string_view> out;
    const auto add = [&](std::string_view protocol) {
        if (const auto number = protocolNumber(protocol))
            out.push_back(protocolName(*number));
    };
    if (opening.via == Via::Ingress || opening.via == Via::Gateway)
        add("TCP");
    else if (opening.service.valid()) {
        for (const auto& port : inventory.services[inventory.object(opening.service).typed].ports)
            if ((opening.via == Via::NodePort ? port.nodePort : port.port) == opening.port)
                add(port.protocol);
    } else if (const auto* spec
        = inventory.spec(inventory.workloads[inventory.owners[opening.owner].workload])) {
        for (const auto& container : spec->containers)
            for (const auto& port : container.ports)
                if (port.containerPort == opening.targetPort)
                    add(port.protocol);
    }
    if (out.empty())
        add("TCP");
    return out;
}

bool Reachability::State::keepsSource(const Opening& opening) const
{
    if (!opening.service.valid())
        return true; // hostPort: the portmap plugin only rewrites the target
    const auto& service = inventory.services[inventory.object(opening.service).typed];
    return service.externalTrafficPolicy == "Local";
}

std::vector<std::uint32_t> Reachability::State::nodesFacing(const Opening& opening) const
{
    std::vector<std::uint32_t> out;
    const auto hasPublic = [&](std::uint32_t node) {
        const auto& addresses = inventory.nodes[node].addresses;
        return std::any_of(addresses.begin(), addresses.end(),
            [](const auto& address) { return isPublicAddress(address.address); });
    };
    if (opening.via == Via::HostPort || opening.via == Via::HostNetwork) {
        out = profiles.nodesOf(opening.owner);
        if (std::any_of(out.begin(), out.end(), hasPublic))
            std::erase_if(out, [&](std::uint32_t node) { return !hasPublic(node); });
        return out;
    }
    for (std::uint32_t node = 0; node < inventory.nodes.size(); ++node) {
        const auto& addresses = inventory.nodes[node].addresses;
        const bool faces = opening.via == Via::NodePort
            ? hasPublic(node)
            : std::any_of(addresses.begin(), addresses.end(),
                [&](const auto& address) { return address.address == opening.address; });
        if (faces)
            out.push_back(node);
    }
    return out;
}

// Barred when every node by which one could come in is.
const Filter* Reachability::State::barredAtEdge(const Opening& opening) const
{
    if (!filters.any(Chain::Edge))
        return nullptr;
    std::vector<std::uint32_t> nodes = nodesFacing(opening);
    if (nodes.empty())
        nodes.push_back(None);
    const Filter* bars = nullptr;
    for (const std::uint32_t node : nodes) {
        const std::string_view name
            = node == None ? std::string_view() : inventory.object(inventory.nodes[node].id).name.view();
        bars = filters.barring(filters.of(name, Chain::Edge), opening.port,
            [&](const Filter& filter) { return judge.admits(filter, Outside {}); });
        if (!bars)
            return nullptr;
    }
    return bars;
}

// Barred when it is on every node where the workload runs.
const Filter* Reachability::State::barredInChain(
    std::uint32_t owner, Chain chain, std::int32_t port, Outside outside) const
{
    if (!filters.any(chain))
        return nullptr;
    std::vector<std::uint32_t> nodes = profiles.nodesOf(owner);
    if (nodes.empty())
        nodes.push_back(None);
    const Filter* bars = nullptr;
    for (const std::uint32_t node : nodes) {
        const std::string_view name
            = node == None ? std::string_view() : inventory.object(inventory.nodes[node].id).name.view();
        bars = filters.barring(filters.of(name, chain), port,
            [&](const Filter& filter) { return judge.admits(filter, outside); });
        if (!bars)
            return nullptr;
    }
    return bars;
}

std::vector<std::uint32_t> Reachability::State::controllersOf(const Opening& opening) const
{
    const inventory::Object& front = inventory.object(opening.front);
    if (front.kind == Kind::Ingress)
        return exposure.controllersOf(inventory.ingresses[front.typed]);
    std::vector<std::uint32_t> out;
    if (front.kind != Kind::HttpRoute)
        return out;
    for (const auto& parent : inventory.routes[front.typed].parents)
        for (std::uint32_t owner = 0; owner < inventory.owners.size(); ++owner) {
            const auto& workload = inventory.workloads[inventory.owners[owner].workload];
            const bool serves
                = std::any_of(std::begin(GatewayLabels), std::end(GatewayLabels), [&](std::string_view key) {
                      const Str* name = inventory::find(workload.podLabels, key);
                      return name && *name == parent.name;
                  });
            if (serves)
                out.push_back(owner);
        }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// Into the controller, by whatever opens it, then from its pods to the target.
Verdict Reachability::State::passesController(const Opening& opening, std::uint32_t controller) const
{
    Verdict into = Verdict::Denied;
    bool opened = false;
    for (const bool samePort : { true, false }) {
        for (const Opening* own : exposure.openingsOf(controller)) {
            if (own->via == Via::Ingress || own->via == Via::Gateway
                || (samePort && own->port != opening.port))
                continue;
            opened = true;
            into = better(into, passes(*own));
        }
        if (opened)
            break;
    }
    if (!opened) // something that we do not see forwards to it
        into = Verdict::Allowed;
    const Reached onward = reached(sourceOfOwner[controller], targetOfOwner[opening.owner]);
    const bool near = meetOnNode(controller, opening.owner);
    const Verdict out = near      ? Verdict::Allowed
        : opening.targetPort == 0 ? onward.best()
                                  : onward.at({ "TCP", opening.targetPort });
    return worse(into, out);
}

Verdict Reachability::State::passes(const Opening& opening) const
{
    if (barredAtEdge(opening))
        return Verdict::Denied;
    if (opening.via == Via::HostNetwork)
        return barredInChain(opening.owner, Chain::Input, opening.targetPort, {}) ? Verdict::Denied
                                                                                  : Verdict::Allowed;
    Verdict best = Verdict::Denied;
    const bool proxied = opening.via == Via::Ingress || opening.via == Via::Gateway;
    if (proxied) {
        const auto controllers = controllersOf(opening);
        for (const std::uint32_t controller : controllers)
            best = better(best, passesController(opening, controller));
        if (!controllers.empty())
            return best;
    }
    const Outside outside { !keepsSource(opening) };
    const bool barred = !proxied && barredInChain(opening.owner, Chain::Forward, opening.targetPort, outside);
    const auto protocols = protocolsOf(opening);
    for (const std::uint32_t number : profiles.targetsIn(targetSet[targetOfOwner[opening.owner]])) {
        const TargetProfile& target = profiles.targets()[number];
        if (barred && !target.host)
            continue;
        const Reached reached = proxied ? judge.fromSomewhere(target) : judge.fromOutside(outside, target);
        if (opening.targetPort == 0)
            best = better(best, reached.best());
        for (const std::string_view protocol : protocols)
            best = better(best, reached.at({ protocol, opening.targetPort }));
    }
    return best;
}

Verdict Reachability::fromInternet(const Opening& opening) const
{
    switch (opening.reach) {
    case Reach::Public:
        return m_state->passes(opening);
    case Reach::Unknown:
        return worse(Verdict::Unknown, m_state->passes(opening));
    case Reach::Restricted:
    case Reach::Private:
        break;
    }
    return Verdict::Denied;
}

Verdict Reachability::fromInternetToNode(std::uint32_t node, Port port) const
{
    const State& s = *m_state;
    const std::string_view name
        = node < s.inventory.nodes.size() ? s.inventory.object(s.inventory.nodes[node].id).name.view() : "";
    const auto admits = [&](const Filter& filter) { return s.judge.admits(filter, Outside {}); };
    for (const Chain chain : { Chain::Edge, Chain::Input })
        if (s.filters.barring(s.filters.of(name, chain), port.number, admits))
            return Verdict::Denied;
    return Verdict::Allowed;
}

} // namespace glacis::network
