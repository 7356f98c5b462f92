// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shows what a reader gave as one line of text for each document and error, so that tests can compare it at a
// glance.
#pragma once

#include <string>

#include <inventory/reader.h>

namespace glacis::test {

using inventory::DocumentReader;
using inventory::NodeType;
using inventory::ReadLimits;
using inventory::Tree;

/// JSON without escapes: enough for texts that tests choose. Checks counts and ends on the way.
inline void appendTree(std::string& out, const Tree& tree, std::uint32_t index, bool withLines = false)
{
    const auto& node = tree[index];
    const auto children = [&](char open, char close) {
        out += open;
        std::uint32_t count = 0;
        std::uint32_t child = index + 1;
        for (; child < node.end; child = tree[child].end, ++count) {
            if (count)
                out += ',';
            if (open == '{')
                out.append("\"").append(tree[child].key).append("\":");
            appendTree(out, tree, child, withLines);
        }
        out += close;
        if (count != node.count || child != node.end)
            out += "<wrong count or end>";
    };
    switch (node.type) {
    case NodeType::Null:
        out += "null";
        break;
    case NodeType::Bool:
    case NodeType::Integer:
    case NodeType::Float:
        out += node.text;
        break;
    case NodeType::String:
        out.append("\"").append(node.text).append("\"");
        break;
    case NodeType::Array:
        children('[', ']');
        break;
    case NodeType::Object:
        children('{', '}');
        break;
    }
    if (withLines)
        out.append("@").append(std::to_string(node.line));
}

/// Documents in order, each in a line; errors between them as "! line: message".
inline std::string show(const DocumentReader::Output& output, bool withLines = false)
{
    std::string out;
    std::size_t error = 0;
    for (std::size_t i = 0; i <= output.documents.size(); ++i) {
        for (; error < output.errors.size() && output.errorsBefore[error] == i; ++error)
            out.append("! ")
                .append(std::to_string(output.errors[error].line))
                .append(": ")
                .append(output.errors[error].message)
                .append("\n");
        if (i < output.documents.size()) {
            appendTree(out, *output.tree, output.documents[i].root, withLines);
            out += '\n';
        }
    }
    return out;
}

inline std::string json(
    DocumentReader& reader, std::string text, bool withLines = false, const ReadLimits& limits = {})
{
    const std::size_t size = text.size();
    text.append(DocumentReader::jsonPadding, '#');
    return show(reader.readJson(std::string_view(text).substr(0, size), 1, limits), withLines);
}
inline std::string json(const std::string& text, bool withLines = false, const ReadLimits& limits = {})
{
    DocumentReader reader;
    return json(reader, text, withLines, limits);
}

inline std::string yaml(const std::string& text, bool withLines = false, const ReadLimits& limits = {},
    DocumentReader::Form form = DocumentReader::Form::Documents)
{
    DocumentReader reader;
    return show(reader.readYaml(text, 1, limits, form), withLines);
}
inline std::string yamlItems(const std::string& text, bool withLines = false)
{
    return yaml(text, withLines, {}, DocumentReader::Form::Items);
}
/// The same text read by libyaml alone: a carriage return in a comment keeps the reader of common YAML away.
inline std::string yamlByLibrary(const std::string& text, bool withLines = false,
    DocumentReader::Form form = DocumentReader::Form::Documents)
{
    DocumentReader reader;
    return show(reader.readYaml("#\r\n" + text, 0, {}, form), withLines);
}

} // namespace glacis::test
