// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/open_source.h>

#include <QCoreApplication>
#include <QFileDialog>
#include <QMimeData>
#include <QUrl>

namespace glacis::ui {

using namespace Qt::StringLiterals;

workspace::SourceRequest requestFor(const QStringList& paths)
{
    workspace::SourceRequest request;
    if (paths.size() == 1 && paths.front().endsWith(u".glacis", Qt::CaseInsensitive)
        && QFileInfo(paths.front()).isFile()) {
        request.snapshot = paths.front().toStdString();
        return request;
    }
    for (const QString& path : paths)
        request.paths.push_back(path.toStdString());
    return request;
}

QStringList localPaths(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile())
            paths += url.toLocalFile();
    return paths;
}

void askForSource(
    QWidget& parent, Ask what, const QString& start, std::function<void(const QStringList&)> chosen)
{
    const auto words = [](const char* text) { return QCoreApplication::translate("Open", text); };
    auto* dialog = new QFileDialog(&parent,
        what == Ask::Files ? words(QT_TRANSLATE_NOOP("Open", "Open Files"))
                           : words(QT_TRANSLATE_NOOP("Open", "Open Folder")),
        start);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"openDialog"_s);
    dialog->setFileMode(what == Ask::Files ? QFileDialog::ExistingFiles : QFileDialog::Directory);
    if (what == Ask::Folder)
        dialog->setOption(QFileDialog::ShowDirsOnly);
    else
        dialog->setNameFilters({ words(QT_TRANSLATE_NOOP("Open",
                                     "Kubernetes objects and snapshots (*.yaml *.yml *.json *.glacis)")),
            words(QT_TRANSLATE_NOOP("Open", "All files (*)")) });
    QObject::connect(dialog, &QFileDialog::filesSelected, &parent, std::move(chosen));
    dialog->open();
}

} // namespace glacis::ui
