// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A context of a kubeconfig as the source, and the role that reading it needs.
#include <app/source.h>

#include <cstdio>
#include <iostream>
#include <mutex>
#include <utility>

#include <app/commands.h>
#include <app/console.h>
#include <app/output_file.h>
#include <app/plugin_words.h>
#include <app/run.h>
#include <cluster/app_folder.h>
#include <cluster/collector.h>
#include <cluster/connection.h>
#include <cluster/scanner_role.h>
#include <report/plain.h>
#include <report/text_parts.h>

namespace glacis::app {
namespace {
    using cluster::CollectProgress;
    using cluster::ExecInvocation;
    using cluster::ExecVerdict;

    std::string progressLine(const CollectProgress& p)
    {
        if (!p.waiting.empty())
            return p.waiting;
        switch (p.step) {
        case CollectProgress::Step::Connecting:
            return "connecting";
        case CollectProgress::Step::Discovering:
            return "asking what the server serves";
        case CollectProgress::Step::Listing: {
            std::string text = std::to_string(p.listsDone) + " of " + report::count(p.listsTotal, "list");
            report::append(text, ", ", report::count(p.objects, "object"), ", ",
                std::to_string(p.bytes / 1'000'000), " MB");
            if (!p.current.empty())
                report::append(text, "  ", report::plain(p.current));
            return text;
        }
        case CollectProgress::Step::Joining:
            return report::count(p.objects, "object") + " read";
        }
        return {};
    }

    /// What would run, line by line.
    std::string description(const ExecInvocation& plugin)
    {
        std::string text = "The kubeconfig " + report::plain(plugin.kubeconfig) + " (user "
            + report::plain(plugin.user) + ") names a program that fetches the credential:\n  "
            + report::plain(plugin.program) + "\n";
        for (const std::string& argument : plugin.args)
            report::append(text, "    ", report::plain(argument), "\n");
        for (const auto& [name, value] : plugin.env)
            report::append(text, "    with ", report::plain(name), " set\n");
        report::append(
            text, "  sha256 ", plugin.sha256, "\n  its answer goes to ", report::plain(plugin.server), "\n");
        return text;
    }

    /// Asks on the terminal; elsewhere nothing runs that was not approved before.
    class PluginApproval {
    public:
        PluginApproval(const Options& options, const SourceProgress& progress)
            : m_options(options)
            , m_progress(progress)
            , m_approvals(cluster::approvalsFile())
        {
            if (!m_approvals.problem().empty())
                printError(m_approvals.problem());
        }

        ExecVerdict decide(const ExecInvocation& plugin)
        {
            if (m_options.allowExec || m_approvals.isApproved(plugin))
                return ExecVerdict::Run;
            if (!isTerminal(Stream::Error) || !isInputTerminal())
                return ExecVerdict::Refuse;
            m_progress.clear();
            const std::string text = description(plugin)
                + "Run it? [y] yes, now  [a] yes, and whenever it is exactly this  [N] no: ";
            std::fwrite(text.data(), 1, text.size(), stderr);
            std::fflush(stderr);
            std::string answer;
            std::getline(std::cin, answer);
            if (answer == "a" || answer == "A") {
                if (const auto kept = m_approvals.approve(plugin); !kept)
                    printError(kept.error().message);
                return ExecVerdict::Run;
            }
            return answer == "y" || answer == "Y" ? ExecVerdict::Run : ExecVerdict::Refuse;
        }

    private:
        const Options& m_options;
        const SourceProgress& m_progress;
        cluster::ExecApprovals m_approvals;
    };
}

Result<inventory::InventoryPtr> loadCluster(const Options& options, const posture::Policy& policy,
    const StopToken& stop, const SourceProgress& progress)
{
    const cluster::Environment environment = cluster::Environment::ofProcess();
    const auto sets = cluster::loadKubeconfigs({ options.kubeconfigs, true, {} }, environment);
    std::vector<inventory::Diagnostic> remarks;
    for (const cluster::KubeconfigSet& set : sets)
        remarks.insert(remarks.end(), set.diagnostics.begin(), set.diagnostics.end());
    auto target = cluster::resolveContext(sets, options.context);
    if (!target) {
        printDiagnostics({ &remarks }, options.quiet);
        if (!options.context.empty())
            return tl::unexpected(target.error());
        return failure(target.error().message
            + "; name a context with --context, files with --path, or try --practice votelab");
    }

    PluginApproval approval(options, progress);
    std::mutex terminal;
    bool held = false; // by a question to the person, ours or a plugin's
    const auto hold = [&](bool on) {
        const std::lock_guard lock(terminal);
        held = on;
    };
    const auto say = [&](const std::string& line) {
        const std::lock_guard lock(terminal);
        if (!held)
            progress.collecting(line);
    };
    cluster::ConnectionOptions connection;
    connection.exec.environment = environment;
    connection.exec.terminal = isInputTerminal() && isTerminal(Stream::Error); // to be asked and to read it
    connection.exec.approve = [&](const ExecInvocation& plugin, const StopToken&) {
        hold(true);
        const ExecVerdict verdict = approval.decide(plugin);
        hold(false);
        return verdict;
    };
    PluginWords words; // of one plugin at a time: there is one context
    connection.exec.progress = [&](const cluster::ExecProgress& now) {
        const std::lock_guard lock(terminal);
        if (now.interactive && !held)
            progress.clear();
        held = now.interactive && !now.ended;
        if (isTerminal(Stream::Error)) { // also when quiet: a person may have to sign in
            const std::string text
                = now.interactive ? words.asWritten(now.standardError) : words.fresh(now.standardError);
            if (!text.empty()) {
                progress.clear();
                std::fwrite(text.data(), 1, text.size(), stderr);
                std::fflush(stderr);
            }
        }
        if (now.ended)
            words = {}; // another run begins anew
        else if (!now.interactive)
            progress.collecting(
                "waiting for the credential plugin, " + std::to_string(now.running.count() / 1000) + " s");
    };
    connection.waiting = [&](const std::string& sentence) {
        if (!sentence.empty())
            say(sentence);
    };
    cluster::Transport transport;
    auto client = cluster::openClient(transport, *target, connection);
    if (!client)
        return tl::unexpected(client.error());

    cluster::CollectOptions collecting;
    collecting.context = *target;
    collecting.rules = policy.credentialRules;
    collecting.namespaces = options.namespaces;
    collecting.secretsInManyNamespaces = options.allSecretNames;
    collecting.factsFiles = options.facts;
    collecting.timeout = options.timeout;
    collecting.progress = [&](const CollectProgress& now) { say(progressLine(now)); };
    auto inventory = cluster::collect(**client, collecting, stop);
    if (!inventory)
        return inventory;
    auto& into
        = std::const_pointer_cast<inventory::Inventory>(*inventory)->diagnostics; // ours alone until now
    into.insert(into.end(), remarks.begin(), remarks.end());
    return inventory;
}

int role(const Options& options)
{
    const auto yaml = cluster::scannerRole({ .with = options.with });
    if (!yaml)
        return fail(yaml.error());
    const auto written = writeOutput(*yaml, options.output);
    return written ? ExitDone : fail(written.error());
}

} // namespace glacis::app
