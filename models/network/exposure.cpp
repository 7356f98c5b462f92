// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/exposure.h>

#include <network/addresses.h>
#include <network/exposure_builder.h>

#include <algorithm>
#include <tuple>

namespace glacis::network {
namespace {
    using inventory::Kind;
    using inventory::PodSpec;
    using inventory::Service;
    using inventory::ServicePort;

    // A person reads a dozen openings of one workload; the caps only bound hostile input (thousands of
    // Services that all select thousands of workloads).
    constexpr std::uint16_t MaxOpeningsPerOwner = 256;
    constexpr std::size_t MaxOpenings = 2'000'000;

    auto order(const Opening& o)
    {
        return std::tie(o.owner, o.via, o.service, o.front, o.port, o.targetPort, o.address, o.host);
    }

    template <class T>
    const std::vector<FrontAddress>& at(const std::vector<std::vector<FrontAddress>>& lists,
        const std::vector<T>& items, const Inventory& inventory, ObjectId id)
    {
        static const std::vector<FrontAddress> Nothing;
        const std::uint32_t index = inventory.object(id).typed;
        return index < lists.size() && index < items.size() && items[index].id == id ? lists[index] : Nothing;
    }
}

std::string_view name(Via via)
{
    switch (via) {
    case Via::LoadBalancer:
        return "LoadBalancer";
    case Via::NodePort:
        return "NodePort";
    case Via::ExternalIp:
        return "externalIPs";
    case Via::HostPort:
        return "hostPort";
    case Via::HostNetwork:
        return "host network";
    case Via::Ingress:
        return "Ingress";
    case Via::Gateway:
        return "Gateway";
    }
    return {};
}

Exposure::Exposure(const Inventory& inventory)
    : m_selection(std::make_unique<SelectionIndex>(inventory))
    , m_inventory(inventory)
{
    ExposureBuilder(*this).build();
}

Exposure::~Exposure() = default;
Exposure::Exposure(Exposure&&) noexcept = default;

std::vector<const Opening*> Exposure::openingsOf(std::uint32_t owner) const
{
    std::vector<const Opening*> out;
    const auto first = std::lower_bound(m_openings.begin(), m_openings.end(), owner,
        [](const Opening& o, std::uint32_t wanted) { return o.owner < wanted; });
    for (auto it = first; it != m_openings.end() && it->owner == owner; ++it)
        out.push_back(&*it);
    return out;
}

bool Exposure::isExposed(std::uint32_t owner) const
{
    const auto openings = openingsOf(owner);
    return std::any_of(openings.begin(), openings.end(), [](const Opening* o) {
        if (o->reach == Reach::Public)
            return true;
        // Made to be reached from outside, only that no status says where yet.
        const bool frontDoor
            = o->via == Via::LoadBalancer || o->via == Via::Ingress || o->via == Via::Gateway;
        return frontDoor && o->reach == Reach::Unknown;
    });
}

const AdminMatch* Exposure::adminOf(std::uint32_t owner) const
{
    const auto found = std::lower_bound(m_admins.begin(), m_admins.end(), owner,
        [](const auto& entry, std::uint32_t wanted) { return entry.first < wanted; });
    return found != m_admins.end() && found->first == owner ? &found->second : nullptr;
}

std::vector<std::uint32_t> Exposure::ownersSelectedBy(const Service& service) const
{
    const std::uint32_t index = m_inventory.object(service.id).typed;
    return index < m_ownersOfService.size() ? m_ownersOfService[index] : std::vector<std::uint32_t>();
}

const std::vector<FrontAddress>& Exposure::addressesOf(const inventory::Ingress& ingress) const
{
    return at(m_ingresses, m_inventory.ingresses, m_inventory, ingress.id);
}

const std::vector<FrontAddress>& Exposure::addressesOf(const Service& service) const
{
    return at(m_loadBalancers, m_inventory.services, m_inventory, service.id);
}

// ---- building

ExposureBuilder::ExposureBuilder(Exposure& exposure)
    : m_out(exposure)
    , m_inventory(exposure.m_inventory)
    , m_dns(m_inventory)
    , m_perOwner(m_inventory.owners.size())
{
}

void ExposureBuilder::build()
{
    readNodes();
    selectOwners();
    openServices();
    openHosts();
    openIngresses();
    openGateways();
    finishOpenings();
    for (std::uint32_t i = 0; i < m_inventory.owners.size(); ++i)
        if (auto match = adminInterface(m_inventory, m_inventory.workloads[m_inventory.owners[i].workload]))
            m_out.m_admins.emplace_back(i, std::move(*match));
    shareAddresses();
}

void ExposureBuilder::add(Opening opening)
{
    if (m_perOwner[opening.owner] >= MaxOpeningsPerOwner || m_out.m_openings.size() >= MaxOpenings)
        return;
    ++m_perOwner[opening.owner];
    m_out.m_openings.push_back(std::move(opening));
}

void ExposureBuilder::finishOpenings()
{
    auto& openings = m_out.m_openings;
    std::sort(
        openings.begin(), openings.end(), [](const auto& a, const auto& b) { return order(a) < order(b); });
    const auto last = std::unique(
        openings.begin(), openings.end(), [](const auto& a, const auto& b) { return order(a) == order(b); });
    openings.erase(last, openings.end());
}

void ExposureBuilder::readNodes()
{
    for (const inventory::Node& node : m_inventory.nodes) {
        NodeAddresses& entry = m_nodes[m_inventory.object(node.id).name];
        for (const auto& address : node.addresses) {
            if (address.type != "ExternalIP" && address.type != "InternalIP")
                continue;
            if (entry.publicAddress.empty() && isPublicAddress(address.address))
                entry.publicAddress = address.address.str();
            if (entry.anyAddress.empty())
                entry.anyAddress = address.address.str();
        }
        if (m_out.m_publicNodeAddress.empty())
            m_out.m_publicNodeAddress = entry.publicAddress;
    }
}

void ExposureBuilder::readEndpoints()
{
    m_endpointsRead = true;
    for (const inventory::Endpoints& endpoints : m_inventory.endpoints)
        m_endpoints[{ m_inventory.object(endpoints.id).ns, endpoints.service, {} }].push_back(&endpoints);
    for (std::uint32_t i = 0; i < m_inventory.workloads.size(); ++i)
        if (const auto& workload = m_inventory.workloads[i];
            workload.kind == Kind::Pod && !workload.podIp.empty())
            m_ownerOfIp.emplace(workload.podIp.view(), m_inventory.ownerOfWorkload[i]);
}

std::vector<std::uint32_t> ExposureBuilder::ownersByEndpoints(const Service& service)
{
    if (!m_endpointsRead)
        readEndpoints();
    std::vector<std::uint32_t> out;
    const inventory::Object& object = m_inventory.object(service.id);
    const auto found = m_endpoints.find({ object.ns, object.name, {} });
    if (found == m_endpoints.end())
        return out;
    for (const inventory::Endpoints* endpoints : found->second) {
        for (const inventory::Endpoint& endpoint : endpoints->endpoints) {
            if (endpoint.targetKind == "Pod") {
                const std::string_view ns
                    = endpoint.targetNamespace.empty() ? object.ns : endpoint.targetNamespace;
                if (const ObjectId pod = m_inventory.find(Kind::Pod, ns, endpoint.targetName); pod.valid()) {
                    out.push_back(m_inventory.ownerOfWorkload[m_inventory.object(pod).typed]);
                    continue;
                }
            }
            for (const Str address : endpoint.addresses)
                if (const auto owner = m_ownerOfIp.find(address.view()); owner != m_ownerOfIp.end())
                    out.push_back(owner->second);
        }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

void ExposureBuilder::selectOwners()
{
    auto& owners = m_out.m_ownersOfService;
    owners.resize(m_inventory.services.size());
    for (std::size_t i = 0; i < owners.size(); ++i) {
        const Service& service = m_inventory.services[i];
        if (service.type == "ExternalName")
            continue;
        owners[i] = service.selector.empty()
            ? ownersByEndpoints(service)
            : m_out.m_selection->select(m_inventory.object(service.id).ns, service.selector);
    }
}

void ExposureBuilder::limitByBalancer(std::vector<FrontAddress>& addresses) const
{
    for (FrontAddress& front : addresses)
        if (const auto balancer = m_balancerReach.find(front.address);
            front.reach == Reach::Public && balancer != m_balancerReach.end())
            front.reach = balancer->second;
}

const std::vector<std::uint32_t>& ExposureBuilder::ownersOf(const Service& service) const
{
    return m_out.m_ownersOfService[static_cast<std::size_t>(&service - m_inventory.services.data())];
}

const Service* ExposureBuilder::findService(std::string_view ns, std::string_view name) const
{
    const ObjectId id = m_inventory.find(Kind::Service, ns, name);
    return id.valid() ? &m_inventory.services[m_inventory.object(id).typed] : nullptr;
}

std::int32_t ExposureBuilder::targetPort(std::uint32_t owner, const ServicePort& port) const
{
    if (port.targetPort.number > 0)
        return port.targetPort.number;
    if (port.targetPort.name.empty())
        return port.port;
    const PodSpec* spec = m_inventory.spec(m_inventory.workloads[m_inventory.owners[owner].workload]);
    if (!spec)
        return 0;
    for (const auto& container : spec->containers)
        for (const auto& declared : container.ports)
            if (declared.name == port.targetPort.name)
                return declared.containerPort;
    return 0;
}

void ExposureBuilder::openServices()
{
    m_out.m_loadBalancers.resize(m_inventory.services.size());
    for (std::size_t i = 0; i < m_inventory.services.size(); ++i) {
        const Service& service = m_inventory.services[i];
        if (service.type == "LoadBalancer")
            m_out.m_loadBalancers[i] = loadBalancerAddresses(m_inventory, service, m_dns);
        for (const FrontAddress& front : m_out.m_loadBalancers[i])
            if (!front.address.empty()) {
                const auto [known, added] = m_balancerReach.emplace(front.address, front.reach);
                if (!added && front.reach == Reach::Public)
                    known->second = Reach::Public;
            }
        const auto& owners = m_out.m_ownersOfService[i];
        if (owners.empty())
            continue;
        for (const FrontAddress& front : m_out.m_loadBalancers[i])
            for (const ServicePort& port : service.ports)
                for (const std::uint32_t owner : owners)
                    add({ owner, Via::LoadBalancer, front.reach, service.id, {}, port.port,
                        targetPort(owner, port), front.address, {} });
        for (const Str ip : service.externalIps)
            for (const ServicePort& port : service.ports)
                for (const std::uint32_t owner : owners)
                    add({ owner, Via::ExternalIp, isPublicAddress(ip) ? Reach::Public : Reach::Private,
                        service.id, {}, port.port, targetPort(owner, port), ip.str(), {} });
        openNodePorts(service, owners);
    }
}

void ExposureBuilder::openNodePorts(const Service& service, const std::vector<std::uint32_t>& owners)
{
    // A LoadBalancer Service has node ports too, once they are allocated; its source ranges do not guard
    // them.
    const bool nodePortType = service.type == "NodePort";
    if (!nodePortType && service.type != "LoadBalancer")
        return;
    FrontAddress front { m_out.m_publicNodeAddress, Reach::Public };
    if (front.address.empty())
        front = m_nodes.empty() ? FrontAddress { {}, Reach::Unknown } : FrontAddress { {}, Reach::Private };
    for (const ServicePort& port : service.ports) {
        if (port.nodePort == 0 && !nodePortType)
            continue;
        for (const std::uint32_t owner : owners)
            add({ owner, Via::NodePort, front.reach, service.id, {}, port.nodePort, targetPort(owner, port),
                front.address, {} });
    }
}

FrontAddress ExposureBuilder::nodeAddressFor(std::uint32_t owner) const
{
    bool placed = false;
    std::string inside;
    for (const std::uint32_t index : m_inventory.owners[owner].pods) {
        const auto& pod = m_inventory.workloads[index];
        if (isPublicAddress(pod.hostIp))
            return { pod.hostIp.str(), Reach::Public };
        const auto node = m_nodes.find(pod.nodeName.view());
        if (pod.nodeName.empty() || node == m_nodes.end())
            continue;
        placed = true;
        if (!node->second.publicAddress.empty())
            return { node->second.publicAddress, Reach::Public };
        if (inside.empty())
            inside = node->second.anyAddress;
    }
    if (placed)
        return { inside, Reach::Private };
    if (!m_out.m_publicNodeAddress.empty())
        return { m_out.m_publicNodeAddress, Reach::Public };
    return { {}, m_nodes.empty() ? Reach::Unknown : Reach::Private };
}

void ExposureBuilder::openHostPorts(std::uint32_t owner, const PodSpec& spec)
{
    const bool usesHost = spec.hostNetwork
        || std::any_of(
            spec.containers.begin(), spec.containers.end(), [](const inventory::Container& container) {
                return std::any_of(container.ports.begin(), container.ports.end(),
                    [](const auto& port) { return port.hostPort != 0; });
            });
    if (!usesHost) // most owners: do not walk their pods
        return;
    const FrontAddress node = nodeAddressFor(owner);
    bool declared = false;
    for (const auto& container : spec.containers) {
        for (const auto& port : container.ports) {
            if (!spec.hostNetwork && port.hostPort == 0)
                continue;
            declared = true;
            FrontAddress where = node;
            const auto bound = parseIp(port.hostIp);
            if (bound && bound != parseIp("0.0.0.0") && bound != parseIp("::"))
                where = { port.hostIp.str(), isPublicAddress(port.hostIp) ? Reach::Public : Reach::Private };
            add({ owner, spec.hostNetwork ? Via::HostNetwork : Via::HostPort, where.reach, {}, {},
                port.hostPort != 0 ? port.hostPort : port.containerPort, port.containerPort, where.address,
                {} });
        }
    }
    // On the host's network without a declared port: it may listen, nobody says so.
    if (spec.hostNetwork && !declared)
        add({ owner, Via::HostNetwork, node.reach == Reach::Public ? Reach::Unknown : node.reach, {}, {}, 0,
            0, node.address, {} });
}

void ExposureBuilder::openHosts()
{
    for (std::uint32_t i = 0; i < m_inventory.owners.size(); ++i) {
        const inventory::Owner& owner = m_inventory.owners[i];
        const PodSpec* spec = m_inventory.spec(m_inventory.workloads[owner.workload]);
        if (spec)
            openHostPorts(i, *spec);
        for (const std::uint32_t pod : owner.deviating)
            if (const PodSpec* other = m_inventory.spec(m_inventory.workloads[pod]))
                openHostPorts(i, *other);
    }
}

} // namespace glacis::network
