// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The services of the cluster itself: API server, Docker, etcd; admin interfaces, dashboards, stores.
#include <attack/world.h>

#include <algorithm>
#include <array>
#include <set>

#include <inventory/control_plane.h>
#include <inventory/flags.h>
#include <network/addresses.h>
#include <network/reach.h>
#include <secrets/datastores.h>
#include <secrets/etcd.h>

namespace glacis::attack {
namespace {
    using network::Verdict;
    using secrets::Answer;

    Certainty certainty(Verdict verdict)
    {
        return verdict == Verdict::Allowed ? Certainty::Certain : Certainty::Possible;
    }

    bool isWebPort(int port) { return port == 80 || port == 443; }

    MachineIndex machineNamed(const World& w, std::string_view name)
    {
        for (MachineIndex i = 0; i < w.machines.size(); ++i)
            if (w.machines[i].name == name)
                return i;
        return None;
    }

    /// Joins every hub with an endpoint that a machine serves on this port, as far as policies and filters
    /// let it. Each machine that serves it is a door of its own.
    template <class Decorate>
    void joinHubs(World& w, NodeIndex endpoint, const Machine& machine, std::int32_t port, Certainty listens,
        const Decorate& decorate)
    {
        for (const std::uint32_t source : w.usedSources()) {
            const Verdict verdict = machine.index == None
                ? (w.reachability.sources()[source].isolated ? Verdict::Unknown : Verdict::Allowed)
                : w.reachability.allowsNode(source, machine.index, { "TCP", port });
            if (verdict == Verdict::Denied)
                continue;
            const bool certain = verdict == Verdict::Allowed && listens == Certainty::Certain;
            decorate(w.graph.edge(EdgeKind::Structure, w.net(source), endpoint,
                { .certainty = certain ? Certainty::Certain : Certainty::Possible,
                    .support = "node/" + machine.name }));
        }
    }

    // ---- API server

    NodeIndex apiServer(World& w) { return w.endpoint("apiserver", "API server", 1); }

    void apiPublic(World& w)
    {
        const network::DnsAnswers dns(w.inventory);
        MachineIndex controlPlane = None;
        for (MachineIndex i = 0; i < w.machines.size() && controlPlane == None; ++i)
            if (w.machines[i].controlPlane)
                controlPlane = i;
        const auto servers = network::apiServerAddresses(w.inventory);
        if (servers.empty() && w.inventory.source.scope == inventory::Scope::Cluster)
            w.graph
                .edge(EdgeKind::ApiPublic, w.internet(), apiServer(w),
                    { .certainty = Certainty::Possible, .support = {} })
                .because({ .check = "GL-EXP-001",
                    .object = {},
                    .path = {},
                    .evidence = "nothing tells at which address the API server answers",
                    .container = {},
                    .observation = {} })
                .breaks("M2", "kube-apiserver");
        for (const auto& server : servers) {
            Verdict verdict = Verdict::Denied;
            if (network::parseIp(server.host))
                verdict = network::isPublicAddress(server.host) ? Verdict::Allowed : Verdict::Denied;
            else if (const auto* answers = dns.addressesOf(server.host))
                verdict = std::any_of(answers->begin(), answers->end(),
                              [](const std::string& a) { return network::isPublicAddress(a); })
                    ? Verdict::Allowed
                    : Verdict::Denied;
            else if (!network::isInternalHostName(server.host))
                verdict = Verdict::Unknown; // nobody resolved the name
            if (verdict != Verdict::Denied && controlPlane != None && w.machines[controlPlane].index != None)
                verdict = std::max(verdict,
                    w.reachability.fromInternetToNode(
                        w.machines[controlPlane].index, { "TCP", server.port }));
            if (verdict == Verdict::Denied)
                continue;
            w.graph
                .edge(EdgeKind::ApiPublic, w.internet(), apiServer(w),
                    { .certainty = certainty(verdict), .support = {} })
                .because({ .check = "GL-EXP-001",
                    .object = server.object,
                    .path = server.path,
                    .evidence = server.host + ":" + std::to_string(server.port),
                    .container = {},
                    .observation = server.object.valid() ? "" : server.source })
                .breaks("M2", "kube-apiserver")
                .breaksIf(!isWebPort(server.port), "M3", "edge");
        }
        // From inside, every pod finds it under the name kubernetes.default.
        if (controlPlane == None) {
            const Machine nowhere { .name = "?", .owners = {} };
            joinHubs(w, apiServer(w), nowhere, 443, Certainty::Certain, [](GraphBuilder::NewEdge) {});
            return;
        }
        for (const Machine& machine : w.machines)
            if (machine.controlPlane)
                joinHubs(w, apiServer(w), machine, 6443, Certainty::Certain, [](GraphBuilder::NewEdge) {});
    }

