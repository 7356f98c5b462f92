// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <app/console.h>
#include <app/nearest.h>
#include <app/option_table.h>
#include <app/options.h>
#include <base/text.h>
#include <report/plain.h>

using namespace glacis;
using namespace glacis::app;
using glacis::test::text;

namespace {
std::vector<std::string> words(const QString& line)
{
    std::vector<std::string> result;
    for (const QString& word : line.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        result.push_back(word.toStdString());
    return result;
}

Result<Options> parse(const char* line)
{
    const auto args = words(QString::fromUtf8(line));
    return parseOptions(args, [](const std::string& name) { return name == "dump"; });
}
}

class OptionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAScan();
    void readsTheOtherWaysToWriteAValue();
    void readsAReport();
    void withoutACommandTheWindowOpens();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void clusterIsTheSourceWhereNoneIsNamed();
    void sourceIsWrittenAsTyped();
    void helpNamesEveryOptionOnce();
    void nearestFindsWhatWasMeant_data();
    void nearestFindsWhatWasMeant();
    void messagesComeErrorsFirstAndFold();
    void progressFitsTheTerminal();
};

void OptionsTest::readsAScan()
{
    const auto o = parse("scan --path a.yaml --path - --facts f.yaml --policy p.yaml --as-cluster --format "
                         "sarif --fail-on high "
                         "--check GL-POD-001,GL-POD-002 --check GL-SEC-001 --namespace shop --all --strict "
                         "-o out.sarif -q --threads 2");
    QVERIFY2(o, o ? "" : o.error().message.c_str());
    QCOMPARE(o->command, Command::Scan);
    QVERIFY((o->paths == std::vector<std::string> { "a.yaml", "-" }));
    QVERIFY((o->facts == std::vector<std::string> { "f.yaml" }));
    QVERIFY(o->policy == "p.yaml");
    QVERIFY(o->scope == inventory::Scope::Cluster);
    QCOMPARE(o->format, Format::Sarif);
    QVERIFY(o->failOn == Severity::High);
    QVERIFY((o->checks == std::vector<std::string> { "GL-POD-001", "GL-POD-002", "GL-SEC-001" }));
    QVERIFY((o->namespaces == std::vector<std::string> { "shop" }));
    QVERIFY(o->all && o->strict && o->quiet);
    QVERIFY(o->output == "out.sarif");
    QCOMPARE(o->threads, 2U);
}

void OptionsTest::readsTheOtherWaysToWriteAValue()
{
    const auto o = parse("scan --path=-dash.yaml --format=json -oout.json");
    QVERIFY(o);
    QVERIFY(o->paths.front() == "-dash.yaml");
    QCOMPARE(o->format, Format::Json);
    QVERIFY(o->output == "out.json");
    QVERIFY(parse("checks")->checkId.empty());
    QVERIFY(parse("checks GL-POD-001")->checkId == "GL-POD-001");
    QVERIFY(parse("help scan")->help && parse("help scan")->command == Command::Scan);
    QVERIFY(parse("snapshot --help")->help);
    QVERIFY(parse("--version")->version);
}

void OptionsTest::readsAReport()
{
    const auto o = parse("report --practice votelab --edition audit --without glossary,method --redact-names "
                         "--classification Internal --paper letter --date 2026-11-20 -o OUT.PDF");
    QVERIFY2(o, o ? "" : o.error().message.c_str());
    QCOMPARE(o->command, Command::Report);
    QCOMPARE(o->edition, report::Edition::Audit);
    QVERIFY((o->without == std::set { report::Section::Glossary, report::Section::Method }));
    QVERIFY(o->redactNames && o->letter);
    QVERIFY(o->classification == "Internal");
    QCOMPARE(o->date.value_or(0), std::int64_t { 1795132800 });
    QCOMPARE(o->format, Format::Pdf);
    QCOMPARE(parse("report --practice votelab -o a.html")->format, Format::Html);
    QCOMPARE(parse("report --practice votelab -o a.md")->format, Format::Markdown);
    QCOMPARE(parse("report --practice votelab --format html -o a.pdf")->format, Format::Html);
    QCOMPARE(parse("report --practice votelab -o a.pdf --format html")->format, Format::Html);
    QCOMPARE(parse("report --practice votelab -o a.md")->edition, report::Edition::Engineer);
}

