// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The filter line, what it offers, what it complains about, and the answers of an index.
#include "made_assessment.h"
#include "test_main.h"

#include <findings/filter_completion.h>
#include <findings/finding_view.h>
#include <findings/saved_views.h>

#include <inventory/practice.h>
#include <workspace/workspace.h>

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <set>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;

class FindingsFilterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesGoInAndOutOfTheLine_data();
    void valuesGoInAndOutOfTheLine();
    void writtenValuesMeanThemselves_data();
    void writtenValuesMeanThemselves();
    void objectTermNamesOneObject_data();
    void objectTermNamesOneObject();
    void complaintsNameTheWord_data();
    void complaintsNameTheWord();
    void suggestionsComeFromTheAssessment_data();
    void suggestionsComeFromTheAssessment();
    void takenSuggestionReplacesItsWordAlone();
    void facetIgnoresItsOwnTerms();
    void facetNumberIsWhatAClickShows();
    void groupsHoldEveryRowAndCountProblems_data();
    void groupsHoldEveryRowAndCountProblems();
    void groupsOfAFrameworkHoldAFindingInEverySection();
    void worstGroupsStandFirst();
    void pathTermFindsWhatWaysWalkOn();
    void stoppedAnswerEndsAtOnce();
    void viewsSurviveBeingKept();
    void malformedViewsAreLeftOut();
};

namespace {

FindingIndexPtr typical() { return FindingIndex::make(test::madeAssessment(test::typicalFindings())); }

QStringList names(const FindingIndex& index, const FindingView& view)
{
    QStringList result;
    for (const std::uint32_t row : view.rows)
        result += QString::fromUtf8(index.object(index.rows()[row]).name.data(),
            qsizetype(index.object(index.rows()[row]).name.size()));
    return result;
}

QStringList matching(const FindingIndexPtr& index, const QString& line)
{
    return names(*index, answer(*index, { line, {}, {} }));
}

}

void FindingsFilterTest::valuesGoInAndOutOfTheLine_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("on");
    QTest::addColumn<QString>("result");
    const auto row
        = [](const char* what, const QString& line, const char* value, bool on, const QString& result) {
              QTest::newRow(what) << line << QString::fromLatin1(value) << on << result;
          };
    row("into an empty line", u""_s, "shop", true, u"ns:shop"_s);
    row("behind a word", u"web "_s, "shop", true, u"web ns:shop"_s);
    row("beside another", u"ns:agents web"_s, "shop", true, u"ns:agents,shop web"_s);
    row("not into a negated term", u"-ns:agents"_s, "shop", true, u"-ns:agents ns:shop"_s);
    row("once only", u"ns:Shop"_s, "shop", true, u"ns:shop"_s);
    row("out of several", u"ns:agents,shop web"_s, "shop", false, u"ns:agents web"_s);
    row("the last one takes its term along", u"a ns:shop b"_s, "shop", false, u"a b"_s);
    row("quotes elsewhere stay", u"\"two words\" ns:shop"_s, "shop", false, u"\"two words\""_s);
    row("quoted where it must be", u""_s, "a b,c*", true, u"ns:\"a b,c*\""_s);
}

void FindingsFilterTest::valuesGoInAndOutOfTheLine()
{
    QFETCH(QString, line);
    QFETCH(QString, value);
    QFETCH(bool, on);
    QTEST(withValue(line, FilterKey::Namespace, value.toStdString(), on), "result");
    QFETCH(QString, result);
    QCOMPARE(namesValue(result, FilterKey::Namespace, value.toStdString()), on);
}

void FindingsFilterTest::writtenValuesMeanThemselves_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : { "solo", "two words", "a,b", "star*", "plus+", "quo\"te", "back\\slash\\",
             "-dash", "col:on", "(none)x", "\" ns:other \"" })
        QTest::newRow(name) << QString::fromLatin1(name);
}

