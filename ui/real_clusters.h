// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window's connections to kubeconfig files and clusters: what ClusterServices and LoadServices ask for,
// answered by models/cluster. One transport for all, so that the list of contacted hosts is whole.
#pragma once

#include <clusters/cluster_services.h>
#include <workspace/workspace.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace glacis::ui {

class ExecGate;

/// Outlives the window and the workspace that use it; `gate` outlives it.
class RealClusters {
public:
    /// kubeconfigs: read instead of KUBECONFIG and ~/.kube/config; empty: those.
    RealClusters(ExecGate& gate, std::vector<std::string> kubeconfigs);
    ~RealClusters();
    RealClusters(const RealClusters&) = delete;
    RealClusters& operator=(const RealClusters&) = delete;

    [[nodiscard]] ClusterServices services();
    [[nodiscard]] workspace::LoadServices loadServices();
    /// Reads the files and gives the name, empty when there is none; for any thread, which may outlive this.
    [[nodiscard]] std::function<std::string()> currentContext() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::ui
