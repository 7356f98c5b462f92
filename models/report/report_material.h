// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the sections of a report are made from: the assessment with its chosen rows, questions to the attack
// graph that take a while, and the document under construction with its numbering. One maker, one thread.
//
//     Material material(assessment, options, stop);
//     addFindings(material);
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/evidence.h>
#include <report/make_report.h>
#include <report/selection.h>

namespace glacis::report {

class Material {
public:
    Material(const assessment::Assessment& assessment, const ReportOptions& options, const StopToken& stop);

    const assessment::Assessment& assessment;
    const inventory::Inventory& inventory;
    const std::vector<posture::CheckInfo>& checks;
    const ReportOptions& options;
    const StopToken& stop;

    std::vector<Row> rows; ///< problems and accepted ones; in the audit edition the platform's own too
    Tally tally;
    std::vector<attack::OptionEffect> effects;
    std::vector<attack::ChokePoint> chokePoints;
    attack::SmallestSets smallest; ///< to all crown jewels
    Document document;

    [[nodiscard]] bool has(Section section) const;
    [[nodiscard]] bool wholeCluster() const { return inventory.source.scope == inventory::Scope::Cluster; }
    [[nodiscard]] std::uint32_t ways(attack::WayClass wayClass) const;

    // ---- words. What comes from outside passes hide(): on one line, and behind pseudonyms where they are
    // wanted.
    [[nodiscard]] std::string hide(std::string_view outside) const;
    [[nodiscard]] Run code(std::string_view outside, std::string target = {}) const;
    [[nodiscard]] std::string label(const ObjectName& object) const; ///< "Deployment shop/web"
    [[nodiscard]] std::string label(inventory::ObjectId object) const;
    /// The problem with its object in front, unless the sentence names it.
    [[nodiscard]] std::string told(const Row& row) const;
    [[nodiscard]] std::string node(attack::NodeIndex node) const; ///< in words
    [[nodiscard]] std::string optionTitle(attack::OptionIndex option) const;
    [[nodiscard]] std::string optionTarget(attack::OptionIndex option) const;
    /// "web.yaml:17"; empty where no file says it.
    [[nodiscard]] std::string place(std::string_view file, std::uint32_t line) const;
    [[nodiscard]] std::string place(inventory::ObjectId object, std::string_view path);
    /// Anchor of the check's part among the findings; empty when it has none there.
    [[nodiscard]] std::string anchorOf(std::size_t check) const;
    [[nodiscard]] std::string anchorOf(std::string_view checkId) const;

    // ---- building
    void section(Section section, std::string_view title, bool newPage = true);
    void section(std::string_view anchor, std::string_view title, bool newPage);
    /// Level 2, numbered within its section.
    Heading& part(std::string_view title, std::string anchor = {});
    void say(std::string_view text, Paragraph::Role role = Paragraph::Role::Body);
    void say(Text text, Paragraph::Role role = Paragraph::Role::Body);
    template <class T> void add(T block) { document.blocks.emplace_back(std::move(block)); }

private:
    std::vector<bool> m_told; ///< by check: has a part among the findings
    inventory::EvidenceReader m_reader;
    int m_section = 0, m_part = 0;
};

[[nodiscard]] Run severityRun(Severity severity);
[[nodiscard]] Run stageRun(Stage stage); ///< "2"; a dash for no stage
[[nodiscard]] std::string effortWords(int effort); ///< "small", "medium", "large"
[[nodiscard]] std::string dayTime(std::int64_t seconds); ///< "2026-11-20 10:00 UTC"
[[nodiscard]] std::string dayOf(std::int64_t seconds); ///< "2026-11-20"
[[nodiscard]] std::string scoreWords(const std::optional<int>& score); ///< "38", "not assessed"
[[nodiscard]] std::string frameworkTitle(std::string_view framework); ///< "MITRE ATT&CK"
/// "a, b and c"
[[nodiscard]] std::string listed(const std::vector<std::string>& items);
/// One path may take several crown jewels at its end: ways with the same steps are one story.
[[nodiscard]] std::vector<std::vector<const attack::Way*>> stories(
    const assessment::Assessment& assessment, attack::WayClass wayClass);

// The sections, each with its heading.
void addSummary(Material& material);
void addStages(Material& material);
void addAttackPath(Material& material);
void addPlan(Material& material);
void addFindings(Material& material);
void addRights(Material& material);
void addSecrets(Material& material);
void addCompliance(Material& material);
void addAccepted(Material& material);
void addCoverage(Material& material);
void addChecks(Material& material);
void addInventory(Material& material);
void addMethod(Material& material);
void addGlossary(Material& material);

/// The changes of the smallest set, those of one card together: what to decide, and on what.
struct Change {
    std::string title;
    std::vector<attack::OptionIndex> options;
    int effort = 1; ///< the largest of them
};
[[nodiscard]] std::vector<Change> smallestChanges(const Material& material);
[[nodiscard]] StageLine stageLine(const Material& material, Stage stage, bool linked);
/// The sentence that says how bad it is.
[[nodiscard]] std::string verdict(const Material& material);
/// "5 changes close all 21 open ways (proven: no smaller set exists)."; empty when nothing is open.
[[nodiscard]] std::string smallestSentence(const Material& material);

} // namespace glacis::report
