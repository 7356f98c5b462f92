// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <reports/report_choice.h>

#include <shell/settings.h>
#include <widgets/outside_text.h>

#include <QLocale>
#include <QStringList>

namespace glacis::ui {

using namespace Qt::StringLiterals;

ReportChoice readChoice(const Settings& settings)
{
    ReportChoice choice;
    choice.edition = report::editionFromName(settings.reportChoice(u"edition"_s).toStdString())
                         .value_or(report::Edition::Engineer);
    for (const QString& word : settings.reportChoice(u"leftOut"_s).split(u' ', Qt::SkipEmptyParts))
        if (const auto section = report::sectionFromName(word.toStdString()))
            choice.leftOut.insert(*section);
    const QString paper = settings.reportChoice(u"paper"_s);
    const bool american = QLocale().measurementSystem() == QLocale::ImperialUSSystem;
    choice.paper = paper == u"letter"_s || (paper.isEmpty() && american) ? Paper::Letter : Paper::A4;
    choice.namesHidden = settings.reportChoice(u"names"_s) == u"hidden"_s;
    choice.classification = settings.reportChoice(u"classification"_s).left(longestClassification);
    choice.logo = settings.reportChoice(u"logo"_s);
    return choice;
}

void keepChoice(const ReportChoice& choice, Settings& settings)
{
    settings.setReportChoice(u"edition"_s, fromUtf8(report::name(choice.edition)));
    QStringList leftOut;
    for (const report::Section section : choice.leftOut)
        leftOut += fromUtf8(report::name(section));
    settings.setReportChoice(u"leftOut"_s, leftOut.join(u' '));
    settings.setReportChoice(u"paper"_s, choice.paper == Paper::Letter ? u"letter"_s : u"a4"_s);
    settings.setReportChoice(u"names"_s, choice.namesHidden ? u"hidden"_s : u"shown"_s);
    settings.setReportChoice(u"classification"_s, choice.classification);
    settings.setReportChoice(u"logo"_s, choice.logo);
}

} // namespace glacis::ui
