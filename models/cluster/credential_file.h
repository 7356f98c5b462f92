// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files that a kubeconfig names: tokens, certificates, keys. The kubeconfig may be hostile, so only regular
// files of this machine are read (a pipe would hang, a path on another host sends the person's Windows
// password hash there), and no more than 1 MiB.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <base/result.h>
#include <cluster/wiped.h>

namespace glacis::cluster {

/// `what` for messages: "token file". Blocking.
[[nodiscard]] Result<Wiped> readCredentialFile(const std::string& path, std::string_view what);

/// True for \\host\share, //host/share and Windows' device paths (\\.\ and \\?\).
[[nodiscard]] bool isRemotePath(std::string_view path);

/// Changes when the file is written or replaced.
struct FileStamp {
    std::int64_t modified = 0; ///< the file system's clock, its finest unit
    std::uintmax_t size = 0;
    friend bool operator==(FileStamp, FileStamp) = default;
};
/// All zero when the file cannot be looked at.
[[nodiscard]] FileStamp fileStamp(const std::string& path);

} // namespace glacis::cluster
