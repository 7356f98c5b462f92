// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/time_text.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    QString ago(std::int64_t seconds)
    {
        const auto say = [](const char* text, std::int64_t n) {
            return QCoreApplication::translate("Time", text, nullptr, static_cast<int>(n));
        };
        if (seconds < 60)
            return QCoreApplication::translate("Time", "just now");
        // Without a translation Qt shows the source text for every number, so the source reads well for all.
        if (seconds < 3600)
            return say(QT_TRANSLATE_NOOP("Time", "%n min ago"), seconds / 60);
        if (seconds < 48L * 3600)
            return say(QT_TRANSLATE_NOOP("Time", "%n h ago"), seconds / 3600);
        return say(QT_TRANSLATE_NOOP("Time", "%n days ago"), seconds / 86400);
    }

}

QString timeText(std::int64_t seconds, std::int64_t now)
{
    const QDateTime time = QDateTime::fromSecsSinceEpoch(seconds);
    const std::int64_t passed = (now > 0 ? now : QDateTime::currentSecsSinceEpoch()) - seconds;
    const QString iso = time.toString(u"yyyy-MM-dd HH:mm"_s);
    return passed < 0 ? iso : QString(iso + u" · " + ago(passed));
}

QString agoText(std::int64_t seconds, std::int64_t now)
{
    return ago((now > 0 ? now : QDateTime::currentSecsSinceEpoch()) - seconds);
}

QString durationText(double seconds)
{
    const QLocale locale;
    return seconds < 1
        ? QCoreApplication::translate("Time", "%1 ms").arg(locale.toString(seconds * 1000, 'f', 0))
        : QCoreApplication::translate("Time", "%1 s").arg(locale.toString(seconds, 'f', 1));
}

QString sizeText(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(
        static_cast<qint64>(bytes), bytes < 1000 ? 0 : 1, QLocale::DataSizeSIFormat);
}

QString countText(std::uint64_t count) { return QLocale().toString(static_cast<qulonglong>(count)); }

} // namespace glacis::ui
