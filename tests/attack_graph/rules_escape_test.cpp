// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a container to its node: each rule with what it needs, each need taken away, and what only looks
// alike.
#include "objects.h"

namespace glacis::test {
namespace {
    using attack::EdgeKind;

    const std::string Node = node("worker-1");
    const std::string Break = "M8@shop/Pod/web";

    std::string onto(std::string_view kind) { return std::string(kind) + "|own/shop/Pod/web|node/worker-1"; }
    std::string web(const std::string& spec) { return Node + pod("shop/web", spec); }
    std::string privileged(const std::string& more = {})
    {
        return containers("securityContext: {privileged: true" + more + "}");
    }
    /// A container that mounts a folder of the node.
    std::string mounts(const std::string& path, const std::string& mount = {}, const std::string& fields = {})
    {
        return "volumes: [{name: v, hostPath: {path: " + path + "}}], "
            + containers("volumeMounts: [{name: v, mountPath: /mnt" + mount + "}]" + fields);
    }
    constexpr const char* ReadOnly = ", readOnly: true";
    constexpr const char* NotRoot = ", securityContext: {runAsUser: 1000}";
}

class RulesEscapeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void privilege_data();
    void privilege() { verifyEdge(); }
    void workloadsThatDoNotRun_data();
    void workloadsThatDoNotRun() { verifyEdge(); }
    void capabilities_data();
    void capabilities() { verifyEdge(); }
    void processesOfTheNode_data();
    void processesOfTheNode() { verifyEdge(); }
    void runtimeSockets_data();
    void runtimeSockets() { verifyEdge(); }
    void writing_data();
    void writing() { verifyEdge(); }
    void crashHandler_data();
    void crashHandler() { verifyEdge(); }
    void reading_data();
    void reading() { verifyEdge(); }
    void tokensOnTheDisk_data();
    void tokensOnTheDisk() { verifyEdge(); }
    void persistentVolumes_data();
    void persistentVolumes() { verifyEdge(); }
    void sharedProcesses_data();
    void sharedProcesses() { verifyEdge(); }
    void sharedProcessesAreCountedByPairs();
    void everyNodeOfAWorkloadFalls();
};

void RulesEscapeTest::privilege_data()
{
    edgeColumns();
    const std::string edge = onto("PRIVILEGED");
    expect("privileged", web(privileged()), edge, "certain", Break);
    expect("not privileged", web(containers("securityContext: {privileged: false}")), edge, "");
    expect("only allowPrivilegeEscalation",
        web(containers("securityContext: {allowPrivilegeEscalation: true}")), edge, "");
    expect("all capabilities are not it", web(containers(adds("ALL"))), edge, "");
    expect("user 1000", web(privileged(", runAsUser: 1000")), edge, "possible", Break);
    expect("runAsNonRoot", web(privileged(", runAsNonRoot: true")), edge, "possible");
    expect("the pod's user counts", web("securityContext: {runAsUser: 1000}, " + privileged()), edge,
        "possible");
    expect("the container's user goes first",
        web("securityContext: {runAsUser: 1000}, " + privileged(", runAsUser: 0")), edge, "certain");
    expect("user namespace", web("hostUsers: false, " + privileged()), edge, "possible");
    const std::string init = "{name: prepare, image: a, securityContext: {privileged: true}";
    expect(
        "init container", web("initContainers: [" + init + "}], " + containers()), edge, "possible", Break);
    expect("sidecar", web("initContainers: [" + init + ", restartPolicy: Always}], " + containers()), edge,
        "certain");
    expect(
        "ephemeral container", web(containers() + ", ephemeralContainers: [" + init + "}]"), edge, "certain");
    expect("Windows by os", web("os: {name: windows}, " + privileged()), edge, "");
    expect("Windows by node selector", web("nodeSelector: {kubernetes.io/os: windows}, " + privileged()),
        edge, "");
    expect("Linux by node selector", web("nodeSelector: {kubernetes.io/os: linux}, " + privileged()), edge,
        "certain");

    const std::string module = onto("MODULE_LOAD");
    expect("module by privilege", web(privileged()), module, "certain", Break);
    expect("module of Windows", web("os: {name: windows}, " + containers(adds("SYS_MODULE"))), module, "");
    for (const char* written : { "SYS_MODULE", "CAP_SYS_MODULE", "sys_module", "ALL" })
        expect(std::string("module by ") + written, web(containers(adds(written))), module, "certain", Break);
    expect("module, not root", web("securityContext: {runAsUser: 1000}, " + containers(adds("SYS_MODULE"))),
        module, "possible");
    expect("module dropped", web(containers("securityContext: {capabilities: {drop: [SYS_MODULE]}}")), module,
        "");
    expect("module lookalike", web(containers(adds("SYS_TIME, NET_ADMIN"))), module, "");
}

