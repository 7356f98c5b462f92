// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person noted of each context, and how its last scan went: one JSON file beside the settings, 0600,
// written whole at every change. Colours are kept with those of other sources (shell/cluster_colour.h).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <QString>

namespace glacis::ui {

struct ClusterNote {
    std::string alias, group;
    bool favourite = false;
    std::int64_t lastScan = 0; ///< seconds since 1970 UTC; 0: never
    std::optional<int> score; ///< 0 to 100
    std::vector<std::string> namespaces; ///< to ask in, where namespaces may not be listed
    bool secretsInManyNamespaces = false;
    /// Of what a file outside ~/.kube would use, when a person looked through it; empty: not yet.
    std::string reviewed;
    friend bool operator==(const ClusterNote&, const ClusterNote&) = default;
};

class ClusterBook {
public:
    /// Need not exist. A broken file counts as empty; it is kept under another name before it is written
    /// over.
    explicit ClusterBook(QString file);

    [[nodiscard]] ClusterNote note(const std::string& key) const; ///< empty one for a context without
    /// Keeps it at once; a note that says nothing is removed.
    void setNote(const std::string& key, const ClusterNote& note);
    [[nodiscard]] std::vector<std::string> groups() const; ///< names in use, sorted

    [[nodiscard]] const QString& fileName() const { return m_file; }
    /// Why the file could not be read or written, one sentence; empty: fine.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    void erase(); ///< removes the file and all notes

private:
    void read();
    void write();
    QString m_file;
    QString m_problem;
    bool m_broken = false;
    std::map<std::string, ClusterNote> m_notes;
};

/// What a context is known by: stable between runs as long as file and name are.
[[nodiscard]] std::string contextKey(const std::string& set, const std::string& context);

} // namespace glacis::ui
