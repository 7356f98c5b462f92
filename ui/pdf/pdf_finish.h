// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Adds to a PDF what QPdfWriter cannot write: outline, links within the document, language, metadata of the
// document's own time; and writes it compactly and the same every time.
#pragma once

#include <base/result.h>

#include <QByteArray>
#include <QRectF>
#include <QString>

#include <cstdint>
#include <vector>

namespace glacis::ui::pdf {

/// Lengths are points from the top left of a page, pages count from 0.
struct PdfTarget {
    int page = 0;
    double y = 0;
};
struct PdfLink {
    int page = 0;
    QRectF box;
    PdfTarget target;
};
struct PdfOutlineEntry {
    int level = 1; ///< one more than the entry it belongs to
    QString text;
    PdfTarget target;
};
struct PdfExtras {
    QString title, author, subject, creator;
    QString language; ///< "en"
    std::int64_t made = 0; ///< seconds since 1970 UTC; 0: the file tells no time
    double pageHeight = 0;
    std::vector<PdfOutlineEntry> outline;
    std::vector<PdfLink> links;
};

[[nodiscard]] Result<QByteArray> finishPdf(const QByteArray& pdf, const PdfExtras& extras);

} // namespace glacis::ui::pdf
