// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Out of a container onto its node. Judged container by container: two containers of one pod do not add up
// their capabilities, and what one mounts the other does not have.
#include <attack/world.h>

#include <algorithm>
#include <array>

#include <inventory/host_mounts.h>

namespace glacis::attack {
namespace {
    using inventory::HostMount;
    using inventory::isWithin;
    using inventory::Tri;

    bool isWindows(const inventory::PodSpec& spec)
    {
        const Str* selected = inventory::find(spec.nodeSelector, "kubernetes.io/os");
        return spec.os == "windows" || spec.security.hostProcess == Tri::True
            || (spec.os.empty() && selected && *selected == "windows");
    }

    bool isPrivileged(const Container& container) { return container.security.privileged == Tri::True; }

    /// The index of a capability in capabilities.add: in any spelling, or ALL.
    std::optional<std::size_t> added(const Container& container, std::string_view capability)
    {
        const auto& list = container.security.capabilitiesAdd;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string written = inventory::canonicalCapability(list[i]);
            if (written == capability || written == "ALL")
                return i;
        }
        return std::nullopt;
    }

    std::string addPath(std::size_t index)
    {
        return "securityContext.capabilities.add[" + std::to_string(index) + "]";
    }

    /// How sure a container's own power is. An init container has ended when an attacker comes; a process
    /// that is not root holds capabilities only in its bounding set; root of a user namespace is nobody on
    /// the node.
    Certainty powerOf(const PodView& pod, const Container& container)
    {
        const auto user = inventory::effectiveRunAsUser(pod.spec, container);
        const bool notRoot = (user && *user != 0)
            || (!user && inventory::effectiveRunAsNonRoot(pod.spec, container) == Tri::True);
        return hasEnded(container) || notRoot || pod.spec.hostUsers == Tri::False ? Certainty::Possible
                                                                                  : Certainty::Certain;
    }

    /// Is the container told to run without an AppArmor profile, by field or by the annotation before 1.30?
    bool isUnconfined(const PodView& pod, const Container& container)
    {
        const Str profile = container.security.appArmorType.empty() ? pod.spec.security.appArmorType
                                                                    : container.security.appArmorType;
        const Str* old = inventory::find(pod.workload.podAnnotations,
            "container.apparmor.security.beta.kubernetes.io/" + container.name.str());
        return profile == "Unconfined" || (profile.empty() && old && *old == "unconfined");
    }

    /// An edge of this kind to every machine where the workload runs.
    void escape(World& w, EdgeKind kind, const PodView& pod, Certainty certainty,
        const std::vector<Justification>& because)
    {
        const std::string target = w.pathOf(pod.owner);
        for (const MachineIndex machine : w.machinesOf[pod.owner]) {
            auto edge = w.graph.edge(
                kind, w.own(pod.owner), w.machines[machine].node, { .certainty = certainty, .support = {} });
            for (const Justification& j : because)
                edge.because(j);
            edge.breaks("M8", target);
        }
    }

    template <class Look> void forEachLinuxContainer(World& w, Look look)
    {
        w.forEachContainer([&](const PodView& pod, const Container& container) {
            if (!isWindows(pod.spec))
                look(pod, container);
        });
    }

    // ---- privileges and capabilities

    void privileged(World& w)
    {
        forEachLinuxContainer(w, [&](const PodView& pod, const Container& container) {
            if (isPrivileged(container))
                escape(w, EdgeKind::Privileged, pod, powerOf(pod, container),
                    { pod.at("GL-POD-001", container, "securityContext.privileged", "true") });
        });
    }

