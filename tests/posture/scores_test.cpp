// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <random>

#include <posture/posture.h>

namespace glacis::posture {

using Failing = std::vector<std::vector<Severity>>;

class ScoresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followsTheFormula_data();
    void followsTheFormula();
    void removingAFindingNeverLowersTheScore();
    void orderDoesNotMatter();
};

void ScoresTest::followsTheFormula_data()
{
    QTest::addColumn<QString>("failing"); // a letter an object, a word a check
    QTest::addColumn<int>("score");
    // d = log2(1 + Σ w), score = 1000 / (10 + Σ d), by hand.
    QTest::newRow("nothing fails") << "" << 100;
    QTest::newRow("info weighs nothing") << "iii i" << 100;
    QTest::newRow("one low: d = 0.585") << "l" << 94;
    QTest::newRow("one medium: d = 1.585") << "m" << 86;
    QTest::newRow("one high: d = 2.807, 78, capped") << "h" << 74;
    QTest::newRow("one critical: d = 4, 71, capped") << "c" << 49;
    QTest::newRow("three mediums of one check: d = 2.807") << "mmm" << 78;
    QTest::newRow("three mediums of three checks: D = 4.755") << "m m m" << 68;
    QTest::newRow("two highs of two checks: D = 5.615") << "h h" << 64;
    QTest::newRow("criticals below the cap: D = 20") << "c c c c c" << 33;
    QTest::newRow("a thousand highs of one check: d = 12.55") << QStringLiteral("h").repeated(1000) << 44;
}

void ScoresTest::followsTheFormula()
{
    QFETCH(QString, failing);
    QFETCH(int, score);
    Failing checks;
    for (const QString& word : failing.split(u' ', Qt::SkipEmptyParts)) {
        checks.emplace_back();
        for (const QChar letter : word)
            checks.back().push_back(static_cast<Severity>(QStringLiteral("ilmhc").indexOf(letter)));
    }
    QCOMPARE(stageScore(checks), score);
}

namespace {
    Failing randomFailing(std::mt19937& random)
    {
        Failing checks(1 + random() % 12);
        for (auto& objects : checks) {
            objects.resize(random() % (random() % 8 == 0 ? 60 : 6));
            for (Severity& severity : objects)
                severity = static_cast<Severity>(random() % 5);
        }
        return checks;
    }
}

void ScoresTest::removingAFindingNeverLowersTheScore()
{
    std::mt19937 random(20261123);
    for (int round = 0; round < 300; ++round) {
        Failing checks = randomFailing(random);
        int before = stageScore(checks);
        QVERIFY(before >= 0 && before <= 100);
        while (true) {
            std::vector<std::size_t> filled;
            for (std::size_t i = 0; i < checks.size(); ++i) {
                if (!checks[i].empty())
                    filled.push_back(i);
            }
            if (filled.empty())
                break;
            auto& objects = checks[filled[random() % filled.size()]];
            const std::size_t victim = random() % objects.size();
            // Removing the worst locus of an object only lowers the object's severity; removing its last one
            // takes it away.
            if (objects[victim] > Severity::Info && random() % 2)
                objects[victim] = static_cast<Severity>(random() % static_cast<unsigned>(objects[victim]));
            else
                objects.erase(objects.begin() + static_cast<std::ptrdiff_t>(victim));
            const int after = stageScore(checks);
            QVERIFY2(after >= before,
                qPrintable(QStringLiteral("round %1: %2 after %3").arg(round).arg(after).arg(before)));
            before = after;
        }
        QCOMPARE(before, 100);
    }
}

void ScoresTest::orderDoesNotMatter()
{
    std::mt19937 random(7);
    for (int round = 0; round < 500; ++round) {
        Failing checks = randomFailing(random);
        const int score = stageScore(checks);
        for (auto& objects : checks)
            std::shuffle(objects.begin(), objects.end(), random);
        QCOMPARE(stageScore(checks), score);
    }
}

} // namespace glacis::posture

using glacis::posture::ScoresTest;
GLACIS_TEST(ScoresTest)
#include "scores_test.moc"
