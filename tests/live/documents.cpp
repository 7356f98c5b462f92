// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tree to QJsonValue. Numbers keep their kind; keys are sorted by Qt, which no API cares about.
#include "documents.h"

#include <charconv>
#include <map>

#include <QJsonArray>

#include <base/text.h>
#include <inventory/reader.h>
#include <resources/embedded.h>

namespace glacis::live {
namespace {

    using inventory::NodeRef;
    using inventory::NodeType;

    QString qt(std::string_view text)
    {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }

    void addWithItems(const QJsonObject& object, std::vector<QJsonObject>& into)
    {
        if (!textAt(object, "kind").ends_with("List")) {
            into.push_back(object);
            return;
        }
        for (const QJsonValue& item : object.value(QLatin1String("items")).toArray())
            addWithItems(item.toObject(), into);
    }

    std::string identity(const QJsonObject& o)
    {
        const std::string version = textAt(o, "apiVersion");
        const std::size_t slash = version.find('/');
        return (slash == std::string::npos ? std::string() : version.substr(0, slash)) + '|'
            + textAt(o, "kind") + '|' + textAt(o, "metadata.namespace") + '|' + textAt(o, "metadata.name");
    }

    void leadNowhere(QJsonObject& apiService)
    {
        QJsonObject spec = apiService.value(QLatin1String("spec")).toObject();
        QJsonObject service = spec.value(QLatin1String("service")).toObject();
        service.insert(QLatin1String("name"), QStringLiteral("nobody"));
        spec.insert(QLatin1String("service"), service);
        apiService.insert(QLatin1String("spec"), spec);
    }

} // namespace

QJsonValue jsonOf(NodeRef node)
{
    switch (node.type()) {
    case NodeType::Null:
        return QJsonValue::Null;
    case NodeType::Bool:
        return node.text() == "true";
    case NodeType::Integer:
        return qint64 { parseInteger(node.text()).value_or(0) };
    case NodeType::Float:
        return qt(node.text()).toDouble();
    case NodeType::String:
        return qt(node.text());
    case NodeType::Array: {
        QJsonArray array;
        for (const NodeRef item : node)
            array.append(jsonOf(item));
        return array;
    }
    case NodeType::Object: {
        QJsonObject object;
        for (const NodeRef member : node)
            object.insert(qt(member.key()), jsonOf(member));
        return object;
    }
    }
    return {};
}

std::vector<QJsonObject> objectsOfYaml(std::string_view text)
{
    inventory::DocumentReader reader;
    const auto& read = reader.readYaml(text, 1, {});
    if (!read.errors.empty())
        qFatal("line %u: %s", read.errors.front().line, read.errors.front().message.c_str());
    std::vector<QJsonObject> out;
    for (const auto& document : read.documents)
        if (const NodeRef root(*read.tree, document.root); root.is(NodeType::Object))
            addWithItems(jsonOf(root).toObject(), out);
    return out;
}

std::vector<QJsonObject> practiceObjects(const std::vector<std::string>& layers)
{
    std::vector<QJsonObject> out;
    std::map<std::string, std::size_t> place;
    for (const std::string& layer : layers) {
        for (const resources::File& file : resources::practice()) {
            if (!file.name.starts_with(layer + '.') || file.name.ends_with(".facts.yaml"))
                continue;
            for (QJsonObject& object : objectsOfYaml(file.text)) {
                if (textAt(object, "kind") == "APIService")
                    leadNowhere(object);
                const auto [known, fresh] = place.try_emplace(identity(object), out.size());
                if (fresh)
                    out.push_back(object);
                else
                    out[known->second] = object;
            }
        }
    }
    return out;
}

std::string labelOf(const QJsonObject& object)
{
    const std::string ns = textAt(object, "metadata.namespace");
    return textAt(object, "apiVersion") + ' ' + textAt(object, "kind") + ' ' + (ns.empty() ? ns : ns + '/')
        + textAt(object, "metadata.name");
}

QJsonValue at(const QJsonObject& object, std::string_view path)
{
    QJsonValue value = object;
    for (const std::string_view key : split(path, '.'))
        value = value.toObject().value(qt(key));
    return value;
}

std::string textAt(const QJsonObject& object, std::string_view path)
{
    return at(object, path).toString().toStdString();
}

} // namespace glacis::live