void RulesEscapeTest::workloadsThatDoNotRun_data()
{
    edgeColumns();
    expect(
        "completed", Node + pod("shop/web", privileged(), "worker-1", "Succeeded"), onto("PRIVILEGED"), "");
    expect("failed", Node + pod("shop/web", privileged(), "worker-1", "Failed"), onto("PRIVILEGED"), "");
    expect("scaled to 0", Node + controller("Deployment", "shop/web", privileged(), ", replicas: 0"),
        "PRIVILEGED|own/shop/Deployment/web|node/worker-1", "");
    expect("completed Job",
        Node + controller("Job", "shop/web", privileged())
            + object("Pod", "shop/web-1",
                ", spec: {nodeName: worker-1, " + privileged() + "}, status: {phase: Succeeded}",
                ", ownerReferences: [{apiVersion: batch/v1, kind: Job, name: web, uid: a, controller: "
                "true}]"),
        "PRIVILEGED|own/shop/Job/web|node/worker-1", "");
    expect("running Job",
        Node + controller("Job", "shop/web", privileged())
            + object("Pod", "shop/web-1",
                ", spec: {nodeName: worker-1, " + privileged() + "}, status: {phase: Running}",
                ", ownerReferences: [{apiVersion: batch/v1, kind: Job, name: web, uid: a, controller: "
                "true}]"),
        "PRIVILEGED|own/shop/Job/web|node/worker-1", "certain", "M8@shop/Job/web");
    expect("not yet placed", Node + pod("shop/web", privileged(), {}, "Pending"),
        "PRIVILEGED|own/shop/Pod/web|node/?", "certain");
}

void RulesEscapeTest::capabilities_data()
{
    edgeColumns();
    // Without a mount there is neither a release agent nor a crash handler: AppArmor's default forbids it.
    const std::string unconfined
        = "securityContext: {appArmorProfile: {type: Unconfined}, capabilities: {add: [SYS_ADMIN]}}";
    const std::string cgroup = onto("CGROUP");
    expect("SYS_ADMIN, unconfined", web(containers(unconfined)), cgroup, "certain", Break);
    expect("SYS_ADMIN, unconfined pod",
        web("securityContext: {appArmorProfile: {type: Unconfined}}, " + containers(adds("SYS_ADMIN"))),
        cgroup, "certain");
    expect("SYS_ADMIN, unconfined by annotation",
        Node
            + object("Pod", "shop/web",
                ", spec: {nodeName: worker-1, " + containers(adds("SYS_ADMIN"))
                    + "}, status: {phase: Running}",
                ", annotations: {container.apparmor.security.beta.kubernetes.io/app: unconfined}"),
        cgroup, "certain");
    expect("SYS_ADMIN", web(containers(adds("SYS_ADMIN"))), cgroup, "possible", Break);
    expect("SYS_ADMIN as CAP_", web(containers(adds("CAP_SYS_ADMIN"))), cgroup, "possible");
    expect("SYS_ADMIN by ALL", web(containers(adds("ALL"))), cgroup, "possible");
    expect("SYS_ADMIN, privileged tells it",
        web(containers("securityContext: {privileged: true, capabilities: {add: [SYS_ADMIN]}}")), cgroup, "");
    expect("NET_ADMIN", web(containers(adds("NET_ADMIN"))), cgroup, "");

    const std::string files = onto("HOST_FD");
    expect("DAC_READ_SEARCH", web(containers(adds("DAC_READ_SEARCH"))), files, "certain", Break);
    expect("DAC_READ_SEARCH as CAP_", web(containers(adds("CAP_DAC_READ_SEARCH"))), files, "certain");
    expect("DAC_READ_SEARCH by ALL", web(containers(adds("ALL"))), files, "certain");
    expect("DAC_READ_SEARCH, not root",
        web("securityContext: {runAsUser: 1000}, " + containers(adds("DAC_READ_SEARCH"))), files, "possible");
    expect("DAC_OVERRIDE", web(containers(adds("DAC_OVERRIDE"))), files, "");
    expect("DAC_READ_SEARCH, privileged tells it",
        web(containers("securityContext: {privileged: true, capabilities: {add: [DAC_READ_SEARCH]}}")), files,
        "");
}

