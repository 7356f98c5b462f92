// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_assessment.h"

#include <inventory/import.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

namespace glacis::test {
namespace {

    using inventory::Inventory;
    using inventory::Kind;
    using inventory::ObjectId;

    std::shared_ptr<const posture::Catalogue> catalogue()
    {
        static const auto loaded = [] {
            auto result = posture::Catalogue::load();
            if (!result)
                throw std::runtime_error(result.error().message);
            return std::make_shared<const posture::Catalogue>(std::move(*result));
        }();
        return loaded;
    }

    class Maker {
    public:
        explicit Maker(const std::string& source)
        {
            m_inventory->strings = std::make_shared<StringPool>();
            m_inventory->source.kind = "path";
            m_inventory->source.name = source;
            m_inventory->source.captureTime = 1'760'000'000;
            m_inventory->files.push_back(m_inventory->strings->intern(source));
        }
        Inventory& inventory() { return *m_inventory; }

        ObjectId object(const std::string& kind, const std::string& ns, const std::string& name)
        {
            const auto [it, added] = m_ids.try_emplace(
                { kind, ns, name }, ObjectId { static_cast<std::uint32_t>(m_inventory->objects.size()) });
            if (!added)
                return it->second;
            inventory::Object object;
            object.kindName = m_inventory->strings->intern(kind);
            object.ns = m_inventory->strings->intern(ns);
            object.name = m_inventory->strings->intern(name);
            object.line = 1;
            object.kind = Kind::Other; // no typed twin and no stored JSON: only a name
            m_inventory->objects.push_back(object);
            return it->second;
        }

        assessment::AssessmentPtr finish(posture::Posture posture)
        {
            m_inventory->finish();
            auto made = std::make_shared<assessment::Assessment>();
            made->inventory = m_inventory;
            made->catalogue = catalogue();
            made->policy = std::make_shared<const posture::Policy>();
            made->posture = std::move(posture);
            made->seconds = 0.038;
            return made;
        }

    private:
        std::shared_ptr<Inventory> m_inventory = std::make_shared<Inventory>();
        std::map<std::array<std::string, 3>, ObjectId> m_ids;
    };

    void add(posture::Posture& posture, posture::Finding finding)
    {
        posture::CheckResult& result = posture.results[finding.check];
        result.failed += finding.state == State::Fail || finding.state == State::Accepted ? 1 : 0;
        result.notAssessed += finding.state == State::NotAssessed ? 1 : 0;
        result.findings.push_back(std::move(finding));
    }

    /// As the engine does it: a check and an object count once, by the worst severity.
    void count(posture::Posture& posture)
    {
        for (std::size_t check = 0; check < posture.results.size(); ++check) {
            std::map<std::uint32_t, Severity> worst;
            for (const posture::Finding& f : posture.results[check].findings)
                if (f.state == State::Fail && !f.platform)
                    worst[f.object.value] = std::max(worst[f.object.value], f.severity);
            for (const auto& [object, severity] : worst)
                ++posture.bySeverity[static_cast<std::size_t>(severity)];
            posture.byStage[catalogue()->checks()[check].stage] += static_cast<std::uint32_t>(worst.size());
        }
    }

