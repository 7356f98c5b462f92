// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a report says, before anybody lays it out: numbers that are those of the assessment, links that lead
// somewhere, nothing that an edition must hold left out.
#include <assessment/assessment.h>
#include <inventory/import.h>
#include <inventory/practice.h>
#include <report/document_writers.h>
#include <report/make_report.h>
#include <report/selection.h>

#include <algorithm>
#include <set>

#include "test_main.h"

using namespace glacis;
using namespace glacis::report;

namespace {

assessment::AssessmentPtr assessed(inventory::InventoryPtr inventory)
{
    auto catalogue = posture::Catalogue::load();
    auto result = assessment::assess(std::move(inventory), std::make_shared<posture::Policy>(),
        std::make_shared<const posture::Catalogue>(std::move(*catalogue)));
    return result ? *result : nullptr;
}

assessment::AssessmentPtr practice(const char* name)
{
    const auto inventory = inventory::loadPractice(name, {});
    return inventory ? assessed(*inventory) : nullptr;
}

assessment::AssessmentPtr fromText(std::string_view yaml, inventory::Scope scope)
{
    inventory::ImportOptions options;
    options.scope = scope;
    const auto inventory = inventory::importText(yaml, "made.yaml", options);
    return inventory ? assessed(*inventory) : nullptr;
}

Document make(const assessment::AssessmentPtr& assessment, ReportOptions options)
{
    auto document = makeReport(*assessment, options);
    return document ? std::move(*document) : Document {};
}

/// Everything that is text in a block, with its targets and anchors.
struct Reader {
    std::vector<std::string> texts, targets, anchors;
    std::string all;

    explicit Reader(const Document& document)
    {
        text(document.lead);
        if (document.scores)
            scores(*document.scores);
        for (const auto& [name, value] : document.facts) {
            say(name);
            text(value);
        }
        for (const Block& block : document.blocks)
            std::visit([this](const auto& b) { read(b); }, block);
    }

