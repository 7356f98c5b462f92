// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <palette/assessment_index.h>

#include <findings/finding_facts.h>
#include <findings/finding_filter.h>

#include <attack/describe.h>

#include <QCoreApplication>

#include <numeric>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int belowAnOwner = -60; ///< a Pod of a Deployment after the Deployment
    constexpr int aNode = -30; ///< "Attack path" after the object of the same name
    constexpr int perSeverity = 8;

    std::string qualified(std::string_view ns, std::string_view name)
    {
        std::string text(ns);
        if (!ns.empty())
            text += '/';
        return text.append(name);
    }

    /// A workload stands in the graph up to four times, once for each way to hold it. One entry will do.
    bool isSecondOf(const attack::Graph& graph, const attack::Node& node)
    {
        using attack::NodeKind;
        if (node.kind != NodeKind::Reach && node.kind != NodeKind::Held)
            return false;
        const std::size_t slash = node.id.find('/');
        return slash != std::string::npos && graph.find("own" + node.id.substr(slash)) != attack::None;
    }

}

std::shared_ptr<const AssessmentIndex> AssessmentIndex::make(
    assessment::AssessmentPtr assessment, const StopToken& stop)
{
    auto index = std::make_shared<AssessmentIndex>();
    index->m_assessment = std::move(assessment);
    index->addFindings(stop);
    index->addObjects(stop);
    index->addNodes(stop);
    return index;
}

void AssessmentIndex::addFindings(const StopToken& stop)
{
    for (const posture::CheckResult& result : m_assessment->posture.results) {
        if (stop.stopRequested())
            return;
        for (const posture::Finding* finding : problems(result)) {
            const FindingFacts facts = factsOf(*m_assessment, *finding);
            std::string detail = facts.check->id;
            if (!facts.name.empty())
                detail.append(" · ")
                    .append(facts.kind)
                    .append(" ")
                    .append(qualified(nsBeforeName(facts.kind, facts.ns), facts.name));
            m_table.add(EntryKind::Finding, facts.check->title, detail,
                static_cast<std::uint32_t>(m_findings.size()),
                perSeverity * static_cast<int>(finding->severity));
            m_findings.push_back(finding);
        }
    }
}

void AssessmentIndex::addObjects(const StopToken& stop)
{
    const inventory::Inventory& inventory = *m_assessment->inventory;
    m_owners.resize(inventory.objects.size());
    std::iota(m_owners.begin(), m_owners.end(), 0U);
    for (std::size_t i = 0; i < inventory.workloads.size() && i < inventory.ownerOfWorkload.size(); ++i) {
        const std::uint32_t owner = inventory.ownerOfWorkload[i];
        const std::uint32_t self = inventory.workloads[i].id.value;
        if (owner < inventory.owners.size() && self < m_owners.size())
            m_owners[self] = inventory.workloads[inventory.owners[owner].workload].id.value;
    }
    for (std::uint32_t i = 0; i < inventory.objects.size(); ++i) {
        if (i % 4096 == 0 && stop.stopRequested())
            return;
        const inventory::Object& object = inventory.objects[i];
        if (object.assumed)
            continue;
        m_table.add(EntryKind::Object, qualified(object.ns, object.name), object.kindName, i,
            m_owners[i] == i ? 0 : belowAnOwner);
    }
}

void AssessmentIndex::addNodes(const StopToken& stop)
{
    const attack::Graph& graph = m_assessment->graph;
    const std::string workload = QCoreApplication::translate("Palette", "Workload").toStdString();
    for (attack::NodeIndex i = 0; i < graph.nodes.size(); ++i) {
        if (i % 4096 == 0 && stop.stopRequested())
            return;
        const attack::Node& node = graph.nodes[i];
        if (isSecondOf(graph, node))
            continue;
        using attack::NodeKind;
        const bool isWorkload
            = node.kind == NodeKind::Own || node.kind == NodeKind::Reach || node.kind == NodeKind::Held;
        m_table.add(EntryKind::Node, attack::inWords(node), isWorkload ? workload : std::string(), i, aNode);
    }
}

Location AssessmentIndex::location(std::size_t row) const
{
    const PaletteEntry& entry = m_table[row];
    switch (entry.kind) {
    case EntryKind::Finding:
        return { u"findings"_s, {}, QString::fromStdString(m_findings[entry.target]->fingerprint) };
    case EntryKind::Object: {
        const inventory::Object& object = m_assessment->inventory->objects[m_owners[entry.target]];
        const std::string_view ns = object.ns;
        const QStringList terms { FindingFilter::term("kind", object.kindName),
            FindingFilter::term("ns", ns.empty() ? std::string_view("(none)") : ns),
            FindingFilter::term("name", object.name) };
        return { u"findings"_s, terms.join(u' '), {} };
    }
    case EntryKind::Node:
        return { u"attack"_s, {}, {},
            u"node:"_s + QString::fromStdString(m_assessment->graph.nodes[entry.target].id) };
    default:
        return {};
    }
}

Severity AssessmentIndex::severity(std::size_t row) const
{
    const PaletteEntry& entry = m_table[row];
    return entry.kind == EntryKind::Finding ? m_findings[entry.target]->severity : Severity::Info;
}

} // namespace glacis::ui
