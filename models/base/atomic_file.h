// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes a file so that a reader sees the old content or the new one, never half of it. The only place that
// knows how each system sets file modes and replaces a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>

namespace glacis {

enum class FileMode {
    Default, ///< as the system makes files (umask)
    OwnerOnly ///< 0600; on Windows the folder's own protection is inherited
};

/// Writes the parts one after the other to a temporary file beside `path` (UTF-8), then puts it in place. On
/// an error the old file stays. Devices and pipes (/dev/stdout) are written directly.
[[nodiscard]] Result<void> writeFileAtomically(
    const std::string& path, const std::vector<std::string_view>& parts, FileMode mode);

} // namespace glacis
