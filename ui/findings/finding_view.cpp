// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/finding_view.h>

#include <algorithm>
#include <optional>
#include <tuple>

namespace glacis::ui {
namespace {

    using By = Grouping::By;
    using Row = FindingIndex::Row;

    constexpr std::uint32_t stopEvery = 8192; ///< rows between two looks at the stop token

    std::uint8_t bit(std::size_t number) { return static_cast<std::uint8_t>(1U << number); }

    // ---------------------------------------------------------------------------------- filter and facets

    /// Problems by facet and value. A problem counts once for a value, however many rows it has.
    class FacetCounter {
    public:
        FacetCounter(const FindingIndex& index, bool countAll)
            : m_index(index)
            , m_countAll(countAll)
            , m_seen(index.problemNumbers())
            , m_severities(index.problemNumbers())
            , m_states(index.problemNumbers())
            , m_bySeverity(5)
            , m_byStage(StageCount + 1)
            , m_byNamespace(index.namespaces().size())
            , m_byCheck(index.assessment()->catalogue->checks().size())
            , m_byKind(index.kinds().size())
            , m_byState(5)
            , m_byFramework(index.frameworks().size())
        {
            const auto& names = index.frameworks();
            for (const posture::CheckInfo& check : index.assessment()->catalogue->checks()) {
                std::vector<std::size_t>& numbers = m_frameworksOf.emplace_back();
                for (const posture::FrameworkMapping& mapping : check.frameworks)
                    numbers.push_back(static_cast<std::size_t>(
                        std::lower_bound(names.begin(), names.end(), mapping.framework) - names.begin()));
            }
        }

        /// `only`: the one facet whose own terms the row fails; nothing: it passes all.
        void count(const Row& row, std::optional<FilterKey> only)
        {
            const auto wants = [&](FilterKey key) { return !only || *only == key; };
            const auto severity = static_cast<std::size_t>(row.finding->severity);
            const auto state = static_cast<std::size_t>(row.finding->state);
            if (wants(FilterKey::State) && !(m_states[row.problem] & bit(state))) {
                m_states[row.problem] |= bit(state);
                ++m_byState[state];
            }
            if (!m_countAll && !row.counts)
                return;
            if (wants(FilterKey::Severity) && !(m_severities[row.problem] & bit(severity))) {
                m_severities[row.problem] |= bit(severity);
                ++m_bySeverity[severity];
            }
            const FindingIndex::Object& object = m_index.object(row);
            const std::uint16_t check = row.finding->check;
            const auto once = [&](FilterKey key, std::size_t mark) {
                if (!wants(key) || (m_seen[row.problem] & bit(mark)))
                    return false;
                m_seen[row.problem] |= bit(mark);
                return true;
            };
            if (once(FilterKey::Stage, 0))
                ++m_byStage[m_index.check(row).stage];
            if (once(FilterKey::Namespace, 1))
                ++m_byNamespace[object.nsNumber];
            if (once(FilterKey::Check, 2))
                ++m_byCheck[check];
            if (once(FilterKey::Kind, 3))
                ++m_byKind[object.kindNumber];
            if (once(FilterKey::Framework, 4))
                for (const std::size_t framework : m_frameworksOf[check])
                    ++m_byFramework[framework];
        }

