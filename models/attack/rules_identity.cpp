// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Identities, what RBAC lets them do, and who acts as whom.
#include <attack/world.h>

#include <algorithm>
#include <map>
#include <set>

#include <attack/rights.h>
#include <attack/scopes.h>
#include <base/text.h>

namespace glacis::attack {
namespace {
    using access::Identity;
    using access::ResolvedBinding;

    std::string_view checkOf(Right right)
    {
        switch (right) {
        case Right::Everything:
            return "GL-RBAC-001";
        case Right::ReadSecrets:
        case Right::CreateSecrets:
            return "GL-RBAC-006";
        case Right::Exec:
        case Right::ExecByGet:
        case Right::Attach:
        case Right::AttachByGet:
            return "GL-RBAC-008";
        case Right::CreateWorkload:
            return "GL-RBAC-007";
        case Right::ReadSpecs:
            return {};
        }
        return {};
    }

    std::optional<Identity> identityOf(const inventory::Subject& subject, const ResolvedBinding& binding)
    {
        if (subject.kind == "ServiceAccount") {
            const std::string_view ns = subject.ns.empty() ? std::string_view(binding.ns) : subject.ns.view();
            return ns.empty() ? std::nullopt : std::optional(Identity::serviceAccount(ns, subject.name));
        }
        if (subject.kind == "Group")
            return Identity::group(subject.name);
        // "system:serviceaccount:NS:NAME" as a User is that ServiceAccount.
        if (subject.name.view().starts_with("system:serviceaccount:")) {
            const auto parts = split(subject.name.view().substr(22), ':');
            if (parts.size() == 2)
                return Identity::serviceAccount(parts[0], parts[1]);
        }
        return subject.kind == "User" ? std::optional(Identity::user(subject.name)) : std::nullopt;
    }

    /// Nobody comes to be one of these by a step of the graph: components of the control plane with
    /// certificates.
    bool isOutOfPlay(
        const Identity& identity, const inventory::Subject& subject, const ResolvedBinding& binding)
    {
        const bool kubelet = identity.name == "system:nodes" || identity.name.starts_with("system:node:");
        return identity.kind != Identity::Kind::ServiceAccount && !kubelet
            && access::isSystemSubject(subject, binding.ns);
    }

    // ---- what "get" on pods/exec is worth

    struct Version {
        std::int64_t major = 0, minor = 0;
        // clang-tidy 14 takes the zero of the generated comparison for a null pointer.
        // NOLINTNEXTLINE(modernize-use-nullptr)
        auto operator<=>(const Version&) const = default;
    };

    /// "v1.35.0-gke.100", "1.35+"
    std::optional<Version> versionOf(std::string_view text)
    {
        const auto parts = split(text.substr(text.starts_with('v') ? 1 : 0), '.');
        if (parts.size() < 2)
            return std::nullopt;
        const auto major = parseInteger(parts[0]);
        const auto minor = parseInteger(parts[1].substr(0, parts[1].find_first_not_of("0123456789")));
        return major && minor ? std::optional(Version { *major, *minor }) : std::nullopt;
    }

    /// Does "get" alone run a command in a pod? A WebSocket begins with GET; from 1.35 on the API server asks
    /// for "create" too (feature gate AuthorizePodWebsocketUpgradeCreatePermission). Nothing: no. Where only
    /// kubelets tell, the API server is as new as the newest of them or up to three minor versions newer.
    std::optional<Certainty> shellByGet(const Inventory& inventory)
    {
        constexpr Version asksForCreate { 1, 35 };
        constexpr std::int64_t skew = 3;
        if (const auto server = versionOf(inventory.source.serverVersion))
            return *server < asksForCreate ? std::optional(Certainty::Certain) : std::nullopt;
        std::optional<Version> newest;
        for (const inventory::Node& node : inventory.nodes)
            if (const auto kubelet = versionOf(node.kubeletVersion);
                kubelet && (!newest || *newest < *kubelet))
                newest = kubelet;
        if (!newest)
            return Certainty::Possible;
        if (*newest >= asksForCreate)
            return std::nullopt;
        newest->minor += skew;
        return *newest < asksForCreate ? Certainty::Certain : Certainty::Possible;
    }

