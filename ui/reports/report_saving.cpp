// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Reports page: asking where, saving, telling how it went.
#include <reports/reports_page.h>

#include <shell/settings.h>
#include <widgets/banner.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>

#include <QAction>
#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    struct Kind {
        QString ending, filter;
    };
    Kind kindOf(ReportFormat format)
    {
        switch (format) {
        case ReportFormat::Html:
            return { u"html"_s, ReportsPage::tr("Web page (*.html)") };
        case ReportFormat::Markdown:
            return { u"md"_s, ReportsPage::tr("Markdown (*.md)") };
        case ReportFormat::Pdf:
            break;
        }
        return { u"pdf"_s, ReportsPage::tr("PDF document (*.pdf)") };
    }

    /// A name for a file out of whatever a cluster is called.
    QString asFileName(const QString& text)
    {
        static const QRegularExpression others(u"[^\\p{L}\\p{N}._-]+"_s);
        QString name = text.left(60);
        name.replace(others, u"-"_s);
        while (name.startsWith(u'.') || name.startsWith(u'-'))
            name.remove(0, 1);
        return name.isEmpty() ? u"cluster"_s : name;
    }

}

/// "votelab-engineer-2026-11-20.pdf"
QString ReportsPage::suggestedName(const QString& ending) const
{
    const QString edition = fromUtf8(report::name(m_options->choice().edition));
    return asFileName(m_outline.cluster) + u'-' + edition + u'-' + QDate::currentDate().toString(Qt::ISODate)
        + u'.' + ending;
}

void ReportsPage::askAndSave(ReportFormat format)
{
    if (m_maker.isSaving() || !m_workspace.assessment())
        return;
    const Kind kind = kindOf(format);
    QString folder = m_settings.reportChoice(u"folder"_s);
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString suggested = QDir(folder).filePath(suggestedName(kind.ending));
    const auto chosen = [this, format](const QString& file) {
        m_settings.setReportChoice(u"folder"_s, QFileInfo(file).absolutePath());
        save(file, format);
    };
    if (m_doors.askWhere) {
        m_doors.askWhere(suggested, kind.filter, chosen);
        return;
    }
    auto* dialog
        = new QFileDialog(this, tr("Save the Report"), QFileInfo(suggested).absolutePath(), kind.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(kind.ending);
    dialog->selectFile(QFileInfo(suggested).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, chosen);
    dialog->open();
}

void ReportsPage::save(const QString& file, ReportFormat format)
{
    // What is saved is what is chosen now, be the preview ready or not.
    if (m_outdated)
        compose();
    m_outcome->hide();
    m_saving->setText(tr("Saving %1…").arg(shown(QFileInfo(file).fileName().toStdString())));
    m_bar->setValue(0);
    m_progress->show();
    for (QPushButton* button : m_saveButtons)
        button->setEnabled(false);
    m_maker.save(file, format);
}

void ReportsPage::endSaving()
{
    m_progress->hide();
    for (QPushButton* button : m_saveButtons)
        button->setEnabled(true);
}

void ReportsPage::tellSaved(const QString& file)
{
    endSaving();
    m_saved = file;
    m_open->setVisible(true);
    m_openFolder->setVisible(true);
    m_outcome->tell(Banner::Kind::Info, tr("The report is saved"),
        shown(QDir::toNativeSeparators(file).toStdString(), 1000));
}

} // namespace glacis::ui
