// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/path_figure.h>

#include <attack/layout/lane_layout.h>
#include <attack/scene_words.h>
#include <theme/type.h>
#include <widgets/outside_text.h>

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace glacis::ui {
namespace {

    constexpr double cardWidth = 146, jewelWidth = 174, entryWidth = 98, cardHeight = 42, compactHeight = 32;
    constexpr double usualWidth = 1130; ///< of six lanes with their channels
    constexpr double chokeRoom = 12; ///< above a card, for the words of a choke point
    constexpr std::size_t mostChokes = 3;
    constexpr std::uint32_t leastShare = 10; ///< a choke point closes at least a tenth of the ways

    Token laneInk(std::uint32_t lane)
    {
        return lane == 0            ? Token::Info
            : lane + 1 == LaneCount ? Token::Pass
                                    : stageToken(static_cast<Stage>(lane));
    }

    PaintedCard cardOf(const attack::Graph& graph, const SceneNode& node)
    {
        const attack::Node& first = graph.nodes[node.members.front()];
        PaintedCard card;
        card.lane = node.lane;
        card.ink = laneInk(node.lane);
        card.glyph = kindGlyph(node.kind, first.id);
        card.caption = kindCaption(node.kind, first.id);
        card.name = cardName(first);
        card.detail = cardDetail(first);
        card.count = static_cast<std::uint32_t>(node.members.size());
        card.dashed = !node.certain;
        if (node.isAggregate()) {
            // Named by what its members share.
            const bool sameName = std::all_of(node.members.begin(), node.members.end(),
                [&](attack::NodeIndex m) { return graph.nodes[m].label == first.label; });
            const bool sameDetail = std::all_of(node.members.begin(), node.members.end(),
                [&](attack::NodeIndex m) { return cardDetail(graph.nodes[m]) == card.detail; });
            if (!sameName) {
                card.name = sameDetail && !card.detail.isEmpty() ? card.detail : namesOf(graph, node);
                card.detail = sameDetail ? QString() : card.detail;
            }
            if (!sameDetail)
                card.detail.clear();
        }
        return card;
    }

    /// What shows the first step that leads here.
    QString evidenceOf(const attack::Graph& graph, const PathScene& scene, std::uint32_t card)
    {
        for (const SceneEdge& edge : scene.edges)
            if (edge.to == card && !edge.structure)
                for (const attack::Justification& because : graph.becauseOf(graph.edges[edge.main]))
                    if (!because.evidence.empty())
                        return shown(because.evidence, 200);
        return {};
    }

    double centreIn(const PathFigure& before, const SceneNode& node)
    {
        for (const attack::NodeIndex member : node.members)
            if (const auto it = before.scene.nodeOf.find(member); it != before.scene.nodeOf.end())
                return before.paint.cards[it->second].box.center().y();
        return std::numeric_limits<double>::quiet_NaN();
    }

    /// Height below the lowest thing drawn that is not needed.
    double slack(const layout::LaneLayout& place, double margin)
    {
        double lowest = 0;
        for (const layout::Box& box : place.nodes)
            lowest = std::max(lowest, box.bottom());
        for (const layout::Curve& curve : place.edges)
            for (const layout::Point& point : curve)
                lowest = std::max(lowest, point.y);
        return std::max(0.0, place.bounds.bottom() - margin - lowest);
    }

    double mirrorX(double x, double width) { return width - x; }

}

double shrinking(const PathFigure& figure, double width, double height)
{
    const QRectF& bounds = figure.paint.bounds;
    return bounds.isEmpty() ? 1 : std::min({ width / bounds.width(), height / bounds.height(), 1.0 });
}

PathFigurePtr makeFittedFigure(const assessment::AssessmentPtr& assessment, FigureRequest request)
{
    PathFigurePtr figure = makeFigure(assessment, nullptr, request);
    const double scale = shrinking(*figure, request.width, request.height);
    if (scale >= 1 || scale <= 0 || figure->scene.ways.empty())
        return figure;
    request.taller = 1 / scale;
    PathFigurePtr taller = makeFigure(assessment, nullptr, request);
    const QRectF& bounds = taller->paint.bounds;
    return bounds.height() * request.width <= bounds.width() * request.height * 1.01 ? taller : figure;
}

std::shared_ptr<const attack::Search> searchOf(const assessment::AssessmentPtr& assessment)
{
    return { assessment, assessment ? assessment->search.get() : nullptr };
}

PathFigurePtr makeFigure(const assessment::AssessmentPtr& assessment,
    std::shared_ptr<const attack::Search> search, const FigureRequest& request)
{
    auto figure = std::make_shared<PathFigure>();
    figure->assessment = assessment;
    figure->search = search ? std::move(search) : searchOf(assessment);
    figure->mirrored = request.mirrored;
    if (!figure->search)
        return figure;
    const attack::Graph& graph = assessment->graph;
    figure->scene = makeScene(graph, *figure->search, request.scene);
    const PathScene& scene = figure->scene;

    layout::LaneInput input;
    input.lanes = LaneCount;
    const double unit = scaled(1000) / 1000.0;
    // Room that is left over goes to the cards: their names need it more than the channels do.
    const double spare = request.compact ? 0 : request.width / unit - usualWidth;
    const double wider = std::clamp(spare / (LaneCount - 1), 0.0, 40.0);
    for (const SceneNode& node : scene.nodes) {
        layout::LaneNode n;
        n.lane = node.lane;
        n.width = (node.lane == 0                      ? entryWidth
                          : node.lane + 1 == LaneCount ? jewelWidth
                                                       : cardWidth + wider)
            * unit;
        n.height = (request.compact ? compactHeight : cardHeight) * request.taller * unit;
        n.above = request.compact ? 0 : chokeRoom * unit;
        if (request.before)
            n.before = centreIn(*request.before, node);
        input.nodes.push_back(n);
    }
    for (const SceneEdge& edge : scene.edges)
        input.edges.push_back(
            { edge.from, edge.to, (edge.structure ? 0.6 : 1.0) * (1 + std::log2(1.0 + edge.ways)), 0, 0 });
    layout::LaneConfig config;
    config.width = request.width;
    config.height = request.height;
    config.nodeGap = (request.compact ? 14 : 10) * unit;
    config.laneGap = (request.compact ? 24 : 32) * unit;
    config.margin = (request.compact ? 6 : 14) * unit;
    layout::LaneLayout place = layout::layOut(input, config);
    // What is too wide is shown smaller, and then there is more height to fill.
    if (request.width > 0 && place.bounds.width > request.width
        && place.bounds.height < request.height * 1.02) {
        config.height = request.height * std::min(place.bounds.width / request.width, 1.6);
        layout::LaneLayout taller = layout::layOut(input, config);
        if (taller.bounds.height <= config.height * 1.01)
            place = std::move(taller);
    }
    const double down = slack(place, config.margin) / 2; // few cards stand in the middle

    PathPaint& paint = figure->paint;
    const double width = place.bounds.width;
    paint.bounds = QRectF(place.bounds.x, place.bounds.y, width, place.bounds.height);
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        PaintedCard card = cardOf(graph, scene.nodes[i]);
        const layout::Box& b = place.nodes[i];
        if (!request.compact)
            card.evidence = evidenceOf(graph, scene, static_cast<std::uint32_t>(i));
        card.box
            = QRectF(request.mirrored ? mirrorX(b.x + b.width, width) : b.x, b.y + down, b.width, b.height);
        paint.cards.push_back(std::move(card));
    }
    for (std::size_t i = 0; i < scene.edges.size(); ++i) {
        const SceneEdge& e = scene.edges[i];
        const auto point = [&](const layout::Point& p) {
            return QPointF(request.mirrored ? mirrorX(p.x, width) : p.x, p.y + down);
        };
        PaintedCurve curve;
        curve.from = e.from;
        curve.to = e.to;
        curve.dashed = !e.certain;
        curve.faint = e.structure;
        const layout::Curve& c = place.edges[i];
        if (!c.empty())
            curve.path.moveTo(point(c.front()));
        for (std::size_t k = 1; k + 2 < c.size(); k += 3)
            curve.path.cubicTo(point(c[k]), point(c[k + 1]), point(c[k + 2]));
        curve.bounds = curve.path.boundingRect().adjusted(-6, -6, 6, 6);
        paint.curves.push_back(std::move(curve));
    }
    for (std::uint32_t lane = 0; lane < place.lanes.size(); ++lane) {
        const layout::Lane& l = place.lanes[lane];
        PaintedLane p;
        p.left = request.mirrored ? mirrorX(l.x + l.width, width) : l.x;
        p.right = p.left + l.width;
        p.ink = laneInk(lane);
        p.title = laneTitle(lane);
        p.subtitle = laneSubtitle(lane);
        p.shortSubtitle = laneShort(lane);
        for (const SceneNode& node : scene.nodes)
            p.cards += node.lane == lane ? static_cast<std::uint32_t>(node.members.size()) : 0;
        paint.lanes.push_back(std::move(p));
    }
    return figure;
}

