// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How quick the window is: start to first frame, change of page, a keystroke in the filter of many findings,
// a frame of the attack path, its layout. Prints figures beside their budgets; asserts nothing about time.
//
//     bench_ui [--pods N] [--findings N] [--runs N]
#include "cluster_generator.h"
#include "made_assessment.h"

#include <attack/path_canvas.h>
#include <attack/path_figure.h>
#include <shell/main_window.h>
#include <shell/page_list.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;

namespace {

void row(const char* what, std::vector<double> milliseconds, double budget)
{
    std::sort(milliseconds.begin(), milliseconds.end());
    const double best = milliseconds.front(), middle = milliseconds[milliseconds.size() / 2];
    std::printf("%-58s %8.1f %8.1f", what, best, middle);
    if (budget > 0)
        std::printf(" %8.0f %7.2f", budget, middle / budget);
    std::printf("\n");
}

double timed(const auto& act)
{
    QElapsedTimer clock;
    clock.start();
    act();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// Counts the frames that a widget was asked to paint.
class Frames : public QObject {
public:
    explicit Frames(QWidget& widget) { widget.installEventFilter(this); }
    bool eventFilter(QObject*, QEvent* event) override
    {
        m_count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    int m_count = 0;
};

assessment::AssessmentPtr generated(int pods)
{
    QTemporaryDir folder;
    bench::ClusterOptions options;
    options.pods = pods;
    options.ways = std::max(4, pods / 20);
    const bench::Planted planted
        = bench::writeCluster(options, folder.path().toStdString(), bench::Layout::JsonLists);
    const std::string facts = folder.filePath(u"facts-of-the-cluster.txt"_s).toStdString();
    std::ofstream(facts) << planted.facts;
    workspace::SourceRequest request;
    for (const QString& name : QDir(folder.path()).entryList({ u"*.json"_s }))
        request.paths.push_back(folder.filePath(name).toStdString());
    request.facts = { facts };
    request.scope = inventory::Scope::Cluster;
    auto loaded = workspace::load(request, {}, [](const workspace::LoadProgress&) {});
    if (!loaded)
        std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
    return loaded ? *loaded : nullptr;
}

struct Shown {
    explicit Shown(Theme& theme, assessment::AssessmentPtr assessment)
        : settings(folder.filePath(u"glacis.ini"_s))
        , workspace([assessment](const auto&, const auto&, const auto&) -> Result<assessment::AssessmentPtr> {
            return assessment;
        })
        , window(workspace, theme, settings)
    {
        window.resize(1440, 900);
        window.show();
        workspace.open({ { "made" }, {}, {}, {}, {} });
        settle();
    }
    void settle()
    {
        do
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        while (!window.isSettled() || !workspace.assessment());
        QCoreApplication::processEvents();
    }
    QTemporaryDir folder;
    Settings settings;
    workspace::Workspace workspace;
    MainWindow window;
};

void start(Theme& theme, int runs)
{
    std::vector<double> times;
    for (int i = 0; i < runs; ++i)
        times.push_back(timed([&] {
            QTemporaryDir folder;
            Settings settings(folder.filePath(u"glacis.ini"_s));
            workspace::Workspace workspace;
            MainWindow window(workspace, theme, settings);
            Frames frames(window);
            window.resize(1440, 900);
            window.show();
            while (frames.m_count == 0)
                QCoreApplication::processEvents();
        }));
    row("window made until its first frame", times, 500);
}

void pages(Shown& shown, int runs)
{
    for (const PageEntry& page : pageList()) {
        std::vector<double> first, again;
        for (int i = 0; i < runs + 1; ++i) {
            shown.window.go({ i % 2 ? u"overview"_s : u"findings"_s, {}, {} });
            shown.settle();
            (i == 0 ? first : again).push_back(timed([&] {
                shown.window.go({ QString::fromLatin1(page.id), {}, {} });
                QCoreApplication::processEvents();
                (void)shown.window.grab();
            }));
        }
        row(qPrintable(u"first visit of the page "_s + QString::fromLatin1(page.id)), first, 0);
        row(qPrintable(u"change to the page "_s + QString::fromLatin1(page.id)), again, 50);
    }
}

void filter(Theme& theme, int findings, int runs)
{
    Shown shown(theme, test::madeAssessment(test::manyFindings(static_cast<std::size_t>(findings))));
    shown.window.go({ u"findings"_s, {}, {} });
    shown.settle();
    auto* line = shown.window.findChild<QLineEdit*>(u"filter"_s);
    line->setFocus();
    std::vector<double> keys, shownAfter;
    for (int i = 0; i < runs; ++i)
        for (const char key : { 'w', 'e', 'b', '\b', '\b', '\b' }) {
            QElapsedTimer clock;
            clock.start();
            if (key == '\b')
                QTest::keyClick(line, Qt::Key_Backspace);
            else
                QTest::keyClick(line, key);
            QCoreApplication::processEvents();
            keys.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
            shown.settle();
            shownAfter.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
    row(qPrintable(u"keystroke in the filter of %1 findings, window free"_s.arg(findings)), keys, 16);
    row(qPrintable(u"keystroke in the filter of %1 findings, result shown"_s.arg(findings)), shownAfter, 100);
}

/// Every aggregate opened until this many cards are drawn.
PathFigurePtr opened(const assessment::AssessmentPtr& assessment, std::size_t cards)
{
    FigureRequest request { .scene = { true, true, true, {}, 10, 4000 }, .width = 1000, .height = 600 };
    PathFigurePtr figure = makeFigure(assessment, nullptr, request);
    for (bool more = true; more && figure->scene.nodes.size() < cards;) {
        more = false;
        for (const SceneNode& node : figure->scene.nodes)
            if (node.isAggregate()) {
                request.scene.opened.insert(node.key);
                more = true;
            }
        figure = makeFigure(assessment, nullptr, request);
    }
    return figure;
}

void picture(const assessment::AssessmentPtr& assessment, int pods, int runs)
{
    const std::vector<std::pair<PathFigurePtr, QString>> figures {
        { opened(assessment, 0), u"%1 pods, as first shown"_s.arg(pods) },
        { opened(assessment, 500), u"%1 pods, opened"_s.arg(pods) },
    };
    for (const auto& [figure, name] : figures) {
        const QString cards = u"%1 (%2 cards, %3 curves)"_s.arg(name)
                                  .arg(figure->scene.nodes.size())
                                  .arg(figure->scene.edges.size());
        PathCanvas canvas;
        canvas.resize(1000, 700);
        canvas.setFigure(figure);
        canvas.show();
        std::vector<double> fit, near;
        for (int i = 0; i < runs; ++i) {
            canvas.fit();
            fit.push_back(timed([&] { (void)canvas.viewport()->grab(); }));
        }
        canvas.zoomToCard(static_cast<int>(figure->scene.nodes.size() / 2));
        for (int i = 0; i < runs * 4; ++i) {
            canvas.verticalScrollBar()->setValue(canvas.verticalScrollBar()->value() + (i % 2 ? 12 : -12));
            near.push_back(timed([&] { (void)canvas.viewport()->grab(); }));
        }
        row(qPrintable(u"frame, all in view: "_s + cards), fit, 16);
        row(qPrintable(u"frame while panning: "_s + cards), near, 16);
    }
    std::vector<double> scene, whole;
    for (int i = 0; i < runs; ++i) {
        scene.push_back(timed([&] {
            (void)makeScene(assessment->graph, *assessment->search, { true, true, true, {}, 10, 4000 });
        }));
        whole.push_back(timed([&] { (void)opened(assessment, 0); }));
    }
    row(qPrintable(u"scene of the ways: %1 pods, %2 ways"_s.arg(pods).arg(assessment->search->ways().size())),
        scene, 0);
    row("scene and layout", whole, 50);
}

}

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    int pods = 5000, findings = 100000, runs = 5;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (!std::strcmp(argv[i], "--pods"))
            pods = std::atoi(argv[i + 1]);
        else if (!std::strcmp(argv[i], "--findings"))
            findings = std::atoi(argv[i + 1]);
        else if (!std::strcmp(argv[i], "--runs"))
            runs = std::max(1, std::atoi(argv[i + 1]));
    }
    QApplication app(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    Theme theme(app);
    theme.choose(Theme::Choice::Dark);
    std::printf("%-58s %8s %8s %8s %7s\n", "milliseconds", "best", "median", "budget", "ratio");
    start(theme, runs);
    const assessment::AssessmentPtr assessment = generated(pods);
    if (!assessment)
        return 1;
    {
        Shown shown(theme, assessment);
        pages(shown, runs);
    }
    filter(theme, findings, runs);
    picture(assessment, pods, runs);
    return 0;
}
