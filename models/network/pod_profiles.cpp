// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/pod_profiles.h>

#include <algorithm>
#include <tuple>

namespace glacis::network {
namespace {
    using inventory::ContainerRole;
    using inventory::KeyValues;
    using inventory::PodSpec;
    using inventory::Workload;

    void sortUnique(std::vector<std::uint32_t>& numbers)
    {
        std::sort(numbers.begin(), numbers.end());
        numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    }

    auto order(const Place& p) { return std::tie(p.ingress, p.egress, p.filter[0], p.filter[1]); }

    /// Hostname and the like are no addresses that a policy or a filter sees.
    bool isAddress(const inventory::NodeAddress& address)
    {
        return address.type == "InternalIP" || address.type == "ExternalIP";
    }

    void sortUnique(std::vector<Place>& places)
    {
        const auto key = [](const Place& p) { return std::tuple_cat(order(p), std::tie(p.node)); };
        std::sort(
            places.begin(), places.end(), [&](const Place& a, const Place& b) { return key(a) < key(b); });
        places.erase(std::unique(places.begin(), places.end(),
                         [&](const Place& a, const Place& b) { return key(a) == key(b); }),
            places.end());
    }
}

PodProfiles::PodProfiles(
    const Inventory& inventory, PolicyTerms& terms, const Filters& filters, const StopToken& stop)
    : m_inventory(inventory)
    , m_terms(terms)
    , m_filters(filters)
{
    m_sourceSets.intern({});
    m_targetSets.intern({});
    m_sourceOfOwner.assign(inventory.owners.size(), 0);
    m_targetOfOwner.assign(inventory.owners.size(), 0);
    m_sourceOfNode.assign(inventory.nodes.size(), 0);
    readNodes();
    for (std::uint32_t i = 0; i < inventory.owners.size() && !stop.stopRequested(); ++i)
        readOwner(i);
    m_selected.clear();
}

void PodProfiles::readNode(std::uint32_t index)
{
    const AddressTable& ingress = m_terms.addresses(Ingress);
    const AddressTable& egress = m_terms.addresses(Egress);
    const AddressTable& filter = m_filters.addresses(Chain::Input);
    const inventory::Node& node = m_inventory.nodes[index];
    const Str name = m_inventory.object(node.id).name;
    m_nodeOfName.emplace(name.view(), index);
    NodeView& view = m_nodes[index];
    view.inputFilters = m_filters.of(name, Chain::Input);
    view.inputList = m_terms.lists().intern(view.inputFilters);
    bool internal = false;
    for (const auto& address : node.addresses) {
        if (!isAddress(address))
            continue;
        const std::uint32_t known = filter.classOf(address.address);
        view.places.push_back(
            { ingress.classOf(address.address), egress.classOf(address.address), { known, known }, index });
        if (!internal)
            view.filter = known;
        internal = internal || address.type == "InternalIP";
    }
    if (view.places.empty())
        view.places.push_back({ 0, 0, { 0, 0 }, index });
    // A pod that will run here: its address begins like the node's range for pods.
    for (const Str cidr : node.podCidrs)
        if (const auto range = parseRange(cidr))
            view.podPlaces.push_back({ ingress.classOf(range->address), egress.classOf(range->address),
                { filter.classOf(range->address), view.filter }, index });
    if (view.podPlaces.empty())
        view.podPlaces.push_back({ 0, 0, { view.filter, view.filter }, index });
    m_mySources.clear();
    for (const Place& place : view.places)
        m_mySources.push_back(intern(
            SourceProfile { true, false, false, 0, 0, place.ingress, { place.filter[0], place.filter[1] } }));
    sortUnique(m_mySources);
    m_sourceOfNode[index] = m_sourceSets.intern(m_mySources);
}

void PodProfiles::readNodes()
{
    m_everyNodesFilters = m_filters.of({}, Chain::Input);
    m_nodes.resize(m_inventory.nodes.size());
    for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
        readNode(i);
        m_anyHost.insert(m_anyHost.end(), m_nodes[i].places.begin(), m_nodes[i].places.end());
        m_anywhere.insert(m_anywhere.end(), m_nodes[i].podPlaces.begin(), m_nodes[i].podPlaces.end());
    }
    for (Place& place : m_anywhere)
        place.node = None;
    for (auto* places : { &m_anywhere, &m_anyHost }) {
        if (places->empty())
            places->emplace_back();
        if (isPlaceless())
            places->resize(1); // nothing tells them apart
        sortUnique(*places);
    }
}

bool PodProfiles::isPlaceless() const
{
    return m_terms.addresses(Ingress).empty() && m_terms.addresses(Egress).empty()
        && !m_filters.any(Chain::Input);
}

bool PodProfiles::isFinished(const Workload& pod)
{
    return pod.phase == "Succeeded" || pod.phase == "Failed";
}

