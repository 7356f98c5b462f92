// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/policy_terms.h>

#include <algorithm>

namespace glacis::network {
namespace {
    using inventory::Kind;
    using inventory::LabelSelector;
    using inventory::NetworkPolicy;

    // Written by the API server on every namespace since Kubernetes 1.22, whatever the manifest says.
    constexpr std::string_view NameLabel = "kubernetes.io/metadata.name";

    bool isClusterWide(Kind kind)
    {
        return kind == Kind::CiliumClusterwideNetworkPolicy || kind == Kind::CalicoGlobalNetworkPolicy;
    }

    /// Cilium gives endpoints labels of its own (namespace, service account, reserved identities); a selector
    /// that names one says nothing by the labels that we hold.
    bool namesOwnLabels(const LabelSelector& selector)
    {
        const auto own = [](Str key) {
            return key.view().find(':') != std::string_view::npos || key.view().starts_with("io.cilium.")
                || key.view().starts_with("io.kubernetes.pod.");
        };
        return std::any_of(selector.matchLabels.begin(), selector.matchLabels.end(),
                   [&](const auto& pair) { return own(pair.key); })
            || std::any_of(selector.expressions.begin(), selector.expressions.end(),
                [&](const auto& expression) { return own(expression.key); });
    }

    bool isDamaged(const inventory::Object& object)
    {
        return std::any_of(object.badFields.begin(), object.badFields.end(),
            [](const inventory::BadField& field) { return field.path.view().starts_with("spec"); });
    }

    /// A text that equal selectors share. Zero bytes stand in no label.
    std::string textOf(const LabelSelector& selector)
    {
        std::vector<std::string> parts;
        for (const auto& pair : selector.matchLabels)
            parts.push_back(pair.key.str() + '\0' + pair.value.str());
        for (const auto& expression : selector.expressions) {
            std::vector<std::string_view> values(expression.values.begin(), expression.values.end());
            std::sort(values.begin(), values.end());
            std::string part = expression.key.str() + '\0' + '\0' + expression.op.str();
            for (const std::string_view value : values)
                part.append(1, '\0').append(value);
            parts.push_back(std::move(part));
        }
        std::sort(parts.begin(), parts.end());
        std::string out;
        for (const std::string& part : parts)
            out.append(part).append(1, '\n');
        return out;
    }

