// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inspector/part_widgets.h>

#include <inspector/words.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/icons.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/severity_mark.h>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int rowSide = PartInset;
    constexpr int markWidth = 22;
    constexpr int arrowWidth = 14;
    constexpr int maxLines = 4;
    constexpr double cornerRadius = 7;

    bool hasMark(const DescribedRow& row) { return row.number > 0 || row.severity || row.stage > 0; }

    int leading(const DescribedRow& row, RowLook look)
    {
        const int side = look == RowLook::Card ? 12 : rowSide;
        if (row.number > 0)
            return side + scaled(markWidth) + 8;
        if (row.severity)
            return side + scaled(16);
        return row.stage > 0 ? side + 10 : side;
    }

    QString spoken(const DescribedRow& row)
    {
        QStringList parts;
        if (row.number > 0)
            parts += QString::number(row.number);
        if (row.severity)
            parts += severityWord(*row.severity);
        parts += row.text;
        if (!row.figure.isEmpty())
            parts += row.figure;
        return parts.join(u", "_s);
    }

    /// Texts of a row; what is painted (mark, arrow) has its room at their sides. Spaces mirror, margins
    /// would not.
    void layOut(QWidget& widget, const DescribedRow& row, RowLook look)
    {
        const bool card = look == RowLook::Card;
        auto* whole = new QHBoxLayout(&widget);
        whole->setContentsMargins(0, card ? 9 : 5, 0, card ? 10 : 5);
        whole->setSpacing(0);
        auto* texts = new QVBoxLayout;
        texts->setSpacing(card ? 3 : 1);
        const int trailing = (card ? 12 : rowSide) + (row.to.page.isEmpty() || card ? 0 : scaled(arrowWidth));
        whole->addSpacing(leading(row, look));
        whole->addLayout(texts, 1);
        whole->addSpacing(trailing);
        auto* first = new QHBoxLayout;
        first->setSpacing(10);
        auto* text = new TextBlock(row.text, card ? Type::Strong : Type::Body);
        text->setMaximumLines(maxLines);
        first->addWidget(text, 1);
        if (!row.figure.isEmpty())
            first->addWidget(new PlainLabel(row.figure, Type::Body, row.figureInk), 0, Qt::AlignTop);
        texts->addLayout(first);
        if (!row.note.isEmpty()) {
            auto* note = new TextBlock(row.note, row.codeNote ? Type::Mono : Type::Small, Token::Text2);
            note->setMaximumLines(maxLines);
            note->setBreaksPaths(row.codeNote);
            texts->addWidget(note);
        }
        if (!row.about.isEmpty())
            texts->addWidget(new TextBlock(row.about, Type::Small, Token::Text2));
        QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
        policy.setHeightForWidth(true);
        widget.setSizePolicy(policy);
    }

    /// Marks in the middle of the row's first line.
    void paintMark(QPainter& painter, const QWidget& widget, const DescribedRow& row, RowLook look)
    {
        painter.setRenderHint(QPainter::Antialiasing);
        const int side = look == RowLook::Card ? 12 : rowSide;
        const int top = look == RowLook::Card ? 9 : 5;
        const int line = static_cast<int>(QFontMetrics(typeFont(Type::Body)).height() * 1.3);
        const auto mirrored = [&](const QRect& box) {
            return QStyle::visualRect(widget.layoutDirection(), widget.rect(), box);
        };
        const QPalette& palette = widget.palette();
        const QColor ink
            = colour(row.markInk.value_or(row.stage > 0 ? stageToken(row.stage) : Token::Text2), palette);
        if (row.number > 0) {
            const int size = scaled(markWidth) - 2;
            const QRect box = mirrored({ side, top + (line - size) / 2, size, size });
            painter.setPen(QPen(ink, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(QRectF(box).adjusted(1, 1, -1, -1));
            painter.setFont(typeFont(Type::Caption));
            painter.setPen(colour(Token::Text, palette));
            painter.drawText(box, Qt::AlignCenter, QString::number(row.number));
        } else if (row.severity) {
            paintSeverityShape(painter, mirrored({ side, top, 12, line }), *row.severity,
                colour(severityToken(*row.severity), palette));
        } else if (row.stage > 0) {
            const QRect box = mirrored({ side, top + 2, 3, widget.height() - 2 * top - 4 });
            painter.setPen(Qt::NoPen);
            painter.setBrush(ink);
            painter.drawRoundedRect(box, 1.5, 1.5);
        }
    }

    /// A row that leads nowhere.
    class RowText : public QWidget {
    public:
        RowText(const DescribedRow& row, RowLook look)
            : m_row(row)
            , m_look(look)
        {
            layOut(*this, row, look);
            setAccessibleName(spoken(row));
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            if (m_look == RowLook::Card)
                paintCard(painter, rect(), colour(Token::Card, palette()), colour(Token::Line, palette()));
            if (hasMark(m_row))
                paintMark(painter, *this, m_row, m_look);
        }

    private:
        DescribedRow m_row;
        RowLook m_look;
    };

    /// Facts as they stand in the source, on the ground of code.
    class CodeCard : public QWidget {
    public:
        explicit CodeCard(const QString& text)
        {
            auto* line = new QHBoxLayout(this);
            line->setContentsMargins(0, 9, 0, 10);
            line->setSpacing(0);
            line->addSpacing(12); // spaces mirror, margins would not
            auto* code = new TextBlock(text, Type::Mono, Token::Text2);
            code->setBreaksPaths(true);
            code->setLayoutDirection(Qt::LeftToRight); // as YAML, in every language
            line->addWidget(code, 1);
            line->addSpacing(4);
            line->addWidget(new CopyButton(inspect::words(QT_TRANSLATE_NOOP("Inspector", "Copy this")),
                                [text] { return text; }),
                0, Qt::AlignTop);
            line->addSpacing(6);
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            paintCard(painter, rect(), colour(Token::Window, palette()), colour(Token::Line, palette()));
        }
    };

}

RowLink::RowLink(const DescribedRow& row, RowLook look, QWidget* parent)
    : QAbstractButton(parent)
    , m_row(row)
    , m_look(look)
{
    layOut(*this, row, look);
    for (QWidget* child : findChildren<QWidget*>()) // the row is one target
        child->setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(spoken(row));
    QStringList more { row.note, row.tip };
    more.removeAll(QString());
    setAccessibleDescription(more.join(u", "_s));
    setToolTip(toolTipText((QStringList(row.text) + more).join(u'\n')));
}

QSize RowLink::sizeHint() const { return layout()->sizeHint(); }

QSize RowLink::minimumSizeHint() const { return layout()->minimumSize(); }

void RowLink::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void RowLink::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = isDown() || underMouse();
    if (m_look == RowLook::Card) {
        paintCard(painter, rect(), colour(lit ? Token::Hover : Token::Card, palette()),
            colour(Token::Line, palette()));
    } else if (lit) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour(Token::Hover, palette()));
        painter.drawRoundedRect(rect(), cornerRadius, cornerRadius);
    }
    if (hasMark(m_row))
        paintMark(painter, *this, m_row, m_look);
    if (m_look == RowLook::Row) {
        const int size = scaled(arrowWidth);
        const QRect box = QStyle::visualRect(
            layoutDirection(), rect(), QRect(width() - size - 4, (height() - size) / 2, size, size));
        paintGlyph(painter, Glyph::ChevronRight, box, colour(lit ? Token::Text : Token::Text3, palette()),
            layoutDirection());
    }
    if (showsFocus(*this))
        paintFocus(painter, rect(), m_look == RowLook::Card ? 9 : cornerRadius - 1, palette());
}

