// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The corpus against client-go itself: the same entries, the same merge, the same usable contexts, or an
// exception that is listed here with its reason. Needs Go 1.24 and the modules of go.mod in Go's own cache
// ("go mod download" in oracle/); the test itself reaches for no network.
#include <algorithm>
#include <map>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cluster/kubeconfig.h>
#include <test_main.h>

namespace glacis::cluster {

class OracleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void saysWhatClientGoSays_data();
    void saysWhatClientGoSays();
    void everyExceptionIsOne();

private:
    QTemporaryDir m_folder;
    std::map<QString, QStringList> m_theirs; ///< lines by case
};

namespace {
    const QString folder = QStringLiteral(GLACIS_KUBECONFIG_TESTS "/cases");

    struct Exception {
        const char* name;
        const char* reason;
    };
    constexpr Exception exceptions[] = {
        { "duplicate-keys.yaml", "client-go takes the last of two equal keys; which one counts is a guess" },
        { "json.yaml", "client-go reads JSON as YAML and stumbles over the escape \\/" },
        { "context-with-unknown-user.yaml",
            "kubectl connects without identity; a user that is named is wanted" },
        { "auth-provider-oidc.yaml", "not spoken by Glacis" },
        { "ca-is-a-folder.yaml", "client-go opens the folder and fails to read it when it connects" },
        { "nameless-entries.yaml", "client-go lets an empty reference mean the entry without a name" },
        { "namespace-ends-with-dash.yaml",
            "kubectl leaves it to the server; clientcmd.ConfirmUsable does not" },
        { "namespace-is-no-label.yaml", "as before" },
        { "namespace-too-long.yaml", "as before" },
        { "exec-on-a-network-share.yaml", "client-go would run it" },
        { "member-on-a-network-share", "client-go asks the share and takes the file for missing" },
        { "proxy-no-host.yaml", "client-go finds it when it connects" },
    };

    const Exception* exceptionOf(const QString& name)
    {
        const auto it = std::find_if(std::begin(exceptions), std::end(exceptions),
            [&](const Exception& e) { return name == QLatin1String(e.name); });
        return it == std::end(exceptions) ? nullptr : it;
    }

