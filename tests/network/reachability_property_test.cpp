// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reachability against an evaluator that knows no classes: every pod, every rule, every address, written from
// the text of the NetworkPolicy documentation. Two thousand random clusters, the same on every run.
#include "reachability_fixture.h"

#include <random>

using namespace glacis;
using namespace glacis::network;
using namespace glacis::test;

namespace {

// ---- the naive evaluator: IPv4 only, nothing of the room's own code

std::uint32_t number(std::string_view ip)
{
    std::uint32_t out = 0, part = 0;
    for (const char c : ip) {
        if (c == '.') {
            out = out << 8 | part;
            part = 0;
        } else {
            part = part * 10 + static_cast<std::uint32_t>(c - '0');
        }
    }
    return out << 8 | part;
}

bool within(std::string_view ip, std::string_view cidr)
{
    if (ip.empty())
        return false;
    const std::size_t slash = cidr.find('/');
    const int bits = std::stoi(std::string(cidr.substr(slash + 1)));
    const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t { 0 } << (32 - bits);
    return (number(ip) & mask) == (number(cidr.substr(0, slash)) & mask);
}

using Labels = std::map<std::string, std::string>;

Labels labelsOf(const inventory::KeyValues& pairs)
{
    Labels out;
    for (const auto& pair : pairs)
        out[pair.key.str()] = pair.value.str();
    return out;
}

bool selects(const inventory::LabelSelector& selector, const Labels& labels)
{
    for (const auto& pair : selector.matchLabels) {
        const auto has = labels.find(pair.key.str());
        if (has == labels.end() || has->second != pair.value.str())
            return false;
    }
    for (const auto& expression : selector.expressions) {
        const auto has = labels.find(expression.key.str());
        bool listed = false;
        for (const Str value : expression.values)
            listed = listed || (has != labels.end() && has->second == value.str());
        const std::string op = expression.op.str();
        if (op == "In" && !listed)
            return false;
        if (op == "NotIn" && listed)
            return false;
        if (op == "Exists" && has == labels.end())
            return false;
        if (op == "DoesNotExist" && has != labels.end())
            return false;
    }
    return true;
}

struct Pod { // with one of the addresses that it may have
    std::string ns, address, nodeAddress, node;
    Labels labels;
    bool host = false;
    const inventory::PodSpec* spec = nullptr;
};

class Naive {
public:
    explicit Naive(const inventory::Inventory& inventory)
        : m_inventory(inventory)
    {
    }

    [[nodiscard]] std::vector<Pod> podsOf(std::uint32_t owner) const
    {
        std::vector<Pod> out;
        for (const std::uint32_t pod : m_inventory.owners[owner].pods)
            add(m_inventory.workloads[pod], out);
        if (m_inventory.owners[owner].pods.empty())
            add(m_inventory.workloads[m_inventory.owners[owner].workload], out);
        return out;
    }
    [[nodiscard]] std::vector<Pod> rootOf(const inventory::Node& node) const
    {
        std::vector<Pod> out;
        for (const auto& address : node.addresses) {
            Pod root;
            root.host = true;
            root.address = root.nodeAddress = address.address.str();
            root.node = m_inventory.object(node.id).name.str();
            out.push_back(root);
        }
        return out;
    }

    [[nodiscard]] Verdict connects(const std::vector<Pod>& from, const std::vector<Pod>& to, Port port) const
    {
        Verdict best = Verdict::Denied;
        for (const Pod& a : from)
            for (const Pod& b : to)
                best = std::min(best,
                    std::max(side(a, b, b, port, true),
                        b.host ? input(a, b.node, port) : side(b, a, b, port, false)));
        return best;
    }
    [[nodiscard]] Verdict toNode(const std::vector<Pod>& from, const inventory::Node& node, Port port) const
    {
        return connects(from, rootOf(node), port);
    }

private:
    void add(const inventory::Workload& workload, std::vector<Pod>& out) const
    {
        Pod pod;
        pod.ns = m_inventory.object(workload.id).ns.str();
        pod.labels = labelsOf(workload.podLabels);
        pod.spec = m_inventory.spec(workload);
        pod.host = pod.spec && pod.spec->hostNetwork;
        pod.node = workload.nodeName.str();
        for (const auto& node : m_inventory.nodes) {
            const std::string name = m_inventory.object(node.id).name.str();
            if (!workload.nodeName.empty() && name != workload.nodeName.str())
                continue;
            Pod here = pod;
            here.address = workload.podIp.str();
            if (!pod.host && workload.nodeName.empty() && !here.address.empty()) {
                out.push_back(here); // of its node nothing is known
                return;
            }
            if (pod.host) {
                for (Pod root : rootOf(node)) {
                    here.address = here.nodeAddress = root.address;
                    here.node = name;
                    out.push_back(here);
                }
                continue;
            }
            here.nodeAddress = node.addresses.front().address.str();
            if (here.address.empty() && !node.podCidrs.empty()) {
                const std::string cidr = node.podCidrs.front().str();
                here.address = cidr.substr(0, cidr.find('/'));
            }
            out.push_back(here);
        }
    }

