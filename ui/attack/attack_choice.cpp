// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Attack path page: what is chosen in it, and how picture, list, film, table and inspector follow.
#include <attack/attack_page.h>

#include <attack/path_canvas.h>
#include <attack/scene_words.h>
#include <attack/way_player.h>
#include <findings/finding_filter.h>
#include <shell/attack_facts.h>
#include <widgets/chip.h>
#include <widgets/outside_text.h>

#include <attack/describe.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using attack::WayClass;

    constexpr std::size_t mostChokes = 3;

    const char* const node = "node:";
    const char* const edge = "edge:";
    const char* const way = "way:";
    const char* const option = "option:";

}

const SceneWay* AttackPage::currentWay() const
{
    if (!m_figure)
        return nullptr;
    const auto it = std::find_if(m_figure->scene.ways.begin(), m_figure->scene.ways.end(),
        [this](const SceneWay& w) { return w.way == m_way; });
    return it == m_figure->scene.ways.end() ? nullptr : &*it;
}

void AttackPage::select(Selection selection)
{
    if (m_selection == selection)
        return;
    m_selection = std::move(selection);
    mark();
    Q_EMIT selected();
}

void AttackPage::chooseWay(std::size_t row)
{
    if (!m_search || row >= m_search->ways().size())
        return;
    m_way = row;
    m_step = UINT32_MAX;
    // A way of a class that is not drawn brings its class into the picture.
    if (!currentWay() && !m_possible->isChecked())
        m_possible->setChecked(true);
    m_list->setCurrentWay(static_cast<int>(row));
    m_player->setWay(m_figure, currentWay(), row, m_search->ways().size());
    Selection selection;
    if (m_entry == Entry::Internet) {
        selection.kind = Selection::Kind::Way;
        selection.items = { static_cast<std::uint32_t>(row) };
    } else if (const SceneStep* first = m_player->stepAt(1)) {
        selection.kind = Selection::Kind::Edge; // the inspector knows the ways of the Internet alone
        selection.items = { first->main };
    }
    select(std::move(selection));
    mark();
}

void AttackPage::chooseCard(int card)
{
    const SceneNode& n = m_figure->scene.nodes[static_cast<std::size_t>(card)];
    Selection selection;
    selection.kind = Selection::Kind::Nodes;
    selection.items = n.members;
    // Of a card on the chosen way, its own member is meant first.
    if (const SceneWay* w = currentWay(); w && n.isAggregate())
        for (const SceneStep& s : w->steps)
            if (s.to == static_cast<std::uint32_t>(card))
                std::stable_partition(selection.items.begin(), selection.items.end(),
                    [&](std::uint32_t m) { return m == s.toNode; });
    select(std::move(selection));
}

void AttackPage::chooseCurve(int curve)
{
    const SceneEdge& e = m_figure->scene.edges[static_cast<std::size_t>(curve)];
    Selection selection;
    selection.kind = Selection::Kind::Edge;
    selection.items = e.edges;
    const auto toFront = [&](std::uint32_t main) {
        std::stable_partition(
            selection.items.begin(), selection.items.end(), [main](std::uint32_t i) { return i == main; });
    };
    toFront(e.main);
    if (const SceneWay* w = currentWay())
        for (const SceneStep& s : w->steps)
            if (s.edge == static_cast<std::uint32_t>(curve) && s.number > 0) {
                toFront(s.main);
                if (m_entry == Entry::Internet)
                    selection.way = static_cast<std::uint32_t>(m_way);
                selection.step = s.number;
                m_step = s.number;
                m_player->setStep(s.number);
            }
    select(std::move(selection));
}

void AttackPage::chooseStep(std::uint32_t step)
{
    m_step = step;
    const SceneStep* s = m_player->stepAt(step);
    if (!s) {
        mark();
        return;
    }
    Selection selection;
    selection.kind = Selection::Kind::Edge;
    selection.items = { s->main };
    if (m_entry == Entry::Internet)
        selection.way = static_cast<std::uint32_t>(m_way);
    selection.step = step;
    m_canvas->showCard(static_cast<int>(s->to));
    select(std::move(selection));
    mark();
}

void AttackPage::showOption(attack::OptionIndex which)
{
    Selection selection;
    selection.kind = Selection::Kind::Option;
    selection.items = { which };
    select(std::move(selection));
}

