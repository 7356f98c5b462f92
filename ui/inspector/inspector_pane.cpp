// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inspector/inspector_pane.h>

#include <inspector/inspector.h>
#include <theme/type.h>

#include <algorithm>

namespace glacis::ui {

using namespace Qt::StringLiterals;

namespace {

    constexpr int usualWidth = 344;
    constexpr int leastWidth = 240;
    constexpr int mostWidth = 4000; ///< that settings may ask for

}

InspectorPane::InspectorPane(QWidget* content, workspace::Workspace& workspace, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_inspector(new Inspector(workspace))
    , m_width(scaled(usualWidth))
{
    setObjectName(u"inspectorPane"_s);
    addWidget(content);
    addWidget(m_inspector);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
    setChildrenCollapsible(false);
    m_inspector->setMinimumWidth(scaled(leastWidth));
    m_inspector->hide();
    connect(m_inspector, &Inspector::wanted, this, &InspectorPane::wanted);
    connect(m_inspector, &Inspector::closeWanted, this, [this] {
        QWidget* last = m_page ? m_page->focusWidget() : nullptr;
        setOpen(false);
        if (last)
            last->setFocus(Qt::OtherFocusReason);
    });
    // Pages hear of a new assessment in an order of their own: ask when all of them have.
    connect(&workspace, &workspace::Workspace::assessmentReady, this, &InspectorPane::refresh,
        Qt::QueuedConnection);
    connect(this, &QSplitter::splitterMoved, this, [this] { m_width = m_inspector->width(); });
}

void InspectorPane::follow(Page* page)
{
    const bool other = page != m_page;
    if (other) {
        disconnect(m_selected);
        m_page = page;
        if (page)
            m_selected = connect(page, &Page::selected, this, &InspectorPane::refresh);
    }
    if (place() || other) {
        orderFocus();
        refresh();
    }
}

void InspectorPane::setOpen(bool open)
{
    if (open == m_open)
        return;
    m_open = open;
    if (place()) {
        orderFocus();
        refresh();
    }
    Q_EMIT openChanged(open);
}

bool InspectorPane::place()
{
    const bool wants = m_open && isOfUse();
    if (wants == !m_inspector->isHidden())
        return false;
    m_inspector->setVisible(wants);
    if (wants)
        setSizes({ std::max(1, width() - m_width - handleWidth()), m_width });
    return wants;
}

/// Pages are made after the inspector: without this Tab would reach it before the page.
void InspectorPane::orderFocus()
{
    if (!m_page || m_inspector->isHidden())
        return;
    QWidget* last = nullptr;
    for (QWidget* next = m_page->nextInFocusChain(); m_page->isAncestorOf(next);
         next = next->nextInFocusChain())
        if (next->focusPolicy() & Qt::TabFocus) // setTabOrder() does not take others
            last = next;
    m_inspector->comeAfter(last);
}

/// A hidden inspector costs nothing; it catches up when it is shown.
void InspectorPane::refresh()
{
    if (!m_inspector->isHidden() && m_page)
        m_inspector->show(m_page->selection());
}

bool InspectorPane::isBusy() const { return !m_inspector->isHidden() && m_inspector->isBusy(); }

QByteArray InspectorPane::state() const
{
    return QByteArray::number(m_width) + (m_open ? QByteArray(" open") : QByteArray(" closed"));
}

void InspectorPane::restore(const QByteArray& state)
{
    const QList<QByteArray> parts = state.split(' ');
    if (parts.size() != 2)
        return;
    if (const int width = parts[0].toInt(); width > 0)
        m_width = std::clamp(width, scaled(leastWidth), mostWidth);
    setOpen(parts[1] != "closed");
}

} // namespace glacis::ui
