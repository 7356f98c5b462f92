// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// All objects that were read from one source, immutable once built. Shared as std::shared_ptr<const
// Inventory> between threads without locks.
//
//     for (const Workload& w : inventory.workloads) ... inventory.object(w.id).name ...
//     ObjectId sa = inventory.find(Kind::ServiceAccount, ns, name);
//
// Vectors of typed objects are in source order (files bytewise by path); of duplicates only the last is
// present.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <base/hash.h>
#include <base/str.h>
#include <inventory/coverage.h>
#include <inventory/objects.h>

namespace glacis::inventory {

struct Source {
    std::string kind; ///< "path", "snapshot", "context", "practice"
    std::string name; ///< what a person calls it: file or folder, context name
    Scope scope = Scope::Manifests;
    std::int64_t captureTime = 0; ///< seconds since 1970 UTC: newest file, API time; 0 unknown
    std::string serverVersion;
    std::string apiServer; ///< URL of the kubeconfig in use; empty for files
};

/// A compressed block of redacted JSON (with line numbers) of several objects.
struct Blob {
    std::string compressed; ///< zstd frame
    std::uint32_t size = 0; ///< decompressed
};

/// A top owner (or a Pod without one) with the pods that run for it. What "workload" means in findings and
/// graph.
struct Owner {
    std::uint32_t workload = 0; ///< Inventory::workloads: the object that findings name
    std::vector<std::uint32_t>
        pods; ///< Inventory::workloads of Kind::Pod that belong to it (itself for a bare Pod)
    /// Pods whose spec differs from the owner's template (injected sidecar), one for each distinct spec.
    std::vector<std::uint32_t> deviating;
};

/// The objects themselves, one vector for each shape. Workload, Object and typed indexes point within one
/// Tables.
struct Tables {
    std::vector<Object> objects;
    std::vector<PodSpec> podSpecs;

    std::vector<Namespace> namespaces;
    std::vector<Node> nodes;
    std::vector<Workload> workloads; ///< Pods and controllers
    std::vector<Service> services;
    std::vector<Endpoints> endpoints;
    std::vector<Ingress> ingresses;
    std::vector<IngressClass> ingressClasses;
    std::vector<Gateway> gateways;
    std::vector<Route> routes;
    std::vector<NetworkPolicy> networkPolicies; ///< all five policy kinds
    std::vector<ServiceAccount> serviceAccounts;
    std::vector<Role> roles; ///< Role and ClusterRole
    std::vector<RoleBinding> bindings; ///< RoleBinding and ClusterRoleBinding
    std::vector<ConfigMap> configMaps;
    std::vector<Secret> secrets;
    std::vector<PersistentVolume> persistentVolumes;
    std::vector<PersistentVolumeClaim> persistentVolumeClaims;
    std::vector<WebhookConfiguration> webhooks;
    std::vector<AdmissionPolicy> admissionPolicies;
    std::vector<AdmissionPolicyBinding> admissionPolicyBindings;
};

class Inventory : public Tables {
public:
    Source source;
    std::string credentialRules; ///< version of the rules that classified literals
    std::shared_ptr<StringPool> strings;
    std::vector<Str> files; ///< paths as given, in reading order
    Coverage coverage;
    Observations observations;
    std::vector<Diagnostic> diagnostics;
    std::vector<Blob> blobs;

    // ---- derived, filled by finish()
    std::vector<Owner> owners; ///< in the order of their workload
    std::vector<std::uint32_t>
        ownerOfWorkload; ///< by workload: index into owners (controllers below a top owner too)

    [[nodiscard]] const Object& object(ObjectId id) const { return objects[id.value]; }
    [[nodiscard]] const PodSpec* spec(const Workload& w) const
    {
        return w.spec < podSpecs.size() ? &podSpecs[w.spec] : nullptr;
    }
    /// NoObject when absent. ns empty for cluster-scoped kinds. Not for Kind::Other.
    [[nodiscard]] ObjectId find(Kind kind, std::string_view ns, std::string_view name) const;
    [[nodiscard]] const ServiceAccount* serviceAccount(std::string_view ns, std::string_view name) const;
    /// Names of all namespaces that hold an object or exist as one, bytewise sorted.
    [[nodiscard]] const std::vector<Str>& namespaceNames() const { return m_namespaceNames; }
    /// Number of objects by (group/kind) of kinds without a typed object:
    /// "monitoring.coreos.com/ServiceMonitor" → 12.
    [[nodiscard]] std::vector<std::pair<std::string, std::size_t>> otherKinds() const;
    /// "Deployment shop/web"
    [[nodiscard]] std::string label(ObjectId id) const;
    [[nodiscard]] std::size_t memory() const; ///< estimated bytes held

    /// Builds indexes and owner chains. Called once by whoever filled the vectors (importer, snapshot,
    /// collector).
    void finish();

private:
    struct Key {
        Kind kind;
        std::string_view ns, name;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept;
    };
    void chainOwners();
    std::unordered_map<Key, ObjectId, KeyHash> m_index;
    std::vector<Str> m_namespaceNames;
};

using InventoryPtr = std::shared_ptr<const Inventory>;

} // namespace glacis::inventory
