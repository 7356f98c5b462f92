// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/loading_page.h>

#include <shell/top_bar.h>
#include <widgets/buttons.h>
#include <widgets/empty_state.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/time_text.h>

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QVBoxLayout>

namespace glacis::ui {

LoadingPage::LoadingPage(workspace::Workspace& workspace, QAction& cancel, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_title(new ElidedLabel({}, Type::Display))
    , m_text(new ElidedLabel({}, Type::Body, Token::Text2))
    , m_file(new ElidedLabel({}, Type::Small, Token::Text3))
    , m_bar(new QProgressBar)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 18);
    column->setSpacing(8);
    auto* line = new QHBoxLayout;
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_text);
    line->addLayout(words, 1);
    QPushButton* stop = makeButton(cancel.text().remove(u'&'));
    stop->setAccessibleName(tr("Cancel reading the source"));
    connect(stop, &QPushButton::clicked, &cancel, &QAction::trigger);
    line->addWidget(stop, 0, Qt::AlignTop);
    column->addLayout(line);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(4);
    m_bar->setAccessibleName(tr("Progress of reading the source"));
    column->addWidget(m_bar);
    m_file->setElideMode(Qt::ElideMiddle);
    column->addWidget(m_file);
    column->addSpacing(4);
    column->addWidget(new Skeleton, 1);
    connect(&workspace, &workspace::Workspace::loadingStarted, this, &LoadingPage::start);
    connect(&workspace, &workspace::Workspace::progressed, this, &LoadingPage::tell);
    start();
}

void LoadingPage::start()
{
    m_title->setText(tr("Opening %1").arg(requestTitle(m_workspace.request())));
    tell(m_workspace.progress());
}

void LoadingPage::tell(const workspace::LoadProgress& progress)
{
    m_text->setText(progressText(progress));
    const bool files = progress.step == workspace::LoadProgress::Step::Reading;
    m_file->setText(!progress.waiting.empty() ? shown(progress.waiting, 300)
            : files                           ? shown(progress.file, 1000)
            : progress.requests > 0           ? tr("%1 requests").arg(countText(progress.requests))
                                              : QString());
    m_file->setInk(progress.waiting.empty() ? Token::Text3 : Token::Medium);
    const std::optional<int> share = progressShare(progress);
    m_bar->setRange(0, share ? 1000 : 0);
    if (share)
        m_bar->setValue(*share);
}

DropOverlay::DropOverlay(QWidget* over)
    : QWidget(over)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    over->installEventFilter(this);
    hide();
}

bool DropOverlay::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        resize(parentWidget()->size());
    return QWidget::eventFilter(watched, event);
}

void DropOverlay::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = colour(Token::Window, palette());
    veil.setAlphaF(0.88F);
    painter.fillRect(rect(), veil);
    const QColor accent = colour(Token::Accent, palette());
    painter.setPen(QPen(accent, 2, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(16, 16, -16, -16), 12, 12);
    const QPoint centre = rect().center();
    paintGlyph(painter, Glyph::Drop, QRect(centre.x() - 24, centre.y() - 60, 48, 48), accent);
    painter.setFont(typeFont(Type::Title));
    painter.setPen(colour(Token::Text, palette()));
    painter.drawText(
        QRect(0, centre.y(), width(), 40), Qt::AlignCenter, tr("Drop files or folders to open them"));
}

} // namespace glacis::ui
