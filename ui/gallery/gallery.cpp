// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gallery/gallery.h>

#include <gallery/sample.h>
#include <theme/type.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QCoreApplication>
#include <QPixmap>
#include <QScrollArea>
#include <QVBoxLayout>

namespace glacis::ui {

using namespace Qt::StringLiterals;

Gallery::Gallery(QWidget* parent)
    : QWidget(parent)
    , m_content(new QWidget)
{
    setObjectName(u"gallery"_s);
    setProperty("kind", u"window"_s);
    setAttribute(Qt::WA_StyledBackground);
    setWindowTitle(u"Glacis: gallery"_s);
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(28, 20, 28, 28);
    column->setSpacing(10);
    const char* group = nullptr;
    for (const Sample& sample : samples()) {
        if (!group || qstrcmp(group, sample.group) != 0) {
            auto* heading = new PlainLabel(QLatin1StringView(sample.group), Type::Display);
            heading->setContentsMargins(0, group ? 26 : 0, 0, 0);
            column->addWidget(heading);
            group = sample.group;
        }
        auto* title = new PlainLabel(QLatin1StringView(sample.title), Type::Section, Token::Text3);
        title->setContentsMargins(0, 10, 0, 2);
        column->addWidget(title);
        QWidget* widget = sample.make();
        widget->setProperty("sample", QLatin1StringView(sample.title));
        column->addWidget(widget, 0, Qt::AlignTop);
    }
    column->addStretch();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    m_scroll = makeScroll(m_content);
    all->addWidget(m_scroll);
    resize(scaled(1040), scaled(780));
}

QPixmap Gallery::picture()
{
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    resize(width(), m_content->layout()->totalHeightForWidth(width()));
    QCoreApplication::processEvents(); // the scroll area follows in a turn of the event loop
    return grab();
}

} // namespace glacis::ui
