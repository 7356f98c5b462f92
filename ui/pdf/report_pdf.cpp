// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages to a file: QPdfWriter paints them, finishPdf adds outline, links and metadata.
#include <pdf/page_layout.h>
#include <pdf/pdf_finish.h>
#include <pdf/report_fonts.h>
#include <pdf/report_pages.h>
#include <widgets/outside_text.h>

#include <QBuffer>
#include <QCoreApplication>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using namespace pdf;

    constexpr int resolution = static_cast<int>(72 * fineUnits);
    constexpr double paintShare = 0.85; ///< of the work

    PdfExtras extrasOf(const ReportPages& pages)
    {
        const ReportPages::Layout& layout = pages.layout();
        const report::Document& document = layout.content.document;
        PdfExtras extras;
        extras.title = shown(document.title);
        extras.author = u"Glacis"_s;
        extras.creator = u"Glacis "_s + fromUtf8(GLACIS_VERSION);
        extras.subject = shown(document.subtitle);
        if (!document.classification.empty())
            extras.subject += u" · "_s + shown(document.classification);
        extras.language = u"en"_s;
        extras.made = document.made;
        extras.pageHeight = pages.size().height();
        const double zoom = layout.zoom;
        for (const ReportPages::Layout::Entry& entry : layout.outline)
            extras.outline.push_back({ entry.level, entry.text, { entry.place.page, entry.place.y * zoom } });
        for (int page = 0; page < pages.count(); ++page)
            layout.forLinks(page, [&](const ReportPages::Layout::Place& place, const QRectF& box) {
                const QRectF onPaper(box.topLeft() * zoom, box.size() * zoom);
                extras.links.push_back({ page, onPaper, { place.page, place.y * zoom } });
            });
        return extras;
    }

    Error notWritten(const QString& file, const QString& reason)
    {
        return Error {
            QCoreApplication::translate("Report", "%1 cannot be written: %2").arg(file, reason).toStdString()
        };
    }

}

Result<QByteArray> reportPdf(const ReportPages& pages, const StopToken& stop, const ReportProgress& progress)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPageLayout(QPageLayout(QPageSize(pages.size(), QPageSize::Point, {}, QPageSize::ExactMatch),
            QPageLayout::Portrait, {}, QPageLayout::Point));
        writer.setResolution(resolution);
        QPainter painter;
        if (!painter.begin(&writer))
            return failure(QCoreApplication::translate("Report", "The PDF cannot be painted").toStdString());
        for (int page = 0; page < pages.count(); ++page) {
            if (stop.stopRequested())
                return failure("cancelled");
            if (page > 0)
                writer.newPage();
            painter.save();
            painter.scale(fineUnits, fineUnits);
            pages.paint(page, painter);
            painter.restore();
            if (progress)
                progress(paintShare * (page + 1) / pages.count());
        }
        painter.end();
    }
    if (stop.stopRequested())
        return failure("cancelled");
    Result<QByteArray> finished = finishPdf(bytes, extrasOf(pages));
    if (finished && progress)
        progress(1);
    return finished;
}

Result<void> writeReportPdf(
    const ReportPages& pages, const QString& file, const StopToken& stop, const ReportProgress& progress)
{
    const Result<QByteArray> bytes = reportPdf(pages, stop, progress);
    if (!bytes)
        return failure(bytes.error().message == "cancelled"
                ? bytes.error().message
                : notWritten(file, QString::fromStdString(bytes.error().message)).message);
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return failure(notWritten(file, out.errorString()).message);
    if (out.write(*bytes) != bytes->size() || !out.commit())
        return failure(notWritten(file, out.errorString()).message);
    return {};
}

} // namespace glacis::ui
