// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inspector/inspector.h>

#include <inspector/evidence_view.h>
#include <inspector/part_widgets.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/chip.h>
#include <widgets/empty_state.h>
#include <widgets/flow_layout.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>
#include <widgets/severity_mark.h>

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace glacis::ui {

using namespace Qt::StringLiterals;

namespace {

    constexpr int padding = 16;
    constexpr int lowHeight = 560, highHeight = 760;

    QVBoxLayout* column(QWidget* widget)
    {
        auto* layout = new QVBoxLayout(widget);
        layout->setContentsMargins(padding - PartInset, 14, padding - PartInset, padding);
        layout->setSpacing(18);
        layout->addStretch();
        return layout;
    }

}

Inspector::Inspector(workspace::Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_facts(attackFacts(workspace))
    , m_whole(new QStackedWidget)
{
    setObjectName(u"inspector"_s);
    setProperty("kind", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Inspector"));
    auto* none = new QWidget;
    auto* noneColumn = new QVBoxLayout(none);
    noneColumn->setContentsMargins(padding, 10, padding, padding);
    QToolButton* close = makeIconButton(Glyph::Close, tr("Close the inspector"));
    connect(close, &QToolButton::clicked, this, &Inspector::closeWanted);
    noneColumn->addWidget(close, 0, Qt::AlignRight);
    m_headOrder += close;
    noneColumn->addWidget(new EmptyState(Glyph::Target, tr("Nothing selected"),
                              tr("Select a finding, or something of the attack path, to see why it matters, "
                                 "where it stands and what to do about it.")),
        1);
    m_whole->addWidget(none);

    auto* something = new QWidget;
    auto* layout = new QVBoxLayout(something);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(makeBody(), 1);
    m_whole->addWidget(something);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_whole);
    connect(&m_workspace, &workspace::Workspace::assessmentReady, this, &Inspector::adopt);
    connect(&m_facts, &AttackFacts::ready, this, &Inspector::describeAnew);
    adopt();
}

QWidget* Inspector::makeHead()
{
    auto* head = new QWidget;
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(padding, 12, padding, 8);
    layout->setSpacing(6);
    auto* first = new QHBoxLayout;
    first->setSpacing(2);
    m_kicker = new TextBlock({}, Type::Section, Token::Text3);
    m_kicker->setMaximumLines(2);
    auto* copy = new CopyButton(tr("Copy all of it as text"), [this] { return asText(m_description); });
    auto* close = makeIconButton(Glyph::Close, tr("Close the inspector"));
    close->setObjectName(u"closeInspector"_s);
    close->setProperty("kind", u"small"_s);
    close->setIconSize({ scaled(14), scaled(14) });
    connect(close, &QToolButton::clicked, this, &Inspector::closeWanted);
    first->addWidget(m_kicker, 1, Qt::AlignVCenter);
    first->addWidget(copy, 0, Qt::AlignTop);
    first->addWidget(close, 0, Qt::AlignTop);
    layout->addLayout(first);
    m_title = new TextBlock({}, Type::Title);
    layout->addWidget(m_title);
    m_objectLine = new QWidget;
    auto* second = new QHBoxLayout(m_objectLine);
    second->setContentsMargins(0, 0, 0, 0);
    second->setSpacing(2);
    m_object = new TextBlock({}, Type::Mono, Token::Text2);
    auto* copyName = new CopyButton(tr("Copy the object's name"), [this] { return m_object->text(); });
    second->addWidget(m_object, 1, Qt::AlignVCenter);
    second->addWidget(copyName, 0, Qt::AlignTop);
    layout->addWidget(m_objectLine);
    m_chipBox = new QWidget;
    m_chips = new FlowLayout(6, m_chipBox);
    layout->addWidget(m_chipBox);
    m_headOrder += { copy, close, copyName };
    return head;
}

QWidget* Inspector::makeBody()
{
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_tabs = new QTabBar;
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setAccessibleName(tr("Parts of what is selected"));
    for (const QString& name : { tr("Why"), tr("Evidence"), tr("Fix") })
        m_tabs->addTab(name);
    auto* tabLine = new QHBoxLayout;
    tabLine->setContentsMargins(0, 0, 0, 0);
    tabLine->addSpacing(padding - 10); // the first tab's own space makes up the rest
    tabLine->addWidget(m_tabs);
    tabLine->addStretch();
    layout->addLayout(tabLine);
    layout->addWidget(makeRule(Qt::Horizontal));
    auto* why = new QWidget;
    auto* fix = new QWidget;
    m_why = column(why);
    m_fix = column(fix);
    m_evidence = new EvidenceView;
    m_areas = { makeScroll(why), makeScroll(m_evidence), makeScroll(fix) };
    m_pages = new QStackedWidget;
    for (QScrollArea* area : m_areas)
        m_pages->addWidget(area);
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    return body;
}

/// On a low window the head leaves room for what stands below it.
void Inspector::resizeEvent(QResizeEvent* event)
{
    const int lines = height() < scaled(lowHeight) ? 2 : height() < scaled(highHeight) ? 4 : 6;
    m_title->setMaximumLines(lines);
    m_object->setMaximumLines(lines);
    QWidget::resizeEvent(event);
}

void Inspector::keyPressEvent(QKeyEvent* event)
{
    const bool tab = event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab;
    if (tab && (event->modifiers() & Qt::ControlModifier) && !m_description.empty()) {
        const bool back = event->key() == Qt::Key_Backtab || (event->modifiers() & Qt::ShiftModifier);
        m_tabs->setFocus(Qt::TabFocusReason); // what had it may just have been hidden
        m_tabs->setCurrentIndex(
            (m_tabs->currentIndex() + (back ? m_tabs->count() - 1 : 1)) % m_tabs->count());
        return;
    }
    QWidget::keyPressEvent(event);
}

void Inspector::adopt()
{
    // A page may have shown what it selects of a new assessment before that is told here.
    if (m_assessment && m_assessment == m_workspace.assessment())
        return;
    m_assessment = m_workspace.assessment();
    m_index.reset();
    m_selection = {};
    m_evidence->setAssessment(m_assessment);
    m_description = {};
    m_whole->setCurrentIndex(0);
}

const posture::Finding* Inspector::finding() const
{
    return m_selection.findings.size() == 1 ? m_selection.findings.front() : nullptr;
}

void Inspector::openTab(Tab tab) { m_tabs->setCurrentIndex(tab); }

void Inspector::comeAfter(QWidget* widget)
{
    m_before = widget;
    orderTabs();
}

bool Inspector::isBusy() const
{
    return m_evidence->isBusy() || (m_selection.kind != Selection::Kind::Nothing && m_facts.isBusy());
}

void Inspector::show(const Selection& selection)
{
    if (m_assessment != m_workspace.assessment())
        adopt();
    const bool other = !(selection == m_selection);
    m_selection = m_assessment ? selection : Selection {};
    describeAnew();
    if (other)
        for (QScrollArea* area : m_areas)
            area->verticalScrollBar()->setValue(0);
}

void Inspector::describeAnew()
{
    if (m_assessment != m_workspace.assessment())
        return; // the new one is on its way to adopt()
    Description next;
    if (m_assessment && m_selection.kind != Selection::Kind::Nothing) {
        if (!m_index)
            m_index.emplace(*m_assessment);
        next = describe({ *m_assessment, m_facts, *m_index }, m_selection);
    }
    if (!(next == m_description))
        fill(next);
    m_whole->setCurrentIndex(m_description.empty() ? 0 : 1);
}

void Inspector::fill(const Description& next)
{
    const bool samePlaces
        = next.places == m_description.places && next.noEvidence == m_description.noEvidence;
    const bool hadFocus = m_pages->isAncestorOf(QApplication::focusWidget());
    m_description = next;
    if (next.empty())
        return;
    fillHead(next);
    fillParts(*m_why, next.why);
    fillParts(*m_fix, next.fix);
    if (!samePlaces)
        m_evidence->show(next.places, next.noEvidence);
    // The row that had it goes.
    if (hadFocus && m_tabs->currentIndex() != EvidenceTab)
        m_tabs->setFocus(Qt::OtherFocusReason);
    orderTabs();
}

void Inspector::fillHead(const Description& d)
{
    m_kicker->setText(d.kicker);
    m_kicker->setInk(d.kickerInk);
    m_title->setText(d.title);
    m_title->setToolTip(toolTipText(d.title));
    m_object->setText(d.object);
    m_object->setToolTip(toolTipText(d.object));
    m_objectLine->setVisible(!d.object.isEmpty());
    m_chips->clear();
    if (d.severity)
        m_chips->addWidget(new SeverityMark(*d.severity));
    for (const DescribedChip& fact : d.chips) {
        auto* chip = new Chip(fact.text, fact.ink);
        chip->setToolTip(toolTipText(fact.tip));
        m_chips->addWidget(chip);
    }
    m_chipBox->updateGeometry();
}

void Inspector::fillParts(QVBoxLayout& where, const std::vector<DescribedPart>& parts)
{
    while (where.count() > 1) { // all but the stretch
        const std::unique_ptr<QLayoutItem> item(where.takeAt(0));
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // the click that led here may have come from one of them
        }
    }
    int at = 0;
    for (const DescribedPart& part : parts)
        where.insertWidget(at++, makePart(part, [this](const Location& to) { Q_EMIT wanted(to); }));
}

/// Rows are made anew for each selection: without this they would come after everything else in the window.
void Inspector::orderTabs()
{
    QList<QWidget*> order;
    if (m_before && m_before->window() == window())
        order += m_before;
    order += m_headOrder;
    order += m_tabs;
    const auto add = [&order](const QVBoxLayout& where) {
        for (int i = 0; i + 1 < where.count(); ++i)
            for (QWidget* widget : where.itemAt(i)->widget()->findChildren<QWidget*>())
                if (widget->focusPolicy() & Qt::TabFocus)
                    order += widget;
    };
    add(*m_why);
    order += m_evidence->inTabOrder();
    add(*m_fix);
    for (qsizetype i = 1; i < order.size(); ++i)
        QWidget::setTabOrder(order[i - 1], order[i]);
}

} // namespace glacis::ui