std::vector<std::uint32_t> PodProfiles::runningPods(std::uint32_t owner) const
{
    std::vector<std::uint32_t> out;
    for (const std::uint32_t pod : m_inventory.owners[owner].pods)
        if (!isFinished(m_inventory.workloads[pod]))
            out.push_back(pod);
    return out;
}

Place PodProfiles::placeOf(const Workload& pod) const
{
    const AddressTable& filter = m_filters.addresses(Chain::Input);
    Place out;
    out.ingress = m_terms.addresses(Ingress).classOf(pod.podIp);
    out.egress = m_terms.addresses(Egress).classOf(pod.podIp);
    out.filter[0] = out.filter[1] = filter.classOf(pod.podIp);
    out.node = nodeNamed(pod.nodeName);
    // Plugins translate what leaves towards a node to the address of the pod's own node.
    if (out.node != None)
        out.filter[1] = m_nodes[out.node].filter;
    else if (!pod.hostIp.empty())
        out.filter[1] = filter.classOf(pod.hostIp);
    return out;
}

PodView PodProfiles::viewOf(std::uint32_t workload, Str ns) const
{
    const Workload& pod = m_inventory.workloads[workload];
    PodView view;
    view.workload = workload;
    view.spec = m_inventory.spec(pod);
    view.host = view.spec && view.spec->hostNetwork;
    if (!view.host)
        m_terms.match(ns, pod.podLabels, view.terms);
    const std::uint32_t node = nodeNamed(pod.nodeName);
    if (view.host && node != None) {
        view.places = m_nodes[node].places;
    } else if (view.host && !pod.hostIp.empty()) {
        const std::uint32_t filter = m_filters.addresses(Chain::Input).classOf(pod.hostIp);
        view.places = { { m_terms.addresses(Ingress).classOf(pod.hostIp),
            m_terms.addresses(Egress).classOf(pod.hostIp), { filter, filter }, None } };
    } else if (view.host) {
        view.places = m_anyHost;
    } else if (!pod.podIp.empty() && !isFinished(pod)) {
        view.places = { placeOf(pod) };
    } else {
        view.places = node != None ? m_nodes[node].podPlaces : m_anywhere;
    }
    return view;
}

bool PodProfiles::looksLike(const PodView& a, const PodView& b) const
{
    return a.host == b.host && a.spec == b.spec && a.terms == b.terms
        && std::equal(a.places.begin(), a.places.end(), b.places.begin(), b.places.end(),
            [&](const Place& x, const Place& y) {
                const bool sameFilters
                    = x.node == y.node || (a.host ? inputFilters(x.node) == inputFilters(y.node) : true);
                return order(x) == order(y) && sameFilters;
            });
}

std::vector<PodView> PodProfiles::views(std::uint32_t owner) const
{
    const Str ns = m_inventory.object(m_inventory.workloads[m_inventory.owners[owner].workload].id).ns;
    std::vector<std::uint32_t> pods = runningPods(owner);
    if (pods.empty())
        pods.push_back(m_inventory.owners[owner].workload);
    std::vector<PodView> out;
    for (const std::uint32_t pod : pods) {
        PodView view = viewOf(pod, ns);
        const bool seen = std::any_of(
            out.begin(), out.end(), [&](const PodView& other) { return looksLike(view, other); });
        if (!seen)
            out.push_back(std::move(view));
        if (out.size() >= 64)
            break;
    }
    return out;
}

std::vector<std::uint32_t> PodProfiles::nodesOf(std::uint32_t owner) const
{
    std::vector<std::uint32_t> out;
    for (const std::uint32_t pod : runningPods(owner))
        if (const std::uint32_t node = nodeNamed(m_inventory.workloads[pod].nodeName); node != None)
            out.push_back(node);
    sortUnique(out);
    return out;
}

std::uint32_t PodProfiles::nodeNamed(std::string_view name) const
{
    const auto found = name.empty() ? m_nodeOfName.end() : m_nodeOfName.find(name);
    return found == m_nodeOfName.end() ? None : found->second;
}

std::vector<std::uint32_t> PodProfiles::nodeAddresses(const AddressTable& table) const
{
    std::vector<std::uint32_t> out;
    if (table.empty())
        return out;
    for (const inventory::Node& node : m_inventory.nodes)
        for (const auto& address : node.addresses)
            if (const std::uint32_t known = isAddress(address) ? table.classOf(address.address) : 0;
                known != 0)
                out.push_back(known);
    sortUnique(out);
    return out;
}

const std::vector<std::uint32_t>& PodProfiles::inputFilters(std::uint32_t node) const
{
    return node == None ? m_everyNodesFilters : m_nodes[node].inputFilters;
}

std::vector<std::int32_t> PodProfiles::numbersOf(
    const PodSpec* spec, std::string_view name, std::uint32_t protocol)
{
    std::vector<std::int32_t> out;
    if (!spec)
        return out;
    for (const auto& container : spec->containers) {
        const bool serves = container.role == ContainerRole::Regular
            || (container.role == ContainerRole::Init && container.restartPolicy == "Always");
        if (!serves)
            continue;
        for (const auto& port : container.ports)
            if (port.name == name && protocolNumber(port.protocol) == protocol)
                out.push_back(port.containerPort);
    }
    return out;
}

