// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_assessment.h"
#include "test_main.h"

#include <shell/attack_facts.h>

#include <QSignalSpy>

#include <algorithm>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using workspace::SourceRequest;
using workspace::Workspace;

class AttackFactsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersAreThoseOfTheSearch();
    void oneObjectServesAWorkspace();
    void newAssessmentMakesOldAnswersUnknown();
    void assessmentWithoutSearchHasNoEffects();
};

namespace {

SourceRequest practice(const char* name)
{
    SourceRequest request;
    request.practice = name;
    return request;
}

void read(Workspace& workspace, const char* name)
{
    QSignalSpy ready(&workspace, &Workspace::assessmentReady);
    workspace.open(practice(name));
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 20000);
}

}

void AttackFactsTest::answersAreThoseOfTheSearch()
{
    Workspace workspace;
    AttackFacts& facts = attackFacts(workspace);
    QVERIFY(!facts.isBusy());
    QSignalSpy ready(&facts, &AttackFacts::ready);
    read(workspace, "votelab");
    QTRY_COMPARE(ready.count(), 1);
    QVERIFY(facts.isReady());
    const attack::Search& search = *workspace.assessment()->search;
    const auto effects = search.effects();
    QCOMPARE(facts.effects()->size(), effects.size());
    for (const attack::OptionEffect& effect : effects) {
        QVERIFY(facts.effectOf(effect.option));
        QCOMPARE(facts.effectOf(effect.option)->ways, effect.ways);
    }
    const auto points = search.chokePoints();
    QCOMPARE(facts.chokePoints()->size(), points.size());
    QVERIFY(!points.empty());
    for (const attack::ChokePoint& point : points)
        QCOMPARE(point.isEdge ? facts.certainWaysThroughEdge(point.index)
                              : facts.certainWaysThroughNode(point.index),
            point.closes);
    QCOMPARE(facts.smallest()->sets, search.smallestSets(workspace.assessment()->graph.jewels).sets);
}

void AttackFactsTest::oneObjectServesAWorkspace()
{
    Workspace one, other;
    QCOMPARE(&attackFacts(one), &attackFacts(one));
    QVERIFY(&attackFacts(one) != &attackFacts(other));
}

void AttackFactsTest::newAssessmentMakesOldAnswersUnknown()
{
    Workspace workspace;
    bool staleSeen = false;
    const AttackFacts* facts = nullptr;
    // Connected before the facts are made: hears of the assessment first.
    connect(&workspace, &Workspace::assessmentReady, this,
        [&] { staleSeen = staleSeen || (facts && facts->effects()); });
    facts = &attackFacts(workspace);
    read(workspace, "votelab");
    QTRY_VERIFY(facts->isReady());
    const std::size_t before = facts->effects()->size();
    read(workspace, "votelab-hardened");
    QVERIFY(!staleSeen);
    QTRY_VERIFY(facts->isReady());
    QVERIFY(facts->effects()->size() != before);
    QCOMPARE(facts->effects()->size(), workspace.assessment()->search->effects().size());
}

void AttackFactsTest::assessmentWithoutSearchHasNoEffects()
{
    Workspace workspace(
        [](const SourceRequest&, const StopToken&, const auto&) -> Result<assessment::AssessmentPtr> {
            return test::madeAssessment(test::typicalFindings());
        });
    AttackFacts& facts = attackFacts(workspace);
    read(workspace, "made");
    QTRY_VERIFY(facts.isReady());
    QVERIFY(facts.effects()->empty());
    QVERIFY(!facts.effectOf(0));
}

GLACIS_TEST(AttackFactsTest)
#include "attack_facts_test.moc"
