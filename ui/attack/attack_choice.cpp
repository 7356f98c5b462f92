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
#include <QShortcut>
#include <QStyle>
#include <QTableView>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using attack::WayClass;

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
    m_curve = -1;
    // A way of a class that is not drawn brings its class into the picture.
    if (m_figure && !currentWay() && !m_possible->isChecked())
        m_possible->setChecked(true);
    if (m_figure && !currentWay())
        draw(); // with this one as well
    m_list->setCurrentWay(static_cast<int>(row));
    m_player->setWay(m_figure, currentWay(), row, m_search->ways().size());
    showPlayer();
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
    if (const SceneWay* w = currentWay(); w && !m_canvas->isFitted())
        m_canvas->showCard(static_cast<int>(w->steps.front().to));
    followInTable();
}

/// With Ctrl or Shift one more is taken to what is chosen, or let go.
void AttackPage::chooseCard(int card, Qt::KeyboardModifiers modifiers)
{
    m_player->pause();
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
    if ((modifiers & (Qt::ControlModifier | Qt::ShiftModifier))
        && m_selection.kind == Selection::Kind::Nodes) {
        std::vector<std::uint32_t> items = m_selection.items;
        const auto isMember
            = [&](std::uint32_t m) { return std::binary_search(n.members.begin(), n.members.end(), m); };
        if (std::erase_if(items, isMember) < n.members.size())
            items.insert(items.end(), n.members.begin(), n.members.end());
        if (!items.empty())
            selection.items = std::move(items);
    }
    select(std::move(selection));
}

void AttackPage::chooseCurve(int curve)
{
    m_player->pause();
    m_curve = curve;
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
    mark();
    followInTable();
}

void AttackPage::chooseStep(std::uint32_t step)
{
    m_step = step;
    const SceneStep* s = m_player->stepAt(step);
    if (!s) {
        mark();
        return;
    }
    m_curve = s->edge == NoScene ? -1 : static_cast<int>(s->edge);
    Selection selection;
    selection.kind = Selection::Kind::Edge;
    selection.items = { s->main };
    if (m_entry == Entry::Internet)
        selection.way = static_cast<std::uint32_t>(m_way);
    selection.step = step;
    if (!m_canvas->isFitted())
        m_canvas->showCard(static_cast<int>(s->to));
    select(std::move(selection));
    mark();
    followInTable();
}

void AttackPage::stepBy(int by)
{
    const std::uint32_t now = m_player->step();
    m_player->pause();
    m_player->setStep(by > 0 ? now + 1 : now - std::min(now, 1U));
    chooseStep(m_player->step());
}

int AttackPage::curveOf(attack::EdgeIndex e) const
{
    const auto drawn = m_figure->scene.edgesOf.find(e);
    if (drawn == m_figure->scene.edgesOf.end())
        return -1;
    if (const SceneWay* w = currentWay())
        for (const SceneStep& s : w->steps)
            if (s.main == e && s.edge != NoScene)
                return static_cast<int>(s.edge);
    return static_cast<int>(drawn->second.front());
}

