// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/cluster_book.h>

#include <base/atomic_file.h>
#include <widgets/outside_text.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <set>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int formatVersion = 1;
    constexpr qint64 maxBytes = qint64(4) << 20;
    constexpr qsizetype maxNotes = 10'000, maxText = 500, maxNamespaces = 2'000;

    QString words(const char* text) { return QCoreApplication::translate("ClusterBook", text); }

    std::string text(const QJsonValue& value) { return value.toString().left(maxText).toStdString(); }

    ClusterNote noteFrom(const QJsonObject& object)
    {
        ClusterNote note;
        note.alias = text(object[u"alias"]);
        note.group = text(object[u"group"]);
        note.favourite = object[u"favourite"].toBool();
        note.lastScan = std::max<qint64>(0, object[u"lastScan"].toInteger());
        if (const QJsonValue score = object[u"score"]; score.isDouble())
            note.score = std::clamp(score.toInt(), 0, 100);
        for (const auto& ns : object[u"namespaces"].toArray())
            if (ns.isString() && note.namespaces.size() < maxNamespaces)
                note.namespaces.push_back(text(ns));
        note.secretsInManyNamespaces = object[u"secretsInManyNamespaces"].toBool();
        note.reviewed = text(object[u"reviewed"]);
        return note;
    }

    QJsonObject objectOf(const ClusterNote& note)
    {
        QJsonObject object;
        const auto put = [&object](const QString& key, const std::string& value) {
            if (!value.empty())
                object[key] = QString::fromStdString(value);
        };
        put(u"alias"_s, note.alias);
        put(u"group"_s, note.group);
        put(u"reviewed"_s, note.reviewed);
        if (note.favourite)
            object[u"favourite"] = true;
        if (note.lastScan > 0)
            object[u"lastScan"] = static_cast<qint64>(note.lastScan);
        if (note.score)
            object[u"score"] = *note.score;
        if (note.secretsInManyNamespaces)
            object[u"secretsInManyNamespaces"] = true;
        QJsonArray namespaces;
        for (const std::string& ns : note.namespaces)
            namespaces.append(QString::fromStdString(ns));
        if (!namespaces.isEmpty())
            object[u"namespaces"] = namespaces;
        return object;
    }

}

std::string contextKey(const std::string& set, const std::string& context) { return set + '\n' + context; }

ClusterBook::ClusterBook(QString file)
    : m_file(std::move(file))
{
    read();
}

void ClusterBook::read()
{
    QFile file(m_file);
    if (!file.exists())
        return;
    const auto broken = [this](const QString& why) {
        m_broken = true;
        m_problem = words(QT_TRANSLATE_NOOP("ClusterBook",
                              "Aliases, groups and favourites could not be read from %1: %2. They "
                              "start empty; the file is kept under another name."))
                        .arg(shown(QDir::toNativeSeparators(m_file).toStdString()), why);
    };
    if (!file.open(QIODevice::ReadOnly))
        return broken(file.errorString());
    if (file.size() > maxBytes)
        return broken(words(QT_TRANSLATE_NOOP("ClusterBook", "it is larger than 4 MiB")));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.read(maxBytes), &error);
    if (error.error != QJsonParseError::NoError)
        return broken(error.errorString());
    // A later version is read as far as its members mean the same.
    if (!document.isObject() || document[u"version"].toInt() < 1 || !document[u"contexts"].isArray())
        return broken(words(QT_TRANSLATE_NOOP("ClusterBook", "it is no list of contexts")));
    for (const auto& value : document[u"contexts"].toArray()) {
        const QJsonObject object = value.toObject();
        const std::string key = contextKey(
            object[u"set"].toString().toStdString(), object[u"context"].toString().toStdString());
        if (m_notes.size() < static_cast<std::size_t>(maxNotes))
            m_notes.emplace(key, noteFrom(object));
    }
}

void ClusterBook::write()
{
    if (m_broken) {
        const QString aside = m_file + u".broken";
        QFile::remove(aside);
        QFile::rename(m_file, aside);
        m_broken = false;
    }
    QJsonArray contexts;
    for (const auto& [key, note] : m_notes) {
        QJsonObject object = objectOf(note);
        const std::size_t cut = key.find('\n');
        object[u"set"] = QString::fromStdString(key.substr(0, cut));
        object[u"context"] = QString::fromStdString(key.substr(cut + 1));
        contexts.append(object);
    }
    const QByteArray json
        = QJsonDocument(QJsonObject { { u"version"_s, formatVersion }, { u"contexts"_s, contexts } })
              .toJson();
    QDir().mkpath(QFileInfo(m_file).absolutePath());
    const auto written = writeFileAtomically(m_file.toStdString(),
        { std::string_view(json.constData(), static_cast<std::size_t>(json.size())) }, FileMode::OwnerOnly);
    m_problem = written ? QString() : shown(written.error().message);
}

ClusterNote ClusterBook::note(const std::string& key) const
{
    const auto it = m_notes.find(key);
    return it == m_notes.end() ? ClusterNote {} : it->second;
}

void ClusterBook::setNote(const std::string& key, const ClusterNote& wanted)
{
    if (note(key) == wanted)
        return;
    if (wanted == ClusterNote {})
        m_notes.erase(key);
    else
        m_notes[key] = wanted;
    write();
}

std::vector<std::string> ClusterBook::groups() const
{
    std::set<std::string> names;
    for (const auto& [key, note] : m_notes)
        if (!note.group.empty())
            names.insert(note.group);
    return { names.begin(), names.end() };
}

void ClusterBook::erase()
{
    m_notes.clear();
    m_broken = false;
    m_problem.clear();
    QFile::remove(m_file);
}

} // namespace glacis::ui
