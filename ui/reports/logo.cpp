// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <reports/logo.h>

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr qint64 mostBytes = 4LL << 20;
    constexpr int mostPixels = 4096;
    constexpr int allocationLimit = 128; ///< MiB: 4096 × 4096 of 4 bytes, and some for the decoder

}

Result<QImage> readLogo(const QString& file)
{
    QFile source(file);
    if (!QFileInfo(file).isFile())
        return failure("the file is not there");
    if (!source.open(QIODevice::ReadOnly))
        return failure("the file cannot be opened: " + source.errorString().toStdString());
    if (source.size() > mostBytes)
        return failure("the file is larger than 4 MiB");
    // Read once, so that what was measured is what is decoded.
    QByteArray bytes = source.read(mostBytes + 1);
    if (bytes.size() > mostBytes)
        return failure("the file is larger than 4 MiB");
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    if (const QByteArray format = reader.format(); format != "png" && format != "jpeg")
        return failure("it is neither a PNG nor a JPEG picture");
    const QSize size = reader.size();
    if (size.width() > mostPixels || size.height() > mostPixels)
        return failure("the picture has " + std::to_string(size.width()) + " × "
            + std::to_string(size.height()) + " pixels; 4096 a side are allowed");
    QImageReader::setAllocationLimit(allocationLimit);
    QImage image = reader.read();
    if (image.isNull())
        return failure("the picture is damaged: " + reader.errorString().toStdString());
    return image;
}

std::string logoAsUrl(const QImage& logo)
{
    if (logo.isNull())
        return {};
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!logo.save(&buffer, "PNG"))
        return {};
    return "data:image/png;base64," + bytes.toBase64().toStdString();
}

} // namespace glacis::ui
