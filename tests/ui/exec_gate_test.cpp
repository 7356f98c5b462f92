// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A credential plugin runs only when a person said so, to the letter of what was shown.
#include "made_clusters.h"
#include "test_main.h"

#include <clusters/exec_dialog.h>
#include <clusters/exec_gate.h>
#include <clusters/visible_text.h>
#include <widgets/plain_label.h>

#include <QPushButton>
#include <QSignalSpy>

#include <future>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using cluster::ExecVerdict;

class ExecGateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void waitsForTheAnswerWithoutBlockingTheWindow();
    void oneQuestionAtATime();
    void theSameQuestionIsAskedOnce();
    void stoppingTakesTheQuestionBack();
    void closingRefuses();
    void dialogShowsAllThatWouldRun();
    void dialogHidesValuesThatMayBeSecret();
    void notRunningIsTheDefault();
    void whatCannotBeSeenIsSpelledOut_data();
    void whatCannotBeSeenIsSpelledOut();
    void signInPanelFollowsThePlugin();
};

namespace {

std::future<ExecVerdict> asking(
    ExecGate& gate, const cluster::ExecInvocation& what, const StopToken& stop = {})
{
    return std::async(std::launch::async, [&gate, what, stop] { return gate.ask(what, stop); });
}

bool isDone(const std::future<ExecVerdict>& future)
{
    return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

QString textOf(const QWidget& dialog, const QString& name)
{
    const auto* label = dialog.findChild<PlainLabel*>(name);
    return label ? label->text() : QString();
}

}

void ExecGateTest::waitsForTheAnswerWithoutBlockingTheWindow()
{
    for (const auto& [answer, verdict] : { std::pair(ExecGate::Answer::Once, ExecVerdict::Run),
             std::pair(ExecGate::Answer::Always, ExecVerdict::Run),
             std::pair(ExecGate::Answer::Refuse, ExecVerdict::Refuse) }) {
        ExecGate gate;
        QSignalSpy asked(&gate, &ExecGate::asked), always(&gate, &ExecGate::alwaysWanted);
        auto waiting = asking(gate, test::madeInvocation());
        QTRY_COMPARE(asked.count(), 1);
        QVERIFY(gate.question() && *gate.question() == test::madeInvocation());
        QVERIFY(!isDone(waiting));
        gate.answer(answer);
        QTRY_VERIFY(isDone(waiting));
        QVERIFY(waiting.get() == verdict);
        QCOMPARE(always.count(), answer == ExecGate::Answer::Always ? 1 : 0);
        QVERIFY(!gate.question());
    }
}

void ExecGateTest::oneQuestionAtATime()
{
    ExecGate gate;
    QSignalSpy asked(&gate, &ExecGate::asked);
    auto other = test::madeInvocation();
    other.args.push_back("--role");
    auto one = asking(gate, test::madeInvocation()), two = asking(gate, other);
    QTRY_COMPARE(asked.count(), 1);
    QTest::qWait(80);
    QCOMPARE(asked.count(), 1);
    const auto first = *gate.question();
    gate.answer(ExecGate::Answer::Once);
    QTRY_COMPARE(asked.count(), 2);
    QVERIFY(!(*gate.question() == first));
    gate.answer(ExecGate::Answer::Refuse);
    QTRY_VERIFY(isDone(one) && isDone(two));
    const bool firstWasOne = first == test::madeInvocation();
    QVERIFY((firstWasOne ? one : two).get() == ExecVerdict::Run);
    QVERIFY((firstWasOne ? two : one).get() == ExecVerdict::Refuse);
}

void ExecGateTest::theSameQuestionIsAskedOnce()
{
    ExecGate gate;
    QSignalSpy asked(&gate, &ExecGate::asked);
    auto one = asking(gate, test::madeInvocation()), two = asking(gate, test::madeInvocation());
    QTRY_COMPARE(asked.count(), 1);
    QTest::qWait(80);
    gate.answer(ExecGate::Answer::Once);
    QTRY_VERIFY(isDone(one) && isDone(two));
    QVERIFY(one.get() == ExecVerdict::Run && two.get() == ExecVerdict::Run);
    QCOMPARE(asked.count(), 1);
}

void ExecGateTest::stoppingTakesTheQuestionBack()
{
    ExecGate gate;
    QSignalSpy asked(&gate, &ExecGate::asked), withdrawn(&gate, &ExecGate::withdrawn);
    StopSource stop;
    auto waiting = asking(gate, test::madeInvocation(), stop.token());
    QTRY_COMPARE(asked.count(), 1);
    stop.requestStop();
    QTRY_VERIFY(isDone(waiting));
    QVERIFY(waiting.get() == ExecVerdict::Refuse);
    QTRY_COMPARE(withdrawn.count(), 1);
    gate.answer(ExecGate::Answer::Always); // too late: nothing is kept
    QVERIFY(!gate.question());
}

void ExecGateTest::closingRefuses()
{
    std::future<ExecVerdict> waiting;
    {
        ExecGate gate;
        QSignalSpy asked(&gate, &ExecGate::asked);
        waiting = asking(gate, test::madeInvocation());
        QTRY_COMPARE(asked.count(), 1);
    }
    QVERIFY(waiting.get() == ExecVerdict::Refuse);
}

void ExecGateTest::dialogShowsAllThatWouldRun()
{
    const auto what = test::madeInvocation();
    ExecDialog dialog(what, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QCOMPARE(textOf(dialog, u"execProgram"_s), u"/usr/local/bin/aws"_s);
    QCOMPARE(textOf(dialog, u"execArguments"_s), u"eks\nget-token\n--cluster-name\nprod-us"_s);
    QVERIFY(textOf(dialog, u"execNamedBy"_s).contains(u"/home/me/.kube/config"));
    QVERIFY(textOf(dialog, u"execNamedBy"_s).contains(u"sso"));
    QCOMPARE(textOf(dialog, u"execServer"_s), QString::fromStdString(what.server));
    QCOMPARE(textOf(dialog, u"execHash"_s), QString(64, u'a'));
    for (const auto* label : dialog.findChildren<QLabel*>()) {
        QVERIFY(qobject_cast<const PlainLabel*>(label));
        QCOMPARE(label->textFormat(), Qt::PlainText);
    }
}

void ExecGateTest::dialogHidesValuesThatMayBeSecret()
{
    const ExecDialog dialog(test::madeInvocation(), nullptr);
    const QString variables = textOf(dialog, u"execVariables"_s);
    QCOMPARE(variables, u"AWS_PROFILE = production\nCLIENT_SECRET = (hidden, 6 characters)"_s);
    for (const auto* label : dialog.findChildren<QLabel*>())
        QVERIFY(!label->text().contains(u"s3cret"));
}

void ExecGateTest::notRunningIsTheDefault()
{
    const auto said = [](const std::function<void(ExecDialog&)>& act) {
        ExecDialog dialog(test::madeInvocation(), nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QList<ExecGate::Answer> answers;
        QObject::connect(
            &dialog, &ExecDialog::answered, &dialog, [&](ExecGate::Answer answer) { answers += answer; });
        dialog.show();
        act(dialog);
        if (dialog.isVisible() || answers.size() != 1)
            return -1;
        return static_cast<int>(answers.front());
    };
    const int refuse = static_cast<int>(ExecGate::Answer::Refuse);
    QCOMPARE(said([](ExecDialog& d) { QTest::keyClick(&d, Qt::Key_Return); }), refuse);
    QCOMPARE(said([](ExecDialog& d) { QTest::keyClick(&d, Qt::Key_Escape); }), refuse);
    QCOMPARE(said([](ExecDialog& d) { d.close(); }), refuse);
    QCOMPARE(said([](ExecDialog& d) { d.findChild<QPushButton*>(u"execOnce"_s)->click(); }),
        static_cast<int>(ExecGate::Answer::Once));
    QCOMPARE(said([](ExecDialog& d) { d.findChild<QPushButton*>(u"execAlways"_s)->click(); }),
        static_cast<int>(ExecGate::Answer::Always));
}

void ExecGateTest::whatCannotBeSeenIsSpelledOut_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QString>("out");
    QTest::newRow("plain") << QByteArray("get-token") << u"get-token"_s;
    QTest::newRow("mark-up") << QByteArray("<b>x</b>") << u"<b>x</b>"_s;
    QTest::newRow("line end") << QByteArray("a\nb") << u"a⟨U+000A⟩b"_s;
    QTest::newRow("override") << QByteArray("a\xE2\x80\xAE"
                                            "b")
                              << u"a⟨U+202E⟩b"_s;
    QTest::newRow("zero width") << QByteArray("a\xE2\x80\x8B"
                                              "b")
                                << u"a⟨U+200B⟩b"_s;
    QTest::newRow("no-break space") << QByteArray("a\xC2\xA0"
                                                  "b")
                                    << u"a⟨U+00A0⟩b"_s;
    QTest::newRow("tag beyond the BMP") << QByteArray("\xF3\xA0\x81\x81") << u"⟨U+E0041⟩"_s;
    QTest::newRow("Hebrew and emoji stay")
        << QByteArray("\xD7\xA9 \xF0\x9F\x98\x80") << QString::fromUtf8("\xD7\xA9 \xF0\x9F\x98\x80");
}

void ExecGateTest::whatCannotBeSeenIsSpelledOut()
{
    QFETCH(QByteArray, in);
    QTEST(visibleText({ in.constData(), static_cast<std::size_t>(in.size()) }), "out");
    QVERIFY(visibleText(std::string(5000, 'x')).contains(u"1000 more"));
}

void ExecGateTest::signInPanelFollowsThePlugin()
{
    SignInPanel panel;
    cluster::ExecProgress progress;
    panel.tell("prod", progress);
    QVERIFY(!panel.isVisibleTo(nullptr)); // quick and silent: nothing to see
    progress.running = std::chrono::seconds(75);
    progress.waitsForSignIn = true;
    progress.standardError = "Open https://login.example and enter ABCD-1234 <b>";
    panel.tell("prod", progress);
    QVERIFY(panel.isVisible());
    QCOMPARE(textOf(panel, u"signInWords"_s), u"Open https://login.example and enter ABCD-1234 <b>"_s);
    QStringList texts;
    for (const auto* label : panel.findChildren<PlainLabel*>())
        texts += label->text();
    QVERIFY(texts.join(u' ').contains(u"1:15"));
    QSignalSpy cancelled(&panel, &SignInPanel::cancelAsked);
    panel.findChild<QPushButton*>(u"cancelSignIn"_s)->click();
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!panel.isVisible());
    panel.tell("prod", progress);
    panel.finish("other");
    QVERIFY(panel.isVisible());
    panel.finish("prod");
    QVERIFY(!panel.isVisible());
}

GLACIS_TEST(ExecGateTest)
#include "exec_gate_test.moc"
