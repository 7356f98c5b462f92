// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Findings by check: why it matters, what to do, and every object with its evidence and place.
#include <report/report_material.h>

#include <algorithm>
#include <array>

#include <report/locations.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    struct Group {
        std::size_t check = 0;
        Severity worst = Severity::Info;
        std::uint32_t problems = 0;
        bool oneSeverity = true;
        std::vector<std::size_t> rows;
    };

    /// Rows come worst first: so do the groups.
    std::vector<Group> groupsOf(const Material& m, bool platform)
    {
        std::vector<Group> groups;
        std::vector<std::size_t> at(m.checks.size(), SIZE_MAX);
        for (std::size_t i = 0; i < m.rows.size(); ++i) {
            const Row& row = m.rows[i];
            if (row.state != State::Fail || row.platform != platform)
                continue;
            std::size_t& place = at[row.check];
            if (place == SIZE_MAX) {
                place = groups.size();
                groups.push_back({ row.check, row.severity, 0, true, {} });
            }
            Group& group = groups[place];
            if (group.rows.empty() || !sameProblem(m.rows[group.rows.back()], row))
                ++group.problems;
            group.oneSeverity = group.oneSeverity && row.severity == group.worst;
            group.rows.push_back(i);
        }
        return groups;
    }

    std::string frameworkWords(const posture::CheckInfo& check)
    {
        std::string words;
        for (const posture::FrameworkMapping& mapping : check.frameworks)
            if (!mapping.ids.empty())
                words += (words.empty() ? "" : "; ") + frameworkTitle(mapping.framework) + " "
                    + joined(mapping.ids, mapping.ids.size());
        return words;
    }

    /// Several places at one line are one place.
    std::string placeWords(const Material& m, std::span<const Location> where)
    {
        std::vector<std::string> places;
        for (const Location& location : where) {
            std::string text = m.place(location.file, location.line);
            if (!text.empty() && std::find(places.begin(), places.end(), text) == places.end())
                places.push_back(std::move(text));
        }
        return joined(places, 3);
    }

    Text evidence(const Material& m, const posture::Finding& finding)
    {
        Text text;
        if (finding.places.empty())
            return text;
        const posture::Place& place = finding.places.front();
        std::string words = place.path;
        if (!place.evidence.empty())
            words += (words.empty() ? "" : " = ") + place.evidence;
        text.push_back(m.code(words));
        if (finding.places.size() > 1)
            text.push_back(
                { " and " + count(finding.places.size() - 1, "more place", "more places"), Face::Quiet });
        return text;
    }

    /// What an auditor checks again: identity, how it is known, what belongs to it.
    Text auditLine(const Material& m, const posture::Finding& finding)
    {
        Text text { { finding.fingerprint, Face::Code },
            { " · " + std::string(name(finding.confidence)), Face::Quiet } };
        std::vector<std::string> related;
        for (const posture::ObjectId id : finding.related)
            related.push_back(m.label(id));
        for (const std::string& subject : finding.relatedSubjects)
            related.push_back(m.hide(subject));
        if (!related.empty())
            text.push_back({ " · with " + joined(related, 6), Face::Quiet });
        return text;
    }

    TableRow rowOf(const Material& m, const Group& group, const Row& row, std::span<const Location> where)
    {
        TableRow line;
        if (!group.oneSeverity)
            line.cells.push_back({ severityRun(row.severity) });
        line.cells.push_back(row.object.present() ? Text { m.code(row.object.label()) }
                                                  : Text { { "whole source", Face::Quiet } });
        line.cells.push_back({ { m.hide(sentence(row, m.checks[row.check])) } });
        line.below = evidence(m, *row.finding);
        const auto add = [&](Text more) {
            if (!line.below.empty() && !more.empty())
                line.below.push_back({ "  ·  ", Face::Quiet });
            line.below.insert(line.below.end(), more.begin(), more.end());
        };
        if (std::string places = placeWords(m, where); !places.empty())
            add({ { std::move(places), Face::Code } });
        if (m.options.edition == Edition::Audit)
            add(auditLine(m, *row.finding));
        return line;
    }

    /// "GL-POD-001 · stage 3 · 13 objects · CIS Kubernetes 1.12 5.2.2; …"
    Text headLine(const Group& group, const posture::CheckInfo& check)
    {
        Text line { { check.id, Face::Code } };
        if (check.stage != 0) {
            line.push_back({ "  ·  Stage ", Face::Quiet });
            line.push_back(stageRun(check.stage));
        }
        line.push_back({ "  ·  " + count(group.problems, "object"), Face::Quiet });
        if (const std::string words = frameworkWords(check); !words.empty())
            line.push_back({ "  ·  " + words, Face::Quiet });
        return line;
    }

    void addGroup(Material& m, const Group& group, bool linked)
    {
        const posture::CheckInfo& check = m.checks[group.check];
        Heading& heading = m.part(check.title, linked ? "check-" + check.id : std::string());
        heading.severity = group.worst;
        m.say(headLine(group, check), Paragraph::Role::Note);
        Facts facts;
        facts.rows.emplace_back("Why it matters", Text { { check.why } });
        facts.rows.emplace_back("What to do", Text { { check.fix } });
        m.add(std::move(facts));

        std::vector<Row> rows;
        rows.reserve(group.rows.size());
        for (const std::size_t i : group.rows)
            rows.push_back(m.rows[i]);
        const Locations where(m.assessment, rows);
        Table table { check.title, {}, {} };
        if (!group.oneSeverity)
            table.columns.push_back({ "Severity", 1, true });
        table.columns.insert(table.columns.end(), { { "Object", 3 }, { "Problem, evidence and place", 5 } });
        table.rows.reserve(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
            table.rows.push_back(rowOf(m, group, rows[i], where.of(i)));
        m.add(std::move(table));
    }

    void addOverview(Material& m, const std::vector<Group>& groups)
    {
        Table table { "Checks that fail",
            { { "Severity", 1, true }, { "Problem", 5 }, { "Check", 1, true }, { "Stage", 1, true },
                { "Objects", 1, true, true } },
            {} };
        for (const Group& group : groups)
            table.rows.push_back({ { { severityRun(group.worst) },
                { { m.checks[group.check].title, Face::Plain, "check-" + m.checks[group.check].id } },
                { { m.checks[group.check].id, Face::Code } }, { stageRun(m.checks[group.check].stage) },
                { { grouped(group.problems) } } } });
        m.add(std::move(table));
    }
}

