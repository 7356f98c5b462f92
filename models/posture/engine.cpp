// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// evaluate(): runs every check, then turns what they said into findings. Three passes:
//
//   1. in parallel over checks: the check's function fills its Verdicts;
//   2. over the objects that something was said about: their order for output and their platform mark, once
//   each,
//      so that the many findings of one object cost no comparison of names;
//   3. in parallel over checks: verdicts → CheckResult (merge, unknown fields, overrides, fingerprints,
//   waivers).
//
// Each check writes only its own slot, so the result does not depend on threads.
#include <posture/posture.h>

#include <algorithm>
#include <unordered_map>

#include <base/parallel.h>
#include <posture/results.h>

namespace glacis::posture {

namespace {
    /// A check that rests on the control plane or on nodes alone has no ground in a folder of manifests
    /// (MODEL section 1), except where that folder holds the control plane's own static pods, or a person
    /// stated facts.
    std::string missingGround(const Inventory& inventory, const CheckInfo& info)
    {
        if (inventory.source.scope != Scope::Manifests || info.evidence.empty())
            return {};
        const auto isOf = [&](Evidence wanted) {
            return std::find(info.evidence.begin(), info.evidence.end(), wanted) != info.evidence.end();
        };
        const bool nothingElse = std::all_of(info.evidence.begin(), info.evidence.end(),
            [](Evidence e) { return e == Evidence::ControlPlane || e == Evidence::Nodes; });
        if (!nothingElse)
            return {};
        if (!isOf(Evidence::ControlPlane))
            return "manifests hold no nodes";
        if (ControlPlane(inventory).anyComponent() || !inventory.observations.etcd.empty())
            return {};
        return "manifests do not hold the control plane";
    }

    std::vector<CheckFunction> functionsFor(const Catalogue& catalogue)
    {
        std::vector<CheckFunction> functions(catalogue.checks().size(), nullptr);
        for (const CheckEntry& entry : allChecks()) {
            if (const int index = catalogue.indexOf(entry.id); index >= 0)
                functions[static_cast<std::size_t>(index)] = entry.function;
        }
        return functions;
    }

    std::string unreadField(const inventory::Object& object)
    {
        const inventory::BadField& field = object.badFields.front();
        std::string text = "field " + field.path.str() + " could not be read";
        if (!field.expected.empty())
            text.append(" (expected ").append(field.expected.view()).append(")");
        return text;
    }

    /// Objects with fields that could not be decoded, by the object that findings name: a pod's go to its top
    /// owner. What a binding cannot know of its role is its checks' own business.
    std::unordered_map<std::uint32_t, std::string> unreadFields(const Inventory& inventory)
    {
        std::unordered_map<std::uint32_t, std::string> unread;
        for (std::uint32_t i = 0; i < inventory.objects.size(); ++i) {
            const inventory::Object& object = inventory.objects[i];
            if (object.badFields.empty())
                continue;
            const ObjectId top = topOwner(inventory, ObjectId { i });
            if (top.value == i || object.kind == Kind::Pod) // nobody judges a controller in between
                unread.try_emplace(top.value, unreadField(object));
        }
        return unread;
    }

    bool matchesPattern(std::string_view pattern, std::string_view name)
    {
        if (pattern.ends_with('*'))
            return name.starts_with(pattern.substr(0, pattern.size() - 1));
        return pattern == name;
    }

    std::vector<std::uint8_t> excludedObjects(const Inventory& inventory, const Policy& policy)
    {
        if (policy.excludedNamespaces.empty())
            return {};
        std::unordered_map<std::string_view, bool> known;
        std::vector<std::uint8_t> excluded(inventory.objects.size(), 0);
        for (std::size_t i = 0; i < excluded.size(); ++i) {
            const inventory::Object& object = inventory.objects[i];
            const std::string_view ns
                = object.kind == Kind::Namespace ? object.name.view() : object.ns.view();
            if (ns.empty())
                continue;
            const auto [it, isNew] = known.try_emplace(ns, false);
            if (isNew)
                it->second = std::any_of(policy.excludedNamespaces.begin(), policy.excludedNamespaces.end(),
                    [&](const std::string& pattern) { return matchesPattern(pattern, ns); });
            excluded[i] = it->second;
        }
        return excluded;
    }

