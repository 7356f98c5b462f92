// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rbac_builder.h"

#include <test_main.h>

using namespace glacis;
using namespace glacis::access;
using glacis::test::RbacBuilder;

namespace {

/// "get pods/exec in ns1 named a", "get /metrics", "list deployments.apps": a request in words.
Request request(const QString& words)
{
    Request out;
    const auto parts = words.split(QLatin1Char(' '));
    out.verb = parts[0].toStdString();
    const std::string what = parts[1].toStdString();
    if (what.starts_with('/')) {
        out.url = what;
        return out;
    }
    std::string resource = what;
    if (const auto slash = resource.find('/'); slash != std::string::npos) {
        out.subresource = resource.substr(slash + 1);
        resource.resize(slash);
    }
    if (const auto dot = resource.find('.'); dot != std::string::npos) {
        out.group = resource.substr(dot + 1);
        resource.resize(dot);
    }
    out.resource = resource;
    for (int i = 2; i + 1 < parts.size(); i += 2)
        (parts[i] == QLatin1String("in") ? out.ns : out.name) = parts[i + 1].toStdString();
    return out;
}

} // namespace

class RulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ruleAllowsWhatKubernetesAllows_data();
    void ruleAllowsWhatKubernetesAllows();
    void crossProductOfListsCounts();
    void anyNameNeedsARuleWithoutNames();
    void everythingNeedsThreeStarsAndNoNames();
    void coverFollowsKubernetes_data();
    void coverFollowsKubernetes();
    void ownerWithoutOneResourceDoesNotCoverAll();
};

void RulesTest::ruleAllowsWhatKubernetesAllows_data()
{
    QTest::addColumn<QString>("verbs");
    QTest::addColumn<QString>("groups");
    QTest::addColumn<QString>("resources");
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("question");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* name, const char* verbs, const char* groups, const char* resources,
                         const char* names, const char* question, bool allowed) {
        QTest::newRow(name) << QString::fromLatin1(verbs) << QString::fromLatin1(groups)
                            << QString::fromLatin1(resources) << QString::fromLatin1(names)
                            << QString::fromLatin1(question) << allowed;
    };
    row("3 resource without subresource", "get", "", "pods", "", "get pods/status", false);
    row("4 subresource without resource", "get", "", "pods/status,*/scale", "", "get pods", false);
    row("4 the subresource", "get", "", "pods/status,*/scale", "", "get pods/status", true);
    row("4 any resource's subresource", "get", "", "pods/status,*/scale", "", "get anything/scale", true);
    row("4 not of another length", "get", "", "*/scale", "", "get anything/upscale", false);
    row("4 star subresource needs a subresource", "get", "", "*/scale", "", "get scale", false);
    row("5 star covers subresources", "create", "", "*", "", "create pods/exec", true);
    row("6 pods/* is dead text", "create", "", "pods/*", "", "create pods/exec", false);
    row("6 */* is dead text", "create", "", "*/*", "", "create pods/exec", false);
    row("7 any verb", "*", "group1", "resource1", "", "frobnicate resource1.group1", true);
    row("7 not another group", "*", "group1", "resource1", "", "get resource1.group2", false);
    row("star group", "get", "*", "resource1", "", "get resource1.anything", true);
    row("core group is not every group", "get", "", "deployments", "", "get deployments.apps", false);
    row("19 the named one", "*", "", "secrets", "a", "get secrets name a", true);
    row("19 another one", "*", "", "secrets", "a", "get secrets name b", false);
    row("19 a list carries no name", "*", "", "secrets", "a", "list secrets", false);
    row("19 create carries no name", "*", "", "secrets", "a", "create secrets", false);
    row("19 nor when somebody names it", "*", "", "secrets", "a", "create secrets name a", false);
    row("19 deletecollection carries no name", "*", "", "secrets", "a", "deletecollection secrets name a",
        false);
    row("19 create on a subresource carries one", "create", "", "pods/exec", "a", "create pods/exec name a",
        true);
    row("19 and only that one", "create", "", "pods/exec", "a", "create pods/exec name b", false);
    row("20 list by field selector on the name", "list", "", "secrets", "a", "list secrets name a", true);
    row("21 no apiGroups", "*", "none", "*", "", "get pods", false);
    row("no resources", "*", "*", "", "", "get pods", false);
    row("no verbs", "", "*", "*", "", "get pods", false);
    row("case matters", "get", "", "Pods", "", "get pods", false);
    row("verb is no prefix", "get,lis", "", "pods", "", "list pods", false);
    const auto url = [&](const char* name, const char* verbs, const char* urls, const char* question,
                         bool allowed) { row(name, verbs, "url", urls, "", question, allowed); };
    url("9 below the prefix", "get", "/apis/*", "get /apis/v1/foobar", true);
    url("9 the prefix itself", "get", "/apis/*", "get /apis", false);
    url("9 another path", "get", "/apis/*", "get /api/v1", false);
    url("10 any verb on a URL", "*", "/apis", "watch /apis", true);
    url("11 a prefix starts at the start", "get", "/foo/*", "get /notfoo/bar", false);
    url("several trailing stars are one", "get", "/foo**", "get /foobar", true);
    url("a star inside is a letter", "get", "/a*/b", "get /axx/b", false);
    url("the star", "get", "*", "get /metrics", true);
    url("a URL rule allows no resource", "*", "*", "get pods", false);
    row("a resource rule allows no URL", "*", "*", "*", "", "get /metrics", false);
}

