// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/saved_views.h>

#include <widgets/outside_text.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr qsizetype longestFilter = 2000;

    QString say(const char* text) { return QCoreApplication::translate("SavedViews", text); }

    QString cleaned(const QString& name) { return name.simplified().left(SavedViews::longestName); }

}

const std::vector<SavedView>& builtInViews()
{
    using By = Grouping::By;
    static const std::vector<SavedView> views {
        { say(QT_TRANSLATE_NOOP("SavedViews", "Critical and high")), { u"severity:high+"_s, {}, {} } },
        { say(QT_TRANSLATE_NOOP("SavedViews", "On an attack path")),
            { u"path:yes"_s, {}, { { FindingColumn::Ways, Qt::DescendingOrder } } } },
        { say(QT_TRANSLATE_NOOP("SavedViews", "By namespace")), { {}, { By::Namespace }, {} } },
        { say(QT_TRANSLATE_NOOP("SavedViews", "By check")), { {}, { By::Check }, {} } },
        { say(QT_TRANSLATE_NOOP("SavedViews", "Could not be assessed")),
            { u"state:not-assessed"_s, {}, {} } },
        { say(QT_TRANSLATE_NOOP("SavedViews", "Accepted risks")), { u"state:accepted"_s, {}, {} } },
    };
    return views;
}

const SavedView* SavedViews::find(const QString& name) const
{
    const auto it
        = std::find_if(m_views.begin(), m_views.end(), [&](const SavedView& v) { return v.name == name; });
    return it == m_views.end() ? nullptr : &*it;
}

const SavedView* SavedViews::matching(const FindingQuery& query) const
{
    const auto it
        = std::find_if(m_views.begin(), m_views.end(), [&](const SavedView& v) { return v.query == query; });
    return it == m_views.end() ? nullptr : &*it;
}

bool SavedViews::save(const QString& name, const FindingQuery& query)
{
    const QString clean = cleaned(name);
    if (clean.isEmpty() || (!find(clean) && m_views.size() >= atMost))
        return false;
    remove(clean);
    m_views.push_back({ clean, query });
    std::sort(m_views.begin(), m_views.end(), [](const SavedView& a, const SavedView& b) {
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    return true;
}

bool SavedViews::rename(const QString& from, const QString& to)
{
    const QString clean = cleaned(to);
    const SavedView* old = find(from);
    if (!old || clean.isEmpty() || (clean != from && find(clean)))
        return false;
    const FindingQuery query = old->query;
    remove(from);
    return save(clean, query);
}

void SavedViews::remove(const QString& name)
{
    std::erase_if(m_views, [&](const SavedView& v) { return v.name == name; });
}

QJsonObject queryToJson(const FindingQuery& query)
{
    QJsonArray sort;
    for (const SortKey& key : query.sort)
        sort.append(QJsonObject { { u"column"_s, fromUtf8(columnId(key.column)) },
            { u"descending"_s, key.order == Qt::DescendingOrder } });
    return { { u"filter"_s, query.filter },
        { u"group"_s, QString::fromStdString(groupingId(query.grouping)) }, { u"sort"_s, sort } };
}

FindingQuery queryFromJson(const QJsonObject& object)
{
    FindingQuery query { object[u"filter"_s].toString().left(longestFilter),
        groupingFromId(object[u"group"_s].toString().toStdString()), {} };
    for (const QJsonValue value : object[u"sort"_s].toArray()) {
        const auto column = columnFromId(value[u"column"_s].toString().toStdString());
        const bool again = std::any_of(query.sort.begin(), query.sort.end(),
            [&](const SortKey& k) { return column && k.column == *column; });
        if (column && !again)
            query.sort.push_back(
                { *column, value[u"descending"_s].toBool() ? Qt::DescendingOrder : Qt::AscendingOrder });
    }
    return query;
}

QJsonArray SavedViews::toJson() const
{
    QJsonArray array;
    for (const SavedView& view : m_views) {
        QJsonObject object = queryToJson(view.query);
        object[u"name"_s] = view.name;
        array.append(object);
    }
    return array;
}

void SavedViews::fromJson(const QJsonArray& array)
{
    m_views.clear();
    for (const QJsonValue value : array)
        (void)save(value[u"name"_s].toString(), queryFromJson(value.toObject()));
}

} // namespace glacis::ui
