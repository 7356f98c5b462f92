// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// CSV as RFC 4180 has it: a header, CRLF, quotes doubled. One row a finding; path, evidence, file and line
// are those of its first place. A cell that a spreadsheet would run as a formula gets a leading apostrophe.
#include <report/writers.h>

#include <array>

#include <report/cells.h>
#include <report/locations.h>
#include <report/selection.h>

namespace glacis::report {
namespace {
    constexpr std::array<std::string_view, 24> Columns { "check", "title", "severity", "stage", "state",
        "platform", "kind", "namespace", "name", "container", "locus", "path", "evidence", "message", "file",
        "line", "places", "confidence", "reason", "waiver_owner", "waiver_expires", "kcsa", "frameworks",
        "fingerprint" };

    class Line {
    public:
        explicit Line(std::string& out)
            : m_out(out)
        {
        }
        Line& cell(std::string_view text)
        {
            if (m_cells++ > 0)
                m_out += ',';
            appendCsvCell(m_out, text);
            return *this;
        }
        void end() { m_out += "\r\n"; }

    private:
        std::string& m_out;
        int m_cells = 0;
    };

    std::string frameworks(const posture::CheckInfo& check)
    {
        std::string text;
        for (const posture::FrameworkMapping& mapping : check.frameworks) {
            for (const std::string& id : mapping.ids) {
                text += text.empty() ? "" : "; ";
                text += mapping.framework + ' ' + id;
            }
        }
        return text;
    }
}

std::string writeCsv(const assessment::Assessment& assessment, const WriteOptions& options)
{
    static const posture::Finding nothing;
    static const posture::Place nowhere;
    const std::vector<Row> rows = chosenRows(assessment, options);
    const Locations where(assessment, rows);
    std::string out;
    Line header(out);
    for (const std::string_view column : Columns)
        header.cell(column);
    header.end();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        const posture::CheckInfo& check = assessment.catalogue->checks()[row.check];
        const posture::Finding& f = row.finding ? *row.finding : nothing;
        const posture::Place& place = f.places.empty() ? nowhere : f.places.front();
        const Location location = where.of(i).front();
        Line(out)
            .cell(check.id)
            .cell(check.title)
            .cell(name(row.severity))
            .cell(check.stage ? std::to_string(check.stage) : std::string())
            .cell(name(row.state))
            .cell(row.platform ? "true" : "false")
            .cell(row.object.kind)
            .cell(row.object.ns)
            .cell(row.object.name)
            .cell(place.container)
            .cell(f.locus)
            .cell(place.path)
            .cell(place.evidence)
            .cell(f.message)
            .cell(location.file)
            .cell(location.line ? std::to_string(location.line) : std::string())
            .cell(std::to_string(f.places.size()))
            .cell(name(f.confidence))
            .cell(f.reason)
            .cell(f.waiverOwner)
            .cell(f.waiverExpires)
            .cell(check.kcsa)
            .cell(frameworks(check))
            .cell(f.fingerprint)
            .end();
    }
    return out;
}

} // namespace glacis::report
