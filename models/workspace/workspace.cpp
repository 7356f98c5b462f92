// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <workspace/workspace.h>

#include <QMetaObject>

#include <atomic>
#include <system_error>
#include <thread>

namespace glacis::workspace {

struct Workspace::Job {
    std::uint64_t id = 0; ///< never used twice, so that late results of gone jobs are told apart
    StopSource stop;
    std::atomic<bool> done { false };
    std::thread thread;
};

Workspace::Workspace(Loader loader, QObject* parent)
    : QObject(parent)
    , m_loader(std::move(loader))
{
}

Workspace::~Workspace()
{
    for (const auto& job : m_jobs)
        job->stop.requestStop();
    for (const auto& job : m_jobs)
        if (job->thread.joinable())
            job->thread.join();
}

void Workspace::open(SourceRequest request)
{
    requestStop(); // superseded: its result will find that it is no longer the current job
    collect();
    m_request = std::move(request);
    m_progress = {};
    const std::uint64_t id = ++m_lastJob;
    m_current = id;
    Q_EMIT loadingStarted();
    if (m_current != id) // a slot cancelled or opened something else
        return;
    Job* job = m_jobs.emplace_back(std::make_unique<Job>()).get();
    job->id = id;
    const auto run = [this, job, id, loader = m_loader, wanted = m_request] {
        const auto report = [this, id](const LoadProgress& progress) {
            QMetaObject::invokeMethod(
                this,
                [this, id, progress] {
                    if (m_current == id)
                        Q_EMIT progressed(m_progress = progress);
                },
                Qt::QueuedConnection);
        };
        Result<assessment::AssessmentPtr> result = loader(wanted, job->stop.token(), report);
        // The destructor joins before QObject goes, so `this` outlives the post.
        QMetaObject::invokeMethod(
            this, [this, id, result = std::move(result)]() mutable { finished(id, std::move(result)); },
            Qt::QueuedConnection);
        job->done = true;
    };
    try {
        job->thread = std::thread(run);
    } catch (const std::system_error& error) {
        job->done = true;
        finished(id, failure(std::string("No thread could be started to read the source: ") + error.what()));
    }
}

void Workspace::reload()
{
    if (!m_request.empty())
        open(m_request);
}

void Workspace::cancel()
{
    if (!m_current)
        return;
    requestStop();
    m_current = 0;
    Q_EMIT loadingCancelled();
}

void Workspace::requestStop()
{
    for (const auto& job : m_jobs)
        if (job->id == m_current)
            job->stop.requestStop();
}

void Workspace::finished(std::uint64_t job, Result<assessment::AssessmentPtr> result)
{
    const bool current = job == m_current;
    if (current)
        m_current = 0;
    if (!current) {
        if (result)
            retire(std::move(*result));
    } else if (result) {
        auto old = std::exchange(m_assessment, std::move(*result));
        Q_EMIT assessmentReady();
        retire(std::move(old));
    } else {
        Q_EMIT loadingFailed(QString::fromStdString(result.error().message));
    }
    collect();
}

/// Freeing a cluster of a hundred thousand pods takes a while: not on the caller's thread. By now the pages
/// have let go of it, so that this is the last hold.
void Workspace::retire(assessment::AssessmentPtr old)
{
    if (!old || old->inventory == nullptr || old->inventory->objects.size() < 5000)
        return;
    auto job = std::make_unique<Job>();
    Job* raw = job.get();
    try {
        job->thread = std::thread([raw, held = std::move(old)]() mutable {
            held.reset();
            raw->done = true;
        });
    } catch (const std::system_error&) {
        return; // freed here instead
    }
    m_jobs.push_back(std::move(job));
}

void Workspace::collect()
{
    for (auto it = m_jobs.begin(); it != m_jobs.end();) {
        if ((*it)->done) {
            if ((*it)->thread.joinable())
                (*it)->thread.join();
            it = m_jobs.erase(it);
        } else {
            ++it;
        }
    }
}

} // namespace glacis::workspace
