// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/summary.h>

#include <widgets/outside_text.h>
#include <widgets/time_text.h>

#include <posture/check.h>

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <map>
#include <span>
#include <tuple>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using inventory::Inventory;
    using inventory::Kind;
    using inventory::ReadState;
    using posture::Finding;

    QString words(const char* text, int n = -1)
    {
        return QCoreApplication::translate("Coverage", text, nullptr, n);
    }

    /// Worse first; equal ones keep the order of the assessment.
    bool worse(const Finding& a, const Finding& b) { return a.severity > b.severity; }

    struct KindGroup {
        const char* title;
        std::span<const Kind> kinds;
        bool absenceMatters; ///< a kind that is missing from the source is worth a word
    };
    constexpr Kind workloadKinds[] { Kind::Pod, Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet,
        Kind::Job, Kind::CronJob };
    constexpr Kind networkKinds[] { Kind::Service, Kind::Ingress, Kind::NetworkPolicy };
    constexpr Kind rbacKinds[] { Kind::Role, Kind::RoleBinding, Kind::ClusterRole, Kind::ClusterRoleBinding,
        Kind::ServiceAccount };
    constexpr Kind secretKinds[] { Kind::Secret };
    constexpr Kind configKinds[] { Kind::ConfigMap };
    constexpr Kind nodeKinds[] { Kind::Node };
    const KindGroup groups[] {
        { QT_TRANSLATE_NOOP("Coverage", "Workloads and pods"), workloadKinds, false },
        { QT_TRANSLATE_NOOP("Coverage", "Services and policies"), networkKinds, true },
        { QT_TRANSLATE_NOOP("Coverage", "RBAC objects"), rbacKinds, true },
        { QT_TRANSLATE_NOOP("Coverage", "Secrets"), secretKinds, true },
        { QT_TRANSLATE_NOOP("Coverage", "ConfigMaps"), configKinds, true },
        { QT_TRANSLATE_NOOP("Coverage", "Nodes"), nodeKinds, true },
    };

    /// Namespaces whose objects of this kind could not be read, though others' were: diagnostics that name
    /// all of a namespace, "Secret cert-manager/*".
    QStringList unreadNamespaces(const Inventory& inventory, Kind kind)
    {
        constexpr std::string_view all = "/*";
        const std::string before = std::string(inventory::info(kind).name) + ' ';
        QStringList names;
        for (const inventory::Diagnostic& d : inventory.diagnostics) {
            const std::string_view object = d.object;
            if (d.level == inventory::Diagnostic::Level::Info || !object.starts_with(before)
                || !object.ends_with(all) || object.size() <= before.size() + all.size())
                continue;
            names += shown(object.substr(before.size(), object.size() - before.size() - all.size()), 260);
        }
        names.removeDuplicates();
        return names;
    }

    /// "not in cert-manager", "not in cert-manager, vault and 3 more namespaces"
    QString notInText(const QStringList& namespaces)
    {
        constexpr qsizetype most = 2;
        const QString first = namespaces.mid(0, most).join(u", "_s);
        const qsizetype more = namespaces.size() - most;
        return more <= 0 ? words(QT_TRANSLATE_NOOP("Coverage", "not in %1")).arg(first)
            : more == 1  ? words(QT_TRANSLATE_NOOP("Coverage", "not in %1 and 1 more namespace")).arg(first)
                         : words(QT_TRANSLATE_NOOP("Coverage", "not in %1 and %2 more namespaces"))
                              .arg(first, countText(static_cast<std::uint64_t>(more)));
    }

    using KindCounts = std::array<std::uint32_t, inventory::KindCount>;

    CoverageLine lineOf(const KindGroup& group, const Inventory& inventory, const KindCounts& objects)
    {
        CoverageLine line;
        line.what = words(group.title);
        QStringList forbidden, broken, missing, unread;
        std::uint32_t count = 0;
        std::size_t read = 0;
        for (const Kind kind : group.kinds) {
            const ReadState state = inventory.coverage.of(kind).state;
            const QString name = fromUtf8(inventory::info(kind).name);
            count += objects[static_cast<std::size_t>(kind)];
            // What a server does not serve is known: there is none of it.
            const bool known = state == ReadState::Read || state == ReadState::Absent;
            read += known ? 1 : 0;
            unread += unreadNamespaces(inventory, kind);
            if (state == ReadState::Forbidden)
                forbidden += name;
            else if (state == ReadState::Failed)
                broken += name;
            else if (!known)
                missing += name;
        }
        if (!forbidden.isEmpty()) {
            line.seen = read > 0 ? Seen::Part : Seen::Nothing;
            line.detail
                = words(QT_TRANSLATE_NOOP("Coverage", "not permitted: %1")).arg(forbidden.join(u", "_s));
        } else if (!broken.isEmpty()) {
            line.seen = read > 0 ? Seen::Part : Seen::Nothing;
            line.detail = words(QT_TRANSLATE_NOOP("Coverage", "incomplete: %1")).arg(broken.join(u", "_s));
        } else if (read == 0) {
            line.detail = words(QT_TRANSLATE_NOOP("Coverage", "not in this source"));
        } else {
            unread.removeDuplicates();
            const bool part = group.absenceMatters && !missing.isEmpty();
            line.seen = part || !unread.isEmpty() ? Seen::Part : Seen::All;
            line.detail = countText(count);
            if (!unread.isEmpty())
                line.detail += u" · " + notInText(unread);
            if (part)
                line.detail
                    += u" · " + words(QT_TRANSLATE_NOOP("Coverage", "no %1")).arg(missing.join(u", "_s));
            else if (unread.isEmpty() && group.kinds.front() == Kind::Secret)
                line.detail += u" · " + words(QT_TRANSLATE_NOOP("Coverage", "values never read"));
        }
        return line;
    }

    std::vector<CoverageLine> coverageOf(const Inventory& inventory)
    {
        KindCounts objects {};
        for (const inventory::Object& object : inventory.objects)
            objects[static_cast<std::size_t>(object.kind)] += object.assumed ? 0 : 1;
        std::vector<CoverageLine> lines;
        for (const KindGroup& group : groups)
            lines.push_back(lineOf(group, inventory, objects));
        const bool api = !posture::controlPlane(inventory, "kube-apiserver").empty();
        const bool etcd = !posture::controlPlane(inventory, "etcd").empty();
        lines.push_back({ api && etcd ? Seen::All
                : api || etcd         ? Seen::Part
                                      : Seen::Nothing,
            words(QT_TRANSLATE_NOOP("Coverage", "API server and etcd flags")),
            api && etcd ? words(QT_TRANSLATE_NOOP("Coverage", "from their pods"))
                : api   ? words(QT_TRANSLATE_NOOP("Coverage", "API server only"))
                : etcd  ? words(QT_TRANSLATE_NOOP("Coverage", "etcd only"))
                        : words(QT_TRANSLATE_NOOP("Coverage", "pods not in this source")) });
        const inventory::Observations& o = inventory.observations;
        const std::size_t facts = o.dns.size() + o.endpoints.size() + o.ports.size() + o.http.size()
            + o.filters.size() + o.exploitable.size() + o.network.size() + o.etcd.size();
        lines.push_back({ facts > 0 ? Seen::All : Seen::Nothing,
            words(QT_TRANSLATE_NOOP("Coverage", "Ports, DNS, other facts")),
            facts > 0 ? countText(facts) : words(QT_TRANSLATE_NOOP("Coverage", "none given")) });
        return lines;
    }

    /// As the coverage counts them: a check applies when it judged something or says why it cannot.
    void countChecks(const assessment::Assessment& assessment, Summary& summary)
    {
        const auto& checks = assessment.catalogue->checks();
        const auto& results = assessment.posture.results;
        for (std::size_t i = 0; i < results.size() && i < checks.size(); ++i) {
            const Stage stage = checks[i].stage;
            if (stage < 1 || stage > StageCount || (!results[i].assessed() && results[i].notAssessed == 0))
                continue;
            ++summary.stages[stage - 1u].applying;
            summary.stages[stage - 1u].silent += results[i].assessed() ? 0 : 1;
        }
    }

    void sumNamespaces(const assessment::Assessment& assessment, Summary& summary, std::size_t most)
    {
        std::map<std::string_view, NamespaceSummary> byName;
        for (const posture::CheckResult& result : assessment.posture.results) {
            for (const Finding* f : problems(result)) {
                NamespaceSummary& ns = byName[factsOf(assessment, *f).ns];
                ++ns.bySeverity[static_cast<std::size_t>(f->severity)];
                ++ns.total;
            }
        }
        for (auto& [name, ns] : byName) {
            ns.name = name;
            summary.namespaces.push_back(std::move(ns));
        }
        const auto key = [](const NamespaceSummary& ns) {
            const auto& s = ns.bySeverity;
            return std::tuple(s[4], s[3], s[2], s[1], s[0]);
        };
        std::stable_sort(summary.namespaces.begin(), summary.namespaces.end(),
            [&](const auto& a, const auto& b) { return key(a) > key(b); });
        summary.namespaceCount = summary.namespaces.size();
        if (summary.namespaces.size() > most)
            summary.namespaces.resize(most);
    }

}