/// Whatever a cluster calls its things, a click on the name finds this one alone.
void FindingsFilterTest::writtenValuesMeanThemselves()
{
    QFETCH(QString, name);
    std::vector<test::MadeFinding> findings = test::typicalFindings();
    findings[0].ns = name.toStdString();
    const FindingIndexPtr index = FindingIndex::make(test::madeAssessment(findings));
    QCOMPARE(matching(index, FindingFilter::term("ns", findings[0].ns)), QStringList { u"web"_s });
    const QString clicked = withValue(u"severity:critical"_s, FilterKey::Namespace, findings[0].ns, true);
    QCOMPARE(matching(index, clicked), QStringList { u"web"_s });
    QCOMPARE(withValue(clicked, FilterKey::Namespace, findings[0].ns, false), u"severity:critical"_s);
}

void FindingsFilterTest::objectTermNamesOneObject_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("rows");
    QTest::newRow("kind and namespace") << u"object:Deployment/shop/web"_s << QStringList { u"web"_s };
    QTest::newRow("owner is the same") << u"owner:deployment/shop/web"_s << QStringList { u"web"_s };
    QTest::newRow("namespace") << u"object:shop/web"_s << QStringList { u"web"_s };
    QTest::newRow("name") << u"object:web"_s << QStringList { u"web"_s };
    QTest::newRow("without namespace")
        << u"object:ClusterRoleBinding/admins"_s << QStringList { u"admins"_s };
    QTest::newRow("beginning") << u"object:Deployment/shop/*"_s << QStringList { u"web"_s, u"vote"_s };
    QTest::newRow("other kind") << u"object:Job/shop/web"_s << QStringList {};
    QTest::newRow("section of a framework") << u"framework:5.2.2"_s << QStringList { u"web"_s };
}

void FindingsFilterTest::objectTermNamesOneObject()
{
    QFETCH(QString, line);
    QTEST(matching(typical(), line), "rows");
}

void FindingsFilterTest::complaintsNameTheWord_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("word"); // empty: no complaint
    const auto row = [](const char* line, const char* word) {
        QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(word);
    };
    row("", "");
    row("severity:high ns:shop web", "");
    row("foo:bar web", "foo");
    row("foo:bar", "foo"); // no letter more makes a key of it
    row("foo:", "");
    row("http://host/ x", "");
    row("system:masters x", "system");
    row("severity:hi", ""); // being typed
    row("severity:hi x", "hi");
    row("severity:purple", "purple");
    row("severity:high+ x", "");
    row("ns:sh", "");
    row("ns:sh x", "sh");
    row("ns:sh* x", "");
    row("ns:(none) x", "");
    row("-kind:Cronjob x", "Cronjob");
    row("stage:9 x", "9");
    row("state:open,any x", "");
    row("check:POD-001 x", "");
    row("check:XYZ x", "XYZ");
    row("framework:cis-9 x", "cis-9");
    row("path:maybe x", "maybe");
    row("object:Deployment/shop/web x", "");
}

void FindingsFilterTest::complaintsNameTheWord()
{
    QFETCH(QString, line);
    QFETCH(QString, word);
    const QString complaint = FindingFilter(line).complaint(*typical());
    QVERIFY2(word.isEmpty() ? complaint.isEmpty() : complaint.contains(u"“%1”"_s.arg(word)),
        qPrintable(complaint));
}

void FindingsFilterTest::suggestionsComeFromTheAssessment_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("offered");
    const auto row = [](const char* line, const QStringList& offered) {
        QTest::newRow(line) << QString::fromLatin1(line) << offered;
    };
    row("", {});
    row("se", { u"severity:"_s });
    row("ns:", { u"(none)"_s, u"agents"_s, u"kube-system"_s, u"shop"_s });
    row("ns:s", { u"shop"_s, u"agents"_s, u"kube-system"_s }); // beginnings first
    row("ns:agents,s", { u"shop"_s, u"agents"_s, u"kube-system"_s });
    row("ns:shop", {}); // whole
    row("web ns:ag", { u"agents"_s });
    row("-kind:Daemon", { u"DaemonSet"_s });
    row("object:StatefulSet", { u"StatefulSet/shop/db"_s });
    row("cri", { u"severity:critical"_s, u"severity:critical+"_s });
    row("sho", { u"ns:shop"_s });
    row("\"two", {});
}

