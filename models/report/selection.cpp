// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/selection.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>

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

    auto nameOrder(const Row& row)
    {
        const ObjectName& o = row.object;
        return std::tuple(o.ns, o.kind, o.name, o.apiVersion, row.id.value);
    }

    /// Numbers the objects in output order, so that rows compare by numbers and each name is compared a few
    /// times only.
    void rankObjects(std::vector<Row>& rows, std::size_t objectCount)
    {
        std::vector<std::uint32_t> rowOf(objectCount, UINT32_MAX); // by object: a row that names it
        std::vector<std::uint32_t> distinct; // rows: one for each object, and every one of a pseudo object
        for (std::uint32_t i = 0; i < rows.size(); ++i) {
            const std::uint32_t id = rows[i].id.value;
            if (id < objectCount && rowOf[id] != UINT32_MAX)
                continue;
            if (id < objectCount)
                rowOf[id] = i;
            distinct.push_back(i);
        }
        std::sort(distinct.begin(), distinct.end(), [&](std::uint32_t x, std::uint32_t y) {
            const auto left = nameOrder(rows[x]), right = nameOrder(rows[y]);
            return left != right ? left < right : x < y;
        });
        std::uint32_t rank = 0;
        for (std::size_t i = 0; i < distinct.size(); ++i) {
            if (i > 0 && nameOrder(rows[distinct[i]]) != nameOrder(rows[distinct[i - 1]]))
                ++rank;
            rows[distinct[i]].rank = rank;
        }
        for (Row& row : rows) {
            if (row.id.value < objectCount)
                row.rank = rows[rowOf[row.id.value]].rank;
        }
    }

    auto orderOf(const Row& row)
    {
        return std::tuple(
            rank(row.state), -static_cast<int>(row.severity), row.check, row.rank, row.locus(), row.platform);
    }

    class Filter {
    public:
        Filter(const Assessment& assessment, const WriteOptions& options)
            : m_all(options.all)
            , m_platform(options.platform)
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
            return (m_all || (problem && (m_platform || !row.platform))) && wantsNamespace(row);
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
        bool m_all, m_platform;
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
            finding.platform, 0, objectName(inventory, finding),
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
                add({ nullptr, static_cast<std::uint16_t>(check), state, checks[check].severity, false, 0,
                    objectName(inventory, id), id });
        };
        expand(result.passed, State::Pass);
        expand(result.notApplicable, State::NotApplicable);
    }
    rankObjects(rows, inventory.objects.size());
    rankObjects(rows, inventory.objects.size());
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
    return a.check == b.check && a.rank == b.rank && a.state == b.state && a.platform == b.platform;
}

Tally tally(const std::vector<Row>& rows)
{
    Tally result;
    // Rows come worst first, so the first row of a (check, object) carries the severity that counts.
    std::unordered_set<std::uint64_t> seen, accepted;
    std::unordered_set<std::uint32_t> objects;
    for (const Row& row : rows) {
        const std::uint64_t problem = std::uint64_t { row.check } << 32 | row.rank;
        if (row.state == State::Accepted && !row.platform) {
            accepted.insert(problem);
        } else if (row.state == State::Fail && !row.platform && seen.insert(problem).second) {
            ++result.bySeverity[static_cast<std::size_t>(row.severity)];
            objects.insert(row.rank);
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
    std::set<std::tuple<std::size_t, std::uint32_t, std::string_view, std::string_view>> seen;
    for (std::size_t check = 0; check < assessment.posture.results.size(); ++check) {
        if (!filter.wantsCheck(check))
            continue;
        for (const posture::Finding& finding : assessment.posture.results[check].findings) {
            if (!finding.platform || (finding.state != State::Fail && finding.state != State::Accepted))
                continue;
            const Row row = rowOf(*assessment.inventory, check, finding);
            if (filter.wantsNamespace(row))
                seen.insert({ check, row.id.value, row.object.kind, row.object.name });
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
