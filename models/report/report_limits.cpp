// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a reader must know to judge the rest: what could not be read, what was accepted, how it was counted.
#include <report/report_material.h>

#include <algorithm>
#include <cstdio>

#include <report/plain.h>

namespace glacis::report {
namespace {
    using inventory::Diagnostic;

    void addGaps(Material& m, std::size_t most)
    {
        const auto& gaps = m.assessment.posture.gaps;
        if (gaps.empty())
            return;
        Table table { "Not assessed", { { "What", 1.6 }, { "Why", 3 } }, {} };
        const bool granted
            = std::any_of(gaps.begin(), gaps.end(), [](const auto& gap) { return !gap.grant.empty(); });
        if (granted)
            table.columns.push_back({ "Would be shown by", 2.4 });
        for (std::size_t i = 0; i < gaps.size() && i < most; ++i) {
            TableRow row { { { { m.hide(gaps[i].what), Face::Code } }, { { m.hide(gaps[i].reason) } } } };
            if (granted)
                row.cells.push_back({ { m.hide(gaps[i].grant), Face::Code } });
            if (m.options.edition == Edition::Audit && !gaps[i].checks.empty())
                row.below = { { "silent: " + joined(gaps[i].checks, gaps[i].checks.size()), Face::Quiet } };
            table.rows.push_back(std::move(row));
        }
        m.add(std::move(table));
        if (gaps.size() > most)
            m.say(
                count(gaps.size() - most, "more gap") + ": see the engineer edition.", Paragraph::Role::Note);
    }

