// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document.h"

namespace glacis::bench {
namespace {

    void jsonString(std::string& out, const std::string& text)
    {
        out += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\')
                out += '\\';
            if (c == '\n')
                out += "\\n";
            else
                out += c;
        }
        out += '"';
    }

    void yamlString(std::string& out, const std::string& text)
    {
        const bool plain = !text.empty()
            && text.find_first_of(":#{}[],&*?|<>=!%@`'\"\n ") == std::string::npos
            && text.find_first_not_of("0123456789.-+eE_") != std::string::npos && text != "true"
            && text != "false" && text[0] != '-';
        if (plain)
            out += text;
        else
            jsonString(out, text);
    }

    void spaces(std::string& out, int count) { out.append(static_cast<std::size_t>(count), ' '); }

} // namespace

void Doc::json(std::string& out, int indent) const
{
    if (const auto* text = std::get_if<std::string>(&m_value)) {
        jsonString(out, *text);
    } else if (const auto* number = std::get_if<std::int64_t>(&m_value)) {
        out += std::to_string(*number);
    } else if (const auto* truth = std::get_if<bool>(&m_value)) {
        out += *truth ? "true" : "false";
    } else if (const auto* items = std::get_if<List>(&m_value)) {
        out += '[';
        for (std::size_t i = 0; i < items->size(); ++i) {
            out += i ? ",\n" : "\n";
            spaces(out, indent + 4);
            (*items)[i].json(out, indent + 4);
        }
        if (!items->empty()) {
            out += '\n';
            spaces(out, indent);
        }
        out += ']';
    } else {
        const auto& members = std::get<Map>(m_value);
        out += '{';
        for (std::size_t i = 0; i < members.size(); ++i) {
            out += i ? ",\n" : "\n";
            spaces(out, indent + 4);
            jsonString(out, members[i].first);
            out += ": ";
            members[i].second.json(out, indent + 4);
        }
        if (!members.empty()) {
            out += '\n';
            spaces(out, indent);
        }
        out += '}';
    }
}

void Doc::yaml(std::string& out, int indent) const
{
    if (const auto* text = std::get_if<std::string>(&m_value)) {
        yamlString(out, *text);
    } else if (const auto* number = std::get_if<std::int64_t>(&m_value)) {
        out += std::to_string(*number);
    } else if (const auto* truth = std::get_if<bool>(&m_value)) {
        out += *truth ? "true" : "false";
    } else if (const auto* items = std::get_if<List>(&m_value)) {
        if (items->empty())
            out += "[]";
        for (std::size_t i = 0; i < items->size(); ++i) {
            if (i) {
                out += '\n';
                spaces(out, indent);
            }
            out += "- ";
            (*items)[i].yaml(out, indent + 2);
        }
    } else {
        const auto& members = std::get<Map>(m_value);
        if (members.empty())
            out += "{}";
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i) {
                out += '\n';
                spaces(out, indent);
            }
            yamlString(out, members[i].first);
            out += ':';
            const auto& value = members[i].second;
            const auto* inner = std::get_if<Map>(&value.m_value);
            const auto* innerList = std::get_if<List>(&value.m_value);
            if ((inner && !inner->empty()) || (innerList && !innerList->empty())) {
                const int column = inner ? indent + 2 : indent; // kubectl puts a list's dashes below its key
                out += '\n';
                spaces(out, column);
                value.yaml(out, column);
            } else {
                out += ' ';
                value.yaml(out, indent + 2);
            }
        }
    }
}

} // namespace glacis::bench
