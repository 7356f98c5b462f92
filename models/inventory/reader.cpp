// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inventory/reader.h>

#include <inventory/json_reader.h>
#include <inventory/yaml_reader.h>

namespace glacis::inventory {

struct DocumentReader::State {
    JsonReader json;
    YamlReader yaml;
    Tree tree;
    Output output;

    void begin()
    {
        // A tree that was grown for a giant is not kept for ordinary pieces.
        constexpr std::size_t ordinary = 1U << 20;
        if (tree.capacity() > ordinary && tree.size() <= ordinary / 4)
            tree = {};
        tree.clear();
        output.tree = &tree;
        output.documents.clear();
        output.errors.clear();
        output.errorsBefore.clear();
    }
};

DocumentReader::DocumentReader()
    : m_state(std::make_unique<State>())
{
}

DocumentReader::~DocumentReader() = default;

const DocumentReader::Output& DocumentReader::readJson(
    std::string_view text, std::uint32_t firstLine, const ReadLimits& limits)
{
    m_state->begin();
    m_state->json.read(text, firstLine, limits, m_state->tree, m_state->output);
    return m_state->output;
}

const DocumentReader::Output& DocumentReader::readYaml(
    std::string_view text, std::uint32_t firstLine, const ReadLimits& limits, Form form)
{
    m_state->begin();
    m_state->yaml.read(text, firstLine, limits, form, m_state->tree, m_state->output);
    return m_state->output;
}

} // namespace glacis::inventory
