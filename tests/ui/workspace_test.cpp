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
    void severalSourcesStandBesideEachOther();
    void contextsAreReadAtTheSameTime();
    void openingWhatIsOpenRefreshesIt();
    void aFailureInTheBackgroundIsTold();
    void closingLetsGo();
    void cancelIsOfTheOneShown();
    void whatNamesTheSameSource();
    void aContextNeedsItsService();
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

SourceRequest contextRequest(const char* name)
{
    SourceRequest request;
    request.cluster = workspace::ContextRequest { .set = "usual", .context = name };
    return request;
}

/// Contexts are read until they are let go, one by one by name; files at once.
struct Gate {
    std::atomic<bool> slow = true;
    std::atomic<int> running = 0;
    workspace::Loader loader()
    {
        return [this](const SourceRequest& r, const StopToken& stop,
                   const auto&) -> Result<assessment::AssessmentPtr> {
            const std::string name = r.cluster ? r.cluster->context : r.paths.front();
            ++running;
            while (r.cluster && slow && !stop.stopRequested())
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            --running;
            if (stop.stopRequested() || name == "bad")
                return failure(name + " is no cluster");
            return test::madeAssessment({}, name);
        };
    }
};

std::string shownName(const Workspace& workspace)
{
    return workspace.assessment() ? workspace.assessment()->inventory->source.name : "nothing";
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

void WorkspaceTest::severalSourcesStandBesideEachOther()
{
    Gate gate;
    Workspace workspace(gate.loader());
    QSignalSpy ready(&workspace, &Workspace::assessmentReady),
        changed(&workspace, &Workspace::sourcesChanged);
    workspace.open(request("a"));
    QTRY_COMPARE(ready.count(), 1);
    workspace.open(request("b"));
    QCOMPARE(shownName(workspace), std::string("a")); // in view until the other was read
    QCOMPARE(workspace.shownRequest().paths.front(), std::string("a"));
    QCOMPARE(workspace.request().paths.front(), std::string("b"));
    QTRY_COMPARE(ready.count(), 2);
    QCOMPARE(workspace.opened().size(), std::size_t(2));
    QCOMPARE(workspace.current(), 1);
    changed.clear();
    workspace.show(0);
    QCOMPARE(shownName(workspace), std::string("a"));
    QCOMPARE(ready.count(), 3);
    QCOMPARE(changed.count(), 1);
    QVERIFY(!workspace.isLoading());
    workspace.show(7);
    QCOMPARE(workspace.current(), 0);
}

void WorkspaceTest::contextsAreReadAtTheSameTime()
{
    Gate gate;
    Workspace workspace(gate.loader());
    QSignalSpy ready(&workspace, &Workspace::assessmentReady), read(&workspace, &Workspace::sourceRead);
    workspace.open(contextRequest("one"));
    workspace.open(contextRequest("two"));
    QTRY_COMPARE(gate.running.load(), 2);
    workspace.open(request("file"));
    QTRY_COMPARE(ready.count(), 1);
    QCOMPARE(shownName(workspace), std::string("file"));
    QVERIFY(workspace.opened()[0].loading && workspace.opened()[1].loading);
    workspace.show(0); // nothing of it yet: what is in view stays
    QVERIFY(workspace.isLoading());
    QCOMPARE(shownName(workspace), std::string("file"));
    gate.slow = false;
    QTRY_COMPARE(read.count(), 3);
    QCOMPARE(ready.count(), 2); // the current one alone speaks to the pages
    QCOMPARE(shownName(workspace), std::string("one"));
    workspace.show(1);
    QCOMPARE(shownName(workspace), std::string("two"));
}

void WorkspaceTest::openingWhatIsOpenRefreshesIt()
{
    Gate gate;
    Workspace workspace(gate.loader());
    QSignalSpy ready(&workspace, &Workspace::assessmentReady);
    workspace.open(request("a"));
    QTRY_COMPARE(ready.count(), 1);
    workspace.open(request("b"));
    QTRY_COMPARE(ready.count(), 2);
    const auto before = workspace.opened()[0].assessment;
    workspace.open(request("a"));
    QCOMPARE(workspace.opened().size(), std::size_t(2));
    QCOMPARE(workspace.assessment(), before); // at once, while it is read anew
    QTRY_VERIFY(!workspace.isLoading());
    QVERIFY(workspace.assessment() != before);
    QCOMPARE(shownName(workspace), std::string("a"));
}

void WorkspaceTest::aFailureInTheBackgroundIsTold()
{
    Gate gate;
    Workspace workspace(gate.loader());
    QSignalSpy ready(&workspace, &Workspace::assessmentReady), failed(&workspace, &Workspace::loadingFailed),
        other(&workspace, &Workspace::sourceFailed);
    workspace.open(contextRequest("bad"));
    workspace.open(request("a"));
    QTRY_COMPARE(ready.count(), 1);
    gate.slow = false;
    QTRY_COMPARE(other.count(), 1);
    QCOMPARE(failed.count(), 0);
    QCOMPARE(workspace.opened()[0].failure, std::string("bad is no cluster"));
    QCOMPARE(shownName(workspace), std::string("a"));
    workspace.show(0);
    QCOMPARE(failed.count(), 1); // and said again where it is asked for
    QCOMPARE(shownName(workspace), std::string("a"));
}

void WorkspaceTest::closingLetsGo()
{
    Gate gate;
    Workspace workspace(gate.loader());
    QSignalSpy ready(&workspace, &Workspace::assessmentReady), emptied(&workspace, &Workspace::emptied);
    for (const char* name : { "a", "b", "c" }) {
        const auto count = ready.count();
        workspace.open(request(name));
        QTRY_COMPARE(ready.count(), count + 1);
    }
    const std::weak_ptr<const assessment::Assessment> gone = workspace.assessment();
    workspace.closeSource(2);
    QTRY_VERIFY(gone.expired());
    QCOMPARE(shownName(workspace), std::string("b"));
    workspace.closeSource(0); // not the one in view
    QCOMPARE(shownName(workspace), std::string("b"));
    QCOMPARE(workspace.current(), 0);
    QCOMPARE(emptied.count(), 0);
    workspace.closeSource(0);
    QCOMPARE(emptied.count(), 1);
    QVERIFY(!workspace.assessment());
    QVERIFY(workspace.request().empty());
    workspace.open(contextRequest("one"));
    QTRY_COMPARE(gate.running.load(), 1);
    workspace.closeSource(0);
    QTRY_COMPARE(gate.running.load(), 0); // its load ends with it
    QVERIFY(workspace.opened().empty());
    workspace.closeSource(0);
}

void WorkspaceTest::cancelIsOfTheOneShown()
{
    Gate gate;
    Workspace workspace(gate.loader());
    QSignalSpy cancelled(&workspace, &Workspace::loadingCancelled);
    workspace.open(contextRequest("one"));
    workspace.open(contextRequest("two"));
    QTRY_COMPARE(gate.running.load(), 2);
    workspace.cancel();
    QTRY_COMPARE(gate.running.load(), 1);
    QVERIFY(!workspace.isLoading());
    QVERIFY(workspace.opened()[0].loading);
    workspace.show(0);
    QVERIFY(workspace.isLoading());
    workspace.cancel();
    QTRY_COMPARE(gate.running.load(), 0);
    QCOMPARE(cancelled.count(), 2);
}

void WorkspaceTest::whatNamesTheSameSource()
{
    QVERIFY(workspace::sameSource(request("a"), request("a")));
    QVERIFY(!workspace::sameSource(request("a"), request("b")));
    QVERIFY(!workspace::sameSource(request("a"), contextRequest("a")));
    QVERIFY(!workspace::sameSource(contextRequest("b"), contextRequest("a")));
    SourceRequest narrowed = contextRequest("a");
    QVERIFY(!narrowed.empty());
    narrowed.cluster->namespaces = { "shop" };
    narrowed.policy = "policy.yaml";
    QVERIFY(workspace::sameSource(narrowed, contextRequest("a"))); // the same, read in another way
    narrowed.cluster->set = "/other/config";
    QVERIFY(!workspace::sameSource(narrowed, contextRequest("a")));
}

void WorkspaceTest::aContextNeedsItsService()
{
    const auto none = workspace::load(contextRequest("a"), {}, [](const LoadProgress&) {});
    QVERIFY(!none);
    QCOMPARE(none.error().message, std::string("Connecting to clusters is not part of this build."));
    workspace::LoadServices services;
    std::string asked;
    services.readCluster = [&](const SourceRequest& r, const posture::Policy&, const StopToken&,
                               const workspace::Report&) -> Result<inventory::InventoryPtr> {
        asked = r.cluster->context;
        return test::madeAssessment({}, "made")->inventory;
    };
    std::vector<LoadProgress::Step> steps;
    const auto read = workspace::load(
        contextRequest("a"), {}, [&](const LoadProgress& p) { steps.push_back(p.step); }, services);
    QVERIFY(read);
    QCOMPARE(asked, std::string("a"));
    QCOMPARE(steps, (std::vector { LoadProgress::Step::Connecting, LoadProgress::Step::Assessing }));
}

void WorkspaceTest::theRealLoaderNamesWhatItCannotOpen()
{
    const auto result = workspace::load(request("/nowhere/at/all.yaml"), {}, [](const LoadProgress&) {});
    QVERIFY(!result);
    QVERIFY(QString::fromStdString(result.error().message).contains(u"/nowhere/at/all.yaml"));
}

GLACIS_TEST(WorkspaceTest)
#include "workspace_test.moc"