    /// Do anonymous callers pass the API server's authentication? By a fact, else by its flags.
    struct Anonymous {
        Answer answer = Answer::Unknown;
        Justification because;
    };
    Anonymous anonymousCallers(const World& w)
    {
        Anonymous result;
        for (const auto& observed : w.inventory.observations.http) {
            const auto& fact = observed.fact;
            if (fact.endpoint != "kube-apiserver"
                || (fact.credentials != "none" && !fact.credentials.empty()))
                continue;
            // 403 is an answer to somebody: an anonymous caller without that right. 401 refuses the caller.
            const bool answered = fact.status == 200 || fact.status == 403;
            if (!answered && (fact.status != 401 || result.answer == Answer::Yes))
                continue;
            result.answer = answered ? Answer::Yes : Answer::No;
            result.because = { .check = "GL-EXP-002",
                .object = {},
                .path = "http",
                .evidence = "GET " + fact.path + " without credentials: " + std::to_string(fact.status),
                .container = {},
                .observation = observed.source };
        }
        if (result.answer != Answer::Unknown)
            return result;
        // One API server that lets them pass is enough, one that nobody can tell of keeps it open.
        bool unknown = false;
        for (const inventory::ComponentView& view : inventory::controlPlane(w.inventory, "kube-apiserver")) {
            const inventory::Flags flags(view.container);
            // A file decides per path since 1.32; it is not among the objects.
            unknown = unknown || flags.has("--authentication-config");
            if (flags.has("--authentication-config") || result.answer == Answer::Yes)
                continue;
            const bool allowed = flags.boolean("--anonymous-auth", true);
            result.answer = allowed ? Answer::Yes : Answer::No;
            result.because = { .check = "GL-EXP-002",
                .object = view.pod.id,
                .path = view.containerPath + "." + flags.path("--anonymous-auth"),
                .evidence = flags.has("--anonymous-auth")
                    ? "--anonymous-auth=" + std::string(flags.value("--anonymous-auth"))
                    : "--anonymous-auth absent, on by default",
                .container = view.container.name,
                .observation = {} };
        }
        return unknown && result.answer == Answer::No ? Anonymous {} : result;
    }

    // The nodes of the two anonymous subjects exist where identityRules gave them a right to use.
    void apiAnonymous(World& w)
    {
        const Anonymous anonymous = anonymousCallers(w);
        if (anonymous.answer == Answer::No)
            return;
        for (const char* id : { "group/system:unauthenticated", "user/system:anonymous" }) {
            const NodeIndex subject = w.graph.find(id);
            if (subject == None)
                continue;
            auto edge = w.graph.edge(EdgeKind::ApiAnonymous, apiServer(w), subject,
                { .certainty = anonymous.answer == Answer::Yes ? Certainty::Certain : Certainty::Possible,
                    .support = {} });
            if (!anonymous.because.evidence.empty())
                edge.because(anonymous.because);
        }
    }

    // ---- Docker

    bool isDockerPort(std::int32_t port) { return port == 2375 || port == 2376 || port == 4243; }

    /// A pod that brings Docker's API to its node's address, and how.
    struct DockerPod {
        OwnerIndex owner = None;
        bool translated = false; ///< hostPort: DNAT, so that input filters do not see it
        std::int32_t port = 0; ///< on the node
        std::int32_t target = 0; ///< in the pod
        Justification because;
    };

