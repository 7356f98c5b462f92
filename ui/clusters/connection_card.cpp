// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/connection_card.h>

#include <clusters/context_directory.h>
#include <clusters/context_model.h>
#include <clusters/visible_text.h>
#include <settings/segments.h>
#include <settings/setting_row.h>
#include <shell/settings.h>
#include <widgets/buttons.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    void clear(QLayout& layout)
    {
        while (QLayoutItem* item = layout.takeAt(0)) {
            if (QWidget* widget = item->widget()) {
                widget->hide();
                widget->deleteLater(); // its own button may be what led here
            }
            delete item;
        }
    }

    QVBoxLayout* makeColumn(QWidget& holder)
    {
        auto* column = new QVBoxLayout(&holder);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(4);
        return column;
    }

    QString path(const QString& native)
    {
        return shown(QDir::toNativeSeparators(native).toStdString(), 1000);
    }

}

ConnectionCard::ConnectionCard(ContextDirectory& directory, Settings& settings, QWidget* parent)
    : Card(tr("Connections"), parent)
    , m_directory(directory)
    , m_settings(settings)
{
    setObjectName(u"connectionCard"_s);
    body()->addWidget(new SettingRow(tr("Folders of credential plugins"),
        tr("aws, gke-gcloud-auth-plugin, kubelogin and others are looked for on the PATH, then here."),
        makeFolders()));
    m_shell = new Segments(tr("Ask the login shell for its PATH"), { tr("When needed"), tr("Never") });
    m_shell->setObjectName(u"askLoginShell"_s);
    connect(m_shell, &Segments::chosen, this, [this](int index) {
        m_settings.setAsksLoginShell(index == 0);
        m_directory.tellSettings();
    });
    body()->addWidget(new SettingRow(tr("Ask the login shell for its PATH"),
        tr("A program that is started from the desktop often has a short PATH. The shell is asked only when "
           "a "
           "plugin is not found otherwise, for 15 seconds at most."),
        m_shell));
    body()->addWidget(new SettingRow(tr("Extra certificate authorities"),
        tr("A PEM file used beside the system's own, for clusters whose kubeconfig names none."), makeCa()));
    body()->addWidget(new SettingRow(tr("Programs that may run unasked"),
        tr("Each with exactly these arguments and this content. Glacis asks again when anything changes."),
        makeApprovals()));
    tell();
}

QWidget* ConnectionCard::makeFolders()
{
    auto* holder = new QWidget;
    auto* column = makeColumn(*holder);
    auto* rows = new QWidget;
    m_folders = makeColumn(*rows);
    column->addWidget(rows);
    QPushButton* add = makeButton(tr("Add folder…"));
    add->setObjectName(u"addPluginFolder"_s);
    add->setAccessibleName(tr("Add a folder of credential plugins"));
    connect(add, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Add a Folder of Credential Plugins"), QDir::homePath());
        dialog->setObjectName(u"pluginFolderDialog"_s);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
            QStringList folders = m_settings.pluginFolders();
            if (const QString whole = QFileInfo(folder).absoluteFilePath(); !folders.contains(whole))
                folders += whole;
            setFolders(folders);
        });
        dialog->open();
    });
    column->addWidget(add, 0, Qt::AlignLeft);
    return holder;
}

QWidget* ConnectionCard::makeCa()
{
    auto* holder = new QWidget;
    auto* column = makeColumn(*holder);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    m_ca = new QLineEdit;
    m_ca->setObjectName(u"extraCa"_s);
    m_ca->setReadOnly(true);
    m_ca->setPlaceholderText(tr("None"));
    m_ca->setAccessibleName(tr("File of extra certificate authorities"));
    QPushButton* choose = makeButton(tr("Choose…"));
    choose->setObjectName(u"chooseExtraCa"_s);
    choose->setAccessibleName(tr("Choose the file of extra certificate authorities"));
    QPushButton* none = makeButton(tr("Clear"), ButtonKind::Quiet);
    none->setObjectName(u"noExtraCa"_s);
    none->setAccessibleName(tr("Clear the file of extra certificate authorities"));
    const auto keep = [this](const QString& file) {
        m_settings.setExtraCaFile(file);
        m_directory.tellSettings();
        tell();
    };
    connect(none, &QPushButton::clicked, this, [keep] { keep({}); });
    connect(choose, &QPushButton::clicked, this, [this, keep] {
        auto* dialog = new QFileDialog(this, tr("Choose a File of Certificate Authorities"), QDir::homePath(),
            tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
        dialog->setObjectName(u"extraCaDialog"_s);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this,
            [keep](const QString& file) { keep(QFileInfo(file).absoluteFilePath()); });
        dialog->open();
    });
    line->addWidget(m_ca, 1);
    line->addWidget(choose);
    line->addWidget(none);
    column->addLayout(line);
    m_caNote
        = new TextBlock(tr("This file is not there. Connections fail until it is, or another is chosen."),
            Type::Small, Token::Medium);
    column->addWidget(m_caNote);
    return holder;
}

