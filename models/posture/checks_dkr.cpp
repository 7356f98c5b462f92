// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The container runtime: Docker's API over TCP, Docker in Docker, mounted runtime sockets.
#include <posture/areas.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <base/text.h>
#include <inventory/host_mounts.h>
#include <network/addresses.h>
#include <network/admin_interfaces.h>

namespace glacis::posture {
namespace {
    using inventory::Container;
    using inventory::EnvSource;
    using inventory::HostFolder;
    using inventory::reachesSocket;
    using inventory::SocketReach;
    using inventory::Tri;
    using inventory::Volume;

    constexpr std::array<std::int32_t, 3> DockerPorts { 2375, 2376, 4243 };
    bool isDockerPort(std::int32_t port)
    {
        return std::find(DockerPorts.begin(), DockerPorts.end(), port) != DockerPorts.end();
    }

    // ---- the API port of nodes, from observations

    struct NodeTarget {
        ObjectId object;
        PseudoObject pseudo;
    };
    NodeTarget nodeTarget(const Inventory& inventory, const std::string& node)
    {
        return { inventory.find(Kind::Node, {}, node), { "Endpoint", "docker/" + node } };
    }

    void dockerWithoutTls(const CheckContext& c, Verdicts& v)
    {
        std::set<std::string> answered;
        std::map<std::string, std::string> unclear;
        for (const auto& observed : c.inventory.observations.ports) {
            const auto& fact = observed.fact;
            // Another program may sit on 2375; Docker may sit on another port.
            if (fact.service != "docker" && !(fact.port == 2375 && fact.service.empty()))
                continue;
            const NodeTarget target = nodeTarget(c.inventory, fact.node);
            const std::string port = std::to_string(fact.port);
            if (fact.state == "open" && fact.tls.empty()) {
                unclear.emplace(
                    fact.node, "the fact on port " + port + " does not say whether it asks for TLS");
                continue;
            }
            answered.insert(fact.node);
            if (fact.state != "open" || fact.tls != "none") {
                if (target.object.valid())
                    v.pass(target.object);
                else
                    v.pass(target.pseudo);
                continue;
            }
            const std::string from = fact.from.empty() ? "" : " from " + fact.from;
            const Place place { .container = {},
                .path = "ports",
                .evidence = "port " + port + " open" + from + ", no TLS (" + observed.source + ")",
                .object = {} };
            const Details details { .message = "Docker on node " + fact.node + " takes orders"
                    + fromWhere(fact.from) + " on port " + port
                    + " without TLS: whoever reaches it is root there",
                .confidence = observed.confidence };
            if (target.object.valid())
                v.fail(target.object, place, details);
            else
                v.fail(target.pseudo, place, details);
        }
        constexpr const char* Missing = "needs a probe of port 2375 or a facts file";
        if (answered.empty() && unclear.empty())
            return v.notAssessed(Missing);
        for (const inventory::Node& node : c.inventory.nodes) {
            const std::string name = c.inventory.object(node.id).name.str();
            if (answered.contains(name))
                continue;
            const auto reason = unclear.find(name);
            v.notAssessed(node.id, reason == unclear.end() ? Missing : reason->second);
        }
        if (answered.empty())
            v.notAssessed(unclear.begin()->second);
    }

    // ---- daemons and clients in pods

    bool isDockerInDocker(const Container& container)
    {
        const network::ImageName image = network::parseImage(container.image);
        const std::string_view last = image.lastSegment();
        return (last == "docker" && image.tag.find("dind") != std::string_view::npos)
            || last.find("dind") != std::string_view::npos;
    }

    struct Word {
        std::string text;
        std::string path; ///< "args[0]", "env[2].value"
    };

    std::vector<Word> wordsOf(const std::vector<Str>& list, std::string_view name)
    {
        std::vector<Word> out;
        for (std::size_t i = 0; i < list.size(); ++i)
            for (std::string& word : network::shellWords(list[i]))
                out.push_back({ std::move(word), std::string(name) + "[" + std::to_string(i) + "]" });
        return out;
    }

    std::string_view baseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

    /// Where -H or --host points to TCP.
    struct TcpHost {
        std::string address, path;
        [[nodiscard]] bool loopback() const
        {
            const std::string host = network::splitHostAndPort(address).host;
            const auto ip = network::parseIp(host);
            return host == "localhost" || host == "::1" || (ip && ip->v4 && ip->bytes[12] == 127);
        }
    };