    void nsenter(World& w)
    {
        forEachLinuxContainer(w, [&](const PodView& pod, const Container& container) {
            if (!pod.spec.hostPid)
                return;
            std::vector<Justification> because { pod.at("GL-POD-002", "hostPID", "true") };
            because.back().container = container.name;
            const auto admin = added(container, "SYS_ADMIN");
            const auto trace = added(container, "SYS_PTRACE");
            if (isPrivileged(container)) {
                because.push_back(pod.at("GL-POD-001", container, "securityContext.privileged", "true"));
            } else if (admin && trace) {
                because.push_back(pod.at("GL-POD-009", container, addPath(*admin), "SYS_ADMIN"));
                because.push_back(pod.at("GL-POD-009", container, addPath(*trace), "SYS_PTRACE"));
            } else {
                return;
            }
            escape(w, EdgeKind::Nsenter, pod, powerOf(pod, container), because);
        });
    }

    void moduleLoad(World& w)
    {
        forEachLinuxContainer(w, [&](const PodView& pod, const Container& container) {
            const auto module = added(container, "SYS_MODULE");
            if (isPrivileged(container))
                escape(w, EdgeKind::ModuleLoad, pod, powerOf(pod, container),
                    { pod.at("GL-POD-001", container, "securityContext.privileged", "true") });
            else if (module)
                escape(w, EdgeKind::ModuleLoad, pod, powerOf(pod, container),
                    { pod.at("GL-POD-009", container, addPath(*module),
                        container.security.capabilitiesAdd[*module].str()) });
        });
    }

    // What privileged brings with it is told once, by PRIVILEGED.
    void byCapability(World& w, EdgeKind kind, std::string_view capability,
        bool (*mayFail)(const PodView&, const Container&))
    {
        forEachLinuxContainer(w, [&](const PodView& pod, const Container& container) {
            const auto index = added(container, capability);
            if (index && !isPrivileged(container))
                escape(w, kind, pod, mayFail(pod, container) ? Certainty::Possible : powerOf(pod, container),
                    { pod.at("GL-POD-009", container, addPath(*index),
                        container.security.capabilitiesAdd[*index].str()) });
        });
    }

    void sysPtrace(World& w)
    {
        forEachLinuxContainer(w, [&](const PodView& pod, const Container& container) {
            const auto trace = added(container, "SYS_PTRACE");
            if (!pod.spec.hostPid || !trace || isPrivileged(container))
                return;
            // A runtime's default AppArmor profile keeps a confined tracer from unconfined processes of the
            // node; with SYS_ADMIN the profile can be left.
            const bool free = added(container, "SYS_ADMIN") || isUnconfined(pod, container);
            escape(w, EdgeKind::SysPtrace, pod, free ? powerOf(pod, container) : Certainty::Possible,
                { pod.at("GL-POD-002", "hostPID", "true"),
                    pod.at("GL-POD-009", container, addPath(*trace),
                        container.security.capabilitiesAdd[*trace].str()) });
        });
    }

    // Both a release agent and the crash handler need a mount, which the runtime's AppArmor profile forbids.
    void cgroup(World& w)
    {
        byCapability(w, EdgeKind::Cgroup, "SYS_ADMIN",
            [](const PodView& pod, const Container& container) { return !isUnconfined(pod, container); });
    }

    void hostFd(World& w)
    {
        byCapability(
            w, EdgeKind::HostFd, "DAC_READ_SEARCH", [](const PodView&, const Container&) { return false; });
    }

    // ---- folders of the node

    Justification mountJustification(std::string_view check, const PodView& pod, const HostMount& m)
    {
        return pod.at(check, *m.container, "volumeMounts[" + std::to_string(m.index) + "]",
            m.path + (m.writable ? ", writable" : ", read-only"));
    }

    template <class Look> void forEachHostMount(World& w, Look look)
    {
        const inventory::HostFolders folders(w.inventory);
        w.forEachPod([&](const PodView& pod) {
            if (!isWindows(pod.spec))
                folders.forEachMount(pod.object.ns, pod.spec, [&](const HostMount& m) { look(pod, m); });
        });
    }

