// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "real_clusters.h"

#include <clusters/exec_gate.h>

#include <algorithm>
#include <ctime>
#include <mutex>

#include <cluster/app_folder.h>
#include <cluster/collector.h>
#include <cluster/kubeconfig_review.h>

namespace glacis::ui {

using workspace::ContextRequest;
using workspace::LoadProgress;

namespace {

    /// Why there is no such context may stand in what was said of the files.
    Error withFaults(Error error, const std::vector<cluster::KubeconfigSet>& sets)
    {
        constexpr std::size_t most = 3;
        std::size_t told = 0;
        for (const cluster::KubeconfigSet& set : sets) {
            for (const inventory::Diagnostic& fault : set.diagnostics) {
                if (fault.level != inventory::Diagnostic::Level::Error || ++told > most)
                    continue;
                const std::string line = fault.line > 0 ? ':' + std::to_string(fault.line) : std::string();
                error.message += fault.message.find(fault.file) == std::string::npos
                    ? ". " + fault.file + line + ": " + fault.message
                    : ". " + fault.message;
            }
        }
        return error;
    }

}

struct RealClusters::State {
    State(ExecGate& given, std::vector<std::string> files)
        : gate(given)
        , kubeconfigs(std::move(files))
        , environment(cluster::Environment::ofProcess())
        , approvals(cluster::approvalsFile())
    {
    }

    ExecGate& gate;
    const std::vector<std::string> kubeconfigs; ///< instead of KUBECONFIG and home
    cluster::Environment environment;
    cluster::Transport transport;
    cluster::ExecApprovals approvals;
    std::mutex mutex;
    ConnectionSettings settings;

    [[nodiscard]] Result<cluster::ContextTarget> target(const ContextRequest& request) const
    {
        cluster::KubeconfigSources sources { request.kubeconfigs.empty() ? kubeconfigs : request.kubeconfigs,
            true, {} };
        const bool added = !request.set.empty() && request.set != "usual";
        if (added)
            sources.added.push_back(request.set);
        const auto sets = cluster::loadKubeconfigs(sources, environment);
        if (!added)
            return cluster::resolveContext(sets.front(), request.context).map_error([&](Error error) {
                return withFaults(std::move(error), sets);
            });
        const auto set = std::find_if(
            sets.begin(), sets.end(), [&](const cluster::KubeconfigSet& s) { return s.id == request.set; });
        if (set == sets.end())
            return failure("The kubeconfig " + request.set + " is no longer there.");
        return cluster::resolveContext(*set, request.context);
    }

    /// As the settings stand now.
    [[nodiscard]] cluster::ConnectionOptions connection(const std::string& who)
    {
        cluster::ConnectionOptions options;
        {
            const std::lock_guard lock(mutex);
            options.exec.searchFolders = settings.pluginFolders;
            options.exec.askLoginShell = settings.askLoginShell;
            options.extraCaFile = settings.extraCaFile;
        }
        options.exec.environment = environment;
        options.exec.approve = [this](const cluster::ExecInvocation& what, const StopToken& stop) {
            return approvals.isApproved(what) ? cluster::ExecVerdict::Run : gate.ask(what, stop);
        };
        options.exec.progress = [this, who](const cluster::ExecProgress& progress) {
            progress.ended ? gate.ended(who) : gate.tell(who, progress);
        };
        return options;
    }

    [[nodiscard]] Result<inventory::InventoryPtr> read(const workspace::SourceRequest& request,
        const posture::Policy& policy, const StopToken& stop, const workspace::Report& report)
    {
        const auto wanted = target(*request.cluster);
        if (!wanted)
            return tl::unexpected(wanted.error());
        cluster::ConnectionOptions options = connection(wanted->context);
        LoadProgress now;
        now.step = LoadProgress::Step::Connecting;
        std::mutex told; // both callbacks come from any thread
        options.waiting = [&](const std::string& sentence) {
            const std::lock_guard lock(told);
            now.waiting = sentence;
            report(now);
        };
        auto client = cluster::openClient(transport, *wanted, options);
        if (!client)
            return tl::unexpected(client.error());
        cluster::CollectOptions collecting;
        collecting.context = *wanted;
        collecting.rules = policy.credentialRules;
        collecting.namespaces = request.cluster->namespaces;
        collecting.secretsInManyNamespaces = request.cluster->secretsInManyNamespaces;
        collecting.factsFiles = request.facts;
        collecting.progress = [&](const cluster::CollectProgress& p) {
            const std::lock_guard lock(told);
            take(p, now);
            report(now);
        };
        auto inventory = cluster::collect(**client, collecting, stop);
        gate.ended(wanted->context);
        return inventory;
    }

