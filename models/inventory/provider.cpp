// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider.h"

#include <algorithm>
#include <array>
#include <span>

#include <inventory/control_plane.h>

namespace glacis::inventory {
namespace {

    struct Mark {
        std::string_view text, provider;
    };

    /// In gitVersion and kubeletVersion, as the builds name themselves.
    constexpr std::array versionMarks { Mark { "-eks-", "EKS" }, Mark { "-gke.", "GKE" },
        Mark { "+k3s", "k3s" }, Mark { "+rke2", "RKE2" }, Mark { "+k0s", "k0s" }, Mark { "-aliyun", "ACK" },
        Mark { "+IKS", "IKS" }, Mark { "-tke.", "TKE" }, Mark { "+vmware", "Tanzu" },
        Mark { "-mirantis", "MKE" } };
    /// Host names of API servers end like this.
    constexpr std::array hostMarks { Mark { ".eks.amazonaws.com", "EKS" }, Mark { ".azmk8s.io", "AKS" },
        Mark { ".gke.goog", "GKE" }, Mark { ".k8s.ondigitalocean.com", "DOKS" },
        Mark { ".linodelke.net", "LKE" }, Mark { ".k8s.scw.cloud", "Kapsule" },
        Mark { ".k8s.ovh.net", "OVHcloud" } };
    /// Labels and annotations of nodes begin like this.
    constexpr std::array nodeMarks { Mark { "eks.amazonaws.com/", "EKS" },
        Mark { "cloud.google.com/gke", "GKE" }, Mark { "kubernetes.azure.com/", "AKS" },
        Mark { "node.openshift.io/", "OpenShift" },
        Mark { "machineconfiguration.openshift.io/", "OpenShift" }, Mark { "k3s.io/", "k3s" },
        Mark { "rke2.io/", "RKE2" }, Mark { "minikube.k8s.io/", "minikube" },
        Mark { "microk8s.io/", "MicroK8s" }, Mark { "extensions.talos.dev/", "Talos" },
        Mark { "doks.digitalocean.com/", "DOKS" }, Mark { "lke.linode.com/", "LKE" },
        Mark { "k8s.scaleway.com/", "Kapsule" } };
    constexpr std::array providersOutside { std::string_view("EKS"), std::string_view("GKE"),
        std::string_view("AKS"), std::string_view("DOKS"), std::string_view("LKE"),
        std::string_view("Kapsule"), std::string_view("OVHcloud"), std::string_view("ACK"),
        std::string_view("TKE"), std::string_view("IKS") };
    constexpr std::array providersOneProcess { std::string_view("k3s"), std::string_view("k0s"),
        std::string_view("MicroK8s") };

    std::string_view hostOf(std::string_view url)
    {
        if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
            url.remove_prefix(scheme + 3);
        return url.substr(0, url.find_first_of(":/"));
    }

    std::string_view ofKeys(const KeyValues& pairs)
    {
        for (const KeyValue& pair : pairs) {
            for (const Mark& mark : nodeMarks) {
                if (pair.key.view().starts_with(mark.text))
                    return mark.provider;
            }
        }
        return {};
    }

    std::string_view ofNode(const Inventory& inventory, const Node& node)
    {
        const Object& object = inventory.object(node.id);
        if (const std::string_view provider = ofKeys(object.labels); !provider.empty())
            return provider;
        if (const std::string_view provider = ofKeys(object.annotations); !provider.empty())
            return provider;
        if (node.providerId.view().starts_with("kind://"))
            return "kind";
        if (node.osImage.view().starts_with("Talos"))
            return "Talos";
        return providerOf(node.kubeletVersion, {});
    }

    bool contains(std::span<const std::string_view> names, std::string_view name)
    {
        return std::find(names.begin(), names.end(), name) != names.end();
    }

} // namespace

std::string_view providerOf(std::string_view gitVersion, std::string_view host)
{
    for (const Mark& mark : versionMarks) {
        if (gitVersion.find(mark.text) != std::string_view::npos)
            return mark.provider;
    }
    for (const Mark& mark : hostMarks) {
        if (host.ends_with(mark.text))
            return mark.provider;
    }
    return {};
}

std::string_view providerOf(const Inventory& inventory)
{
    if (const auto provider = providerOf(inventory.source.serverVersion, hostOf(inventory.source.apiServer));
        !provider.empty())
        return provider;
    for (const Node& node : inventory.nodes) {
        if (const std::string_view provider = ofNode(inventory, node); !provider.empty())
            return provider;
    }
    if (inventory.find(Kind::Namespace, {}, "openshift-apiserver") != NoObject)
        return "OpenShift";
    if (inventory.find(Kind::ConfigMap, "kube-system", "kubeadm-config") != NoObject)
        return "kubeadm";
    return {};
}

ControlPlaneView controlPlaneView(const Inventory& inventory)
{
    if (ControlPlane(inventory).anyComponent())
        return ControlPlaneView::Visible;
    const std::string_view provider = providerOf(inventory);
    if (contains(providersOneProcess, provider))
        return ControlPlaneView::OneProcess;
    // Only who saw pods and nodes knows that no control plane is among them.
    const bool seen = inventory.source.scope == Scope::Cluster && inventory.coverage.isRead(Kind::Pod)
        && inventory.coverage.isRead(Kind::Node);
    const bool outside = std::none_of(inventory.nodes.begin(), inventory.nodes.end(),
        [&](const Node& node) { return node.isControlPlane(inventory.object(node.id)); });
    return seen && outside && contains(providersOutside, provider) ? ControlPlaneView::ProviderManaged
                                                                   : ControlPlaneView::Unknown;
}

} // namespace glacis::inventory
