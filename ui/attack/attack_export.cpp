// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Attack path page: saving its picture.
#include <attack/attack_page.h>

#include <attack/path_canvas.h>
#include <attack/path_export.h>
#include <widgets/banner.h>
#include <widgets/outside_text.h>

#include <QFileDialog>
#include <QFileInfo>

namespace glacis::ui {

using namespace Qt::StringLiterals;

void AttackPage::exportPicture()
{
    if (!m_figure)
        return;
    auto* dialog = new QFileDialog(this, tr("Save the picture"), {}, pictureFilters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(u"attack-path.png"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        // "PDF document (*.pdf)": the name follows the kind.
        const QString ending = filter.section(u"*."_s, 1).section(u')', 0, 0);
        dialog->setDefaultSuffix(ending);
        const QStringList files = dialog->selectedFiles();
        const QString base = files.isEmpty() ? u"attack-path"_s : QFileInfo(files.front()).completeBaseName();
        dialog->selectFile((base.isEmpty() ? u"attack-path"_s : base) + u'.' + ending);
    });
    // What is saved is what was seen when it was asked for.
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, figure = m_figure, marks = m_canvas->marks()](
            const QString& file) { exportTo(file, figure, marks); });
    dialog->open();
}

void AttackPage::exportTo(const QString& file, const PathFigurePtr& figure, const PathMarks& marks)
{
    const auto format = pictureFormat(file);
    if (!format) {
        m_outcome->tell(Banner::Kind::Error, tr("The picture was not saved"),
            tr("%1: the name ends in none of the kinds that can be written").arg(shown(file.toStdString())));
        return;
    }
    ++m_exports;
    m_outcome->hide();
    m_pool.start(
        [this, file, figure, marks, format = *format, tone = toneOf(palette()), title = titleText()] {
            const Result<void> written = exportPath(*figure, marks, tone, title, file, format);
            const QString error = written ? QString() : QString::fromStdString(written.error().message);
            // The destructor waits for the pool, so `this` outlives the post.
            QMetaObject::invokeMethod(
                this,
                [this, file, error] {
                    --m_exports;
                    if (error.isEmpty())
                        m_outcome->tell(
                            Banner::Kind::Info, tr("The picture is saved"), shown(file.toStdString()));
                    else
                        m_outcome->tell(
                            Banner::Kind::Error, tr("The picture was not saved"), shown(error.toStdString()));
                },
                Qt::QueuedConnection);
        });
}

} // namespace glacis::ui
