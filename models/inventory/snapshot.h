// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The .glacis file: an Inventory as zstd-compressed, versioned, checksummed sections (MODEL section 5).
#pragma once

#include <string>

#include <base/result.h>
#include <base/stop_token.h>
#include <inventory/inventory.h>

namespace glacis::inventory {

/// Writes atomically (temporary file beside it, then rename), mode 0600 (owner-only on Windows).
[[nodiscard]] Result<void> writeSnapshot(const Inventory& inventory, const std::string& file);
/// SHA-256, 64 hex digits, of the file that writeSnapshot() would write: tells whether two reports speak of
/// the same objects. Of an Inventory that was read from a snapshot of this version it is that file's own.
[[nodiscard]] std::string snapshotHash(const Inventory& inventory);
/// A damaged, truncated, newer or hostile file gives an error in one sentence; memory stays within the caps
/// stated in it.
[[nodiscard]] Result<InventoryPtr> readSnapshot(const std::string& file, const StopToken& stop = {});

} // namespace glacis::inventory
