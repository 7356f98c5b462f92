// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document with every kind of block, made by hand. `added` stands at the end of every string of it, so that
// a test can put hostile text everywhere at once.
#pragma once

#include <report/document.h>

#include <string>
#include <string_view>

namespace glacis::test {

class SampleDocument {
public:
    explicit SampleDocument(std::string added = {})
        : m_added(std::move(added))
    {
    }

    [[nodiscard]] report::Document make() const
    {
        using namespace report;
        Document document;
        document.title = words("Security posture of votelab");
        document.subtitle = words("Engineer edition");
        document.cluster = words("votelab");
        document.classification = words("Confidential");
        document.mark = 1;
        document.made = 1'795'168'800;
        document.lead = { plain("An attacker on the Internet can reach "), run("all Secrets", Face::Strong),
            plain(" in five steps. Three fixes close all 21 ways.") };
        document.scores = scores();
        document.facts = { { words("Source"), { run("snapshot-2026-11-20.glacis", Face::Code) } },
            { words("Captured"), { plain("2026-11-20 10:00 UTC") } },
            { words("Scope"), { plain("1,284 objects in 12 namespaces") } } };
        summary(document.blocks);
        attackPath(document.blocks);
        findings(document.blocks);
        checks(document.blocks);
        return document;
    }

    /// The sample with so many findings as items and as rows.
    [[nodiscard]] report::Document large(std::size_t number) const
    {
        using namespace report;
        Document document = make();
        Table table = findingsTable();
        const TableRow row = table.rows.front();
        table.rows.clear();
        for (std::size_t i = 0; i < number; ++i) {
            const std::string id = "many-" + std::to_string(i);
            document.blocks.emplace_back(heading(3, "A container runs privileged", id, {}, Severity::High));
            document.blocks.emplace_back(
                Paragraph { { run("Deployment shop/web-" + std::to_string(i), Face::Code),
                    plain(" is root on its node: who breaks into it owns the node.") } });
            table.rows.push_back(row);
            table.rows.back().anchor.clear();
        }
        document.blocks.emplace_back(heading(1, "Every finding", "every", "9", {}));
        document.blocks.emplace_back(std::move(table));
        return document;
    }

private:
    [[nodiscard]] std::string words(std::string_view text) const { return std::string(text) + m_added; }
    [[nodiscard]] report::Run plain(std::string_view text) const { return { words(text) }; }
    [[nodiscard]] report::Run run(
        std::string_view text, report::Face face, std::string target = {}, std::uint8_t value = 0) const
    {
        return { words(text), face, std::move(target), value };
    }
    [[nodiscard]] report::Run severity(Severity severity) const
    {
        return { {}, report::Face::Severity, {}, static_cast<std::uint8_t>(severity) };
    }
    [[nodiscard]] report::Heading heading(int level, std::string_view text, const std::string& anchor,
        std::string number, std::optional<Severity> severity = {}, Stage stage = 0) const
    {
        return { level, words(text), anchor, std::move(number), severity, stage };
    }

    [[nodiscard]] report::Scores scores() const
    {
        return { 38,
            { { 1, words("Network & API exposure"), 61, false, 6,
                  words("Two domains share one address with the API server"), "stages" },
                { 2, words("Docker daemon access"), 38, false, 3,
                    words("Docker API answers without TLS on worker-1"), "nowhere" },
                { 3, words("Least privilege & RBAC"), 92, true, 21, {}, {} },
                { 4, words("Secrets & etcd"), std::nullopt, false, 0, {}, {} } } };
    }

    void summary(std::vector<report::Block>& blocks) const
    {
        using namespace report;
        blocks.emplace_back(heading(1, "Summary", "summary", "1"));
        blocks.emplace_back(
            Paragraph { { plain("The cluster can be taken over from the Internet. "),
                            run("Way 1", Face::Plain, "way-1"), plain(" needs no password.") },
                Paragraph::Role::Lead });
        blocks.emplace_back(Figures { { { words("21"), words("open ways"), Severity::Critical },
            { words("87"), words("problems"), Severity::High }, { words("15"), words("possible ways") },
            { words("3"), words("fixes close all ways"), {}, true } } });
        blocks.emplace_back(Paragraph { { plain("Nodes were not read: the scanner may not list them. "),
                                            run("get,list nodes", Face::Code), plain(" would show them.") },
            Paragraph::Role::Warning });
        blocks.emplace_back(Items { true,
            { { run("Require TLS on the Docker daemon", Face::Strong),
                  plain(" of worker-1: closes 11 ways.") },
                { run("Narrow ClusterRoleBinding", Face::Strong), plain(" "),
                    run("kubernetes-dashboard-admin-binding.v1", Face::Code), plain(": closes 8 ways.") },
                { plain("Move the password into a Secret.") } } });
        blocks.emplace_back(heading(2, "Problems by stage", "stages", "1.1"));
        blocks.emplace_back(Paragraph { { plain("See "), run("stage 2", Face::Stage, "stages", 2),
            plain(" first; it is the "), run("lowest", Face::Quiet), plain(" one.") } });
        blocks.emplace_back(Bars { words("Problems by namespace"),
            { { { run("shop", Face::Code) }, { 0, 2, 11, 7, 3 } },
                { { run("kube-system", Face::Code) }, { 4, 0, 6, 2, 0 } },
                { { run("a-namespace-with-a-rather-long-name-for-a-team", Face::Code) }, { 1, 1, 1, 0, 0 } },
                { { run("empty", Face::Code) }, {} } } });
        blocks.emplace_back(
            Paragraph { { plain("Accepted problems are not counted.") }, Paragraph::Role::Note });
    }

