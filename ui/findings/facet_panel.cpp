// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/facet_panel.h>

#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/card.h>
#include <widgets/icons.h>
#include <widgets/outside_text.h>
#include <widgets/reading.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int valueHeight = 26;
    constexpr int headingHeight = 34;
    constexpr int side = 12;

    QString headingOf(FilterKey key)
    {
        switch (key) {
        case FilterKey::Severity:
            return FacetPanel::tr("Severity");
        case FilterKey::Stage:
            return FacetPanel::tr("Stage");
        case FilterKey::Namespace:
            return FacetPanel::tr("Namespace");
        case FilterKey::Check:
            return FacetPanel::tr("Check");
        case FilterKey::Kind:
            return FacetPanel::tr("Kind");
        case FilterKey::State:
            return FacetPanel::tr("State");
        default:
            return FacetPanel::tr("Framework");
        }
    }

    std::set<std::string> chosenValues(const QString& line, FilterKey key)
    {
        std::set<std::string> chosen;
        if (key == FilterKey::Severity) { // "high+" means several
            for (const Severity severity : FindingFilter(line).severities())
                chosen.emplace(name(severity));
            return chosen;
        }
        for (const FilterTerm& term : parseFilter(line))
            if (term.key == key && !term.negated)
                for (const FilterValue& value : term.values)
                    chosen.insert(value.text == "open" && key == FilterKey::State ? "fail" : value.text);
        return chosen;
    }

    constexpr int mark = 12;

    bool hasShape(const FacetModel::Row& row)
    {
        return row.key == FilterKey::Severity && row.kind == FacetModel::Kind::Value
            && severityFromName(row.value);
    }

    int countWidth(const FacetModel::Row& row)
    {
        return row.kind == FacetModel::Kind::Value
            ? QFontMetrics(typeFont(Type::Small)).horizontalAdvance(countText(row.problems)) + 8
            : 0;
    }

    /// For the words of a row that is `width` wide.
    int roomFor(const FacetModel::Row& row, int width)
    {
        return std::max(0, width - 2 * side - mark - 8 - (hasShape(row) ? mark + 5 : 0) - countWidth(row));
    }

    /// Sentences that begin alike are told apart by their ends: they take a second line.
    void paintSentence(QPainter& painter, const QRect& box, int flags, const QString& text)
    {
        const QFontMetrics metrics(painter.font());
        QTextLayout layout(text, painter.font());
        layout.beginLayout();
        QTextLine first = layout.createLine();
        first.setLineWidth(std::max(1, box.width()));
        layout.endLayout();
        const int top = box.top() + (box.height() - 2 * metrics.height()) / 2;
        const auto draw = [&](int line, const QString& words) {
            painter.drawText(QRect(box.left(), top + line * metrics.height(), box.width(), metrics.height()),
                flags, metrics.elidedText(words, Qt::ElideRight, box.width()));
        };
        draw(0, text.left(first.textLength()).trimmed());
        draw(1, text.mid(first.textLength()));
    }

    class FacetDelegate : public QStyledItemDelegate {
    public:
        explicit FacetDelegate(FacetPanel& panel)
            : QStyledItemDelegate(&panel)
            , m_panel(panel)
        {
        }
        [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
        {
            const FacetModel::Row& row = m_panel.facets().row(index.row());
            if (row.kind == FacetModel::Kind::Heading)
                return { 40, scaled(headingHeight) };
            const QFontMetrics metrics(typeFont(Type::Small));
            const bool fits = row.key != FilterKey::Check || row.kind == FacetModel::Kind::More
                || metrics.horizontalAdvance(index.data().toString())
                    <= roomFor(row, m_panel.viewport()->width());
            return { 40, scaled(valueHeight) + (fits ? 0 : metrics.height()) };
        }
        void paint(
            QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    private:
        FacetPanel& m_panel;
    };

    void FacetDelegate::paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
    {
        const FacetModel::Row& row = m_panel.facets().row(index.row());
        const QPalette& p = option.palette;
        const QRect rect = option.rect;
        const auto at = [&](int x, int width) {
            return QStyle::visualRect(
                option.direction, rect, QRect(rect.left() + x, rect.top(), width, rect.height()));
        };
        const int leading
            = static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter))
            | Qt::TextSingleLine;
        const int trailing
            = static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter))
            | Qt::TextSingleLine;
        painter->save();
        layOutByText(*painter);
        const QString text = index.data().toString();
        if (row.kind == FacetModel::Kind::Heading) {
            painter->setFont(typeFont(Type::Section));
            painter->setPen(colour(Token::Text3, p));
            painter->drawText(at(side, rect.width() - 2 * side).adjusted(0, 0, 0, -4),
                (leading & ~Qt::AlignVCenter) | Qt::AlignBottom, text);
            painter->restore();
            return;
        }
        const QRect box = rect.adjusted(side / 2, 1, -side / 2, -1);
        painter->setRenderHint(QPainter::Antialiasing);
        if (row.chosen || m_panel.hoveredRow() == index.row()) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(colour(row.chosen ? Token::Selected : Token::Hover, p));
            painter->drawRoundedRect(QRectF(box), 6, 6);
        }
        int x = side;
        const QRect place = at(x, mark);
        const QRectF square(place.left(), place.center().y() - mark / 2.0 + 1, mark, mark);
        if (row.kind == FacetModel::Kind::Value) {
            // The same box everywhere says that several can be chosen.
            painter->setPen(QPen(colour(row.chosen ? Token::Accent : Token::Thumb, p), 1.2));
            painter->setBrush(row.chosen ? QBrush(colour(Token::Accent, p)) : QBrush(Qt::NoBrush));
            painter->drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
            if (row.chosen)
                paintGlyph(*painter, Glyph::Check, square.adjusted(1, 1, -1, -1), colour(Token::OnAccent, p));
        }
        x += mark + 8;
        if (hasShape(row)) {
            const auto severity = severityFromName(row.value);
            paintSeverityShape(*painter, at(x, mark), *severity, colour(severityToken(*severity), p));
            x += mark + 5;
        }
        painter->setFont(typeFont(Type::Small));
        const QFontMetrics metrics(painter->font());
        painter->setPen(colour(row.kind == FacetModel::Kind::More ? Token::Accent
                : row.chosen                                      ? Token::Text
                                                                  : Token::Text2,
            p));
        const int room = roomFor(row, rect.width());
        if (rect.height() > scaled(valueHeight))
            paintSentence(*painter, at(x, room), leading, text);
        else
            painter->drawText(at(x, room), leading, metrics.elidedText(text, Qt::ElideMiddle, room));
        if (row.kind == FacetModel::Kind::Value) {
            const int width = countWidth(row);
            painter->setPen(colour(Token::Text3, p));
            painter->drawText(at(rect.width() - side - width, width), trailing, countText(row.problems));
        }
        if (m_panel.hasFocus() && index == m_panel.currentIndex())
            paintFocus(*painter, box, 5, p);
        painter->restore();
    }

}

