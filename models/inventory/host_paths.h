// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace glacis::inventory {

/// What a folder of a node gives to a pod that mounts it.
enum class HostPathRisk : std::uint8_t {
    None, ///< nothing that we know of
    Sensitive, ///< whoever may write there takes the node
    Root ///< the same, and reading it already gives keys and tokens
};

/// One spelling for one folder: "//etc/./x/../" → "/etc"; /var/run is /run on every distribution; Windows
/// paths get slashes and lower case. Never above the root.
[[nodiscard]] std::string normalHostPath(std::string_view path);
/// Of a normal path.
[[nodiscard]] HostPathRisk riskOfHostPath(std::string_view path);
/// Is `path` the folder or below it? Both normal.
[[nodiscard]] bool isWithin(std::string_view path, std::string_view folder);

/// As normalHostPath, and Windows' named pipes ("//./pipe/docker_engine") in lower case.
[[nodiscard]] std::string normalSocketPath(std::string_view written);
/// Does a path give the socket of a container runtime, whose owner is root on the node? Of a normal path.
enum class SocketReach : std::uint8_t { None, Folder, Socket };
[[nodiscard]] SocketReach reachesSocket(std::string_view path);

} // namespace glacis::inventory
