// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/tokens.h>

#include <QWidget>

#include <optional>

namespace glacis::ui {

/// A stage's score as an arc and a number; "–" when nothing of the stage was assessed.
class ScoreRing : public QWidget {
    Q_OBJECT
public:
    explicit ScoreRing(Token ink, QWidget* parent = nullptr);
    void setScore(std::optional<int> score); ///< 0 to 100
    void setQuiet(bool quiet); ///< in grey: the score rests on too little to be shown with pride
    void setDiameter(int pixels); ///< before scaled(); 68 unless told
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Token m_ink;
    std::optional<int> m_score;
    bool m_quiet = false;
    int m_diameter = 68;
};

} // namespace glacis::ui
