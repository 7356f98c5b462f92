// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inventories of a few objects for tests of the network room and of the checks that stand on it.
#pragma once

#include <QTest>

#include <memory>
#include <string>
#include <string_view>

#include <inventory/import.h>
#include <inventory/inventory.h>
#include <test_main.h>

namespace glacis::test {

/// Imports one YAML text; facts is the text of a facts file, or empty. Fails the test on an unreadable text.
inline inventory::InventoryPtr fromYaml(
    std::string_view yaml, std::string_view facts = {}, inventory::Scope scope = inventory::Scope::Cluster)
{
    inventory::ImportOptions options;
    options.scope = scope;
    options.threads = 1;
    auto read = inventory::importText(yaml, "test.yaml", options);
    if (!read)
        qFatal("%s", read.error().message.c_str());
    for (const auto& diagnostic : (*read)->diagnostics)
        if (diagnostic.level == inventory::Diagnostic::Level::Error)
            qFatal("%s", diagnostic.message.c_str());
    if (facts.empty())
        return *read;
    auto copy = std::make_shared<inventory::Inventory>(**read);
    std::vector<inventory::Diagnostic> diagnostics;
    const auto added = inventory::readFacts("glacis: facts/v1\nsource: port scan\n" + std::string(facts),
        "facts.yaml", copy->observations, diagnostics);
    if (!added)
        qFatal("%s", added.error().message.c_str());
    return copy;
}

/// A Pod of namespace shop, label app=NAME; more: further lines of its spec.
inline std::string pod(const std::string& name, const std::string& more = {}, const std::string& ns = "shop")
{
    return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", namespace: " + ns
        + ", labels: {app: " + name
        + "}}\nspec:\n  containers: [{name: app, image: registry.example/app:1}]\n" + more;
}
/// A Service of namespace shop on pods app=NAME, port 80 named web to 8080.
inline std::string service(const std::string& name, const std::string& more, const std::string& metadata = {})
{
    return "---\napiVersion: v1\nkind: Service\nmetadata: {name: " + name + ", namespace: shop" + metadata
        + "}\nspec:\n  selector: {app: " + name + "}\n  ports: [{name: web, port: 80, targetPort: 8080}]\n"
        + more;
}
inline std::string node(const std::string& name, const std::string& type, const std::string& address)
{
    return "---\napiVersion: v1\nkind: Node\nmetadata: {name: " + name
        + "}\nstatus: {addresses: [{type: " + type + ", address: \"" + address + "\"}]}\n";
}

} // namespace glacis::test
