// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the page is put together and what it shows when; what happens to a chosen way, card or curve stands in
// attack_choice.cpp.
#include <attack/attack_page.h>

#include <attack/canvas_overlays.h>
#include <attack/path_canvas.h>
#include <attack/scene_words.h>
#include <attack/way_player.h>
#include <overview/summary.h>
#include <shell/attack_facts.h>
#include <theme/type.h>
#include <widgets/banner.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/chip.h>
#include <widgets/empty_state.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>

#include <attack/describe.h>

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using attack::WayClass;

    constexpr int listRoom
        = 1010; ///< width of the page from which the list of ways stands beside the picture
    constexpr int legendRoom = 700, zoomRoom = 570, chipRoom = 440;
    constexpr QStringView fromBreach = u"from:breach"; ///< Location::filter
    constexpr std::size_t redrawLimit = 600; ///< cards that are laid out anew while the window is resized

    ToggleChip* makeToggle(const QString& text, const char* id, const QString& tip, bool on)
    {
        auto* chip = new ToggleChip(text);
        chip->setObjectName(QString::fromLatin1(id));
        chip->setCheckable(true);
        chip->setChecked(on);
        chip->setToolTip(toolTipText(tip));
        return chip;
    }

}

AttackPage::AttackPage(workspace::Workspace& workspace, QWidget* parent)
    : Page(parent)
    , m_workspace(workspace)
    , m_facts(attackFacts(workspace))
    , m_note(new ElidedLabel({}, Type::Body, Token::Text2))
    , m_banner(new Banner)
    , m_outcome(new Banner)
    , m_splitter(new QSplitter)
    , m_list(new WaysList(m_ways))
    , m_views(new QStackedWidget)
    , m_frame(new CanvasFrame)
    , m_canvas(&m_frame->canvas())
    , m_player(new WayPlayer)
    , m_redraw(new QTimer(this))
{
    setObjectName(u"attackPage"_s);
    m_pool.setMaxThreadCount(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(makeHead());
    column->addWidget(m_outcome);
    column->addWidget(m_banner);
    m_outcome->setObjectName(u"exportOutcome"_s);
    m_banner->setObjectName(u"waysBanner"_s);
    m_outcome->hide();
    m_banner->hide();
    auto* breachAction = new QAction(tr("Assume breach"), this);
    connect(breachAction, &QAction::triggered, this, [this] { chooseEntry(Entry::Breach); });
    m_banner->addAction(breachAction);

    m_none = new EmptyState(Glyph::Shield, tr("No way is open"),
        tr("Nothing that was read leads from here to a crown jewel, not even by a step that could not be "
           "verified. That is rare, and good work."));
    m_unknown = new EmptyState(Glyph::EyeOff, tr("Not known from this source"),
        tr("It holds nothing that the Internet reaches. Nodes, addresses and facts of the cluster would "
           "tell; "
           "or see what a breached application could do."));
    m_noneFromBreach = new EmptyState(Glyph::Shield, tr("No way is known from a taken-over application"),
        tr("No application of this source leads on to a crown jewel by anything that was read."));
    QPushButton* back = m_noneFromBreach->addButton(makeButton(tr("From the Internet"), ButtonKind::Primary));
    connect(back, &QPushButton::clicked, this, [this] { chooseEntry(Entry::Internet); });
    for (EmptyState* empty : { m_none, m_unknown }) {
        QPushButton* breach = empty->addButton(makeButton(tr("Assume breach"), ButtonKind::Primary));
        connect(breach, &QPushButton::clicked, this, [this] { chooseEntry(Entry::Breach); });
    }
    m_views->addWidget(m_frame);
    m_views->addWidget(makeTable());
    m_views->addWidget(m_none);
    m_views->addWidget(m_unknown);
    m_views->addWidget(m_noneFromBreach);
    m_splitter->setObjectName(u"attackSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(10);
    m_splitter->setProperty("kind", u"gap"_s);
    m_listCard = new Card;
    m_listCard->body()->setContentsMargins(3, 3, 3, 3);
    m_listCard->body()->addWidget(m_list);
    m_splitter->addWidget(m_listCard);
    m_splitter->addWidget(m_views);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_player);

    connect(
        m_list, &WaysList::wayChosen, this, [this](int row) { chooseWay(static_cast<std::size_t>(row)); });
    connect(m_canvas, &PathCanvas::cardChosen, this, &AttackPage::chooseCard);
    connect(m_canvas, &PathCanvas::stepWalked, this, &AttackPage::stepWalked);
    connect(m_canvas, &PathCanvas::resized, this, [this] {
        if (!m_figure || (m_canvas->isFitted() && m_figure->scene.nodes.size() <= redrawLimit))
            m_redraw->start();
    });
    connect(m_canvas, &PathCanvas::curveChosen, this, &AttackPage::chooseCurve);
    connect(m_canvas, &PathCanvas::cardOpened, this, &AttackPage::openCard);
    connect(m_canvas, &PathCanvas::cardClosed, this, &AttackPage::closeCard);
    connect(m_canvas, &PathCanvas::groundChosen, this, [this] { chooseWay(m_way); });
    connect(m_canvas, &PathCanvas::menuWanted, this, &AttackPage::showMenu);
    connect(m_player, &WayPlayer::stepChanged, this, &AttackPage::chooseStep);
    connect(m_player, &WayPlayer::running, m_canvas, &PathCanvas::setRunner);
    connect(m_player, &WayPlayer::previousWay, this, [this] { chooseWay(m_way - 1); });
    connect(m_player, &WayPlayer::nextWay, this, [this] { chooseWay(m_way + 1); });
    connect(&m_facts, &AttackFacts::ready, this, &AttackPage::mark);
    connect(&m_workspace, &workspace::Workspace::assessmentReady, this, &AttackPage::refresh);
    m_redraw->setSingleShot(true);
    m_redraw->setInterval(80);
    connect(m_redraw, &QTimer::timeout, this, &AttackPage::draw);
    addShortcuts();
    refresh();
}

AttackPage::~AttackPage()
{
    m_stop.requestStop();
    m_pool.clear();
    m_pool.waitForDone();
}

QWidget* AttackPage::makeHead()
{
    auto* head = new QWidget;
    auto* lines = new QVBoxLayout(head);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(8);
    auto* first = new QHBoxLayout;
    first->setSpacing(12);
    first->addWidget(new PlainLabel(tr("Attack path"), Type::Display));
    first->addWidget(m_note, 3, Qt::AlignVCenter);
    m_find = new QLineEdit;
    m_find->setObjectName(u"findInPicture"_s);
    m_find->setPlaceholderText(tr("Find…"));
    m_find->setAccessibleName(tr("Find in the picture"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaximumWidth(scaled(210));
    m_find->setMinimumWidth(scaled(90));
    m_find->addAction(glyphIcon(Glyph::Search, Token::Text3), QLineEdit::LeadingPosition)
        ->setText(tr("Find"));
    connect(m_find, &QLineEdit::textChanged, this, [this] { find(Seek::Stay); });
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(Seek::Next); });
    first->addWidget(m_find, 1);
    m_export = makeButton(tr("Export…"));
    m_export->setObjectName(u"exportPicture"_s);
    m_export->setToolTip(toolTipText(tr("Save the picture as PNG, SVG or PDF")));
    connect(m_export, &QPushButton::clicked, this, &AttackPage::exportPicture);
    first->addWidget(m_export);
    lines->addLayout(first);

    auto* second = new QHBoxLayout;
    second->setSpacing(8);
    m_from = makeButton({}, ButtonKind::Quiet);
    m_from->setObjectName(u"entryButton"_s);
    auto* entries = new QMenu(m_from);
    connect(entries->addAction(tr("The Internet")), &QAction::triggered, this,
        [this] { chooseEntry(Entry::Internet); });
    connect(entries->addAction(tr("Assume breach: any application is taken over")), &QAction::triggered, this,
        [this] { chooseEntry(Entry::Breach); });
    m_from->setMenu(entries);
    m_from->setIcon(glyphIcon(Glyph::ChevronDown));
    m_from->setLayoutDirection(
        isRightToLeft() ? Qt::LeftToRight : Qt::RightToLeft); // the arrow after the words
    m_showList = makeToggle(tr("Ways"), "toggleList", tr("The list of all ways beside the picture"), true);
    m_possible = makeToggle(tr("Possible"), "togglePossible",
        tr("Also draw ways that use what a workload needs, or take a step that could not be verified"),
        false);
    m_chokes = makeToggle(
        tr("Choke points"), "toggleChokes", tr("Ring what most ways pass, with their share"), true);
    m_legend = makeToggle(tr("Legend"), "toggleLegend", tr("What lines and marks mean"), false);
    m_table = makeToggle(
        tr("Table"), "toggleTable", tr("The same steps as a table, for keyboard and screen reader"), false);
    second->addWidget(m_from);
    for (ToggleChip* chip : { m_showList, m_possible, m_chokes, m_legend, m_table })
        second->addWidget(chip);
    second->addStretch(1);
    const auto zoom = [&](Glyph glyph, const QString& name, const char* id, const QString& key, auto act) {
        QToolButton* button = makeIconButton(glyph, name);
        button->setObjectName(QString::fromLatin1(id));
        button->setToolTip(toolTipText(name + u"  " + key));
        connect(button, &QToolButton::clicked, m_canvas, act);
        second->addWidget(button);
        m_zoom.push_back(button);
    };
    zoom(Glyph::Minus, tr("Zoom out"), "zoomOut", u"-"_s, [this] { m_canvas->zoomBy(1 / 1.25); });
    zoom(Glyph::Plus, tr("Zoom in"), "zoomIn", u"+"_s, [this] { m_canvas->zoomBy(1.25); });
    zoom(Glyph::Fit, tr("Show everything"), "zoomFit", u"0"_s, [this] { m_canvas->fit(); });
    lines->addLayout(second);

    connect(m_showList, &QAbstractButton::clicked, this, [this](bool on) {
        m_listWanted = on;
        m_listForced = on;
        fitList();
    });
    connect(m_possible, &QAbstractButton::toggled, this, &AttackPage::draw);
    connect(m_chokes, &QAbstractButton::toggled, this, &AttackPage::mark);
    connect(m_legend, &QAbstractButton::toggled, this, [this](bool on) { m_frame->setLegendVisible(on); });
    connect(m_table, &QAbstractButton::toggled, this, [this] {
        tell();
        followInTable();
    });
    return head;
}

QWidget* AttackPage::makeTable()
{
    m_stepsTable = new QTableView;
    m_stepsTable->setObjectName(u"stepsTable"_s);
    m_stepsTable->setAccessibleName(tr("Steps of the ways"));
    m_stepsTable->setModel(&m_steps);
    m_stepsTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_stepsTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_stepsTable->setShowGrid(false);
    m_stepsTable->setWordWrap(false);
    m_stepsTable->setTabKeyNavigation(false);
    m_stepsTable->verticalHeader()->hide();
    m_stepsTable->verticalHeader()->setDefaultSectionSize(scaled(30));
    m_stepsTable->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView* header = m_stepsTable->horizontalHeader();
    header->setHighlightSections(false);
    using Column = StepsModel::Column;
    for (const auto& [column, width] :
        { std::pair { Column::Way, 46 }, { Column::Step, 46 }, { Column::From, 170 }, { Column::To, 170 },
            { Column::Stage, 70 }, { Column::Certainty, 80 }, { Column::Cost, 50 } })
        header->resizeSection(static_cast<int>(column), scaled(width));
    header->setSectionResizeMode(static_cast<int>(Column::What), QHeaderView::Stretch);
    connect(m_stepsTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            if (!current.isValid() || !m_stepsTable->isVisible())
                return;
            const StepsModel::Place place = m_steps.place(current.row());
            m_way = m_figure->scene.ways[place.way].way;
            m_list->setCurrentWay(static_cast<int>(m_way));
            m_player->setWay(m_figure, currentWay(), m_way, m_search->ways().size());
            m_player->setStep(place.step);
            chooseStep(place.step);
            showPlayer();
        });
    return m_stepsTable;
}