    [[nodiscard]] Labels namespaceLabels(const std::string& ns) const
    {
        Labels out;
        for (const auto& one : m_inventory.namespaces)
            if (m_inventory.object(one.id).name == ns)
                out = labelsOf(m_inventory.object(one.id).labels);
        out["kubernetes.io/metadata.name"] = ns;
        return out;
    }

    /// What the policies on `self` say about the other end.
    [[nodiscard]] Verdict side(
        const Pod& self, const Pod& other, const Pod& target, Port port, bool egress) const
    {
        if (self.host)
            return Verdict::Allowed;
        bool isolated = false, allowed = false;
        for (const auto& policy : m_inventory.networkPolicies) {
            const auto& object = m_inventory.object(policy.id);
            if (!(egress ? policy.egress : policy.ingress) || object.ns.str() != self.ns)
                continue;
            if (object.kind != inventory::Kind::NetworkPolicy) {
                if (!policy.selectionKnown || selects(policy.pods, self.labels))
                    return Verdict::Unknown;
                continue;
            }
            if (!selects(policy.pods, self.labels))
                continue;
            isolated = true;
            for (const auto& rule : egress ? policy.egressRules : policy.ingressRules)
                allowed
                    = allowed || (meansPeer(rule, object.ns.str(), other) && meansPort(rule, target, port));
        }
        return !isolated || allowed ? Verdict::Allowed : Verdict::Denied;
    }

    [[nodiscard]] bool meansPeer(
        const inventory::PolicyRule& rule, const std::string& ns, const Pod& other) const
    {
        if (rule.peers.empty())
            return true;
        for (const auto& peer : rule.peers) {
            if (peer.ipBlock) {
                bool in = within(other.address, peer.ipBlock->cidr);
                for (const Str except : peer.ipBlock->except)
                    in = in && !within(other.address, except);
                if (in)
                    return true;
                continue;
            }
            if (other.host || (!peer.pods.present && !peer.namespaces.present))
                continue;
            const bool nsOk = peer.namespaces.present ? selects(peer.namespaces, namespaceLabels(other.ns))
                                                      : other.ns == ns;
            if (nsOk && (!peer.pods.present || selects(peer.pods, other.labels)))
                return true;
        }
        return false;
    }

    static bool meansPort(const inventory::PolicyRule& rule, const Pod& target, Port port)
    {
        if (rule.ports.empty())
            return true;
        for (const auto& wanted : rule.ports) {
            if ((wanted.protocol.empty() ? std::string("TCP") : wanted.protocol.str()) != port.protocol)
                continue;
            if (!wanted.port)
                return true;
            if (!wanted.port->name.empty()) {
                if (!target.spec || target.host)
                    continue;
                for (const auto& container : target.spec->containers)
                    for (const auto& declared : container.ports)
                        if (declared.name == wanted.port->name && declared.containerPort == port.number
                            && (declared.protocol.empty() ? std::string("TCP") : declared.protocol.str())
                                == port.protocol)
                            return true;
                continue;
            }
            const int last = wanted.endPort ? wanted.endPort : wanted.port->number;
            if (wanted.port->number <= port.number && port.number <= last)
                return true;
        }
        return false;
    }

    [[nodiscard]] Verdict input(const Pod& from, const std::string& node, Port port) const
    {
        bool named = false;
        for (const auto& filter : m_inventory.observations.filters)
            if (concerns(filter.fact, node))
                for (const int one : filter.fact.ports)
                    named = named || one == port.number;
        for (const auto& filter : m_inventory.observations.filters) {
            if (!concerns(filter.fact, node))
                continue;
            const auto& ports = filter.fact.ports;
            const bool decides
                = named ? std::find(ports.begin(), ports.end(), port.number) != ports.end() : ports.empty();
            bool admits = false;
            for (const std::string& cidr : filter.fact.allow)
                admits = admits || within(from.address, cidr) || within(from.nodeAddress, cidr);
            if (decides && !admits)
                return Verdict::Denied;
        }
        return Verdict::Allowed;
    }
    static bool concerns(const inventory::FilterFact& fact, const std::string& node)
    {
        return fact.chain == "input" && (fact.node == "*" || fact.node == node);
    }

