// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From YAML to verdicts as text, so that a test row reads like what a person would see:
//
//     Judged judged(yaml);
//     QCOMPARE(judged.verdict("GL-POD-002", "Pod shop/web"), "fail high | spec.hostPID = true");
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <QTest>

#include <assessment/assessment.h>
#include <inventory/import.h>

namespace glacis::test {

struct JudgeOptions {
    inventory::Scope scope = inventory::Scope::Cluster;
    posture::Policy policy {};
    unsigned threads = 0;
};

class Judged {
public:
    explicit Judged(std::string_view yaml, const JudgeOptions& options = {});
    Judged(inventory::InventoryPtr inventory, const JudgeOptions& options);

    /// "pass", "not-applicable", "silent" (nothing said), "not-assessed: reason", or for failures one line a
    /// finding: "fail high container app | path = evidence; path = evidence". `object`: "Pod shop/web" or
    /// "Endpoint etcd".
    [[nodiscard]] std::string verdict(std::string_view check, std::string_view object) const;
    [[nodiscard]] const posture::CheckResult& result(std::string_view check) const;
    [[nodiscard]] std::vector<const posture::Finding*> findings(
        std::string_view check, std::string_view object) const;
    [[nodiscard]] const posture::Posture& posture() const { return m_assessment->posture; }
    [[nodiscard]] const assessment::Assessment& assessment() const { return *m_assessment; }
    [[nodiscard]] const inventory::Inventory& inventory() const { return *m_assessment->inventory; }
    /// Everything that evaluate() said, as text: equal text, equal posture.
    [[nodiscard]] std::string dump() const;

private:
    [[nodiscard]] std::string label(inventory::ObjectId id, const posture::PseudoObject& pseudo) const;
    assessment::AssessmentPtr m_assessment;
};

[[nodiscard]] inventory::InventoryPtr imported(
    std::string_view yaml, inventory::Scope scope = inventory::Scope::Cluster);
[[nodiscard]] std::shared_ptr<const posture::Catalogue> catalogue();

/// A Deployment shop/web. Lines of `pod` stand under the pod's spec, lines of `container` under its container
/// "app".
[[nodiscard]] std::string deployment(std::string_view pod, std::string_view container);

} // namespace glacis::test
