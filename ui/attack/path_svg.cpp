// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Painted with Qt's SVG generator and then written anew: what Qt 6.4 writes is a file (XML header, a title, a
// size in millimetres) that names the fonts of this machine, and repeats every default. Only elements and
// attributes that a drawing needs are taken over, so nothing else can come into the page.
#include <attack/path_svg.h>

#ifdef GLACIS_SVG
#include <attack/path_figure.h>
#include <pdf/report_fonts.h>
#include <theme/type.h>
#include <widgets/outside_text.h>

#include <report/html_text.h>
#include <report/plain.h>
#include <report/pseudonyms.h>

#include <QBuffer>
#include <QFontMetricsF>
#include <QPainter>
#include <QSvgGenerator>
#include <QXmlStreamReader>

#include <algorithm>
#include <array>
#include <vector>
#endif

namespace glacis::ui {

#ifdef GLACIS_SVG
namespace {

    using namespace Qt::StringLiterals;

    constexpr double sheetWidth = 1080; ///< what a page beside its contents has room for
    constexpr std::size_t mostInLane = 8;

    struct Attribute {
        QLatin1StringView name, usual; ///< not written when it has this value
    };
    /// Of groups and shapes. Fonts belong to texts alone.
    constexpr std::array attributes { Attribute { "d"_L1, ""_L1 }, Attribute { "points"_L1, ""_L1 },
        Attribute { "cx"_L1, ""_L1 }, Attribute { "cy"_L1, ""_L1 }, Attribute { "r"_L1, ""_L1 },
        Attribute { "rx"_L1, ""_L1 }, Attribute { "ry"_L1, ""_L1 }, Attribute { "x"_L1, ""_L1 },
        Attribute { "y"_L1, ""_L1 }, Attribute { "x1"_L1, ""_L1 }, Attribute { "y1"_L1, ""_L1 },
        Attribute { "x2"_L1, ""_L1 }, Attribute { "y2"_L1, ""_L1 }, Attribute { "width"_L1, ""_L1 },
        Attribute { "height"_L1, ""_L1 }, Attribute { "fill"_L1, ""_L1 },
        Attribute { "fill-opacity"_L1, "1"_L1 }, Attribute { "stroke"_L1, ""_L1 },
        Attribute { "stroke-opacity"_L1, "1"_L1 }, Attribute { "stroke-width"_L1, "1"_L1 },
        Attribute { "stroke-dasharray"_L1, ""_L1 }, Attribute { "stroke-linecap"_L1, "square"_L1 },
        Attribute { "stroke-linejoin"_L1, "bevel"_L1 }, Attribute { "opacity"_L1, "1"_L1 },
        Attribute { "transform"_L1, "matrix(1,0,0,1,0,0)"_L1 } };
    constexpr std::array shapes { "path"_L1, "polyline"_L1, "polygon"_L1, "circle"_L1, "ellipse"_L1,
        "rect"_L1, "line"_L1 };

    /// Two digits behind the point are a hundredth of a pixel.
    std::string shortened(QStringView value)
    {
        std::string out;
        int behind = -1; // digits since the point; -1: before it
        for (const QChar c : value) {
            if (c == u'.')
                behind = 0;
            else if (!c.isDigit())
                behind = -1;
            else if (behind >= 0 && ++behind > 2)
                continue;
            out += c.toLatin1();
        }
        return out;
    }

    class SvgRewriter {
    public:
        explicit SvgRewriter(const QByteArray& drawn)
            : m_xml(drawn)
        {
        }

        /// Empty where the drawing cannot be read.
        std::string write(QSizeF size)
        {
            report::append(m_out, "<svg viewBox=\"0 0 ", number(size.width()), " ", number(size.height()),
                "\" width=\"100%\" role=\"img\" fill=\"none\" font-family=\"system-ui,sans-serif\" "
                "stroke-linecap=\"square\" stroke-linejoin=\"bevel\">\n");
            while (!m_xml.atEnd())
                take(m_xml.readNext());
            if (m_xml.hasError())
                return {};
            return std::move(m_out) + "</svg>";
        }

    private:
        static std::string number(double value) { return shortened(QString::number(value, 'f', 2)); }

        void take(QXmlStreamReader::TokenType token)
        {
            if (token == QXmlStreamReader::EndElement && m_xml.name() == "g"_L1 && !m_groups.empty()) {
                m_out += m_groups.back().written ? "</g>\n" : "";
                m_groups.pop_back();
            }
            if (token != QXmlStreamReader::StartElement)
                return;
            if (m_xml.name() == "g"_L1)
                m_groups.push_back({ attributesOf(m_xml.attributes()), false });
            else if (m_xml.name() == "text"_L1)
                text();
            else if (std::find(shapes.begin(), shapes.end(), m_xml.name()) != shapes.end())
                report::append((openGroups(), m_out), "<", m_xml.name().toLatin1().toStdString(),
                    attributesOf(m_xml.attributes()), "/>\n");
        }

