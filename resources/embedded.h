// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The product's data files, compiled into the program so that it needs nothing beside it. One function a
// collection:
//
//     for (const resources::File& file : resources::checks())
//         parse(file.name, file.text);
//
// Texts live as long as the program. To add a collection, declare its function here and name its files in
// resources/CMakeLists.txt.
#pragma once

#include <span>
#include <string_view>

namespace glacis::resources {

struct File {
    std::string_view name; ///< file name without folder: "GL-POD-001.yaml"
    std::string_view text; ///< the bytes as they stand in the repository
};

/// The check catalogue, sorted by name.
[[nodiscard]] std::span<const File> checks();
/// The attack graph's steps, a file a kind, sorted by name.
[[nodiscard]] std::span<const File> edges();
/// One file: what a person can do against them.
[[nodiscard]] std::span<const File> cards();
/// The practice clusters: index.yaml, objects and facts by layer (LAYER.NN-topic.yaml), sorted by name.
[[nodiscard]] std::span<const File> practice();

} // namespace glacis::resources