void FacetModel::show(const FindingView& view)
{
    m_facets = view.facets;
    m_line = view.query.filter;
    replace(madeRows());
}

void FacetModel::toggleMore(FilterKey key)
{
    if (m_opened.erase(key) == 0)
        m_opened.insert(key);
    replace(madeRows());
}

std::vector<FacetModel::Row> FacetModel::madeRows() const
{
    std::vector<Row> rows;
    for (std::size_t facet = 0; facet < facetKeys.size(); ++facet) {
        const FilterKey key = facetKeys[facet];
        const std::set<std::string> chosen = chosenValues(m_line, key);
        std::vector<Row> values;
        for (const FindingView::FacetValue& value : m_facets[facet]) {
            const bool isChosen = std::any_of(chosen.begin(), chosen.end(), [&](const std::string& c) {
                return QString::fromStdString(c).compare(fromUtf8(value.value), Qt::CaseInsensitive) == 0;
            });
            if (value.problems > 0 || isChosen)
                values.push_back({ Kind::Value, key, value.value, value.title, value.problems, isChosen });
        }
        if (values.empty())
            continue;
        rows.push_back({ Kind::Heading, key });
        const bool open = m_opened.count(key) > 0;
        const std::size_t limit = open ? atMost : atFirst;
        std::size_t shown = 0;
        std::uint32_t left = 0;
        for (Row& value : values) { // what is chosen can always be taken back
            if (shown < limit || value.chosen)
                rows.push_back(std::move(value));
            else
                ++left;
            ++shown;
        }
        if (values.size() > atFirst)
            rows.push_back({ Kind::More, key, {}, {}, left });
    }
    return rows;
}