void FindingsFilterTest::suggestionsComeFromTheAssessment()
{
    QFETCH(QString, line);
    QStringList offered;
    for (const Suggestion& suggestion : suggestionsFor(*typical(), line, line.size()))
        offered += suggestion.shown;
    QTEST(offered, "offered");
}

void FindingsFilterTest::takenSuggestionReplacesItsWordAlone()
{
    const QString line = u"web ns:agents,sh stage:3"_s;
    const auto offered = suggestionsFor(*typical(), line, 16);
    QVERIFY(!offered.empty());
    QString taken = line;
    taken.replace(offered[0].begin, offered[0].end - offered[0].begin, offered[0].inserted.trimmed());
    QCOMPARE(taken, u"web ns:agents,shop stage:3"_s);
}

void FindingsFilterTest::facetIgnoresItsOwnTerms()
{
    const FindingIndexPtr index = typical();
    const auto counts = [&](const QString& line, std::size_t facet) {
        QStringList result;
        const FindingView view = answer(*index, { line, {}, {} });
        for (const FindingView::FacetValue& value : view.facets[facet])
            if (value.problems > 0)
                result += u"%1 %2"_s.arg(QString::fromStdString(value.value)).arg(value.problems);
        return result;
    };
    constexpr std::size_t severity = 0, ns = 2, kind = 4, state = 5;
    const QStringList all { u"shop 3"_s, u"agents 1"_s };
    QCOMPARE(counts({}, ns), all); // what is accepted and the platform's does not count
    QCOMPARE(counts(u"ns:shop"_s, ns), all);
    QCOMPARE(counts(u"-ns:shop"_s, ns), all);
    QCOMPARE(counts(u"ns:shop -ns:agents"_s, ns), all); // however many terms it has
    QCOMPARE(counts(u"ns:shop"_s, kind), (QStringList { u"Deployment 2"_s, u"StatefulSet 1"_s }));
    QCOMPARE(counts(u"ns:shop severity:critical"_s, ns), QStringList { u"shop 1"_s });
    QCOMPARE(counts(u"ns:shop severity:critical"_s, severity),
        (QStringList { u"critical 1"_s, u"high 1"_s, u"low 1"_s }));
    QCOMPARE(counts({}, state), (QStringList { u"fail 4"_s, u"accepted 1"_s, u"not-assessed 1"_s }));
    QCOMPARE(counts(u"state:accepted"_s, kind), QStringList { u"ClusterRoleBinding 1"_s });
    QCOMPARE(counts(u"word that nothing has"_s, ns), QStringList {});
}

/// The number beside a value is the number of problems that stay when it is chosen.
void FindingsFilterTest::facetNumberIsWhatAClickShows()
{
    std::vector<test::MadeFinding> findings = test::manyFindings(600);
    for (std::size_t i = 0; i < findings.size(); i += 3) // problems of several rows and severities
        findings[i].name = "same-" + std::to_string(i / 24);
    const FindingIndexPtr index = FindingIndex::make(test::madeAssessment(findings));
    for (const QString& line : { u""_s, u"stage:3"_s, u"container severity:high+"_s }) {
        const FindingView view = answer(*index, { line, {}, {} });
        for (std::size_t facet = 0; facet < facetKeys.size(); ++facet)
            for (const FindingView::FacetValue& value : view.facets[facet]) {
                if (facetKeys[facet] == FilterKey::State)
                    continue; // counts what does not count, too
                const QString chosen = withoutKey(line, facetKeys[facet]) + u' '
                    + FindingFilter::term(
                        namesOf(facetKeys[facet]).front().toLatin1().constData(), value.value);
                QCOMPARE(answer(*index, { chosen, {}, {} }).problems, std::size_t { value.problems });
            }
    }
}

