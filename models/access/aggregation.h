// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the ClusterRole aggregation controller would write into `rules`, for files where they are still empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include <inventory/inventory.h>

namespace glacis::access {

/// A ClusterRole that aggregates or may be selected. What it points to outlives the Aggregation.
struct AggregationMember {
    Str name;
    inventory::ObjectId object; ///< NoObject: from the built-in table
    const std::vector<inventory::PolicyRuleRbac>* rules = nullptr;
    const inventory::KeyValues* labels = nullptr;
    const std::vector<inventory::LabelSelector>* selectors = nullptr; ///< nullptr or empty: not aggregated
};

/// Follows selectors to a fixed point: aggregates may select aggregates, and each other.
class Aggregation {
public:
    explicit Aggregation(std::vector<AggregationMember> members);

    struct Picked {
        std::uint32_t member = 0;
        std::uint32_t rule = 0; ///< index into that member's rules
    };
    struct Result {
        std::vector<Picked> rules; ///< equal rules once
        bool incomplete = false; ///< a cap was reached
    };
    /// The rules of member `index`: its own when it has some (a live cluster's are already the union), else
    /// collected. Members picked are in order of selector, then name.
    [[nodiscard]] Result resolve(std::uint32_t index);
    [[nodiscard]] const AggregationMember& member(std::uint32_t index) const { return m_members[index]; }
    [[nodiscard]] std::size_t size() const { return m_members.size(); }

private:
    const std::vector<std::uint32_t>& selectedBy(std::uint32_t index);
    void select(
        const inventory::LabelSelector& selector, std::uint32_t self, std::vector<std::uint32_t>& out);
    [[nodiscard]] bool collect(std::uint32_t index, Result& result);
    static std::uint64_t labelHash(Str key, Str value);

    std::vector<AggregationMember> m_members;
    std::vector<std::uint32_t> m_byName; ///< all members by name
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>
        m_byLabel; ///< by hash of key and value, each by name
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> m_selected;
    std::vector<std::uint32_t> m_visited; ///< stamp of the last resolve()
    std::uint32_t m_stamp = 0;
    /// Work left for all roles together: selector tests, edges followed, rules collected. Ten times what the
    /// largest known clusters need; a hostile file stops here instead of growing with the square of its size.
    std::int64_t m_tests = 20'000'000;
    std::int64_t m_steps = 5'000'000;
    std::int64_t m_rules = 500'000;
};

} // namespace glacis::access