/// Counts change with every key; the rows mostly do not: then nothing moves under the pointer.
void FacetModel::replace(std::vector<Row> rows)
{
    const bool same = rows.size() == m_rows.size()
        && std::equal(rows.begin(), rows.end(), m_rows.begin(), [](const Row& a, const Row& b) {
               return a.kind == b.kind && a.key == b.key && a.value == b.value;
           });
    if (same) {
        m_rows = std::move(rows);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(static_cast<int>(m_rows.size()) - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int FacetModel::rowOf(FilterKey key, std::string_view value) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(),
        [&](const Row& r) { return r.kind == Kind::Value && r.key == key && r.value == value; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

int FacetModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

Qt::ItemFlags FacetModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    const Kind kind = row(index.row()).kind;
    if (kind == Kind::Heading)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable
        | (kind == Kind::Value ? Qt::ItemIsUserCheckable : Qt::NoItemFlags);
}

QVariant FacetModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& r = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        if (r.kind == Kind::Heading)
            return headingOf(r.key);
        if (r.kind == Kind::More)
            return m_opened.count(r.key) == 0 ? tr("%n more…", nullptr, static_cast<int>(r.problems))
                : r.problems == 0             ? tr("Fewer")
                                  : tr("Fewer (%n more by typing)", nullptr, static_cast<int>(r.problems));
        return r.title.empty() ? facetTitle(r.key, r.value) : fromUtf8(r.title);
    case Qt::AccessibleTextRole:
        if (r.kind != Kind::Value)
            return data(index, Qt::DisplayRole);
        return tr("%1 %2: %n problem(s)", nullptr, static_cast<int>(r.problems))
            .arg(headingOf(r.key), data(index, Qt::DisplayRole).toString());
    case Qt::ToolTipRole:
        return r.kind != Kind::Value ? QString()
            : r.title.empty()        ? toolTipText(facetTitle(r.key, r.value))
                                     : toolTipText(fromUtf8(r.value) + u" · " + fromUtf8(r.title));
    case Qt::CheckStateRole:
        return r.kind == Kind::Value ? QVariant(r.chosen ? Qt::Checked : Qt::Unchecked) : QVariant();
    default:
        return {};
    }
}

FacetPanel::FacetPanel(QWidget* parent)
    : QListView(parent)
{
    setObjectName(u"facetPanel"_s);
    setAccessibleName(tr("Narrow down the findings"));
    setModel(&m_model);
    setItemDelegate(new FacetDelegate(*this));
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setSelectionMode(NoSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setResizeMode(Adjust); // what needs a second line depends on the width
}

void FacetPanel::press(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const FacetModel::Row row = m_model.row(index.row());
    if (row.kind == FacetModel::Kind::Value) {
        Q_EMIT toggled(row.key, row.value, !row.chosen);
        const int now = m_model.rowOf(row.key, row.value);
        setCurrentIndex(m_model.index(now));
    } else if (row.kind == FacetModel::Kind::More) {
        const int at = index.row(), scroll = verticalScrollBar()->value();
        m_model.toggleMore(row.key);
        setCurrentIndex(m_model.index(std::min(at, m_model.rowCount() - 1)));
        verticalScrollBar()->setValue(scroll);
    }
}

void FacetPanel::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter)
        press(currentIndex());
    else
        QListView::keyPressEvent(event);
}

void FacetPanel::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid())
        press(index);
}

void FacetPanel::mouseMoveEvent(QMouseEvent* event)
{
    m_hovered = indexAt(event->position().toPoint()).row();
    viewport()->update();
    QListView::mouseMoveEvent(event);
}

void FacetPanel::leaveEvent(QEvent* event)
{
    m_hovered = -1;
    viewport()->update();
    QListView::leaveEvent(event);
}

} // namespace glacis::ui
