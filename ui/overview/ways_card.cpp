// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/ways_card.h>

#include <theme/type.h>
#include <widgets/empty_state.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>

#include <attack/describe.h>

#include <QGridLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using attack::WayClass;

    /// The number of a step in a ring of its stage's colour.
    class StepNumber : public QWidget {
    public:
        StepNumber(int number, Stage stage)
            : m_number(number)
            , m_stage(stage)
        {
            setFixedSize(scaled(22), scaled(22));
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(colour(m_stage > 0 ? stageToken(m_stage) : Token::Text2, palette()), 1.5));
            painter.drawEllipse(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5));
            painter.setFont(typeFont(Type::Small));
            painter.setPen(colour(Token::Text, palette()));
            painter.drawText(rect(), Qt::AlignCenter, QString::number(m_number));
        }

    private:
        int m_number;
        Stage m_stage;
    };

    /// Names of objects keep their letters: only a word that is none begins in upper case.
    QString capitalised(QString text)
    {
        const QStringView first = QStringView(text).left(text.indexOf(u' '));
        if (!text.isEmpty() && !first.contains(u'/'))
            text[0] = text[0].toUpper();
        return text;
    }

    /// The cheapest way of the best class there is.
    const attack::Way* cheapest(const attack::Search& search)
    {
        return search.ways().empty() ? nullptr : &search.ways().front();
    }

}

QString waysText(const attack::Search& search)
{
    const auto certain = static_cast<int>(search.count(WayClass::Certain));
    const auto residual = static_cast<int>(search.count(WayClass::Residual));
    const auto possible = static_cast<int>(search.count(WayClass::Possible));
    QStringList parts;
    parts += certain == 0 ? WaysCard::tr("no certain way")
        : certain == 1    ? WaysCard::tr("1 way open")
                          : WaysCard::tr("%1 ways open").arg(certain);
    if (residual > 0)
        parts += WaysCard::tr("%1 residual").arg(residual);
    if (possible > 0)
        parts += WaysCard::tr("%1 possible").arg(possible);
    return parts.join(u" · "_s);
}

WaysCard::WaysCard(QWidget* parent)
    : Card(tr("Ways in from the Internet"), parent)
{
    setObjectName(u"ways"_s);
}

void WaysCard::show(const assessment::Assessment& assessment)
{
    while (body()->count() > 1) {
        const std::unique_ptr<QLayoutItem> item(body()->takeAt(1));
        if (QWidget* widget = item->widget())
            widget->deleteLater();
    }
    setVisible(assessment.search != nullptr);
    if (!assessment.search)
        return;
    const attack::Search& search = *assessment.search;
    const attack::Graph& graph = assessment.graph;
    setNote(waysText(search));
    const attack::Way* way = cheapest(search);
    if (!way) {
        // Files alone do not tell what the Internet reaches: that is no good news.
        const bool whole = assessment.inventory->source.scope == inventory::Scope::Cluster;
        body()->addWidget(whole
                ? new EmptyState(Glyph::Shield, tr("No way was found"),
                    tr("Nothing that was read leads from the Internet to a crown jewel. What was not read "
                       "stands beside this."))
                : new EmptyState(Glyph::EyeOff, tr("Not known from these files"),
                    tr("They hold nothing that the Internet reaches. Nodes, addresses and facts of the "
                       "cluster would tell.")));
        return;
    }
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    const QString lead = way->wayClass == WayClass::Certain ? tr("The cheapest ends at %1, cost %2:")
        : way->wayClass == WayClass::Residual
        ? tr("No certain way is open. What is left uses what a workload needs; the cheapest ends at %1, cost "
             "%2:")
        : tr("No certain way is open. The cheapest possible one ends at %1, cost %2:");
    auto* head = new TextBlock(
        lead.arg(shown(attack::inWords(graph.nodes[way->jewel]))).arg(way->cost), Type::Body, Token::Text2);
    column->addWidget(head);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const attack::EdgeIndex e : attack::stepsOf(graph, *way)) {
        const attack::Edge& edge = graph.edges[e];
        QString text = capitalised(
            shown(attack::caption(graph, edge, attack::nodeBehind(graph, *way, e), *assessment.edges)));
        if (edge.certainty == attack::Certainty::Possible)
            text += u' ' + tr("(not verified)");
        grid->addWidget(new StepNumber(row + 1, edge.stage), row, 0, Qt::AlignTop);
        auto* words = new TextBlock(text);
        words->setMaximumLines(2);
        grid->addWidget(words, row, 1, Qt::AlignVCenter);
        ++row;
    }
    column->addLayout(grid);
    body()->addWidget(content);
}

} // namespace glacis::ui