void AttackPage::mark()
{
    if (!m_figure)
        return;
    PathMarks marks;
    const SceneWay* w = currentWay();
    // A chosen break option lights its edges alone.
    const bool option = m_selection.kind == Selection::Kind::Option;
    if (w && !option)
        marks = marksOf(*m_figure, *w, m_step);
    if (option) {
        marks.numbers.assign(m_figure->paint.cards.size(), 0);
        marks.cards.assign(m_figure->paint.cards.size(), false);
        marks.curves.assign(m_figure->paint.curves.size(), false);
        for (const attack::EdgeIndex e : m_assessment->graph.options[m_selection.items.front()].edges)
            if (const auto it = m_figure->scene.edgeOf.find(e); it != m_figure->scene.edgeOf.end()) {
                const SceneEdge& drawn = m_figure->scene.edges[it->second];
                marks.curves[it->second] = true;
                marks.cards[drawn.from] = marks.cards[drawn.to] = true;
            }
    }
    if (m_selection.kind == Selection::Kind::Nodes && !m_selection.items.empty())
        if (const auto it = m_figure->scene.nodeOf.find(m_selection.items.front());
            it != m_figure->scene.nodeOf.end())
            marks.selectedCard = static_cast<int>(it->second);
    if (m_selection.kind == Selection::Kind::Edge && !m_selection.items.empty())
        if (const auto it = m_figure->scene.edgeOf.find(m_selection.items.front());
            it != m_figure->scene.edgeOf.end())
            marks.selectedCurve = static_cast<int>(it->second);
    const auto* points = m_entry == Entry::Internet ? m_facts.chokePoints() : nullptr;
    if (m_chokes->isChecked() && points && m_search) {
        marks.chokes.assign(m_figure->paint.cards.size(), {});
        const std::uint32_t all = m_search->count(WayClass::Certain);
        std::size_t ringed = 0;
        for (const attack::ChokePoint& point : *points) {
            if (point.isEdge || point.closes < 2 || ringed == mostChokes)
                continue;
            const auto it = m_figure->scene.nodeOf.find(point.index);
            if (it == m_figure->scene.nodeOf.end() || m_figure->scene.nodes[it->second].isAggregate())
                continue;
            marks.chokes[it->second] = { tr("choke point · %1 of %2 ways").arg(point.closes).arg(all),
                tr("%1 of %2").arg(point.closes).arg(all) };
            ++ringed;
        }
    }
    m_canvas->setMarks(std::move(marks));
}

void AttackPage::find(const QString& text)
{
    if (!m_figure)
        return;
    std::vector<int> hits;
    const QString wanted = text.trimmed();
    if (!wanted.isEmpty()) {
        const attack::Graph& graph = m_assessment->graph;
        for (std::size_t i = 0; i < m_figure->scene.nodes.size(); ++i) {
            const SceneNode& n = m_figure->scene.nodes[i];
            const bool hit = m_figure->paint.cards[i].caption.contains(wanted, Qt::CaseInsensitive)
                || std::any_of(n.members.begin(), n.members.end(), [&](attack::NodeIndex m) {
                       return fromUtf8(graph.nodes[m].id).contains(wanted, Qt::CaseInsensitive)
                           || cardName(graph.nodes[m]).contains(wanted, Qt::CaseInsensitive);
                   });
            if (hit)
                hits.push_back(static_cast<int>(i));
        }
    }
    if (!hits.empty() && m_find->hasFocus()) {
        // Enter goes on to the next hit.
        const auto next = std::upper_bound(hits.begin(), hits.end(), m_canvas->currentCard());
        const int card = next == hits.end() ? hits.front() : *next;
        m_canvas->setCurrentCard(card);
        m_canvas->zoomToCard(card);
    }
    m_find->setProperty("nothing", !wanted.isEmpty() && hits.empty());
    m_find->setAccessibleDescription(wanted.isEmpty() ? QString() : tr("Hits: %1").arg(hits.size()));
    m_canvas->setHits(std::move(hits));
}

void AttackPage::showMenu(int card, int curve, QPoint global)
{
    if (!m_figure)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, auto act) {
        connect(menu->addAction(text), &QAction::triggered, this, act);
    };
    if (card >= 0) {
        const SceneNode n = m_figure->scene.nodes[static_cast<std::size_t>(card)];
        if (n.isAggregate())
            add(tr("Open the %1 of them").arg(n.members.size()), [this, card] { openCard(card); });
        if (!n.openedFrom.empty())
            add(tr("Put them together again"), [this, card] { closeCard(card); });
        const attack::Node& first = m_assessment->graph.nodes[n.members.front()];
        if (first.object.valid() && !n.isAggregate()) {
            const auto& object = m_assessment->inventory->object(first.object);
            QString filter = FindingFilter::term("name", object.name.view());
            if (!object.ns.view().empty())
                filter += u' ' + FindingFilter::term("ns", object.ns.view());
            add(tr("Show its findings"), [this, filter] { Q_EMIT wanted({ u"findings"_s, filter, {} }); });
        }
        add(tr("Copy the name"), [name = m_figure->paint.cards[static_cast<std::size_t>(card)].name] {
            QGuiApplication::clipboard()->setText(name);
        });
        menu->addSeparator();
    }
    if (curve >= 0)
        add(tr("Show this step"), [this, curve] { chooseCurve(curve); });
    add(tr("Show everything"), [this] { m_canvas->fit(); });
    add(tr("Save the picture…"), [this] { exportPicture(); });
    menu->popup(global);
}