/// What a person who does not see the picture hears of the step just taken.
void AttackPage::stepWalked(int curve)
{
    const SceneEdge& e = m_figure->scene.edges[static_cast<std::size_t>(curve)];
    SceneStep step;
    step.main = e.main;
    step.toNode = m_figure->scene.nodes[e.to].members.front();
    m_canvas->setAccessibleDescription(
        m_canvas->accessibleDescription() + u". " + stepSentence(*m_assessment, step));
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
    if (w)
        marks = marksOf(*m_figure, *w, m_step);
    if (m_selection.kind == Selection::Kind::Option) {
        marks.cuts.assign(m_figure->paint.curves.size(), false);
        for (const attack::EdgeIndex e : m_assessment->graph.options[m_selection.items.front()].edges)
            if (const auto it = m_figure->scene.edgesOf.find(e); it != m_figure->scene.edgesOf.end())
                for (const std::uint32_t curve : it->second)
                    marks.cuts[curve] = true;
    }
    if (m_selection.kind == Selection::Kind::Nodes)
        for (const std::uint32_t item : m_selection.items)
            if (const auto it = m_figure->scene.nodeOf.find(item); it != m_figure->scene.nodeOf.end())
                if (marks.selectedCards.empty() || marks.selectedCards.back() != static_cast<int>(it->second))
                    marks.selectedCards.push_back(static_cast<int>(it->second));
    if (m_selection.kind == Selection::Kind::Edge && !m_selection.items.empty())
        marks.selectedCurve = m_curve >= 0 ? m_curve : curveOf(m_selection.items.front());
    const auto* points = m_entry == Entry::Internet ? m_facts.chokePoints() : nullptr;
    if (m_chokes->isChecked() && points && m_search)
        marks.chokes = chokesOf(*m_figure, *points, m_search->count(WayClass::Certain));
    m_canvas->setMarks(std::move(marks));
}

void AttackPage::find(Seek seek)
{
    if (!m_figure)
        return;
    std::vector<int> hits;
    const QString sought = m_find->text().trimmed();
    if (!sought.isEmpty()) {
        const attack::Graph& graph = m_assessment->graph;
        for (std::size_t i = 0; i < m_figure->scene.nodes.size(); ++i) {
            const SceneNode& n = m_figure->scene.nodes[i];
            const bool hit = m_figure->paint.cards[i].caption.contains(sought, Qt::CaseInsensitive)
                || std::any_of(n.members.begin(), n.members.end(), [&](attack::NodeIndex m) {
                       return fromUtf8(graph.nodes[m].id).contains(sought, Qt::CaseInsensitive)
                           || cardName(graph.nodes[m]).contains(sought, Qt::CaseInsensitive);
                   });
            if (hit)
                hits.push_back(static_cast<int>(i));
        }
    }
    if (!hits.empty() && seek != Seek::Mark) {
        // While a word is typed the view stays on a card that still matches.
        const int now = m_canvas->currentCard();
        const auto next = seek == Seek::Next ? std::upper_bound(hits.begin(), hits.end(), now)
                                             : std::lower_bound(hits.begin(), hits.end(), now);
        const int card = next == hits.end() ? hits.front() : *next;
        m_canvas->setCurrentCard(card);
        m_canvas->zoomToCard(card);
    }
    const bool nothing = !sought.isEmpty() && hits.empty();
    if (m_find->property("nothing").toBool() != nothing) {
        m_find->setProperty("nothing", nothing);
        m_find->style()->unpolish(m_find);
        m_find->style()->polish(m_find);
    }
    m_find->setAccessibleDescription(
        sought.isEmpty() ? QString() : tr("Hits: %1").arg(static_cast<qulonglong>(hits.size())));
    m_find->setToolTip(nothing ? toolTipText(tr("Nothing in the picture is called so")) : QString());
    m_canvas->setHits(std::move(hits));
}

void AttackPage::showMenu(int card, int curve, QPoint global)
{
    if (!m_figure)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // The picture may be drawn anew while the menu is open: numbers are of the one that it was opened on.
    const auto add = [&](const QString& text, auto act) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, act, figure = m_figure] {
            if (figure == m_figure)
                act();
        });
    };
    if (card >= 0) {
        const SceneNode& n = m_figure->scene.nodes[static_cast<std::size_t>(card)];
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
        QStringList names;
        for (const attack::NodeIndex m : n.members)
            names += cardName(m_assessment->graph.nodes[m]);
        add(n.isAggregate() ? tr("Copy the names") : tr("Copy the name"),
            [names] { QGuiApplication::clipboard()->setText(names.join(u'\n')); });
        menu->addSeparator();
    }
    if (curve >= 0)
        add(tr("Show this step"), [this, curve] { chooseCurve(curve); });
    add(tr("Show everything"), [this] { m_canvas->fit(); });
    add(tr("Save the picture…"), [this] { exportPicture(); });
    menu->popup(global);
}

