// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reports for the command line: what needs fonts and a painter. Works without a display; makes the
// application object that Qt asks for by itself, on first use. Main thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <assessment/assessment.h>
#include <base/result.h>
#include <base/stop_token.h>
#include <report/document.h>
#include <report/document_writers.h>

namespace glacis::report {
class Pseudonyms;
}
namespace glacis::workspace {
struct SourceRequest;
}

namespace glacis::ui {

struct ReportDrawing {
    report::Document document;
    assessment::AssessmentPtr assessment;
    std::shared_ptr<const report::Pseudonyms> names {}; ///< nullptr: names are shown
    std::string logo {}; ///< PNG or JPEG file; empty: none
    bool letter = false; ///< US Letter instead of A4
};
/// The PDF file's bytes. Fails for a logo that is no image, and with "cancelled".
[[nodiscard]] Result<std::string> drawReportPdf(const ReportDrawing& drawing, const StopToken& stop);
/// Pictures for the HTML writer.
[[nodiscard]] Result<report::HtmlPictures> drawReportPictures(const ReportDrawing& drawing);
/// Document::mark of a source that nobody chose a colour for: the same as in the window.
[[nodiscard]] std::uint32_t reportMark(const workspace::SourceRequest& request);

} // namespace glacis::ui
