// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Typed access to the fields of one mapping of a kubeconfig. A field that is absent or null is its zero, as
// in Go; one of another type is a fault with its line. Internal to the kubeconfig.
//
//     Fields fields(faults, node, "clusters[0].cluster");
//     entry.server = fields.text("server");
//     fields.done(Unknown::Told);
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <inventory/coverage.h>
#include <inventory/tree.h>

namespace glacis::cluster {

/// What is wrong with one file, in order.
class Faults {
public:
    explicit Faults(std::string file)
        : m_file(std::move(file))
    {
    }
    using Level = inventory::Diagnostic::Level;
    void add(Level level, std::uint32_t line, std::string object, std::string message);
    [[nodiscard]] bool any() const { return !m_first.empty(); }
    [[nodiscard]] const std::string& first() const { return m_first; } ///< "line 4: …"
    [[nodiscard]] std::vector<inventory::Diagnostic> take() { return std::move(m_all); }

private:
    std::string m_file;
    std::string m_first;
    std::vector<inventory::Diagnostic> m_all;
};

/// "\"name\"" for a message: printable and short.
[[nodiscard]] std::string inQuotes(std::string_view outsideText);

class Fields {
public:
    /// node: nothing, null or an object; anything else is a fault.
    Fields(Faults& faults, inventory::NodeRef node, std::string path);

    [[nodiscard]] std::string text(std::string_view field);
    [[nodiscard]] bool flag(std::string_view field);
    /// Base64 to bytes; empty also when absent.
    [[nodiscard]] std::string bytes(std::string_view field);
    [[nodiscard]] std::vector<std::string> texts(std::string_view field);
    /// A mapping of texts to texts.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> textMap(std::string_view field);
    [[nodiscard]] std::vector<std::pair<std::string, std::vector<std::string>>> listMap(
        std::string_view field);
    /// Elements of a list that are objects or null, with their paths.
    [[nodiscard]] std::vector<std::pair<inventory::NodeRef, std::string>> list(std::string_view field);
    /// Whether the field is there and not null.
    [[nodiscard]] bool has(std::string_view field);
    [[nodiscard]] Fields below(std::string_view field);
    [[nodiscard]] inventory::NodeRef node() const { return m_node; }
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] std::uint32_t line() const { return m_node.line(); }
    /// Tells of fields that nobody asked for: often a spelling mistake.
    void tellUnknown(const std::string& object);

private:
    [[nodiscard]] inventory::NodeRef look(std::string_view field);
    [[nodiscard]] std::string textOf(inventory::NodeRef node, const std::string& path);
    [[nodiscard]] std::vector<std::string> textsOf(inventory::NodeRef node, const std::string& path);
    [[nodiscard]] bool expect(
        inventory::NodeRef node, inventory::NodeType type, const std::string& path, std::string_view what);

    Faults& m_faults;
    inventory::NodeRef m_node;
    std::string m_path;
    std::vector<std::string_view> m_known;
};

} // namespace glacis::cluster
