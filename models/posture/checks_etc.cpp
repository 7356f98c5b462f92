// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// etcd and the API server's way to it, read from the flags of the control plane's pods. What those pods do
// not say (a configuration file, a value from elsewhere, no pods at all) is not assessed.
#include <posture/areas.h>

#include <algorithm>

#include <secrets/settings.h>

namespace glacis::posture {

namespace {
    using secrets::flagSet;
    using secrets::hostOf;
    using secrets::isLoopback;
    using secrets::Setting;
    using secrets::Settings;
    using secrets::startsWithScheme;
    using secrets::urls;

    // ---- where the components are

    /// "k3s", "k0s": distributions whose control plane is one process of the node, told by the kubelet's
    /// version.
    std::string_view singleProcess(const Inventory& inventory)
    {
        for (const inventory::Node& node : inventory.nodes) {
            for (const std::string_view build : { "+k3s", "+k0s" }) {
                if (node.kubeletVersion.view().find(build) != std::string_view::npos)
                    return build.substr(1);
            }
        }
        return {};
    }

    bool hasControlPlaneNode(const Inventory& inventory)
    {
        return std::any_of(inventory.nodes.begin(), inventory.nodes.end(),
            [&](const inventory::Node& node) { return node.isControlPlane(inventory.object(node.id)); });
    }

    /// Why the flags of a component that is not among the pods cannot be judged.
    std::string unseen(const Inventory& inventory, const ControlPlane& plane, std::string_view component)
    {
        if (inventory.source.scope == Scope::Manifests)
            return "manifests do not hold the control plane";
        if (!inventory.coverage.isRead(Kind::Pod))
            return unreadReason(inventory, Kind::Pod);
        if (!plane.hasSystemPods())
            return "no pod of kube-system was read";
        if (plane.anyComponent())
            return std::string(component) + " is not among the pods of kube-system";
        if (const std::string_view name = singleProcess(inventory); !name.empty())
            return "the control plane is a process of the node (" + std::string(name) + "), not a pod";
        if (!inventory.coverage.isRead(Kind::Node))
            return unreadReason(inventory, Kind::Node);
        if (hasControlPlaneNode(inventory))
            return "the control plane does not run as pods";
        return "managed control plane: its flags are not visible in the cluster";
    }

    /// etcd pods to judge, or none and a reason said.
    std::vector<ComponentView> etcdPods(const CheckContext& c, Verdicts& v)
    {
        const ControlPlane plane(c.inventory);
        std::vector<ComponentView> pods = plane.component("etcd");
        if (!pods.empty())
            return pods;
        if (plane.component("kube-apiserver").empty())
            v.notAssessed(unseen(c.inventory, plane, "etcd"));
        else
            v.notAssessed("etcd is not among the pods; it runs elsewhere");
        return {};
    }

    Place place(const ComponentView& view, std::string_view below, std::string evidence)
    {
        return { .container = view.container.name.str(),
            .path = view.containerPath + "." + std::string(below),
            .evidence = std::move(evidence) };
    }

    /// The findings of this area are about the control plane itself: its pods' platform mark would hide them.
    Details about(std::string message, std::optional<Severity> severity = {})
    {
        return { .message = std::move(message), .severity = severity, .platform = false };
    }

    std::string shown(const Setting& setting) { return setting.present ? setting.value : "absent"; }

    // ---- encryption at rest

