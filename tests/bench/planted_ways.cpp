// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "planted_ways.h"

#include <algorithm>
#include <numeric>

#include "numbers.h"

namespace glacis::bench {
namespace {

    class Planter {
    public:
        Planter(std::uint64_t seed, bool policies, const EmitObject& object)
            : m_policies(policies)
            , m_object(object)
            , m_numbers(seed ^ 0x9A7EDULL)
        {
        }

        Planted run(int count)
        {
            edge();
            std::vector<std::size_t> order(std::size(Sorts));
            std::iota(order.begin(), order.end(), std::size_t { 0 });
            for (std::size_t i = order.size() - 1; i > 0; --i)
                std::swap(
                    order[i], order[static_cast<std::size_t>(m_numbers.below(static_cast<int>(i) + 1))]);
            for (int i = 0; i < count; ++i) {
                m_number = i;
                m_name = "planted-" + m_numbers.hex(4) + '-' + std::to_string(i);
                (this->*Sorts[order[static_cast<std::size_t>(i) % order.size()]])();
            }
            m_planted.facts = "glacis: facts/v1\nsource: planted\n";
            if (!m_exploitable.empty())
                m_planted.facts += "exploitable:\n" + m_exploitable;
            if (!m_ports.empty())
                m_planted.facts += "ports:\n" + m_ports;
            return std::move(m_planted);
        }

    private:
        // ---- sorts of way

        // A program with a known flaw, in a privileged container, beside an agent that reads all Secrets.
        void privilegedNeighbour()
        {
            ns(Door::Service);
            node();
            const Doc::Map power = map({ { "privileged", true } });
            pod("front", map({ { "securityContext", power } }),
                map({ { "automountServiceAccountToken", false } }));
            agent("secrets", "get");
            service("front", 80);
            exploitable("front");
            way("reach/" + m_name + "/Pod/front", "jewel/all-secrets",
                { "EXPOSED_SERVICE", "APP_EXPLOIT", "PRIVILEGED", "NODE_PODS", "RUNS_AS", "SECRET_READ" });
        }

        // A runtime's socket in a program behind the ingress controller; the agent there is cluster-admin.
        void runtimeSocket()
        {
            ns(Door::Ingress);
            node();
            pod("front",
                map({ { "volumeMounts",
                    list({ map({ { "mountPath", "/run/docker.sock" }, { "name", "socket" },
                        { "readOnly", true } }) }) } }),
                map({ { "automountServiceAccountToken", false },
                    { "volumes",
                        list({ map({ { "hostPath", map({ { "path", "/var/run/docker.sock" } }) },
                            { "name", "socket" } }) }) } }));
            agent("*", "*");
            route("front");
            exploitable("front");
            way("reach/" + m_name + "/Pod/front", "jewel/cluster-admin",
                { "INGRESS_ROUTE", "APP_EXPLOIT", "RUNTIME_SOCKET", "NODE_PODS", "RUNS_AS",
                    "CLUSTER_ADMIN" });
        }

        // Docker without TLS on a node, seen from outside.
        void docker()
        {
            ns(Door::None);
            node();
            agent("secrets", "list");
            m_ports += "- {node: " + m_name
                + ", port: 2375, from: internet, state: open, service: docker, tls: none}\n";
            way("endpoint/docker/" + m_name, "jewel/all-secrets",
                { "EXPOSED_SERVICE", "DOCKER_TCP", "NODE_PODS", "RUNS_AS", "SECRET_READ" });
        }

        void dashboard()
        {
            ns(Door::Service);
            account("viewer", "*", "*");
            pod("dashboard",
                map({ { "args", list({ "--enable-skip-login", "--enable-insecure-login" }) },
                    { "image", "kubernetesui/dashboard:v2.7.0" } }),
                map({ { "serviceAccountName", "viewer" } }));
            service("dashboard", 80);
            way("reach/" + m_name + "/Pod/dashboard", "jewel/cluster-admin",
                { "EXPOSED_SERVICE", "DASHBOARD_OPEN", "CLUSTER_ADMIN" });
        }

        // A program that runs what its visitors send, and may read Secrets.
        void adminInterface()
        {
            ns(Door::Service);
            account("jobs", "secrets", "watch");
            pod("head",
                map({ { "args", list({ "ray", "start", "--head" }) }, { "image", "rayproject/ray:2.9.0" } }),
                map({ { "serviceAccountName", "jobs" } }));
            service("head", 8265);
            way("reach/" + m_name + "/Pod/head", "jewel/all-secrets",
                { "EXPOSED_SERVICE", "ADMIN_INTERFACE", "RUNS_AS", "SECRET_READ" });
        }

        void store()
        {
            ns(Door::Service);
            pod("store",
                map({ { "env", list({ map({ { "name", "POSTGRES_PASSWORD" }, { "value", "postgres" } }) }) },
                    { "image", "postgres:16" } }),
                map({ { "automountServiceAccountToken", false } }), 5432);
            service("store", 5432);
            way("reach/" + m_name + "/Pod/store", "jewel/datastore-credentials",
                { "EXPOSED_SERVICE", "DEFAULT_CREDENTIAL" });
        }

