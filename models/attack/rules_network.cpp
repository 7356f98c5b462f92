// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stage 1: from the Internet to a workload, from one workload to the next, into a program by its flaw.
#include <attack/world.h>

#include <algorithm>

namespace glacis::attack {
namespace {
    using network::Opening;
    using network::Verdict;
    using network::Via;

    Certainty certainty(Verdict verdict)
    {
        return verdict == Verdict::Allowed ? Certainty::Certain : Certainty::Possible;
    }

    std::string_view checkOf(const Opening& opening)
    {
        switch (opening.via) {
        case Via::LoadBalancer:
            return "GL-EXP-004";
        case Via::NodePort:
            return "GL-EXP-005";
        case Via::ExternalIp:
            return "GL-EXP-006";
        case Via::HostPort:
        case Via::HostNetwork:
            return opening.via == Via::HostPort ? "GL-POD-008" : "GL-POD-004";
        case Via::Ingress:
        case Via::Gateway:
            return {};
        }
        return {};
    }

    Justification because(const World& w, const Opening& opening)
    {
        network::OpeningField field = fieldOf(w.inventory, opening);
        return { .check = checkOf(opening),
            .object = field.object,
            .path = std::move(field.path),
            .evidence = describe(w.inventory, opening),
            .container = {},
            .observation = {} };
    }

    /// Each Service, Ingress or host port opens the door on its own; one edge for each of them.
    std::string support(const World& w, const Opening& opening)
    {
        const ObjectId door = opening.front.valid() ? opening.front : opening.service;
        return door.valid() ? w.inventory.label(door) : std::string(name(opening.via));
    }

    /// Every opening that the Internet can use leads to the reach nodes of its port.
    void open(World& w, EdgeKind kind, bool (*wanted)(Via))
    {
        for (const Opening& opening : w.exposure.openings()) {
            if (!wanted(opening.via) || !w.runs(opening.owner)
                || w.isEndpointPort(opening.owner, opening.targetPort))
                continue;
            const Verdict verdict = w.reachability.fromInternet(opening);
            if (verdict == Verdict::Denied)
                continue;
            const bool web = opening.port == 80 || opening.port == 443 || opening.port == 0;
            for (const auto& [port, node] : w.reachNodes(opening.owner)) {
                if (opening.targetPort != 0 && node != w.reach(opening.owner, opening.targetPort))
                    continue;
                w.graph
                    .edge(kind, w.internet(), node,
                        { .certainty = certainty(verdict), .support = support(w, opening) })
                    .because(because(w, opening))
                    .breaksIf(!web, "M3", "edge");
            }
        }
    }

    bool isRoute(Via via) { return via == Via::Ingress || via == Via::Gateway; }
    bool isDirect(Via via) { return !isRoute(via); }

    void exposedService(World& w) { open(w, EdgeKind::ExposedService, isDirect); }
    void ingressRoute(World& w) { open(w, EdgeKind::IngressRoute, isRoute); }

    // ---- several names on one address: drawn, never walked

    void sharedAddress(World& w)
    {
        for (const network::SharedAddress& shared : w.exposure.sharedAddresses()) {
            const NodeIndex address = w.graph.node(NodeKind::Address, "address/" + shared.address,
                { .label = shared.address,
                    .object = {},
                    .count = static_cast<std::uint32_t>(shared.hosts.size()),
                    .stage = 1 });
            for (const auto& host : shared.hosts) {
                const NodeIndex domain = w.graph.node(NodeKind::Domain, "domain/" + host.name,
                    { .label = host.name, .object = host.object, .count = 1, .stage = 1 });
                w.graph.edge(EdgeKind::SharedAddress, domain, address)
                    .because({ .check = "GL-EXP-003",
                        .object = host.object,
                        .path = {},
                        .evidence = host.name + " → " + shared.address,
                        .container = {},
                        .observation = host.object.valid() ? "" : "DNS" });
            }
            for (const Opening& opening : w.exposure.openings()) {
                const bool here = opening.address == shared.address
                    || std::any_of(shared.hosts.begin(), shared.hosts.end(),
                        [&](const auto& host) { return !opening.host.empty() && host.name == opening.host; });
                if (here && w.runs(opening.owner) && !w.isEndpointPort(opening.owner, opening.targetPort))
                    w.graph.edge(EdgeKind::SharedAddress, address, w.reach(opening.owner, opening.targetPort))
                        .because(because(w, opening));
            }
        }
    }

    // ---- one workload to the next