QWidget* makePart(const DescribedPart& part, const std::function<void(const Location&)>& go, QWidget* parent)
{
    auto* widget = new QWidget(parent);
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(part.kind == DescribedPart::Kind::Text ? 4 : 6);
    // Hover and focus of rows reach beyond their text, which stays in line with everything else.
    const auto inset = [column](QWidget* content) {
        auto* line = new QHBoxLayout;
        line->setContentsMargins(PartInset, 0, PartInset, 0);
        line->addWidget(content);
        column->addLayout(line);
    };
    if (!part.heading.isEmpty())
        inset(new TextBlock(part.heading, Type::Section, Token::Text3));
    switch (part.kind) {
    case DescribedPart::Kind::Text:
        // What stands first, without a heading, is what one reads: the rest is looked up.
        inset(new TextBlock(part.text, Type::Body, part.heading.isEmpty() ? Token::Text2 : Token::Text));
        break;
    case DescribedPart::Kind::Code:
        inset(new CodeCard(part.text));
        break;
    case DescribedPart::Kind::Rows:
    case DescribedPart::Kind::Cards: {
        const RowLook look = part.kind == DescribedPart::Kind::Cards ? RowLook::Card : RowLook::Row;
        auto* rows = new QVBoxLayout;
        rows->setSpacing(look == RowLook::Card ? 8 : 1);
        if (look == RowLook::Card)
            rows->setContentsMargins(PartInset, 0, PartInset, 0);
        for (const DescribedRow& row : part.rows) {
            if (row.to.page.isEmpty()) {
                rows->addWidget(new RowText(row, look));
                continue;
            }
            auto* link = new RowLink(row, look);
            QObject::connect(link, &QAbstractButton::clicked, link, [go, to = row.to] { go(to); });
            rows->addWidget(link);
        }
        column->addLayout(rows);
        break;
    }
    }
    return widget;
}

} // namespace glacis::ui
