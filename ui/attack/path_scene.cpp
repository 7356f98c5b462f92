// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/path_scene.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace glacis::ui {
namespace {

    using attack::EdgeIndex;
    using attack::EdgeKind;
    using attack::Graph;
    using attack::NodeIndex;
    using attack::NodeKind;
    using attack::WayClass;

    bool isHub(const attack::Node& node)
    {
        return node.kind == NodeKind::Net || node.kind == NodeKind::Scope;
    }

    /// "own/shop/Deployment/web" → "shop"; cluster-wide things have none.
    std::string_view namespaceOf(const attack::Node& node)
    {
        switch (node.kind) {
        case NodeKind::Reach:
        case NodeKind::Own:
        case NodeKind::Held:
        case NodeKind::ServiceAccount:
        case NodeKind::Credential:
        case NodeKind::Secret: {
            const std::string_view id = node.id;
            const std::size_t begin = id.find('/') + 1;
            return id.substr(begin, id.find('/', begin) - begin);
        }
        default:
            return {};
        }
    }

    /// A step with the hubs in it passed over, between nodes of the graph.
    struct PlainStep {
        NodeIndex from, to;
        std::vector<EdgeIndex> edges;
        EdgeIndex main;
        bool structure;
    };

    std::vector<PlainStep> plainSteps(const Graph& graph, const attack::Way& way)
    {
        std::vector<PlainStep> steps;
        std::vector<EdgeIndex> pending;
        NodeIndex from = way.entry;
        for (const EdgeIndex e : way.steps) {
            pending.push_back(e);
            const NodeIndex to = graph.edges[e].to;
            if (isHub(graph.nodes[to]))
                continue;
            const auto main = std::find_if(pending.begin(), pending.end(),
                [&](EdgeIndex p) { return graph.edges[p].kind != EdgeKind::Structure; });
            steps.push_back({ from, to, pending, main == pending.end() ? pending.front() : *main,
                main == pending.end() });
            pending.clear();
            from = to;
        }
        return steps;
    }

    /// Puts alike nodes of a crowded lane together. Levels from coarse to fine: kind, neighbourhood,
    /// namespace, handfuls, single; opening a group shows the next level that tells its members apart.
    class Grouping {
    public:
        Grouping(const Graph& graph, const SceneRequest& request)
            : m_graph(graph)
            , m_request(request)
        {
        }

        void meet(NodeIndex node) { m_lanes[laneOf(m_graph.nodes[node])].insert(node); }
        void join(const PlainStep& step)
        {
            const EdgeKind kind = m_graph.edges[step.main].kind;
            m_around[step.from].insert("o" + neighbour(kind, step.to));
            m_around[step.to].insert("i" + neighbour(kind, step.from));
        }
        void emit(std::vector<SceneNode>& into)
        {
            for (std::uint32_t lane = 0; lane < LaneCount; ++lane) {
                const std::vector<NodeIndex> all(m_lanes[lane].begin(), m_lanes[lane].end());
                const std::size_t first = into.size();
                if (all.size() <= m_request.mostInLane) {
                    for (const NodeIndex node : all)
                        add(into, { node }, lane, {}, {});
                } else {
                    // The finest level that still fits, so that no more is put together than must be.
                    int level = Kind;
                    if (split(all, Neighbourhood).size() <= m_request.mostInLane)
                        level = Neighbourhood;
                    for (const auto& group : split(all, level))
                        emitGroup(into, group, lane, level, {});
                }
                std::sort(into.begin() + static_cast<std::ptrdiff_t>(first), into.end(),
                    [](const SceneNode& a, const SceneNode& b) { return a.members < b.members; });
            }
        }

    private:
        enum Level : int { Kind, Neighbourhood, Namespace, Handful, Single };
        static constexpr std::size_t handful = 24;

        [[nodiscard]] std::string neighbour(EdgeKind kind, NodeIndex node) const
        {
            const attack::Node& n = m_graph.nodes[node];
            const bool few = n.kind == NodeKind::Endpoint || n.kind == NodeKind::Jewel
                || n.kind == NodeKind::Internet || n.kind == NodeKind::Breach;
            return std::to_string(static_cast<int>(kind)) + ':'
                + (few ? n.id : std::to_string(static_cast<int>(n.kind)));
        }
        [[nodiscard]] std::string signature(NodeIndex node, int level) const
        {
            const attack::Node& n = m_graph.nodes[node];
            std::string text = std::to_string(static_cast<int>(n.kind));
            if (level == Kind)
                return text;
            if (const auto around = m_around.find(node); around != m_around.end())
                for (const std::string& one : around->second)
                    text.append("|").append(one);
            if (level == Namespace)
                text.append("#").append(namespaceOf(n));
            return text;
        }
        [[nodiscard]] std::vector<std::vector<NodeIndex>> split(
            const std::vector<NodeIndex>& nodes, int level) const
        {
            std::vector<std::vector<NodeIndex>> groups;
            if (level >= Handful) {
                const std::size_t size = level == Handful ? handful : 1;
                for (std::size_t i = 0; i < nodes.size(); i += size)
                    groups.emplace_back(nodes.begin() + static_cast<std::ptrdiff_t>(i),
                        nodes.begin() + static_cast<std::ptrdiff_t>(std::min(nodes.size(), i + size)));
                return groups;
            }
            std::map<std::string, std::vector<NodeIndex>> bySignature;
            for (const NodeIndex node : nodes)
                bySignature[signature(node, level)].push_back(node);
            groups.reserve(bySignature.size());
            for (auto& [text, members] : bySignature)
                groups.push_back(std::move(members));
            return groups;
        }
        void emitGroup(std::vector<SceneNode>& into, const std::vector<NodeIndex>& group, std::uint32_t lane,
            int level, const std::string& openedFrom)
        {
            if (group.size() == 1) {
                add(into, group, lane, {}, openedFrom);
                return;
            }
            const std::string key = std::to_string(level) + '*' + std::to_string(group.size()) + '*'
                + m_graph.nodes[group.front()].id;
            if (!m_request.opened.contains(key)) {
                add(into, group, lane, key, openedFrom);
                return;
            }
            // Levels that do not tell the members apart are passed over; few members need no middle level.
            int next = level + 1;
            std::vector<std::vector<NodeIndex>> parts = split(group, next);
            while (next < Single && (parts.size() == 1 || group.size() <= handful))
                parts = split(group, ++next);
            for (const auto& part : parts)
                emitGroup(into, part, lane, next, key);
        }
        void add(std::vector<SceneNode>& into, std::vector<NodeIndex> members, std::uint32_t lane,
            std::string key, std::string openedFrom) const
        {
            SceneNode node;
            node.kind = m_graph.nodes[members.front()].kind;
            node.members = std::move(members);
            node.lane = lane;
            node.key = std::move(key);
            node.openedFrom = std::move(openedFrom);
            into.push_back(std::move(node));
        }

