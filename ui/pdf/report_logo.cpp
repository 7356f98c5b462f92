// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pdf/report_logo.h>

#include <QBuffer>
#include <QFile>
#include <QImageReader>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr qint64 mostBytes = 4LL * 1024 * 1024;
    constexpr int mostPixels = 4096, keptPixels = 1200;

    tl::unexpected<Error> refused(const QString& file, const QString& reason)
    {
        return failure(u"the logo %1 cannot be used: %2"_s.arg(file, reason).toStdString());
    }

}

Result<QImage> readLogo(const QString& file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return refused(file, source.errorString());
    if (source.size() > mostBytes)
        return refused(file, u"it is larger than 4 MiB"_s);
    const QByteArray bytes = source.read(mostBytes + 1); // a pipe has no size
    if (bytes.size() > mostBytes)
        return refused(file, u"it is larger than 4 MiB"_s);
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    const QByteArray format = reader.format();
    if (format != "png" && format != "jpeg")
        return refused(file, u"it is no PNG or JPEG image"_s);
    const QSize size = reader.size();
    if (!size.isValid() || size.width() > mostPixels || size.height() > mostPixels)
        return refused(file, u"an image of at most 4096 pixels a side was expected"_s);
    reader.setAutoTransform(true);
    QImage image = reader.read();
    if (image.isNull())
        return refused(file, reader.errorString());
    if (image.width() > keptPixels || image.height() > keptPixels)
        image = image.scaled(keptPixels, keptPixels, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return image;
}

QByteArray logoDataUrl(const QImage& logo)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    logo.save(&buffer, "PNG");
    return "data:image/png;base64," + png.toBase64();
}

} // namespace glacis::ui
