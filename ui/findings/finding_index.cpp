// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/finding_index.h>

#include <findings/finding_ways.h>

#include <base/text.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

namespace glacis::ui {
namespace {

    /// A message longer than this is searched no further: text of a hostile source stays bounded.
    constexpr std::size_t searchedMessage = 2000;

    /// Problems before what a person has accepted, that before what could not be judged.
    std::uint64_t rank(State state) { return state == State::Fail ? 0U : state == State::Accepted ? 1U : 2U; }

    /// Sorted and each once; the number of every input beside it.
    std::vector<std::uint32_t> ranked(
        const std::vector<std::string_view>& texts, std::vector<std::string_view>& distinct)
    {
        distinct = texts;
        std::sort(distinct.begin(), distinct.end());
        distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
        std::unordered_map<std::string_view, std::uint32_t> numbers;
        numbers.reserve(distinct.size());
        for (std::uint32_t i = 0; i < distinct.size(); ++i)
            numbers.emplace(distinct[i], i);
        std::vector<std::uint32_t> ranks;
        ranks.reserve(texts.size());
        for (const std::string_view text : texts)
            ranks.push_back(numbers.find(text)->second);
        return ranks;
    }

    template <class Rows, class Text>
    std::vector<std::string_view> collected(const Rows& rows, const Text& text)
    {
        std::vector<std::string_view> texts;
        texts.reserve(rows.size());
        for (const auto& row : rows)
            texts.push_back(text(row));
        return texts;
    }

}

FindingIndexPtr FindingIndex::make(assessment::AssessmentPtr assessment, const StopToken& stop)
{
    if (!assessment)
        return nullptr;
    std::shared_ptr<FindingIndex> index(new FindingIndex);
    index->m_assessment = std::move(assessment);
    if (!index->gather(stop) || !index->numberObjects(stop) || !index->sortRows(stop))
        return nullptr;
    index->makeText();
    std::set<std::string_view> frameworks;
    for (const posture::CheckInfo& check : index->m_assessment->catalogue->checks())
        for (const posture::FrameworkMapping& mapping : check.frameworks)
            frameworks.insert(mapping.framework);
    index->m_frameworks.assign(frameworks.begin(), frameworks.end());
    return index;
}

FindingFacts FindingIndex::facts(const Row& row) const
{
    const Object& object = m_objects[row.object];
    return { row.finding, &check(row), object.kind, object.ns, object.name };
}

/// Rows in the order of the assessment, with their problems; an object per row for now.
bool FindingIndex::gather(const StopToken& stop)
{
    const auto ways = waysOfFindings(*m_assessment);
    std::size_t total = 0;
    for (const posture::CheckResult& result : m_assessment->posture.results)
        total += result.findings.size();
    m_rows.reserve(total);
    m_objects.reserve(total);
    for (std::size_t check = 0; check < m_assessment->posture.results.size(); ++check) {
        if (stop.stopRequested())
            return false;
        const posture::Finding* last = nullptr;
        bool counted = false;
        const auto& findings = m_assessment->posture.results[check].findings;
        for (std::size_t i = 0; i < findings.size(); ++i) { // those of an object are neighbours
            const posture::Finding& finding = findings[i];
            if (!last || !sameProblem(*last, finding)) {
                ++m_problemNumbers;
                counted = false;
            }
            last = &finding;
            Row row { &finding, static_cast<std::uint32_t>(m_rows.size()),
                static_cast<std::uint32_t>(m_problemNumbers - 1), 0, ways[check][i].certain,
                ways[check][i].any > 0, ui::counts(finding) };
            m_problemTotal += row.counts && !counted ? 1U : 0U;
            counted = counted || row.counts;
            m_rows.push_back(row);
            const FindingFacts facts = factsOf(*m_assessment, finding);
            m_objects.push_back({ facts.kind, facts.ns, facts.name, 0, 0, 0 });
        }
    }
    return true;
}

/// Equal objects become one, sorted.
bool FindingIndex::numberObjects(const StopToken& stop)
{
    // Names first: comparing whole objects is then comparing three numbers.
    std::vector<std::string_view> names;
    const auto kinds = ranked(collected(m_objects, [](const Object& o) { return o.kind; }), m_kinds);
    const auto spaces = ranked(collected(m_objects, [](const Object& o) { return o.ns; }), m_namespaces);
    const auto ranks = ranked(collected(m_objects, [](const Object& o) { return o.name; }), names);
    if (stop.stopRequested())
        return false;
    for (std::size_t i = 0; i < m_objects.size(); ++i) {
        m_objects[i].kindNumber = kinds[i];
        m_objects[i].nsNumber = spaces[i];
        m_objects[i].nameRank = ranks[i];
    }
    const auto key = [](const Object& o) { return std::tuple(o.kindNumber, o.nsNumber, o.nameRank); };
    std::vector<std::uint32_t> order(m_objects.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
        [&](std::uint32_t a, std::uint32_t b) { return key(m_objects[a]) < key(m_objects[b]); });
    std::vector<Object> distinct;
    std::vector<std::uint32_t> numberOf(m_objects.size());
    for (const std::uint32_t i : order) {
        if (distinct.empty() || key(distinct.back()) != key(m_objects[i]))
            distinct.push_back(m_objects[i]);
        numberOf[i] = static_cast<std::uint32_t>(distinct.size() - 1);
    }
    for (Row& row : m_rows)
        row.object = numberOf[row.object];
    distinct.shrink_to_fit();
    m_objects = std::move(distinct);
    return !stop.stopRequested();
}

bool FindingIndex::sortRows(const StopToken& stop)
{
    std::vector<std::string_view> loci;
    const auto ranks
        = ranked(collected(m_rows, [](const Row& r) { return std::string_view(r.finding->locus); }), loci);
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i].locusRank = ranks[i];
    const auto key = [](const Row& r) {
        const std::uint64_t worst = rank(r.finding->state) << 24
            | (255U - static_cast<std::uint64_t>(r.finding->severity)) << 16 | r.finding->check;
        return std::tuple(worst, r.object, r.locusRank);
    };
    std::stable_sort(
        m_rows.begin(), m_rows.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
    return !stop.stopRequested();
}

void FindingIndex::makeText()
{
    m_textEnd.reserve(m_rows.size());
    std::size_t size = 0;
    for (const Row& row : m_rows) {
        const Object& object = m_objects[row.object];
        size += object.name.size() + object.ns.size() + object.kind.size() + row.finding->locus.size()
            + std::min(row.finding->message.size(), searchedMessage) + 5;
    }
    m_text.reserve(size);
    for (const Row& row : m_rows) {
        const Object& object = m_objects[row.object];
        for (const std::string_view part :
            { object.name, object.ns, object.kind, std::string_view(row.finding->locus),
                std::string_view(row.finding->message).substr(0, searchedMessage) }) {
            m_text += part;
            m_text += '\n';
        }
        m_textEnd.push_back(m_text.size());
    }
    for (char& c : m_text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::vector<std::uint8_t> FindingIndex::rowsWith(std::string_view wanted) const
{
    std::vector<std::uint8_t> found(m_rows.size(), wanted.empty() ? 1 : 0);
    if (wanted.empty())
        return found;
    // One pass over the text of all rows; after a hit the rest of its row is passed over.
    const std::boyer_moore_horspool_searcher searcher(wanted.begin(), wanted.end());
    auto from = m_text.begin();
    std::size_t row = 0;
    while (true) {
        const auto hit = std::search(from, m_text.end(), searcher);
        if (hit == m_text.end())
            return found;
        const auto at = static_cast<std::size_t>(hit - m_text.begin());
        row = static_cast<std::size_t>(
            std::upper_bound(m_textEnd.begin() + static_cast<std::ptrdiff_t>(row), m_textEnd.end(), at)
            - m_textEnd.begin());
        if (row >= found.size())
            return found;
        found[row] = 1;
        from = m_text.begin() + static_cast<std::ptrdiff_t>(m_textEnd[row]);
    }
}

const posture::Finding* FindingIndex::byFingerprint(std::string_view fingerprint) const
{
    if (fingerprint.empty())
        return nullptr;
    const auto it = std::find_if(m_rows.begin(), m_rows.end(),
        [&](const Row& row) { return row.finding->fingerprint == fingerprint; });
    return it == m_rows.end() ? nullptr : it->finding;
}

std::size_t FindingIndex::memory() const
{
    return m_rows.capacity() * sizeof(Row) + m_objects.capacity() * sizeof(Object) + m_text.capacity()
        + m_textEnd.capacity() * sizeof(std::size_t)
        + (m_kinds.capacity() + m_namespaces.capacity()) * sizeof(std::string_view);
}

} // namespace glacis::ui
