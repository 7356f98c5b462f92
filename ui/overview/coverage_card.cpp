// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/coverage_card.h>

#include <overview/rows.h>
#include <shell/status_line.h>
#include <theme/type.h>
#include <widgets/buttons.h>
#include <widgets/fitting_rows.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>

#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr std::size_t mostGaps = 12;
    constexpr int roomyTitle = 375;

    /// What could be seen of something, as a dot: filled, half, ring; never by colour alone.
    class SeenDot : public QWidget {
    public:
        explicit SeenDot(Seen seen)
            : m_seen(seen)
        {
            setFixedWidth(10);
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            const Token ink = m_seen == Seen::All ? Token::Pass
                : m_seen == Seen::Part            ? Token::Medium
                                                  : Token::Info;
            const QRectF dot(1, height() / 2.0 - 4, 8, 8);
            painter.setPen(QPen(colour(ink, palette()), 1.5));
            painter.setBrush(m_seen == Seen::All ? QBrush(colour(ink, palette())) : QBrush(Qt::NoBrush));
            painter.drawEllipse(dot.adjusted(0.75, 0.75, -0.75, -0.75));
            if (m_seen == Seen::Part) {
                painter.setBrush(colour(ink, palette()));
                painter.drawPie(dot.adjusted(0.75, 0.75, -0.75, -0.75), 270 * 16, 180 * 16);
            }
        }

    private:
        Seen m_seen;
    };

    QString seenWord(Seen seen)
    {
        return seen == Seen::All ? CoverageCard::tr("seen")
            : seen == Seen::Part ? CoverageCard::tr("seen in part")
                                 : CoverageCard::tr("not seen");
    }

}

CoverageCard::CoverageCard(QWidget* parent)
    : Card(tr("What this scan could see"), parent)
    , m_gaps(new FittingRows(0))
    , m_details(makeButton({}, ButtonKind::Warning))
{
    setObjectName(u"coverage"_s);
    setOutset(RowButton::pad);
    m_details->setFont(typeFont(Type::Body)); // the words of the status line, of the size of this card
    m_details->setObjectName(u"coverageDetails"_s);
    connect(m_details, &QPushButton::clicked, this, &CoverageCard::detailsWanted);
    body()->addWidget(m_gaps, 1);
    body()->addWidget(m_details, 0, Qt::AlignLeft);
}

void CoverageCard::show(const assessment::Assessment& assessment, const Summary& summary)
{
    m_percent = QLocale().toString(assessment.posture.coveragePercent, 'f', 0);
    tellShare();
    setAccessibleDescription(tr("%1 % of the checks that apply could be judged").arg(m_percent));
    fillLines(summary);
    fillGaps(assessment);

    const QString gaps = gapsText(assessment);
    m_details->setVisible(!gaps.isEmpty());
    m_details->setText(gaps);
    m_details->setIcon(glyphIcon(Glyph::Warning, Token::Medium));
}

/// Beside the title, in as many words as there is room for.
void CoverageCard::tellShare()
{
    if (!m_percent.isEmpty())
        setNote((width() < scaled(roomyTitle) ? tr("%1 % of checks") : tr("%1 % of checks judged"))
                    .arg(m_percent));
}

void CoverageCard::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    tellShare();
}

void CoverageCard::fillLines(const Summary& summary)
{
    if (m_lines) {
        m_lines->hide();
        m_lines->deleteLater();
    }
    m_lines = new QWidget;
    auto* grid = new QGridLayout(m_lines);
    grid->setContentsMargins(RowButton::pad, 0, RowButton::pad, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(2, 1);
    int line = 0;
    for (const CoverageLine& seen : summary.coverage) {
        auto* detail = new TextBlock(seen.detail, Type::Body, Token::Text2);
        detail->setMaximumLines(3);
        detail->setToolTip(toolTipText(seen.detail));
        const int height = QFontMetrics(typeFont(Type::Body)).height();
        auto* dot = new SeenDot(seen.seen);
        auto* what = new PlainLabel(seen.what);
        // The first line of the detail stands in the middle of its leading.
        for (QWidget* widget : { static_cast<QWidget*>(dot), static_cast<QWidget*>(what) })
            widget->setFixedHeight(static_cast<int>(height * 1.3 + 0.999));
        dot->setAccessibleName(seenWord(seen.seen));
        dot->setToolTip(toolTipText(seenWord(seen.seen)));
        grid->addWidget(dot, line, 0, Qt::AlignTop);
        grid->addWidget(what, line, 1, Qt::AlignTop);
        grid->addWidget(detail, line, 2, Qt::AlignTop);
        ++line;
    }
    body()->insertWidget(1, m_lines);
}

void CoverageCard::fillGaps(const assessment::Assessment& assessment)
{
    std::vector<QWidget*> rows;
    const auto add = [&rows](const QString& text) {
        if (rows.size() > mostGaps)
            return;
        if (rows.empty()) {
            auto* heading = new PlainLabel(tr("Not seen"), Type::Section, Token::Text3);
            heading->setContentsMargins(RowButton::pad, 8, RowButton::pad, 2);
            FittingRows::makeHeading(*heading);
            rows.push_back(heading);
        }
        auto* row = new TextBlock(text, Type::Small, Token::Text2);
        row->setContentsMargins(RowButton::pad, 0, RowButton::pad, 0);
        row->setMaximumLines(2);
        row->setToolTip(toolTipText(text));
        rows.push_back(row);
    };
    for (const inventory::Diagnostic& d : assessment.inventory->diagnostics)
        if (isGap(d))
            //: an object or file, and what went wrong there
            add(tr("%1: %2").arg(shown(d.object.empty() ? d.file : d.object, 300), shown(d.message, 300)));
    for (const posture::CoverageGap& gap : assessment.posture.gaps)
        add(tr("%1: %2").arg(shown(gap.what, 300), shown(gap.reason, 300)));
    m_gaps->setRows(rows);
}

} // namespace glacis::ui
