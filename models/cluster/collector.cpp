// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The order of a scan: version, discovery, namespaces; then all other lists from one queue, several at once.
// A list that is forbidden for the whole cluster comes back as one list for each namespace that is known:
// those that could be listed, else those that the person named and that of the context.
#include "collector.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include <base/parallel.h>
#include <base/text.h>
#include <cluster/collect_plan.h>
#include <cluster/deadline.h>
#include <cluster/discovery.h>
#include <cluster/kubeconfig_review.h>
#include <cluster/list_reader.h>
#include <cluster/own_rights.h>
#include <cluster/page_pool.h>
#include <cluster/server_version.h>
#include <inventory/gathering.h>
#include <inventory/import.h>

namespace glacis::cluster {
namespace {

    using inventory::Diagnostic;
    using inventory::Kind;
    using inventory::ReadState;
    using Clock = std::chrono::steady_clock;

    /// Above so many namespaces one list for each of them is no longer polite.
    constexpr std::size_t mostNamespaceLists = 500;

    struct Task {
        std::size_t list = 0; ///< index of the plan
        std::string ns; ///< empty: cluster-wide
    };

    /// What the server says of this identity's rights, asked for beside the lists. Only information: a scan
    /// hardly waits for it.
    class RightsPreview {
    public:
        RightsPreview(ApiClient& client, const Discovery& discovery, const std::string& ns)
            : m_rights(std::async(std::launch::async, [&client, &discovery, &ns, stop = m_stop.token()] {
                return listedRights(client, discovery, ns, stop);
            }))
        {
        }
        ~RightsPreview() { m_stop.requestStop(); } // and the future waits for its end
        RightsPreview(const RightsPreview&) = delete;
        RightsPreview& operator=(const RightsPreview&) = delete;

        /// A sentence on rights that no scan needs; empty where there are none, or no answer came in time.
        [[nodiscard]] std::string excess(const std::string& ns, const StopToken& stop)
        {
            constexpr std::chrono::milliseconds grace { 300 }, look { 20 };
            constexpr std::size_t named = 3;
            const auto end = Clock::now() + grace;
            while (m_rights.wait_for(look) != std::future_status::ready) {
                if (stop.stopRequested() || Clock::now() >= end)
                    return {};
            }
            const std::vector<std::string> excess = m_rights.get().excess;
            std::string words;
            for (std::size_t i = 0; i < std::min(excess.size(), named); ++i)
                words += (i == 0 ? "" : ", ") + excess[i];
            if (excess.size() > named)
                words += " and " + std::to_string(excess.size() - named) + " more";
            return words.empty()
                ? words
                : "more rights than needed: this identity may also " + words + " (in namespace "
                    + printable(ns) + "), and the scanner role (glacis role) goes without";
        }

    private:
        StopSource m_stop;
        std::future<OwnRights> m_rights;
    };

    class Collector {
    public:
        Collector(ApiClient& client, const CollectOptions& options, const StopToken& stop)
            : m_client(client)
            , m_options(options)
            , m_stop(stop)
            , m_gathering(options.rules)
            , m_patience(options.patience)
        {
        }

        Result<inventory::InventoryPtr> run()
        {
            step(CollectProgress::Step::Connecting);
            const ServerVersion version = serverVersion(m_client, m_stop);
            if (version.failure != Failure::None && !mayGoOn(version.failure))
                return failure(version.message);
            step(CollectProgress::Step::Discovering);
            const Discovery discovery = discover(m_client, m_stop);
            if (discovery.failure != Failure::None && !mayGoOn(discovery.failure))
                return failure(discovery.message);
            noteDiscovery(discovery);
            m_lists = planLists(discovery);
            const std::string& ns = m_options.context.ns;
            RightsPreview preview(m_client, discovery, ns);
            {
                PagePool pool(m_gathering, decodingThreads());
                listAll(pool);
            }
            if (const std::string excess = preview.excess(ns, m_stop); !excess.empty())
                m_gathering.say({ Diagnostic::Level::Info, {}, 0, 0, {}, excess });
            if (m_stop.stopRequested())
                return failure("cancelled");
            if (nothingRead())
                return failure(nothingReadText());
            step(CollectProgress::Step::Joining);
            return finish(version);
        }

