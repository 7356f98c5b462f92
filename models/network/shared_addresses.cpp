// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Host names by address. Names come from Ingress rules and TLS hosts, Gateway listeners, routes, the
// external-dns annotation of load balancers, the API server's endpoint and DNS facts; an address is what
// stands in a status or what DNS answered. A load balancer known by name is joined with the addresses that
// DNS gave for that name.
#include <network/exposure_builder.h>

#include <base/text.h>
#include <network/addresses.h>

#include <algorithm>
#include <map>
#include <set>

namespace glacis::network {
namespace {
    constexpr std::size_t MaxNames = 500'000; // of all addresses together; bounds hostile input

    struct HostDraft {
        ObjectId object;
        std::set<std::string, std::less<>> namespaces;
    };
    struct AddressDraft {
        std::map<std::string, HostDraft, std::less<>> hosts;
        bool fromObjects = false;
    };

    class Drafts {
    public:
        explicit Drafts(const DnsAnswers& dns)
            : m_dns(dns)
        {
        }
        /// A host on a status address.
        void add(const std::string& address, std::string_view host, ObjectId object, std::string_view ns)
        {
            const std::string name = canonicalHost(host);
            if (name.empty() || name == "*")
                return;
            remember(name, object, ns);
            if (address.empty())
                return;
            const auto* answers = parseIp(address) ? nullptr : m_dns.addressesOf(address);
            if (!answers || answers->empty())
                return put(address, name, object, ns, true);
            for (const std::string& answer : *answers)
                put(answer, name, object, ns, true);
        }
        /// A host that DNS put on an address; what the objects said of the name is taken over.
        void addAnswer(const std::string& address, const std::string& name)
        {
            const auto known = m_byName.find(name);
            if (known == m_byName.end())
                return put(address, name, {}, {}, false);
            put(address, name, known->second.object, {}, false);
            if (const auto draft = m_addresses.find(address); draft != m_addresses.end())
                if (const auto host = draft->second.hosts.find(name); host != draft->second.hosts.end())
                    host->second.namespaces.insert(
                        known->second.namespaces.begin(), known->second.namespaces.end());
        }
        [[nodiscard]] const std::map<std::string, AddressDraft>& addresses() const { return m_addresses; }

    private:
        static void merge(HostDraft& draft, ObjectId object, std::string_view ns)
        {
            if (!draft.object.valid())
                draft.object = object;
            if (!ns.empty())
                draft.namespaces.emplace(ns);
        }
        void remember(const std::string& name, ObjectId object, std::string_view ns)
        {
            if (m_byName.size() < MaxNames)
                merge(m_byName[name], object, ns);
        }
        void put(const std::string& address, const std::string& name, ObjectId object, std::string_view ns,
            bool fromObjects)
        {
            if (m_count >= MaxNames)
                return;
            AddressDraft& draft = m_addresses[address];
            draft.fromObjects |= fromObjects;
            const auto [host, added] = draft.hosts.try_emplace(name);
            m_count += added ? 1 : 0;
            merge(host->second, object, ns);
        }
        const DnsAnswers& m_dns;
        std::map<std::string, AddressDraft> m_addresses;
        std::map<std::string, HostDraft, std::less<>> m_byName;
        std::size_t m_count = 0;
    };

    /// "*.shop.com" beside "a.shop.com" is no further domain, only the listener or certificate that serves
    /// it.
    void dropWildcards(AddressDraft& draft)
    {
        std::set<std::string> covering;
        for (const auto& [name, host] : draft.hosts) {
            if (name.starts_with('*'))
                continue;
            for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
                std::string wildcard(1, '*');
                covering.insert(wildcard.append(name, dot));
            }
        }
        for (const std::string& wildcard : covering)
            draft.hosts.erase(wildcard);
    }

    std::vector<std::string_view> externalDnsNames(const inventory::Object& object)
    {
        const Str* value = object.annotation("external-dns.alpha.kubernetes.io/hostname");
        return value ? split(*value, ',') : std::vector<std::string_view>();
    }
}

void ExposureBuilder::shareAddresses()
{
    Drafts drafts(m_dns);
    for (std::size_t i = 0; i < m_inventory.ingresses.size(); ++i) {
        const inventory::Ingress& ingress = m_inventory.ingresses[i];
        const inventory::Object& object = m_inventory.object(ingress.id);
        for (const FrontAddress& front : m_out.m_ingresses[i]) {
            for (const auto& rule : ingress.rules)
                drafts.add(front.address, rule.host, ingress.id, object.ns);
            for (const auto& tls : ingress.tls)
                for (const Str host : tls.hosts)
                    drafts.add(front.address, host, ingress.id, object.ns);
        }
    }
    for (const inventory::Gateway& gateway : m_inventory.gateways)
        for (const FrontAddress& front : gatewayAddresses(m_inventory, gateway, m_dns))
            for (const auto& listener : gateway.listeners)
                drafts.add(front.address, listener.hostname, gateway.id, {});
    for (const Attachment& attachment : m_attachments) {
        const std::string_view routeNs = m_inventory.object(attachment.route->id).ns;
        for (const FrontAddress& front : gatewayAddresses(m_inventory, *attachment.gateway, m_dns))
            for (const std::string& host : attachment.hosts)
                for (const auto& backend : attachment.route->backends)
                    drafts.add(front.address, host, attachment.route->id,
                        backend.ns.empty() ? routeNs : backend.ns.view());
    }
    for (std::size_t i = 0; i < m_inventory.services.size(); ++i) {
        const inventory::Service& service = m_inventory.services[i];
        const inventory::Object& object = m_inventory.object(service.id);
        for (const FrontAddress& front : m_out.m_loadBalancers[i])
            for (const std::string_view host : externalDnsNames(object))
                drafts.add(front.address, host, service.id, object.ns);
    }

    const auto apiServers = apiServerAddresses(m_inventory);
    for (const auto& [name, answers] : m_dns.all())
        for (const std::string& address : answers)
            drafts.addAnswer(address, name);

    std::set<std::string, std::less<>> nodes, api, admin;
    for (const auto& node : m_inventory.nodes)
        for (const auto& address : node.addresses)
            nodes.insert(canonicalHost(address.address));
    for (const auto& observed : m_inventory.observations.endpoints)
        if (observed.fact.target.starts_with("node/"))
            nodes.insert(canonicalHost(observed.fact.address));
    for (const auto& server : apiServers) {
        api.insert(server.host);
        if (const auto* answers = m_dns.addressesOf(server.host))
            api.insert(answers->begin(), answers->end());
    }
    for (const auto& [owner, match] : m_out.m_admins)
        for (const Opening* opening : m_out.openingsOf(owner))
            admin.insert(opening->address);

    for (const auto& [address, found] : drafts.addresses()) {
        AddressDraft draft = found;
        dropWildcards(draft);
        if (draft.hosts.size() < 2)
            continue;
        SharedAddress shared { address, {}, nodes.contains(address), api.contains(address),
            admin.contains(address), draft.fromObjects };
        for (const auto& [name, host] : draft.hosts)
            shared.hosts.push_back({ name, host.object, { host.namespaces.begin(), host.namespaces.end() } });
        m_out.m_shared.push_back(std::move(shared));
    }
}

} // namespace glacis::network
