// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/path_picture.h>

#include <attack/scene_words.h>
#include <theme/type.h>
#include <widgets/card.h>

#include <QPainter>

#include <algorithm>

namespace glacis::ui {
namespace {

    constexpr std::size_t mostWays = 7; ///< more would be a tangle at this size
    constexpr std::size_t mostInLane = 4;

}

PathPicture::PathPicture(QWidget* parent)
    : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("pathPicture"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(tr("Picture of the cheapest ways: opens the attack path"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PathPicture::show(const assessment::AssessmentPtr& assessment)
{
    m_assessment = assessment;
    draw();
}

void PathPicture::draw()
{
    m_figure.reset();
    m_marks = {};
    update();
    if (!m_assessment || !m_assessment->search || m_assessment->search->ways().empty() || width() < 40)
        return;
    FigureRequest request;
    request.compact = true;
    request.mirrored = isRightToLeft();
    request.width = width();
    request.height = height();
    request.scene.mostWays = mostWays;
    request.scene.mostInLane = mostInLane;
    const bool certain = m_assessment->search->count(attack::WayClass::Certain) > 0;
    request.scene.certain = certain;
    request.scene.residual = request.scene.possible = !certain;
    m_figure = makeFittedFigure(m_assessment, request);
    if (m_figure->scene.ways.empty())
        return;
    m_marks = marksOf(*m_figure, m_figure->scene.ways.front(), UINT32_MAX);
    // Numbers belong to the large picture: here the red line tells enough.
    std::fill(m_marks.numbers.begin(), m_marks.numbers.end(), 0);
    const attack::Way& way = m_assessment->search->ways()[m_figure->scene.ways.front().way];
    setAccessibleDescription(
        wayTitle(m_assessment->graph, way) + QStringLiteral(". ") + waysLine(*m_assessment->search));
}

QSize PathPicture::sizeHint() const { return { scaled(640), scaled(180) }; }

QSize PathPicture::minimumSizeHint() const { return { scaled(260), scaled(120) }; }

void PathPicture::resizeEvent(QResizeEvent* event)
{
    QAbstractButton::resizeEvent(event);
    draw();
}

void PathPicture::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_figure && !m_figure->paint.bounds.isEmpty()) {
        const QRectF bounds = m_figure->paint.bounds;
        const double scale = shrinking(*m_figure, width(), height());
        painter.translate((width() - bounds.width() * scale) / 2 - bounds.left() * scale,
            (height() - bounds.height() * scale) / 2 - bounds.top() * scale);
        paintPath(painter, m_figure->paint, m_marks,
            { std::max(scale, 0.01), toneOf(palette()), {}, m_figure->mirrored });
        painter.resetTransform();
    }
    if (showsFocus(*this))
        paintFocus(painter, rect(), 8, palette());
}

} // namespace glacis::ui
