// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster_generator.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>

#include "numbers.h"

namespace glacis::bench {
namespace {

    class Generator {
    public:
        Generator(const ClusterOptions& options, const EmitObject& object)
            : m_pods(options.pods)
            , m_deployments(std::max(1, m_pods * 3 / 10))
            , m_nodes(std::max(1, m_pods / 40))
            , m_namespaces(std::max(2, m_pods / 60))
            , m_policies(options.policies)
            , m_object(object)
            , m_numbers(options.seed)
        {
        }

        void run()
        {
            for (int i = 0; i < m_namespaces; ++i)
                emit("namespaces", "v1", "Namespace", meta(namespaceName(i), {}),
                    { { "spec", map({ { "finalizers", list({ "kubernetes" }) } }) } });
            for (int i = 0; i < m_nodes; ++i)
                node(i);
            for (int i = 0; i < m_deployments; ++i)
                application(i);
            const int accounts = m_pods / 6;
            for (int i = 0; i < accounts; ++i)
                emit("serviceaccounts", "v1", "ServiceAccount",
                    meta("app-" + std::to_string(i), namespaceName(i % m_namespaces)),
                    { { "automountServiceAccountToken", i % 3 != 0 } });
            const int roles = m_pods / 10;
            for (int i = 0; i < roles; ++i)
                role(i);
            for (int i = 0; i < m_namespaces; ++i) {
                if (m_policies == Policies::TwoEach || (m_policies == Policies::EverySecond && i % 2 == 0))
                    policy(i);
                if (m_policies == Policies::TwoEach)
                    neighboursPolicy(i);
            }
            if (m_policies == Policies::None) // read, and there are none
                m_object("networkpolicies",
                    map({ { "apiVersion", "networking.k8s.io/v1" }, { "items", Doc::List {} },
                        { "kind", "NetworkPolicyList" }, { "metadata", map({}) } }));
            systemPods();
        }

    private:
        static std::string namespaceName(int i)
        {
            return i == 0 ? "kube-system" : "team-" + std::to_string(i);
        }
        /// The first three bytes of the addresses of a node's pods; of up to 3,000 nodes.
        static std::string podNet(int node)
        {
            return "10." + std::to_string(244 + node / 256) + '.' + std::to_string(node % 256);
        }
        std::string nodeName(int i) const
        {
            return "worker-" + std::to_string(i % m_nodes) + ".cluster.internal";
        }

        Doc::Map meta(
            const std::string& name, const std::string& ns, Doc::Map labels = {}, Doc::List owners = {})
        {
            Doc::Map m;
            if (!labels.empty())
                m.emplace_back("annotations",
                    map({ { "example.org/change", m_numbers.hex(40) },
                        { "example.org/contact", "team@" + ns + ".example.org" } }));
            m.emplace_back(
                "creationTimestamp", "2026-03-0" + std::to_string(1 + m_numbers.below(9)) + "T10:00:00Z");
            if (!labels.empty())
                m.emplace_back("labels", std::move(labels));
            m.emplace_back("name", name);
            if (!ns.empty())
                m.emplace_back("namespace", ns);
            if (!owners.empty())
                m.emplace_back("ownerReferences", std::move(owners));
            m.emplace_back("resourceVersion", std::to_string(100000 + m_numbers.below(900000)));
            m.emplace_back("uid", m_lastUid = m_numbers.uid());
            return m;
        }

        void emit(const std::string& listName, const char* apiVersion, const char* kind, Doc::Map metadata,
            Doc::Map rest)
        {
            Doc doc(map({ { "apiVersion", apiVersion } }));
            for (auto& [key, value] : rest) {
                if (key < "kind")
                    doc.add(key, value);
            }
            doc.add("kind", kind);
            doc.add("metadata", std::move(metadata));
            for (auto& [key, value] : rest) {
                if (key > "kind")
                    doc.add(key, value);
            }
            m_object(listName, doc);
        }

