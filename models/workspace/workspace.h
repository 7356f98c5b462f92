// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person has open: one source and its assessment. The only object that pages observe.
//
//     Workspace workspace;
//     connect(&workspace, &Workspace::assessmentReady, page, [&] { page->show(workspace.assessment()); });
//     workspace.open({ .paths = { "dump/" } });
//
// Reading and assessing happen on a thread of their own; results arrive whole, in one signal, on the thread
// that owns the Workspace. A newer load supersedes an older one, cancel() answers at once, the destructor
// stops and waits.
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

#include <QObject>
#include <QString>

namespace glacis::workspace {

/// What to load. Either paths, a snapshot or a practice cluster.
struct SourceRequest {
    std::vector<std::string> paths;
    std::string snapshot;
    std::vector<std::string> facts;
    std::string policy; ///< file; empty: no policy
    std::optional<inventory::Scope> scope;
    std::string practice {}; ///< name of a practice cluster
    [[nodiscard]] bool empty() const { return paths.empty() && snapshot.empty() && practice.empty(); }
};

struct LoadProgress {
    enum class Step : std::uint8_t { Reading, Assessing };
    Step step = Step::Reading;
    std::uint64_t bytesDone = 0;
    std::uint64_t bytesTotal = 0; ///< 0 when unknown
    std::uint64_t objects = 0;
    std::string file;
};

/// Turns a request into an assessment; blocking, on a worker thread. Replaceable, so that tests need no
/// files.
using Loader = std::function<Result<assessment::AssessmentPtr>(
    const SourceRequest&, const StopToken&, const std::function<void(const LoadProgress&)>&)>;
/// Imports or reads the snapshot, reads facts and policy, then assesses.
[[nodiscard]] Result<assessment::AssessmentPtr> load(const SourceRequest& request, const StopToken& stop,
    const std::function<void(const LoadProgress&)>& progress);

class Workspace : public QObject {
    Q_OBJECT
public:
    explicit Workspace(Loader loader = load, QObject* parent = nullptr);
    ~Workspace() override;

    void open(SourceRequest request);
    void reload(); ///< the request of the last open(); nothing when there was none
    void cancel(); ///< keeps what was shown before

    [[nodiscard]] bool isLoading() const { return m_current != 0; }
    [[nodiscard]] const LoadProgress& progress() const { return m_progress; }
    [[nodiscard]] const SourceRequest& request() const { return m_request; } ///< of the last open()
    /// nullptr until a source was read; stays while a newer one is loading or has failed.
    [[nodiscard]] assessment::AssessmentPtr assessment() const { return m_assessment; }

Q_SIGNALS:
    void loadingStarted();
    void progressed(const glacis::workspace::LoadProgress& progress);
    void assessmentReady();
    void loadingFailed(const QString& reason);
    void loadingCancelled();

private:
    struct Job;
    void finished(std::uint64_t job, Result<assessment::AssessmentPtr> result);
    void retire(assessment::AssessmentPtr old);
    void collect();
    void requestStop();
    Loader m_loader;
    SourceRequest m_request;
    LoadProgress m_progress;
    assessment::AssessmentPtr m_assessment;
    std::uint64_t m_current = 0; ///< id of the job that counts; 0: none
    std::uint64_t m_lastJob = 0;
    std::list<std::unique_ptr<Job>> m_jobs; ///< running, superseded and winding down
};

} // namespace glacis::workspace
