// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window remembers between runs, in one INI file of the user's configuration folder. Never anything
// from a cluster but the paths that a person opened.
#pragma once

#include <inventory/coverage.h>

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

#include <optional>

namespace glacis::ui {

class Settings {
public:
    /// Narrow: names give way to icons; Auto: only where the window leaves no room; Wide: not even there.
    enum class Navigation : std::uint8_t { Auto, Narrow, Wide };

    Settings(); ///< glacis.ini in AppConfigLocation
    explicit Settings(const QString& file);

    // ---- what the window keeps by itself
    [[nodiscard]] QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    [[nodiscard]] QString page() const;
    void setPage(const QString& page);
    [[nodiscard]] QByteArray state(const QString& widget) const; ///< of a splitter or header, by object name
    void setState(const QString& widget, const QByteArray& state);
    [[nodiscard]] QStringList recent() const; ///< newest first, at most eight
    void addRecent(const QString& path);
    void removeRecent(const QString& path);
    void clearRecent();
    /// Ids of the palette's commands, the last used first, at most twelve.
    [[nodiscard]] QStringList usedCommands() const;
    void addUsedCommand(const QString& id);
    [[nodiscard]] bool tourSeen() const;
    void setTourSeen(bool seen);

    // ---- what a person chose
    [[nodiscard]] QString theme() const; ///< "dark", "light", "system"; empty: never chosen
    void setTheme(const QString& theme);
    [[nodiscard]] int textScale() const; ///< percent, 80 to 200
    void setTextScale(int percent);
    [[nodiscard]] bool motionReduced() const; ///< false: as the platform says
    void setMotionReduced(bool reduced);
    [[nodiscard]] Navigation navigation() const;
    void setNavigation(Navigation navigation);
    [[nodiscard]] std::optional<inventory::Scope>
    scope() const; ///< for new sources; unset: told by the files
    void setScope(std::optional<inventory::Scope> scope);
    [[nodiscard]] QString policy() const; ///< file for new sources; empty: none
    void setPolicy(const QString& file);
    [[nodiscard]] int clusterColour(const QString& source) const; ///< index; -1: not chosen
    void setClusterColour(const QString& source, int index); ///< -1: no choice any more
    /// How reports are made, by words that the Reports page alone knows; empty: never chosen.
    [[nodiscard]] QString reportChoice(const QString& key) const;
    void setReportChoice(const QString& key, const QString& value);

    // ---- connections
    [[nodiscard]] QStringList kubeconfigs() const; ///< files and folders that a person added, in order
    void setKubeconfigs(const QStringList& paths);
    [[nodiscard]] QStringList pluginFolders() const; ///< where credential plugins are looked for
    void setPluginFolders(const QStringList& folders);
    [[nodiscard]] QString extraCaFile() const; ///< PEM beside the system's roots; empty: none
    void setExtraCaFile(const QString& file);
    [[nodiscard]] bool asksLoginShell() const; ///< for its PATH, when a plugin is not found otherwise
    void setAsksLoginShell(bool asks);

    [[nodiscard]] QString fileName() const { return m_file.fileName(); }
    /// Removes the file. What the window keeps by itself is not written again in this run, so that the file
    /// does not come back by closing the window; a new choice is.
    void erase();
    [[nodiscard]] bool isErased() const { return m_erased; }

private:
    void upgrade();
    void keep(const QString& key, const QVariant& value); ///< what the window keeps by itself
    void choose(const QString& key, const QVariant& value);
    QSettings m_file;
    bool m_erased = false;
};

} // namespace glacis::ui