void FindingsFilterTest::groupsHoldEveryRowAndCountProblems_data()
{
    QTest::addColumn<QString>("grouping");
    for (const char* by :
        { "severity", "stage", "check", "namespace", "object", "framework:cis-1.12", "framework:nsa" })
        QTest::newRow(by) << QString::fromLatin1(by);
}

void FindingsFilterTest::groupsHoldEveryRowAndCountProblems()
{
    QFETCH(QString, grouping);
    const FindingIndexPtr index = FindingIndex::make(test::madeAssessment(test::manyFindings(500)));
    const Grouping by = groupingFromId(grouping.toStdString());
    QCOMPARE(groupingId(by), grouping.toStdString());
    const FindingView view = answer(*index, { {}, by, { { FindingColumn::Object, Qt::DescendingOrder } } });
    std::set<std::uint32_t> rows(view.rows.begin(), view.rows.end());
    QCOMPARE(rows.size(), index->rows().size());
    std::uint32_t next = 0;
    std::set<std::string> keys;
    for (const FindingView::Group& group : view.groups) {
        QCOMPARE(group.first, next);
        next += group.size;
        QVERIFY(keys.insert(groupKey(*index, view, group)).second);
        std::set<std::uint32_t> problems;
        Severity worst = Severity::Info;
        std::string last(1, '\x7f');
        for (std::uint32_t i = group.first; i < group.first + group.size; ++i) {
            const FindingIndex::Row& row = index->rows()[view.rows[i]];
            problems.insert(row.problem);
            worst = std::max(worst, row.finding->severity);
            QVERIFY(std::string(index->object(row).name) <= last); // the order holds within the group
            last = index->object(row).name;
        }
        QCOMPARE(group.problems, std::uint32_t(problems.size()));
        QCOMPARE(group.worst, worst);
    }
    QCOMPARE(std::size_t { next }, view.rows.size());
}

void FindingsFilterTest::groupsOfAFrameworkHoldAFindingInEverySection()
{
    const FindingIndexPtr index = typical();
    const FindingView view = answer(*index, { {}, { Grouping::By::Framework, "kubescape" }, {} });
    QCOMPARE(view.matches, std::size_t(5));
    QVERIFY(view.rows.size() > view.matches); // GL-POD-002 stands in two controls
    for (const FindingView::Group& group : view.groups) {
        const std::string section = groupKey(*index, view, group);
        for (std::uint32_t i = group.first; i < group.first + group.size; ++i) {
            const posture::CheckInfo& check = index->check(index->rows()[view.rows[i]]);
            const bool maps
                = std::any_of(check.frameworks.begin(), check.frameworks.end(), [&](const auto& m) {
                      return m.framework == "kubescape"
                          && std::find(m.ids.begin(), m.ids.end(), section) != m.ids.end();
                  });
            QVERIFY(maps || section.empty());
        }
    }
}

void FindingsFilterTest::worstGroupsStandFirst()
{
    const FindingIndexPtr index = typical();
    const FindingView view = answer(*index, { {}, { Grouping::By::Namespace }, {} });
    QStringList titles;
    for (const FindingView::Group& group : view.groups)
        titles += u"%1 %2"_s.arg(groupTitle(*index, view, group)).arg(group.problems);
    QCOMPARE(titles, (QStringList { u"shop 3"_s, u"agents 1"_s, u"Cluster-wide 0"_s }));
}