void AttackPage::refresh()
{
    m_stop.requestStop();
    ++m_wanted;
    m_searching = false;
    m_assessment = m_workspace.assessment();
    m_outcome->hide();
    m_pending.clear();
    m_opened.clear();
    m_entry = Entry::Internet;
    m_selection = {};
    setSearch(searchOf(m_assessment));
}

void AttackPage::chooseEntry(Entry entry)
{
    if (!m_assessment || entry == m_entry)
        return;
    m_entry = entry;
    m_opened.clear();
    m_stop.requestStop();
    ++m_wanted;
    if (entry == Entry::Internet) {
        m_searching = false;
        setSearch(searchOf(m_assessment));
    } else {
        searchFrom(m_assessment->graph.find("breach"));
    }
}

/// Other entries than the Internet are searched when asked for, away from the GUI thread.
void AttackPage::searchFrom(attack::NodeIndex entry)
{
    m_stop = {};
    m_searching = true;
    m_player->pause();
    m_search.reset(); // what was drawn belongs to another question
    m_figure.reset();
    m_canvas->setFigure(nullptr);
    m_steps.setFigure(nullptr);
    m_ways.setSearch(m_assessment, nullptr);
    select({});
    tell();
    m_pool.start([this, entry, assessment = m_assessment, stop = m_stop.token(), wanted = m_wanted] {
        // The search refers to the graph: both live and die together.
        struct Held {
            assessment::AssessmentPtr assessment;
            attack::Search search;
        };
        auto held
            = std::make_shared<Held>(Held { assessment, attack::Search(assessment->graph, entry, stop) });
        if (stop.stopRequested())
            return;
        QMetaObject::invokeMethod(
            this,
            [this, wanted, search = std::shared_ptr<const attack::Search>(held, &held->search)] {
                if (wanted != m_wanted)
                    return;
                m_searching = false;
                setSearch(search);
            },
            Qt::QueuedConnection);
    });
}

