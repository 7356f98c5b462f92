// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/lane_layout.h>

#include <algorithm>

namespace glacis::layout {

LaneLayout layOut(const LaneInput& input, const LaneConfig& config, const StopToken&)
{
    LaneLayout picture;
    std::vector<double> bottom(input.lanes, config.top + config.margin);
    picture.lanes.resize(input.lanes);
    for (const LaneNode& n : input.nodes)
        picture.lanes[n.lane].width = std::max(picture.lanes[n.lane].width, n.width);
    double x = config.margin;
    for (Lane& lane : picture.lanes) {
        lane.x = x;
        x += lane.width + config.laneGap;
    }
    double y = 0;
    for (const LaneNode& n : input.nodes) {
        picture.nodes.push_back({ picture.lanes[n.lane].x, bottom[n.lane] + n.above, n.width, n.height });
        bottom[n.lane] += n.above + n.height + config.nodeGap;
        y = std::max(y, bottom[n.lane]);
    }
    for (const LaneEdge& e : input.edges) {
        const Box &a = picture.nodes[e.from], &b = picture.nodes[e.to];
        const Point from { a.right(), a.centre().y }, to { b.x, b.centre().y };
        const double bend = (to.x - from.x) / 2;
        picture.edges.push_back({ from, { from.x + bend, from.y }, { to.x - bend, to.y }, to });
        picture.labels.emplace_back();
    }
    picture.bounds = { 0, 0, x, y + config.margin };
    return picture;
}

std::uint64_t crossings(const LaneInput&, const LaneLayout&) { return 0; }

} // namespace glacis::layout
