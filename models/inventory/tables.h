// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Visits every typed vector of a Tables (all but objects and podSpecs), two Tables side by side. The one list
// of them: merging and the snapshot go by it. Internal to inventory/.
#pragma once

#include <inventory/inventory.h>

namespace glacis::inventory {

/// f(vector of a, the same vector of b), in a fixed order.
template <class A, class B, class F> void forEachTyped(A& a, B& b, F&& f)
{
    f(a.namespaces, b.namespaces);
    f(a.nodes, b.nodes);
    f(a.workloads, b.workloads);
    f(a.services, b.services);
    f(a.endpoints, b.endpoints);
    f(a.ingresses, b.ingresses);
    f(a.ingressClasses, b.ingressClasses);
    f(a.gateways, b.gateways);
    f(a.routes, b.routes);
    f(a.networkPolicies, b.networkPolicies);
    f(a.serviceAccounts, b.serviceAccounts);
    f(a.roles, b.roles);
    f(a.bindings, b.bindings);
    f(a.configMaps, b.configMaps);
    f(a.secrets, b.secrets);
    f(a.persistentVolumes, b.persistentVolumes);
    f(a.persistentVolumeClaims, b.persistentVolumeClaims);
    f(a.webhooks, b.webhooks);
    f(a.admissionPolicies, b.admissionPolicies);
    f(a.admissionPolicyBindings, b.admissionPolicyBindings);
}

} // namespace glacis::inventory
