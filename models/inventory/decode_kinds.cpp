// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decoding of the kinds that carry no pod spec.
#include <base/text.h>

#include "decode_session.h"

namespace glacis::inventory {
namespace {

    std::vector<AddressOrHost> loadBalancerStatus(NodeRef root, Fields& f)
    {
        std::vector<AddressOrHost> out;
        for (const NodeRef entry : f.list(root["status"]["loadBalancer"]["ingress"]))
            out.push_back({ f.string(entry["ip"]), f.string(entry["hostname"]) });
        return out;
    }

    // networking.k8s.io/v1 {service: {name, port}} and the old flat {serviceName, servicePort}.
    IngressBackend ingressBackend(NodeRef node, Fields& f)
    {
        IngressBackend backend;
        if (const NodeRef service = node["service"]) {
            backend.service = f.string(service["name"]);
            backend.port.number = f.int32(service["port"]["number"]);
            backend.port.name = f.string(service["port"]["name"]);
        } else {
            backend.service = f.string(node["serviceName"]);
            backend.port = f.portOrName(node["servicePort"]);
        }
        backend.resourceKind = f.string(node["resource"]["kind"]);
        backend.resourceName = f.string(node["resource"]["name"]);
        return backend;
    }

    std::vector<PolicyRule> policyRules(NodeRef rules, Fields& f, std::string_view peersKey)
    {
        std::vector<PolicyRule> out;
        for (const NodeRef node : f.list(rules)) {
            PolicyRule rule;
            for (const NodeRef peerNode : f.list(node[peersKey])) {
                PolicyPeer peer;
                peer.pods = f.selector(peerNode["podSelector"]);
                peer.namespaces = f.selector(peerNode["namespaceSelector"]);
                if (const NodeRef block = f.object(peerNode["ipBlock"]))
                    peer.ipBlock = IpBlock { f.string(block["cidr"]), f.strings(block["except"]) };
                rule.peers.push_back(std::move(peer));
            }
            for (const NodeRef portNode : f.list(node["ports"])) {
                PolicyPort port;
                port.protocol = f.string(portNode["protocol"]);
                if (const NodeRef value = portNode["port"]; value && !value.is(NodeType::Null))
                    port.port = f.portOrName(value);
                port.endPort = f.int32(portNode["endPort"]);
                rule.ports.push_back(port);
            }
            out.push_back(std::move(rule));
        }
        return out;
    }

} // namespace

void Decoder::Session::node(NodeRef root, Fields& f, ObjectId id)
{
    Node out;
    out.id = id;
    const NodeRef status = root["status"];
    const NodeRef spec = root["spec"];
    for (const NodeRef address : f.list(status["addresses"]))
        out.addresses.push_back({ f.string(address["type"]), f.string(address["address"]) });
    for (const NodeRef taint : f.list(spec["taints"]))
        out.taints.push_back({ f.string(taint["key"]), f.string(taint["value"]), f.string(taint["effect"]) });
    out.podCidrs = f.strings(spec["podCIDRs"]);
    if (out.podCidrs.empty() && spec["podCIDR"])
        out.podCidrs.push_back(f.string(spec["podCIDR"]));
    out.providerId = f.string(spec["providerID"]);
    const NodeRef info = status["nodeInfo"];
    out.kubeletVersion = f.string(info["kubeletVersion"]);
    out.containerRuntimeVersion = f.string(info["containerRuntimeVersion"]);
    out.osImage = f.string(info["osImage"]);
    out.kernelVersion = f.string(info["kernelVersion"]);
    out.operatingSystem = f.string(info["operatingSystem"]);
    m_batch.tables.nodes.push_back(std::move(out));
}

void Decoder::Session::service(NodeRef root, Fields& f, ObjectId id)
{
    Service out;
    out.id = id;
    const NodeRef spec = f.object(root["spec"]);
    out.type = f.string(spec["type"]);
    if (out.type.empty())
        out.type = f.intern("ClusterIP");
    out.selector = f.keyValues(spec["selector"]);
    out.hasSelector = !out.selector.empty();
    for (const NodeRef node : f.list(spec["ports"])) {
        ServicePort port;
        port.name = f.string(node["name"]);
        port.protocol = f.string(node["protocol"]);
        if (port.protocol.empty())
            port.protocol = f.intern("TCP");
        port.appProtocol = f.string(node["appProtocol"]);
        port.port = f.int32(node["port"]);
        port.targetPort = f.portOrName(node["targetPort"]);
        if (port.targetPort.number == 0 && port.targetPort.name.empty())
            port.targetPort.number = port.port;
        port.nodePort = f.int32(node["nodePort"]);
        out.ports.push_back(port);
    }
    out.clusterIp = f.string(spec["clusterIP"]);
    out.externalName = f.string(spec["externalName"]);
    out.loadBalancerIp = f.string(spec["loadBalancerIP"]);
    out.loadBalancerClass = f.string(spec["loadBalancerClass"]);
    out.externalTrafficPolicy = f.string(spec["externalTrafficPolicy"]);
    out.externalIps = f.strings(spec["externalIPs"]);
    out.loadBalancerSourceRanges = f.strings(spec["loadBalancerSourceRanges"]);
    out.loadBalancer = loadBalancerStatus(root, f);
    m_batch.tables.services.push_back(std::move(out));
}

void Decoder::Session::endpoints(NodeRef root, Fields& f, Object& object, ObjectId id)
{
    Endpoints out;
    out.id = id;
    const auto target = [&](Endpoint& endpoint, NodeRef node) {
        const NodeRef reference = node["targetRef"];
        endpoint.targetKind = f.string(reference["kind"]);
        endpoint.targetNamespace = f.string(reference["namespace"]);
        endpoint.targetName = f.string(reference["name"]);
        endpoint.nodeName = f.string(node["nodeName"]);
    };
    const auto ports = [&](NodeRef list) {
        for (const NodeRef port : f.list(list))
            out.ports.push_back(
                { f.string(port["name"]), f.string(port["protocol"]), f.int32(port["port"]) });
    };
    if (object.kind == Kind::EndpointSlice) {
        if (const Str* service = object.label("kubernetes.io/service-name"))
            out.service = *service;
        for (const NodeRef node : f.list(root["endpoints"])) {
            Endpoint endpoint;
            endpoint.addresses = f.strings(node["addresses"]);
            target(endpoint, node);
            endpoint.ready = f.tri(node["conditions"]["ready"]) != Tri::False;
            out.endpoints.push_back(std::move(endpoint));
        }
        ports(root["ports"]);
    } else {
        out.service = object.name;
        for (const NodeRef subset : f.list(root["subsets"])) {
            for (const std::string_view key : { "addresses", "notReadyAddresses" }) {
                for (const NodeRef node : f.list(subset[key])) {
                    Endpoint endpoint;
                    endpoint.addresses.push_back(f.string(node["ip"]));
                    target(endpoint, node);
                    endpoint.ready = key == "addresses";
                    out.endpoints.push_back(std::move(endpoint));
                }
            }
            ports(subset["ports"]);
        }
    }
    m_batch.tables.endpoints.push_back(std::move(out));
}

void Decoder::Session::ingress(NodeRef root, Fields& f, Object& object, ObjectId id)
{
    Ingress out;
    out.id = id;
    const NodeRef spec = f.object(root["spec"]);
    out.className = f.string(spec["ingressClassName"]);
    if (const Str* old = object.annotation("kubernetes.io/ingress.class"); out.className.empty() && old)
        out.className = *old;
    out.defaultBackend = ingressBackend(spec["defaultBackend"] ? spec["defaultBackend"] : spec["backend"], f);
    for (const NodeRef node : f.list(spec["rules"])) {
        IngressRule rule;
        rule.host = f.string(node["host"]);
        for (const NodeRef path : f.list(node["http"]["paths"]))
            rule.paths.push_back(
                { f.string(path["path"]), f.string(path["pathType"]), ingressBackend(path["backend"], f) });
        out.rules.push_back(std::move(rule));
    }
    for (const NodeRef tls : f.list(spec["tls"]))
        out.tls.push_back({ f.strings(tls["hosts"]), f.string(tls["secretName"]) });
    out.loadBalancer = loadBalancerStatus(root, f);
    m_batch.tables.ingresses.push_back(std::move(out));
}

void Decoder::Session::gateway(NodeRef root, Fields& f, ObjectId id)
{
    Gateway out;
    out.id = id;
    const NodeRef spec = f.object(root["spec"]);
    out.className = f.string(spec["gatewayClassName"]);
    for (const NodeRef node : f.list(spec["listeners"])) {
        GatewayListener listener;
        listener.name = f.string(node["name"]);
        listener.hostname = f.string(node["hostname"]);
        listener.protocol = f.string(node["protocol"]);
        listener.port = f.int32(node["port"]);
        listener.tlsMode = f.string(node["tls"]["mode"]);
        listener.hasCertificate = node["tls"]["certificateRefs"].size() > 0;
        listener.allowedFrom = f.string(node["allowedRoutes"]["namespaces"]["from"]);
        out.listeners.push_back(listener);
    }
    for (const NodeRef address : f.list(spec["addresses"]))
        out.addresses.push_back(f.string(address["value"]));
    for (const NodeRef address : f.list(root["status"]["addresses"]))
        out.statusAddresses.push_back(f.string(address["value"]));
    m_batch.tables.gateways.push_back(std::move(out));
}

void Decoder::Session::route(NodeRef root, Fields& f, ObjectId id)
{
    Route out;
    out.id = id;
    const NodeRef spec = f.object(root["spec"]);
    for (const NodeRef parent : f.list(spec["parentRefs"]))
        out.parents.push_back(
            { f.string(parent["group"]), f.string(parent["kind"]), f.string(parent["namespace"]),
                f.string(parent["name"]), f.string(parent["sectionName"]), f.int32(parent["port"]) });
    out.hostnames = f.strings(spec["hostnames"]);
    for (const NodeRef rule : f.list(spec["rules"])) {
        for (const NodeRef backend : f.list(rule["backendRefs"]))
            out.backends.push_back({ f.string(backend["group"]), f.string(backend["kind"]),
                f.string(backend["namespace"]), f.string(backend["name"]), f.int32(backend["port"]) });
    }
    m_batch.tables.routes.push_back(std::move(out));
}

void Decoder::Session::networkPolicy(NodeRef root, Fields& f, ObjectId id)
{
    NetworkPolicy out;
    out.id = id;
    const NodeRef spec = f.object(root["spec"]);
    out.pods = f.selector(spec["podSelector"]);
    out.ingressRules = policyRules(spec["ingress"], f, "from");
    out.egressRules = policyRules(spec["egress"], f, "to");
    if (const NodeRef types = spec["policyTypes"]; types && !types.is(NodeType::Null)) {
        for (const Str type : f.strings(types)) {
            out.ingress = out.ingress || type == "Ingress";
            out.egress = out.egress || type == "Egress";
        }
    } else { // the API server's default: Ingress always, Egress when it has rules
        out.ingress = true;
        out.egress = !out.egressRules.empty();
    }
    m_batch.tables.networkPolicies.push_back(std::move(out));
}

// Cilium selects by labels (with source prefixes that are cut), Calico by an expression of which only all()
// is read. Their rules are not decoded: what they allow is unknown, that they exist and select is known.
void Decoder::Session::otherPolicy(NodeRef root, Fields& f, const Object& object, ObjectId id)
{
    NetworkPolicy out;
    out.id = id;
    const bool cilium = object.group == "cilium.io";
    const NodeRef spec = root["spec"] ? f.object(root["spec"]) : NodeRef();
    if (cilium) {
        out.pods = f.selector(spec["endpointSelector"]);
        for (auto& pair : out.pods.matchLabels) {
            for (const std::string_view prefix : { "k8s:", "any:" }) {
                if (pair.key.view().starts_with(prefix))
                    pair.key = f.intern(pair.key.view().substr(prefix.size()));
            }
        }
        out.selectionKnown = out.pods.present && !root["specs"];
        out.ingress = static_cast<bool>(spec["ingress"]) || static_cast<bool>(spec["ingressDeny"]);
        out.egress = static_cast<bool>(spec["egress"]) || static_cast<bool>(spec["egressDeny"]);
    } else {
        const std::string_view selector = trim(f.view(spec["selector"]));
        out.selectionKnown = (selector.empty() || selector == "all()") && !spec["serviceAccountSelector"]
            && !spec["namespaceSelector"];
        out.pods.present = out.selectionKnown;
        const auto types = f.strings(spec["types"]);
        for (const Str type : types) {
            out.ingress = out.ingress || type == "Ingress";
            out.egress = out.egress || type == "Egress";
        }
        if (types.empty()) {
            out.egress = spec["egress"].size() > 0;
            out.ingress = spec["ingress"].size() > 0 || !out.egress;
        }
    }
    m_batch.tables.networkPolicies.push_back(std::move(out));
}

void Decoder::Session::serviceAccount(NodeRef root, Fields& f, ObjectId id)
{
    ServiceAccount out;
    out.id = id;
    out.automountToken = f.tri(root["automountServiceAccountToken"]);
    for (const NodeRef secret : f.list(root["secrets"]))
        out.secrets.push_back(f.string(secret["name"]));
    for (const NodeRef secret : f.list(root["imagePullSecrets"]))
        out.imagePullSecrets.push_back(f.string(secret["name"]));
    m_batch.tables.serviceAccounts.push_back(std::move(out));
}

void Decoder::Session::role(NodeRef root, Fields& f, ObjectId id)
{
    Role out;
    out.id = id;
    for (const NodeRef rule : f.list(root["rules"]))
        out.rules.push_back(
            { f.strings(rule["verbs"]), f.strings(rule["apiGroups"]), f.strings(rule["resources"]),
                f.strings(rule["resourceNames"]), f.strings(rule["nonResourceURLs"]) });
    if (const NodeRef aggregation = f.object(root["aggregationRule"])) {
        out.aggregated = true;
        for (const NodeRef selector : f.list(aggregation["clusterRoleSelectors"]))
            out.aggregation.push_back(f.selector(selector));
    }
    m_batch.tables.roles.push_back(std::move(out));
}

void Decoder::Session::binding(NodeRef root, Fields& f, ObjectId id)
{
    RoleBinding out;
    out.id = id;
    const NodeRef role = f.object(root["roleRef"]);
    out.roleKind = f.string(role["kind"]);
    out.roleName = f.string(role["name"]);
    for (const NodeRef subject : f.list(root["subjects"]))
        out.subjects.push_back({ f.string(subject["kind"]), f.string(subject["apiGroup"]),
            f.string(subject["name"]), f.string(subject["namespace"]) });
    m_batch.tables.bindings.push_back(std::move(out));
}

void Decoder::Session::volume(NodeRef root, Fields& f, const Object& object, ObjectId id)
{
    const NodeRef spec = f.object(root["spec"]);
    if (object.kind == Kind::PersistentVolumeClaim) {
        m_batch.tables.persistentVolumeClaims.push_back(
            { id, f.string(spec["volumeName"]), f.string(spec["storageClassName"]) });
        return;
    }
    PersistentVolume out;
    out.id = id;
    out.hostPath = f.string(spec["hostPath"]["path"]);
    out.localPath = f.string(spec["local"]["path"]);
    out.csiDriver = f.string(spec["csi"]["driver"]);
    out.claimNamespace = f.string(spec["claimRef"]["namespace"]);
    out.claimName = f.string(spec["claimRef"]["name"]);
    out.storageClass = f.string(spec["storageClassName"]);
    m_batch.tables.persistentVolumes.push_back(out);
}

void Decoder::Session::admission(NodeRef root, Fields& f, const Object& object, ObjectId id)
{
    const NodeRef spec = root["spec"];
    if (object.kind == Kind::ValidatingAdmissionPolicy) {
        m_batch.tables.admissionPolicies.push_back({ id, f.string(spec["failurePolicy"]) });
        return;
    }
    if (object.kind == Kind::ValidatingAdmissionPolicyBinding) {
        m_batch.tables.admissionPolicyBindings.push_back(
            { id, f.string(spec["policyName"]), f.strings(spec["validationActions"]) });
        return;
    }
    WebhookConfiguration out;
    out.id = id;
    for (const NodeRef webhook : f.list(root["webhooks"])) {
        const NodeRef service = webhook["clientConfig"]["service"];
        out.webhooks.push_back({ f.string(webhook["name"]), f.string(webhook["failurePolicy"]),
            f.string(service["namespace"]), f.string(service["name"]) });
    }
    m_batch.tables.webhooks.push_back(std::move(out));
}

} // namespace glacis::inventory