Summary summarise(const assessment::Assessment& assessment, std::size_t maxWorst, std::size_t maxNamespaces)
{
    Summary summary;
    const posture::Posture& posture = assessment.posture;
    summary.bySeverity = posture.bySeverity;
    for (const std::uint32_t n : posture.bySeverity)
        summary.total += n;
    for (std::size_t i = 0; i < summary.stages.size(); ++i) {
        summary.stages[i].score = posture.scores.stages[i];
        summary.stages[i].count = posture.byStage[i + 1];
    }
    countChecks(assessment, summary);
    for (const posture::CheckResult& result : posture.results) {
        WorstFinding worst;
        for (const Finding* f : problems(result)) {
            ++worst.count;
            if (!worst.finding || worse(*f, *worst.finding))
                worst.finding = f;
        }
        if (!worst.finding)
            continue;
        summary.worst.push_back(worst);
        const Stage stage = assessment.info(*worst.finding).stage;
        if (stage >= 1 && stage <= StageCount) {
            const Finding*& known = summary.stages[stage - 1u].worst;
            if (!known || worse(*worst.finding, *known))
                known = worst.finding;
        }
    }
    std::stable_sort(summary.worst.begin(), summary.worst.end(),
        [](const auto& a, const auto& b) { return worse(*a.finding, *b.finding); });
    if (summary.worst.size() > maxWorst)
        summary.worst.resize(maxWorst);
    sumNamespaces(assessment, summary, maxNamespaces);
    summary.coverage = coverageOf(*assessment.inventory);
    return summary;
}

QString sourceKind(const Inventory& inventory)
{
    if (inventory.source.kind == "snapshot")
        return words(QT_TRANSLATE_NOOP("Coverage", "Snapshot"));
    if (inventory.source.kind == "context")
        return words(QT_TRANSLATE_NOOP("Coverage", "Read-only"));
    if (inventory.source.kind == "practice")
        return words(QT_TRANSLATE_NOOP("Coverage", "Practice cluster"));
    return inventory.files.size() == 1 ? words(QT_TRANSLATE_NOOP("Coverage", "Imported file"))
                                       : words(QT_TRANSLATE_NOOP("Coverage", "Imported files"));
}

QString sourceTitle(const Inventory& inventory)
{
    QString name = shown(inventory.source.name, 1000);
    if (inventory.source.kind == "context") // "arn:aws:eks:…:cluster/prod" is no path
        return name;
    while (name.size() > 1 && name.endsWith(u'/'))
        name.chop(1);
    const QString last = QFileInfo(name).fileName();
    return last.isEmpty() ? name : last;
}

} // namespace glacis::ui
