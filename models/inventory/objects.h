// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Typed objects of a cluster. Every object has an entry in Inventory::objects (identity, place in the
// source); the structs here add the fields that a check or the graph reads. All are filled once while
// decoding, then never changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <base/str.h>
#include <inventory/kinds.h>
#include <inventory/pod_spec.h>

namespace glacis::inventory {

/// Index into Inventory::objects.
struct ObjectId {
    std::uint32_t value = UINT32_MAX;
    [[nodiscard]] bool valid() const { return value != UINT32_MAX; }
    friend bool operator==(ObjectId, ObjectId) = default;
    friend auto operator<=>(ObjectId, ObjectId) = default;
};
inline constexpr ObjectId NoObject {};

struct OwnerReference {
    Str apiVersion, kind, name, uid;
    bool controller = false;
};

/// A field that could not be decoded: the object is kept, the field counts as unknown (never as pass).
struct BadField {
    Str path;
    Str expected;
    Str found; ///< type or short text of what stood there
};

struct Object {
    Kind kind = Kind::Other;
    bool namespaceAssumed = false; ///< a namespaced manifest without namespace: "default"
    bool assumed = false; ///< from a built-in table, not from the source (bootstrap roles)
    Str group; ///< canonical
    Str kindName;
    Str apiVersion; ///< as in the source
    Str ns; ///< empty for cluster-scoped kinds
    Str name;
    Str uid;
    KeyValues labels;
    KeyValues annotations; ///< values redacted and cut after 256 bytes; last-applied-configuration keeps its
                           ///< key only
    std::vector<OwnerReference> owners;
    std::vector<BadField> badFields;
    std::uint32_t file = 0; ///< Inventory::files
    std::uint32_t document = 0; ///< 1-based within the file; items of a List count up
    std::uint32_t line = 0; ///< 1-based line where the object begins; 0 when unknown
    std::uint32_t blob = 0; ///< block of redacted JSON
    std::uint32_t blobOffset = 0;
    std::uint32_t typed = UINT32_MAX; ///< index in the vector of its kind