        void fill(std::array<std::vector<FindingView::FacetValue>, facetKeys.size()>& facets) const
        {
            const auto put = [&](std::size_t facet, std::string_view value, std::uint32_t problems) {
                if (!value.empty())
                    facets[facet].push_back({ std::string(value), problems });
            };
            for (std::size_t i = 5; i-- > 0;)
                put(0, name(static_cast<Severity>(i)), m_bySeverity[i]);
            for (std::size_t i = 1; i <= StageCount; ++i)
                put(1, std::to_string(i), m_byStage[i]);
            put(1, "none", m_byStage[0]);
            for (std::size_t i = 0; i < m_byNamespace.size(); ++i)
                put(2, m_index.namespaces()[i].empty() ? clusterWide : m_index.namespaces()[i],
                    m_byNamespace[i]);
            for (std::size_t i = 0; i < m_byCheck.size(); ++i)
                facets[3].push_back({ m_index.assessment()->catalogue->checks()[i].id, m_byCheck[i],
                    m_index.assessment()->catalogue->checks()[i].title });
            for (std::size_t i = 0; i < m_byKind.size(); ++i)
                put(4, m_index.kinds()[i], m_byKind[i]);
            for (const State state : { State::Fail, State::Accepted, State::NotAssessed })
                put(5, name(state), m_byState[static_cast<std::size_t>(state)]);
            for (std::size_t i = 0; i < m_byFramework.size(); ++i)
                put(6, m_index.frameworks()[i], m_byFramework[i]);
            for (const std::size_t facet : { 2U, 3U, 4U }) // the others have an order of their own
                std::stable_sort(facets[facet].begin(), facets[facet].end(),
                    [](const auto& a, const auto& b) { return a.problems > b.problems; });
        }

    private:
        const FindingIndex& m_index;
        bool m_countAll;
        std::vector<std::uint8_t> m_seen, m_severities, m_states; ///< by problem: a bit a facet, or a value
        std::vector<std::uint32_t> m_bySeverity, m_byStage, m_byNamespace, m_byCheck, m_byKind, m_byState,
            m_byFramework;
        std::vector<std::vector<std::size_t>> m_frameworksOf; ///< by check
    };

    bool isFacet(FilterKey key)
    {
        return std::find(facetKeys.begin(), facetKeys.end(), key) != facetKeys.end();
    }

    bool filterRows(const FindingIndex& index, FindingView& view, const StopToken& stop)
    {
        const FindingFilter filter(view.query.filter);
        const std::vector<FindingFilter::Test> tests = filter.tests(index);
        FacetCounter counter(index, filter.asksState());
        std::vector<bool> seen(index.problemNumbers());
        for (std::uint32_t i = 0; i < index.rows().size(); ++i) {
            if (i % stopEvery == 0 && stop.stopRequested())
                return false;
            std::optional<FilterKey> failed;
            bool lost = false; // fails in a way that no single facet mends
            for (const FindingFilter::Test& test : tests) {
                if (test(index, i) || failed == test.key)
                    continue;
                lost = failed.has_value() || !isFacet(test.key);
                failed = test.key;
                if (lost)
                    break;
            }
            if (lost)
                continue;
            const Row& row = index.rows()[i];
            counter.count(row, failed);
            if (failed)
                continue;
            view.rows.push_back(i);
            if (row.counts && !seen[row.problem]) {
                seen[row.problem] = true;
                ++view.problems;
            }
        }
        view.matches = view.rows.size();
        counter.fill(view.facets);
        view.complaint = filter.complaint(index);
        return !stop.stopRequested();
    }

    // -------------------------------------------------------------------------------------------- order

    /// The place of every check among all when they are sorted by this text.
    template <class Text> std::vector<std::uint32_t> checkRanks(const FindingIndex& index, const Text& text)
    {
        const auto& checks = index.assessment()->catalogue->checks();
        std::vector<std::string> texts;
        texts.reserve(checks.size());
        for (const posture::CheckInfo& check : checks)
            texts.push_back(text(check));
        std::vector<std::string> sorted = texts;
        std::sort(sorted.begin(), sorted.end());
        std::vector<std::uint32_t> ranks;
        ranks.reserve(texts.size());
        for (const std::string& t : texts)
            ranks.push_back(static_cast<std::uint32_t>(
                std::lower_bound(sorted.begin(), sorted.end(), t) - sorted.begin()));
        return ranks;
    }

