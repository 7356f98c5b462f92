// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads JSON lines, one event each.
#include "audit_log.h"

#include <fstream>

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace glacis::live {
namespace {

    std::string text(const QJsonObject& object, const char* key)
    {
        return object.value(QLatin1String(key)).toString().toStdString();
    }

    bool isSelfReview(const AuditLine& line)
    {
        return line.verb == "create" && line.subresource.empty()
            && ((line.group == "authorization.k8s.io"
                    && (line.resource == "selfsubjectrulesreviews"
                        || line.resource == "selfsubjectaccessreviews"))
                || (line.group == "authentication.k8s.io" && line.resource == "selfsubjectreviews"));
    }

    const char* fault(const AuditLine& line)
    {
        if (isSelfReview(line))
            return nullptr;
        if (line.verb != "get" && line.verb != "list")
            return "not a reading verb";
        if (!line.subresource.empty())
            return "a subresource";
        if (line.group.empty() && line.resource == "secrets"
            && (line.verb != "list" || line.uri.find("includeObject=None") == std::string::npos))
            return "Secrets with more than their table";
        return nullptr;
    }

} // namespace

std::vector<AuditLine> readAuditLog(const std::string& file)
{
    std::vector<AuditLine> out;
    std::ifstream in(file, std::ios::binary);
    for (std::string line; std::getline(in, line);) {
        const QJsonObject event = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
        const std::string stage = text(event, "stage");
        if (stage != "ResponseComplete" && stage != "Panic")
            continue;
        const QJsonObject object = event.value(QLatin1String("objectRef")).toObject();
        AuditLine a { text(event, "verb"), text(event, "requestURI"),
            text(event.value(QLatin1String("user")).toObject(), "username"),
            text(event.value(QLatin1String("impersonatedUser")).toObject(), "username"),
            text(event, "userAgent"), text(object, "apiGroup"), text(object, "resource"),
            text(object, "subresource"), text(object, "namespace"), text(object, "name") };
        a.status
            = event.value(QLatin1String("responseStatus")).toObject().value(QLatin1String("code")).toInt();
        out.push_back(std::move(a));
    }
    return out;
}

std::vector<AuditLine> of(const std::vector<AuditLine>& lines, std::string_view agent)
{
    std::vector<AuditLine> out;
    for (const AuditLine& line : lines)
        if (line.userAgent.starts_with(agent))
            out.push_back(line);
    return out;
}

std::vector<std::string> trespasses(const std::vector<AuditLine>& lines)
{
    std::vector<std::string> out;
    for (const AuditLine& line : lines)
        if (const char* why = fault(line))
            out.push_back(line.verb + ' ' + line.uri + ": " + why);
    return out;
}

} // namespace glacis::live
