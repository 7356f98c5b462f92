// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <from_yaml.h>
#include <judged.h>

using namespace glacis;
using namespace glacis::test;
using inventory::Scope;

namespace {
QString ascii(const char* expected) { return QString::fromUtf8(expected); }

QString verdict(const char* check, const char* object, const std::string& yaml, const std::string& facts = {},
    Scope scope = Scope::Cluster)
{
    const Judged judged(fromYaml(yaml, facts, scope), JudgeOptions {});
    return text(judged.verdict(check, object));
}
std::string message(
    const char* check, const char* object, const std::string& yaml, const std::string& facts = {})
{
    const Judged judged(fromYaml(yaml, facts), JudgeOptions {});
    const auto found = judged.findings(check, object);
    return found.empty() ? "" : found.front()->message;
}

std::string ingress(
    const std::string& spec, const std::string& status = {}, const std::string& annotation = {})
{
    return "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop"
        + (annotation.empty() ? "" : ", annotations: {" + annotation + "}") + "}\nspec:\n" + spec
        + (status.empty() ? "" : "status: {loadBalancer: {ingress: [{" + status + "}]}}\n");
}
constexpr const char* PublicStatus = "status: {loadBalancer: {ingress: [{ip: 104.21.63.124}]}}\n";
const std::string RuleVote = "  rules: [{host: vote.com, http: {paths: [{path: /, pathType: Prefix, backend: "
                             "{service: {name: web, port: {number: 80}}}}]}}]\n";
const std::string RuleAny = "  rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: "
                            "web, port: {number: 80}}}}]}}]\n";
}

class ExpChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // ---- GL-EXP-001
    void apiServerByAddress_data()
    {
        QTest::addColumn<QString>("facts");
        QTest::addColumn<QString>("object");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* facts, const char* object, const char* expected) {
            QTest::newRow(name) << ascii(facts) << ascii(object) << ascii(expected);
        };
        const char* api = "Endpoint kube-apiserver";
        row("public literal", "endpoints: [{what: kube-apiserver, address: 104.21.63.124, port: 6443}]\n",
            api, "fail high | endpoints = 104.21.63.124:6443, from endpoints fact (port scan)");
        row("private literal", "endpoints: [{what: kube-apiserver, address: 10.0.0.1, port: 6443}]\n", api,
            "silent");
        row("name with answer",
            "endpoints: [{what: kube-apiserver, address: vote.com, port: 6443}]\ndns: [{name: vote.com, "
            "addresses: [104.21.63.124]}]\n",
            api, "fail high | endpoints = vote.com:6443, from endpoints fact (port scan)");
        row("name with private answer",
            "endpoints: [{what: kube-apiserver, address: vote.com, port: 6443}]\ndns: [{name: vote.com, "
            "addresses: [10.0.0.1]}]\n",
            "", "silent");
        row("name nobody resolved", "endpoints: [{what: kube-apiserver, address: vote.com, port: 6443}]\n",
            "",
            "not-assessed: vote.com was not resolved: a DNS fact would tell whether its address is public");
    }
    void apiServerByAddress()
    {
        QFETCH(QString, facts);
        QFETCH(QString, object);
        QFETCH(QString, expected);
        QCOMPARE(
            verdict("GL-EXP-001", object.toUtf8().constData(), pod("web"), facts.toStdString()), expected);
    }

    void privateApiServerPasses()
    {
        const Judged judged(
            fromYaml(pod("web"), "endpoints: [{what: kube-apiserver, address: 10.0.0.1, port: 6443}]\n"),
            JudgeOptions {});
        QVERIFY(judged.result("GL-EXP-001").assessed());
        QCOMPARE(judged.result("GL-EXP-001").failed, 0U);
    }

    void unknownApiServerIsNotAssessed()
    {
        QVERIFY(verdict("GL-EXP-001", "", pod("web"))
                    .startsWith(ascii("not-assessed: the address of the API server is not known")));
    }

    // ---- GL-EXP-002
    void anonymousAnswers_data()
    {
        QTest::addColumn<QString>("http");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* http, const char* expected) {
            QTest::newRow(name) << ascii(http) << ascii(expected);
        };
        row("list", "path: /api/v1/namespaces, from: internet, credentials: none, status: 200",
            "fail critical | http = GET /api/v1/namespaces from internet without credentials: 200");
        row("version", "path: /version, from: internet, credentials: none, status: 200",
            "fail info | http = GET /version from internet without credentials: 200");
        row("health with query", "path: '/livez?verbose', from: cluster, credentials: none, status: 200",
            "fail info | http = GET /livez?verbose from cluster without credentials: 200");
        row("discovery", "path: /apis/apps/v1, from: internet, credentials: none, status: 200",
            "fail medium | http = GET /apis/apps/v1 from internet without credentials: 200");
        row("group list", "path: /apis/apps/v1/deployments, from: internet, credentials: none, status: 200",
            "fail critical | http = GET /apis/apps/v1/deployments from internet without credentials: 200");
        row("forbidden", "path: /api/v1/namespaces, from: internet, credentials: none, status: 403",
            "silent");
        row("with a token", "path: /api/v1/namespaces, from: internet, credentials: token, status: 200",
            "silent");
    }
    void anonymousAnswers()
    {
        QFETCH(QString, http);
        QFETCH(QString, expected);
        const std::string facts = "http: [{endpoint: kube-apiserver, " + http.toStdString() + "}]\n";
        QCOMPARE(verdict("GL-EXP-002", "Endpoint kube-apiserver", pod("web"), facts), expected);
    }

    void refusalPassesAndSilenceIsNotAssessed()
    {
        const std::string refused = "http: [{endpoint: kube-apiserver, path: /api, from: internet, "
                                    "credentials: none, status: 401}]\n";
        QVERIFY(Judged(fromYaml(pod("web"), refused), JudgeOptions {}).result("GL-EXP-002").assessed());
        QVERIFY(verdict("GL-EXP-002", "", pod("web")).contains(ascii("needs a probe or a facts file")));
    }

    // ---- GL-EXP-003
    void sharedAddressSeverity()
    {
        const auto two = [](const std::string& nsA, const std::string& nsB) {
            return "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: vote, namespace: "
                + nsA
                + "}\nspec: {rules: [{host: vote.com}]}\nstatus: {loadBalancer: {ingress: [{ip: "
                  "104.21.63.124}]}}\n"
                  "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: result, namespace: "
                + nsB
                + "}\nspec: {rules: [{host: result.com}]}\nstatus: {loadBalancer: {ingress: [{ip: "
                  "104.21.63.124}]}}\n";
        };
        const char* address = "Address 104.21.63.124";
        QCOMPARE(verdict("GL-EXP-003", address, two("a", "b")),
            ascii("fail medium | Ingress b/result spec.rules[0].host = result.com → 104.21.63.124; Ingress "
                  "a/vote spec.rules[0].host "
                  "= vote.com → 104.21.63.124"));
        QVERIFY(verdict("GL-EXP-003", address, two("a", "a")).startsWith(ascii("fail info")));
        QVERIFY(verdict("GL-EXP-003", address, two("a", "a") + node("w", "ExternalIP", "104.21.63.124"))
                    .startsWith(ascii("fail high")));
        QVERIFY(verdict("GL-EXP-003", address, two("a", "a"),
            "endpoints: [{what: kube-apiserver, address: 104.21.63.124, port: 6443}]\n")
                    .startsWith(ascii("fail high")));
        const std::string dns
            = "dns: [{name: a.com, addresses: [104.21.63.124]}, {name: b.com, addresses: [104.21.63.124]}]\n";
        QVERIFY(verdict("GL-EXP-003", address, pod("web"), dns).startsWith(ascii("fail info")));
        QCOMPARE(
            text(message("GL-EXP-003", address, two("a", "a") + node("w", "ExternalIP", "104.21.63.124"))),
            ascii("result.com and vote.com both stand on 104.21.63.124, which is also a node's"));
    }

    void aNameWithoutAnAddressIsNotAssessed()
    {
        QCOMPARE(verdict("GL-EXP-003", "Ingress shop/web", ingress(RuleVote)),
            ascii("not-assessed: the address of vote.com is not known: no status, no DNS fact"));
        QVERIFY(Judged(fromYaml(ingress(RuleVote, "ip: 104.21.63.124")), JudgeOptions {})
                    .result("GL-EXP-003")
                    .assessed());
    }

    // ---- GL-EXP-004, 005, 006
    void loadBalancers()
    {
        const std::string open = service("web", "  type: LoadBalancer\n");
        QCOMPARE(verdict("GL-EXP-004", "Service shop/web", open + PublicStatus),
            ascii("fail high | spec.type = LoadBalancer 104.21.63.124, no source ranges"));
        QCOMPARE(text(message("GL-EXP-004", "Service shop/web", open + PublicStatus)),
            ascii("Service shop/web is open to the whole Internet at 104.21.63.124"));
        QCOMPARE(verdict("GL-EXP-004", "Service shop/web",
                     open + "status: {loadBalancer: {ingress: [{ip: 10.0.0.1}]}}\n"),
            ascii("pass"));
        QCOMPARE(verdict("GL-EXP-004", "Service shop/web",
                     service("web", "  type: LoadBalancer\n  loadBalancerSourceRanges: [192.0.2.0/24]\n")
                         + PublicStatus),
            ascii("pass"));
        QCOMPARE(verdict("GL-EXP-004", "Service shop/web", service("web", "")), ascii("not-applicable"));
        QCOMPARE(verdict("GL-EXP-004", "Service shop/web", open),
            ascii("not-assessed: its load balancer has no address yet"));
        QCOMPARE(verdict("GL-EXP-004", "Service shop/web", open, {}, Scope::Manifests),
            ascii("fail high | spec.type = LoadBalancer, no source ranges"));
    }

    void nodePorts()
    {
        const std::string yaml = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: "
                                 "shop}\nspec:\n  type: NodePort\n"
                                 "  ports: [{port: 80}, {port: 81, nodePort: 30081}]\n";
        QCOMPARE(verdict("GL-EXP-005", "Service shop/web", yaml + node("a", "ExternalIP", "104.21.63.124")),
            ascii("fail medium | spec.ports[0].nodePort = assigned later; spec.ports[1].nodePort = 30081"));
        QCOMPARE(verdict("GL-EXP-005", "Service shop/web", yaml + node("a", "InternalIP", "10.0.0.1")),
            ascii("pass"));
        QVERIFY(verdict("GL-EXP-005", "Service shop/web", yaml)
                    .startsWith(ascii("not-assessed: no Node was read")));
        QCOMPARE(verdict("GL-EXP-005", "Service shop/web",
                     service("web", "") + node("a", "ExternalIP", "104.21.63.124")),
            ascii("not-applicable"));
    }

    void externalIps()
    {
        QCOMPARE(verdict("GL-EXP-006", "Service shop/web", service("web", "  externalIPs: [10.0.0.7]\n")),
            ascii("fail high | spec.externalIPs[0] = 10.0.0.7"));
        QCOMPARE(verdict("GL-EXP-006", "Service shop/web", service("web", "")), ascii("pass"));
    }

    // ---- GL-EXP-008
    void ingressTls_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("annotation");
        QTest::addColumn<QString>("expected");
        const auto row
            = [](const char* name, const std::string& spec, const char* annotation, const char* expected) {
                  QTest::newRow(name) << text(spec) << ascii(annotation) << ascii(expected);
              };
        row("none", RuleVote, "", "fail medium | spec.tls = absent");
        row("covered", RuleVote + "  tls: [{hosts: [VOTE.com]}]\n", "", "pass");
        row("another host", RuleVote + "  tls: [{hosts: [result.com]}]\n", "",
            "fail medium | spec.rules[0].host = vote.com");
        row("wildcard covers one label",
            "  rules: [{host: a.vote.com}, {host: a.b.vote.com}]\n  tls: [{hosts: ['*.vote.com']}]\n", "",
            "fail medium | spec.rules[1].host = a.b.vote.com");
        row("default certificate", RuleVote + "  tls: [{secretName: cert}]\n", "", "pass");
        row("no host to cover", RuleAny + "  tls: [{hosts: [result.com]}]\n", "", "pass");
        row("alb terminates", RuleVote, "alb.ingress.kubernetes.io/certificate-arn: 'arn:aws:acm:x'",
            "fail low | spec.tls = absent");
        row("gke terminates", RuleVote, "networking.gke.io/managed-certificates: web",
            "fail low | spec.tls = absent");
        row("alb listens on http only", RuleVote,
            "alb.ingress.kubernetes.io/listen-ports: '[{\"HTTP\": 80}]'", "fail medium | spec.tls = absent");
    }
    void ingressTls()
    {
        QFETCH(QString, spec);
        QFETCH(QString, annotation);
        QFETCH(QString, expected);
        QCOMPARE(verdict("GL-EXP-008", "Ingress shop/web",
                     ingress(spec.toStdString(), {}, annotation.toStdString())),
            expected);
    }

    // ---- GL-EXP-009
    void catchAll()
    {
        const char* status = "ip: 104.21.63.124";
        QCOMPARE(verdict("GL-EXP-009", "Ingress shop/web", ingress(RuleVote, status)), ascii("pass"));
        QCOMPARE(verdict("GL-EXP-009", "Ingress shop/web", ingress(RuleAny, status)),
            ascii("fail low | spec.rules[0].host = absent"));
        QCOMPARE(verdict("GL-EXP-009", "Ingress shop/web", ingress(RuleAny, "ip: 10.0.0.1")), ascii("pass"));
        QCOMPARE(
            verdict("GL-EXP-009", "Ingress shop/web",
                ingress(RuleVote + "  defaultBackend: {service: {name: web, port: {number: 80}}}\n", status)),
            ascii("fail low | spec.defaultBackend = web"));
    }

    // ---- GL-EXP-013
    void adminInterfaces()
    {
        const auto tool = [](const std::string& image, const std::string& more = {}) {
            return "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: "
                   "shop}\nspec: {template: {metadata: "
                   "{labels: {app: web}}, spec: {containers: [{name: app, image: '"
                + image + "'" + more + "}]}}}\n";
        };
        const std::string open = service("web", "  type: LoadBalancer\n") + PublicStatus;
        const char* object = "Deployment shop/web";
        QCOMPARE(verdict("GL-EXP-013", object, tool("jenkins/jenkins:lts") + open),
            ascii("fail high | spec.template.spec.containers[0].image = image jenkins/jenkins:lts; Service "
                  "shop/web spec.type = LoadBalancer"));
        QCOMPARE(text(message("GL-EXP-013", object, tool("jenkins/jenkins:lts") + open)),
            ascii("Jenkins can be reached from outside through LoadBalancer Service shop/web at "
                  "104.21.63.124:80"));
        QVERIFY(verdict("GL-EXP-013", object,
            tool("jupyter/base-notebook", ", args: [start-notebook.sh, \"--NotebookApp.token=''\"]") + open)
                    .startsWith(ascii("fail critical")));
        QCOMPARE(
            verdict("GL-EXP-013", object, tool("jenkins/jenkins:lts") + service("web", "")), ascii("pass"));
        QCOMPARE(verdict("GL-EXP-013", object, tool("nginx") + open), ascii("not-applicable"));
        QCOMPARE(verdict("GL-EXP-013", object, tool("kubernetesui/dashboard:v2.7.0") + open),
            ascii("not-applicable"));
        const std::string nodePort = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: "
                                     "shop}\nspec: {type: NodePort, "
                                     "selector: {app: web}, ports: [{port: 80}]}\n";
        QVERIFY(verdict("GL-EXP-013", object, tool("jenkins/jenkins:lts") + nodePort)
                    .startsWith(ascii("not-assessed: no Node was read")));
        QCOMPARE(verdict("GL-EXP-013", object,
                     tool("jenkins/jenkins:lts") + nodePort + node("a", "InternalIP", "10.0.0.1")),
            ascii("pass"));
    }

    void anIngressThatAsksForALoginIsNotOpen()
    {
        const std::string prometheus = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: "
                                       "shop, labels: {app: web}}\nspec: "
                                       "{containers: [{name: app, image: 'prom/prometheus:v2'}]}\n"
            + service("web", "");
        const char* status = "ip: 104.21.63.124";
        QVERIFY(verdict("GL-EXP-013", "Pod shop/web", prometheus + ingress(RuleVote, status))
                    .startsWith(ascii("fail critical")));
        QVERIFY(verdict("GL-EXP-013", "Pod shop/web",
            prometheus + ingress(RuleVote, status, "nginx.ingress.kubernetes.io/auth-url: 'https://login'"))
                    .startsWith(ascii("fail high")));
    }
};
GLACIS_TEST(ExpChecksTest)
#include "exp_checks_test.moc"
