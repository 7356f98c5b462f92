// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/finding_facts.h>

#include <widgets/outside_text.h>

#include <QCoreApplication>

namespace glacis::ui {
namespace {

    constexpr std::string_view namespaceKind = "Namespace";

    QString label(std::string_view kind, std::string_view ns, std::string_view name)
    {
        QString text = shown(kind, 80);
        text += u' ';
        if (!ns.empty()) {
            text += shown(ns, 260);
            text += u'/';
        }
        text += shown(name, 260);
        return text.trimmed();
    }

}

FindingFacts factsOf(const assessment::Assessment& assessment, const posture::Finding& finding)
{
    FindingFacts facts { &finding, &assessment.info(finding), finding.pseudo.kind, {}, finding.pseudo.name };
    if (finding.object.valid() && finding.object.value < assessment.inventory->objects.size()) {
        const inventory::Object& object = assessment.inventory->object(finding.object);
        facts.kind = object.kindName;
        facts.ns = object.ns;
        facts.name = object.name;
    }
    if (facts.kind == namespaceKind && facts.ns.empty())
        facts.ns = facts.name;
    return facts;
}

QString objectLabel(const FindingFacts& facts)
{
    if (facts.kind.empty() && facts.name.empty())
        return QCoreApplication::translate("Words", "Whole cluster");
    return label(facts.kind, nsBeforeName(facts.kind, facts.ns), facts.name);
}

QString objectLabel(const inventory::Inventory& inventory, inventory::ObjectId id)
{
    if (!id.valid() || id.value >= inventory.objects.size())
        return {};
    const inventory::Object& object = inventory.object(id);
    return label(object.kindName, object.ns, object.name);
}

std::string_view nsBeforeName(std::string_view kind, std::string_view ns)
{
    return kind == namespaceKind ? std::string_view() : ns;
}

std::string objectPath(std::string_view kind, std::string_view ns, std::string_view name)
{
    std::string path(kind);
    path += '/';
    if (const std::string_view before = nsBeforeName(kind, ns); !before.empty())
        path.append(before).append("/");
    return path.append(name);
}

bool counts(const posture::Finding& finding) { return finding.state == State::Fail && !finding.platform; }

bool sameProblem(const posture::Finding& a, const posture::Finding& b)
{
    return a.check == b.check && a.object == b.object && a.pseudo.kind == b.pseudo.kind
        && a.pseudo.name == b.pseudo.name;
}

std::vector<const posture::Finding*> problems(const posture::CheckResult& result)
{
    std::vector<const posture::Finding*> found;
    for (const posture::Finding& finding : result.findings) { // those of an object are neighbours
        if (!counts(finding))
            continue;
        if (found.empty() || !sameProblem(*found.back(), finding))
            found.push_back(&finding);
        else if (finding.severity > found.back()->severity)
            found.back() = &finding;
    }
    return found;
}

} // namespace glacis::ui
