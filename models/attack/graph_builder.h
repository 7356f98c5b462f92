// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Collects nodes and edges in any order and builds the sorted, immutable Graph of them.
//
//     GraphBuilder b(catalogue);
//     const auto own = b.node(NodeKind::Own, "own/shop/Deployment/web", { .label = "web" });
//     b.edge(EdgeKind::Privileged, own, node).because({ ... }).breaks("M8", "shop/Deployment/web");
//
// Equal edges (kind, from, to, support) are one: the better certainty wins, justifications add up, and a
// break option counts only when every one of them named it. Steps that break independently take a support of
// their own.
#pragma once

#include <compare>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <attack/edge_catalogue.h>
#include <attack/graph.h>

namespace glacis::attack {

struct NodeDetails {
    std::string label;
    inventory::ObjectId object {};
    std::uint32_t count = 1;
    Stage stage = 0;
};

struct EdgeDetails {
    Certainty certainty = Certainty::Certain;
    bool residual = false;
    int cost = -1; ///< -1: the catalogue's
    std::string_view support = {};
};

class GraphBuilder {
public:
    explicit GraphBuilder(const EdgeCatalogue& catalogue);

    /// The node of this id; details count when it is new.
    NodeIndex node(NodeKind kind, std::string_view id, NodeDetails details);
    [[nodiscard]] NodeIndex find(std::string_view id) const; ///< None when absent
    [[nodiscard]] const std::vector<Node>& nodes() const { return m_nodes; }

    /// To add justifications and break options to the edge just made.
    class NewEdge {
    public:
        NewEdge& because(Justification justification);
        NewEdge& breaks(std::string_view card, std::string_view target);
        /// Only when the condition holds: keeps chains readable.
        NewEdge& breaksIf(bool condition, std::string_view card, std::string_view target)
        {
            return condition ? breaks(card, target) : *this;
        }

    private:
        friend class GraphBuilder;
        NewEdge(GraphBuilder& builder, std::uint32_t index)
            : m_builder(builder)
            , m_index(index)
        {
        }
        GraphBuilder& m_builder;
        std::uint32_t m_index;
    };
    NewEdge edge(EdgeKind kind, NodeIndex from, NodeIndex to, const EdgeDetails& details = {});

    /// Drops nodes that no edge touches, sorts, merges. The builder is empty afterwards.
    [[nodiscard]] Graph build();

private:
    struct Draft {
        Edge edge;
        std::uint32_t support = None; ///< m_supports
        std::uint32_t lastBecause = None, lastBreak = None; ///< chains into the vectors below, newest first
    };
    struct LinkedBecause {
        Justification justification;
        std::uint32_t previous = None;
    };
    struct LinkedBreak {
        OptionIndex option = 0;
        std::uint32_t previous = None;
    };
    /// Where a draft stands among the sorted ones.
    struct Place {
        std::uint64_t ends = 0; ///< from, to
        EdgeKind kind = EdgeKind::Structure;
        std::uint32_t support = 0; ///< sorts as its name does
        std::uint32_t draft = 0;
        [[nodiscard]] bool isSameStep(const Place& other) const
        {
            return ends == other.ends && kind == other.kind;
        }
        [[nodiscard]] bool isSameEdge(const Place& other) const
        {
            return isSameStep(other) && support == other.support;
        }
        // clang-tidy 14 takes the zero of the generated comparison for a null pointer.
        // NOLINTNEXTLINE(modernize-use-nullptr)
        friend auto operator<=>(const Place&, const Place&) = default;
    };
    [[nodiscard]] std::vector<Place> sortedEdges() const;
    void collectOptions(const Draft& draft, std::vector<OptionIndex>& options) const;
    OptionIndex option(std::string_view card, std::string_view target);
    void sortNodes(Graph& graph);
    void mergeEdges(Graph& graph);
    void sortOptions(Graph& graph);
    static void index(Graph& graph);

    const EdgeCatalogue& m_catalogue;
    std::vector<const EdgeInfo*> m_info; ///< by EdgeKind
    std::vector<Node> m_nodes;
    std::unordered_map<std::string, NodeIndex> m_nodeById;
    std::vector<Draft> m_edges;
    std::vector<LinkedBecause> m_because;
    std::vector<LinkedBreak> m_breaks;
    std::vector<std::string> m_supports;
    std::unordered_map<std::string, std::uint32_t> m_supportByName;
    std::vector<BreakOption> m_options;
    std::unordered_map<std::string, OptionIndex> m_optionById;
};

} // namespace glacis::attack
