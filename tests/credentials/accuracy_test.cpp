// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <test_main.h>

#include "labelled_cases.h"

using namespace glacis::credentials;

class AccuracyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void precisionAndRecallReachTheBar();
};

void AccuracyTest::precisionAndRecallReachTheBar()
{
    const Rules rules;
    int found = 0;
    int missed = 0;
    int alarms = 0;
    for (const auto& labelled : glacis::test::labelledCases) {
        const Classification c = classify(labelled.name, labelled.value, labelled.place, rules);
        const bool judged = c.isCredential() && weight(c.detector) != Weight::Information;
        if (judged && labelled.credential)
            ++found;
        else if (judged != labelled.credential) {
            (labelled.credential ? missed : alarms) += 1;
            qInfo("%s: %s = %.60s (%s)", labelled.credential ? "missed" : "false alarm", labelled.name,
                labelled.value, std::string(name(c.detector)).c_str());
        }
    }
    const double precision = double(found) / (found + alarms);
    const double recall = double(found) / (found + missed);
    qInfo(
        "%zu cases, precision %.3f, recall %.3f", std::size(glacis::test::labelledCases), precision, recall);
    QVERIFY(std::size(glacis::test::labelledCases) >= 150);
    QVERIFY(precision >= 0.95);
    QVERIFY(recall >= 0.95);
}

GLACIS_TEST(AccuracyTest)
#include "accuracy_test.moc"