        const Graph& m_graph;
        const SceneRequest& m_request;
        std::array<std::set<NodeIndex>, LaneCount> m_lanes;
        std::unordered_map<NodeIndex, std::set<std::string>> m_around;
    };

}

std::uint32_t laneOf(const attack::Node& node)
{
    switch (node.kind) {
    case NodeKind::Internet:
    case NodeKind::Breach:
        return 0;
    case NodeKind::Jewel:
        return LaneCount - 1;
    default:
        return std::clamp<std::uint32_t>(node.stage, 1, LaneCount - 2);
    }
}

PathScene makeScene(const Graph& graph, const attack::Search& search, const SceneRequest& request)
{
    PathScene scene;
    std::vector<std::vector<PlainStep>> plain;
    Grouping grouping(graph, request);
    for (std::uint32_t i = 0; i < search.ways().size(); ++i) {
        const attack::Way& way = search.ways()[i];
        if (i != request.also
            && !(way.wayClass == WayClass::Certain       ? request.certain
                    : way.wayClass == WayClass::Residual ? request.residual
                                                         : request.possible))
            continue;
        if (i != request.also && scene.ways.size() >= request.mostWays) {
            ++scene.left;
            continue;
        }
        plain.push_back(plainSteps(graph, way));
        grouping.meet(way.entry);
        for (const PlainStep& step : plain.back()) {
            grouping.meet(step.to);
            grouping.join(step);
        }
        scene.ways.push_back({ i, {}, 0 });
    }
    grouping.emit(scene.nodes);
    for (std::uint32_t n = 0; n < scene.nodes.size(); ++n)
        for (const NodeIndex member : scene.nodes[n].members)
            scene.nodeOf.emplace(member, n);

    std::map<std::pair<std::uint32_t, std::uint32_t>, SceneEdge> edges;
    for (std::size_t w = 0; w < scene.ways.size(); ++w) {
        const bool certain = search.ways()[scene.ways[w].way].wayClass == WayClass::Certain;
        std::set<std::pair<std::uint32_t, std::uint32_t>> used;
        for (const PlainStep& step : plain[w]) {
            const std::uint32_t from = scene.nodeOf.at(step.from), to = scene.nodeOf.at(step.to);
            scene.nodes[from].certain |= certain;
            scene.nodes[to].certain |= certain;
            if (from == to)
                continue;
            SceneEdge& edge = edges.try_emplace({ from, to }).first->second;
            if (edge.edges.empty()) {
                edge.from = from;
                edge.to = to;
                edge.main = step.main;
                edge.structure = step.structure;
            } else if (edge.structure && !step.structure) {
                edge.main = step.main;
                edge.structure = false;
            }
            edge.edges.insert(edge.edges.end(), step.edges.begin(), step.edges.end());
            edge.certain |= certain;
            if (used.emplace(from, to).second)
                ++edge.ways;
        }
    }
    scene.edges.reserve(edges.size());
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> numberOf;
    for (auto& [ends, edge] : edges) {
        std::sort(edge.edges.begin(), edge.edges.end());
        edge.edges.erase(std::unique(edge.edges.begin(), edge.edges.end()), edge.edges.end());
        numberOf.emplace(ends, static_cast<std::uint32_t>(scene.edges.size()));
        for (const EdgeIndex e : edge.edges)
            scene.edgesOf[e].push_back(static_cast<std::uint32_t>(scene.edges.size()));
        scene.edges.push_back(std::move(edge));
    }
    for (std::size_t w = 0; w < scene.ways.size(); ++w) {
        SceneWay& way = scene.ways[w];
        for (const PlainStep& step : plain[w]) {
            SceneStep s;
            s.from = scene.nodeOf.at(step.from);
            s.to = scene.nodeOf.at(step.to);
            const auto found = numberOf.find({ s.from, s.to });
            s.edge = found == numberOf.end() ? NoScene : found->second;
            s.main = step.main;
            s.fromNode = step.from;
            s.toNode = step.to;
            s.number = step.structure ? 0 : ++way.numbered;
            way.steps.push_back(s);
        }
    }
    return scene;
}

} // namespace glacis::ui