    [[nodiscard]] report::WayStory way(std::uint32_t number, attack::WayClass wayClass) const
    {
        using namespace report;
        WayStory way;
        way.number = number;
        way.anchor = "way-" + std::to_string(number);
        way.headline = { plain("Docker on worker-1 \xE2\x86\x92 all Secrets, etcd data") };
        way.wayClass = wayClass;
        way.cost = 9;
        way.steps.push_back(
            { { plain("The Internet reaches the Docker API of worker-1") }, words("REACHES"), 1, true,
                { { { plain("NodePort 32375 forwards to the daemon") }, words("docker.yaml:12") } }, 0 });
        way.steps.push_back({ { plain("The API starts a container that mounts the node's root") },
            words("DOCKER_API"), 2, true,
            { { { run(
                    "Deployment shop/web spec.template.spec.containers[0].securityContext.privileged = true",
                    Face::Code) },
                  words("manifests/web.yaml:17"), words("GL-POD-001"), "gl-pod-001" },
                { { plain("daemon.json has no tlsverify") }, {}, words("GL-DOCK-002"), "not-there" } },
            3 });
        way.steps.push_back({ { plain("Root on the node reads the kubelet's credentials") },
            words("NODE_CREDENTIALS"), 3, false, {}, 0 });
        way.steps.push_back({ { run("system:nodes", Face::Code), plain(" reads all Secrets") },
            words("READS_SECRETS"), 4, true, {}, 0 });
        way.breaks = { { plain("Require client certificates: "), run("tlsverify: true", Face::Code) },
            { plain("Block port 2375 at the host's firewall") } };
        return way;
    }

    void attackPath(std::vector<report::Block>& blocks) const
    {
        using namespace report;
        blocks.emplace_back(heading(1, "Attack path", "attack-path", "2"));
        blocks.emplace_back(AttackPicture { words("The cheapest ways through the four stages."),
            words("Internet, Docker daemon of worker-1, node worker-1, all Secrets") });
        blocks.emplace_back(way(1, attack::WayClass::Certain));
        blocks.emplace_back(way(2, attack::WayClass::Possible));
    }

    [[nodiscard]] report::Table findingsTable() const
    {
        using namespace report;
        Table table;
        table.name = words("Problems, worst first");
        table.columns = { { words("Severity"), 1, true }, { words("Check"), 1, true }, { words("Object"), 2 },
            { words("Problem"), 3 }, { words("Ways"), 1, true, true } };
        table.rows.push_back(
            { { { severity(Severity::Critical) }, { run("GL-POD-001", Face::Plain, "gl-pod-001") },
                  { run("Deployment shop/payment-gateway-frontend", Face::Code) },
                  { plain("A container runs privileged") }, { plain("11") } },
                "row-1",
                { run("spec.template.spec.containers[0].securityContext.privileged = true", Face::Code) } });
        table.rows.push_back(
            { { { severity(Severity::Medium) }, { plain("GL-RBAC-004") },
                  { run("ClusterRoleBinding dashboard", Face::Code) },
                  { plain("A binding gives cluster-admin to a service account") }, { plain("8") } },
                {}, {} });
        table.rows.push_back(
            { { { severity(Severity::Info) }, { plain("GL-NET-010") }, { run("Namespace shop", Face::Code) },
                  { plain("No NetworkPolicy selects its pods") } },
                {}, {} });
        return table;
    }

    void findings(std::vector<report::Block>& blocks) const
    {
        using namespace report;
        blocks.emplace_back(heading(1, "Findings", "findings", "3"));
        blocks.emplace_back(findingsTable());
        blocks.emplace_back(heading(2, "Least privilege & RBAC", "stage-3", "3.1", {}, 3));
        blocks.emplace_back(
            heading(3, "A container runs privileged", "gl-pod-001", "3.1.1", Severity::Critical));
        blocks.emplace_back(Paragraph { { plain("It is root on the node: "), severity(Severity::Low),
            plain(" is said elsewhere. See "), run("the table", Face::Plain, "row-1"), plain(".") } });
        blocks.emplace_back(Facts { { { words("Framework"), { plain("CIS 5.2.2, T1610") } },
            { words("Where"), { run("manifests/web.yaml:17", Face::Code) } } } });
        blocks.emplace_back(CodeBlock { "spec:\n  securityContext:\n    privileged: false" + m_added
            + "\nkubectl -n shop patch deployment web --type=json\n" });
        blocks.emplace_back(heading(3, "A binding gives too much", "gl-pod-001", {}, Severity::Medium));
        blocks.emplace_back(Items { false, { { plain("Bind less.") }, { plain("Bind for a time.") } } });
    }

    void checks(std::vector<report::Block>& blocks) const
    {
        using namespace report;
        Heading last = heading(1, "Method", {}, "4");
        last.newPage = false;
        blocks.emplace_back(last);
        blocks.emplace_back(
            Scores { std::nullopt, { { 2, words("Docker daemon access"), 38, true, 3, {}, {} } } });
        blocks.emplace_back(Paragraph { { plain("Values of Secrets are never read.") } });
    }

    std::string m_added;
};

} // namespace glacis::test
