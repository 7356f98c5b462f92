// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The benchmarks' generated cluster in a form that an API server takes.
#pragma once

#include <vector>

#include <QJsonObject>

namespace glacis::live {

[[nodiscard]] std::vector<QJsonObject> generatedObjects(int pods);

} // namespace glacis::live
