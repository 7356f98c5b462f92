// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Attack path page on an assessment that is handed to it.
#pragma once

#include "test_main.h"

#include <attack/attack_page.h>
#include <attack/path_canvas.h>
#include <attack/way_player.h>

#include <QCoreApplication>
#include <QSignalSpy>

namespace glacis::test {

struct Attack {
    explicit Attack(assessment::AssessmentPtr assessment, QSize size = { 1180, 760 })
        : workspace([assessment](const auto&, const auto&, const auto&) -> Result<assessment::AssessmentPtr> {
            return assessment;
        })
        , page(workspace)
    {
        page.resize(size);
        page.show();
        QSignalSpy ready(&workspace, &workspace::Workspace::assessmentReady);
        workspace.open({ { "made.yaml" }, {}, {}, {}, {} });
        (void)ready.wait(5000);
        settle();
        canvas = page.findChild<ui::PathCanvas*>();
        player = page.findChild<ui::WayPlayer*>();
    }
    void settle()
    {
        QTRY_VERIFY(!page.isBusy());
        QCoreApplication::processEvents();
    }
    [[nodiscard]] const ui::PathFigure& figure() const { return *canvas->figure(); }
    [[nodiscard]] int cardOf(const char* id) const
    {
        const auto node = figure().assessment->graph.find(id);
        const auto it = figure().scene.nodeOf.find(node);
        return it == figure().scene.nodeOf.end() ? -1 : static_cast<int>(it->second);
    }
    [[nodiscard]] QPoint centreOf(int card) const
    {
        return canvas->fromScene(figure().paint.cards[static_cast<std::size_t>(card)].box.center()).toPoint();
    }
    template <class T> T* child(const char* name) const
    {
        return page.findChild<T*>(QString::fromLatin1(name));
    }

    workspace::Workspace workspace;
    ui::AttackPage page;
    ui::PathCanvas* canvas = nullptr;
    ui::WayPlayer* player = nullptr;
};

} // namespace glacis::test
