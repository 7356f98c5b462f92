// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sources: each program's own documentation of its image and its login. Gives: Code runs the visitor's
// commands, Identity acts with the program's rights on the cluster, Data shows or changes stored data,
// Nothing only informs.
#include <network/admin_interfaces.h>

namespace glacis::network {
namespace {
    constexpr auto Code = AdminInterface::Gives::Code;
    constexpr auto Identity = AdminInterface::Gives::Identity;
    constexpr auto Data = AdminInterface::Gives::Data;
    constexpr auto Nothing = AdminInterface::Gives::Nothing;
    constexpr auto Asks = ByDefault::AsksOrUnknown;
    constexpr auto Open = ByDefault::Open;
    constexpr auto Absent = ByDefault::Absent;

    constexpr AdminTool Tools[] = {
        // ---- the cluster itself
        { "kubernetes-dashboard", "Kubernetes Dashboard", Identity, Asks,
            "kubernetesui/dashboard|kubernetesui/dashboard-web|kubernetesui/dashboard-api|kubernetesui/"
            "dashboard-auth|"
            "kubernetes-dashboard-amd64|kubernetes-dashboard-arm64|kubernetes-dashboard-arm|kubernetes-"
            "dashboard",
            "kubernetes-dashboard|kubernetes-dashboard-web|kubernetes-dashboard-api|kubernetes-dashboard-"
            "auth|"
            "kubernetes-dashboard-kong",
            "", "" },
        { "headlamp", "Headlamp", Identity, Asks, "headlamp-k8s/headlamp|kinvolk/headlamp|headlamp",
            "headlamp", "", "" },
        { "rancher", "Rancher", Identity, Asks, "rancher/rancher", "rancher", "", "" },
        { "portainer", "Portainer", Identity, Asks, "portainer|portainer-ce|portainer-ee", "portainer", "",
            "" },
        { "octant", "Octant", Identity, Open, "octant", "octant", "", "" },
        { "kubeapps", "Kubeapps", Identity, Asks, "kubeapps-dashboard|kubeapps", "kubeapps", "", "" },
        { "weave-scope", "Weave Scope", Code, Open, "weaveworks/scope", "weave-scope-app",
            "app|weave-scope-app|--no-probe", "" },
        { "kube-ops-view", "Kubernetes Operational View", Nothing, Open, "kube-ops-view", "kube-ops-view", "",
            "" },
        { "longhorn-ui", "Longhorn UI", Data, Open, "longhorn-ui", "longhorn-ui", "", "" },
        { "traefik-dashboard", "Traefik dashboard", Nothing, Absent, "traefik", "", "", "" },
        { "hubble-ui", "Hubble UI", Nothing, Open, "hubble-ui", "hubble-ui", "", "" },
        { "kiali", "Kiali", Data, Asks, "kiali", "kiali", "", "" },
        // By name only: the same image runs as an agent beside every application that takes secrets from it.
        { "vault", "Vault UI", Data, Asks, "", "vault", "", "" },
        { "consul", "Consul UI", Data, Asks, "hashicorp/consul|consul", "", "-server|-dev|-ui|server", "" },
        { "dozzle", "Dozzle", Data, Open, "amir20/dozzle|dozzle", "dozzle", "", "" },
        // ---- delivery
        { "argocd", "Argo CD", Identity, Asks, "argoproj/argocd|argocd|argo-cd", "argocd-server",
            "argocd-server", "" },
        { "argo-workflows", "Argo Workflows", Code, Asks, "argoproj/argocli|argocli|argo-workflow-cli",
            "argo-server|argo-workflows-server", "", "" },
        { "jenkins", "Jenkins", Code, Asks, "jenkins/jenkins|jenkinsci/jenkins|jenkinsci/blueocean|jenkins",
            "jenkins|jenkins-controller", "", "" },
        { "tekton-dashboard", "Tekton Dashboard", Identity, Open, "tektoncd/dashboard|tekton-dashboard",
            "tekton-dashboard", "", "" },
        { "rundeck", "Rundeck", Code, Asks, "rundeck", "rundeck", "", "" },
        { "temporal-ui", "Temporal UI", Data, Asks, "temporalio/ui", "temporal-web|temporal-ui", "", "" },
        // ---- notebooks and data processing
        { "jupyter", "Jupyter", Code, Asks,
            "base-notebook|minimal-notebook|scipy-notebook|datascience-notebook|tensorflow-notebook|pytorch-"
            "notebook|"
            "pyspark-notebook|all-spark-notebook|r-notebook|julia-notebook|jupyter-scipy|jupyter-pytorch|"
            "jupyter-tensorflow|jupyterlab|jupyter-notebook|jupyter",
            "jupyter|jupyterlab|jupyter-notebook", "", "" },
        { "jupyterhub", "JupyterHub", Code, Asks,
            "jupyterhub/k8s-hub|k8s-hub|jupyterhub/jupyterhub|jupyterhub", "jupyterhub", "", "" },
        { "code-server", "code-server", Code, Asks, "code-server", "code-server", "", "" },
        { "zeppelin", "Apache Zeppelin", Code, Asks, "zeppelin", "zeppelin", "", "" },
        { "node-red", "Node-RED", Code, Asks, "node-red", "node-red", "", "" },
        { "airflow", "Apache Airflow", Code, Asks, "apache/airflow|airflow",
            "airflow-webserver|airflow-api-server",
            "webserver|api-server|airflow-webserver|airflow-api-server", "" },
        { "nifi", "Apache NiFi", Code, Asks, "apache/nifi|nifi", "nifi", "", "" },
        { "flink", "Apache Flink", Code, Open, "flink", "flink-jobmanager", "jobmanager|flink-jobmanager",
            "" },
        { "spark", "Apache Spark master", Code, Open, "apache/spark|bitnami/spark|spark", "spark-master",
            "master|spark-master|org.apache.spark.deploy.master.Master", "" },
        { "ray", "Ray dashboard", Code, Open, "rayproject/ray|rayproject/ray-ml|ray-ml|ray", "ray-head",
            "head|--head|ray-head", "" },
        { "mlflow", "MLflow", Data, Open, "mlflow", "mlflow", "", "" },
        { "kubeflow", "Kubeflow", Code, Asks, "centraldashboard|ml-pipeline/frontend",
            "centraldashboard|ml-pipeline-ui", "", "" },
        { "ollama", "Ollama", Data, Open, "ollama/ollama|ollama", "ollama", "", "" },
        { "vllm", "vLLM", Data, Open, "vllm/vllm-openai|vllm-openai|vllm", "vllm", "", "" },
        { "open-webui", "Open WebUI", Data, Asks, "open-webui", "open-webui", "", "" },
        // ---- stores and queues
        { "minio", "MinIO console", Data, Asks, "minio/minio|minio/console|minio", "minio|minio-console", "",
            "" },
        { "phpmyadmin", "phpMyAdmin", Data, Asks, "phpmyadmin", "phpmyadmin", "", "" },
        { "adminer", "Adminer", Data, Asks, "adminer", "adminer", "", "" },
        { "pgadmin", "pgAdmin", Data, Asks, "pgadmin4|pgadmin", "pgadmin|pgadmin4", "", "" },
        { "cloudbeaver", "CloudBeaver", Data, Asks, "cloudbeaver", "cloudbeaver", "", "" },
        { "mongo-express", "mongo-express", Data, Asks, "mongo-express", "mongo-express", "", "" },
        { "redis-commander", "Redis Commander", Data, Open, "redis-commander", "redis-commander", "", "" },
        { "redisinsight", "Redis Insight", Data, Open, "redisinsight", "redisinsight", "", "" },
        { "kafka-ui", "Kafka UI", Data, Open, "kafka-ui", "kafka-ui", "", "" },
        { "kafdrop", "Kafdrop", Data, Open, "kafdrop", "kafdrop", "", "" },
        { "akhq", "AKHQ", Data, Asks, "akhq", "akhq", "", "" },
        { "rabbitmq", "RabbitMQ management", Data, Asks, "rabbitmq", "", "", "management" },
        { "kibana", "Kibana", Data, Asks, "kibana", "kibana", "", "" },
        { "opensearch-dashboards", "OpenSearch Dashboards", Data, Asks, "opensearch-dashboards",
            "opensearch-dashboards", "", "" },
        { "cerebro", "Cerebro", Data, Asks, "lmenezes/cerebro|cerebro", "cerebro", "", "" },
        // ---- watching
        { "grafana", "Grafana", Nothing, Asks, "grafana/grafana|grafana-oss|grafana-enterprise|grafana",
            "grafana", "", "" },
        { "prometheus", "Prometheus", Nothing, Open, "prom/prometheus|prometheus/prometheus|prometheus",
            "prometheus|prometheus-server", "", "" },
        { "alertmanager", "Alertmanager", Nothing, Open,
            "prom/alertmanager|prometheus/alertmanager|alertmanager", "alertmanager", "", "" },
        { "jaeger", "Jaeger", Nothing, Open, "jaegertracing/all-in-one|jaegertracing/jaeger|jaeger-query",
            "jaeger-query", "", "" },
    };