        void node(int i)
        {
            const std::string ip = "10.0." + std::to_string(i / 250) + '.' + std::to_string(i % 250 + 1);
            Doc::List images;
            for (int k = 0; k < 40; ++k)
                images.push_back(map({ { "names",
                                           list({ "registry.example.org/team/app-" + std::to_string(k)
                                               + "@sha256:" + m_numbers.hex(64) }) },
                    { "sizeBytes", 10000000 + k } }));
            Doc::List conditions;
            for (const char* type : { "MemoryPressure", "DiskPressure", "PIDPressure", "Ready" })
                conditions.push_back(map({ { "lastHeartbeatTime", "2026-11-20T10:00:00Z" },
                    { "lastTransitionTime", "2026-03-01T10:00:00Z" },
                    { "message", std::string("kubelet has no news about ") + type },
                    { "reason", "KubeletStatus" },
                    { "status", type == std::string("Ready") ? "True" : "False" }, { "type", type } }));
            Doc::Map labels = map({ { "kubernetes.io/arch", "amd64" },
                { "kubernetes.io/hostname", nodeName(i) }, { "kubernetes.io/os", "linux" } });
            if (i < 3)
                labels.emplace_back("node-role.kubernetes.io/control-plane", "");
            emit("nodes", "v1", "Node", meta(nodeName(i), {}, std::move(labels)),
                { { "spec",
                      map({ { "podCIDR", podNet(i) + ".0/24" },
                          { "providerID", "example://zone/" + std::to_string(i) } }) },
                    { "status",
                        map({ { "addresses",
                                  list({ map({ { "address", ip }, { "type", "InternalIP" } }),
                                      map({ { "address", nodeName(i) }, { "type", "Hostname" } }) }) },
                            { "conditions", std::move(conditions) }, { "images", std::move(images) },
                            { "nodeInfo",
                                map({ { "containerRuntimeVersion", "containerd://2.0.1" },
                                    { "kernelVersion", "6.1.0" }, { "kubeletVersion", "v1.34.1" },
                                    { "operatingSystem", "linux" },
                                    { "osImage", "Debian GNU/Linux 12" } }) } }) } });
        }

        // One pod spec for each application; every tenth has something worth finding.
        Doc::Map podSpec(int i, bool running)
        {
            Doc::List containers;
            const int count = i % 4 == 0 ? 2 : 1;
            for (int c = 0; c < count; ++c)
                containers.push_back(container(i, c, running));
            Doc::Map spec = map(
                { { "affinity",
                      map({ { "podAntiAffinity",
                          map({ { "preferredDuringSchedulingIgnoredDuringExecution",
                              list({ map(
                                  { { "podAffinityTerm",
                                        map({ { "labelSelector",
                                                  map({ { "matchLabels",
                                                      map({ { "app", "app-" + std::to_string(i) } }) } }) },
                                            { "topologyKey", "kubernetes.io/hostname" } }) },
                                      { "weight", 100 } }) }) } }) } }) },
                    { "containers", std::move(containers) }, { "dnsPolicy", "ClusterFirst" } });
            if (i % 50 == 7)
                spec.emplace_back("hostNetwork", true);
            if (i % 60 == 9)
                spec.emplace_back("hostPID", true);
            spec.emplace_back("restartPolicy", "Always");
            spec.emplace_back("schedulerName", "default-scheduler");
            spec.emplace_back("securityContext",
                i % 3 == 0 ? map({})
                           : map({ { "runAsNonRoot", true },
                               { "seccompProfile", map({ { "type", "RuntimeDefault" } }) } }));
            spec.emplace_back("serviceAccountName", "app-" + std::to_string(i % std::max(1, m_pods / 6)));
            spec.emplace_back("terminationGracePeriodSeconds", 30);
            spec.emplace_back("tolerations",
                list({ map({ { "effect", "NoExecute" }, { "key", "node.kubernetes.io/not-ready" },
                           { "operator", "Exists" }, { "tolerationSeconds", 300 } }),
                    map({ { "effect", "NoExecute" }, { "key", "node.kubernetes.io/unreachable" },
                        { "operator", "Exists" }, { "tolerationSeconds", 300 } }) }));
            Doc::List volumes = list(
                { map({ { "configMap",
                            map({ { "defaultMode", 420 }, { "name", "settings-" + std::to_string(i) } }) },
                      { "name", "settings" } }),
                    map({ { "emptyDir", map({}) }, { "name", "cache" } }) });
            if (i % 40 == 11)
                volumes.push_back(
                    map({ { "hostPath",
                              map({ { "path", i % 80 == 11 ? "/var/run/docker.sock" : "/var/log" },
                                  { "type", "" } }) },
                        { "name", "host" } }));
            if (running)
                volumes.push_back(map({ { "name", "kube-api-access-" + m_numbers.hex(5) },
                    { "projected",
                        map({ { "defaultMode", 420 },
                            { "sources",
                                list({ map({ { "serviceAccountToken",
                                           map({ { "expirationSeconds", 3607 }, { "path", "token" } }) } }),
                                    map({ { "configMap",
                                        map({ { "items",
                                                  list({ map(
                                                      { { "key", "ca.crt" }, { "path", "ca.crt" } }) }) },
                                            { "name", "kube-root-ca.crt" } }) } }),
                                    map({ { "downwardAPI",
                                        map({ { "items",
                                            list({ map({ { "fieldRef",
                                                             map({ { "apiVersion", "v1" },
                                                                 { "fieldPath", "metadata.namespace" } }) },
                                                { "path", "namespace" } }) }) } }) } }) }) } }) } }));
            spec.emplace_back("volumes", std::move(volumes));
            return spec;
        }

