// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The contexts that the window knows: read on a thread of its own from the usual files and those that a
// person added, read again when one of them changes. Reading contacts nobody and runs nothing.
#pragma once

#include <clusters/cluster_book.h>
#include <clusters/cluster_services.h>
#include <clusters/connection_test.h>
#include <clusters/context_listing.h>

#include <cluster/kubeconfig_watch.h>

#include <QObject>
#include <QStringList>

#include <atomic>
#include <list>
#include <memory>

namespace glacis::workspace {
struct OpenSource;
}

namespace glacis::ui {

class Settings;

class ContextDirectory : public QObject {
    Q_OBJECT
public:
    ContextDirectory(ClusterServices services, Settings& settings, QObject* parent = nullptr);
    ~ContextDirectory() override;

    [[nodiscard]] const ClusterServices& services() const { return m_services; }
    [[nodiscard]] ConnectionTests& tests() { return *m_tests; }
    [[nodiscard]] const ContextListing& listing() const { return m_listing; }
    /// Files are being read; the listing is the one before.
    [[nodiscard]] bool isBusy() const { return m_wanted != m_arrived; }
    void refresh();

    [[nodiscard]] QStringList added() const; ///< files and folders
    void add(const QStringList& paths);
    void remove(const QString& path);
    /// The path of added() that brought this file; empty: it is one of the usual ones.
    [[nodiscard]] QString addedBy(const std::string& file) const;

    [[nodiscard]] const ClusterBook& book() const { return m_book; }
    void setNote(const std::string& key, const ClusterNote& note);
    void setColour(const std::string& key, int index); ///< of clusterColours(); -1: by its name
    void eraseNotes();
    /// Alias, or the context's name.
    [[nodiscard]] std::string titleOf(const ContextFacts& context) const;
    /// Nothing of it may be used before a person has looked through it.
    [[nodiscard]] bool needsReview(const ContextFacts& context) const;
    void setReviewed(const ContextFacts& context);
    [[nodiscard]] workspace::SourceRequest requestFor(const ContextFacts& context) const;
    /// Notes time and score of a scan of a context; others are ignored.
    void noteScan(const workspace::OpenSource& source);

    [[nodiscard]] ConnectionSettings connectionSettings() const;
    void tellSettings(); ///< one of them was changed

Q_SIGNALS:
    void changed(); ///< listing() or what is known of a context

private:
    void arrived(std::uint64_t run, ContextListing listing, std::vector<std::string> paths);
    void collect();
    struct Run;
    ClusterServices m_services;
    Settings& m_settings;
    ConnectionTests* m_tests;
    ClusterBook m_book;
    ContextListing m_listing;
    cluster::KubeconfigWatch m_watch;
    std::uint64_t m_wanted = 0, m_arrived = 0;
    std::list<std::unique_ptr<Run>> m_runs;
};

/// Of a context of this name in this set.
[[nodiscard]] workspace::SourceRequest contextRequest(const std::string& set, const std::string& context);

} // namespace glacis::ui
