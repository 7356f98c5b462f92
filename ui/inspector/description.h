// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the inspector says about a selection, as plain values: composed here from the assessment, shown by
// Inspector. All texts are ready for plain-text widgets.
//
//     const Description d = describe({ assessment, facts, index }, page->selection());
#pragma once

#include <assessment/assessment.h>
#include <inspector/object_index.h>
#include <shell/attack_facts.h>
#include <shell/page.h>
#include <theme/tokens.h>

#include <QString>

#include <optional>
#include <vector>

namespace glacis::ui {

/// One line of a list, or one card: what it says and where it leads.
struct DescribedRow {
    QString text;
    QString note {}; ///< smaller, below
    bool codeNote = false; ///< the note is a name or path
    QString figure {}; ///< at the end of the line: "−11 ways"
    Token figureInk = Token::Text2;
    std::optional<Severity> severity {};
    int number = 0; ///< of a step, in a ring of the stage's colour; 0: none
    Stage stage = 0;
    std::optional<Token> markInk {}; ///< of the bar or ring; nothing: the stage's
    QString about {}; ///< of a card: a paragraph below
    QString tip {}; ///< what the figure means, in a sentence
    Location to {}; ///< page empty: leads nowhere
    friend bool operator==(const DescribedRow&, const DescribedRow&) = default;
};

struct DescribedPart {
    enum class Kind : std::uint8_t { Text, Code, Rows, Cards };
    Kind kind = Kind::Text;
    QString heading;
    QString text {}; ///< Text, Code
    std::vector<DescribedRow> rows {}; ///< Rows, Cards
    friend bool operator==(const DescribedPart&, const DescribedPart&) = default;
};

struct DescribedChip {
    QString text;
    Token ink = Token::Text2;
    QString tip {};
    friend bool operator==(const DescribedChip&, const DescribedChip&) = default;
};

/// One spot of evidence: a field, or an object as a whole.
struct DescribedPlace {
    inventory::ObjectId object; ///< NoObject: an observation alone
    std::string field {}; ///< path below the object; for the loader
    QString objectText {}; ///< "Deployment shop/web"; empty: that of the title
    QString value {}; ///< redacted
    QString source {}; ///< of an observation
    QString shows {}; ///< where places of several things stand together: what it is evidence of
    friend bool operator==(const DescribedPlace&, const DescribedPlace&) = default;
};

struct Description {
    QString kicker {}; ///< small line above the title
    Token kickerInk = Token::Text3;
    QString title {}; ///< one sentence
    QString object {}; ///< below the title, in the type of code
    std::optional<Severity> severity {};
    std::vector<DescribedChip> chips {};
    std::vector<DescribedPart> why {}, fix {};
    std::vector<DescribedPlace> places {};
    QString noEvidence {}; ///< said where there is no place
    [[nodiscard]] bool empty() const { return title.isEmpty(); }
    friend bool operator==(const Description&, const Description&) = default;
};

/// What a description is made from. GUI thread.
struct DescribeFrom {
    const assessment::Assessment& assessment;
    const AttackFacts& facts; ///< what it does not know yet is told as being worked out
    const ObjectIndex& index;
};

/// Empty for nothing, and for indexes that the graph does not have.
[[nodiscard]] Description describe(const DescribeFrom& from, const Selection& selection);
/// For the clipboard: title, object, and the parts as lines.
[[nodiscard]] QString asText(const Description& description);

// By what is selected; describe() chooses.
[[nodiscard]] Description describeFinding(const DescribeFrom& from, const posture::Finding& finding);
[[nodiscard]] Description describeFindings(
    const DescribeFrom& from, const std::vector<const posture::Finding*>& findings);
[[nodiscard]] Description describeNode(const DescribeFrom& from, attack::NodeIndex node);
[[nodiscard]] Description describeNodes(
    const DescribeFrom& from, const std::vector<attack::NodeIndex>& nodes);
[[nodiscard]] Description describeEdge(const DescribeFrom& from, const Selection& selection);
[[nodiscard]] Description describeWay(const DescribeFrom& from, std::uint32_t way);
[[nodiscard]] Description describeOption(const DescribeFrom& from, attack::OptionIndex option);

} // namespace glacis::ui
