// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <reports/page_preview.h>

#include <theme/tokens.h>
#include <widgets/card.h>

#include <QAccessible>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace glacis::ui {
namespace {

    constexpr int gap = 16; ///< around and between pages
    constexpr int keptAround = 3; ///< pages on each side whose pictures are held
    constexpr int widestDevice = 2600; ///< pixels: a picture of A4 is 38 MB then
    constexpr double stalePaper = 0.42; ///< how much of a picture that is no longer right is seen
    constexpr double pointsToInch = 1.0 / 72;

    /// A soft edge below a sheet of paper.
    void paintShadow(QPainter& painter, const QRect& sheet)
    {
        QColor shade = colour(Token::Window, Tone::Dark);
        painter.setPen(Qt::NoPen);
        for (const auto& [reach, share] : { std::pair(5, 0.03), std::pair(3, 0.05), std::pair(1, 0.08) }) {
            shade.setAlphaF(static_cast<float>(share));
            painter.setBrush(shade);
            painter.drawRoundedRect(
                sheet.adjusted(-reach, -reach + 2, reach, reach + 2), reach + 1, reach + 1);
        }
    }

}

PagePreview::PagePreview(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Preview of the report"));
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // else "fit width" would swing about it
    viewport()->setBackgroundRole(QPalette::Window);
    setMinimumSize(200, 160);
}

QSize PagePreview::pageSize() const
{
    if (m_points.isEmpty())
        return {};
    const double ratio = m_points.height() / m_points.width();
    double width = m_points.width() * pointsToInch * logicalDpiX();
    if (m_zoom != Zoom::Actual)
        width = viewport()->width() - 2 * gap;
    if (m_zoom == Zoom::Page)
        width = std::min(width, (viewport()->height() - 2 * gap) / ratio);
    width = std::max(width, 60.0);
    return { qRound(width), qRound(width * ratio) };
}

QRect PagePreview::pageRect(int page) const
{
    const QSize size = pageSize();
    const int left = std::max(gap, (viewport()->width() - size.width()) / 2) - horizontalScrollBar()->value();
    return { QPoint(left, gap + page * (size.height() + gap) - verticalScrollBar()->value()), size };
}

int PagePreview::deviceWidth() const
{
    return std::min(qRound(pageSize().width() * devicePixelRatioF()), widestDevice);
}

int PagePreview::page() const
{
    if (m_count == 0)
        return -1;
    const int middle = verticalScrollBar()->value() + viewport()->height() / 2 - gap / 2;
    return std::clamp(middle / (pageSize().height() + gap), 0, m_count - 1);
}

void PagePreview::setPages(int count, QSizeF points)
{
    m_count = count;
    m_points = points;
    for (auto& [page, picture] : m_pictures)
        picture.current = false;
    m_pictures.erase(m_pictures.lower_bound(count), m_pictures.end());
    m_dimmed = false;
    m_told = -1;
    measure();
    viewport()->update();
    Q_EMIT missed();
}

void PagePreview::setPicture(int page, const QImage& picture)
{
    if (page < 0 || page >= m_count)
        return;
    m_pictures[page] = { picture, true };
    forgetFarPictures();
    viewport()->update(pageRect(page));
}

void PagePreview::setDimmed(bool dimmed)
{
    if (m_dimmed == dimmed)
        return;
    m_dimmed = dimmed;
    viewport()->update();
}

void PagePreview::setZoom(Zoom zoom)
{
    if (m_zoom == zoom)
        return;
    m_zoom = zoom;
    measure();
    viewport()->update();
    Q_EMIT missed();
}

void PagePreview::showPage(int page)
{
    if (m_count == 0)
        return;
    page = std::clamp(page, 0, m_count - 1);
    verticalScrollBar()->setValue(page == 0 ? 0 : page * (pageSize().height() + gap) + gap / 2);
}

std::vector<PagePreview::Missing> PagePreview::missing() const
{
    std::vector<Missing> pages;
    if (m_count == 0)
        return pages;
    const int height = pageSize().height() + gap;
    const int first = std::clamp(verticalScrollBar()->value() / height, 0, m_count - 1);
    const int last = std::clamp(
        (verticalScrollBar()->value() + viewport()->height() - gap) / height, first, m_count - 1);
    const auto ask = [&](int page) {
        const auto found = m_pictures.find(page);
        const bool have = found != m_pictures.end() && found->second.current
            && found->second.image.width() == deviceWidth();
        if (!have && page >= 0 && page < m_count)
            pages.push_back({ page, deviceWidth() });
    };
    for (int page = first; page <= last; ++page)
        ask(page);
    ask(last + 1);
    ask(first - 1);
    return pages;
}

void PagePreview::forgetFarPictures()
{
    const int here = page();
    const int around = keptAround + viewport()->height() / (2 * (pageSize().height() + gap));
    for (auto it = m_pictures.begin(); it != m_pictures.end();)
        it = std::abs(it->first - here) > around ? m_pictures.erase(it) : std::next(it);
}

void PagePreview::measure()
{
    QScrollBar* bar = verticalScrollBar();
    const double place = m_step > 0 ? static_cast<double>(bar->value()) / m_step : 0;
    const QSize size = pageSize();
    const int step = size.height() + gap;
    m_step = step;
    const int height = m_count == 0 ? 0 : gap + m_count * step;
    bar->setSingleStep(std::max(2, qRound(viewport()->height() / 12.0)));
    bar->setPageStep(std::max(1, step));
    bar->setRange(0, std::max(0, height - viewport()->height()));
    bar->setValue(qRound(place * step));
    QScrollBar* across = horizontalScrollBar();
    across->setPageStep(viewport()->width());
    across->setSingleStep(std::max(2, viewport()->width() / 12));
    across->setRange(0, std::max(0, size.width() + 2 * gap - viewport()->width()));
    tell();
}

void PagePreview::tell()
{
    const int now = page();
    if (now == m_told)
        return;
    m_told = now;
    setAccessibleDescription(now < 0 ? QString() : tr("Page %1 of %2").arg(now + 1).arg(m_count));
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    Q_EMIT pageChanged(now);
}

void PagePreview::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    for (int page = 0; page < m_count; ++page) {
        const QRect sheet = pageRect(page);
        if (!sheet.adjusted(-8, -8, 8, 8).intersects(event->rect()))
            continue;
        paintShadow(painter, sheet);
        painter.fillRect(sheet, colour(Token::Card, Tone::Light));
        const auto found = m_pictures.find(page);
        if (found != m_pictures.end()) {
            painter.setOpacity(m_dimmed || !found->second.current ? stalePaper : 1.0);
            painter.drawImage(sheet, found->second.image);
            painter.setOpacity(1);
        }
        painter.setPen(colour(Token::Line, palette()));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(sheet);
    }
    if (showsFocus(*this))
        paintFocus(painter, viewport()->rect(), 7, palette());
}

void PagePreview::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    measure();
    Q_EMIT missed();
}

void PagePreview::scrollContentsBy(int, int)
{
    viewport()->update();
    tell();
    Q_EMIT missed();
}

bool PagePreview::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress)
        setFocus(Qt::MouseFocusReason);
    return QAbstractScrollArea::viewportEvent(event);
}

void PagePreview::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        viewport()->update();
}

void PagePreview::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_PageDown:
    case Qt::Key_Space:
        showPage(page() + (event->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1));
        return;
    case Qt::Key_PageUp:
        showPage(page() - 1);
        return;
    case Qt::Key_Home:
        showPage(0);
        return;
    case Qt::Key_End:
        showPage(m_count - 1);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace glacis::ui