void RulesTest::ruleAllowsWhatKubernetesAllows()
{
    QFETCH(QString, verbs);
    QFETCH(QString, groups);
    QFETCH(QString, resources);
    QFETCH(QString, names);
    QFETCH(QString, question);
    QFETCH(bool, allowed);
    RbacBuilder b;
    const auto rule = groups == QLatin1String("url")
        ? b.urls(verbs.toStdString(), resources.toStdString())
        : b.rule(verbs.toStdString(), groups.toStdString(), resources.toStdString(), names.toStdString());
    QCOMPARE(ruleAllows(rule, request(question)), allowed);
}

void RulesTest::crossProductOfListsCounts() // 8
{
    RbacBuilder b;
    const auto rule = b.rule("get,list", "g1,g2", "r1,r2");
    for (const char* verb : { "get", "list" }) {
        for (const char* group : { "g1", "g2" }) {
            for (const char* resource : { "r1", "r2" })
                QVERIFY(ruleAllows(rule, { .verb = verb, .group = group, .resource = resource }));
        }
    }
    QVERIFY(!ruleAllows(rule, { .verb = "get", .group = "g3", .resource = "r1" }));
}

void RulesTest::anyNameNeedsARuleWithoutNames()
{
    RbacBuilder b;
    const auto named = b.rule("get,create,update", "", "secrets", "a");
    QVERIFY(!ruleAllowsAnyName(named, "get", "", "secrets"));
    QVERIFY(ruleMentions(named, "get", "", "secrets"));
    QVERIFY(!ruleMentions(named, "create", "", "secrets"));
    const auto all = b.rule("*", "*", "*");
    QVERIFY(ruleAllowsAnyName(all, "get", "", "secrets"));
    QVERIFY(ruleAllowsAnyName(all, "create", "", "pods", "exec"));
    QVERIFY(!ruleAllowsAnyName(b.rule("*", "", "pods/*"), "create", "", "pods", "exec"));
    QVERIFY(ruleAllowsAnyName(b.rule("get", "", "*/exec"), "get", "", "pods", "exec"));
    QVERIFY(!ruleAllowsAnyName(b.rule("*", "none", "*"), "get", "", "pods"));
}

void RulesTest::everythingNeedsThreeStarsAndNoNames()
{
    RbacBuilder b;
    QVERIFY(ruleIsEverything(b.rule("*", "*", "*")));
    QVERIFY(ruleIsEverything(b.rule("get,*", "apps,*", "pods,*")));
    QVERIFY(!ruleIsEverything(b.rule("*", "*", "*", "a")));
    QVERIFY(!ruleIsEverything(b.rule("*", "", "*")));
    QVERIFY(!ruleIsEverything(b.rule("get,list", "*", "*")));
    QVERIFY(!ruleIsEverything(b.rule("*", "*", "*/scale")));
}