std::string frameworkTitle(std::string_view framework)
{
    struct Named {
        std::string_view id, title;
    };
    constexpr Named titles[] { { "cis-1.12", "CIS Kubernetes 1.12" },
        { "nsa", "NSA/CISA hardening guidance" }, { "attack", "MITRE ATT&CK" },
        { "ms-matrix", "Microsoft threat matrix" }, { "kubescape", "Kubescape" }, { "trivy", "Trivy" },
        { "pss", "Pod Security Standards" }, { "owasp-2025", "OWASP Kubernetes Top Ten 2025" } };
    for (const Named& named : titles)
        if (named.id == framework)
            return std::string(named.title);
    return std::string(framework);
}

void addFindings(Material& m)
{
    const std::vector<Group> groups = groupsOf(m, false);
    m.section(Section::Findings, title(Section::Findings), !groups.empty());
    if (groups.empty()) {
        m.say("No check that could be judged fails.");
    } else {
        m.say(count(m.tally.problems, "problem") + " on " + count(m.tally.objects, "object")
            + ", worst first. A problem is a check that fails on an object; an object may have it at several "
              "places.");
        addOverview(m, groups);
    }
    for (const Group& group : groups)
        addGroup(m, group, true);
    if (m.options.edition != Edition::Audit)
        return;
    const std::vector<Group> platform = groupsOf(m, true);
    if (platform.empty())
        return;
    m.section("platform", "Findings of the platform's own parts", true);
    m.say("Bootstrap roles, static pods and known system add-ons. They count neither in the scores nor in "
          "the number "
          "of problems: their owner is whoever builds the platform.");
    // A check that fails on the platform alone is told here, so links to it lead here.
    const auto toldBefore = [&](const Group& group) {
        return std::any_of(
            groups.begin(), groups.end(), [&](const Group& g) { return g.check == group.check; });
    };
    for (const Group& group : platform)
        addGroup(m, group, !toldBefore(group));
}

} // namespace glacis::report
