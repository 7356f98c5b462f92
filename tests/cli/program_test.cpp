// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The built program from end to end, as a shell would start it: files in, exit code and output out.
#include "test_main.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#ifndef _WIN32
#include <csignal>
#endif

namespace {
struct Outcome {
    int code = -1;
    QByteArray out, err;
};

Outcome run(const QStringList& args, const QByteArray& input = {})
{
    QProcess process;
    process.setWorkingDirectory(QStringLiteral(GLACIS_TEST_DATA));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(GLACIS_PROGRAM), args);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60000))
        return {};
    return { process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
        process.readAllStandardOutput(), process.readAllStandardError() };
}

Outcome run(const char* line, const QByteArray& input = {})
{
    return run(QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts), input);
}

QJsonObject json(const Outcome& outcome) { return QJsonDocument::fromJson(outcome.out).object(); }

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
}

class ProgramTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void exitCodes_data();
    void exitCodes();
    void scanWritesText();
    void scanWritesJson();
    void everyFormatIsWritten_data();
    void everyFormatIsWritten();
    void standardInputIsASource();
    void factsBecomeObservations();
    void policyAcceptsAndNeverCrosses();
    void brokenPartsAreReportedAndHideNothing();
    void outputAppearsWholeOrNotAtAll();
    void snapshotHoldsWhatTheFilesHeld();
    void checksAreListedAndExplained();
    void helpAndVersionGoToStandardOutput();
    void withoutADisplayItSaysWhatHelps();
    void sameBytesWhateverTheThreads();
    void pathsAreToldStepByStep();
    void pathsAreWrittenAsJsonAndGraph();
    void fixesNameTheSmallestSet();
    void stepsAreExplained();
    void reportsAreWritten_data();
    void reportsAreWritten();
    void reportsHideNames();
    void anAuditNamesItsSnapshot();
    void interruptEndsABlockedRead();
};

void ProgramTest::exitCodes_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    const auto row
        = [](const char* line, int code) { QTest::newRow(line) << QString::fromUtf8(line) << code; };
    row("scan --path shop.yaml", 0);
    row("scan --path shop.yaml --fail-on high", 1);
    row("scan --path shop.yaml --fail-on info", 1);
    row("scan --path shop.yaml --fail-on info --namespace elsewhere", 0);
    row("scan --path calm.yaml --fail-on high", 0);
    row("scan --path broken", 0);
    row("scan --path broken --strict", 2);
    row("scan --path shop.yaml --strict", 0);
    row("scan --path absent.yaml", 2);
    row("scan --path nothing", 2);
    row("scan --path shop.yaml --facts absent.yaml", 2);
    row("scan --path shop.yaml --policy absent.yaml", 2);
    row("scan --path shop.yaml --check GL-POD-01", 2);
    row("scan --path shop.yaml --format html", 0);
    row("report --path shop.yaml --format html", 0);
    row("report --path shop.yaml", 2);
    row("report --path absent.yaml --format html", 2);
    row("report --path shop.yaml --format markdown -o absent-folder/report.md", 2);
    row("report --path shop.yaml --format html --logo shop.yaml", 2);
    row("scan --snapshot absent.glacis", 2);
    row("scan --snapshot shop.yaml", 2);
    row("scan --path shop.yaml -o absent-folder/out.json", 2);
    row("scan", 2);
    row("paths --path shop.yaml", 0);
    row("paths --path shop.yaml --from nowhere", 2);
    row("paths --path shop.yaml --to nowhere", 2);
    row("paths --path shop.yaml --format csv", 2);
    row("paths --path shop.yaml --minimal", 2);
    row("paths", 2);
    row("fixes --practice votelab --minimal", 0);
    row("fixes --practice votelab --format dot", 2);
    row("scan --practice nowhere", 2);
    row("scan --path shop.yaml --format dot", 2);
    row("edges", 0);
    row("edges privileged", 0);
    row("edges PRIVILIGED", 2);
    row("checks GL-NOPE-001", 2);
    row("checks gl-pod-001", 0);
    row("help scan", 0);
}

void ProgramTest::exitCodes()
{
    QFETCH(QString, line);
    QFETCH(int, code);
    const Outcome outcome = run(line.split(QLatin1Char(' ')));
    QVERIFY2(outcome.code == code, outcome.err.constData());
    if (code == 2)
        QVERIFY(!outcome.err.isEmpty());
}

