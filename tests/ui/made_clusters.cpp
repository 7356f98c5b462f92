// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_clusters.h"

#include <QDateTime>

#include <array>
#include <chrono>
#include <thread>

namespace glacis::test {
namespace {

    using namespace cluster;
    using State = TestStep::State;

    ClusterEntry madeCluster(const std::string& name, std::uint32_t file, const std::string& server)
    {
        ClusterEntry entry;
        entry.name = name;
        entry.place = { file, 3 };
        entry.server = server;
        entry.certificateAuthorityData = "pem";
        return entry;
    }

    UserEntry madeUser(const std::string& name, std::uint32_t file)
    {
        UserEntry user;
        user.name = name;
        user.place = { file, 20 };
        return user;
    }

    Context madeContext(const std::string& name, std::uint32_t file, const std::string& cluster,
        const std::string& user, const std::string& ns = {})
    {
        return { name, { file, 40 }, cluster, user, ns };
    }

    std::string kindOf(const UserEntry& user)
    {
        return user.exec          ? "exec: " + user.exec->command.substr(user.exec->command.rfind('/') + 1)
            : !user.token.empty() ? "token"
                                  : "client certificate";
    }

}

std::vector<KubeconfigSet> typicalSets()
{
    const std::string home = qEnvironmentVariable("HOME").toStdString();
    KubeconfigSet usual;
    usual.id = "usual";
    usual.files = { { home + "/.kube/config", KubeconfigFile::State::Read, {}, true, false },
        { home + "/.kube/staging", KubeconfigFile::State::Read, {}, false, false },
        { home + "/.kube/old", KubeconfigFile::State::Broken, "line 12 holds a tab where YAML wants spaces.",
            false, false } };
    usual.clusters = { madeCluster("prod-eu", 0, "https://10.20.0.1:6443"),
        madeCluster("prod-us", 0, "https://A1B2C3.gr7.us-east-1.eks.amazonaws.com"),
        madeCluster("lab", 0, "https://127.0.0.1:41233"),
        madeCluster("staging", 1, "https://stage.example:6443") };
    usual.clusters[2].insecureSkipTlsVerify = true;
    usual.clusters[1].proxyUrl = "http://operator:hunter2@proxy.example:3128";
    usual.users = { madeUser("admin", 0), madeUser("sso", 0), madeUser("ci", 1) };
    usual.users[1].exec = ExecSpec { "client.authentication.k8s.io/v1", "aws",
        { "eks", "get-token", "--cluster-name", "prod-us" }, { { "AWS_PROFILE", "production" } },
        "Install the AWS CLI.", false, std::nullopt };
    usual.users[2].token = Wiped("a-token-that-is-never-shown");
    usual.contexts = { madeContext("kubernetes-admin@prod-eu", 0, "prod-eu", "admin"),
        madeContext("arn:aws:eks:us-east-1:123456789012:cluster/prod-us", 0, "prod-us", "sso"),
        madeContext("lab", 0, "lab", "admin", "playground"),
        madeContext("staging", 1, "staging", "ci", "shop"), madeContext("dangling", 1, "nowhere", "ci") };
    usual.currentContext = "kubernetes-admin@prod-eu";
    usual.shadowed = { { "user", "admin", { 0, 20 }, { 1, 9 } } };

    KubeconfigSet added;
    added.id = "/srv/customer/kubeconfig.yaml";
    added.files = { { added.id, KubeconfigFile::State::Read, {}, false, true } };
    added.clusters = { madeCluster("kubernetes", 0, "https://customer.example:6443") };
    added.clusters[0].certificateAuthorityData.reset();
    added.clusters[0].certificateAuthority = "/srv/customer/ca.crt";
    added.users = { madeUser("operator", 0) };
    added.users[0].exec = ExecSpec { "client.authentication.k8s.io/v1", "/srv/customer/bin/login",
        { "--issuer", "https://login.example" }, { { "CLIENT_SECRET", "s3cret" } }, {}, false, std::nullopt };
    added.contexts = { madeContext("customer", 0, "kubernetes", "operator") };
    return { usual, added };
}

std::vector<KubeconfigSet> hostileSets(const std::string& text)
{
    KubeconfigSet set;
    set.id = text;
    set.files = { { "/" + text, KubeconfigFile::State::Read, {}, true, true },
        { "/broken" + text, KubeconfigFile::State::Broken, text, false, false } };
    set.clusters = { madeCluster(text, 0, "https://" + text) };
    set.clusters[0].proxyUrl = text;
    set.clusters[0].tlsServerName = text;
    set.clusters[0].certificateAuthority = "/" + text;
    set.clusters[0].certificateAuthorityData.reset();
    set.users = { madeUser(text, 0) };
    set.users[0].impersonate = text;
    set.users[0].tokenFile = "/" + text;
    set.users[0].exec
        = ExecSpec { text, text, { text, text }, { { text, text } }, text, false, std::nullopt };
    set.contexts = { madeContext(text, 0, text, text, text) };
    set.shadowed = { { "user", text, { 0, 1 }, { 0, 2 } } };
    return { set };
}

ConnectionReport madeReport(bool failed)
{
    constexpr std::array names { "Kubeconfig", "Credential", "Name, connection and certificate", "Version",
        "Identity", "Discovery", "Rights" };
    ConnectionReport report;
    for (std::size_t i = 0; i < names.size(); ++i) {
        TestStep step;
        step.id = static_cast<TestStep::Id>(i);
        step.what = names[i];
        step.state = failed && i == 2 ? State::Failed
            : failed && i > 2         ? State::Skipped
            : i == 6                  ? State::Warned
                                      : State::Passed;
        step.milliseconds = step.state == State::Skipped ? 0 : 12 + static_cast<std::int64_t>(i) * 40;
        report.steps.push_back(step);
    }
    report.steps[0].result = "The context is complete.";
    report.steps[1].result = "A client certificate of kubernetes-admin.";
    if (failed) {
        report.steps[2].result = "The certificate of 10.20.0.1:6443 is signed by an authority that the "
                                 "kubeconfig does not name.";
        report.steps[2].next
            = "Ask who runs the cluster for its certificate authority, or fetch the kubeconfig anew.";
        report.steps[2].detail = "SSL certificate problem: self-signed certificate in certificate chain (19)";
        return report;
    }
    report.steps[2].result = "TLS 1.3, the certificate is for 10.20.0.1.";
    report.steps[3].result = "Kubernetes v1.34.4";
    report.steps[4].result = "The server knows you as kubernetes-admin.";
    report.steps[5].result = "58 resources in 24 groups.";
    report.steps[6].result = "2 of 41 lists are not allowed.";
    report.serverVersion = "v1.34.4";
    report.missingRights = { "list nodes", "list clusterroles" };
    report.excessRights = { "get secrets", "create pods" };
    report.unknownRights = { "list ingresses.networking.k8s.io" };
    return report;
}

ExecInvocation madeInvocation()
{
    ExecInvocation what;
    what.program = "/usr/local/bin/aws";
    what.args = { "eks", "get-token", "--cluster-name", "prod-us" };
    what.env = { { "AWS_PROFILE", "production" }, { "CLIENT_SECRET", "s3cret" } };
    what.sha256 = std::string(64, 'a');
    what.foundIn = "known folder";
    what.kubeconfig = "/home/me/.kube/config";
    what.user = "sso";
    what.server = "https://A1B2C3.gr7.us-east-1.eks.amazonaws.com";
    return what;
}

ui::ClusterServices madeServices(const std::shared_ptr<ClusterLog>& log, std::vector<KubeconfigSet> sets)
{
    log->sets = std::move(sets);
    ui::ClusterServices services;
    services.load = [log](const KubeconfigSources& sources) {
        ++log->loads;
        auto all = log->sets;
        for (const std::string& path : sources.added) { // each stands for itself
            KubeconfigSet set;
            set.id = path;
            set.files = { { path, KubeconfigFile::State::Read, {}, false, false } };
            set.clusters = { madeCluster("added", 0, "https://added.example:6443") };
            set.users = { madeUser("added", 0) };
            set.contexts = { madeContext("added", 0, "added", "added") };
            all.push_back(std::move(set));
        }
        return all;
    };
    services.identityKind = kindOf;
    services.certificateExpiry = [](const UserEntry& user) -> std::optional<std::int64_t> {
        if (user.exec || !user.token.empty())
            return std::nullopt;
        return QDateTime::currentSecsSinceEpoch() + 12 * 86400 + 60;
    };
    services.problem = [](const KubeconfigSet&, const Context& context) {
        return context.name == "dangling"
            ? std::string("The context dangling names the cluster nowhere, which no file defines.")
            : std::string();
    };
    services.remarks = [](const KubeconfigSet&, const Context& context) -> std::vector<std::string> {
        if (context.cluster == "lab")
            return { "insecure-skip-tls-verify: whoever stands between can read and change everything." };
        return {};
    };
    services.testSteps = [] {
        auto steps = madeReport(false).steps;
        for (TestStep& step : steps)
            step = { step.id, State::Waiting, step.what, {}, {}, {}, 0 };
        return steps;
    };
    services.testConnection = [log](const workspace::ContextRequest& request, const StopToken& stop,
                                  const ui::ClusterServices::Told& told) {
        ++log->tests;
        ++log->running;
        ConnectionReport report = madeReport(request.context == "staging");
        auto begun = report;
        for (TestStep& step : begun.steps)
            step.state = step.id == TestStep::Id::Kubeconfig ? State::Running : State::Waiting;
        told(begun);
        while (log->holdTests && !stop.stopRequested())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        --log->running;
        return report;
    };
    services.contacts = [] {
        const std::int64_t now = QDateTime::currentSecsSinceEpoch();
        return std::vector<Contact> { { "10.20.0.1:6443", false, 214, 48'123'456, now - 3600, now - 120 },
            { "proxy.example:3128", true, 3, 4096, now - 300, now - 290 } };
    };
    services.settingsChanged = [log](const ui::ConnectionSettings& settings) { log->settings = settings; };
    services.roleParts = [] {
        return std::vector<RolePart> {
            { "configmaps", "ConfigMaps", "Shows credentials that lie in ConfigMaps.",
                "Whoever holds the token reads every ConfigMap." },
            { "secret-metadata", "Names of Secrets", "Shows which Secrets exist and who may read them.",
                "RBAC cannot grant names alone: the token could read values too." },
        };
    };
    services.scannerRole = [](const RoleOptions& options) -> Result<std::string> {
        std::string yaml
            = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: "
              "glacis-scanner\nrules:\n- apiGroups: [\"\"]\n  resources: [pods, services, nodes]\n"
              "  verbs: [list]\n";
        for (const std::string& part : options.with)
            yaml += "# " + part + "\n";
        return yaml;
    };
    services.approvals = [log] { return log->approvals; };
    services.approve = [log](const ExecInvocation& what) -> Result<void> {
        log->approvals.push_back(what);
        return {};
    };
    services.revoke = [log](const ExecInvocation& what) -> Result<void> {
        std::erase(log->approvals, what);
        log->revoked.push_back(what);
        return {};
    };
    return services;
}

} // namespace glacis::test