    std::vector<TcpHost> tcpHosts(const std::vector<Word>& words)
    {
        std::vector<TcpHost> out;
        for (std::size_t i = 0; i < words.size(); ++i) {
            std::string_view value = words[i].text;
            if (value == "-H" || value == "--host" || value == "--hosts") {
                if (i + 1 == words.size())
                    break;
                value = words[i + 1].text;
            } else if (value.starts_with("--host=")) {
                value.remove_prefix(7);
            } else if (value.starts_with("-H=")) {
                value.remove_prefix(3);
            } else if (value.starts_with("-Htcp:")) {
                value.remove_prefix(2);
            } else {
                continue;
            }
            if (value.starts_with("tcp://"))
                out.push_back({ std::string(value.substr(6)), words[i].path });
        }
        return out;
    }

    bool hasSwitch(const std::vector<Word>& words, std::string_view flag)
    {
        return std::any_of(words.begin(), words.end(), [&](const Word& word) {
            const std::string_view text = word.text;
            return text == flag || (text.starts_with(flag) && text.substr(flag.size()) == "=true");
        });
    }

    bool startsDaemon(const Container& container, const std::vector<Word>& words)
    {
        for (const Word& word : words) {
            const std::string_view program = baseName(word.text);
            if (program == "dockerd" || program == "dockerd-entrypoint.sh"
                || program == "dockerd-rootless.sh")
                return true;
        }
        // "docker daemon" of old; the entry point of the dind image starts dockerd itself.
        for (std::size_t i = 0; i + 1 < words.size(); ++i)
            if (baseName(words[i].text) == "docker" && words[i + 1].text == "daemon")
                return true;
        return isDockerInDocker(container) && container.command.empty()
            && (container.args.empty() || container.args.front().view().starts_with('-'));
    }

    /// The dind image listens on 2376 with certificates of its own, or on 2375 with none when this variable
    /// is empty.
    const inventory::EnvVar* emptyCertDir(const Container& container)
    {
        const inventory::EnvVar* last = nullptr; // of a repeated name the last one counts
        for (const auto& variable : container.env)
            if (variable.name == "DOCKER_TLS_CERTDIR")
                last = &variable;
        return last && last->source == EnvSource::Literal && !last->hasValue ? last : nullptr;
    }

    std::string envPath(const Container& container, const inventory::EnvVar& variable)
    {
        return "env[" + std::to_string(&variable - container.env.data()) + "].value";
    }

    void judgeDaemon(
        Verdicts& v, const OwnerView& o, const Container& container, const std::vector<Word>& words)
    {
        if (hasSwitch(words, "--tlsverify"))
            return;
        const bool tls = hasSwitch(words, "--tls");
        for (const TcpHost& host : tcpHosts(words)) {
            const std::string where = host.address.empty() ? "tcp://" : "tcp://" + host.address;
            // Inside a pod loopback is the pod's own; --tls encrypts but lets every client in.
            const bool critical = !tls && !host.loopback();
            v.fail(o.id(), place(o, container, host.path, "-H " + where),
                { .message = "Starts Docker on " + where + (tls ? " without --tlsverify" : " without TLS")
                        + ": whoever reaches that port is root in it",
                    .locus = containerLocus(container),
                    .severity = critical ? Severity::Critical : Severity::High });
        }
    }

