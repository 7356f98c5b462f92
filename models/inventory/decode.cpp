// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode.h"

#include <algorithm>

#include <base/text.h>

#include "decode_session.h"

namespace glacis::inventory {
namespace {

    constexpr std::size_t annotationLimit = 256; // bytes kept of an annotation's value in the typed object
    constexpr int maxListDepth = 4; // lists of lists
    constexpr std::string_view lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    constexpr std::string_view notKept = "‹not kept›";

    // Files for tools, with apiVersion and kind but never stored in a cluster.
    constexpr std::array<std::string_view, 7> toolGroups { "kustomize.config.k8s.io", "kubeadm.k8s.io",
        "kubelet.config.k8s.io", "kubeproxy.config.k8s.io", "kind.x-k8s.io", "apiserver.config.k8s.io",
        "audit.k8s.io" };

    std::string describe(std::string_view kind, std::string_view ns, std::string_view name)
    {
        std::string text(cutText(kind, 80));
        text += ' ';
        if (!ns.empty())
            text.append(cutText(ns, 80)).push_back('/');
        return text.append(cutText(name, 253));
    }

} // namespace

std::string_view cutText(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U)
        --limit;
    return text.substr(0, limit);
}

std::shared_ptr<const SpecEntry> SpecCache::find(Hash128 key) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? nullptr : found->second;
}

std::shared_ptr<const SpecEntry> SpecCache::insert(Hash128 key, std::shared_ptr<const SpecEntry> entry)
{
    const std::lock_guard lock(m_mutex);
    return m_entries.emplace(key, std::move(entry)).first->second;
}

Decoder::Decoder(DecodeShared& shared)
    : m_shared(shared)
    , m_buffers(std::make_unique<Buffers>(shared.rules))
{
}

Decoder::~Decoder() = default;

Batch Decoder::decode(const Tree& tree, const std::vector<std::uint32_t>& roots, bool itemsOfList,
    const Origin& origin, std::span<const std::uint32_t> brokenBefore)
{
    Batch batch;
    m_buffers->blobs.begin(batch.blobs);
    Session session(m_shared, *m_buffers, tree, origin, batch);
    auto broken = brokenBefore.begin();
    const auto countBroken = [&](std::size_t rootsDone) {
        for (; broken != brokenBefore.end() && *broken <= rootsDone; ++broken)
            batch.brokenDocuments.push_back(++batch.documents);
    };
    for (std::size_t i = 0; i < roots.size(); ++i) {
        countBroken(i);
        const NodeRef node(tree, roots[i]);
        if (itemsOfList && node.is(NodeType::Array)) {
            for (const NodeRef item : node)
                session.document(item, origin.listApiVersion, origin.listKind, 1);
        } else {
            session.document(node, origin.listApiVersion, origin.listKind, itemsOfList ? 1 : 0);
        }
    }
    countBroken(SIZE_MAX);
    m_buffers->blobs.end();
    for (std::size_t level = 0; level < batch.remarksOf.size(); ++level) {
        if (batch.remarksOf[level] > mostRemarks)
            batch.remarks.push_back({ static_cast<Diagnostic::Level>(level), batch.remarks.back().line, 0, {},
                std::to_string(batch.remarksOf[level] - mostRemarks)
                    + " more remarks like these were left out" });
    }
    return batch;
}

void Decoder::Session::remark(Diagnostic::Level level, NodeRef where, std::string object, std::string message)
{
    if (++m_batch.remarksOf[static_cast<std::size_t>(level)] <= mostRemarks)
        m_batch.remarks.push_back(
            { level, where.line(), m_batch.documents, std::move(object), std::move(message) });
}

