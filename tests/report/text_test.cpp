// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample.h"

#include <QElapsedTimer>

#include <base/text.h>
#include <report/plain.h>

using namespace glacis;
using glacis::test::Sample;
using glacis::test::text;

class TextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAsAPersonWouldWantIt();
    void colourOnlyWhenAsked();
    void hostileTextCannotReachTheTerminal();
    void longListsFoldAndSaySo();
    void manyPlacesFold();
    void linesStayWithinTheWidth();
    void allShowsPlatformAndCountsPasses();
    void nextStepNamesTheWorstObject();
    void reasonsOfOneCheckFold();
    void filtersAreNamedInTheHead();
    void withoutProblemsSaysSo();
    void isFastForManyFindings();
    void plainText_data();
    void plainText();
    void columnsAreCounted();
    void numbersAreGrouped();
};

namespace {
/// `count` Pods, each with a finding; the later ones are worse.
std::unique_ptr<Sample> many(int count, int perObject)
{
    std::string manifests;
    for (int i = 0; i < count; ++i)
        manifests += "apiVersion: v1\nkind: Pod\nmetadata: {name: p" + std::to_string(i)
            + ", namespace: shop}\nspec: {containers: [{name: a, image: b}]}\n---\n";
    auto sample = std::make_unique<Sample>(manifests, "many.yaml");
    for (int i = 0; i < count; ++i) {
        const auto pod = sample->find(inventory::Kind::Pod, "shop", "p" + std::to_string(i));
        for (int k = 0; k < perObject; ++k) {
            auto& finding = sample->fail(
                static_cast<std::size_t>(k % 2), pod, i >= count - 3 ? Severity::Critical : Severity::Low);
            finding.locus = "container c" + std::to_string(k);
            finding.message = "Runs privileged: whoever takes it over is root on the node";
            finding.places.push_back({ "a", "spec.containers[0].securityContext.privileged", "true", {} });
        }
    }
    return sample;
}

int occurrences(const std::string& in, std::string_view what)
{
    int found = 0;
    for (std::size_t at = in.find(what); at != std::string::npos; at = in.find(what, at + what.size()))
        ++found;
    return found;
}
}

void TextTest::readsAsAPersonWouldWantIt()
{
    Sample sample;
    sample.fill();
    const std::string expected = R"(Glacis )" GLACIS_VERSION
                                 R"( · dir · scope manifests · 3 objects · as of 2027-01-15T08:00:00Z

  Stage 1  Network & API exposure          61  ████████████░░░░░░░░
  Stage 2  Docker daemon access             – not assessed
  Stage 3  Least privilege & RBAC          38  ███████░░░░░░░░░░░░░
  Stage 4  Secrets & etcd                 100  ████████████████████
  Overall  the lowest stage                38  ███████░░░░░░░░░░░░░
  Coverage 97.0 %

Pod shop/web  1 critical
  ◆ critical  GL-POD-001  Runs privileged (container app, container side)  dir/web app.yaml:11, :15

ClusterRoleBinding everyone  1 medium
  ■ medium    GL-RBAC-001  Gives view to everyone  dir/web app.yaml:21

Pod other/calm
  ● low       GL-RBAC-001  Gives a little [accepted by ops until 2027-05-01: old, goes in May]
                           dir/web app.yaml:24

2 problems on 2 objects:  ◆ 1 critical  ▲ 0 high  ■ 1 medium  ● 0 low  ○ 0 info
Not counted: 1 accepted by policy, 1 in the platform's own parts (shown by --all).
Not assessed, wholly or in part (1 check; glacis checks ID tells what each asks):
  · no Node was read: GL-POD-001 (needs get,list nodes)

Next: mend GL-POD-001 (critical) on Pod shop/web. Set privileged to false. Read on: glacis checks
      GL-POD-001
)";
    QCOMPARE(text(report::writeText(sample.assessment(), {})), text(expected));
}

void TextTest::colourOnlyWhenAsked()
{
    Sample sample;
    sample.fill();
    report::WriteOptions options;
    QVERIFY(report::writeText(sample.assessment(), options).find('\x1b') == std::string::npos);
    options.colour = true;
    QVERIFY(report::writeText(sample.assessment(), options).find("\x1b[1;31m◆ critical\x1b[0m")
        != std::string::npos);
}