void OptionsTest::withoutACommandTheWindowOpens()
{
    QCOMPARE(parse("")->command, Command::Window);
    const auto o
        = parse("a.yaml ./b dump --theme dark --screenshot s.png --page findings --size 1440x900 --scale 2");
    QVERIFY2(o, o ? "" : o.error().message.c_str());
    QCOMPARE(o->command, Command::Window);
    QCOMPARE(o->paths.size(), std::size_t { 3 });
    QVERIFY(o->theme == "dark" && o->page == "findings" && o->screenshot == "s.png");
    QCOMPARE(o->width, 1440);
    QCOMPARE(o->height, 900);
    QCOMPARE(o->scale, 2.0);
    QVERIFY(parse("dump")->paths.front() == "dump"); // it exists
    QVERIFY(parse("--snapshot x.glacis")->snapshot == "x.glacis");
    const auto posed = parse("--page findings --at stage:2 --palette vote --tour 3 --rtl");
    QVERIFY2(posed, posed ? "" : posed.error().message.c_str());
    QVERIFY(posed->at == "stage:2" && posed->palette == "vote" && posed->tour == 3 && posed->rtl);
    QVERIFY(!posed->gallery && parse("--gallery")->gallery);
}

void OptionsTest::mistakesAreNamed_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* line, const char* says) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(says);
    };
    row("ways", "unknown command 'ways'");
    row("scna --path x", "did you mean scan?");
    row("scan --path", "--path needs a value");
    row("scan --path --all", "--path needs a value");
    row("scan --path=", "--path needs a value");
    row("scan --formt json --path x", "did you mean --format?");
    row("scan --format docx --path x", "unknown format 'docx'");
    row("scan --format pdf --path x", "glacis scan writes text, json");
    row("report --path x", "a report goes to a file");
    row("report --path x -o out.docx", "out.docx ends in none of these");
    row("report --path x -o out.pdf --format csv", "glacis report writes pdf, html or markdown");
    row("report --path x -o out.pdf --edition board", "known are management, engineer, audit");
    row("report --path x -o out.pdf --without nonsense", "unknown section 'nonsense'");
    row("report --path x -o out.pdf --paper a5", "known are a4, letter");
    row("report --path x -o out.pdf --date yesterday", "--date needs a date");
    row("scan --path x --edition audit", "does not belong to glacis scan");
    row("scan --fail-on bad --path x", "unknown severity 'bad'");
    row("scan --all=yes --path x", "takes no value");
    row("scan --context prod --path x", "two sources");
    row("scan --context prod --context dev", "once");
    row("scan --path x --kubeconfig k", "belongs to a cluster");
    row("scan --path x --timeout 5m", "belongs to a cluster");
    row("scan --timeout soon", "such as 90s, 5m or 1h");
    row("scan --timeout 0", "such as 90s, 5m or 1h");
    row("scan --timeout 25h", "up to 24 hours");
    row("scan --as-manifests", "belongs to files");
    row("role x", "unexpected argument");
    row("role --with", "needs a value");
    row("scan --practice votelab --practice x", "once");
    row("scan --practice votelab --path x", "two sources");
    row("scan --probe ports --path x", "no probes yet");
    row("scan x.yaml", "named by --path");
    row("scan --path x --snapshot y", "two sources");
    row("scan --snapshot x --snapshot y", "once");
    row("scan --path x --as-cluster --as-manifests", "exclude each other");
    row("scan --path x --check ,", "at least one name");
    row("scan --path x --theme dark", "does not belong to glacis scan");
    row("--format json", "does not belong to the window");
    row("--theme pink", "unknown theme");
    row("--size big", "--size needs");
    row("--size 0x5", "--size needs");
    row("--scale 9", "--scale needs");
    row("scan --path x --threads 0", "--threads needs");
    row("snapshot --path x", "name it with -o");
    row("snapshot --path x -o -", "name it with -o");
    row("checks GL-POD-001 GL-POD-002", "takes one name");
    row("scan -z --path x", "unknown option '-z'");
}

void OptionsTest::mistakesAreNamed()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, says);
    const auto o = parse(line.constData());
    QVERIFY(!o);
    QVERIFY2(o.error().message.find(says.toStdString()) != std::string::npos, o.error().message.c_str());
}

void OptionsTest::clusterIsTheSourceWhereNoneIsNamed()
{
    const auto parse = [](std::vector<std::string> args) { return parseOptions(args, {}); };
    const auto current = parse({ "scan" });
    QVERIFY(current);
    QVERIFY(readsCluster(*current));
    const auto named = parse({ "scan", "--context", "prod", "--kubeconfig", "a b", "--kubeconfig", "c",
        "--timeout", "5m", "--allow-exec", "--all-secret-names" });
    QVERIFY(named);
    QVERIFY(readsCluster(*named));
    QCOMPARE(named->context, std::string("prod"));
    QCOMPARE(named->kubeconfigs, (std::vector<std::string> { "a b", "c" }));
    QVERIFY(named->timeout == std::chrono::minutes(5));
    QVERIFY(named->allowExec);
    QVERIFY(named->allSecretNames);
    QCOMPARE(sourceArgument(*named), std::string("--context prod --kubeconfig 'a b' --kubeconfig c"));
    for (const auto& files :
        { parse({ "scan", "--path", "x" }), parse({ "scan", "--practice", "votelab" }) }) {
        QVERIFY(files);
        QVERIFY(!readsCluster(*files));
    }
}

