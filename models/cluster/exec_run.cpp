// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exec_plugin.h"

#include <map>

#include <base/text.h>
#include <cluster/child_process.h>
#include <cluster/exec_answer.h>
#include <cluster/exec_plan.h>
#include <cluster/exec_words.h>
#include <cluster/program_lookup.h>

namespace glacis::cluster {
namespace {

    constexpr std::chrono::seconds silentFor { 20 }; // then a person is likely signing in

    using Variables = std::map<std::string, std::string>;

    void set(Variables& variables, const std::string& name, const std::string& value)
    {
#if defined(_WIN32)
        // Names differ in case only on paper there, and ours are upper case already.
        std::string key = name;
        for (char& c : key)
            c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        variables[key] = value;
#else
        variables[name] = value;
#endif
    }

    /// The process's variables, over them those of the kubeconfig, over them what the contract says.
    Variables childVariables(const ExecInvocation& invocation, const std::string& info,
        const ExecOptions& options, const StopToken& stop)
    {
        Variables variables = options.environment.variables;
        const std::string path = childSearchPath(invocation.invokedAs, invocation.foundIn, options, stop);
        if (!path.empty())
            set(variables, "PATH", path);
        for (const auto& [name, value] : invocation.env)
            set(variables, name, value);
        set(variables, "KUBERNETES_EXEC_INFO", info);
        return variables;
    }

    std::string limitText(const ExecOptions& options) { return std::to_string(options.limit.count()) + " s"; }

    /// Why a run brought no answer, as the end of a sentence; empty when it did.
    std::string runFault(const ChildResult& result, const ExecOptions& options)
    {
        switch (result.end) {
        case ChildEnd::TimeLimit:
            return "did not answer within " + limitText(options) + " and was ended";
        case ChildEnd::OutputLimit:
            return "answered with more than 1 MiB and was ended";
        case ChildEnd::Signalled:
            return "was ended by signal " + std::to_string(result.code);
        case ChildEnd::Exited:
            return result.code == 0 ? std::string() : "failed with exit code " + std::to_string(result.code);
        case ChildEnd::Cancelled:
            break;
        }
        return "was cancelled";
    }

    /// The standing hint for what cannot work without a terminal (Azure/kubelogin issue 150).
    std::string hintFor(const std::string& standardError)
    {
        static constexpr std::string_view deviceCode = "interactive mode";
        return containsIgnoringCase(standardError, deviceCode)
            ? ". Choose a way to sign in that needs no terminal; for kubelogin set AAD_LOGIN_METHOD, for "
              "example to azurecli"
            : "";
    }

} // namespace

Result<ExecAnswer> runExec(const ExecInvocation& invocation, const ContextTarget& target,
    const ExecOptions& options, const StopToken& stop)
{
    const std::string subject = pluginOf(target);
    if (!target.user.exec)
        return failure(subject + " is not named there any more");
    const ExecSpec& spec = *target.user.exec;
    const bool interactive = runsInteractively(spec, options.terminal);
    const auto info = execInfo(target, interactive);
    if (!info)
        return failure(subject + " cannot be run: " + info.error().message);

    ChildCommand command;
    command.program = invocation.program;
    command.argv = { invocation.invokedAs };
    command.argv.insert(command.argv.end(), invocation.args.begin(), invocation.args.end());
    const Variables variables = childVariables(invocation, *info, options, stop);
    command.environment.assign(variables.begin(), variables.end());
    command.input = interactive ? ChildInput::Terminal : ChildInput::Nothing;
    ChildLimits limits;
    limits.time = options.limit;
    const auto progress = [&options, interactive](const ChildProgress& p) {
        if (options.progress)
            options.progress({ p.errors, p.running, p.running >= silentFor, interactive, false });
    };

    // As late as can be: what was approved is what starts.
    const auto digest = programDigest(invocation.program, stop);
    if (stop.stopRequested())
        return failure("cancelled");
    if (!digest)
        return failure(subject + " cannot be run: " + digest.error().message);
    if (*digest != invocation.sha256)
        return failure(subject + " was not run: " + invocation.program
            + " has changed since it was approved (its SHA-256 is now " + *digest + ")");
    const auto result = runChild(command, limits, stop, progress);
    if (options.progress)
        options.progress({ result ? result->errors : std::string(), {}, false, interactive, true });
    if (!result)
        return failure(subject + " cannot be run: " + result.error().message);
    if (result->end == ChildEnd::Cancelled)
        return failure("cancelled");
    if (const std::string fault = runFault(*result, options); !fault.empty())
        return failure(subject + ' ' + fault + quoted(result->errors) + hintFor(result->errors));
    auto answer = readExecAnswer(result->output, spec.apiVersion, secondsNow(options));
    if (!answer)
        return failure(subject + ' ' + answer.error().message + quoted(result->errors));
    return answer;
}

std::int64_t secondsNow(const ExecOptions& options)
{
    if (options.clock)
        return options.clock();
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

} // namespace glacis::cluster
