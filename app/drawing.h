// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a report needs from a build with a window: pages, pictures, the cluster's colour. main() fills it in;
// where the window is not built the functions stay empty and the command line says so.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <assessment/assessment.h>
#include <report/document.h>
#include <report/document_writers.h>

namespace glacis::report {
class Pseudonyms;
}

namespace glacis::app {

struct Options;

struct ReportJob {
    report::Document document;
    assessment::AssessmentPtr assessment;
    std::shared_ptr<const report::Pseudonyms> names {};
    std::string logo {}; ///< image file; empty: none
    bool letter = false; ///< paper: US Letter instead of A4
};

struct Drawing {
    std::function<Result<std::string>(const ReportJob&, const StopToken&)> pdf; ///< the file's bytes
    std::function<Result<report::HtmlPictures>(const ReportJob&)> pictures;
    std::function<std::uint32_t(const Options&)> mark; ///< Document::mark of the source
};

} // namespace glacis::app
