// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who runs a cluster, by the marks that providers leave.
#pragma once

#include <string>
#include <string_view>

#include <inventory/inventory.h>

namespace glacis::inventory {

/// "EKS", "GKE", "AKS", "OpenShift", "k3s", "RKE2", "MicroK8s", "kind", "minikube", "Talos", "kubeadm" …;
/// empty when nothing tells. From the version text and the server's host name alone.
[[nodiscard]] std::string_view providerOf(std::string_view gitVersion, std::string_view host);

/// The same from all that was read: nodes, namespaces, ConfigMaps too.
[[nodiscard]] std::string_view providerOf(const Inventory& inventory);

enum class ControlPlaneView : std::uint8_t {
    Visible, ///< its pods are among those that were read
    ProviderManaged, ///< the provider runs it outside: its flags cannot be read from here
    OneProcess, ///< k3s, RKE2, MicroK8s: part of a service on the nodes
    Unknown,
};
[[nodiscard]] ControlPlaneView controlPlaneView(const Inventory& inventory);

} // namespace glacis::inventory
