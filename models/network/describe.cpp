// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Openings in words and as evidence.
#include <network/exposure.h>

#include <base/text.h>

namespace glacis::network {
namespace {
    using inventory::Kind;

    std::string element(std::string_view list, std::size_t index, std::string_view field)
    {
        return std::string(list) + '[' + std::to_string(index) + "]." + std::string(field);
    }

    std::string withPort(std::string text, std::int32_t port)
    {
        const bool v6 = text.find(':') != std::string::npos;
        if (v6 && port != 0)
            text = std::string(1, '[').append(text).append("]");
        return port == 0 ? text : text.append(":").append(std::to_string(port));
    }

    OpeningField ingressField(const Inventory& inventory, const Opening& opening)
    {
        const auto& ingress = inventory.ingresses[inventory.object(opening.front).typed];
        for (std::size_t i = 0; i < ingress.rules.size(); ++i)
            if (equalsIgnoringCase(ingress.rules[i].host, opening.host))
                return { opening.front, element("spec.rules", i, opening.host.empty() ? "http" : "host"),
                    opening.host.empty() ? "any host" : opening.host };
        return { opening.front, "spec.defaultBackend", "any host" };
    }

    OpeningField routeField(const Inventory& inventory, const Opening& opening)
    {
        const auto& route = inventory.routes[inventory.object(opening.front).typed];
        for (std::size_t i = 0; i < route.hostnames.size(); ++i)
            if (equalsIgnoringCase(route.hostnames[i], opening.host))
                return { opening.front, "spec.hostnames[" + std::to_string(i) + "]", opening.host };
        return { opening.front, "spec.parentRefs", opening.host.empty() ? "any host" : opening.host };
    }

    OpeningField serviceField(const Inventory& inventory, const Opening& opening)
    {
        const auto& service = inventory.services[inventory.object(opening.service).typed];
        if (opening.via == Via::ExternalIp) {
            for (std::size_t i = 0; i < service.externalIps.size(); ++i)
                if (service.externalIps[i] == opening.address)
                    return { opening.service, "spec.externalIPs[" + std::to_string(i) + "]",
                        opening.address };
        }
        if (opening.via == Via::NodePort && opening.port != 0) {
            for (std::size_t i = 0; i < service.ports.size(); ++i)
                if (service.ports[i].nodePort == opening.port)
                    return { opening.service, element("spec.ports", i, "nodePort"),
                        std::to_string(opening.port) };
        }
        return { opening.service, "spec.type", service.type.str() };
    }

    OpeningField hostField(const Inventory& inventory, const Opening& opening)
    {
        const auto& workload = inventory.workloads[inventory.owners[opening.owner].workload];
        const std::string specPath(inventory::info(workload.kind).podSpecPath);
        if (opening.via == Via::HostNetwork)
            return { workload.id, specPath + ".hostNetwork", "true" };
        if (const auto* spec = inventory.spec(workload))
            for (const auto& container : spec->containers)
                for (std::size_t i = 0; i < container.ports.size(); ++i)
                    if (container.ports[i].hostPort == opening.port)
                        return { workload.id,
                            specPath + "." + container.path() + "." + element("ports", i, "hostPort"),
                            std::to_string(opening.port) };
        return { workload.id, specPath, std::to_string(opening.port) };
    }
}

std::string describe(const Inventory& inventory, const Opening& opening)
{
    std::string text;
    if (opening.front.valid())
        text = inventory.label(opening.front);
    else if (opening.service.valid())
        text = std::string(name(opening.via)) + " " + inventory.label(opening.service);
    else
        text = std::string(name(opening.via));
    if (!opening.address.empty())
        text += " at " + withPort(opening.address, opening.port);
    else if (opening.port != 0)
        text += ", port " + std::to_string(opening.port);
    if (!opening.host.empty())
        text += " (" + opening.host + ")";
    return text;
}

OpeningField fieldOf(const Inventory& inventory, const Opening& opening)
{
    if (opening.via == Via::Ingress && opening.front.valid())
        return ingressField(inventory, opening);
    if (opening.via == Via::Gateway && opening.front.valid())
        return routeField(inventory, opening);
    return opening.service.valid() ? serviceField(inventory, opening) : hostField(inventory, opening);
}

} // namespace glacis::network
