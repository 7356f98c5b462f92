// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <QRegularExpression>

#include <attack/edge_catalogue.h>
#include <posture/catalogue.h>
#include <resources/embedded.h>

namespace glacis::attack {

using test::text;

class EdgeCatalogueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindStandsOnceWithStageAndCost();
    void everyTextIsWhole_data();
    void everyTextIsWhole();
    void filesAreNamedAfterTheirKind();
    void referencesLead();
    void onlyStepsThatNothingStopsHaveNoCard();
    void cardsAreThoseOfTheStages();
    void noSentenceStandsTwice();
    void isFoundById();
    void aMistakeNamesFileAndField_data();
    void aMistakeNamesFileAndField();
    void aMistakeInACardNamesItsLine_data();
    void aMistakeInACardNamesItsLine();
};

namespace {
    struct Row {
        std::string_view kind;
        int stage;
        int cost;
    };
    // The table of edges in the design, the contract of every rule.
    constexpr std::array rows {
        Row { "SHARED_ADDRESS", 1, 0 },
        Row { "EXPOSED_SERVICE", 1, 3 },
        Row { "INGRESS_ROUTE", 1, 3 },
        Row { "NO_SEGMENTATION", 1, 1 },
        Row { "APP_EXPLOIT", 1, 20 },
        Row { "ADMIN_INTERFACE", 1, 3 },
        Row { "API_PUBLIC", 1, 3 },
        Row { "API_ANONYMOUS", 1, 1 },
        Row { "DEFAULT_CREDENTIAL", 4, 3 },
        Row { "DOCKER_TCP", 2, 3 },
        Row { "RUNTIME_SOCKET", 2, 8 },
        Row { "PRIVILEGED", 3, 8 },
        Row { "NSENTER", 3, 8 },
        Row { "MODULE_LOAD", 3, 8 },
        Row { "SYS_PTRACE", 3, 8 },
        Row { "CGROUP", 3, 8 },
        Row { "HOST_FD", 3, 8 },
        Row { "CORE_PATTERN", 3, 8 },
        Row { "HOST_WRITE", 3, 8 },
        Row { "HOST_READ", 4, 8 },
        Row { "HOST_TOKENS", 4, 8 },
        Row { "SHARED_PROCESSES", 3, 0 },
        Row { "NODE_PODS", 3, 1 },
        Row { "NODE_IDENTITY", 3, 1 },
        Row { "CONTROL_PLANE", 3, 1 },
        Row { "RUNS_AS", 3, 1 },
        Row { "POD_EXEC", 3, 1 },
        Row { "POD_CREATE", 3, 1 },
        Row { "SECRET_READ", 4, 1 },
        Row { "TOKEN_SECRET", 4, 1 },
        Row { "CLUSTER_ADMIN", 3, 1 },
        Row { "DASHBOARD_OPEN", 3, 3 },
        Row { "CRED_IN_ENV", 4, 1 },
        Row { "CRED_FROM_SECRET", 4, 1 },
        Row { "READ_POD_SPEC", 4, 1 },
        Row { "ETCD_OPEN", 4, 3 },
        Row { "ETCD_AT_REST", 4, 1 },
        Row { "ETCD_WRITE", 4, 1 },
        Row { "STRUCTURE", 0, 0 },
    };

    EdgeCatalogue loaded()
    {
        auto catalogue = EdgeCatalogue::load();
        if (!catalogue)
            qFatal("%s", catalogue.error().message.c_str());
        return std::move(*catalogue);
    }

    /// What is left of a caption without {from} and {to}.
    QString withoutPlaceholders(const std::string& step)
    {
        return text(step).remove(QStringLiteral("{from}")).remove(QStringLiteral("{to}"));
    }

    qsizetype sentencesIn(const std::string& prose) { return text(prose).count(QStringLiteral(". ")) + 1; }

    bool isProse(const std::string& prose, std::size_t least, std::size_t most)
    {
        return prose.size() >= least && prose.size() <= most && prose.ends_with('.')
            && prose.find('\n') == std::string::npos && prose.find('{') == std::string::npos;
    }
}

