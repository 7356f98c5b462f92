// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report's document laid out on pages: the same pages for the preview and for the PDF file.
//
//     auto pages = ReportPages::compose({ .document = …, .assessment = … }, { Paper::A4 }, stop);
//     (*pages)->paint(0, painter);
//     writeReportPdf(**pages, "report.pdf", stop, {});
//
// Compose, paint and write on one thread, whichever it is; it needs a QGuiApplication.
#pragma once

#include <assessment/assessment.h>
#include <base/result.h>
#include <base/stop_token.h>
#include <report/document.h>

#include <QImage>
#include <QSizeF>
#include <QString>

#include <functional>
#include <memory>

class QPainter;

namespace glacis::report {
class Pseudonyms;
}

namespace glacis::ui {

enum class Paper : std::uint8_t { A4, Letter };

struct ReportContent {
    report::Document document;
    assessment::AssessmentPtr assessment; ///< for the attack picture; nullptr: none is drawn
    std::shared_ptr<const report::Pseudonyms> names {}; ///< names in the picture are hidden behind these
    QImage logo {}; ///< on the cover; null: none
};

/// 0 to 1; called on the composing thread.
using ReportProgress = std::function<void(double)>;

class ReportPages {
public:
    /// Fails only with "cancelled".
    [[nodiscard]] static Result<std::shared_ptr<const ReportPages>> compose(
        ReportContent content, Paper paper, const StopToken& stop = {}, const ReportProgress& progress = {});
    ~ReportPages();

    [[nodiscard]] int count() const;
    [[nodiscard]] QSizeF size() const; ///< of a page, in points
    /// Paints into (0, 0, size()): one unit of the painter is a point.
    void paint(int page, QPainter& painter) const;
    /// Page on which the anchor stands, from 0; -1: nowhere.
    [[nodiscard]] int pageOf(const QString& anchor) const;

    struct Layout;
    [[nodiscard]] const Layout& layout() const { return *m_layout; }

private:
    explicit ReportPages(std::unique_ptr<Layout> layout);
    std::unique_ptr<Layout> m_layout;
};

/// Fails with a sentence that names the file, or with "cancelled"; the file appears whole or not at all.
[[nodiscard]] Result<void> writeReportPdf(const ReportPages& pages, const QString& file,
    const StopToken& stop = {}, const ReportProgress& progress = {});
/// The bytes themselves.
[[nodiscard]] Result<QByteArray> reportPdf(
    const ReportPages& pages, const StopToken& stop = {}, const ReportProgress& progress = {});

} // namespace glacis::ui
