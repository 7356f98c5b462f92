// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// For those who check the checker: frameworks control by control, every check with its verdicts, what was
// read.
#include <report/report_material.h>

#include <algorithm>
#include <map>
#include <set>

#include <report/plain.h>

namespace glacis::report {
namespace {
    struct Verdicts {
        std::uint32_t fail = 0, accepted = 0, platform = 0, pass = 0, unknown = 0, inapplicable = 0;
        std::string reason; ///< why something is not assessed

        [[nodiscard]] const char* word() const
        {
            if (fail > 0)
                return "fail";
            if (accepted > 0)
                return "accepted";
            if (unknown > 0)
                return pass + platform > 0 ? "pass in part" : "not assessed";
            if (pass > 0)
                return "pass";
            return platform > 0 ? "platform only" : "not applicable";
        }
    };

    /// Per (check, object), as everywhere.
    Verdicts verdictsOf(const posture::CheckResult& result)
    {
        Verdicts v;
        v.pass = static_cast<std::uint32_t>(result.passed.size()) + result.pseudoPassed;
        v.inapplicable = static_cast<std::uint32_t>(result.notApplicable.size());
        std::set<std::tuple<State, bool, std::uint32_t, std::string_view>> seen;
        for (const posture::Finding& finding : result.findings) {
            if (finding.state == State::NotAssessed && v.reason.empty())
                v.reason = finding.reason;
            if (!seen.emplace(finding.state, finding.platform, finding.object.value, finding.pseudo.name)
                     .second)
                continue;
            switch (finding.state) {
            case State::Fail:
                ++(finding.platform ? v.platform : v.fail);
                break;
            case State::Accepted:
                ++v.accepted;
                break;
            case State::NotAssessed:
                ++v.unknown;
                break;
            case State::Pass:
            case State::NotApplicable:
                break;
            }
        }
        return v;
    }

    std::vector<Verdicts> allVerdicts(const Material& m)
    {
        std::vector<Verdicts> all(m.checks.size());
        const auto& results = m.assessment.posture.results;
        for (std::size_t c = 0; c < all.size() && c < results.size(); ++c)
            all[c] = verdictsOf(results[c]);
        return all;
    }

    /// "5.2.10" after "5.2.9".
    std::vector<std::string> natural(const std::string& id)
    {
        std::vector<std::string> parts;
        std::string part;
        for (const char c : id) {
            const bool digit = c >= '0' && c <= '9';
            if (!part.empty() && digit != (part.back() >= '0' && part.back() <= '9')) {
                parts.push_back(part);
                part.clear();
            }
            part += c;
        }
        parts.push_back(part);
        for (std::string& p : parts)
            if (!p.empty() && p.front() >= '0' && p.front() <= '9' && p.size() < 8)
                p.insert(0, 8 - p.size(), '0');
        return parts;
    }

    struct Control {
        std::vector<std::size_t> checks;
    };

    const char* controlState(const Control& control, const std::vector<Verdicts>& verdicts)
    {
        bool fail = false, pass = false, unknown = false, accepted = false;
        for (const std::size_t c : control.checks) {
            fail = fail || verdicts[c].fail > 0;
            accepted = accepted || verdicts[c].accepted > 0;
            pass = pass || verdicts[c].pass > 0;
            unknown = unknown || verdicts[c].unknown > 0;
        }
        return fail    ? "fail"
            : accepted ? "accepted"
            : unknown  ? (pass ? "pass in part" : "not assessed")
            : pass     ? "pass"
                       : "not applicable";
    }