    void corePattern(World& w)
    {
        constexpr std::array folders { "/", "/proc", "/proc/sys", "/proc/sys/kernel" };
        forEachHostMount(w, [&](const PodView& pod, const HostMount& m) {
            // A read-only mount of / leaves the file systems below it as they are, /proc among them, unless
            // the runtime makes them read-only too.
            const bool below = !m.writable && m.path == "/";
            if (isPrivileged(*m.container) || (!m.writable && !below)
                || std::find(folders.begin(), folders.end(), m.path) == folders.end())
                return;
            escape(w, EdgeKind::CorePattern, pod, below ? Certainty::Possible : powerOf(pod, *m.container),
                { mountJustification("GL-POD-006", pod, m) });
        });
    }

    void runtimeSocket(World& w)
    {
        forEachHostMount(w, [&](const PodView& pod, const HostMount& m) {
            const inventory::SocketReach reach = inventory::reachesSocket(m.path);
            if (reach == inventory::SocketReach::None)
                return;
            // A socket file's mode lets root and its group connect; a read-only mount does not change that.
            const Certainty power = m.path == "/var" ? Certainty::Possible : powerOf(pod, *m.container);
            escape(w, EdgeKind::RuntimeSocket, pod, power, { mountJustification("GL-DKR-007", pod, m) });
        });
    }

    void hostWrite(World& w)
    {
        forEachHostMount(w, [&](const PodView& pod, const HostMount& m) {
            // Sockets are RUNTIME_SOCKET's: a folder that is nothing but a socket cannot be written into.
            const bool socket = inventory::reachesSocket(m.path) == inventory::SocketReach::Socket;
            if (!m.writable || socket || inventory::riskOfHostPath(m.path) == inventory::HostPathRisk::None)
                return;
            // What the kernel shows as files asks for more than the right to write: devices for the device
            // cgroup's leave, most of /proc and /sys for a capability.
            constexpr std::array kernels { "/dev", "/proc", "/sys" };
            const bool kernel = std::any_of(
                kernels.begin(), kernels.end(), [&](const char* folder) { return isWithin(m.path, folder); });
            const bool guarded = kernel && !isPrivileged(*m.container);
            escape(w, EdgeKind::HostWrite, pod, guarded ? Certainty::Possible : powerOf(pod, *m.container),
                { mountJustification("GL-POD-006", pod, m) });
        });
    }

    /// Files of a node that are keys to more than the node.
    struct Keys {
        Certainty there = Certainty::Possible; ///< do they lie there at all?
        bool cluster = false; ///< they open the whole cluster: on nodes of the control plane
        bool kubelet = false;
    };

    std::optional<Keys> keysBelow(std::string_view folder)
    {
        constexpr std::array adminFiles { "/etc/kubernetes/admin.conf", "/etc/kubernetes/super-admin.conf",
            "/etc/kubernetes/controller-manager.conf", "/etc/kubernetes/pki" };
        constexpr std::array nodeFiles { "/etc/kubernetes/kubelet.conf", "/var/lib/kubelet/pki",
            "/var/lib/kubelet/kubeconfig" };
        const auto within = [&](const char* file) { return isWithin(file, folder); };
        Keys keys;
        // The keys that sign for the whole cluster, not etcd's own certificates below pki/.
        keys.cluster = std::any_of(adminFiles.begin(), adminFiles.end(), within)
            || folder == "/etc/kubernetes/pki/ca.key" || folder == "/etc/kubernetes/pki/sa.key";
        keys.kubelet = std::any_of(nodeFiles.begin(), nodeFiles.end(), within);
        if (keys.cluster || keys.kubelet) {
            keys.there = Certainty::Certain;
            return keys;
        }
        // An administrator's copy of admin.conf, as kubeadm proposes it.
        keys.cluster = isWithin("/root/.kube/config", folder);
        return keys.cluster ? std::optional(keys) : std::nullopt;
    }

