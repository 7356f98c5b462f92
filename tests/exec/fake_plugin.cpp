// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_plugin.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <csignal>

#if !defined(_WIN32)
#include <sys/wait.h>
#endif

namespace glacis::test {
namespace {

    std::string textOf(BIO* bio)
    {
        char* data = nullptr;
        const long size = BIO_get_mem_data(bio, &data);
        std::string text(data, static_cast<std::size_t>(size));
        BIO_free(bio);
        return text;
    }

    std::string jsonText(std::string text)
    {
        for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
            text.replace(at, 1, "\\n");
        return '"' + text + '"';
    }

    constexpr std::string_view allModes = R"SH(#!/bin/sh
echo start >> "$PLUGIN_FOLDER/starts"
api=client.authentication.k8s.io/v1
answer() { printf '{"apiVersion":"%s","kind":"%s","status":{%s}}\n' "$api" "${kind:-ExecCredential}" "$1"; }
token="\"token\":\"$PLUGIN_TOKEN\""
case "$1" in
token) answer "$token" ;;
numbered) n=$(wc -l < "$PLUGIN_FOLDER/starts"); answer "\"token\":\"$PLUGIN_TOKEN-$((n))\"" ;;
slow) sleep 0.5; answer "$token" ;;
pair) answer "$(cat "$PLUGIN_FOLDER/pair.json")" ;;
certificate-alone) answer "$(cat "$PLUGIN_FOLDER/certificate.json")" ;;
key-alone) answer "$(cat "$PLUGIN_FOLDER/key.json")" ;;
wrong-pair) answer "$(cat "$PLUGIN_FOLDER/wrong.json")" ;;
expiring) answer "$token,\"expirationTimestamp\":\"2026-01-01T01:00:00Z\"" ;;
expired) answer "$token,\"expirationTimestamp\":\"2025-12-31T23:00:00Z\"" ;;
bad-time) answer "$token,\"expirationTimestamp\":\"tomorrow\"" ;;
sleep) sleep 600 & echo $! > "$PLUGIN_FOLDER/child"; wait ;;
stubborn) trap '' TERM; echo $$ > "$PLUGIN_FOLDER/child"; while :; do sleep 0.2; done ;;
flood) exec yes "$PLUGIN_TOKEN" ;;
flood-errors) yes 'all work and no play' >&2 & sleep 1; kill $!; printf 'THE END' >&2; answer "$token" ;;
escapes) printf '\033[31mred\033[0m \033]0;title\007plain\033[2J\bx\r\nlast \342\200\256line' >&2; exit 3 ;;
wrong-version) api=client.authentication.k8s.io/v1beta1; answer "$token" ;;
wrong-kind) kind=Secret; answer "$token" ;;
fails) echo "no session, run: aws sso login" >&2; exit 7 ;;
leaks) echo "debug: Authorization: Bearer $PLUGIN_JWT" >&2; exit 1 ;;
dies) kill -SEGV $$ ;;
*children) echo $$ > "$PLUGIN_FOLDER/group"; sleep 600 & echo $! > "$PLUGIN_FOLDER/child"; (trap '' TERM HUP; sleep 601) & echo $! > "$PLUGIN_FOLDER/child2"
    if [ "$1" = children ]; then answer "$token"; else exit 7; fi ;;
writes-later) (sleep 0.5; head -c 300000 /dev/zero >&2 && echo done > "$PLUGIN_FOLDER/wrote") &
    answer "$token" ;;
device-code) echo 'open https://example.com/device and enter ABCD-EFGH' >&2; sleep 1; answer "$token" ;;
deep) head -c 200000 /dev/zero | tr '\0' '[' ;;
nonsense) echo "token=$PLUGIN_TOKEN" ;;
empty) ;;
two) answer "$token"; answer "$token" ;;
no-status) printf '{"apiVersion":"%s","kind":"ExecCredential"}' "$api" ;;
no-content) answer '"token":""' ;;
token-number) answer '"token":12' ;;
token-lines) answer '"token":"a\nb"' ;;
info) printf '%s' "$KUBERNETES_EXEC_INFO" > "$PLUGIN_FOLDER/info"; env > "$PLUGIN_FOLDER/env"
    if read -r line; then echo "$line" > "$PLUGIN_FOLDER/stdin"; fi
    ls /proc/self/fd > "$PLUGIN_FOLDER/descriptors" 2>/dev/null; answer "$token" ;;
closes) answer "$token"; exec >&-; sleep 0.3 ;;
arguments) shift; for a in "$0" "$@"; do printf '<%s>' "$a"; done > "$PLUGIN_FOLDER/arguments"; answer "$token" ;;
esac
)SH";

} // namespace