void ProgramTest::pathsAreToldStepByStep()
{
    const Outcome outcome = run("paths --practice votelab --quiet");
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.out.contains("certain ways are open from the Internet"), outcome.out.constData());
    QVERIFY(outcome.out.contains("Docker on worker-1 \u2192 all Secrets (cost 9)"));
    QVERIFY(outcome.out.contains("practice/votelab.24-ci.yaml:")); // the line that proves a step
    QVERIFY(outcome.out.contains("Broken by M3@edge"));
    QVERIFY(outcome.out.contains("Where several of them pass"));
    const Outcome breach = run("paths --practice votelab --quiet --from breach --to cluster-admin --limit 1");
    QVERIFY2(breach.out.contains("from a breached application"), breach.out.constData());
    QVERIFY(breach.out.contains("--limit 0 shows all"));
    const Outcome hardened = run("paths --practice votelab-hardened --quiet");
    QVERIFY(hardened.out.startsWith("No certain way is open from the Internet"));
    const Outcome several = run("paths --practice votelab --quiet --from runner");
    QCOMPARE(several.code, 2);
    QVERIFY2(several.err.contains("say which: held/ci/Deployment/runner"), several.err.constData());
}

void ProgramTest::pathsAreWrittenAsJsonAndGraph()
{
    const Outcome outcome = run("paths --practice votelab --quiet --format json");
    const QJsonArray paths
        = QJsonDocument::fromJson(outcome.out).object().value(QLatin1String("paths")).toArray();
    QVERIFY(paths.size() > 6);
    const Outcome scan = run("scan --practice votelab --quiet --format json");
    const QJsonObject root = QJsonDocument::fromJson(scan.out).object();
    QCOMPARE(root.value(QLatin1String("paths")).toArray(), paths); // one list, in both
    QCOMPARE(
        root.value(QLatin1String("scores")).toObject().value(QLatin1String("possibleWays")).isDouble(), true);
    QSet<QString> nodes, edges;
    for (const QJsonValue& node : root.value(QLatin1String("nodes")).toArray())
        nodes.insert(node.toObject().value(QLatin1String("id")).toString());
    for (const QJsonValue& value : root.value(QLatin1String("edges")).toArray()) {
        const QJsonObject edge = value.toObject();
        QVERIFY(nodes.contains(edge.value(QLatin1String("from")).toString()));
        QVERIFY(nodes.contains(edge.value(QLatin1String("to")).toString()));
        QVERIFY(!edges.contains(edge.value(QLatin1String("id")).toString()));
        edges.insert(edge.value(QLatin1String("id")).toString());
    }
    for (const QJsonValue& path : paths)
        for (const QJsonValue& step : path.toObject().value(QLatin1String("steps")).toArray())
            QVERIFY2(edges.contains(step.toString()), qPrintable(step.toString()));
    const Outcome dot = run("paths --practice votelab --quiet --format dot");
    QVERIFY(dot.out.startsWith("digraph") && dot.out.trimmed().endsWith('}'));
}

void ProgramTest::fixesNameTheSmallestSet()
{
    const Outcome outcome = run("fixes --practice votelab --quiet --minimal");
    QVERIFY2(outcome.out.contains("2 changes, proven"), outcome.out.constData());
    QVERIFY(outcome.out.contains("M3@edge") && outcome.out.contains("M7@policies/"));
    const Outcome json = run("fixes --practice votelab --quiet --format json");
    const QJsonObject root = QJsonDocument::fromJson(json.out).object();
    QVERIFY(!root.value(QLatin1String("options")).toArray().isEmpty());
    const QJsonObject first = root.value(QLatin1String("smallest")).toArray().first().toObject();
    QCOMPARE(first.value(QLatin1String("proof")).toString(), QStringLiteral("exact"));
    QCOMPARE(first.value(QLatin1String("sets")).toArray().size(), 1);
    const Outcome hardened = run("fixes --practice votelab-hardened --quiet --minimal");
    QVERIFY(hardened.out.contains("nothing that has to be closed"));
}

void ProgramTest::stepsAreExplained()
{
    const Outcome outcome = run("edges docker_tcp");
    QVERIFY2(outcome.out.contains("DOCKER_TCP") && outcome.out.contains("What breaks it"),
        outcome.out.constData());
    QVERIFY(run("edges").out.contains("kinds of step"));
    QVERIFY(run("edges PRIVILIGED").err.contains("did you mean PRIVILEGED?"));
}

void ProgramTest::reportsAreWritten_data()
{
    QTest::addColumn<QString>("edition");
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QByteArray>("begins");
    for (const char* edition : { "management", "engineer", "audit" }) {
        const auto row = [&](const char* ending, const char* begins) {
            QTest::addRow("%s %s", edition, ending)
                << QString::fromUtf8(edition) << QString::fromUtf8(ending) << QByteArray(begins);
        };
        row("pdf", "%PDF-1.");
        row("html", "<!DOCTYPE html>");
        row("md", "# ");
    }
}

