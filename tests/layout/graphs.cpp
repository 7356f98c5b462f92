// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "graphs.h"

#include <map>
#include <sstream>
#include <stdexcept>

namespace glacis::test {

using namespace layout;

LaneInput generated(const Generated& what)
{
    std::uint64_t state = what.seed;
    const auto below = [&state](std::uint32_t limit) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>((state >> 33) % limit);
    };
    LaneInput input { .lanes = what.lanes, .nodes = {}, .edges = {} };
    std::vector<std::vector<std::uint32_t>> lanes(what.lanes);
    for (std::uint32_t i = 0; i < what.nodes; ++i) {
        LaneNode n { .lane = below(what.lanes) };
        if (!what.neighboursOnly) {
            n.width = 120 + below(7) * 10;
            n.above = below(8) == 0 ? 18 : 0;
        }
        lanes[n.lane].push_back(i);
        input.nodes.push_back(n);
    }
    while (input.edges.size() < what.edges) {
        LaneEdge e { .from = below(what.nodes), .to = below(what.nodes) };
        if (what.neighboursOnly) {
            const std::uint32_t next = input.nodes[e.from].lane + 1;
            if (next >= what.lanes || lanes[next].empty())
                continue;
            e.to = lanes[next][below(static_cast<std::uint32_t>(lanes[next].size()))];
        } else {
            // Mostly forward, as attacks go.
            if (input.nodes[e.from].lane > input.nodes[e.to].lane && below(4) != 0)
                std::swap(e.from, e.to);
            e.weight = below(12) == 0 ? 8 : 1;
            if (below(1000) < what.labels * 1000) {
                e.labelWidth = 30 + below(90);
                e.labelHeight = 16;
            }
        }
        input.edges.push_back(e);
    }
    return input;
}

Named parsed(const std::string& text)
{
    Named graph;
    std::map<std::string, std::uint32_t> index;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string word, a, b;
        if (!(words >> word))
            continue;
        if (word == "node") {
            LaneNode n;
            words >> a >> n.lane;
            while (words >> word)
                words >> (word == "width" ? n.width : word == "above" ? n.above : n.before);
            index[a] = static_cast<std::uint32_t>(graph.names.size());
            graph.names.push_back(a);
            graph.input.lanes = std::max(graph.input.lanes, n.lane + 1);
            graph.input.nodes.push_back(n);
        } else if (word == "edge") {
            words >> a >> b;
            if (!index.contains(a) || !index.contains(b))
                throw std::runtime_error("no such node: " + line);
            LaneEdge e { .from = index[a], .to = index[b] };
            while (words >> word) {
                words >> (word == "weight" ? e.weight : e.labelWidth);
                e.labelHeight = e.labelWidth > 0 ? 16 : 0;
            }
            graph.input.edges.push_back(e);
        }
    }
    return graph;
}

Named practiceCluster()
{
    return parsed(R"(
node internet 0 width 100
node apiserver 1
node reach/drizzle-web 1
node reach/ingress-nginx 1
node reach/dashboard 1
node reach/node-exporter 1
node reach/result 1
node reach/vote 1
node docker/worker-1 2 above 18
node group/unauthenticated 3
node held/rdkalv 3
node held/worker 3
node node/cp-1 3
node node/worker-1 3
node own/drizzle-web 3
node own/ingress-nginx 3
node own/node-exporter 3
node own/result 3
node own/vote 3
node sa/ci/runner 3
node sa/ingress-nginx 3
node sa/dashboard 3
node sa/rdkalv 3
node cred/result 4
node cred/worker 4
node etcd 4
node jewel/all-secrets 5
node jewel/cluster-admin 5
node jewel/control-plane-node 5
node jewel/datastore-credentials 5
node jewel/etcd 5
edge cred/result jewel/datastore-credentials
edge cred/worker jewel/datastore-credentials
edge apiserver group/unauthenticated
edge docker/worker-1 node/worker-1 weight 20
edge etcd jewel/etcd
edge group/unauthenticated cred/result
edge held/rdkalv sa/rdkalv weight 20
edge held/worker cred/worker
edge internet apiserver
edge internet docker/worker-1 weight 20
edge internet reach/drizzle-web
edge internet reach/ingress-nginx
edge internet reach/dashboard
edge internet reach/node-exporter
edge internet reach/result
edge internet reach/vote
edge jewel/all-secrets jewel/datastore-credentials
edge jewel/all-secrets sa/ci/runner
edge jewel/cluster-admin jewel/all-secrets
edge jewel/cluster-admin jewel/control-plane-node
edge jewel/cluster-admin jewel/datastore-credentials
edge jewel/cluster-admin jewel/etcd
edge jewel/etcd jewel/all-secrets
edge jewel/etcd jewel/cluster-admin
edge node/cp-1 jewel/control-plane-node
edge node/worker-1 held/rdkalv weight 20
edge node/worker-1 held/worker
edge node/worker-1 etcd
edge node/worker-1 apiserver
edge own/drizzle-web etcd
edge own/ingress-nginx etcd
edge own/ingress-nginx sa/ingress-nginx
edge own/node-exporter etcd
edge own/result etcd
edge own/vote etcd
edge reach/drizzle-web own/drizzle-web
edge reach/ingress-nginx own/ingress-nginx
edge reach/dashboard sa/dashboard
edge reach/node-exporter own/node-exporter
edge reach/result own/result
edge reach/vote own/vote
edge sa/ci/runner node/cp-1
edge sa/ingress-nginx jewel/all-secrets
edge sa/dashboard jewel/cluster-admin
edge sa/rdkalv jewel/all-secrets weight 20
)");
}

Named mockUp()
{
    return parsed(R"(
node Internet 0 width 66
node IngressIp 1 width 164
node Vote 1 width 164
node Drizzle 1 width 164
node ApiServer 1 width 164
node Shop 1 width 164
node Docker 2 above 18
node Socket 2
node Kubelet 2
node Node2 3 width 176
node Rdkalv 3 width 176
node Dashboard 3 width 176
node DashboardAdmin 3 width 176
node ClusterAdmin 3 width 176
node DbPassword 4
node Secrets 4
node Etcd 4
edge Internet IngressIp weight 20
edge Internet ApiServer
edge IngressIp Vote weight 20
edge Vote Drizzle
edge Vote Docker weight 20
edge Drizzle Socket
edge Drizzle Rdkalv
edge ApiServer Kubelet
edge ApiServer Dashboard
edge Shop Kubelet
edge Docker Node2 weight 20
edge Socket Rdkalv
edge Kubelet Rdkalv
edge Node2 Rdkalv
edge Node2 DbPassword
edge Node2 DashboardAdmin weight 20
edge Rdkalv DbPassword
edge Dashboard DashboardAdmin
edge DashboardAdmin ClusterAdmin
edge DashboardAdmin Etcd weight 20
edge ClusterAdmin Secrets
edge ClusterAdmin Etcd
)");
}

std::vector<Point> sampled(const Curve& curve, int steps)
{
    std::vector<Point> points;
    for (std::size_t k = 0; k + 3 < curve.size(); k += 3)
        for (int s = 0; s <= steps; ++s) {
            const double t = static_cast<double>(s) / steps, u = 1 - t;
            const double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
            points.push_back({ a * curve[k].x + b * curve[k + 1].x + c * curve[k + 2].x + d * curve[k + 3].x,
                a * curve[k].y + b * curve[k + 1].y + c * curve[k + 2].y + d * curve[k + 3].y });
        }
    return points;
}

} // namespace glacis::test
