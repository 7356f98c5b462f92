// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/code_view.h>

#include <theme/tokens.h>
#include <theme/type.h>

#include <QPainter>
#include <QStyle>
#include <QTextBlock>

#include <algorithm>

namespace glacis::ui {

class CodeView::Gutter : public QWidget {
public:
    explicit Gutter(CodeView& view)
        : QWidget(&view)
        , m_view(view)
    {
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QPainter painter(this);
        painter.setFont(m_view.font());
        QTextBlock block = m_view.firstVisibleBlock();
        QRectF box = m_view.blockBoundingGeometry(block).translated(m_view.contentOffset());
        for (; block.isValid() && box.top() <= event->rect().bottom(); block = block.next()) {
            box = m_view.blockBoundingGeometry(block).translated(m_view.contentOffset());
            const int number = m_view.m_firstLine + block.blockNumber();
            const bool marked = number == m_view.m_markedLine;
            painter.setPen(colour(marked ? Token::Accent : Token::Text3, palette()));
            painter.drawText(QRectF(0, box.top(), width() - 8, m_view.fontMetrics().height()),
                Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
        }
    }

private:
    CodeView& m_view;
};

YamlHighlighter::YamlHighlighter(QTextDocument* document)
    : QSyntaxHighlighter(document)
{
}

void YamlHighlighter::setPalette(const QPalette& palette)
{
    m_palette = palette;
    rehighlight();
}

void YamlHighlighter::highlightBlock(const QString& text)
{
    qsizetype at = 0;
    while (at < text.size() && (text[at] == u' ' || text[at] == u'-'))
        ++at;
    const qsizetype colon = text.indexOf(u':', at);
    const bool key = colon > at && (colon + 1 == text.size() || text[colon + 1] == u' ');
    const auto paint = [this](qsizetype from, qsizetype length, Token ink) {
        setFormat(static_cast<int>(from), static_cast<int>(length), colour(ink, m_palette));
    };
    paint(0, at, Token::Text3);
    if (key) {
        paint(at, colon - at, Token::Accent);
        paint(colon, 1, Token::Text3);
        paint(colon + 1, text.size() - colon - 1, Token::Text);
    } else {
        paint(at, text.size() - at, Token::Text);
    }
}

CodeView::CodeView(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new YamlHighlighter(document()))
    , m_gutter(new Gutter(*this))
{
    setReadOnly(true);
    setFont(typeFont(Type::Mono));
    setLineWrapMode(NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setLayoutDirection(Qt::LeftToRight); // YAML reads from the left in every language
    m_highlighter->setPalette(palette());
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect&, int) { m_gutter->update(); });
    placeGutter();
}

void CodeView::setCode(const QString& text, int firstLine, int markedLine)
{
    m_firstLine = firstLine;
    m_markedLine = markedLine;
    setPlainText(text);
    placeGutter();
    mark();
}

void CodeView::mark()
{
    QList<QTextEdit::ExtraSelection> selections;
    const QTextBlock block = document()->findBlockByNumber(m_markedLine - m_firstLine);
    if (m_markedLine > 0 && block.isValid()) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(block);
        selection.format.setBackground(colour(Token::Selected, palette()));
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        selections += selection;
        setTextCursor(selection.cursor);
        centerCursor();
    }
    setExtraSelections(selections);
}

int CodeView::gutterWidth() const
{
    const int last = m_firstLine + std::max(1, blockCount());
    return fontMetrics().horizontalAdvance(QString::number(last)) + 16;
}

void CodeView::placeGutter()
{
    setViewportMargins(gutterWidth(), 0, 0, 0);
    const QRect inside = contentsRect();
    m_gutter->setGeometry(inside.left(), inside.top(), gutterWidth(), inside.height());
}

void CodeView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

void CodeView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter) {
        m_highlighter->setPalette(palette());
        mark();
    }
}

} // namespace glacis::ui