/// Without a display, and twice: same input, same bytes.
void ProgramTest::reportsAreWritten()
{
    QFETCH(QString, edition);
    QFETCH(QString, ending);
    QFETCH(QByteArray, begins);
    QTemporaryDir folder;
    QByteArray contents[2];
    for (QByteArray& content : contents) {
        const QString file = folder.filePath(QStringLiteral("report.") + ending);
        const Outcome outcome = run({ QStringLiteral("report"), QStringLiteral("--practice"),
            QStringLiteral("votelab"), QStringLiteral("--quiet"), QStringLiteral("--date"),
            QStringLiteral("2026-11-20"), QStringLiteral("--edition"), edition, QStringLiteral("-o"), file });
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
        content = contentOf(file);
        QVERIFY(content.startsWith(begins));
    }
    QVERIFY(contents[0] == contents[1]);
}

void ProgramTest::reportsHideNames()
{
    const Outcome shown = run("report --practice votelab --quiet --edition audit --format markdown");
    const Outcome hidden
        = run("report --practice votelab --quiet --edition audit --format markdown --redact-names");
    QCOMPARE(hidden.code, 0);
    for (const char* name : { "drizzle", "rdkalv", "104.21.63.124", "worker-1", "vote.com" }) {
        QVERIFY2(shown.out.contains(name), name);
        QVERIFY2(!hidden.out.contains(name), name);
    }
    QVERIFY(hidden.out.contains("kube-apiserver")); // every cluster has it
}

/// The hash of the file that holds what was assessed, whether it was read from that file or not.
void ProgramTest::anAuditNamesItsSnapshot()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("a.glacis"));
    QCOMPARE(run({ QStringLiteral("snapshot"), QStringLiteral("--path"), QStringLiteral("shop.yaml"),
                     QStringLiteral("-q"), QStringLiteral("-o"), file })
                 .code,
        0);
    const QByteArray hash = QCryptographicHash::hash(contentOf(file), QCryptographicHash::Sha256).toHex();
    const Outcome direct = run("report --path shop.yaml -q --edition audit --format markdown");
    QVERIFY(direct.out.contains(hash));
    const Outcome saved = run({ QStringLiteral("report"), QStringLiteral("--snapshot"), file,
        QStringLiteral("-q"), QStringLiteral("--edition"), QStringLiteral("audit"),
        QStringLiteral("--format"), QStringLiteral("markdown") });
    QVERIFY(saved.out.contains(hash));
}

void ProgramTest::scanWritesText()
{
    const Outcome outcome = run("scan --path shop.yaml");
    QCOMPARE(outcome.code, 0);
    QVERIFY(!outcome.out.contains('\x1b')); // a pipe is no terminal
    QVERIFY2(outcome.out.contains("Deployment shop/web"), outcome.out.constData());
    QVERIFY(outcome.out.contains("GL-POD-001"));
    QVERIFY(outcome.out.contains("shop.yaml:16"));
    const QList<QByteArray> lines = outcome.out.trimmed().split('\n');
    QVERIFY(outcome.out.contains("\nNext: "));
    QVERIFY(!lines.isEmpty());
}

void ProgramTest::scanWritesJson()
{
    const QJsonObject root = json(run("scan --path shop.yaml --format json"));
    QCOMPARE(root[QLatin1String("schema")].toString(), QStringLiteral("glacis.dev/assessment/v1"));
    QCOMPARE(root[QLatin1String("source")].toObject()[QLatin1String("scope")].toString(),
        QStringLiteral("manifests"));
    bool found = false;
    for (const QJsonValue& value : root[QLatin1String("findings")].toArray()) {
        const QJsonObject finding = value.toObject();
        if (finding[QLatin1String("check")].toString() != QLatin1String("GL-POD-001"))
            continue;
        found = true;
        const QJsonObject object = finding[QLatin1String("object")].toObject();
        QCOMPARE(object[QLatin1String("apiVersion")].toString(), QStringLiteral("apps/v1"));
        QCOMPARE(object[QLatin1String("name")].toString(), QStringLiteral("web"));
        QCOMPARE(finding[QLatin1String("path")].toString(),
            QStringLiteral("spec.template.spec.containers[0].securityContext.privileged"));
        const QJsonObject place = finding[QLatin1String("places")].toArray()[0].toObject();
        QCOMPARE(place[QLatin1String("file")].toString(), QStringLiteral("shop.yaml"));
        QCOMPARE(place[QLatin1String("line")].toInt(), 16);
    }
    QVERIFY(found);
    const QJsonObject cluster = json(run("scan --path shop.yaml --format json --as-cluster"));
    QCOMPARE(cluster[QLatin1String("source")].toObject()[QLatin1String("scope")].toString(),
        QStringLiteral("cluster"));
}

