// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tells when a kubeconfig was changed, created, replaced or removed. Watches the files and their folders,
// since programs write a new file and rename it, and since a file may not exist yet; where a folder does not
// exist either, the nearest one above it. Several changes at once are told once.
//
//     KubeconfigWatch watch([&] { reload(); });
//     watch.setPaths(kubeconfigPaths(sources, environment));
//
// Lives on a thread with an event loop and calls back on it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace glacis::cluster {

class KubeconfigWatch {
public:
    static constexpr std::chrono::milliseconds pause { 300 }; ///< of silence, before a change is told

    explicit KubeconfigWatch(std::function<void()> changed);
    ~KubeconfigWatch();
    KubeconfigWatch(const KubeconfigWatch&) = delete;
    KubeconfigWatch& operator=(const KubeconfigWatch&) = delete;

    /// Files and folders, absolute, existing or not; replaces what was watched before.
    void setPaths(std::vector<std::string> paths);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::cluster