    private:
        /// One core stays for the network.
        [[nodiscard]] static unsigned decodingThreads()
        {
            return std::clamp(defaultThreadCount() - 1, 1U, 4U);
        }

        /// 403 and 404 on the way in are no reason to stop: the lists themselves will tell.
        static bool mayGoOn(Failure failure)
        {
            return failure == Failure::Forbidden || failure == Failure::NotFound;
        }

        // ---- lists

        void listAll(PagePool& pool)
        {
            step(CollectProgress::Step::Listing);
            ListContext context { m_client, m_gathering, pool, m_patience, std::max(1U, m_options.pageSize),
                [this] { progress({}); } };
            const auto namespaceList = std::find_if(m_lists.begin(), m_lists.end(),
                [](const PlannedList& l) { return l.row->kind == Kind::Namespace; });
            {
                const std::lock_guard lock(m_mutex);
                m_total = static_cast<std::uint32_t>(std::count_if(
                    m_lists.begin(), m_lists.end(), [](const PlannedList& l) { return l.wanted(); }));
            }
            const auto namespacesAt = static_cast<std::size_t>(namespaceList - m_lists.begin());
            if (namespaceList != m_lists.end() && namespaceList->wanted())
                perform(context, { namespacesAt, {} });
            chooseNamespaces();
            for (std::size_t i = 0; i < m_lists.size(); ++i) {
                if (i == namespacesAt || !m_lists[i].wanted())
                    continue;
                if (m_lists[i].row->kind == Kind::Secret)
                    addSecrets(i);
                else
                    m_tasks.push_back({ i, {} });
            }
            std::vector<std::thread> threads;
            for (unsigned i = 0; i < std::max(1U, m_options.lists); ++i)
                threads.emplace_back([&] { work(context); });
            for (std::thread& thread : threads)
                thread.join();
        }

        void work(const ListContext& context)
        {
            Task task;
            while (take(task)) {
                perform(context, task);
                const std::lock_guard lock(m_mutex);
                --m_busy;
                m_moreTasks.notify_all();
            }
        }

        /// A task that runs may add others: only when none runs and none waits is all done.
        bool take(Task& task)
        {
            std::unique_lock lock(m_mutex);
            m_moreTasks.wait(lock, [&] { return !m_tasks.empty() || m_busy == 0 || m_stop.stopRequested(); });
            if (m_tasks.empty() || m_stop.stopRequested()) {
                m_moreTasks.notify_all();
                return false;
            }
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
            ++m_busy;
            return true;
        }

        void perform(const ListContext& context, const Task& task)
        {
            const PlannedList& list = m_lists[task.list];
            progress(list.row->resource);
            const ListTarget target = list.target(task.ns);
            const ListOutcome outcome = readList(context, target, m_stop);
            {
                const std::lock_guard lock(m_mutex);
                take(task, target, outcome);
                ++m_done;
            }
            progress({});
        }