    void say(const std::string& words)
    {
        texts.push_back(words);
        all += words + "\n";
    }
    void target(const std::string& t)
    {
        if (!t.empty())
            targets.push_back(t);
    }
    void anchor(const std::string& a)
    {
        if (!a.empty())
            anchors.push_back(a);
    }
    void text(const Text& runs)
    {
        for (const Run& run : runs) {
            say(run.text);
            target(run.target);
        }
    }
    void scores(const Scores& s)
    {
        for (const StageLine& line : s.stages) {
            say(line.worst);
            target(line.anchor);
        }
    }
    void read(const Heading& b)
    {
        say(b.number + " " + b.text);
        anchor(b.anchor);
    }
    void read(const Paragraph& b) { text(b.text); }
    void read(const Items& b)
    {
        for (const Text& item : b.items)
            text(item);
    }
    void read(const Facts& b)
    {
        for (const auto& [name, value] : b.rows) {
            say(name);
            text(value);
        }
    }
    void read(const Table& b)
    {
        for (const TableRow& row : b.rows) {
            anchor(row.anchor);
            for (const Text& cell : row.cells)
                text(cell);
            text(row.below);
        }
    }
    void read(const Scores& b) { scores(b); }
    void read(const Figures& b)
    {
        for (const auto& figure : b.figures)
            say(figure.number + " " + figure.words);
    }
    void read(const Bars& b)
    {
        for (const auto& bar : b.bars)
            text(bar.label);
    }
    void read(const AttackPicture& b) { say(b.caption); }
    void read(const WayStory& b)
    {
        anchor(b.anchor);
        text(b.headline);
        for (const auto& step : b.steps) {
            text(step.sentence);
            for (const auto& proof : step.proofs) {
                text(proof.text);
                say(proof.place);
                target(proof.target);
            }
        }
        for (const Text& broken : b.breaks)
            text(broken);
    }
    void read(const CodeBlock& b) { say(b.text); }
};

template <class T> std::vector<const T*> blocksOf(const Document& document)
{
    std::vector<const T*> list;
    for (const Block& block : document.blocks)
        if (const T* b = std::get_if<T>(&block))
            list.push_back(b);
    return list;
}

template <class T> std::vector<const T*> blocksOf(Document&&) = delete; ///< its blocks would be gone

bool hasSection(const Document& document, std::string_view anchor)
{
    for (const Heading* heading : blocksOf<Heading>(document))
        if (heading->level == 1 && heading->anchor == anchor)
            return true;
    return false;
}

constexpr Edition editions[] { Edition::Management, Edition::Engineer, Edition::Audit };

class DocumentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_votelab = practice("votelab");
        QVERIFY(m_votelab);
        m_hardened = practice("votelab-hardened");
        QVERIFY(m_hardened);
        m_manifest = fromText(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  containers:\n"
            "  - {name: app, image: a:1, securityContext: {privileged: true}}\n",
            inventory::Scope::Manifests);
        QVERIFY(m_manifest);
        m_empty = fromText("apiVersion: v1\nkind: List\nitems: []\n", inventory::Scope::Cluster);
    }

    void anchorsAreUniqueAndLinksLeadSomewhere()
    {
        for (const auto& assessment : { m_votelab, m_hardened, m_manifest }) {
            for (const Edition edition : editions) {
                const Reader reader(make(assessment, { .edition = edition }));
                const std::set<std::string> anchors(reader.anchors.begin(), reader.anchors.end());
                QCOMPARE(anchors.size(), reader.anchors.size());
                for (const std::string& target : reader.targets)
                    QVERIFY2(anchors.contains(target), target.c_str());
                for (const std::string& anchor : anchors)
                    QVERIFY2(anchor.find_first_not_of(
                                 "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
                            == std::string::npos,
                        anchor.c_str());
            }
        }
    }

    void linksStillLeadSomewhereWhenSectionsAreLeftOut()
    {
        for (const Section section : sectionsOf(Edition::Audit)) {
            const Document document = make(m_votelab, { .edition = Edition::Audit, .leftOut = { section } });
            QVERIFY(!hasSection(document, name(section)));
            QVERIFY(hasSection(document, "coverage"));
            const Reader reader(document);
            for (const std::string& target : reader.targets)
                QVERIFY2(
                    std::find(reader.anchors.begin(), reader.anchors.end(), target) != reader.anchors.end(),
                    (target + " without " + std::string(name(section))).c_str());
        }
    }

    void rowsHaveAsManyCellsAsColumns()
    {
        for (const auto& assessment : { m_votelab, m_hardened, m_manifest })
            for (const Edition edition : editions) {
                const Document document = make(assessment, { .edition = edition });
                for (const Table* table : blocksOf<Table>(document))
                    for (const TableRow& row : table->rows)
                        QVERIFY2(row.cells.size() == table->columns.size(), table->name.c_str());
            }
    }

    void everyTextIsOnOneLine()
    {
        for (const Edition edition : editions) {
            const Reader reader(make(m_votelab, { .edition = edition }));
            for (const std::string& text : reader.texts)
                QVERIFY2(text.find_first_of("\n\r\t") == std::string::npos, text.c_str());
        }
    }

    void figuresAreThoseOfTheAssessment()
    {
        const Document document = make(m_votelab, {});
        const Figures* figures = blocksOf<Figures>(document).front();
        const auto& posture = m_votelab->posture;
        QCOMPARE(figures->figures[0].number, std::to_string(*posture.scores.overall));
        QCOMPARE(
            figures->figures[1].number, std::to_string(m_votelab->search->count(attack::WayClass::Certain)));
        QCOMPARE(figures->figures[2].number, std::to_string(posture.bySeverity[4]));
        std::uint32_t sum = 0;
        for (const std::uint32_t n : posture.bySeverity)
            sum += n;
        QCOMPARE(figures->figures[3].number, std::to_string(sum));
        std::uint32_t bars = 0;
        for (const auto& bar : blocksOf<Bars>(document).front()->bars)
            for (const std::uint32_t n : bar.bySeverity)
                bars += n;
        QCOMPARE(bars, sum);
        QVERIFY(document.scores);
        for (Stage stage = 1; stage <= StageCount; ++stage) {
            QCOMPARE(document.scores->stages[stage - 1U].score, posture.scores.stages[stage - 1U]);
            QCOMPARE(document.scores->stages[stage - 1U].problems, posture.byStage[stage]);
        }
    }

    /// A row for every locus of every problem, and nothing of the platform.
    void engineerListsEveryProblemOnce()
    {
        const auto rows = chosenRows(*m_votelab, {});
        const auto fails = std::count_if(
            rows.begin(), rows.end(), [](const Row& row) { return row.state == State::Fail; });
        std::size_t listed = 0;
        const Document document = make(m_votelab, {});
        for (const Table* table : blocksOf<Table>(document))
            if (table->columns.back().title == "Problem, evidence and place")
                listed += table->rows.size();
        QCOMPARE(listed, static_cast<std::size_t>(fails));
    }

    void auditHoldsEveryFingerprintAndEveryCheck()
    {
        const Document document
            = make(m_votelab, { .edition = Edition::Audit, .snapshotHash = std::string(64, 'a') });
        const Reader reader(document);
        for (const posture::CheckResult& result : m_votelab->posture.results)
            for (const posture::Finding& finding : result.findings)
                if (finding.state == State::Fail)
                    QVERIFY2(
                        reader.all.find(finding.fingerprint) != std::string::npos, finding.message.c_str());
        for (const posture::CheckInfo& check : m_votelab->catalogue->checks())
            QVERIFY2(reader.all.find(check.id) != std::string::npos, check.id.c_str());
        QVERIFY(reader.all.find(std::string(64, 'a')) != std::string::npos);
        for (const posture::CoverageGap& gap : m_votelab->posture.gaps)
            QVERIFY2(reader.all.find(gap.what) != std::string::npos, gap.what.c_str());
    }

    /// What nobody could judge is never called a pass.
    void unknownIsNoPass()
    {
        const Document document = make(m_manifest, { .edition = Edition::Audit });
        for (const Table* table : blocksOf<Table>(document)) {
            if (table->name != "Every check")
                continue;
            QCOMPARE(table->rows.size(), m_manifest->catalogue->checks().size());
            for (std::size_t c = 0; c < table->rows.size(); ++c) {
                const posture::CheckResult& result = m_manifest->posture.results[c];
                const std::string& state = table->rows[c].cells[2].front().text;
                if (!result.assessed() && result.notAssessed > 0)
                    QCOMPARE(state, std::string("not assessed"));
                if (result.notAssessed > 0)
                    QVERIFY2(state != "pass", table->rows[c].cells[0].front().text.c_str());
            }
        }
        QVERIFY(Reader(document).all.find("no whole cluster") != std::string::npos);
    }

    void managementIsShort()
    {
        const Document document = make(m_votelab, { .edition = Edition::Management });
        QVERIFY(!hasSection(document, "findings"));
        for (const Table* table : blocksOf<Table>(document))
            QVERIFY2(table->rows.size() <= 12, table->name.c_str());
        QCOMPARE(blocksOf<WayStory>(document).size(), std::size_t { 1 });
    }

    void theHardenedTwinHasNothingThatMustBeClosed()
    {
        const Document document = make(m_hardened, {});
        QVERIFY(document.lead.front().text.starts_with("No certain way is open"));
        for (const Table* table : blocksOf<Table>(document))
            QVERIFY(table->name != "Smallest set");
    }

    void anEmptySourceIsNoPraise()
    {
        if (!m_empty)
            QSKIP("an empty list is no source that assess() takes");
        for (const Edition edition : editions) {
            const Document document = make(m_empty, { .edition = edition });
            QVERIFY(document.lead.front().text.starts_with("Nothing could be judged"));
            for (const Figures* figures : blocksOf<Figures>(document))
                for (const auto& figure : figures->figures) {
                    QVERIFY2(!figure.good, figure.words.c_str());
                    if (figure.words != "coverage")
                        QCOMPARE(figure.number, std::string("–"));
                }
        }
    }

    void waiversAreTold()
    {
        posture::Policy policy;
        posture::Waiver waiver;
        waiver.check = "GL-POD-001";
        waiver.owner = "Platform team";
        waiver.reason = "under repair";
        waiver.expires = "2027-01-31";
        policy.waivers.push_back(waiver);
        auto catalogue = posture::Catalogue::load();
        const auto assessment
            = assessment::assess(m_votelab->inventory, std::make_shared<posture::Policy>(policy),
                std::make_shared<const posture::Catalogue>(std::move(*catalogue)));
        QVERIFY(assessment);
        const Reader reader(make(*assessment, { .edition = Edition::Audit }));
        for (const char* words : { "Platform team", "under repair", "2027-01-31" })
            QVERIFY2(reader.all.find(words) != std::string::npos, words);
    }

    void sameInputSameDocument()
    {
        for (const Edition edition : editions)
            QCOMPARE(Reader(make(m_votelab, { .edition = edition })).all,
                Reader(make(practice("votelab"), { .edition = edition })).all);
    }

    void stopsWhenAsked()
    {
        StopSource source;
        source.requestStop();
        const auto document = makeReport(*m_votelab, {}, source.token());
        QVERIFY(!document);
        QCOMPARE(document.error().message, std::string("cancelled"));
    }

    void namesOfSectionsAndEditionsReadBack()
    {
        for (const Section section : sectionsOf(Edition::Audit))
            QVERIFY(sectionFromName(name(section)) == section);
        for (const Edition edition : editions)
            QVERIFY(editionFromName(name(edition)) == edition);
        QVERIFY(!sectionFromName("nonsense"));
        QCOMPARE(sectionsOf(Edition::Audit).size(), SectionCount);
    }

private:
    assessment::AssessmentPtr m_votelab, m_hardened, m_manifest, m_empty;
};

}

GLACIS_TEST(DocumentTest)
#include "document_test.moc"