        Doc container(int i, int c, bool running)
        {
            Doc::List env;
            for (int k = 0; k < 5; ++k)
                env.push_back(map({ { "name", "OPTION_" + std::to_string(k) },
                    { "value", "value-" + std::to_string(i) + '-' + std::to_string(k) } }));
            env.push_back(map({ { "name", "DATABASE_HOST" },
                { "value", "db.team-" + std::to_string(i % m_namespaces) + ".svc.cluster.local" } }));
            env.push_back(map({ { "name", "POD_IP" },
                { "valueFrom",
                    map({ { "fieldRef",
                        map({ { "apiVersion", "v1" }, { "fieldPath", "status.podIP" } }) } }) } }));
            if (i % 10 == 4)
                env.push_back(map({ { "name", "DATABASE_PASSWORD" },
                    { "value", "pw-" + std::to_string(i % 97) + "-rosebud" } }));
            else
                env.push_back(map({ { "name", "DATABASE_PASSWORD" },
                    { "valueFrom",
                        map({ { "secretKeyRef",
                            map({ { "key", "password" },
                                { "name", "secret-" + std::to_string(i) } }) } }) } }));
            Doc::Map security = map({ { "allowPrivilegeEscalation", i % 4 == 0 },
                { "capabilities", map({ { "drop", list({ "ALL" }) } }) },
                { "readOnlyRootFilesystem", true } });
            if (i % 30 == 13)
                security = map({ { "privileged", true } });
            Doc::List mounts = list({ map({ { "mountPath", "/etc/app" }, { "name", "settings" } }),
                map({ { "mountPath", "/var/cache/app" }, { "name", "cache" } }) });
            if (i % 40 == 11)
                mounts.push_back(map({ { "mountPath", "/host" }, { "name", "host" } }));
            if (running)
                mounts.push_back(map({ { "mountPath", "/var/run/secrets/kubernetes.io/serviceaccount" },
                    { "name", "kube-api-access-x" }, { "readOnly", true } }));
            const auto probe = [] {
                return map({ { "failureThreshold", 3 },
                    { "httpGet", map({ { "path", "/healthz" }, { "port", 8080 }, { "scheme", "HTTP" } }) },
                    { "periodSeconds", 10 }, { "successThreshold", 1 }, { "timeoutSeconds", 1 } });
            };
            return map(
                { { "args", list({ "--listen=:8080", "--log-level=info", "--config=/etc/app/config.yaml" }) },
                    { "env", std::move(env) },
                    { "image",
                        "registry.example.org/team/app-" + std::to_string(i) + ":1." + std::to_string(i % 20)
                            + ".0" },
                    { "imagePullPolicy", "IfNotPresent" }, { "livenessProbe", probe() },
                    { "name", c == 0 ? std::string("app") : "helper-" + std::to_string(c) },
                    { "ports",
                        list({ map({ { "containerPort", 8080 + c }, { "name", "http" },
                            { "protocol", "TCP" } }) }) },
                    { "readinessProbe", probe() },
                    { "resources",
                        map({ { "limits", map({ { "cpu", "500m" }, { "memory", "256Mi" } }) },
                            { "requests", map({ { "cpu", "50m" }, { "memory", "128Mi" } }) } }) },
                    { "securityContext", std::move(security) },
                    { "terminationMessagePath", "/dev/termination-log" },
                    { "terminationMessagePolicy", "File" }, { "volumeMounts", std::move(mounts) } });
        }

