// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// When enough has come together, what stands before the last place where a cut is possible becomes a piece
// with the buffer that it was read into, and the little that follows is copied to a new one. Positions are
// offsets in the file.
#include <inventory/splitter_state.h>

#include <cstring>
#include <new>
#include <utility>

namespace glacis::inventory {

namespace {

    constexpr std::size_t maxErrors = 1000;

    std::uint32_t countNewlines(std::string_view text)
    {
        std::size_t count = 0;
        std::size_t at = 0;
        for (; at + Block64::size <= text.size(); at += Block64::size)
            count += static_cast<std::size_t>(std::popcount(Block64(text.data() + at).equal('\n')));
        count += static_cast<std::size_t>(
            std::count(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), '\n'));
        return static_cast<std::uint32_t>(count);
    }

    std::string inMiB(std::uint64_t bytes)
    {
        return bytes < (1U << 20) ? std::to_string(bytes) + " bytes" : std::to_string(bytes >> 20) + " MiB";
    }

} // namespace

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
        errors.push_back({ .line = pieceLine + countNewlines(slice(pieceStart, position)),
            .message = std::move(message) });
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

/// Begins to hand out the current document, which is inside of its items, in parts. False when it is no list
/// after all.
bool Splitter::State::startSplit()
{
    if (!readHead()) {
        list = List::Denied;
        return false;
    }
    drop(documentStart);
    documents.push_back(
        { .offset = documentStart, .end = 0, .firstLine = pieceLine, .json = json, .split = true });
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
        report(pieceStart,
            "the list goes on for more than " + inMiB(options.maxDocumentBytes) + " after its items");
        head.clear();
        list = List::Denied;
    } else {
        report(unitStart(),
            std::string(item ? "an item of the list" : "a document") + " is larger than "
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
            // Who reads the last piece sees an item that ends early, but not that another one is missing.
            const bool insideItem = depth > (rootList ? 1 : 2);
            if (json && !insideItem)
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
