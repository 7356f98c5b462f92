// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds.h"

#include <algorithm>
#include <array>

namespace glacis::inventory {
namespace {

    constexpr std::string_view rbac = "rbac.authorization.k8s.io";
    constexpr std::string_view networking = "networking.k8s.io";
    constexpr std::string_view admission = "admissionregistration.k8s.io";
    constexpr std::string_view gateway = "gateway.networking.k8s.io";
    constexpr std::string_view podTemplate = "spec.template.spec";
    constexpr std::string_view jobTemplate = "spec.jobTemplate.spec.template.spec";

    constexpr std::array<KindInfo, KindCount> kinds { {
        { Kind::Namespace, "", "Namespace", "namespaces", false, false, "" },
        { Kind::Node, "", "Node", "nodes", false, false, "" },
        { Kind::Pod, "", "Pod", "pods", true, true, "spec" },
        { Kind::Deployment, "apps", "Deployment", "deployments", true, true, podTemplate },
        { Kind::ReplicaSet, "apps", "ReplicaSet", "replicasets", true, true, podTemplate },
        { Kind::StatefulSet, "apps", "StatefulSet", "statefulsets", true, true, podTemplate },
        { Kind::DaemonSet, "apps", "DaemonSet", "daemonsets", true, true, podTemplate },
        { Kind::Job, "batch", "Job", "jobs", true, true, podTemplate },
        { Kind::CronJob, "batch", "CronJob", "cronjobs", true, true, jobTemplate },
        { Kind::ReplicationController, "", "ReplicationController", "replicationcontrollers", true, true,
            podTemplate },
        { Kind::Service, "", "Service", "services", true, false, "" },
        { Kind::Endpoints, "", "Endpoints", "endpoints", true, false, "" },
        { Kind::EndpointSlice, "discovery.k8s.io", "EndpointSlice", "endpointslices", true, false, "" },
        { Kind::Ingress, networking, "Ingress", "ingresses", true, false, "" },
        { Kind::IngressClass, networking, "IngressClass", "ingressclasses", false, false, "" },
        { Kind::Gateway, gateway, "Gateway", "gateways", true, false, "" },
        { Kind::HttpRoute, gateway, "HTTPRoute", "httproutes", true, false, "" },
        { Kind::NetworkPolicy, networking, "NetworkPolicy", "networkpolicies", true, false, "" },
        { Kind::CiliumNetworkPolicy, "cilium.io", "CiliumNetworkPolicy", "ciliumnetworkpolicies", true, false,
            "" },
        { Kind::CiliumClusterwideNetworkPolicy, "cilium.io", "CiliumClusterwideNetworkPolicy",
            "ciliumclusterwidenetworkpolicies", false, false, "" },
        { Kind::CalicoNetworkPolicy, "crd.projectcalico.org", "NetworkPolicy", "networkpolicies", true, false,
            "" },
        { Kind::CalicoGlobalNetworkPolicy, "crd.projectcalico.org", "GlobalNetworkPolicy",
            "globalnetworkpolicies", false, false, "" },
        { Kind::ServiceAccount, "", "ServiceAccount", "serviceaccounts", true, false, "" },
        { Kind::Role, rbac, "Role", "roles", true, false, "" },
        { Kind::RoleBinding, rbac, "RoleBinding", "rolebindings", true, false, "" },
        { Kind::ClusterRole, rbac, "ClusterRole", "clusterroles", false, false, "" },
        { Kind::ClusterRoleBinding, rbac, "ClusterRoleBinding", "clusterrolebindings", false, false, "" },
        { Kind::ConfigMap, "", "ConfigMap", "configmaps", true, false, "" },
        { Kind::Secret, "", "Secret", "secrets", true, false, "" },
        { Kind::PersistentVolume, "", "PersistentVolume", "persistentvolumes", false, false, "" },
        { Kind::PersistentVolumeClaim, "", "PersistentVolumeClaim", "persistentvolumeclaims", true, false,
            "" },
        { Kind::ValidatingWebhookConfiguration, admission, "ValidatingWebhookConfiguration",
            "validatingwebhookconfigurations", false, false, "" },
        { Kind::MutatingWebhookConfiguration, admission, "MutatingWebhookConfiguration",
            "mutatingwebhookconfigurations", false, false, "" },
        { Kind::ValidatingAdmissionPolicy, admission, "ValidatingAdmissionPolicy",
            "validatingadmissionpolicies", false, false, "" },
        { Kind::ValidatingAdmissionPolicyBinding, admission, "ValidatingAdmissionPolicyBinding",
            "validatingadmissionpolicybindings", false, false, "" },
        { Kind::Other, "", "", "", true, false, "" },
    } };

