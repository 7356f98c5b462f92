// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/document_words.h>

#include <algorithm>

#include <base/text.h>

namespace glacis::report {
namespace {
    struct SeverityRow {
        std::string_view title, sign;
    };
    constexpr std::array<SeverityRow, 5> severities { { { "Info", "\xE2\x97\x8B" }, { "Low", "\xE2\x97\x8F" },
        { "Medium", "\xE2\x96\xA0" }, { "High", "\xE2\x96\xB2" }, { "Critical", "\xE2\x97\x86" } } };

    const SeverityRow& rowOf(Severity severity)
    {
        return severities[std::min(static_cast<std::size_t>(severity), severities.size() - 1)];
    }
}

std::string_view severityTitle(Severity severity) { return rowOf(severity).title; }

std::string_view severitySign(Severity severity) { return rowOf(severity).sign; }

std::string_view wayClassTitle(attack::WayClass wayClass)
{
    switch (wayClass) {
    case attack::WayClass::Certain:
        return "Certain";
    case attack::WayClass::Residual:
        return "Residual";
    case attack::WayClass::Possible:
        break;
    }
    return "Possible";
}

Severity severityOf(const Run& run)
{
    return static_cast<Severity>(std::min<std::size_t>(run.value, severities.size() - 1));
}

std::string wordsOf(const Run& run)
{
    if (run.face == Face::Severity && (run.text.empty() || run.text == name(severityOf(run))))
        return std::string(severityTitle(severityOf(run)));
    if (run.text.empty() && run.face == Face::Stage)
        return "Stage " + std::to_string(run.value);
    return run.text;
}

std::string scoreWords(const std::optional<int>& score, bool partly)
{
    if (!score)
        return "not assessed";
    return std::to_string(*score) + (partly ? ", partly assessed" : "");
}

std::string dateOf(const Document& document)
{
    return document.made == 0 ? std::string() : isoTime(document.made).substr(0, 10);
}

std::string numbered(const Heading& heading)
{
    return heading.number.empty() ? heading.text : heading.number + ' ' + heading.text;
}

} // namespace glacis::report