    std::vector<DockerPod> dockerPods(World& w)
    {
        std::vector<DockerPod> pods;
        w.forEachContainer([&](const PodView& pod, const Container& container) {
            for (std::size_t i = 0; i < container.ports.size(); ++i) {
                const auto& port = container.ports[i];
                const bool translated = !pod.spec.hostNetwork && port.hostPort != 0;
                const std::int32_t outside = translated ? port.hostPort : port.containerPort;
                if ((!pod.spec.hostNetwork && !translated) || !isDockerPort(outside))
                    continue;
                const std::string field = translated ? "].hostPort" : "].containerPort";
                pods.push_back({ pod.owner, translated, outside, port.containerPort,
                    pod.at("GL-DKR-004", container, "ports[" + std::to_string(i) + field,
                        std::to_string(outside)) });
            }
        });
        return pods;
    }

    struct DockerEndpoint {
        std::int32_t port = 0;
        Certainty open = Certainty::Possible; ///< that it answers without asking for a certificate
        Verdict fromInternet = Verdict::Denied; ///< Allowed: seen open from there
        bool shut = false; ///< seen closed from there
        const DockerPod* pod = nullptr; ///< that brings it; nullptr: the daemon of the machine itself
        std::vector<Justification> because;
    };

    std::map<MachineIndex, std::vector<DockerEndpoint>> dockerEndpoints(
        World& w, const std::vector<DockerPod>& pods)
    {
        std::map<MachineIndex, std::vector<DockerEndpoint>> all;
        const auto at = [&](MachineIndex machine, std::int32_t port) -> DockerEndpoint& {
            for (DockerEndpoint& known : all[machine])
                if (known.port == port)
                    return known;
            all[machine].push_back({ port, Certainty::Possible, Verdict::Denied, false, nullptr, {} });
            return all[machine].back();
        };
        std::set<std::pair<MachineIndex, std::int32_t>> guarded, shut; // for all, for the Internet
        for (const auto& observed : w.inventory.observations.ports) {
            const auto& fact = observed.fact;
            const MachineIndex machine = machineNamed(w, fact.node);
            if (machine == None || (fact.service != "docker" && !(fact.port == 2375 && fact.service.empty())))
                continue;
            if (fact.state != "open" || fact.tls == "mutual") {
                const bool outside = fact.from == "internet" && fact.tls != "mutual";
                (outside ? shut : guarded).insert({ machine, fact.port });
                continue;
            }
            DockerEndpoint& endpoint = at(machine, fact.port);
            // TLS that checks only the server hides the order from others and still takes it from anyone.
            if (fact.tls == "none" || fact.tls == "server")
                endpoint.open = Certainty::Certain;
            if (fact.from == "internet")
                endpoint.fromInternet = Verdict::Allowed;
            else if (fact.from.empty())
                endpoint.fromInternet = std::min(endpoint.fromInternet, Verdict::Unknown);
            endpoint.because.push_back({ .check = "GL-DKR-001",
                .object = w.machines[machine].index == None ? inventory::NoObject
                                                            : w.inventory.nodes[w.machines[machine].index].id,
                .path = "ports",
                .evidence = "port " + std::to_string(fact.port) + " open, "
                    + (fact.tls == "none"      ? "no TLS"
                            : fact.tls.empty() ? "TLS unknown"
                                               : "asks for no client certificate"),
                .container = {},
                .observation = observed.source });
        }
        for (const DockerPod& pod : pods) {
            for (const MachineIndex machine : w.machinesOf[pod.owner]) {
                if (guarded.contains({ machine, pod.port }))
                    continue;
                DockerEndpoint& endpoint = at(machine, pod.port);
                endpoint.pod = &pod;
                endpoint.shut = shut.contains({ machine, pod.port });
                endpoint.because.push_back(pod.because);
            }
        }
        return all;
    }

