// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/source_menus.h>

#include <inventory/practice.h>
#include <shell/cluster_colour.h>
#include <shell/open_source.h>
#include <theme/type.h>
#include <widgets/icons.h>
#include <widgets/outside_text.h>

#include <QActionGroup>
#include <QFileInfo>
#include <QFontMetrics>

namespace glacis::ui {

using namespace Qt::StringLiterals;

SourceMenus::SourceMenus(
    Actions& actions, Settings& settings, const workspace::Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_actions(actions)
    , m_settings(settings)
    , m_workspace(workspace)
{
    fillPractice();
    fillColours();
    refresh();
    connect(m_actions.sources, &QMenu::aboutToShow, this, &SourceMenus::refresh);
    connect(m_actions.recent, &QMenu::aboutToShow, this, &SourceMenus::refresh);
}

void SourceMenus::refresh()
{
    fillRecent();
    const QString key = sourceKey(m_workspace.request());
    const int chosen = m_settings.clusterColour(key);
    for (QAction* action : m_actions.colour->actions())
        if (action->isCheckable())
            action->setChecked(action->data().toInt() == chosen);
    m_actions.colour->menuAction()->setEnabled(!key.isEmpty());
}

void SourceMenus::fillPractice()
{
    for (const inventory::PracticeCluster& cluster : inventory::practiceClusters()) {
        QAction* action
            = m_actions.practice->addAction(withoutMnemonic(QString::fromStdString(cluster.title)));
        action->setToolTip(toolTipText(QString::fromStdString(cluster.about)));
        action->setObjectName(u"practice-"_s + QString::fromStdString(cluster.name));
        action->setData(QString::fromStdString(cluster.name));
        connect(action, &QAction::triggered, this, [this, name = cluster.name] {
            workspace::SourceRequest request;
            request.practice = name;
            Q_EMIT wanted(request);
        });
    }
    m_actions.practice->setToolTipsVisible(true);
}

void SourceMenus::fillColours()
{
    auto* group = new QActionGroup(this);
    const auto add = [&](const QString& text, int index) {
        QAction* action = m_actions.colour->addAction(text);
        action->setObjectName(u"clusterColour%1"_s.arg(index));
        action->setCheckable(true);
        action->setData(index);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, index] {
            m_settings.setClusterColour(sourceKey(m_workspace.request()), index);
            Q_EMIT colourChosen();
        });
        return action;
    };
    add(tr("By Its Name"), -1);
    m_actions.colour->addSeparator();
    int index = 0;
    for (const ClusterColour& choice : clusterColours())
        add(colourName(choice), index++)->setIcon(colourIcon(choice.token));
}

void SourceMenus::fillRecent()
{
    const QStringList paths = m_settings.recent();
    m_actions.recent->clear();
    m_actions.sources->clear();
    m_actions.sources->addActions({ m_actions.openFile, m_actions.openFolder });
    m_actions.sources->addMenu(m_actions.practice);
    if (!paths.isEmpty())
        m_actions.sources->addSeparator();
    const QFontMetrics metrics(typeFont(Type::Body));
    for (const QString& path : paths) {
        const QString text
            = metrics.elidedText(shown(path.toStdString(), 1000), Qt::ElideMiddle, scaled(420));
        QAction* action = m_actions.recent->addAction(withoutMnemonic(text));
        action->setIcon(glyphIcon(QFileInfo(path).isDir() ? Glyph::Folder : Glyph::File));
        action->setData(path);
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT wanted(requestFor({ path })); });
        m_actions.sources->addAction(action);
    }
    m_actions.sources->addSeparator();
    m_actions.sources->addMenu(m_actions.colour);
    m_actions.recent->menuAction()->setEnabled(!paths.isEmpty());
    if (paths.isEmpty())
        return;
    m_actions.recent->addSeparator();
    QAction* forget = m_actions.recent->addAction(tr("Forget Recent Sources"));
    forget->setObjectName(u"forgetRecent"_s);
    connect(forget, &QAction::triggered, this, [this] {
        m_settings.clearRecent();
        refresh();
    });
}

} // namespace glacis::ui
