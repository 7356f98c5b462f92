// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample_document.h"

#include <array>

namespace glacis::test {

using namespace report;

namespace {

    Run strong(std::string text) { return { std::move(text), Face::Strong }; }
    Run stage(Stage value) { return { {}, Face::Stage, {}, value }; }

    Scores fourScores()
    {
        return { 12,
            { { 1, "Network & API exposure", 41, false, 14,
                  "The kubelet of worker-1 answers anonymous requests from any pod.", "stage-1" },
                { 2, "Docker daemon access", 12, false, 9,
                    "Docker's API on worker-1 is open to the network without TLS.", "stage-2" },
                { 3, "Container-to-host breakout", 33, true, 21,
                    "Deployment vote/worker runs a privileged container.", "stage-3" },
                { 4, "Secrets & etcd exfiltration", std::nullopt, false, 0, "", "stage-4" } } };
    }

    WayStory sampleWay(std::uint32_t number)
    {
        WayStory way;
        way.number = number;
        way.anchor = "way-" + std::to_string(number);
        way.headline = { { "Docker on worker-1 → all Secrets, etcd data" } };
        way.cost = 4;
        way.steps.push_back({ plain("From the internet an attacker reaches the vote service through its "
                                    "Ingress and takes over a container of it."),
            "APP_EXPLOIT", 1, true,
            { { { { "Ingress " }, code("vote/vote"), { " leads to Service " }, code("vote/vote"),
                    { " without authentication" } },
                "20-vote.yaml:17", "GL-EXP-001", "check-exp-001" } },
            2 });
        way.steps.push_back({ plain("The pod mounts the Docker socket, so the attacker starts a container "
                                    "with the whole file system of worker-1."),
            "RUNTIME_SOCKET", 2, true,
            { { { { "Deployment " }, code("vote/worker"), { " " },
                    code("spec.template.spec.volumes[0].hostPath.path = /var/run/docker.sock") },
                  "20-vote.yaml:88", "GL-DKR-001", "check-dkr-001" },
                { { { "Node " }, code("worker-1"), { " runs Docker 24.0.7" } }, "", "GL-DKR-003", "" } } });
        way.steps.push_back({ plain("On the node lie the tokens of every pod that runs there, one of which "
                                    "may read all Secrets."),
            "HOST_TOKENS", 3, false, { { { { "ServiceAccount " }, code("ci/deployer") }, "", "", "" } } });
        way.steps.push_back({ plain("With it the attacker reads all Secrets of the cluster."), "SECRET_READ",
            4, true,
            { { { { "ClusterRoleBinding " }, code("ci-deployer"), { " grants get on " }, code("secrets") },
                "05-access.yaml:230", "GL-RBAC-003", "check-rbac-003" } } });
        way.breaks = { { { "Do not mount the Docker socket into " }, code("vote/worker"),
                           { ": closes 14 of 21 ways" } },
            plain("Let only the CI namespace reach worker-1 on port 2375") };
        return way;
    }

    TableRow finding(Severity value, std::string check, std::string object, std::string evidence)
    {
        TableRow row;
        row.cells = { { severity(value) }, { code(check, "check-dkr-001") }, { code(std::move(object)) },
            plain("Container may become root on its node"), plain("3") };
        row.below = { code(std::move(evidence)) };
        return row;
    }

    Table findingsTable(std::size_t findings)
    {
        static constexpr std::array objects { "Deployment vote/worker", "DaemonSet kube-system/calico-node",
            "StatefulSet drizzle/a-database-with-quite-a-long-name", "Pod ci/runner-7f9c" };
        Table table;
        table.name = "Findings";
        table.columns = { { "Severity", 1, true }, { "Check", 1, true }, { "Object", 2 },
            { "What is wrong", 3 }, { "Ways", 1, true, true } };
        for (std::size_t i = 0; i < findings; ++i) {
            TableRow row = finding(static_cast<Severity>(4 - i * 5 / std::max<std::size_t>(1, findings)),
                "GL-POD-001", std::string(objects[i % objects.size()]) + "-" + std::to_string(i),
                "spec.template.spec.containers[0].securityContext.privileged = true");
            row.anchor = "finding-" + std::to_string(i);
            table.rows.push_back(std::move(row));
        }
        return table;
    }

