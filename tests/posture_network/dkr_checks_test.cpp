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
    return text(Judged(fromYaml(yaml, facts, scope), JudgeOptions {}).verdict(check, object));
}
/// Pod shop/web with one container "app" and these further lines of its flow mapping.
std::string container(const std::string& more, const std::string& spec = {})
{
    return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  containers: "
           "[{name: app, "
        + more + "}]\n" + spec;
}
constexpr const char* Web = "Pod shop/web";
}

class DkrChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // ---- GL-DKR-001
    void dockerPortOfANode_data()
    {
        QTest::addColumn<QString>("fact");
        QTest::addColumn<QString>("object");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* fact, const char* object, const char* expected) {
            QTest::newRow(name) << ascii(fact) << ascii(object) << ascii(expected);
        };
        row("no tls", "node: w, port: 2375, from: internet, state: open, service: docker, tls: none",
            "Node w", "fail critical | ports = port 2375 open from internet, no TLS (port scan)");
        row("another port", "node: w, port: 4243, state: open, service: docker, tls: none", "Node w",
            "fail critical | ports = port 4243 open, no TLS (port scan)");
        row("service not named", "node: w, port: 2375, state: open, tls: none", "Node w",
            "fail critical | ports = port 2375 open, no TLS (port scan)");
        row("another service there", "node: w, port: 2375, state: open, service: http, tls: none", "",
            "not-assessed: needs a probe of port 2375 or a facts file");
        row("node that is not in the source", "node: x, port: 2375, state: open, service: docker, tls: none",
            "Endpoint docker/x", "fail critical | ports = port 2375 open, no TLS (port scan)");
        row("mutual tls", "node: w, port: 2376, state: open, service: docker, tls: mutual", "Node w", "pass");
        row("closed", "node: w, port: 2375, state: closed, service: docker", "Node w", "pass");
        row("tls not said", "node: w, port: 2375, state: open, service: docker", "Node w",
            "not-assessed: the fact on port 2375 does not say whether it asks for TLS");
        row("other node", "node: x, port: 2375, state: closed, service: docker", "Node w",
            "not-assessed: needs a probe of port 2375 or a facts file");
        row("no fact of Docker", "node: w, port: 22, state: open, service: ssh, tls: none", "",
            "not-assessed: needs a probe of port 2375 or a facts file");
    }
    void dockerPortOfANode()
    {
        QFETCH(QString, fact);
        QFETCH(QString, object);
        QFETCH(QString, expected);
        QCOMPARE(verdict("GL-DKR-001", object.toUtf8().constData(), node("w", "InternalIP", "10.0.0.1"),
                     "ports: [{" + fact.toStdString() + "}]\n"),
            expected);
    }

    // ---- GL-DKR-003
    void daemonsToldToListen_data()
    {
        QTest::addColumn<QString>("container");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* yaml, const char* expected) {
            QTest::newRow(name) << ascii(yaml) << ascii(expected);
        };
        row("two words", "image: x, command: [dockerd, -H, 'tcp://0.0.0.0:2375']",
            "fail critical container app | spec.containers[0].command[1] = -H tcp://0.0.0.0:2375");
        row("joined", "image: x, command: [dockerd], args: ['-H=tcp://0.0.0.0:2375']",
            "fail critical container app | spec.containers[0].args[0] = -H tcp://0.0.0.0:2375");
        row("glued", "image: x, command: [dockerd, '-Htcp://:2375']",
            "fail critical container app | spec.containers[0].command[1] = -H tcp://:2375");
        row("long",
            "image: x, command: [/usr/bin/dockerd, '--host=unix:///var/run/docker.sock', "
            "'--host=tcp://0.0.0.0:2375']",
            "fail critical container app | spec.containers[0].command[2] = -H tcp://0.0.0.0:2375");
        row("script", "image: x, command: [sh, -c, 'sleep 1; exec dockerd --host \"tcp://0.0.0.0:2375\" &']",
            "fail critical container app | spec.containers[0].command[2] = -H tcp://0.0.0.0:2375");
        row("tlsverify",
            "image: x, command: [dockerd, -H, 'tcp://0.0.0.0:2376', --tlsverify, '--tlscacert=/ca.pem']",
            "pass");
        row("tlsverify off", "image: x, command: [dockerd, -H, 'tcp://0.0.0.0:2376', '--tlsverify=false']",
            "fail critical container app | spec.containers[0].command[1] = -H tcp://0.0.0.0:2376");
        row("tls without verifying", "image: x, command: [dockerd, -H, 'tcp://0.0.0.0:2376', --tls]",
            "fail high container app | spec.containers[0].command[1] = -H tcp://0.0.0.0:2376");
        row("loopback", "image: x, command: [dockerd, -H, 'tcp://127.0.0.1:2375']",
            "fail high container app | spec.containers[0].command[1] = -H tcp://127.0.0.1:2375");
        row("socket only", "image: x, command: [dockerd, -H, 'unix:///var/run/docker.sock']", "pass");
        row("a client", "image: 'docker:24-cli', command: [docker, -H, 'tcp://build:2375', ps]", "pass");
        row("dind, its own default", "image: 'docker:24-dind'", "pass");
        row("dind, certificates off", "image: 'docker:24-dind', env: [{name: DOCKER_TLS_CERTDIR, value: ''}]",
            "fail critical container app | spec.containers[0].env[0].value = DOCKER_TLS_CERTDIR is empty");
        row("dind, certificates off without a value",
            "image: 'mirror.local/library/docker:dind', env: [{name: DOCKER_TLS_CERTDIR}]",
            "fail critical container app | spec.containers[0].env[0].value = DOCKER_TLS_CERTDIR is empty");
        row("dind, flags for the entry point", "image: 'docker:dind', args: ['--host=tcp://0.0.0.0:2375']",
            "fail critical container app | spec.containers[0].args[0] = -H tcp://0.0.0.0:2375");
        row("dind with another command",
            "image: 'docker:dind', command: [sleep, inf], env: [{name: DOCKER_TLS_CERTDIR, value: ''}]",
            "pass");
        row("certificates elsewhere",
            "image: 'docker:dind', env: [{name: DOCKER_TLS_CERTDIR, value: /certs}]", "pass");
        row("not dind", "image: 'acme/app:1', env: [{name: DOCKER_TLS_CERTDIR, value: ''}]", "pass");
        row("options by environment",
            "image: x, env: [{name: DOCKER_OPTS, value: '-H tcp://0.0.0.0:2375 -s overlay2'}]",
            "fail critical container app | spec.containers[0].env[0].value = -H tcp://0.0.0.0:2375");
        row("options with tlsverify",
            "image: x, env: [{name: DOCKER_OPTS, value: '-H tcp://0.0.0.0:2376 --tlsverify'}]", "pass");
        row("flag at the end", "image: x, command: [dockerd, -H]", "pass");
    }
    void daemonsToldToListen()
    {
        QFETCH(QString, container);
        QFETCH(QString, expected);
        QCOMPARE(verdict("GL-DKR-003", Web, ::container(container.toStdString())), expected);
    }

    // ---- GL-DKR-004
    void dockerPortsArePublished()
    {
        const std::string head
            = "---\napiVersion: v1\nkind: Service\nmetadata: {name: d, namespace: shop}\nspec: {ports: [";
        QCOMPARE(
            verdict("GL-DKR-004", "Service shop/d", head + "{port: 80}, {port: 443, targetPort: 2376}]}\n"),
            ascii("fail high | spec.ports[1].targetPort = 2376"));
        QCOMPARE(verdict("GL-DKR-004", "Service shop/d", head + "{port: 80, targetPort: 2374}]}\n"),
            ascii("pass"));
        QCOMPARE(
            verdict("GL-DKR-004", Web, container("image: x, ports: [{containerPort: 1, hostPort: 4243}]")),
            ascii("fail high container app | spec.containers[0].ports[0].hostPort = 4243"));
        QCOMPARE(
            verdict("GL-DKR-004", Web, container("image: x, ports: [{containerPort: 2375}]")), ascii("pass"));
        QVERIFY(verdict(
            "GL-DKR-004", Web, container("image: x, ports: [{containerPort: 2375}]", "  hostNetwork: true\n"))
                    .startsWith(ascii("fail high container app")));
    }

    // ---- GL-DKR-005
    void plainClients_data()
    {
        QTest::addColumn<QString>("container");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* yaml, const char* expected) {
            QTest::newRow(name) << ascii(yaml) << ascii(expected);
        };
        row("plain", "image: x, env: [{name: DOCKER_HOST, value: 'tcp://docker:2375'}]",
            "fail medium container app env DOCKER_HOST | spec.containers[0].env[0].value = "
            "tcp://docker:2375");
        row("without a port", "image: x, env: [{name: DOCKER_HOST, value: 'tcp://docker'}]",
            "fail medium container app env DOCKER_HOST | spec.containers[0].env[0].value = tcp://docker");
        row("tls port", "image: x, env: [{name: DOCKER_HOST, value: 'tcp://docker:2376'}]", "pass");
        row("verifies",
            "image: x, env: [{name: DOCKER_HOST, value: 'tcp://docker:2375'}, {name: DOCKER_TLS_VERIFY, "
            "value: '1'}]",
            "pass");
        row("socket", "image: x, env: [{name: DOCKER_HOST, value: 'unix:///var/run/docker.sock'}]", "pass");
        row("command", "image: x, command: [docker, -H, 'tcp://docker:2375', build, .]",
            "fail medium container app | spec.containers[0].command[1] = -H tcp://docker:2375");
    }
    void plainClients()
    {
        QFETCH(QString, container);
        QFETCH(QString, expected);
        QCOMPARE(verdict("GL-DKR-005", Web, ::container(container.toStdString())), expected);
    }

    // ---- GL-DKR-006
    void privilegedDockerInDocker()
    {
        const std::string privileged = ", securityContext: {privileged: true}";
        QCOMPARE(verdict("GL-DKR-006", Web, container("image: 'docker:24-dind'" + privileged)),
            ascii("fail high container app | spec.containers[0].image = docker:24-dind, privileged"));
        QCOMPARE(verdict("GL-DKR-006", Web, container("image: 'docker:24-dind'")), ascii("pass"));
        QCOMPARE(verdict("GL-DKR-006", Web, container("image: 'docker:24-cli'" + privileged)), ascii("pass"));
        QVERIFY(verdict("GL-DKR-006", Web, container("image: 'cruizba/ubuntu-dind:1'" + privileged))
                    .startsWith(ascii("fail high")));
    }

    // ---- GL-DKR-007
    void runtimeSockets_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("fails");
        const auto row = [](const char* path, bool fails) { QTest::newRow(path) << ascii(path) << fails; };
        for (const char* path : { "/var/run/docker.sock", "/run/docker.sock", "//run//docker.sock/",
                 "/var/../run/./docker.sock", "/run/containerd/containerd.sock", "/run/containerd",
                 "/run/containerd/", "/var/run/crio/crio.sock", "/run/crio", "/run/cri-dockerd.sock",
                 "/run/podman/podman.sock", "/run/k3s/containerd/containerd.sock", "/run/k3s",
                 "/var/run/docker", "/var/snap/microk8s/common/run/containerd.sock", "/var/snap", "/run",
                 "/var/run", "/var", "/", "\\\\.\\pipe\\docker_engine" })
            row(path, true);
        for (const char* path : { "/run/docker.sock.bak", "/run/containerd-shim", "/etc", "/var/log",
                 "/run/udev", "/var/lib/docker", "/ru", "run/docker.sock/../..//x", "" })
            row(path, false);
    }
    void runtimeSockets()
    {
        QFETCH(QString, path);
        QFETCH(bool, fails);
        const std::string yaml
            = container("image: x, volumeMounts: [{name: v, mountPath: /host, readOnly: true}]",
                "  volumes: [{name: v, hostPath: {path: '" + path.toStdString() + "'}}]\n");
        const QString found = verdict("GL-DKR-007", Web, yaml);
        if (!fails) {
            QCOMPARE(found, ascii("pass"));
            return;
        }
        QCOMPARE(found,
            ascii("fail critical volume v | spec.volumes[0].hostPath.path = ") + path
                + ascii("; spec.containers[0].volumeMounts[0] = /host, read-only does not help"));
    }

    void subPathsDecide()
    {
        const auto mount = [](const std::string& host, const std::string& subPath) {
            return container(
                "image: x, volumeMounts: [{name: v, mountPath: /host, subPath: '" + subPath + "'}]",
                "  volumes: [{name: v, hostPath: {path: " + host + "}}]\n");
        };
        QVERIFY(verdict("GL-DKR-007", Web, mount("/var/run", "docker.sock"))
                    .startsWith(ascii("fail critical volume v")));
        QCOMPARE(verdict("GL-DKR-007", Web, mount("/var", "log/pods")), ascii("pass"));
        QVERIFY(verdict("GL-DKR-007", Web, mount("/", "run/containerd"))
                    .startsWith(ascii("fail critical volume v")));
    }

    void unmountedSocketsAreDeclaredAndUnmountedFoldersAreNot()
    {
        QCOMPARE(verdict("GL-DKR-007", Web,
                     container("image: x", "  volumes: [{name: v, hostPath: {path: /run/docker.sock}}]\n")),
            ascii("fail medium volume v | spec.volumes[0].hostPath.path = /run/docker.sock"));
        QCOMPARE(verdict("GL-DKR-007", Web,
                     container("image: x", "  volumes: [{name: v, hostPath: {path: /run}}]\n")),
            ascii("pass"));
    }

    void claimsLeadToTheirVolume()
    {
        const std::string user = container("image: x, volumeMounts: [{name: v, mountPath: /s}]",
            "  volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]\n");
        const std::string claim = "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c, "
                                  "namespace: shop}\nspec: {volumeName: pv}\n";
        const auto volume = [](const std::string& more) {
            return "---\napiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv}\nspec: {hostPath: "
                   "{path: /run/containerd}"
                + more + "}\n";
        };
        const QString expected
            = ascii("fail critical volume v | spec.volumes[0].persistentVolumeClaim.claimName = c; "
                    "PersistentVolume pv "
                    "spec.hostPath.path = /run/containerd; spec.containers[0].volumeMounts[0] = /s");
        QCOMPARE(verdict("GL-DKR-007", Web, user + claim + volume("")), expected);
        QCOMPARE(
            verdict("GL-DKR-007", Web, user + volume(", claimRef: {namespace: shop, name: c}")), expected);
        QCOMPARE(verdict("GL-DKR-007", Web, user + volume(", claimRef: {namespace: other, name: c}")),
            ascii("pass"));
    }

    void initAndEphemeralContainersCount()
    {
        const std::string volume = "  volumes: [{name: v, hostPath: {path: /run/docker.sock}}]\n";
        QVERIFY(verdict("GL-DKR-007", Web,
            container("image: x",
                "  initContainers: [{name: i, image: x, volumeMounts: [{name: v, mountPath: /s}]}]\n"
                    + volume))
                    .contains(ascii("spec.initContainers[0].volumeMounts[0] = /s")));
    }

    // ---- GL-DKR-008
    void nodesRunDocker()
    {
        const auto withRuntime = [](const char* version) {
            return std::string("---\napiVersion: v1\nkind: Node\nmetadata: {name: w}\nstatus: {nodeInfo: "
                               "{containerRuntimeVersion: '")
                + version + "'}}\n";
        };
        QCOMPARE(verdict("GL-DKR-008", "Node w", withRuntime("docker://19.3.1")),
            ascii("fail info | status.nodeInfo.containerRuntimeVersion = docker://19.3.1"));
        QCOMPARE(verdict("GL-DKR-008", "Node w", withRuntime("containerd://1.7")), ascii("pass"));
        QVERIFY(verdict("GL-DKR-008", "Node w", node("w", "InternalIP", "10.0.0.1"))
                    .startsWith(ascii("not-assessed")));
        QVERIFY(verdict("GL-DKR-008", "", pod("web")).startsWith(ascii("not-assessed")));
    }
};
GLACIS_TEST(DkrChecksTest)
#include "dkr_checks_test.moc"
