// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/shortcut_sheet.h>

#include <palette/commands.h>
#include <widgets/buttons.h>
#include <widgets/key_cap.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QScrollArea>
#include <QVBoxLayout>

#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    struct Row {
        QString what;
        QStringList keys;
    };
    struct Block {
        QString title;
        std::vector<Row> rows;
    };

    void collect(const QMenu& menu, Block& block)
    {
        for (const QAction* action : menu.actions()) {
            if (action->menu())
                collect(*action->menu(), block);
            QStringList keys;
            for (const QKeySequence& sequence : action->shortcuts())
                keys += sequence.toString(QKeySequence::NativeText);
            if (!keys.isEmpty())
                block.rows.push_back({ plainText(*action), keys });
        }
    }

    Block withinPages()
    {
        const auto tr = [](const char* text) { return ShortcutSheet::tr(text); };
        return { tr("Within a page"),
            { { tr("Next and previous part"), { u"Tab"_s, u"Shift+Tab"_s } },
                { tr("Press what has the focus"), { tr("Space") } },
                { tr("Move in a list"), { u"↑"_s, u"↓"_s } },
                { tr("Copy the row"),
                    { QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText) } },
                { tr("Empty the filter, close a panel"), { tr("Esc") } },
                { tr("Back and Forward by mouse"), { tr("Buttons 4 and 5") } } } };
    }

    QWidget* makeBlock(const Block& block)
    {
        auto* widget = new QWidget;
        auto* grid = new QGridLayout(widget);
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setHorizontalSpacing(18);
        grid->setVerticalSpacing(7);
        grid->setColumnStretch(0, 1);
        auto* title = new PlainLabel(block.title, Type::Section, Token::Text3);
        title->setContentsMargins(0, 0, 0, 3);
        grid->addWidget(title, 0, 0, 1, 2);
        int line = 1;
        for (const Row& row : block.rows) {
            grid->addWidget(new ElidedLabel(row.what), line, 0);
            auto* caps = new QHBoxLayout;
            caps->setSpacing(6);
            caps->addStretch();
            for (const QString& keys : row.keys)
                caps->addWidget(new KeyCap(keys));
            grid->addLayout(caps, line++, 1);
        }
        grid->setRowStretch(line, 1);
        return widget;
    }

}

ShortcutSheet::ShortcutSheet(const QMenuBar& bar, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setObjectName(u"shortcutSheet"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 22, 24, 18);
    column->setSpacing(16);
    column->addWidget(new PlainLabel(tr("Keyboard shortcuts"), Type::Display));

    // Two columns, each block where the column is shorter.
    auto* content = new QWidget;
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 8, 0);
    columns->setSpacing(40);
    std::array<QVBoxLayout*, 2> sides { new QVBoxLayout, new QVBoxLayout };
    std::array<std::size_t, 2> heights {};
    for (QVBoxLayout* side : sides) {
        side->setSpacing(22);
        columns->addLayout(side, 1);
    }
    std::vector<Block> blocks;
    for (const QAction* top : bar.actions()) {
        Block block { plainText(*top), {} };
        if (top->menu())
            collect(*top->menu(), block);
        if (!block.rows.empty())
            blocks.push_back(std::move(block));
    }
    blocks.push_back(withinPages());
    for (const Block& block : blocks) {
        const std::size_t side = heights[1] < heights[0] ? 1 : 0;
        sides[side]->addWidget(makeBlock(block));
        heights[side] += block.rows.size() + 2;
    }
    for (QVBoxLayout* side : sides)
        side->addStretch();
    column->addWidget(makeScroll(content), 1);

    auto* line = new QHBoxLayout;
    line->addStretch();
    QPushButton* close = makeButton(tr("Close"), ButtonKind::Primary);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    line->addWidget(close);
    column->addLayout(line);
    resize(scaled(780), scaled(500));
}

} // namespace glacis::ui
