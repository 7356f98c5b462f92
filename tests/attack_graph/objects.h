// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kubernetes objects in one line each, and tables of edges that they make:
//
//     const std::string web = pod("shop/web", containers("securityContext: {privileged: true}"));
//     expect("privileged", web, "PRIVILEGED|own/shop/Pod/web|node/worker-1", "certain", "M8@shop/Pod/web");
//
// Every function gives one document of flow style YAML with its separator, so that sources are sums.
#pragma once

#include <string>
#include <string_view>

#include <QTest>

#include "drawn.h"

namespace glacis::test {

/// "shop/web" → "name: web, namespace: shop"; "web" → "name: web".
inline std::string named(std::string_view name)
{
    const auto slash = name.find('/');
    if (slash == std::string_view::npos)
        return "name: " + std::string(name);
    return "name: " + std::string(name.substr(slash + 1))
        + ", namespace: " + std::string(name.substr(0, slash));
}
inline std::string lastPart(std::string_view name) { return std::string(name.substr(name.rfind('/') + 1)); }

/// more: further fields, each begun by a comma: ", type: Opaque".
inline std::string object(std::string_view kind, std::string_view name, const std::string& more = {},
    const std::string& metadata = {}, std::string_view apiVersion = "v1")
{
    return "{apiVersion: " + std::string(apiVersion) + ", kind: " + std::string(kind) + ", metadata: {"
        + named(name) + metadata + "}" + more + "}\n---\n";
}

inline std::string ns(std::string_view name, const std::string& enforce = {})
{
    return object("Namespace", name, {},
        enforce.empty() ? "" : ", labels: {pod-security.kubernetes.io/enforce: " + enforce + "}");
}
inline std::string node(std::string_view name, const std::string& status = {}, const std::string& labels = {})
{
    return object("Node", name, ", status: {" + status + "}", ", labels: {" + labels + "}");
}
inline const std::string ControlPlaneLabel = "node-role.kubernetes.io/control-plane: ''";
/// A node with this public address.
inline std::string publicNode(std::string_view name, const std::string& address = "8.8.8.8")
{
    return node(name, "addresses: [{type: ExternalIP, address: " + address + "}]");
}

/// One container "app" with these fields.
inline std::string container(
    const std::string& fields = {}, const std::string& image = "registry.example/app:1")
{
    return "{name: app, image: '" + image + "'" + (fields.empty() ? "" : ", ") + fields + "}";
}
inline std::string containers(
    const std::string& fields = {}, const std::string& image = "registry.example/app:1")
{
    return "containers: [" + container(fields, image) + "]";
}
inline std::string adds(const std::string& capabilities)
{
    return "securityContext: {capabilities: {add: [" + capabilities + "]}}";
}
inline std::string labels(std::string_view name) { return ", labels: {app: " + lastPart(name) + "}"; }

/// Runs on worker-1, label app=NAME.
inline std::string pod(std::string_view name, const std::string& spec = containers(),
    const std::string& node = "worker-1", const std::string& phase = "Running")
{
    return object("Pod", name,
        ", spec: {" + (node.empty() ? "" : "nodeName: " + node + ", ") + spec + "}, status: {phase: " + phase
            + "}",
        labels(name));
}
/// A static pod of kube-system, as kubeadm makes it.
inline std::string component(const std::string& name, const std::string& node, const std::string& flags = {})
{
    return object("Pod", "kube-system/" + name + "-" + node,
        ", spec: {hostNetwork: true, nodeName: " + node + ", containers: [{name: " + name
            + ", image: 'registry.k8s.io/" + name + ":v1', command: [" + name + flags
            + "]}]}, status: {phase: Running}",
        ", labels: {component: " + name + "}, annotations: {kubernetes.io/config.mirror: a1}");
}
/// A controller of this kind without a pod; more: ", replicas: 2".
inline std::string controller(std::string_view kind, std::string_view name,
    const std::string& spec = containers(), const std::string& more = {})
{
    return object(kind, name,
        ", spec: {selector: {matchLabels: {app: " + lastPart(name)
            + "}}, template: {metadata: {labels: {app: " + lastPart(name) + "}}, spec: {" + spec + "}}" + more
            + "}",
        {}, kind == "Job" ? "batch/v1" : "apps/v1");
}
/// Selects the pod of its own name.
inline std::string service(std::string_view name, const std::string& spec, const std::string& status = {})
{
    return object("Service", name,
        ", spec: {selector: {app: " + lastPart(name) + "}, " + spec + "}, status: {" + status + "}");
}
inline std::string secret(std::string_view name) { return object("Secret", name, ", type: Opaque"); }
inline std::string tokenSecret(std::string_view name, const std::string& account,
    const std::string& type = "kubernetes.io/service-account-token")
{
    return object("Secret", name, ", type: " + type,
        ", annotations: {kubernetes.io/service-account.name: " + account + "}");
}
inline std::string account(std::string_view name, const std::string& more = {})
{
    return object("ServiceAccount", name, more);
}

/// spec without its pod selector; selects every pod of its namespace.
inline std::string policy(std::string_view name, const std::string& spec, const std::string& selector = "{}")
{
    return object("NetworkPolicy", name, ", spec: {podSelector: " + selector + ", " + spec + "}", {},
        "networking.k8s.io/v1");
}
/// Policies were read, and none of them concerns a pod.
inline const std::string PoliciesRead
    = policy("elsewhere/none", "policyTypes: [Ingress]", "{matchLabels: {no: body}}");

// ---- RBAC

inline std::string rule(const std::string& groups, const std::string& resources, const std::string& verbs,
    const std::string& names = {})
{
    return "{apiGroups: [" + groups + "], resources: [" + resources + "], verbs: [" + verbs + "]"
        + (names.empty() ? "" : ", resourceNames: [" + names + "]") + "}";
}
inline constexpr std::string_view RbacApi = "rbac.authorization.k8s.io/v1";
inline std::string role(std::string_view name, const std::string& rules)
{
    return object(name.find('/') == std::string_view::npos ? "ClusterRole" : "Role", name,
        ", rules: [" + rules + "]", {}, RbacApi);
}
inline std::string serviceAccount(std::string_view name)
{
    return "{kind: ServiceAccount, " + named(name) + "}";
}
inline std::string user(const std::string& name) { return "{kind: User, name: '" + name + "'}"; }
inline std::string group(const std::string& name) { return "{kind: Group, name: '" + name + "'}"; }
/// A name with a namespace is that of a RoleBinding; of: "Role/reader" or "ClusterRole/view".
inline std::string binding(std::string_view name, std::string_view of, const std::string& subject)
{
    return object(name.find('/') == std::string_view::npos ? "ClusterRoleBinding" : "RoleBinding", name,
        ", roleRef: {apiGroup: rbac.authorization.k8s.io, kind: " + std::string(of.substr(0, of.find('/')))
            + ", name: " + lastPart(of) + "}, subjects: [" + subject + "]",
        {}, RbacApi);
}
/// The ServiceAccount ci/runner with these rules: in one namespace ("shop"), or everywhere ("").
inline std::string runner(
    std::string_view where, const std::string& rules, const std::string& name = "runner")
{
    const std::string full = where.empty() ? name : std::string(where) + "/" + name;
    return role(full, rules)
        + binding(full, (where.empty() ? "ClusterRole/" : "Role/") + name, serviceAccount("ci/runner"));
}
/// Makes an account worth being reached.
inline std::string admin(std::string_view name)
{
    return binding("admin-" + lastPart(name), "ClusterRole/cluster-admin", serviceAccount(name));
}

// ---- tables of edges

inline void edgeColumns()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("facts");
    QTest::addColumn<QString>("edge");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("breaks");
}
inline constexpr std::string_view AnyBreaks = "*";
/// kind: "certain", "residual", "possible", "" for no such edge. breaks: ids of options with spaces between.
inline void expect(const std::string& name, const std::string& yaml, std::string_view edge,
    std::string_view kind, std::string_view breaks = AnyBreaks, const std::string& facts = {})
{
    QTest::newRow(name.c_str()) << text(yaml) << text(facts) << text(edge) << text(kind) << text(breaks);
}
/// facts: sections only, "ports: [...]".
inline Drawn drawnOf(const std::string& yaml, const std::string& facts = {})
{
    return Drawn(yaml, facts.empty() ? std::string() : "glacis: facts/v1\nsource: port scan\n" + facts);
}
inline std::string joined(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words)
        all.append(all.empty() ? "" : " ").append(word);
    return all;
}
inline void verifyEdge()
{
    QFETCH(QString, yaml);
    QFETCH(QString, facts);
    QFETCH(QString, edge);
    QFETCH(QString, kind);
    QFETCH(QString, breaks);
    const Drawn drawn = drawnOf(yaml.toStdString(), facts.toStdString());
    const std::string id = edge.toStdString();
    QCOMPARE(text(drawn.kindOf(id)), kind);
    if (breaks != text(AnyBreaks))
        QCOMPARE(text(joined(drawn.breaks(id))), breaks);
}

} // namespace glacis::test
