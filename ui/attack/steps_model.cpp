// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/steps_model.h>

#include <attack/scene_words.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <attack/describe.h>

#include <algorithm>

namespace glacis::ui {

StepsModel::StepsModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void StepsModel::setFigure(PathFigurePtr figure)
{
    beginResetModel();
    m_figure = std::move(figure);
    m_first.assign(1, 0);
    if (m_figure)
        for (const SceneWay& way : m_figure->scene.ways)
            m_first.push_back(m_first.back() + way.numbered);
    endResetModel();
}

StepsModel::Place StepsModel::place(int row) const
{
    const auto after = std::upper_bound(m_first.begin(), m_first.end(), static_cast<std::uint32_t>(row));
    const auto way = static_cast<std::size_t>(after - m_first.begin()) - 1;
    return { way, static_cast<std::uint32_t>(row) - m_first[way] + 1 };
}

int StepsModel::rowOf(std::size_t way, std::uint32_t step) const
{
    return way + 1 < m_first.size() && step >= 1 && m_first[way] + step <= m_first[way + 1]
        ? static_cast<int>(m_first[way] + step - 1)
        : -1;
}

int StepsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_first.empty() ? 0 : static_cast<int>(m_first.back());
}

int StepsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant StepsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()
        || (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole))
        return {};
    const Place at = place(index.row());
    const SceneWay& way = m_figure->scene.ways[at.way];
    const auto step = std::find_if(
        way.steps.begin(), way.steps.end(), [&](const SceneStep& s) { return s.number == at.step; });
    const attack::Graph& graph = m_figure->assessment->graph;
    const attack::Edge& edge = graph.edges[step->main];
    const auto text = [&]() -> QString {
        switch (static_cast<Column>(index.column())) {
        case Column::Way:
            return QString::number(way.way + 1);
        case Column::Step:
            return QString::number(at.step);
        case Column::From:
            return shown(attack::inWords(graph.nodes[step->fromNode]), 260);
        case Column::What:
            return stepSentence(*m_figure->assessment, *step);
        case Column::To:
            return shown(attack::inWords(graph.nodes[step->toNode]), 260);
        case Column::Stage:
            return stageWord(edge.stage);
        case Column::Certainty:
            return edge.certainty == attack::Certainty::Possible ? wayClassWord(attack::WayClass::Possible)
                : edge.residual                                  ? wayClassWord(attack::WayClass::Residual)
                                                                 : wayClassWord(attack::WayClass::Certain);
        case Column::Cost:
            return QString::number(edge.cost);
        }
        return {};
    };
    return role == Qt::ToolTipRole ? toolTipText(text()) : text();
}

QVariant StepsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Way:
        return tr("Way");
    case Column::Step:
        return tr("Step");
    case Column::From:
        return tr("From");
    case Column::What:
        return tr("What happens");
    case Column::To:
        return tr("To");
    case Column::Stage:
        return tr("Stage");
    case Column::Certainty:
        return tr("Certainty");
    case Column::Cost:
        return tr("Cost");
    }
    return {};
}

} // namespace glacis::ui