void RulesTest::coverFollowsKubernetes_data()
{
    QTest::addColumn<QStringList>("held"); // verbs, groups, resources, names; or verbs, "url", urls
    QTest::addColumn<QStringList>("wanted");
    QTest::addColumn<bool>("covered");
    const auto row = [](const char* name, const QStringList& held, const QStringList& wanted, bool covered) {
        QTest::newRow(name) << held << wanted << covered;
    };
    const auto words = [](const char* text) { return QString::fromLatin1(text).split(QLatin1Char('|')); };
    row("22 seven verbs are not the star", words("get,list,watch,create,update,patch,delete||pods|"),
        words("*||pods|"), false);
    row("the star is seven verbs", words("*||pods|"), words("get,list,watch||pods|"), true);
    row("24 names do not cover all names", words("get||pods|foo,bar"), words("get||pods|"), false);
    row("all names cover names", words("get||pods|"), words("get||pods|foo"), true);
    row("names cover fewer names", words("get||pods|foo,bar"), words("get||pods|foo"), true);
    row("names do not cover another name", words("get||pods|foo"), words("get||pods|bar"), false);
    row("star of groups", words("get|*|pods|"), words("get|apps|pods|"), true);
    row("groups are not the star", words("get|apps|pods|"), words("get|*|pods|"), false);
    row("*/scale covers foo/scale", words("get||*/scale|"), words("get||foo/scale|"), true);
    row("foo/scale does not cover */scale", words("get||foo/scale|"), words("get||*/scale|"), false);
    row("*/scale does not cover the resource", words("get||*/scale|"), words("get||foo|"), false);
    row("25 /* does not cover the empty path", words("get|url|/*"), words("get|url|-"), false);
    row("25 /* covers /", words("get|url|/*"), words("get|url|/"), true);
    row("26 an inner star is a letter", words("get|url|/api/*/*"), words("get|url|/api/v1"), false);
    row("URL star", words("get|url|*"), words("get|url|/x/*"), true);
    row("prefix covers a narrower prefix", words("get|url|/x*"), words("get|url|/x/y*"), true);
    row("resource rule covers no URL", words("*|*|*|"), words("get|url|/x"), false);
}

void RulesTest::coverFollowsKubernetes()
{
    QFETCH(QStringList, held);
    QFETCH(QStringList, wanted);
    QFETCH(bool, covered);
    RbacBuilder b;
    const auto rule = [&](const QStringList& words) {
        if (words[1] == QLatin1String("url")) {
            auto out = b.urls(words[0].toStdString(), words[2].toStdString());
            if (words[2] == QLatin1String("-"))
                out.nonResourceUrls = { Str() };
            return out;
        }
        return b.rule(
            words[0].toStdString(), words[1].toStdString(), words[2].toStdString(), words[3].toStdString());
    };
    QCOMPARE(covers({ rule(held) }, { rule(wanted) }), covered);
}

void RulesTest::ownerWithoutOneResourceDoesNotCoverAll() // 23
{
    RbacBuilder b;
    const std::vector<Rule> held { b.rule("delete,update", "", "builds,deployments"),
        b.rule("delete", "", "pods") };
    QVERIFY(!covers(held, { b.rule("delete,update", "", "builds,deployments,pods") }));
    QVERIFY(covers(held, { b.rule("delete", "", "builds,deployments,pods") }));
    QVERIFY(covers(held, { b.rule("delete,update", "", "builds"), b.rule("delete", "", "pods") }));
    QVERIFY(covers(held, {}));
    QVERIFY(!covers({}, { b.rule("get", "", "pods") }));
    QVERIFY(covers({}, { b.rule("get", "none", "pods") }));
}

GLACIS_TEST(RulesTest)
#include "rules_test.moc"
