// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/visible_text.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr std::array<std::string_view, 11> harmless { "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION",
        "AWS_STS_REGIONAL_ENDPOINTS", "AWS_CONFIG_FILE", "AZURE_CONFIG_DIR", "AAD_LOGIN_METHOD",
        "CLOUDSDK_CORE_PROJECT", "CLOUDSDK_ACTIVE_CONFIG_NAME", "OCI_CLI_PROFILE",
        "USE_GKE_GCLOUD_AUTH_PLUGIN" };

    bool isUnseen(char32_t c)
    {
        const QChar::Category category = QChar::category(c);
        const bool odd = category == QChar::Other_Control || category == QChar::Other_Format
            || category == QChar::Other_Surrogate || category == QChar::Other_NotAssigned
            || category == QChar::Other_PrivateUse || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph;
        // Spaces that are no spaces, fillers that draw nothing.
        return odd || (category == QChar::Separator_Space && c != U' ') || c == 0x115F || c == 0x1160
            || c == 0x3164 || c == 0xFFA0;
    }

}

QString visibleText(std::string_view utf8, qsizetype limit)
{
    const QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    QString visible;
    qsizetype count = 0;
    const QList<uint> points = text.toUcs4();
    for (const uint point : points) {
        if (count++ == limit)
            return visible
                + QCoreApplication::translate("VisibleText", "… (%1 more characters)")
                      .arg(points.size() - limit);
        const auto c = static_cast<char32_t>(point);
        visible += isUnseen(c) ? u"⟨U+%1⟩"_s.arg(point, 4, 16, QLatin1Char('0')).toUpper()
                               : QString::fromUcs4(&c, 1);
    }
    return visible;
}

QString variableText(const std::string& name, const std::string& value)
{
    const bool open = std::find(harmless.begin(), harmless.end(), name) != harmless.end();
    const QString said = open ? visibleText(value, 200)
                              : QCoreApplication::translate("VisibleText", "(hidden, %1 characters)")
                                    .arg(QString::fromStdString(value).size());
    return visibleText(name, 200) + u" = "_s + said;
}

} // namespace glacis::ui