    void daemonOnTcp(const CheckContext& c, Verdicts& v)
    {
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            std::vector<Word> words = wordsOf(container.command, "command");
            for (Word& word : wordsOf(container.args, "args"))
                words.push_back(std::move(word));
            const bool daemon = startsDaemon(container, words);
            if (daemon)
                judgeDaemon(v, o, container, words);
            for (const auto& variable : container.env) {
                // DOCKER_OPTS and its like: options of a daemon, or they would not name an address to listen
                // on.
                if (variable.source != EnvSource::Literal
                    || variable.value.view().find("tcp://") == std::string_view::npos
                    || (!daemon && variable.name.view().find("OPTS") == std::string_view::npos
                        && variable.name.view().find("ARGS") == std::string_view::npos))
                    continue;
                std::vector<Word> options;
                for (std::string& word : network::shellWords(variable.value))
                    options.push_back({ std::move(word), envPath(container, variable) });
                judgeDaemon(v, o, container, options);
            }
            const auto* certDir = daemon && isDockerInDocker(container) ? emptyCertDir(container) : nullptr;
            const bool entryPoint = container.command.empty()
                || std::any_of(words.begin(), words.end(),
                    [](const Word& w) { return baseName(w.text) == "dockerd-entrypoint.sh"; });
            if (certDir && entryPoint && !hasSwitch(words, "--tlsverify"))
                v.fail(o.id(),
                    place(o, container, envPath(container, *certDir), "DOCKER_TLS_CERTDIR is empty"),
                    { .message
                        = "Starts Docker in Docker on port 2375 without TLS: DOCKER_TLS_CERTDIR is empty",
                        .locus = containerLocus(container),
                        .severity = Severity::Critical });
        });
    }

    void plainClient(const CheckContext& c, Verdicts& v)
    {
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            bool verifies = false;
            for (const auto& variable : container.env)
                if ((variable.name == "DOCKER_TLS_VERIFY" || variable.name == "DOCKER_TLS")
                    && (variable.hasValue || variable.source != EnvSource::Literal))
                    verifies = true;
            const auto plain = [&](std::string_view address) {
                const network::HostAndPort where
                    = network::splitHostAndPort(address.substr(0, address.find('/')));
                return where.port == 2375 || where.port == 0; // without a port the client takes 2375
            };
            for (const auto& variable : container.env) {
                const std::string_view value = variable.value;
                if (variable.name != "DOCKER_HOST" || variable.source != EnvSource::Literal || verifies
                    || !value.starts_with("tcp://") || !plain(value.substr(6)))
                    continue;
                v.fail(o.id(), place(o, container, envPath(container, variable), std::string(value)),
                    { .message = "Talks to Docker at " + std::string(value) + " without TLS",
                        .locus = containerLocus(container) + " env DOCKER_HOST" });
            }
            std::vector<Word> words = wordsOf(container.command, "command");
            for (Word& word : wordsOf(container.args, "args"))
                words.push_back(std::move(word));
            const bool client = std::any_of(
                words.begin(), words.end(), [](const Word& word) { return baseName(word.text) == "docker"; });
            if (!client || startsDaemon(container, words) || verifies || hasSwitch(words, "--tlsverify"))
                return;
            for (const TcpHost& host : tcpHosts(words))
                if (plain(host.address))
                    v.fail(o.id(), place(o, container, host.path, "-H tcp://" + host.address),
                        { .message = "Talks to Docker at tcp://" + host.address + " without TLS",
                            .locus = containerLocus(container) });
        });
    }

    void privilegedDockerInDocker(const CheckContext& c, Verdicts& v)
    {
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            if (isDockerInDocker(container) && container.security.privileged == Tri::True)
                v.fail(o.id(), place(o, container, "image", container.image.str() + ", privileged"),
                    { .message = "Runs Docker in Docker privileged: whoever builds there is root on the node",
                        .locus = containerLocus(container) });
        });
    }

    // ---- published ports

    void publishedPort(const CheckContext& c, Verdicts& v)
    {
        for (const inventory::Service& service : c.inventory.services) {
            bool failed = false;
            for (std::size_t i = 0; i < service.ports.size(); ++i) {
                const auto& port = service.ports[i];
                const std::array<std::pair<std::int32_t, const char*>, 3> fields { { { port.port, "port" },
                    { port.targetPort.number, "targetPort" }, { port.nodePort, "nodePort" } } };
                for (const auto& [number, field] : fields) {
                    if (!isDockerPort(number))
                        continue;
                    failed = true;
                    v.fail(service.id,
                        { .container = {},
                            .path = "spec.ports[" + std::to_string(i) + "]." + field,
                            .evidence = std::to_string(number),
                            .object = {} },
                        { .message = c.inventory.label(service.id) + " publishes Docker's API port "
                                + std::to_string(number) });
                }
            }
            if (!failed)
                v.pass(service.id);
        }
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            for (std::size_t i = 0; i < container.ports.size(); ++i) {
                const auto& port = container.ports[i];
                const bool onHost = isDockerPort(port.hostPort);
                if (!onHost && !(o.spec.hostNetwork && isDockerPort(port.containerPort)))
                    continue;
                const std::string field = onHost ? "].hostPort" : "].containerPort";
                const std::string number = std::to_string(onHost ? port.hostPort : port.containerPort);
                v.fail(o.id(), place(o, container, "ports[" + std::to_string(i) + field, number),
                    { .message = "Publishes Docker's API port " + number + " on the node's address",
                        .locus = containerLocus(container) });
            }
        });
    }

    // ---- runtime sockets

    std::string subPathOf(std::string_view folder, std::string_view subPath)
    {
        return subPath.empty()
            ? std::string(folder)
            : inventory::normalSocketPath(std::string(folder) + "/" + std::string(subPath));
    }

    void judgeVolume(Verdicts& v, const OwnerView& o, std::size_t index, const HostFolder& folder)
    {
        const Volume& volume = o.spec.volumes[index];
        std::vector<Place> mounts;
        for (const Container& container : o.spec.containers) {
            for (std::size_t i = 0; i < container.mounts.size(); ++i) {
                const auto& mount = container.mounts[i];
                // A subPath may lead from a harmless folder to the socket, or from / to something harmless.
                if (!(mount.name == volume.name)
                    || reachesSocket(subPathOf(folder.path, mount.subPath)) == SocketReach::None)
                    continue;
                mounts.push_back(place(o, container, "volumeMounts[" + std::to_string(i) + "]",
                    mount.mountPath.str() + (mount.readOnly ? ", read-only does not help" : "")));
            }
        }
        const SocketReach reach = reachesSocket(folder.path);
        // Nobody can use what no container mounts. A volume that is a socket has no other use, and is one
        // line away from one; a folder that merely holds it is GL-POD-005's.
        if (mounts.empty() && reach != SocketReach::Socket)
            return;
        const std::string path = "volumes[" + std::to_string(index) + "]";
        Details details { .locus = "volume " + volume.name.str() };
        const std::string what = reach == SocketReach::Socket
            ? "the runtime's socket " + folder.written
            : folder.written + ", the folder of the runtime's socket,";
        if (mounts.empty()) {
            details.message = "Declares " + what + " as a volume that no container mounts yet";
            details.severity = Severity::Medium;
        } else {
            details.message
                = "Container " + mounts.front().container + " reaches " + what + " and so root on the node";
            if (folder.path == "/var")
                details.confidence = Confidence::Inferred;
        }
        if (folder.persistentVolume.valid())
            details.related.push_back(folder.persistentVolume);
        v.fail(o.id(),
            folder.persistentVolume.valid()
                ? place(o, path + ".persistentVolumeClaim.claimName", volume.refName.str())
                : place(o, path + ".hostPath.path", folder.written),
            details);
        if (folder.persistentVolume.valid())
            v.fail(o.id(),
                { .container = {},
                    .path = "spec.hostPath.path",
                    .evidence = folder.written,
                    .object = folder.persistentVolume },
                details);
        for (Place& mount : mounts)
            v.fail(o.id(), std::move(mount), details);
    }

    void runtimeSocket(const CheckContext& c, Verdicts& v)
    {
        const inventory::HostFolders folders(c.inventory);
        forEachOwner(c, v, [&](const OwnerView& o) {
            for (std::size_t i = 0; i < o.spec.volumes.size(); ++i) {
                const HostFolder folder = folders.folderOf(o.object.ns, o.spec.volumes[i]);
                if (!folder.path.empty())
                    judgeVolume(v, o, i, folder);
            }
        });
    }

    void nodeRunsDocker(const CheckContext& c, Verdicts& v)
    {
        if (c.inventory.nodes.empty()) {
            const std::array kinds { Kind::Node };
            const Absence absence = absenceOf(c.inventory, kinds);
            return v.notAssessed(absence.reason.empty() ? "no Node was read" : absence.reason);
        }
        for (const inventory::Node& node : c.inventory.nodes) {
            const std::string version = node.containerRuntimeVersion.str();
            if (version.starts_with("docker://"))
                v.fail(node.id,
                    { .container = {},
                        .path = "status.nodeInfo.containerRuntimeVersion",
                        .evidence = version,
                        .object = {} },
                    { .message = c.inventory.label(node.id) + " runs its pods with the Docker engine" });
            else if (version.empty())
                v.notAssessed(node.id, "its status does not name a runtime");
            else
                v.pass(node.id);
        }
    }

    constexpr CheckEntry Entries[] = {
        { "GL-DKR-001", dockerWithoutTls },
        { "GL-DKR-003", daemonOnTcp },
        { "GL-DKR-004", publishedPort },
        { "GL-DKR-005", plainClient },
        { "GL-DKR-006", privilegedDockerInDocker },
        { "GL-DKR-007", runtimeSocket },
        { "GL-DKR-008", nodeRunsDocker },
    };
}

std::span<const CheckEntry> dkrChecks() { return Entries; }

} // namespace glacis::posture
