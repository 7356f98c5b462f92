// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a check is written. A check is one function that looks at the whole Inventory and speaks through
// Verdicts:
//
//     void hostPid(const CheckContext& c, Verdicts& v)
//     {
//         forEachOwner(c, v, [&](const OwnerView& o) {
//             if (o.spec.hostPid)
//                 v.fail(o.id(), place(o, "hostPID", "true"), { .message = "shares its node's processes" });
//         });
//     }
//
// and one row in the table at the end of its area's file. A test holds table and catalogue one-to-one. Rules:
// every object looked at ends in exactly one of pass, fail, not assessed, not applicable; what cannot be
// known is notAssessed with a reason, never a pass. Functions are pure and may run on any thread, several at
// once.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <access/access.h>
#include <base/stop_token.h>
#include <inventory/control_plane.h>
#include <inventory/flags.h>
#include <inventory/inventory.h>
#include <network/exposure.h>
#include <posture/catalogue.h>
#include <posture/finding.h>
#include <posture/policy.h>

namespace glacis::posture {

using inventory::ComponentView;
using inventory::ControlPlane;
using inventory::controlPlane;
using inventory::Flags;
using inventory::Inventory;
using inventory::Kind;
using inventory::Scope;

struct CheckContext {
    const Inventory& inventory;
    const access::Access& access;
    const network::Exposure& exposure;
    const Policy& policy;
    const CheckInfo& info; ///< of the running check
    StopToken stop;
};

/// What a failing verdict carries beside its place.
struct Details {
    std::string message {};
    std::string locus {};
    std::optional<Severity> severity {}; ///< unset: the catalogue's
    Confidence confidence = Confidence::Configured;
    std::vector<ObjectId> related {};
    std::vector<std::string> relatedSubjects {};
    std::optional<bool> platform {}; ///< unset: decided by the object (isPlatform)
};

/// Collects what one check says. Several fail() calls for the same object and locus merge into one finding
/// with several places (the worst severity wins).
class Verdicts {
public:
    void fail(ObjectId object, Place place, Details details);
    void fail(PseudoObject object, Place place, Details details);
    void pass(ObjectId object);
    void pass(PseudoObject object); ///< "the API server's endpoint answered 401"
    void notApplicable(ObjectId object);
    void notAssessed(ObjectId object, std::string reason);
    /// The whole check has no ground: "no Node was read".
    void notAssessed(std::string reason);

    struct Entry {
        ObjectId object;
        PseudoObject pseudo;
        std::vector<Place> places;
        Details details;
    };
    std::vector<Entry> failures;
    std::vector<ObjectId> passes;
    std::vector<PseudoObject> pseudoPasses;
    std::vector<ObjectId> inapplicable;
    std::vector<std::pair<ObjectId, std::string>> unknown;
    std::string wholeUnknown;
};

using CheckFunction = void (*)(const CheckContext&, Verdicts&);
struct CheckEntry {
    std::string_view id;
    CheckFunction function;
};
/// Every check that has a function; areas in the order EXP, NET, DKR, POD, DSH, RBAC, SEC, ETC, ADM, PLT.
[[nodiscard]] std::vector<CheckEntry> allChecks();

// ---- helpers for writing checks

/// A top owner with its spec, ready to look at.
struct OwnerView {
    std::uint32_t owner = 0;
    const inventory::Owner& entry;
    const inventory::Workload& workload;
    const inventory::Object& object;
    const inventory::PodSpec& spec;
    const std::string& specPath; ///< "spec.template.spec"
    ObjectId specObject; ///< where spec stands: the owner, or a deviating pod
    [[nodiscard]] ObjectId id() const { return workload.id; }
    [[nodiscard]] std::string containerPath(const inventory::Container& container) const
    {
        return specPath + "." + container.path();
    }
};
/// Calls look for the template of every top owner, and again for each deviating pod's spec. Owners whose spec
/// could not be decoded become not assessed. After look, an owner without a failure passes. Stops early when
/// asked to.
void forEachOwner(
    const CheckContext& context, Verdicts& verdicts, const std::function<void(const OwnerView&)>& look);
/// As forEachOwner, for every container (init, regular and ephemeral).
void forEachContainer(const CheckContext& context, Verdicts& verdicts,
    const std::function<void(const OwnerView&, const inventory::Container&)>& look);

/// Places made by the helpers below name the deviating pod where the spec is one's.
[[nodiscard]] Place place(const OwnerView& owner, std::string_view pathBelowSpec, std::string evidence);
[[nodiscard]] Place place(const OwnerView& owner, const inventory::Container& container,
    std::string_view pathBelowContainer, std::string evidence);
/// "container app"; a container without a name is called by its place.
[[nodiscard]] std::string containerLocus(const inventory::Container& container);
/// The `from` of a fact in words: " from the Internet", " from 10.0.0.0/8"; empty when the fact does not say.
[[nodiscard]] std::string fromWhere(std::string_view from);
/// Windows pods: by spec.os, the node selector on kubernetes.io/os, or HostProcess.
[[nodiscard]] bool isWindows(const inventory::PodSpec& spec);

/// May an absence of this kind be judged? (MODEL section 1: scope and coverage.)
struct Absence {
    bool assessable = false;
    Confidence confidence = Confidence::Configured; ///< Inferred in scope manifests
    std::string reason; ///< when not assessable
};
[[nodiscard]] Absence absenceOf(const Inventory& inventory, std::span<const Kind> kinds);
/// Kinds that only some clusters serve: add-ons' policies, Gateway API, admission policies.
[[nodiscard]] bool isOptionalKind(Kind kind);
/// Why nothing is known of a kind that was not read, in words; the engine joins such reasons with the missing
/// grant.
[[nodiscard]] std::string unreadReason(const Inventory& inventory, Kind kind);

/// Bootstrap roles and their bindings, static pods, kube-system add-ons by known names or addon-manager
/// labels.
[[nodiscard]] bool isPlatform(const Inventory& inventory, ObjectId object);
/// kube-system, kube-public, kube-node-lease.
[[nodiscard]] bool isSystemNamespace(std::string_view ns);

} // namespace glacis::posture