// A document is an object, a List, a typed list, a bare array of objects, or something else that is named.
void Decoder::Session::document(
    NodeRef root, const std::string& listApiVersion, const std::string& listKind, int depth)
{
    using enum Diagnostic::Level;
    if (root.is(NodeType::Null))
        return; // an empty document between two ---
    if (root.is(NodeType::Array) && depth == 0) {
        for (const NodeRef item : root)
            document(item, {}, {}, 1);
        return;
    }
    if (!root.is(NodeType::Object)) {
        ++m_batch.documents;
        remark(
            Info, root, {}, "not a Kubernetes object (" + std::string(name(root.type())) + "), passed over");
        return;
    }
    std::string_view apiVersion = root["apiVersion"].text();
    std::string_view kind = root["kind"].text();
    const NodeRef items = root["items"];
    const bool knownList = kind == "List" || (kind.size() > 4 && kind.ends_with("List"));
    if (knownList && (items.is(NodeType::Array) || items.is(NodeType::Null) || !items)) {
        if (depth > maxListDepth) {
            ++m_batch.documents;
            remark(Error, root, {}, "lists are nested too deeply");
            return;
        }
        list(root, items, apiVersion, kind, depth);
        return;
    }
    if (kind.empty() && !listKind.empty() && listKind != "List") {
        kind = std::string_view(listKind).substr(0, listKind.size() - 4);
        if (apiVersion.empty())
            apiVersion = listApiVersion;
    }
    ++m_batch.documents;
    if (kind.empty() || apiVersion.empty()) {
        if (depth > 0 && listKind.empty() && root["metadata"].is(NodeType::Object))
            m_batch.needsListKind = true;
        remark(Info, root, {},
            kind.empty() && apiVersion.empty()
                ? "no apiVersion and kind: not a Kubernetes object, passed over"
                : kind.empty() ? "no kind: not a Kubernetes object, passed over"
                               : "no apiVersion: not a Kubernetes object, passed over");
        return;
    }
    object(root, apiVersion, kind);
}

void Decoder::Session::list(
    NodeRef root, NodeRef items, std::string_view apiVersion, std::string_view kind, int depth)
{
    if (items.size() == 0) {
        const Kind element = kindOf(groupOf(apiVersion), kind.substr(0, kind.size() - 4));
        if (element != Kind::Other)
            m_batch.emptyLists.set(static_cast<std::size_t>(element));
        else if (kind != "List" && root["metadata"])
            return;
        return;
    }
    const std::string version(apiVersion);
    const std::string listKind(kind);
    for (const NodeRef item : items)
        document(item, version, listKind, depth + 1);
}

void Decoder::Session::object(NodeRef root, std::string_view apiVersion, std::string_view kindName)
{
    using enum Diagnostic::Level;
    const std::string_view group = groupOf(apiVersion);
    const NodeRef metadata = root["metadata"];
    const std::string_view objectName
        = metadata["name"].is(NodeType::String) ? metadata["name"].text() : metadata["generateName"].text();
    const bool forTools = std::find(toolGroups.begin(), toolGroups.end(), group) != toolGroups.end();
    if (objectName.empty()) {
        if (forTools || kindName == "Kustomization" || kindOf(group, kindName) == Kind::Other)
            remark(Info, root, std::string(cutText(kindName, 80)),
                "no object of a cluster (no metadata.name), passed over");
        else
            remark(Error, root, std::string(cutText(kindName, 80)),
                "metadata.name is missing or no string: the object was left out");
        return;
    }
    if (forTools) {
        remark(Info, root, describe(kindName, {}, objectName),
            "configuration of a tool, no object of a cluster: passed over");
        return;
    }

    m_buffers.redactions.clear();
    m_clean = {};
    Object object;
    object.kind = kindOf(group, kindName);
    auto canonical = canonicalGroup(group, kindName);
    if (const Kind meant = group.empty() ? kindByName(kindName) : Kind::Other;
        object.kind == Kind::Other && meant != Kind::Other) {
        // "apiVersion: v1, kind: Deployment": a server refuses it, but a scan that passes over it would hide
        // what it says.
        object.kind = meant;
        canonical = info(meant).group;
        remark(Warning, root, describe(kindName, {}, objectName),
            "apiVersion " + std::string(cutText(apiVersion, 40)) + " has no such kind; read as one of group "
                + std::string(canonical));
    }
    object.group = m_shared.strings.intern(canonical);
    object.kindName = m_shared.strings.intern(kindName);
    object.apiVersion = m_shared.strings.intern(apiVersion);
    object.name = m_shared.strings.intern(objectName);
    object.file = m_origin.file;
    object.document = m_batch.documents;
    object.line = root.line();
    const ObjectId id { static_cast<std::uint32_t>(m_batch.tables.objects.size()) };
    Fields fields(m_shared.strings, root.index(), object.badFields);
    meta(root, fields, object);
    typed(root, fields, object, id);

    std::sort(m_buffers.redactions.begin(), m_buffers.redactions.end(),
        [](const Redaction& a, const Redaction& b) { return a.node < b.node; });
    const auto place = m_buffers.blobs.append(
        m_tree, root.index(), m_buffers.redactions, m_clean, object.kind == Kind::Other);
    object.blob = place.blob;
    object.blobOffset = place.offset;
    for (const auto& bad : object.badFields) {
        std::string message
            = bad.path.str() + ": expected " + bad.expected.str() + ", found " + bad.found.str();
        bool exact = false;
        const NodeRef where(m_tree, nodeAt(m_tree, root.index(), bad.path, exact));
        remark(Error, where, describe(kindName, object.ns, objectName), std::move(message));
    }
    m_batch.tables.objects.push_back(std::move(object));
}

