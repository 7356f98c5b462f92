// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values of any size and content: no crash, no more than linear time.
#include <test_main.h>

#include <credentials/classify.h>

#include <ctime>
#include <random>

using namespace glacis::credentials;

class HostileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void timeGrowsWithSizeOnly_data();
    void timeGrowsWithSizeOnly();
    void randomBytesAreSafe();
    void aHugeValueIsJudgedByItsBeginning();
    void theCheapTestIsFast();
};

namespace {

std::string repeated(std::string_view piece, std::size_t size)
{
    std::string text;
    while (text.size() < size)
        text += piece;
    return text;
}

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double measure(const std::string& text)
{
    const Rules rules;
    const double start = processorSeconds();
    std::size_t seen = redactText(text, rules).size();
    seen += classify("SETTING", text, Place::ConfigMapValue, rules).secretEnd;
    seen += classify("PASSWORD", text, Place::EnvValue, rules).secretEnd;
    seen += classifyArguments({ "sh", "-c", text }, rules).size();
    seen += classifyArguments({ "app", text, text }, rules).size();
    seen += mayHoldCredential(text) ? 1U : 0U;
    if (seen == 0)
        qInfo("nothing seen");
    return processorSeconds() - start;
}

} // namespace

void HostileTest::timeGrowsWithSizeOnly_data()
{
    QTest::addColumn<QByteArray>("piece");
    for (const char* piece : { "a", "=", "\"", "\\", "$(", "${", "{{", "$$(", "token=\"", "password: '",
             "eyJ", "eyJhbGciOiJI.", "eyJ ", "a://b:c", "://", "a:b@tcp(", "----BEGIN PRIVATE KEY-----A",
             "-----BEGIN ", "password=$(", "secret: {{", "secret: {{ }} ", "key: \\\"", "api_key=\\\\\\\"",
             "ghp_", "glpat-", "s.", "sk-", "hvs.AAAAAAAAAAAAAAAAAAAAAA ", "passwordpassword", "pass",
             "--token ", "name: token value: ", "\"token\":\"${", "token=a;", "password=a,b=",
             "LS0tLS1CRUdJTi", "bearer ", "Bearer AAAAAAAAAAAAAAA ", "password: |\n  a\n  ", "password: |\n",
             "password: |\n\n", "?sig=", "authorization: Basic ", "a=b;", "api_key=x ", "token: ${a} ",
             "&password=", "token=',", "{\"auth\":\"YTpi\"},", "-----BEGIN PRIVATE KEY-----\n", " token:${",
             "${password:-", "password='' ", "'password", "curl -u a ", "mysql -p ", "X=`", "\n", "- ",
             "pw=`", "secret=$(a ", "AKIA", "123456789:AA", "cred\t=\t", ":thin:a/b@" })
        QTest::newRow(piece) << QByteArray(piece);
}

void HostileTest::timeGrowsWithSizeOnly()
{
    QFETCH(QByteArray, piece);
    // Both stand below the cap of judged bytes. Four times the text may take ten times as long at most, and
    // only where that is more than noise.
    const double small = measure(repeated(piece.toStdString(), 40'000));
    const double large = measure(repeated(piece.toStdString(), 160'000));
    QVERIFY2(large < 0.3 || large < 10 * small,
        qPrintable(QStringLiteral("%1 s, then %2 s").arg(small).arg(large)));
}

void HostileTest::randomBytesAreSafe()
{
    std::mt19937 random(3);
    const Rules rules;
    for (int round = 0; round < 3000; ++round) {
        std::string text(random() % 400, '\0');
        for (char& c : text)
            c = static_cast<char>(random());
        if (round % 2 == 0)
            text.insert(text.size() / 2, "password=");
        const Classification c
            = classify(text.substr(0, text.size() / 3), text, static_cast<Place>(round % 8), rules);
        QVERIFY(c.secretBegin <= c.secretEnd && c.secretEnd <= text.size());
        QCOMPARE(redactText(text, rules) != text, mayHoldCredential(text));
        const std::string_view view(text);
        for (const auto& finding :
            classifyArguments({ view.substr(0, text.size() / 2), view.substr(text.size() / 2) }, rules))
            QVERIFY(finding.index < 2);
    }
    QVERIFY(classify("DB_PASSWORD", std::string_view("\0\0\0x", 4), Place::EnvValue, rules).isCredential());
    QVERIFY(classify("DB_PASSWORD", "\xff\xfe\x80zz", Place::EnvValue, rules).isCredential());
}

void HostileTest::aHugeValueIsJudgedByItsBeginning()
{
    const Rules rules;
    const std::string secret = std::string("kd83jdk") + std::string(8 * 1024 * 1024, 'z');
    const Classification c = classify("DB_PASSWORD", secret, Place::EnvValue, rules);
    QCOMPARE(c.detector, Detector::StrongName);
    QVERIFY(c.redacted.size() < 64);
    QCOMPARE(c.secretEnd, secret.size());
    std::string late(2 * 1024 * 1024, 'a');
    late += "\npassword=kd83jdk\n";
    QVERIFY(!classify("SETTING", late, Place::ConfigMapValue, rules).isCredential());
    QVERIFY(redactText(late, rules).find("kd83jdk") == std::string::npos);
    std::string early = "password=kd83jdk\n" + std::string(2 * 1024 * 1024, 'a') + "\npassword=ww77rr\n";
    const Classification e = classify("SETTING", early, Place::ConfigMapValue, rules);
    QVERIFY(e.isCredential());
    QVERIFY(
        e.redacted.find("ww77rr") == std::string::npos && e.redacted.find("kd83jdk") == std::string::npos);
}

void HostileTest::theCheapTestIsFast()
{
    const std::vector<std::string> typical { "Deployment", "apps/v1", "app.kubernetes.io/name",
        "checkout-7d9f8b6c5d-x2x7k", "kube-system", "2024-05-12T08:15:30Z",
        "registry.k8s.io/ingress-nginx/"
        "controller:v1.9.4@sha256:5b161f051d017e55d358435f295f5e9a297e66158f136321d9b04520ec6c48a3",
        "ClusterFirst", "IfNotPresent", "10.244.3.17", "b1946ac9-2492-4f2a-8d2e-30e0b1f1c2d3",
        "system:serviceaccount:default:checkout", "/var/run/secrets/kubernetes.io/serviceaccount",
        "--leader-elect=true", "$(POD_NAMESPACE).svc.cluster.local", "https://checkout.example.com/healthz",
        "the pod was evicted because the node was low on memory", "node.kubernetes.io/not-ready" };
    std::size_t bytes = 0;
    int held = 0;
    const double start = processorSeconds();
    for (int round = 0; round < 100000; ++round) {
        for (const std::string& text : typical) {
            held += mayHoldCredential(text);
            bytes += text.size();
        }
    }
    const double seconds = processorSeconds() - start;
    qInfo("%.0f MB/s", static_cast<double>(bytes) / seconds / 1e6);
    QCOMPARE(held, 0);
}

GLACIS_TEST(HostileTest)
#include "hostile_test.moc"