    const inventory::Inventory& m_inventory;
};

// ---- random clusters

class Dice {
public:
    explicit Dice(unsigned seed)
        : m_engine(seed)
    {
    }
    int roll(int sides) { return static_cast<int>(m_engine() % static_cast<unsigned>(sides)); }
    bool chance(int percent) { return roll(100) < percent; }
    template <std::size_t N> std::string of(const char* const (&words)[N])
    {
        return words[roll(static_cast<int>(N))];
    }

private:
    std::mt19937 m_engine;
};

constexpr const char* Namespaces[] = { "red", "blue", "green" };
constexpr const char* Apps[] = { "a", "b", "c" };
constexpr const char* Cidrs[] = { "10.0.0.0/8", "10.244.0.0/16", "10.244.1.0/24", "10.244.2.0/25",
    "10.20.0.0/24", "10.20.0.1/32", "0.0.0.0/0", "10.244.1.3/32", "192.168.0.0/16" };

std::string podSelector(Dice& dice)
{
    switch (dice.roll(6)) {
    case 0:
        return "{}";
    case 1:
        return "{matchExpressions: [{key: app, operator: NotIn, values: [" + dice.of(Apps) + "]}]}";
    case 2:
        return "{matchExpressions: [{key: tier, operator: "
            + std::string(dice.chance(50) ? "Exists" : "DoesNotExist") + "}]}";
    case 3:
        return "{matchLabels: {app: " + dice.of(Apps) + ", tier: x}}";
    case 4:
        return "{matchExpressions: [{key: app, operator: In, values: [" + dice.of(Apps) + ", " + dice.of(Apps)
            + "]}]}";
    default:
        return "{matchLabels: {app: " + dice.of(Apps) + "}}";
    }
}
std::string namespaceSelector(Dice& dice)
{
    switch (dice.roll(5)) {
    case 0:
        return "{}";
    case 1:
        return "{matchLabels: {kubernetes.io/metadata.name: " + dice.of(Namespaces) + "}}";
    case 2:
        return "{matchExpressions: [{key: team, operator: DoesNotExist}]}";
    case 3:
        return "{matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: ["
            + dice.of(Namespaces) + "]}]}";
    default:
        return "{matchLabels: {team: " + dice.of(Apps) + "}}";
    }
}
std::string peer(Dice& dice)
{
    switch (dice.roll(6)) {
    case 0:
        return "{namespaceSelector: " + namespaceSelector(dice) + "}";
    case 1:
        return "{namespaceSelector: " + namespaceSelector(dice) + ", podSelector: " + podSelector(dice) + "}";
    case 2:
        return "{ipBlock: {cidr: " + dice.of(Cidrs)
            + (dice.chance(50) ? ", except: [" + dice.of(Cidrs) + ", " + dice.of(Cidrs) + "]" : "") + "}}";
    case 3:
        return dice.chance(10) ? "{}" : "{ipBlock: {cidr: " + dice.of(Cidrs) + "}}";
    default:
        return "{podSelector: " + podSelector(dice) + "}";
    }
}
std::string port(Dice& dice)
{
    static constexpr const char* Ports[] = { "port: 80", "port: 8080", "port: http",
        "port: 53, protocol: UDP", "port: dns, protocol: UDP", "protocol: UDP", "port: 70, endPort: 90",
        "port: http, protocol: UDP", "port: 8000, endPort: 8080" };
    return "{" + dice.of(Ports) + "}";
}
std::string rules(Dice& dice, const char* key)
{
    std::string out = "[";
    for (int i = dice.roll(3); i > 0; --i) {
        out += out.size() > 1 ? ", {" : "{";
        std::string inside;
        if (dice.chance(80)) {
            inside = std::string(key) + ": [";
            for (int n = 1 + dice.roll(2); n > 0; --n)
                inside += peer(dice) + (n > 1 ? ", " : "]");
        }
        if (dice.chance(50)) {
            inside += (inside.empty() ? "ports: [" : ", ports: [");
            for (int n = 1 + dice.roll(2); n > 0; --n)
                inside += port(dice) + (n > 1 ? ", " : "]");
        }
        out += inside + "}";
    }
    return out + "]";
}
std::string randomPolicy(Dice& dice, int index)
{
    const std::string ns = dice.of(Namespaces);
    const std::string name = "p" + std::to_string(index);
    if (dice.chance(6))
        return "---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: " + name
            + ", namespace: " + ns + "}\nspec: {endpointSelector: {matchLabels: {app: " + dice.of(Apps)
            + "}}, " + (dice.chance(50) ? "ingress: [{}]" : "egress: [{}]") + "}\n";
    if (dice.chance(4))
        return "---\napiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: " + name
            + ", namespace: " + ns + "}\nspec: {selector: \"" + (dice.chance(50) ? "all()" : "app == 'a'")
            + "\", types: [" + (dice.chance(50) ? "Ingress" : "Egress") + "]}\n";
    std::string spec = "podSelector: " + podSelector(dice);
    if (dice.chance(70))
        spec += std::string(", policyTypes: [")
            + (dice.chance(40)        ? "Ingress"
                    : dice.chance(50) ? "Egress"
                                      : "Ingress, Egress")
            + "]";
    if (dice.chance(80))
        spec += ", ingress: " + rules(dice, "from");
    if (dice.chance(60))
        spec += ", egress: " + rules(dice, "to");
    return policy(ns, name, spec);
}
std::string podText(Dice& dice, const std::string& ns, const std::string& name, const std::string& app,
    const std::string& more, bool host, int ip)
{
    const std::string node = "n" + std::to_string(1 + dice.roll(2));
    std::string out = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", namespace: " + ns
        + ", labels: {app: " + app + (dice.chance(40) ? ", tier: x" : "") + "}" + more + "}\nspec: {"
        + (host ? "hostNetwork: true, " : "");
    if (dice.chance(85))
        out += "nodeName: " + node + ", ";
    out += "containers: [{name: c, image: i, ports: [";
    out += dice.chance(60) ? "{name: http, containerPort: 8080}" : "{name: http, containerPort: 80}";
    if (dice.chance(30))
        out += ", {name: dns, containerPort: 53, protocol: UDP}";
    out += "]}]}\n";
    if (!host && dice.chance(85))
        out += "status: {podIP: 10.244." + std::to_string(1 + dice.roll(2)) + "." + std::to_string(ip)
            + "}\n";
    return out;
}
std::string cluster(Dice& dice)
{
    std::string out = policy("nobody", "here", "podSelector: {}"); // the kind counts as read
    for (int i = 1; i <= 2; ++i) {
        const std::string n = std::to_string(i);
        out += "---\napiVersion: v1\nkind: Node\nmetadata: {name: n" + n + "}\n";
        if (dice.chance(70))
            out += "spec: {podCIDRs: [10.244." + n + ".0/24]}\n";
        out += "status: {addresses: [{type: InternalIP, address: 10.20.0." + n + "}";
        out += dice.chance(40) ? ", {type: ExternalIP, address: 34.1.1." + n + "}]}\n" : "]}\n";
    }
    for (const char* ns : Namespaces)
        if (dice.chance(70))
            out += namespaceOf(ns, dice.chance(60) ? "team: " + dice.of(Apps) : "");
    const int owners = 3 + dice.roll(6);
    int ip = 1;
    for (int i = 0; i < owners; ++i) {
        const std::string ns = dice.of(Namespaces), app = dice.of(Apps), name = "w" + std::to_string(i);
        const bool host = dice.chance(15);
        if (dice.chance(60)) {
            out += podText(dice, ns, name, app, {}, host, ++ip);
            continue;
        }
        out += "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name + ", namespace: " + ns
            + "}\nspec: {template: {metadata: {labels: {app: " + app + "}}, spec: {"
            + (host ? "hostNetwork: true, " : "")
            + "containers: [{name: c, image: i, ports: [{name: http, containerPort: 8080}]}]}}}\n";
        for (int pods = dice.roll(3); pods > 0; --pods)
            out += podText(dice, ns, name + "-" + std::to_string(pods), dice.chance(80) ? app : dice.of(Apps),
                ", ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: " + name
                    + ", controller: true}]",
                host, ++ip);
    }
    for (int policies = dice.roll(7), i = 0; i < policies; ++i)
        out += randomPolicy(dice, i);
    return out;
}
std::string facts(Dice& dice)
{
    if (dice.chance(50))
        return {};
    std::string out = "filters:\n";
    for (int i = 1 + dice.roll(2); i > 0; --i) {
        static constexpr const char* Where[] = { "\"*\"", "n1", "n2" };
        static constexpr const char* Ports[] = { "", "80", "80, 8080" };
        static constexpr const char* Chains[] = { "input", "input", "edge", "forward" };
        out += "- {node: " + dice.of(Where) + ", chain: " + dice.of(Chains) + ", ports: [" + dice.of(Ports)
            + "], allow: [" + (dice.chance(80) ? dice.of(Cidrs) : "") + "]}\n";
    }
    return out;
}

constexpr Port Asked[] = { { "TCP", 80 }, { "TCP", 8080 }, { "TCP", 8001 }, { "TCP", 22 }, { "UDP", 53 },
    { "UDP", 8080 }, { "SCTP", 80 } };
}

class ReachabilityPropertyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void classesAnswerLikePods()
    {
        std::size_t answers = 0, count[3] = {};
        for (unsigned seed = 1; seed <= 2000; ++seed) {
            Dice dice(seed);
            const std::string yaml = cluster(dice);
            const std::string stated = facts(dice);
            const Net net(yaml, stated);
            const Naive naive(*net.inventory);
            const auto fail = [&](const char* what, std::size_t from, std::size_t to, Port port, Verdict is,
                                  Verdict expected) {
                qInfo("%s\n%s", yaml.c_str(), stated.c_str());
                QFAIL(qPrintable(QStringLiteral("seed %1 %2 %3 -> %4 %5: %6, expected %7")
                                     .arg(seed)
                                     .arg(QString::fromUtf8(what))
                                     .arg(from)
                                     .arg(to)
                                     .arg(port.number)
                                     .arg(static_cast<int>(is))
                                     .arg(static_cast<int>(expected))));
            };
            std::vector<std::vector<Pod>> pods;
            for (std::uint32_t i = 0; i < net.inventory->owners.size(); ++i)
                pods.push_back(naive.podsOf(i));
            for (std::uint32_t from = 0; from < pods.size(); ++from) {
                const std::uint32_t source = net.reach.sourceOf(from);
                const auto open = net.reach.openTargets(source);
                for (std::uint32_t to = 0; to < pods.size(); ++to) {
                    const Link link = net.reach.link(source, net.reach.targetOf(to));
                    const bool listed = std::binary_search(open.begin(), open.end(), net.reach.targetOf(to));
                    QCOMPARE(listed, link.verdict != Verdict::Denied);
                    for (const Port port : Asked) {
                        const Verdict expected = naive.connects(pods[from], pods[to], port);
                        const Verdict is = net.reach.allows(source, to, port);
                        ++answers;
                        ++count[static_cast<std::size_t>(expected)];
                        if (is != expected)
                            return fail("allows", from, to, port, is, expected);
                        const Verdict linked = link.ports.contains(port) ? Verdict::Allowed
                            : link.unknown.contains(port)                ? Verdict::Unknown
                                                                         : Verdict::Denied;
                        if (linked != expected)
                            return fail("link", from, to, port, linked, expected);
                    }
                    const Verdict told = net.reach.explain(from, to, Asked[0]).verdict;
                    if (const Verdict asked = net.reach.connects(from, to, Asked[0]); told != asked)
                        return fail("explain", from, to, Asked[0], told, asked);
                }
                for (std::uint32_t node = 0; node < net.inventory->nodes.size(); ++node)
                    for (const Port port : Asked) {
                        const Verdict expected = naive.toNode(pods[from], net.inventory->nodes[node], port);
                        if (const Verdict is = net.reach.allowsNode(source, node, port); is != expected)
                            return fail("allowsNode", from, node, port, is, expected);
                    }
            }
            for (std::uint32_t node = 0; node < net.inventory->nodes.size(); ++node)
                for (std::uint32_t to = 0; to < pods.size(); ++to)
                    for (const Port port : Asked) {
                        const Verdict expected
                            = naive.connects(naive.rootOf(net.inventory->nodes[node]), pods[to], port);
                        const Verdict is = net.reach.allows(net.reach.sourceOfNode(node), to, port);
                        if (is != expected)
                            return fail("from the node", node, to, port, is, expected);
                    }
        }
        qInfo("%zu answers: %zu allowed, %zu unknown, %zu denied", answers, count[0], count[1], count[2]);
        QVERIFY(count[0] > answers / 10 && count[1] > answers / 100 && count[2] > answers / 10);
    }
};
GLACIS_TEST(ReachabilityPropertyTest)
#include "reachability_property_test.moc"
