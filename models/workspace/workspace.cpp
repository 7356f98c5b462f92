// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <workspace/workspace.h>

#include <QMetaObject>

#include <algorithm>
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

const SourceRequest& Workspace::request() const
{
    static const SourceRequest none;
    return m_current >= 0 ? m_open[now()].request : none;
}

const LoadProgress& Workspace::progress() const
{
    static const LoadProgress none;
    return m_current >= 0 ? m_open[now()].progress : none;
}

const SourceRequest& Workspace::shownRequest() const { return m_shown ? m_shownRequest : request(); }

int Workspace::indexOf(const SourceRequest& request) const
{
    for (std::size_t i = 0; i < m_open.size(); ++i)
        if (sameSource(m_open[i].request, request))
            return static_cast<int>(i);
    return -1;
}

int Workspace::indexOfJob(std::uint64_t job) const
{
    for (std::size_t i = 0; i < m_loads.size(); ++i)
        if (m_loads[i] == job)
            return static_cast<int>(i);
    return -1;
}

void Workspace::open(SourceRequest request)
{
    collect();
    int index = indexOf(request);
    if (index < 0) {
        m_open.push_back({});
        m_loads.push_back(0);
        index = static_cast<int>(m_open.size()) - 1;
    }
    m_open[static_cast<std::size_t>(index)].request = std::move(request);
    m_current = index;
    dropAbandoned();
    const assessment::AssessmentPtr before = m_shown;
    makeCurrent(m_current);
    const std::uint64_t job = m_lastJob;
    if (m_shown != before)
        Q_EMIT assessmentReady(); // open already: in view while it is read anew
    if (m_lastJob == job && m_current >= 0) // else a slot opened something
        start(now());
}

/// A file that is opened and never read gives way to the next one, as does what could not be read.
void Workspace::dropAbandoned()
{
    for (std::size_t i = m_open.size(); i-- > 0;)
        if (static_cast<int>(i) != m_current && !m_open[i].assessment
            && (!m_open[i].loading || !m_open[i].request.cluster))
            drop(i);
}

void Workspace::drop(std::size_t index)
{
    stopLoad(index);
    assessment::AssessmentPtr old = std::move(m_open[index].assessment);
    const auto at = static_cast<std::ptrdiff_t>(index);
    m_open.erase(m_open.begin() + at);
    m_loads.erase(m_loads.begin() + at);
    if (m_current > static_cast<int>(index))
        --m_current;
    else if (m_current == static_cast<int>(index))
        m_current = -1;
    if (old != m_shown)
        retire(std::move(old));
}

/// What is shown follows, where there is something to show.
void Workspace::makeCurrent(int index)
{
    m_current = index;
    if (index < 0) {
        m_shown = nullptr;
        m_shownRequest = {};
    } else if (const OpenSource& source = m_open[now()]; source.assessment) {
        m_shown = source.assessment;
        m_shownRequest = source.request;
    }
}

void Workspace::start(std::size_t index)
{
    stopLoad(index); // superseded: its result will find that it is no longer the job that counts
    const std::uint64_t id = ++m_lastJob;
    m_loads[index] = id;
    m_open[index].loading = true;
    m_open[index].progress = {};
    m_open[index].failure.clear();
    Q_EMIT loadingStarted();
    Q_EMIT sourcesChanged();
    const int place = indexOfJob(id);
    if (place < 0) // a slot cancelled or opened something else
        return;
    Job* job = m_jobs.emplace_back(std::make_unique<Job>()).get();
    job->id = id;
    const auto run
        = [this, job, id, loader = m_loader, wanted = m_open[static_cast<std::size_t>(place)].request] {
              const auto report = [this, id](const LoadProgress& progress) {
                  QMetaObject::invokeMethod(
                      this,
                      [this, id, progress] {
                          const int at = indexOfJob(id);
                          if (at < 0)
                              return;
                          m_open[static_cast<std::size_t>(at)].progress = progress;
                          if (at == m_current)
                              Q_EMIT progressed(progress);
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
    if (m_current >= 0)
        start(now());
}

void Workspace::cancel()
{
    if (!isLoading())
        return;
    stopLoad(now());
    Q_EMIT loadingCancelled();
    Q_EMIT sourcesChanged();
}

void Workspace::show(std::size_t index)
{
    if (index >= m_open.size() || static_cast<int>(index) == m_current)
        return;
    makeCurrent(static_cast<int>(index));
    if (m_open[index].assessment)
        Q_EMIT assessmentReady();
    else if (m_open[index].loading)
        Q_EMIT loadingStarted();
    else
        Q_EMIT loadingFailed(QString::fromStdString(m_open[now()].failure));
    Q_EMIT sourcesChanged();
}

void Workspace::closeSource(std::size_t index)
{
    if (index >= m_open.size())
        return;
    const bool wasCurrent = static_cast<int>(index) == m_current;
    const bool wasShown = m_shown && m_open[index].assessment == m_shown;
    assessment::AssessmentPtr held = m_shown; // until the pages have let go of it
    drop(index);
    if (wasShown)
        m_shown = nullptr;
    if (wasCurrent)
        makeCurrent(neighbourOf(index));
    if ((wasCurrent || wasShown) && m_shown)
        Q_EMIT assessmentReady();
    else if (wasShown)
        Q_EMIT emptied();
    Q_EMIT sourcesChanged();
    if (wasShown)
        retire(std::move(held));
}

/// The one to show when that at `index` is gone: the one before it, rather one that was read.
int Workspace::neighbourOf(std::size_t index) const
{
    const int count = static_cast<int>(m_open.size());
    const int near = std::clamp(static_cast<int>(index) - 1, 0, std::max(0, count - 1));
    if (count == 0 || m_open[static_cast<std::size_t>(near)].assessment)
        return count == 0 ? -1 : near;
    const auto read = std::find_if(
        m_open.begin(), m_open.end(), [](const OpenSource& s) { return s.assessment != nullptr; });
    return read == m_open.end() ? near : static_cast<int>(read - m_open.begin());
}

void Workspace::stopLoad(std::size_t index)
{
    for (const auto& job : m_jobs)
        if (m_loads[index] != 0 && job->id == m_loads[index])
            job->stop.requestStop();
    m_loads[index] = 0;
    m_open[index].loading = false;
}

void Workspace::finished(std::uint64_t job, Result<assessment::AssessmentPtr> result)
{
    const int place = indexOfJob(job);
    if (place < 0) {
        if (result)
            retire(std::move(*result));
        collect();
        return;
    }
    const auto index = static_cast<std::size_t>(place);
    const bool current = place == m_current;
    m_loads[index] = 0;
    m_open[index].loading = false;
    if (result) {
        assessment::AssessmentPtr old = std::exchange(m_open[index].assessment, std::move(*result));
        assessment::AssessmentPtr before = m_shown;
        if (current)
            makeCurrent(place);
        const OpenSource read = m_open[index]; // a slot may open or close
        Q_EMIT sourceRead(read);
        if (current)
            Q_EMIT assessmentReady();
        before.reset();
        retire(std::move(old));
    } else {
        m_open[index].failure = result.error().message;
        const OpenSource broken = m_open[index];
        if (current)
            Q_EMIT loadingFailed(QString::fromStdString(result.error().message));
        else
            Q_EMIT sourceFailed(broken);
    }
    Q_EMIT sourcesChanged();
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
