// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ingress and Gateway API: front door → route → Service port → workload.
#include <network/exposure_builder.h>

#include <base/text.h>
#include <network/addresses.h>
#include <network/admin_interfaces.h>

#include <algorithm>
#include <optional>

namespace glacis::network {
namespace {
    using inventory::Gateway;
    using inventory::GatewayListener;
    using inventory::Ingress;
    using inventory::IngressBackend;
    using inventory::Kind;
    using inventory::Route;
    using inventory::RouteParent;
    using inventory::Service;
    using inventory::ServicePort;

    /// Which image runs the controller that an IngressClass names, and the class name that it takes when
    /// there is no IngressClass object to look at.
    struct Controller {
        std::string_view name; ///< IngressClass spec.controller
        std::string_view className; ///< usual
        std::string_view image; ///< the end of its repository
    };
    constexpr Controller Controllers[] = {
        { "k8s.io/ingress-nginx", "nginx", "ingress-nginx/controller" },
        { "k8s.io/ingress-nginx", "nginx", "nginx-ingress-controller" },
        { "nginx.org/ingress-controller", "", "nginx/nginx-ingress" },
        { "traefik.io/ingress-controller", "traefik", "traefik" },
        { "haproxy.org/ingress-controller/haproxy", "haproxy", "haproxytech/kubernetes-ingress" },
        { "haproxy-ingress.github.io/controller", "", "haproxy-ingress" },
        { "ingress-controllers.konghq.com/kong", "kong", "kong/kubernetes-ingress-controller" },
    };

    const ServicePort* findPort(const Service& service, const inventory::PortNumberOrName& wanted)
    {
        for (const ServicePort& port : service.ports)
            if (wanted.number > 0 ? port.port == wanted.number : port.name == wanted.name)
                return &port;
        return nullptr;
    }

    /// What two host patterns have in common; nothing when they exclude each other. Empty means any host.
    std::optional<std::string> commonHost(std::string_view a, std::string_view b)
    {
        if (a.empty() || a == b)
            return std::string(b);
        if (b.empty())
            return std::string(a);
        const auto within = [](std::string_view wildcard, std::string_view host) {
            return wildcard.starts_with("*.") && host.ends_with(wildcard.substr(1))
                && host.size() >= wildcard.size();
        };
        if (within(a, b))
            return std::string(b);
        if (within(b, a))
            return std::string(a);
        return std::nullopt;
    }

