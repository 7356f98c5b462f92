// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads fields of a Tree with the types that Kubernetes expects. A value of another type becomes a BadField
// that names path, expectation and what stood there; reading goes on with the field unset. Internal to
// decoding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/str.h>
#include <inventory/objects.h>
#include <inventory/tree.h>

namespace glacis::inventory {

class Fields {
public:
    Fields(StringPool& strings, std::uint32_t root, std::vector<BadField>& bad)
        : m_strings(strings)
        , m_root(root)
        , m_bad(bad)
    {
    }

    [[nodiscard]] Str intern(std::string_view text) { return m_strings.intern(text); }
    [[nodiscard]] Str string(NodeRef node);
    [[nodiscard]] std::string_view view(NodeRef node); ///< as string(), not interned
    [[nodiscard]] Tri tri(NodeRef node);
    [[nodiscard]] bool boolean(NodeRef node) { return tri(node) == Tri::True; }
    [[nodiscard]] std::optional<std::int64_t> integer(NodeRef node);
    [[nodiscard]] std::int32_t int32(NodeRef node);
    [[nodiscard]] PortNumberOrName portOrName(NodeRef node);
    /// The node when it is a list (absent and null are empty lists); a bad field otherwise.
    [[nodiscard]] NodeRef list(NodeRef node);
    [[nodiscard]] NodeRef object(NodeRef node);
    [[nodiscard]] std::vector<Str> strings(NodeRef node);
    [[nodiscard]] KeyValues keyValues(NodeRef node);
    [[nodiscard]] LabelSelector selector(NodeRef node);
    void bad(NodeRef node, std::string_view expected);

private:
    [[nodiscard]] std::string pathOf(NodeRef node) const;
    StringPool& m_strings;
    std::uint32_t m_root;
    std::vector<BadField>& m_bad;
};

[[nodiscard]] std::string_view name(NodeType type); ///< "a string", "a whole number", "a list", …
/// Path of `node` below `root`, in the notation of findings: "spec.containers[0].image".
[[nodiscard]] std::string pathBetween(const Tree& tree, std::uint32_t root, std::uint32_t node);
/// The node at `path` below `root`, or the nearest parent that exists; `exact` tells which.
[[nodiscard]] std::uint32_t nodeAt(const Tree& tree, std::uint32_t root, std::string_view path, bool& exact);

} // namespace glacis::inventory