void Decoder::Session::meta(NodeRef root, Fields& f, Object& object)
{
    const NodeRef metadata = f.object(root["metadata"]);
    if (isNamespaced(object.group, object.kindName)) {
        object.ns = f.string(metadata["namespace"]);
        if (object.ns.empty()) {
            object.ns = f.intern("default");
            object.namespaceAssumed = true;
        }
    }
    object.uid = f.string(metadata["uid"]);
    object.labels = f.keyValues(metadata["labels"]);
    for (const NodeRef annotation : f.object(metadata["annotations"])) {
        const auto key = annotation.key();
        if (key == lastApplied) {
            // The object as applied once more, Secret values and literals included.
            redact(annotation, std::string(notKept));
            object.annotations.push_back({ f.intern(key), {} });
            continue;
        }
        std::string_view text = f.view(annotation);
        std::string clean;
        const auto judged = credentials::classify(key, text, credentials::Place::Annotation, m_shared.rules);
        if (judged.isCredential()) {
            clean = judged.redacted;
            text = clean;
            redact(annotation, clean);
        } else if (credentials::mayHoldCredential(text)) {
            clean = credentials::redactText(text, m_shared.rules);
            text = clean;
        }
        object.annotations.push_back({ f.intern(key), f.intern(cutText(text, annotationLimit)) });
    }
    for (const NodeRef owner : f.list(metadata["ownerReferences"]))
        object.owners.push_back({ f.string(owner["apiVersion"]), f.string(owner["kind"]),
            f.string(owner["name"]), f.string(owner["uid"]), f.boolean(owner["controller"]) });
    if (const NodeRef managed = metadata["managedFields"])
        drop(managed);
}

