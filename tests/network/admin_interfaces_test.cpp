// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "from_yaml.h"

#include <network/admin_interfaces.h>

#include <set>

using namespace glacis;
using namespace glacis::network;
using namespace glacis::test;

namespace {
QString ascii(const char* expected) { return QString::fromUtf8(expected); }

/// "id" or "id open" of the first workload; "" when it is no admin interface.
QString match(const std::string& yaml)
{
    const auto inventory = fromYaml(yaml);
    const auto found = adminInterface(*inventory, inventory->workloads.at(0));
    if (!found)
        return {};
    return text(
        std::string(found->tool.id) + (found->tool.login == AdminInterface::Login::None ? " open" : ""));
}
std::string workload(
    const std::string& name, const std::string& image, const std::string& more, const std::string& labels)
{
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", namespace: x, labels: {" + labels
        + "}}\nspec: {containers: [{name: main, image: \"" + image + "\"" + (more.empty() ? "" : ", " + more)
        + "}]}\n";
}
}

class AdminInterfacesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void toolsAreKnownByImageNameAndConfiguration_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("labels");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* title, const char* image, const char* more, const char* name,
                             const char* labels, const char* expected) {
            QTest::newRow(title) << ascii(image) << ascii(more) << ascii(name) << ascii(labels)
                                 << ascii(expected);
        };
        const char* n = "some";
        row("plain image", "nginx:1", "", n, "", "");
        row("docker hub", "jenkins/jenkins:lts", "", n, "", "jenkins");
        row("mirror with port", "registry.local:5000/hub/jenkins/jenkins@sha256:00", "", n, "", "jenkins");
        row("an agent is no server", "jenkins/inbound-agent:1", "", n, "", "");
        row("a longer last segment", "acme/myjenkins:1", "", n, "", "");
        row("by name", "acme/ci:1", "", "jenkins", "", "jenkins");
        row("by label", "acme/ci:1", "", n, "app.kubernetes.io/name: jenkins", "jenkins");
        row("dashboard v2", "docker.io/kubernetesui/dashboard:v2.7.0", "", n, "", "kubernetes-dashboard");
        row("dashboard v2, skip login", "kubernetesui/dashboard:v2.7.0", "args: [--enable-skip-login]", n, "",
            "kubernetes-dashboard open");
        row("dashboard v2, skip login off", "kubernetesui/dashboard:v2.7.0",
            "args: [--enable-skip-login=false]", n, "", "kubernetes-dashboard");
        row("dashboard v7 web", "docker.io/kubernetesui/dashboard-web:1.4.0", "", n, "",
            "kubernetes-dashboard");
        row("dashboard v7 scraper is none", "kubernetesui/dashboard-metrics-scraper:1.2.0", "", n,
            "app.kubernetes.io/part-of: kubernetes-dashboard", "");
        row("dashboard by label", "mirror/k8s-ui:1", "", n, "k8s-app: kubernetes-dashboard",
            "kubernetes-dashboard");
        row("headlamp", "ghcr.io/headlamp-k8s/headlamp:v0.20.0", "args: [-in-cluster]", n, "", "headlamp");
        row("headlamp as its account", "ghcr.io/headlamp-k8s/headlamp:v0.45.0",
            "args: [-in-cluster, -unsafe-use-service-account-token]", n, "", "headlamp open");
        row("argocd server", "quay.io/argoproj/argocd:v2.9", "args: [/usr/local/bin/argocd-server]", n, "",
            "argocd");
        row("argocd controller is none", "quay.io/argoproj/argocd:v2.9",
            "args: [/usr/local/bin/argocd-application-controller]", "argocd-application-controller", "", "");
        row("argocd without login", "quay.io/argoproj/argocd:v2.9",
            "command: [argocd-server, --insecure, --disable-auth]", n, "", "argocd open");
        row("argo workflows", "quay.io/argoproj/argocli:v3.5", "args: [server]", n, "", "argo-workflows");
        row("argo workflows as server", "quay.io/argoproj/argocli:v3.5", "args: [server, --auth-mode=server]",
            n, "", "argo-workflows open");
        row("argo workflows, two words", "quay.io/argoproj/argocli:v3.5",
            "args: [server, --auth-mode, server]", n, "", "argo-workflows open");
        row("grafana", "grafana/grafana:10", "", n, "", "grafana");
        row("grafana anonymous", "grafana/grafana:10",
            "env: [{name: GF_AUTH_ANONYMOUS_ENABLED, value: 'true'}]", n, "", "grafana open");
        row("prometheus", "quay.io/prometheus/prometheus:v2", "", n, "", "prometheus open");
        row("prometheus with login", "prom/prometheus:v2", "args: [--web.config.file=/etc/web.yml]", n, "",
            "prometheus");
        row("prometheus exporter", "prom/node-exporter:v1", "", n, "app: prometheus-node-exporter", "");
        row("jupyter", "jupyter/scipy-notebook:latest", "", n, "", "jupyter");
        row("jupyter without token", "quay.io/jupyter/base-notebook:latest",
            "args: [start-notebook.sh, \"--NotebookApp.token=''\"]", n, "", "jupyter open");
        row("jupyter without token, in a script", "jupyter/base-notebook",
            "command: [sh, -c, \"exec start.sh jupyter lab --ServerApp.token='' --ip=0.0.0.0\"]", n, "",
            "jupyter open");
        row("jupyter with token", "jupyter/base-notebook",
            "args: [start-notebook.sh, --NotebookApp.token=abc]", n, "", "jupyter");
        row("traefik", "traefik:v2.10", "args: [--api.dashboard=true]", n, "", "");
        row("traefik dashboard", "traefik:v2.10", "args: [--api.insecure=true]", n, "",
            "traefik-dashboard open");
        row("traefik dashboard, bare switch", "traefik:v2.10", "args: [--api.insecure, --log.level=DEBUG]", n,
            "", "traefik-dashboard open");
        row("flink jobmanager", "flink:1.17", "args: [jobmanager]", n, "", "flink open");
        row("flink taskmanager", "flink:1.17", "args: [taskmanager]", n, "", "");
        row("ray head", "rayproject/ray:2.9", "command: [ray, start, --head]", n, "", "ray open");
        row("ray worker", "rayproject/ray:2.9", "command: [ray, start]", n, "", "");
        row("airflow web server", "apache/airflow:2.7", "args: [bash, -c, exec airflow webserver]", n, "",
            "airflow");
        row("airflow scheduler", "apache/airflow:2.7", "args: [bash, -c, exec airflow scheduler]", n, "", "");
        row("rabbitmq with console", "rabbitmq:3-management-alpine", "", n, "", "rabbitmq");
        row("rabbitmq", "rabbitmq:3-alpine", "", n, "", "");
        row("vllm", "vllm/vllm-openai:v0.4", "args: [--model, m]", n, "", "vllm open");
        row("vllm with key", "vllm/vllm-openai:v0.4", "args: [--api-key, k]", n, "", "vllm");
        row("vllm with key from a secret", "vllm/vllm-openai:v0.4",
            "env: [{name: VLLM_API_KEY, valueFrom: {secretKeyRef: {name: s, key: k}}}]", n, "", "vllm");
        row("settings out of sight", "provectuslabs/kafka-ui:v0.7",
            "envFrom: [{configMapRef: {name: kafka-ui}}]", n, "", "kafka-ui");
        row("kafka ui", "provectuslabs/kafka-ui:v0.7", "", n, "", "kafka-ui open");
        row("phpmyadmin", "phpmyadmin:5", "", n, "", "phpmyadmin");
        row("phpmyadmin logged in", "phpmyadmin/phpmyadmin",
            "env: [{name: PMA_USER, value: root}, {name: PMA_PASSWORD, value: x}]", n, "", "phpmyadmin open");
        row("weave scope app", "weaveworks/scope:1.13", "args: [--no-probe]", n, "", "weave-scope open");
        row("weave scope probe", "weaveworks/scope:1.13", "args: [--mode=probe]", n, "", "");
        row("vault agent beside an application", "hashicorp/vault:1.15", "args: [agent]", n,
            "component: server", "");
        row("nifi over http", "apache/nifi:1.24", "env: [{name: NIFI_WEB_HTTP_PORT, value: '8080'}]", n, "",
            "nifi open");
        row("code-server", "codercom/code-server:4", "args: [--auth, none]", n, "", "code-server open");
        row("empty image", "", "", n, "", "");
        row("odd image", ":@/::", "", n, "", "");
    }
    void toolsAreKnownByImageNameAndConfiguration()
    {
        QFETCH(QString, image);
        QFETCH(QString, more);
        QFETCH(QString, name);
        QFETCH(QString, labels);
        QFETCH(QString, expected);
        QCOMPARE(match(workload(
                     name.toStdString(), image.toStdString(), more.toStdString(), labels.toStdString())),
            expected);
    }

    void aProxyInFrontAsksForALogin()
    {
        QCOMPARE(match("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: "
                       "'prom/prometheus:v2'}, "
                       "{name: b, image: 'quay.io/oauth2-proxy/oauth2-proxy:v7'}]}\n"),
            ascii("prometheus"));
    }

    void theKongOfTheDashboardChartIsTheDashboard()
    {
        const auto kong = [](const std::string& release, const std::string& name, const std::string& web) {
            return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name
                + ", namespace: d}\nspec: {template: {metadata: {labels: {app.kubernetes.io/name: kong, "
                  "app.kubernetes.io/instance: "
                + release
                + "}}, spec: {containers: [{name: proxy, image: 'kong:3.6'}]}}}\n---\napiVersion: "
                  "apps/v1\nkind: Deployment\n"
                  "metadata: {name: "
                + web
                + ", namespace: d}\nspec: {template: {spec: {containers: [{name: w, image: "
                  "'kubernetesui/dashboard-web:1.4'}]}}}\n";
        };
        QCOMPARE(match(kong("kubernetes-dashboard", "kubernetes-dashboard-kong", "kubernetes-dashboard-web")),
            ascii("kubernetes-dashboard"));
        QCOMPARE(match(kong("ui", "ui-kong", "ui-kubernetes-dashboard-web")), ascii("kubernetes-dashboard"));
        QCOMPARE(match(kong("edge", "edge-kong", "other-web")), QString());
    }

    void whatRunsOnceIsNoInterface()
    {
        QCOMPARE(match("apiVersion: batch/v1\nkind: Job\nmetadata: {name: jenkins}\nspec: {template: {spec: "
                       "{containers: "
                       "[{name: a, image: 'jenkins/jenkins:lts'}]}}}\n"),
            QString());
        QCOMPARE(match("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {initContainers: [{name: i, "
                       "image: 'jenkins/jenkins'}], "
                       "containers: [{name: a, image: nginx}]}\n"),
            QString());
    }

    void evidenceNamesTheField()
    {
        const auto inventory = fromYaml(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {metadata: "
            "{labels: "
            "{app: grafana}}, spec: {containers: [{name: x, image: x}, {name: z, image: acme/z}]}}}\n");
        const auto found = adminInterface(*inventory, inventory->workloads.at(0));
        QVERIFY(found);
        QCOMPARE(text(found->evidence), ascii("label app=grafana"));
        QCOMPARE(text(found->path), ascii("spec.template.metadata.labels"));
    }

    void tableIsConsistent()
    {
        std::set<std::string_view> ids;
        for (const AdminTool& tool : adminTools()) {
            QVERIFY2(ids.insert(tool.id).second, std::string(tool.id).c_str());
            QVERIFY(!tool.title.empty());
            QVERIFY(!tool.images.empty() || !tool.names.empty());
        }
        QVERIFY(ids.size() >= 30);
        for (const LoginRule& rule : loginRules())
            QVERIFY2(ids.contains(rule.tool), std::string(rule.tool).c_str());
    }

    void flagsHaveManySpellings()
    {
        const std::vector<std::string> words { "prog", "--a=1", "-b", "2", "--bare", "--a=3",
            "--empty=", "value", "--last" };
        QCOMPARE(text(flagValue(words, "a").value_or("none")), ascii("3"));
        QCOMPARE(text(flagValue(words, "b").value_or("none")), ascii("2"));
        QCOMPARE(text(flagValue(words, "bare").value_or("none")), ascii("true"));
        QCOMPARE(text(flagValue(words, "empty").value_or("none")), ascii(""));
        QCOMPARE(text(flagValue(words, "last").value_or("none")), ascii("true"));
        QVERIFY(!flagValue(words, "value"));
        QVERIFY(!flagValue(words, "las"));
    }
};
GLACIS_TEST(AdminInterfacesTest)
#include "admin_interfaces_test.moc"
