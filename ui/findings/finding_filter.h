// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The filter line of the Findings page: words and key:value terms, all of which must hold.
//
//     severity:high,critical ns:shop -kind:Job "read only"
//
// Keys: severity (also sev; "high+" means high or worse), stage, state, ns, kind, name, object (also owner:
// "web", "shop/web" or "Deployment/shop/web"), check, framework (its name or an id), path (yes: a step of an
// open way; certain: of a certain one), platform. ns:(none) means cluster-wide objects. A leading - negates;
// commas are alternatives; a trailing * in ns, kind, name and object matches beginnings. Without a state term
// open and accepted findings show, without a platform term only those that are not the platform's own.
#pragma once

#include <string>
#include <vector>

#include <findings/filter_text.h>
#include <findings/finding_index.h>

#include <QString>

namespace glacis::ui {

class FindingFilter {
public:
    /// One question to a row: a table of answers by some number that the row has.
    struct Test {
        enum class By : std::uint8_t { Row, Check, Severity, State, Platform, Namespace, Kind, Object };
        FilterKey key = FilterKey::Text;
        By by = By::Row;
        std::vector<std::uint8_t> passes;
        [[nodiscard]] bool operator()(const FindingIndex& index, std::uint32_t row) const;
    };

    FindingFilter() = default;
    explicit FindingFilter(const QString& line);

    /// All of them must hold. What is not asked for by a person (open, not the platform's) is among them.
    [[nodiscard]] std::vector<Test> tests(const FindingIndex& index) const;
    /// Does the line speak of states or of the platform's own?
    [[nodiscard]] bool asksState() const { return asks(FilterKey::State) || asks(FilterKey::Platform); }

    /// What a person would want to know about the line: keys that there are not, values that nothing has.
    /// A word that is still being typed at the end of the line is left in peace. Empty: all is well.
    [[nodiscard]] QString complaint(const FindingIndex& index) const;

    /// Values of a positive severity term; empty when there is none.
    [[nodiscard]] std::vector<Severity> severities() const;
    /// The line with its severity terms replaced by these (none: removed).
    [[nodiscard]] static QString withSeverities(const QString& line, const std::vector<Severity>& severities);
    /// A term for this value, quoted when it needs be: term("ns", "shop").
    [[nodiscard]] static QString term(const char* key, std::string_view value);

private:
    [[nodiscard]] bool asks(FilterKey key) const;
    QString m_line;
    std::vector<FilterTerm> m_terms;
};

/// What a person may write behind a key for this assessment, in the order in which to offer it: all words of
/// a closed vocabulary, names that occur for the others.
[[nodiscard]] std::vector<std::string> valuesOf(FilterKey key, const FindingIndex& index);
inline constexpr std::string_view clusterWide = "(none)"; ///< ns value: no namespace can have this name

} // namespace glacis::ui
