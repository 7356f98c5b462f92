// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kinds that have typed objects. Everything else is Kind::Other and is kept as redacted JSON under its
// own group and kind. Old API versions map to the same Kind (extensions/v1beta1 Deployment is
// Kind::Deployment).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace glacis::inventory {

enum class Kind : std::uint8_t {
    Namespace,
    Node,
    Pod,
    Deployment,
    ReplicaSet,
    StatefulSet,
    DaemonSet,
    Job,
    CronJob,
    ReplicationController,
    Service,
    Endpoints,
    EndpointSlice,
    Ingress,
    IngressClass,
    Gateway,
    HttpRoute, // HttpRoute: also GRPCRoute, TLSRoute, TCPRoute
    NetworkPolicy,
    CiliumNetworkPolicy,
    CiliumClusterwideNetworkPolicy,
    CalicoNetworkPolicy,
    CalicoGlobalNetworkPolicy,
    ServiceAccount,
    Role,
    RoleBinding,
    ClusterRole,
    ClusterRoleBinding,
    ConfigMap,
    Secret,
    PersistentVolume,
    PersistentVolumeClaim,
    ValidatingWebhookConfiguration,
    MutatingWebhookConfiguration,
    ValidatingAdmissionPolicy,
    ValidatingAdmissionPolicyBinding,
    Other
};
inline constexpr std::size_t KindCount = static_cast<std::size_t>(Kind::Other) + 1;

struct KindInfo {
    Kind kind;
    std::string_view group; ///< canonical API group, "" for core
    std::string_view name; ///< as in manifests: "Deployment"
    std::string_view resource; ///< plural, lower case: "deployments"
    bool namespaced;
    bool workload; ///< carries a pod spec (Pod and the controllers)
    std::string_view
        podSpecPath; ///< "spec", "spec.template.spec", "spec.jobTemplate.spec.template.spec", or empty
};

[[nodiscard]] const KindInfo& info(Kind kind);
/// By the group of an apiVersion ("apps/v1" → "apps", "v1" → "") and kind, old groups included; Other when
/// unknown.
[[nodiscard]] Kind kindOf(std::string_view group, std::string_view kindName);
/// By name alone, for manifests with a wrong apiVersion; Other when unknown.
[[nodiscard]] Kind kindByName(std::string_view kindName);
/// The canonical group for identity: old "extensions" Deployments are "apps"; unknown pairs keep their own
/// group.
[[nodiscard]] std::string_view canonicalGroup(std::string_view group, std::string_view kindName);
/// "apps/v1" → "apps", "v1" → "".
[[nodiscard]] std::string_view groupOf(std::string_view apiVersion);
/// Namespaced where known; for Kind::Other a list of well-known cluster-scoped kinds decides, else
/// namespaced.
[[nodiscard]] bool isNamespaced(std::string_view group, std::string_view kindName);

} // namespace glacis::inventory