MadePair makePair(const char* commonName)
{
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
        reinterpret_cast<const unsigned char*>(commonName), -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    X509_sign(certificate, key, EVP_sha256());
    BIO* certificateText = BIO_new(BIO_s_mem());
    BIO* keyText = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(certificateText, certificate);
    PEM_write_bio_PrivateKey(keyText, key, nullptr, nullptr, 0, nullptr, nullptr);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return { textOf(certificateText), textOf(keyText) };
}

PluginFolder::PluginFolder()
    : m_pair(makePair("dev"))
{
    writeProgram("plugin", script());
    const std::string certificate = "\"clientCertificateData\":" + jsonText(m_pair.certificate);
    const std::string key = "\"clientKeyData\":" + jsonText(m_pair.key);
    write("certificate.json", certificate);
    write("key.json", key);
    write("pair.json", certificate + ',' + key);
    write("wrong.json", certificate + ",\"clientKeyData\":" + jsonText(makePair("other").key));
}

std::string PluginFolder::path(const char* name) const
{
    return m_folder.filePath(QString::fromUtf8(name)).toStdString();
}

std::string PluginFolder::read(const char* name) const
{
    QFile file(m_folder.filePath(QString::fromUtf8(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

void PluginFolder::write(const char* name, std::string_view bytes) const
{
    QFile file(m_folder.filePath(QString::fromUtf8(name)));
    QDir().mkpath(QFileInfo(file).path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes.data(), static_cast<qint64>(bytes.size()));
}

void PluginFolder::writeProgram(const char* name, std::string_view text) const
{
    write(name, text);
    QFile::setPermissions(m_folder.filePath(QString::fromUtf8(name)),
        QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

int PluginFolder::starts() const
{
    const std::string text = read("starts");
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

std::string_view PluginFolder::script() { return allModes; }

cluster::ContextTarget PluginFolder::target(const char* mode) const
{
    cluster::ContextTarget target;
    target.context = "prod";
    target.file = "/home/person/.kube/config";
    target.cluster.name = "prod";
    target.cluster.server = "https://prod.example.com:6443";
    target.user.name = "dev";
    target.user.exec.emplace();
    target.user.exec->apiVersion = "client.authentication.k8s.io/v1";
    target.user.exec->interactiveMode = cluster::InteractiveMode::IfAvailable;
    target.user.exec->command = path("plugin");
    target.user.exec->args = { mode };
    return target;
}

cluster::ExecOptions PluginFolder::options() const
{
    cluster::ExecOptions options;
    options.environment.variables = { { "PATH", "/usr/bin:/bin:/usr/sbin:/sbin" }, { "HOME", path("home") },
        { "PLUGIN_FOLDER", m_folder.path().toStdString() }, { "PLUGIN_TOKEN", std::string(secretToken) },
        // Put together here, so that no scanner of this repository takes it for a real one.
        { "PLUGIN_JWT",
            std::string("ey") + "JhbGciOiJSUzI1NiJ9.ey" + "JzdWIiOiJkZXZlbG9wZXIifQ."
                + std::string(secretToken) } };
    options.environment.workingFolder = m_folder.path().toStdString();
    options.askLoginShell = false;
    options.approve
        = [](const cluster::ExecInvocation&, const StopToken&) { return cluster::ExecVerdict::Run; };
    options.clock = [] { return std::int64_t { 1'767'225'600 }; }; // 2026-01-01T00:00:00Z
    return options;
}

std::string checkedMessage(const std::string& message)
{
    for (std::size_t i = 0; i + 8 <= secretToken.size(); ++i) {
        if (message.find(secretToken.substr(i, 8)) != std::string::npos)
            QTest::qFail(("a token stands in: " + message).c_str(), __FILE__, __LINE__);
    }
    if (message.find("-----BEGIN") != std::string::npos)
        QTest::qFail("a certificate or key stands in a message", __FILE__, __LINE__);
    return message;
}

Result<cluster::ExecAnswer> planAndRun(
    const cluster::ContextTarget& target, const cluster::ExecOptions& options, const StopToken& stop)
{
    const auto plan = cluster::planExec(target, options, stop);
    if (!plan)
        return tl::unexpected(plan.error());
    return cluster::runExec(*plan, target, options, stop);
}

bool killGroup(long group)
{
#if defined(_WIN32)
    static_cast<void>(group);
    return false;
#else
    return group > 1 && ::killpg(static_cast<pid_t>(group), SIGKILL) == 0;
#endif
}

bool isRunning(long pid)
{
#if defined(_WIN32)
    static_cast<void>(pid);
    return false;
#else
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (file.open(QIODevice::ReadOnly)) {
        const QByteArray text = file.readAll();
        return text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
    }
    return !QFile::exists(QStringLiteral("/proc/self/stat")) && ::kill(static_cast<pid_t>(pid), 0) == 0;
#endif
}

bool hasChildren()
{
#if defined(_WIN32)
    return false;
#else
    siginfo_t info = {};
    return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
#endif
}

} // namespace glacis::test
