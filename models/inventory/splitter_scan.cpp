// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looks at the text, 64 bytes at a time. Of JSON it follows strings and brackets, of YAML the lines that do
// not begin with a space. It only notes where a cut is possible, and stops at what changes the course.
#include <inventory/splitter_state.h>

#include <cstring>

namespace glacis::inventory {

namespace {

    constexpr std::size_t lookAhead = 72; ///< bytes of a line that are looked at to know what it is

    bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

    /// Only blanks or a comment up to the end of the line that begins the text?
    bool restIsEmpty(std::string_view text)
    {
        const std::size_t first = text.find_first_not_of(" \t\r");
        return first == std::string_view::npos || text[first] == '\n'
            || (text[first] == '#' && (first > 0 && isBlank(text[first - 1])));
    }

} // namespace

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
    return end - documentStart > key.size() && slice(end - key.size(), end) == key
        && *at(end - key.size() - 1) != '\\';
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
        const std::uint64_t end = newline
            ? base + static_cast<std::uint64_t>(static_cast<const char*>(newline) - buffer.get()) + 1
            : limit();
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
        std::uint64_t starts
            = (newlines << 1 | (lineStart ? 1 : 0)) & ~(newlines | block.equal(' ') | block.equal('\r'));
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
    const bool marker
        = (line.starts_with("---") || line.starts_with("...")) && (line.size() == 3 || isBlank(line[3]));
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

} // namespace glacis::inventory
