// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which owners a label selector of a Service means, without looking at every pod for every Service: label
// sets are indexed by (namespace, key, value) for those pairs that some Service asks for, and a selector
// walks its shortest list. Also which policies select a label set (PolicyIndex), the same way round.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <inventory/inventory.h>
#include <network/exposure.h>

namespace glacis::network {

/// The different label sets under which an owner's pods run: those of its pods, or the template's where none
/// runs.
[[nodiscard]] std::vector<const inventory::KeyValues*> labelSets(
    const Inventory& inventory, const inventory::Owner& owner);

/// (namespace, label key, label value)
struct LabelAtom {
    Str ns, key, value;
    friend bool operator==(const LabelAtom&, const LabelAtom&) = default;
};
struct LabelAtomHash {
    std::size_t operator()(const LabelAtom& atom) const noexcept;
};
template <class T> using LabelMap = std::unordered_map<LabelAtom, T, LabelAtomHash>;

class SelectionIndex {
public:
    explicit SelectionIndex(const Inventory& inventory);
    /// Owners with a label set that holds every pair; sorted, each once. An empty selector selects nothing.
    [[nodiscard]] std::vector<std::uint32_t> select(Str ns, const inventory::KeyValues& selector) const;

private:
    struct Entry {
        std::uint32_t owner;
        const inventory::KeyValues* labels;
    };
    std::vector<Entry> m_entries;
    LabelMap<std::vector<std::uint32_t>> m_lists; ///< indexes into m_entries
};

/// Policies by namespace, ready for many questions. Holds pointers into the Inventory. Any thread.
class PolicyIndex {
public:
    explicit PolicyIndex(const Inventory& inventory);
    [[nodiscard]] Isolation isolation(
        std::string_view ns, const inventory::KeyValues& labels, bool egress) const;
    /// Policies that stand in the namespace, in source order; cluster-wide ones under "".
    [[nodiscard]] const std::vector<const inventory::NetworkPolicy*>& in(std::string_view ns) const;

private:
    struct Bucket {
        std::vector<const inventory::NetworkPolicy*> all;
        std::vector<const inventory::NetworkPolicy*> wide; ///< selector without matchLabels
        LabelMap<std::vector<const inventory::NetworkPolicy*>>
            byLabel; ///< by the first matchLabel; ns unused
        bool unknown[2] = {}; ///< some policy of unknown selection isolates for ingress, egress
    };
    [[nodiscard]] static Isolation ask(const Bucket& bucket, const inventory::KeyValues& labels, bool egress);
    std::unordered_map<std::string_view, Bucket> m_buckets;
};

} // namespace glacis::network