QWidget* ConnectionCard::makeApprovals()
{
    auto* holder = new QWidget;
    auto* column = makeColumn(*holder);
    auto* rows = new QWidget;
    rows->setObjectName(u"approvalRows"_s);
    m_approvals = makeColumn(*rows);
    column->addWidget(rows);
    m_problem = new TextBlock({}, Type::Small, Token::Medium);
    column->addWidget(m_problem);
    return holder;
}

void ConnectionCard::setFolders(const QStringList& folders)
{
    m_settings.setPluginFolders(folders);
    m_directory.tellSettings();
    tellFolders();
}

void ConnectionCard::tell()
{
    m_shell->setIndex(m_settings.asksLoginShell() ? 0 : 1);
    const QString file = m_settings.extraCaFile();
    m_ca->setText(path(file));
    m_caNote->setVisible(!file.isEmpty() && !QFileInfo::exists(file));
    findChild<QWidget*>(u"noExtraCa"_s)->setEnabled(!file.isEmpty());
    tellFolders();
    tellApprovals();
}

void ConnectionCard::tellFolders()
{
    clear(*m_folders);
    for (const QString& folder : m_settings.pluginFolders()) {
        auto* row = new QWidget;
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto* label = new ElidedLabel(path(folder), Type::Mono);
        label->setElideMode(Qt::ElideMiddle);
        line->addWidget(label, 1);
        QPushButton* remove = makeButton(tr("Remove"), ButtonKind::Quiet);
        remove->setObjectName(u"removePluginFolder"_s);
        remove->setAccessibleName(withoutMnemonic(tr("Remove the folder %1").arg(path(folder))));
        connect(remove, &QPushButton::clicked, this, [this, folder] {
            QStringList folders = m_settings.pluginFolders();
            folders.removeAll(folder);
            setFolders(folders);
        });
        line->addWidget(remove);
        m_folders->addWidget(row);
    }
}

void ConnectionCard::tellApprovals()
{
    clear(*m_approvals);
    const ClusterServices& services = m_directory.services();
    const auto all = services.approvals ? services.approvals() : std::vector<cluster::ExecInvocation>();
    if (all.empty())
        m_approvals->addWidget(new PlainLabel(tr("None."), Type::Body, Token::Text2));
    for (const cluster::ExecInvocation& what : all) {
        auto* row = new QWidget;
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        QString command = visibleText(what.program, 300);
        for (const std::string& argument : what.args)
            command += u' ' + visibleText(argument, 200);
        auto* text = new TextBlock(command, Type::Mono);
        text->setBreaksPaths(true);
        text->setMaximumLines(4);
        words->addWidget(text);
        auto* from
            = new ElidedLabel(tr("%1 in %2").arg(visibleText(what.user, 100), shortPath(what.kubeconfig)),
                Type::Caption, Token::Text3);
        words->addWidget(from);
        line->addLayout(words, 1);
        QPushButton* revoke = makeButton(tr("Revoke"), ButtonKind::Quiet);
        revoke->setObjectName(u"revokeApproval"_s);
        revoke->setAccessibleName(withoutMnemonic(tr("Revoke %1").arg(visibleText(what.program, 300))));
        revoke->setEnabled(static_cast<bool>(services.revoke));
        connect(revoke, &QPushButton::clicked, this, [this, what] {
            const Result<void> done = m_directory.services().revoke(what);
            tellApprovals();
            if (!done) {
                m_problem->setText(shown(done.error().message, 1000));
                m_problem->show();
            }
        });
        line->addWidget(revoke, 0, Qt::AlignTop);
        m_approvals->addWidget(row);
    }
    m_problem->setText(shown(services.approvalsProblem, 1000));
    m_problem->setVisible(!services.approvalsProblem.empty());
}

} // namespace glacis::ui
