// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inventory/json_walk.h>

#include <cstring>

#include <inventory/tree_checks.h>

namespace glacis::inventory {

namespace {

    bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
    /// May stand directly after a number or a literal.
    bool endsScalar(char c) { return isSpace(c) || c == ',' || c == '}' || c == ']' || c == ':'; }
    bool isDigit(char c) { return c >= '0' && c <= '9'; }

} // namespace

bool JsonWalk::fail(std::string message, bool syntax)
{
    if (syntax && atEnd() && m_broken)
        message = m_broken;
    m_output.errors.push_back(
        { .line = m_lines.at(position()), .message = std::move(message), .syntax = syntax });
    m_output.errorsBefore.push_back(static_cast<std::uint32_t>(m_output.documents.size()));
    return false;
}

bool JsonWalk::open(NodeType type)
{
    if (m_stack.size() >= static_cast<std::size_t>(m_limits.maxDepth))
        return fail("nested deeper than " + std::to_string(m_limits.maxDepth) + " levels", false);
    const auto node = static_cast<std::uint32_t>(m_tree.size());
    m_tree.push_back({ .key = m_key, .text = {}, .line = m_line, .type = type });
    m_stack.push_back({ node, 0, type == NodeType::Array ? ']' : '}' });
    ++m_token;
    return true;
}

bool JsonWalk::close()
{
    const Frame frame = m_stack.back();
    TreeNode& node = m_tree[frame.node];
    node.end = static_cast<std::uint32_t>(m_tree.size());
    node.count = frame.count;
    ++m_token;
    if (frame.closer == '}' && frame.count > 1) {
        ReadError error;
        if (!keysAreUnique(m_tree, frame.node, m_scratch, error)) {
            m_output.errors.push_back(std::move(error));
            m_output.errorsBefore.push_back(static_cast<std::uint32_t>(m_output.documents.size()));
            m_stack.pop_back();
            return false;
        }
    }
    m_stack.pop_back();
    return true;
}

bool JsonWalk::unescape(const char* start, const char* at, std::string_view& out)
{
    if (!m_free) { // what is written is never longer than what is read
        const std::size_t rest = m_size - static_cast<std::size_t>(start - m_text);
        m_unescaped.push_back(std::unique_ptr<char[]>(new char[rest]));
        m_free = m_unescaped.back().get();
    }
    char* const begin = m_free;
    char* to = begin;
    const char* from = start;
    for (;;) {
        std::memcpy(to, from, static_cast<std::size_t>(at - from));
        to += at - from;
        if (*at == '"')
            break;
        const char c = at[1];
        from = at + 2;
        static constexpr std::string_view names = "\"\\/bfnrt";
        static constexpr std::string_view values = "\"\\/\b\f\n\r\t";
        if (const std::size_t i = names.find(c); i != std::string_view::npos) {
            *to++ = values[i];
        } else if (c == 'u') {
            const int unit = codeUnit(from);
            if (unit < 0)
                return fail("a \\u in a text is not followed by four hexadecimal digits");
            from += 4;
            auto code = static_cast<std::uint32_t>(unit);
            if (code >= 0xD800
                && code < 0xE000) { // a pair of surrogates, or a lone one, which Go reads as U+FFFD
                const int low = code < 0xDC00 && from[0] == '\\' && from[1] == 'u' ? codeUnit(from + 2) : -1;
                if (low >= 0xDC00 && low < 0xE000) {
                    code = 0x10000 + ((code - 0xD800) << 10) + (static_cast<std::uint32_t>(low) - 0xDC00);
                    from += 6;
                } else {
                    code = 0xFFFD;
                }
            }
            to = putUtf8(to, code);
        } else {
            return fail(std::string("a text holds \\ followed by ").append(excerpt({ at + 1, 1 })));
        }
        at = quoteOrEscape(from);
    }
    m_free = to;
    out = { begin, static_cast<std::size_t>(to - begin) };
    return true;
}

bool JsonWalk::string(std::string_view& out)
{
    const char* start = m_text + *m_token + 1;
    const char* at = quoteOrEscape(start);
    if (*at == '"')
        out = { start, static_cast<std::size_t>(at - start) };
    else if (!unescape(start, at, out))
        return false;
    ++m_token;
    return true;
}

bool JsonWalk::key()
{
    if (current() != '"')
        return fail(current() == '}' ? "a comma before }" : "a key in quotes is expected");
    m_line = m_lines.at(*m_token);
    if (!string(m_key))
        return false;
    if (current() != ':')
        return fail("a colon is expected after the key \"" + excerpt(m_key) + "\"");
    ++m_token;
    return true;
}

bool JsonWalk::number()
{
    const char* const start = m_text + *m_token;
    const char* const end = m_text + m_size;
    const char* p = start;
    const auto digits = [&] {
        const char* from = p;
        while (p != end && isDigit(*p))
            ++p;
        return p != from;
    };
    NodeType type = NodeType::Integer;
    if (*p == '-')
        ++p;
    const bool leadingZero = p != end && *p == '0';
    const char* first = p;
    bool valid = digits() && !(leadingZero && p - first > 1);
    if (valid && p != end && *p == '.') {
        ++p;
        type = NodeType::Float;
        valid = digits();
    }
    if (valid && p != end && (*p | 0x20) == 'e') {
        ++p;
        type = NodeType::Float;
        if (p != end && (*p == '+' || *p == '-'))
            ++p;
        valid = digits();
    }
    if (!valid || (p != end && !endsScalar(*p))) {
        const char* stop = start;
        while (stop != end && !endsScalar(*stop))
            ++stop;
        return fail(
            excerpt({ start, static_cast<std::size_t>(stop - start) }).append(" is no number of JSON"));
    }
    append(type, { start, static_cast<std::size_t>(p - start) });
    ++m_token;
    return true;
}

bool JsonWalk::literal(std::string_view word, NodeType type)
{
    const std::string_view rest(m_text + *m_token, m_size - *m_token);
    if (!rest.starts_with(word) || (rest.size() > word.size() && !endsScalar(rest[word.size()]))) {
        std::size_t length = 0;
        while (length < rest.size() && !endsScalar(rest[length]))
            ++length;
        return fail(excerpt(rest.substr(0, std::max<std::size_t>(length, 1))).append(" is no value of JSON"));
    }
    append(type, type == NodeType::Null ? std::string_view() : rest.substr(0, word.size()));
    ++m_token;
    return true;
}

/// One value that is no container.
bool JsonWalk::scalar()
{
    switch (const char c = current(); c) {
    case '"': {
        std::string_view text;
        if (!string(text))
            return false;
        append(NodeType::String, text);
        return true;
    }
    case 't':
        return literal("true", NodeType::Bool);
    case 'f':
        return literal("false", NodeType::Bool);
    case 'n':
        return literal("null", NodeType::Null);
    case ',':
    case ':':
    case ']':
    case '}':
        return fail(std::string("a value is expected before '") + c + "'");
    case '\0':
        return fail(atEnd() ? "the text ends where a value is expected" : "a NUL byte");
    default:
        return c == '-' || isDigit(c) ? number() : literal("a value", NodeType::Null); // which never matches
    }
}

/// What the server notes about who wrote which field is half of what it sends, and nothing that is drawn or
/// checked: it is dropped from each object. True where the value that is due is such a note, of an object
/// that stands alone, in a top-level array or in a list's items.
bool JsonWalk::isManagedFields() const
{
    if (m_key != "managedFields" || current() != '[' || m_stack.back().closer != '}'
        || m_tree[m_stack.back().node].key != "metadata")
        return false;
    switch (m_stack.size()) {
    case 2:
        return true;
    case 3:
        return m_stack[0].closer == ']';
    case 4:
        return m_stack[1].closer == ']' && m_tree[m_stack[1].node].key == "items";
    default:
        return false;
    }
}

/// Moves behind an array, and leaves it empty in the tree. False, and nothing done, where its brackets do not
/// fit together or it is nested deeply: it is then read like all else, which finds words for the error.
bool JsonWalk::passOver()
{
    std::uint64_t squares = 0; // a bit for each bracket that is open, the innermost lowest: set for an array
    int depth = 0;
    for (const std::uint32_t* token = m_token; token != m_end; ++token) {
        const char c = m_text[*token];
        if (c == '{' || c == '[') {
            if (++depth == 64)
                return false;
            squares = squares << 1 | (c == '[' ? 1U : 0U);
        } else if (c == '}' || c == ']') {
            if (((squares & 1) != 0) != (c == ']'))
                return false;
            squares >>= 1;
            if (--depth == 0) {
                append(NodeType::Array, {});
                m_token = token + 1;
                return true;
            }
        }
    }
    return false;
}

/// A top-level value with all that is in it, up to its end or an error. Resumed: goes on behind a unit
/// that was given up.
bool JsonWalk::value(bool resumed)
{
    for (;;) {
        if (!resumed) {
            if (m_tree.size() >= m_nodeLimit) {
                m_giveUp = true;
                return fail("has more than " + std::to_string(m_limits.maxNodes) + " values", false);
            }
            const char c = current();
            if (isManagedFields() && passOver()) {
                // as a complete value
            } else if (c == '{' || c == '[') {
                if (!open(c == '{' ? NodeType::Object : NodeType::Array))
                    return false;
                if (current() != m_stack.back().closer) {
                    if (c == '{') {
                        if (!key())
                            return false;
                    } else {
                        m_key = {};
                        m_line = m_lines.at(position());
                        unitBegins();
                    }
                    continue;
                }
                if (!close())
                    return false;
            } else if (!scalar()) {
                return false;
            }
        }
        // A value is complete: close what ends with it, up to the next value that is due.
        for (;;) {
            if (m_stack.empty())
                return true;
            Frame& frame = m_stack.back();
            if (!resumed)
                ++frame.count;
            resumed = false;
            if (m_stack.size() == 1)
                m_rootChildEnd = treeSize();
            const char next = current();
            if (next == ',') {
                ++m_token;
                if (frame.closer == '}') {
                    if (!key())
                        return false;
                } else {
                    m_key = {};
                    m_line = m_lines.at(position());
                    unitBegins();
                }
                break;
            }
            if (next != frame.closer) {
                unitBegins(); // what came before is complete
                const bool object = frame.closer == '}';
                const bool cut = next == '\0' && atEnd();
                return fail(cut
                        ? (object ? "the text ends inside of an object" : "the text ends inside of an array")
                        : (object ? "',' or '}' is expected" : "',' or ']' is expected"));
            }
            if (!close())
                return false;
        }
    }
}

/// Moves to the comma or bracket behind the unit in progress (at unitDepth 0: to what may begin another
/// value). Where a bracket does not fit, the ones between it and its partner are taken as forgotten.
void JsonWalk::skipUnit(std::size_t unitDepth)
{
    std::vector<char> open;
    std::size_t squares = 0;
    for (std::size_t i = unitDepth; i < m_stack.size(); ++i) {
        open.push_back(m_stack[i].closer);
        squares += m_stack[i].closer == ']';
    }
    bool moved = !open.empty();
    for (; !atEnd(); ++m_token) {
        const char c = m_text[*m_token];
        if (c == '{' || c == '[') {
            if (unitDepth == 0 && open.empty() && moved)
                return;
            open.push_back(c == '{' ? '}' : ']');
            squares += c == '[';
        } else if (c == '}' || c == ']') {
            const std::size_t partners = c == ']' ? squares : open.size() - squares;
            if (partners == 0 && unitDepth > 0 && c == ']')
                return; // the end of the array that holds the unit
            while (partners > 0) {
                const char last = open.back();
                open.pop_back();
                squares -= last == ']';
                if (last == c)
                    break;
            }
        } else if (c == ',' && open.empty()) {
            return;
        }
        moved = true;
    }
}

/// Delivers what is complete of a broken list: the children of its root so far.
void JsonWalk::salvage()
{
    TreeNode& root = m_tree[m_root];
    m_tree.resize(m_rootChildEnd);
    root.end = m_rootChildEnd;
    root.count = 0;
    bool list = root.type == NodeType::Array;
    for (std::uint32_t child = m_root + 1; child < m_rootChildEnd; child = m_tree[child].end) {
        ++root.count;
        list = list || (m_tree[child].type == NodeType::Array && m_tree[child].key == "items");
    }
    if (list && root.count > 0)
        m_output.documents.push_back({ m_root, root.line });
    else
        m_tree.resize(m_root);
}

/// Gives up the unit in progress. True: the value goes on behind it; false: this top-level value is over.
bool JsonWalk::recover()
{
    const std::size_t depth = unitDepth();
    const bool failedAtEnd = atEnd();
    if (m_output.errors.size() >= maxJsonErrors)
        m_token = m_end;
    if (m_giveUp || (depth == 0 && m_stack.empty())) {
        m_tree.resize(m_root);
        skipUnit(0);
        return false;
    }
    if (depth == 0) {
        skipUnit(0);
        salvage();
        return false;
    }
    m_tree.resize(m_unit);
    skipUnit(depth);
    m_stack.resize(depth);
    if (!atEnd())
        return true;
    if (!failedAtEnd && m_output.errors.size() < maxJsonErrors)
        fail("the text ends inside of an array");
    for (; !m_stack.empty(); m_stack.pop_back()) {
        m_tree[m_stack.back().node].end = treeSize();
        m_tree[m_stack.back().node].count = m_stack.back().count;
    }
    m_rootChildEnd = treeSize();
    salvage();
    return false;
}

void JsonWalk::run(const char* broken)
{
    m_broken = broken;
    for (;;) {
        while (current() == ',')
            ++m_token;
        if (atEnd())
            return;
        m_stack.clear();
        m_giveUp = false;
        m_root = m_unit = treeSize();
        m_nodeLimit = m_root + m_limits.maxNodes;
        m_key = {};
        const std::uint32_t line = m_line = m_lines.at(*m_token);
        bool complete = value(false);
        while (!complete && recover())
            complete = value(true);
        if (complete)
            m_output.documents.push_back({ m_root, line });
    }
}

} // namespace glacis::inventory
