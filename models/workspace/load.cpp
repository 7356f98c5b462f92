// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <workspace/workspace.h>

#include <chrono>
#include <fstream>
#include <iterator>

#include <inventory/import.h>
#include <inventory/practice.h>
#include <inventory/snapshot.h>

#include <utility>

namespace glacis::workspace {
namespace {

    constexpr std::size_t maxFactsBytes = 16u << 20;

    std::int64_t secondsNow()
    {
        using namespace std::chrono;
        return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
    }

    /// Paths or a practice cluster.
    Result<inventory::InventoryPtr> readObjects(const SourceRequest& request, const posture::Policy& policy,
        const StopToken& stop, const Report& report)
    {
        inventory::ImportOptions options;
        options.rules = policy.credentialRules;
        options.scope = request.scope;
        options.factsFiles = request.facts;
        options.stop = stop;
        options.progress = [&report](const inventory::ImportProgress& p) {
            report({ .step = LoadProgress::Step::Reading,
                .bytesDone = p.bytesDone,
                .bytesTotal = p.bytesTotal,
                .objects = p.objects,
                .file = p.file });
        };
        return request.practice.empty() ? inventory::importPaths(request.paths, options)
                                        : inventory::loadPractice(request.practice, options);
    }

    Result<inventory::InventoryPtr> readCluster(const SourceRequest& request, const posture::Policy& policy,
        const StopToken& stop, const Report& report, const LoadServices& services)
    {
        if (!services.readCluster)
            return failure("Connecting to clusters is not part of this build.");
        report({ .step = LoadProgress::Step::Connecting });
        return services.readCluster(request, policy, stop, report);
    }

    /// Facts beside a snapshot: the Inventory read from it is ours alone until it is assessed.
    Result<inventory::InventoryPtr> withFacts(inventory::InventoryPtr read, const SourceRequest& request)
    {
        if (request.facts.empty() && !request.scope)
            return read;
        const auto changed = std::const_pointer_cast<inventory::Inventory>(read);
        if (request.scope)
            changed->source.scope = *request.scope;
        for (const std::string& file : request.facts) {
            std::ifstream stream(file, std::ios::binary);
            if (!stream)
                return failure("The facts file " + file + " cannot be opened.");
            std::string text;
            text.resize(maxFactsBytes + 1);
            stream.read(text.data(), static_cast<std::streamsize>(text.size()));
            text.resize(static_cast<std::size_t>(stream.gcount()));
            if (text.size() > maxFactsBytes)
                return failure("The facts file " + file + " is larger than 16 MiB.");
            const auto facts = inventory::readFacts(text, file, changed->observations, changed->diagnostics);
            if (!facts)
                return tl::unexpected(facts.error());
        }
        return read;
    }

}

bool sameSource(const SourceRequest& a, const SourceRequest& b)
{
    if (a.cluster.has_value() != b.cluster.has_value())
        return false;
    if (a.cluster)
        return a.cluster->set == b.cluster->set && a.cluster->context == b.cluster->context
            && a.cluster->kubeconfigs == b.cluster->kubeconfigs;
    return a.paths == b.paths && a.snapshot == b.snapshot && a.practice == b.practice;
}

Loader makeLoader(LoadServices services)
{
    return [services = std::move(services)](const SourceRequest& request, const StopToken& stop,
               const Report& report) { return load(request, stop, report, services); };
}

Result<assessment::AssessmentPtr> load(
    const SourceRequest& request, const StopToken& stop, const Report& report, const LoadServices& services)
{
    std::vector<inventory::Diagnostic> policyDiagnostics;
    auto policy = std::make_shared<posture::Policy>();
    if (!request.policy.empty()) {
        auto read = posture::readPolicy(request.policy, policyDiagnostics);
        if (!read)
            return tl::unexpected(read.error());
        *policy = std::move(*read);
    }
    policy->now = secondsNow();
    auto catalogue = posture::Catalogue::load();
    if (!catalogue)
        return tl::unexpected(catalogue.error());

    auto inventory = request.cluster ? readCluster(request, *policy, stop, report, services)
        : request.snapshot.empty()
        ? readObjects(request, *policy, stop, report)
        : inventory::readSnapshot(request.snapshot, stop).and_then([&request](inventory::InventoryPtr read) {
              return withFacts(std::move(read), request);
          });
    if (!inventory)
        return tl::unexpected(inventory.error());
    if (!policyDiagnostics.empty()) {
        // Nobody else holds it yet.
        auto& into = std::const_pointer_cast<inventory::Inventory>(*inventory)->diagnostics;
        into.insert(into.end(), policyDiagnostics.begin(), policyDiagnostics.end());
    }
    report({ .step = LoadProgress::Step::Assessing, .objects = (*inventory)->objects.size() });
    return assessment::assess(std::move(*inventory), std::move(policy),
        std::make_shared<const posture::Catalogue>(std::move(*catalogue)), stop);
}

} // namespace glacis::workspace
