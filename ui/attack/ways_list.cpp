// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/ways_list.h>

#include <attack/scene_words.h>
#include <theme/type.h>
#include <widgets/outside_text.h>
#include <widgets/reading.h>

#include <QPainter>
#include <QStyle>

#include <utility>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int rowHeight = 50, headHeight = 26, pad = 10;

    class WayDelegate : public QStyledItemDelegate {
    public:
        using QStyledItemDelegate::QStyledItemDelegate;

        [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
        {
            return { scaled(160),
                scaled(rowHeight + (index.data(WaysModel::FirstOfClassRole).toBool() ? headHeight : 0)) };
        }

        void paint(
            QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
        {
            const QPalette& p = option.palette;
            painter->save();
            layOutByText(*painter);
            painter->setRenderHint(QPainter::Antialiasing);
            const auto cls = static_cast<attack::WayClass>(index.data(WaysModel::ClassRole).toInt());
            QRect box = option.rect;
            const auto side = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
            const auto draw = [&](const QRect& where, const QString& text, Type type, Token ink) {
                painter->setFont(typeFont(type));
                painter->setPen(colour(ink, p));
                painter->drawText(where, static_cast<int>(side) | Qt::TextSingleLine,
                    painter->fontMetrics().elidedText(
                        type == Type::Section ? text.toUpper() : text, Qt::ElideRight, where.width()));
            };
            if (index.data(WaysModel::FirstOfClassRole).toBool()) {
                const QRect head(box.left() + pad, box.top(), box.width() - 2 * pad, scaled(headHeight));
                draw(head, wayClassWord(cls), Type::Section, Token::Text3);
                box.setTop(box.top() + scaled(headHeight));
            }
            const bool selected = option.state.testFlag(QStyle::State_Selected);
            if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
                painter->setPen(Qt::NoPen);
                painter->setBrush(colour(selected ? Token::Selected : Token::Hover, p));
                painter->drawRoundedRect(QRectF(box).adjusted(3, 1, -3, -1), 7, 7);
            }
            // A line like the one in the picture: red and whole, or dashed.
            const QRect mark = QStyle::visualRect(
                option.direction, box, QRect(box.left() + pad, box.top() + 6, 3, box.height() - 12));
            QPen pen(colour(cls == attack::WayClass::Certain ? Token::Critical : Token::Medium, p), 3,
                Qt::SolidLine, Qt::FlatCap);
            if (cls != attack::WayClass::Certain)
                pen.setDashPattern({ 1.4, 1.2 });
            painter->setPen(pen);
            painter->drawLine(mark.center().x(), mark.top(), mark.center().x(), mark.bottom());
            const QRect text = QStyle::visualRect(option.direction, box, box.adjusted(pad + 12, 6, -pad, -6));
            const int half = text.height() / 2;
            draw(QRect(text.left(), text.top(), text.width(), half), index.data().toString(), Type::Body,
                Token::Text);
            draw(QRect(text.left(), text.top() + half, text.width(), half),
                index.data(WaysModel::DetailRole).toString(), Type::Caption, Token::Text2);
            if (option.state.testFlag(QStyle::State_HasFocus) && selected) {
                painter->setPen(QPen(colour(Token::Accent, p), 1.5));
                painter->setBrush(Qt::NoBrush);
                painter->drawRoundedRect(QRectF(box).adjusted(3.5, 1.5, -3.5, -1.5), 7, 7);
            }
            painter->restore();
        }
    };

}

WaysModel::WaysModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void WaysModel::setSearch(assessment::AssessmentPtr assessment, std::shared_ptr<const attack::Search> search)
{
    beginResetModel();
    m_assessment = std::move(assessment);
    m_search = std::move(search);
    endResetModel();
}

int WaysModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_search ? 0 : static_cast<int>(m_search->ways().size());
}

QVariant WaysModel::data(const QModelIndex& index, int role) const
{
    if (!m_search || !index.isValid() || index.row() >= rowCount())
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const attack::Way& way = m_search->ways()[row];
    const auto detail
        = [&] { return tr("%n step(s) · cost %1", nullptr, static_cast<int>(way.hops)).arg(way.cost); };
    switch (role) {
    case Qt::DisplayRole:
        return shortName(m_assessment->graph.nodes[way.firstStep]);
    case Qt::ToolTipRole:
        return toolTipText(
            wayTitle(m_assessment->graph, way) + u'\n' + wayClassWord(way.wayClass) + u" · " + detail());
    case Qt::AccessibleTextRole:
        return QString(
            wayTitle(m_assessment->graph, way) + u", " + wayClassWord(way.wayClass) + u", " + detail());
    case ClassRole:
        return static_cast<int>(way.wayClass);
    case DetailRole:
        return QString(
            tr("to %1").arg(cardName(m_assessment->graph.nodes[way.jewel])) + u" · " + stepsText(way.hops));
    case FirstOfClassRole:
        return row == 0 || m_search->ways()[row - 1].wayClass != way.wayClass;
    default:
        return {};
    }
}

WaysList::WaysList(WaysModel& model, QWidget* parent)
    : QListView(parent)
{
    setObjectName(u"waysList"_s);
    setAccessibleName(tr("Ways to the crown jewels"));
    setModel(&model);
    setItemDelegate(new WayDelegate(this));
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    // Also the current one again, after something else was chosen in the picture.
    connect(this, &QListView::clicked, this, [this](const QModelIndex& index) {
        if (!std::exchange(m_told, false))
            Q_EMIT wayChosen(index.row());
    });
    setMinimumWidth(scaled(170));
    viewport()->setAutoFillBackground(false);
    setProperty("kind", u"clear"_s);
}

QSize WaysList::sizeHint() const { return { scaled(228), scaled(300) }; }

void WaysList::setCurrentWay(int row)
{
    m_quiet = true;
    setCurrentIndex(model()->index(row, 0));
    m_quiet = false;
}

void WaysList::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (m_quiet || !current.isValid())
        return;
    m_told = true;
    Q_EMIT wayChosen(current.row());
}

void WaysList::mousePressEvent(QMouseEvent* event)
{
    m_told = false;
    QListView::mousePressEvent(event);
}

} // namespace glacis::ui
