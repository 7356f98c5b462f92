// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/files_panel.h>

#include <clusters/context_model.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace glacis::ui {

using namespace Qt::StringLiterals;
using State = cluster::KubeconfigFile::State;

FilesPanel::FilesPanel(ContextDirectory& directory, QWidget* parent)
    : QWidget(parent)
    , m_directory(directory)
{
    setObjectName(u"filesPanel"_s);
    auto* content = new QWidget;
    m_rows = new QVBoxLayout(content);
    m_rows->setContentsMargins(20, 0, 20, 18);
    m_rows->setSpacing(10);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(makeScroll(content));
    connect(&directory, &ContextDirectory::changed, this, &FilesPanel::tell);
    tell();
}

void FilesPanel::tell()
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // its own button may be what led here
        }
        delete item;
    }
    m_rows->addWidget(
        new TextBlock(tr("Read and watched for changes, never written. Reading them contacts nobody."),
            Type::Body, Token::Text2));
    for (const FileFacts& file : m_directory.listing().files)
        m_rows->addWidget(makeFile(file));
    for (const QString& path : m_directory.added()) {
        const auto& files = m_directory.listing().files;
        const bool listed = std::any_of(files.begin(), files.end(),
            [&](const FileFacts& f) { return path == QString::fromStdString(f.path); });
        if (!listed)
            m_rows->addWidget(makeAdded(path));
    }
    m_rows->addStretch();
}

QWidget* FilesPanel::makeFile(const FileFacts& file)
{
    auto* card = new Card;
    auto* line = new QHBoxLayout;
    line->setSpacing(10);
    auto* name = new ElidedLabel(shortPath(file.path), Type::Mono);
    name->setElideMode(Qt::ElideMiddle);
    line->addWidget(name, 1);
    const auto count = static_cast<int>(file.contexts);
    const QString state = file.state == State::Missing ? tr("not there")
        : file.state == State::Broken                  ? tr("✗ could not be read")
        : count == 1                                   ? tr("1 context")
                                                       : tr("%Ln contexts", nullptr, count);
    line->addWidget(
        new PlainLabel(state, Type::Small, file.state == State::Broken ? Token::Critical : Token::Text2));
    const QString path = QString::fromStdString(file.path);
    if (m_directory.added().contains(path)) {
        QPushButton* remove = makeButton(tr("Remove"), ButtonKind::Quiet);
        remove->setObjectName(u"removeKubeconfig"_s);
        remove->setAccessibleName(withoutMnemonic(tr("Remove %1 from the list").arg(shortPath(file.path))));
        connect(remove, &QPushButton::clicked, this, [this, path] { m_directory.remove(path); });
        line->addWidget(remove);
    }
    card->body()->addLayout(line);
    if (!file.error.empty())
        card->body()->addWidget(new TextBlock(shown(file.error, 1500), Type::Small, Token::Critical));
    if (file.outsideHome)
        card->body()->addWidget(
            new TextBlock(tr("Outside ~/.kube: its contexts are shown in full before they are used."),
                Type::Small, Token::Text2));
    constexpr std::size_t most = 20;
    for (std::size_t i = 0; i < file.warnings.size() && i < most; ++i)
        card->body()->addWidget(
            new TextBlock(u"! "_s + shown(file.warnings[i], 1000), Type::Small, Token::Medium));
    if (file.warnings.size() > most)
        card->body()->addWidget(
            new PlainLabel(tr("and %1 more").arg(file.warnings.size() - most), Type::Small, Token::Text3));
    return card;
}

/// A folder that was added.
QWidget* FilesPanel::makeAdded(const QString& path)
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    auto* name
        = new ElidedLabel(tr("Added: %1").arg(shortPath(path.toStdString())), Type::Small, Token::Text2);
    name->setElideMode(Qt::ElideMiddle);
    line->addWidget(name, 1);
    QPushButton* remove = makeButton(tr("Remove"), ButtonKind::Quiet);
    remove->setObjectName(u"removeFolder"_s);
    remove->setAccessibleName(
        withoutMnemonic(tr("Remove %1 from the list").arg(shortPath(path.toStdString()))));
    connect(remove, &QPushButton::clicked, this, [this, path] { m_directory.remove(path); });
    line->addWidget(remove);
    return row;
}

} // namespace glacis::ui