    // ---- rights

    class Rights {
    public:
        explicit Rights(World& w)
            : m_world(w)
            , m_scopes(w)
            , m_shellByGet(shellByGet(w.inventory))
        {
        }

        void run()
        {
            std::map<const access::ResolvedRole*, std::vector<RoleRight>> rights;
            for (const ResolvedBinding& binding : m_world.access.bindings()) {
                if (!binding.role || m_world.stop.stopRequested())
                    continue;
                const auto [at, isNew] = rights.try_emplace(binding.role);
                if (isNew)
                    at->second = rightsOf(*binding.role);
                if (at->second.empty())
                    continue;
                for (const inventory::Subject& subject : binding.binding->subjects) {
                    const auto identity = identityOf(subject, binding);
                    if (identity && !isOutOfPlay(*identity, subject, binding))
                        grant(*identity, binding, at->second);
                }
            }
            for (const auto& [identity, halves] : m_tokenHalves)
                joinHalves(identity, halves);
            joinGroups();
            m_scopes.finish(m_world.powerful);
        }

    private:
        void grant(
            const Identity& identity, const ResolvedBinding& binding, const std::vector<RoleRight>& rights)
        {
            for (const RoleRight& right : rights) {
                switch (right.right) {
                case Right::Everything:
                    if (binding.cluster)
                        lead(EdgeKind::ClusterAdmin, identity,
                            m_world.jewel("cluster-admin", "cluster-admin"), binding, right);
                    else
                        everythingIn(identity, binding, right);
                    break;
                case Right::ReadSecrets:
                    readSecrets(identity, binding, right);
                    if (right.names.empty() && !find(rights, Right::CreateSecrets))
                        m_tokenHalves[identity].reads.push_back({ &binding, &right });
                    break;
                case Right::CreateSecrets:
                    if (const RoleRight* reads = find(rights, Right::ReadSecrets))
                        tokenSecrets(identity, binding, *reads);
                    else
                        m_tokenHalves[identity].creates.push_back({ &binding, &right });
                    break;
                case Right::Exec:
                    exec(identity, binding, right, Certainty::Certain);
                    break;
                case Right::ExecByGet:
                    if (m_shellByGet && !find(rights, Right::Exec))
                        exec(identity, binding, right, *m_shellByGet);
                    break;
                // Attaching is worth a shell where one reads from the standard input: no object tells.
                case Right::Attach:
                    if (!find(rights, Right::Exec))
                        exec(identity, binding, right, Certainty::Possible);
                    break;
                case Right::AttachByGet:
                    if (m_shellByGet && !find(rights, Right::Exec))
                        exec(identity, binding, right, Certainty::Possible);
                    break;
                case Right::CreateWorkload:
                    lead(EdgeKind::PodCreate, identity, m_scopes.createPods(binding.ns), binding, right);
                    break;
                case Right::ReadSpecs:
                    readSpecs(identity, binding, right, rights);
                    break;
                }
            }
        }

        static const RoleRight* find(const std::vector<RoleRight>& rights, Right wanted)
        {
            const auto at = std::find_if(rights.begin(), rights.end(),
                [&](const RoleRight& r) { return r.right == wanted && r.names.empty(); });
            return at == rights.end() ? nullptr : &*at;
        }

        GraphBuilder::NewEdge lead(EdgeKind kind, const Identity& identity, NodeIndex to,
            const ResolvedBinding& binding, const RoleRight& right, Certainty certainty = Certainty::Certain)
        {
            const NodeIndex from = m_world.identity(identity);
            m_world.powerful.insert(from);
            const std::string target = nameOf(binding);
            auto edge = m_world.graph.edge(kind, from, to, { .certainty = certainty, .support = target });
            edge.because(because(identity, binding, right)).breaks("M10", target);
            return edge;
        }

        std::string nameOf(const ResolvedBinding& binding) const
        {
            return targetOf(binding, m_world.inventory.object(binding.object).name);
        }

