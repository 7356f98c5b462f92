// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/charts.h>

#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#ifdef GLACIS_CHARTS
#include <QtCharts/QChart>
#include <QtCharts/QPieSeries>
#include <QtCharts/QPieSlice>

#include <QGraphicsLayout>
#include <QGraphicsScene>
#endif

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace glacis::ui {
namespace {

    constexpr double holeShare = 0.8; ///< of the ring's radius
    constexpr double leastShare = 0.015; ///< one among thousands still shows
    constexpr double slit = 2; ///< between slices, in pixels
    constexpr int mostRing = 176;
    constexpr int leastRing = 84;
    constexpr int rowGap = 22; ///< between ring and legend
    constexpr int mark = 12;
    constexpr int pad = 8;

    using Shares = std::array<double, 5>; ///< by item: worst first; the sum is 1, or 0 when nothing is

    Shares sharesOf(const SeverityCounts& counts)
    {
        const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
        Shares shares {};
        if (total == 0)
            return shares;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const double count = counts[counts.size() - 1 - i];
            shares[i] = count > 0 ? std::max(leastShare, count / total) : 0;
        }
        const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
        for (double& share : shares)
            share /= sum;
        return shares;
    }

    struct Slice {
        double share = 0;
        QColor ink;
    };

}

#ifdef GLACIS_CHARTS

/// Drawn by Qt Charts into a painter of ours: a chart view of its own would bring a scroll area that neither
/// the keyboard nor a screen reader has any use for. Slices are made once and only get new values, since
/// adding them one by one relays the whole chart each time.
class DonutChart::Ring {
public:
    Ring()
    {
        m_chart = new QChart;
        m_chart->setTheme(QChart::ChartThemeLight); // before any colour: a theme overwrites them
        m_chart->setAnimationOptions(QChart::NoAnimation);
        m_chart->setBackgroundVisible(false);
        m_chart->setMargins({});
        m_chart->layout()->setContentsMargins(0, 0, 0, 0);
        m_chart->legend()->hide();
        auto* series = new QPieSeries;
        series->setPieSize(1.0);
        series->setHoleSize(holeShare);
        for (QPieSlice*& slice : m_slices)
            slice = new QPieSlice({}, 0);
        series->append({ m_slices.begin(), m_slices.end() });
        m_chart->addSeries(series);
        m_scene.addItem(m_chart);
    }

    void paint(QPainter& painter, const QRectF& box, const std::array<Slice, 5>& slices, const QColor& ground)
    {
        const auto parts = std::count_if(slices.begin(), slices.end(), [](auto& s) { return s.share > 0; });
        for (std::size_t i = 0; i < slices.size(); ++i) {
            m_slices[i]->setValue(slices[i].share);
            m_slices[i]->setBrush(slices[i].ink);
            m_slices[i]->setPen(parts > 1 && slices[i].share > 0 ? QPen(ground, slit) : QPen(Qt::NoPen));
        }
        const QRectF place({ 0, 0 }, box.size());
        m_chart->resize(place.size());
        m_chart->setPlotArea(place);
        m_scene.setSceneRect(place);
        m_scene.render(&painter, box, place);
    }

private:
    QGraphicsScene m_scene; ///< owns the chart, which owns the series, which owns the slices
    QChart* m_chart;
    std::array<QPieSlice*, 5> m_slices {};
};

#else

class DonutChart::Ring {
public:
    void paint(QPainter& painter, const QRectF& box, const std::array<Slice, 5>& slices, const QColor& ground)
    {
        const auto parts = std::count_if(slices.begin(), slices.end(), [](auto& s) { return s.share > 0; });
        const double hole = box.width() * (1 - holeShare) / 2;
        const QRectF inner = box.adjusted(hole, hole, -hole, -hole);
        double at = 90; // twelve o'clock; angles grow against the clock
        for (const Slice& slice : slices) {
            if (slice.share <= 0)
                continue;
            const double span = -360 * slice.share;
            QPainterPath path;
            path.arcMoveTo(box, at);
            path.arcTo(box, at, span);
            path.arcTo(inner, at + span, -span);
            path.closeSubpath();
            painter.setPen(parts > 1 ? QPen(ground, slit) : QPen(Qt::NoPen));
            painter.setBrush(slice.ink);
            painter.drawPath(path);
            at += span;
        }
    }
};

#endif

DonutChart::DonutChart(const QString& name, QWidget* parent)
    : Chart(name, parent)
    , m_ring(std::make_unique<Ring>())
{
    setCounts({});
}

DonutChart::~DonutChart() = default;

void DonutChart::setCounts(const SeverityCounts& counts)
{
    m_counts = counts;
    itemsChanged();
}

void DonutChart::setJudged(bool judged)
{
    m_judged = judged;
    update();
}

Severity DonutChart::severityOf(int item) { return static_cast<Severity>(4 - std::clamp(item, 0, 4)); }

std::uint64_t DonutChart::total() const
{
    return std::accumulate(m_counts.begin(), m_counts.end(), std::uint64_t { 0 });
}

QString DonutChart::itemText(int item) const
{
    const Severity severity = severityOf(item);
    //: a severity and a count: "Critical: 3"
    return tr("%1: %2").arg(severityWord(severity), countText(m_counts[static_cast<std::size_t>(severity)]));
}