    void encryptionAtRest(const CheckContext& c, Verdicts& v)
    {
        const ControlPlane plane(c.inventory);
        const std::vector<ComponentView> servers = plane.component("kube-apiserver");
        if (!c.inventory.observations.etcd.empty()) {
            const auto& facts = c.inventory.observations.etcd;
            const auto plain = std::find_if(
                facts.begin(), facts.end(), [](const auto& fact) { return !fact.fact.encryptedAtRest; });
            const PseudoObject endpoint { "Endpoint", "etcd" };
            if (plain == facts.end()) {
                if (servers.empty())
                    v.pass(endpoint);
                for (const ComponentView& server : servers)
                    v.pass(server.pod.id);
                return;
            }
            Details details = about("Secrets lie in etcd in plain text");
            details.confidence = plain->confidence;
            Place where { .path = {},
                .evidence = "encryptedAtRest: false"
                    + (plain->fact.how.empty() ? std::string() : ", by " + plain->fact.how) };
            if (servers.empty())
                v.fail(endpoint, where, details);
            for (const ComponentView& server : servers)
                v.fail(server.pod.id, where, details);
            return;
        }
        if (servers.empty())
            v.notAssessed(unseen(c.inventory, plane, "kube-apiserver"));
        for (const ComponentView& server : servers) {
            const Settings settings(server.container, Settings::Variables::None);
            const Setting config = settings.of("--encryption-provider-config");
            if (flagSet(config.value))
                v.pass(server.pod.id); // that it encrypts Secrets with a real key is another check's question
            else
                v.fail(server.pod.id,
                    place(server, config.path, "--encryption-provider-config " + shown(config)),
                    about("The API server writes Secrets to etcd in plain text"));
        }
    }

    // ---- etcd's own flags

    bool unknownAmong(Verdicts& v, ObjectId id, std::initializer_list<const Setting*> settings)
    {
        for (const Setting* setting : settings) {
            if (!setting->unknown.empty()) {
                v.notAssessed(id, setting->unknown);
                return true;
            }
        }
        return false;
    }

    void etcdServerTls(const CheckContext& c, Verdicts& v)
    {
        for (const ComponentView& pod : etcdPods(c, v)) {
            const Settings settings(pod.container, Settings::Variables::Etcd);
            const Setting cert = settings.of("--cert-file");
            const Setting key = settings.of("--key-file");
            const Setting automatic
                = settings.of("--auto-tls"); // encrypts with a certificate that nobody can check
            if (flagSet(cert.value) && flagSet(key.value) && cert.unknown.empty() && key.unknown.empty()) {
                v.pass(pod.pod.id);
            } else if (unknownAmong(v, pod.pod.id, { &cert, &key, &automatic })) {
                continue;
            } else if (Settings::isOn(automatic)) {
                v.pass(pod.pod.id);
            } else {
                const bool noCert = !flagSet(cert.value);
                v.fail(pod.pod.id,
                    place(pod, noCert ? cert.path : key.path,
                        noCert ? "--cert-file " + shown(cert) : "--key-file " + shown(key)),
                    about("etcd serves its clients without TLS"));
            }
        }
    }

    void etcdClientCertificates(const CheckContext& c, Verdicts& v)
    {
        for (const ComponentView& pod : etcdPods(c, v)) {
            const Settings settings(pod.container, Settings::Variables::Etcd);
            const Setting required = settings.of("--client-cert-auth");
            const Setting ca = settings.of("--trusted-ca-file");
            if (unknownAmong(v, pod.pod.id, { &required, &ca }))
                continue;
            if (!Settings::isOn(required))
                v.fail(pod.pod.id, place(pod, required.path, "--client-cert-auth " + shown(required)),
                    about("etcd asks its clients for no certificate"));
            else if (!flagSet(ca.value))
                v.fail(pod.pod.id, place(pod, ca.path, "--trusted-ca-file " + shown(ca)),
                    about("etcd has no authority to check client certificates against"));
            else
                v.pass(pod.pod.id);
        }
    }

    void etcdPlainListener(const CheckContext& c, Verdicts& v)
    {
        for (const ComponentView& pod : etcdPods(c, v)) {
            const Settings settings(pod.container, Settings::Variables::Etcd);
            bool failed = false;
            bool unknown = false;
            // The second holds the HTTP part of the first since etcd 3.6. Neither is set: http on localhost
            // only.
            for (const std::string_view flag : { "--listen-client-urls", "--listen-client-http-urls" }) {
                const Setting listen = settings.of(flag);
                if (!listen.unknown.empty()) {
                    unknown = true;
                    v.notAssessed(pod.pod.id, listen.unknown);
                    continue;
                }
                for (const std::string_view url : urls(listen.value)) {
                    if (!startsWithScheme(url, "http://") || isLoopback(hostOf(url)))
                        continue;
                    failed = true;
                    v.fail(pod.pod.id, place(pod, listen.path, std::string(flag) + " " + std::string(url)),
                        about("etcd listens without TLS on " + std::string(hostOf(url))));
                }
            }
            if (!failed && !unknown)
                v.pass(pod.pod.id);
        }
    }

