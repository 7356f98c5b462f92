// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Findings: what a check said about one object (MODEL section 3).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <base/severity.h>
#include <inventory/inventory.h>

namespace glacis::posture {

using inventory::ObjectId;

/// One spot of evidence. `object` is where the field stands when that is not the finding's own object (a
/// role's rule, a deviating pod); NoObject means the finding's object. File and line come from
/// inventory::EvidenceReader.
struct Place {
    std::string container {}; ///< name; empty when it concerns no container
    std::string path {}; ///< "spec.template.spec.containers[0].securityContext.privileged"
    std::string
        evidence {}; ///< redacted value or short fact: "true"; "absent" where the absence is the problem
    ObjectId object {};
};

/// Where no Kubernetes object carries the finding.
struct PseudoObject {
    std::string kind; ///< "Endpoint", "Address", "Kubeconfig"; empty: a real object
    std::string name;
};

struct Finding {
    std::uint16_t check = 0; ///< index into Catalogue::checks()
    Severity severity = Severity::Info;
    State state = State::Fail;
    Confidence confidence = Confidence::Configured;
    bool platform = false;
    ObjectId object; ///< top owner where a chain exists; NoObject for pseudo objects and whole-check results
    PseudoObject pseudo;
    std::string locus; ///< "", "container app", "container app env DB_PASSWORD", "volume docker", "rule …":
                       ///< part of identity
    std::string message; ///< one sentence of what is wrong here, plain text
    std::vector<Place> places; ///< the first is the finding's path
    std::vector<ObjectId> related; ///< role, bound ServiceAccounts, Services…
    std::vector<std::string> relatedSubjects; ///< "Group system:authenticated": subjects that are no objects
    std::string reason; ///< why not assessed; the waiver's reason when accepted
    std::string
        fingerprint; ///< 16 hex digits; empty for pass, not-assessed and not-applicable of whole checks
    std::string waiverOwner, waiverExpires; ///< when accepted
};

/// All a check found. Passes are kept as ids only: there are many.
struct CheckResult {
    std::vector<Finding> findings; ///< fail, accepted, not-assessed; sorted
    std::vector<ObjectId> passed; ///< sorted by id, each once
    std::vector<ObjectId> notApplicable;
    std::uint32_t pseudoPassed = 0; ///< pseudo objects that pass
    [[nodiscard]] bool assessed() const { return !passed.empty() || failed > 0 || pseudoPassed > 0; }
    std::uint32_t failed = 0; ///< findings in state fail or accepted
    std::uint32_t notAssessed = 0;
};

} // namespace glacis::posture