void RulesEscapeTest::processesOfTheNode_data()
{
    edgeColumns();
    const std::string enter = onto("NSENTER");
    const std::string both = containers(adds("SYS_ADMIN, SYS_PTRACE"));
    expect("host PID and privileged", web("hostPID: true, " + privileged()), enter, "certain", Break);
    expect("privileged alone", web(privileged()), enter, "");
    expect("host PID alone", web("hostPID: true, " + containers()), enter, "");
    expect("host IPC is not it", web("hostIPC: true, " + privileged()), enter, "");
    expect("host PID and both capabilities", web("hostPID: true, " + both), enter, "certain", Break);
    expect("host PID and ALL", web("hostPID: true, " + containers(adds("ALL"))), enter, "certain");
    expect("both capabilities alone", web(both), enter, "");
    expect("host PID and SYS_ADMIN", web("hostPID: true, " + containers(adds("SYS_ADMIN"))), enter, "");
    expect("host PID and SYS_PTRACE", web("hostPID: true, " + containers(adds("SYS_PTRACE"))), enter, "");
    expect("one capability in each container",
        web("hostPID: true, containers: [" + container(adds("SYS_ADMIN")) + ", {name: b, image: b, "
            + adds("SYS_PTRACE") + "}]"),
        enter, "");

    const std::string trace = onto("SYS_PTRACE");
    expect("tracer with SYS_ADMIN", web("hostPID: true, " + both), trace, "certain", Break);
    expect("tracer, unconfined",
        web("hostPID: true, "
            + containers("securityContext: {appArmorProfile: {type: Unconfined}, capabilities: {add: "
                         "[CAP_SYS_PTRACE]}}")),
        trace, "certain");
    expect("tracer, confined", web("hostPID: true, " + containers(adds("SYS_PTRACE"))), trace, "possible",
        Break);
    expect("tracer without host PID", web(both), trace, "");
    expect("host PID without tracer", web("hostPID: true, " + containers(adds("SYS_ADMIN"))), trace, "");
    expect("tracer, privileged tells it",
        web("hostPID: true, "
            + containers("securityContext: {privileged: true, capabilities: {add: [SYS_PTRACE]}}")),
        trace, "");
}