    [[nodiscard]] const Str* label(std::string_view key) const { return find(labels, key); }
    [[nodiscard]] const Str* annotation(std::string_view key) const { return find(annotations, key); }
};

struct Namespace {
    ObjectId id;
    Str phase;
};
struct NodeAddress {
    Str type; ///< InternalIP, ExternalIP, Hostname…
    Str address;
};
struct Taint {
    Str key, value, effect;
};
struct Node {
    ObjectId id;
    std::vector<NodeAddress> addresses;
    std::vector<Taint> taints;
    std::vector<Str> podCidrs;
    Str providerId, kubeletVersion, containerRuntimeVersion, osImage, kernelVersion, operatingSystem;
    [[nodiscard]] bool isControlPlane(
        const Object& object) const; ///< by label node-role.kubernetes.io/{control-plane,master}
};
/// A Pod or a controller: everything that carries a pod spec.
struct Workload {
    ObjectId id;
    Kind kind = Kind::Pod;
    std::uint32_t spec = UINT32_MAX; ///< Inventory::podSpecs; UINT32_MAX when it could not be decoded
    KeyValues podLabels; ///< the template's labels, or the Pod's own
    KeyValues podAnnotations; ///< likewise
    std::optional<std::int64_t> replicas; ///< as asked for; unset where the kind has none or it is absent
    bool suspended = false;
    // of Pods
    Str nodeName, podIp, hostIp, phase;
    bool mirror = false; ///< static pod: annotation kubernetes.io/config.mirror
};

struct LabelRequirement {
    Str key, op; ///< op: In, NotIn, Exists, DoesNotExist
    std::vector<Str> values;
};
struct LabelSelector {
    bool present = false; ///< absent selects nothing or everything: the field's own rule
    KeyValues matchLabels;
    std::vector<LabelRequirement> expressions;
    [[nodiscard]] bool empty() const
    {
        return matchLabels.empty() && expressions.empty();
    } ///< {} selects all
    [[nodiscard]] bool matches(const KeyValues& labels) const;
};

struct PortNumberOrName {
    std::int32_t number = 0;
    Str name;
};
struct ServicePort {
    Str name, protocol, appProtocol;
    std::int32_t port = 0;
    PortNumberOrName targetPort; ///< the service port when absent
    std::int32_t nodePort = 0;
};
struct AddressOrHost {
    Str ip, hostname;
};
struct Service {
    ObjectId id;
    Str type; ///< "ClusterIP" when absent
    bool hasSelector = false;
    KeyValues selector;
    std::vector<ServicePort> ports;
    Str clusterIp, externalName, loadBalancerIp, loadBalancerClass, externalTrafficPolicy;
    std::vector<Str> externalIps;
    std::vector<Str> loadBalancerSourceRanges;
    std::vector<AddressOrHost> loadBalancer; ///< status.loadBalancer.ingress
};
struct Endpoint {
    std::vector<Str> addresses;
    Str targetKind, targetNamespace, targetName, nodeName;
    bool ready = true;
};
struct EndpointPort {
    Str name, protocol;
    std::int32_t port = 0;
};
struct Endpoints { // Endpoints and EndpointSlice
    ObjectId id;
    Str service; ///< same namespace
    std::vector<Endpoint> endpoints;
    std::vector<EndpointPort> ports;
};
struct IngressBackend {
    Str service;
    PortNumberOrName port;
    Str resourceKind, resourceName;
    [[nodiscard]] bool present() const { return !service.empty() || !resourceName.empty(); }
};
struct IngressPath {
    Str path, pathType;
    IngressBackend backend;
};
struct IngressRule {
    Str host;
    std::vector<IngressPath> paths;
};
struct IngressTls {
    std::vector<Str> hosts;
    Str secret;
};
struct Ingress {
    ObjectId id;
    Str className; ///< spec.ingressClassName, else the old annotation
    IngressBackend defaultBackend;
    std::vector<IngressRule> rules;
    std::vector<IngressTls> tls;
    std::vector<AddressOrHost> loadBalancer;
};
struct IngressClass {
    ObjectId id;
    Str controller;
    bool isDefault = false;
};
struct GatewayListener {
    Str name, hostname, protocol, tlsMode;
    std::int32_t port = 0;
    bool hasCertificate = false;
    Str allowedFrom; ///< Same, All, Selector
};
struct Gateway {
    ObjectId id;
    Str className;
    std::vector<GatewayListener> listeners;
    std::vector<Str> addresses; ///< spec
    std::vector<Str> statusAddresses;
};
struct RouteParent {
    Str group, kind, ns, name, sectionName;
    std::int32_t port = 0;
};
struct RouteBackend {
    Str group, kind, ns, name;
    std::int32_t port = 0;
};
struct Route {
    ObjectId id;
    std::vector<RouteParent> parents;
    std::vector<Str> hostnames;
    std::vector<RouteBackend> backends;
};
struct IpBlock {
    Str cidr;
    std::vector<Str> except;
};
struct PolicyPeer {
    LabelSelector pods;
    LabelSelector namespaces;
    std::optional<IpBlock> ipBlock;
};
struct PolicyPort {
    Str protocol;
    std::optional<PortNumberOrName> port; ///< absent: every port
    std::int32_t endPort = 0;
};
struct PolicyRule {
    std::vector<PolicyPeer> peers; ///< empty: everyone
    std::vector<PolicyPort> ports; ///< empty: every port
};
struct NetworkPolicy { // the Kubernetes kind and, as far as recognised, Cilium's and Calico's
    ObjectId id;
    LabelSelector pods;
    bool selectionKnown
        = true; ///< false: a selector language that is not evaluated; what it selects is unknown
    bool ingress = false; ///< policyTypes, with the default rule applied
    bool egress = false;
    std::vector<PolicyRule> ingressRules;
    std::vector<PolicyRule> egressRules;
};
struct ServiceAccount {
    ObjectId id;
    Tri automountToken = Tri::Unset;
    std::vector<Str> secrets;
    std::vector<Str> imagePullSecrets;
};
struct PolicyRuleRbac {
    std::vector<Str> verbs, apiGroups, resources, resourceNames, nonResourceUrls;
};
struct Role { // Role and ClusterRole
    ObjectId id;
    std::vector<PolicyRuleRbac> rules;
    std::vector<LabelSelector> aggregation; ///< clusterRoleSelectors
    bool aggregated = false; ///< an aggregationRule stands there
};
struct Subject {
    Str kind, apiGroup, name, ns;
};
struct RoleBinding { // RoleBinding and ClusterRoleBinding
    ObjectId id;
    Str roleKind, roleName;
    std::vector<Subject> subjects;
};
struct ConfigMap {
    ObjectId id;
    std::uint32_t keyCount = 0;
    KeyValues
        kept; ///< only of kubeadm-config, kube-proxy, kubelet-config*, cluster-info: redacted text by key
};
struct Secret {
    ObjectId id;
    Str type; ///< "Opaque" when absent
    std::uint32_t keyCount = 0;
    Tri immutable = Tri::Unset;
};
struct PersistentVolume {
    ObjectId id;
    Str hostPath, localPath, csiDriver, claimNamespace, claimName, storageClass;
};
struct PersistentVolumeClaim {
    ObjectId id;
    Str volumeName, storageClass;
};
struct Webhook {
    Str name, failurePolicy, serviceNamespace, serviceName;
};
struct WebhookConfiguration { // validating and mutating
    ObjectId id;
    std::vector<Webhook> webhooks;
};
struct AdmissionPolicy {
    ObjectId id;
    Str failurePolicy;
};
struct AdmissionPolicyBinding {
    ObjectId id;
    Str policyName;
    std::vector<Str> actions;
};

} // namespace glacis::inventory
