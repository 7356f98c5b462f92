// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Kubernetes and its distributions bring along. A mark hides a finding from the default counts, so each
// rule asks for more than a label or a name that anybody could set on their own object: workloads must stand
// in a system namespace, and a binding must give its rights to system subjects alone.
#include <posture/check.h>

#include <algorithm>
#include <array>

namespace glacis::posture {

namespace {
    using inventory::Object;

    template <std::size_t N>
    bool contains(const std::array<std::string_view, N>& sorted, std::string_view name)
    {
        return std::binary_search(sorted.begin(), sorted.end(), name);
    }

    bool startsWithAny(std::string_view name, std::span<const std::string_view> prefixes)
    {
        return std::any_of(
            prefixes.begin(), prefixes.end(), [&](std::string_view p) { return name.starts_with(p); });
    }

    // Roles that the API server creates itself (plugin/pkg/auth/authorizer/rbac/bootstrappolicy), beside
    // "system:*".
    constexpr std::array<std::string_view, 5> bootstrapRoles { "admin", "cluster-admin", "edit",
        "extension-apiserver-authentication-reader", "view" };
    constexpr std::array<std::string_view, 4> vendorRolePrefixes { "eks:", "gce:", "kubeadm:", "system:" };

    // DaemonSets, Deployments and Pods that distributions put into kube-system.
    constexpr std::array<std::string_view, 37> addons { "antrea-agent", "antrea-controller", "aws-node",
        "azure-cns", "azure-ip-masq-agent", "azure-npm", "calico-kube-controllers", "calico-node",
        "calico-typha", "canal", "cilium", "cilium-envoy", "cilium-operator", "cloud-node-manager", "coredns",
        "coredns-autoscaler", "csi-azuredisk-node", "csi-azurefile-node", "ebs-csi-controller",
        "ebs-csi-node", "event-exporter-gke", "fluentbit-gke", "gke-metrics-agent", "kindnet",
        "konnectivity-agent", "kube-dns", "kube-dns-autoscaler", "kube-flannel-ds", "kube-proxy",
        "kube-router", "local-path-provisioner", "metrics-server", "node-local-dns", "nodelocaldns",
        "pdcsi-node", "storage-provisioner", "weave-net" };
    static_assert(std::is_sorted(addons.begin(), addons.end()));
    constexpr std::array<std::string_view, 6> controlPlanePods { "cloud-controller-manager", "etcd",
        "kube-apiserver", "kube-controller-manager", "kube-proxy", "kube-scheduler" };

    bool managedAddon(const Object& object)
    {
        const Str* mode = object.label("addonmanager.kubernetes.io/mode");
        if (mode && (*mode == "Reconcile" || *mode == "EnsureExists"))
            return true;
        return object.label("eks.amazonaws.com/component") || object.label("kubernetes.azure.com/managedby");
    }

    /// Prometheus' node exporter as its project ships it: its image from its own registry, unprivileged,
    /// every folder of the node read-only. It looks at nodes for a living, in whatever namespace.
    bool isNodeExporter(const Inventory& inventory, const inventory::Workload& workload)
    {
        const inventory::PodSpec* spec = inventory.spec(workload);
        if (workload.kind != Kind::DaemonSet || !spec || spec->containers.empty())
            return false;
        const auto shipped = [](const inventory::Container& container) {
            std::string_view image = container.image;
            image = image.substr(0, image.find('@'));
            if (const std::size_t tag = image.rfind(':');
                tag != std::string_view::npos && image.find('/', tag) == image.npos)
                image = image.substr(0, tag);
            const bool own = image == "quay.io/prometheus/node-exporter" || image == "prom/node-exporter"
                || image == "docker.io/prom/node-exporter";
            return own && container.security.privileged != inventory::Tri::True
                && container.security.capabilitiesAdd.empty()
                && std::all_of(container.mounts.begin(), container.mounts.end(),
                    [](const auto& mount) { return mount.readOnly; });
        };
        return std::all_of(spec->containers.begin(), spec->containers.end(), shipped);
    }