void EdgeCatalogueTest::everyKindStandsOnceWithStageAndCost()
{
    const EdgeCatalogue catalogue = loaded();
    QCOMPARE(catalogue.edges().size(), rows.size());
    for (const Row& row : rows) {
        const EdgeInfo* info = catalogue.find(row.kind);
        QVERIFY2(info, row.kind.data());
        QVERIFY2(info->stage == row.stage, row.kind.data());
        QVERIFY2(info->cost == row.cost, row.kind.data());
        const bool drawnOnly = row.kind == "SHARED_ADDRESS" || row.kind == "SHARED_PROCESSES";
        QVERIFY2(info->walked != drawnOnly, row.kind.data());
        const std::vector<int> costs
            = row.kind == "APP_EXPLOIT" ? std::vector { 8, 20 } : std::vector { row.cost };
        QVERIFY2(info->costs == costs, row.kind.data());
    }
}

void EdgeCatalogueTest::everyTextIsWhole_data()
{
    QTest::addColumn<QString>("kind");
    for (const Row& row : rows)
        QTest::newRow(row.kind.data()) << text(row.kind);
}

void EdgeCatalogueTest::everyTextIsWhole()
{
    QFETCH(QString, kind);
    const EdgeCatalogue catalogue = loaded();
    const EdgeInfo* found = catalogue.find(kind.toStdString());
    QVERIFY(found);
    const EdgeInfo& info = *found;
    QVERIFY(info.title.size() >= 8 && info.title.size() <= 60);
    QVERIFY2(!info.title.ends_with('.'), "a title is no sentence");
    QVERIFY2(isProse(info.does, 80, 420) && sentencesIn(info.does) <= 3, info.does.c_str());
    QVERIFY2(isProse(info.when, 60, 420) && sentencesIn(info.when) <= 3, info.when.c_str());
    QVERIFY2(isProse(info.seen, 40, 260) && sentencesIn(info.seen) <= 2, info.seen.c_str());
    const QString caption = withoutPlaceholders(info.step);
    QVERIFY2(caption.size() >= 8 && caption.size() <= 90, info.step.c_str());
    QVERIFY2(!caption.contains(u'{') && !caption.contains(u'}'), info.step.c_str());
    QVERIFY2(caption.size() < text(info.step).size(), "names neither end");
    QVERIFY2(!info.step.ends_with('.'), "a caption is no sentence");
    QVERIFY2(info.attack.empty() == (info.id == "STRUCTURE"), "techniques");
    static const QRegularExpression technique(QStringLiteral("^T1\\d{3}(\\.0\\d\\d)?$"));
    for (const std::string& id : info.attack)
        QVERIFY2(technique.match(text(id)).hasMatch(), id.c_str());
}

void EdgeCatalogueTest::filesAreNamedAfterTheirKind()
{
    const EdgeCatalogue catalogue = loaded();
    std::set<std::string> expected;
    for (const EdgeInfo& info : catalogue.edges())
        expected.insert(info.id + ".yaml");
    std::set<std::string> names;
    for (const resources::File& file : resources::edges())
        names.emplace(file.name);
    QVERIFY(names == expected);
}

void EdgeCatalogueTest::referencesLead()
{
    const EdgeCatalogue catalogue = loaded();
    const auto checks = posture::Catalogue::load();
    QVERIFY2(checks, checks ? "" : checks.error().message.c_str());
    for (const EdgeInfo& info : catalogue.edges()) {
        for (const std::string& id : info.breaks)
            QVERIFY2(catalogue.card(id), (info.id + " " + id).c_str());
        for (const std::string& id : info.checks)
            QVERIFY2(checks->find(id), (info.id + " " + id).c_str());
        for (const auto* list : { &info.attack, &info.breaks, &info.checks, &info.others })
            QVERIFY2(std::set(list->begin(), list->end()).size() == list->size(), info.id.c_str());
    }
}

// A flaw of the program, root's own rights and what a pod needs to work are not taken away by a card.
void EdgeCatalogueTest::onlyStepsThatNothingStopsHaveNoCard()
{
    const EdgeCatalogue catalogue = loaded();
    std::set<std::string> unstopped;
    for (const EdgeInfo& info : catalogue.edges())
        if (info.breaks.empty())
            unstopped.insert(info.id);
    const std::set<std::string> expected { "APP_EXPLOIT", "CONTROL_PLANE", "CRED_FROM_SECRET", "ETCD_WRITE",
        "NODE_IDENTITY" };
    QVERIFY(unstopped == expected);
}

