// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Read-only YAML with line numbers, one line marked, keys and values told apart by colour.
#pragma once

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>

namespace glacis::ui {

class YamlHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit YamlHighlighter(QTextDocument* document);
    void setPalette(const QPalette& palette);

protected:
    void highlightBlock(const QString& text) override;

private:
    QPalette m_palette;
};

class CodeView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit CodeView(QWidget* parent = nullptr);
    /// firstLine: number of the text's first line; markedLine in the same count, 0: none.
    void setCode(const QString& text, int firstLine, int markedLine);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class Gutter;
    friend class Gutter;
    void mark();
    [[nodiscard]] int gutterWidth() const;
    void placeGutter();
    YamlHighlighter* m_highlighter;
    Gutter* m_gutter;
    int m_firstLine = 1;
    int m_markedLine = 0;
};

} // namespace glacis::ui