    QString content(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    std::string joined(const std::vector<std::string>& texts)
    {
        std::string all;
        for (std::size_t i = 0; i < texts.size(); ++i)
            all += (i ? "+" : "") + texts[i];
        return all;
    }

    const char* word(bool truth) { return truth ? "true" : "false"; }

    std::string lineOf(const ClusterEntry& c)
    {
        return "cluster " + c.name + " server=" + c.server + " tls=" + c.tlsServerName
            + " insecure=" + word(c.insecureSkipTlsVerify) + " ca=" + c.certificateAuthority
            + " data=" + std::to_string(c.certificateAuthorityData ? c.certificateAuthorityData->size() : 0)
            + " proxy=" + c.proxyUrl + " plain=" + word(c.disableCompression);
    }

    std::string lineOf(const UserEntry& u)
    {
        std::size_t extra = 0;
        for (const auto& [key, values] : u.impersonateExtra)
            extra += values.size();
        const auto size = [](const auto& data) { return std::to_string(data ? data->size() : 0); };
        return "user " + u.name + " cert=" + u.clientCertificate + "," + size(u.clientCertificateData)
            + " key=" + u.clientKey + "," + size(u.clientKeyData) + " token=" + std::to_string(u.token.size())
            + "," + u.tokenFile + " basic=" + u.username + "," + std::to_string(u.password.size())
            + " as=" + u.impersonate + "," + u.impersonateUid + "," + joined(u.impersonateGroups) + ","
            + std::to_string(extra)
            + " provider=" + (u.authProvider == "(no name)" ? std::string() : u.authProvider);
    }

    std::string execLineOf(const UserEntry& u)
    {
        constexpr const char* modes[] = { "Never", "IfAvailable", "Always" };
        const ExecSpec& e = *u.exec;
        std::vector<std::string> env;
        for (const auto& [name, value] : e.env)
            env.push_back(name + "," + std::to_string(value.size()));
        return "exec " + u.name + " command=" + e.command + " version=" + e.apiVersion
            + " args=" + joined(e.args) + " env=" + joined(env) + " mode="
            + (e.interactiveMode ? modes[static_cast<std::size_t>(*e.interactiveMode)]
                                 : e.unknownInteractiveMode)
            + " cluster=" + word(e.provideClusterInfo);
    }

    std::string resolvedLine(const KubeconfigSet& set, const std::string& name)
    {
        const auto target = resolveContext(set, name);
        if (!target)
            return "resolve " + name + " error";
        const UserEntry& u = target->user;
        return "resolve " + name + " namespace=" + target->ns
            + " token=" + word(!u.token.empty() || !u.tokenFile.empty())
            + " basic=" + word(!u.username.empty() || !u.password.empty())
            + " cert=" + word(!u.clientCertificate.empty() || u.clientCertificateData)
            + " exec=" + word(u.exec.has_value()) + " as=" + u.impersonate;
    }

    template <class Entry> std::vector<Entry> byName(std::vector<Entry> entries)
    {
        std::sort(
            entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
        return entries;
    }

    KubeconfigSet load(const QString& name, std::string& root)
    {
        KubeconfigSources sources;
        Environment environment;
        environment.variables["HOME"] = "/nonexistent";
        root = folder.toStdString();
        if (name.endsWith(QLatin1String(".yaml"))) {
            sources.files = { name.toStdString() };
        } else {
            root += "/" + name.toStdString();
            if (const QString path = content(folder % u'/' % name % QLatin1String("/EXPLICIT"));
                !path.isEmpty())
                sources.files = { path.toStdString() };
            environment.variables["KUBECONFIG"]
                = content(folder % u'/' % name % QLatin1String("/KUBECONFIG")).toStdString();
        }
        environment.workingFolder = root;
        return loadKubeconfigs(sources, environment).front();
    }

    QStringList ours(const QString& name)
    {
        std::string root;
        const KubeconfigSet set = load(name, root);
        QStringList lines;
        const auto say = [&](std::string line) {
            QString text = test::text(line);
            text.replace(test::text(root) % u'/', QString());
            text.replace(QFileInfo(test::text(root)).path() % u'/', QStringLiteral("../"));
            lines.push_back(text.replace(u'\n', QLatin1String("\\n")));
        };
        const bool errors = std::any_of(set.diagnostics.begin(), set.diagnostics.end(),
            [](const inventory::Diagnostic& d) { return d.level == inventory::Diagnostic::Level::Error; });
        say(std::string("errors ") + word(errors));
        if (set.files.size() == 1 && set.files.front().state == KubeconfigFile::State::Missing && errors)
            return lines;
        for (const ClusterEntry& entry : byName(set.clusters))
            say(lineOf(entry));
        for (const UserEntry& entry : byName(set.users)) {
            say(lineOf(entry));
            if (entry.exec)
                say(execLineOf(entry));
        }
        for (const Context& entry : byName(set.contexts))
            say("context " + entry.name + " cluster=" + entry.cluster + " user=" + entry.user
                + " namespace=" + entry.ns);
        say("current " + set.currentContext);
        for (const Context& entry : byName(set.contexts))
            say(resolvedLine(set, entry.name));
        return lines;
    }

    QString goProgram()
    {
        const QString found = QStandardPaths::findExecutable(QStringLiteral("go"));
        return found.isEmpty() ? QStandardPaths::findExecutable(QStringLiteral("go"),
                   { QStringLiteral("/usr/local/go/bin"), QStringLiteral("/usr/lib/go/bin") })
                               : found;
    }

    /// Standard output; nothing when it failed.
    std::optional<QString> run(const QString& program, const QStringList& arguments, bool withoutHome = false)
    {
        QProcess process;
        process.setWorkingDirectory(QStringLiteral(GLACIS_KUBECONFIG_TESTS "/oracle"));
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("GOPROXY"), QStringLiteral("off"));
        environment.insert(QStringLiteral("GOTOOLCHAIN"), QStringLiteral("local"));
        environment.insert(QStringLiteral("GOFLAGS"), QStringLiteral("-mod=readonly -buildvcs=false"));
        if (withoutHome)
            environment.insert(QStringLiteral("HOME"), QStringLiteral("/nonexistent"));
        process.setProcessEnvironment(environment);
        process.start(program, arguments);
        if (!process.waitForFinished(550'000) || process.exitStatus() != QProcess::NormalExit
            || process.exitCode() != 0)
            return std::nullopt;
        return QString::fromUtf8(process.readAllStandardOutput());
    }
}

void OracleTest::initTestCase()
{
    const QString go = goProgram();
    if (go.isEmpty())
        QSKIP("Go is not installed");
    const QString version = run(go, { QStringLiteral("version") }).value_or(QString());
    static const QRegularExpression number(QStringLiteral("go1\\.(\\d+)"));
    if (number.match(version).captured(1).toInt() < 24)
        QSKIP("Go is older than 1.24");
    const QString program = m_folder.filePath(QStringLiteral("oracle"));
    if (!run(go, { QStringLiteral("build"), QStringLiteral("-o"), program, QStringLiteral(".") }))
        QSKIP("the oracle cannot be built: its modules are not in Go's cache");
    const auto output = run(program, { folder }, true);
    QVERIFY(output.has_value());
    QString current;
    const QStringList lines = output->split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        if (line.startsWith(QLatin1String("case ")))
            m_theirs[line.mid(5)];
        else if (const qsizetype bar = line.indexOf(u'|'); bar > 0)
            m_theirs[line.left(bar)].push_back(line.mid(bar + 1));
    }
    QVERIFY(m_theirs.size() > 60);
}

void OracleTest::saysWhatClientGoSays_data()
{
    QTest::addColumn<QString>("name");
    for (const auto& [name, lines] : m_theirs)
        QTest::newRow(qPrintable(name)) << name;
}

void OracleTest::saysWhatClientGoSays()
{
    QFETCH(QString, name);
    if (exceptionOf(name))
        return; // see everyExceptionIsOne
    const QStringList found = ours(name);
    const QStringList expected = m_theirs.at(name);
    for (qsizetype i = 0; i < std::max(found.size(), expected.size()); ++i)
        QCOMPARE(found.value(i), expected.value(i));
}

void OracleTest::everyExceptionIsOne()
{
    for (const Exception& exception : exceptions) {
        const QString name = QString::fromLatin1(exception.name);
        QVERIFY2(m_theirs.contains(name), exception.name);
        QVERIFY2(ours(name) != m_theirs.at(name), exception.name);
    }
}

GLACIS_TEST(OracleTest)

} // namespace glacis::cluster

#include "oracle_test.moc"
