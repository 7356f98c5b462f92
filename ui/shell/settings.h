// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window remembers between runs, in one INI file of the user's configuration folder. Never anything
// from a cluster but the paths that a person opened.
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace glacis::ui {

class Settings {
public:
    Settings(); ///< glacis.ini in AppConfigLocation
    explicit Settings(const QString& file);

    [[nodiscard]] QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    [[nodiscard]] QString theme() const;
    void setTheme(const QString& theme);
    [[nodiscard]] QString page() const;
    void setPage(const QString& page);
    [[nodiscard]] QByteArray state(const QString& widget) const; ///< of a splitter or header, by object name
    void setState(const QString& widget, const QByteArray& state);
    [[nodiscard]] QStringList recent() const; ///< newest first, at most eight
    void addRecent(const QString& path);
    void clearRecent();

private:
    void upgrade();
    QSettings m_file;
};

} // namespace glacis::ui
