// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/path_export.h>

#include <theme/type.h>

#include <report/paths.h>

#include <QCoreApplication>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#ifdef GLACIS_SVG
#include <QSvgGenerator>
#endif

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int margin = 24, titleHeight = 34;
    constexpr double mostPixels = 40e6; ///< of a PNG: what an image viewer still opens

    QSizeF sizeOf(const PathFigure& figure)
    {
        const QRectF bounds = figure.paint.bounds;
        return { bounds.width() + 2 * margin,
            bounds.height() + 2 * margin + scaled(titleHeight) + scaled(laneHeadHeight) };
    }

    void paintSheet(
        QPainter& painter, const PathFigure& figure, const PathMarks& marks, Tone tone, const QString& title)
    {
        const QSizeF size = sizeOf(figure);
        const PathPaintStyle style { 1, tone, {}, figure.mirrored };
        painter.fillRect(QRectF({}, size), colour(Token::Panel, tone));
        painter.translate(margin, margin);
        painter.setFont(typeFont(Type::Title));
        painter.setPen(colour(Token::Text, tone));
        const QRectF line(0, 0, size.width() - 2 * margin, scaled(titleHeight));
        painter.drawText(line,
            static_cast<int>(
                (figure.mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignTop)
                | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(title, Qt::ElideRight, static_cast<int>(line.width())));
        painter.translate(0, scaled(titleHeight));
        paintLaneLines(
            painter, figure.paint, scaled(8), figure.paint.bounds.height() + scaled(laneHeadHeight), style);
        paintLaneHeads(painter, figure.paint, style);
        painter.translate(-figure.paint.bounds.left(), scaled(laneHeadHeight) - figure.paint.bounds.top());
        PathMarks still = marks;
        still.lit.clear();
        still.litCurves.clear();
        still.current = PathMarks::None;
        paintPath(painter, figure.paint, still, style);
    }

    Error notWritten(const QString& file, const QString& reason)
    {
        return Error { QCoreApplication::translate("AttackPath", "%1 cannot be written: %2")
                           .arg(file, reason)
                           .toStdString() };
    }

}

std::optional<PictureFormat> pictureFormat(const QString& file)
{
    if (file.endsWith(u".png"_s, Qt::CaseInsensitive))
        return PictureFormat::Png;
    if (file.endsWith(u".pdf"_s, Qt::CaseInsensitive))
        return PictureFormat::Pdf;
    if (file.endsWith(u".dot"_s, Qt::CaseInsensitive))
        return PictureFormat::Dot;
#ifdef GLACIS_SVG
    if (file.endsWith(u".svg"_s, Qt::CaseInsensitive))
        return PictureFormat::Svg;
#endif
    return {};
}

QString pictureFilters()
{
    QStringList filters { QCoreApplication::translate("AttackPath", "PNG image (*.png)") };
#ifdef GLACIS_SVG
    filters += QCoreApplication::translate("AttackPath", "SVG drawing (*.svg)");
#endif
    filters += QCoreApplication::translate("AttackPath", "PDF document (*.pdf)");
    filters += QCoreApplication::translate("AttackPath", "Graphviz graph (*.dot)");
    return filters.join(u";;"_s);
}

Result<void> exportPath(const PathFigure& figure, const PathMarks& marks, Tone tone, const QString& title,
    const QString& file, PictureFormat format)
{
    const QSizeF size = sizeOf(figure);
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return failure(notWritten(file, out.errorString()).message);
    bool painted = true;
    switch (format) {
    case PictureFormat::Png: {
        const double ratio = std::min(2.0, std::sqrt(mostPixels / (size.width() * size.height())));
        QImage image((size * ratio).toSize().expandedTo({ 1, 1 }), QImage::Format_RGB32);
        if (image.isNull())
            return failure(
                notWritten(file, QCoreApplication::translate("AttackPath", "the picture is too large"))
                    .message);
        image.setDevicePixelRatio(ratio);
        QPainter painter(&image);
        paintSheet(painter, figure, marks, tone, title);
        painter.end();
        painted = image.save(&out, "PNG");
        break;
    }
    case PictureFormat::Svg: {
#ifdef GLACIS_SVG
        QSvgGenerator svg;
        svg.setOutputDevice(&out);
        svg.setTitle(title.toHtmlEscaped()); // the generator writes it as it comes
        svg.setSize(size.toSize());
        svg.setViewBox(QRectF({}, size));
        QPainter painter(&svg);
        paintSheet(painter, figure, marks, tone, title);
        painted = painter.end();
#else
        painted = false;
#endif
        break;
    }
    case PictureFormat::Pdf: {
        QPdfWriter pdf(&out);
        pdf.setTitle(title);
        pdf.setCreator(u"Glacis"_s);
        // A page of the picture's own size: 96 units of the scene make an inch.
        pdf.setPageSize(QPageSize(size * 72 / 96, QPageSize::Point, {}, QPageSize::ExactMatch));
        pdf.setPageMargins({});
        pdf.setResolution(96);
        QPainter painter(&pdf);
        paintSheet(painter, figure, marks, tone, title);
        painted = painter.end();
        break;
    }
    case PictureFormat::Dot: {
        const std::string text = report::writePathsDot(figure.assessment->graph, *figure.search, {});
        painted
            = out.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size());
        break;
    }
    }
    if (!painted || !out.commit())
        return failure(notWritten(file, out.errorString()).message);
    return {};
}

} // namespace glacis::ui
