// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JUnit's XML as continuous-integration servers read it: a suite a check, a case an object. Problems are
// failures, accepted and not assessed ones are skipped. Several loci of one object are one case.
#include <report/writers.h>

#include <algorithm>

#include <report/locations.h>
#include <report/plain.h>
#include <report/selection.h>

namespace glacis::report {
namespace {
    using assessment::Assessment;

    /// plain() has left valid UTF-8 without control characters; of what remains XML 1.0 forbids U+FFFE and
    /// U+FFFF.
    std::string escaped(std::string_view text)
    {
        std::string out;
        const std::string safe = plain(text);
        for (std::size_t i = 0; i < safe.size(); ++i) {
            switch (safe[i]) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\xEF':
                if (safe.compare(i, 3, "\xEF\xBF\xBE") == 0 || safe.compare(i, 3, "\xEF\xBF\xBF") == 0) {
                    out += "\xEF\xBF\xBD";
                    i += 2;
                    break;
                }
                [[fallthrough]];
            default:
                out += safe[i];
            }
        }
        return out;
    }

    void attribute(std::string& out, std::string_view name, std::string_view value)
    {
        out.append(" ").append(name).append("=\"").append(escaped(value)).append("\"");
    }

    void attribute(std::string& out, std::string_view name, std::size_t value)
    {
        attribute(out, name, std::to_string(value));
    }

    struct Counts {
        std::size_t tests = 0, failures = 0, skipped = 0;
    };

    void attributes(std::string& out, const Counts& counts)
    {
        attribute(out, "tests", counts.tests);
        attribute(out, "failures", counts.failures);
        attribute(out, "errors", 0);
        attribute(out, "skipped", counts.skipped);
        attribute(out, "time", "0");
    }

    /// The lines of one row: what is wrong and each place of it.
    void body(
        std::string& out, const Row& row, const posture::CheckInfo& check, std::span<const Location> where)
    {
        out += escaped(sentence(row, check)) + '\n';
        for (std::size_t i = 0; i < row.finding->places.size(); ++i) {
            const posture::Place& place = row.finding->places[i];
            std::string line = "  " + place.path;
            if (!place.evidence.empty())
                append(line, " = ", place.evidence);
            if (!where[i].file.empty()) {
                line.append("  ").append(where[i].file);
                if (where[i].line != 0)
                    line += ':' + std::to_string(where[i].line);
            }
            out += escaped(line) + '\n';
        }
    }

    /// Rows [begin, end) are one check and one object.
    void testCase(std::string& out, const Assessment& assessment, const std::vector<Row>& rows,
        const Locations& where, const std::vector<std::size_t>& order, std::size_t begin, std::size_t end,
        Counts& counts)
    {
        const Row& first = rows[order[begin]];
        const posture::CheckInfo& check = assessment.catalogue->checks()[first.check];
        const Location location = where.of(order[begin]).front();
        ++counts.tests;
        out += "    <testcase";
        attribute(out, "name", first.object.present() ? first.object.label() : "whole source");
        attribute(out, "classname", check.id);
        if (!location.file.empty())
            attribute(out, "file", location.file);
        if (location.line != 0)
            attribute(out, "line", location.line);
        attribute(out, "time", "0");
        const auto skip = [&](const std::string& message) {
            ++counts.skipped;
            out += ">\n      <skipped";
            attribute(out, "message", message);
            out += "/>\n    </testcase>\n";
        };
        switch (first.state) {
        case State::Fail:
            ++counts.failures;
            out += ">\n      <failure";
            attribute(out, "message", check.title);
            attribute(out, "type", name(first.severity));
            out += ">";
            for (std::size_t i = begin; i < end; ++i)
                body(out, rows[order[i]], check, where.of(order[i]));
            out += escaped("What to do: " + check.fix) + "</failure>\n    </testcase>\n";
            break;
        case State::Accepted:
            skip("accepted by " + first.finding->waiverOwner + ": " + first.finding->reason);
            break;
        case State::NotAssessed:
            skip("not assessed: " + first.finding->reason);
            break;
        case State::NotApplicable:
            skip("not applicable");
            break;
        case State::Pass:
            out += "/>\n";
            break;
        }
    }
}

std::string writeJunit(const Assessment& assessment, const WriteOptions& options)
{
    const std::vector<Row> rows = chosenRows(assessment, options);
    const Locations where(assessment, rows);
    // By check, then as chosen: rows of one check and object follow each other, failures before accepted
    // ones.
    std::vector<std::size_t> order(rows.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto key = [](const Row& r) {
            return std::tuple(r.check, r.rank, r.state != State::Fail, r.state, r.platform);
        };
        return key(rows[a]) < key(rows[b]);
    });

    std::string suites;
    Counts all;
    for (std::size_t begin = 0; begin < order.size();) {
        const std::uint16_t check = rows[order[begin]].check;
        std::string cases;
        Counts counts;
        while (begin < order.size() && rows[order[begin]].check == check) {
            std::size_t end = begin + 1;
            while (end < order.size() && sameProblem(rows[order[begin]], rows[order[end]]))
                ++end;
            testCase(cases, assessment, rows, where, order, begin, end, counts);
            begin = end;
        }
        const posture::CheckInfo& info = assessment.catalogue->checks()[check];
        suites += "  <testsuite";
        attribute(suites, "name", info.id + " " + info.title);
        attributes(suites, counts);
        suites += ">\n" + cases + "  </testsuite>\n";
        all.tests += counts.tests;
        all.failures += counts.failures;
        all.skipped += counts.skipped;
    }
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites";
    attribute(out, "name", "glacis");
    attributes(out, all);
    return out + ">\n" + suites + "</testsuites>\n";
}

} // namespace glacis::report
