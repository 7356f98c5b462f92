// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/path_panel.h>

#include <attack/path_picture.h>
#include <theme/type.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>

#include <attack/describe.h>

#include <QEvent>
#include <QGridLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using attack::WayClass;

    constexpr int gap = 8;
    constexpr int lineHeight = 20;
    constexpr int pictureAboveSteps = 180; ///< so much of the height stays the picture's

    /// The number of a step in a ring of its stage's colour.
    class StepNumber : public QWidget {
    public:
        StepNumber(int number, Stage stage)
            : m_number(number)
            , m_stage(stage)
        {
            setFixedSize(scaled(20), scaled(20));
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(colour(m_stage > 0 ? stageToken(m_stage) : Token::Text2, palette()), 1.5));
            painter.drawEllipse(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5));
            painter.setFont(typeFont(Type::Caption));
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

    QString leadOf(const attack::Graph& graph, const attack::Way& way)
    {
        const QString lead = way.wayClass == WayClass::Certain
            ? PathPanel::tr("The cheapest ends at %1, cost %2:")
            : way.wayClass == WayClass::Residual
            ? PathPanel::tr("No certain way is open. What is left uses what a workload needs; the cheapest "
                            "ends at %1, cost %2:")
            : PathPanel::tr("No certain way is open. The cheapest possible one ends at %1, cost %2:");
        return lead.arg(shown(attack::inWords(graph.nodes[way.jewel]))).arg(way.cost);
    }

    /// "Cheapest way: API server › group system:unauthenticated › credentials of data stores"
    QString lineOf(const attack::Graph& graph, const attack::Way& way)
    {
        QStringList stops;
        for (const attack::EdgeIndex e : attack::stepsOf(graph, way)) {
            const QString stop = shown(attack::inWords(graph.nodes[attack::nodeBehind(graph, way, e)]), 120);
            if (stops.isEmpty() || stops.back() != stop)
                stops += stop;
        }
        const QString text = way.wayClass == WayClass::Certain ? PathPanel::tr("Cheapest way, cost %1: %2")
            : way.wayClass == WayClass::Residual
            ? PathPanel::tr("No certain way; cheapest residual one, cost %1: %2")
            : PathPanel::tr("No certain way; cheapest possible one, cost %1: %2");
        return text.arg(way.cost).arg(stops.join(u" › "_s));
    }

}

PathPanel::PathPanel(QWidget* parent)
    : QWidget(parent)
    , m_picture(new PathPicture(this))
    , m_line(new TextBlock({}, Type::Body, Token::Text2, this))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_line->setMaximumLines(2);
    connect(m_picture, &PathPicture::clicked, this, &PathPanel::opened);
}

void PathPanel::show(const assessment::AssessmentPtr& assessment, const attack::Way& way)
{
    const attack::Graph& graph = assessment->graph;
    m_picture->show(assessment);
    if (m_picture->accessibleName().isEmpty())
        m_picture->setAccessibleName(tr("Picture of the ways; opens the attack path"));
    m_line->setText(lineOf(graph, way));
    m_line->setToolTip(toolTipText(m_line->text()));
    if (m_steps) {
        m_steps->hide();
        m_steps->deleteLater();
    }
    m_steps = new QWidget(this);
    auto* column = new QVBoxLayout(m_steps);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* lead = new TextBlock(leadOf(graph, way), Type::Body, Token::Text2);
    column->addWidget(lead);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const attack::EdgeIndex e : attack::stepsOf(graph, way)) {
        const attack::Edge& edge = graph.edges[e];
        QString text = capitalised(
            shown(attack::caption(graph, edge, attack::nodeBehind(graph, way, e), *assessment->edges)));
        if (edge.certainty == attack::Certainty::Possible)
            text = tr("%1 (not verified)").arg(text);
        grid->addWidget(new StepNumber(row + 1, edge.stage), row, 0, Qt::AlignTop);
        auto* words = new TextBlock(text);
        words->setMaximumLines(2);
        grid->addWidget(words, row, 1, Qt::AlignVCenter);
        ++row;
    }
    column->addLayout(grid);
    arrange();
}

void PathPanel::arrange()
{
    const int line = m_line->heightForWidth(std::max(1, width()));
    int below = line;
    bool steps = false;
    if (m_steps) {
        const int whole = m_steps->layout()->heightForWidth(std::max(1, width()));
        steps = height() - gap - whole >= scaled(pictureAboveSteps);
        if (steps)
            below = whole;
        m_steps->setVisible(steps);
        m_steps->setGeometry(0, height() - below, width(), below);
    }
    m_line->setVisible(!steps);
    m_line->setGeometry(0, height() - line, width(), line);
    m_picture->setGeometry(0, 0, width(), std::max(1, height() - below - gap));
}

/// Asks for no more than it must have; a card with room to spare gives it.
QSize PathPanel::sizeHint() const { return { scaled(640), minimumSizeHint().height() }; }

QSize PathPanel::minimumSizeHint() const
{
    const QSize picture = m_picture->minimumSizeHint();
    return { picture.width(), picture.height() + gap + scaled(lineHeight) };
}

void PathPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool PathPanel::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

} // namespace glacis::ui