std::uint32_t PodProfiles::portsOf(const PodView& view, const Selected& selected)
{
    const auto& names = m_terms.portNames();
    if (names.empty() || view.host || !view.spec)
        return 0;
    std::vector<std::uint32_t> asked;
    for (const std::uint32_t rule : m_terms.lists().at(selected.rules[Ingress]))
        for (const RulePort& port : m_terms.rule(rule).ports)
            if (port.name != None)
                asked.push_back(port.name);
    for (const auto& container : view.spec->containers)
        for (const auto& port : container.ports)
            if (const auto protocol = protocolNumber(port.protocol); protocol && !port.name.empty())
                if (const std::uint32_t name = m_terms.portName(port.name, *protocol);
                    name != None && names[name].egress)
                    asked.push_back(name);
    sortUnique(asked);
    std::vector<std::uint32_t> out;
    for (const std::uint32_t name : asked)
        for (const std::int32_t number : numbersOf(view.spec, names[name].name, names[name].protocol))
            out.insert(out.end(), { name, static_cast<std::uint32_t>(number) });
    return m_terms.lists().intern(out);
}

std::uint32_t PodProfiles::intern(const SourceProfile& p)
{
    const std::uint32_t content[]
        = { p.host, p.isolated, p.opaque, p.rules, p.peers, p.address, p.filter[0], p.filter[1] };
    const std::uint32_t number = m_sourceNumbers.intern(content);
    if (number == m_sources.size())
        m_sources.push_back(p);
    return number;
}

std::uint32_t PodProfiles::intern(const TargetProfile& p)
{
    const std::uint32_t content[]
        = { p.host, p.isolated, p.opaque, p.rules, p.peers, p.address, p.ports, p.filters };
    const std::uint32_t number = m_targetNumbers.intern(content);
    if (number == m_targets.size())
        m_targets.push_back(p);
    return number;
}

void PodProfiles::readView(const PodView& view)
{
    Selected selected;
    if (!view.terms.empty()) {
        const std::uint32_t list = m_terms.lists().intern(view.terms);
        const auto [known, added] = m_selected.try_emplace(list);
        if (added)
            known->second = m_terms.selected(view.terms);
        selected = known->second;
    }
    const std::uint32_t ports = portsOf(view, selected);
    for (const Place& place : view.places) {
        m_mySources.push_back(intern(SourceProfile { view.host, selected.isolated[Egress],
            selected.opaque[Egress], selected.rules[Egress], selected.peers[Ingress], place.ingress,
            { std::min(place.filter[0], place.filter[1]), std::max(place.filter[0], place.filter[1]) } }));
        const std::uint32_t filters = !view.host ? 0
            : place.node != None                 ? m_nodes[place.node].inputList
                                                 : m_terms.lists().intern(m_everyNodesFilters);
        m_myTargets.push_back(
            intern(TargetProfile { view.host, selected.isolated[Ingress], selected.opaque[Ingress],
                selected.rules[Ingress], selected.peers[Egress], place.egress, ports, filters }));
    }
}

void PodProfiles::readOwner(std::uint32_t owner)
{
    m_mySources.clear();
    m_myTargets.clear();
    const Str ns = m_inventory.object(m_inventory.workloads[m_inventory.owners[owner].workload].id).ns;
    std::vector<std::uint32_t> pods = runningPods(owner);
    if (pods.empty())
        pods.push_back(m_inventory.owners[owner].workload);
    // Without policies' and filters' addresses a pod is its labels and its spec, which replicas share.
    const bool placeless = isPlaceless();
    const Workload* last = nullptr;
    for (const std::uint32_t pod : pods) {
        const Workload& workload = m_inventory.workloads[pod];
        if (placeless && last && last->spec == workload.spec && last->podLabels == workload.podLabels)
            continue;
        last = &workload;
        readView(viewOf(pod, ns));
    }
    sortUnique(m_mySources);
    sortUnique(m_myTargets);
    m_sourceOfOwner[owner] = m_sourceSets.intern(m_mySources);
    m_targetOfOwner[owner] = m_targetSets.intern(m_myTargets);
}

std::size_t PodProfiles::memory() const
{
    std::size_t total = m_sources.capacity() * sizeof(SourceProfile)
        + m_targets.capacity() * sizeof(TargetProfile) + m_sourceNumbers.memory() + m_targetNumbers.memory()
        + m_sourceSets.memory() + m_targetSets.memory()
        + (m_sourceOfOwner.capacity() + m_targetOfOwner.capacity() + m_sourceOfNode.capacity()) * 4;
    for (const NodeView& node : m_nodes)
        total += sizeof(node) + (node.places.capacity() + node.podPlaces.capacity()) * sizeof(Place)
            + node.inputFilters.capacity() * 4;
    return total;
}

} // namespace glacis::network
