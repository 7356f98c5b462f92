// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/finding_columns.h>

#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <QCoreApplication>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using Column = FindingColumn;

    struct ColumnEntry {
        Column column;
        std::string_view id;
        const char* title;
    };
    constexpr std::array<ColumnEntry, FindingColumnCount> entries { {
        { Column::Severity, "severity", QT_TRANSLATE_NOOP("FindingColumns", "Severity") },
        { Column::Check, "check", QT_TRANSLATE_NOOP("FindingColumns", "Check") },
        { Column::Title, "title", QT_TRANSLATE_NOOP("FindingColumns", "Title") },
        { Column::Kind, "kind", QT_TRANSLATE_NOOP("FindingColumns", "Kind") },
        { Column::Namespace, "ns", QT_TRANSLATE_NOOP("FindingColumns", "Namespace") },
        { Column::Object, "object", QT_TRANSLATE_NOOP("FindingColumns", "Object") },
        { Column::Locus, "where", QT_TRANSLATE_NOOP("FindingColumns", "Where") },
        { Column::Ways, "ways", QT_TRANSLATE_NOOP("FindingColumns", "Ways") },
        { Column::Stage, "stage", QT_TRANSLATE_NOOP("FindingColumns", "Stage") },
        { Column::State, "state", QT_TRANSLATE_NOOP("FindingColumns", "State") },
        { Column::Frameworks, "frameworks", QT_TRANSLATE_NOOP("FindingColumns", "Frameworks") },
        { Column::Fix, "fix", QT_TRANSLATE_NOOP("FindingColumns", "What to do") },
    } };

}

QString columnTitle(Column column)
{
    return QCoreApplication::translate("FindingColumns", entries[static_cast<std::size_t>(column)].title);
}

std::string_view columnId(Column column) { return entries[static_cast<std::size_t>(column)].id; }

std::optional<Column> columnFromId(std::string_view id)
{
    for (const ColumnEntry& entry : entries)
        if (entry.id == id)
            return entry.column;
    return std::nullopt;
}

QString cellText(const FindingFacts& facts, std::uint32_t ways, Column column)
{
    switch (column) {
    case Column::Kind:
        return shown(facts.kind, 80);
    case Column::Namespace:
    case Column::Object:
    case Column::Locus:
        return shown(cellSource(facts, ways, column), 300);
    default:
        return fromUtf8(cellSource(facts, ways, column)); // our own words
    }
}

std::string cellSource(const FindingFacts& facts, std::uint32_t ways, Column column)
{
    switch (column) {
    case Column::Severity:
        return severityWord(facts.finding->severity).toStdString();
    case Column::Check:
        return facts.check->id;
    case Column::Title:
        return facts.check->title;
    case Column::Kind:
        return std::string(facts.kind);
    case Column::Namespace:
        return std::string(facts.ns);
    case Column::Object:
        return std::string(facts.name);
    case Column::Locus:
        return facts.finding->locus;
    case Column::Ways:
        return ways > 0 ? std::to_string(ways) : std::string();
    case Column::Stage:
        return stageWord(facts.check->stage).toStdString();
    case Column::State:
        return stateWord(facts.finding->state).toStdString();
    case Column::Frameworks:
        return frameworksOf(*facts.check);
    case Column::Fix:
        return facts.check->fix;
    }
    return {};
}

QString frameworkTitle(std::string_view framework)
{
    struct Name {
        std::string_view id;
        QStringView shown;
    };
    static constexpr std::array names { Name { "nsa", u"NSA" }, Name { "attack", u"ATT&CK" },
        Name { "pss", u"PSS" }, Name { "ms-matrix", u"Threat matrix" }, Name { "owasp", u"OWASP" },
        Name { "kubescape", u"Kubescape" }, Name { "trivy", u"Trivy" } };
    for (const Name& name : names)
        if (name.id == framework)
            return name.shown.toString();
    return framework.starts_with("cis-") ? u"CIS "_s + fromUtf8(framework.substr(4)) : fromUtf8(framework);
}

std::string frameworksOf(const posture::CheckInfo& check)
{
    std::string text;
    for (const posture::FrameworkMapping& mapping : check.frameworks) {
        text += (text.empty() ? "" : " · ") + frameworkTitle(mapping.framework).toStdString();
        for (std::size_t i = 0; i < mapping.ids.size(); ++i)
            text += (i > 0 ? ", " : " ") + mapping.ids[i];
    }
    return text;
}

} // namespace glacis::ui
