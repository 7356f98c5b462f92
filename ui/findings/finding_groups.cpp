// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What groups are called.
#include <findings/finding_view.h>

#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using By = Grouping::By;

    struct Entry {
        By by;
        std::string_view id;
        const char* title;
    };
    constexpr std::array entries {
        Entry { By::Nothing, "", QT_TRANSLATE_NOOP("FindingGroups", "Nothing") },
        Entry { By::Severity, "severity", QT_TRANSLATE_NOOP("FindingGroups", "Severity") },
        Entry { By::Stage, "stage", QT_TRANSLATE_NOOP("FindingGroups", "Stage") },
        Entry { By::Check, "check", QT_TRANSLATE_NOOP("FindingGroups", "Check") },
        Entry { By::Namespace, "namespace", QT_TRANSLATE_NOOP("FindingGroups", "Namespace") },
        Entry { By::Object, "object", QT_TRANSLATE_NOOP("FindingGroups", "Object") },
    };
    constexpr std::string_view frameworkPrefix = "framework:";

    QString say(const char* text) { return QCoreApplication::translate("FindingGroups", text); }
    QString clusterWideText() { return say(QT_TRANSLATE_NOOP("FindingGroups", "Cluster-wide")); }

    std::string keyOf(const FindingIndex::Object& object)
    {
        return std::string(object.kind) + '/' + std::string(object.ns) + '/' + std::string(object.name);
    }

    /// 5.2.9 before 5.2.10.
    bool naturally(const std::string& a, const std::string& b)
    {
        const auto digit = [](char c) { return c >= '0' && c <= '9'; };
        std::size_t i = 0, j = 0;
        while (i < a.size() && j < b.size()) {
            if (digit(a[i]) && digit(b[j])) {
                const std::size_t x = i, y = j;
                while (i < a.size() && digit(a[i]))
                    ++i;
                while (j < b.size() && digit(b[j]))
                    ++j;
                if (i - x != j - y)
                    return i - x < j - y;
                if (const int c = a.compare(x, i - x, b, y, j - y))
                    return c < 0;
            } else if (a[i++] != b[j++]) {
                return a[i - 1] < b[j - 1];
            }
        }
        return a.size() - i < b.size() - j;
    }

}

std::string groupingId(const Grouping& grouping)
{
    if (grouping.by == By::Framework)
        return std::string(frameworkPrefix) + grouping.framework;
    const auto* entry
        = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.by == grouping.by; });
    return std::string(entry->id);
}

Grouping groupingFromId(std::string_view id)
{
    if (id.starts_with(frameworkPrefix) && id.size() > frameworkPrefix.size())
        return { By::Framework, std::string(id.substr(frameworkPrefix.size())) };
    for (const Entry& entry : entries)
        if (entry.id == id)
            return { entry.by };
    return {};
}

QString groupingTitle(const Grouping& grouping)
{
    if (grouping.by == By::Framework)
        return frameworkTitle(grouping.framework);
    const auto* entry
        = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.by == grouping.by; });
    return say(entry->title);
}

std::vector<std::string> sectionsOf(const FindingIndex& index, std::string_view framework)
{
    std::set<std::string> ids;
    for (const posture::CheckInfo& check : index.assessment()->catalogue->checks())
        for (const posture::FrameworkMapping& mapping : check.frameworks)
            if (mapping.framework == framework)
                ids.insert(mapping.ids.begin(), mapping.ids.end());
    std::vector<std::string> sections(ids.begin(), ids.end());
    std::sort(sections.begin(), sections.end(), naturally);
    return sections;
}

std::string groupKey(const FindingIndex& index, const FindingView& view, const FindingView::Group& group)
{
    switch (view.query.grouping.by) {
    case By::Severity:
        return std::string(name(static_cast<Severity>(group.number)));
    case By::Stage:
        return std::to_string(group.number);
    case By::Check:
        return index.assessment()->catalogue->checks()[group.number].id;
    case By::Namespace:
        return std::string(index.namespaces()[group.number]);
    case By::Object:
        return keyOf(index.objects()[group.number]);
    case By::Framework:
        return group.number < view.sections.size() ? view.sections[group.number] : std::string();
    case By::Nothing:
        break;
    }
    return {};
}

QString groupTitle(const FindingIndex& index, const FindingView& view, const FindingView::Group& group)
{
    const Grouping& grouping = view.query.grouping;
    switch (grouping.by) {
    case By::Severity:
        return severityWord(static_cast<Severity>(group.number));
    case By::Stage:
        return group.number == 0 ? stageWord(0)
                                 : stageWord(static_cast<Stage>(group.number)) + u" · "
                + stageName(static_cast<Stage>(group.number));
    case By::Check: {
        const posture::CheckInfo& check = index.assessment()->catalogue->checks()[group.number];
        return fromUtf8(check.id) + u" · " + fromUtf8(check.title);
    }
    case By::Namespace: {
        const std::string_view ns = index.namespaces()[group.number];
        return ns.empty() ? clusterWideText() : shown(ns, 260);
    }
    case By::Object: {
        const FindingIndex::Object& object = index.objects()[group.number];
        return objectLabel({ nullptr, nullptr, object.kind, object.ns, object.name });
    }
    case By::Framework: {
        const std::string section = groupKey(index, view, group);
        return section.empty()
            ? say(QT_TRANSLATE_NOOP("FindingGroups", "Not in %1")).arg(frameworkTitle(grouping.framework))
            : frameworkTitle(grouping.framework) + u" · " + fromUtf8(section);
    }
    case By::Nothing:
        break;
    }
    return {};
}

QString facetTitle(FilterKey key, std::string_view value)
{
    switch (key) {
    case FilterKey::Severity:
        if (const auto severity = severityFromName(value))
            return severityWord(*severity);
        break;
    case FilterKey::Stage:
        return stageWord(value.size() == 1 && value[0] >= '1' && value[0] <= '4'
                ? static_cast<Stage>(value[0] - '0')
                : Stage {});
    case FilterKey::State:
        for (const State state :
            { State::Pass, State::Fail, State::NotAssessed, State::Accepted, State::NotApplicable })
            if (name(state) == value)
                return stateWord(state);
        break;
    case FilterKey::Framework:
        return frameworkTitle(value);
    case FilterKey::Namespace:
        if (value == clusterWide)
            return clusterWideText();
        break;
    default:
        break;
    }
    return shown(value, 260);
}

} // namespace glacis::ui
