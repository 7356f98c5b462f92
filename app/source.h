// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/options.h>
#include <base/stop_token.h>
#include <inventory/import.h>
#include <posture/policy.h>

namespace glacis::app {

/// The policy that the options name, or an empty one; its clock is set to now.
[[nodiscard]] Result<posture::Policy> loadPolicy(
    const Options& options, std::vector<inventory::Diagnostic>& diagnostics);

/// Reads what the options name. Fails when nothing in it could be read, and with "cancelled".
[[nodiscard]] Result<inventory::InventoryPtr> loadSource(const Options& options,
    const posture::Policy& policy, const StopToken& stop,
    const std::function<void(const inventory::ImportProgress&)>& progress);

} // namespace glacis::app