void Decoder::Session::typed(NodeRef root, Fields& f, Object& object, ObjectId id)
{
    Tables& t = m_batch.tables;
    const auto next = [](const auto& items) { return static_cast<std::uint32_t>(items.size()); };
    switch (object.kind) {
    case Kind::Namespace:
        object.typed = next(t.namespaces);
        t.namespaces.push_back({ id, f.string(root["status"]["phase"]) });
        break;
    case Kind::Node:
        object.typed = next(t.nodes);
        node(root, f, id);
        break;
    case Kind::Pod:
    case Kind::Deployment:
    case Kind::ReplicaSet:
    case Kind::StatefulSet:
    case Kind::DaemonSet:
    case Kind::Job:
    case Kind::CronJob:
    case Kind::ReplicationController:
        object.typed = next(t.workloads);
        workload(root, f, object, id);
        break;
    case Kind::Service:
        object.typed = next(t.services);
        service(root, f, id);
        break;
    case Kind::Endpoints:
    case Kind::EndpointSlice:
        object.typed = next(t.endpoints);
        endpoints(root, f, object, id);
        break;
    case Kind::Ingress:
        object.typed = next(t.ingresses);
        ingress(root, f, object, id);
        break;
    case Kind::IngressClass: {
        object.typed = next(t.ingressClasses);
        const Str* isDefault = object.annotation("ingressclass.kubernetes.io/is-default-class");
        t.ingressClasses.push_back(
            { id, f.string(root["spec"]["controller"]), isDefault && *isDefault == "true" });
        break;
    }
    case Kind::Gateway:
        object.typed = next(t.gateways);
        gateway(root, f, id);
        break;
    case Kind::HttpRoute:
        object.typed = next(t.routes);
        route(root, f, id);
        break;
    case Kind::NetworkPolicy:
        object.typed = next(t.networkPolicies);
        networkPolicy(root, f, id);
        break;
    case Kind::CiliumNetworkPolicy:
    case Kind::CiliumClusterwideNetworkPolicy:
    case Kind::CalicoNetworkPolicy:
    case Kind::CalicoGlobalNetworkPolicy:
        object.typed = next(t.networkPolicies);
        otherPolicy(root, f, object, id);
        break;
    case Kind::ServiceAccount:
        object.typed = next(t.serviceAccounts);
        serviceAccount(root, f, id);
        break;
    case Kind::Role:
    case Kind::ClusterRole:
        object.typed = next(t.roles);
        role(root, f, id);
        break;
    case Kind::RoleBinding:
    case Kind::ClusterRoleBinding:
        object.typed = next(t.bindings);
        binding(root, f, id);
        break;
    case Kind::ConfigMap:
        object.typed = next(t.configMaps);
        configMap(root, f, object, id);
        break;
    case Kind::Secret:
        object.typed = next(t.secrets);
        secret(root, f, id);
        break;
    case Kind::PersistentVolume:
        object.typed = next(t.persistentVolumes);
        volume(root, f, object, id);
        break;
    case Kind::PersistentVolumeClaim:
        object.typed = next(t.persistentVolumeClaims);
        volume(root, f, object, id);
        break;
    case Kind::ValidatingWebhookConfiguration:
    case Kind::MutatingWebhookConfiguration:
        object.typed = next(t.webhooks);
        admission(root, f, object, id);
        break;
    case Kind::ValidatingAdmissionPolicy:
        object.typed = next(t.admissionPolicies);
        admission(root, f, object, id);
        break;
    case Kind::ValidatingAdmissionPolicyBinding:
        object.typed = next(t.admissionPolicyBindings);
        admission(root, f, object, id);
        break;
    case Kind::Other:
        break;
    }
}

void Decoder::Session::configMap(NodeRef root, Fields& f, const Object& object, ObjectId id)
{
    ConfigMap map;
    map.id = id;
    const std::string_view name = object.name;
    const bool systemNs = object.ns == "kube-system" || object.ns == "kube-public";
    const bool keep = systemNs
        && (name == "kubeadm-config" || name == "kube-proxy" || name == "cluster-info"
            || name == "kubelet-config" || name.starts_with("kubelet-config-"));
    for (const NodeRef part : { f.object(root["data"]), f.object(root["binaryData"]) }) {
        for (const NodeRef entry : part) {
            ++map.keyCount;
            if (!keep || part.key() == "binaryData") {
                redact(entry, std::string(notKept));
                continue;
            }
            std::string text = credentials::redactText(f.view(entry), m_shared.rules);
            map.kept.push_back({ f.intern(entry.key()), f.intern(cutText(text, std::size_t(64) * 1024)) });
            redact(entry, std::move(text));
        }
    }
    m_batch.tables.configMaps.push_back(std::move(map));
}

// Values never enter: neither data nor stringData is looked at beyond the number of keys.
void Decoder::Session::secret(NodeRef root, Fields& f, ObjectId id)
{
    Secret secret;
    secret.id = id;
    secret.type = f.string(root["type"]);
    if (secret.type.empty())
        secret.type = f.intern("Opaque");
    secret.immutable = f.tri(root["immutable"]);
    for (const std::string_view part : { "data", "stringData" }) {
        const NodeRef values = root[part];
        secret.keyCount += static_cast<std::uint32_t>(values.size());
        if (values)
            redact(values,
                "‹" + std::to_string(values.size()) + (values.size() == 1 ? " key" : " keys")
                    + ", values not read›");
    }
    m_batch.tables.secrets.push_back(secret);
}

} // namespace glacis::inventory
