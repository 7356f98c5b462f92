// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which fields of each struct a snapshot holds, in order. See archive.h. Internal to inventory/.
#pragma once

#include <inventory/inventory.h>

#include "archive.h"

namespace glacis::inventory {

// The last value of each enumeration: larger numbers in a file are damage.
template <> struct LastOf<Kind> {
    static constexpr auto value = Kind::Other;
};
template <> struct LastOf<Tri> {
    static constexpr auto value = Tri::True;
};
template <> struct LastOf<ContainerRole> {
    static constexpr auto value = ContainerRole::Ephemeral;
};
template <> struct LastOf<EnvSource> {
    static constexpr auto value = EnvSource::Unknown;
};
template <> struct LastOf<VolumeType> {
    static constexpr auto value = VolumeType::Other;
};
template <> struct LastOf<credentials::Place> {
    static constexpr auto value = credentials::Place::Other;
};
template <> struct LastOf<credentials::Detector> {
    static constexpr auto value = credentials::Detector::ProviderToken;
};
template <> struct LastOf<credentials::LengthClass> {
    static constexpr auto value = credentials::LengthClass::From64;
};
template <> struct LastOf<credentials::Alphabet> {
    static constexpr auto value = credentials::Alphabet::Mixed;
};
template <> struct LastOf<ReadState> {
    static constexpr auto value = ReadState::Failed;
};
template <> struct LastOf<Scope> {
    static constexpr auto value = Scope::Cluster;
};
template <> struct LastOf<Diagnostic::Level> {
    static constexpr auto value = Diagnostic::Level::Error;
};
template <> struct LastOf<Confidence> {
    static constexpr auto value = Confidence::Stated;
};

// clang-format off
template <class A> void fields(A& a, ObjectId& v) { a(v.value); }
template <class A> void fields(A& a, KeyValue& v) { a(v.key, v.value); }
template <class A> void fields(A& a, OwnerReference& v) { a(v.apiVersion, v.kind, v.name, v.uid, v.controller); }
template <class A> void fields(A& a, BadField& v) { a(v.path, v.expected, v.found); }
template <class A> void fields(A& a, Object& v)
{
    a(v.kind, v.namespaceAssumed, v.assumed, v.group, v.kindName, v.apiVersion, v.ns, v.name, v.uid, v.labels, v.annotations,
        v.owners, v.badFields, v.file, v.document, v.line, v.blob, v.blobOffset, v.typed);
}

template <class A> void fields(A& a, CredentialLiteral& v)
{
    a(v.place, v.detector, v.length, v.alphabet, v.defaultPassword, v.byValue, v.path, v.key, v.matchedWord, v.publicPrefix,
        v.urlScheme, v.urlHost, v.urlPort, v.urlDatabase, v.reuseGroup);
}
template <class A> void fields(A& a, EnvVar& v) { a(v.name, v.source, v.value, v.refName, v.refKey, v.hasValue, v.optional); }
template <class A> void fields(A& a, EnvFrom& v) { a(v.secret, v.name, v.prefix); }
template <class A> void fields(A& a, ContainerPort& v) { a(v.containerPort, v.hostPort, v.name, v.protocol, v.hostIp); }
template <class A> void fields(A& a, VolumeMount& v) { a(v.name, v.mountPath, v.subPath, v.propagation, v.readOnly); }
template <class A> void fields(A& a, SeLinux& v) { a(v.user, v.role, v.type, v.level); }
template <class A> void fields(A& a, ContainerSecurity& v)
{
    a(v.present, v.privileged, v.allowPrivilegeEscalation, v.readOnlyRootFilesystem, v.runAsNonRoot, v.runAsUser, v.runAsGroup,
        v.capabilitiesAdd, v.capabilitiesDrop, v.seccompType, v.appArmorType, v.procMount, v.seLinux, v.hostProcess);
}
template <class A> void fields(A& a, Container& v)
{
    a(v.role, v.index, v.name, v.image, v.command, v.args, v.env, v.envFrom, v.ports, v.mounts, v.security, v.limitsCpu,
        v.limitsMemory, v.requestsCpu, v.requestsMemory, v.restartPolicy, v.literals);
}
template <class A> void fields(A& a, ProjectedSource& v) { a(v.type, v.name, v.token, v.audience, v.expirationSeconds); }
template <class A> void fields(A& a, Volume& v)
{
    a(v.name, v.type, v.path, v.hostPathType, v.refName, v.projected, v.optional, v.readOnly);
}
template <class A> void fields(A& a, PodSecurity& v)
{
    a(v.present, v.runAsNonRoot, v.runAsUser, v.runAsGroup, v.fsGroup, v.seccompType, v.appArmorType, v.seLinux, v.sysctls,
        v.hostProcess);
}
template <class A> void fields(A& a, Toleration& v) { a(v.key, v.op, v.value, v.effect); }
template <class A> void fields(A& a, PodSpec& v)
{
    a(v.hostPid, v.hostIpc, v.hostNetwork, v.shareProcessNamespace, v.hostUsers, v.automountToken, v.serviceAccount,
        v.serviceAccountSet, v.runtimeClass, v.os, v.security, v.containers, v.volumes, v.imagePullSecrets, v.nodeSelector,
        v.tolerations);
}

template <class A> void fields(A& a, Namespace& v) { a(v.id, v.phase); }
template <class A> void fields(A& a, NodeAddress& v) { a(v.type, v.address); }
template <class A> void fields(A& a, Taint& v) { a(v.key, v.value, v.effect); }
template <class A> void fields(A& a, Node& v)
{
    a(v.id, v.addresses, v.taints, v.podCidrs, v.providerId, v.kubeletVersion, v.containerRuntimeVersion, v.osImage,
        v.kernelVersion, v.operatingSystem);
}
template <class A> void fields(A& a, Workload& v)
{
    a(v.id, v.kind, v.spec, v.podLabels, v.podAnnotations, v.replicas, v.suspended, v.nodeName, v.podIp, v.hostIp, v.phase,
        v.mirror);
}
template <class A> void fields(A& a, LabelRequirement& v) { a(v.key, v.op, v.values); }
template <class A> void fields(A& a, LabelSelector& v) { a(v.present, v.matchLabels, v.expressions); }
template <class A> void fields(A& a, PortNumberOrName& v) { a(v.number, v.name); }
template <class A> void fields(A& a, ServicePort& v) { a(v.name, v.protocol, v.appProtocol, v.port, v.targetPort, v.nodePort); }
template <class A> void fields(A& a, AddressOrHost& v) { a(v.ip, v.hostname); }
template <class A> void fields(A& a, Service& v)
{
    a(v.id, v.type, v.hasSelector, v.selector, v.ports, v.clusterIp, v.externalName, v.loadBalancerIp, v.loadBalancerClass,
        v.externalTrafficPolicy, v.externalIps, v.loadBalancerSourceRanges, v.loadBalancer);
}
template <class A> void fields(A& a, Endpoint& v) { a(v.addresses, v.targetKind, v.targetNamespace, v.targetName, v.nodeName, v.ready); }
template <class A> void fields(A& a, EndpointPort& v) { a(v.name, v.protocol, v.port); }
template <class A> void fields(A& a, Endpoints& v) { a(v.id, v.service, v.endpoints, v.ports); }
template <class A> void fields(A& a, IngressBackend& v) { a(v.service, v.port, v.resourceKind, v.resourceName); }
template <class A> void fields(A& a, IngressPath& v) { a(v.path, v.pathType, v.backend); }
template <class A> void fields(A& a, IngressRule& v) { a(v.host, v.paths); }
template <class A> void fields(A& a, IngressTls& v) { a(v.hosts, v.secret); }
template <class A> void fields(A& a, Ingress& v) { a(v.id, v.className, v.defaultBackend, v.rules, v.tls, v.loadBalancer); }
template <class A> void fields(A& a, IngressClass& v) { a(v.id, v.controller, v.isDefault); }
template <class A> void fields(A& a, GatewayListener& v)
{
    a(v.name, v.hostname, v.protocol, v.tlsMode, v.port, v.hasCertificate, v.allowedFrom);
}
template <class A> void fields(A& a, Gateway& v) { a(v.id, v.className, v.listeners, v.addresses, v.statusAddresses); }
template <class A> void fields(A& a, RouteParent& v) { a(v.group, v.kind, v.ns, v.name, v.sectionName, v.port); }
template <class A> void fields(A& a, RouteBackend& v) { a(v.group, v.kind, v.ns, v.name, v.port); }
template <class A> void fields(A& a, Route& v) { a(v.id, v.parents, v.hostnames, v.backends); }
template <class A> void fields(A& a, IpBlock& v) { a(v.cidr, v.except); }
template <class A> void fields(A& a, PolicyPeer& v) { a(v.pods, v.namespaces, v.ipBlock); }
template <class A> void fields(A& a, PolicyPort& v) { a(v.protocol, v.port, v.endPort); }
template <class A> void fields(A& a, PolicyRule& v) { a(v.peers, v.ports); }
template <class A> void fields(A& a, NetworkPolicy& v)
{
    a(v.id, v.pods, v.selectionKnown, v.ingress, v.egress, v.ingressRules, v.egressRules);
}
template <class A> void fields(A& a, ServiceAccount& v) { a(v.id, v.automountToken, v.secrets, v.imagePullSecrets); }
template <class A> void fields(A& a, PolicyRuleRbac& v) { a(v.verbs, v.apiGroups, v.resources, v.resourceNames, v.nonResourceUrls); }
template <class A> void fields(A& a, Role& v) { a(v.id, v.rules, v.aggregation, v.aggregated); }
template <class A> void fields(A& a, Subject& v) { a(v.kind, v.apiGroup, v.name, v.ns); }
template <class A> void fields(A& a, RoleBinding& v) { a(v.id, v.roleKind, v.roleName, v.subjects); }
template <class A> void fields(A& a, ConfigMap& v) { a(v.id, v.keyCount, v.kept); }
template <class A> void fields(A& a, Secret& v) { a(v.id, v.type, v.keyCount, v.immutable); }
template <class A> void fields(A& a, PersistentVolume& v)
{
    a(v.id, v.hostPath, v.localPath, v.csiDriver, v.claimNamespace, v.claimName, v.storageClass);
}
template <class A> void fields(A& a, PersistentVolumeClaim& v) { a(v.id, v.volumeName, v.storageClass); }
template <class A> void fields(A& a, Webhook& v) { a(v.name, v.failurePolicy, v.serviceNamespace, v.serviceName); }
template <class A> void fields(A& a, WebhookConfiguration& v) { a(v.id, v.webhooks); }
template <class A> void fields(A& a, AdmissionPolicy& v) { a(v.id, v.failurePolicy); }
template <class A> void fields(A& a, AdmissionPolicyBinding& v) { a(v.id, v.policyName, v.actions); }

template <class A> void fields(A& a, Source& v) { a(v.kind, v.name, v.scope, v.captureTime, v.serverVersion, v.apiServer); }
template <class A> void fields(A& a, KindCoverage& v) { a(v.state, v.reason, v.grant); }
template <class A> void fields(A& a, Diagnostic& v) { a(v.level, v.file, v.line, v.document, v.object, v.message); }
template <class A> void fields(A& a, DnsFact& v) { a(v.name, v.addresses); }
template <class A> void fields(A& a, EndpointFact& v) { a(v.what, v.address, v.port, v.target); }
template <class A> void fields(A& a, PortFact& v) { a(v.node, v.port, v.from, v.state, v.service, v.tls); }
template <class A> void fields(A& a, HttpFact& v) { a(v.endpoint, v.path, v.from, v.credentials, v.status); }
template <class A> void fields(A& a, FilterFact& v) { a(v.node, v.chain, v.ports, v.allow); }
template <class A> void fields(A& a, ExploitableFact& v) { a(v.workload, v.port, v.reason); }
template <class A> void fields(A& a, NetworkFact& v) { a(v.plugin, v.enforcesPolicy); }
template <class A> void fields(A& a, EtcdFact& v) { a(v.encryptedAtRest, v.how); }
template <class A> void fields(A& a, KubeconfigFact& v) { a(v.file, v.context, v.user, v.what, v.entry, v.field, v.detail, v.line); }
template <class A, class T> void fields(A& a, Observed<T>& v) { a(v.fact, v.source, v.time, v.confidence); }
/// Without the kubeconfig's facts: they are younger and have a section of their own (snapshot.cpp).
template <class A> void fields(A& a, Observations& v)
{
    a(v.dns, v.endpoints, v.ports, v.http, v.filters, v.exploitable, v.network, v.etcd);
}
// clang-format on

} // namespace glacis::inventory