void OptionsTest::sourceIsWrittenAsTyped()
{
    const std::vector<std::string> args { "scan", "--path", "my dump", "--path", "it's", "--facts", "f.yaml",
        "--as-cluster" };
    const auto o = parseOptions(args, {});
    QVERIFY(o);
    QCOMPARE(text(sourceArgument(*o)),
        QStringLiteral("--path 'my dump' --path 'it'\\''s' --facts f.yaml --as-cluster"));
}

void OptionsTest::helpNamesEveryOptionOnce()
{
    for (const CommandSpec& command : commandTable()) {
        const std::string help = helpText(command.command);
        for (const std::string_view line : split(help, '\n'))
            QVERIFY2(report::displayWidth(line) <= 100, std::string(line).c_str());
        for (const OptionSpec& option : optionTable()) {
            const bool shown = help.find("  " + std::string(option.name)) != std::string::npos
                || help.find(", " + std::string(option.name)) != std::string::npos;
            const bool due = (option.commands & bit(command.command)) != 0 && option.group != Group::Hidden;
            if (due)
                QVERIFY2(shown, std::string(option.name).c_str());
            if (option.group == Group::Hidden)
                QVERIFY2(help.find(option.name) == std::string::npos, std::string(option.name).c_str());
        }
    }
}

void OptionsTest::nearestFindsWhatWasMeant_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("meant");
    QTest::newRow("swapped") << QStringLiteral("scna") << QStringLiteral("scan");
    QTest::newRow("case") << QStringLiteral("gl-pod-01") << QStringLiteral("GL-POD-001");
    QTest::newRow("beginning") << QStringLiteral("GL-POD") << QStringLiteral("GL-POD-001");
    QTest::newRow("nothing near") << QStringLiteral("kitchen") << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("endless") << QString(100000, QLatin1Char('x')) << QString();
}

void OptionsTest::nearestFindsWhatWasMeant()
{
    QFETCH(QString, word);
    QFETCH(QString, meant);
    const auto found = nearest(word.toStdString(), { "scan", "checks", "GL-POD-001", "GL-SEC-001" });
    QCOMPARE(found.empty() ? QString() : text(found.front()), meant);
}

void OptionsTest::messagesComeErrorsFirstAndFold()
{
    using Level = inventory::Diagnostic::Level;
    std::vector<inventory::Diagnostic> list { { Level::Info, "v.yaml", 0, 0, "", "passed over" },
        { Level::Error, "a.yaml", 3, 1, "Pod x/y", "broken\x1b[31m" } };
    QCOMPARE(text(diagnosticsText(list, false)),
        QStringLiteral("a.yaml:3: error: Pod x/y: broken\uFFFD[31m\nv.yaml: note: passed over\n"));
    QCOMPARE(
        text(diagnosticsText(list, true)), QStringLiteral("a.yaml:3: error: Pod x/y: broken\uFFFD[31m\n"));
    for (int i = 0; i < 40; ++i)
        list.push_back({ Level::Warning, "w.yaml", 1, 1, "", "odd" });
    const std::string folded = diagnosticsText(list, false);
    QCOMPARE(
        split(folded, '\n').size(), std::size_t { 22 }); // 20, the count, nothing behind the last line break
    QVERIFY(folded.find("… and 22 more messages (of 42 in all)") != std::string::npos);
}

void OptionsTest::progressFitsTheTerminal()
{
    inventory::ImportProgress progress;
    progress.bytesDone = 64U << 20;
    progress.bytesTotal = 128U << 20;
    progress.objects = 1234;
    progress.file = "dump/pods.json";
    const std::string wide = progressText(progress, 100);
    QVERIFY(wide.find("64 MiB of 128 MiB, 1,234 objects  dump/pods.json") != std::string::npos);
    QVERIFY(report::displayWidth(progressText(progress, 60)) < 60);
    progress.bytesTotal = 0;
    QVERIFY(progressText(progress, 100).starts_with("read 64 MiB"));
}

GLACIS_TEST(OptionsTest)
#include "options_test.moc"
