// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pods that are the control plane, where a cluster runs it as pods.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <inventory/inventory.h>

namespace glacis::inventory {

/// The control-plane component's containers among mirror and ordinary pods of kube-system: by component label
/// ("component=etcd"), else by the program that the command starts. Component: "kube-apiserver", "etcd", ….
struct ComponentView {
    const Workload& pod;
    const Container& container;
    std::string containerPath; ///< "spec.containers[0]"
};
[[nodiscard]] std::vector<ComponentView> controlPlane(const Inventory& inventory, std::string_view component);

/// The same for who asks for several components: the pods of kube-system are looked up once.
class ControlPlane {
public:
    explicit ControlPlane(const Inventory& inventory);
    [[nodiscard]] std::vector<ComponentView> component(std::string_view component) const;
    [[nodiscard]] bool anyComponent() const; ///< API server, etcd, controller manager or scheduler
    [[nodiscard]] bool hasSystemPods() const { return !m_pods.empty(); }

private:
    const Inventory& m_inventory;
    std::vector<const Workload*> m_pods;
};

} // namespace glacis::inventory