void ProgramTest::everyFormatIsWritten_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("text") << QByteArray("text") << QByteArray("Glacis ");
    QTest::newRow("json") << QByteArray("json")
                          << QByteArray("{\n  \"schema\": \"glacis.dev/assessment/v1\"");
    QTest::newRow("sarif") << QByteArray("sarif") << QByteArray("{\n  \"$schema\": ");
    QTest::newRow("csv") << QByteArray("csv") << QByteArray("check,title,severity");
    QTest::newRow("markdown") << QByteArray("markdown") << QByteArray("# ");
    QTest::newRow("html") << QByteArray("html") << QByteArray("<!DOCTYPE html>");
    QTest::newRow("junit") << QByteArray("junit") << QByteArray("<?xml version=\"1.0\"");
}

void ProgramTest::everyFormatIsWritten()
{
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, begins);
    const Outcome outcome
        = run(QByteArray("scan --path shop.yaml --all --format ").append(format).constData());
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.out.startsWith(begins), outcome.out.left(200).constData());
    QVERIFY(outcome.out.contains("GL-POD-001"));
}

void ProgramTest::standardInputIsASource()
{
    const QByteArray manifests = contentOf(QStringLiteral(GLACIS_TEST_DATA "/shop.yaml"));
    QVERIFY(!manifests.isEmpty());
    const Outcome outcome = run("scan --path - --fail-on high", manifests);
    QCOMPARE(outcome.code, 1);
    QVERIFY(outcome.out.contains("Deployment shop/web"));
    QCOMPARE(run("scan --path -", QByteArray()).code, 2);
}

void ProgramTest::factsBecomeObservations()
{
    const QJsonArray observations
        = json(run("scan --path shop.yaml --facts facts.yaml --format json"))[QLatin1String("observations")]
              .toArray();
    QCOMPARE(observations.size(), 1);
    QCOMPARE(
        observations[0].toObject()[QLatin1String("subject")].toString(), QStringLiteral("node/worker-1"));
}

void ProgramTest::policyAcceptsAndNeverCrosses()
{
    QCOMPARE(run("scan --path shop.yaml --check GL-POD-001 --fail-on low").code, 1);
    const Outcome outcome
        = run("scan --path shop.yaml --check GL-POD-001 --fail-on low --policy policy.yaml --format json");
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QJsonArray findings = json(outcome)[QLatin1String("findings")].toArray();
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings[0].toObject()[QLatin1String("state")].toString(), QStringLiteral("accepted"));
    QCOMPARE(findings[0].toObject()[QLatin1String("waiver")].toObject()[QLatin1String("owner")].toString(),
        QStringLiteral("platform team"));
}

void ProgramTest::brokenPartsAreReportedAndHideNothing()
{
    const Outcome outcome = run("scan --path broken --format json");
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.err.contains("bad.yaml:"), outcome.err.constData());
    QVERIFY(outcome.err.contains("error: "));
    const QJsonObject root = json(outcome);
    QVERIFY(!root[QLatin1String("diagnostics")].toArray().isEmpty());
    QVERIFY(!root[QLatin1String("findings")].toArray().isEmpty());
}

