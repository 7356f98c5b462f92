// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/ways_card.h>

#include <attack/scene_words.h>
#include <overview/path_panel.h>
#include <theme/type.h>
#include <widgets/buttons.h>
#include <widgets/empty_state.h>
#include <widgets/time_text.h>

#include <QPushButton>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using attack::WayClass;

    constexpr int roomyTitle = 600;

}

WaysCard::WaysCard(QWidget* parent)
    : Card(tr("How an attacker crosses this cluster"), parent)
    , m_open(makeButton({}, ButtonKind::Link))
    , m_panel(new PathPanel)
{
    setObjectName(u"ways"_s);
    m_open->setObjectName(u"openAttackPath"_s);
    m_open->setAccessibleName(tr("Open attack path"));
    addToTitle(m_open);
    body()->addWidget(m_panel, 1);
    connect(m_open, &QPushButton::clicked, this, &WaysCard::opened);
    connect(m_panel, &PathPanel::opened, this, &WaysCard::opened);
}

/// The counts beside the link matter more than its words.
void WaysCard::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    // The mark is mirrored with the text.
    m_open->setText(width() < scaled(roomyTitle) ? tr("Open ›") : tr("Open attack path ›"));
}

void WaysCard::show(const assessment::AssessmentPtr& assessment)
{
    if (m_empty) {
        m_empty->hide();
        m_empty->deleteLater();
        m_empty = nullptr;
    }
    const attack::Search* search = assessment->search.get();
    const bool any = search && !search->ways().empty();
    setNote(any ? waysLine(*search) : QString());
    m_open->setVisible(any);
    m_panel->setVisible(any);
    if (any) { // the first is the cheapest of the best class there is
        m_panel->show(assessment, search->ways().front());
        return;
    }
    // Files alone do not tell what the Internet reaches: that is no good news.
    const bool whole = search && assessment->inventory->source.scope == inventory::Scope::Cluster;
    m_empty = whole
        ? new EmptyState(Glyph::Shield, tr("No way was found"),
            tr("Nothing that was read leads from the Internet to a crown jewel. What was not read stands "
               "below."))
        : new EmptyState(Glyph::EyeOff, tr("Not known from these files"),
            tr("They hold nothing that the Internet reaches. Nodes, addresses and facts of the cluster would "
               "tell."));
    body()->addWidget(m_empty, 1);
}

} // namespace glacis::ui
