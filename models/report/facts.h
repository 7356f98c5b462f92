// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/json_writer.h>
#include <inventory/coverage.h>

namespace glacis::report {

/// The observations as the JSON array of CLI.md: kind, subject (an id of the attack graph where there is
/// one), value, source, time, confidence.
void writeObservations(JsonWriter& json, const inventory::Observations& observations);

} // namespace glacis::report
