// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gallery/content_samples.h>

#include <shell/navigation_bar.h>
#include <widgets/banner.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/code_view.h>
#include <widgets/empty_state.h>
#include <widgets/plain_label.h>
#include <widgets/score_ring.h>
#include <widgets/section.h>

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QProgressBar>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    QVBoxLayout* columnIn(QWidget* widget, int spacing = 8)
    {
        auto* column = new QVBoxLayout(widget);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(spacing);
        return column;
    }

    QHBoxLayout* lineIn(QWidget* widget, int spacing = 12)
    {
        auto* line = new QHBoxLayout(widget);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(spacing);
        return line;
    }

    const QString longName = u"a-name-of-253-characters-"_s + QString(228, u'n');

}

QWidget* makeRingSample()
{
    auto* widget = new QWidget;
    QHBoxLayout* line = lineIn(widget);
    int stage = 0;
    for (const std::optional<int> score : { std::optional(0), std::optional(38), std::optional(61),
             std::optional(100), std::optional<int>() }) {
        auto* ring = new ScoreRing(stageToken(static_cast<Stage>(stage++ % 4 + 1)));
        ring->setScore(score);
        line->addWidget(ring);
    }
    line->addStretch();
    return widget;
}

QWidget* makeLabelSample()
{
    auto* widget = new QWidget;
    QVBoxLayout* column = columnIn(widget);
    column->addWidget(new PlainLabel(u"PlainLabel: <b>never</b> reads mark-up"_s));
    for (const Token ink : { Token::Text, Token::Text2, Token::Text3, Token::Accent, Token::Critical })
        column->addWidget(new PlainLabel(u"Text in this ink"_s, Type::Body, ink));
    column->addWidget(new ElidedLabel(u"ElidedLabel at its end: "_s + longName));
    auto* middle = new ElidedLabel(u"ElidedLabel in its middle: "_s + longName);
    middle->setElideMode(Qt::ElideMiddle);
    column->addWidget(middle);
    column->addWidget(new TextBlock(u"TextBlock, broken anywhere: "_s + longName, Type::Body, Token::Text2));
    auto* two = new TextBlock(
        u"TextBlock of two lines at most: "_s + longName + u' ' + longName, Type::Body, Token::Text2);
    two->setMaximumLines(2);
    column->addWidget(two);
    auto* off = new PlainLabel(u"Disabled"_s);
    off->setEnabled(false);
    column->addWidget(off);
    return widget;
}

QWidget* makeSectionSample()
{
    auto* holder = new QWidget;
    QVBoxLayout* column = columnIn(holder);
    auto* section = new Section(u"Why it matters"_s);
    column->addWidget(section);
    section->setText(
        u"A privileged container sees the node's devices; whoever takes it over has the node."_s);
    return holder;
}

QWidget* makeCardSample()
{
    auto* widget = new QWidget;
    QHBoxLayout* line = lineIn(widget);
    auto* card = new Card(u"Card"_s);
    card->setNote(u"with a note"_s);
    card->body()->addWidget(new TextBlock(u"A titled group of things."_s, Type::Body, Token::Text2));
    card->body()->addStretch();
    line->addWidget(card, 1);
    for (int stage = 1; stage <= 4; ++stage) {
        auto* button = new CardButton(stageToken(static_cast<Stage>(stage)));
        button->setAccessibleName(u"Card that can be clicked"_s);
        auto* inner = new QVBoxLayout(button);
        inner->setContentsMargins(14, 14, 14, 14);
        inner->addWidget(new PlainLabel(u"CardButton"_s, Type::Strong));
        inner->addWidget(new PlainLabel(u"as one target"_s, Type::Small, Token::Text2));
        line->addWidget(button, 1);
    }
    return widget;
}