/// On the practice cluster: what the paths name is found, and nothing that they do not.
void FindingsFilterTest::pathTermFindsWhatWaysWalkOn()
{
    workspace::SourceRequest request;
    request.practice = "votelab";
    auto loaded = workspace::load(request, {}, [](const auto&) {});
    QVERIFY(loaded);
    const assessment::Assessment& assessment = **loaded;
    const FindingIndexPtr index = FindingIndex::make(*loaded);
    std::set<std::pair<std::string, std::uint32_t>> walked; // check and object that steps of ways name
    for (const attack::Way& way : assessment.search->ways())
        for (const attack::EdgeIndex step : way.steps)
            for (const attack::Justification& why : assessment.graph.becauseOf(assessment.graph.edges[step]))
                walked.emplace(std::string(why.check), why.object.value);
    const FindingView on = answer(*index, { u"path:yes state:any platform:any"_s, {}, {} });
    const FindingView off = answer(*index, { u"path:no state:any platform:any"_s, {}, {} });
    QVERIFY(on.rows.size() > 5);
    QCOMPARE(on.rows.size() + off.rows.size(), index->rows().size());
    const auto isWalked = [&](const FindingIndex::Row& row) {
        const std::string& check = index->check(row).id;
        if (walked.count({ check, row.finding->object.value }) > 0)
            return true;
        return std::any_of(
            row.finding->places.begin(), row.finding->places.end(), [&](const posture::Place& p) {
                return walked.count({ check, p.object.value }) > 0;
            });
    };
    for (const std::uint32_t row : on.rows)
        QVERIFY(isWalked(index->rows()[row]));
    std::uint32_t most = 0;
    for (const FindingIndex::Row& row : index->rows())
        most = std::max(most, row.ways);
    QVERIFY(most > 0);
    QVERIFY(most <= assessment.search->count(attack::WayClass::Certain));
    for (const std::uint32_t row : answer(*index, { u"path:certain state:any platform:any"_s, {}, {} }).rows)
        QVERIFY(index->rows()[row].ways > 0);
}

void FindingsFilterTest::stoppedAnswerEndsAtOnce()
{
    const assessment::AssessmentPtr assessment = test::madeAssessment(test::manyFindings(3000));
    StopSource stop;
    stop.requestStop();
    QVERIFY(!FindingIndex::make(assessment, stop.token()));
    QVERIFY(answer(*FindingIndex::make(assessment), {}, stop.token()).rows.empty());
}

void FindingsFilterTest::viewsSurviveBeingKept()
{
    SavedViews views;
    const FindingQuery query { u"ns:\"a b\" web"_s, { Grouping::By::Framework, "cis-1.12" },
        { { FindingColumn::Ways, Qt::DescendingOrder }, { FindingColumn::Object, Qt::AscendingOrder } } };
    QVERIFY(views.save(u"  Mine  "_s, query));
    QVERIFY(!views.save(u"   "_s, query));
    SavedViews other;
    other.fromJson(views.toJson());
    QCOMPARE(other.all().size(), std::size_t(1));
    QCOMPARE(other.all()[0].name, u"Mine"_s);
    QVERIFY(other.all()[0].query == query);
    QVERIFY(other.matching(query));
    QVERIFY(other.save(u"Theirs"_s, {}));
    QVERIFY(!other.rename(u"Mine"_s, u"Theirs"_s)); // taken
    QVERIFY(other.rename(u"Mine"_s, u"Ours"_s));
    QVERIFY(other.find(u"Ours"_s) && !other.find(u"Mine"_s));
    other.remove(u"Ours"_s);
    QVERIFY(!other.find(u"Ours"_s));
}

void FindingsFilterTest::malformedViewsAreLeftOut()
{
    QJsonArray array { 1, u"x"_s, QJsonObject { { u"filter"_s, 3 } },
        QJsonObject { { u"name"_s, u"n"_s }, { u"group"_s, u"nonsense"_s },
            { u"sort"_s, QJsonArray { u"y"_s, QJsonObject { { u"column"_s, u"nonsense"_s } } } } } };
    for (int i = 0; i < 200; ++i)
        array.append(QJsonObject { { u"name"_s, u"view %1"_s.arg(i) } });
    SavedViews views;
    views.fromJson(array);
    QCOMPARE(views.all().size(), SavedViews::atMost);
    QVERIFY(views.find(u"n"_s));
    QVERIFY(views.find(u"n"_s)->query == FindingQuery());
    QVERIFY(groupingFromId("framework:") == Grouping());
}

GLACIS_TEST(FindingsFilterTest)
#include "findings_filter_test.moc"
