// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a report says, in which order, with its numbers: blocks of text, tables and figures without any
// layout. Writers (PDF, HTML, Markdown) turn it into pages; none of them adds a statement of its own.
//
//     const Document document = *makeReport(assessment, { .edition = Edition::Engineer }, stop);
//     writeDocumentHtml(document, {});
//
// All text is plain text in UTF-8 on one line (report::plain): writers escape it, and nothing in it is
// mark-up.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <attack/search.h>
#include <base/severity.h>

namespace glacis::report {

enum class Edition : std::uint8_t { Management, Engineer, Audit };

/// How a run of text is set. Code is for names, paths, commands and values: fixed width, may be broken after
/// / . - _ : @ = , and only then anywhere.
enum class Face : std::uint8_t { Plain, Strong, Quiet, Code, Severity, Stage };

struct Run {
    std::string text;
    Face face = Face::Plain;
    std::string target {}; ///< anchor in this document that the run leads to; empty: none
    std::uint8_t value
        = 0; ///< of Severity: a glacis::Severity, shown as shape, word and colour; of Stage: 1 to 4
};
using Text = std::vector<Run>;

/// Level 1 begins a section (and a page, in print), 2 a part of it, 3 an item. Number: "5.2", empty for none.
/// The outline and the table of contents are made of levels 1 and 2; level 3 only appears in the outline.
struct Heading {
    int level = 1;
    std::string text;
    std::string anchor; ///< unique in the document: letters, digits, '-'
    std::string number {};
    std::optional<Severity> severity {}; ///< mark in front of it
    Stage stage = 0; ///< 1 to 4: in the colour of that stage
    bool newPage = true; ///< of level 1: where a page has room, false lets it follow the section before
};

struct Paragraph {
    enum class Role : std::uint8_t { Body, Lead, Note, Warning };
    Text text;
    Role role
        = Role::Body; ///< Lead: larger, opens a section. Note: small. Warning: set apart, must not be missed
};

struct Items {
    bool numbered = false;
    std::vector<Text> items;
};

/// Name and value, one below the other: "Captured", "2026-11-20 10:00 UTC".
struct Facts {
    std::vector<std::pair<std::string, Text>> rows;
};

struct Column {
    std::string title;
    double share = 1; ///< of the room that columns with `fit` leave
    bool fit = false; ///< as wide as its widest cell on one line
    bool number = false; ///< set to the end of the cell
};
struct TableRow {
    std::vector<Text> cells; ///< as many as columns
    std::string anchor {}; ///< to link to; empty: none
    Text below {}; ///< a second line over the whole width (evidence, reason); empty: none
};
struct Table {
    std::string name; ///< for people who cannot see it
    std::vector<Column> columns;
    std::vector<TableRow> rows;
};

/// Scores of the stages beside one another, with the overall one.
struct StageLine {
    Stage stage = 1;
    std::string title;
    std::optional<int> score; ///< 0 to 100; nullopt: nothing of the stage was assessed
    bool partly = false; ///< so much could not be judged that the score is no praise
    std::uint32_t problems = 0;
    std::string worst; ///< the worst of them in one sentence; empty: none
    std::string anchor; ///< of the stage's section; empty: none
};
struct Scores {
    std::optional<int> overall;
    std::vector<StageLine> stages; ///< all four, or the one of a stage's section
};

/// Large figures with a word below each: "21", "open ways".
struct Figures {
    struct Figure {
        std::string number, words;
        std::optional<Severity> severity {}; ///< gives the colour
        bool good = false; ///< green instead
    };
    std::vector<Figure> figures;
};

/// Horizontal bars of segments by severity, worst first, with the total at the end.
struct Bars {
    struct Bar {
        Text label;
        std::array<std::uint32_t, 5> bySeverity {}; ///< by glacis::Severity, least first
    };
    std::string name; ///< what is counted: "Problems by namespace"
    std::vector<Bar> bars;
};

/// The four-stage attack path with the cheapest ways. A writer that cannot draw leaves it out: the ways are
/// told in words behind it.
struct AttackPicture {
    std::string caption;
    std::string words; ///< the picture for people who cannot see it
};

/// One way of an attacker, step by step.
struct WayStory {
    struct Proof {
        Text text; ///< "Deployment shop/web spec.…privileged = true"
        std::string place {}; ///< "web.yaml:17"; empty: no file says it
        std::string check {}; ///< "GL-POD-001"; empty: none
        std::string target {}; ///< anchor of that check's section; empty: none
    };
    struct Step {
        Text sentence;
        std::string kind; ///< "PRIVILEGED"
        Stage stage = 0;
        bool verified = true; ///< false: the step is possible, not certain
        std::vector<Proof> proofs;
        std::size_t more = 0; ///< proofs that are not listed
    };
    std::uint32_t number = 1;
    std::string anchor;
    Text headline; ///< "Docker on worker-1 → all Secrets, etcd data"
    attack::WayClass wayClass = attack::WayClass::Certain;
    std::uint32_t cost = 0;
    std::vector<Step> steps;
    std::vector<Text> breaks; ///< what breaks it, the usual first
};

struct CodeBlock {
    std::string text; ///< several lines are allowed here
};

using Block = std::variant<Heading, Paragraph, Items, Facts, Table, Scores, Figures, Bars, AttackPicture,
    WayStory, CodeBlock>;

struct Document {
    Edition edition = Edition::Engineer;
    std::string title; ///< "Security posture of votelab"
    std::string subtitle; ///< "Engineer edition"
    std::string cluster; ///< stands on every page
    std::string classification; ///< stands on every page; may be empty
    std::uint32_t mark = 0; ///< the cluster's colour: index into ui's clusterColours()
    std::int64_t made = 0; ///< seconds since 1970 UTC: date of the document; 0: none is given
    Text lead; ///< the verdict in one or two sentences, for the cover
    std::optional<Scores> scores; ///< for the cover
    std::vector<std::pair<std::string, Text>> facts; ///< of the cover: source, captured, scope, version
    std::vector<Block> blocks;
};

} // namespace glacis::report