        static Justification because(
            const Identity& identity, const ResolvedBinding& binding, const RoleRight& right)
        {
            return { .check = isAnonymous(identity) ? "GL-RBAC-003" : checkOf(right.right),
                .object = binding.object,
                .path = "roleRef.name",
                .evidence = (binding.role->clusterRole ? "ClusterRole " : "Role ") + binding.role->name + ": "
                    + right.evidence,
                .container = {},
                .observation = {} };
        }

        static bool isAnonymous(const Identity& identity)
        {
            return identity.name == "system:unauthenticated" || identity.name == "system:anonymous";
        }

        void everythingIn(const Identity& identity, const ResolvedBinding& binding, const RoleRight& right)
        {
            lead(EdgeKind::SecretRead, identity, m_scopes.readSecrets(binding.ns), binding, right);
            lead(EdgeKind::PodExec, identity, m_scopes.exec(binding.ns), binding, right);
            lead(EdgeKind::PodCreate, identity, m_scopes.createPods(binding.ns), binding, right);
            lead(EdgeKind::ReadPodSpec, identity, m_scopes.readSpecs(Kind::Pod, binding.ns), binding, right);
        }

        void readSecrets(const Identity& identity, const ResolvedBinding& binding, const RoleRight& right)
        {
            if (right.names.empty()) {
                lead(EdgeKind::SecretRead, identity, m_scopes.readSecrets(binding.ns), binding, right);
                return;
            }
            for (const Str name : right.names) {
                if (!binding.ns.empty()) {
                    lead(EdgeKind::SecretRead, identity, m_world.secret(binding.ns, name), binding, right);
                    continue;
                }
                for (const inventory::Secret& secret : m_world.inventory.secrets)
                    if (m_world.inventory.object(secret.id).name == name)
                        lead(EdgeKind::SecretRead, identity,
                            m_world.secret(m_world.inventory.object(secret.id).ns, name), binding, right);
            }
        }

        // A token Secret that one creates for an account is filled by the control plane, then read.
        void tokenSecrets(const Identity& identity, const ResolvedBinding& binding, const RoleRight& reads)
        {
            RoleRight right = reads;
            right.evidence = "create secrets, " + reads.evidence;
            lead(EdgeKind::TokenSecret, identity, m_scopes.accounts(binding.ns), binding, right);
        }

        /// One binding lets create Secrets, another lets read them: each of the two breaks the step.
        struct Half {
            const ResolvedBinding* binding = nullptr;
            const RoleRight* right = nullptr;
        };
        struct TokenHalves {
            std::vector<Half> creates, reads;
        };
        void joinHalves(const Identity& identity, const TokenHalves& halves)
        {
            for (const Half& creates : halves.creates)
                for (const Half& reads : halves.reads) {
                    const std::string& first = creates.binding->ns;
                    const std::string& second = reads.binding->ns;
                    if (!first.empty() && !second.empty() && first != second)
                        continue;
                    const NodeIndex from = m_world.identity(identity);
                    m_world.powerful.insert(from);
                    m_world.graph
                        .edge(EdgeKind::TokenSecret, from, m_scopes.accounts(first.empty() ? second : first),
                            { .support = nameOf(*creates.binding) + " with " + nameOf(*reads.binding) })
                        .because(because(identity, *creates.binding, *creates.right))
                        .because(because(identity, *reads.binding, *reads.right))
                        .breaks("M10", nameOf(*creates.binding))
                        .breaks("M10", nameOf(*reads.binding));
                }
        }

        void exec(const Identity& identity, const ResolvedBinding& binding, const RoleRight& right,
            Certainty certainty)
        {
            if (right.names.empty()) {
                lead(EdgeKind::PodExec, identity, m_scopes.exec(binding.ns), binding, right, certainty);
                return;
            }
            for (const Str name : right.names) {
                for (const inventory::Workload& workload : m_world.inventory.workloads) {
                    const inventory::Object& object = m_world.inventory.object(workload.id);
                    if (workload.kind != Kind::Pod || !(object.name == name)
                        || (!binding.ns.empty() && !(object.ns == binding.ns)))
                        continue;
                    const auto index
                        = static_cast<std::size_t>(&workload - m_world.inventory.workloads.data());
                    const OwnerIndex owner = m_world.inventory.ownerOfWorkload[index];
                    if (m_world.runs(owner))
                        lead(EdgeKind::PodExec, identity, m_world.own(owner), binding, right, certainty);
                }
            }
        }

