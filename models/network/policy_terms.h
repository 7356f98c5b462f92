// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// All policies of a cluster, compiled for asking "which selectors mean these pods". A selector of pods
// together with the namespaces where it counts is a term; equal terms have one number, wherever they are
// written. A pod is asked once for all terms: policies that select it, peers of rules that mean it. Terms are
// found by (scope, label), so that ten thousand namespaces with policies of their own cost each pod only its
// own.
//
// Immutable after construction; any thread. Holds pointers into the Inventory.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <inventory/inventory.h>
#include <network/address_table.h>
#include <network/number_lists.h>
#include <network/port_line.h>
#include <network/selection.h>

namespace glacis::network {

inline constexpr std::uint32_t None = UINT32_MAX;

enum Direction : std::uint8_t { Ingress, Egress };
inline constexpr Direction Directions[] = { Ingress, Egress };

/// Ports of a rule: a range of numbers, or a name that each target's container ports answer.
struct RulePort {
    std::uint32_t protocol = 0;
    std::int32_t from = 0, to = 65535;
    std::uint32_t name = None; ///< PolicyTerms::portName()
};
struct CompiledRule {
    bool everyone = false;
    bool allPorts = false;
    std::vector<std::uint32_t> terms, blocks; ///< ascending; blocks of the direction's AddressTable
    std::vector<RulePort> ports;
};
struct CompiledPolicy {
    const inventory::NetworkPolicy* object = nullptr;
    std::uint32_t term = None; ///< which pods it selects, or may select
    bool opaque = false; ///< its rules or its selector are not evaluated
    bool isolates[2] = {}; ///< by Direction
    std::vector<std::uint32_t> rules[2]; ///< by Direction, in the order written: rule()
};

/// What the policies that select a pod say together.
struct Selected {
    bool isolated[2] = {};
    bool opaque[2] = {};
    std::uint32_t rules[2] = {}; ///< lists(): numbers of rules, ascending, each once
    std::uint32_t peers[2] = {}; ///< lists(): terms that rules of the direction name as peers
};

class PolicyTerms {
public:
    /// inForce false: a plugin that enforces none; then no policy is here.
    PolicyTerms(const Inventory& inventory, bool inForce);

    /// The terms that mean a pod of these labels, ascending.
    void match(Str ns, const inventory::KeyValues& labels, std::vector<std::uint32_t>& terms) const;
    /// Not for several threads at once: lists are interned.
    [[nodiscard]] Selected selected(std::span<const std::uint32_t> terms);

    [[nodiscard]] const std::vector<CompiledPolicy>& policies() const { return m_policies; }
    /// Indexes into policies().
    [[nodiscard]] const std::vector<std::uint32_t>& policiesOf(std::uint32_t term) const
    {
        return m_terms[term].policies;
    }
    [[nodiscard]] const CompiledRule& rule(std::uint32_t number) const { return m_rules[number]; }
    [[nodiscard]] const AddressTable& addresses(Direction direction) const { return m_addresses[direction]; }
    [[nodiscard]] const NumberLists& lists() const { return m_lists; }
    [[nodiscard]] NumberLists& lists() { return m_lists; }
    [[nodiscard]] std::size_t termCount() const { return m_terms.size(); }
    [[nodiscard]] bool empty() const { return m_policies.empty(); }

    struct PortName {
        Str name;
        std::uint32_t protocol = 0;
        bool egress = false; ///< some egress rule uses it
    };
    [[nodiscard]] const std::vector<PortName>& portNames() const { return m_portNames; }
    [[nodiscard]] std::uint32_t portName(Str name, std::uint32_t protocol) const; ///< None: no rule uses it
    [[nodiscard]] std::size_t memory() const;

private:
    struct Term {
        const inventory::LabelSelector* selector; ///< nullptr: every pod of the scope
        bool peer[2] = {};
        std::vector<std::uint32_t> policies;
    };
    struct Scope { // namespaces in which terms count
        std::vector<std::uint32_t> wide; ///< terms without matchLabels
        bool byLabel = false; ///< some term is found by a label
    };
    struct ScopedLabel {
        std::uint32_t scope;
        Str key, value;
        friend bool operator==(const ScopedLabel&, const ScopedLabel&) = default;
    };
    struct ScopedLabelHash {
        std::size_t operator()(const ScopedLabel& label) const noexcept;
    };
    struct NamespaceLabels {
        Str name;
        inventory::KeyValues labels;
    };

    void compile(const inventory::NetworkPolicy& policy);
    std::uint32_t compileRule(const inventory::PolicyRule& rule, Str ns, Direction direction);
    void compilePorts(const inventory::PolicyRule& rule, Direction direction, CompiledRule& out);
    void readNamespaces();
    std::uint32_t scopeOf(Str ns);
    std::uint32_t scopeOf(const inventory::LabelSelector& namespaces);
    std::uint32_t newScope();
    std::uint32_t termOf(std::uint32_t scope, const inventory::LabelSelector* pods);
    std::uint32_t selectorNumber(const inventory::LabelSelector* selector);
    [[nodiscard]] std::vector<std::uint32_t> namespacesOf(const inventory::LabelSelector& selector) const;

    const Inventory& m_inventory;
    std::vector<CompiledPolicy> m_policies;
    std::vector<CompiledRule> m_rules;
    std::vector<Term> m_terms;
    std::vector<Scope> m_scopes;
    AddressTable m_addresses[2];
    NumberLists m_lists;

    std::vector<NamespaceLabels> m_namespaces;
    std::unordered_map<Str, std::uint32_t> m_namespaceOfName;
    std::unordered_map<ScopedLabel, std::vector<std::uint32_t>, ScopedLabelHash>
        m_namespacesByLabel; ///< scope unused
    std::vector<std::vector<std::uint32_t>> m_scopesOf; ///< by namespace
    std::unordered_map<std::uint32_t, std::uint32_t> m_scopeOfNamespace;
    std::unordered_map<std::uint32_t, std::uint32_t> m_scopeOfSelector; ///< by selectorNumber()
    std::unordered_map<std::string, std::uint32_t> m_selectors;
    std::unordered_map<std::uint64_t, std::uint32_t> m_termOf; ///< by scope and selector
    std::map<std::vector<std::uint32_t>, std::uint32_t> m_ruleOf; ///< by content
    std::unordered_map<ScopedLabel, std::vector<std::uint32_t>, ScopedLabelHash> m_termsByLabel;
    std::vector<PortName> m_portNames;
};

} // namespace glacis::network