QWidget* makeBannerSample()
{
    auto* widget = new QWidget;
    QVBoxLayout* column = columnIn(widget);
    struct Kind {
        Banner::Kind kind;
        QString title;
    };
    for (const Kind& kind : { Kind { Banner::Kind::Info, u"Information"_s },
             Kind { Banner::Kind::Warning, u"Warning"_s }, Kind { Banner::Kind::Error, u"Error"_s } }) {
        auto* banner = new Banner;
        column->addWidget(banner);
        banner->tell(kind.kind, kind.title, u"What happened, why, and the next step."_s);
        auto* action = new QAction(u"Next step"_s, banner);
        banner->addAction(action);
    }
    return widget;
}

QWidget* makeEmptySample()
{
    auto* empty = new EmptyState(Glyph::Shield, u"Nothing is open to an attacker here"_s,
        u"It says what would be here and offers the one next step."_s);
    empty->addButton(makeButton(u"Next step"_s, ButtonKind::Primary));
    empty->addButton(makeButton(u"Another"_s));
    empty->setNote(u"and a small note"_s);
    empty->setFixedHeight(scaled(300));
    return empty;
}

QWidget* makeSkeletonSample()
{
    auto* skeleton = new Skeleton;
    skeleton->setFixedHeight(scaled(260));
    return skeleton;
}

QWidget* makeCodeSample()
{
    auto* code = new CodeView;
    code->setAccessibleName(u"Code"_s);
    code->setCode(u"spec:\n  containers:\n    - name: web # a comment\n      image: \"registry/web:1.2\"\n"
                  "      securityContext:\n        privileged: true\n        runAsUser: 0"_s,
        12, 17);
    code->setFixedHeight(scaled(170));
    return code;
}

QWidget* makeTableSample()
{
    auto* table = new QTableView;
    table->setAccessibleName(u"Table"_s);
    auto* model = new QStandardItemModel(table);
    model->setHorizontalHeaderLabels({ u"Severity"_s, u"Check"_s, u"Object"_s });
    for (int row = 0; row < 4; ++row)
        model->appendRow({ new QStandardItem(u"High"_s), new QStandardItem(u"GL-POD-001"_s),
            new QStandardItem(row == 2 ? longName : u"Deployment shop/web"_s) });
    table->setModel(model);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->selectRow(1);
    table->setFixedHeight(scaled(170));
    return table;
}

QWidget* makeTabSample()
{
    auto* widget = new QWidget;
    QHBoxLayout* line = lineIn(widget);
    auto* tabs = new QTabBar;
    tabs->setAccessibleName(u"Tabs"_s);
    tabs->setDrawBase(false);
    tabs->setExpanding(false);
    for (const QString& title : { u"Why"_s, u"Evidence"_s, u"Fix"_s })
        tabs->addTab(title);
    tabs->setCurrentIndex(1);
    line->addWidget(tabs);
    line->addStretch();
    return widget;
}

QWidget* makeProgressSample()
{
    auto* widget = new QWidget;
    QVBoxLayout* column = columnIn(widget, 12);
    for (const int value : { 0, 40, 100 }) {
        auto* bar = new QProgressBar;
        bar->setAccessibleName(u"Progress"_s);
        bar->setTextVisible(false);
        bar->setFixedHeight(4);
        bar->setRange(0, 100);
        bar->setValue(value);
        column->addWidget(bar);
    }
    auto* scroll = new QScrollBar(Qt::Horizontal);
    scroll->setRange(0, 100);
    scroll->setPageStep(40);
    scroll->setValue(30);
    column->addWidget(scroll);
    return widget;
}

QWidget* makeNavigationSample()
{
    auto* widget = new QWidget;
    QHBoxLayout* line = lineIn(widget, 24);
    for (const bool narrow : { false, true }) {
        auto* bar = new NavigationBar;
        bar->setFixedHeight(scaled(250));
        bar->setCurrent(u"overview"_s);
        bar->setNarrow(narrow);
        line->addWidget(bar);
    }
    line->addStretch();
    return widget;
}

} // namespace glacis::ui