        void take(const Task& task, const ListTarget& target, const ListOutcome& outcome)
        {
            PlannedList& list = m_lists[task.list];
            const auto fail = [&](ReadState state, const std::string& reason) {
                list.state = state;
                list.reason = reason;
            };
            if (outcome.inconsistent)
                m_gathering.say({ Diagnostic::Level::Warning, target.path, 0, 0, {},
                    "the list expired on its way: its pages are of different moments" });
            switch (outcome.failure) {
            case Failure::Cancelled:
                return;
            case Failure::None:
                list.read += task.ns.empty() ? 0 : 1;
                if (list.state == ReadState::NotAsked)
                    list.state = ReadState::Read;
                return;
            case Failure::Forbidden:
            case Failure::Unauthorized:
                if (!task.ns.empty())
                    list.missing.insert(task.ns);
                else if (outcome.failure == Failure::Forbidden && list.row->namespaced && narrow(task.list))
                    return;
                if (list.state != ReadState::Failed)
                    fail(ReadState::Forbidden,
                        outcome.failure == Failure::Unauthorized ? outcome.message : std::string());
                return;
            case Failure::NotFound:
                if (task.ns.empty())
                    fail(ReadState::Absent, "the server knows no " + std::string(list.row->resource));
                return; // a namespace that went away in the meantime holds nothing
            default:
                fail(ReadState::Failed,
                    std::string(list.row->resource) + " could not be read whole: " + outcome.message);
                m_gathering.say({ Diagnostic::Level::Error, target.path, 0, 0, {},
                    "could not be read whole: " + outcome.message
                        + (outcome.detail.empty() ? "" : " (" + outcome.detail + ")") });
            }
        }

        /// Forbidden for all namespaces at once: asks for each of them. False when none is known.
        bool narrow(std::size_t index)
        {
            if (m_namespaces.empty())
                return false;
            PlannedList& list = m_lists[index];
            list.state = ReadState::Forbidden; // absence will not be known: namespaces may be missing
            for (const std::string& ns : m_namespaces)
                m_tasks.push_back({ index, ns });
            m_total += static_cast<std::uint32_t>(m_namespaces.size());
            m_moreTasks.notify_all();
            return true;
        }

        /// Namespaces to ask one by one, where that is needed.
        void chooseNamespaces()
        {
            m_allNamespaces = m_gathering.namespaces();
            m_namespaces = m_allNamespaces;
            const bool known = !m_allNamespaces.empty();
            if (m_namespaces.size() > mostNamespaceLists)
                m_namespaces.clear();
            if (m_namespaces.empty()) {
                m_namespaces = m_options.namespaces;
                m_namespaces.push_back(m_options.context.ns.empty() ? "default" : m_options.context.ns);
            }
            std::sort(m_namespaces.begin(), m_namespaces.end());
            m_namespaces.erase(std::unique(m_namespaces.begin(), m_namespaces.end()), m_namespaces.end());
            if (!known)
                m_allNamespaces = m_namespaces;
            m_namespacesKnown = known;
        }

        /// Always by namespace: the Table form does not say of which one a row is.
        void addSecrets(std::size_t index)
        {
            PlannedList& list = m_lists[index];
            const bool tooMany
                = m_allNamespaces.size() > mostNamespaceLists && !m_options.secretsInManyNamespaces;
            const std::vector<std::string>& namespaces = tooMany ? m_options.namespaces : m_allNamespaces;
            if (tooMany || !m_namespacesKnown) {
                list.state = ReadState::Forbidden;
                if (tooMany)
                    list.reason = "names of Secrets take one request for each of the "
                        + std::to_string(m_allNamespaces.size())
                        + " namespaces; above 500 they are asked for only when chosen";
            }
            for (const std::string& ns : namespaces)
                m_tasks.push_back({ index, ns });
            m_total += static_cast<std::uint32_t>(namespaces.size()) - 1;
        }

        // ---- the end

        [[nodiscard]] bool nothingRead() const
        {
            return std::none_of(m_lists.begin(), m_lists.end(),
                [](const PlannedList& l) { return l.state == ReadState::Read || l.read > 0; });
        }

        [[nodiscard]] std::string nothingReadText() const
        {
            for (const PlannedList& list : m_lists) {
                if (list.state == ReadState::Failed && list.wanted())
                    return "Nothing could be read: " + list.reason;
            }
            return "The server refuses every list to this identity (403). The rights that a scan needs: "
                   "glacis role";
        }

