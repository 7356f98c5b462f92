// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "draw_report.h"

#include <attack/path_svg.h>
#include <pdf/report_logo.h>
#include <pdf/report_pages.h>
#include <shell/cluster_colour.h>

#include <QGuiApplication>

namespace glacis::ui {
namespace {

    /// Qt needs one for fonts; it must not look for a display.
    void needApplication()
    {
        if (QCoreApplication::instance())
            return;
        qputenv("QT_QPA_PLATFORM", "offscreen");
        static int argc = 1;
        static char name[] = "glacis";
        static char* argv[] { name, nullptr };
        // What Qt has to say of the session (no XDG_RUNTIME_DIR) is no news to who asked for a file.
        const QtMessageHandler usual
            = qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
        static const auto* application = new QGuiApplication(argc, argv); // lives as long as the process
        qInstallMessageHandler(usual);
        Q_UNUSED(application)
    }

    Result<QImage> logoOf(const ReportDrawing& drawing)
    {
        return drawing.logo.empty() ? Result<QImage>(QImage())
                                    : readLogo(QString::fromStdString(drawing.logo));
    }

}

Result<std::string> drawReportPdf(const ReportDrawing& drawing, const StopToken& stop)
{
    needApplication();
    ReportContent content { drawing.document, drawing.assessment, drawing.names, {} };
    auto logo = logoOf(drawing);
    if (!logo)
        return tl::unexpected(logo.error());
    content.logo = std::move(*logo);
    const auto pages
        = ReportPages::compose(std::move(content), drawing.letter ? Paper::Letter : Paper::A4, stop);
    if (!pages)
        return tl::unexpected(pages.error());
    const auto bytes = reportPdf(**pages, stop);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return bytes->toStdString();
}

Result<report::HtmlPictures> drawReportPictures(const ReportDrawing& drawing)
{
    needApplication();
    report::HtmlPictures pictures;
    pictures.attackLight = attackSvg(drawing.assessment, drawing.names.get(), Tone::Light);
    pictures.attackDark = attackSvg(drawing.assessment, drawing.names.get(), Tone::Dark);
    const auto logo = logoOf(drawing);
    if (!logo)
        return tl::unexpected(logo.error());
    if (!logo->isNull())
        pictures.logo = logoDataUrl(*logo).toStdString();
    return pictures;
}

std::uint32_t reportMark(const workspace::SourceRequest& request)
{
    return static_cast<std::uint32_t>(derivedColour(sourceKey(request)));
}

} // namespace glacis::ui
