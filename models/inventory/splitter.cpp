// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One pass over the text, 64 bytes at a time. Of JSON it follows strings and brackets, of YAML the lines that do not
// begin with a space; both only note where a cut is possible. When enough has come together, what stands before the
// last such place becomes a piece with the buffer that it was read into, and the little that follows is copied to a new
// one. Positions are offsets in the file.
#include <inventory/splitter.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <new>
#include <utility>

#include <inventory/byte_mask.h>

namespace glacis::inventory {

namespace {

constexpr std::size_t maxErrors = 1000;
constexpr std::size_t lookAhead = 72; ///< bytes of a line that are looked at to know what it is

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

std::uint32_t countNewlines(std::string_view text)
{
    std::size_t count = 0;
    std::size_t at = 0;
    for (; at + Block64::size <= text.size(); at += Block64::size)
        count += static_cast<std::size_t>(std::popcount(Block64(text.data() + at).equal('\n')));
    count += static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), '\n'));
    return static_cast<std::uint32_t>(count);
}

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Does the text hold anything but blank lines, comments, directives and `---` lines of YAML?
bool hasContent(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t newline = text.find('\n', at);
        const std::size_t end = newline == std::string_view::npos ? text.size() : newline;
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("---") && (line.size() == 3 || isBlank(line[3])))
            line.remove_prefix(3);
        if (line.starts_with('%'))
            continue;
        const auto first = std::find_if_not(line.begin(), line.end(), isBlank);
        if (first != line.end() && *first != '#')
            return true;
    }
    return false;
}

/// Only blanks or a comment up to the end of the line that begins the text?
bool restIsEmpty(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos || text[first] == '\n' || (text[first] == '#' && (first > 0 && isBlank(text[first - 1])));
}

std::string inMiB(std::uint64_t bytes)
{
    return bytes < (1U << 20) ? std::to_string(bytes) + " bytes" : std::to_string(bytes >> 20) + " MiB";
}

} // namespace