void AttackPage::setSearch(std::shared_ptr<const attack::Search> search)
{
    m_search = std::move(search);
    m_ways.setSearch(m_assessment, m_search);
    m_way = 0;
    m_step = UINT32_MAX;
    m_curve = -1;
    const bool onlyOthers = m_search && m_search->count(WayClass::Certain) == 0;
    {
        const QSignalBlocker quiet(m_possible);
        m_possible->setChecked(onlyOthers);
        m_possible->setEnabled(
            m_search && !onlyOthers && m_search->ways().size() > m_search->count(WayClass::Certain));
    }
    m_figure.reset();
    m_canvas->setFigure(nullptr);
    m_canvas->fit();
    m_steps.setFigure(nullptr);
    if (m_search && !m_search->ways().empty())
        chooseWay(0);
    else
        select({});
    // A page that nobody sees is laid out when it is shown, at the size that it has then.
    if (isVisible())
        draw();
    else
        tell();
    if (!m_pending.isEmpty() && m_search)
        arrive({ u"attack"_s, m_entry == Entry::Breach ? fromBreach.toString() : QString(), {},
            std::exchange(m_pending, {}) });
}

void AttackPage::ensureDrawn()
{
    if (!m_figure)
        draw();
}

void AttackPage::draw()
{
    m_redraw->stop();
    int held = -1;
    if (m_figure && !m_canvas->isFitted()) {
        const QPointF middle = m_canvas->visibleScene().center();
        const auto off
            = [middle](const PaintedCard& card) { return (card.box.center() - middle).manhattanLength(); };
        const std::vector<PaintedCard>& cards = m_figure->paint.cards;
        const auto nearest = std::min_element(cards.begin(), cards.end(),
            [&off](const PaintedCard& a, const PaintedCard& b) { return off(a) < off(b); });
        held = m_canvas->currentCard() >= 0 ? m_canvas->currentCard()
            : nearest == cards.end()        ? -1
                                            : static_cast<int>(nearest - cards.begin());
    }
    drawAround(held);
}

