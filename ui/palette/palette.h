// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command palette: a line to type in and what fits, over the upper middle of the window. It lies within
// the window (no window of its own), so that it is there in pictures and needs no grab.
//
//     palette->open(commandsOf(actions, *menuBar()), settings.usedCommands());
#pragma once

#include <palette/palette_model.h>

#include <QWidget>

class QLineEdit;
class QListView;

namespace glacis::ui {

class PlainLabel;

class Palette : public QWidget {
    Q_OBJECT
public:
    explicit Palette(QWidget* over);

    /// `used`: ids of commands, the last used first.
    void open(std::vector<PaletteCommand> commands, const QStringList& used, const QString& text = {});
    void dismiss(); ///< gives the focus back
    void setAssessment(const assessment::AssessmentPtr& assessment);
    [[nodiscard]] bool isBusy() const { return isVisible() && m_model->isBusy(); }
    [[nodiscard]] PaletteModel* model() const { return m_model; }

Q_SIGNALS:
    void wanted(const glacis::ui::Location& location);
    void used(const QString& command); ///< id of the command that was chosen

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    bool keyPressed(const QKeyEvent& event);
    void choose(int row);
    void setRow(int row);
    void place(); ///< in the window, as high as its rows need
    void answered();

    PaletteModel* m_model;
    QWidget* m_box;
    QLineEdit* m_edit;
    QListView* m_list;
    PlainLabel* m_nothing;
    QPointer<QWidget> m_before; ///< had the focus
};

} // namespace glacis::ui