        static Doc::List owner(
            const char* apiVersion, const char* kind, const std::string& name, const std::string& uid)
        {
            return list({ map({ { "apiVersion", apiVersion }, { "blockOwnerDeletion", true },
                { "controller", true }, { "kind", kind }, { "name", name }, { "uid", uid } }) });
        }

        void application(int i)
        {
            const std::string ns = namespaceName(1 + i % (m_namespaces - 1));
            const std::string name = "app-" + std::to_string(i);
            const Doc::Map labels = map({ { "app", name }, { "app.kubernetes.io/part-of", ns },
                { "tier", i % 3 == 0 ? "web" : "service" } });
            const auto podTemplate = [&](const std::string& hash) {
                Doc::Map all = labels;
                if (!hash.empty())
                    all.emplace_back("pod-template-hash", hash);
                return map(
                    { { "metadata", map({ { "labels", std::move(all) } }) }, { "spec", podSpec(i, false) } });
            };
            const int replicas = m_pods / m_deployments + (i < m_pods % m_deployments ? 1 : 0);
            emit("deployments", "apps/v1", "Deployment", meta(name, ns, labels),
                { { "spec",
                      map({ { "progressDeadlineSeconds", 600 }, { "replicas", replicas },
                          { "revisionHistoryLimit", 10 },
                          { "selector", map({ { "matchLabels", map({ { "app", name } }) } }) },
                          { "template", podTemplate({}) } }) },
                    { "status",
                        map({ { "availableReplicas", replicas }, { "observedGeneration", 3 },
                            { "readyReplicas", replicas }, { "replicas", replicas } }) } });
            const std::string deploymentUid = m_lastUid;
            std::string current;
            std::string currentUid;
            for (int r = 0; r < 3; ++r) {
                const std::string hash = m_numbers.hex(10);
                current = name + '-' + hash;
                Doc::Map all = labels;
                all.emplace_back("pod-template-hash", hash);
                emit("replicasets", "apps/v1", "ReplicaSet",
                    meta(current, ns, std::move(all), owner("apps/v1", "Deployment", name, deploymentUid)),
                    { { "spec",
                          map({ { "replicas", r == 2 ? replicas : 0 },
                              { "selector",
                                  map({ { "matchLabels",
                                      map({ { "app", name }, { "pod-template-hash", hash } }) } }) },
                              { "template", podTemplate(hash) } }) },
                        { "status",
                            map({ { "observedGeneration", 1 }, { "replicas", r == 2 ? replicas : 0 } }) } });
                currentUid = m_lastUid;
            }
            for (int p = 0; p < replicas; ++p)
                pod(i, ns, name, current, currentUid, labels);
            companions(i, ns, name);
        }

        void pod(int i, const std::string& ns, const std::string& app, const std::string& replicaSet,
            const std::string& uid, const Doc::Map& labels)
        {
            Doc::Map spec = podSpec(i, true);
            const int nodeIndex = m_numbers.below(m_nodes);
            spec.emplace_back("nodeName", nodeName(nodeIndex));
            Doc::List conditions;
            for (const char* type :
                { "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled" })
                conditions.push_back(
                    map({ { "lastTransitionTime",
                              "2026-11-18T08:12:0" + std::to_string(m_numbers.below(10)) + 'Z' },
                        { "status", "True" }, { "type", type } }));
            const std::string ip = podNet(nodeIndex) + '.' + std::to_string(m_numbers.below(250) + 1);
            Doc::List statuses = list({ map({ { "containerID", "containerd://" + m_numbers.hex(64) },
                { "image", "registry.example.org/team/" + app },
                { "imageID", "registry.example.org/team/" + app + "@sha256:" + m_numbers.hex(64) },
                { "name", "app" }, { "ready", true }, { "restartCount", 0 }, { "started", true },
                { "state", map({ { "running", map({ { "startedAt", "2026-11-18T08:12:09Z" } }) } }) } }) });
            emit("pods", "v1", "Pod",
                meta(replicaSet + '-' + m_numbers.hex(5), ns, labels,
                    owner("apps/v1", "ReplicaSet", replicaSet, uid)),
                { { "spec", std::move(spec) },
                    { "status",
                        map({ { "conditions", std::move(conditions) },
                            { "containerStatuses", std::move(statuses) },
                            { "hostIP", "10.0.0." + std::to_string(nodeIndex % 250 + 1) },
                            { "phase", "Running" }, { "podIP", ip },
                            { "podIPs", list({ map({ { "ip", ip } }) }) }, { "qosClass", "Burstable" },
                            { "startTime", "2026-11-18T08:12:05Z" } }) } });
        }

