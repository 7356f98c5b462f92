// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kubernetes objects as documents that can be changed, read by the product's own readers: from YAML or JSON
// text, from the practice clusters as they stand in the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <QJsonObject>

#include <inventory/tree.h>

namespace glacis::live {

[[nodiscard]] QJsonValue jsonOf(inventory::NodeRef node);

/// All documents of a text; Lists are unfolded. Ends the program for malformed text: it is our own.
[[nodiscard]] std::vector<QJsonObject> objectsOfYaml(std::string_view text);

/// A practice cluster made of these layers, in reading order; of two objects with one identity the later
/// layer's counts, as in resources/practice/index.yaml. APIServices name a Service that does not exist: the
/// server would else try to reach the written one's address, and tests contact 127.0.0.1 alone.
[[nodiscard]] std::vector<QJsonObject> practiceObjects(const std::vector<std::string>& layers);

/// "apps/v1 Deployment shop/web"
[[nodiscard]] std::string labelOf(const QJsonObject& object);

/// Below an object by keys joined with dots; undefined when absent.
[[nodiscard]] QJsonValue at(const QJsonObject& object, std::string_view path);
[[nodiscard]] std::string textAt(const QJsonObject& object, std::string_view path);

} // namespace glacis::live
