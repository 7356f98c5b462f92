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

std::optional<std::uint32_t> World::serviceIndex(std::string_view ns, std::string_view name) const
{
    const auto at = m_servicesByName.find(name);
    if (at == m_servicesByName.end())
        return std::nullopt;
    for (const std::uint32_t i : at->second)
        if (inventory.object(inventory.services[i].id).ns == ns)
            return i;
    return std::nullopt;
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

// "db", "db.vote", "db.vote.svc.cluster.local": the names that the cluster's own DNS answers.
void World::addFlow(
    OwnerIndex from, std::string_view ns, std::string_view host, std::int32_t port, Justification because)
{
    const std::vector<std::string_view> labels = split(host, '.');
    if (labels.empty() || labels[0].empty() || (labels.size() > 2 && labels[2] != "svc"))
        return;
    const auto service = serviceIndex(labels.size() > 1 ? labels[1] : ns, labels[0]);
    if (!service)
        return;
    for (const OwnerIndex to : exposure.ownersSelectedBy(inventory.services[*service])) {
        for (const auto& p : inventory.services[*service].ports) {
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
            // A host alone, with a port, or inside a URL; the credential part is redacted by now.
            const std::string_view value = variable.value;
            std::string host;
            std::int32_t port = 0;
            if (value.find("://") != std::string_view::npos) {
                const network::UrlParts url = network::parseUrl(value);
                host = url.host;
                port = url.port;
            } else if (value.find(' ') == std::string_view::npos
                && value.find('/') == std::string_view::npos) {
                const network::HostAndPort parts = network::splitHostAndPort(value);
                host = parts.host;
                port = parts.port;
            }
            if (!host.empty())
                addFlow(pod.owner, pod.object.ns, host, port,
                    pod.at("", container, "env[" + std::to_string(i) + "].value",
                        variable.name.str() + " names " + host));
        }
        for (const inventory::CredentialLiteral& literal : container.literals)
            if (!literal.urlHost.empty())
                addFlow(pod.owner, pod.object.ns, literal.urlHost,
                    static_cast<std::int32_t>(parseInteger(literal.urlPort).value_or(0)),
                    pod.at(
                        "", container, literal.path, literal.key.str() + " names " + literal.urlHost.str()));
    });
}

} // namespace glacis::attack
