// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/source.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <inventory/practice.h>
#include <inventory/snapshot.h>

namespace glacis::app {
namespace {
    using inventory::Inventory;
    using inventory::InventoryPtr;

    constexpr std::uintmax_t LargestFacts = 64U << 20;

    Result<std::string> readFile(const std::string& file)
    {
        const std::filesystem::path path(std::u8string(file.begin(), file.end()));
        std::error_code error;
        if (std::filesystem::is_directory(path, error))
            return failure("cannot read " + file + ": it is a folder");
        if (const auto size = std::filesystem::file_size(path, error); !error && size > LargestFacts)
            return failure("cannot read " + file + ": larger than 64 MiB");
        std::ifstream stream(path, std::ios::binary);
        std::stringstream text;
        if (stream)
            text << stream.rdbuf();
        if (!stream)
            return failure("cannot read " + file);
        return text.str();
    }

    /// A snapshot with what the options add to it.
    Result<InventoryPtr> loadSnapshot(const Options& options, const StopToken& stop)
    {
        auto read = inventory::readSnapshot(options.snapshot, stop);
        if (!read || (options.facts.empty() && !options.scope))
            return read;
        auto changed = std::make_shared<Inventory>(**read);
        if (options.scope)
            changed->source.scope = *options.scope;
        for (const std::string& file : options.facts) {
            const auto text = readFile(file);
            if (!text)
                return tl::unexpected(text.error());
            if (auto added = inventory::readFacts(*text, file, changed->observations, changed->diagnostics);
                !added)
                return tl::unexpected(added.error());
        }
        return changed;
    }

    /// Some object, or an (empty) list of a known kind.
    bool holdsAnything(const Inventory& inventory)
    {
        const auto isReal = [](const inventory::Object& o) { return !o.assumed; };
        const auto isRead
            = [](const inventory::KindCoverage& k) { return k.state == inventory::ReadState::Read; };
        return std::any_of(inventory.objects.begin(), inventory.objects.end(), isReal)
            || std::any_of(inventory.coverage.kinds.begin(), inventory.coverage.kinds.end(), isRead);
    }
}

Result<posture::Policy> loadPolicy(const Options& options, std::vector<inventory::Diagnostic>& diagnostics)
{
    posture::Policy policy;
    if (!options.policy.empty()) {
        auto read = posture::readPolicy(options.policy, diagnostics);
        if (!read)
            return read;
        policy = std::move(*read);
    }
    policy.now = static_cast<std::int64_t>(std::time(nullptr));
    return policy;
}

Result<InventoryPtr> loadSource(const Options& options, const posture::Policy& policy, const StopToken& stop,
    const SourceProgress& progress)
{
    if (!options.snapshot.empty())
        return loadSnapshot(options, stop);
    if (readsCluster(options))
        return loadCluster(options, policy, stop, progress);
    inventory::ImportOptions import;
    import.rules = policy.credentialRules;
    import.scope = options.scope;
    import.factsFiles = options.facts;
    import.threads = options.threads;
    import.stop = stop;
    import.progress = progress.importing;
    if (!options.practice.empty())
        return inventory::loadPractice(options.practice, import);
    auto read = inventory::importPaths(options.paths, import);
    if (read && !holdsAnything(**read)) {
        std::string message = "no Kubernetes object could be read from " + sourceArgument(options);
        const auto& diagnostics = (*read)->diagnostics;
        const auto first = std::max_element(diagnostics.begin(), diagnostics.end(),
            [](const auto& a, const auto& b) { return a.level < b.level; });
        if (first != diagnostics.end()) {
            message += " (";
            if (!first->file.empty())
                message += first->file + (first->line ? ":" + std::to_string(first->line) : "") + ": ";
            message += first->message + ")";
        }
        return failure(message);
    }
    return read;
}

} // namespace glacis::app