void AttackPage::focusFilter()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void AttackPage::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Space:
        m_player->isPlaying() ? m_player->pause() : m_player->play();
        return;
    case Qt::Key_Period:
    case Qt::Key_Comma: {
        const std::uint32_t now = m_player->step();
        const std::uint32_t next = event->key() == Qt::Key_Period ? now + 1 : now - std::min(now, 1U);
        m_player->pause();
        m_player->setStep(next);
        chooseStep(m_player->step());
        return;
    }
    case Qt::Key_PageDown:
        return chooseWay(m_way + 1);
    case Qt::Key_PageUp:
        return chooseWay(m_way - std::min<std::size_t>(m_way, 1));
    case Qt::Key_Slash:
        return focusFilter();
    default:
        Page::keyPressEvent(event);
    }
}

void AttackPage::arrive(const Location& location)
{
    if (!m_assessment || !m_search || location.item.isEmpty())
        return;
    const attack::Graph& graph = m_assessment->graph;
    const auto rest = [&](const char* prefix) -> std::optional<std::string> {
        if (!location.item.startsWith(QLatin1StringView(prefix)))
            return {};
        return location.item.mid(static_cast<qsizetype>(qstrlen(prefix))).toStdString();
    };
    if (m_entry != Entry::Internet)
        chooseEntry(Entry::Internet);
    const auto drawnOr = [&](auto isDrawn) {
        if (!isDrawn() && !m_possible->isChecked() && m_possible->isEnabled())
            m_possible->setChecked(true);
    };
    if (const auto id = rest(node)) {
        const attack::NodeIndex found = graph.find(*id);
        if (found == attack::None)
            return;
        drawnOr([&] { return m_figure->scene.nodeOf.contains(found); });
        if (const auto it = m_figure->scene.nodeOf.find(found); it != m_figure->scene.nodeOf.end()) {
            m_canvas->setCurrentCard(static_cast<int>(it->second));
            m_canvas->showCard(static_cast<int>(it->second));
        }
        Selection selection;
        selection.kind = Selection::Kind::Nodes;
        selection.items = { found };
        select(std::move(selection));
    } else if (const auto edgeId = rest(edge)) {
        for (attack::EdgeIndex e = 0; e < graph.edges.size(); ++e) {
            if (graph.edgeId(e) != *edgeId)
                continue;
            drawnOr([&] { return m_figure->scene.edgeOf.contains(e); });
            if (const auto it = m_figure->scene.edgeOf.find(e); it != m_figure->scene.edgeOf.end()) {
                // A way that takes this step, so that it is seen in its place.
                const auto& ways = m_figure->scene.ways;
                const auto takes = std::find_if(ways.begin(), ways.end(), [&](const SceneWay& w) {
                    return std::any_of(w.steps.begin(), w.steps.end(),
                        [&](const SceneStep& s) { return s.edge == it->second; });
                });
                const SceneWay* now = currentWay();
                const bool here = now
                    && std::any_of(now->steps.begin(), now->steps.end(),
                        [&](const SceneStep& s) { return s.edge == it->second; });
                if (!here && takes != ways.end())
                    chooseWay(takes->way);
                chooseCurve(static_cast<int>(it->second));
                m_canvas->showCard(static_cast<int>(m_figure->scene.edges[it->second].to));
            }
            Selection selection = m_selection.kind == Selection::Kind::Edge ? m_selection : Selection {};
            selection.kind = Selection::Kind::Edge;
            selection.findings.clear();
            std::erase(selection.items, e);
            selection.items.insert(selection.items.begin(), e);
            select(std::move(selection));
            return;
        }
    } else if (const auto wayId = rest(way)) {
        for (std::size_t i = 0; i < m_search->ways().size(); ++i)
            if (attack::idOf(graph, m_search->ways()[i]) == *wayId)
                return chooseWay(i);
    } else if (const auto optionId = rest(option)) {
        const auto it = std::find_if(graph.options.begin(), graph.options.end(),
            [&](const attack::BreakOption& o) { return o.id == *optionId; });
        if (it != graph.options.end())
            showOption(static_cast<attack::OptionIndex>(it - graph.options.begin()));
    }
}

Location AttackPage::here() const
{
    Location location { u"attack"_s, {}, {} };
    if (!m_assessment || m_selection.items.empty())
        return location;
    const attack::Graph& graph = m_assessment->graph;
    const std::uint32_t item = m_selection.items.front();
    switch (m_selection.kind) {
    case Selection::Kind::Nodes:
        location.item = QLatin1StringView(node) + fromUtf8(graph.nodes[item].id);
        break;
    case Selection::Kind::Edge:
        location.item = QLatin1StringView(edge) + QString::fromStdString(graph.edgeId(item));
        break;
    case Selection::Kind::Way:
        location.item
            = QLatin1StringView(way) + QString::fromStdString(attack::idOf(graph, m_search->ways()[item]));
        break;
    case Selection::Kind::Option:
        location.item = QLatin1StringView(option) + QString::fromStdString(graph.options[item].id);
        break;
    case Selection::Kind::Nothing:
    case Selection::Kind::Findings:
        break;
    }
    return location;
}

} // namespace glacis::ui