    bool platformWorkload(const Inventory& inventory, const Object& object)
    {
        if (isNodeExporter(inventory, inventory.workloads[object.typed]))
            return true;
        // kube-flannel is the one add-on of the list that lives in a namespace of its own name.
        if (object.ns == "kube-flannel" && object.name == "kube-flannel-ds")
            return true;
        if (object.ns != "kube-system")
            return false;
        const inventory::Workload& workload = inventory.workloads[object.typed];
        if (workload.mirror || managedAddon(object) || contains(addons, object.name))
            return true;
        // Static pods carry their node's name: "etcd-cp-1". In files they have no mirror annotation yet.
        const Str* component = inventory::find(workload.podLabels, "component");
        const Str* tier = inventory::find(workload.podLabels, "tier");
        return workload.kind == Kind::Pod && component && tier && *tier == "control-plane"
            && contains(controlPlanePods, *component) && object.name.view().starts_with(component->view());
    }

    bool platformRole(const Object& object)
    {
        if (object.assumed)
            return true;
        const std::string_view name = object.name;
        if (object.kind == Kind::ClusterRole)
            return contains(bootstrapRoles, name) || startsWithAny(name, vendorRolePrefixes)
                || managedAddon(object);
        return isSystemNamespace(object.ns)
            && (contains(bootstrapRoles, name) || startsWithAny(name, vendorRolePrefixes)
                || managedAddon(object));
    }

    /// Discovery for everybody, as Kubernetes ships it since 1.14.
    bool shippedForEverybody(const inventory::RoleBinding& binding, const inventory::Subject& subject)
    {
        if (subject.kind == "Group" && subject.name == "system:authenticated")
            return binding.roleName == "system:basic-user" || binding.roleName == "system:discovery"
                || binding.roleName == "system:public-info-viewer";
        if (subject.kind == "Group" && subject.name == "system:unauthenticated")
            return binding.roleName == "system:public-info-viewer";
        // kubeadm lets everybody read the public cluster-info ConfigMap so that nodes can join.
        return subject.kind == "User" && subject.name == "system:anonymous" && binding.roleKind == "Role"
            && binding.roleName == "kubeadm:bootstrap-signer-clusterinfo";
    }

    bool shippedGroup(const inventory::Subject& subject)
    {
        return subject.kind == "Group"
            && (subject.name == "system:bootstrappers:kubeadm:default-node-token"
                || subject.name == "kubeadm:cluster-admins" || subject.name == "system:monitoring");
    }

    bool platformBinding(const Inventory& inventory, const Object& object)
    {
        const inventory::RoleBinding& binding = inventory.bindings[object.typed];
        const std::string_view name = object.name;
        const bool shippedName = name == "cluster-admin" || startsWithAny(name, vendorRolePrefixes)
            || managedAddon(object) || object.label("kubernetes.io/bootstrapping");
        if (!shippedName || (object.kind == Kind::RoleBinding && !isSystemNamespace(object.ns)))
            return false;
        return std::all_of(
            binding.subjects.begin(), binding.subjects.end(), [&](const inventory::Subject& subject) {
                // Every ServiceAccount may look up issuer discovery; nothing else is bound to that group by
                // Kubernetes.
                if (subject.kind == "Group" && subject.name == "system:serviceaccounts")
                    return binding.roleName == "system:service-account-issuer-discovery";
                return access::isSystemSubject(subject, object.ns) || shippedForEverybody(binding, subject)
                    || shippedGroup(subject);
            });
    }
}

bool isSystemNamespace(std::string_view ns)
{
    return ns == "kube-system" || ns == "kube-public" || ns == "kube-node-lease";
}

bool isPlatform(const Inventory& inventory, ObjectId id)
{
    if (!id.valid())
        return false;
    const Object& object = inventory.object(id);
    switch (object.kind) {
    case Kind::Namespace:
        return isSystemNamespace(object.name);
    case Kind::ClusterRole:
    case Kind::Role:
        return platformRole(object);
    case Kind::ClusterRoleBinding:
    case Kind::RoleBinding:
        return object.typed < inventory.bindings.size() && platformBinding(inventory, object);
    default:
        break;
    }
    if (inventory::info(object.kind).workload)
        return object.typed < inventory.workloads.size() && platformWorkload(inventory, object);
    return object.ns == "kube-system" && (managedAddon(object) || contains(addons, object.name));
}

} // namespace glacis::posture
