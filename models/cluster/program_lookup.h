// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a program stands. A desktop launch has a bare PATH (/usr/bin:/bin:/usr/sbin:/sbin from the macOS
// Finder), so the folders that a person set, the login shell's PATH and the places where such tools usually
// are follow it, each asked only when those before had nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/environment.h>
#include <cluster/exec_plugin.h>

namespace glacis::cluster {

struct FoundProgram {
    std::string path; ///< as found: absolute, links not resolved
    std::string how; ///< ExecInvocation::foundIn
};

/// `command` is an absolute path or a bare name. The error names every place that was looked at.
[[nodiscard]] Result<FoundProgram> findProgram(
    std::string_view command, const ExecOptions& options, const StopToken& stop);

/// PATH for the child: our own, and behind it what was needed to find the program, since it may start others
/// that stand beside it.
[[nodiscard]] std::string childSearchPath(
    const std::string& program, std::string_view how, const ExecOptions& options, const StopToken& stop);

/// Folders of a PATH text that are absolute: an empty or relative one means the current folder, which may be
/// anybody's.
[[nodiscard]] std::vector<std::string> foldersOfPath(std::string_view path);

/// Windows: file names to try for `command` in a folder, .exe first, only kinds that start without a script
/// host.
[[nodiscard]] std::vector<std::string> windowsFileNames(std::string_view command, std::string_view pathExt);

/// Windows: cmd.exe, which runs .cmd and .bat files, reads arguments in a way that nobody can quote for
/// safely (CVE-2024-24576). Fails when `program` is such a file and an argument holds what it would
/// interpret.
[[nodiscard]] Result<void> checkBatchArguments(
    const std::string& program, const std::vector<std::string>& arguments);

/// PATH as the login shell sets it. Asked once in a process and kept, failures too; within `options`' limit.
[[nodiscard]] Result<std::string> loginShellPath(const ExecOptions& options, const StopToken& stop);

} // namespace glacis::cluster
