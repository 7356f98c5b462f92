// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report written to a file and read back by other people's programs (poppler, qpdf), which judge it better
// than our own could.
#pragma once

#include <pdf/report_pages.h>

#include <QByteArray>
#include <QJsonObject>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <vector>

namespace glacis::test {

/// In a folder that is deleted when the program ends, or kept in $GLACIS_TEST_OUTPUT. Fails the test and
/// returns an empty name when it cannot be written.
[[nodiscard]] QString writtenPdf(const ui::ReportPages& pages, const QString& name);

/// Standard output; empty when the program fails, whose words are printed.
[[nodiscard]] QByteArray outputOf(const QString& program, const QStringList& arguments);
[[nodiscard]] bool isInstalled(const QString& program);

/// Text of a page from 1, or of all for 0.
[[nodiscard]] QString textOf(const QString& file, int page = 0);
/// The same with every kind of white space as one space.
[[nodiscard]] QString flat(const QString& text);

struct Word {
    QString text;
    int page = 0; ///< from 1
    QRectF box;
};
[[nodiscard]] std::vector<Word> wordsOf(const QString& file);

/// Everything of the file by qpdf: { "obj:7 0 R": … } with streams left out.
[[nodiscard]] QJsonObject objectsOf(const QString& file);

} // namespace glacis::test

/// Skips the test where a program is missing.
#define NEEDS(program)                                                                                       \
    if (!glacis::test::isInstalled(QStringLiteral(program)))                                                 \
    QSKIP(program " is not installed: packaging/test.sh installs it")
