// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Severity is shape and word and colour together: diamond, triangle, square, dot, ring.
#pragma once

#include <base/severity.h>
#include <theme/type.h>

#include <QWidget>

namespace glacis::ui {

[[nodiscard]] QString severityWord(Severity severity); ///< "Critical", translated
[[nodiscard]] QString stateWord(State state);
[[nodiscard]] QString stageWord(Stage stage); ///< "Stage 2", or "No stage"
[[nodiscard]] QString stageName(Stage stage); ///< "Docker daemon access"

/// The shape alone, about 9 units wide, centred in rect.
void paintSeverityShape(QPainter& painter, const QRectF& rect, Severity severity, const QColor& ink);

class SeverityMark : public QWidget {
    Q_OBJECT
public:
    enum class Show : std::uint8_t { ShapeAndWord, Shape };
    explicit SeverityMark(
        Severity severity = Severity::Info, Show show = Show::ShapeAndWord, QWidget* parent = nullptr);
    void setSeverity(Severity severity);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Severity m_severity;
    Show m_show;
};

} // namespace glacis::ui