void EdgeCatalogueTest::cardsAreThoseOfTheStages()
{
    const EdgeCatalogue catalogue = loaded();
    QCOMPARE(catalogue.cards().size(), std::size_t { 16 });
    const std::map<char, int> efforts { { 'S', 1 }, { 'M', 3 }, { 'L', 8 } };
    std::set<std::string> titles;
    for (std::size_t i = 0; i < catalogue.cards().size(); ++i) {
        const CardInfo& card = catalogue.cards()[i];
        QCOMPARE(text(card.id), QStringLiteral("M%1").arg(i + 1));
        QVERIFY2(card.title.size() >= 10 && card.title.size() <= 60 && !card.title.ends_with('.'),
            card.title.c_str());
        QVERIFY2(titles.insert(card.title).second, card.title.c_str());
        QVERIFY2(isProse(card.about, 60, 260) && sentencesIn(card.about) == 1, card.about.c_str());
        QCOMPARE(card.effort, efforts.at(card.size));
    }
}

void EdgeCatalogueTest::noSentenceStandsTwice()
{
    const EdgeCatalogue catalogue = loaded();
    const auto checks = posture::Catalogue::load();
    QVERIFY2(checks, checks ? "" : checks.error().message.c_str());
    std::map<QString, std::string> owners;
    const auto add = [&](const std::string& owner, const std::string& prose) {
        for (const QString& sentence : text(prose).split(QStringLiteral(". "))) {
            const QString plain = (sentence.endsWith(u'.') ? sentence.chopped(1) : sentence).toLower();
            const auto [it, isNew] = owners.emplace(plain, owner);
            if (!isNew && !owner.starts_with("GL-"))
                QFAIL((owner + " repeats " + it->second + ": " + sentence.toStdString()).c_str());
        }
    };
    for (const posture::CheckInfo& check : checks->checks())
        for (const std::string* prose : { &check.title, &check.why, &check.fix })
            add(check.id, *prose);
    for (const EdgeInfo& info : catalogue.edges())
        for (const std::string* prose : { &info.title, &info.does, &info.when, &info.step, &info.seen })
            add(info.id, *prose);
    for (const CardInfo& card : catalogue.cards())
        for (const std::string* prose : { &card.title, &card.about })
            add(card.id, *prose);
}

void EdgeCatalogueTest::isFoundById()
{
    const EdgeCatalogue catalogue = loaded();
    const EdgeInfo* info = catalogue.find("PRIVILEGED");
    QVERIFY(info);
    QCOMPARE(info->stage, Stage { 3 });
    QVERIFY(std::find(info->others.begin(), info->others.end(), "CE_PRIV_MOUNT") != info->others.end());
    QVERIFY(!catalogue.find("NOTHING"));
    QCOMPARE(catalogue.card("M7")->size, 'L');
    QVERIFY(!catalogue.card("M17"));
}

namespace {
    const QString goodEdge = QStringLiteral(
        "id: AN_EDGE\ntitle: T\ndoes: D.\nwhen: W.\nstep: '{from} {to}'\nattack: [T1611]\nstage: 3\ncost: 8\n"
        "seen: S.\nbreaks: [M1]\nchecks: [GL-POD-001]\nothers: []\n");
    const QString goodCards = QStringLiteral("cards:\n  - {id: M1, title: T, effort: S, about: A.}\n"
                                             "  - {id: M2, title: T, effort: L, about: A.}\n");

    QString changed(QString yaml, const QString& from, const QString& to)
    {
        return from.isEmpty() ? yaml : yaml.replace(from, to);
    }

    Result<EdgeCatalogue> parsed(const QString& edge, const QString& cards)
    {
        const std::string utf8 = edge.toStdString();
        const std::string cardsUtf8 = cards.toStdString();
        return EdgeCatalogue::parse({ { "AN_EDGE.yaml", utf8 } }, cardsUtf8);
    }

