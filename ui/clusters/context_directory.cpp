// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/context_directory.h>

#include <shell/cluster_colour.h>
#include <shell/settings.h>
#include <workspace/workspace.h>

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <system_error>
#include <thread>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

}

struct ContextDirectory::Run {
    std::atomic<bool> done { false };
    std::thread thread;
};

ContextDirectory::ContextDirectory(ClusterServices services, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_services(std::move(services))
    , m_settings(settings)
    , m_tests(new ConnectionTests(m_services, this))
    , m_book(QFileInfo(settings.fileName()).absolutePath() + u"/clusters.json")
    , m_watch([this] { refresh(); })
{
    tellSettings();
    refresh();
}

ContextDirectory::~ContextDirectory()
{
    delete m_tests; // waits; the services must still be there
    for (const auto& run : m_runs)
        if (run->thread.joinable())
            run->thread.join();
}

void ContextDirectory::refresh()
{
    collect();
    if (!m_services.load)
        return;
    cluster::KubeconfigSources sources;
    for (const QString& path : added())
        sources.added.push_back(path.toStdString());
    const std::uint64_t id = ++m_wanted;
    Run* run = m_runs.emplace_back(std::make_unique<Run>()).get();
    const auto read = [this, run, id, sources, services = m_services] {
        ContextListing listing = listingOf(services.load(sources), services);
        std::vector<std::string> paths;
        if (services.paths)
            paths = services.paths(sources);
        QMetaObject::invokeMethod(
            this,
            [this, id, paths, listing = std::move(listing)]() mutable {
                arrived(id, std::move(listing), std::move(paths));
            },
            Qt::QueuedConnection);
        run->done = true;
    };
    try {
        run->thread = std::thread(read);
    } catch (const std::system_error&) {
        read(); // here instead: the files are small
    }
}

void ContextDirectory::arrived(std::uint64_t run, ContextListing listing, std::vector<std::string> paths)
{
    collect();
    if (run != m_wanted)
        return;
    m_arrived = run;
    m_listing = std::move(listing);
    m_watch.setPaths(std::move(paths));
    Q_EMIT changed();
}

void ContextDirectory::collect()
{
    for (auto it = m_runs.begin(); it != m_runs.end();) {
        if ((*it)->done) {
            if ((*it)->thread.joinable())
                (*it)->thread.join();
            it = m_runs.erase(it);
        } else {
            ++it;
        }
    }
}

QStringList ContextDirectory::added() const { return m_settings.kubeconfigs(); }

void ContextDirectory::add(const QStringList& paths)
{
    QStringList all = added();
    for (const QString& path : paths)
        if (const QString whole = QFileInfo(path).absoluteFilePath(); !all.contains(whole))
            all += whole;
    m_settings.setKubeconfigs(all);
    refresh();
}

void ContextDirectory::remove(const QString& path)
{
    QStringList all = added();
    all.removeAll(path);
    m_settings.setKubeconfigs(all);
    refresh();
}

QString ContextDirectory::addedBy(const std::string& file) const
{
    const QString path = QString::fromStdString(file);
    for (const QString& each : added())
        if (path == each || path.startsWith(each.endsWith(u'/') ? each : QString(each + u'/')))
            return each;
    return {};
}

void ContextDirectory::setNote(const std::string& key, const ClusterNote& note)
{
    if (m_book.note(key) == note)
        return;
    m_book.setNote(key, note);
    Q_EMIT changed();
}

void ContextDirectory::setColour(const std::string& key, int index)
{
    const ContextFacts* context = m_listing.find(key);
    if (!context)
        return;
    m_settings.setClusterColour(sourceKey(contextRequest(context->set, context->name)), index);
    Q_EMIT changed();
}

void ContextDirectory::eraseNotes()
{
    m_book.erase();
    refresh();
    Q_EMIT changed();
}

std::string ContextDirectory::titleOf(const ContextFacts& context) const
{
    const std::string alias = m_book.note(context.key()).alias;
    return alias.empty() ? context.name : alias;
}

bool ContextDirectory::needsReview(const ContextFacts& context) const
{
    return context.outsideHome && m_book.note(context.key()).reviewed != context.fingerprint();
}

void ContextDirectory::setReviewed(const ContextFacts& context)
{
    ClusterNote note = m_book.note(context.key());
    note.reviewed = context.fingerprint();
    setNote(context.key(), note);
}

workspace::SourceRequest contextRequest(const std::string& set, const std::string& context)
{
    workspace::SourceRequest request;
    request.cluster = workspace::ContextRequest { .set = set, .context = context };
    return request;
}

workspace::SourceRequest ContextDirectory::requestFor(const ContextFacts& context) const
{
    const ClusterNote note = m_book.note(context.key());
    workspace::SourceRequest request = contextRequest(context.set, context.name);
    request.cluster->namespaces = note.namespaces;
    request.cluster->secretsInManyNamespaces = note.secretsInManyNamespaces;
    return request;
}

void ContextDirectory::noteScan(const workspace::OpenSource& source)
{
    if (!source.request.cluster || !source.assessment)
        return;
    const std::string key = contextKey(source.request.cluster->set, source.request.cluster->context);
    ClusterNote note = m_book.note(key);
    const std::int64_t time = source.assessment->inventory->source.captureTime;
    note.lastScan = time > 0 ? time : QDateTime::currentSecsSinceEpoch();
    note.score = source.assessment->posture.scores.overall;
    setNote(key, note);
}

ConnectionSettings ContextDirectory::connectionSettings() const
{
    ConnectionSettings settings;
    for (const QString& folder : m_settings.pluginFolders())
        settings.pluginFolders.push_back(folder.toStdString());
    settings.extraCaFile = m_settings.extraCaFile().toStdString();
    settings.askLoginShell = m_settings.asksLoginShell();
    return settings;
}

void ContextDirectory::tellSettings()
{
    if (m_services.settingsChanged)
        m_services.settingsChanged(connectionSettings());
}

} // namespace glacis::ui
