// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture_text.h"

#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace glacis::test {

using namespace layout;

namespace {

    std::string number(double value)
    {
        char text[40];
        std::snprintf(text, sizeof text, "%.1f", value);
        return std::string(text) == "-0.0" ? "0.0" : text;
    }
    std::string numbers(const Box& b)
    {
        return number(b.x) + ' ' + number(b.y) + ' ' + number(b.width) + ' ' + number(b.height);
    }
    std::string nameOf(const Named& graph, std::size_t node)
    {
        return node < graph.names.size() ? graph.names[node] : std::to_string(node);
    }
    std::string rectangle(const Box& b, const std::string& style)
    {
        return "<rect x='" + number(b.x) + "' y='" + number(b.y) + "' width='" + number(b.width)
            + "' height='" + number(b.height) + "' " + style + "/>\n";
    }

}

std::string asText(const Named& graph, const LaneLayout& picture)
{
    std::string text = "bounds " + numbers(picture.bounds) + '\n';
    for (const Lane& lane : picture.lanes)
        text += "lane " + number(lane.x) + ' ' + number(lane.width) + '\n';
    for (std::size_t i = 0; i < picture.nodes.size(); ++i)
        text += "node " + nameOf(graph, i) + ' ' + numbers(picture.nodes[i]) + '\n';
    for (std::size_t e = 0; e < picture.edges.size(); ++e) {
        text += "edge " + nameOf(graph, graph.input.edges[e].from) + ' '
            + nameOf(graph, graph.input.edges[e].to);
        for (const Point p : picture.edges[e])
            text += "  " + number(p.x) + ',' + number(p.y);
        text += '\n';
        if (picture.labels[e] != Box {})
            text += "label " + numbers(picture.labels[e]) + '\n';
    }
    return text;
}

std::string asSvg(const Named& graph, const LaneLayout& picture)
{
    const Box& b = picture.bounds;
    std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='" + number(b.width) + "' height='"
        + number(b.height) + "' viewBox='" + numbers(b) + "'>\n";
    svg += rectangle(b, "fill='#0B0F14'");
    for (const Lane& lane : picture.lanes)
        svg += rectangle({ lane.x, 6, std::max(lane.width, 2.0), 3 }, "fill='#B48CFF'");
    for (const bool heavy : { false, true })
        for (std::size_t e = 0; e < picture.edges.size(); ++e) {
            if ((graph.input.edges[e].weight > 1) != heavy || picture.edges[e].empty())
                continue;
            const Curve& c = picture.edges[e];
            svg += "<path d='M" + number(c[0].x) + ' ' + number(c[0].y);
            for (std::size_t k = 1; k < c.size(); ++k)
                svg += (k % 3 == 1 ? " C" : " ") + number(c[k].x) + ' ' + number(c[k].y);
            svg += heavy ? "' fill='none' stroke='#FF5C6C' stroke-width='1.9'/>\n"
                         : "' fill='none' stroke='#64758c' stroke-width='1.2'/>\n";
            const Point end = c.back();
            svg += "<circle cx='" + number(end.x) + "' cy='" + number(end.y) + "' r='2.5' fill='#9BA9BA'/>\n";
        }
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        const Box& n = picture.nodes[i];
        if (const double above = graph.input.nodes[i].above; above > 0)
            svg += rectangle({ n.x, n.y - above, n.width, above }, "fill='#3a1d24'");
        svg += rectangle(n, "rx='8' fill='#161D27' stroke='#9BA9BA'");
        svg += "<text x='" + number(n.x + 8) + "' y='" + number(n.centre().y + 4)
            + "' font-size='11' font-family='sans-serif' fill='#E6EDF3'>" + nameOf(graph, i) + "</text>\n";
    }
    for (const Box& l : picture.labels)
        if (l != Box {})
            svg += rectangle(l, "fill='#24405a' fill-opacity='0.8'");
    return svg + "</svg>\n";
}

void lookAt(const std::string& name, const Named& graph, const LaneLayout& picture)
{
    if (const char* folder = std::getenv("GLACIS_LAYOUT_SVG"))
        std::ofstream(std::string(folder) + '/' + name + ".svg") << asSvg(graph, picture);
}

} // namespace glacis::test
