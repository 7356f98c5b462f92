// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Identities whose rights lead an attacker further, with how far each right goes; Secrets by namespace with
// who uses and who may read them; etcd and encryption at rest. From the attack graph: what leads nowhere is
// not listed.
#include <report/report_material.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <inventory/control_plane.h>
#include <report/plain.h>
#include <secrets/etcd.h>

namespace glacis::report {
namespace {
    using attack::EdgeKind;
    using attack::NodeKind;

    constexpr std::size_t RightCount = 6;
    constexpr std::array<std::string_view, RightCount> rightTitles { "Cluster admin", "Read Secrets",
        "Create pods", "Run in pods", "Act as others", "Read specs" };

    int rightOf(EdgeKind kind)
    {
        switch (kind) {
        case EdgeKind::ClusterAdmin:
            return 0;
        case EdgeKind::SecretRead:
            return 1;
        case EdgeKind::PodCreate:
            return 2;
        case EdgeKind::PodExec:
            return 3;
        case EdgeKind::TokenSecret:
            return 4;
        case EdgeKind::ReadPodSpec:
            return 5;
        default:
            return -1;
        }
    }

    bool isIdentity(NodeKind kind)
    {
        return kind == NodeKind::ServiceAccount || kind == NodeKind::User || kind == NodeKind::Group;
    }

    struct Holder {
        attack::NodeIndex node = 0;
        std::array<std::set<std::string>, RightCount> where; ///< "*": everywhere; else namespaces or names
        std::set<std::string> bindings;
        [[nodiscard]] int weight() const
        {
            int sum = 0;
            for (std::size_t i = 0; i < RightCount; ++i)
                if (!where[i].empty())
                    sum += (where[i].contains("*") ? 100 : 10) * static_cast<int>(RightCount - i)
                        + (i == 0 ? 10000 : 0);
            return sum;
        }
    };

    /// "*" for the whole cluster, else the namespace of a hub or the Secret itself.
    std::string reachOf(const attack::Node& node)
    {
        if (node.kind == NodeKind::Jewel)
            return "*";
        if (node.kind == NodeKind::Scope)
            return node.id.substr(node.id.find_last_of('/') + 1);
        if (node.kind == NodeKind::Secret)
            return node.id.substr(7);
        return node.label;
    }

    std::vector<Holder> holders(const Material& m)
    {
        const attack::Graph& graph = m.assessment.graph;
        std::vector<Holder> list;
        for (attack::NodeIndex n = 0; n < graph.nodes.size(); ++n) {
            if (!isIdentity(graph.nodes[n].kind))
                continue;
            Holder holder;
            holder.node = n;
            for (const attack::Edge& edge : graph.out(n)) {
                const int right = rightOf(edge.kind);
                if (right < 0)
                    continue;
                holder.where[static_cast<std::size_t>(right)].insert(reachOf(graph.nodes[edge.to]));
                for (const attack::Justification& because : graph.becauseOf(edge))
                    if (because.object.valid())
                        if (const auto kind = m.inventory.object(because.object).kind;
                            kind == inventory::Kind::RoleBinding
                            || kind == inventory::Kind::ClusterRoleBinding)
                            holder.bindings.insert(m.label(because.object));
            }
            if (holder.weight() > 0)
                list.push_back(std::move(holder));
        }
        std::stable_sort(list.begin(), list.end(),
            [](const Holder& a, const Holder& b) { return a.weight() > b.weight(); });
        return list;
    }

    Text reachText(const Material& m, const std::set<std::string>& where)
    {
        if (where.empty())
            return { { "–", Face::Quiet } };
        if (where.contains("*"))
            return { { "everywhere", Face::Strong } };
        std::vector<std::string> names;
        names.reserve(where.size());
        for (const std::string& name : where)
            names.push_back(m.hide(name));
        return { { joined(names, 2), Face::Code } };
    }

    struct NamespaceSecrets {
        std::uint32_t count = 0, keys = 0, tokens = 0;
        std::set<attack::NodeIndex> users, readers;
    };

    void addEncryption(Material& m)
    {
        const secrets::Encryption encryption = secrets::encryptionAtRest(m.inventory);
        m.part("Encryption at rest and etcd");
        Facts facts;
        const auto answer = [](secrets::Answer a, const char* yes, const char* no) {
            return a == secrets::Answer::Yes ? yes : a == secrets::Answer::No ? no : "Not known: ";
        };
        const auto evidence = [&](const secrets::Evidence& e) {
            Text text;
            if (e.object.valid())
                text.push_back({ m.label(e.object) + " " });
            if (!e.path.empty())
                text.push_back(m.code(e.path + " "));
            if (!e.text.empty())
                text.push_back({ m.hide(e.text) });
            if (!e.observation.empty())
                text.push_back({ (text.empty() ? "from " : ", from ") + m.hide(e.observation), Face::Quiet });
            return text;
        };
        Text words { { answer(encryption.encrypted, "Secrets are encrypted in etcd. ",
                           "Secrets lie in etcd unencrypted. "),
            Face::Strong } };
        for (const secrets::Evidence& e : encryption.evidence) {
            const Text more = evidence(e);
            words.insert(words.end(), more.begin(), more.end());
            words.push_back({ " " });
        }
        facts.rows.emplace_back("Encryption at rest", std::move(words));
        for (const secrets::EtcdMember& member : secrets::etcdMembers(m.inventory)) {
            Text line { { answer(member.open, "serves clients without a certificate. ",
                "asks every client for a certificate. ") } };
            const Text why = evidence(member.why);
            line.insert(line.end(), why.begin(), why.end());
            facts.rows.emplace_back(
                member.pod ? m.label(member.pod->id) : std::string("etcd"), std::move(line));
        }
        m.add(std::move(facts));
    }