void TextTest::hostileTextCannotReachTheTerminal()
{
    Sample sample;
    sample.inventory().source.name = test::Hostile;
    posture::Finding& pseudo = sample.fail(0, {}, Severity::High);
    pseudo.pseudo = { test::Hostile, test::Hostile };
    pseudo.message = test::Hostile;
    pseudo.locus = test::Hostile;
    pseudo.places.push_back({ test::Hostile, test::Hostile, test::Hostile, {} });
    posture::Finding& accepted = sample.fail(1, {}, Severity::High);
    accepted.pseudo = { "Address", "x" };
    accepted.state = State::Accepted;
    accepted.waiverOwner = accepted.waiverExpires = accepted.reason = test::Hostile;
    sample.assessment().posture.gaps.push_back(
        { test::Hostile, test::Hostile, test::Hostile, { test::Hostile } });
    const std::string out = report::writeText(sample.assessment(), {});
    QVERIFY(isValidUtf8(out));
    for (const char c : out)
        QVERIFY(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    QVERIFY(out.find("\xE2\x80\xAE") == std::string::npos);
}

void TextTest::longListsFoldAndSaySo()
{
    const auto sample = many(120, 1);
    const std::string folded = report::writeText(sample->assessment(), {});
    QCOMPARE(occurrences(folded, "\nPod shop/"), 50);
    QVERIFY(folded.find("… and 70 more objects with 70 low.") != std::string::npos);
    QVERIFY(folded.find("--all or --format json") != std::string::npos);
    QVERIFY(folded.find("120 problems on 120 objects") != std::string::npos);
    // Worst first: the three critical ones lead.
    QVERIFY(folded.find("Pod shop/p117") < folded.find("Pod shop/p0"));
    report::WriteOptions all;
    all.all = true;
    const std::string whole = report::writeText(sample->assessment(), all);
    QCOMPARE(occurrences(whole, "\nPod shop/"), 120);
    QVERIFY(whole.find("more objects") == std::string::npos);
}

void TextTest::manyPlacesFold()
{
    const auto sample = many(1, 16);
    const std::string out = report::writeText(sample->assessment(), {});
    QCOMPARE(occurrences(out, "◆ critical"), 2); // two checks of eight loci
    QVERIFY2(out.find("container c10, container c12 +5 more)") != std::string::npos, out.c_str());
}

void TextTest::linesStayWithinTheWidth()
{
    const auto sample = many(2, 4);
    report::WriteOptions narrow;
    narrow.width = 72;
    const std::string out = report::writeText(sample->assessment(), narrow);
    for (const std::string_view line : split(out, '\n'))
        QVERIFY2(report::displayWidth(line) <= 72, std::string(line).c_str());
    QVERIFY2(out.find("4 problems on 2 objects:  ◆ 4 critical  ▲ 0 high  ■ 0 medium  ● 0 low\n  ○ 0 info\n")
            != std::string::npos,
        out.c_str());
}

void TextTest::allShowsPlatformAndCountsPasses()
{
    Sample sample;
    sample.fill();
    report::WriteOptions all;
    all.all = true;
    const std::string out = report::writeText(sample.assessment(), all);
    QVERIFY(out.find("Belongs to the platform [platform]") != std::string::npos);
    QVERIFY(out.find("The whole source") != std::string::npos);
    QVERIFY(out.find("By check") != std::string::npos);
    QVERIFY(out.find("  GL-POD-001         1         0        0      1      0  A container")
        != std::string::npos);
    QVERIFY(out.find("2 problems on 2 objects") != std::string::npos); // the platform's own do not count
}

void TextTest::nextStepNamesTheWorstObject()
{
    const auto sample = many(20, 1);
    // The last of the three critical ones has one problem more: it leads the list, and the next step names
    // it.
    (void)sample->fail(1, sample->find(inventory::Kind::Pod, "shop", "p19"), Severity::Critical);
    const std::string out = report::writeText(sample->assessment(), {});
    QVERIFY2(
        out.find("Next: mend GL-POD-001 (critical) on 3 objects, first Pod shop/p19.") != std::string::npos,
        out.c_str());
    QVERIFY(out.find("\nPod shop/p19") < out.find("\nPod shop/p17"));
}

void TextTest::reasonsOfOneCheckFold()
{
    Sample sample;
    for (int i = 0; i < 5; ++i)
        sample.assessment().posture.gaps.push_back(
            { "DNS", "the address of h" + std::to_string(i) + " is not known", "", { "GL-RBAC-001" } });
    const std::string out = report::writeText(sample.assessment(), {});
    QVERIFY2(out.find("the address of h0 is not known, and 4 more like it: GL-RBAC-001") != std::string::npos,
        out.c_str());
    QVERIFY(out.find("h1") == std::string::npos);
}

void TextTest::filtersAreNamedInTheHead()
{
    Sample sample;
    sample.fill();
    report::WriteOptions options;
    options.checks = { "GL-POD-001" };
    options.namespaces = { "shop" };
    const std::string out = report::writeText(sample.assessment(), options);
    QVERIFY(out.find("Only GL-POD-001, namespace shop; scores and coverage") != std::string::npos);
    QVERIFY(out.find("1 problem on 1 object") != std::string::npos);
    QVERIFY(report::writeText(sample.assessment(), {}).find("Only ") == std::string::npos);
}

void TextTest::withoutProblemsSaysSo()
{
    Sample sample;
    const std::string out = report::writeText(sample.assessment(), {});
    QVERIFY(out.find("No problems in what was assessed.") != std::string::npos);
    QVERIFY(out.find("Next: nothing wrong was found in what was judged.") != std::string::npos);
}

void TextTest::isFastForManyFindings()
{
    const auto sample = many(1500, 8);
    auto& assessment = sample->assessment();
    (void)report::writeText(assessment, {});
    QElapsedTimer timer;
    qint64 best = 1'000'000;
    for (int i = 0; i < 5; ++i) {
        timer.start();
        QVERIFY(!report::writeText(assessment, {}).empty());
        best = std::min(best, timer.nsecsElapsed() / 1000);
    }
    qInfo("12,000 findings as text: %lld µs", static_cast<long long>(best));
#ifdef __OPTIMIZE__
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QVERIFY2(best < 300'000, "ten times the budget: something is not linear");
#endif
#endif
}

void TextTest::plainText_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("made");
    QTest::newRow("ascii") << QByteArray("a b") << QByteArray("a b");
    QTest::newRow("lines") << QByteArray("a\nb\tc") << QByteArray("a b c");
    QTest::newRow("escape") << QByteArray("a\x1b[0m") << QByteArray("a\xEF\xBF\xBD[0m");
    QTest::newRow("c1") << QByteArray("\xC2\x9B") << QByteArray("\xEF\xBF\xBD");
    QTest::newRow("bidi override") << QByteArray("a\xE2\x80\xAE"
                                                 "b")
                                   << QByteArray("a\xEF\xBF\xBD"
                                                 "b");
    QTest::newRow("zero width") << QByteArray("a\xE2\x80\x8B") << QByteArray("a\xEF\xBF\xBD");
    QTest::newRow("tag") << QByteArray("\xF3\xA0\x81\x81") << QByteArray("\xEF\xBF\xBD");
    QTest::newRow("broken") << QByteArray("\xFF"
                                          "a")
                            << QByteArray("\xEF\xBF\xBD"
                                          "a");
    QTest::newRow("letters") << QByteArray("\xC3\xA4 \xE6\xBC\xA2") << QByteArray("\xC3\xA4 \xE6\xBC\xA2");
}

void TextTest::plainText()
{
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, made);
    QCOMPARE(QByteArray::fromStdString(report::plain(given.toStdString())), made);
}

void TextTest::columnsAreCounted()
{
    QCOMPARE(report::displayWidth("abc"), std::size_t { 3 });
    QCOMPARE(report::displayWidth("äöü"), std::size_t { 3 });
    QCOMPARE(report::displayWidth("漢字"), std::size_t { 4 });
    QCOMPARE(report::displayWidth("a\xCC\x81"), std::size_t { 1 }); // a with a combining accent
    const auto lines = report::wrap("one two three", 7);
    QCOMPARE(lines.size(), std::size_t { 2 });
    QCOMPARE(text(lines[0]), QStringLiteral("one two"));
}

void TextTest::numbersAreGrouped()
{
    QCOMPARE(text(report::grouped(0)), QStringLiteral("0"));
    QCOMPARE(text(report::grouped(999)), QStringLiteral("999"));
    QCOMPARE(text(report::grouped(1500)), QStringLiteral("1,500"));
    QCOMPARE(text(report::grouped(1234567)), QStringLiteral("1,234,567"));
    QCOMPARE(text(report::count(1, "object")), QStringLiteral("1 object"));
    QCOMPARE(text(report::count(2, "entry", "entries")), QStringLiteral("2 entries"));
}

GLACIS_TEST(TextTest)
#include "text_test.moc"
