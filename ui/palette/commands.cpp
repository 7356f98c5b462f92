// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <palette/commands.h>

#include <shell/actions.h>
#include <shell/page_list.h>
#include <widgets/outside_text.h>

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    class Collector {
    public:
        explicit Collector(const Actions& actions)
            : m_actions(actions)
        {
        }

        void walk(const QMenu& menu, const QString& top, const QString& prefix)
        {
            for (QAction* action : menu.actions()) {
                if (action->isSeparator() || !action->isVisible() || !action->isEnabled())
                    continue;
                if (const QMenu* inner = action->menu()) {
                    walk(*inner, top,
                        inner == m_actions.recent || inner == m_actions.contexts ? QString()
                                                                                 : plainText(*action));
                    continue;
                }
                add(menu, *action, top, prefix);
            }
        }

        std::vector<PaletteCommand> result() &&
        {
            std::stable_partition(m_found.begin(), m_found.end(),
                [](const PaletteCommand& c) { return c.kind == EntryKind::Page; });
            return std::move(m_found);
        }

    private:
        void add(const QMenu& menu, QAction& action, const QString& top, const QString& prefix)
        {
            PaletteCommand command;
            command.action = &action;
            command.title = plainText(action);
            command.detail = top;
            command.id = action.objectName();
            const auto page = std::find(m_actions.pages.begin(), m_actions.pages.end(), &action);
            if (page != m_actions.pages.end()) {
                const PageEntry& entry = pageList()[static_cast<std::size_t>(page - m_actions.pages.begin())];
                command.kind = EntryKind::Page;
                command.glyph = entry.glyph;
                command.detail = QCoreApplication::translate("Navigation", entry.group);
            } else if (const QString path = action.data().toString();
                       &menu == m_actions.recent && !path.isEmpty()) {
                const QFileInfo file(path);
                command.kind = EntryKind::Recent;
                command.title = file.fileName().isEmpty() ? path : file.fileName();
                command.detail = path;
                command.glyph = file.isDir() ? Glyph::Folder : Glyph::File;
            } else if (&menu == m_actions.practice) {
                command.kind = EntryKind::Practice;
                command.detail = action.data().toString();
                command.glyph = Glyph::Shield;
            } else if (&menu == m_actions.contexts) {
                command.kind = EntryKind::Context;
                command.detail = action.data().toString();
                command.glyph = Glyph::Node;
            } else {
                command.glyph = Glyph::ArrowRight;
                if (!prefix.isEmpty())
                    command.title
                        = QCoreApplication::translate("Palette", "%1: %2").arg(prefix, command.title);
            }
            m_found.push_back(std::move(command));
        }

        const Actions& m_actions;
        std::vector<PaletteCommand> m_found;
    };

}

QString plainText(const QAction& action)
{
    QString plain;
    const QString text = action.text();
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'&' && i + 1 < text.size())
            ++i;
        plain += text[i];
    }
    return plain.endsWith(u'…') ? plain.chopped(1) : plain;
}

std::vector<PaletteCommand> commandsOf(const Actions& actions, const QMenuBar& bar)
{
    Collector collector(actions);
    for (const QAction* top : bar.actions())
        if (const QMenu* menu = top->menu())
            collector.walk(*menu, plainText(*top), {});
    return std::move(collector).result();
}

} // namespace glacis::ui