    bool comesBefore(const inventory::Object& a, const inventory::Object& b)
    {
        if (!(a.ns == b.ns))
            return a.ns < b.ns;
        if (!(a.kindName == b.kindName))
            return a.kindName < b.kindName;
        if (!(a.name == b.name))
            return a.name < b.name;
        return a.group < b.group;
    }

    void orderMentioned(const Inventory& inventory, const std::vector<Verdicts>& verdicts, Prepared& prepared)
    {
        std::vector<std::uint8_t> mentioned(inventory.objects.size(), 0);
        for (const Verdicts& v : verdicts) {
            for (const Verdicts::Entry& failure : v.failures) {
                if (failure.object.valid())
                    mentioned[topOwner(inventory, failure.object).value] = 1;
            }
            for (const auto& [object, reason] : v.unknown)
                mentioned[topOwner(inventory, object).value] = 1;
        }
        for (const auto& [object, reason] : prepared.unread)
            mentioned[object] = 1;
        std::vector<std::uint32_t> order;
        for (std::uint32_t i = 0; i < mentioned.size(); ++i) {
            if (mentioned[i])
                order.push_back(i);
        }
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            const inventory::Object& left = inventory.objects[a];
            const inventory::Object& right = inventory.objects[b];
            if (comesBefore(left, right) || comesBefore(right, left))
                return comesBefore(left, right);
            return a < b;
        });
        prepared.rank.assign(mentioned.size(), UINT32_MAX);
        prepared.platform.assign(mentioned.size(), 0);
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            prepared.rank[order[i]] = i;
            prepared.platform[order[i]] = isPlatform(inventory, ObjectId { order[i] });
        }
    }
}

ObjectId topOwner(const Inventory& inventory, ObjectId id)
{
    if (!id.valid())
        return id;
    const inventory::Object& object = inventory.object(id);
    if (!inventory::info(object.kind).workload || object.typed >= inventory.ownerOfWorkload.size())
        return id;
    const std::uint32_t owner = inventory.ownerOfWorkload[object.typed];
    return owner < inventory.owners.size() ? inventory.workloads[inventory.owners[owner].workload].id : id;
}

Result<Posture> evaluate(const Inventory& inventory, const access::Access& access,
    const network::Exposure& exposure, const Catalogue& catalogue, const Policy& policy,
    const StopToken& stop, unsigned threads)
{
    const std::vector<CheckInfo>& checks = catalogue.checks();
    const std::vector<CheckFunction> functions = functionsFor(catalogue);

    std::vector<Verdicts> verdicts(checks.size());
    parallelFor(checks.size(), threads, [&](std::size_t i) {
        if (stop.stopRequested())
            return;
        if (!functions[i]) {
            verdicts[i].notAssessed("this version does not judge it");
        } else if (std::string reason = missingGround(inventory, checks[i]); !reason.empty()) {
            verdicts[i].notAssessed(std::move(reason));
        } else {
            functions[i]({ inventory, access, exposure, policy, checks[i], stop }, verdicts[i]);
        }
    });
    if (stop.stopRequested())
        return failure("cancelled");

    Prepared prepared { .inventory = inventory,
        .policy = policy,
        .unread = unreadFields(inventory),
        .excluded = excludedObjects(inventory, policy),
        .rank = {},
        .platform = {},
        .waivers = WaiverIndex(policy) };
    orderMentioned(inventory, verdicts, prepared);

    Posture posture;
    posture.results.resize(checks.size());
    std::vector<CheckTally> tallies(checks.size());
    parallelFor(checks.size(), threads, [&](std::size_t i) {
        if (!stop.stopRequested())
            posture.results[i] = buildResult(
                prepared, checks[i], static_cast<std::uint16_t>(i), std::move(verdicts[i]), tallies[i]);
    });
    if (stop.stopRequested())
        return failure("cancelled");

    summarize(prepared, checks, tallies, posture);
    return posture;
}

} // namespace glacis::posture