    /// A number for every shown row that orders it in this column.
    std::vector<std::uint32_t> ranksOf(
        const FindingIndex& index, const std::vector<std::uint32_t>& rows, FindingColumn column)
    {
        std::vector<std::uint32_t> ranks;
        ranks.reserve(rows.size());
        const auto each = [&](const auto& rank) {
            for (const std::uint32_t row : rows)
                ranks.push_back(static_cast<std::uint32_t>(rank(index.rows()[row])));
            return std::move(ranks);
        };
        const auto byCheck = [&](const std::vector<std::uint32_t>& table) {
            return each([&](const Row& r) { return table[r.finding->check]; });
        };
        using Check = posture::CheckInfo;
        switch (column) {
        case FindingColumn::Severity:
            return each([](const Row& r) { return static_cast<unsigned>(r.finding->severity); });
        case FindingColumn::Check:
            return each([](const Row& r) { return r.finding->check; }); // the catalogue is ordered by id
        case FindingColumn::Title:
            return byCheck(checkRanks(index, [](const Check& c) { return c.title; }));
        case FindingColumn::Kind:
            return each([&](const Row& r) { return index.object(r).kindNumber; });
        case FindingColumn::Namespace:
            return each([&](const Row& r) { return index.object(r).nsNumber; });
        case FindingColumn::Object:
            return each([&](const Row& r) { return index.object(r).nameRank; });
        case FindingColumn::Locus:
            return each([](const Row& r) { return r.locusRank; });
        case FindingColumn::Ways:
            return each([](const Row& r) { return r.ways; });
        case FindingColumn::Stage:
            return each([&](const Row& r) { return unsigned { index.check(r).stage }; });
        case FindingColumn::State:
            return each([](const Row& r) { return static_cast<unsigned>(r.finding->state); });
        case FindingColumn::Frameworks:
            return byCheck(checkRanks(index, [](const Check& c) { return frameworksOf(c); }));
        case FindingColumn::Fix:
            return byCheck(checkRanks(index, [](const Check& c) { return c.fix; }));
        }
        return ranks;
    }

    /// Rows come worst first; stable sorts from the last column to the first keep that among equals.
    bool sortRows(const FindingIndex& index, FindingView& view, const StopToken& stop)
    {
        const auto& keys = view.query.sort;
        // std::ranges views of a reversed span do not compile with Clang 14.
        // NOLINTNEXTLINE(modernize-loop-convert)
        for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
            if (stop.stopRequested())
                return false;
            const std::vector<std::uint32_t> ranks = ranksOf(index, view.rows, key->column);
            std::vector<std::pair<std::uint32_t, std::uint32_t>> ranked;
            ranked.reserve(ranks.size());
            for (std::size_t i = 0; i < ranks.size(); ++i)
                ranked.emplace_back(ranks[i], view.rows[i]);
            if (key->order == Qt::AscendingOrder)
                std::stable_sort(ranked.begin(), ranked.end(),
                    [](const auto& a, const auto& b) { return a.first < b.first; });
            else
                std::stable_sort(ranked.begin(), ranked.end(),
                    [](const auto& a, const auto& b) { return a.first > b.first; });
            std::transform(
                ranked.begin(), ranked.end(), view.rows.begin(), [](const auto& r) { return r.second; });
        }
        return true;
    }

    // ------------------------------------------------------------------------------------------- groups

    /// Which groups a row is in: numbers as groupKey() reads them.
    class GroupsOfRow {
    public:
        GroupsOfRow(
            const FindingIndex& index, const Grouping& grouping, const std::vector<std::string>& sections)
            : m_index(index)
            , m_by(grouping.by)
            , m_sections(sections.size())
        {
            if (m_by != By::Framework)
                return;
            for (const posture::CheckInfo& check : index.assessment()->catalogue->checks()) {
                std::vector<std::uint32_t>& numbers = m_ofCheck.emplace_back();
                for (std::uint32_t i = 0; i < sections.size(); ++i)
                    for (const posture::FrameworkMapping& mapping : check.frameworks)
                        if (mapping.framework == grouping.framework
                            && std::find(mapping.ids.begin(), mapping.ids.end(), sections[i])
                                != mapping.ids.end())
                            numbers.push_back(i);
                if (numbers.empty())
                    numbers.push_back(static_cast<std::uint32_t>(sections.size()));
            }
        }

        [[nodiscard]] std::size_t count() const
        {
            switch (m_by) {
            case By::Severity:
                return 5;
            case By::Stage:
                return StageCount + 1;
            case By::Check:
                return m_index.assessment()->catalogue->checks().size();
            case By::Namespace:
                return m_index.namespaces().size();
            case By::Object:
                return m_index.objects().size();
            case By::Framework:
                return m_sections + 1;
            case By::Nothing:
                break;
            }
            return 0;
        }