    const network::Opening* openingOf(const World& w, const DockerPod& pod)
    {
        for (const network::Opening* opening : w.exposure.openingsOf(pod.owner))
            if (opening->targetPort == pod.target
                && (opening->via == network::Via::HostPort || opening->via == network::Via::HostNetwork))
                return opening;
        return nullptr;
    }

    Verdict dockerFromInternet(const World& w, const Machine& machine, const DockerEndpoint& endpoint)
    {
        if (endpoint.shut && endpoint.fromInternet != Verdict::Allowed)
            return Verdict::Denied;
        Verdict exists = endpoint.fromInternet;
        const Verdict passes = machine.index == None
            ? Verdict::Allowed
            : w.reachability.fromInternetToNode(machine.index, { "TCP", endpoint.port });
        if (endpoint.pod)
            if (const network::Opening* opening = openingOf(w, *endpoint.pod)) {
                if (endpoint.pod->translated) {
                    // What was seen from outside stays open unless a policy or filter of today closes it.
                    network::Opening seen = *opening;
                    if (endpoint.fromInternet == Verdict::Allowed)
                        seen.reach = network::Reach::Public;
                    return w.reachability.fromInternet(seen);
                }
                exists = std::min(exists, w.reachability.fromInternet(*opening));
            }
        return std::max(exists, passes);
    }

    void dockerTcp(World& w)
    {
        const std::vector<DockerPod> pods = dockerPods(w);
        for (const auto& [index, endpoints] : dockerEndpoints(w, pods)) {
            const Machine& machine = w.machines[index];
            const std::string target = "node/" + machine.name;
            const NodeIndex node = w.endpoint("docker/" + machine.name, "Docker on " + machine.name, 2);
            for (const DockerEndpoint& endpoint : endpoints) {
                const bool translated = endpoint.pod && endpoint.pod->translated;
                const bool segmentable = translated && w.canSegment(endpoint.pod->owner);
                const auto guard = [&](GraphBuilder::NewEdge edge) {
                    edge.breaksIf(!translated, "M4", target)
                        .breaksIf(!translated, "M5", target)
                        .breaksIf(segmentable, "M7", w.segmentTarget());
                };
                if (const Verdict verdict = dockerFromInternet(w, machine, endpoint);
                    verdict != Verdict::Denied) {
                    auto edge = w.graph.edge(EdgeKind::ExposedService, w.internet(), node,
                        { .certainty = certainty(verdict), .support = {} });
                    for (const Justification& j : endpoint.because)
                        edge.because(j);
                    edge.breaks("M3", "edge");
                    guard(edge);
                }
                if (translated) {
                    // Inside the cluster the pod's own address answers as well.
                    for (const std::uint32_t source : w.usedSources()) {
                        const Verdict verdict = w.reachability.allows(
                            source, endpoint.pod->owner, { "TCP", endpoint.pod->target });
                        if (verdict != Verdict::Denied)
                            guard(w.graph.edge(EdgeKind::Structure, w.net(source), node,
                                { .certainty = certainty(verdict), .support = {} }));
                    }
                } else {
                    joinHubs(w, node, machine, endpoint.port, Certainty::Certain, guard);
                }
                auto edge = w.graph.edge(
                    EdgeKind::DockerTcp, node, machine.node, { .certainty = endpoint.open, .support = {} });
                for (const Justification& j : endpoint.because)
                    edge.because(j);
                edge.breaks("M6", target);
            }
        }
    }

    // ---- etcd

    Justification justification(std::string_view check, const secrets::Evidence& evidence)
    {
        return { .check = check,
            .object = evidence.object,
            .path = evidence.path,
            .evidence = evidence.text,
            .container = evidence.container,
            .observation = evidence.observation };
    }

