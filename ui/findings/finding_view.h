// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A question to a FindingIndex and its answer: which rows pass the filter, in which groups and order, and how
// many problems each facet would leave. Pure, any thread; a hundred thousand findings take some 20 ms.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <findings/finding_columns.h>
#include <findings/finding_filter.h>

namespace glacis::ui {

struct Grouping {
    enum class By : std::uint8_t { Nothing, Severity, Stage, Check, Namespace, Object, Framework };
    By by = By::Nothing;
    std::string framework {}; ///< "cis-1.12"; By::Framework only
    friend bool operator==(const Grouping&, const Grouping&) = default;
};
/// "namespace", "framework:cis-1.12": for what is kept between runs.
[[nodiscard]] std::string groupingId(const Grouping& grouping);
[[nodiscard]] Grouping groupingFromId(std::string_view id); ///< Nothing when unknown
[[nodiscard]] QString groupingTitle(const Grouping& grouping); ///< "Namespace", "CIS 1.12"

struct SortKey {
    FindingColumn column = FindingColumn::Severity;
    Qt::SortOrder order = Qt::AscendingOrder;
    friend bool operator==(const SortKey&, const SortKey&) = default;
};

struct FindingQuery {
    QString filter;
    Grouping grouping;
    std::vector<SortKey> sort; ///< first decides; empty: worst first
    friend bool operator==(const FindingQuery&, const FindingQuery&) = default;
};

/// What a person narrows the list down by, in the order of the panel.
constexpr std::array facetKeys { FilterKey::Severity, FilterKey::Stage, FilterKey::Namespace,
    FilterKey::Check, FilterKey::Kind, FilterKey::State, FilterKey::Framework };

struct FindingView {
    struct Group {
        std::uint32_t number = 0; ///< what the group stands for; see groupKey()
        std::uint32_t first = 0, size = 0; ///< range in rows
        std::uint32_t problems = 0; ///< that count
        Severity worst = Severity::Info;
    };
    struct FacetValue {
        std::string value; ///< as a term writes it
        std::uint32_t problems = 0;
        std::string title {}; ///< of a check
    };
    FindingQuery query;
    std::vector<std::uint32_t> rows; ///< of the index; a finding stands in every group of its own
    std::vector<Group> groups; ///< empty when there is no grouping
    std::vector<std::string> sections; ///< when grouped by framework: see sectionsOf()
    std::size_t matches = 0; ///< findings, each once
    std::size_t problems = 0; ///< that count, of which a row matches
    /// By facetKeys: problems with this value among those that pass all terms but the facet's own. Of states
    /// (and of all, when the filter speaks of states) pairs of check and object, whether they count or not.
    std::array<std::vector<FacetValue>, facetKeys.size()> facets;
    QString complaint; ///< of the filter line; see FindingFilter::complaint
};

/// Incomplete when stopped.
[[nodiscard]] FindingView answer(
    const FindingIndex& index, const FindingQuery& query, const StopToken& stop = {});

/// The group's own name, the same after a reload: a namespace, a check's id. Empty: those without.
[[nodiscard]] std::string groupKey(
    const FindingIndex& index, const FindingView& view, const FindingView::Group& group);
/// For people: "GL-POD-001 · A container runs privileged", "Cluster-wide".
[[nodiscard]] QString groupTitle(
    const FindingIndex& index, const FindingView& view, const FindingView::Group& group);
/// Sections of a framework in natural order; the number of a group by framework is a place in it, or one
/// behind the end: not in the framework.
[[nodiscard]] std::vector<std::string> sectionsOf(const FindingIndex& index, std::string_view framework);
/// "Stage 3", "Cluster-wide", "CIS 1.12": a facet's value for people.
[[nodiscard]] QString facetTitle(FilterKey key, std::string_view value);

} // namespace glacis::ui
