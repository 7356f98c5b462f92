// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_assessment.h"
#include "test_main.h"

#include <workspace/workspace.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QThread>

#include <atomic>
#include <chrono>
#include <thread>

using namespace glacis;
using namespace Qt::StringLiterals;
using workspace::LoadProgress;
using workspace::SourceRequest;
using workspace::Workspace;

class WorkspaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void deliversOnItsOwnThreadInOneSignal();
    void aFailureKeepsWhatWasThere();
    void aNewerLoadSupersedesAnOlderOne();
    void cancelAnswersAtOnceAndNothingComesLater();
    void destructionStopsARunningLoadAndWaits();
    void reloadRepeatsTheRequest();
    void progressComesFromTheCurrentLoadAlone();
    void aSlotMayOpenAgain();
    void theRealLoaderNamesWhatItCannotOpen();
};

namespace {

/// Runs until it is told to stop; says so by failing as the importer does.
Result<assessment::AssessmentPtr> untilStopped(const StopToken& stop)
{
    while (!stop.stopRequested())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return failure("cancelled");
}

SourceRequest request(const char* path) { return { { path }, {}, {}, {}, {} }; }

}

void WorkspaceTest::deliversOnItsOwnThreadInOneSignal()
{
    std::atomic<QThread*> worker = nullptr;
    Workspace workspace(
        [&](const SourceRequest&, const StopToken&, const auto&) -> Result<assessment::AssessmentPtr> {
            worker = QThread::currentThread();
            return test::madeAssessment(test::typicalFindings());
        });
    QThread* signalThread = nullptr;
    connect(&workspace, &Workspace::assessmentReady, this, [&] { signalThread = QThread::currentThread(); });
    QSignalSpy ready(&workspace, &Workspace::assessmentReady);
    workspace.open(request("a"));
    QVERIFY(workspace.isLoading());
    QVERIFY(!workspace.assessment());
    QTRY_COMPARE(ready.count(), 1);
    QVERIFY(workspace.assessment());
    QVERIFY(!workspace.isLoading());
    QCOMPARE(signalThread, QThread::currentThread());
    QVERIFY(worker != QThread::currentThread());
}

void WorkspaceTest::aFailureKeepsWhatWasThere()
{
    Workspace workspace(
        [](const SourceRequest& r, const StopToken&, const auto&) -> Result<assessment::AssessmentPtr> {
            if (r.paths.front() == "bad")
                return failure("bad is no cluster");
            return test::madeAssessment(test::typicalFindings());
        });
    QSignalSpy ready(&workspace, &Workspace::assessmentReady), failed(&workspace, &Workspace::loadingFailed);
    workspace.open(request("good"));
    QTRY_COMPARE(ready.count(), 1);
    const auto first = workspace.assessment();
    workspace.open(request("bad"));
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.front().front().toString(), u"bad is no cluster"_s);
    QCOMPARE(workspace.assessment(), first);
}

void WorkspaceTest::aNewerLoadSupersedesAnOlderOne()
{
    std::atomic<int> stopped = 0;
    Workspace workspace(
        [&](const SourceRequest& r, const StopToken& stop, const auto&) -> Result<assessment::AssessmentPtr> {
            if (r.paths.front() == "slow") {
                auto result = untilStopped(stop);
                ++stopped;
                return result;
            }
            return test::madeAssessment({}, r.paths.front());
        });
    QSignalSpy ready(&workspace, &Workspace::assessmentReady), failed(&workspace, &Workspace::loadingFailed);
    for (int i = 0; i < 20; ++i)
        workspace.open(request("slow"));
    workspace.open(request("quick"));
    QTRY_COMPARE(ready.count(), 1);
    QTRY_COMPARE(stopped.load(), 20);
    QTest::qWait(20);
    QCOMPARE(failed.count(), 0);
    QCOMPARE(ready.count(), 1);
    QCOMPARE(workspace.assessment()->inventory->source.name, std::string("quick"));
}