    void etcdOpen(World& w)
    {
        for (const secrets::EtcdMember& member : secrets::etcdMembers(w.inventory)) {
            if (member.listens == Answer::No || member.open == Answer::No)
                continue;
            const MachineIndex index = machineNamed(w, member.pod->nodeName);
            const Machine nowhere { .name = "?", .owners = {} };
            const Machine& machine = index == None ? nowhere : w.machines[index];
            const NodeIndex endpoint = w.endpoint("etcd", "etcd", 4);
            joinHubs(w, endpoint, machine, member.port,
                member.listens == Answer::Yes ? Certainty::Certain : Certainty::Possible,
                [&](GraphBuilder::NewEdge edge) {
                    if (!member.listening.text.empty())
                        edge.because(justification("GL-ETC-007", member.listening));
                    edge.breaks("M14", "node/" + machine.name);
                });
            w.graph
                .edge(EdgeKind::EtcdOpen, endpoint, w.jewel("etcd", "etcd data"),
                    { .certainty = member.open == Answer::Yes ? Certainty::Certain : Certainty::Possible,
                        .support = {} })
                .because(justification("GL-ETC-004", member.why))
                .breaks("M13", "etcd");
        }
    }

    void etcdAtRest(World& w)
    {
        const secrets::Encryption encryption = secrets::encryptionAtRest(w.inventory);
        const bool byFact = !w.inventory.observations.etcd.empty();
        // A provider file may still begin with "identity"; only somebody who read etcd knows.
        if (encryption.encrypted == Answer::Yes && byFact)
            return;
        const Certainty certain
            = encryption.encrypted == Answer::No ? Certainty::Certain : Certainty::Possible;
        auto edge = w.graph.edge(EdgeKind::EtcdAtRest, w.jewel("etcd", "etcd data"),
            w.jewel("all-secrets", "all Secrets"), { .certainty = certain, .support = {} });
        for (const secrets::Evidence& evidence : encryption.evidence)
            edge.because(justification("GL-ETC-001", evidence));
        edge.breaks("M12", "etcd");
    }

    void etcdWrite(World& w)
    {
        w.graph
            .edge(
                EdgeKind::EtcdWrite, w.jewel("etcd", "etcd data"), w.jewel("cluster-admin", "cluster-admin"))
            .because({ .check = {},
                .object = {},
                .path = {},
                .evidence = "whoever writes etcd writes roles and bindings past the API server",
                .container = {},
                .observation = {} });
    }

    // ---- admin interfaces and dashboards

    bool isDashboard(const network::AdminMatch& match)
    {
        return match.tool.id == "kubernetes-dashboard" || match.tool.id == "headlamp";
    }

    template <class Look> void forEachAdmin(World& w, Look look)
    {
        for (OwnerIndex owner = 0; owner < w.inventory.owners.size(); ++owner) {
            const network::AdminMatch* match = w.runs(owner) ? w.exposure.adminOf(owner) : nullptr;
            if (!match || match->tool.gives == network::AdminInterface::Gives::Nothing)
                continue;
            const inventory::Workload& workload = w.inventory.workloads[w.inventory.owners[owner].workload];
            const inventory::PodSpec* spec = w.inventory.spec(workload);
            if (spec)
                look(owner, *match, workload, *spec);
        }
    }

    Justification because(
        std::string_view check, const inventory::Workload& workload, const network::AdminMatch& match)
    {
        const bool open = match.tool.login == network::AdminInterface::Login::None;
        return { .check = check,
            .object = workload.id,
            .path = match.path,
            .evidence = match.evidence + (open ? ", asks nobody for a login" : ", its login is not known"),
            .container = {},
            .observation = {} };
    }

    void adminInterface(World& w)
    {
        using Gives = network::AdminInterface::Gives;
        forEachAdmin(w,
            [&](OwnerIndex owner, const network::AdminMatch& match, const inventory::Workload& workload,
                const inventory::PodSpec& spec) {
                if (isDashboard(match))
                    return;
                const EdgeDetails details { .certainty
                    = match.tool.login == network::AdminInterface::Login::None ? Certainty::Certain
                                                                               : Certainty::Possible,
                    .support = {} };
                const auto lead = [&](NodeIndex to) {
                    for (const auto& [port, node] : w.reachNodes(owner))
                        w.graph.edge(EdgeKind::AdminInterface, node, to, details)
                            .because(because("GL-EXP-013", workload, match))
                            .breaks("M9", w.pathOf(owner));
                };
                if (match.tool.gives == Gives::Code)
                    lead(w.own(owner));
                else if (match.tool.gives == Gives::Identity)
                    lead(w.serviceAccount(w.objectOf(owner).ns, w.accountOf(spec)));
                else if (secrets::datastoreOfImage(spec.containers.empty()
                                 ? std::string_view()
                                 : spec.containers.front().image.view()))
                    lead(w.jewel("datastore-credentials", "credentials of data stores"));
            });
    }