    constexpr auto Opens = LoginEffect::Opens;
    constexpr auto Closes = LoginEffect::Closes;
    constexpr auto Flag = LoginPlace::Flag;
    constexpr auto Env = LoginPlace::Env;

    constexpr LoginRule Rules[] = {
        { "kubernetes-dashboard", Opens, Flag, "enable-skip-login", "true" },
        { "headlamp", Opens, Flag, "unsafe-use-service-account-token", "true" },
        { "portainer", Opens, Flag, "no-auth", "true" },
        { "argocd", Opens, Flag, "disable-auth", "true" },
        { "argocd", Opens, Env, "ARGOCD_SERVER_DISABLE_AUTH", "true" },
        { "argo-workflows", Opens, Flag, "auth-mode", "server" },
        { "traefik-dashboard", Opens, Flag, "api.insecure", "true" },
        { "traefik-dashboard", Opens, Env, "TRAEFIK_API_INSECURE", "true" },
        { "dozzle", Closes, Flag, "auth-provider", "*" },
        { "dozzle", Closes, Env, "DOZZLE_AUTH_PROVIDER", "*" },
        { "jupyter", Opens, Flag, "NotebookApp.token", "''" },
        { "jupyter", Opens, Flag, "ServerApp.token", "''" },
        { "jupyter", Opens, Flag, "IdentityProvider.token", "''" },
        { "jupyter", Opens, Flag, "LabApp.token", "''" },
        { "jupyterhub", Opens, Flag, "JupyterHub.authenticator_class",
            "dummy|dummyauthenticator.DummyAuthenticator" },
        { "code-server", Opens, Flag, "auth", "none" },
        { "airflow", Opens, Env, "AIRFLOW__API__AUTH_BACKENDS", "airflow.api.auth.backend.default" },
        { "airflow", Opens, Env, "AIRFLOW__API__AUTH_BACKEND", "airflow.api.auth.backend.default" },
        { "airflow", Opens, Env, "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS", "true" },
        { "nifi", Opens, Env, "NIFI_WEB_HTTP_PORT", "*" },
        { "mlflow", Closes, Flag, "app-name", "basic-auth|oidc-auth" },
        { "vllm", Closes, Flag, "api-key", "*" },
        { "vllm", Closes, Env, "VLLM_API_KEY", "*" },
        { "open-webui", Opens, Env, "WEBUI_AUTH", "false" },
        { "phpmyadmin", Opens, Env, "PMA_PASSWORD", "*" },
        { "pgadmin", Opens, Env, "PGADMIN_CONFIG_SERVER_MODE", "false" },
        { "mongo-express", Opens, Env, "ME_CONFIG_BASICAUTH", "false" },
        { "mongo-express", Opens, Env, "ME_CONFIG_BASICAUTH_ENABLED", "false" },
        { "redis-commander", Closes, Env, "HTTP_USER", "*" },
        { "redis-commander", Closes, Env, "HTTP_PASSWORD", "*" },
        { "redis-commander", Closes, Env, "HTTP_PASSWORD_HASH", "*" },
        { "redis-commander", Closes, Flag, "http-auth-username", "*" },
        { "kafka-ui", Closes, Env, "AUTH_TYPE", "LOGIN_FORM|OAUTH2|LDAP" },
        { "kafka-ui", Closes, Env, "SPRING_SECURITY_USER_NAME", "*" },
        { "kibana", Opens, Env, "XPACK_SECURITY_ENABLED", "false" },
        { "kibana", Opens, Env, "xpack.security.enabled", "false" },
        { "opensearch-dashboards", Opens, Env, "DISABLE_SECURITY_DASHBOARDS_PLUGIN", "true" },
        { "grafana", Opens, Env, "GF_AUTH_ANONYMOUS_ENABLED", "true" },
        { "prometheus", Closes, Flag, "web.config.file", "*" },
        { "alertmanager", Closes, Flag, "web.config.file", "*" },
    };
}

std::span<const AdminTool> adminTools() { return Tools; }
std::span<const LoginRule> loginRules() { return Rules; }

} // namespace glacis::network