    /// Gateway API "supported kinds": which routes a listener's protocol takes when it lists none.
    bool protocolTakes(std::string_view protocol, std::string_view routeKind)
    {
        if (protocol == "HTTP" || protocol == "HTTPS")
            return routeKind == "HTTPRoute" || routeKind == "GRPCRoute";
        if (protocol == "TLS")
            return routeKind == "TLSRoute" || routeKind == "TCPRoute";
        if (protocol == "TCP")
            return routeKind == "TCPRoute";
        if (protocol == "UDP")
            return routeKind == "UDPRoute";
        return true; // an implementation's own protocol
    }
}

void ExposureBuilder::findControllers()
{
    std::unordered_map<std::uint32_t, std::string_view> nameOf;
    for (std::uint32_t i = 0; i < m_inventory.owners.size(); ++i)
        if (const auto* spec = m_inventory.spec(m_inventory.workloads[m_inventory.owners[i].workload]))
            for (const auto& container : spec->containers)
                for (const Controller& controller : Controllers)
                    if (parseImage(container.image).endsWith(controller.image))
                        nameOf.emplace(i, controller.name);
    for (std::uint32_t i = 0; i < m_inventory.owners.size(); ++i)
        if (const auto controller = nameOf.find(i); controller != nameOf.end())
            m_out.m_controllers.emplace_back(controller->second, i);
    for (const Opening& opening : m_out.m_openings) {
        const auto controller = opening.address.empty() ? nameOf.end() : nameOf.find(opening.owner);
        if (controller == nameOf.end())
            continue;
        auto& addresses = m_controllers[controller->second];
        const bool known = std::any_of(addresses.begin(), addresses.end(),
            [&](const FrontAddress& front) { return front.address == opening.address; });
        if (!known && addresses.size() < 64)
            addresses.push_back({ opening.address, opening.reach });
    }
    for (const Controller& controller : Controllers)
        if (!controller.className.empty())
            m_classes.emplace(controller.className, controller.name);
    for (const auto& ingressClass : m_inventory.ingressClasses) {
        m_classes[m_inventory.object(ingressClass.id).name] = ingressClass.controller;
        if (ingressClass.isDefault)
            m_classes[{}] = ingressClass.controller;
    }
    m_out.m_controllerOfClass = m_classes;
}

std::vector<std::uint32_t> Exposure::controllersOf(const Ingress& ingress) const
{
    std::vector<std::uint32_t> out;
    const auto wanted = m_controllerOfClass.find(ingress.className.view());
    for (const auto& [controller, owner] : m_controllers)
        if (wanted == m_controllerOfClass.end() || controller == wanted->second)
            out.push_back(owner);
    return out;
}

std::vector<FrontAddress> ExposureBuilder::addressesFor(const Ingress& ingress) const
{
    auto addresses = ingressAddresses(m_inventory, ingress, m_dns);
    if (!addresses.front().address.empty() || addresses.front().reach != Reach::Unknown)
        return addresses;
    const auto controller = m_classes.find(ingress.className.view());
    const auto known
        = controller == m_classes.end() ? m_controllers.end() : m_controllers.find(controller->second);
    return known == m_controllers.end() ? addresses : known->second;
}

void ExposureBuilder::openIngresses()
{
    m_out.m_ingresses.reserve(m_inventory.ingresses.size());
    if (m_inventory.ingresses.empty())
        return;
    findControllers();
    for (const Ingress& ingress : m_inventory.ingresses) {
        m_out.m_ingresses.push_back(addressesFor(ingress));
        limitByBalancer(m_out.m_ingresses.back());
        openIngress(ingress, m_out.m_ingresses.back());
    }
}

void ExposureBuilder::openIngress(const Ingress& ingress, const std::vector<FrontAddress>& addresses)
{
    const std::string_view ns = m_inventory.object(ingress.id).ns;
    std::unordered_set<std::string> done; // one Service behind many paths of a host is one opening
    const auto open = [&](const IngressBackend& backend, std::string_view host) {
        const Service* service = backend.service.empty() ? nullptr : findService(ns, backend.service);
        const ServicePort* port = service ? findPort(*service, backend.port) : nullptr;
        if (!port)
            return;
        if (!done.insert(std::string(host) + '\n' + backend.service.str() + '\n' + std::to_string(port->port))
                 .second)
            return;
        const bool tls = std::any_of(ingress.tls.begin(), ingress.tls.end(), [&](const auto& entry) {
            return entry.hosts.empty()
                || std::any_of(entry.hosts.begin(), entry.hosts.end(),
                    [&](Str covered) { return commonHost(canonicalHost(covered), host).has_value(); });
        });
        for (const FrontAddress& front : addresses)
            for (const std::uint32_t owner : ownersOf(*service))
                add({ owner, Via::Ingress, front.reach, service->id, ingress.id, tls ? 443 : 80,
                    targetPort(owner, *port), front.address, std::string(host) });
    };
    open(ingress.defaultBackend, {});
    for (const auto& rule : ingress.rules)
        for (const auto& path : rule.paths)
            open(path.backend, canonicalHost(rule.host));
}

void ExposureBuilder::attach(const Route& route, const RouteParent& parent)
{
    const inventory::Object& object = m_inventory.object(route.id);
    if ((!parent.kind.empty() && parent.kind != "Gateway")
        || (!parent.group.empty() && parent.group != "gateway.networking.k8s.io"))
        return;
    const std::string_view ns = parent.ns.empty() ? object.ns : parent.ns;
    const ObjectId id = m_inventory.find(Kind::Gateway, ns, parent.name);
    if (!id.valid())
        return;
    const Gateway& gateway = m_inventory.gateways[m_inventory.object(id).typed];
    for (const GatewayListener& listener : gateway.listeners) {
        if ((!parent.sectionName.empty() && parent.sectionName != listener.name)
            || (parent.port != 0 && parent.port != listener.port))
            continue;
        // "Selector" is not kept of the object: taken as admitted, so that no opening is missed.
        const bool same = listener.allowedFrom.empty() || listener.allowedFrom == "Same";
        if (listener.allowedFrom == "None" || (same && ns != object.ns.view())
            || !protocolTakes(listener.protocol, object.kindName))
            continue;
        Attachment attachment { &gateway, &listener, &route, {} };
        const std::string own = canonicalHost(listener.hostname);
        bool attached = route.hostnames.empty();
        if (attached && !own.empty())
            attachment.hosts.push_back(own);
        for (const Str host : route.hostnames)
            if (const auto common = commonHost(own, canonicalHost(host))) {
                attachment.hosts.push_back(*common);
                attached = true;
            }
        if (attached)
            m_attachments.push_back(std::move(attachment));
    }
}

void ExposureBuilder::openGateways()
{
    for (const Route& route : m_inventory.routes)
        for (const RouteParent& parent : route.parents)
            attach(route, parent);
    if (m_attachments.empty())
        return;
    // A backend in another namespace needs a ReferenceGrant there; its details are not kept, its presence is.
    std::unordered_set<std::string_view> granted;
    for (const inventory::Object& object : m_inventory.objects)
        if (object.kind == Kind::Other && object.kindName == "ReferenceGrant")
            granted.insert(object.ns);
    std::unordered_map<const Gateway*, std::vector<FrontAddress>> addresses;
    for (const Attachment& attachment : m_attachments) {
        auto& fronts = addresses[attachment.gateway];
        if (fronts.empty()) {
            fronts = gatewayAddresses(m_inventory, *attachment.gateway, m_dns);
            limitByBalancer(fronts);
        }
        const std::string_view routeNs = m_inventory.object(attachment.route->id).ns;
        for (const auto& backend : attachment.route->backends) {
            if (!backend.group.empty() || (!backend.kind.empty() && backend.kind != "Service"))
                continue;
            const std::string_view ns = backend.ns.empty() ? routeNs : backend.ns;
            const Service* service
                = ns == routeNs || granted.contains(ns) ? findService(ns, backend.name) : nullptr;
            const ServicePort* port = service ? findPort(*service, { backend.port, {} }) : nullptr;
            if (!port)
                continue;
            const std::vector<std::string> any(1);
            for (const std::string& host : attachment.hosts.empty() ? any : attachment.hosts)
                for (const FrontAddress& front : fronts)
                    for (const std::uint32_t owner : ownersOf(*service))
                        add({ owner, Via::Gateway, front.reach, service->id, attachment.route->id,
                            attachment.listener->port, targetPort(owner, *port), front.address, host });
        }
    }
}

} // namespace glacis::network