    void hostRead(World& w)
    {
        forEachHostMount(w, [&](const PodView& pod, const HostMount& m) {
            const auto keys = keysBelow(m.path);
            if (!keys)
                return;
            const Certainty certainty = std::max(keys->there, powerOf(pod, *m.container));
            const auto lead = [&](NodeIndex to, Certainty sure) {
                w.graph.edge(EdgeKind::HostRead, w.own(pod.owner), to, { .certainty = sure, .support = {} })
                    .because(mountJustification("GL-POD-006", pod, m))
                    .breaks("M8", w.pathOf(pod.owner));
            };
            for (const MachineIndex index : w.machinesOf[pod.owner]) {
                const Machine& machine = w.machines[index];
                if (keys->cluster && (machine.controlPlane || !machine.known()))
                    lead(w.jewel("cluster-admin", "cluster-admin"),
                        machine.known() ? certainty : Certainty::Possible);
                if (keys->kubelet && machine.known())
                    lead(w.identity(access::Identity::user("system:node:" + machine.name)), certainty);
            }
        });
    }

    void hostTokens(World& w)
    {
        constexpr const char* folder = "/var/lib/kubelet/pods";
        forEachHostMount(w, [&](const PodView& pod, const HostMount& m) {
            const bool all = isWithin(folder, m.path);
            if (!all && !isWithin(m.path, folder))
                return;
            // Below the folder there is one pod's; its number does not tell whose.
            const Certainty found = all ? powerOf(pod, *m.container) : Certainty::Possible;
            const std::string target = w.pathOf(pod.owner);
            for (const MachineIndex index : w.machinesOf[pod.owner]) {
                const Machine& machine = w.machines[index];
                for (const OwnerIndex owner : machine.owners)
                    w.forEachPodOf(owner, [&](const PodView& other) {
                        const std::string_view account = w.accountOf(other.spec);
                        if (!w.mountsToken(other) || !w.leadsOn(other.object.ns, account))
                            return;
                        w.graph
                            .edge(EdgeKind::HostTokens, w.own(pod.owner),
                                w.serviceAccount(other.object.ns, account),
                                { .certainty = machine.known() ? found : Certainty::Possible, .support = {} })
                            .because(mountJustification("GL-POD-006", pod, m))
                            .breaks("M8", target);
                    });
            }
        });
    }

    // ---- processes seen by the pod's other containers: counted, never walked

    void sharedProcesses(World& w)
    {
        w.forEachPod([&](const PodView& pod) {
            if (!pod.spec.shareProcessNamespace)
                return;
            std::vector<const Container*> living;
            for (const Container& container : pod.spec.containers)
                if (!hasEnded(container))
                    living.push_back(&container);
            if (living.size() < 2)
                return;
            auto edge = w.graph.edge(EdgeKind::SharedProcesses, w.own(pod.owner), w.own(pod.owner));
            for (const Container* from : living)
                for (const Container* to : living)
                    if (from != to) {
                        Justification pair = pod.at(
                            "", "shareProcessNamespace", from->name.str() + " sees " + to->name.str());
                        pair.container = from->name;
                        edge.because(std::move(pair));
                    }
        });
    }

    constexpr RuleEntry Rules[] = {
        { EdgeKind::Privileged, privileged },
        { EdgeKind::Nsenter, nsenter },
        { EdgeKind::ModuleLoad, moduleLoad },
        { EdgeKind::SysPtrace, sysPtrace },
        { EdgeKind::Cgroup, cgroup },
        { EdgeKind::HostFd, hostFd },
        { EdgeKind::CorePattern, corePattern },
        { EdgeKind::RuntimeSocket, runtimeSocket },
        { EdgeKind::HostWrite, hostWrite },
        { EdgeKind::HostRead, hostRead },
        { EdgeKind::HostTokens, hostTokens },
        { EdgeKind::SharedProcesses, sharedProcesses },
    };
}

std::span<const RuleEntry> escapeRules() { return Rules; }

} // namespace glacis::attack