struct Splitter::State {
    enum class Mode : std::uint8_t { Start, Between, Json, Yaml, End };
    enum class Event : std::uint8_t { NeedMore, Again, DocumentEnd, ItemsClosed, ItemEnd };
    /// Of the current document: no list (yet), `items:` seen, inside of the items, behind them, must not be cut.
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
    [[nodiscard]] std::string_view slice(std::uint64_t from, std::uint64_t to) const { return { at(from), static_cast<std::size_t>(to - from) }; }
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
    bool content = false; ///< YAML: the document has a line in column 0 that is none of comment, directive, ---
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

// ---- the buffer

void Splitter::State::reserve(std::size_t bytes)
{
    const std::size_t wanted = bytes + DocumentReader::jsonPadding;
    if (wanted <= capacity)
        return;
    const std::size_t grown = std::max(wanted, std::min<std::size_t>(capacity * 2, capacity + (64U << 20)));
    auto* memory = static_cast<char*>(std::realloc(buffer.get(), grown));
    if (!memory)
        throw std::bad_alloc();
    static_cast<void>(buffer.release());
    buffer.reset(memory);
    capacity = grown;
}

/// Reads one window; false at the end of the file.
bool Splitter::State::more()
{
    if (ended)
        return false;
    const std::size_t window = std::max<std::size_t>(options.windowBytes, 1);
    reserve(std::max(size + window, options.pieceBytes + 2 * window));
    const std::size_t got = std::min(read(buffer.get() + size, window), window);
    size += got;
    ended = got == 0;
    return !ended;
}

/// Hands out [pieceStart, end) together with the buffer; what follows moves to another.
void Splitter::State::cut(std::uint64_t end, Piece::Content pieceContent, bool last)
{
    Piece piece;
    const auto length = static_cast<std::size_t>(end - pieceStart);
    const auto rest = static_cast<std::size_t>(limit() - end);
    reserve(size);
    std::memset(buffer.get() + size, ' ', DocumentReader::jsonPadding);
    piece.text = { at(pieceStart), length };
    piece.offset = pieceStart;
    piece.firstLine = pieceLine;
    piece.index = pieces++;
    piece.content = pieceContent;
    piece.json = json;
    piece.lastOfDocument = last;
    if (pieceContent == Piece::Content::Documents)
        documents.push_back({ .offset = pieceStart, .end = end, .firstLine = pieceLine, .json = json });
    else
        piece.list = info;
    piece.document = static_cast<std::uint32_t>(documents.size() - 1);
    pieceLine += countNewlines(piece.text);

    const char* const following = at(end);
    std::swap(buffer, piece.storage);
    piece.capacity = std::exchange(capacity, 0);
    if (spare) {
        buffer = std::move(spare);
        capacity = std::exchange(spareCapacity, 0);
    }
    size = 0;
    reserve(std::max(rest, options.pieceBytes + 2 * options.windowBytes));
    std::memcpy(buffer.get(), following, rest);
    size = rest;
    base = pieceStart = end;
    ready.push_back(std::move(piece));
}

/// Forgets all before `to`.
void Splitter::State::drop(std::uint64_t to)
{
    pieceLine += countNewlines(slice(pieceStart, to));
    pieceStart = to;
    const auto gone = static_cast<std::size_t>(to - base);
    if (gone < options.windowBytes)
        return; // moving little things often would be slow
    std::memmove(buffer.get(), buffer.get() + gone, size - gone);
    size -= gone;
    base = to;
}

void Splitter::State::report(std::uint64_t position, std::string message)
{
    if (errors.size() < maxErrors)
        errors.push_back({ .line = pieceLine + countNewlines(slice(pieceStart, position)), .message = std::move(message) });
}

// ---- lists

/// Has the current document's head told that it is no list? Learns apiVersion and kind from it.
bool Splitter::State::readHead()
{
    info = {};
    if (rootList)
        return true;
    std::string text(slice(documentStart, itemsOpen));
    const std::size_t length = text.append(json ? "]}" : "").size();
    text.append(DocumentReader::jsonPadding, ' ');
    const std::string_view whole(text.data(), length);
    const auto& output = json ? reader.readJson(whole, 1, {}) : reader.readYaml(whole, 1, {});
    if (output.documents.size() != 1)
        return false;
    const NodeRef root(*output.tree, output.documents[0].root);
    info.apiVersion = root["apiVersion"].text();
    info.kind = root["kind"].text();
    return info.kind.empty() || info.kind.ends_with("List");
}

/// Begins to hand out the current document, which is inside of its items, in parts. False when it is no list after all.
bool Splitter::State::startSplit()
{
    if (!readHead()) {
        list = List::Denied;
        return false;
    }
    drop(documentStart);
    documents.push_back({ .offset = documentStart, .end = 0, .firstLine = pieceLine, .json = json, .split = true });
    head = slice(documentStart, itemsOpen);
    headLine = pieceLine;
    headOffset = documentStart;
    drop(itemsOpen);
    isSplit = true;
    return true;
}

/// The current document, which was handed out in parts, ends: its frame is what stands around the items.
void Splitter::State::finishSplit(std::uint64_t end, std::string_view closing)
{
    documents.back().end = end;
    isSplit = false;
    if (!rootList && !head.empty()) {
        Piece piece;
        const std::string_view tail = slice(pieceStart, end);
        const std::size_t length = head.size() + tail.size() + closing.size();
        piece.capacity = length + DocumentReader::jsonPadding;
        piece.storage.reset(static_cast<char*>(std::malloc(piece.capacity)));
        if (!piece.storage)
            throw std::bad_alloc();
        char* to = piece.storage.get();
        for (const std::string_view part : { std::string_view(head), tail, closing })
            to = std::copy(part.begin(), part.end(), to);
        std::fill_n(to, DocumentReader::jsonPadding, ' ');
        piece.text = { piece.storage.get(), length };
        piece.offset = headOffset;
        piece.firstLine = headLine;
        piece.index = pieces++;
        piece.document = static_cast<std::uint32_t>(documents.size() - 1);
        piece.content = Piece::Content::ListFrame;
        piece.json = json;
        piece.list = info;
        piece.tailAt = static_cast<std::uint32_t>(head.size());
        piece.tailLine = pieceLine;
        ready.push_back(std::move(piece));
    }
    drop(end);
    boundary = 0;
}

/// Where the smallest part began that must be kept in one.
std::uint64_t Splitter::State::unitStart() const
{
    if (mode != Mode::Json && mode != Mode::Yaml)
        return pieceStart;
    if (list == List::Open)
        return std::max({ itemsOpen, lastItemEnd, pieceStart });
    return isSplit ? pieceStart : documentStart;
}

void Splitter::State::cutWhatIsDue()
{
    if (scan - pieceStart < options.pieceBytes || discard != Discard::Nothing)
        return;
    if (isSplit) {
        if (list == List::Open && lastItemEnd > pieceStart)
            cut(lastItemEnd, Piece::Content::ListItems, false);
    } else if (boundary > pieceStart) {
        cut(boundary, Piece::Content::Documents, true);
    } else if (list == List::Open && lastItemEnd > itemsOpen && startSplit()) {
        cut(lastItemEnd, Piece::Content::ListItems, false);
    }
}

/// Gives up a document or an item that is larger than the cap; what stands before it is handed out.
void Splitter::State::checkSize()
{
    if (discard != Discard::Nothing)
        return drop(scan);
    if (scan - std::min(scan, unitStart()) <= options.maxDocumentBytes)
        return;
    if (!isSplit && boundary > pieceStart)
        cut(boundary, Piece::Content::Documents, true);
    const bool item = list == List::Open && (isSplit || startSplit());
    if (item && lastItemEnd > pieceStart)
        cut(lastItemEnd, Piece::Content::ListItems, false);
    if (isSplit && !item) { // the text behind the items
        report(pieceStart, "the list goes on for more than " + inMiB(options.maxDocumentBytes) + " after its items");
        head.clear();
        list = List::Denied;
    } else {
        report(unitStart(), std::string(item ? "an item of the list" : "a document") + " is larger than "
                + inMiB(options.maxDocumentBytes) + " and was passed over");
    }
    discard = item ? Discard::Item : Discard::Document;
    if (!item)
        list = List::Denied;
    drop(scan);
}

void Splitter::State::beginDocument(std::uint64_t position)
{
    documentStart = position;
    list = List::None;
    rootList = content = false;
    discard = Discard::Nothing;
    itemsOpen = itemsClose = lastItemEnd = directives = 0;
}

// ---- JSON

/// Is the bracket the value of a key "items"? Looks back over the colon.
bool Splitter::State::keyIsItems(std::uint64_t bracket) const
{
    static constexpr std::string_view key = "\"items\"";
    std::uint64_t end = bracket;
    const auto skipBlanks = [&] {
        while (end > documentStart && isBlank(*at(end - 1)))
            --end;
    };
    skipBlanks();
    if (end == documentStart || *at(end - 1) != ':')
        return false;
    --end;
    skipBlanks();
    return end - documentStart > key.size() && slice(end - key.size(), end) == key && *at(end - key.size() - 1) != '\\';
}

Splitter::State::Event Splitter::State::scanJson()
{
    const std::uint64_t itemDepth = rootList ? 1 : 2;
    for (;;) {
        const std::uint64_t rest = limit() - scan;
        if (rest == 0 || (rest < Block64::size && !ended))
            return Event::NeedMore;
        const Block64 block = blockAt(scan);
        const std::uint64_t inString = strings.next(block.equal('"'), block.equal('\\'));
        const std::uint64_t opening = block.equalWithBit20('{') & ~inString;
        std::uint64_t brackets = opening | (block.equalWithBit20('}') & ~inString);
        for (; brackets; brackets &= brackets - 1) {
            const unsigned bit = lowestBit(brackets);
            const std::uint64_t position = scan + bit;
            if (opening >> bit & 1) {
                if (depth == 1 && list == List::None && *at(position) == '[' && keyIsItems(position)) {
                    list = List::Open;
                    itemsOpen = position + 1;
                }
                ++depth;
                continue;
            }
            if (--depth > itemDepth)
                continue;
            Event event = Event::NeedMore;
            if (depth == 0) {
                event = Event::DocumentEnd;
                if (list == List::Open)
                    itemsClose = position;
            } else if (list == List::Open && depth == itemDepth) {
                lastItemEnd = position + 1;
                event = discard == Discard::Item ? Event::ItemEnd : event;
            } else if (list == List::Open && depth + 1 == itemDepth) {
                list = List::Closed;
                itemsClose = position;
                event = isSplit ? Event::ItemsClosed : event;
            }
            if (event != Event::NeedMore) { // go on behind the bracket, which is outside of strings
                scan = position + 1;
                strings.restart();
                return event;
            }
        }
        scan += std::min<std::uint64_t>(rest, Block64::size);
    }
}

/// From here on, is the text JSON, YAML, or at its end?
Splitter::State::Event Splitter::State::detect()
{
    if (scan == 0 && limit() < 3 && !ended)
        return Event::NeedMore;
    if (scan == 0) {
        const std::string_view mark = slice(0, std::min<std::uint64_t>(3, limit()));
        if (mark.starts_with("\xFF\xFE") || mark.starts_with("\xFE\xFF")) {
            report(0, "is UTF-16 text; only UTF-8 is read");
            mode = Mode::End;
            return Event::Again;
        }
        if (mark == "\xEF\xBB\xBF") {
            drop(3);
            scan = 3;
        }
    }
    // JSON begins with { and then " or }, or with [ and then one of { [ " ]; {{ and {a: b} are left to YAML.
    char found[3] = {};
    int count = 0;
    std::uint64_t first = scan;
    for (std::uint64_t i = scan; i < limit() && count < 3; ++i) {
        if (!isBlank(*at(i))) {
            first = count == 0 ? i : first;
            found[count++] = *at(i);
        }
    }
    constexpr std::uint64_t patience = 1U << 20;
    if (count < 3 && !ended && limit() - scan < patience)
        return Event::NeedMore;
    const auto afterBrace = [](char c) { return c == '"' || c == '}' || c == '\0'; };
    json = (found[0] == '{' && afterBrace(found[1]))
        || (found[0] == '['
            && (found[1] == '"' || found[1] == '[' || found[1] == ']' || found[1] == '\0'
                || (found[1] == '{' && afterBrace(found[2]))));
    if (json) {
        drop(first);
        scan = first;
        mode = Mode::Between;
    } else {
        mode = Mode::Yaml;
        lineStart = true;
        beginDocument(scan);
    }
    return Event::Again;
}

/// Outside of JSON values.
Splitter::State::Event Splitter::State::between()
{
    for (; scan < limit(); ++scan) {
        const char c = *at(scan);
        if (isBlank(c) || c == ',')
            continue;
        if (c == '{' || c == '[') {
            beginDocument(scan);
            rootList = c == '[';
            list = rootList ? List::Open : List::None;
            itemsOpen = rootList ? scan + 1 : 0;
            depth = 1;
            ++scan;
            strings.restart();
            mode = Mode::Json;
            return Event::Again;
        }
        if (boundary > pieceStart) { // hand out the values so far, then look again
            cut(boundary, Piece::Content::Documents, true);
            return Event::Again;
        }
        const void* newline = std::memchr(at(scan), '\n', static_cast<std::size_t>(limit() - scan));
        if (!newline && !ended) {
            if (limit() - scan > options.maxDocumentBytes)
                drop(scan = limit() - 1);
            return Event::NeedMore;
        }
        const std::uint64_t end = newline ? base + static_cast<std::uint64_t>(static_cast<const char*>(newline) - buffer.get()) + 1 : limit();
        const std::string_view line = slice(scan, end);
        const bool separator = line.starts_with("---") && (line.size() == 3 || isBlank(line[3]));
        if (!separator && c != '#')
            report(scan, "text between JSON values");
        scan = end;
        drop(end);
        if (separator) {
            mode = Mode::Start;
            return Event::Again;
        }
        --scan;
    }
    if (boundary <= pieceStart)
        drop(scan);
    return Event::NeedMore;
}

// ---- YAML

Splitter::State::Event Splitter::State::scanYaml()
{
    for (;;) {
        const std::uint64_t rest = limit() - scan;
        if (rest == 0 || (rest < lookAhead + Block64::size && !ended))
            return Event::NeedMore;
        const Block64 block = blockAt(scan);
        const std::uint64_t newlines = block.equal('\n');
        std::uint64_t starts = (newlines << 1 | (lineStart ? 1 : 0)) & ~(newlines | block.equal(' ') | block.equal('\r'));
        const std::uint64_t length = std::min<std::uint64_t>(rest, Block64::size);
        for (; starts; starts &= starts - 1) {
            const std::uint64_t position = scan + lowestBit(starts);
            if (position >= limit())
                break;
            const Event event = yamlLine(position);
            if (event != Event::NeedMore) {
                scan = position + 1;
                lineStart = false;
                return event;
            }
        }
        lineStart = newlines >> (length - 1) & 1;
        scan += length;
    }
}

/// A line that begins with something else than a space.
Splitter::State::Event Splitter::State::yamlLine(std::uint64_t position)
{
    const std::string_view line = slice(position, std::min(limit(), position + lookAhead));
    const bool marker = (line.starts_with("---") || line.starts_with("...")) && (line.size() == 3 || isBlank(line[3]));
    if (line[0] == '#')
        return Event::NeedMore;
    if (marker && line[0] == '-')
        return yamlDocumentStart(position);
    if (line[0] == '%') {
        directives = directives ? directives : position;
        return Event::NeedMore;
    }
    directives = 0;
    const bool first = !content;
    content = true;
    if (line[0] == '-' && (line.size() == 1 || isBlank(line[1]))) {
        if (list == List::Announced || (first && list == List::None)) {
            rootList = list == List::None;
            itemsOpen = position;
            list = List::Open;
        } else if (list == List::Open) {
            lastItemEnd = position;
            return discard == Discard::Item ? Event::ItemEnd : Event::NeedMore;
        }
        return Event::NeedMore;
    }
    if (list == List::Open && !rootList) {
        list = List::Closed;
        itemsClose = position;
        return isSplit ? Event::ItemsClosed : Event::NeedMore;
    }
    if (list == List::Announced)
        list = List::Denied;
    if (list == List::None && line.starts_with("items:") && restIsEmpty(line.substr(6)))
        list = List::Announced;
    return Event::NeedMore;
}

/// At a `---`: the document before it ends, if there was one.
Splitter::State::Event Splitter::State::yamlDocumentStart(std::uint64_t position)
{
    const std::uint64_t end = directives ? directives : position;
    const bool valueOnLine = !restIsEmpty(slice(position + 3, std::min(limit(), position + lookAhead)));
    if (content || discard != Discard::Nothing || isSplit || hasContent(slice(documentStart, end))) {
        if (isSplit || discard != Discard::Nothing) {
            itemsClose = end;
            return Event::DocumentEnd;
        }
        boundary = end;
        beginDocument(end);
    }
    directives = 0;
    if (valueOnLine) { // --- text, --- {…}: not looked into
        content = true;
        list = List::Denied;
    }
    return Event::NeedMore;
}

// ---- the course of events

void Splitter::State::handle(Event event)
{
    const bool yaml = mode == Mode::Yaml;
    // Of YAML the end of a document is the beginning of the next, which scan has passed by one byte.
    const std::uint64_t documentEnd = yaml ? itemsClose : scan;
    switch (event) {
    case Event::ItemEnd:
        discard = Discard::Nothing;
        drop(lastItemEnd);
        break;
    case Event::ItemsClosed:
        if (discard == Discard::Item)
            drop(itemsClose);
        else
            cut(itemsClose, Piece::Content::ListItems, false);
        discard = Discard::Nothing;
        break;
    case Event::DocumentEnd:
        if (isSplit) {
            if (list == List::Open && discard == Discard::Nothing)
                cut(itemsClose, Piece::Content::ListItems, rootList);
            else if (discard != Discard::Nothing)
                drop(documentEnd);
            finishSplit(documentEnd, {});
        } else if (discard != Discard::Nothing) {
            drop(documentEnd);
        } else {
            boundary = documentEnd;
        }
        discard = Discard::Nothing;
        if (yaml) {
            const std::uint64_t marker = scan - 1;
            beginDocument(documentEnd);
            static_cast<void>(yamlDocumentStart(marker));
        } else {
            mode = Mode::Between;
        }
        break;
    case Event::NeedMore:
    case Event::Again:
        break;
    }
}

void Splitter::State::step()
{
    Event event = Event::NeedMore;
    switch (mode) {
    case Mode::Start:
        event = detect();
        break;
    case Mode::Between:
        event = between();
        break;
    case Mode::Json:
        event = scanJson();
        break;
    case Mode::Yaml:
        event = scanYaml();
        break;
    case Mode::End:
        return;
    }
    if (event != Event::NeedMore)
        return handle(event);
    cutWhatIsDue();
    if (!ready.empty())
        return;
    if (!ended)
        checkSize();
    if (ended)
        finish();
    else
        more();
}

/// The file is over.
void Splitter::State::finish()
{
    const std::uint64_t end = limit();
    if (isSplit) {
        const bool inItems = list == List::Open;
        if (discard == Discard::Nothing && inItems) {
            if (json)
                report(end, "the text ends inside of a list");
            cut(end, Piece::Content::ListItems, rootList);
        }
        if (discard != Discard::Nothing)
            drop(end);
        finishSplit(end, json && inItems ? "]}" : "");
    } else if (discard == Discard::Nothing && mode != Mode::Start) {
        if (json ? mode == Mode::Json || boundary > pieceStart : hasContent(slice(pieceStart, end)))
            cut(end, Piece::Content::Documents, true);
    }
    mode = Mode::End;
}

Splitter::Splitter(Read read, const SplitOptions& options)
    : m_state(std::make_unique<State>(std::move(read), options))
{
}

Splitter::~Splitter() = default;

bool Splitter::next(Piece& out)
{
    State& state = *m_state;
    const std::size_t ordinary = 4 * (state.options.pieceBytes + 2 * state.options.windowBytes);
    if (out.storage && out.capacity > state.spareCapacity && out.capacity <= ordinary) {
        state.spare = std::move(out.storage);
        state.spareCapacity = out.capacity;
    }
    out = {};
    while (state.ready.empty() && state.mode != State::Mode::End)
        state.step();
    if (state.ready.empty())
        return false;
    out = std::move(state.ready.front());
    state.ready.pop_front();
    return true;
}

const std::vector<ReadError>& Splitter::errors() const { return m_state->errors; }

const std::vector<SourceDocument>& Splitter::documents() const { return m_state->documents; }

std::uint64_t Splitter::bytesRead() const { return m_state->limit(); }

} // namespace glacis::inventory
