// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The filter line of the Findings page: words and key:value terms, all of which must hold.
//
//     severity:high,critical ns:shop -kind:Job "read only"
//
// Keys: severity (also sev; "high+" means high or worse), stage, state, ns, kind, name, check, platform,
// framework. ns:(none) means cluster-wide objects. A leading - negates; commas are alternatives; a trailing *
// in ns and name matches beginnings. Without a state term open and accepted findings show, without a platform
// term only those that are not the platform's own.
#pragma once

#include <string>
#include <vector>

#include <findings/finding_facts.h>

#include <QString>

namespace glacis::ui {

class FindingFilter {
public:
    FindingFilter() = default;
    explicit FindingFilter(const QString& text);

    /// Indices into `findings` that match, in their order. A hundred thousand take some tens of milliseconds.
    [[nodiscard]] std::vector<std::uint32_t> apply(
        const assessment::Assessment& assessment, const std::vector<const posture::Finding*>& findings) const;

    /// Values of a positive severity term; empty when there is none.
    [[nodiscard]] std::vector<Severity> severities() const;
    /// The text with its severity term replaced by these (none: removed).
    [[nodiscard]] static QString withSeverities(const QString& text, const std::vector<Severity>& severities);
    /// A term for this value, quoted when it needs be: term("ns", "shop").
    [[nodiscard]] static QString term(const char* key, std::string_view value);

private:
    enum class Field : std::uint8_t {
        Text,
        Severity,
        Stage,
        State,
        Platform,
        Namespace,
        Kind,
        Name,
        Check,
        Framework
    };
    struct Term {
        Field field = Field::Text;
        bool negated = false;
        std::vector<std::string> values; ///< lower case
        std::vector<bool> checks; ///< Text, Check, Framework: by catalogue index, filled by apply()
    };
    struct Piece {
        QString text;
        bool quoted = false; ///< began with a quote: never a key
    };
    [[nodiscard]] static std::vector<Piece> pieces(const QString& text);
    [[nodiscard]] static Term parse(const Piece& piece);
    static void prepare(Term& term, const posture::Catalogue& catalogue);
    [[nodiscard]] static bool holds(const Term& term, const FindingFacts& facts);
    std::vector<Term> m_terms;
};

} // namespace glacis::ui