    /// What a source class can open of a reach node: the best of the ports that it stands for.
    Verdict verdictOf(
        World& w, std::uint32_t source, const network::Link& link, OwnerIndex owner, std::int32_t port)
    {
        if (link.ports.all)
            return Verdict::Allowed;
        if (port != 0)
            return w.reachability.allows(source, owner, { "TCP", port });
        Verdict best = Verdict::Denied;
        for (const std::int32_t p : w.portsOf(owner))
            if (w.reach(owner, p) == w.reach(owner, 0) && !w.isEndpointPort(owner, p))
                best = std::min(best, w.reachability.allows(source, owner, { "TCP", p }));
        return best;
    }

    bool listens(World& w, OwnerIndex owner)
    {
        const auto& ports = w.portsOf(owner);
        return std::any_of(
            ports.begin(), ports.end(), [&](std::int32_t p) { return !w.isEndpointPort(owner, p); });
    }

    /// An explicit permission that every member of the class needs for its own work: the flow stands for it.
    bool isEverybodysFlow(World& w, const network::PodClass& source, OwnerIndex to)
    {
        return !source.owners.empty() && source.nodes.empty()
            && std::all_of(source.owners.begin(), source.owners.end(), [&](OwnerIndex from) {
                   const auto& flows = w.flowsOf(from);
                   return std::any_of(
                       flows.begin(), flows.end(), [&](const World::Flow& flow) { return flow.to == to; });
               });
    }

    Justification whyOpen(World& w, std::uint32_t source, OwnerIndex to)
    {
        const network::PodClass& target = w.reachability.targets()[w.reachability.targetOf(to)];
        const bool free = !target.isolated && !w.reachability.sources()[source].isolated;
        return { .check = "GL-NET-001",
            .object = w.inventory.workloads[w.inventory.owners[to].workload].id,
            .path = {},
            .evidence = free ? "no NetworkPolicy stands in between" : "NetworkPolicies let it pass",
            .container = {},
            .observation = {} };
    }

    void structureToReach(
        World& w, NodeIndex from, NodeIndex to, OwnerIndex owner, Verdict verdict, Justification why)
    {
        w.graph.edge(EdgeKind::Structure, from, to, { .certainty = certainty(verdict), .support = {} })
            .because(std::move(why))
            .breaksIf(w.canSegment(owner), "M7", w.segmentTarget());
    }

    // Many sources that may open everything of many targets meet in a second hub: S · T edges become S + T.
    class TargetHubs {
    public:
        explicit TargetHubs(World& w)
            : m_world(w)
            , m_hubs(w.reachability.targets().size(), None)
            , m_open(w.reachability.targets().size(), 0)
        {
            for (const std::uint32_t source : w.usedSources())
                for (const std::uint32_t target : w.reachability.openTargets(source))
                    m_open[target] += w.reachability.link(source, target).ports.all ? 1U : 0U;
        }
        [[nodiscard]] bool worthwhile(std::uint32_t target) const
        {
            const std::size_t members = m_world.reachability.targets()[target].owners.size();
            return m_open[target] >= 3 && members >= 3;
        }
        NodeIndex hub(std::uint32_t target)
        {
            if (m_hubs[target] != None)
                return m_hubs[target];
            const network::PodClass& group = m_world.reachability.targets()[target];
            const NodeIndex hub = m_world.graph.node(NodeKind::Net, "net/to " + group.name,
                { .label = "to " + group.name,
                    .object = {},
                    .count = static_cast<std::uint32_t>(group.owners.size()),
                    .stage = 1 });
            m_hubs[target] = hub;
            for (const OwnerIndex owner : group.owners) {
                if (!m_world.runs(owner) || !listens(m_world, owner))
                    continue;
                for (const auto& [port, node] : m_world.reachNodes(owner))
                    structureToReach(m_world, hub, node, owner, Verdict::Allowed,
                        whyOpen(m_world, m_world.usedSources().front(), owner));
            }
            return hub;
        }

    private:
        World& m_world;
        std::vector<NodeIndex> m_hubs;
        std::vector<std::uint32_t> m_open; ///< by target class: sources that may open everything
    };