    void sortUnique(std::vector<std::uint32_t>& numbers)
    {
        std::sort(numbers.begin(), numbers.end());
        numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    }
}

std::size_t PolicyTerms::ScopedLabelHash::operator()(const ScopedLabel& label) const noexcept
{
    return static_cast<std::size_t>(mixHash(mixHash(label.scope, label.key.hash()), label.value.hash()));
}

PolicyTerms::PolicyTerms(const Inventory& inventory, bool inForce)
    : m_inventory(inventory)
{
    m_lists.intern({}); // 0: the empty list
    if (!inForce || inventory.networkPolicies.empty())
        return;
    readNamespaces();
    m_policies.reserve(inventory.networkPolicies.size());
    for (const NetworkPolicy& policy : inventory.networkPolicies)
        compile(policy);
    for (AddressTable& table : m_addresses)
        table.finish();
    m_namespacesByLabel.clear();
    m_selectors.clear();
    m_termOf.clear();
    m_ruleOf.clear();
}

void PolicyTerms::readNamespaces()
{
    for (const Str name : m_inventory.namespaceNames()) {
        NamespaceLabels entry { name, {} };
        if (const ObjectId id = m_inventory.find(Kind::Namespace, {}, name); id.valid())
            for (const auto& pair : m_inventory.object(id).labels)
                if (pair.key != NameLabel)
                    entry.labels.push_back(pair);
        const auto index = static_cast<std::uint32_t>(m_namespaces.size());
        for (const auto& pair : entry.labels)
            m_namespacesByLabel[{ 0, pair.key, pair.value }].push_back(index);
        entry.labels.push_back({ m_inventory.strings->intern(NameLabel), name });
        m_namespaceOfName.emplace(name, index);
        m_namespaces.push_back(std::move(entry));
    }
    m_scopesOf.resize(m_namespaces.size());
}

std::uint32_t PolicyTerms::newScope()
{
    m_scopes.emplace_back();
    return static_cast<std::uint32_t>(m_scopes.size() - 1);
}

std::uint32_t PolicyTerms::scopeOf(Str ns)
{
    const auto index = m_namespaceOfName.find(ns);
    const std::uint32_t number = index == m_namespaceOfName.end() ? None : index->second;
    const auto [known, added] = m_scopeOfNamespace.emplace(number, 0);
    if (added) {
        known->second = newScope();
        if (number != None)
            m_scopesOf[number].push_back(known->second);
    }
    return known->second;
}

std::uint32_t PolicyTerms::scopeOf(const LabelSelector& namespaces)
{
    const auto [known, added] = m_scopeOfSelector.emplace(selectorNumber(&namespaces), 0);
    if (added) {
        known->second = newScope();
        for (const std::uint32_t ns : namespacesOf(namespaces))
            m_scopesOf[ns].push_back(known->second);
    }
    return known->second;
}

// Most selectors name one namespace by its name, or a few by a label: those are looked up, the rest is tried.
std::vector<std::uint32_t> PolicyTerms::namespacesOf(const LabelSelector& selector) const
{
    std::vector<std::uint32_t> out;
    const auto tryOut = [&](std::uint32_t ns) {
        if (selector.matches(m_namespaces[ns].labels))
            out.push_back(ns);
    };
    const auto tryValue = [&](Str key, Str value) {
        if (key == NameLabel) {
            if (const auto ns = m_namespaceOfName.find(value); ns != m_namespaceOfName.end())
                tryOut(ns->second);
        } else if (const auto list = m_namespacesByLabel.find({ 0, key, value });
                   list != m_namespacesByLabel.end()) {
            std::for_each(list->second.begin(), list->second.end(), tryOut);
        }
    };
    if (!selector.matchLabels.empty()) {
        tryValue(selector.matchLabels.front().key, selector.matchLabels.front().value);
    } else if (const auto in = std::find_if(selector.expressions.begin(), selector.expressions.end(),
                   [](const auto& expression) { return expression.op == "In"; });
               in != selector.expressions.end()) {
        for (const Str value : in->values)
            tryValue(in->key, value);
    } else {
        for (std::uint32_t ns = 0; ns < m_namespaces.size(); ++ns)
            tryOut(ns);
    }
    sortUnique(out);
    return out;
}

std::uint32_t PolicyTerms::selectorNumber(const LabelSelector* selector)
{
    if (!selector || selector->empty())
        return 0;
    return m_selectors.emplace(textOf(*selector), static_cast<std::uint32_t>(m_selectors.size()) + 1)
        .first->second;
}

std::uint32_t PolicyTerms::termOf(std::uint32_t scope, const LabelSelector* pods)
{
    const std::uint64_t key = std::uint64_t { scope } << 32 | selectorNumber(pods);
    const auto [known, added] = m_termOf.emplace(key, static_cast<std::uint32_t>(m_terms.size()));
    if (!added)
        return known->second;
    m_terms.push_back({ pods && !pods->empty() ? pods : nullptr, {}, {} });
    if (pods && !pods->matchLabels.empty()) {
        const auto& first = pods->matchLabels.front();
        m_termsByLabel[{ scope, first.key, first.value }].push_back(known->second);
        m_scopes[scope].byLabel = true;
    } else {
        m_scopes[scope].wide.push_back(known->second);
    }
    return known->second;
}

void PolicyTerms::compile(const NetworkPolicy& policy)
{
    const inventory::Object& object = m_inventory.object(policy.id);
    CompiledPolicy out;
    out.object = &policy;
    const bool foreign = object.kind != Kind::NetworkPolicy;
    const bool damaged = isDamaged(object);
    out.opaque = foreign || damaged;
    out.isolates[Ingress] = policy.ingress;
    out.isolates[Egress] = policy.egress;
    const bool known = policy.selectionKnown && !damaged && !(foreign && namesOwnLabels(policy.pods));
    if (damaged || (!known && !policy.ingress && !policy.egress))
        out.isolates[Ingress] = out.isolates[Egress] = true; // what could not be read may say either
    static const LabelSelector Everything {};
    const std::uint32_t scope = isClusterWide(object.kind) ? scopeOf(Everything) : scopeOf(object.ns);
    out.term = termOf(scope, known ? &policy.pods : nullptr);
    const auto index = static_cast<std::uint32_t>(m_policies.size());
    m_terms[out.term].policies.push_back(index);
    if (!out.opaque) {
        // Rules of a direction that policyTypes leaves out say nothing.
        if (policy.ingress)
            for (const auto& rule : policy.ingressRules)
                out.rules[Ingress].push_back(compileRule(rule, object.ns, Ingress));
        if (policy.egress)
            for (const auto& rule : policy.egressRules)
                out.rules[Egress].push_back(compileRule(rule, object.ns, Egress));
    }
    m_policies.push_back(std::move(out));
}

void PolicyTerms::compilePorts(const inventory::PolicyRule& rule, Direction direction, CompiledRule& out)
{
    out.allPorts = rule.ports.empty();
    for (const auto& port : rule.ports) {
        const auto protocol = protocolNumber(port.protocol);
        if (!protocol)
            continue; // no such protocol: no port of it
        RulePort compiled { *protocol, 0, 65535, None };
        if (port.port && !port.port->name.empty()) {
            compiled.name = portName(port.port->name, *protocol);
            if (compiled.name == None) {
                compiled.name = static_cast<std::uint32_t>(m_portNames.size());
                m_portNames.push_back({ port.port->name, *protocol, false });
            }
            m_portNames[compiled.name].egress |= direction == Egress;
        } else if (port.port) {
            compiled.from = port.port->number;
            compiled.to = std::max(port.endPort, port.port->number);
        }
        out.ports.push_back(compiled);
    }
}

std::uint32_t PolicyTerms::compileRule(const inventory::PolicyRule& rule, Str ns, Direction direction)
{
    CompiledRule out;
    out.everyone = rule.peers.empty();
    for (const auto& peer : rule.peers) {
        if (peer.ipBlock) {
            out.blocks.push_back(m_addresses[direction].add(*peer.ipBlock));
        } else if (peer.namespaces.present
            || peer.pods.present) { // a peer of neither is refused, means nobody
            const std::uint32_t scope = peer.namespaces.present ? scopeOf(peer.namespaces) : scopeOf(ns);
            out.terms.push_back(termOf(scope, peer.pods.present ? &peer.pods : nullptr));
            m_terms[out.terms.back()].peer[direction] = true;
        }
    }
    sortUnique(out.terms);
    sortUnique(out.blocks);
    compilePorts(rule, direction, out);

    std::vector<std::uint32_t> content { direction, out.everyone, out.allPorts,
        static_cast<std::uint32_t>(out.terms.size()), static_cast<std::uint32_t>(out.blocks.size()) };
    content.insert(content.end(), out.terms.begin(), out.terms.end());
    content.insert(content.end(), out.blocks.begin(), out.blocks.end());
    for (const RulePort& port : out.ports)
        content.insert(content.end(),
            { port.protocol, static_cast<std::uint32_t>(port.from), static_cast<std::uint32_t>(port.to),
                port.name });
    const auto [known, added]
        = m_ruleOf.emplace(std::move(content), static_cast<std::uint32_t>(m_rules.size()));
    if (added)
        m_rules.push_back(std::move(out));
    return known->second;
}

std::uint32_t PolicyTerms::portName(Str name, std::uint32_t protocol) const
{
    const auto found = std::find_if(m_portNames.begin(), m_portNames.end(),
        [&](const PortName& known) { return known.name == name && known.protocol == protocol; });
    return found == m_portNames.end() ? None : static_cast<std::uint32_t>(found - m_portNames.begin());
}

void PolicyTerms::match(Str ns, const inventory::KeyValues& labels, std::vector<std::uint32_t>& terms) const
{
    terms.clear();
    const auto index = m_namespaceOfName.find(ns);
    if (index == m_namespaceOfName.end())
        return;
    const auto tryOut = [&](std::uint32_t term) {
        if (!m_terms[term].selector || m_terms[term].selector->matches(labels))
            terms.push_back(term);
    };
    for (const std::uint32_t scope : m_scopesOf[index->second]) {
        std::for_each(m_scopes[scope].wide.begin(), m_scopes[scope].wide.end(), tryOut);
        if (!m_scopes[scope].byLabel)
            continue;
        for (const auto& label : labels)
            if (const auto list = m_termsByLabel.find({ scope, label.key, label.value });
                list != m_termsByLabel.end())
                std::for_each(list->second.begin(), list->second.end(), tryOut);
    }
    sortUnique(terms);
}

Selected PolicyTerms::selected(std::span<const std::uint32_t> terms)
{
    Selected out;
    std::vector<std::uint32_t> rules[2], peers[2];
    for (const std::uint32_t term : terms) {
        for (const Direction direction : Directions) {
            if (m_terms[term].peer[direction])
                peers[direction].push_back(term);
            for (const std::uint32_t index : m_terms[term].policies) {
                const CompiledPolicy& policy = m_policies[index];
                if (!policy.isolates[direction])
                    continue;
                out.isolated[direction] = true;
                out.opaque[direction] |= policy.opaque;
                rules[direction].insert(
                    rules[direction].end(), policy.rules[direction].begin(), policy.rules[direction].end());
            }
        }
    }
    for (const Direction direction : Directions) {
        sortUnique(rules[direction]);
        // What an opaque policy adds or takes away is unknown for all: the other rules decide nothing then.
        out.rules[direction] = out.opaque[direction] ? 0 : m_lists.intern(rules[direction]);
        out.peers[direction] = m_lists.intern(peers[direction]);
    }
    return out;
}

std::size_t PolicyTerms::memory() const
{
    std::size_t total = m_lists.memory() + m_terms.capacity() * sizeof(Term)
        + m_rules.capacity() * sizeof(CompiledRule) + m_policies.capacity() * sizeof(CompiledPolicy)
        + (m_termsByLabel.size() + m_namespaceOfName.size()) * 64;
    for (const CompiledRule& rule : m_rules)
        total += (rule.terms.capacity() + rule.blocks.capacity()) * 4
            + rule.ports.capacity() * sizeof(RulePort);
    for (const auto& ns : m_namespaces)
        total += sizeof(ns) + ns.labels.capacity() * sizeof(inventory::KeyValue);
    for (const auto& scopes : m_scopesOf)
        total += sizeof(scopes) + scopes.capacity() * 4;
    return total;
}

} // namespace glacis::network