    struct Alias {
        std::string_view group, kind;
        Kind canonical;
    };
    // Groups that once served a kind, and kinds that share a shape with one of ours.
    constexpr std::array aliases {
        Alias { "extensions", "Deployment", Kind::Deployment },
        Alias { "extensions", "ReplicaSet", Kind::ReplicaSet },
        Alias { "extensions", "DaemonSet", Kind::DaemonSet },
        Alias { "extensions", "Ingress", Kind::Ingress },
        Alias { "extensions", "NetworkPolicy", Kind::NetworkPolicy },
        Alias { "projectcalico.org", "NetworkPolicy", Kind::CalicoNetworkPolicy },
        Alias { "projectcalico.org", "GlobalNetworkPolicy", Kind::CalicoGlobalNetworkPolicy },
        Alias { gateway, "GRPCRoute", Kind::HttpRoute },
        Alias { gateway, "TLSRoute", Kind::HttpRoute },
        Alias { gateway, "TCPRoute", Kind::HttpRoute },
        Alias { "networking.x-k8s.io", "Gateway", Kind::Gateway },
        Alias { "networking.x-k8s.io", "HTTPRoute", Kind::HttpRoute },
    };

    // Cluster-scoped kinds of well-known groups that have no typed object here.
    constexpr std::array<std::string_view, 24> clusterScoped { "APIService", "CertificateSigningRequest",
        "ClusterIssuer", "ClusterPolicy", "ClusterRoleTemplate", "ClusterSecretStore",
        "ClusterExternalSecret", "ComponentStatus", "CSIDriver", "CSINode", "CustomResourceDefinition",
        "FlowSchema", "GatewayClass", "IPPool", "NodePool", "PodSecurityPolicy", "PriorityClass",
        "PriorityLevelConfiguration", "RuntimeClass", "StorageClass", "VolumeAttachment",
        "VolumeSnapshotClass", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding" };

} // namespace

const KindInfo& info(Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

Kind kindOf(std::string_view group, std::string_view kindName)
{
    for (const auto& entry : kinds) {
        if (entry.name == kindName && entry.group == group && entry.kind != Kind::Other)
            return entry.kind;
    }
    for (const auto& alias : aliases) {
        if (alias.kind == kindName && alias.group == group)
            return alias.canonical;
    }
    return Kind::Other;
}

Kind kindByName(std::string_view kindName)
{
    for (const auto& entry : kinds) {
        if (entry.name == kindName)
            return entry.kind;
    }
    return Kind::Other;
}

std::string_view canonicalGroup(std::string_view group, std::string_view kindName)
{
    for (const auto& alias : aliases) {
        if (alias.kind == kindName && alias.group == group)
            return info(alias.canonical).group;
    }
    return group;
}

std::string_view groupOf(std::string_view apiVersion)
{
    const auto slash = apiVersion.find('/');
    return slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
}

bool isNamespaced(std::string_view group, std::string_view kindName)
{
    const Kind kind = kindOf(group, kindName);
    if (kind != Kind::Other)
        return info(kind).namespaced;
    return std::find(clusterScoped.begin(), clusterScoped.end(), kindName) == clusterScoped.end();
}

} // namespace glacis::inventory