        void companions(int i, const std::string& ns, const std::string& app)
        {
            std::string config;
            for (int k = 0; k < 14; ++k)
                config += "option_" + std::to_string(k) + ": value-" + std::to_string(i * 31 + k) + '\n';
            emit("configmaps", "v1", "ConfigMap", meta("settings-" + std::to_string(i), ns),
                { { "data", map({ { "config.yaml", config }, { "mode", "production" } }) } });
            if (i % 2 == 0)
                emit("configmaps", "v1", "ConfigMap", meta("flags-" + std::to_string(i), ns),
                    { { "data", map({ { "flags", config } }) } });
            emit("secrets", "v1", "Secret", meta("secret-" + std::to_string(i), ns),
                { { "data", map({ { "password", m_numbers.hex(24) } }) }, { "type", "Opaque" } });
            if (i % 5 != 4)
                emit("services", "v1", "Service", meta(app, ns, map({ { "app", app } })),
                    { { "spec",
                          map({ { "clusterIP",
                                    "10.96." + std::to_string(i / 250) + '.' + std::to_string(i % 250) },
                              { "ports",
                                  list({ map({ { "name", "http" }, { "port", 80 }, { "protocol", "TCP" },
                                      { "targetPort", 8080 } }) }) },
                              { "selector", map({ { "app", app } }) },
                              { "type", i % 100 == 3 ? "LoadBalancer" : "ClusterIP" } }) },
                        { "status",
                            map({ { "loadBalancer",
                                i % 100 == 3 ? map({ { "ingress",
                                    list({ map({ { "ip",
                                        "192.2." + std::to_string(i / 25000) + '.'
                                            + std::to_string(i / 100 % 250 + 1) } }) }) } })
                                             : map({}) } }) } });
            if (i % 15 == 0)
                emit("ingresses", "networking.k8s.io/v1", "Ingress", meta(app, ns),
                    { { "spec",
                        map({ { "ingressClassName", "nginx" },
                            { "rules",
                                list({ map({ { "host", app + ".example.org" },
                                    { "http",
                                        map({ { "paths",
                                            list({ map(
                                                { { "backend",
                                                      map({ { "service",
                                                          map({ { "name", app },
                                                              { "port", map({ { "number", 80 } }) } }) } }) },
                                                    { "path", "/" },
                                                    { "pathType", "Prefix" } }) }) } }) } }) }) } }) } });
        }

        void role(int i)
        {
            const std::string ns = namespaceName(i % m_namespaces);
            const std::string name = "role-" + std::to_string(i);
            emit("roles", "rbac.authorization.k8s.io/v1", "Role", meta(name, ns),
                { { "rules",
                    list({ map({ { "apiGroups", list({ "" }) },
                               { "resources", list({ "configmaps", i % 20 == 3 ? "secrets" : "services" }) },
                               { "verbs", list({ "get", "list", "watch" }) } }),
                        map({ { "apiGroups", list({ "apps" }) }, { "resources", list({ "deployments" }) },
                            { "verbs", list({ "get", i % 25 == 5 ? "*" : "list" }) } }) }) } });
            emit("rolebindings", "rbac.authorization.k8s.io/v1", "RoleBinding", meta(name, ns),
                { { "roleRef",
                      map({ { "apiGroup", "rbac.authorization.k8s.io" }, { "kind", "Role" },
                          { "name", name } }) },
                    { "subjects",
                        list({ map({ { "kind", "ServiceAccount" }, { "name", "app-" + std::to_string(i) },
                            { "namespace", ns } }) }) } });
        }

        void policy(int i)
        {
            emit("networkpolicies", "networking.k8s.io/v1", "NetworkPolicy",
                meta("default-deny", namespaceName(i)),
                { { "spec",
                    map({ { "podSelector", map({}) },
                        { "policyTypes", list({ "Ingress", "Egress" }) } }) } });
        }