QString DonutChart::itemToolTip(int item) const
{
    const std::uint64_t all = total();
    const std::uint32_t count = m_counts[static_cast<std::size_t>(severityOf(item))];
    if (all == 0 || count == 0)
        return itemText(item);
    const double percent = 100.0 * count / static_cast<double>(all);
    return percent < 1 ? tr("%1, less than 1 %").arg(itemText(item))
                       : tr("%1, %2 %").arg(itemText(item)).arg(std::lround(percent));
}

QRect DonutChart::ringRect() const
{
    const int side = std::clamp(std::min(height(), width() * 45 / 100), scaled(leastRing), scaled(mostRing));
    return mirrored(QRect(pad, (height() - side) / 2, side, side));
}

QRect DonutChart::itemRect(int item) const
{
    const int row = std::clamp(height() / itemCount(), fontMetrics().height(), scaled(26));
    const int left = pad + ringRect().width() + scaled(rowGap);
    const int top = (height() - row * itemCount()) / 2;
    return mirrored(QRect(left, top + item * row, width() - left, row));
}

QSize DonutChart::sizeHint() const { return { scaled(340), minimumSizeHint().height() }; }

QSize DonutChart::minimumSizeHint() const
{
    return { scaled(230), std::max(scaled(leastRing), itemCount() * (fontMetrics().height() + 2)) };
}

int DonutChart::itemAt(const QPoint& at) const
{
    for (int i = 0; i < itemCount(); ++i)
        if (itemRect(i).contains(at))
            return i;
    const QRect ring = ringRect();
    const QPointF from = QPointF(at) - QRectF(ring).center();
    const double distance = std::hypot(from.x(), from.y());
    const double radius = ring.width() / 2.0;
    if (total() == 0 || distance > radius || distance < radius * holeShare - 4)
        return -1;
    const double across = layoutDirection() == Qt::RightToLeft ? -from.x() : from.x();
    double turn = std::atan2(across, -from.y()) / (2 * std::numbers::pi); // clockwise from twelve o'clock
    if (turn < 0)
        turn += 1;
    const Shares shares = sharesOf(m_counts);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (turn < shares[i])
            return static_cast<int>(i);
        turn -= shares[i];
    }
    return -1;
}

void DonutChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette& p = palette();
    const Shares shares = sharesOf(m_counts);
    const bool any = total() > 0;
    std::array<Slice, 5> slices;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const int item = static_cast<int>(i);
        QColor ink = colour(severityToken(severityOf(item)), p);
        if (hovered() >= 0 && hovered() != item)
            ink.setAlphaF(0.3F);
        slices[i] = { shares[i], ink };
    }
    if (!any)
        slices[0] = { 1, colour(m_judged ? Token::Pass : Token::Line, p) };

    const QRect ring = ringRect();
    painter.save();
    if (layoutDirection() == Qt::RightToLeft) { // there the ring turns the other way
        painter.translate(2 * QRectF(ring).center().x(), 0);
        painter.scale(-1, 1);
    }
    m_ring->paint(painter, ring, slices, colour(Token::Card, p));
    painter.restore();

    const QString number = any || m_judged ? countText(total()) : QStringLiteral("–");
    const QFontMetrics display(typeFont(Type::Display));
    const bool fits = display.horizontalAdvance(number) < ring.width() * holeShare * 0.85;
    painter.setFont(typeFont(fits ? Type::Display : Type::Strong));
    painter.setPen(colour(Token::Text, p));
    const int big = painter.fontMetrics().height();
    const QFontMetrics small(typeFont(Type::Caption));
    const int top = ring.center().y() - (big + small.height() - 2) / 2;
    painter.drawText(QRect(ring.left(), top, ring.width(), big), Qt::AlignCenter, number);
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(colour(Token::Text2, p));
    painter.drawText(QRect(ring.left(), top + big - 2, ring.width(), small.height()), Qt::AlignCenter,
        total() == 1 ? tr("problem") : tr("problems"));
    paintLegend(painter);
    paintItemFocus(painter);
}

void DonutChart::paintLegend(QPainter& painter) const
{
    const QPalette& p = palette();
    painter.setFont(typeFont(Type::Body));
    const auto align = [this](Qt::Alignment side) {
        return static_cast<int>(QStyle::visualAlignment(layoutDirection(), side | Qt::AlignVCenter));
    };
    for (int i = 0; i < itemCount(); ++i) {
        const QRect row = itemRect(i);
        if (hovered() == i) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour(Token::Hover, p));
            painter.drawRoundedRect(row, 6, 6);
        }
        const Severity severity = severityOf(i);
        const std::uint32_t count = m_counts[static_cast<std::size_t>(severity)];
        const QRect inside = row.adjusted(pad, 0, -pad, 0);
        const auto part = [&](int left, int width) {
            return QStyle::visualRect(
                layoutDirection(), inside, QRect(inside.left() + left, inside.top(), width, inside.height()));
        };
        paintSeverityShape(painter, part(0, mark), severity, colour(severityToken(severity), p));
        const QString number = m_judged || total() > 0 ? countText(count) : QStringLiteral("–");
        const int room = painter.fontMetrics().horizontalAdvance(number) + 2;
        painter.setPen(colour(count > 0 ? Token::Text : Token::Text3, p));
        painter.drawText(part(inside.width() - room, room), align(Qt::AlignRight), number);
        const int left = mark + pad;
        const QRect words = part(left, inside.width() - left - room - pad);
        painter.drawText(words, align(Qt::AlignLeft),
            painter.fontMetrics().elidedText(severityWord(severity), Qt::ElideRight, words.width()));
    }
}

} // namespace glacis::ui
