// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The practice clusters that the program brings along: invented objects and facts, read from memory. Nothing
// is resolved or contacted.
//
//     for (const PracticeCluster& cluster : practiceClusters())
//         menu.add(cluster.title, cluster.name);
//     auto inventory = loadPractice("votelab", {});
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <inventory/import.h>

namespace glacis::inventory {

struct PracticeCluster {
    std::string name; ///< "votelab-hardened"
    std::string title; ///< one line for people
    std::string about; ///< one or two sentences
};

/// In the order in which they are offered; the first is where the window starts.
[[nodiscard]] std::vector<PracticeCluster> practiceClusters();

/// source.kind is "practice", source.name the cluster's; files are named "practice/LAYER.NN-topic.yaml".
/// Facts files of the options are added to the cluster's own facts. Fails for an unknown name (the message
/// lists the known ones), for a facts file that cannot be read, and with "cancelled". Any thread.
[[nodiscard]] Result<InventoryPtr> loadPractice(std::string_view name, const ImportOptions& options);

} // namespace glacis::inventory