void AttackPage::addShortcuts()
{
    const auto add = [this](const QKeySequence& keys, auto act) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    add(Qt::Key_Slash, [this] { focusFilter(); });
    add(Qt::Key_Period, [this] { stepBy(1); });
    add(Qt::Key_Comma, [this] { stepBy(-1); });
    add(Qt::Key_Plus, [this] { m_canvas->zoomBy(1.25); });
    add(Qt::Key_Minus, [this] { m_canvas->zoomBy(1 / 1.25); });
    add(Qt::Key_0, [this] { m_canvas->fit(); });
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
    case Qt::Key_PageDown:
        return chooseWay(m_way + 1);
    case Qt::Key_PageUp:
        return chooseWay(m_way - std::min<std::size_t>(m_way, 1));
    default:
        Page::keyPressEvent(event);
    }
}

void AttackPage::arrive(const Location& location)
{
    if (!m_assessment || (location.item.isEmpty() && location.filter.isEmpty()))
        return;
    const Entry entry = location.filter == u"from:breach"_s ? Entry::Breach : Entry::Internet;
    if (entry != m_entry || m_searching) {
        m_pending = location.item;
        chooseEntry(entry);
        return;
    }
    if (!m_search || location.item.isEmpty())
        return;
    ensureDrawn();
    const attack::Graph& graph = m_assessment->graph;
    const auto rest = [&](const char* prefix) -> std::optional<std::string> {
        if (!location.item.startsWith(QLatin1StringView(prefix)))
            return {};
        return location.item.mid(static_cast<qsizetype>(qstrlen(prefix))).toStdString();
    };
    if (const auto id = rest(node)) {
        if (const attack::NodeIndex found = graph.find(*id); found != attack::None)
            arriveAtNode(found);
    } else if (const auto edgeId = rest(edge)) {
        for (attack::EdgeIndex e = 0; e < graph.edges.size(); ++e)
            if (graph.edgeId(e) == *edgeId)
                return arriveAtEdge(e);
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

void AttackPage::arriveAtNode(attack::NodeIndex found)
{
    if (!m_figure->scene.nodeOf.contains(found) && m_possible->isEnabled())
        m_possible->setChecked(true);
    if (const auto it = m_figure->scene.nodeOf.find(found); it != m_figure->scene.nodeOf.end()) {
        m_canvas->setCurrentCard(static_cast<int>(it->second));
        m_canvas->showCard(static_cast<int>(it->second));
    }
    Selection selection;
    selection.kind = Selection::Kind::Nodes;
    selection.items = { found };
    select(std::move(selection));
}

/// Seen in its place: on a way that takes this step.
void AttackPage::arriveAtEdge(attack::EdgeIndex e)
{
    if (!m_figure->scene.edgesOf.contains(e) && m_possible->isEnabled())
        m_possible->setChecked(true);
    Selection selection;
    if (m_figure->scene.edgesOf.contains(e)) {
        const auto takes = [e](const SceneWay& w) {
            return std::any_of(
                w.steps.begin(), w.steps.end(), [e](const SceneStep& s) { return s.main == e; });
        };
        const std::vector<SceneWay>& ways = m_figure->scene.ways;
        const SceneWay* now = currentWay();
        if (!now || !takes(*now))
            if (const auto it = std::find_if(ways.begin(), ways.end(), takes); it != ways.end())
                chooseWay(it->way);
        const int curve = curveOf(e);
        chooseCurve(curve);
        m_canvas->showCard(static_cast<int>(m_figure->scene.edges[static_cast<std::size_t>(curve)].to));
        selection = m_selection;
    }
    selection.kind = Selection::Kind::Edge;
    std::erase(selection.items, e);
    selection.items.insert(selection.items.begin(), e);
    select(std::move(selection));
}

Location AttackPage::here() const
{
    Location location { u"attack"_s, m_entry == Entry::Breach ? u"from:breach"_s : QString(), {} };
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
