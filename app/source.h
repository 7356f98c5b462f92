// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/options.h>
#include <base/stop_token.h>
#include <inventory/import.h>
#include <posture/policy.h>

namespace glacis::app {

/// Told while a source is read; one call at a time.
struct SourceProgress {
    std::function<void(const inventory::ImportProgress&)> importing;
    std::function<void(const std::string&)> collecting; ///< a line of text
    std::function<void()> clear; ///< something else is written to the terminal now
};

/// The policy that the options name, or an empty one; its clock is set to now.
[[nodiscard]] Result<posture::Policy> loadPolicy(
    const Options& options, std::vector<inventory::Diagnostic>& diagnostics);

/// Reads what the options name. Fails when nothing in it could be read, and with "cancelled".
[[nodiscard]] Result<inventory::InventoryPtr> loadSource(const Options& options,
    const posture::Policy& policy, const StopToken& stop, const SourceProgress& progress);

/// Connects to the context and reads its cluster. (cluster_source.cpp)
[[nodiscard]] Result<inventory::InventoryPtr> loadCluster(const Options& options,
    const posture::Policy& policy, const StopToken& stop, const SourceProgress& progress);

} // namespace glacis::app