void AttackPage::drawAround(int held)
{
    if (!m_search)
        return tell();
    const PathFigurePtr old = m_figure;
    const auto memberOf = [&old](int card) {
        return old && card >= 0 ? old->scene.nodes[static_cast<std::size_t>(card)].members.front()
                                : attack::None;
    };
    const attack::NodeIndex heldNode = memberOf(held), currentNode = memberOf(m_canvas->currentCard());
    FigureRequest request = this->request();
    // A picture that is fitted is laid out for the room that there is now.
    if (held >= 0)
        request.before = old;
    m_figure = makeFigure(m_assessment, m_search, request);
    const auto cardOf = [this](attack::NodeIndex node) {
        const auto it = m_figure->scene.nodeOf.find(node);
        return it == m_figure->scene.nodeOf.end() ? -1 : static_cast<int>(it->second);
    };
    m_steps.setFigure(m_figure);
    if (const int now = cardOf(heldNode); now >= 0)
        m_canvas->setFigure(m_figure, std::pair { now, held });
    else
        m_canvas->setFigure(m_figure);
    m_canvas->setCurrentCard(cardOf(currentNode));
    m_curve = -1;
    m_player->redraw(m_figure, currentWay());
    find(Seek::Mark);
    mark();
    tell();
    followInTable();
}

FigureRequest AttackPage::request() const
{
    FigureRequest request;
    request.mirrored = isRightToLeft();
    request.scene.certain = m_search->count(WayClass::Certain) > 0;
    request.scene.residual = request.scene.possible = m_possible->isChecked();
    request.scene.opened = m_opened;
    request.scene.also = static_cast<std::uint32_t>(m_way);
    const QSizeF room = m_canvas->room();
    request.width = room.width();
    request.height = room.height();
    return request;
}

void AttackPage::openCard(int card)
{
    const SceneNode& node = m_figure->scene.nodes[static_cast<std::size_t>(card)];
    if (!node.isAggregate())
        return closeCard(card);
    m_opened.insert(node.key);
    drawAround(card);
}

void AttackPage::closeCard(int card)
{
    if (m_opened.erase(m_figure->scene.nodes[static_cast<std::size_t>(card)].openedFrom) > 0)
        drawAround(card);
}