        // From one account to the next by a shell in its pod.
        void exec()
        {
            ns(Door::Ingress);
            account("front", "pods/exec", "create", Reach::Namespace);
            account("operator", "*", "*");
            pod("front", {}, map({ { "serviceAccountName", "front" } }));
            pod("operator", {}, map({ { "serviceAccountName", "operator" } }));
            route("front");
            exploitable("front");
            way("reach/" + m_name + "/Pod/front", "jewel/cluster-admin",
                { "INGRESS_ROUTE", "APP_EXPLOIT", "RUNS_AS", "POD_EXEC", "RUNS_AS", "CLUSTER_ADMIN" });
        }

        // A password in the clear in a pod that the account may look at.
        void podSpec()
        {
            ns(Door::Ingress);
            account("front", "pods", "list", Reach::Namespace);
            pod("front", {}, map({ { "serviceAccountName", "front" } }));
            pod("ledger",
                map({ { "env",
                    list({ map({ { "name", "POSTGRES_PASSWORD" }, { "value", m_numbers.hex(20) } }) }) } }),
                map({ { "automountServiceAccountToken", false } }));
            route("front");
            exploitable("front");
            way("reach/" + m_name + "/Pod/front", "jewel/datastore-credentials",
                { "INGRESS_ROUTE", "APP_EXPLOIT", "RUNS_AS", "READ_POD_SPEC" });
        }

        using Sort = void (Planter::*)();
        static constexpr Sort Sorts[]
            = { &Planter::privilegedNeighbour, &Planter::runtimeSocket, &Planter::docker, &Planter::dashboard,
                  &Planter::adminInterface, &Planter::store, &Planter::exec, &Planter::podSpec };

        // ---- objects

        enum class Door { None, Service, Ingress };
        enum class Reach { Cluster, Namespace };

        void emit(
            const char* list, const char* apiVersion, const char* kind, Doc::Map metadata, Doc::Map rest)
        {
            metadata.emplace_back("uid", m_numbers.uid());
            Doc doc(map({ { "apiVersion", apiVersion }, { "kind", kind } }));
            doc.add("metadata", std::move(metadata));
            for (auto& [key, value] : rest)
                doc.add(key, std::move(value));
            m_object(list, doc);
        }
        /// Ranges for documentation are not public, so these are not of them; nobody connects to one.
        std::string publicIp() const
        {
            const int place = m_name == "planted-edge" ? 0 : m_number + 1;
            return "192.1." + std::to_string(place / 250) + '.' + std::to_string(place % 250 + 1);
        }
        Doc::Map here(const std::string& name) const
        {
            return map({ { "name", name }, { "namespace", m_name } });
        }

        // The one ingress controller, that every route goes through.
        void edge()
        {
            m_name = "planted-elsewhere";
            node();
            m_name = "planted-edge";
            ns(Door::Service);
            pod("controller", map({ { "image", "registry.k8s.io/ingress-nginx/controller:v1.12.1" } }),
                map({ { "automountServiceAccountToken", false } }));
            service("controller", 80);
            emit("ingressclasses", "networking.k8s.io/v1", "IngressClass", map({ { "name", "planted" } }),
                { { "spec", map({ { "controller", "k8s.io/ingress-nginx" } }) } });
        }

        void ns(Door door)
        {
            m_node.clear();
            emit("namespaces", "v1", "Namespace",
                map({ { "name", m_name }, { "labels", map({ { "kubernetes.io/metadata.name", m_name } }) } }),
                {});
            if (!m_policies)
                return;
            const Doc outside = map(
                { { "ipBlock", map({ { "cidr", "0.0.0.0/0" }, { "except", list({ "10.0.0.0/8" }) } }) } });
            const Doc controller = map({ { "namespaceSelector",
                map({ { "matchLabels", map({ { "kubernetes.io/metadata.name", "planted-edge" } }) } }) } });
            Doc::List ingress;
            if (door != Door::None)
                ingress.push_back(
                    map({ { "from", list({ door == Door::Service ? outside : controller }) } }));
            Doc::List egress;
            if (m_name == "planted-edge")
                egress.push_back(map({ { "to", list({ map({ { "namespaceSelector", map({}) } }) }) } }));
            emit("networkpolicies", "networking.k8s.io/v1", "NetworkPolicy", here("only-its-own"),
                { { "spec",
                    map({ { "podSelector", map({}) }, { "policyTypes", list({ "Ingress", "Egress" }) },
                        { "ingress", std::move(ingress) }, { "egress", std::move(egress) } }) } });
        }

        void node()
        {
            m_node = m_name;
            const int place = m_name == "planted-elsewhere" ? 0 : m_number + 1;
            const std::string ip
                = "10.200." + std::to_string(place / 250) + '.' + std::to_string(place % 250 + 1);
            emit("nodes", "v1", "Node",
                map({ { "name", m_node }, { "labels", map({ { "kubernetes.io/os", "linux" } }) } }),
                { { "spec", map({ { "podCIDR", "10.201." + std::to_string(place % 256) + ".0/24" } }) },
                    { "status",
                        map({ { "addresses",
                            list({ map({ { "address", ip }, { "type", "InternalIP" } }) }) } }) } });
        }

