// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text to Tree: JSON by simdjson, YAML by libyaml as Kubernetes reads it (YAML 1.1 scalars through JSON).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/tree.h>

namespace glacis::inventory {

struct ReadLimits {
    int maxDepth = 100;
    std::uint64_t maxNodes = 20'000'000; ///< of one document, aliases expanded
};

struct ReadError {
    std::uint32_t line = 0; ///< in the file
    std::string message; ///< for a person, no outside text beyond 80 bytes of it
    bool undefinedAlias = false; ///< YAML: an alias whose anchor is not in this piece
    bool syntax = false; ///< the text could not be parsed (not: a duplicate key, a cap)
};

/// Reads pieces of documents into trees. Keeps its buffers between calls: one per worker thread. The trees of
/// the last call die with the next one, and with `text`: strings without escapes point into it.
///
/// An error costs the smallest unit that it can: an element of a top-level array or of a top-level object's
/// "items" where that is possible (it is then missing from the array), else the document.
class DocumentReader {
public:
    DocumentReader();
    ~DocumentReader();
    DocumentReader(const DocumentReader&) = delete;
    DocumentReader& operator=(const DocumentReader&) = delete;

    struct Document {
        std::uint32_t root = 0; ///< index in the tree
        std::uint32_t line = 0;
    };
    struct Output {
        const Tree* tree = nullptr; ///< all documents of the piece, one after the other
        std::vector<Document> documents;
        std::vector<ReadError> errors; ///< after an error in YAML reading goes on at the next document
        std::vector<std::uint32_t> errorsBefore; ///< for errors[i]: how many documents came before it
    };

    /// One or more JSON values, separated by commas or white space (the inside of a List's items, or whole
    /// texts). `text` must be followed by at least jsonPadding readable bytes. firstLine: line of the text's
    /// first byte.
    [[nodiscard]] const Output& readJson(
        std::string_view text, std::uint32_t firstLine, const ReadLimits& limits);
    /// A YAML stream: documents separated by ---. With Items a block sequence in column 0, each element a
    /// document.
    enum class Form : std::uint8_t { Documents, Items };
    [[nodiscard]] const Output& readYaml(std::string_view text, std::uint32_t firstLine,
        const ReadLimits& limits, Form form = Form::Documents);

    static constexpr std::size_t jsonPadding = 64;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::inventory
