// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// GL-ADM: what keeps dangerous objects from being admitted.
#include <posture/areas.h>

#include <algorithm>
#include <array>
#include <string>

namespace glacis::posture {

namespace {

    constexpr std::string_view labelPrefix = "pod-security.kubernetes.io/";

    bool isLevel(std::string_view level)
    {
        return level == "privileged" || level == "baseline" || level == "restricted";
    }

    /// A level in this mode that refuses or reports something.
    bool isActive(const inventory::Object& object, std::string_view mode)
    {
        const Str* level = object.label(std::string(labelPrefix).append(mode));
        return level && (*level == "baseline" || *level == "restricted");
    }

    /// An API server started with an admission configuration may have a default level of its own for all
    /// namespaces; the file is on the host.
    bool mayHaveClusterDefault(const Inventory& inventory)
    {
        const auto servers = controlPlane(inventory, "kube-apiserver");
        return std::any_of(servers.begin(), servers.end(), [](const ComponentView& server) {
            return Flags(server.container).has("--admission-control-config-file");
        });
    }

    void podSecurityEnforced(const CheckContext& c, Verdicts& v)
    {
        const auto& inventory = c.inventory;
        if (inventory.namespaces.empty() && inventory.source.scope == Scope::Cluster
            && !inventory.coverage.isRead(Kind::Namespace)) {
            v.notAssessed(unreadReason(inventory, Kind::Namespace));
            return;
        }
        const bool clusterDefault = mayHaveClusterDefault(inventory);
        for (const auto& ns : inventory.namespaces) {
            const auto& object = inventory.object(ns.id);
            if (isActive(object, "enforce")) {
                v.pass(ns.id);
                continue;
            }
            const Str* level = object.label("pod-security.kubernetes.io/enforce");
            const bool watched = isActive(object, "warn") || isActive(object, "audit");
            Details details;
            details.message = "Namespace " + object.name.str();
            if (!level)
                details.message += watched ? " only warns or audits: it admits any pod" : " admits any pod";
            else if (isLevel(*level))
                details.message += " enforces the level privileged, which refuses nothing";
            else
                details.message += " names a level that Kubernetes does not know";
            if (clusterDefault && !level)
                details.message += ", unless the API server's admission configuration sets a default";
            if (watched)
                details.severity = Severity::Low;
            if (!level && (clusterDefault || inventory.source.scope == Scope::Manifests))
                details.confidence = Confidence::Inferred;
            Place place;
            place.path = level ? "metadata.labels.pod-security.kubernetes.io/enforce" : "metadata.labels";
            place.evidence = level ? level->str() : "absent";
            v.fail(ns.id, std::move(place), std::move(details));
        }
    }

    constexpr std::array<CheckEntry, 1> checks { { { "GL-ADM-001", podSecurityEnforced } } };

} // namespace

std::span<const CheckEntry> admChecks() { return checks; }

} // namespace glacis::posture
