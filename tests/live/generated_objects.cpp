// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The generator was written for readers, who do not ask whether a mount's volume exists or an address is
// free; a server does.
#include "generated_objects.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cluster_generator.h>

#include "documents.h"

namespace glacis::live {
namespace {

    QString tokenVolume(const QJsonObject& spec)
    {
        for (const QJsonValue& volume : spec.value(QLatin1String("volumes")).toArray())
            if (const QString name = at(volume.toObject(), "name").toString();
                name.startsWith(QLatin1String("kube-api-access-")))
                return name;
        return {};
    }

    void mountTheTokenThatIsThere(QJsonObject& pod)
    {
        QJsonObject spec = pod.value(QLatin1String("spec")).toObject();
        const QString volume = tokenVolume(spec);
        QJsonArray containers;
        for (const QJsonValue& value : spec.value(QLatin1String("containers")).toArray()) {
            QJsonObject container = value.toObject();
            QJsonArray mounts;
            for (const QJsonValue& entry : container.value(QLatin1String("volumeMounts")).toArray()) {
                QJsonObject mount = entry.toObject();
                if (textAt(mount, "name") == "kube-api-access-x")
                    mount.insert(QLatin1String("name"), volume);
                mounts.append(mount);
            }
            container.insert(QLatin1String("volumeMounts"), mounts);
            containers.append(container);
        }
        spec.insert(QLatin1String("containers"), containers);
        pod.insert(QLatin1String("spec"), spec);
    }

    /// The written one may be the network's own or the server's; its place in the range changes no finding.
    void leaveTheAddressToTheServer(QJsonObject& service)
    {
        QJsonObject spec = service.value(QLatin1String("spec")).toObject();
        spec.remove(QLatin1String("clusterIP"));
        service.insert(QLatin1String("spec"), spec);
    }

} // namespace

std::vector<QJsonObject> generatedObjects(int pods)
{
    std::vector<QJsonObject> out;
    bench::generateCluster({ .pods = pods }, [&](const std::string&, const bench::Doc& doc) {
        std::string json;
        doc.json(json, 0);
        QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
        const std::string kind = textAt(object, "kind");
        if (kind == "Pod" && !tokenVolume(object.value(QLatin1String("spec")).toObject()).isEmpty())
            mountTheTokenThatIsThere(object);
        if (kind == "Service")
            leaveTheAddressToTheServer(object);
        out.push_back(std::move(object));
    });
    return out;
}

} // namespace glacis::live
