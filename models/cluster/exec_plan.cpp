// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What would run, before anything does: the rules are those of client-go's plugin/pkg/client/auth/exec, the
// lookup is wider (program_lookup.h) and the file is hashed.
#include "exec_plan.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <base/sha256.h>
#include <base/text.h>
#include <cluster/exec_words.h>
#include <cluster/plugin_policy.h>
#include <cluster/program_lookup.h>

namespace glacis::cluster {
namespace fs = std::filesystem;
namespace {

    constexpr std::uintmax_t largestProgram = 1U << 30;

    fs::path fromUtf8(const std::string& text) { return { std::u8string(text.begin(), text.end()) }; }

    bool holdsZero(const std::string& text) { return text.find('\0') != std::string::npos; }

    /// What no system can hand to a program.
    Result<void> checkArguments(const ExecSpec& spec)
    {
        if (std::any_of(spec.args.begin(), spec.args.end(), holdsZero))
            return failure("has an argument with a zero byte");
        for (const auto& [name, value] : spec.env) {
            if (name.empty() || name.find('=') != std::string::npos || holdsZero(name) || holdsZero(value))
                return failure("sets a variable that no program can be given: “" + printable(name) + "”");
        }
        return {};
    }

    Result<void> checkSpec(const ExecSpec& spec, bool terminal)
    {
        if (spec.apiVersion == "client.authentication.k8s.io/v1alpha1")
            return failure("speaks client.authentication.k8s.io/v1alpha1, which Kubernetes 1.24 removed: "
                           "update the program and write v1beta1 or v1");
        if (spec.apiVersion != execV1 && spec.apiVersion != execV1Beta1)
            return failure("has apiVersion “" + printable(spec.apiVersion)
                + "”, expected client.authentication.k8s.io/v1 or v1beta1");
        if (spec.apiVersion == execV1 && !spec.interactiveMode)
            return failure("has no interactiveMode, which client.authentication.k8s.io/v1 requires");
        if (spec.interactiveMode == InteractiveMode::Always && !terminal)
            return failure("has interactiveMode Always: it needs a terminal, and there is none here");
        return checkArguments(spec);
    }

    std::string withHint(const std::string& message, const std::string& hint)
    {
        return hint.empty() ? message : message + ". " + printable(hint, true);
    }

} // namespace

bool runsInteractively(const ExecSpec& spec, bool terminal)
{
    return terminal && spec.interactiveMode.value_or(InteractiveMode::IfAvailable) != InteractiveMode::Never;
}

Result<std::string> programDigest(const std::string& program, const StopToken& stop)
{
    std::error_code error;
    const fs::path path = fromUtf8(program);
    if (!fs::is_regular_file(path, error))
        return failure(program + " is no longer a regular file");
    if (fs::file_size(path, error) > largestProgram)
        return failure(program + " is larger than 1 GiB, the most that is hashed");
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return failure(program + " cannot be read, so it cannot be approved");
    Sha256 hash;
    std::vector<char> piece(256U << 10);
    while (file) {
        if (stop.stopRequested())
            return failure("cancelled");
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        hash.add(std::string_view(piece.data(), static_cast<std::size_t>(file.gcount())));
    }
    if (!file.eof())
        return failure(program + " cannot be read, so it cannot be approved");
    return hexDigits(hash.digest());
}

Result<ExecInvocation> planExec(
    const ContextTarget& target, const ExecOptions& options, const StopToken& stop)
{
    const std::string subject = pluginOf(target);
    if (!target.user.exec)
        return failure("user “" + printable(target.user.name) + "” in " + printable(target.userFile())
            + " names no credential plugin");
    const ExecSpec& spec = *target.user.exec;
    if (const auto valid = checkSpec(spec, options.terminal); !valid)
        return failure(subject + ' ' + valid.error().message);
    const auto found = findProgram(spec.command, options, stop);
    if (!found && stop.stopRequested())
        return failure("cancelled");
    if (!found)
        return failure(withHint(subject + " cannot be run: " + found.error().message, spec.installHint));
    const auto policy = readPluginPolicy(options.environment);
    if (!policy)
        return failure(subject + " is not run: " + policy.error().message);
    if (const auto permitted = permits(*policy, *found, options, stop); !permitted)
        return failure(stop.stopRequested() ? "cancelled" : subject + ' ' + permitted.error().message);
    std::error_code error;
    const std::u8string resolved = fs::canonical(fromUtf8(found->path), error).u8string();
    if (error)
        return failure(subject + " cannot be run: " + found->path + ": " + error.message());
    ExecInvocation plan;
    plan.program.assign(resolved.begin(), resolved.end());
    plan.invokedAs = found->path;
    plan.args = spec.args;
    plan.env = spec.env;
    plan.foundIn = found->how;
    plan.kubeconfig = target.userFile();
    plan.user = target.user.name;
    plan.server = target.cluster.server;
    if (const auto safe = checkBatchArguments(plan.program, plan.args); !safe)
        return failure(subject + " cannot be run: " + safe.error().message);
    auto digest = programDigest(plan.program, stop);
    if (!digest && stop.stopRequested())
        return failure("cancelled");
    if (!digest)
        return failure(subject + " cannot be run: " + digest.error().message);
    plan.sha256 = std::move(*digest);
    return plan;
}

} // namespace glacis::cluster
