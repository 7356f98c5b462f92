// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kubeconfig files and a cluster's answers made by hand: what the window is given without files and network.
#pragma once

#include <clusters/cluster_services.h>

#include <atomic>
#include <memory>

namespace glacis::test {

/// What the services were asked for; any thread.
struct ClusterLog {
    std::atomic<int> loads = 0, tests = 0, running = 0;
    std::atomic<bool> holdTests = false; ///< tests wait until they are cancelled
    std::vector<cluster::KubeconfigSet> sets;
    std::vector<cluster::ExecInvocation> approvals;
    std::vector<cluster::ExecInvocation> revoked;
    ui::ConnectionSettings settings;
};

/// Six contexts in three files, one of them outside ~/.kube, and a broken file.
[[nodiscard]] std::vector<cluster::KubeconfigSet> typicalSets();
/// One context whose every text is this.
[[nodiscard]] std::vector<cluster::KubeconfigSet> hostileSets(const std::string& text);
[[nodiscard]] ui::ClusterServices madeServices(
    const std::shared_ptr<ClusterLog>& log, std::vector<cluster::KubeconfigSet> sets = typicalSets());
/// One step failed, with a next step and details.
[[nodiscard]] cluster::ConnectionReport madeReport(bool failed);
[[nodiscard]] cluster::ExecInvocation madeInvocation();

} // namespace glacis::test
