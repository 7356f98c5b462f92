// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/canvas_overlays.h>

#include <attack/path_canvas.h>
#include <theme/type.h>
#include <widgets/card.h>
#include <widgets/reading.h>

#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int inset = 10;

    struct LegendRow {
        const char* words;
        Token ink;
        enum class Mark : std::uint8_t { Line, Dashed, Faint, Ring, Stack } mark;
    };
    constexpr std::array legend {
        LegendRow {
            QT_TRANSLATE_NOOP("PathLegend", "the chosen way"), Token::Critical, LegendRow::Mark::Line },
        LegendRow {
            QT_TRANSLATE_NOOP("PathLegend", "another open step"), Token::Thumb, LegendRow::Mark::Line },
        LegendRow { QT_TRANSLATE_NOOP("PathLegend", "not verified, or needed for work"), Token::Thumb,
            LegendRow::Mark::Dashed },
        LegendRow {
            QT_TRANSLATE_NOOP("PathLegend", "follows by itself"), Token::Thumb, LegendRow::Mark::Faint },
        LegendRow { QT_TRANSLATE_NOOP("PathLegend", "choke point"), Token::Critical, LegendRow::Mark::Ring },
        LegendRow {
            QT_TRANSLATE_NOOP("PathLegend", "several alike: opens"), Token::Text2, LegendRow::Mark::Stack },
    };

    void paintGround(QPainter& painter, const QRect& box, const QPalette& palette)
    {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colour(Token::Line, palette), 1));
        painter.setBrush(colour(Token::Card, palette));
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
    }

}

MiniMap::MiniMap(PathCanvas& canvas, QWidget* parent)
    : QWidget(parent)
    , m_canvas(canvas)
{
    setObjectName(u"miniMap"_s);
    setAccessibleName(tr("Overview of the picture"));
    setCursor(Qt::PointingHandCursor);
    connect(&m_canvas, &PathCanvas::viewChanged, this, &MiniMap::follow);
}

QSize MiniMap::sizeHint() const { return { scaled(168), scaled(112) }; }

void MiniMap::follow()
{
    const PathFigurePtr& figure = m_canvas.figure();
    const bool all = !figure || figure->scene.empty()
        || m_canvas.visibleScene()
               .adjusted(-12, -12, 12, 12)
               .contains(figure->paint.bounds.adjusted(10, 10, -10, -10));
    setVisible(!all);
    update();
}

QRectF MiniMap::pictureBox() const
{
    const QRectF bounds = m_canvas.figure()->paint.bounds;
    const QRectF room = QRectF(rect()).adjusted(7, 7, -7, -7);
    const double scale = std::min(room.width() / bounds.width(), room.height() / bounds.height());
    QRectF box(QPointF(), bounds.size() * scale);
    box.moveCenter(room.center());
    return box;
}

void MiniMap::paintEvent(QPaintEvent*)
{
    const PathFigurePtr& figure = m_canvas.figure();
    if (!figure || figure->paint.bounds.isEmpty())
        return;
    QPainter painter(this);
    paintGround(painter, rect(), palette());
    const QRectF box = pictureBox();
    const double scale = box.width() / figure->paint.bounds.width();
    const auto place = [&](const QRectF& r) {
        return QRectF(
            box.topLeft() + (r.topLeft() - figure->paint.bounds.topLeft()) * scale, r.size() * scale);
    };
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < figure->paint.cards.size(); ++i) {
        const PaintedCard& card = figure->paint.cards[i];
        const bool onWay = i < m_canvas.marks().cards.size() && m_canvas.marks().cards[i];
        QColor fill = colour(onWay ? m_canvas.marks().way : card.ink, palette());
        fill.setAlphaF(onWay ? 1.0F : 0.75F);
        const QRectF r = place(card.box);
        painter.fillRect(
            QRectF(r.topLeft(), QSizeF(std::max(2.0, r.width()), std::max(1.5, r.height()))), fill);
    }
    const QRectF view = place(m_canvas.visibleScene().intersected(figure->paint.bounds));
    painter.setPen(QPen(colour(Token::Accent, palette()), 1.5));
    QColor wash = colour(Token::Accent, palette());
    wash.setAlphaF(0.10F);
    painter.setBrush(wash);
    painter.drawRoundedRect(view, 2, 2);
}

