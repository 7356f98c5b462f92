// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cluster/kubeconfig_watch.h>

#include <map>

#include <QDateTime>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <cluster/kubeconfig_file.h>

namespace glacis::cluster {
namespace {

    constexpr std::chrono::milliseconds longest { 2000 }; // when changes do not cease

    /// What distinguishes a file from what it was. A folder's time changes when a file in it comes or goes:
    /// an added folder may hold a new kubeconfig then.
    struct Stamp {
        qint64 size = -1; ///< -1: absent
        qint64 modified = 0;
        qint64 changed = 0; ///< also when the mode changes
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };

    QString qt(const std::string& path)
    {
        return QString::fromUtf8(path.data(), static_cast<qsizetype>(path.size()));
    }

    Stamp stampOf(const std::string& path)
    {
        QFileInfo info(qt(path));
        if (!info.exists())
            return {};
        return { info.isDir() ? 0 : info.size(), info.lastModified().toMSecsSinceEpoch(),
            info.metadataChangeTime().toMSecsSinceEpoch() };
    }

    /// The path itself, else the nearest folder above it that exists.
    std::string nearestExisting(std::string path)
    {
        while (!path.empty() && !QFileInfo::exists(qt(path))) {
            std::string parent = folderOf(path);
            if (parent == path)
                return {};
            path = std::move(parent);
        }
        return path;
    }

} // namespace

struct KubeconfigWatch::State {
    QObject context;
    QFileSystemWatcher watcher;
    QTimer timer;
    QElapsedTimer sinceFirst; ///< event that was not told yet
    std::vector<std::string> paths;
    std::map<std::string, Stamp> stamps;
    std::function<void()> changed;

    void happened()
    {
        if (!timer.isActive())
            sinceFirst.start();
        if (!timer.isActive() || sinceFirst.elapsed() < longest.count())
            timer.start(pause);
    }

    void look()
    {
        std::map<std::string, Stamp> now;
        for (const std::string& path : paths)
            now.emplace(path, stampOf(path));
        const bool different = now != stamps;
        stamps = std::move(now);
        watch();
        if (different && changed)
            changed();
    }

    /// A replaced file is no longer watched, a new folder not yet.
    void watch()
    {
        QStringList wanted;
        for (const std::string& path : paths) {
            for (const std::string& candidate : { path, folderOf(path) }) {
                const std::string existing = nearestExisting(candidate);
                if (!existing.empty() && !wanted.contains(qt(existing)))
                    wanted.push_back(qt(existing));
            }
        }
        QStringList gone;
        const QStringList watched = watcher.files() + watcher.directories();
        for (const QString& path : watched)
            if (!wanted.contains(path))
                gone.push_back(path);
        if (!gone.isEmpty())
            watcher.removePaths(gone);
        QStringList added;
        for (const QString& path : wanted)
            if (!watched.contains(path))
                added.push_back(path);
        if (!added.isEmpty())
            watcher.addPaths(added);
    }
};

KubeconfigWatch::KubeconfigWatch(std::function<void()> changed)
    : m_state(std::make_unique<State>())
{
    State& state = *m_state;
    state.changed = std::move(changed);
    state.timer.setSingleShot(true);
    QObject::connect(&state.watcher, &QFileSystemWatcher::fileChanged, &state.context,
        [&state](const QString&) { state.happened(); });
    QObject::connect(&state.watcher, &QFileSystemWatcher::directoryChanged, &state.context,
        [&state](const QString&) { state.happened(); });
    QObject::connect(&state.timer, &QTimer::timeout, &state.context, [&state] { state.look(); });
}

KubeconfigWatch::~KubeconfigWatch() = default;

void KubeconfigWatch::setPaths(std::vector<std::string> paths)
{
    std::erase_if(paths, [](const std::string& path) { return path.empty() || isNetworkPath(path); });
    m_state->paths = std::move(paths);
    m_state->stamps.clear();
    for (const std::string& path : m_state->paths)
        m_state->stamps.emplace(path, stampOf(path));
    m_state->watch();
}

} // namespace glacis::cluster
