// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inside of Splitter, for splitter.cpp (buffer, pieces, lists) and splitter_scan.cpp (what the text
// says).
#pragma once

#include <algorithm>
#include <deque>

#include <inventory/byte_mask.h>
#include <inventory/splitter.h>

namespace glacis::inventory {

/// Which bytes of successive blocks stand inside of JSON strings.
class StringMask {
public:
    void restart() { m_inString = m_escaped = 0; }
    /// From a block's quotes and backslashes: bits of the bytes in strings, opening quotes included.
    std::uint64_t next(std::uint64_t quotes, std::uint64_t backslashes)
    {
        if (backslashes | m_escaped) {
            std::uint64_t escaped = m_escaped;
            backslashes &= ~escaped;
            m_escaped = 0;
            while (backslashes) {
                const unsigned bit = lowestBit(backslashes);
                if (bit == 63) {
                    m_escaped = 1;
                    break;
                }
                escaped |= 2ULL << bit;
                backslashes &= ~(3ULL << bit);
            }
            quotes &= ~escaped;
        }
        for (int shift = 1; shift < 64; shift *= 2) // bit i becomes the parity of bits 0..i
            quotes ^= quotes << shift;
        const std::uint64_t mask = quotes ^ m_inString;
        m_inString = mask >> 63 ? ~0ULL : 0;
        return mask;
    }

private:
    std::uint64_t m_inString = 0; ///< all ones inside
    std::uint64_t m_escaped = 0; ///< 1: the next block's first byte is escaped
};

/// Does the text hold anything but blank lines, comments, directives and `---` lines of YAML?
[[nodiscard]] bool hasContent(std::string_view text);

struct Splitter::State {
    enum class Mode : std::uint8_t { Start, Between, Json, Yaml, End };
    enum class Event : std::uint8_t { NeedMore, Again, DocumentEnd, ItemsClosed, ItemEnd };
    /// Of the current document: no list (yet), `items:` seen, inside of the items, behind them, must not be
    /// cut.
    enum class List : std::uint8_t { None, Announced, Open, Closed, Denied };
    enum class Discard : std::uint8_t { Nothing, Item, Document };

    State(Read readMore, const SplitOptions& splitOptions)
        : read(std::move(readMore))
        , options(splitOptions)
    {
    }

    void step();
    void finish();
    bool more();
    void reserve(std::size_t bytes);

    Event detect();
    Event between();
    Event scanJson();
    Event scanYaml();
    Event yamlLine(std::uint64_t at);
    Event yamlDocumentStart(std::uint64_t at);
    void handle(Event event);

    void beginDocument(std::uint64_t at);
    void cutWhatIsDue();
    bool startSplit();
    bool readHead();
    void checkSize();
    void cut(std::uint64_t at, Piece::Content content, bool last);
    void drop(std::uint64_t to);
    void finishSplit(std::uint64_t end, std::string_view closing);
    void report(std::uint64_t at, std::string message);

    [[nodiscard]] const char* at(std::uint64_t position) const { return buffer.get() + (position - base); }
    [[nodiscard]] std::uint64_t limit() const { return base + size; }
    [[nodiscard]] std::string_view slice(std::uint64_t from, std::uint64_t to) const
    {
        return { at(from), static_cast<std::size_t>(to - from) };
    }
    [[nodiscard]] std::uint64_t unitStart() const;
    [[nodiscard]] bool keyIsItems(std::uint64_t bracket) const;
    [[nodiscard]] Block64 blockAt(std::uint64_t position) const
    {
        const auto rest = static_cast<std::size_t>(limit() - position);
        return rest >= Block64::size ? Block64(at(position)) : partialBlock(at(position), rest);
    }

    Read read;
    SplitOptions options;
    std::unique_ptr<char[], FreeMemory> buffer;
    std::unique_ptr<char[], FreeMemory> spare;
    std::size_t capacity = 0;
    std::size_t spareCapacity = 0;
    std::uint64_t base = 0; ///< of the buffer's first byte
    std::size_t size = 0;
    bool ended = false; ///< the file

    Mode mode = Mode::Start;
    bool json = false;
    std::uint64_t scan = 0; ///< all before is looked at
    std::uint64_t pieceStart = 0;
    std::uint32_t pieceLine = 1;
    std::uint64_t boundary = 0; ///< end of the last whole document, when behind pieceStart

    StringMask strings;
    std::uint64_t depth = 0; ///< JSON: open brackets
    bool lineStart = true; ///< YAML: a line begins at `scan`
    bool content
        = false; ///< YAML: the document has a line in column 0 that is none of comment, directive, ---
    std::uint64_t directives = 0; ///< YAML: begin of the %-lines right before `scan`; 0: none

    std::uint64_t documentStart = 0;
    List list = List::None;
    bool rootList = false; ///< the document itself is the list
    bool isSplit = false;
    Discard discard = Discard::Nothing;
    std::uint64_t itemsOpen = 0;
    std::uint64_t itemsClose = 0;
    std::uint64_t lastItemEnd = 0;
    std::string head; ///< of the document that is split; empty: its frame cannot be told
    std::uint32_t headLine = 1;
    std::uint64_t headOffset = 0;
    ListInfo info;
    DocumentReader reader; ///< for heads

    std::deque<Piece> ready;
    std::uint32_t pieces = 0;
    std::vector<ReadError> errors;
    std::vector<SourceDocument> documents;
};

} // namespace glacis::inventory