QString AttackPage::titleText() const
{
    const QString source = m_assessment ? sourceTitle(*m_assessment->inventory) : QString();
    if (!m_search)
        return source;
    return m_entry == Entry::Internet
        ? tr("Attack path · %1 · %2").arg(source, waysLine(*m_search))
        : tr("Attack path · %1 · any application taken over · %2").arg(source, waysLine(*m_search));
}

void AttackPage::showPlayer()
{
    m_player->setVisible(m_search && !m_search->ways().empty() && currentWay() && !m_table->isChecked());
}

void AttackPage::tell()
{
    const bool any = m_search && !m_search->ways().empty() && !m_searching;
    m_from->setText(m_entry == Entry::Internet ? tr("From: Internet") : tr("From: any application"));
    m_from->setMinimumWidth(m_from->sizeHint().width());
    m_from->setEnabled(m_assessment && m_assessment->graph.find("breach") != attack::None);
    m_export->setEnabled(any);
    m_find->setEnabled(any);
    for (ToggleChip* chip : { m_showList, m_legend, m_table })
        chip->setEnabled(any);
    m_chokes->setEnabled(any && m_entry == Entry::Internet && m_search->count(WayClass::Certain) > 0);
    showPlayer();
    Told told = Told::Nothing;
    if (any && m_search->count(WayClass::Certain) == 0)
        told = Told::OnlyUncertain;
    else if (any && m_figure && m_figure->scene.left > 0)
        told = Told::CutShort;
    if (std::exchange(m_told, told) != told) { // said once: a screen reader reads it out
        if (told == Told::Nothing)
            m_banner->hide();
        else if (told == Told::OnlyUncertain)
            m_banner->tell(Banner::Kind::Info, tr("No certain way is open"),
                tr("What is drawn uses what a workload needs for its own work, or takes a step that could "
                   "not "
                   "be verified. It is worth a look, and it is no alarm."));
        else
            m_banner->tell(Banner::Kind::Info, tr("Not all ways are drawn"),
                tr("The picture and the table hold the %1 cheapest ones; the list beside it holds all. A way "
                   "that is chosen there is drawn as well.")
                    .arg(m_figure->scene.ways.size()));
    }
    if (m_searching) {
        m_note->setText(tr("Searching…"));
        return;
    }
    m_note->setText(m_search ? waysLine(*m_search) : QString());
    if (!any) {
        const bool whole = m_assessment && m_assessment->inventory->source.scope == inventory::Scope::Cluster;
        m_views->setCurrentWidget(m_entry == Entry::Breach ? m_noneFromBreach : whole ? m_none : m_unknown);
        m_listCard->hide();
        return;
    }
    m_views->setCurrentWidget(m_table->isChecked() ? static_cast<QWidget*>(m_stepsTable) : m_frame);
    fitList();
}

void AttackPage::followInTable()
{
    const SceneWay* way = currentWay();
    if (!m_table->isChecked() || !way)
        return;
    const auto number = static_cast<std::size_t>(way - m_figure->scene.ways.data());
    const int row = m_steps.rowOf(number, m_step == UINT32_MAX ? 1 : std::max(m_step, 1U));
    if (row < 0 || m_stepsTable->currentIndex().row() == row)
        return;
    const QSignalBlocker quiet(m_stepsTable->selectionModel());
    m_stepsTable->setCurrentIndex(m_steps.index(row, 0));
    m_stepsTable->scrollTo(m_steps.index(row, 0), QAbstractItemView::PositionAtCenter);
    m_stepsTable->viewport()->update();
}

void AttackPage::fitList()
{
    // What is needed least gives way first.
    m_legend->setVisible(width() >= scaled(legendRoom));
    for (QToolButton* zoom : m_zoom)
        zoom->setVisible(width() >= scaled(zoomRoom));
    for (ToggleChip* chip : { m_showList, m_chokes })
        chip->setVisible(width() >= scaled(chipRoom));
    const bool any = m_search && !m_search->ways().empty();
    const bool room = width() >= scaled(listRoom);
    m_listCard->setVisible(any && m_listWanted && (room || m_listForced));
    const QSignalBlocker quiet(m_showList);
    m_showList->setChecked(m_listCard->isVisibleTo(this));
}

void AttackPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    fitList();
}

void AttackPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (!m_figure && m_search)
        m_redraw->start(0); // once the layouts have had their say
}

bool AttackPage::isBusy() const
{
    return m_searching || m_exports > 0 || m_redraw->isActive() || m_facts.isBusy();
}

} // namespace glacis::ui
