// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person chose for reports, remembered by the program: not by cluster, so that a report of the next
// one looks alike.
#pragma once

#include <pdf/report_pages.h>
#include <report/make_report.h>

#include <QString>

#include <set>

namespace glacis::ui {

class Settings;

/// As printed in a header; longer ones would leave it no room.
inline constexpr int longestClassification = 60;

struct ReportChoice {
    report::Edition edition = report::Edition::Engineer;
    std::set<report::Section> leftOut {};
    Paper paper = Paper::A4;
    bool namesHidden = false;
    QString classification {};
    QString logo {}; ///< file; empty: none
    friend bool operator==(const ReportChoice&, const ReportChoice&) = default;
};

/// Bears whatever stands in the file.
[[nodiscard]] ReportChoice readChoice(const Settings& settings);
void keepChoice(const ReportChoice& choice, Settings& settings);

} // namespace glacis::ui
