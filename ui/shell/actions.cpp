// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/actions.h>

#include <shell/page_list.h>
#include <widgets/icons.h>

#include <QActionGroup>
#include <QCoreApplication>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    QString words(const char* text) { return QCoreApplication::translate("Actions", text); }

    QAction* make(QWidget& owner, const QString& text, const char* name, const QList<QKeySequence>& keys = {})
    {
        auto* action = new QAction(text, &owner);
        action->setObjectName(QString::fromLatin1(name));
        action->setShortcuts(keys);
        owner.addAction(action);
        return action;
    }

}

Actions::Actions(QWidget& owner, QMenuBar& bar)
{
    openFile
        = make(owner, words(QT_TRANSLATE_NOOP("Actions", "Open &File…")), "openFile", { QKeySequence::Open });
    openFile->setIcon(glyphIcon(Glyph::File));
    openFolder = make(owner, words(QT_TRANSLATE_NOOP("Actions", "Open F&older…")), "openFolder",
        { QKeySequence(u"Ctrl+Shift+O"_s) });
    openFolder->setIcon(glyphIcon(Glyph::Folder));
    connectCluster = make(owner, words(QT_TRANSLATE_NOOP("Actions", "Co&nnect to a Cluster…")),
        "connectCluster", { QKeySequence(u"Ctrl+Shift+K"_s) });
    connectCluster->setIcon(glyphIcon(Glyph::Node));
    reload
        = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&Reload")), "reload", { QKeySequence(Qt::Key_F5) });
    reload->setIcon(glyphIcon(Glyph::Reload));
    closeSource = make(owner, words(QT_TRANSLATE_NOOP("Actions", "C&lose Source")), "closeSource",
        { QKeySequence(u"Ctrl+W"_s) });
    closeSource->setIcon(glyphIcon(Glyph::Close));
    cancel = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&Cancel")), "cancel");
    quit = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&Quit")), "quit", { QKeySequence(u"Ctrl+Q"_s) });
    quit->setMenuRole(QAction::QuitRole);
    back = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&Back")), "back", { QKeySequence(u"Alt+Left"_s) });
    forward = make(
        owner, words(QT_TRANSLATE_NOOP("Actions", "&Forward")), "forward", { QKeySequence(u"Alt+Right"_s) });
    filter = make(owner, words(QT_TRANSLATE_NOOP("Actions", "F&ind")), "filter", { QKeySequence::Find });
    coverage = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&What Could Not Be Assessed")), "coverage");
    inspector = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&Inspector")), "toggleInspector",
        { QKeySequence(u"Ctrl+I"_s) });
    inspector->setCheckable(true);
    palette = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&Command Palette")), "palette",
        { QKeySequence(u"Ctrl+K"_s) });
    palette->setIcon(glyphIcon(Glyph::Search));
    navigation = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&Narrow Navigation")), "narrowNavigation",
        { QKeySequence(u"Ctrl+B"_s) });
    shortcuts = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&Keyboard Shortcuts")), "shortcuts",
        { QKeySequence(Qt::Key_F1), QKeySequence(u"?"_s) });
    shortcuts->setIcon(glyphIcon(Glyph::Keyboard));
    tour = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&Tour of the Window")), "tour");
    toggleTheme
        = make(owner, words(QT_TRANSLATE_NOOP("Actions", "Switch Between Dark and Light")), "toggleTheme");
    about = make(owner, words(QT_TRANSLATE_NOOP("Actions", "&About Glacis")), "about");
    about->setMenuRole(QAction::AboutRole);
    aboutQt = make(owner, words(QT_TRANSLATE_NOOP("Actions", "About &Qt")), "aboutQt");
    aboutQt->setMenuRole(QAction::AboutQtRole);

    QMenu* file = bar.addMenu(words(QT_TRANSLATE_NOOP("Actions", "&File")));
    file->addActions({ connectCluster, openFile, openFolder });
    contexts = file->addMenu(words(QT_TRANSLATE_NOOP("Actions", "Scan a &Context")));
    recent = file->addMenu(words(QT_TRANSLATE_NOOP("Actions", "Open &Recent")));
    practice = file->addMenu(words(QT_TRANSLATE_NOOP("Actions", "&Practice Clusters")));
    colour = file->addMenu(words(QT_TRANSLATE_NOOP("Actions", "Cluster Co&lour")));
    file->addSeparator();
    opened = file->addMenu(words(QT_TRANSLATE_NOOP("Actions", "S&witch To")));
    file->addActions({ reload, cancel, closeSource });
    file->addSeparator();
    file->addAction(quit);

    QMenu* view = bar.addMenu(words(QT_TRANSLATE_NOOP("Actions", "&View")));
    int number = 1;
    for (const PageEntry& entry : pageList()) {
        const QString title = QCoreApplication::translate("Navigation", entry.title);
        const QString keys = entry.keys ? QString::fromLatin1(entry.keys) : u"Ctrl+%1"_s.arg(number++);
        QAction* page = make(owner, title, entry.id, { QKeySequence(keys) });
        page->setData(QString::fromLatin1(entry.id));
        pages.push_back(page);
        view->addAction(page);
    }
    view->addSeparator();
    view->addActions({ palette, back, forward, filter, coverage, inspector });
    view->addSeparator();
    view->addAction(navigation);
    QMenu* theme = view->addMenu(words(QT_TRANSLATE_NOOP("Actions", "&Theme")));
    auto* group = new QActionGroup(&owner);
    const auto choice = [&](const char* text, Theme::Choice which) {
        QAction* action = make(owner, words(text), text);
        action->setCheckable(true);
        action->setData(Theme::name(which));
        group->addAction(action);
        theme->addAction(action);
        return action;
    };
    themeSystem = choice(QT_TRANSLATE_NOOP("Actions", "Follow the &System"), Theme::Choice::System);
    themeDark = choice(QT_TRANSLATE_NOOP("Actions", "&Dark"), Theme::Choice::Dark);
    themeLight = choice(QT_TRANSLATE_NOOP("Actions", "&Light"), Theme::Choice::Light);
    view->addAction(toggleTheme);

    QMenu* help = bar.addMenu(words(QT_TRANSLATE_NOOP("Actions", "&Help")));
    help->addActions({ shortcuts, tour });
    help->addSeparator();
    help->addActions({ about, aboutQt });

    open = new QMenu(&owner);
    open->addActions({ connectCluster, openFile, openFolder });
    open->addMenu(practice);
    sources = new QMenu(&owner);
}

} // namespace glacis::ui