PathMarks marksOf(const PathFigure& figure, const SceneWay& way, std::uint32_t step)
{
    PathMarks marks;
    const attack::Graph& graph = figure.assessment->graph;
    marks.numbers.assign(figure.paint.cards.size(), 0);
    marks.names.assign(figure.paint.cards.size(), {});
    marks.cards.assign(figure.paint.cards.size(), false);
    marks.curves.assign(figure.paint.curves.size(), false);
    marks.reached.assign(figure.paint.curves.size(), false);
    const auto pass = [&](std::uint32_t card, attack::NodeIndex node) {
        marks.cards[card] = true;
        if (figure.scene.nodes[card].isAggregate())
            marks.names[card] = cardName(graph.nodes[node]);
    };
    if (figure.search->ways()[way.way].wayClass != attack::WayClass::Certain)
        marks.way = Token::Medium; // worth a look, and no alarm
    std::uint32_t number = 0;
    for (const SceneStep& s : way.steps) {
        number = std::max(number, s.number);
        pass(s.from, s.fromNode);
        pass(s.to, s.toNode);
        if (s.number > 0)
            marks.numbers[s.to] = s.number;
        if (s.edge != NoScene) {
            marks.curves[s.edge] = true;
            marks.reached[s.edge] = number <= step;
        }
    }
    return marks;
}

std::vector<PathMarks::Choke> chokesOf(
    const PathFigure& figure, const std::vector<attack::ChokePoint>& points, std::uint32_t ways)
{
    std::vector<PathMarks::Choke> chokes(figure.paint.cards.size());
    std::size_t ringed = 0;
    for (const attack::ChokePoint& point : points) {
        if (point.isEdge || point.closes < 2 || point.closes * leastShare < ways || ringed == mostChokes)
            continue;
        const auto it = figure.scene.nodeOf.find(point.index);
        if (it == figure.scene.nodeOf.end() || figure.scene.nodes[it->second].isAggregate())
            continue;
        chokes[it->second] = { QCoreApplication::translate("AttackPath", "choke point · %1 of %2 ways")
                                   .arg(point.closes)
                                   .arg(ways),
            QCoreApplication::translate("AttackPath", "%1 of %2").arg(point.closes).arg(ways) };
        ++ringed;
    }
    return chokes;
}

} // namespace glacis::ui
