// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/settings.h>

#include <QStandardPaths>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int formatVersion = 1;
    constexpr qsizetype maxRecent = 8;

}

Settings::Settings()
    : Settings(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + u"/glacis.ini")
{
}

Settings::Settings(const QString& file)
    : m_file(file, QSettings::IniFormat)
{
    upgrade();
}

/// A file of a later version is read as far as its keys mean the same; ours is stamped when first written.
void Settings::upgrade()
{
    if (!m_file.contains(u"version"_s))
        m_file.setValue(u"version"_s, formatVersion);
}

QByteArray Settings::geometry() const { return m_file.value(u"window/geometry"_s).toByteArray(); }

void Settings::setGeometry(const QByteArray& geometry) { m_file.setValue(u"window/geometry"_s, geometry); }

QString Settings::theme() const { return m_file.value(u"window/theme"_s).toString(); }

void Settings::setTheme(const QString& theme) { m_file.setValue(u"window/theme"_s, theme); }

QString Settings::page() const { return m_file.value(u"window/page"_s).toString(); }

void Settings::setPage(const QString& page) { m_file.setValue(u"window/page"_s, page); }

QByteArray Settings::state(const QString& widget) const
{
    return m_file.value(u"state/"_s + widget).toByteArray();
}

void Settings::setState(const QString& widget, const QByteArray& state)
{
    m_file.setValue(u"state/"_s + widget, state);
}

QStringList Settings::recent() const { return m_file.value(u"recent"_s).toStringList().mid(0, maxRecent); }

void Settings::addRecent(const QString& path)
{
    QStringList paths = recent();
    paths.removeAll(path);
    paths.prepend(path);
    m_file.setValue(u"recent"_s, QStringList(paths.mid(0, maxRecent)));
}

void Settings::clearRecent() { m_file.remove(u"recent"_s); }

} // namespace glacis::ui
