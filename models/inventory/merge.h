// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Joins the batches of the workers into one Inventory, in the order of files and pieces. Internal to
// inventory/.
#pragma once

#include <vector>

#include <inventory/decode.h>
#include <inventory/inventory.h>

#include "import_layers.h"

namespace glacis::inventory {

/// Of objects with one identity the last wins and both places are reported; between layers it wins without a
/// word. Numbers reuse groups, forgets their hashes. The batches are emptied. inventory.files must be filled;
/// finish() is still to be called.
void mergeBatches(std::vector<Batch>& batches, Inventory& inventory, const Layering* layers = nullptr);

} // namespace glacis::inventory
