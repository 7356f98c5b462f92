// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inspector/object_index.h>

#include <utility>

namespace glacis::ui {

/// Counting sort: `walk` calls its argument with (object, item) for each, the same both times.
template <class T>
template <class Walk>
void ObjectIndex::Lists<T>::fill(std::size_t objects, const Walk& walk)
{
    start.assign(objects + 1, 0);
    walk([&](inventory::ObjectId object, const T&) {
        if (object.valid() && object.value < objects)
            ++start[object.value + 1];
    });
    for (std::size_t i = 1; i < start.size(); ++i)
        start[i] += start[i - 1];
    items.resize(start.back());
    std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
    walk([&](inventory::ObjectId object, const T& item) {
        if (object.valid() && object.value < objects)
            items[next[object.value]++] = item;
    });
}

template <class T> std::span<const T> ObjectIndex::Lists<T>::of(inventory::ObjectId object) const
{
    if (!object.valid() || object.value + 1U >= start.size())
        return {};
    return { items.data() + start[object.value], items.data() + start[object.value + 1] };
}

ObjectIndex::ObjectIndex(const assessment::Assessment& assessment)
{
    const std::size_t objects = assessment.inventory->objects.size();
    m_findings.fill(objects, [&](const auto& add) {
        for (const posture::CheckResult& result : assessment.posture.results)
            for (const posture::Finding& finding : result.findings)
                add(finding.object, &finding);
    });
    const attack::Graph& graph = assessment.graph;
    m_edges.fill(objects, [&](const auto& add) {
        // Several fields of one object justify a step once.
        std::vector<attack::EdgeIndex> last(objects, attack::None);
        for (attack::EdgeIndex e = 0; e < graph.edges.size(); ++e)
            for (const attack::Justification& because : graph.becauseOf(graph.edges[e]))
                if (because.object.valid() && because.object.value < objects
                    && std::exchange(last[because.object.value], e) != e)
                    add(because.object, e);
    });
    m_nodes.fill(objects, [&](const auto& add) {
        for (attack::NodeIndex n = 0; n < graph.nodes.size(); ++n)
            add(graph.nodes[n].object, n);
    });
}

std::span<const posture::Finding* const> ObjectIndex::findings(inventory::ObjectId object) const
{
    return m_findings.of(object);
}

std::span<const attack::EdgeIndex> ObjectIndex::edges(inventory::ObjectId object) const
{
    return m_edges.of(object);
}

std::span<const attack::NodeIndex> ObjectIndex::nodes(inventory::ObjectId object) const
{
    return m_nodes.of(object);
}

} // namespace glacis::ui