    posture::Posture emptyPosture()
    {
        posture::Posture posture;
        posture.results.resize(catalogue()->checks().size());
        posture.scores.stages = { 61, 38, std::nullopt, 47 };
        posture.scores.overall = 38;
        posture.coveragePercent = 87;
        return posture;
    }

}

assessment::AssessmentPtr madeAssessment(const std::vector<MadeFinding>& findings, const std::string& source)
{
    Maker maker(source);
    posture::Posture posture = emptyPosture();
    std::size_t number = 0;
    for (const MadeFinding& made : findings) {
        posture::Finding f;
        const int check = catalogue()->indexOf(made.check);
        if (check < 0)
            throw std::runtime_error("no such check: " + made.check);
        f.check = static_cast<std::uint16_t>(check);
        f.severity = made.severity;
        f.state = made.state;
        f.platform = made.platform;
        f.object = maker.object(made.kind, made.ns, made.name);
        f.locus = made.locus;
        f.message = made.message;
        f.reason = made.state == State::NotAssessed ? "no Node was read"
            : made.state == State::Accepted         ? "known"
                                                    : "";
        f.waiverOwner = made.state == State::Accepted ? "ops" : "";
        f.places.push_back({ "", "spec.hostPID", "true", {} });
        f.fingerprint = "f" + std::to_string(number++);
        add(posture, std::move(f));
    }
    count(posture);
    posture.gaps.push_back({ "nodes", "the source holds no Node", "get,list nodes", { "GL-DKR-001" } });
    return maker.finish(std::move(posture));
}

std::vector<MadeFinding> typicalFindings()
{
    return {
        { "GL-POD-001", "Deployment", "shop", "web", Severity::Critical, State::Fail, "container app",
            "container app is privileged" },
        { "GL-POD-002", "DaemonSet", "agents", "probe", Severity::High, State::Fail, "",
            "shares the node's process ids" },
        { "GL-SEC-001", "Deployment", "shop", "vote", Severity::High, State::Fail,
            "container vote env DB_PASSWORD", "a password stands in the environment" },
        { "GL-RBAC-001", "ClusterRoleBinding", "", "admins", Severity::Medium, State::Accepted, "",
            "gives everything" },
        { "GL-POD-001", "DaemonSet", "kube-system", "kube-proxy", Severity::High, State::Fail, "",
            "privileged", true },
        { "GL-DKR-001", "Node", "", "cp-1", Severity::Critical, State::NotAssessed, "", "" },
        { "GL-POD-002", "StatefulSet", "shop", "db", Severity::Low, State::Fail, "",
            "shares the node's process ids" },
    };
}

std::vector<MadeFinding> manyFindings(std::size_t count)
{
    static const std::array<const char*, 4> checks { "GL-POD-001", "GL-POD-002", "GL-SEC-001",
        "GL-RBAC-001" };
    std::vector<MadeFinding> findings;
    for (std::size_t i = 0; i < count; ++i)
        findings.push_back({ checks[i % checks.size()], "Deployment", "ns-" + std::to_string(i * 7919 % 500),
            "web-" + std::to_string(i), static_cast<Severity>(i * 31 % 5), State::Fail,
            "container c" + std::to_string(i % 3), "container runs with more than it needs" });
    return findings;
}

assessment::AssessmentPtr hostileAssessment(const std::string& text)
{
    Maker maker(text);
    maker.inventory().diagnostics.push_back({ inventory::Diagnostic::Level::Error, text, 3, 1, text, text });
    posture::Posture posture = emptyPosture();
    for (const State state : { State::Fail, State::Accepted, State::NotAssessed }) {
        posture::Finding f;
        f.severity = Severity::Critical;
        f.state = state;
        f.object = maker.object(text, text, text);
        f.locus = f.message = f.reason = f.waiverOwner = f.waiverExpires = text;
        f.places = { { text, text, text, {} }, { text, text, text, {} } };
        f.related = { f.object };
        f.relatedSubjects = { text };
        f.fingerprint = text;
        add(posture, std::move(f));
    }
    count(posture);
    posture.gaps.push_back({ text, text, text, { text } });
    return maker.finish(std::move(posture));
}

std::string crowdedCluster(int applications, const std::string& base)
{
    std::string yaml = R"(apiVersion: v1
kind: Node
metadata: {name: node-1, labels: {node-role.kubernetes.io/control-plane: ""}}
status: {addresses: [{type: ExternalIP, address: 104.21.63.1}, {type: InternalIP, address: 10.0.0.1}]}
)";
    for (int i = 0; i < applications; ++i) {
        const std::string app = "app-" + std::to_string(i);
        const std::string metadata = "metadata: {name: \"" + base + app + "\", namespace: \"" + base + "team-"
            + std::to_string(i % 3) + "\", labels: {app: " + app + "}}\n";
        yaml += "---\napiVersion: v1\nkind: Pod\n" + metadata
            + "spec: {nodeName: node-1, containers: [{name: a, image: a:1, ports: [{containerPort: 80}], "
              "securityContext: {privileged: true}}]}\nstatus: {phase: Running, podIP: 10.1.0."
            + std::to_string(i % 250 + 1) + "}\n";
        yaml += "---\napiVersion: v1\nkind: Service\n" + metadata + "spec: {type: NodePort, selector: {app: "
            + app + "}, ports: [{port: 80, nodePort: " + std::to_string(30000 + i) + "}]}\n";
    }
    return yaml;
}

assessment::AssessmentPtr assessedText(const std::string& yaml)
{
    auto read = inventory::importText(yaml, "made.yaml", {});
    if (!read)
        throw std::runtime_error(read.error().message);
    auto assessed
        = assessment::assess(std::move(*read), std::make_shared<const posture::Policy>(), catalogue());
    if (!assessed)
        throw std::runtime_error(assessed.error().message);
    return *assessed;
}

} // namespace glacis::test
