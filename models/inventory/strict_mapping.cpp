// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inventory/strict_mapping.h>

#include <charconv>

#include <inventory/reader.h>

namespace glacis::inventory {

StrictMapping::StrictMapping(
    const std::string& place, NodeRef root, std::span<const std::string_view> fields, std::string_view what)
    : m_place(place)
    , m_root(root)
{
    if (!root.is(NodeType::Object)) {
        m_error = place + ": expected one mapping";
        return;
    }
    for (const NodeRef child : root) {
        if (std::find(fields.begin(), fields.end(), child.key()) == fields.end())
            fail(child.key(), "is no field of " + std::string(what));
    }
}

void StrictMapping::fail(std::string_view field, std::string_view reason)
{
    if (m_error.empty())
        m_error = m_place + ": field " + std::string(field) + ": " + std::string(reason);
}

std::string StrictMapping::text(std::string_view field)
{
    const NodeRef node = m_root[field];
    if (!node.is(NodeType::String) || node.text().empty()) {
        fail(field, node ? "expected text" : "is missing");
        return {};
    }
    std::string value(node.text());
    while (!value.empty() && value.back() == '\n') // block scalars end in one
        value.pop_back();
    return value;
}

std::vector<std::string> StrictMapping::texts(NodeRef list, std::string_view field)
{
    std::vector<std::string> values;
    if (!list.is(NodeType::Array)) {
        fail(field, list ? "expected a list" : "is missing");
        return values;
    }
    for (const NodeRef item : list) {
        if (!item.is(NodeType::String) || item.text().empty())
            fail(field, "expected texts (quote numbers)");
        values.emplace_back(item.text());
    }
    return values;
}

int StrictMapping::number(NodeRef node, std::string_view field, int min, int max)
{
    const std::string_view digits = node.text();
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (node.is(NodeType::Integer) && error == std::errc() && end == digits.data() + digits.size()
        && value >= min && value <= max)
        return value;
    fail(field,
        node ? "expected a number from " + std::to_string(min) + " to " + std::to_string(max)
             : std::string("is missing"));
    return min;
}

Result<void> readDataFiles(
    std::span<const DataFile> files, const std::function<Result<void>(const std::string&, NodeRef)>& read)
{
    DocumentReader reader;
    for (const auto& [name, text] : files) {
        const DocumentReader::Output& output = reader.readYaml(text, 1, {});
        if (!output.errors.empty())
            return failure(name + ": line " + std::to_string(output.errors.front().line) + ": "
                + output.errors.front().message);
        for (const DocumentReader::Document& document : output.documents) {
            if (Result<void> done = read(name, NodeRef(*output.tree, document.root)); !done)
                return done;
        }
    }
    return {};
}

} // namespace glacis::inventory
