// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/icons.h>

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <string>

namespace glacis::ui {
namespace {

    constexpr double grid = 24;
    constexpr double stroke = 1.6;

    // In the order of Glyph.
    constexpr std::array<std::string_view, GlyphCount> data {
        "M2 19 L9 6 L13 13 L15.5 9 L22 19 Z M6.5 10.6 L9 13 L11.4 10.2", // Logo: a slope with its snow
                                                                         // line
        "M4 11 L12 4 L20 11 V20 H14.5 V14 H9.5 V20 H4 Z", // Overview
        "M12 4 L21 19.5 H3 Z M12 10 V14 M12 16.6 V16.8", // Findings
        "M6 3.5 H13.5 L18.5 8.5 V20.5 H6 Z M13.5 3.5 V8.5 H18.5", // File
        "M3.5 6 H9.5 L11.5 8.5 H20.5 V18.5 H3.5 Z", // Folder
        "M12 15 V4 M8 8 L12 4 L16 8 M4 14 V20 H20 V14", // Open
        "M19.5 12 C19.5 16.1 16.1 19.5 12 19.5 C7.9 19.5 4.5 16.1 4.5 12 C4.5 7.9 7.9 4.5 12 4.5 C14.9 "
        "4.5 "
        "17.3 6.1 18.6 8.5 M19 4.5 V8.8 H14.7", // Reload
        "O10.5 10.5 6 M15 15 L20 20", // Search
        "M6 6 L18 18 M18 6 L6 18", // Close
        "M9 9 H19.5 V19.5 H9 Z M6 15 H4.5 V4.5 H15 V6", // Copy
        "M5 12.5 L10 17.5 L19.5 7", // Check
        "M6.5 9.5 L12 15 L17.5 9.5", // ChevronDown
        "M9.5 6.5 L15 12 L9.5 17.5", // ChevronRight
        "M20 12 H4.5 M11 5.5 L4.5 12 L11 18.5", // ArrowLeft
        "M4 12 H19.5 M13 5.5 L19.5 12 L13 18.5", // ArrowRight
        "O12 12 4 M12 2.5 V4.5 M12 19.5 V21.5 M2.5 12 H4.5 M19.5 12 H21.5 M5.3 5.3 L6.7 6.7 M17.3 17.3 "
        "L18.7 "
        "18.7 M5.3 18.7 L6.7 17.3 M17.3 6.7 L18.7 5.3", // Sun
        "M19.5 14.2 C18.4 14.7 17.2 15 16 15 C11.6 15 8.5 11.7 8.5 7.6 C8.5 6.4 8.8 5.2 9.3 4.2 C6.1 5.3 "
        "4 "
        "8.3 4 11.8 C4 16.2 7.6 19.9 12.1 19.9 C15.4 19.9 18.3 17.6 19.5 14.2 Z", // Moon
        "O12 12 8 M12 4 V20 M12 8 H18.8 M12 12 H20 M12 16 H18.8", // Contrast
        "M12 4 L21 19.5 H3 Z M12 10 V14 M12 16.6 V16.8", // Warning
        "O12 12 8.5 M12 7.5 V13 M12 16 V16.2", // Error
        "O12 12 8.5 M12 11 V16.5 M12 7.8 V8", // Info
        "M3 12 C5.2 8 8.4 6 12 6 C15.6 6 18.8 8 21 12 C18.8 16 15.6 18 12 18 C8.4 18 5.2 16 3 12 Z M4.5 "
        "4.5 "
        "L19.5 19.5", // EyeOff
        "M12 4 V14.5 M7.5 10 L12 14.5 L16.5 10 M4 15.5 V20 H20 V15.5", // Drop
        "M12 3 L19.5 6 V11.5 C19.5 16 16.5 19.5 12 21 C7.5 19.5 4.5 16 4.5 11.5 V6 Z", // Shield
        "O5 6 2.2 O19 6 2.2 O12 18 2.2 M7 6.8 L17 6.2 M17.9 7.9 L13.2 16.2 M6.2 7.9 L10.8 16.2", // Path
        "M4 7 H13 M17.5 7 H20 M4 17 H6.5 M11 17 H20 O15.2 7 2.2 O8.8 17 2.2", // Settings: two sliders
        "M8 5 L19 12 L8 19 Z", // Play
        "M8.5 5.5 V18.5 M15.5 5.5 V18.5", // Pause
        "M18 5.5 L9 12 L18 18.5 Z M6 5.5 V18.5", // StepBack
        "M6 5.5 L15 12 L6 18.5 Z M18 5.5 V18.5", // StepForward
        "M12 5 V19 M5 12 H19", // Plus
        "M5 11.9 L19 12.1", // Minus
        "M4 9 V4 H9 M15 4 H20 V9 M20 15 V20 H15 M9 20 H4 V15", // Fit
        "M3.5 5 H20.5 V19 H3.5 Z M3.5 10 H20.5 M3.5 14.5 H20.5 M9.5 5 V19", // Table
        "M4 5 H20 V19 H4 Z M9.3 5 V19 M14.7 5 V19", // Columns
        "M4 6 H20 M8 12 H20 M8 18 H20 M4.5 11.8 V12.2 M4.5 17.8 V18.2", // Group
        "M4 5.5 H20 L14 12.8 V18.5 L10 20 V12.8 Z", // Filter
        "M12 4 L14.5 9.3 L20.2 10 L16 14 L17.1 19.7 L12 16.9 L6.9 19.7 L8 14 L3.8 10 L9.5 9.3 Z", // Star
        "M12 4 V15 M8 11 L12 15 L16 11 M4.5 14.5 V19.5 H19.5 V14.5", // Export
        "M3 12 C5.2 8 8.4 6 12 6 C15.6 6 18.8 8 21 12 C18.8 16 15.6 18 12 18 C8.4 18 5.2 16 3 12 Z O12 "
        "12 2.6", // Eye
        "O12 12 8 O12 12 3.6 M12 2.5 V6 M12 18 V21.5 M2.5 12 H6 M18 12 H21.5", // Target
        "M3.5 7 H20.5 V17.5 H3.5 Z M7 10.5 V10.7 M10.3 10.5 V10.7 M13.7 10.5 V10.7 M17 10.5 V10.7 M8 14 "
        "H16", // Keyboard
        "M6.5 14.5 L12 9 L17.5 14.5", // ChevronUp
        "O5.5 12 1 O12 12 1 O18.5 12 1", // More
        "M4 5 H20 V11 H4 Z M4 13 H20 V19 H4 Z M7.5 8 V8.2 M7.5 16 V16.2", // Node: a server
        "O12 8 3.6 M4.8 20 C5.4 15.8 8.3 13.8 12 13.8 C15.7 13.8 18.6 15.8 19.2 20", // Person
        "O8 12 4 M12 12 H20.5 V15.5 M16.8 12 V15", // Key
        "M5.5 11 H18.5 V20 H5.5 Z M8 11 V8 C8 5.6 9.7 4 12 4 C14.3 4 16 5.6 16 8 V11", // Lock
        "O12 12 8.5 M3.5 12 H20.5 M12 3.5 C9.4 5.8 8.2 8.8 8.2 12 C8.2 15.2 9.4 18.2 12 20.5 C14.6 18.2 "
        "15.8 "
        "15.2 15.8 12 C15.8 8.8 14.6 5.8 12 3.5 Z", // Globe
        "M12 3.5 L20 7.8 V16.2 L12 20.5 L4 16.2 V7.8 Z M4 7.8 L12 12.2 L20 7.8 M12 12.2 V20.5", // Box
        "M5 6.5 C5 3.3 19 3.3 19 6.5 C19 9.7 5 9.7 5 6.5 Z M5 6.5 V17.5 C5 20.7 19 20.7 19 17.5 V6.5 M5 "
        "12 C5 "
        "15.2 19 15.2 19 12", // Database
        "M4 18.5 L3 7.5 L8.3 11.5 L12 5 L15.7 11.5 L21 7.5 L20 18.5 Z", // Crown
        "M9.5 3.5 H14.5 V8.5 H9.5 Z M3.5 15.5 H8.5 V20.5 H3.5 Z M15.5 15.5 H20.5 V20.5 H15.5 Z M12 8.5 "
        "V12 M6 "
        "15.5 V12 H18 V15.5", // Network
        "M3.5 8 H20.5 V18.5 H3.5 Z M7.5 11 V15.5 M12 11 V15.5 M16.5 11 V15.5 M6.5 8 V5 H17.5 V8", // Container
        "M6 3.5 H13.5 L18.5 8.5 V20.5 H6 Z M13.5 3.5 V8.5 H18.5 M9 17 V14 M12.2 17 V11.5 M15.4 17 V13", // Report
    };

