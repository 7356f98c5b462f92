// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_assessment.h"
#include "test_main.h"

#include <shell/coverage_panel.h>
#include <widgets/plain_label.h>

#include <algorithm>
#include <utility>
#include <vector>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using Level = inventory::Diagnostic::Level;

namespace {

/// A typical assessment of such a source, in which this was said.
assessment::AssessmentPtr saidOf(const std::string& source, std::vector<inventory::Diagnostic> diagnostics)
{
    auto assessment = test::madeAssessment(test::typicalFindings());
    auto& inventory = const_cast<inventory::Inventory&>(*assessment->inventory); // ours alone
    inventory.source.kind = source;
    inventory.diagnostics = std::move(diagnostics);
    return assessment;
}

/// All texts of the panel, from top to bottom.
QStringList textsOf(const CoveragePanel& panel)
{
    std::vector<std::pair<int, QString>> found;
    for (const auto* label : panel.findChildren<PlainLabel*>())
        if (label->isVisibleTo(&panel))
            found.emplace_back(label->mapTo(&panel, QPoint()).y(), label->text());
    std::stable_sort(
        found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    QStringList texts;
    for (const auto& [y, text] : found)
        texts += text;
    return texts;
}

QStringList shownOf(const assessment::AssessmentPtr& assessment)
{
    CoveragePanel panel;
    panel.resize(900, 2000);
    panel.setAssessment(assessment);
    panel.toggle();
    QCoreApplication::processEvents();
    return textsOf(panel);
}

const inventory::Diagnostic note { Level::Info, {}, 0, 0, {}, "this identity may also get secrets" };

}

class CoveragePanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatAServerSaysStandsFirst();
    void whatFilesPassOverIsNotShown();
    void notesAreFew();
    void trouble();
};

void CoveragePanelTest::whatAServerSaysStandsFirst()
{
    const QStringList texts = shownOf(saidOf("context", { note }));
    const auto at = texts.indexOf(u"this identity may also get secrets"_s);
    const auto gap = texts.indexOf(u"nodes"_s);
    QVERIFY2(at > 0 && gap > at, qPrintable(texts.join(u'|')));
    QVERIFY(texts.contains(u"1 coverage gap"_s)); // a note is none
}

void CoveragePanelTest::whatFilesPassOverIsNotShown()
{
    const QStringList texts = shownOf(saidOf("path", { note }));
    QVERIFY(!texts.contains(u"this identity may also get secrets"_s));
    QVERIFY(texts.contains(u"nodes"_s));
}

void CoveragePanelTest::notesAreFew()
{
    const QStringList texts = shownOf(saidOf("context", std::vector(500, note)));
    QCOMPARE(texts.count(u"this identity may also get secrets"_s), 20);
    QVERIFY(texts.contains(u"nodes"_s)); // they crowd nothing out
}

void CoveragePanelTest::trouble()
{
    const QStringList texts = shownOf(saidOf(
        "context", { note, { Level::Warning, "/api/v1/pods", 0, 0, "Pod shop/web", "was left out" } }));
    QVERIFY(texts.contains(u"was left out"_s) && texts.contains(u"/api/v1/pods"_s));
    QVERIFY(texts.contains(u"2 coverage gaps"_s));
}

GLACIS_TEST(CoveragePanelTest)
#include "coverage_panel_test.moc"
