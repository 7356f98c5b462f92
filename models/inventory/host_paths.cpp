// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inventory/host_paths.h>

#include <algorithm>
#include <vector>

#include <base/text.h>

namespace glacis::inventory {

namespace {
    enum class Reach : std::uint8_t { Exact, Below };
    struct Row {
        std::string_view path;
        HostPathRisk risk;
        Reach reach; ///< Below: the folder and everything in it
    };

    // The first row that matches decides, so that exceptions stand before the folder that they are taken
    // from.
    constexpr Row rows[] = {
        // Folders whose content alone is worth a node: keys, tokens of other pods, password hashes. /var and
        // /var/lib
        // hold /var/lib/kubelet.
        { "/", HostPathRisk::Root, Reach::Exact },
        { "/etc", HostPathRisk::Root, Reach::Exact },
        { "/root", HostPathRisk::Root, Reach::Exact },
        { "/var", HostPathRisk::Root, Reach::Exact },
        { "/var/lib", HostPathRisk::Root, Reach::Exact },
        { "/var/lib/kubelet", HostPathRisk::Root, Reach::Exact },
        { "/var/lib/kubelet/pods", HostPathRisk::Root, Reach::Exact },
        { "/var/lib/kubelet/pki", HostPathRisk::Root, Reach::Below },
        { "c:/", HostPathRisk::Root, Reach::Exact },
        { "c:/var/lib/kubelet", HostPathRisk::Root, Reach::Exact },
        // Files of /etc that nobody runs or trusts as root.
        { "/etc/hostname", HostPathRisk::None, Reach::Exact },
        { "/etc/localtime", HostPathRisk::None, Reach::Exact },
        { "/etc/machine-id", HostPathRisk::None, Reach::Exact },
        { "/etc/os-release", HostPathRisk::None, Reach::Exact },
        { "/etc/timezone", HostPathRisk::None, Reach::Exact },
        { "/etc", HostPathRisk::Sensitive, Reach::Below },
        { "/root", HostPathRisk::Sensitive, Reach::Below },
        { "/home", HostPathRisk::Sensitive, Reach::Exact },
        // Kernel: sysctls, core_pattern, cgroup release agents, memory and disks.
        { "/proc", HostPathRisk::Sensitive, Reach::Below },
        { "/sys", HostPathRisk::Sensitive, Reach::Below },
        { "/dev", HostPathRisk::Sensitive, Reach::Exact },
        // What the node starts or loads.
        { "/bin", HostPathRisk::Sensitive, Reach::Below },
        { "/boot", HostPathRisk::Sensitive, Reach::Below },
        { "/lib", HostPathRisk::Sensitive, Reach::Below },
        { "/lib64", HostPathRisk::Sensitive, Reach::Below },
        { "/opt", HostPathRisk::Sensitive, Reach::Exact },
        { "/opt/cni", HostPathRisk::Sensitive, Reach::Below },
        { "/sbin", HostPathRisk::Sensitive, Reach::Below },
        { "/usr", HostPathRisk::Sensitive, Reach::Exact },
        { "/usr/bin", HostPathRisk::Sensitive, Reach::Below },
        { "/usr/lib", HostPathRisk::Sensitive, Reach::Below },
        { "/usr/local/bin", HostPathRisk::Sensitive, Reach::Below },
        { "/usr/local/sbin", HostPathRisk::Sensitive, Reach::Below },
        { "/usr/sbin", HostPathRisk::Sensitive, Reach::Below },
        { "/var/spool/cron", HostPathRisk::Sensitive, Reach::Below },
        { "c:/windows", HostPathRisk::Sensitive, Reach::Below },
        { "c:/program files", HostPathRisk::Sensitive, Reach::Below },
        // The state and sockets of kubelet, runtimes and distributions.
        { "/run", HostPathRisk::Sensitive, Reach::Exact },
        { "/run/containerd", HostPathRisk::Sensitive, Reach::Below },
        { "/run/crio", HostPathRisk::Sensitive, Reach::Below },
        { "/run/docker", HostPathRisk::Sensitive, Reach::Below },
        { "/run/k3s", HostPathRisk::Sensitive, Reach::Below },
        { "/run/systemd", HostPathRisk::Sensitive, Reach::Below },
        { "/var/lib/containerd", HostPathRisk::Sensitive, Reach::Below },
        { "/var/lib/containers", HostPathRisk::Sensitive, Reach::Below },
        { "/var/lib/docker", HostPathRisk::Sensitive, Reach::Below },
        { "/var/lib/etcd", HostPathRisk::Sensitive, Reach::Below },
        { "/var/lib/kubelet/config.yaml", HostPathRisk::Sensitive, Reach::Exact },
        { "/var/lib/kubelet/kubeconfig", HostPathRisk::Sensitive, Reach::Exact },
        { "/var/lib/kubelet/pods", HostPathRisk::Sensitive, Reach::Below },
        { "/var/lib/rancher", HostPathRisk::Sensitive, Reach::Below },
        { "c:/etc/kubernetes", HostPathRisk::Sensitive, Reach::Below },
        { "c:/k", HostPathRisk::Sensitive, Reach::Below },
        { "c:/programdata/containerd", HostPathRisk::Sensitive, Reach::Below },
        { "c:/programdata/docker", HostPathRisk::Sensitive, Reach::Below },
    };

