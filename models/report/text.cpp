// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text for a terminal: head with scores, objects worst first with a line a problem, a summary, one next step.
//
//     ◆ Deployment shop/web  1 critical, 1 high
//       ◆ critical  GL-POD-001  Container app is privileged  web.yaml:17
//
// What a person cannot read anyway is folded: beyond MostObjects objects (unless all is asked for) and beyond
// MostSpots places of one problem; the output says so and how to see the rest.
#include <report/writers.h>

#include <algorithm>
#include <map>

#include <base/text.h>
#include <report/locations.h>
#include <report/plain.h>
#include <report/selection.h>
#include <report/text_parts.h>

namespace glacis::report {
namespace {
    using assessment::Assessment;

    constexpr std::size_t MostObjects = 50;
    constexpr std::size_t MostSpots = 3;

    /// Rows [begin, end) of one check and object.
    struct Problem {
        std::size_t begin = 0, end = 0;
    };
    struct Group {
        std::size_t row = 0; ///< one of its rows: names the object
        std::array<std::uint32_t, 5> counts {}; ///< of what counts, by severity
        std::vector<Problem> problems;
    };

    class Body {
    public:
        Body(std::string& out, const Assessment& assessment, const WriteOptions& options, const Ink& ink)
            : m_out(out)
            , m_assessment(assessment)
            , m_options(options)
            , m_ink(ink)
            , m_width(textWidth(options))
        {
        }

        /// Returns by rank of an object where in the list it stands.
        std::vector<std::uint32_t> write(std::vector<Row> rows)
        {
            arrange(std::move(rows));
            std::vector<std::uint32_t> order(m_groups.size(), UINT32_MAX);
            for (std::uint32_t g = 0; g < m_groups.size(); ++g) {
                const std::uint32_t rank = m_rows[m_groups[g].row].rank;
                order.resize(std::max<std::size_t>(order.size(), rank + 1), UINT32_MAX);
                order[rank] = g;
            }
            const std::size_t shown
                = m_options.all ? m_groups.size() : std::min(m_groups.size(), MostObjects);
            keepRowsOf(shown);
            const Locations where(m_assessment, m_rows);
            for (std::size_t g = 0; g < shown; ++g)
                group(m_groups[g], where);
            if (shown < m_groups.size())
                folded(shown);
            return order;
        }

    private:
        /// Sorts rows by object, problems of an object worst first, and finds the groups.
        void arrange(std::vector<Row> rows)
        {
            std::erase_if(
                rows, [](const Row& r) { return r.state == State::Pass || r.state == State::NotApplicable; });
            m_rows = std::move(rows);
            std::stable_sort(
                m_rows.begin(), m_rows.end(), [](const Row& a, const Row& b) { return a.rank < b.rank; });
            for (std::size_t begin = 0; begin < m_rows.size();) {
                std::size_t end = begin + 1;
                while (end < m_rows.size() && m_rows[end].rank == m_rows[begin].rank)
                    ++end;
                m_groups.push_back(groupOf(begin, end));
                begin = end;
            }
            std::stable_sort(m_groups.begin(), m_groups.end(), [](const Group& a, const Group& b) {
                return std::lexicographical_compare(
                    b.counts.rbegin(), b.counts.rend(), a.counts.rbegin(), a.counts.rend());
            });
        }

        /// Rows of one object, worst first: brings those of one problem together, where its worst one stands.
        Group groupOf(std::size_t begin, std::size_t end)
        {
            std::map<std::tuple<std::uint16_t, State, bool>, std::size_t> order;
            const auto place = [&](const Row& r) {
                return order.try_emplace({ r.check, r.state, r.platform }, order.size()).first->second;
            };
            for (std::size_t i = begin; i < end; ++i)
                place(m_rows[i]);
            const auto at = [&](std::size_t i) { return m_rows.begin() + static_cast<std::ptrdiff_t>(i); };
            std::stable_sort(
                at(begin), at(end), [&](const Row& a, const Row& b) { return place(a) < place(b); });
            Group group { begin, {}, {} };
            for (std::size_t i = begin; i < end;) {
                const Row& first = m_rows[i];
                const std::size_t from = i;
                while (i < end && sameProblem(first, m_rows[i]))
                    ++i;
                group.problems.push_back({ from, i });
                if (first.state == State::Fail && !first.platform)
                    ++group.counts[static_cast<std::size_t>(first.severity)];
            }
            return group;
        }

        /// Lines are looked up for what is printed only.
        void keepRowsOf(std::size_t shown)
        {
            std::vector<Row> kept;
            for (std::size_t g = 0; g < shown; ++g) {
                for (Problem& problem : m_groups[g].problems) {
                    const std::size_t begin = kept.size();
                    kept.insert(kept.end(), m_rows.begin() + static_cast<std::ptrdiff_t>(problem.begin),
                        m_rows.begin() + static_cast<std::ptrdiff_t>(problem.end));
                    problem = { begin, kept.size() };
                }
                m_groups[g].row = m_groups[g].problems.front().begin;
            }
            m_rows = std::move(kept);
        }

        void group(const Group& group, const Locations& where)
        {
            const Row& first = m_rows[group.row];
            const std::string label
                = first.object.present() ? plain(first.object.label()) : "The whole source";
            m_out += '\n' + m_ink.bold(label);
            const std::string counts = severityCounts(group.counts);
            if (!counts.empty())
                append(m_out, "  ", m_ink.faint(counts));
            m_out += '\n';
            for (const Problem& problem : group.problems)
                line(problem, where);
        }