        template <class Use> void each(const Row& row, const Use& use) const
        {
            if (m_by == By::Framework) {
                for (const std::uint32_t number : m_ofCheck[row.finding->check])
                    use(number);
                return;
            }
            use(m_by == By::Severity        ? static_cast<std::uint32_t>(row.finding->severity)
                    : m_by == By::Stage     ? std::uint32_t { m_index.check(row).stage }
                    : m_by == By::Check     ? std::uint32_t { row.finding->check }
                    : m_by == By::Namespace ? m_index.object(row).nsNumber
                                            : row.object);
        }

    private:
        const FindingIndex& m_index;
        By m_by;
        std::size_t m_sections;
        std::vector<std::vector<std::uint32_t>> m_ofCheck;
    };

    /// Vocabularies keep their order, the rest stands with the worst and largest group first.
    void orderGroups(By by, std::vector<FindingView::Group>& groups)
    {
        using Group = FindingView::Group;
        if (by == By::Severity)
            std::reverse(groups.begin(), groups.end());
        else if (by == By::Stage)
            std::stable_partition(groups.begin(), groups.end(), [](const Group& g) { return g.number != 0; });
        else if (by != By::Framework)
            std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
                const auto key
                    = [](const Group& g) { return std::tuple(g.problems > 0, g.worst, g.problems); };
                return key(a) > key(b);
            });
    }

    bool groupRows(const FindingIndex& index, FindingView& view, const StopToken& stop)
    {
        const By by = view.query.grouping.by;
        if (by == By::Nothing)
            return true;
        if (by == By::Framework)
            view.sections = sectionsOf(index, view.query.grouping.framework);
        const GroupsOfRow groupsOf(index, view.query.grouping, view.sections);
        std::vector<FindingView::Group> all(groupsOf.count());
        for (std::uint32_t i = 0; i < all.size(); ++i)
            all[i].number = i;
        // A problem is in the same groups with all its rows, but for groups by severity.
        std::vector<std::uint8_t> seen(index.problemNumbers());
        for (const std::uint32_t number : view.rows) {
            const Row& row = index.rows()[number];
            const std::uint8_t mark
                = bit(by == By::Severity ? static_cast<std::size_t>(row.finding->severity) : 0);
            const bool fresh = row.counts && !(seen[row.problem] & mark);
            seen[row.problem] |= row.counts ? mark : std::uint8_t { 0 };
            groupsOf.each(row, [&](std::uint32_t group) {
                FindingView::Group& g = all[group];
                ++g.size;
                g.problems += fresh ? 1U : 0U;
                // The worst of what counts; of the rest only where nothing counts.
                if (row.counts && (g.problems == (fresh ? 1U : 0U)))
                    g.worst = row.finding->severity;
                else if (row.counts || g.problems == 0)
                    g.worst = std::max(g.worst, row.finding->severity);
            });
        }
        if (stop.stopRequested())
            return false;
        std::erase_if(all, [](const FindingView::Group& g) { return g.size == 0; });
        orderGroups(by, all);
        std::vector<std::uint32_t> placeOf(groupsOf.count());
        std::uint32_t total = 0;
        for (FindingView::Group& group : all) {
            group.first = total;
            total += group.size;
            placeOf[group.number] = group.first;
        }
        std::vector<std::uint32_t> grouped(total);
        for (const std::uint32_t number : view.rows)
            groupsOf.each(
                index.rows()[number], [&](std::uint32_t group) { grouped[placeOf[group]++] = number; });
        view.rows = std::move(grouped);
        view.groups = std::move(all);
        return true;
    }

}

FindingView answer(const FindingIndex& index, const FindingQuery& query, const StopToken& stop)
{
    FindingView view;
    view.query = query;
    if (filterRows(index, view, stop) && sortRows(index, view, stop))
        (void)groupRows(index, view, stop);
    return view;
}

} // namespace glacis::ui
