// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person decided (--policy FILE): waivers, severity overrides, namespaces left out, credential rules.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <base/severity.h>
#include <credentials/classify.h>
#include <inventory/coverage.h>

namespace glacis::posture {

struct Waiver {
    std::string fingerprint; ///< or check + selector
    std::string check;
    std::string kind, ns, name; ///< selector; empty matches all, trailing * allowed in name and ns
    std::string owner; ///< who answers for it; required
    std::string reason; ///< required
    std::string expires; ///< date, empty never
    std::uint32_t line = 0;
};

struct Policy {
    std::string file;
    std::vector<Waiver> waivers;
    std::map<std::string, Severity, std::less<>> severities; ///< by check id
    std::vector<std::string> excludedNamespaces; ///< trailing * allowed
    credentials::Rules credentialRules;
    std::vector<std::string> trustedRegistries;
    std::vector<std::string> jewels;
    std::int64_t now = 0; ///< seconds since 1970 for expiry; 0: never expired. The caller sets it.
};

/// A malformed policy is an error with line and field; unknown fields and checks are warnings.
[[nodiscard]] Result<Policy> parsePolicy(
    std::string_view text, const std::string& name, std::vector<inventory::Diagnostic>& diagnostics);
[[nodiscard]] Result<Policy> readPolicy(
    const std::string& file, std::vector<inventory::Diagnostic>& diagnostics);

} // namespace glacis::posture