void WorkspaceTest::cancelAnswersAtOnceAndNothingComesLater()
{
    std::atomic<bool> ended = false;
    Workspace workspace([&](const SourceRequest&, const StopToken& stop, const auto&) {
        auto result = untilStopped(stop);
        ended = true;
        return result;
    });
    QSignalSpy failed(&workspace, &Workspace::loadingFailed),
        cancelled(&workspace, &Workspace::loadingCancelled);
    workspace.open(request("a"));
    QElapsedTimer timer;
    timer.start();
    workspace.cancel();
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!workspace.isLoading());
    QTRY_VERIFY(ended);
    QVERIFY(timer.elapsed() < 1000);
    QTest::qWait(20);
    QCOMPARE(failed.count(), 0);
    workspace.cancel();
    QCOMPARE(cancelled.count(), 1);
}

void WorkspaceTest::destructionStopsARunningLoadAndWaits()
{
    std::atomic<bool> ended = false;
    {
        Workspace workspace([&](const SourceRequest&, const StopToken& stop, const auto& report) {
            report(LoadProgress {});
            auto result = untilStopped(stop);
            report(LoadProgress {});
            ended = true;
            return result;
        });
        workspace.open(request("a"));
    }
    QVERIFY(ended);
    QCoreApplication::processEvents(); // what was posted to it went with it
}

void WorkspaceTest::reloadRepeatsTheRequest()
{
    std::atomic<int> loads = 0;
    Workspace workspace(
        [&](const SourceRequest& r, const StopToken&, const auto&) -> Result<assessment::AssessmentPtr> {
            ++loads;
            return test::madeAssessment({}, r.paths.front());
        });
    workspace.reload();
    QVERIFY(!workspace.isLoading());
    QSignalSpy ready(&workspace, &Workspace::assessmentReady);
    workspace.open(request("a"));
    QTRY_COMPARE(ready.count(), 1);
    workspace.reload();
    QTRY_COMPARE(ready.count(), 2);
    QCOMPARE(loads.load(), 2);
    QCOMPARE(workspace.assessment()->inventory->source.name, std::string("a"));
}

void WorkspaceTest::progressComesFromTheCurrentLoadAlone()
{
    Workspace workspace([](const SourceRequest& r, const StopToken& stop,
                            const auto& report) -> Result<assessment::AssessmentPtr> {
        report({ LoadProgress::Step::Reading, 1, 2, 3, r.paths.front() });
        if (r.paths.front() == "slow")
            return untilStopped(stop);
        return test::madeAssessment({});
    });
    QStringList files;
    connect(&workspace, &Workspace::progressed, this,
        [&](const LoadProgress& p) { files += QString::fromStdString(p.file); });
    QSignalSpy ready(&workspace, &Workspace::assessmentReady);
    workspace.open(request("slow"));
    QTest::qSleep(20); // its report is posted, not yet delivered
    workspace.open(request("quick"));
    QTRY_COMPARE(ready.count(), 1);
    QCOMPARE(files, QStringList { u"quick"_s });
}

void WorkspaceTest::aSlotMayOpenAgain()
{
    Workspace workspace(
        [](const SourceRequest& r, const StopToken&, const auto&) -> Result<assessment::AssessmentPtr> {
            return test::madeAssessment({}, r.paths.front());
        });
    QSignalSpy ready(&workspace, &Workspace::assessmentReady);
    connect(&workspace, &Workspace::loadingStarted, this, [&] {
        if (workspace.request().paths.front() == "first")
            workspace.open(request("second"));
    });
    workspace.open(request("first"));
    QTRY_COMPARE(ready.count(), 1);
    QCOMPARE(workspace.assessment()->inventory->source.name, std::string("second"));
}

void WorkspaceTest::theRealLoaderNamesWhatItCannotOpen()
{
    const auto result = workspace::load(request("/nowhere/at/all.yaml"), {}, [](const LoadProgress&) {});
    QVERIFY(!result);
    QVERIFY(QString::fromStdString(result.error().message).contains(u"/nowhere/at/all.yaml"));
}

GLACIS_TEST(WorkspaceTest)
#include "workspace_test.moc"
