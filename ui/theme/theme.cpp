// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/theme.h>

#include <theme/style.h>
#include <theme/style_sheet.h>
#include <theme/type.h>

#include <QApplication>
#include <QEvent>
#include <QStyleHints>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace glacis::ui {

using namespace Qt::StringLiterals;

Theme::Theme(QApplication& app)
    : m_app(app)
    , m_pristine(QApplication::palette())
{
    QApplication::setStyle(new Style);
    QApplication::setFont(applicationFont());
    QToolTip::setFont(typeFont(Type::Small));
    app.installEventFilter(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] { apply(); });
#endif
    apply();
}

void Theme::choose(Choice choice)
{
    m_choice = choice;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    // Native parts (title bar, file dialogs) follow. "Unknown" keeps listening to the system.
    QGuiApplication::styleHints()->setColorScheme(choice == Choice::System ? Qt::ColorScheme::Unknown
            : choice == Choice::Dark                                       ? Qt::ColorScheme::Dark
                                                                           : Qt::ColorScheme::Light);
#endif
    apply();
}

void Theme::setTextScale(int percent)
{
    percent = std::clamp(percent, 80, 200);
    if (percent == m_textScale)
        return;
    m_textScale = percent;
    QFont font = applicationFont();
    font.setPixelSize(static_cast<int>(std::lround(font.pixelSize() * percent / 100.0)));
    QApplication::setFont(font);
    QToolTip::setFont(typeFont(Type::Small));
    if (m_applied)
        m_app.setStyleSheet(m_app.styleSheet()); // what it has styled keeps its old font otherwise
    Q_EMIT textScaleChanged();
}

void Theme::apply()
{
    const Tone tone = m_choice == Choice::System ? systemTone()
        : m_choice == Choice::Dark               ? Tone::Dark
                                                 : Tone::Light;
    if (m_applied && tone == m_tone) {
        Q_EMIT changed();
        return;
    }
    m_applied = true;
    m_tone = tone;
    QApplication::setPalette(paletteOf(tone));
    QToolTip::setPalette(paletteOf(tone));
    m_app.setStyleSheet(styleSheet(tone));
    Q_EMIT changed();
}

Tone Theme::systemTone() const
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark ? Tone::Dark : Tone::Light;
#endif
    return toneOf(m_pristine);
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    // Before Qt 6.5 a change of the desktop's colours shows only as a theme change: look at its palette
    // again.
    if (event->type() == QEvent::ThemeChange && m_choice == Choice::System) {
        QApplication::setPalette(QPalette());
        m_pristine = QApplication::palette();
        m_applied = false;
        apply();
    }
    return QObject::eventFilter(watched, event);
}

Theme::Choice Theme::choiceFromName(QStringView name)
{
    if (name == u"dark"_s)
        return Choice::Dark;
    return name == u"light"_s ? Choice::Light : Choice::System;
}

QString Theme::name(Choice choice)
{
    return choice == Choice::Dark ? u"dark"_s : choice == Choice::Light ? u"light"_s : u"system"_s;
}

} // namespace glacis::ui
