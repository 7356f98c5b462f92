// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <posture/check.h>

namespace glacis::posture {

/// The identity of a problem across scans (MODEL section 3): the first 16 hex digits of SHA-256 over
/// check | group/kind/namespace/name | locus. Holds no value, uid, apiVersion or list index, so that a
/// rewrite of the object that leaves the problem in place keeps it. Pseudo objects have neither group nor
/// namespace.
[[nodiscard]] std::string fingerprint(std::string_view check, const Inventory& inventory, ObjectId object,
    const PseudoObject& pseudo, std::string_view locus);

} // namespace glacis::posture
