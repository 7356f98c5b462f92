// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cluster/kubeconfig_fields.h>

#include <algorithm>
#include <array>

#include <cluster/kubeconfig_read.h>
#include <inventory/tree_checks.h>

namespace glacis::cluster {

using inventory::NodeRef;
using inventory::NodeType;

namespace {

    constexpr std::size_t maxDiagnostics = 100; // of one file: enough to see what is wrong with it
    constexpr std::size_t maxRemarks = 20; // so that they do not crowd out what is wrong

    std::string_view typeWords(NodeType type)
    {
        constexpr std::array<std::string_view, 7> words { "nothing", "true or false", "a number", "a number",
            "a text", "a list", "a mapping" };
        return words[static_cast<std::size_t>(type)];
    }

    std::string member(const std::string& path, std::string_view field)
    {
        return path.empty() ? std::string(field) : path + "." + std::string(field);
    }

    std::string element(const std::string& path, std::size_t index)
    {
        return path + "[" + std::to_string(index) + "]";
    }

} // namespace

void Faults::add(Level level, std::uint32_t line, std::string object, std::string message)
{
    if (level == Level::Error && m_first.empty())
        m_first = line == 0 ? message : "line " + std::to_string(line) + ": " + message;
    if (m_all.size() < (level == Level::Info ? maxRemarks : maxDiagnostics))
        m_all.push_back({ .level = level,
            .file = m_file,
            .line = line,
            .document = 0,
            .object = std::move(object),
            .message = std::move(message) });
}

std::string inQuotes(std::string_view outsideText)
{
    return "\"" + inventory::excerpt(outsideText, 80) + "\"";
}

Fields::Fields(Faults& faults, NodeRef node, std::string path)
    : m_faults(faults)
    , m_path(std::move(path))
{
    if (node && expect(node, NodeType::Object, m_path.empty() ? "a kubeconfig" : m_path, "a mapping"))
        m_node = node;
}

bool Fields::expect(NodeRef node, NodeType type, const std::string& path, std::string_view what)
{
    if (!node || node.type() == NodeType::Null)
        return false;
    if (node.type() == type)
        return true;
    m_faults.add(Faults::Level::Error, node.line(), {},
        path + " must be " + std::string(what) + ", but " + std::string(typeWords(node.type()))
            + " stands there");
    return false;
}

NodeRef Fields::look(std::string_view field)
{
    m_known.push_back(field);
    return m_node[field];
}

std::string Fields::textOf(NodeRef node, const std::string& path)
{
    return expect(node, NodeType::String, path, "a text") ? std::string(node.text()) : std::string();
}

std::vector<std::string> Fields::textsOf(NodeRef node, const std::string& path)
{
    std::vector<std::string> texts;
    if (!expect(node, NodeType::Array, path, "a list of texts"))
        return texts;
    for (const NodeRef item : node)
        texts.push_back(textOf(item, element(path, texts.size())));
    return texts;
}

std::string Fields::text(std::string_view field) { return textOf(look(field), member(m_path, field)); }

bool Fields::flag(std::string_view field)
{
    const NodeRef node = look(field);
    return expect(node, NodeType::Bool, member(m_path, field), "true or false") && node.text() == "true";
}

std::string Fields::bytes(std::string_view field)
{
    const NodeRef node = look(field);
    std::string decoded;
    if (expect(node, NodeType::String, member(m_path, field), "a text")
        && !decodeBase64(node.text(), decoded))
        m_faults.add(Faults::Level::Error, node.line(), {}, member(m_path, field) + " is no valid base64");
    return decoded;
}

std::vector<std::string> Fields::texts(std::string_view field)
{
    return textsOf(look(field), member(m_path, field));
}

std::vector<std::pair<std::string, std::string>> Fields::textMap(std::string_view field)
{
    std::vector<std::pair<std::string, std::string>> map;
    const NodeRef node = look(field);
    const std::string path = member(m_path, field);
    if (expect(node, NodeType::Object, path, "a mapping"))
        for (const NodeRef item : node)
            map.emplace_back(item.key(), textOf(item, path + "[" + inQuotes(item.key()) + "]"));
    return map;
}

std::vector<std::pair<std::string, std::vector<std::string>>> Fields::listMap(std::string_view field)
{
    std::vector<std::pair<std::string, std::vector<std::string>>> map;
    const NodeRef node = look(field);
    const std::string path = member(m_path, field);
    if (expect(node, NodeType::Object, path, "a mapping"))
        for (const NodeRef item : node)
            map.emplace_back(item.key(), textsOf(item, path + "[" + inQuotes(item.key()) + "]"));
    return map;
}

std::vector<std::pair<NodeRef, std::string>> Fields::list(std::string_view field)
{
    std::vector<std::pair<NodeRef, std::string>> items;
    const NodeRef node = look(field);
    const std::string path = member(m_path, field);
    if (expect(node, NodeType::Array, path, "a list"))
        for (const NodeRef item : node)
            items.emplace_back(item, element(path, items.size()));
    return items;
}

bool Fields::has(std::string_view field)
{
    const NodeRef node = look(field);
    return node && node.type() != NodeType::Null;
}

Fields Fields::below(std::string_view field) { return { m_faults, look(field), member(m_path, field) }; }

void Fields::tellUnknown(const std::string& object)
{
    for (const NodeRef item : m_node) {
        if (std::find(m_known.begin(), m_known.end(), item.key()) == m_known.end())
            m_faults.add(Faults::Level::Info, item.line(), object,
                "the field " + inQuotes(item.key()) + " is none that a kubeconfig has; it is ignored");
    }
}

} // namespace glacis::cluster
