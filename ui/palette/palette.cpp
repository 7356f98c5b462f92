// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <palette/palette.h>

#include <palette/palette_row.h>
#include <theme/type.h>
#include <widgets/card.h>
#include <widgets/key_cap.h>
#include <widgets/plain_label.h>

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int boxWidth = 660;
    constexpr int boxTop = 76;
    constexpr int mostRows = 10;
    constexpr int margin = 24;
    constexpr int shadow = 5; ///< rings of the soft edge

    /// Panel with a hairline, brighter than the dimmed window behind it.
    class Box : public QWidget {
    public:
        using QWidget::QWidget;

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            paintCard(painter, rect(), colour(Token::Card, palette()), colour(Token::Line, palette()));
        }
    };

    class SearchMark : public QWidget {
    public:
        SearchMark() { setFixedSize(scaled(18), scaled(18)); }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            paintGlyph(painter, Glyph::Search, rect(), colour(Token::Text3, palette()));
        }
    };

}

Palette::Palette(QWidget* over)
    : QWidget(over)
    , m_model(new PaletteModel(this))
    , m_box(new Box(this))
    , m_edit(new QLineEdit)
    , m_list(new QListView)
    , m_nothing(new PlainLabel(tr("Nothing fits. Try fewer letters."), Type::Body, Token::Text2))
{
    setObjectName(u"palette"_s);
    setAccessibleName(tr("Command palette"));
    auto* column = new QVBoxLayout(m_box);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(17, 11, 17, 11);
    head->setSpacing(10);
    head->addWidget(new SearchMark);
    head->addWidget(m_edit, 1);
    head->addWidget(new KeyCap(tr("Esc")));
    column->addLayout(head);
    column->addWidget(makeRule(Qt::Horizontal));
    auto* rows = new QVBoxLayout;
    rows->setContentsMargins(6, 6, 6, 6);
    rows->addWidget(m_list);
    m_nothing->setContentsMargins(12, 8, 12, 8);
    rows->addWidget(m_nothing);
    column->addLayout(rows, 1);

    m_edit->setObjectName(u"paletteEdit"_s);
    m_edit->setProperty("kind", u"bare"_s);
    m_edit->setFont(typeFont(Type::Title));
    m_edit->setPlaceholderText(tr("Search objects, findings, actions"));
    m_edit->setAccessibleName(tr("Search objects, findings, actions"));
    m_edit->setAccessibleDescription(tr("Up and Down choose, Enter opens, Escape closes"));
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, m_model, &PaletteModel::setQuery);

    m_list->setObjectName(u"paletteList"_s);
    m_list->setProperty("kind", u"clear"_s);
    m_list->setAccessibleName(tr("What fits"));
    m_list->setFocusProxy(m_edit);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteRow(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setFrameShape(QFrame::NoFrame);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { choose(index.row()); });
    connect(m_model, &PaletteModel::answered, this, &Palette::answered);
    over->installEventFilter(this);
    hide();
}

void Palette::open(std::vector<PaletteCommand> commands, const QStringList& used, const QString& text)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_model->setCommands(std::move(commands), used);
    m_edit->setText(text);
    m_model->setQuery(text);
    place();
    raise();
    show();
    m_edit->setFocus(Qt::PopupFocusReason);
    m_edit->end(false);
}

void Palette::dismiss()
{
    hide();
    if (m_before && m_before->isVisible())
        m_before->setFocus(Qt::PopupFocusReason);
}

void Palette::setAssessment(const assessment::AssessmentPtr& assessment)
{
    m_model->setAssessment(assessment);
}

void Palette::answered()
{
    const bool some = m_model->rowCount() > 0;
    m_list->setVisible(some);
    m_nothing->setVisible(!some && !m_model->isBusy());
    setRow(0);
    place();
}

void Palette::place()
{
    if (!parentWidget())
        return;
    setGeometry(parentWidget()->rect());
    const int wide = std::min(scaled(boxWidth), width() - 2 * margin);
    const int rows = std::clamp(m_model->rowCount(), 1, mostRows);
    const int head = m_edit->sizeHint().height() + 2 * 11 + 3;
    const int top = std::min(scaled(boxTop), height() / 6);
    const int tall = std::min(head + rows * PaletteRow::height() + 14, height() - top - margin);
    m_box->setGeometry((width() - wide) / 2, top, wide, tall);
}

void Palette::setRow(int row)
{
    if (m_model->rowCount() == 0)
        return;
    const QModelIndex index = m_model->index(std::clamp(row, 0, m_model->rowCount() - 1));
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
    // The keyboard stays in the line; a screen reader still hears which row it points at.
    QAccessibleEvent event(m_list, QAccessible::Focus);
    event.setChild(index.row());
    QAccessible::updateAccessibility(&event);
}

void Palette::choose(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    if (const PaletteCommand* command = m_model->command(row)) {
        const QPointer<QAction> action = command->action;
        const QString id = command->id;
        dismiss();
        if (!id.isEmpty())
            Q_EMIT used(id);
        if (action)
            action->trigger();
        return;
    }
    const Location location = m_model->location(row);
    m_model->remember(row);
    dismiss();
    Q_EMIT wanted(location);
}

bool Palette::keyPressed(const QKeyEvent& event)
{
    const int row = m_list->currentIndex().row();
    const int page = std::max(1, m_list->viewport()->height() / PaletteRow::height() - 1);
    const int last = m_model->rowCount() - 1;
    switch (event.key()) {
    case Qt::Key_Down:
    case Qt::Key_Tab:
        setRow(row >= last ? 0 : row + 1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Backtab:
        setRow(row <= 0 ? last : row - 1);
        return true;
    case Qt::Key_PageDown:
        setRow(row + page);
        return true;
    case Qt::Key_PageUp:
        setRow(row - page);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_model->isBusy() || row > 0)
            choose(row);
        return true;
    case Qt::Key_Escape:
        dismiss();
        return true;
    default:
        return false;
    }
}

bool Palette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress)
        return keyPressed(*static_cast<QKeyEvent*>(event));
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

void Palette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // Darker in either tone: the deepest token there is.
    const bool dark = toneOf(palette()) == Tone::Dark;
    QColor dim = colour(dark ? Token::Window : Token::Text, palette());
    dim.setAlphaF(dark ? 0.55F : 0.22F);
    painter.fillRect(rect(), dim);
    QColor soft = colour(dark ? Token::Window : Token::Text, palette());
    soft.setAlphaF(dark ? 0.18F : 0.03F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(soft);
    for (int ring = shadow; ring > 0; --ring)
        painter.drawRoundedRect(
            m_box->geometry().adjusted(-3 * ring, -2 * ring, 3 * ring, 4 * ring), 10 + ring, 10 + ring);
}

void Palette::mousePressEvent(QMouseEvent*) { dismiss(); }

} // namespace glacis::ui
