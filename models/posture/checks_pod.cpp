// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a pod asks of its node: privileges, namespaces, paths, ports, capabilities, users.
#include <posture/areas.h>

#include <algorithm>
#include <array>

#include <inventory/host_mounts.h>

namespace glacis::posture {

namespace {
    using inventory::Container;
    using inventory::HostMount;
    using inventory::HostPathRisk;
    using inventory::isWithin;
    using inventory::riskOfHostPath;
    using inventory::Tri;
    using inventory::Volume;
    using inventory::VolumeMount;
    using inventory::VolumeType;

    // ---- the node's namespaces and privileges

    void privileged(const CheckContext& c, Verdicts& v)
    {
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            if (container.security.privileged != Tri::True)
                return;
            const bool exposed = c.exposure.isExposed(o.owner);
            v.fail(o.id(), place(o, container, "securityContext.privileged", "true"),
                { .message = exposed ? "Runs privileged and can be reached from outside: whoever takes it "
                                       "over is root on the node"
                                     : "Runs privileged: whoever takes it over is root on the node",
                    .locus = containerLocus(container),
                    .severity = exposed ? Severity::Critical : Severity::High });
        });
    }

    void failPodField(Verdicts& v, const OwnerView& o, std::string_view field, std::string message)
    {
        v.fail(o.id(), place(o, field, "true"), { .message = std::move(message) });
    }

    void hostPid(const CheckContext& c, Verdicts& v)
    {
        forEachOwner(c, v, [&](const OwnerView& o) {
            if (o.spec.hostPid)
                failPodField(v, o, "hostPID", "Sees and may signal every process of its node");
        });
    }

    void hostIpc(const CheckContext& c, Verdicts& v)
    {
        forEachOwner(c, v, [&](const OwnerView& o) {
            if (o.spec.hostIpc)
                failPodField(v, o, "hostIPC", "Shares memory segments and message queues with its node");
        });
    }

    void hostNetwork(const CheckContext& c, Verdicts& v)
    {
        forEachOwner(c, v, [&](const OwnerView& o) {
            if (o.spec.hostNetwork)
                failPodField(v, o, "hostNetwork",
                    "Uses the node's own network: no NetworkPolicy holds it, and it reaches services bound "
                    "to the node's loopback");
        });
    }

    // ---- paths of the node

    std::string volumePath(std::size_t index, std::string_view field)
    {
        return "volumes[" + std::to_string(index) + "]." + std::string(field);
    }

    void hostPath(const CheckContext& c, Verdicts& v)
    {
        forEachOwner(c, v, [&](const OwnerView& o) {
            for (std::size_t i = 0; i < o.spec.volumes.size(); ++i) {
                const Volume& volume = o.spec.volumes[i];
                if (volume.type == VolumeType::HostPath)
                    v.fail(o.id(), place(o, volumePath(i, "hostPath.path"), volume.path.str()),
                        { .message = "Volume " + volume.name.str() + " is the folder " + volume.path.str()
                                + " of the node",
                            .locus = "volume " + volume.name.str() });
            }
        });
    }

    Place mountPlace(const OwnerView& o, const HostMount& m)
    {
        const std::string below = "volumeMounts[" + std::to_string(m.index) + "]";
        return place(o, *m.container, m.mount->readOnly ? below + ".readOnly" : below,
            m.path + (m.writable ? ", writable" : ", read-only"));
    }

    std::vector<ObjectId> relatedVolume(const HostMount& m)
    {
        return m.folder->persistentVolume.valid() ? std::vector<ObjectId> { m.folder->persistentVolume }
                                                  : std::vector<ObjectId> {};
    }

    std::string sensitiveMessage(const HostMount& m)
    {
        std::string message = (m.writable ? "May write to " : "May read ") + m.path + " of the node";
        if (m.folder->persistentVolume.valid())
            message += " through a PersistentVolume";
        // A read-only bind mount leaves file systems mounted below it as they are (recursiveReadOnly,
        // Kubernetes 1.33).
        if (!m.writable && m.path == "/")
            message += "; file systems mounted below it may stay writable";
        return message;
    }

    // MODEL section 3: the few folders of Root are worth reading; the others count only when writable.
    void sensitiveHostPath(const CheckContext& c, Verdicts& v)
    {
        const inventory::HostFolders folders(c.inventory);
        forEachOwner(c, v, [&](const OwnerView& o) {
            folders.forEachMount(o.object.ns, o.spec, [&](const HostMount& m) {
                const HostPathRisk risk = riskOfHostPath(m.path);
                if (risk == HostPathRisk::None || (risk == HostPathRisk::Sensitive && !m.writable))
                    return;
                const bool critical = risk == HostPathRisk::Root && m.writable;
                v.fail(o.id(), mountPlace(o, m),
                    { .message = sensitiveMessage(m),
                        .locus = "volume " + m.mount->name.str(),
                        .severity = critical ? Severity::Critical : Severity::High,
                        .related = relatedVolume(m) });
            });
        });
    }

    // With a writable /var/log a pod plants a symbolic link as a log file; who may read logs then reads any
    // file of the node as root (kube-hunter KHV047).
    void logFolder(const CheckContext& c, Verdicts& v)
    {
        constexpr std::array roleKinds { Kind::RoleBinding, Kind::ClusterRoleBinding, Kind::Role,
            Kind::ClusterRole };
        const Absence rolesKnown = absenceOf(c.inventory, roleKinds);
        const inventory::HostFolders folders(c.inventory);
        forEachOwner(c, v, [&](const OwnerView& o) {
            folders.forEachMount(o.object.ns, o.spec, [&](const HostMount& m) {
                const bool reaches = isWithin(m.path, "/var/log") || isWithin("/var/log", m.path);
                if (!reaches || !m.writable)
                    return;
                const auto identity = access::Identity::serviceAccount(o.object.ns,
                    o.spec.serviceAccount.empty() ? std::string_view("default")
                                                  : o.spec.serviceAccount.view());
                const access::Request requests[] = {
                    { .verb = "get",
                        .group = "",
                        .resource = "pods",
                        .subresource = "log",
                        .ns = o.object.ns.str(),
                        .name = "",
                        .url = "" },
                    { .verb = "get",
                        .group = "",
                        .resource = "nodes",
                        .subresource = "log",
                        .ns = "",
                        .name = "",
                        .url = "" },
                    { .verb = "get",
                        .group = "",
                        .resource = "nodes",
                        .subresource = "proxy",
                        .ns = "",
                        .name = "",
                        .url = "" },
                };
                for (const access::Request& request : requests) {
                    const auto grant = c.access.allows(identity, request);
                    if (!grant)
                        continue;
                    std::vector<ObjectId> related = relatedVolume(m);
                    related.push_back(grant->binding->object);
                    v.fail(o.id(), mountPlace(o, m),
                        { .message = "May write to " + m.path + " of the node and read " + request.resource
                                + "/" + request.subresource
                                + ": a link planted there gives any file of the node",
                            .locus = "volume " + m.mount->name.str(),
                            .related = std::move(related) });
                    return;
                }
                if (!rolesKnown.assessable)
                    v.notAssessed(o.id(), rolesKnown.reason);
            });
        });
    }

    // ---- ports

    void hostPort(const CheckContext& c, Verdicts& v)
    {
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            for (std::size_t i = 0; i < container.ports.size(); ++i) {
                const inventory::ContainerPort& port = container.ports[i];
                if (port.hostPort == 0)
                    continue;
                const std::string number = std::to_string(port.hostPort);
                v.fail(o.id(), place(o, container, "ports[" + std::to_string(i) + "].hostPort", number),
                    { .message = "Opens port " + number + " on the address of its node",
                        .locus = containerLocus(container) });
            }
        });
    }

    // ---- capabilities

    // Each gives the node or undoes a guard of it; capabilities(7) says how.
    constexpr std::array<std::string_view, 13> dangerousCapabilities { "ALL", "BPF", "DAC_READ_SEARCH",
        "MAC_ADMIN", "MAC_OVERRIDE", "NET_ADMIN", "PERFMON", "SETPCAP", "SYS_ADMIN", "SYS_BOOT", "SYS_MODULE",
        "SYS_PTRACE", "SYS_RAWIO" };

    void capabilities(const CheckContext& c, Verdicts& v)
    {
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            std::vector<std::size_t> dangerous;
            std::string names;
            for (std::size_t i = 0; i < container.security.capabilitiesAdd.size(); ++i) {
                const std::string name
                    = inventory::canonicalCapability(container.security.capabilitiesAdd[i]);
                if (std::find(dangerousCapabilities.begin(), dangerousCapabilities.end(), name)
                    == dangerousCapabilities.end())
                    continue;
                dangerous.push_back(i);
                names += (names.empty() ? "" : ", ") + name;
            }
            for (const std::size_t i : dangerous)
                v.fail(o.id(),
                    place(o, container, "securityContext.capabilities.add[" + std::to_string(i) + "]",
                        container.security.capabilitiesAdd[i].str()),
                    { .message = "Adds the kernel privileges " + names, .locus = containerLocus(container) });
        });
    }

    bool addsSysAdmin(const Container& container)
    {
        const auto& added = container.security.capabilitiesAdd;
        return std::any_of(added.begin(), added.end(), [](const Str& written) {
            const std::string name = inventory::canonicalCapability(written);
            return name == "SYS_ADMIN" || name == "ALL";
        });
    }

    // ---- users

    // Kubernetes: allowPrivilegeEscalation is always true when the container is privileged or has
    // CAP_SYS_ADMIN.
    void privilegeEscalation(const CheckContext& c, Verdicts& v)
    {
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            if (isWindows(o.spec)) {
                v.notApplicable(o.id());
                return;
            }
            const Tri allowed = container.security.allowPrivilegeEscalation;
            std::string evidence = allowed == Tri::True ? "true" : "absent";
            if (allowed == Tri::False) {
                if (container.security.privileged == Tri::True)
                    evidence = "false, but privileged";
                else if (addsSysAdmin(container))
                    evidence = "false, but SYS_ADMIN is added";
                else
                    return;
            }
            v.fail(o.id(),
                place(o, container, "securityContext.allowPrivilegeEscalation", std::move(evidence)),
                { .message
                    = "A process may gain more rights than its parent, through setuid programs for example",
                    .locus = containerLocus(container) });
        });
    }

    /// The field that lets root in, or where the missing one belongs.
    Place rootPlace(const OwnerView& o, const Container& container, std::optional<std::int64_t> user)
    {
        const inventory::ContainerSecurity& own = container.security;
        if (user && own.runAsUser)
            return place(o, container, "securityContext.runAsUser", "0");
        if (user) {
            Place p = place(o, "securityContext.runAsUser", "0");
            p.container = container.name.str();
            return p;
        }
        if (own.runAsNonRoot == Tri::False)
            return place(o, container, "securityContext.runAsNonRoot", "false");
        if (o.spec.security.runAsNonRoot == Tri::False) {
            Place p = place(o, "securityContext.runAsNonRoot", "false");
            p.container = container.name.str();
            return p;
        }
        return place(o, container, "securityContext.runAsNonRoot", "absent");
    }

    void mayRunAsRoot(const CheckContext& c, Verdicts& v)
    {
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            if (isWindows(o.spec)) {
                v.notApplicable(o.id());
                return;
            }
            const std::optional<std::int64_t> user = inventory::effectiveRunAsUser(o.spec, container);
            if (inventory::effectiveRunAsNonRoot(o.spec, container) == Tri::True || (user && *user != 0))
                return;
            v.fail(o.id(), rootPlace(o, container, user),
                { .message = user ? "Runs as root (user 0)"
                                  : "Runs as root whenever its image does: nothing forbids it",
                    .locus = containerLocus(container) });
        });
    }

    constexpr CheckEntry entries[] = {
        { "GL-POD-001", privileged },
        { "GL-POD-002", hostPid },
        { "GL-POD-003", hostIpc },
        { "GL-POD-004", hostNetwork },
        { "GL-POD-005", hostPath },
        { "GL-POD-006", sensitiveHostPath },
        { "GL-POD-007", logFolder },
        { "GL-POD-008", hostPort },
        { "GL-POD-009", capabilities },
        { "GL-POD-012", privilegeEscalation },
        { "GL-POD-013", mayRunAsRoot },
    };
}

std::span<const CheckEntry> podChecks() { return entries; }

} // namespace glacis::posture
