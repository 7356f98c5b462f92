// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading a text into an Inventory, and looking at all it holds, for the tests of this room.
#pragma once

#include <string>
#include <string_view>

#include <inventory/evidence.h>
#include <inventory/import.h>
#include <test_main.h>

namespace glacis::test {

inline inventory::InventoryPtr read(std::string_view text, inventory::ImportOptions options = {})
{
    auto result = inventory::importText(text, "test.yaml", options);
    if (!result)
        qFatal("%s", result.error().message.c_str());
    return *result;
}

inline const inventory::Workload& workload(const inventory::Inventory& inventory, std::string_view name)
{
    for (const auto& w : inventory.workloads) {
        if (inventory.object(w.id).name == name)
            return w;
    }
    qFatal("no workload %s", std::string(name).c_str());
}

/// Messages of all diagnostics, one a line, for containment tests.
inline std::string messages(const inventory::Inventory& inventory)
{
    std::string all;
    for (const auto& d : inventory.diagnostics)
        all += std::string(name(d.level)) + ' ' + d.file + ':' + std::to_string(d.line) + ' ' + d.object
            + ": " + d.message + '\n';
    return all;
}

inline bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace glacis::test