    void segmentsOf(World& w, TargetHubs& hubs, std::uint32_t source)
    {
        const network::PodClass& group = w.reachability.sources()[source];
        for (const std::uint32_t target : w.reachability.openTargets(source)) {
            const network::Link& link = w.reachability.link(source, target);
            const network::PodClass& targets = w.reachability.targets()[target];
            const bool explicitly = group.isolated || targets.isolated;
            if (link.ports.all && !explicitly && hubs.worthwhile(target)) {
                w.graph.edge(EdgeKind::Structure, w.net(source), hubs.hub(target));
                continue;
            }
            for (const OwnerIndex owner : targets.owners) {
                if (!w.runs(owner) || !listens(w, owner) || (explicitly && isEverybodysFlow(w, group, owner)))
                    continue;
                for (const auto& [port, node] : w.reachNodes(owner)) {
                    const Verdict verdict = verdictOf(w, source, link, owner, port);
                    if (verdict != Verdict::Denied)
                        structureToReach(w, w.net(source), node, owner, verdict, whyOpen(w, source, owner));
                }
            }
        }
    }

    void noSegmentation(World& w)
    {
        TargetHubs hubs(w);
        for (const std::uint32_t source : w.usedSources()) {
            if (w.stop.stopRequested())
                return;
            segmentsOf(w, hubs, source);
        }
        for (OwnerIndex owner = 0; owner < w.inventory.owners.size(); ++owner) {
            if (!w.runs(owner))
                continue;
            const std::uint32_t source = w.reachability.sourceOf(owner);
            if (source >= w.reachability.sources().size())
                continue;
            w.graph.edge(EdgeKind::NoSegmentation, w.own(owner), w.net(source))
                .because({ .check = "GL-NET-001",
                    .object = w.inventory.workloads[w.inventory.owners[owner].workload].id,
                    .path = {},
                    .evidence = w.reachability.sources()[source].isolated
                        ? "egress limited by NetworkPolicy"
                        : "no NetworkPolicy limits its egress",
                    .container = {},
                    .observation = {} })
                .breaksIf(w.canSegment(owner), "M7", w.segmentTarget());
            for (const World::Flow& flow : w.flowsOf(owner)) {
                if (!w.runs(flow.to)
                    || w.reachability.allows(source, flow.to, { "TCP", flow.port }) == Verdict::Denied)
                    continue;
                w.graph
                    .edge(EdgeKind::NoSegmentation, w.own(owner), w.reach(flow.to, flow.port),
                        { .residual = true, .support = {} })
                    .because(flow.because);
            }
        }
        for (const Machine& machine : w.machines) {
            const NodeIndex hub = w.netOf(machine);
            if (hub == None)
                continue;
            w.graph
                .edge(EdgeKind::NoSegmentation, machine.node, hub,
                    { .certainty = machine.known() ? Certainty::Certain : Certainty::Possible,
                        .support = {} })
                .because({ .check = {},
                    .object
                    = machine.index == None ? inventory::NoObject : w.inventory.nodes[machine.index].id,
                    .path = {},
                    .evidence = "a node's own traffic is bound by no NetworkPolicy",
                    .container = {},
                    .observation = {} });
        }
    }

    // ---- into a program

    void appExploit(World& w)
    {
        constexpr int WithFact = 8;
        constexpr int Assumed = 20;
        for (OwnerIndex owner = 0; owner < w.inventory.owners.size(); ++owner) {
            if (!w.runs(owner) || !listens(w, owner))
                continue;
            for (const auto& [port, node] : w.reachNodes(owner)) {
                const auto* fact = w.exploitable(owner, port);
                const ObjectId object = w.inventory.workloads[w.inventory.owners[owner].workload].id;
                if (fact)
                    w.graph
                        .edge(EdgeKind::AppExploit, node, w.own(owner), { .cost = WithFact, .support = {} })
                        .because({ .check = {},
                            .object = object,
                            .path = {},
                            .evidence
                            = fact->fact.reason.empty() ? "stated as exploitable" : fact->fact.reason,
                            .container = {},
                            .observation = fact->source });
                else
                    w.graph
                        .edge(EdgeKind::AppExploit, node, w.own(owner),
                            { .certainty = Certainty::Possible, .cost = Assumed, .support = {} })
                        .because({ .check = {},
                            .object = object,
                            .path = {},
                            .evidence = "assumed: any program may have a flaw that nobody knows yet",
                            .container = {},
                            .observation = {} });
            }
        }
    }

    constexpr RuleEntry Rules[] = {
        { EdgeKind::SharedAddress, sharedAddress },
        { EdgeKind::ExposedService, exposedService },
        { EdgeKind::IngressRoute, ingressRoute },
        { EdgeKind::NoSegmentation, noSegmentation },
        { EdgeKind::AppExploit, appExploit },
    };
}

std::span<const RuleEntry> networkRules() { return Rules; }

} // namespace glacis::attack