    // ---- the API server's way to etcd

    void etcdConnection(const CheckContext& c, Verdicts& v)
    {
        const ControlPlane plane(c.inventory);
        const std::vector<ComponentView> servers = plane.component("kube-apiserver");
        if (servers.empty())
            v.notAssessed(unseen(c.inventory, plane, "kube-apiserver"));
        for (const ComponentView& server : servers) {
            const ObjectId id = server.pod.id;
            const Settings settings(server.container, Settings::Variables::None);
            const Setting endpoints = settings.of("--etcd-servers");
            if (unknownAmong(v, id, { &endpoints }))
                continue;
            const std::vector<std::string_view> list = urls(endpoints.value);
            const bool socketsOnly = !list.empty()
                && std::all_of(list.begin(), list.end(),
                    [](std::string_view url) { return startsWithScheme(url, "unix:"); });
            if (socketsOnly) {
                v.pass(id);
                continue;
            }
            const auto plain = std::find_if(list.begin(), list.end(),
                [](std::string_view url) { return startsWithScheme(url, "http://"); });
            if (plain != list.end()) {
                const auto away = std::find_if(list.begin(), list.end(), [](std::string_view url) {
                    return startsWithScheme(url, "http://") && !isLoopback(hostOf(url));
                });
                const bool remote = away != list.end();
                v.fail(id,
                    place(server, endpoints.path, "--etcd-servers " + std::string(remote ? *away : *plain)),
                    about(remote ? "The API server sends Secrets to etcd over the network in plain text"
                                 : "The API server talks to its own node's etcd without TLS",
                        remote ? Severity::Critical : Severity::High));
                continue;
            }
            bool failed = false;
            for (const std::string_view flag : { "--etcd-cafile", "--etcd-certfile", "--etcd-keyfile" }) {
                const Setting file = settings.of(flag);
                if (flagSet(file.value))
                    continue;
                failed = true;
                v.fail(id, place(server, file.path, std::string(flag) + " " + shown(file)),
                    about("The API server and etcd do not check each other's certificates", Severity::High));
            }
            if (!failed)
                v.pass(id);
        }
    }

    // ---- is there a control plane to see

    void controlPlaneVisible(const CheckContext& c, Verdicts& v)
    {
        const ControlPlane plane(c.inventory);
        for (const std::string_view component :
            { "kube-apiserver", "etcd", "kube-controller-manager", "kube-scheduler" }) {
            const std::vector<ComponentView> pods = plane.component(component);
            if (pods.empty())
                continue;
            v.pass(pods.front().pod.id);
            return;
        }
        if (c.inventory.source.scope == Scope::Manifests || !c.inventory.coverage.isRead(Kind::Pod)
            || !plane.hasSystemPods()
            || (singleProcess(c.inventory).empty() && !c.inventory.coverage.isRead(Kind::Node))) {
            v.notAssessed(unseen(c.inventory, plane, "kube-apiserver"));
            return;
        }
        const bool managed = singleProcess(c.inventory).empty() && !hasControlPlaneNode(c.inventory);
        v.fail(PseudoObject { "Endpoint", "kube-apiserver" },
            { .evidence = "no control plane pod in kube-system" },
            { .message = managed
                    ? "The provider runs the control plane: its settings cannot be read from the cluster"
                    : "The control plane does not run as pods: its settings cannot be read from the cluster",
                .confidence = Confidence::Inferred });
    }

    constexpr CheckEntry entries[] = {
        { "GL-ETC-001", encryptionAtRest },
        { "GL-ETC-003", etcdServerTls },
        { "GL-ETC-004", etcdClientCertificates },
        { "GL-ETC-007", etcdPlainListener },
        { "GL-ETC-008", etcdConnection },
        { "GL-ETC-011", controlPlaneVisible },
    };
}

std::span<const CheckEntry> etcChecks() { return entries; }

} // namespace glacis::posture
