// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files held in memory that lie above each other: of two objects with one identity that of the higher layer
// counts, and nobody is told. Internal to inventory/; practice clusters are made this way.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/import.h>

namespace glacis::inventory {

/// Not an object of this cluster, though a lower layer defines it.
struct Removal {
    std::string group, kind, ns, name;
};

struct Layering {
    std::vector<std::uint32_t> layerOfFile; ///< ascending; by index in Inventory::files
    std::vector<Removal> removed;
};

struct LayerFile {
    std::string name;
    std::string_view text;
    std::uint32_t layer = 0;
};

/// Files in the order of their layers. options.factsFiles is left to the caller: see readFactsFiles().
[[nodiscard]] Result<InventoryPtr> importLayers(
    const std::vector<LayerFile>& files, std::vector<Removal> removed, const ImportOptions& options);

} // namespace glacis::inventory