        void pod(const std::string& name, Doc::Map container, Doc::Map spec, int port = 8080)
        {
            container.emplace_back("name", "main");
            const bool hasImage = std::any_of(
                container.begin(), container.end(), [](const auto& field) { return field.first == "image"; });
            if (!hasImage)
                container.emplace_back("image", "registry.example.org/" + name + ":1.0");
            container.emplace_back("ports", list({ map({ { "containerPort", port } }) }));
            spec.emplace_back("containers", list({ Doc(std::move(container)) }));
            spec.emplace_back("nodeName", m_node.empty() ? "planted-elsewhere" : m_node);
            Doc::Map metadata = here(name);
            metadata.emplace_back("labels", map({ { "app", name } }));
            emit("pods", "v1", "Pod", std::move(metadata),
                { { "spec", std::move(spec) },
                    { "status", map({ { "phase", "Running" }, { "podIP", "10.201.0.9" } }) } });
            m_port = port;
        }

        /// A pod on the way's node whose account has a right in the whole cluster.
        void agent(const std::string& resource, const std::string& verb)
        {
            account("agent", resource, verb);
            pod("agent", {}, map({ { "serviceAccountName", "agent" } }));
        }

        void account(const std::string& name, const std::string& resource, const std::string& verb,
            Reach reach = Reach::Cluster)
        {
            emit("serviceaccounts", "v1", "ServiceAccount", here(name), {});
            const bool cluster = reach == Reach::Cluster;
            const std::string role = cluster ? m_name + '-' + name : name;
            const char* api = "rbac.authorization.k8s.io/v1";
            const auto metadata = [&] { return cluster ? map({ { "name", role } }) : here(role); };
            emit(cluster ? "clusterroles" : "roles", api, cluster ? "ClusterRole" : "Role", metadata(),
                { { "rules",
                    list({ map({ { "apiGroups", list({ resource == "*" ? "*" : "" }) },
                        { "resources", list({ Doc(resource) }) }, { "verbs", list({ Doc(verb) }) } }) }) } });
            emit(cluster ? "clusterrolebindings" : "rolebindings", api,
                cluster ? "ClusterRoleBinding" : "RoleBinding", metadata(),
                { { "roleRef",
                      map({ { "apiGroup", "rbac.authorization.k8s.io" },
                          { "kind", cluster ? "ClusterRole" : "Role" }, { "name", role } }) },
                    { "subjects",
                        list({ map({ { "kind", "ServiceAccount" }, { "name", name },
                            { "namespace", m_name } }) }) } });
        }

        void service(const std::string& name, int port, bool outside = true)
        {
            Doc::Map spec = map(
                { { "ports",
                      list({ map({ { "port", port }, { "protocol", "TCP" }, { "targetPort", m_port } }) }) },
                    { "selector", map({ { "app", name } }) },
                    { "type", outside ? "LoadBalancer" : "ClusterIP" } });
            Doc::Map status;
            if (outside) {
                spec.emplace_back("externalTrafficPolicy", "Local");
                status = map(
                    { { "loadBalancer", map({ { "ingress", list({ map({ { "ip", publicIp() } }) }) } }) } });
            }
            emit("services", "v1", "Service", here(name),
                { { "spec", std::move(spec) }, { "status", std::move(status) } });
        }

        void route(const std::string& name)
        {
            service(name, 80, false);
            emit("ingresses", "networking.k8s.io/v1", "Ingress", here(name),
                { { "spec",
                    map({ { "ingressClassName", "planted" },
                        { "rules",
                            list({ map({ { "host", m_name + ".example.org" },
                                { "http",
                                    map({ { "paths",
                                        list({ map({ { "path", "/" }, { "pathType", "Prefix" },
                                            { "backend",
                                                map({ { "service",
                                                    map({ { "name", name },
                                                        { "port",
                                                            map({ { "number",
                                                                80 } }) } }) } }) } }) }) } }) } }) }) } }) } });
        }

        void exploitable(const std::string& name)
        {
            m_exploitable += "- {workload: " + m_name + "/Pod/" + name + ", reason: planted}\n";
        }

        void way(std::string firstStep, std::string jewel, std::vector<std::string> kinds)
        {
            m_planted.ways.push_back({ std::move(firstStep), std::move(jewel), std::move(kinds) });
        }

        bool m_policies;
        const EmitObject& m_object;
        Numbers m_numbers;
        int m_number = 0;
        int m_port = 8080;
        std::string m_name; ///< of the way: its namespace, and its node
        std::string m_node; ///< empty: any
        std::string m_exploitable, m_ports;
        Planted m_planted;
    };

} // namespace

Planted plantWays(int count, std::uint64_t seed, bool policies, const EmitObject& object)
{
    return Planter(seed, policies, object).run(count);
}

} // namespace glacis::bench
