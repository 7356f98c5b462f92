// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/coverage_panel.h>

#include <shell/status_line.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>
#include <widgets/time_text.h>

#include <QGridLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <utility>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr std::size_t maxRows = 200; ///< widgets are not for thousands; the command line lists all
    constexpr std::size_t maxNotes = 20;

    QString checkList(const std::vector<std::string>& checks)
    {
        QStringList ids;
        for (const std::string& id : checks)
            ids += shown(id);
        return ids.join(u", "_s);
    }

}

CoveragePanel::CoveragePanel(QWidget* parent)
    : QWidget(parent)
    , m_count(new PlainLabel({}, Type::Caption, Token::Text3))
    , m_close(makeIconButton(Glyph::Close, tr("Close")))
{
    setProperty("kind", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("What could not be assessed"));
    setObjectName(u"coveragePanel"_s);
    m_body = new QVBoxLayout(this);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    m_body->addWidget(makeRule(Qt::Horizontal));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(20, 8, 12, 6);
    head->setSpacing(12);
    head->addWidget(new PlainLabel(tr("What could not be assessed"), Type::Strong));
    head->addWidget(m_count);
    head->addStretch();
    head->addWidget(m_close);
    m_body->addLayout(head);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

QSize CoveragePanel::sizeHint() const { return { scaled(600), scaled(240) }; }

void CoveragePanel::setAssessment(const assessment::AssessmentPtr& assessment)
{
    m_assessment = assessment;
    if (!m_assessment)
        hide();
    else if (isVisible())
        fill();
}

void CoveragePanel::toggle()
{
    if (isVisible()) {
        hide();
        return;
    }
    if (!m_assessment)
        return;
    fill();
    show();
    m_close->setFocus(Qt::OtherFocusReason);
}

void CoveragePanel::fill()
{
    if (m_content) {
        m_content->hide();
        m_content->deleteLater();
    }
    m_count->setText(gapsText(*m_assessment));
    auto* list = new QWidget;
    auto* grid = new QGridLayout(list);
    grid->setContentsMargins(20, 2, 20, 16);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 4);
    grid->setColumnStretch(2, 3);
    grid->setColumnStretch(3, 0);
    int line = 0;
    const auto head = [&](const QStringList& titles) {
        for (int i = 0; i < titles.size(); ++i)
            grid->addWidget(new PlainLabel(titles[i], Type::Caption, Token::Text3), line, i);
        ++line;
    };
    const auto cell = [&](int column, const QString& text, Type type, Token ink) {
        auto* block = new TextBlock(text, type, ink);
        block->setMaximumLines(4);
        grid->addWidget(block, line, column, Qt::AlignTop);
    };
    // Of files these are what was passed over: thousands, and nothing to mend.
    const bool live = m_assessment->inventory->source.kind == "context";
    bool first = true;
    std::size_t notes = 0;
    for (const inventory::Diagnostic& d : m_assessment->inventory->diagnostics) {
        if (!live || isGap(d) || ++notes > maxNotes)
            continue;
        if (std::exchange(first, false))
            head({ tr("Also noted"), tr("Remark") });
        cell(0, d.object.empty() ? tr("This connection") : shown(d.object), Type::Body, Token::Text);
        cell(1, shownLines(d.message, 600), Type::Body, Token::Text2);
        ++line;
    }
    if (notes > maxNotes) {
        cell(1, tr("and %1 more, which the command line tells").arg(countText(notes - maxNotes)), Type::Body,
            Token::Text3);
        ++line;
    }
    std::size_t rows = 0;
    const auto& gaps = m_assessment->posture.gaps;
    if (!gaps.empty())
        head({ tr("What"), tr("Why"), tr("Checks that cannot speak") });
    for (const posture::CoverageGap& gap : gaps) {
        if (++rows > maxRows)
            break;
        cell(0, shown(gap.what), Type::Body, Token::Text);
        const QString grant
            = gap.grant.empty() ? QString() : QString(u'\n' + tr("Would show it: %1").arg(shown(gap.grant)));
        cell(1, shownLines(gap.reason, 600) + grant, Type::Body, Token::Text2);
        cell(2, checkList(gap.checks), Type::Small, Token::Text3);
        if (!gap.grant.empty())
            grid->addWidget(
                new CopyButton(tr("Copy the permission"), [text = shown(gap.grant)] { return text; }), line,
                3, Qt::AlignTop);
        ++line;
    }
    first = true;
    for (const inventory::Diagnostic& d : m_assessment->inventory->diagnostics) {
        if (!isGap(d) || ++rows > maxRows)
            continue;
        if (std::exchange(first, false))
            head({ tr("Where in the source"), tr("What happened"), tr("Object") });
        cell(0, shown(d.file, 1000) + (d.line > 0 ? QString(u':' + QString::number(d.line)) : QString()),
            Type::Body, Token::Text);
        cell(1, shown(d.message), Type::Body, Token::Text2);
        cell(2, shown(d.object), Type::Small, Token::Text3);
        ++line;
    }
    if (rows == 0) {
        grid->addWidget(
            new PlainLabel(
                tr("Every check that applies could be assessed, and every part of the source could be read."),
                Type::Body, Token::Text2),
            line++, 0, 1, 3);
    }
    grid->setRowStretch(line + 1, 1);
    m_content = makeScroll(list);
    m_body->addWidget(m_content, 1);
}

void CoveragePanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QWidget::keyPressEvent(event);
}

} // namespace glacis::ui