        /// The generator opens a group for every pen: most stay empty.
        void openGroups()
        {
            for (Group& group : m_groups) {
                if (!group.written)
                    report::append(m_out, "<g", group.attributes, ">\n");
                group.written = true;
            }
        }

        static std::string attributesOf(const QXmlStreamAttributes& given)
        {
            std::string out;
            for (const Attribute& known : attributes) {
                if (!given.hasAttribute(known.name) || given.value(known.name) == known.usual)
                    continue;
                report::append(out, " ", known.name.data(), "=\"");
                report::appendHtml(out, shortened(given.value(known.name)));
                out += '"';
            }
            return out;
        }

        /// With the length that it has here: a reader's font may be wider, and would run past its card.
        void text()
        {
            const QXmlStreamAttributes given = m_xml.attributes();
            const QString words = m_xml.readElementText(QXmlStreamReader::IncludeChildElements);
            if (words.trimmed().isEmpty())
                return;
            const bool fixed = given.value("font-family"_L1) == typeFont(Type::Mono).family();
            QFont font = typeFont(fixed ? Type::Mono : Type::Body);
            font.setPixelSize(std::max(1, given.value("font-size"_L1).toInt()));
            font.setWeight(static_cast<QFont::Weight>(given.value("font-weight"_L1).toInt()));
            openGroups();
            report::append(m_out, "<text", attributesOf(given), " font-size=\"",
                std::to_string(font.pixelSize()), "\" font-weight=\"", std::to_string(font.weight()),
                fixed ? "\" font-family=\"ui-monospace,monospace" : "", "\" textLength=\"",
                number(QFontMetricsF(font).horizontalAdvance(words)),
                "\" lengthAdjust=\"spacingAndGlyphs\">");
            report::appendHtml(m_out, words.toStdString());
            m_out += "</text>\n";
        }

        struct Group {
            std::string attributes;
            bool written;
        };
        QXmlStreamReader m_xml;
        std::string m_out;
        std::vector<Group> m_groups;
    };

    /// Captions and headings are our own words; the rest tells names.
    void hideNames(PathFigure& figure, PathMarks& marks, const report::Pseudonyms& names)
    {
        const auto hide = [&](QString& text) {
            if (!text.isEmpty())
                text = fromUtf8(names.hide(text.toStdString()));
        };
        for (PaintedCard& card : figure.paint.cards) {
            hide(card.name);
            hide(card.detail);
            hide(card.evidence);
        }
        for (QString& name : marks.names)
            hide(name);
    }

    void paintPicture(QPainter& painter, const PathFigure& figure, const PathMarks& marks, Tone tone)
    {
        const PathPaintStyle style { 1, tone, {}, figure.mirrored };
        const double head = scaled(laneHeadHeight);
        paintLaneLines(painter, figure.paint, scaled(8), figure.paint.bounds.height() + head, style);
        paintLaneHeads(painter, figure.paint, style);
        painter.translate(-figure.paint.bounds.left(), head - figure.paint.bounds.top());
        paintPath(painter, figure.paint, marks, style);
    }

}

std::string attackSvg(const assessment::AssessmentPtr& assessment, const report::Pseudonyms* names, Tone tone)
{
    if (!assessment || !assessment->search || assessment->search->ways().empty())
        return {};
    const attack::Search& search = *assessment->search;
    const std::uint32_t certain = search.count(attack::WayClass::Certain);
    pdf::loadReportFonts(); // measured with the report's own faces: the same bytes on every system
    const TypeScope scope(pdf::reportFamilies(pdf::Face::Sans), pdf::reportFamilies(pdf::Face::Mono));
    FigureRequest request;
    request.width = sheetWidth;
    request.scene.mostInLane = mostInLane;
    request.scene.certain = certain > 0;
    request.scene.residual = request.scene.possible = certain == 0;
    const PathFigurePtr made = makeFigure(assessment, nullptr, request);
    if (made->scene.ways.empty())
        return {};
    PathFigure figure = *made;
    PathMarks marks = marksOf(figure, figure.scene.ways.front(), UINT32_MAX);
    if (certain > 0)
        marks.chokes = chokesOf(figure, search.chokePoints(), certain);
    if (names)
        hideNames(figure, marks, *names);

    QByteArray drawn;
    QBuffer buffer(&drawn);
    buffer.open(QIODevice::WriteOnly);
    const QSizeF size(figure.paint.bounds.width(), figure.paint.bounds.height() + scaled(laneHeadHeight));
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF({}, size));
    QPainter painter(&generator);
    paintPicture(painter, figure, marks, tone);
    return painter.end() ? SvgRewriter(drawn).write(size) : std::string();
}
#else
std::string attackSvg(const assessment::AssessmentPtr&, const report::Pseudonyms*, Tone) { return {}; }
#endif

} // namespace glacis::ui