        void readSpecs(const Identity& identity, const ResolvedBinding& binding, const RoleRight& right,
            const std::vector<RoleRight>& rights)
        {
            // Whoever reads Pods sees what runs; the template of its controller tells nothing more.
            const bool readsPods = right.kind != Kind::Pod
                && std::any_of(rights.begin(), rights.end(), [](const RoleRight& r) {
                       return r.right == Right::ReadSpecs && r.kind == Kind::Pod && r.names.empty();
                   });
            bool any = false;
            m_world.forEachLiteralIn(binding.ns, [&](const World::LiteralCredential& credential) {
                if (!m_world.showsTemplate(credential.owner, right.kind)
                    || (readsPods && m_world.runs(credential.owner)))
                    return;
                if (right.names.empty())
                    any = true;
                else if (std::any_of(right.names.begin(), right.names.end(),
                             [&](Str n) { return m_world.showsTemplate(credential.owner, right.kind, n); }))
                    lead(EdgeKind::ReadPodSpec, identity, credential.node, binding, right)
                        .breaks("M11", credential.target);
            });
            if (any)
                lead(EdgeKind::ReadPodSpec, identity, m_scopes.readSpecs(right.kind, binding.ns), binding,
                    right);
        }

        /// Groups that somebody is in by being what he is: only those to which a binding gave something.
        void joinGroups()
        {
            std::set<NodeIndex> groups;
            for (const NodeIndex node : m_world.powerful)
                if (m_world.graph.nodes()[node].kind == NodeKind::Group)
                    groups.insert(node);
            const auto join = [&](const Identity& identity) {
                for (const std::string& group : access::Access::implicitGroups(identity)) {
                    const NodeIndex node = m_world.graph.find("group/" + group);
                    if (node == None || !groups.contains(node))
                        continue;
                    const NodeIndex member = m_world.identity(identity);
                    if (member == node)
                        continue;
                    m_world.graph.edge(EdgeKind::Structure, member, node);
                    m_world.powerful.insert(member);
                }
            };
            if (groups.empty())
                return;
            for (const Identity& identity : everybody())
                join(identity);
        }

        /// Who is named by a binding, whom a pod acts as, and the kubelets.
        std::set<Identity> everybody()
        {
            std::set<Identity> all;
            for (const NodeIndex index : m_world.powerful) {
                const Node& node = m_world.graph.nodes()[index];
                if (node.kind == NodeKind::User)
                    all.insert(Identity::user(node.label));
                else if (node.kind == NodeKind::Group)
                    all.insert(Identity::group(node.label));
                else if (const auto parts = split(node.id, '/'); parts.size() == 3)
                    all.insert(Identity::serviceAccount(parts[1], parts[2]));
            }
            m_world.forEachPod([&](const PodView& pod) {
                if (m_world.hasAccount(pod.owner))
                    all.insert(Identity::serviceAccount(pod.object.ns, m_world.accountOf(pod.spec)));
            });
            for (const Machine& machine : m_world.machines)
                if (machine.known())
                    all.insert(Identity::user("system:node:" + machine.name));
            return all;
        }

        World& m_world;
        Scopes m_scopes;
        std::optional<Certainty> m_shellByGet;
        std::map<Identity, TokenHalves> m_tokenHalves;
    };

    void rights(World& w) { Rights(w).run(); }

    // ---- who acts as whom

