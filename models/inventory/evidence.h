// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looks things up in the redacted JSON that an Inventory keeps: the text of an object, the line of a field.
// Blocks are decompressed on demand and a few are cached; one EvidenceReader per thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <inventory/inventory.h>

namespace glacis::inventory {

class EvidenceReader {
public:
    explicit EvidenceReader(InventoryPtr inventory);
    ~EvidenceReader();
    EvidenceReader(EvidenceReader&&) noexcept;

    /// The object's redacted JSON, minified; empty for objects that have none (assumed roles).
    [[nodiscard]] std::string json(ObjectId id);
    /// The same as indented YAML for people, with 1-based line numbers of that YAML for the given path (0:
    /// not found).
    struct Yaml {
        std::string text;
        std::uint32_t markedLine = 0;
    };
    [[nodiscard]] Yaml yaml(ObjectId id, std::string_view path);
    /// Line in the source file of the field at `path` ("spec.containers[0].securityContext.privileged"), or
    /// of the nearest parent that exists; 0 when the object has no source line.
    [[nodiscard]] std::uint32_t line(ObjectId id, std::string_view path);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::inventory
