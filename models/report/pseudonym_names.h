// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything in an Inventory that bears a name of its owner's choice, cut into words, each with the kind of
// thing that it names.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <inventory/inventory.h>

namespace glacis::report {

/// For tables that are asked by parts of a text, without a copy of them.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept
    {
        return std::hash<std::string_view> {}(text);
    }
};
template <class T> using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;
using TextSet = std::unordered_set<std::string, TextHash, std::equal_to<>>;

/// The word for what something is: "ns", "workload".
struct NameKinds {
    std::string_view kind;
    std::string_view within {}; ///< of a namespace's name: what else is called so, as things in it often are
};

struct Names {
    TextMap<NameKinds> words;
    TextMap<std::string_view> phrases; ///< names and remarks with spaces, hidden as a whole
    TextSet images; ///< "dashboard:v2.7.0": where the part behind the colon is a tag, not a port
};

[[nodiscard]] Names namesOf(const inventory::Inventory& inventory);

} // namespace glacis::report