    void tokenSecret(World& w)
    {
        for (const inventory::Secret& secret : w.inventory.secrets) {
            if (secret.type != "kubernetes.io/service-account-token")
                continue;
            const inventory::Object& object = w.inventory.object(secret.id);
            const Str* account = object.annotation("kubernetes.io/service-account.name");
            if (!account || !w.leadsOn(object.ns, *account))
                continue;
            const std::string target = "secret/" + object.ns.str() + "/" + object.name.str();
            for (const NodeIndex from :
                { w.secret(object.ns, object.name), w.jewel("all-secrets", "all Secrets") })
                w.graph
                    .edge(EdgeKind::TokenSecret, from, w.serviceAccount(object.ns, *account),
                        { .support = target })
                    .because({ .check = {},
                        .object = secret.id,
                        .path = "type",
                        .evidence = "a token that does not expire, for ServiceAccount " + account->str(),
                        .container = {},
                        .observation = {} })
                    .breaks("M10", target);
        }
    }

    void runsAs(World& w)
    {
        w.forEachPod([&](const PodView& pod) {
            const std::string_view account = w.accountOf(pod.spec);
            if (!w.hasAccount(pod.owner) || !w.leadsOn(pod.object.ns, account))
                return;
            const NodeIndex identity = w.serviceAccount(pod.object.ns, account);
            const Justification because = pod.at("GL-RBAC-021", "serviceAccountName", std::string(account));
            if (w.mountsToken(pod))
                w.graph.edge(EdgeKind::RunsAs, w.own(pod.owner), identity).because(because);
            // Root on the node asks the API server for the token of any pod there, mounted or not.
            w.graph.edge(EdgeKind::RunsAs, w.held(pod.owner), identity).because(because);
        });
    }

    void nodePods(World& w)
    {
        for (const Machine& machine : w.machines) {
            for (const OwnerIndex owner : machine.owners) {
                if (!w.isWorthHolding(owner))
                    continue;
                const Justification because { .check = {},
                    .object = w.inventory.workloads[w.inventory.owners[owner].workload].id,
                    .path = {},
                    .evidence = "a pod of it runs on " + machine.name,
                    .container = {},
                    .observation = {} };
                const EdgeDetails details {
                    .certainty = machine.known() ? Certainty::Certain : Certainty::Possible, .support = {}
                };
                w.graph.edge(EdgeKind::NodePods, machine.node, w.held(owner), details).because(because);
                // The kubelet's own identity may read what the pods of its node use.
                const NodeIndex user = w.graph.find("user/system:node:" + machine.name);
                if (user != None)
                    w.graph.edge(EdgeKind::NodePods, user, w.held(owner), details).because(because);
            }
        }
    }

    void nodeIdentity(World& w)
    {
        for (const Machine& machine : w.machines)
            if (machine.known())
                w.graph
                    .edge(EdgeKind::NodeIdentity, machine.node,
                        w.identity(Identity::user("system:node:" + machine.name)))
                    .because({ .check = {},
                        .object
                        = machine.index == None ? inventory::NoObject : w.inventory.nodes[machine.index].id,
                        .path = {},
                        .evidence = "the kubelet's certificate lies on its node",
                        .container = {},
                        .observation = {} });
    }

    void controlPlane(World& w)
    {
        for (const Machine& machine : w.machines) {
            if (!machine.controlPlane)
                continue;
            w.graph.edge(
                EdgeKind::Structure, machine.node, w.jewel("control-plane-node", "a control-plane node"));
            for (const NodeIndex jewel :
                { w.jewel("cluster-admin", "cluster-admin"), w.jewel("etcd", "etcd data") })
                w.graph.edge(EdgeKind::ControlPlane, machine.node, jewel)
                    .because({ .check = {},
                        .object
                        = machine.index == None ? inventory::NoObject : w.inventory.nodes[machine.index].id,
                        .path = {},
                        .evidence = "control-plane node: its disk holds the keys of the API server and etcd",
                        .container = {},
                        .observation = {} });
        }
    }

    constexpr RuleEntry Rules[] = {
        { EdgeKind::SecretRead, rights }, // one walk over the bindings finds all rights
        { EdgeKind::TokenSecret, tokenSecret },
        { EdgeKind::RunsAs, runsAs },
        { EdgeKind::NodeIdentity, nodeIdentity },
        { EdgeKind::NodePods, nodePods },
        { EdgeKind::ControlPlane, controlPlane },
    };
}

std::span<const RuleEntry> identityRules() { return Rules; }

} // namespace glacis::attack
