// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cuts one file, read in windows, into pieces that workers decode in parallel.
//
//     Splitter splitter(read, {});
//     Piece piece;
//     while (splitter.next(piece))
//         queue(std::move(piece));      // or decode here: next() reuses the piece's memory
//     report(splitter.errors());
//
// What is cut: between documents (JSON values; YAML at `---` in column 0), and inside of a document only when
// it is larger than a piece and is a list: the elements of a JSON object's "items" or of a top-level JSON
// array; a YAML mapping's `items:` whose `- ` stand in column 0, and a YAML block sequence in column 0. A
// small list stays whole in a Documents piece, so who decodes must take lists apart there too.
//
// JSON cuts are exact for valid JSON. A YAML cut can be wrong (a quoted text that runs over lines and holds
// `- ` in column 0, an anchor used in a later piece), and then always shows: the piece that ends at the first
// wrong cut has a syntax error, a piece that lacks an anchor has ReadError::undefinedAlias. So: when a
// ListItems or ListFrame piece gives a syntax error or undefinedAlias, or its frame's kind does not end in
// "List", or items without a kind came before the list's kind was known (`list.kind` empty), throw away what
// the pieces of this document gave, read [documents()[piece.document].offset, end) again and decode it as one
// text (when it is not above the cap). When that fails with a syntax error too, the document itself is
// broken, and what the pieces gave is the better answer. A Documents piece of JSON that fails may be tried
// with readYaml: `{"a": 1, # comment` is YAML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/reader.h>

namespace glacis::inventory {

/// For std::unique_ptr over memory of std::malloc, which can grow in place.
struct FreeMemory {
    void operator()(char* memory) const { std::free(memory); }
};

/// What a list says of itself before its items; empty where it says it after them, or where nothing was
/// found.
struct ListInfo {
    std::string apiVersion;
    std::string kind; ///< "List", "PodList"
};

struct Piece {
    enum class Content : std::uint8_t {
        Documents, ///< one or more whole documents (JSON values, YAML separated by ---)
        ListItems, ///< items of one list: JSON values separated by commas; a YAML block sequence in column 0
        ListFrame, ///< a list without its items, after them: kind, apiVersion, metadata; not for top-level
                   ///< arrays
    };
    std::string_view text; ///< in `storage`, followed by at least DocumentReader::jsonPadding readable bytes
    std::uint64_t offset = 0; ///< of the text in the file
    std::uint32_t firstLine = 1; ///< of the text in the file
    std::uint32_t index = 0; ///< 0, 1, 2… in the order of the file: who numbers objects goes by it
    std::uint32_t document = 0; ///< index in Splitter::documents()
    Content content = Content::Documents;
    bool json = false;
    bool lastOfDocument = true; ///< no more pieces of this document follow
    ListInfo list; ///< ListItems and ListFrame
    /// ListFrame: text before `tailAt` is the list's head (at firstLine), text from there on is its tail, at
    /// tailLine.
    std::uint32_t tailAt = 0;
    std::uint32_t tailLine = 0;

    std::unique_ptr<char[], FreeMemory> storage;
    std::size_t capacity = 0;
};

/// Where the pieces of one document stand: enough to read it again as one text. The documents of a Documents
/// piece count as one.
struct SourceDocument {
    std::uint64_t offset = 0;
    std::uint64_t end = 0; ///< 0 while its end is not known
    std::uint32_t firstLine = 1;
    bool json = false;
    bool split = false; ///< came as ListItems (and ListFrame) pieces
};

struct SplitOptions {
    std::size_t pieceBytes = 1U << 20; ///< aimed at, not exact
    std::size_t windowBytes = 256U << 10; ///< asked for per read
    std::uint64_t maxDocumentBytes = 256ULL
        << 20; ///< of one document or one item; a list as a whole may be larger
};

/// Holds one piece, what follows it in its window, and a list's head: not the file. Not thread safe.
class Splitter {
public:
    /// Fills the buffer with up to `capacity` next bytes of the file and returns how many; 0 at its end.
    using Read = std::function<std::size_t(char* buffer, std::size_t capacity)>;

    Splitter(Read read, const SplitOptions& options);
    ~Splitter();
    Splitter(const Splitter&) = delete;
    Splitter& operator=(const Splitter&) = delete;

    /// The next piece, in the order of the file; false at the end. `out` may be a used piece: its memory is
    /// taken again.
    [[nodiscard]] bool next(Piece& out);
    /// What could not be delivered (UTF-16, a document above the cap, text between JSON values); grows while
    /// next() runs.
    [[nodiscard]] const std::vector<ReadError>& errors() const;
    /// Documents begun so far.
    [[nodiscard]] const std::vector<SourceDocument>& documents() const;
    [[nodiscard]] std::uint64_t bytesRead() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::inventory