        // Pods of one namespace talk to each other and ask for names.
        void neighboursPolicy(int i)
        {
            const Doc neighbours = map({ { "podSelector", map({}) } });
            const Doc names = map({ { "port", 53 }, { "protocol", "UDP" } });
            emit("networkpolicies", "networking.k8s.io/v1", "NetworkPolicy",
                meta("neighbours", namespaceName(i)),
                { { "spec",
                    map({ { "podSelector", map({}) }, { "policyTypes", list({ "Ingress", "Egress" }) },
                        { "ingress", list({ map({ { "from", list({ neighbours }) } }) }) },
                        { "egress",
                            list({ map({ { "to", list({ neighbours }) } }),
                                map({ { "ports", list({ names }) } }) }) } }) } });
        }

        void systemPods()
        {
            for (const char* component : { "kube-apiserver", "etcd" }) {
                const bool api = component == std::string("kube-apiserver");
                emit("pods", "v1", "Pod",
                    meta(std::string(component) + '-' + nodeName(0), "kube-system",
                        map({ { "component", component }, { "tier", "control-plane" } })),
                    { { "spec",
                        map({ { "containers",
                                  list({ map(
                                      { { "command",
                                            api ? list({ "kube-apiserver", "--authorization-mode=Node,RBAC",
                                                "--etcd-servers=https://127.0.0.1:2379",
                                                "--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt",
                                                "--etcd-certfile=/etc/kubernetes/pki/"
                                                "apiserver-etcd-client.crt",
                                                "--etcd-keyfile=/etc/kubernetes/pki/"
                                                "apiserver-etcd-client.key" })
                                                : list({ "etcd",
                                                    "--cert-file=/etc/kubernetes/pki/etcd/server.crt",
                                                    "--key-file=/etc/kubernetes/pki/etcd/server.key",
                                                    "--client-cert-auth=true",
                                                    "--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt",
                                                    "--listen-client-urls=https://127.0.0.1:2379" }) },
                                          { "image", std::string("registry.k8s.io/") + component },
                                          { "name", component } }) }) },
                            { "hostNetwork", true }, { "nodeName", nodeName(0) } }) } });
            }
        }

        int m_pods, m_deployments, m_nodes, m_namespaces;
        Policies m_policies;
        const EmitObject& m_object;
        Numbers m_numbers;
        std::string m_lastUid;
    };

} // namespace

Planted generateCluster(const ClusterOptions& options, const EmitObject& object)
{
    Generator(options, object).run();
    if (options.ways == 0)
        return {};
    return plantWays(options.ways, options.seed, options.policies != Policies::None, object);
}

Planted writeCluster(const ClusterOptions& options, const std::string& folder, Layout layout)
{
    std::filesystem::create_directories(folder);
    std::map<std::string, std::ofstream> files;
    const auto fileOf = [&](const std::string& name) -> std::ofstream& {
        auto [found, fresh] = files.try_emplace(name);
        if (fresh)
            found->second.open(std::filesystem::path(folder) / name, std::ios::binary);
        return found->second;
    };
    std::map<std::string, bool> begun;
    const auto write = [&](const std::string& file, const std::string& text) { fileOf(file) << text; };
    std::string text;
    Planted planted = generateCluster(options, [&](const std::string& listName, const Doc& doc) {
        text.clear();
        if (layout == Layout::JsonLists) {
            const std::string file = listName + ".json";
            text = begun[file] ? ",\n        " : "{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n        ";
            begun[file] = true;
            doc.json(text, 8);
            write(file, text);
        } else if (layout == Layout::YamlDocuments) {
            text = begun["cluster.yaml"] ? "---\n" : "";
            begun["cluster.yaml"] = true;
            doc.yaml(text, 0);
            write("cluster.yaml", text + '\n');
        } else {
            text = begun["cluster.yaml"] ? "- " : "apiVersion: v1\nitems:\n- ";
            begun["cluster.yaml"] = true;
            doc.yaml(text, 2);
            write("cluster.yaml", text + '\n');
        }
    });
    if (layout == Layout::JsonLists) {
        for (const auto& [file, used] : begun)
            write(file,
                "\n    ],\n    \"kind\": \"List\",\n    \"metadata\": {\n        \"resourceVersion\": \"\"\n "
                "   }\n}\n");
    } else if (layout == Layout::YamlList) {
        write("cluster.yaml", "kind: List\nmetadata:\n  resourceVersion: \"\"\n");
    }
    return planted;
}

} // namespace glacis::bench