    // Normal paths: /var/run is folded into /run.
    constexpr std::string_view Sockets[] = {
        "/run/docker.sock",
        "/run/docker/containerd/containerd.sock", // containerd as Docker's child
        "/run/docker/containerd/docker-containerd.sock",
        "/run/containerd/containerd.sock",
        "/run/crio/crio.sock",
        "/run/cri-dockerd.sock",
        "/run/dockershim.sock",
        "/run/podman/podman.sock",
        "/run/k3s/containerd/containerd.sock", // k3s and RKE2
        "/run/k0s/containerd.sock",
        "/run/host-containerd/containerd.sock", // Bottlerocket
        "/run/isulad.sock",
        "/var/snap/microk8s/common/run/containerd.sock",
        "//./pipe/docker_engine", // Windows named pipes
        "//./pipe/containerd-containerd",
        "//./pipe/cri-dockerd",
    };

    bool hasDrive(std::string_view path)
    {
        const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
        return path.size() >= 2 && letter(path[0]) && path[1] == ':';
    }
}

std::string normalHostPath(std::string_view path)
{
    std::string text(path);
    std::string root = "/";
    if (hasDrive(text)) {
        text = toLower(text);
        for (char& c : text)
            c = c == '\\' ? '/' : c;
        root = text.substr(0, 2) + "/";
        text.erase(0, 2);
    }
    std::vector<std::string_view> parts;
    for (const std::string_view part : split(text, '/')) {
        if (part.empty() || part == ".")
            continue;
        if (part != "..")
            parts.push_back(part);
        else if (!parts.empty())
            parts.pop_back();
    }
    if (root == "/" && parts.size() >= 2 && parts[0] == "var" && parts[1] == "run")
        parts.erase(parts.begin());
    std::string normal = root;
    for (std::size_t i = 0; i < parts.size(); ++i)
        normal.append(i == 0 ? "" : "/").append(parts[i]);
    return normal;
}

bool isWithin(std::string_view path, std::string_view folder)
{
    if (!path.starts_with(folder))
        return false;
    return path.size() == folder.size() || folder.ends_with('/') || path[folder.size()] == '/';
}

HostPathRisk riskOfHostPath(std::string_view path)
{
    for (const Row& row : rows) {
        if (row.reach == Reach::Exact ? path == row.path : isWithin(path, row.path))
            return row.risk;
    }
    return HostPathRisk::None;
}

std::string normalSocketPath(std::string_view written)
{
    std::string text(written);
    std::replace(text.begin(), text.end(), '\\', '/');
    if (text.starts_with("//./pipe/"))
        return toLower(text);
    return normalHostPath(written);
}

SocketReach reachesSocket(std::string_view path)
{
    SocketReach best = SocketReach::None;
    for (const std::string_view socket : Sockets) {
        if (path == socket)
            return SocketReach::Socket;
        if (!socket.starts_with("//") && isWithin(socket, path))
            best = SocketReach::Folder;
    }
    // /var/run is a folder of its own on some hosts, a link to /run on most.
    return path == "/var" ? SocketReach::Folder : best;
}

} // namespace glacis::inventory