    void mistake(const char* name, const char* from, const char* to, const char* message)
    {
        QTest::newRow(name) << QString::fromUtf8(from) << QString::fromUtf8(to) << QString::fromUtf8(message);
    }
    void mistakeColumns()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("message"); // how it begins; empty: good
    }
    void compareMistake(const Result<EdgeCatalogue>& catalogue, const QString& message)
    {
        QCOMPARE(bool(catalogue), message.isEmpty());
        if (!catalogue)
            QVERIFY2(text(catalogue.error().message).startsWith(message), catalogue.error().message.c_str());
    }
}

void EdgeCatalogueTest::aMistakeNamesFileAndField_data()
{
    mistakeColumns();
    mistake("good", "", "", "");
    mistake("several costs", "cost: 8", "cost: 20\ncosts: [8, 20]", "");
    mistake("not walked", "cost: 8", "cost: 0\nwalked: false", "");
    mistake("no card breaks it", "[M1]", "[]", "");
    mistake("unknown field", "seen: S.", "sen: S.", "AN_EDGE.yaml: field sen: is no field");
    mistake("missing text", "does: D.\n", "", "AN_EDGE.yaml: field does: is missing");
    mistake("empty text", "title: T", "title: ''", "AN_EDGE.yaml: field title: expected text");
    mistake("missing list", "others: []\n", "", "AN_EDGE.yaml: field others: is missing");
    mistake("text for a list", "[T1611]", "T1611", "AN_EDGE.yaml: field attack: expected a list");
    mistake("number in a list", "[T1611]", "[1611]", "AN_EDGE.yaml: field attack: expected texts");
    mistake("stage too high", "stage: 3", "stage: 5", "AN_EDGE.yaml: field stage: expected a number");
    mistake("stage missing", "stage: 3\n", "", "AN_EDGE.yaml: field stage: is missing");
    mistake("cost as text", "cost: 8", "cost: '8'", "AN_EDGE.yaml: field cost: expected a number");
    mistake("cost below nothing", "cost: 8", "cost: -1", "AN_EDGE.yaml: field cost: expected a number");
    mistake("costs without the usual", "cost: 8", "cost: 8\ncosts: [3, 20]",
        "AN_EDGE.yaml: field costs: expected");
    mistake("costs in disorder", "cost: 8", "cost: 8\ncosts: [20, 8]", "AN_EDGE.yaml: field costs: expected");
    mistake("walked as text", "cost: 8", "cost: 8\nwalked: 'no'", "AN_EDGE.yaml: field walked: expected");
    mistake("unknown card", "[M1]", "[M3]", "edge AN_EDGE: field breaks: M3 is no card");
    mistake("no mapping", "id: AN_EDGE", "- x\n---\nid: AN_EDGE", "AN_EDGE.yaml: expected one mapping");
}

void EdgeCatalogueTest::aMistakeNamesFileAndField()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, message);
    const QString yaml = changed(goodEdge, from, to);
    compareMistake(parsed(yaml, goodCards), message);
    QVERIFY2(!parsed(yaml + QStringLiteral("---\n") + yaml, goodCards), "an id stands twice");
}

void EdgeCatalogueTest::aMistakeInACardNamesItsLine_data()
{
    mistakeColumns();
    mistake("effort", "effort: L", "effort: XL", "cards.yaml: line 3: field effort: expected S, M or L");
    mistake("order", "id: M2", "id: M3", "cards.yaml: line 3: field id: expected M2");
    mistake("twice", "id: M2", "id: M1", "cards.yaml: line 3: field id: expected M2");
    mistake("unknown field", "{id: M1,", "{id: M1, sort: x,", "cards.yaml: line 2: field sort: is no field");
    mistake("no list", "cards:\n", "cards: {}\nothers:\n", "cards.yaml: field others: is no field");
    mistake("list missing", goodCards.toUtf8().constData(), "{}", "cards.yaml: field cards: is missing");
    mistake("broken", "cards:\n", "cards: [\n", "cards.yaml: line ");
}

void EdgeCatalogueTest::aMistakeInACardNamesItsLine()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, message);
    compareMistake(parsed(goodEdge, changed(goodCards, from, to)), message);
}

} // namespace glacis::attack

using glacis::attack::EdgeCatalogueTest;
GLACIS_TEST(EdgeCatalogueTest)
#include "edge_catalogue_test.moc"