void RulesEscapeTest::runtimeSockets_data()
{
    edgeColumns();
    const std::string edge = onto("RUNTIME_SOCKET");
    for (const char* path : { "/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock",
             "/run/crio/crio.sock", "/run/cri-dockerd.sock", "/run", "/var/run", "/", "/run/containerd" }) {
        expect(std::string("mounts ") + path, web(mounts(path)), edge, "certain", Break);
        expect(std::string("read-only ") + path, web(mounts(path, ReadOnly)), edge, "certain");
    }
    expect("/var may be another folder", web(mounts("/var")), edge, "possible", Break);
    expect("by subPath", web(mounts("/run", ", subPath: docker.sock")), edge, "certain");
    expect("subPath leads elsewhere", web(mounts("/run", ", subPath: systemd")), edge, "");
    expect("not root", web(mounts("/run/docker.sock", {}, NotRoot)), edge, "possible");
    expect("another socket", web(mounts("/run/mysqld/mysqld.sock")), edge, "");
    expect("a like name", web(mounts("/run/docker.socket")), edge, "");
    expect("volume that nobody mounts",
        web("volumes: [{name: v, hostPath: {path: /run/docker.sock}}], " + containers()), edge, "");
    expect("the same path in an emptyDir",
        web("volumes: [{name: v, emptyDir: {}}], "
            + containers("volumeMounts: [{name: v, mountPath: /var/run/docker.sock}]")),
        edge, "");
}

void RulesEscapeTest::writing_data()
{
    edgeColumns();
    const std::string edge = onto("HOST_WRITE");
    for (const char* path :
        { "/", "/etc", "/root", "/usr/bin", "/var/lib/kubelet", "/etc/kubernetes/manifests" }) {
        expect(std::string("writes ") + path, web(mounts(path)), edge, "certain", Break);
        expect(std::string("reads ") + path, web(mounts(path, ReadOnly)), edge, "");
    }
    expect("not root", web(mounts("/etc", {}, NotRoot)), edge, "possible");
    expect("devices ask the device cgroup", web(mounts("/dev")), edge, "possible", Break);
    expect("devices of a privileged container",
        web(mounts("/dev", {}, ", securityContext: {privileged: true}")), edge, "certain");
    expect("sysfs asks for more", web(mounts("/sys")), edge, "possible");
    expect("folder of its own", web(mounts("/data/app")), edge, "");
    expect("/etc/localtime", web(mounts("/etc/localtime")), edge, "");
    expect("logs", web(mounts("/var/log")), edge, "");
    expect("subPath of /", web(mounts("/", ", subPath: etc")), edge, "certain");
    expect("harmless subPath of /", web(mounts("/", ", subPath: data")), edge, "");
    expect("only a socket", web(mounts("/run/docker.sock")), edge, "");
    expect("Windows", web("os: {name: windows}, " + mounts("/etc")), edge, "");
    expect("mounted by an init container",
        web("volumes: [{name: v, hostPath: {path: /etc}}], initContainers: [{name: i, image: i, "
            "volumeMounts: "
            "[{name: v, mountPath: /mnt}]}], "
            + containers()),
        edge, "possible");
}

void RulesEscapeTest::crashHandler_data()
{
    edgeColumns();
    const std::string edge = onto("CORE_PATTERN");
    for (const char* path : { "/", "/proc", "/proc/sys", "/proc/sys/kernel" })
        expect(std::string("writes ") + path, web(mounts(path)), edge, "certain", Break);
    expect("file systems below a read-only / stay writable", web(mounts("/", ReadOnly)), edge, "possible",
        Break);
    for (const char* path : { "/proc", "/proc/sys", "/proc/sys/kernel" })
        expect(std::string("reads ") + path, web(mounts(path, ReadOnly)), edge, "");
    expect("not root", web(mounts("/proc", {}, NotRoot)), edge, "possible");
    expect(
        "privileged tells it", web(mounts("/proc", {}, ", securityContext: {privileged: true}")), edge, "");
    expect("another folder of /proc", web(mounts("/proc/sys/net")), edge, "");
    expect("/sys", web(mounts("/sys")), edge, "");
}

