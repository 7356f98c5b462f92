// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/scene_words.h>

#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <attack/describe.h>

#include <QCoreApplication>
#include <QStringList>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using attack::NodeKind;
    using attack::WayClass;

    QString words(const char* text) { return QCoreApplication::translate("AttackPath", text); }
    QString counted(const char* one, const char* many, std::uint64_t count)
    {
        return count == 1 ? words(one) : words(many).arg(countText(count));
    }

    /// Parts of an id between its slashes; the last keeps what is left.
    std::string_view part(std::string_view id, std::size_t number)
    {
        for (; number > 0; --number) {
            const std::size_t slash = id.find('/');
            if (slash == std::string_view::npos)
                return {};
            id.remove_prefix(slash + 1);
        }
        return id.substr(0, id.find('/'));
    }

}

QString laneTitle(std::uint32_t lane)
{
    if (lane == 0)
        return words(QT_TRANSLATE_NOOP("AttackPath", "Entry"));
    if (lane + 1 == LaneCount)
        return words(QT_TRANSLATE_NOOP("AttackPath", "Crown jewels"));
    return stageWord(static_cast<Stage>(lane));
}

QString laneSubtitle(std::uint32_t lane)
{
    return lane == 0 || lane + 1 == LaneCount ? QString() : stageName(static_cast<Stage>(lane));
}

QString laneShort(std::uint32_t lane)
{
    switch (lane) {
    case 1:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Network & API"));
    case 2:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Docker daemon"));
    case 3:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Rights & RBAC"));
    default:
        return laneSubtitle(lane);
    }
}

QString kindCaption(NodeKind kind, const std::string& id)
{
    switch (kind) {
    case NodeKind::Internet:
    case NodeKind::Breach:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Entry"));
    case NodeKind::Domain:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Domain"));
    case NodeKind::Address:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Address"));
    case NodeKind::Endpoint:
        if (id.starts_with("endpoint/docker"))
            return words(QT_TRANSLATE_NOOP("AttackPath", "Docker daemon"));
        if (id.starts_with("endpoint/kubelet"))
            return words(QT_TRANSLATE_NOOP("AttackPath", "Kubelet"));
        if (id.starts_with("endpoint/etcd"))
            return words(QT_TRANSLATE_NOOP("AttackPath", "Data store"));
        return words(QT_TRANSLATE_NOOP("AttackPath", "Control plane"));
    case NodeKind::Reach:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Reachable"));
    case NodeKind::Own:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Taken over"));
    case NodeKind::Held:
        return words(QT_TRANSLATE_NOOP("AttackPath", "On the node"));
    case NodeKind::Net:
    case NodeKind::Scope:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Scope"));
    case NodeKind::Node:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Node (root)"));
    case NodeKind::ServiceAccount:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Service account"));
    case NodeKind::User:
        return words(QT_TRANSLATE_NOOP("AttackPath", "User"));
    case NodeKind::Group:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Group"));
    case NodeKind::Credential:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Credential"));
    case NodeKind::Secret:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Secret"));
    case NodeKind::Cloud:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Cloud role"));
    case NodeKind::Jewel:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Crown jewel"));
    }
    return {};
}

Glyph kindGlyph(NodeKind kind, const std::string& id)
{
    switch (kind) {
    case NodeKind::Internet:
    case NodeKind::Domain:
        return Glyph::Globe;
    case NodeKind::Breach:
        return Glyph::Warning;
    case NodeKind::Address:
    case NodeKind::Net:
    case NodeKind::Scope:
        return Glyph::Network;
    case NodeKind::Endpoint:
        return id.starts_with("endpoint/docker") ? Glyph::Container
            : id.starts_with("endpoint/etcd")    ? Glyph::Database
                                                 : Glyph::Shield;
    case NodeKind::Reach:
    case NodeKind::Own:
    case NodeKind::Held:
        return Glyph::Box;
    case NodeKind::Node:
        return Glyph::Node;
    case NodeKind::ServiceAccount:
    case NodeKind::User:
    case NodeKind::Group:
    case NodeKind::Cloud:
        return Glyph::Person;
    case NodeKind::Credential:
        return Glyph::Key;
    case NodeKind::Secret:
        return Glyph::Lock;
    case NodeKind::Jewel:
        return Glyph::Crown;
    }
    return Glyph::Box;
}

