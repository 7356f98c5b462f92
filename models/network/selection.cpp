// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/selection.h>

#include <base/hash.h>

#include <algorithm>

namespace glacis::network {
namespace {
    using inventory::KeyValues;
    using inventory::NetworkPolicy;

    bool holdsAll(const KeyValues& labels, const KeyValues& wanted)
    {
        return std::all_of(wanted.begin(), wanted.end(), [&](const inventory::KeyValue& pair) {
            const Str* value = inventory::find(labels, pair.key);
            return value && *value == pair.value;
        });
    }

    bool isClusterWide(inventory::Kind kind)
    {
        return kind == inventory::Kind::CiliumClusterwideNetworkPolicy
            || kind == inventory::Kind::CalicoGlobalNetworkPolicy;
    }
}

std::size_t LabelAtomHash::operator()(const LabelAtom& atom) const noexcept
{
    return static_cast<std::size_t>(mixHash(mixHash(atom.ns.hash(), atom.key.hash()), atom.value.hash()));
}

std::vector<const KeyValues*> labelSets(const Inventory& inventory, const inventory::Owner& owner)
{
    std::vector<const KeyValues*> out;
    // Replicas mostly carry equal labels: comparing with the few sets seen so far is cheaper than hashing
    // all. More than a handful differ only by a name of their own (StatefulSet, Job), so a bounded look back
    // is enough.
    constexpr std::size_t LookBack = 4;
    for (const std::uint32_t pod : owner.pods) {
        const KeyValues& labels = inventory.workloads[pod].podLabels;
        const std::size_t first = out.size() > LookBack ? out.size() - LookBack : 0;
        const bool seen = std::any_of(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
            [&](const KeyValues* other) { return *other == labels; });
        if (!seen)
            out.push_back(&labels);
    }
    if (out.empty())
        out.push_back(&inventory.workloads[owner.workload].podLabels);
    return out;
}

SelectionIndex::SelectionIndex(const Inventory& inventory)
{
    for (const inventory::Service& service : inventory.services)
        for (const auto& pair : service.selector)
            m_lists.try_emplace({ inventory.object(service.id).ns, pair.key, pair.value });
    if (m_lists.empty())
        return;
    for (std::uint32_t i = 0; i < inventory.owners.size(); ++i) {
        const inventory::Owner& owner = inventory.owners[i];
        const Str ns = inventory.object(inventory.workloads[owner.workload].id).ns;
        for (const KeyValues* labels : labelSets(inventory, owner)) {
            const auto entry = static_cast<std::uint32_t>(m_entries.size());
            m_entries.push_back({ i, labels });
            for (const auto& pair : *labels)
                if (const auto list = m_lists.find({ ns, pair.key, pair.value }); list != m_lists.end())
                    list->second.push_back(entry);
        }
    }
}

std::vector<std::uint32_t> SelectionIndex::select(Str ns, const KeyValues& selector) const
{
    std::vector<std::uint32_t> out;
    const std::vector<std::uint32_t>* shortest = nullptr;
    for (const auto& pair : selector) {
        const auto list = m_lists.find({ ns, pair.key, pair.value });
        if (list == m_lists.end())
            return out;
        if (!shortest || list->second.size() < shortest->size())
            shortest = &list->second;
    }
    if (!shortest)
        return out;
    for (const std::uint32_t entry : *shortest)
        if (holdsAll(*m_entries[entry].labels, selector))
            out.push_back(m_entries[entry].owner); // ascending: entries are in the order of owners
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

PolicyIndex::PolicyIndex(const Inventory& inventory)
{
    for (const NetworkPolicy& policy : inventory.networkPolicies) {
        const inventory::Object& object = inventory.object(policy.id);
        Bucket& bucket = m_buckets[isClusterWide(object.kind) ? std::string_view() : object.ns.view()];
        bucket.all.push_back(&policy);
        if (!policy.selectionKnown) {
            bucket.unknown[0] |= policy.ingress;
            bucket.unknown[1] |= policy.egress;
        } else if (policy.pods.matchLabels.empty()) {
            bucket.wide.push_back(&policy);
        } else {
            const auto& first = policy.pods.matchLabels.front();
            bucket.byLabel[{ {}, first.key, first.value }].push_back(&policy);
        }
    }
}

const std::vector<const NetworkPolicy*>& PolicyIndex::in(std::string_view ns) const
{
    static const std::vector<const NetworkPolicy*> Nothing;
    const auto found = m_buckets.find(ns);
    return found == m_buckets.end() ? Nothing : found->second.all;
}

Isolation PolicyIndex::ask(const Bucket& bucket, const KeyValues& labels, bool egress)
{
    const auto isolates = [&](const NetworkPolicy* policy) {
        return (egress ? policy->egress : policy->ingress) && policy->pods.matches(labels);
    };
    if (std::any_of(bucket.wide.begin(), bucket.wide.end(), isolates))
        return Isolation::Isolated;
    for (const auto& label : labels)
        if (const auto list = bucket.byLabel.find({ {}, label.key, label.value });
            list != bucket.byLabel.end())
            if (std::any_of(list->second.begin(), list->second.end(), isolates))
                return Isolation::Isolated;
    return bucket.unknown[egress ? 1 : 0] ? Isolation::Unknown : Isolation::NotIsolated;
}

Isolation PolicyIndex::isolation(std::string_view ns, const KeyValues& labels, bool egress) const
{
    Isolation answer = Isolation::NotIsolated;
    for (const std::string_view where : { ns, std::string_view() }) {
        const auto bucket = m_buckets.find(where);
        if (bucket == m_buckets.end())
            continue;
        const Isolation here = ask(bucket->second, labels, egress);
        if (here == Isolation::Isolated)
            return here;
        if (here == Isolation::Unknown)
            answer = here;
    }
    return answer;
}

Isolation isolation(const Inventory& inventory, std::string_view ns, const KeyValues& labels, bool egress)
{
    bool unknown = false;
    for (const NetworkPolicy& policy : inventory.networkPolicies) {
        const inventory::Object& object = inventory.object(policy.id);
        if (!(egress ? policy.egress : policy.ingress) || (!isClusterWide(object.kind) && object.ns != ns))
            continue;
        if (!policy.selectionKnown)
            unknown = true;
        else if (policy.pods.matches(labels))
            return Isolation::Isolated;
    }
    return unknown ? Isolation::Unknown : Isolation::NotIsolated;
}

} // namespace glacis::network
