// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a report takes, part by part, and how large its files are. Prints figures beside their budgets;
// asserts nothing about time.
//
//     bench_report [--findings N] [--runs N]
#include "made_assessment.h"

#include <pdf/report_pages.h>
#include <report/document_writers.h>
#include <report/make_report.h>

#include <QElapsedTimer>
#include <QGuiApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace glacis;

namespace {

double timed(const auto& act)
{
    QElapsedTimer clock;
    clock.start();
    act();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

int option(int argc, char** argv, const char* name, int otherwise)
{
    for (int i = 1; i + 1 < argc; ++i)
        if (std::strcmp(argv[i], name) == 0)
            return std::max(1, std::atoi(argv[i + 1]));
    return otherwise;
}

struct Best {
    double make = 1e9, compose = 1e9, pdf = 1e9, html = 1e9, markdown = 1e9;
    int pages = 0;
    qsizetype pdfBytes = 0;
    std::size_t htmlBytes = 0;
};

Best measure(const assessment::AssessmentPtr& assessment, report::Edition edition, int runs)
{
    Best best;
    for (int run = 0; run < runs; ++run) {
        report::Document document;
        best.make = std::min(
            best.make, timed([&] { document = *report::makeReport(*assessment, { .edition = edition }); }));
        std::shared_ptr<const ui::ReportPages> pages;
        best.compose = std::min(best.compose, timed([&] {
            pages = *ui::ReportPages::compose({ document, assessment, {}, {} }, ui::Paper::A4);
        }));
        best.pages = pages->count();
        best.pdf = std::min(best.pdf, timed([&] { best.pdfBytes = ui::reportPdf(*pages)->size(); }));
        best.html = std::min(
            best.html, timed([&] { best.htmlBytes = report::writeDocumentHtml(document, {}).size(); }));
        best.markdown
            = std::min(best.markdown, timed([&] { (void)report::writeDocumentMarkdown(document).size(); }));
    }
    return best;
}

}

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    const int findings = option(argc, argv, "--findings", 3000);
    const int runs = option(argc, argv, "--runs", 5);
    const auto assessment = test::madeAssessment(test::manyFindings(static_cast<std::size_t>(findings)));
    std::printf(
        "%d findings, best of %d; budget for pages and PDF together 1,000 ms and 10 MB\n\n", findings, runs);
    std::printf("%-12s %9s %9s %9s %9s %9s %7s %9s %9s\n", "edition", "make ms", "pages ms", "PDF ms",
        "HTML ms", "Markd. ms", "pages", "PDF kB", "HTML kB");
    for (const report::Edition edition :
        { report::Edition::Management, report::Edition::Engineer, report::Edition::Audit }) {
        const Best best = measure(assessment, edition, runs);
        std::printf("%-12s %9.1f %9.1f %9.1f %9.1f %9.1f %7d %9.0f %9.0f   %4.0f %% of the budget\n",
            std::string(report::name(edition)).c_str(), best.make, best.compose, best.pdf, best.html,
            best.markdown, best.pages, static_cast<double>(best.pdfBytes) / 1000,
            static_cast<double>(best.htmlBytes) / 1000, (best.compose + best.pdf) / 10);
    }
    return 0;
}