    void addProse(std::vector<Block>& blocks)
    {
        blocks.push_back(Heading { 1, "Summary", "summary", "1" });
        blocks.push_back(
            Paragraph { plain("An attacker on the internet reaches every Secret of the cluster in "
                              "four steps, on 21 ways. Three fixes close all of them."),
                Paragraph::Role::Lead });
        blocks.push_back(Figures { { { "21", "open ways from the internet", Severity::Critical },
            { "7", "critical findings", Severity::Critical }, { "44", "high findings", Severity::High },
            { "3", "fixes close every way", {}, true }, { "96 %", "of the objects were read" } } });
        blocks.push_back(fourScores());
        blocks.push_back(Paragraph { { { "The shortest way leads over Docker's open API on " },
            code("worker-1"), { " (" }, stage(2), { ", " }, severity(Severity::Critical), { "), see " },
            { "way 1", Face::Plain, "way-1" }, { ". " }, strong("Close it first."),
            { " What the others need is told in section " }, { "Attack path", Face::Plain, "attack-path" },
            { " together with the fixes that break them. Nothing here was changed in the cluster: Glacis "
              "only reads." } } });
        blocks.push_back(Paragraph { plain("4 % of the objects could not be read: the scan's account may not "
                                           "list Secrets in kube-system. What is there may be worse."),
            Paragraph::Role::Warning });
        blocks.push_back(Items { true,
            { { { "Remove the Docker socket from " }, code("vote/worker"), { " (closes 14 ways, small)" } },
                plain("Require a certificate for Docker's API on worker-1 (closes 5 ways, medium)"),
                plain("Take the right to read Secrets from the CI account (closes 2 ways, small)") } });
        blocks.push_back(Heading { 2, "Where the problems are", "where", "1.1" });
        blocks.push_back(Bars { "Problems by namespace",
            { { { code("vote") }, { 2, 4, 9, 12, 3 } }, { { code("kube-system") }, { 1, 3, 14, 5, 1 } },
                { { code("drizzle") }, { 0, 1, 3, 0, 0 } }, { plain("Cluster"), { 0, 2, 5, 8, 3 } } } });
        blocks.push_back(Paragraph {
            plain("Counted are open findings; accepted ones are in section 9."), Paragraph::Role::Note });
    }

    void addStages(std::vector<Block>& blocks)
    {
        blocks.push_back(Heading { 1, "The four stages", "stages", "2" });
        for (const StageLine& line : fourScores().stages) {
            Heading heading { 2, "Stage " + std::to_string(line.stage) + ": " + line.title, line.anchor,
                "2." + std::to_string(line.stage) };
            heading.stage = line.stage;
            blocks.push_back(heading);
            blocks.push_back(Scores { std::nullopt, { line } });
            blocks.push_back(Items { false,
                { plain("Anonymous requests to the kubelet are answered."),
                    { { "Port 10250 of " }, code("worker-1"), { " is open to every pod." } } } });
        }
    }

    void addFindings(std::vector<Block>& blocks)
    {
        blocks.push_back(Heading { 1, "Findings", "findings", "4" });
        blocks.push_back(
            Heading { 3, "Docker socket mounted into a container", "check-dkr-001", "", Severity::Critical });
        blocks.push_back(Facts { { { "Check", { code("GL-DKR-001") } },
            { "Frameworks", plain("CIS 5.2.12, NSA 1.3, ATT&CK T1611, PSS restricted") },
            { "Why it matters",
                plain("Whoever writes to the socket commands the daemon, and the daemon is root on the node: "
                      "a container with the host's file system is one request away.") } } });
        blocks.push_back(
            CodeBlock { "spec:\n  volumes:\n  - name: docker\n    hostPath:\n"
                        "      path: /var/run/docker.sock   # remove this volume and its mount\n" });
        blocks.push_back(findingsTable(24));
        for (const char* name : { "exp-001", "rbac-003" })
            blocks.push_back(Heading {
                3, std::string("Check ") + name, std::string("check-") + name, "", Severity::High });
        blocks.push_back(Paragraph { plain("Told above.") });
    }

}

Document documentOf(std::vector<Block> blocks)
{
    Document document;
    document.title = "Security posture of votelab";
    document.subtitle = "Engineer edition";
    document.cluster = "votelab";
    document.blocks = std::move(blocks);
    return document;
}

Document sampleDocument()
{
    Document document = documentOf({});
    document.classification = "Confidential";
    document.mark = 2;
    document.made = 1'795'428'000;
    document.lead = { { "An attacker on the internet reaches " }, strong("every Secret and etcd"),
        { " of this cluster on 21 ways. Three fixes close all of them." } };
    document.scores = fourScores();
    document.facts = { { "Source", plain("Practice cluster votelab") },
        { "Captured", plain("2026-11-20 10:00 UTC") }, { "Kubernetes", plain("v1.32, self-managed") },
        { "Read", plain("412 objects of 18 kinds in 9 namespaces; 2 kinds could not be read") },
        { "Made by", plain("Glacis 0.1.0, 62 checks") } };
    addProse(document.blocks);
    addStages(document.blocks);
    document.blocks.push_back(Heading { 1, "Attack path", "attack-path", "3" });
    document.blocks.push_back(AttackPicture {
        "The attack path with the cheapest way marked. Rings are choke points.", "From the internet …" });
    document.blocks.push_back(Heading { 2, "The ways one by one", "ways", "3.1" });
    document.blocks.push_back(sampleWay(1));
    document.blocks.push_back(sampleWay(2));
    addFindings(document.blocks);
    return document;
}

Document findingsDocument(std::size_t findings)
{
    return documentOf({ Heading { 1, "Findings", "findings" }, findingsTable(findings) });
}

} // namespace glacis::test