void RulesEscapeTest::reading_data()
{
    edgeColumns();
    const std::string control = node("cp-1", {}, ControlPlaneLabel);
    const auto at = [&](const std::string& place, const std::string& spec) {
        return Node + control + pod("shop/web", spec, place);
    };
    const std::string cluster = "HOST_READ|own/shop/Pod/web|jewel/cluster-admin";
    for (const char* path : { "/", "/etc", "/etc/kubernetes", "/etc/kubernetes/pki",
             "/etc/kubernetes/admin.conf", "/etc/kubernetes/pki/ca.key", "/etc/kubernetes/pki/sa.key" }) {
        expect(std::string("keys of the cluster in ") + path, at("cp-1", mounts(path, ReadOnly)), cluster,
            "certain", Break);
        expect(std::string("no such keys on a worker in ") + path, at("worker-1", mounts(path, ReadOnly)),
            cluster, "");
    }
    expect("an administrator's copy", at("cp-1", mounts("/root", ReadOnly)), cluster, "possible", Break);
    expect("etcd's own certificates", at("cp-1", mounts("/etc/kubernetes/pki/etcd")), cluster, "");
    expect("the public half", at("cp-1", mounts("/etc/kubernetes/pki/ca.crt")), cluster, "");
    expect("certificates of the system", at("cp-1", mounts("/etc/ssl/certs")), cluster, "");
    expect("not root", at("cp-1", mounts("/etc/kubernetes", ReadOnly, NotRoot)), cluster, "possible");
    expect("nobody knows where it runs", pod("shop/web", mounts("/etc/kubernetes"), {}, "Pending"), cluster,
        "possible");
    expect("control plane by its static pods alone",
        Node + component("kube-apiserver", "worker-1") + pod("shop/web", mounts("/etc/kubernetes")), cluster,
        "certain");

    const std::string kubelet = "HOST_READ|own/shop/Pod/web|user/system:node:worker-1";
    for (const char* path :
        { "/", "/var/lib/kubelet", "/var/lib/kubelet/pki", "/etc/kubernetes/kubelet.conf" })
        expect(std::string("the kubelet's key in ") + path, at("worker-1", mounts(path, ReadOnly)), kubelet,
            "certain", Break);
    expect("no key in /etc/cni", at("worker-1", mounts("/etc/cni")), kubelet, "");
    expect("no key in /var/lib/kubelet/plugins", at("worker-1", mounts("/var/lib/kubelet/plugins")), kubelet,
        "");
}

void RulesEscapeTest::tokensOnTheDisk_data()
{
    edgeColumns();
    const std::string teller
        = admin("bank/teller") + pod("bank/teller", "serviceAccountName: teller, " + containers());
    const std::string edge = "HOST_TOKENS|own/shop/Pod/web|sa/bank/teller";
    for (const char* path : { "/", "/var", "/var/lib", "/var/lib/kubelet", "/var/lib/kubelet/pods" })
        expect(
            std::string("tokens in ") + path, web(mounts(path, ReadOnly)) + teller, edge, "certain", Break);
    expect("one pod's folder, nobody knows whose", web(mounts("/var/lib/kubelet/pods/1-2-3")) + teller, edge,
        "possible");
    expect("no tokens in /var/log", web(mounts("/var/log")) + teller, edge, "");
    expect(
        "no tokens in /var/lib/kubelet/plugins", web(mounts("/var/lib/kubelet/plugins")) + teller, edge, "");
    expect("not root", web(mounts("/var/lib/kubelet", {}, NotRoot)) + teller, edge, "possible");
    expect("pod of another node",
        web(mounts("/")) + node("worker-2") + admin("bank/teller")
            + pod("bank/teller", "serviceAccountName: teller, " + containers(), "worker-2"),
        edge, "");
    expect("token not mounted",
        web(mounts("/")) + admin("bank/teller")
            + pod("bank/teller",
                "serviceAccountName: teller, automountServiceAccountToken: false, " + containers()),
        edge, "");
    expect("account without rights",
        web(mounts("/")) + pod("bank/teller", "serviceAccountName: teller, " + containers()), edge, "");
    expect("static pod has no token",
        web(mounts("/")) + admin("kube-system/default") + component("kube-scheduler", "worker-1"),
        "HOST_TOKENS|own/shop/Pod/web|sa/kube-system/default", "");
    expect("both somewhere",
        pod("shop/web", mounts("/"), {}, "Pending") + admin("bank/teller")
            + pod("bank/teller", "serviceAccountName: teller, " + containers(), {}, "Pending"),
        edge, "possible");
}

