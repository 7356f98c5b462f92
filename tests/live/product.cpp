// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Failures of the ground (not of the product) end the program: nothing can be said then.
#include "product.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cluster/scanner_role.h>

#include "documents.h"
#include "object_loader.h"

namespace glacis::live {
namespace {

    QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

    QString base64(const std::string& bytes)
    {
        return QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64());
    }

    QJsonObject named(const char* key, const QJsonObject& content)
    {
        return { { QStringLiteral("name"), QStringLiteral("live") }, { QLatin1String(key), content } };
    }

    void make(AdminClient& admin, const std::string& target, const QJsonObject& object)
    {
        const Answer answer = admin.post(target, object);
        if (!answer.ok() && answer.status != 409)
            qFatal("%s: %s", target.c_str(), answer.what().c_str());
    }

    QJsonObject object(const char* apiVersion, const char* kind, const std::string& name)
    {
        return { { QStringLiteral("apiVersion"), QLatin1String(apiVersion) },
            { QStringLiteral("kind"), QLatin1String(kind) },
            { QStringLiteral("metadata"), QJsonObject { { QStringLiteral("name"), text(name) } } } };
    }

    void makeNamespace(AdminClient& admin, const std::string& ns)
    {
        make(admin, "/api/v1/namespaces", object("v1", "Namespace", ns));
    }

} // namespace

QJsonObject certificateUser(const test::Identity& pair)
{
    return { { QStringLiteral("client-certificate-data"), base64(pair.certificatePem) },
        { QStringLiteral("client-key-data"), base64(pair.keyPem) } };
}

QJsonObject tokenUser(const std::string& token) { return { { QStringLiteral("token"), text(token) } }; }

QJsonObject tokenFileUser(const std::string& file) { return { { QStringLiteral("tokenFile"), text(file) } }; }

QJsonObject execUser(const std::string& command, const std::vector<std::string>& args)
{
    QJsonArray list;
    for (const std::string& arg : args)
        list.append(text(arg));
    return { { QStringLiteral("exec"),
        QJsonObject { { QStringLiteral("apiVersion"), QStringLiteral("client.authentication.k8s.io/v1") },
            { QStringLiteral("command"), text(command) }, { QStringLiteral("args"), list },
            { QStringLiteral("interactiveMode"), QStringLiteral("Never") } } } };
}

std::string kubeconfigText(const LiveControlPlane& plane, const KubeconfigWish& wish)
{
    QJsonObject entry { { QStringLiteral("server"), text(plane.url()) },
        { QStringLiteral("certificate-authority-data"), base64(plane.authority().pem()) } };
    for (auto field = wish.cluster.begin(); field != wish.cluster.end(); ++field) {
        if (field.value().isNull())
            entry.remove(field.key());
        else
            entry.insert(field.key(), field.value());
    }
    const QJsonObject context { { QStringLiteral("cluster"), QStringLiteral("live") },
        { QStringLiteral("user"), QStringLiteral("live") } };
    const QJsonObject config { { QStringLiteral("apiVersion"), QStringLiteral("v1") },
        { QStringLiteral("kind"), QStringLiteral("Config") },
        { QStringLiteral("current-context"), QStringLiteral("live") },
        { QStringLiteral("clusters"), QJsonArray { named("cluster", entry) } },
        { QStringLiteral("users"), QJsonArray { named("user", wish.user) } },
        { QStringLiteral("contexts"), QJsonArray { named("context", context) } } };
    return QJsonDocument(config).toJson().toStdString();
}

Result<cluster::ContextTarget> kubeconfig(const LiveControlPlane& plane, const KubeconfigWish& wish)
{
    return cluster::resolveContext(
        cluster::readKubeconfig(kubeconfigText(plane, wish), plane.folder() + "/kubeconfig"), "");
}

cluster::ConnectionOptions approving()
{
    cluster::ConnectionOptions options;
    options.exec.approve
        = [](const cluster::ExecInvocation&, const StopToken&) { return cluster::ExecVerdict::Run; };
    options.exec.environment = cluster::Environment::ofProcess();
    options.exec.askLoginShell = false;
    return options;
}

Said whoAmI(cluster::ApiClient& client)
{
    const cluster::Reply reply = client.call(cluster::Request::ownIdentity(), {});
    Said said { reply.failure, {}, {}, reply.message, reply.detail };
    const QJsonObject answer = QJsonDocument::fromJson(QByteArray::fromStdString(reply.body)).object();
    said.user = textAt(answer, "status.userInfo.username");
    for (const auto& group : at(answer, "status.userInfo.groups").toArray())
        said.groups.push_back(group.toString().toStdString());
    return said;
}

Said whoAmI(const Result<cluster::ContextTarget>& target, const cluster::ConnectionOptions& options)
{
    if (!target)
        return { cluster::Failure::Credential, {}, {}, target.error().message, {} };
    cluster::Transport transport;
    auto client = cluster::openClient(transport, *target, options);
    if (!client)
        return { cluster::Failure::Credential, {}, {}, client.error().message, {} };
    return whoAmI(**client);
}

Result<inventory::InventoryPtr> scan(const LiveControlPlane& plane, const QJsonObject& user,
    cluster::CollectOptions options, const StopToken& stop)
{
    const auto target = kubeconfig(plane, { .user = user });
    if (!target)
        return tl::unexpected(target.error());
    cluster::Transport transport;
    auto client = cluster::openClient(transport, *target, approving());
    if (!client)
        return tl::unexpected(client.error());
    options.context = *target;
    return cluster::collect(**client, options, stop);
}

Scanner applyScannerRole(const LiveControlPlane& plane, const std::vector<std::string>& with)
{
    const auto yaml = cluster::scannerRole({ .with = with });
    if (!yaml)
        qFatal("%s", yaml.error().message.c_str());
    std::vector<QJsonObject> objects = objectsOfYaml(*yaml);
    AdminClient admin(plane.admin());
    Scanner scanner;
    std::string account, ns;
    for (const QJsonObject& o : objects) {
        scanner.names.push_back(textAt(o, "kind") + ' ' + textAt(o, "metadata.name"));
        if (textAt(o, "kind") == "ServiceAccount") {
            account = textAt(o, "metadata.name");
            ns = textAt(o, "metadata.namespace");
        }
    }
    if (account.empty())
        qFatal("the scanner role has no ServiceAccount");
    makeNamespace(admin, ns); // the YAML may leave it to its reader
    if (const LoadResult loaded = load(plane.admin(), objects, 1); !loaded.refused.empty())
        qFatal("%s", loaded.refused.front().c_str());
    scanner.token = serviceAccountToken(plane, ns, account);
    return scanner;
}

std::string serviceAccountToken(const LiveControlPlane& plane, const std::string& ns, const std::string& name)
{
    AdminClient admin(plane.admin());
    makeNamespace(admin, ns);
    const std::string accounts = "/api/v1/namespaces/" + ns + "/serviceaccounts";
    make(admin, accounts, object("v1", "ServiceAccount", name));
    const Answer answer = admin.send("POST", accounts + '/' + name + "/token",
        R"({"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}})");
    const std::string token = textAt(answer.json(), "status.token");
    if (token.empty())
        qFatal("no token for %s/%s: %s", ns.c_str(), name.c_str(), answer.what().c_str());
    return token;
}

QString joined(const std::vector<std::string>& lines)
{
    QString out;
    for (const std::string& line : lines)
        out += text(line) + QLatin1Char('\n');
    return out;
}

} // namespace glacis::live
