// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/lane_layout.h>

#include <algorithm>
#include <utility>

namespace glacis::layout {

namespace {

    using Ends = std::vector<std::pair<double, double>>; // heights at both sides of a channel

    /// Height at which a curve that runs from left to right passes `x`.
    double heightAt(const Curve& curve, bool backwards, double x)
    {
        const std::size_t pieces = (curve.size() - 1) / 3;
        for (std::size_t k = 0; k < pieces; ++k) {
            const std::size_t first = 3 * (backwards ? pieces - 1 - k : k);
            const Point a = curve[first + (backwards ? 3 : 0)], d = curve[first + (backwards ? 0 : 3)];
            // Over a lane a curve runs level: no piece turns there.
            if (x <= d.x)
                return a.y == d.y ? a.y : (x - a.x < d.x - x ? a.y : d.y);
        }
        return curve[backwards ? 0 : curve.size() - 1].y;
    }

    std::uint64_t inversions(Ends& ends)
    {
        std::ranges::sort(ends);
        std::vector<double> right;
        for (const auto& [l, r] : ends)
            right.push_back(r);
        std::ranges::sort(right);
        right.erase(std::unique(right.begin(), right.end()), right.end());
        std::vector<std::uint64_t> sums(right.size() + 1, 0);
        const auto rank = [&](double y) {
            return static_cast<std::size_t>(std::ranges::lower_bound(right, y) - right.begin());
        };
        std::uint64_t crossed = 0, total = 0;
        for (std::size_t k = 0; k < ends.size();) {
            std::size_t next = k;
            for (; next < ends.size() && ends[next].first == ends[k].first; ++next) {
                std::uint64_t upTo = 0;
                for (std::size_t at = rank(ends[next].second) + 1; at > 0; at &= at - 1)
                    upTo += sums[at];
                crossed += total - upTo;
            }
            for (; k < next; ++k, ++total)
                for (std::size_t at = rank(ends[k].second) + 1; at < sums.size(); at += at & (~at + 1))
                    ++sums[at];
        }
        return crossed;
    }

}

std::uint64_t crossings(const LaneInput& input, const LaneLayout& picture)
{
    if (input.nodes.empty() || picture.nodes.size() != input.nodes.size())
        return 0;
    const auto lastLane = static_cast<std::uint32_t>(picture.lanes.size() - 1);
    std::vector<char> used(picture.lanes.size(), 0);
    for (const LaneNode& n : input.nodes)
        used[std::min(n.lane, lastLane)] = 1;
    std::vector<Ends> channels(picture.lanes.size());
    for (std::size_t e = 0; e < input.edges.size(); ++e) {
        const LaneEdge& edge = input.edges[e];
        if (picture.edges[e].empty())
            continue;
        std::uint32_t left = edge.from, right = edge.to;
        const auto lane = [&](std::uint32_t node) { return std::min(input.nodes[node].lane, lastLane); };
        const bool backwards = lane(left) > lane(right);
        if (backwards)
            std::swap(left, right);
        double y = picture.nodes[left].centre().y;
        for (std::uint32_t at = lane(left), next = at + 1; next <= lane(right); ++next) {
            if (!used[next])
                continue;
            const Lane& l = picture.lanes[next];
            const double there = next == lane(right)
                ? picture.nodes[right].centre().y
                : heightAt(picture.edges[e], backwards, l.x + l.width / 2);
            channels[at].emplace_back(y, there);
            y = there;
            at = next;
        }
    }
    std::uint64_t sum = 0;
    for (Ends& ends : channels)
        sum += inversions(ends);
    return sum;
}

} // namespace glacis::layout
