// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small files that a kubeconfig is or names, opened for reading only and never when their path alone is a
// danger: a network share would hand the person's Windows credentials to its server, a pipe would block, a
// device never ends. Also the rules of paths, where Windows differs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <cluster/environment.h>

namespace glacis::cluster {

inline constexpr std::uint64_t maxKubeconfigBytes = 5ULL << 20;

struct SmallFile {
    enum class State : std::uint8_t { Read, Missing, Refused };
    State state = State::Refused;
    std::string text; ///< with inventory::DocumentReader::jsonPadding bytes reserved behind its end
    std::string error; ///< what is wrong, to follow the path: "is a folder, not a file"; empty when Read
    bool readableByOthers = false; ///< by the group or by others; always false on Windows
};
/// Opens, looks whether it is a regular file of at most 5 MiB, and reads it whole. Blocking, any thread.
[[nodiscard]] SmallFile readSmallFile(const std::string& path);
/// The same without reading what is in it: may it be used?
[[nodiscard]] SmallFile lookAtSmallFile(const std::string& path);

enum class PathStyle : std::uint8_t { Posix, Windows };
#ifdef _WIN32
inline constexpr PathStyle nativeStyle = PathStyle::Windows;
#else
inline constexpr PathStyle nativeStyle = PathStyle::Posix;
#endif

/// Begins with two slashes of either kind: \\server\share, //server/share, \\.\device. Refused everywhere, so
/// that a kubeconfig means the same on each system.
[[nodiscard]] bool isNetworkPath(std::string_view path);
/// Whether an exec command is a path (of the kubeconfig's folder) or a name to look up: on Windows a slash
/// does not make it one (client-go clientcmd/loader.go GetAuthInfoFileReferences).
[[nodiscard]] bool hasSeparator(std::string_view command, PathStyle style);
/// Members of a list variable, in order, each once, without empty ones.
[[nodiscard]] std::vector<std::string> listMembers(std::string_view list, PathStyle style);
/// The folder that holds .kube; empty when no variable tells (client-go util/homedir). Windows: the first of
/// HOME, HOMEDRIVE+HOMEPATH, USERPROFILE with a .kube/config; else the first writable one of HOME,
/// USERPROFILE, HOMEDRIVE+HOMEPATH; else the first that exists, else that is set. The two orders differ on
/// purpose.
[[nodiscard]] std::string homeFolder(const Environment& environment, PathStyle style);

[[nodiscard]] std::filesystem::path pathOf(std::string_view utf8);
[[nodiscard]] std::string utf8Of(const std::filesystem::path& path);
/// Relative ones start at `folder`; network paths and absolute ones stay as they are.
[[nodiscard]] std::string resolvedPath(std::string_view path, std::string_view folder);
/// Of a path; empty when it has none.
[[nodiscard]] std::string folderOf(std::string_view path);

} // namespace glacis::cluster
