// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf_reading.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace glacis::test {

using namespace Qt::StringLiterals;

QString writtenPdf(const ui::ReportPages& pages, const QString& name)
{
    static const QTemporaryDir temporary;
    const QString kept = qEnvironmentVariable("GLACIS_TEST_OUTPUT");
    const QString file = QDir(kept.isEmpty() ? temporary.path() : kept).filePath(name + u".pdf"_s);
    const auto written = ui::writeReportPdf(pages, file);
    if (!written) {
        QTest::qFail(written.error().message.c_str(), __FILE__, __LINE__);
        return {};
    }
    return file;
}

QByteArray outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(120'000) || process.exitCode() != 0) {
        qWarning().noquote() << program << arguments << process.readAllStandardError();
        return {};
    }
    return process.readAllStandardOutput();
}

bool isInstalled(const QString& program) { return !QStandardPaths::findExecutable(program).isEmpty(); }

QString textOf(const QString& file, int page)
{
    QStringList arguments;
    if (page > 0)
        arguments << u"-f"_s << QString::number(page) << u"-l"_s << QString::number(page);
    return QString::fromUtf8(outputOf(u"pdftotext"_s, arguments << file << u"-"_s));
}

QString flat(const QString& text)
{
    static const QRegularExpression space(u"\\s+"_s);
    return QString(text).replace(space, u" "_s);
}

std::vector<Word> wordsOf(const QString& file)
{
    std::vector<Word> words;
    QXmlStreamReader xml(outputOf(u"pdftotext"_s, { u"-bbox"_s, file, u"-"_s }));
    int page = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"page")
            ++page;
        if (xml.name() != u"word")
            continue;
        const auto number = [attributes = xml.attributes()](
                                const QString& name) { return attributes.value(name).toDouble(); };
        const QRectF box(
            QPointF(number(u"xMin"_s), number(u"yMin"_s)), QPointF(number(u"xMax"_s), number(u"yMax"_s)));
        words.push_back({ xml.readElementText(), page, box });
    }
    return words;
}

QJsonObject objectsOf(const QString& file)
{
    const QByteArray json = outputOf(u"qpdf"_s, { u"--json=2"_s, u"--json-key=qpdf"_s, file });
    return QJsonDocument::fromJson(json).object().value(u"qpdf"_s).toArray().at(1).toObject();
}

} // namespace glacis::test