    Run stateRun(const char* word)
    {
        const std::string_view text = word;
        return { word, text == "fail" ? Face::Strong : text == "pass" ? Face::Plain : Face::Quiet };
    }
}

void addCompliance(Material& m)
{
    m.section(Section::Compliance, title(Section::Compliance));
    m.say("Controls that a check of Glacis speaks for. Fail: one of its checks fails. Pass: all of them "
          "found nothing. "
          "Pass in part: a part could not be judged. Controls that no check speaks for are not listed, and a "
          "pass here "
          "is no certificate: most frameworks ask for more than a configuration shows.");
    const std::vector<Verdicts> verdicts = allVerdicts(m);
    std::map<std::string, std::map<std::vector<std::string>, std::pair<std::string, Control>>> frameworks;
    for (std::size_t c = 0; c < m.checks.size(); ++c)
        for (const posture::FrameworkMapping& mapping : m.checks[c].frameworks)
            for (const std::string& id : mapping.ids) {
                auto& [name, control] = frameworks[mapping.framework][natural(id)];
                name = id;
                control.checks.push_back(c);
            }
    for (const auto& [framework, controls] : frameworks) {
        m.part(frameworkTitle(framework));
        Table table { frameworkTitle(framework),
            { { "Control", 2 }, { "State", 1, true }, { "Problems", 1, true, true }, { "Checks", 4 } }, {} };
        for (const auto& [key, entry] : controls) {
            std::uint32_t problems = 0;
            Text checks;
            for (const std::size_t c : entry.second.checks) {
                problems += verdicts[c].fail;
                if (!checks.empty())
                    checks.push_back({ " " });
                checks.push_back({ m.checks[c].id, Face::Code, m.anchorOf(c) });
            }
            table.rows.push_back({ { { { entry.first } }, { stateRun(controlState(entry.second, verdicts)) },
                { { problems > 0 ? grouped(problems) : "" } }, std::move(checks) } });
        }
        m.add(std::move(table));
    }
}

void addChecks(Material& m)
{
    m.section(Section::Checks, title(Section::Checks));
    const std::vector<Verdicts> verdicts = allVerdicts(m);
    m.say("All " + std::to_string(m.checks.size())
        + " checks of this version with the number of objects in each state. Platform: fails on parts of the "
          "platform "
          "itself.");
    Table table { "Every check",
        { { "Check", 1, true }, { "Title", 4 }, { "State", 1, true }, { "Fail", 1, true, true },
            { "Accepted", 1, true, true }, { "Platform", 1, true, true }, { "Pass", 1, true, true },
            { "Not assessed", 1, true, true }, { "n/a", 1, true, true } },
        {} };
    for (std::size_t c = 0; c < m.checks.size(); ++c) {
        const Verdicts& v = verdicts[c];
        const auto cell = [](std::uint32_t n) { return Text { { n > 0 ? grouped(n) : "" } }; };
        TableRow row { { { { m.checks[c].id, Face::Code, m.anchorOf(c) } }, { { m.checks[c].title } },
            { stateRun(v.word()) }, cell(v.fail), cell(v.accepted), cell(v.platform), cell(v.pass),
            cell(v.unknown), cell(v.inapplicable) } };
        if (!v.reason.empty())
            row.below = { { "not assessed: " + m.hide(v.reason), Face::Quiet } };
        table.rows.push_back(std::move(row));
    }
    m.add(std::move(table));
}

void addInventory(Material& m)
{
    m.section(Section::Inventory, title(Section::Inventory), false);
    std::array<std::uint32_t, inventory::KindCount> counts {};
    for (const inventory::Object& object : m.inventory.objects)
        counts[static_cast<std::size_t>(object.kind)] += object.assumed ? 0 : 1;
    Table table { "Objects by kind",
        { { "Kind", 2 }, { "Objects", 1, true, true }, { "State", 1, true }, { "Reason", 3 } }, {} };
    for (std::size_t k = 0; k + 1 < inventory::KindCount; ++k) {
        const auto kind = static_cast<inventory::Kind>(k);
        const inventory::KindCoverage& coverage = m.inventory.coverage.of(kind);
        const char* state = coverage.state == inventory::ReadState::Read ? "read"
            : coverage.state == inventory::ReadState::Forbidden          ? "forbidden"
            : coverage.state == inventory::ReadState::Absent             ? "not served"
            : coverage.state == inventory::ReadState::Failed             ? "incomplete"
                                                                         : "not asked";
        Text reason { { m.hide(coverage.reason) } };
        if (!coverage.grant.empty())
            reason.push_back({ " " + coverage.grant, Face::Code });
        table.rows.push_back({ { { { std::string(inventory::info(kind).name) } },
            { { counts[k] > 0 ? grouped(counts[k]) : "" } }, { { state } }, std::move(reason) } });
    }
    for (const auto& [kind, number] : m.inventory.otherKinds())
        table.rows.push_back(
            { { { { m.hide(kind) } }, { { grouped(number) } }, { { "counted only", Face::Quiet } }, {} } });
    m.add(std::move(table));
    if (m.inventory.files.empty())
        return;
    m.part("Files");
    Table files { "Files", { { "", 1, true, true }, { "File", 8 } }, {} };
    constexpr std::size_t Most = 500;
    for (std::size_t i = 0; i < m.inventory.files.size() && i < Most; ++i)
        files.rows.push_back({ { { { std::to_string(i + 1) } }, { m.code(m.inventory.files[i].view()) } } });
    m.add(std::move(files));
    if (m.inventory.files.size() > Most)
        m.say(
            grouped(m.inventory.files.size() - Most) + " more files are not listed.", Paragraph::Role::Note);
}

} // namespace glacis::report