    /// Those that mean "on" or "back" along the line of reading.
    bool pointsAlong(Glyph glyph)
    {
        constexpr std::array along { Glyph::ArrowLeft, Glyph::ArrowRight, Glyph::ChevronRight,
            Glyph::StepBack, Glyph::StepForward };
        return std::find(along.begin(), along.end(), glyph) != along.end();
    }

    class Reader {
    public:
        explicit Reader(std::string_view text)
            : m_text(text)
        {
        }
        char command()
        {
            skip();
            return m_at < m_text.size() && std::isalpha(static_cast<unsigned char>(m_text[m_at]))
                ? m_text[m_at++]
                : '\0';
        }
        double number()
        {
            skip();
            std::size_t used = 0;
            while (m_at + used < m_text.size()
                && std::string_view("0123456789.-").find(m_text[m_at + used]) != std::string_view::npos)
                ++used;
            const std::string digits(m_text.substr(m_at, used));
            m_at += used;
            return std::strtod(digits.c_str(), nullptr);
        }
        QPointF point(QPointF origin)
        {
            const double x = number();
            return origin + QPointF(x, number());
        }

    private:
        void skip()
        {
            while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == ','))
                ++m_at;
        }
        std::string_view m_text;
        std::size_t m_at = 0;
    };

    /// Disabled and active follow the mode; everything else is the ink that was asked for.
    class GlyphEngine final : public QIconEngine {
    public:
        GlyphEngine(Glyph glyph, Token ink)
            : m_glyph(glyph)
            , m_ink(ink)
        {
        }
        void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
        {
            const Token ink = mode == QIcon::Disabled            ? Token::Text3
                : mode == QIcon::Active && m_ink == Token::Text2 ? Token::Text
                                                                 : m_ink;
            paintGlyph(*painter, m_glyph, rect, colour(ink, QGuiApplication::palette()),
                QGuiApplication::layoutDirection());
        }
        QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
        {
            QPixmap result(size);
            result.fill(Qt::transparent);
            QPainter painter(&result);
            paint(&painter, QRect(QPoint(0, 0), size), mode, state);
            return result;
        }
        [[nodiscard]] QIconEngine* clone() const override { return new GlyphEngine(*this); }

    private:
        Glyph m_glyph;
        Token m_ink;
    };

}

