// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect_plan.h"

#include <algorithm>
#include <array>

#include <base/text.h>

namespace glacis::cluster {
namespace {

    using inventory::Coverage;
    using inventory::KindCoverage;
    using inventory::ReadState;

    constexpr std::size_t namesInReason = 5;

    void plan(PlannedList& list, const Discovery& discovery)
    {
        const ListRow& row = *list.row;
        list.listKind = std::string(row.kindName) + "List";
        if (discovery.resources.empty()) {
            // Discovery is refused: what every server has may still be listed.
            list.version = split(row.versions, ' ').front();
            return;
        }
        if (!row.insteadOf.empty()) {
            const bool better = std::any_of(discovery.resources.begin(), discovery.resources.end(),
                [&](const ServedResource& r) { return r.resource == row.insteadOf && r.listable; });
            if (better) {
                list.reason = "not asked for: " + std::string(row.insteadOf) + " hold the same";
                return;
            }
        }
        if (const ServedResource* served = discovery.find(row.group, row.resource, row.versions)) {
            list.version = served->version;
            if (!served->kind.empty())
                list.listKind = served->kind + "List";
            return;
        }
        const bool dead = discovery.isDead(row.group);
        list.state = dead ? ReadState::Failed : ReadState::Absent;
        list.reason = dead ? "the API group " + std::string(row.group) + " is registered, but does not answer"
                           : "the server knows no " + std::string(row.resource);
    }

    std::string names(const std::set<std::string>& namespaces)
    {
        std::string text;
        std::size_t count = 0;
        for (const std::string& ns : namespaces) {
            if (++count > namesInReason)
                return text + " and " + std::to_string(namespaces.size() - namesInReason) + " more";
            text += (text.empty() ? "" : ", ") + ns;
        }
        return text;
    }

    std::string reasonOf(const PlannedList& list)
    {
        if (list.state != ReadState::Forbidden || list.read == 0 || !list.reason.empty())
            return list.reason.empty() && list.state == ReadState::Forbidden
                ? "reading " + std::string(list.row->resource) + " is forbidden"
                : list.reason;
        std::string text = "reading " + std::string(list.row->resource) + " is permitted in "
            + std::to_string(list.read) + (list.read == 1 ? " namespace only" : " namespaces only");
        if (!list.missing.empty())
            text += ", forbidden in " + names(list.missing);
        return text;
    }

    /// Of two rows of one kind the worse answer counts.
    int badness(ReadState state)
    {
        switch (state) {
        case ReadState::Failed:
            return 4;
        case ReadState::Forbidden:
            return 3;
        case ReadState::Read:
            return 2;
        case ReadState::Absent:
            return 1;
        case ReadState::NotAsked:
            return 0;
        }
        return 0;
    }

} // namespace

std::string PlannedList::apiVersion() const
{
    return row->group.empty() ? version : std::string(row->group) + '/' + version;
}

ListTarget PlannedList::target(const std::string& ns) const
{
    std::string path = (row->group.empty() ? "/api/" : "/apis/") + apiVersion();
    if (!ns.empty())
        path += "/namespaces/" + ns;
    path += '/';
    path += row->resource;
    return { std::move(path), apiVersion(), listKind, ns, row->kind == inventory::Kind::Secret };
}

std::vector<PlannedList> planLists(const Discovery& discovery)
{
    std::vector<PlannedList> lists;
    for (const ListRow& row : listRows()) {
        lists.emplace_back().row = &row;
        plan(lists.back(), discovery);
    }
    return lists;
}

Coverage coverageOf(const std::vector<PlannedList>& lists)
{
    Coverage coverage;
    for (const PlannedList& list : lists) {
        if (list.row->kind == inventory::Kind::Other)
            continue;
        KindCoverage& kind = coverage.kinds[static_cast<std::size_t>(list.row->kind)];
        if (badness(list.state) < badness(kind.state) || (kind.state == list.state && !kind.reason.empty()))
            continue;
        kind.state = list.state;
        kind.reason = list.state == ReadState::Read ? std::string() : reasonOf(list);
        kind.grant = list.state == ReadState::Forbidden ? "list " + resourceName(*list.row) : std::string();
    }
    return coverage;
}

} // namespace glacis::cluster
