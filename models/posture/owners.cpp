// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The walks over owners and containers that most checks are made of. They run once for each check over every
// owner: nothing here allocates for an owner that is fine.
#include <posture/check.h>

#include <array>

namespace glacis::posture {

namespace {
    /// The paths of info(kind).podSpecPath as strings, so that a check can write specPath + ".hostPID".
    const std::string& specPathOf(Kind kind)
    {
        static const auto paths = [] {
            std::array<std::string, inventory::KindCount> table;
            for (std::size_t i = 0; i < table.size(); ++i)
                table[i] = inventory::info(static_cast<Kind>(i)).podSpecPath;
            return table;
        }();
        return paths[static_cast<std::size_t>(kind)];
    }

    /// How much had been said before a look, to see whether the look said something about this object.
    struct Mark {
        explicit Mark(const Verdicts& v)
            : failures(v.failures.size())
            , inapplicable(v.inapplicable.size())
            , unknown(v.unknown.size())
        {
        }
        [[nodiscard]] bool spoke(const Verdicts& v, ObjectId id) const
        {
            for (std::size_t i = failures; i < v.failures.size(); ++i) {
                if (v.failures[i].object == id)
                    return true;
            }
            for (std::size_t i = inapplicable; i < v.inapplicable.size(); ++i) {
                if (v.inapplicable[i] == id)
                    return true;
            }
            for (std::size_t i = unknown; i < v.unknown.size(); ++i) {
                if (v.unknown[i].first == id)
                    return true;
            }
            return false;
        }
        std::size_t failures, inapplicable, unknown;
    };

    std::string undecodedReason(const inventory::Object& object)
    {
        if (object.badFields.empty())
            return "its pod template is missing";
        return "its pod template could not be read: " + object.badFields.front().path.str();
    }

    std::string joinPath(std::string path, std::string_view below)
    {
        if (!below.empty())
            path.append(".").append(below);
        return path;
    }
}

void forEachOwner(
    const CheckContext& context, Verdicts& verdicts, const std::function<void(const OwnerView&)>& look)
{
    const Inventory& inventory = context.inventory;
    for (std::uint32_t index = 0; index < inventory.owners.size(); ++index) {
        if (context.stop.stopRequested())
            return;
        const inventory::Owner& entry = inventory.owners[index];
        const inventory::Workload& workload = inventory.workloads[entry.workload];
        const inventory::Object& object = inventory.object(workload.id);
        bool passes = false;
        if (const inventory::PodSpec* spec = inventory.spec(workload)) {
            const Mark mark(verdicts);
            look({ .owner = index,
                .entry = entry,
                .workload = workload,
                .object = object,
                .spec = *spec,
                .specPath = specPathOf(workload.kind),
                .specObject = workload.id });
            passes = !mark.spoke(verdicts, workload.id);
        } else {
            verdicts.notAssessed(workload.id, undecodedReason(object));
        }
        for (const std::uint32_t pod : entry.deviating) {
            const inventory::Workload& deviating = inventory.workloads[pod];
            const inventory::PodSpec* spec = inventory.spec(deviating);
            if (!spec || deviating.id == workload.id)
                continue;
            const Mark mark(verdicts);
            look({ .owner = index,
                .entry = entry,
                .workload = workload,
                .object = object,
                .spec = *spec,
                .specPath = specPathOf(Kind::Pod),
                .specObject = deviating.id });
            passes = !mark.spoke(verdicts, workload.id) || passes;
        }
        // The engine lets the worst verdict of an object win, so that a pass beside a failure does no harm.
        if (passes)
            verdicts.pass(workload.id);
    }
}

void forEachContainer(const CheckContext& context, Verdicts& verdicts,
    const std::function<void(const OwnerView&, const inventory::Container&)>& look)
{
    forEachOwner(context, verdicts, [&](const OwnerView& owner) {
        if (owner.spec.containers.empty())
            verdicts.notAssessed(owner.id(), "its pod template holds no containers");
        for (const inventory::Container& container : owner.spec.containers)
            look(owner, container);
    });
}

Place place(const OwnerView& owner, std::string_view pathBelowSpec, std::string evidence)
{
    return { .container = {},
        .path = joinPath(owner.specPath, pathBelowSpec),
        .evidence = std::move(evidence),
        .object = owner.specObject == owner.id() ? inventory::NoObject : owner.specObject };
}

Place place(const OwnerView& owner, const inventory::Container& container,
    std::string_view pathBelowContainer, std::string evidence)
{
    return { .container = container.name.str(),
        .path = joinPath(owner.containerPath(container), pathBelowContainer),
        .evidence = std::move(evidence),
        .object = owner.specObject == owner.id() ? inventory::NoObject : owner.specObject };
}

std::string containerLocus(const inventory::Container& container)
{
    return "container " + (container.name.empty() ? container.path() : container.name.str());
}

bool isWindows(const inventory::PodSpec& spec)
{
    if (spec.os == "windows" || spec.security.hostProcess == inventory::Tri::True)
        return true;
    const Str* selected = inventory::find(spec.nodeSelector, "kubernetes.io/os");
    return spec.os.empty() && selected && *selected == "windows";
}

Absence absenceOf(const Inventory& inventory, std::span<const Kind> kinds)
{
    if (inventory.source.scope == Scope::Manifests)
        return { .assessable = true, .confidence = Confidence::Inferred, .reason = {} };
    Absence absence { .assessable = true, .confidence = Confidence::Configured, .reason = {} };
    for (const Kind kind : kinds) {
        switch (inventory.coverage.of(kind).state) {
        case inventory::ReadState::Read:
        case inventory::ReadState::Absent:
            break;
        case inventory::ReadState::NotAsked:
            // Files hold objects of an add-on's kind only where the add-on is installed.
            if (isOptionalKind(kind)) {
                absence.confidence = Confidence::Inferred;
                break;
            }
            [[fallthrough]];
        case inventory::ReadState::Forbidden:
        case inventory::ReadState::Failed:
            return { .assessable = false,
                .confidence = Confidence::Configured,
                .reason = unreadReason(inventory, kind) };
        }
    }
    return absence;
}

bool isOptionalKind(Kind kind)
{
    switch (kind) {
    case Kind::CiliumNetworkPolicy:
    case Kind::CiliumClusterwideNetworkPolicy:
    case Kind::CalicoNetworkPolicy:
    case Kind::CalicoGlobalNetworkPolicy:
    case Kind::Gateway:
    case Kind::HttpRoute:
    case Kind::ValidatingAdmissionPolicy:
    case Kind::ValidatingAdmissionPolicyBinding:
        return true;
    default:
        return false;
    }
}

std::string unreadReason(const Inventory& inventory, Kind kind)
{
    const inventory::KindCoverage& coverage = inventory.coverage.of(kind);
    const std::string resource(inventory::info(kind).resource);
    switch (coverage.state) {
    case inventory::ReadState::Forbidden:
        return coverage.reason.empty() ? "reading " + resource + " is forbidden" : coverage.reason;
    case inventory::ReadState::Failed:
        return coverage.reason.empty() ? "no whole list of " + resource + " could be had" : coverage.reason;
    case inventory::ReadState::Absent:
        return "the server knows no " + resource;
    default:
        return "the source holds no " + resource + ", which does not mean that there are none";
    }
}

} // namespace glacis::posture