QPainterPath glyphPath(std::string_view text)
{
    QPainterPath path;
    Reader reader(text);
    for (char c = reader.command(); c != '\0'; c = reader.command()) {
        const bool relative = c >= 'a';
        const QPointF now = path.currentPosition();
        const QPointF origin = relative ? now : QPointF();
        switch (relative ? c - 'a' + 'A' : c) {
        case 'M':
            path.moveTo(reader.point(origin));
            break;
        case 'L':
            path.lineTo(reader.point(origin));
            break;
        case 'H':
            path.lineTo(origin.x() + reader.number(), now.y());
            break;
        case 'V':
            path.lineTo(now.x(), origin.y() + reader.number());
            break;
        case 'C': {
            const QPointF first = reader.point(origin);
            const QPointF second = reader.point(origin);
            path.cubicTo(first, second, reader.point(origin));
            break;
        }
        case 'O': {
            const QPointF centre = reader.point(origin);
            const double radius = reader.number();
            path.addEllipse(centre, radius, radius);
            break;
        }
        case 'Z':
            path.closeSubpath();
            break;
        default:
            return path;
        }
    }
    return path;
}

const QPainterPath& glyphPath(Glyph glyph)
{
    static std::array<QPainterPath, GlyphCount> paths;
    QPainterPath& path = paths[static_cast<std::size_t>(glyph)];
    if (path.isEmpty())
        path = glyphPath(data[static_cast<std::size_t>(glyph)]);
    return path;
}

void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& rect, const QColor& ink)
{
    const double side = std::min(rect.width(), rect.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2);
    painter.scale(side / grid, side / grid);
    // At 16 pixels a stroke of 1.6 units would be a grey hairline: keep it near 1.4 pixels.
    const double width = std::max(stroke, 1.35 * grid / std::max(1.0, side));
    painter.setPen(QPen(ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(glyphPath(glyph));
    painter.restore();
}

void paintGlyph(
    QPainter& painter, Glyph glyph, const QRectF& rect, const QColor& ink, Qt::LayoutDirection reading)
{
    if (reading != Qt::RightToLeft || !pointsAlong(glyph))
        return paintGlyph(painter, glyph, rect, ink);
    painter.save();
    painter.translate(2 * rect.center().x(), 0);
    painter.scale(-1, 1);
    paintGlyph(painter, glyph, rect, ink);
    painter.restore();
}

QIcon glyphIcon(Glyph glyph, Token ink) { return QIcon(new GlyphEngine(glyph, ink)); }

} // namespace glacis::ui