    std::string_view namespaceOf(std::string_view secretId) // "secret/shop/db"
    {
        secretId.remove_prefix(7);
        return secretId.substr(0, secretId.find('/'));
    }

    std::map<std::string, NamespaceSecrets> secretsByNamespace(const Material& m)
    {
        std::map<std::string, NamespaceSecrets> byNamespace;
        for (const inventory::Secret& secret : m.inventory.secrets) {
            NamespaceSecrets& ns = byNamespace[m.inventory.object(secret.id).ns.str()];
            ++ns.count;
            ns.keys += secret.keyCount;
            ns.tokens += secret.type.view() == "kubernetes.io/service-account-token" ? 1 : 0;
        }
        const attack::Graph& graph = m.assessment.graph;
        for (const attack::Edge& edge : graph.edges) {
            const attack::Node& to = graph.nodes[edge.to];
            if (edge.kind == EdgeKind::CredFromSecret && to.kind == NodeKind::Secret) {
                if (const auto it = byNamespace.find(std::string(namespaceOf(to.id)));
                    it != byNamespace.end() && graph.nodes[edge.from].kind == NodeKind::Own)
                    it->second.users.insert(edge.from);
            } else if (edge.kind == EdgeKind::SecretRead && to.kind != NodeKind::Jewel) {
                const std::string ns = to.kind == NodeKind::Scope ? to.id.substr(to.id.find_last_of('/') + 1)
                    : to.kind == NodeKind::Secret                 ? std::string(namespaceOf(to.id))
                                                                  : std::string();
                if (const auto it = byNamespace.find(ns); it != byNamespace.end())
                    it->second.readers.insert(edge.from);
            }
        }
        return byNamespace;
    }
}

void addRights(Material& m)
{
    m.section(Section::Rbac, title(Section::Rbac), false);
    const std::vector<Holder> list = holders(m);
    if (list.empty()) {
        m.say(m.inventory.bindings.empty()
                ? "No RoleBinding or ClusterRoleBinding was read, so nothing can be said of rights."
                : "No identity that an attacker could take holds a right that leads further.");
        return;
    }
    m.say("Identities that a workload, an anonymous request or a group of people can use, and their rights "
          "that lead "
          "further: to Secrets, into pods, to other identities. Widest first; each right should have a "
          "reason.");
    Table table { "Rights that lead further", { { "Identity", 2.6 } }, {} };
    for (const std::string_view title : rightTitles)
        table.columns.push_back({ std::string(title), 1.35 });
    const std::size_t most = m.options.edition == Edition::Audit ? list.size() : 40;
    for (std::size_t i = 0; i < list.size() && i < most; ++i) {
        TableRow row { { { { m.node(list[i].node), Face::Plain } } } };
        for (std::size_t r = 0; r < RightCount; ++r)
            row.cells.push_back(reachText(m, list[i].where[r]));
        if (!list[i].bindings.empty())
            row.below = { { "through " + joined({ list[i].bindings.begin(), list[i].bindings.end() }, 4),
                Face::Quiet } };
        table.rows.push_back(std::move(row));
    }
    m.add(std::move(table));
    if (list.size() > most)
        m.say("The audit edition lists " + grouped(list.size() - most) + " more.", Paragraph::Role::Note);
}

void addSecrets(Material& m)
{
    m.section(Section::Secrets, title(Section::Secrets), false);
    m.say("Glacis never reads the value of a Secret. Known are name, type, number of keys, who uses and who "
          "may read "
          "it.");
    addEncryption(m);
    const auto byNamespace = secretsByNamespace(m);
    m.part("Secrets by namespace");
    if (byNamespace.empty()) {
        m.say(m.inventory.coverage.isRead(inventory::Kind::Secret) ? "The source holds no Secret."
                                                                   : "Secrets were not read.");
        return;
    }
    std::set<attack::NodeIndex> everywhere;
    const attack::Graph& graph = m.assessment.graph;
    for (const attack::Edge& edge : graph.edges)
        if (edge.kind == EdgeKind::SecretRead && graph.nodes[edge.to].kind == NodeKind::Jewel)
            everywhere.insert(edge.from);
    if (!everywhere.empty()) {
        std::vector<std::string> names;
        names.reserve(everywhere.size());
        for (const attack::NodeIndex n : everywhere)
            names.push_back(m.node(n));
        m.say({ { "All of them can be read by " },
            { joined(names, m.options.edition == Edition::Audit ? names.size() : 8), Face::Strong },
            { "." } });
    }
    Table table { "Secrets by namespace",
        { { "Namespace", 2 }, { "Secrets", 1, true, true }, { "Keys", 1, true, true },
            { "Tokens", 1, true, true }, { "Used by", 3 }, { "Also readable by", 3 } },
        {} };
    const auto names = [&](const std::set<attack::NodeIndex>& nodes) {
        std::vector<std::string> list;
        list.reserve(nodes.size());
        for (const attack::NodeIndex n : nodes)
            list.push_back(m.node(n));
        return list.empty() ? Text { { "–", Face::Quiet } } : Text { { joined(list, 4) } };
    };
    for (const auto& [ns, sums] : byNamespace)
        table.rows.push_back(
            { { { m.code(ns) }, { { std::to_string(sums.count) } }, { { std::to_string(sums.keys) } },
                { { std::to_string(sums.tokens) } }, names(sums.users), names(sums.readers) } });
    m.add(std::move(table));
}

} // namespace glacis::report