    static void take(const cluster::CollectProgress& p, LoadProgress& into)
    {
        using From = cluster::CollectProgress::Step;
        using To = LoadProgress::Step;
        into.step = p.step == From::Connecting ? To::Connecting
            : p.step == From::Discovering      ? To::Discovering
                                               : To::Listing;
        into.objects = p.objects;
        into.bytesDone = p.bytes;
        into.listsDone = p.listsDone;
        into.listsTotal = p.listsTotal;
        into.requests = p.requests;
        into.file = p.current;
    }

    [[nodiscard]] cluster::ConnectionReport test(
        const ContextRequest& request, const StopToken& stop, const ClusterServices::Told& told)
    {
        const auto wanted = target(request);
        if (!wanted) {
            cluster::ConnectionReport report;
            report.steps = cluster::testSteps();
            for (cluster::TestStep& step : report.steps)
                step.state = cluster::TestStep::State::Skipped;
            report.steps.front().state = cluster::TestStep::State::Failed;
            report.steps.front().result = wanted.error().message;
            told(report);
            return report;
        }
        auto report = cluster::testConnection(transport, *wanted, connection(wanted->context), stop, told);
        gate.ended(wanted->context);
        return report;
    }
};

RealClusters::RealClusters(ExecGate& gate, std::vector<std::string> kubeconfigs)
    : m_state(std::make_unique<State>(gate, std::move(kubeconfigs)))
{
}

RealClusters::~RealClusters() = default;

ClusterServices RealClusters::services()
{
    State& state = *m_state;
    ClusterServices services;
    services.load = [&state](cluster::KubeconfigSources sources) {
        sources.files = state.kubeconfigs;
        return cluster::loadKubeconfigs(sources, state.environment);
    };
    services.paths = [&state](cluster::KubeconfigSources sources) {
        sources.files = state.kubeconfigs;
        return cluster::kubeconfigPaths(sources, state.environment);
    };
    services.identityKind = cluster::identityKind;
    services.certificateExpiry = cluster::certificateExpiry;
    services.problem = [](const cluster::KubeconfigSet& set, const cluster::Context& context) {
        const auto target = cluster::resolveContext(set, context.name);
        return target ? std::string() : target.error().message;
    };
    services.remarks = [](const cluster::KubeconfigSet& set, const cluster::Context& context) {
        std::vector<std::string> texts;
        if (const auto target = cluster::resolveContext(set, context.name)) {
            for (cluster::Remark& remark :
                cluster::reviewContext(*target, static_cast<std::int64_t>(std::time(nullptr))))
                texts.push_back(std::move(remark.text));
        }
        return texts;
    };
    services.testSteps = cluster::testSteps;
    services.testConnection
        = [&state](const ContextRequest& request, const StopToken& stop, const ClusterServices::Told& told) {
              return state.test(request, stop, told);
          };
    services.contacts = [&state] { return state.transport.contacts(); };
    services.settingsChanged = [&state](const ConnectionSettings& settings) {
        const std::lock_guard lock(state.mutex);
        state.settings = settings;
    };
    services.roleParts = [] {
        const auto parts = cluster::roleParts();
        return std::vector<cluster::RolePart>(parts.begin(), parts.end());
    };
    services.scannerRole = cluster::scannerRole;
    services.approvals = [&state] { return state.approvals.all(); };
    services.approve
        = [&state](const cluster::ExecInvocation& what) { return state.approvals.approve(what); };
    services.revoke = [&state](const cluster::ExecInvocation& what) { return state.approvals.revoke(what); };
    services.approvalsFile = cluster::approvalsFile();
    services.approvalsProblem = state.approvals.problem();
    return services;
}

std::function<std::string()> RealClusters::currentContext() const
{
    return [files = m_state->kubeconfigs, environment = m_state->environment] {
        const auto sets = cluster::loadKubeconfigs({ files, true, {} }, environment);
        return sets.empty() ? std::string() : sets.front().currentContext;
    };
}

workspace::LoadServices RealClusters::loadServices()
{
    State& state = *m_state;
    return { [&state](const workspace::SourceRequest& request, const posture::Policy& policy,
                 const StopToken& stop,
                 const workspace::Report& report) { return state.read(request, policy, stop, report); } };
}

} // namespace glacis::ui
