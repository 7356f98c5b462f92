// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// glacis report, and scan --format html: the report's document, written as PDF, HTML or Markdown.
#include <app/run.h>

#include <cstdlib>
#include <ctime>

#include <app/commands.h>
#include <app/console.h>
#include <base/text.h>
#include <inventory/snapshot.h>
#include <report/document_writers.h>
#include <report/make_report.h>
#include <report/pseudonyms.h>

namespace glacis::app {
namespace {
    /// --date, else SOURCE_DATE_EPOCH (reproducible-builds.org), else now.
    std::int64_t dateOf(const Options& options)
    {
        if (options.date)
            return *options.date;
        if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"))
            if (const auto seconds = parseInteger(epoch); seconds && *seconds >= 0)
                return *seconds;
        return static_cast<std::int64_t>(std::time(nullptr));
    }
}

Result<report::Document> makeDocument(const Options& options, const Run& run, const Drawing& drawing,
    report::ReportOptions wanted, const StopToken& stop)
{
    wanted.edition = options.edition;
    wanted.leftOut = options.without;
    wanted.classification = options.classification;
    wanted.made = dateOf(options);
    wanted.select.diagnostics = run.policyDiagnostics;
    if (drawing.mark)
        wanted.mark = drawing.mark(options);
    if (options.edition == report::Edition::Audit)
        wanted.snapshotHash = inventory::snapshotHash(*run.assessment->inventory);
    return report::makeReport(*run.assessment, wanted, stop);
}

Result<std::string> writeReport(
    const ReportJob& job, Format format, const Drawing& drawing, const StopToken& stop)
{
    switch (format) {
    case Format::Pdf:
        if (!drawing.pdf)
            return failure(
                "this build has no window and cannot lay out pages; write HTML or Markdown instead "
                "(-o FILE.html)");
        return drawing.pdf(job, stop);
    case Format::Html: {
        report::HtmlPictures pictures;
        if (drawing.pictures) {
            auto drawn = drawing.pictures(job);
            if (!drawn)
                return tl::unexpected(drawn.error());
            pictures = std::move(*drawn);
        }
        return report::writeDocumentHtml(job.document, pictures);
    }
    default:
        return report::writeDocumentMarkdown(job.document);
    }
}

int report(const Options& options, const Drawing& drawing)
{
    Interrupt interrupt;
    auto run = assess(options, interrupt);
    if (!run)
        return interrupt.requested() ? interrupted() : fail(run.error());
    report::ReportOptions wanted;
    if (options.redactNames)
        wanted.names = std::make_shared<const report::Pseudonyms>(*run->assessment->inventory);
    ReportJob job;
    job.names = wanted.names;
    job.assessment = run->assessment;
    job.logo = options.logo;
    job.letter = options.letter;
    auto document = makeDocument(options, *run, drawing, std::move(wanted), interrupt.token());
    if (!document)
        return interrupt.requested() ? interrupted() : fail(document.error());
    job.document = std::move(*document);
    const auto text = writeReport(job, options.format, drawing, interrupt.token());
    if (!text)
        return interrupt.requested() ? interrupted() : fail(text.error());
    return finish(options, interrupt, *run, *text);
}

} // namespace glacis::app
