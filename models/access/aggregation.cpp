// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <access/aggregation.h>

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include <base/hash.h>

namespace glacis::access {

namespace {

    using inventory::PolicyRuleRbac;

    bool equal(const PolicyRuleRbac& a, const PolicyRuleRbac& b)
    {
        return a.verbs == b.verbs && a.apiGroups == b.apiGroups && a.resources == b.resources
            && a.resourceNames == b.resourceNames && a.nonResourceUrls == b.nonResourceUrls;
    }

    std::size_t hashOf(const PolicyRuleRbac& rule)
    {
        std::uint64_t state = processSeed();
        for (const auto* part :
            { &rule.verbs, &rule.apiGroups, &rule.resources, &rule.resourceNames, &rule.nonResourceUrls }) {
            state = mixHash(state, part->size());
            for (const Str entry : *part)
                state = mixHash(state, entry.hash());
        }
        return static_cast<std::size_t>(state);
    }

    struct RuleHash {
        std::size_t operator()(const PolicyRuleRbac* rule) const { return hashOf(*rule); }
    };
    struct RuleEqual {
        bool operator()(const PolicyRuleRbac* a, const PolicyRuleRbac* b) const { return equal(*a, *b); }
    };
    using RuleSet = std::unordered_set<const PolicyRuleRbac*, RuleHash, RuleEqual>;

} // namespace

std::uint64_t Aggregation::labelHash(Str key, Str value)
{
    return mixHash(mixHash(processSeed(), key.hash()), value.hash());
}

Aggregation::Aggregation(std::vector<AggregationMember> members)
    : m_members(std::move(members))
    , m_byName(m_members.size())
    , m_visited(m_members.size(), 0)
{
    std::iota(m_byName.begin(), m_byName.end(), 0U);
    std::stable_sort(m_byName.begin(), m_byName.end(),
        [&](std::uint32_t a, std::uint32_t b) { return m_members[a].name < m_members[b].name; });
    for (const auto index : m_byName) {
        for (const auto& label : *m_members[index].labels)
            m_byLabel[labelHash(label.key, label.value)].push_back(index);
    }
}

void Aggregation::select(
    const inventory::LabelSelector& selector, std::uint32_t self, std::vector<std::uint32_t>& out)
{
    static const std::vector<std::uint32_t> nobody;
    const auto* candidates = &m_byName;
    if (!selector.matchLabels.empty()) {
        const auto& first = selector.matchLabels.front();
        const auto found = m_byLabel.find(labelHash(first.key, first.value));
        candidates = found == m_byLabel.end() ? &nobody : &found->second;
    }
    for (const auto candidate : *candidates) {
        if (--m_tests < 0)
            return;
        if (candidate != self && selector.matches(*m_members[candidate].labels))
            out.push_back(candidate);
    }
}

const std::vector<std::uint32_t>& Aggregation::selectedBy(std::uint32_t index)
{
    const auto [entry, fresh] = m_selected.try_emplace(index);
    if (fresh) {
        for (const auto& selector : *m_members[index].selectors)
            select(selector, index, entry->second);
    }
    return entry->second;
}

bool Aggregation::collect(std::uint32_t index, Result& result)
{
    // Depth first without recursion: a role without rules of its own stands for those it selects.
    RuleSet seen;
    std::vector<std::uint32_t> pending { index };
    ++m_stamp;
    while (!pending.empty()) {
        const auto current = pending.back();
        pending.pop_back();
        if (m_visited[current] == m_stamp)
            continue;
        m_visited[current] = m_stamp;
        const auto& member = m_members[current];
        for (std::uint32_t rule = 0; rule < member.rules->size(); ++rule) {
            if (!seen.insert(&(*member.rules)[rule]).second)
                continue;
            if (--m_rules < 0)
                return false;
            result.rules.push_back({ current, rule });
        }
        if (!member.rules->empty() || !member.selectors)
            continue;
        const auto& selected = selectedBy(current);
        m_steps -= static_cast<std::int64_t>(selected.size());
        if (m_steps < 0 || m_tests < 0)
            return false;
        pending.insert(pending.end(), selected.rbegin(), selected.rend());
    }
    return true;
}

Aggregation::Result Aggregation::resolve(std::uint32_t index)
{
    Result result;
    result.incomplete = !collect(index, result);
    return result;
}

} // namespace glacis::access
