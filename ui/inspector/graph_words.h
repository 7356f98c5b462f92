// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words and jumps for what stands in the attack graph, as the inspector tells them. Outside text comes back
// as plain text for plain-text widgets.
#pragma once

#include <inspector/description.h>

namespace glacis::ui {

[[nodiscard]] QString nodeKindWord(const attack::Node& node); ///< "Docker daemon", "Workload, taken over"
[[nodiscard]] QString shortKindWord(const attack::Node& node); ///< "Docker daemon", "Workload"
/// Of marks and small lines: the colour of its lane.
[[nodiscard]] Token nodeInk(const attack::Node& node);
[[nodiscard]] QString nodeTitle(const attack::Node& node); ///< inWords() as the begin of a line
/// The step as a sentence; `to`: the node behind hubs, or the edge's own head.
[[nodiscard]] QString stepTitle(
    const assessment::Assessment& assessment, attack::EdgeIndex edge, attack::NodeIndex to);
[[nodiscard]] QString stepTitle(const assessment::Assessment& assessment, attack::EdgeIndex edge);

[[nodiscard]] QString certaintyWord(const attack::Edge& edge); ///< "Certain", "Possible", "Residual"
/// "Network & API exposure · Residual"; that a step is certain need not be said at each of a certain way.
enum class Certain : std::uint8_t { Said, Silent };
[[nodiscard]] QString stepNote(const attack::Edge& edge, Certain certain);
[[nodiscard]] QString certaintyText(const attack::Edge& edge); ///< what that means, in a sentence or two
[[nodiscard]] Token certaintyInk(const attack::Edge& edge);
[[nodiscard]] QString classText(attack::WayClass wayClass);
[[nodiscard]] QString effortText(int effort); ///< "small effort"
[[nodiscard]] QString waysCount(std::uint32_t certain); ///< "1 certain way", "11 certain ways"

enum class CardDepth : std::uint8_t { Short, WithAbout };
[[nodiscard]] DescribedRow optionCard(
    const DescribeFrom& from, attack::OptionIndex option, CardDepth depth = CardDepth::Short);
/// Cards of these options, most certain ways first, at most thirty.
[[nodiscard]] std::vector<DescribedRow> optionCards(
    const DescribeFrom& from, std::vector<attack::OptionIndex> options, CardDepth depth = CardDepth::Short);
[[nodiscard]] DescribedRow nodeRow(const DescribeFrom& from, attack::NodeIndex node);
[[nodiscard]] DescribedRow stepRow(const DescribeFrom& from, attack::EdgeIndex edge);
[[nodiscard]] DescribedRow findingRow(const DescribeFrom& from, const posture::Finding& finding);
/// Of a list that was cut.
[[nodiscard]] DescribedRow moreRow(std::size_t more);
[[nodiscard]] DescribedPlace placeOf(
    const assessment::Assessment& assessment, const attack::Justification& because);
/// What the first places say, in lines of code: field, value, source; the object where it is another one
/// than `own` and the one before.
[[nodiscard]] QString codeOf(const std::vector<DescribedPlace>& places, const QString& own);

[[nodiscard]] Location toNode(const attack::Graph& graph, attack::NodeIndex node);
[[nodiscard]] Location toEdge(const attack::Graph& graph, attack::EdgeIndex edge);
[[nodiscard]] Location toWay(const attack::Graph& graph, const attack::Way& way);
[[nodiscard]] Location toOption(const attack::Graph& graph, attack::OptionIndex option);
[[nodiscard]] Location toFinding(const posture::Finding& finding);
/// The Findings page, filtered to this object, so that what is there is also shown; page empty: it has none.
[[nodiscard]] Location toFindingsOf(const DescribeFrom& from, inventory::ObjectId object);
/// Where most is said about an object: its findings, else its node, else nowhere.
[[nodiscard]] Location toObject(const DescribeFrom& from, inventory::ObjectId object);
/// The object with the number of its findings, leading to where most is said about it.
[[nodiscard]] DescribedRow objectRow(const DescribeFrom& from, inventory::ObjectId object);

} // namespace glacis::ui
