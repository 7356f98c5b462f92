// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/settings.h>

#include <QFile>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int formatVersion = 1;
    constexpr qsizetype maxRecent = 8;
    constexpr qsizetype maxUsed = 12;

    /// A slash would make groups of a path.
    QString colourKey(const QString& source)
    {
        return u"colours/"_s + QString::fromLatin1(QUrl::toPercentEncoding(source));
    }

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

void Settings::keep(const QString& key, const QVariant& value)
{
    if (!m_erased)
        m_file.setValue(key, value);
}

void Settings::choose(const QString& key, const QVariant& value)
{
    upgrade();
    m_file.setValue(key, value);
}

void Settings::erase()
{
    m_file.clear();
    m_file.sync();
    QFile::remove(m_file.fileName());
    m_erased = true;
}

QByteArray Settings::geometry() const { return m_file.value(u"window/geometry"_s).toByteArray(); }

void Settings::setGeometry(const QByteArray& geometry) { keep(u"window/geometry"_s, geometry); }

QString Settings::theme() const { return m_file.value(u"window/theme"_s).toString(); }

void Settings::setTheme(const QString& theme) { choose(u"window/theme"_s, theme); }

QString Settings::page() const { return m_file.value(u"window/page"_s).toString(); }

void Settings::setPage(const QString& page) { keep(u"window/page"_s, page); }

QByteArray Settings::state(const QString& widget) const
{
    return m_file.value(u"state/"_s + widget).toByteArray();
}

void Settings::setState(const QString& widget, const QByteArray& state) { keep(u"state/"_s + widget, state); }

QStringList Settings::recent() const { return m_file.value(u"recent"_s).toStringList().mid(0, maxRecent); }

void Settings::addRecent(const QString& path)
{
    QStringList paths = recent();
    paths.removeAll(path);
    paths.prepend(path);
    keep(u"recent"_s, QStringList(paths.mid(0, maxRecent)));
}

void Settings::removeRecent(const QString& path)
{
    QStringList paths = recent();
    paths.removeAll(path);
    keep(u"recent"_s, paths);
}

void Settings::clearRecent() { m_file.remove(u"recent"_s); }

QStringList Settings::usedCommands() const
{
    return m_file.value(u"palette/used"_s).toStringList().mid(0, maxUsed);
}

void Settings::addUsedCommand(const QString& id)
{
    QStringList ids = usedCommands();
    ids.removeAll(id);
    ids.prepend(id);
    keep(u"palette/used"_s, QStringList(ids.mid(0, maxUsed)));
}

bool Settings::tourSeen() const { return m_file.value(u"window/tourSeen"_s).toBool(); }

void Settings::setTourSeen(bool seen) { keep(u"window/tourSeen"_s, seen); }

int Settings::textScale() const
{
    return std::clamp(m_file.value(u"window/textScale"_s, 100).toInt(), 80, 200);
}

void Settings::setTextScale(int percent) { choose(u"window/textScale"_s, percent); }

bool Settings::motionReduced() const { return m_file.value(u"window/motionReduced"_s).toBool(); }

void Settings::setMotionReduced(bool reduced) { choose(u"window/motionReduced"_s, reduced); }

Settings::Navigation Settings::navigation() const
{
    const QString word = m_file.value(u"window/navigation"_s).toString();
    return word == u"narrow"_s ? Navigation::Narrow : word == u"wide"_s ? Navigation::Wide : Navigation::Auto;
}

void Settings::setNavigation(Navigation navigation)
{
    keep(u"window/navigation"_s,
        navigation == Navigation::Narrow     ? u"narrow"_s
            : navigation == Navigation::Wide ? u"wide"_s
                                             : u"auto"_s);
}

std::optional<inventory::Scope> Settings::scope() const
{
    const QString word = m_file.value(u"sources/scope"_s).toString();
    if (word == u"cluster"_s)
        return inventory::Scope::Cluster;
    if (word == u"manifests"_s)
        return inventory::Scope::Manifests;
    return {};
}

void Settings::setScope(std::optional<inventory::Scope> scope)
{
    choose(u"sources/scope"_s,
        !scope                                    ? QString()
            : *scope == inventory::Scope::Cluster ? u"cluster"_s
                                                  : u"manifests"_s);
}

QString Settings::policy() const { return m_file.value(u"sources/policy"_s).toString(); }

void Settings::setPolicy(const QString& file) { choose(u"sources/policy"_s, file); }

QString Settings::reportChoice(const QString& key) const
{
    return m_file.value(u"reports/"_s + key).toString();
}

void Settings::setReportChoice(const QString& key, const QString& value)
{
    choose(u"reports/"_s + key, value);
}

QStringList Settings::kubeconfigs() const
{
    return m_file.value(u"connections/kubeconfigs"_s).toStringList();
}

void Settings::setKubeconfigs(const QStringList& paths) { choose(u"connections/kubeconfigs"_s, paths); }

QStringList Settings::pluginFolders() const
{
    return m_file.value(u"connections/pluginFolders"_s).toStringList();
}

void Settings::setPluginFolders(const QStringList& folders)
{
    choose(u"connections/pluginFolders"_s, folders);
}

QString Settings::extraCaFile() const { return m_file.value(u"connections/extraCaFile"_s).toString(); }

void Settings::setExtraCaFile(const QString& file) { choose(u"connections/extraCaFile"_s, file); }

bool Settings::asksLoginShell() const { return m_file.value(u"connections/askLoginShell"_s, true).toBool(); }

void Settings::setAsksLoginShell(bool asks) { choose(u"connections/askLoginShell"_s, asks); }

int Settings::clusterColour(const QString& source) const
{
    return source.isEmpty() ? -1 : m_file.value(colourKey(source), -1).toInt();
}

void Settings::setClusterColour(const QString& source, int index)
{
    if (source.isEmpty())
        return;
    if (index < 0)
        m_file.remove(colourKey(source));
    else
        choose(colourKey(source), index);
}

} // namespace glacis::ui
