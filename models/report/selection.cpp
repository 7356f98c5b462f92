// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/selection.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace glacis::report {
namespace {
    using assessment::Assessment;
    using inventory::Inventory;
    using inventory::ObjectId;

    int rank(State state)
    {
        switch (state) {
        case State::Fail:
        case State::Accepted:
            return 0;
        case State::NotAssessed:
            return 1;
        case State::Pass:
            return 2;
        case State::NotApplicable:
            return 3;
        }
        return 4;
    }

    auto orderOf(const Row& row)
    {
        return std::tuple(rank(row.state), -static_cast<int>(row.severity), row.check, row.object.ns,
            row.object.kind, row.object.name, row.locus(), row.object.apiVersion, row.id.value);
    }

    class Filter {
    public:
        Filter(const Assessment& assessment, const WriteOptions& options)
            : m_all(options.all)
            , m_namespaces(options.namespaces.begin(), options.namespaces.end())
            , m_checks(assessment.catalogue->checks().size(), options.checks.empty())
        {
            for (const std::string& id : options.checks) {
                const int index = assessment.catalogue->indexOf(id);
                if (index >= 0)
                    m_checks[static_cast<std::size_t>(index)] = true;
            }
        }
        [[nodiscard]] bool wantsCheck(std::size_t check) const
        {
            return check < m_checks.size() && m_checks[check];
        }
        [[nodiscard]] bool wants(const Row& row) const
        {
            const bool problem = row.state == State::Fail || row.state == State::Accepted;
            return (m_all || (problem && !row.platform)) && wantsNamespace(row);
        }
        [[nodiscard]] bool wantsNamespace(const Row& row) const
        {
            if (m_namespaces.empty())
                return true;
            if (!row.object.present()) // a check that could not speak concerns every namespace
                return true;
            if (row.object.kind == "Namespace" && row.object.ns.empty())
                return m_namespaces.contains(row.object.name);
            return !row.object.ns.empty() && m_namespaces.contains(row.object.ns);
        }

    private:
        bool m_all;
        std::set<std::string, std::less<>> m_namespaces;
        std::vector<bool> m_checks;
    };
}

std::string ObjectName::label() const
{
    if (!present())
        return {};
    std::string text(kind);
    text += ' ';
    if (!ns.empty()) {
        text += ns;
        text += '/';
    }
    text += name;
    return text;
}

ObjectName objectName(const Inventory& inventory, ObjectId id)
{
    if (id.value >= inventory.objects.size())
        return {};
    const inventory::Object& object = inventory.object(id);
    return { object.apiVersion.view(), object.kindName.view(), object.ns.view(), object.name.view() };
}

ObjectName objectName(const Inventory& inventory, const posture::Finding& finding)
{
    if (!finding.pseudo.kind.empty())
        return { {}, finding.pseudo.kind, {}, finding.pseudo.name };
    return objectName(inventory, finding.object);
}

namespace {
    Row rowOf(const Inventory& inventory, std::size_t check, const posture::Finding& finding)
    {
        return { &finding, static_cast<std::uint16_t>(check), finding.state, finding.severity,
            finding.platform, objectName(inventory, finding),
            finding.pseudo.kind.empty() ? finding.object : ObjectId {} };
    }
}

std::vector<Row> chosenRows(const Assessment& assessment, const WriteOptions& options)
{
    const Filter filter(assessment, options);
    const Inventory& inventory = *assessment.inventory;
    const auto& checks = assessment.catalogue->checks();
    std::vector<Row> rows;
    const auto add = [&](Row row) {
        if (filter.wants(row))
            rows.push_back(row);
    };
    for (std::size_t check = 0; check < assessment.posture.results.size() && check < checks.size(); ++check) {
        if (!filter.wantsCheck(check))
            continue;
        const posture::CheckResult& result = assessment.posture.results[check];
        for (const posture::Finding& finding : result.findings)
            add(rowOf(inventory, check, finding));
        if (!options.all)
            continue;
        const auto expand = [&](const std::vector<ObjectId>& ids, State state) {
            for (const ObjectId id : ids)
                add({ nullptr, static_cast<std::uint16_t>(check), state, checks[check].severity, false,
                    objectName(inventory, id), id });
        };
        expand(result.passed, State::Pass);
        expand(result.notApplicable, State::NotApplicable);
    }
    std::stable_sort(
        rows.begin(), rows.end(), [](const Row& a, const Row& b) { return orderOf(a) < orderOf(b); });
    return rows;
}

std::string sentence(const Row& row, const posture::CheckInfo& check)
{
    std::string text = row.finding && !row.finding->message.empty() ? row.finding->message : check.title;
    const std::string_view locus = row.locus();
    // "volume docker" is named by "Volume docker is the folder …".
    const std::string_view named = locus.substr(std::min(locus.find(' ') + 1, locus.size()));
    if (!locus.empty() && text.find(named) == std::string::npos)
        text.append(" (").append(locus).append(")");
    return text;
}

bool sameProblem(const Row& a, const Row& b)
{
    return a.check == b.check && a.id == b.id && a.state == b.state && a.platform == b.platform
        && a.object.kind == b.object.kind && a.object.name == b.object.name;
}

namespace {
    using Problem = std::tuple<std::uint16_t, std::uint32_t, std::string_view, std::string_view>;

    Problem problemOf(const Row& row)
    {
        return { row.check, row.id.value, row.object.kind, row.object.name };
    }
}

Tally tally(const std::vector<Row>& rows)
{
    Tally result;
    // Rows come worst first, so the first row of a (check, object) carries the severity that counts.
    std::set<Problem> seen, accepted;
    std::set<std::tuple<std::uint32_t, std::string_view, std::string_view>> objects;
    for (const Row& row : rows) {
        if (row.state == State::Accepted && !row.platform) {
            accepted.insert(problemOf(row));
        } else if (row.state == State::Fail && !row.platform && seen.insert(problemOf(row)).second) {
            ++result.bySeverity[static_cast<std::size_t>(row.severity)];
            objects.insert({ row.id.value, row.object.kind, row.object.name });
        }
    }
    result.problems = seen.size();
    result.objects = objects.size();
    result.accepted = accepted.size();
    return result;
}

std::size_t platformProblems(const Assessment& assessment, const WriteOptions& options)
{
    const Filter filter(assessment, options);
    std::set<Problem> seen;
    for (std::size_t check = 0; check < assessment.posture.results.size(); ++check) {
        if (!filter.wantsCheck(check))
            continue;
        for (const posture::Finding& finding : assessment.posture.results[check].findings) {
            const Row row = rowOf(*assessment.inventory, check, finding);
            if (row.platform && (row.state == State::Fail || row.state == State::Accepted)
                && filter.wantsNamespace(row))
                seen.insert(problemOf(row));
        }
    }
    return seen.size();
}

std::vector<posture::Finding> chosenFindings(const Assessment& assessment, const WriteOptions& options)
{
    std::vector<posture::Finding> findings;
    for (const Row& row : chosenRows(assessment, options)) {
        if (row.finding) {
            findings.push_back(*row.finding);
            continue;
        }
        posture::Finding finding;
        finding.check = row.check;
        finding.severity = row.severity;
        finding.state = row.state;
        finding.object = row.id;
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace glacis::report