        void line(const Problem& problem, const Locations& where)
        {
            const Row& row = m_rows[problem.begin];
            const posture::CheckInfo& check = m_assessment.catalogue->checks()[row.check];
            std::string body = describe(problem, check);
            if (row.state == State::Accepted) {
                body += " [accepted by " + row.finding->waiverOwner;
                if (!row.finding->waiverExpires.empty())
                    body += " until " + row.finding->waiverExpires;
                body += ": " + row.finding->reason + "]";
            }
            if (row.platform)
                body += " [platform]";
            const bool unknown = row.state == State::NotAssessed;
            const std::string mark = unknown ? "? unknown " : severityMark(row.severity);
            const std::size_t indent = 2 + 10 + 2 + check.id.size() + 2;
            append(m_out, "  ",
                (unknown || row.state == State::Accepted ? m_ink.faint(mark)
                                                         : m_ink.severity(row.severity, mark)),
                "  ", m_ink.faint(check.id), "  ");
            const std::size_t width = m_width > indent + 24 ? m_width - indent : 24;
            std::size_t used = 0;
            bool isFirst = true;
            const std::string margin = '\n' + std::string(indent, ' ');
            for (const std::string& text : wrap(plain(body), width)) {
                m_out += isFirst ? text : margin + text;
                used = displayWidth(text);
                isFirst = false;
            }
            const std::string spots = spotsOf(problem, where);
            if (!spots.empty())
                m_out += (used + 2 + displayWidth(spots) <= width ? std::string("  ") : margin)
                    + m_ink.faint(spots);
            m_out += '\n';
        }

        [[nodiscard]] std::string describe(const Problem& problem, const posture::CheckInfo& check) const
        {
            const Row& row = m_rows[problem.begin];
            if (row.state == State::NotAssessed)
                return check.title + "? Not assessed: " + row.finding->reason;
            if (problem.end - problem.begin == 1)
                return sentence(row, check);
            std::vector<std::string> loci;
            bool sameMessage = true;
            for (std::size_t i = problem.begin; i < problem.end; ++i) {
                loci.emplace_back(m_rows[i].locus());
                sameMessage = sameMessage && m_rows[i].finding->message == row.finding->message;
            }
            const bool speaks = sameMessage && !row.finding->message.empty();
            return (speaks ? row.finding->message : check.title) + " (" + joined(loci, MostSpots) + ")";
        }

        /// "web.yaml:17, :32 +5 more", or the field's path where the source has no files.
        [[nodiscard]] std::string spotsOf(const Problem& problem, const Locations& where) const
        {
            std::vector<std::string> spots;
            std::string_view lastFile;
            std::vector<std::pair<std::string_view, std::uint32_t>> seen;
            for (std::size_t i = problem.begin; i < problem.end; ++i) {
                for (const Location& location : where.of(i)) {
                    const std::pair key(location.file, location.line);
                    if (location.file.empty() || std::find(seen.begin(), seen.end(), key) != seen.end())
                        continue;
                    if (seen.size() < MostSpotsCompared)
                        seen.push_back(key);
                    std::string spot;
                    if (location.file != lastFile || location.line == 0)
                        spot = plain(location.file);
                    if (location.line != 0)
                        spot += ':' + std::to_string(location.line);
                    spots.push_back(std::move(spot));
                    lastFile = location.file;
                }
            }
            const posture::Finding* finding = m_rows[problem.begin].finding;
            if (m_assessment.inventory->files.empty() && finding && !finding->places.empty())
                return plain(finding->places.front().path);
            return joined(spots, MostSpots);
        }
        static constexpr std::size_t MostSpotsCompared = 64; ///< keeps a finding with very many places linear

        void folded(std::size_t shown)
        {
            std::array<std::uint32_t, 5> rest {};
            for (std::size_t g = shown; g < m_groups.size(); ++g) {
                for (std::size_t s = 0; s < rest.size(); ++s)
                    rest[s] += m_groups[g].counts[s];
            }
            const std::string counts = severityCounts(rest);
            std::string lead("… and ");
            lead += count(m_groups.size() - shown, "more object");
            append(m_out, "\n", m_ink.bold(lead), counts.empty() ? "" : " with ", counts, ".\n");
            std::string how = "The " + std::to_string(MostObjects) + " worst are shown; --all";
            if (!m_options.sourceArgument.empty())
                append(how, " (glacis scan ", plain(m_options.sourceArgument), " --all)");
            how += " or --format json shows every one, --namespace and --check narrow it.";
            appendWrapped(m_out, how, m_width);
        }

        std::string& m_out;
        const Assessment& m_assessment;
        const WriteOptions& m_options;
        const Ink& m_ink;
        std::size_t m_width;
        std::vector<Row> m_rows;
        std::vector<Group> m_groups;
    };
}

std::string writeText(const Assessment& assessment, const WriteOptions& options)
{
    const Ink ink(options.colour);
    const std::vector<Row> rows = chosenRows(assessment, options);
    std::string out = textHead(assessment, options, ink);
    const std::vector<std::uint32_t> order = Body(out, assessment, options, ink).write(rows);
    if (options.all)
        out += textByCheck(assessment, rows, ink);
    out += textSummary(assessment, rows, order, options, ink);
    return out;
}

} // namespace glacis::report
