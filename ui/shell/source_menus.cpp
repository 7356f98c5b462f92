// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/source_menus.h>

#include <clusters/context_directory.h>
#include <inventory/practice.h>
#include <overview/summary.h>
#include <shell/cluster_colour.h>
#include <shell/open_source.h>
#include <shell/top_bar.h>
#include <theme/type.h>
#include <widgets/icons.h>
#include <widgets/outside_text.h>
#include <widgets/time_text.h>

#include <QActionGroup>
#include <QFileInfo>
#include <QFontMetrics>

namespace glacis::ui {

using namespace Qt::StringLiterals;

namespace {

    /// One of its own actions may be what led here: they go once control is back in the event loop.
    void empty(QMenu& menu)
    {
        for (QAction* action : menu.actions()) {
            menu.removeAction(action);
            if (action->parent() == &menu) {
                action->setObjectName({});
                action->deleteLater();
            }
        }
    }

}

SourceMenus::SourceMenus(Actions& actions, Settings& settings, workspace::Workspace& workspace,
    const ContextDirectory& contexts, QObject* parent)
    : QObject(parent)
    , m_actions(actions)
    , m_settings(settings)
    , m_workspace(workspace)
    , m_contexts(contexts)
{
    fillPractice();
    fillColours();
    refresh();
    connect(m_actions.sources, &QMenu::aboutToShow, this, &SourceMenus::refresh);
    connect(m_actions.recent, &QMenu::aboutToShow, this, &SourceMenus::refresh);
}

void SourceMenus::refresh()
{
    fillOpened();
    fillContexts();
    fillRecent();
    const QString key = sourceKey(m_workspace.shownRequest());
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
            m_settings.setClusterColour(sourceKey(m_workspace.shownRequest()), index);
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

QString SourceMenus::titleOf(const workspace::OpenSource& source) const
{
    if (source.request.cluster) {
        const auto& wanted = *source.request.cluster;
        const ContextFacts* facts = m_contexts.listing().find(contextKey(wanted.set, wanted.context));
        return shown(facts ? m_contexts.titleOf(*facts) : wanted.context, 300);
    }
    return source.assessment ? sourceTitle(*source.assessment->inventory) : requestTitle(source.request);
}

void SourceMenus::fillOpened()
{
    empty(*m_actions.opened);
    const QFontMetrics metrics(typeFont(Type::Body));
    const auto& open = m_workspace.opened();
    for (std::size_t i = 0; i < open.size(); ++i) {
        const workspace::OpenSource& source = open[i];
        const std::int64_t time = source.assessment ? source.assessment->inventory->source.captureTime : 0;
        const QString state = source.loading ? tr("being read")
            : !source.failure.empty()        ? tr("could not be read")
            : time > 0                       ? agoText(time)
                                             : QString();
        QString text = metrics.elidedText(titleOf(source), Qt::ElideMiddle, scaled(320));
        if (!state.isEmpty())
            text += u"  ·  "_s + state;
        QAction* action = m_actions.opened->addAction(withoutMnemonic(text));
        action->setObjectName(u"openSource%1"_s.arg(i));
        action->setIcon(colourIcon(clusterToken(sourceKey(source.request), m_settings)));
        action->setCheckable(true);
        action->setChecked(static_cast<int>(i) == m_workspace.current());
        // By name: until it is chosen, others may have been closed.
        connect(action, &QAction::triggered, this, [this, request = source.request] {
            if (const int index = m_workspace.indexOf(request); index >= 0)
                m_workspace.show(static_cast<std::size_t>(index));
        });
    }
    m_actions.opened->menuAction()->setEnabled(!open.empty());
    m_actions.closeSource->setEnabled(!open.empty());
}

void SourceMenus::fillContexts()
{
    empty(*m_actions.contexts);
    constexpr int most = 1000;
    int count = 0;
    for (const ContextFacts& context : m_contexts.listing().contexts) {
        if (++count > most)
            break;
        const std::string title = m_contexts.titleOf(context);
        QAction* action = m_actions.contexts->addAction(withoutMnemonic(shown(title, 120)));
        action->setObjectName(u"scan "_s + QString::fromStdString(context.key()));
        action->setIcon(
            colourIcon(clusterToken(sourceKey(contextRequest(context.set, context.name)), m_settings)));
        action->setData(
            shown(title == context.name ? context.server : context.name + "  " + context.server, 300));
        connect(
            action, &QAction::triggered, this, [this, key = context.key()] { Q_EMIT contextWanted(key); });
    }
    m_actions.contexts->menuAction()->setEnabled(count > 0);
}

void SourceMenus::fillRecent()
{
    const QStringList paths = m_settings.recent();
    m_actions.recent->clear();
    m_actions.sources->clear();
    if (!m_actions.opened->isEmpty()) {
        m_actions.sources->addActions(m_actions.opened->actions());
        m_actions.sources->addAction(m_actions.closeSource);
        m_actions.sources->addSeparator();
    }
    m_actions.sources->addActions({ m_actions.connectCluster, m_actions.openFile, m_actions.openFolder });
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
