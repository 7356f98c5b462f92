// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Installs style, font, palette and style sheet on the application and switches them at run time. One per
// application, made before the first widget; GUI thread.
#pragma once

#include <theme/tokens.h>

#include <QObject>
#include <QStringView>

class QApplication;

namespace glacis::ui {

class Theme : public QObject {
    Q_OBJECT
public:
    enum class Choice : std::uint8_t { System, Dark, Light };

    explicit Theme(QApplication& app);

    void choose(Choice choice);
    [[nodiscard]] Choice choice() const { return m_choice; }
    [[nodiscard]] Tone tone() const { return m_tone; }

    /// Size of type in percent of the system's, 80 to 200, and with it of everything that is scaled().
    /// Widgets that exist must be made anew: see textScaleChanged().
    void setTextScale(int percent);
    [[nodiscard]] int textScale() const { return m_textScale; }

    [[nodiscard]] static Choice choiceFromName(
        QStringView name); ///< "dark", "light"; anything else is System
    [[nodiscard]] static QString name(Choice choice);

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void changed();
    void textScaleChanged();

private:
    void apply();
    [[nodiscard]] Tone systemTone() const;
    QApplication& m_app;
    QPalette m_pristine; ///< the system's, taken before ours replaced it
    Choice m_choice = Choice::System;
    Tone m_tone = Tone::Light;
    bool m_applied = false;
    int m_textScale = 100;
};

} // namespace glacis::ui
