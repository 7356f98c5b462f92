// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// simdjson's stage 1 marks where tokens begin, closes strings and checks UTF-8 with the widest instructions
// that the CPU has. Its own stage 2 keeps no positions, and On-Demand costs more per value than the loop of
// JsonWalk. Here is what lies around it: texts whose strings do not close are read in parts.
#include <inventory/json_reader.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include <inventory/json_walk.h>

#include <simdjson.h>

namespace glacis::inventory {

struct JsonReader::State {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> tokens;
    std::vector<std::uint32_t> scratch;
    std::vector<std::unique_ptr<char[]>> unescaped;

    simdjson::error_code tokenize(std::string_view text);
};

simdjson::error_code JsonReader::State::tokenize(std::string_view text)
{
    // Room for one index of four bytes for each byte of text. What was grown for a giant is not kept for
    // pieces.
    constexpr std::size_t smallest = 16U << 10;
    constexpr std::size_t ordinary = 4U << 20;
    const std::size_t wanted
        = text.size() <= ordinary ? std::bit_ceil(std::max(text.size(), smallest)) : text.size();
    if (!tokens || tokens->capacity() < wanted || (tokens->capacity() > ordinary && wanted <= ordinary)) {
        tokens.reset();
        if (const auto error
            = simdjson::get_active_implementation()->create_dom_parser_implementation(wanted, 1, tokens))
            return error;
    }
    return tokens->stage1(
        reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), simdjson::stage1_mode::regular);
}

JsonReader::JsonReader()
    : m_state(std::make_unique<State>())
{
}

JsonReader::~JsonReader() = default;

void JsonReader::read(std::string_view text, std::uint32_t firstLine, const ReadLimits& limits, Tree& tree,
    DocumentReader::Output& output)
{
    m_state->unescaped.clear();
    const auto report = [&](std::uint32_t line, std::string message) {
        output.errors.push_back({ .line = line, .message = std::move(message), .syntax = true });
        output.errorsBefore.push_back(static_cast<std::uint32_t>(output.documents.size()));
    };
    if (text.size() > UINT32_MAX - Block64::size)
        return report(firstLine, "is larger than 4 GiB");
    const auto walk = [&](const char* broken) {
        JsonWalk loop(text, m_state->tokens->structural_indexes.get(), m_state->tokens->n_structural_indexes,
            firstLine, limits, tree, output, m_state->scratch, m_state->unescaped);
        loop.run(broken);
    };
    // Each broken string costs another look at all that follows: bounded.
    for (std::size_t budget = 4 * text.size() + (16U << 20);;) {
        budget -= std::min(budget, text.size());
        auto error = m_state->tokenize(text);
        if (error == simdjson::UTF8_ERROR) {
            m_state->unescaped.push_back(
                std::unique_ptr<char[]>(new char[3 * text.size() + DocumentReader::jsonPadding]));
            char* copy = m_state->unescaped.back().get();
            text = { copy, copyAsUtf8(text, copy) };
            std::memset(copy + text.size(), ' ', DocumentReader::jsonPadding);
            error = m_state->tokenize(text);
        }
        if (error == simdjson::EMPTY)
            return;
        if (error == simdjson::SUCCESS)
            return walk(nullptr);
        if (error != simdjson::UNCLOSED_STRING && error != simdjson::UNESCAPED_CHARS)
            return report(
                firstLine, error == simdjson::MEMALLOC ? "not enough memory" : "cannot be read as JSON");

        const BadString bad = findBadString(text);
        if (bad.start == std::string_view::npos)
            return report(firstLine, "cannot be read as JSON");
        const std::string_view whole = text;
        const std::size_t errors = output.errors.size();
        text = whole.substr(0, bad.start);
        if (m_state->tokenize(text) == simdjson::SUCCESS)
            walk(bad.reason);
        const auto lines = [&](std::size_t end) {
            return firstLine
                + static_cast<std::uint32_t>(
                    std::count(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
        };
        if (errors == output.errors.size())
            report(lines(bad.start), bad.reason);
        // Indented lists: the next item begins where a line looks like the first line of this text's first
        // value.
        const std::size_t first = whole.find_first_not_of(" \t\r\n,");
        const std::size_t lineStart = whole.rfind('\n', first) + 1; // npos + 1 is 0
        const std::string begin
            = std::string("\n").append(whole.substr(lineStart, first - lineStart)).append("{");
        const std::size_t next = first < bad.start ? whole.find(begin, bad.at) : std::string_view::npos;
        if (next == std::string_view::npos || budget == 0 || output.errors.size() >= maxJsonErrors)
            return;
        firstLine = lines(next);
        text = whole.substr(next);
    }
}

} // namespace glacis::inventory