        Result<inventory::InventoryPtr> finish(const ServerVersion& version)
        {
            for (const std::string& warning : m_client.warnings())
                m_gathering.say({ Diagnostic::Level::Info, {}, 0, 0, {}, "the server warns: " + warning });
            inventory::Source source;
            source.kind = "context";
            source.name = m_options.context.context;
            source.scope = inventory::Scope::Cluster;
            source.captureTime = static_cast<std::int64_t>(std::time(nullptr));
            source.serverVersion = version.gitVersion;
            source.apiServer = m_options.context.cluster.server;
            for (PlannedList& list : m_lists) {
                // Forbidden at once, but permitted in each namespace that there is.
                if (list.state == ReadState::Forbidden && m_namespacesKnown && list.missing.empty()
                    && list.read == m_allNamespaces.size())
                    list.state = ReadState::Read;
            }
            const std::int64_t now = source.captureTime;
            auto inventory = m_gathering.finish(std::move(source), coverageOf(m_lists));
            addKubeconfigFacts(m_options.context, now, inventory->observations);
            if (auto read = inventory::readFactsFiles(m_options.factsFiles, *inventory); !read)
                return tl::unexpected(read.error());
            return inventory::InventoryPtr(std::move(inventory));
        }

        void noteDiscovery(const Discovery& discovery)
        {
            if (discovery.failure != Failure::None)
                m_gathering.say({ Diagnostic::Level::Warning, {}, 0, 0, {},
                    "the list of served resources could not be read; the usual ones were tried: "
                        + discovery.message });
            for (const std::string& dead : discovery.deadGroups)
                m_gathering.say({ Diagnostic::Level::Info, {}, 0, 0, {},
                    "the API " + printable(dead) + " is registered, but does not answer" });
        }

        // ---- progress

        void step(CollectProgress::Step step)
        {
            {
                const std::lock_guard lock(m_progressMutex);
                m_step = step;
                m_lastProgress = {};
            }
            progress({});
        }

        void progress(std::string_view current)
        {
            if (!m_options.progress)
                return;
            CollectProgress now;
            {
                const std::lock_guard lock(m_mutex);
                now.listsDone = m_done;
                now.listsTotal = m_total;
            }
            const std::lock_guard lock(m_progressMutex);
            if (!current.empty())
                m_current = current;
            if (Clock::now() - m_lastProgress < std::chrono::milliseconds(50))
                return;
            m_lastProgress = Clock::now();
            const ApiClient::Figures figures = m_client.figures();
            now.step = m_step;
            now.objects = m_gathering.objects();
            now.requests = figures.requests;
            now.bytes = figures.bytesReceived;
            now.current = m_current;
            m_options.progress(now);
        }

        ApiClient& m_client;
        const CollectOptions& m_options;
        const StopToken& m_stop;
        inventory::Gathering m_gathering;
        Patience m_patience;

        std::mutex m_mutex; ///< of the lists, tasks and counts below
        std::condition_variable m_moreTasks;
        std::vector<PlannedList> m_lists;
        std::deque<Task> m_tasks;
        std::uint32_t m_busy = 0, m_done = 0, m_total = 0;
        std::vector<std::string> m_allNamespaces; ///< of the cluster, or what was named when they are unknown
        std::vector<std::string> m_namespaces; ///< to ask one by one
        bool m_namespacesKnown = false;

        std::mutex m_progressMutex;
        CollectProgress::Step m_step = CollectProgress::Step::Connecting;
        std::string m_current;
        Clock::time_point m_lastProgress;
    };

} // namespace

Result<inventory::InventoryPtr> collect(
    ApiClient& client, const CollectOptions& options, const StopToken& stop)
{
    const Deadline deadline(stop, options.timeout);
    auto inventory = Collector(client, options, deadline.token()).run();
    if (!inventory && deadline.isOver() && !stop.stopRequested())
        return failure("The scan was not done within " + std::to_string(options.timeout.count())
            + " s and was stopped.");
    return inventory;
}

} // namespace glacis::cluster
