// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of World that knows where workloads listen, and to whom their own configuration sends them.
#include <attack/world.h>

#include <algorithm>

#include <base/text.h>
#include <network/addresses.h>

namespace glacis::attack {

void World::findPorts()
{
    m_ports.resize(inventory.owners.size());
    for (OwnerIndex owner = 0; owner < inventory.owners.size(); ++owner) {
        const auto add = [&](const inventory::PodSpec* spec) {
            if (!spec)
                return;
            for (const Container& container : spec->containers)
                for (const auto& port : container.ports)
                    m_ports[owner].push_back(port.containerPort);
        };
        const inventory::Owner& entry = inventory.owners[owner];
        add(inventory.spec(inventory.workloads[entry.workload]));
        for (const std::uint32_t pod : entry.deviating)
            add(inventory.spec(inventory.workloads[pod]));
    }
    for (const inventory::Service& service : inventory.services)
        for (const OwnerIndex owner : exposure.ownersSelectedBy(service))
            for (const auto& port : service.ports)
                if (port.targetPort.name.empty())
                    m_ports[owner].push_back(
                        port.targetPort.number != 0 ? port.targetPort.number : port.port);
    for (const network::Opening& opening : exposure.openings())
        if (opening.targetPort > 0)
            m_ports[opening.owner].push_back(opening.targetPort);
    for (const auto& [owner, facts] : m_exploitable)
        for (const auto* observed : facts)
            if (observed->fact.port != 0)
                m_ports[owner].push_back(observed->fact.port);
    for (auto& ports : m_ports) {
        std::sort(ports.begin(), ports.end());
        ports.erase(std::unique(ports.begin(), ports.end()), ports.end());
    }
}

std::int32_t World::portNamed(OwnerIndex owner, std::string_view name) const
{
    std::int32_t found = 0;
    forEachPodOf(owner, [&](const PodView& pod) {
        for (const Container& container : pod.spec.containers)
            for (const auto& port : container.ports)
                if (found == 0 && port.name == name)
                    found = port.containerPort;
    });
    return found;
}

// "db", "db.vote", "db.vote.svc.cluster.local": the names that the cluster's own DNS answers. Most literals
// are no such name, and are let go before anything is made of them.
std::optional<std::uint32_t> World::serviceNamed(std::string_view ns, std::string_view host) const
{
    const std::size_t dot = host.find('.');
    const auto at = m_servicesByName.find(host.substr(0, dot));
    if (at == m_servicesByName.end())
        return std::nullopt;
    if (dot != std::string_view::npos) {
        const std::string_view rest = host.substr(dot + 1);
        const std::size_t second = rest.find('.');
        ns = rest.substr(0, second);
        if (second != std::string_view::npos) {
            const std::string_view zone = rest.substr(second + 1);
            if (zone.substr(0, zone.find('.')) != "svc")
                return std::nullopt;
        }
    }
    for (const std::uint32_t i : at->second)
        if (inventory.object(inventory.services[i].id).ns == ns)
            return i;
    return std::nullopt;
}

void World::addFlow(
    OwnerIndex from, const inventory::Service& service, std::int32_t port, const Justification& because)
{
    for (const OwnerIndex to : exposure.ownersSelectedBy(service)) {
        for (const auto& p : service.ports) {
            if (port != 0 && p.port != port)
                continue;
            const std::int32_t target
                = p.targetPort.name.empty() ? p.targetPort.number : portNamed(to, p.targetPort.name);
            const std::int32_t at = target != 0 ? target : p.port;
            const bool known = std::any_of(m_flows[from].begin(), m_flows[from].end(),
                [&](const Flow& flow) { return flow.to == to && flow.port == at; });
            if (!known && to != from)
                m_flows[from].push_back({ to, at, because });
        }
    }
}

namespace {
    /// A host alone, with a port, or inside a URL; the credential part is redacted by now. Empty host: none.
    network::HostAndPort hostIn(std::string_view value)
    {
        if (value.find("://") != std::string_view::npos) {
            const network::UrlParts url = network::parseUrl(value);
            return { url.host, url.port };
        }
        const bool plain = value.size() > 1 && value.find_first_of(" /=,;{[(") == std::string_view::npos
            && value.find_first_not_of("0123456789.") != std::string_view::npos;
        return plain ? network::splitHostAndPort(value) : network::HostAndPort {};
    }
}

void World::findFlows()
{
    m_flows.resize(inventory.owners.size());
    for (std::uint32_t i = 0; i < inventory.services.size(); ++i)
        m_servicesByName[inventory.object(inventory.services[i].id).name.view()].push_back(i);
    forEachContainer([&](const PodView& pod, const Container& container) {
        for (std::size_t i = 0; i < container.env.size(); ++i) {
            const inventory::EnvVar& variable = container.env[i];
            if (variable.source != inventory::EnvSource::Literal || !variable.hasValue
                || variable.value.size() > 200)
                continue;
            const network::HostAndPort named = hostIn(variable.value);
            const auto service = named.host.empty() ? std::nullopt : serviceNamed(pod.object.ns, named.host);
            if (service)
                addFlow(pod.owner, inventory.services[*service], named.port,
                    pod.at("", container, "env[" + std::to_string(i) + "].value",
                        variable.name.str() + " names " + named.host));
        }
        for (const inventory::CredentialLiteral& literal : container.literals) {
            const auto service
                = literal.urlHost.empty() ? std::nullopt : serviceNamed(pod.object.ns, literal.urlHost);
            if (service)
                addFlow(pod.owner, inventory.services[*service],
                    static_cast<std::int32_t>(parseInteger(literal.urlPort).value_or(0)),
                    pod.at(
                        "", container, literal.path, literal.key.str() + " names " + literal.urlHost.str()));
        }
    });
}

} // namespace glacis::attack