QString cardName(const attack::Node& node)
{
    if (node.kind == NodeKind::Endpoint) // the caption says of what kind
        if (const std::string_view host = part(node.id, 2); !host.empty())
            return shown(host, 260);
    if (node.id == "jewel/datastore-credentials")
        return words(QT_TRANSLATE_NOOP("AttackPath", "Data store credentials"));
    if (node.id == "jewel/control-plane-node")
        return words(QT_TRANSLATE_NOOP("AttackPath", "Control-plane node"));
    QString name = shown(node.label, 260);
    // Our own phrases begin in lower case, since they also stand inside sentences; names of things stay.
    if (!name.isEmpty() && (node.id == "jewel/all-secrets" || node.kind == NodeKind::Breach))
        name[0] = name[0].toUpper();
    return name;
}

QString namesOf(const attack::Graph& graph, const SceneNode& node)
{
    return words(QT_TRANSLATE_NOOP("AttackPath", "%1 +%2"))
        .arg(cardName(graph.nodes[node.members.front()]), countText(node.members.size() - 1));
}

QString cardDetail(const attack::Node& node)
{
    switch (node.kind) {
    case NodeKind::Reach:
    case NodeKind::Own:
    case NodeKind::Held: {
        QStringList parts { shown(part(node.id, 1), 260) };
        if (node.count > 1)
            parts += words(QT_TRANSLATE_NOOP("AttackPath", "%1 pods")).arg(countText(node.count));
        return parts.join(u" · "_s);
    }
    case NodeKind::ServiceAccount:
    case NodeKind::Secret:
        return shown(part(node.id, 1), 260);
    case NodeKind::Credential:
        return shown(part(node.id, 1), 260) + u'/' + shown(part(node.id, 3), 260);
    default:
        return {};
    }
}

QString shortName(const attack::Node& node)
{
    switch (node.kind) {
    case NodeKind::Reach:
    case NodeKind::Held:
        return shown(part(node.id, 3), 260);
    case NodeKind::Own:
        return words(QT_TRANSLATE_NOOP("AttackPath", "%1 taken over")).arg(shown(part(node.id, 3), 260));
    case NodeKind::Endpoint:
        if (const std::string_view host = part(node.id, 2); !host.empty())
            return shown(part(node.id, 1), 40) + u' ' + shown(host, 260);
        return cardName(node);
    default:
        return cardName(node);
    }
}

QString stepSentence(const assessment::Assessment& assessment, const SceneStep& step)
{
    const attack::Graph& graph = assessment.graph;
    QString text
        = shown(attack::caption(graph, graph.edges[step.main], step.toNode, *assessment.edges), 1000);
    // Names of objects keep their letters: only a word that is none begins in upper case.
    const QStringView first = QStringView(text).left(text.indexOf(u' '));
    if (!text.isEmpty() && !first.contains(u'/'))
        text[0] = text[0].toUpper();
    return text;
}

QString wayClassWord(WayClass wayClass)
{
    switch (wayClass) {
    case WayClass::Certain:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Certain"));
    case WayClass::Residual:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Residual"));
    case WayClass::Possible:
        return words(QT_TRANSLATE_NOOP("AttackPath", "Possible"));
    }
    return {};
}

QString waysLine(const attack::Search& search)
{
    QStringList parts;
    const std::uint32_t certain = search.count(WayClass::Certain);
    parts += certain == 0 ? words(QT_TRANSLATE_NOOP("AttackPath", "no certain way"))
                          : counted(QT_TRANSLATE_NOOP("AttackPath", "1 way open"),
                              QT_TRANSLATE_NOOP("AttackPath", "%1 ways open"), certain);
    if (const std::uint32_t residual = search.count(WayClass::Residual); residual > 0)
        parts += words(QT_TRANSLATE_NOOP("AttackPath", "%1 residual")).arg(countText(residual));
    if (const std::uint32_t possible = search.count(WayClass::Possible); possible > 0)
        parts += words(QT_TRANSLATE_NOOP("AttackPath", "%1 possible")).arg(countText(possible));
    return parts.join(u" · "_s);
}

QString stepsText(std::uint32_t steps)
{
    return counted(
        QT_TRANSLATE_NOOP("AttackPath", "1 step"), QT_TRANSLATE_NOOP("AttackPath", "%1 steps"), steps);
}

QString wayTitle(const attack::Graph& graph, const attack::Way& way)
{
    return words(QT_TRANSLATE_NOOP("AttackPath", "%1 → %2"))
        .arg(shown(attack::inWords(graph.nodes[way.firstStep]), 260), cardName(graph.nodes[way.jewel]));
}

} // namespace glacis::ui