void ProgramTest::outputAppearsWholeOrNotAtAll()
{
    QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("out.json"));
    const Outcome outcome
        = run({ QStringLiteral("scan"), QStringLiteral("--path"), QStringLiteral("shop.yaml"),
            QStringLiteral("--format"), QStringLiteral("json"), QStringLiteral("-o"), file });
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(QJsonDocument::fromJson(contentOf(file)).isObject());
    // A failing run leaves what was there, and nothing beside it.
    const QByteArray before = contentOf(file);
    QCOMPARE(run({ QStringLiteral("scan"), QStringLiteral("--path"), QStringLiteral("absent"),
                     QStringLiteral("-o"), file })
                 .code,
        2);
    QCOMPARE(contentOf(file), before);
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void ProgramTest::snapshotHoldsWhatTheFilesHeld()
{
    QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("shop.glacis"));
    const Outcome saved
        = run({ QStringLiteral("snapshot"), QStringLiteral("--path"), QStringLiteral("shop.yaml"),
            QStringLiteral("--facts"), QStringLiteral("facts.yaml"), QStringLiteral("-o"), file });
    QVERIFY2(saved.code == 0, saved.err.constData());
    QVERIFY(saved.err.contains("wrote "));
    const auto scan = [&](const QStringList& source) {
        return json(run(QStringList { QStringLiteral("scan"), QStringLiteral("--format"),
                            QStringLiteral("json"), QStringLiteral("--all") }
            + source));
    };
    const QJsonObject fromFiles = scan({ QStringLiteral("--path"), QStringLiteral("shop.yaml"),
        QStringLiteral("--facts"), QStringLiteral("facts.yaml") });
    const QJsonObject fromSnapshot = scan({ QStringLiteral("--snapshot"), file });
    QVERIFY(!fromFiles[QLatin1String("findings")].toArray().isEmpty());
    for (const char* member : { "findings", "scores", "coverage", "observations" })
        QCOMPARE(fromSnapshot[QLatin1String(member)], fromFiles[QLatin1String(member)]);
    const QJsonObject twice = scan(
        { QStringLiteral("--snapshot"), file, QStringLiteral("--facts"), QStringLiteral("facts.yaml") });
    QCOMPARE(twice[QLatin1String("observations")].toArray().size(), 2);
}

void ProgramTest::checksAreListedAndExplained()
{
    const Outcome list = run("checks");
    QCOMPARE(list.code, 0);
    QVERIFY(list.out.contains("GL-POD-001") && list.out.contains("GL-RBAC-001"));
    const Outcome one = run("checks GL-POD-001");
    QVERIFY(one.out.contains("Why it matters") && one.out.contains("What to do"));
    const Outcome wrong = run("checks GL-POD-0001");
    QVERIFY2(wrong.err.contains("did you mean GL-POD-001"), wrong.err.constData());
}

void ProgramTest::helpAndVersionGoToStandardOutput()
{
    for (const char* line : { "--help", "scan --help", "snapshot --help", "checks --help" }) {
        const Outcome outcome = run(line);
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.contains("Usage") && outcome.out.contains("Examples"));
        QVERIFY(outcome.err.isEmpty());
    }
    QCOMPARE(run("--version").out, QByteArray("glacis " GLACIS_VERSION "\n"));
    const Outcome wrong = run("scan --frmat json");
    QCOMPARE(wrong.code, 2);
    QVERIFY(wrong.out.isEmpty());
    QVERIFY(wrong.err.contains("did you mean --format?") && wrong.err.contains("glacis scan --help"));
}

void ProgramTest::withoutADisplayItSaysWhatHelps()
{
#if defined(__linux__)
    const Outcome outcome = run(QStringList());
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains("glacis scan --path"), outcome.err.constData());
#endif
}

void ProgramTest::sameBytesWhateverTheThreads()
{
    for (const char* format : { "json", "sarif", "text", "csv", "markdown", "junit" }) {
        const QByteArray line
            = QByteArray("scan --path shop.yaml --path broken --all --threads N --format ").append(format);
        const auto with = [&](const char* threads) {
            return run(QByteArray(line).replace("--threads N", threads).constData());
        };
        const Outcome one = with("--threads 1");
        QVERIFY(!one.out.isEmpty());
        QCOMPARE(with("--threads 8").out, one.out);
    }
}

#ifndef _WIN32
/// Until the program handles SIGINT: a busy machine may take long to start it. Where the system does not
/// tell, a while.
static void waitForInterruptHandler(qint64 process)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return QTest::qWait(1000);
    const auto handled = [&status] {
        status.seek(0);
        static const QRegularExpression caught(QStringLiteral("SigCgt:\\s*([0-9a-f]+)"));
        const QString mask = caught.match(QString::fromLatin1(status.readAll())).captured(1);
        return (mask.toULongLong(nullptr, 16) >> (SIGINT - 1) & 1U) != 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(handled(), 20000);
    QTest::qWait(100);
}
#endif

void ProgramTest::interruptEndsABlockedRead()
{
#ifndef _WIN32
    QTemporaryDir dir;
    QProcess process;
    process.start(QStringLiteral(GLACIS_PROGRAM),
        { QStringLiteral("scan"), QStringLiteral("--path"), QStringLiteral("-"), QStringLiteral("-o"),
            dir.filePath(QStringLiteral("out.txt")) });
    QVERIFY(process.waitForStarted());
    waitForInterruptHandler(process.processId()); // it then waits for input that never comes
    QElapsedTimer timer;
    timer.start();
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(10000));
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(QDir(dir.path()).isEmpty());
#endif
}

GLACIS_TEST(ProgramTest)
#include "program_test.moc"
