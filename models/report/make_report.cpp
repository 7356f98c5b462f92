// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/make_report.h>

#include <algorithm>
#include <cstdio>
#include <iterator>

#include <inventory/practice.h>
#include <inventory/provider.h>
#include <report/plain.h>
#include <report/report_material.h>

namespace glacis::report {
namespace {

    struct SectionRow {
        Section section;
        std::string_view name, title;
        bool management, engineer; ///< the audit edition holds all
        void (*add)(Material&);
    };
    /// In the order of the document. Coverage is no Section: it is always there.
    constexpr SectionRow table[] {
        { Section::Summary, "summary", "Summary", true, true, addSummary },
        { Section::Stages, "stages", "The four stages", false, true, addStages },
        { Section::AttackPath, "attack-path", "Attack path", true, true, addAttackPath },
        { Section::Plan, "plan", "What to do", true, true, addPlan },
        { Section::Findings, "findings", "Findings", false, true, addFindings },
        { Section::Rbac, "rbac", "Rights that lead further", false, true, addRights },
        { Section::Secrets, "secrets", "Secrets and etcd", false, true, addSecrets },
        { Section::Compliance, "compliance", "Frameworks", false, false, addCompliance },
        { Section::Accepted, "accepted", "Accepted risks", true, true, addAccepted },
        { Section::Checks, "checks", "Every check", false, false, addChecks },
        { Section::Inventory, "inventory", "What was read", false, false, addInventory },
        { Section::Method, "method", "Method", false, true, addMethod },
        { Section::Glossary, "glossary", "Glossary", false, true, addGlossary },
    };
    static_assert(std::size(table) == SectionCount);

    struct EditionRow {
        Edition edition;
        std::string_view name, title;
    };
    constexpr EditionRow editions[] {
        { Edition::Management, "management", "Management edition" },
        { Edition::Engineer, "engineer", "Engineer edition" },
        { Edition::Audit, "audit", "Audit edition" },
    };

    std::string sourceWords(const Material& m)
    {
        const inventory::Source& source = m.inventory.source;
        if (source.kind == "practice")
            return "Practice cluster (invented objects)";
        if (source.kind == "context")
            return "Cluster, read through context ";
        return m.inventory.files.size() > 1 ? "Files below " : "File ";
    }

    /// The last part of a path: a cover is no place for folders.
    std::string clusterName(const Material& m)
    {
        if (!m.options.cluster.empty())
            return m.hide(m.options.cluster);
        const inventory::Source& source = m.inventory.source;
        std::string_view text = source.name;
        while (text.size() > 1 && text.ends_with('/'))
            text.remove_suffix(1);
        if (source.kind != "context")
            if (const std::size_t slash = text.find_last_of("/\\");
                slash != std::string_view::npos && slash + 1 < text.size())
                text.remove_prefix(slash + 1);
        if (text.empty() || text == "-" || text == ".")
            return "unnamed source";
        // As a whole first: pseudonyms know it so.
        const std::string hidden = m.hide(source.name);
        return m.options.names && hidden != plain(source.name) && text == source.name ? hidden : m.hide(text);
    }

    void addCoverFacts(Material& m)
    {
        const inventory::Source& source = m.inventory.source;
        auto& facts = m.document.facts;
        Text from { { sourceWords(m) } };
        if (source.kind != "practice" && !source.name.empty())
            from.push_back(m.code(source.name == "-" ? "standard input" : source.name));
        facts.emplace_back("Source", std::move(from));
        if (!source.apiServer.empty())
            facts.emplace_back("API server", Text { m.code(source.apiServer) });
        if (!source.serverVersion.empty())
            facts.emplace_back("Kubernetes", Text { { plain(source.serverVersion) } });
        if (const std::string_view provider = inventory::providerOf(m.inventory); !provider.empty())
            facts.emplace_back("Distribution", Text { { std::string(provider) } });
        facts.emplace_back("Scope",
            Text { { m.wholeCluster()
                    ? "whole cluster"
                    : "manifests: files of a part of a cluster, nodes and control plane unseen" } });
        if (source.captureTime != 0)
            facts.emplace_back("Captured", Text { { dayTime(source.captureTime) } });
        if (m.options.made != 0)
            facts.emplace_back("Report of", Text { { dayTime(m.options.made) } });
        char percent[16];
        std::snprintf(percent, sizeof percent, "%.0f %%", m.assessment.posture.coveragePercent);
        facts.emplace_back(
            "Coverage", Text { { std::string(percent) + " of what the checks ask could be judged" } });
        facts.emplace_back("Made by",
            Text { { "Glacis " GLACIS_VERSION ", " + count(m.checks.size(), "check")
                + (m.inventory.credentialRules.empty()
                        ? std::string()
                        : ", credential rules " + plain(m.inventory.credentialRules)) } });
        if (m.options.names)
            facts.emplace_back("Names", Text { { "replaced by pseudonyms" } });
        const ObjectName system
            = objectName(m.inventory, m.inventory.find(inventory::Kind::Namespace, {}, "kube-system"));
        if (system.present() && !m.options.names) {
            const auto id = m.inventory.find(inventory::Kind::Namespace, {}, "kube-system");
            if (const std::string uid = m.inventory.object(id).uid.str(); !uid.empty())
                facts.emplace_back("Cluster id", Text { m.code(uid) });
        }
        if (m.options.edition == Edition::Audit && !m.options.snapshotHash.empty())
            facts.emplace_back("Snapshot SHA-256", Text { m.code(m.options.snapshotHash) });
    }

    void addCover(Material& m)
    {
        Document& document = m.document;
        document.edition = m.options.edition;
        document.cluster = clusterName(m);
        document.title = "Security posture of " + document.cluster;
        document.subtitle = title(m.options.edition);
        document.classification = plain(m.options.classification);
        document.mark = m.options.mark;
        document.made = m.options.made;
        document.lead.push_back({ verdict(m) });
        Scores scores;
        scores.overall = m.assessment.posture.scores.overall;
        for (Stage stage = 1; stage <= StageCount; ++stage)
            scores.stages.push_back(stageLine(m, stage, m.has(Section::Stages)));
        document.scores = std::move(scores);
        addCoverFacts(m);
    }
}

std::string_view name(Section section) { return table[static_cast<std::size_t>(section)].name; }
std::string_view title(Section section) { return table[static_cast<std::size_t>(section)].title; }

std::optional<Section> sectionFromName(std::string_view text)
{
    for (const SectionRow& row : table)
        if (row.name == text)
            return row.section;
    return std::nullopt;
}

std::string_view name(Edition edition) { return editions[static_cast<std::size_t>(edition)].name; }
std::string_view title(Edition edition) { return editions[static_cast<std::size_t>(edition)].title; }

std::optional<Edition> editionFromName(std::string_view text)
{
    for (const EditionRow& row : editions)
        if (row.name == text)
            return row.edition;
    return std::nullopt;
}

std::vector<Section> sectionsOf(Edition edition)
{
    std::vector<Section> sections;
    for (const SectionRow& row : table)
        if (edition == Edition::Audit || (edition == Edition::Management ? row.management : row.engineer))
            sections.push_back(row.section);
    return sections;
}

Result<Document> makeReport(
    const assessment::Assessment& assessment, const ReportOptions& options, const StopToken& stop)
{
    Material material(assessment, options, stop);
    addCover(material);
    for (const SectionRow& row : table) {
        if (stop.stopRequested())
            return failure("cancelled");
        if (material.has(row.section))
            row.add(material);
        if (row.section == Section::Accepted)
            addCoverage(material);
    }
    return std::move(material.document);
}

} // namespace glacis::report