void MiniMap::moveTo(QPointF at)
{
    const PathFigurePtr& figure = m_canvas.figure();
    if (!figure || figure->paint.bounds.isEmpty())
        return;
    const QRectF box = pictureBox();
    const double scale = box.width() / figure->paint.bounds.width();
    m_canvas.centreOn(figure->paint.bounds.topLeft() + (at - box.topLeft()) / scale);
}

void MiniMap::mousePressEvent(QMouseEvent* event) { moveTo(event->position()); }

void MiniMap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        moveTo(event->position());
}

PathLegend::PathLegend(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"pathLegend"_s);
    QStringList words;
    for (const LegendRow& row : legend)
        words += tr(row.words);
    setAccessibleName(tr("Legend"));
    setAccessibleDescription(words.join(u", "_s));
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

QSize PathLegend::sizeHint() const
{
    const QFontMetrics metrics(typeFont(Type::Caption));
    int width = 0;
    for (const LegendRow& row : legend)
        width = std::max(width, metrics.horizontalAdvance(tr(row.words)));
    return { width + 58, static_cast<int>(legend.size()) * (metrics.height() + 4) + 14 };
}

void PathLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    layOutByText(painter);
    paintGround(painter, rect(), palette());
    painter.setFont(typeFont(Type::Caption));
    const int line = painter.fontMetrics().height() + 4;
    int y = 7;
    for (const LegendRow& row : legend) {
        const QRect mark = QStyle::visualRect(layoutDirection(), rect(), QRect(12, y, 26, line));
        const QRect text = QStyle::visualRect(layoutDirection(), rect(), QRect(48, y, width() - 56, line));
        const QColor ink = colour(row.ink, palette());
        const double middle = mark.center().y() + 0.5;
        painter.setBrush(Qt::NoBrush);
        switch (row.mark) {
        case LegendRow::Mark::Line:
        case LegendRow::Mark::Dashed:
        case LegendRow::Mark::Faint: {
            QPen pen(ink, row.mark == LegendRow::Mark::Faint ? 1 : row.ink == Token::Critical ? 2.4 : 1.5);
            if (row.mark == LegendRow::Mark::Dashed)
                pen.setDashPattern({ 3, 2.4 });
            painter.setPen(pen);
            painter.drawLine(QPointF(mark.left(), middle), QPointF(mark.right(), middle));
            break;
        }
        case LegendRow::Mark::Ring:
            painter.setPen(QPen(ink, 2));
            painter.drawRoundedRect(QRectF(mark.left() + 2, middle - 5, 22, 10), 3, 3);
            break;
        case LegendRow::Mark::Stack:
            painter.setPen(QPen(ink, 1));
            painter.drawRoundedRect(QRectF(mark.left() + 4, middle - 3, 20, 8), 2.5, 2.5);
            painter.setBrush(colour(Token::Card, palette()));
            painter.drawRoundedRect(QRectF(mark.left() + 1, middle - 6, 20, 8), 2.5, 2.5);
            break;
        }
        painter.setPen(colour(Token::Text2, palette()));
        painter.drawText(text,
            static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
            tr(row.words));
        y += line;
    }
}

CanvasFrame::CanvasFrame(QWidget* parent)
    : QWidget(parent)
    , m_canvas(new PathCanvas(this))
    , m_map(new MiniMap(*m_canvas, this))
    , m_legend(new PathLegend(this))
{
    m_legend->hide();
    m_map->hide();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void CanvasFrame::setLegendVisible(bool visible)
{
    m_legend->setVisible(visible);
    place();
}

void CanvasFrame::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

void CanvasFrame::place()
{
    m_canvas->setGeometry(rect().adjusted(3, 3, -3, -3));
    const auto put = [this](QWidget* widget, const QSize& size, Qt::Corner corner) {
        QRect box(QPoint(inset, height() - inset - size.height()), size);
        if (corner == Qt::BottomRightCorner)
            box.moveLeft(width() - inset - size.width() - 8);
        widget->setGeometry(QStyle::visualRect(layoutDirection(), rect(), box));
        widget->raise();
    };
    put(m_map, m_map->sizeHint(), Qt::BottomRightCorner);
    put(m_legend, m_legend->sizeHint(), Qt::BottomLeftCorner);
}

void CanvasFrame::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintCard(painter, rect(), colour(Token::Panel, palette()), colour(Token::Line, palette()));
}

} // namespace glacis::ui