    /// Does the dashboard take tokens over plain HTTP, where others may hear them?
    bool takesTokensInClear(const inventory::PodSpec& spec)
    {
        return std::any_of(spec.containers.begin(), spec.containers.end(), [](const Container& container) {
            const inventory::Flags flags(container);
            return flags.boolean("--enable-insecure-login", false)
                || (flags.has("--insecure-port") && flags.value("--insecure-port") != "0");
        });
    }

    void dashboardOpen(World& w)
    {
        forEachAdmin(w,
            [&](OwnerIndex owner, const network::AdminMatch& match, const inventory::Workload& workload,
                const inventory::PodSpec& spec) {
                if (!isDashboard(match))
                    return;
                // With a login the visitor is who he logs in as.
                const bool open = match.tool.login == network::AdminInterface::Login::None;
                if (!open && !takesTokensInClear(spec))
                    return;
                for (const auto& [port, node] : w.reachNodes(owner))
                    w.graph
                        .edge(EdgeKind::DashboardOpen, node,
                            w.serviceAccount(w.objectOf(owner).ns, w.accountOf(spec)),
                            { .certainty = open ? Certainty::Certain : Certainty::Possible, .support = {} })
                        .because(because("GL-DSH-004", workload, match))
                        .breaks("M9", w.pathOf(owner));
            });
    }

    // ---- stores

    void defaultCredential(World& w)
    {
        w.forEachContainer([&](const PodView& pod, const Container& container) {
            const secrets::Datastore* store = w.storeOf(container.image);
            if (!store || hasEnded(container))
                return;
            // The image of a store is also its clients' image: who listens on other ports only may be one.
            const auto& ports = w.portsOf(pod.owner);
            const bool serves = ports.empty() || std::binary_search(ports.begin(), ports.end(), store->port);
            const auto lead = [&](Justification why, std::string_view credential) {
                w.graph
                    .edge(EdgeKind::DefaultCredential, w.reach(pod.owner, store->port),
                        w.jewel("datastore-credentials", "credentials of data stores"),
                        { .certainty = serves ? Certainty::Certain : Certainty::Possible,
                            .support = credential })
                    .because(std::move(why))
                    .breaks("M11", credential);
            };
            for (const inventory::CredentialLiteral& literal : container.literals)
                if (literal.defaultPassword && literal.place == credentials::Place::EnvValue)
                    lead(pod.at("GL-SEC-001", container, literal.path,
                             literal.key.str() + ": a well-known default password"),
                        w.credentialTarget(pod, container, literal));
            for (std::size_t i = 0; i < container.env.size(); ++i)
                if (secrets::admitsEverybody(container.env[i]))
                    lead(pod.at("", container, "env[" + std::to_string(i) + "].value",
                             container.env[i].name.str() + " lets everybody in"),
                        w.pathOf(pod.owner));
        });
    }

    constexpr RuleEntry Rules[] = {
        { EdgeKind::ApiPublic, apiPublic },
        { EdgeKind::ApiAnonymous, apiAnonymous },
        { EdgeKind::DockerTcp, dockerTcp },
        { EdgeKind::EtcdOpen, etcdOpen },
        { EdgeKind::EtcdAtRest, etcdAtRest },
        { EdgeKind::EtcdWrite, etcdWrite },
        { EdgeKind::AdminInterface, adminInterface },
        { EdgeKind::DashboardOpen, dashboardOpen },
        { EdgeKind::DefaultCredential, defaultCredential },
    };
}

std::span<const RuleEntry> endpointRules() { return Rules; }

} // namespace glacis::attack