void RulesEscapeTest::persistentVolumes_data()
{
    edgeColumns();
    const std::string claims = "volumes: [{name: v, persistentVolumeClaim: {claimName: data}}], "
        + containers("volumeMounts: [{name: v, mountPath: /mnt}]");
    const auto volume = [](const std::string& source, const std::string& claim = "data") {
        return object("PersistentVolume", "pv",
                   ", spec: {" + source + ", claimRef: {namespace: shop, name: " + claim + "}}")
            + object("PersistentVolumeClaim", "shop/data",
                ", spec: {volumeName: " + std::string(claim == "data" ? "pv" : "''") + "}");
    };
    expect("hostPath behind a claim", web(claims) + volume("hostPath: {path: /etc}"), onto("HOST_WRITE"),
        "certain", Break);
    expect("local volume behind a claim", web(claims) + volume("local: {path: /etc/kubernetes}"),
        onto("HOST_WRITE"), "certain");
    expect("socket behind a claim", web(claims) + volume("hostPath: {path: /run/docker.sock}"),
        onto("RUNTIME_SOCKET"), "certain");
    expect("harmless folder behind a claim", web(claims) + volume("hostPath: {path: /data}"),
        onto("HOST_WRITE"), "");
    expect("claim of a disk", web(claims) + volume("csi: {driver: ebs.csi.aws.com, volumeHandle: a}"),
        onto("HOST_WRITE"), "");
    expect("volume of another claim", web(claims) + volume("hostPath: {path: /etc}", "other"),
        onto("HOST_WRITE"), "");
}

void RulesEscapeTest::sharedProcesses_data()
{
    edgeColumns();
    const std::string edge = "SHARED_PROCESSES|own/shop/Pod/web|own/shop/Pod/web";
    const std::string two = "containers: [" + container() + ", {name: b, image: b}]";
    expect("shared", web("shareProcessNamespace: true, " + two), edge, "certain", "");
    expect("not shared", web(two), edge, "");
    expect("alone", web("shareProcessNamespace: true, " + containers()), edge, "");
    expect("beside an init container",
        web("shareProcessNamespace: true, initContainers: [{name: i, image: i}], " + containers()), edge, "");
}

void RulesEscapeTest::sharedProcessesAreCountedByPairs()
{
    const Drawn drawn = drawnOf(web("shareProcessNamespace: true, containers: [" + container()
        + ", {name: b, image: b}, {name: c, image: c}]"));
    const attack::Edge* edge = drawn.edge("SHARED_PROCESSES|own/shop/Pod/web|own/shop/Pod/web");
    QVERIFY(edge);
    QCOMPARE(drawn.graph.becauseOf(*edge).size(), std::size_t { 6 });
    QVERIFY(!attack::isWalked(EdgeKind::SharedProcesses));
}

void RulesEscapeTest::everyNodeOfAWorkloadFalls()
{
    std::string yaml
        = node("worker-1") + node("worker-2") + controller("DaemonSet", "shop/agent", privileged());
    for (const char* number : { "1", "2" })
        yaml += object("Pod", std::string("shop/agent-") + number,
            std::string(", spec: {nodeName: worker-") + number + ", " + privileged()
                + "}, status: {phase: Running}",
            ", ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: agent, uid: a, controller: "
            "true}]");
    const std::vector<std::string> both { "PRIVILEGED|own/shop/DaemonSet/agent|node/worker-1",
        "PRIVILEGED|own/shop/DaemonSet/agent|node/worker-2" };
    QVERIFY(drawnOf(yaml).edges(EdgeKind::Privileged) == both);
}

GLACIS_TEST(RulesEscapeTest)

} // namespace glacis::test

#include "rules_escape_test.moc"
