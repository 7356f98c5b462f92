// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person has open: several sources, each with its assessment, one of them shown. The only object that
// pages observe.
//
//     Workspace workspace;
//     connect(&workspace, &Workspace::assessmentReady, page, [&] { page->show(workspace.assessment()); });
//     workspace.open({ .paths = { "dump/" } });
//     workspace.show(0);                                 // another one that is open: at once
//
// Reading and assessing happen on a thread of each load's own; results arrive whole, in one signal, on the
// thread that owns the Workspace. A newer load of a source supersedes its older one; loads of different
// sources go on beside each other, but a file that was never shown gives way to the next that is opened.
// cancel() answers at once, the destructor stops and waits.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <assessment/assessment.h>
#include <base/result.h>
#include <base/stop_token.h>
#include <workspace/source_request.h>

#include <QObject>
#include <QString>

namespace glacis::workspace {

struct LoadProgress {
    enum class Step : std::uint8_t { Reading, Assessing, Connecting, Discovering, Listing };
    Step step = Step::Reading;
    std::uint64_t bytesDone = 0;
    std::uint64_t bytesTotal = 0; ///< 0 when unknown
    std::uint64_t objects = 0;
    std::string file {}; ///< while a cluster is read: the resource, "pods"; outside text
    std::uint32_t listsDone = 0, listsTotal = 0; ///< of a cluster; total 0: not known yet
    std::uint64_t requests = 0;
    std::string waiting {}; ///< the server asked to slow down: its sentence; empty: it did not
};
using Report = std::function<void(const LoadProgress&)>;

/// Turns a request into an assessment; blocking, on a worker thread, several at once. Replaceable, so that
/// tests need no files.
using Loader
    = std::function<Result<assessment::AssessmentPtr>(const SourceRequest&, const StopToken&, const Report&)>;

/// What load() cannot do by itself.
struct LoadServices {
    /// Reads a context into an Inventory: ends within a second of the token ("cancelled"). Unset: fails.
    std::function<Result<inventory::InventoryPtr>(
        const SourceRequest&, const posture::Policy&, const StopToken&, const Report&)>
        readCluster;
};
/// Imports, reads the snapshot or the cluster, reads facts and policy, then assesses.
[[nodiscard]] Result<assessment::AssessmentPtr> load(const SourceRequest& request, const StopToken& stop,
    const Report& progress, const LoadServices& services = {});
/// load() with these services, as a Workspace wants it.
[[nodiscard]] Loader makeLoader(LoadServices services = {});

/// One that is open.
struct OpenSource {
    SourceRequest request;
    assessment::AssessmentPtr assessment; ///< nullptr until it was read
    bool loading = false;
    LoadProgress progress; ///< of the load under way, or the last one
    std::string failure; ///< why the last load failed; empty: it did not
};

class Workspace : public QObject {
    Q_OBJECT
public:
    explicit Workspace(Loader loader = makeLoader(), QObject* parent = nullptr);
    ~Workspace() override;

    /// Shows it and reads it, also when it is open already.
    void open(SourceRequest request);
    void reload(); ///< the one that request() names; nothing when there is none
    void cancel(); ///< of that one; keeps what was shown before
    void show(std::size_t index); ///< of opened(); at once, reads nothing
    /// Stops its load and lets go of it; the one before it is shown when it was shown.
    void closeSource(std::size_t index);

    [[nodiscard]] const std::vector<OpenSource>& opened() const { return m_open; } ///< as they were opened
    /// Index into opened() of the one that was asked for last; -1: none.
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] int indexOf(const SourceRequest& request) const; ///< by sameSource(); -1: not open

    // ---- of the current one
    [[nodiscard]] bool isLoading() const { return m_current >= 0 && m_open[now()].loading; }
    [[nodiscard]] const LoadProgress& progress() const;
    [[nodiscard]] const SourceRequest& request() const;
    /// nullptr until a source was read. While the current one is read for the first time, or could not be,
    /// what was shown before stays.
    [[nodiscard]] assessment::AssessmentPtr assessment() const { return m_shown; }
    [[nodiscard]] const SourceRequest& shownRequest() const; ///< that assessment() answers

Q_SIGNALS:
    void loadingStarted(); ///< of the current one
    void progressed(const glacis::workspace::LoadProgress& progress); ///< of the current one
    void emptied(); ///< nothing is shown any more: assessment() is nullptr
    void assessmentReady(); ///< assessment() answers anew: read, or shown again
    void loadingFailed(const QString& reason); ///< of the current one
    void loadingCancelled(); ///< of the current one
    void sourcesChanged(); ///< opened() or current() answers anew; not for progress
    void sourceRead(const glacis::workspace::OpenSource& source); ///< any of them, before assessmentReady
    void sourceFailed(const glacis::workspace::OpenSource& source); ///< any but the current one

private:
    struct Job;
    [[nodiscard]] std::size_t now() const { return static_cast<std::size_t>(m_current); }
    void start(std::size_t index);
    void stopLoad(std::size_t index);
    void drop(std::size_t index);
    void dropAbandoned();
    void makeCurrent(int index);
    [[nodiscard]] int neighbourOf(std::size_t index) const;
    [[nodiscard]] int indexOfJob(std::uint64_t job) const;
    void finished(std::uint64_t job, Result<assessment::AssessmentPtr> result);
    void retire(assessment::AssessmentPtr old);
    void collect();
    Loader m_loader;
    std::vector<OpenSource> m_open;
    std::vector<std::uint64_t> m_loads; ///< beside m_open: id of the job that counts; 0: none
    int m_current = -1;
    assessment::AssessmentPtr m_shown;
    SourceRequest m_shownRequest;
    std::uint64_t m_lastJob = 0;
    std::list<std::unique_ptr<Job>> m_jobs; ///< running, superseded and winding down
};

} // namespace glacis::workspace
