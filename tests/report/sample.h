// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small Assessment made by hand over an imported text, so that each writer's output is known to the byte.
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <string>

#include <access/access.h>
#include <assessment/assessment.h>
#include <inventory/import.h>
#include <network/exposure.h>
#include <report/writers.h>

#include "test_main.h"

namespace glacis::test {

inline constexpr std::string_view SampleManifests = R"(apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: app
      image: shop/web:1
      securityContext:
        privileged: true
    - name: side
      image: shop/side:1
      securityContext:
        privileged: true
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: everyone
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: []
---
apiVersion: v1
kind: Pod
metadata:
  name: calm
  namespace: other
spec:
  containers:
    - name: app
      image: calm:1
)";

inline constexpr std::string_view SampleChecks[] = {
    R"(id: GL-POD-001
title: "A container runs privileged"
severity: high
stage: 3
kcsa: Fundamentals · Pods
locus: container
evidence: [objects]
why: It is root on the node.
fix: Set privileged to false.
frameworks:
  cis-1.12: ["5.2.2"]
  attack: [T1610, T1611]
)",
    R"(id: GL-RBAC-001
title: "A binding gives too much"
severity: medium
stage: null
kcsa: Fundamentals · RBAC
locus: none
evidence: [objects]
why: Rights are stolen.
fix: Bind less.
frameworks:
  cis-1.12: ["5.1.1"]
)",
};

class Sample {
public:
    Sample()
        : Sample(SampleManifests, "dir/web app.yaml")
    {
    }
    Sample(std::string_view manifests, const std::string& file)
    {
        auto inventory = inventory::importText(manifests, file, {});
        if (!inventory)
            qFatal("%s", inventory.error().message.c_str());
        auto copy = std::make_shared<inventory::Inventory>(**inventory);
        copy->source.kind = "path";
        copy->source.name = "dir";
        copy->source.scope = inventory::Scope::Manifests;
        copy->source.captureTime = 1'800'000'000;
        copy->diagnostics.clear();
        m_inventory = copy;
        auto catalogue = posture::Catalogue::parse({ { "a", SampleChecks[0] }, { "b", SampleChecks[1] } });
        if (!catalogue)
            qFatal("%s", catalogue.error().message.c_str());
        m_made.catalogue = std::make_shared<const posture::Catalogue>(std::move(*catalogue));
        m_made.policy = std::make_shared<const posture::Policy>();
        m_made.posture.results.resize(2);
        m_made.posture.scores.overall = 38;
        m_made.posture.scores.stages = { 61, std::nullopt, 38, 100 };
        m_made.posture.coveragePercent = 97.04;
        m_made.posture.gaps.push_back({ "nodes", "no Node was read", "get,list nodes", { "GL-POD-001" } });
    }

    inventory::Inventory& inventory() { return *m_inventory; }
    assessment::Assessment& assessment()
    {
        m_made.inventory = m_inventory;
        return m_made;
    }
    inventory::ObjectId find(inventory::Kind kind, std::string_view ns, std::string_view name)
    {
        const auto id = m_inventory->find(kind, ns, name);
        if (!id.valid())
            qFatal("the sample lacks an object");
        return id;
    }
    posture::CheckResult& result(std::size_t check) { return m_made.posture.results[check]; }

    posture::Finding& fail(std::size_t check, inventory::ObjectId object, Severity severity)
    {
        posture::Finding finding;
        finding.check = static_cast<std::uint16_t>(check);
        finding.object = object;
        finding.severity = severity;
        finding.fingerprint = "00112233445566" + std::to_string(10 + result(check).findings.size());
        result(check).findings.push_back(std::move(finding));
        ++result(check).failed;
        return result(check).findings.back();
    }

    /// Two privileged containers and a binding; a pass; an accepted finding; one of the platform; one not
    /// assessed.
    void fill()
    {
        using inventory::Kind;
        const auto web = find(Kind::Pod, "shop", "web");
        const auto calm = find(Kind::Pod, "other", "calm");
        const auto everyone = find(Kind::ClusterRoleBinding, "", "everyone");
        result(0).findings.reserve(8); // references stay good
        result(1).findings.reserve(8);
        for (const int i : { 0, 1 }) {
            posture::Finding& f = fail(0, web, i == 0 ? Severity::Critical : Severity::High);
            const std::string container = i == 0 ? "app" : "side";
            f.locus = "container " + container;
            f.message = "Runs privileged";
            f.places.push_back({ container,
                "spec.containers[" + std::to_string(i) + "].securityContext.privileged", "true", {} });
            f.related.push_back(calm);
        }
        posture::Finding& binding = fail(1, everyone, Severity::Medium);
        binding.message = "Gives view to everyone";
        binding.confidence = Confidence::Inferred;
        binding.places.push_back({ "", "roleRef.name", "view", {} });
        binding.relatedSubjects.emplace_back("Group system:authenticated");
        posture::Finding& accepted = fail(1, calm, Severity::Low);
        accepted.state = State::Accepted;
        accepted.reason = "old, goes in May";
        accepted.waiverOwner = "ops";
        accepted.waiverExpires = "2027-05-01";
        accepted.message = "Gives a little";
        posture::Finding& platform = fail(1, web, Severity::High);
        platform.platform = true;
        platform.message = "Belongs to the platform";
        posture::Finding whole;
        whole.check = 1;
        whole.state = State::NotAssessed;
        whole.severity = Severity::Medium;
        whole.reason = "no Node was read";
        result(1).findings.push_back(whole);
        result(0).passed.push_back(calm);
        result(1).notApplicable.push_back(calm);
    }

private:
    std::shared_ptr<inventory::Inventory> m_inventory;
    assessment::Assessment m_made;
};

/// Text that would do harm in some sink: markup, formula, terminal sequences, bidi override, broken UTF-8,
/// NUL.
inline const std::string Hostile
    = std::string("=1|`<b>\"&'\n[x](http://evil.example) \x1b[31m\xE2\x80\xAE\xFF") + '\0'
    + "]]>{0}@you www.evil.example \xEF\xBF\xBF";

inline QJsonObject parsed(const std::string& json)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(json), &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("%s", qPrintable(error.errorString()));
    return document.object();
}

} // namespace glacis::test
