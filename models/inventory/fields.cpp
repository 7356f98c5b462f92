// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fields.h"

#include <base/text.h>
#include <credentials/classify.h>

namespace glacis::inventory {
namespace {

    constexpr std::size_t maxBadFields = 50; // of one object: a file of nonsense needs no thousand complaints

    // Values below these keys may be secrets: a bad field tells their type only.
    bool maySpeak(std::string_view path)
    {
        for (const std::string_view key :
            { "value", "data", "stringData", "args", "command", "annotations", "binaryData" }) {
            const auto at = path.find(key);
            if (at != std::string_view::npos)
                return false;
        }
        return true;
    }

} // namespace

std::string_view name(NodeType type)
{
    switch (type) {
    case NodeType::Null:
        return "nothing";
    case NodeType::Bool:
        return "a boolean";
    case NodeType::Integer:
        return "a whole number";
    case NodeType::Float:
        return "a decimal number";
    case NodeType::String:
        return "a string";
    case NodeType::Array:
        return "a list";
    case NodeType::Object:
        return "an object";
    }
    return "";
}

std::string pathBetween(const Tree& tree, std::uint32_t root, std::uint32_t node)
{
    std::string path;
    std::uint32_t at = root;
    while (at != node) {
        const bool array = tree[at].type == NodeType::Array;
        std::uint32_t index = 0;
        std::uint32_t child = at + 1;
        while (child < tree[at].end && tree[child].end <= node) {
            child = tree[child].end;
            ++index;
        }
        if (child >= tree[at].end)
            return path; // not below root
        if (array)
            path += '[' + std::to_string(index) + ']';
        else
            path.append(path.empty() ? "" : ".").append(tree[child].key);
        at = child;
    }
    return path;
}

std::uint32_t nodeAt(const Tree& tree, std::uint32_t root, std::string_view path, bool& exact)
{
    std::uint32_t at = root;
    exact = true;
    while (!path.empty()) {
        std::uint32_t next = 0;
        std::size_t used = 0;
        if (path.front() == '[' && tree[at].type == NodeType::Array) {
            const auto close = path.find(']');
            const auto wanted
                = parseInteger(path.substr(1, close == std::string_view::npos ? close : close - 1));
            if (close == std::string_view::npos || !wanted || *wanted < 0)
                break;
            std::int64_t index = 0;
            for (std::uint32_t child = at + 1; child < tree[at].end; child = tree[child].end, ++index) {
                if (index == *wanted) {
                    next = child;
                    used = close + 1;
                    break;
                }
            }
        } else if (tree[at].type == NodeType::Object) {
            // Keys may hold dots (annotations): the longest key that fits wins.
            for (std::uint32_t child = at + 1; child < tree[at].end; child = tree[child].end) {
                const auto key = tree[child].key;
                if (key.size() <= used && next != 0)
                    continue;
                if (path.starts_with(key)
                    && (path.size() == key.size() || path[key.size()] == '.' || path[key.size()] == '[')) {
                    next = child;
                    used = key.size();
                }
            }
        }
        if (next == 0)
            break;
        at = next;
        path.remove_prefix(used);
        if (!path.empty() && path.front() == '.')
            path.remove_prefix(1);
    }
    exact = path.empty();
    return at;
}

std::string Fields::pathOf(NodeRef node) const { return pathBetween(*node.tree(), m_root, node.index()); }

void Fields::bad(NodeRef node, std::string_view expected)
{
    if (m_bad.size() >= maxBadFields)
        return;
    const std::string path = pathOf(node);
    std::string found(name(node.type()));
    const bool scalar
        = node.type() != NodeType::Array && node.type() != NodeType::Object && node.type() != NodeType::Null;
    if (scalar && maySpeak(path) && node.text().size() <= 40 && !credentials::mayHoldCredential(node.text()))
        found += " \"" + printable(node.text()) + '"';
    m_bad.push_back({ m_strings.intern(path), m_strings.intern(expected), m_strings.intern(found) });
}

std::string_view Fields::view(NodeRef node)
{
    if (node.is(NodeType::String))
        return node.text();
    if (node && !node.is(NodeType::Null))
        bad(node, "a string");
    return {};
}

Str Fields::string(NodeRef node) { return m_strings.intern(view(node)); }

Tri Fields::tri(NodeRef node)
{
    if (node.is(NodeType::Bool))
        return node.text() == "true" ? Tri::True : Tri::False;
    if (node && !node.is(NodeType::Null))
        bad(node, "true or false");
    return Tri::Unset;
}

std::optional<std::int64_t> Fields::integer(NodeRef node)
{
    if (node.is(NodeType::Integer)) {
        if (const auto value = parseInteger(node.text()))
            return value;
        bad(node, "a whole number of 64 bits");
        return std::nullopt;
    }
    if (node && !node.is(NodeType::Null))
        bad(node, "a whole number");
    return std::nullopt;
}

std::int32_t Fields::int32(NodeRef node)
{
    const auto value = integer(node);
    if (!value)
        return 0;
    if (*value < INT32_MIN || *value > INT32_MAX) {
        bad(node, "a whole number of 32 bits");
        return 0;
    }
    return static_cast<std::int32_t>(*value);
}

PortNumberOrName Fields::portOrName(NodeRef node)
{
    PortNumberOrName port;
    if (node.is(NodeType::String))
        port.name = string(node);
    else if (node.is(NodeType::Integer))
        port.number = int32(node);
    else if (node && !node.is(NodeType::Null))
        bad(node, "a port number or name");
    return port;
}

NodeRef Fields::list(NodeRef node)
{
    if (node.is(NodeType::Array))
        return node;
    if (node && !node.is(NodeType::Null))
        bad(node, "a list");
    return {};
}

NodeRef Fields::object(NodeRef node)
{
    if (node.is(NodeType::Object))
        return node;
    if (node && !node.is(NodeType::Null))
        bad(node, "an object");
    return {};
}

std::vector<Str> Fields::strings(NodeRef node)
{
    std::vector<Str> out;
    const NodeRef items = list(node);
    out.reserve(items.size());
    for (const NodeRef item : items)
        out.push_back(string(item));
    return out;
}

KeyValues Fields::keyValues(NodeRef node)
{
    KeyValues out;
    const NodeRef members = object(node);
    out.reserve(members.size());
    for (const NodeRef member : members)
        out.push_back({ m_strings.intern(member.key()), string(member) });
    return out;
}

LabelSelector Fields::selector(NodeRef node)
{
    LabelSelector selector;
    if (!object(node))
        return selector;
    selector.present = true;
    selector.matchLabels = keyValues(node["matchLabels"]);
    for (const NodeRef expression : list(node["matchExpressions"]))
        selector.expressions.push_back(
            { string(expression["key"]), string(expression["operator"]), strings(expression["values"]) });
    return selector;
}

} // namespace glacis::inventory