    void addDiagnostics(Material& m)
    {
        std::vector<const Diagnostic*> list;
        for (const Diagnostic& d : m.inventory.diagnostics)
            if (d.level != Diagnostic::Level::Info)
                list.push_back(&d);
        for (const Diagnostic& d : m.options.select.diagnostics)
            list.push_back(&d);
        if (list.empty())
            return;
        m.part("Messages of the reading");
        Table table { "Messages", { { "Level", 1, true }, { "Where", 2.4 }, { "Message", 4 } }, {} };
        constexpr std::size_t Most = 200;
        for (std::size_t i = 0; i < list.size() && i < Most; ++i) {
            const Diagnostic& d = *list[i];
            std::string where = m.place(d.file, d.line);
            if (!d.object.empty())
                where += (where.empty() ? "" : ", ") + m.hide(d.object);
            table.rows.push_back({ { { { std::string(inventory::name(d.level)) } }, { { where, Face::Code } },
                { { m.hide(d.message) } } } });
        }
        m.add(std::move(table));
        if (list.size() > Most)
            m.say(grouped(list.size() - Most) + " more messages are not listed.", Paragraph::Role::Note);
    }
}

void addAccepted(Material& m)
{
    std::vector<const Row*> accepted;
    for (const Row& row : m.rows)
        if (row.state == State::Accepted)
            accepted.push_back(&row);
    const auto& notes = m.assessment.posture.diagnostics;
    const bool management = m.options.edition == Edition::Management;
    if (management && accepted.empty())
        return;
    m.section(Section::Accepted, title(Section::Accepted), false);
    if (accepted.empty()) {
        m.say("No risk is accepted: every problem that was found counts.");
    } else {
        m.say(count(m.tally.accepted, "problem is", "problems are")
            + " accepted by policy. They are out of the scores and counts; the ways of an attacker count "
              "them all the "
              "same.");
        Table table { "Accepted risks",
            { { "Severity", 1, true }, { "Problem", 3 }, { "Object", 2.4 }, { "Owner", 1.4 },
                { "Until", 1, true } },
            {} };
        const std::size_t most = management ? 6 : accepted.size();
        for (std::size_t i = 0; i < accepted.size() && i < most; ++i) {
            const Row& row = *accepted[i];
            TableRow line { { { severityRun(row.severity) }, { { m.checks[row.check].title } },
                { m.code(row.object.label()) }, { { m.hide(row.finding->waiverOwner) } },
                { { row.finding->waiverExpires.empty() ? "no end" : plain(row.finding->waiverExpires) } } } };
            line.below = { { "Reason: " + m.hide(row.finding->reason), Face::Quiet } };
            if (m.options.edition == Edition::Audit)
                line.below.push_back(
                    { " · " + m.checks[row.check].id + " · " + row.finding->fingerprint, Face::Quiet });
            table.rows.push_back(std::move(line));
        }
        m.add(std::move(table));
        if (accepted.size() > most)
            m.say(count(accepted.size() - most, "more", "more") + ": see the engineer edition.",
                Paragraph::Role::Note);
    }
    if (!notes.empty() && !management) {
        Items items;
        for (const Diagnostic& note : notes)
            items.items.push_back({ { m.hide(note.message) + (note.file.empty() ? "" : " (") },
                { m.place(note.file, note.line), Face::Code }, { note.file.empty() ? "" : ")" } });
        m.part("Waivers that need a look");
        m.add(std::move(items));
    }
}

void addCoverage(Material& m)
{
    const bool management = m.options.edition == Edition::Management;
    m.section("coverage", "Coverage and limits", false);
    char percent[16];
    std::snprintf(percent, sizeof percent, "%.0f %%", m.assessment.posture.coveragePercent);
    m.say({ { percent, Face::Strong },
        { " of what the checks ask could be judged. What could not is no pass: it is not assessed, and "
          "stands outside "
          "the scores." } });
    addGaps(m, management ? 5 : SIZE_MAX);
    Items limits;
    if (!m.wholeCluster())
        limits.items.push_back(
            { { "The source is a set of manifests, no whole cluster: nodes, control plane, exposure "
                "and the ways that need them are not judged." } });
    limits.items.push_back({ { "A point in time: what changed after the capture is not in this report." } });
    limits.items.push_back(
        { { "Configuration, not behaviour: running processes, traffic and flaws in images are not "
            "looked at." } });
    if (m.inventory.observations.empty())
        limits.items.push_back(
            { { "No facts from outside the API were given (open ports, DNS, firewalls): what only "
                "they tell is not assessed or merely possible." } });
    m.add(std::move(limits));
    if (!management)
        addDiagnostics(m);
}

void addMethod(Material& m)
{
    m.section(Section::Method, title(Section::Method), false);
    const auto paragraph = [&](std::string_view name, std::string_view text) {
        m.say({ { std::string(name) + " ", Face::Strong }, { std::string(text) } });
    };
    paragraph("Reading.",
        "Glacis reads and never writes: from a cluster it takes what the chosen account may get and list, "
        "from files "
        "what they hold. Values of Secrets are never read; literals that look like credentials are "
        "classified while "
        "reading and their values dropped.");
    paragraph("Findings.",
        "A check is a condition with an id. It ends for each object in pass, fail, not assessed, accepted or "
        "not "
        "applicable. Problems are counted per check and object, through the top owner: ten pods of one "
        "Deployment are "
        "one object. Parts of the platform itself (bootstrap roles, static pods, known add-ons) are listed "
        "apart and "
        "count nowhere.");
    paragraph("Scores.",
        "For each check of a stage d = log2(1 + sum of weights of its failing objects), weights 15 critical, "
        "6 high, 2 "
        "medium, 0.5 low; D is the sum of all d. The score is 100 · 10 / (10 + D), at most 49 while a "
        "critical problem "
        "is open and 74 while a high one is. The overall score is the lowest of the four. Coverage stands "
        "beside the "
        "scores and never inside.");
    paragraph("Ways.",
        "The attack graph joins assets and identities by steps that the configuration allows; every step "
        "names the "
        "field or fact that shows it. A way is an entry, a first step and a crown jewel that can be reached "
        "from it. "
        "Certain ways use verified steps only; residual ones also what a workload needs for its own work; "
        "possible "
        "ones at least one step that could not be verified. The cheapest path is told: 1 for using what one "
        "holds, 3 "
        "for an open service, 8 for an escape or exploit, 20 for a flaw that is merely assumed.");
    paragraph("Changes.",
        "The effect of a change is computed on the graph: its steps are taken out and the ways counted "
        "again. The "
        "smallest set is the fewest changes that close every certain way.");
    paragraph("Evidence.",
        "Observed: seen by a probe. Configured: read from an object. Inferred: concluded from an absence. "
        "Stated: said "
        "by a person in a facts file.");
}

void addGlossary(Material& m)
{
    m.section(Section::Glossary, title(Section::Glossary), false);
    Facts facts;
    const auto term
        = [&](const char* name, const char* text) { facts.rows.emplace_back(name, Text { { text } }); };
    term("Admission",
        "The last gate of the API server before an object is stored; Pod Security Admission is one.");
    term("API server",
        "The one door of the control plane: whoever may talk to it as somebody acts as that one.");
    term("Break option", "A change to one object that removes steps of an attacker.");
    term("Choke point", "A step that several open ways have in common.");
    term("Crown jewel",
        "What an attacker is after: cluster-admin, all Secrets, etcd, a control-plane node, "
        "credentials of data stores.");
    term("Escape", "Leaving a container for the node that it runs on.");
    term("etcd", "The database of the cluster; whoever reads it reads every Secret.");
    term("NetworkPolicy",
        "Rules which pods may talk to which; without one everything may. Needs a network plugin that "
        "enforces it.");
    term("Privileged", "A container without the walls to its node.");
    term("RBAC",
        "Rights in the API by Role or ClusterRole, given by a binding to users, groups and ServiceAccounts.");
    term("Residual", "Stays when all else is mended, because a workload needs it to do its work.");
    term("Secret",
        "An object for credentials. Base64 is no encryption: at rest it is protected only when the API "
        "server encrypts it.");
    term("ServiceAccount",
        "The identity of a pod; its token is mounted into the pod unless that is switched off.");
    term("Waiver", "A decision of an owner to bear a problem, with a reason and an end.");
    m.add(std::move(facts));
}

} // namespace glacis::report
