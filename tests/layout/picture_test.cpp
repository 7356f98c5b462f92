// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture_text.h"
#include "test_main.h"

#include <QElapsedTimer>

using namespace glacis;
using namespace glacis::layout;
using namespace glacis::test;

class PictureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void look();
};

void PictureTest::look()
{
    const LaneConfig room { .width = 1100, .height = 720, .top = 50 };
    for (const auto& [name, graph] :
        { std::pair("mockup", mockUp()), std::pair("practice", practiceCluster()),
            std::pair("g60", Named { generated({ .seed = 3, .nodes = 40, .edges = 50 }), {} }),
            std::pair("g60labels",
                Named { generated({ .seed = 4, .nodes = 30, .edges = 36, .labels = 0.5 }), {} }) }) {
        const LaneLayout picture = layOut(graph.input, room);
        lookAt(name, graph, picture);
        qDebug() << name << crossings(graph.input, picture) << picture.bounds.width << picture.bounds.height;
    }
}

GLACIS_TEST(PictureTest)
#include "picture_test.moc"
