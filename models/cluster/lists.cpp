// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lists.h"

#include <array>

namespace glacis::cluster {
namespace {

    using inventory::Kind;

    constexpr std::string_view rbac = "rbac.authorization.k8s.io";
    constexpr std::string_view networking = "networking.k8s.io";
    constexpr std::string_view admission = "admissionregistration.k8s.io";
    constexpr std::string_view gateway = "gateway.networking.k8s.io";
    constexpr std::string_view calico = "crd.projectcalico.org";

    // Pods first: they are most of what travels, and the small lists fill the gaps beside them.
    constexpr std::array rows {
        ListRow { Kind::Pod, "", "pods", "Pod", true, "v1", "" },
        ListRow { Kind::ReplicaSet, "apps", "replicasets", "ReplicaSet", true, "v1", "" },
        ListRow { Kind::ConfigMap, "", "configmaps", "ConfigMap", true, "v1", "configmaps" },
        ListRow { Kind::EndpointSlice, "discovery.k8s.io", "endpointslices", "EndpointSlice", true,
            "v1 v1beta1", "" },
        ListRow { Kind::Endpoints, "", "endpoints", "Endpoints", true, "v1", "", "endpointslices" },
        ListRow { Kind::Secret, "", "secrets", "Secret", true, "v1", "secret-metadata" },
        ListRow { Kind::Node, "", "nodes", "Node", false, "v1", "" },
        ListRow { Kind::Deployment, "apps", "deployments", "Deployment", true, "v1", "" },
        ListRow { Kind::StatefulSet, "apps", "statefulsets", "StatefulSet", true, "v1", "" },
        ListRow { Kind::DaemonSet, "apps", "daemonsets", "DaemonSet", true, "v1", "" },
        ListRow { Kind::Job, "batch", "jobs", "Job", true, "v1", "" },
        ListRow { Kind::CronJob, "batch", "cronjobs", "CronJob", true, "v1 v1beta1", "" },
        ListRow { Kind::ReplicationController, "", "replicationcontrollers", "ReplicationController", true,
            "v1", "" },
        ListRow { Kind::Service, "", "services", "Service", true, "v1", "" },
        ListRow { Kind::ServiceAccount, "", "serviceaccounts", "ServiceAccount", true, "v1", "" },
        ListRow { Kind::Role, rbac, "roles", "Role", true, "v1", "" },
        ListRow { Kind::RoleBinding, rbac, "rolebindings", "RoleBinding", true, "v1", "" },
        ListRow { Kind::ClusterRole, rbac, "clusterroles", "ClusterRole", false, "v1", "" },
        ListRow {
            Kind::ClusterRoleBinding, rbac, "clusterrolebindings", "ClusterRoleBinding", false, "v1", "" },
        ListRow { Kind::NetworkPolicy, networking, "networkpolicies", "NetworkPolicy", true, "v1", "" },
        ListRow { Kind::Ingress, networking, "ingresses", "Ingress", true, "v1", "" },
        ListRow { Kind::IngressClass, networking, "ingressclasses", "IngressClass", false, "v1", "" },
        ListRow { Kind::Gateway, gateway, "gateways", "Gateway", true, "v1 v1beta1", "" },
        ListRow { Kind::HttpRoute, gateway, "httproutes", "HTTPRoute", true, "v1 v1beta1", "" },
        ListRow { Kind::HttpRoute, gateway, "grpcroutes", "GRPCRoute", true, "v1 v1alpha2", "" },
        ListRow { Kind::HttpRoute, gateway, "tlsroutes", "TLSRoute", true, "v1 v1alpha3 v1alpha2", "" },
        ListRow { Kind::HttpRoute, gateway, "tcproutes", "TCPRoute", true, "v1 v1alpha2", "" },
        ListRow { Kind::Other, gateway, "referencegrants", "ReferenceGrant", true, "v1 v1beta1", "" },
        ListRow { Kind::CiliumNetworkPolicy, "cilium.io", "ciliumnetworkpolicies", "CiliumNetworkPolicy",
            true, "v2", "" },
        ListRow { Kind::CiliumClusterwideNetworkPolicy, "cilium.io", "ciliumclusterwidenetworkpolicies",
            "CiliumClusterwideNetworkPolicy", false, "v2", "" },
        ListRow { Kind::CalicoNetworkPolicy, calico, "networkpolicies", "NetworkPolicy", true, "v1", "" },
        ListRow { Kind::CalicoGlobalNetworkPolicy, calico, "globalnetworkpolicies", "GlobalNetworkPolicy",
            false, "v1", "" },
        ListRow { Kind::PersistentVolume, "", "persistentvolumes", "PersistentVolume", false, "v1", "" },
        ListRow { Kind::PersistentVolumeClaim, "", "persistentvolumeclaims", "PersistentVolumeClaim", true,
            "v1", "" },
        ListRow { Kind::ValidatingWebhookConfiguration, admission, "validatingwebhookconfigurations",
            "ValidatingWebhookConfiguration", false, "v1", "" },
        ListRow { Kind::MutatingWebhookConfiguration, admission, "mutatingwebhookconfigurations",
            "MutatingWebhookConfiguration", false, "v1", "" },
        ListRow { Kind::ValidatingAdmissionPolicy, admission, "validatingadmissionpolicies",
            "ValidatingAdmissionPolicy", false, "v1 v1beta1", "" },
        ListRow { Kind::ValidatingAdmissionPolicyBinding, admission, "validatingadmissionpolicybindings",
            "ValidatingAdmissionPolicyBinding", false, "v1 v1beta1", "" },
        // Asked first and alone, since the others may need the names.
        ListRow { Kind::Namespace, "", "namespaces", "Namespace", false, "v1", "" },
    };

} // namespace

std::span<const ListRow> listRows() { return rows; }

std::string resourceName(const ListRow& row)
{
    std::string name(row.resource);
    if (!row.group.empty())
        name.append(".").append(row.group);
    return name;
}

} // namespace glacis::cluster
