// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Offers each document to the reader of common YAML, else drives libyaml. Documents are cut at their `---`
// first, so that each has a parser of its own and a broken one costs no other. In a list (the elements of a
// top-level sequence, or of "items") reading goes on at the next element: a new parser begins at the next
// line with a dash in the same column, and its elements go into the same tree; what follows the list in less
// indented lines is read by a third one.
#include <inventory/yaml_reader.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include <base/text.h>
#include <inventory/byte_mask.h>
#include <inventory/yaml_block.h>
#include <inventory/yaml_tree.h>

#include <yaml.h>

namespace glacis::inventory {

namespace {

    constexpr std::size_t maxDirectives = 64; ///< libyaml compares each %TAG with all before

    /// One parser over one text. Its line numbers start at 0.
    class Parser {
    public:
        explicit Parser(std::string_view text)
        {
            m_good = yaml_parser_initialize(&m_parser) == 1;
            if (!m_good)
                return;
            yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
            yaml_parser_set_input_string(
                &m_parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
        }
        ~Parser()
        {
            dropEvent();
            if (m_good)
                yaml_parser_delete(&m_parser);
        }
        Parser(const Parser&) = delete;
        Parser& operator=(const Parser&) = delete;

        /// The next event, or null after an error.
        const yaml_event_t* next()
        {
            dropEvent();
            m_hasEvent = m_good && yaml_parser_parse(&m_parser, &m_event) == 1;
            return m_hasEvent ? &m_event : nullptr;
        }
        [[nodiscard]] const yaml_parser_t& state() const { return m_parser; }
        [[nodiscard]] bool good() const { return m_good; }

    private:
        void dropEvent()
        {
            if (m_hasEvent)
                yaml_event_delete(&m_event);
            m_hasEvent = false;
        }
        yaml_parser_t m_parser;
        yaml_event_t m_event;
        bool m_good = false;
        bool m_hasEvent = false;
    };

    std::string_view view(const yaml_char_t* text)
    {
        return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
    }

    /// Start of line `line` (0-based) of text, at most its size.
    std::size_t lineStart(std::string_view text, std::size_t line)
    {
        std::size_t at = 0;
        for (; line > 0 && at < text.size(); --line) {
            const std::size_t end = text.find('\n', at);
            at = end == std::string_view::npos ? text.size() : end + 1;
        }
        return at;
    }

    bool blankAt(std::string_view text, std::size_t at)
    {
        return at >= text.size() || text[at] == ' ' || text[at] == '\n' || text[at] == '\r'
            || text[at] == '\t';
    }
    bool documentStartsAt(std::string_view text, std::size_t at)
    {
        return text.substr(at, 3) == "---" && blankAt(text, at + 3);
    }

    /// Finds what begins a line: `---`, or `%`. For texts of many megabytes.
    class LineStarts {
    public:
        LineStarts(std::string_view text, char first)
            : m_text(text)
            , m_first(first)
        {
        }
        /// Next line after position `from` that begins with the byte; npos when there is none. `newlines`
        /// counts line ends passed since `from`.
        std::size_t after(std::size_t from, std::uint32_t& newlines) const
        {
            for (std::size_t at = from; at < m_text.size(); at += Block64::size) {
                const std::size_t rest = m_text.size() - at;
                const Block64 block = rest >= Block64::size ? Block64(m_text.data() + at)
                                                            : partialBlock(m_text.data() + at, rest);
                const std::uint64_t ends = block.equal('\n');
                std::uint64_t hits = ends & (block.equal(m_first) >> 1);
                if (rest > Block64::size && m_text[at + Block64::size] == m_first)
                    hits |= ends & (1ULL << 63);
                for (; hits; hits &= hits - 1) {
                    const unsigned bit = lowestBit(hits);
                    if (m_first == '-' && !documentStartsAt(m_text, at + bit + 1))
                        continue;
                    newlines += static_cast<std::uint32_t>(std::popcount(ends & (~0ULL >> (63 - bit))));
                    return at + bit + 1;
                }
                newlines += static_cast<std::uint32_t>(std::popcount(ends));
            }
            return std::string_view::npos;
        }

    private:
        std::string_view m_text;
        char m_first;
    };

    /// Length of the character at `at` if YAML allows it, else 0.
    std::size_t allowedCharacter(std::string_view text, std::size_t at)
    {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c < 0x80)
            return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t' ? 1 : 0;
        const std::size_t length = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (at + length > text.size() || !isValidUtf8(text.substr(at, length)))
            return 0;
        const auto second = static_cast<unsigned char>(text[at + 1]);
        const bool c1Control = c == 0xC2 && second < 0xA0 && second != 0x85;
        const bool noCharacter
            = c == 0xEF && second == 0xBF && static_cast<unsigned char>(text[at + 2]) >= 0xBE;
        return c1Control || noCharacter ? 0 : length;
    }

    struct Characters {
        std::size_t bad = 0; ///< bytes that YAML does not allow
        std::size_t firstBad = 0;
        bool otherBreaks
            = false; ///< line ends besides \n: CR, and NEL, LS and PS, which YAML 1.1 takes for such
    };

    /// Looks at all characters, and calls replace for each byte that YAML does not allow.
    template <class Replace> Characters checkCharacters(std::string_view text, Replace replace)
    {
        Characters found;
        std::size_t behind = 0; // of the last character looked at
        for (std::size_t at = 0; at < text.size(); at += Block64::size) {
            const std::size_t rest = text.size() - at;
            const Block64 block
                = rest >= Block64::size ? Block64(text.data() + at) : partialBlock(text.data() + at, rest);
            const std::uint64_t returns = block.equal('\r');
            found.otherBreaks = found.otherBreaks || returns;
            std::uint64_t odd = block.signedBelow(0x20) & ~(block.equal('\n') | returns | block.equal('\t'));
            odd |= block.equal(0x7F);
            for (; odd; odd &= odd - 1) {
                const std::size_t i = at + lowestBit(odd);
                if (i < behind)
                    continue;
                if (const std::size_t length = allowedCharacter(text, i); length > 0) {
                    behind = i + length;
                    const std::string_view character = text.substr(i, length);
                    found.otherBreaks = found.otherBreaks || character == "\xC2\x85"
                        || character == "\xE2\x80\xA8" || character == "\xE2\x80\xA9";
                } else {
                    if (found.bad++ == 0)
                        found.firstBad = i;
                    replace(i);
                }
            }
        }
        return found;
    }

    std::string describeByte(char byte)
    {
        const auto c = static_cast<unsigned char>(byte);
        if (c == 0)
            return "a NUL byte";
        if (c >= 0x80)
            return "bytes that are no UTF-8 text";
        static constexpr char digits[] = "0123456789ABCDEF";
        return std::string("the control character U+00").append({ digits[c >> 4], digits[c & 15] });
    }

    struct Wording {
        std::string_view problem; ///< how libyaml says it
        const char* ours;
    };
    constexpr Wording wordings[] = {
        { "found character that cannot start any token", "a character that cannot begin a value here" },
        { "mapping values are not allowed in this context",
            "a second ': ' in one line, or a key where none may stand" },
        { "could not find expected ':'", "a line without ': ' where a key is expected" },
        { "did not find expected key", "a line that does not fit the indentation around it" },
        { "did not find expected '-' indicator", "a line that does not fit the list around it" },
        { "did not find expected ',' or ']'", "',' or ']' is missing in a list in brackets" },
        { "did not find expected ',' or '}'", "',' or '}' is missing in a mapping in braces" },
        { "did not find expected node content", "a value is missing" },
        { "did not find expected <document start>", "text that belongs to no value" },
        { "block sequence entries are not allowed in this context",
            "a '- ' where no list element may stand" },
        { "mapping keys are not allowed in this context", "a '? ' where no key may stand" },
        { "found unexpected end of stream", "a text in quotes without its closing quote" },
        { "found unexpected document indicator", "a text in quotes without its closing quote" },
        { "found unknown escape character", "an unknown escape after a backslash in a text in quotes" },
        { "found a tab character where an indentation space is expected",
            "a tab is used to indent; YAML allows only spaces" },
        { "found a tab character that violates indentation",
            "a tab is used to indent; YAML allows only spaces" },
        { "did not find expected hexdecimal number", "an escape without its hexadecimal digits" },
        { "found invalid Unicode character escape code", "an escape that is no character" },
        { "did not find expected alphabetic or numeric character", "an anchor or alias without a name" },
        { "found undefined tag handle", "a tag with an undeclared prefix" },
        { "found incompatible YAML document", "a %YAML directive with another version" },
        { "did not find expected comment or line break", "text after the sign of a block text" },
    };

} // namespace

struct YamlReader::State {
    TextArena arena;
    std::string cleaned; ///< the text without bytes that YAML does not allow
};

namespace {

    /// Reads one text, which may hold several documents.
    class Reading {
    public:
        Reading(std::string_view text, std::uint32_t firstLine, YamlTree& tree, TextArena& arena)
            : m_text(text)
            , m_firstLine(firstLine)
            , m_tree(tree)
            , m_arena(arena)
        {
        }
        /// Lines (in the file) that held forbidden bytes, in order; a value there is refused.
        void setBadLines(const std::vector<std::uint32_t>* lines, const std::string* problem)
        {
            m_badLines = lines;
            m_badProblem = problem;
        }
        void run();

    private:
        enum class Part : std::uint8_t { Documents, Elements, Tail };
        enum class Outcome : std::uint8_t { Complete, Broken, GaveUp };

        Outcome parse(std::size_t from, std::size_t to, Part part);
        void feed(const yaml_event_t& event, std::uint32_t line);
        void feedScalar(const yaml_event_t& event, std::uint32_t line);
        std::uint32_t reportProblem(const Parser& parser, std::string_view text, std::uint32_t firstLine);
        bool continueList();
        std::size_t nextDocument();
        [[nodiscard]] std::uint32_t lineOf(std::size_t position)
        {
            // Positions ascend nearly always, so count on from the last one.
            if (position < m_countedTo) {
                m_countedTo = 0;
                m_countedLine = m_firstLine;
            }
            m_countedLine += static_cast<std::uint32_t>(
                std::count(m_text.begin() + static_cast<std::ptrdiff_t>(m_countedTo),
                    m_text.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
            m_countedTo = position;
            return m_countedLine;
        }

        std::string_view m_text;
        std::uint32_t m_firstLine;
        YamlTree& m_tree;
        TextArena& m_arena;
        const std::vector<std::uint32_t>* m_badLines = nullptr;
        const std::string* m_badProblem = nullptr;
        std::size_t m_countedTo = 0;
        std::uint32_t m_countedLine = m_firstLine;
        std::size_t m_failedAt
            = 0; ///< start of the line of the last error, or of the last event if that is later
        std::size_t m_searchFrom = 0; ///< after this line the next element of the list may begin
        std::size_t m_dashColumn = 0; ///< of the list whose elements are units
        bool m_blockList = false; ///< such a list is open, and not in brackets
    };

    void Reading::run()
    {
        for (std::size_t at = 0; at < m_text.size();) {
            const Outcome outcome = parse(at, m_text.size(), Part::Documents);
            if (outcome == Outcome::Complete)
                return;
            if (outcome == Outcome::Broken && continueList())
                m_tree.endDocument(false);
            else
                m_tree.endDocument(true);
            if (m_tree.full())
                return;
            at = nextDocument();
        }
    }

    std::size_t Reading::nextDocument()
    {
        std::uint32_t lines = 0;
        const std::size_t next = LineStarts(m_text, '-').after(m_failedAt, lines);
        return std::min(next, m_text.size());
    }

    /// After an error inside of a list: reads its further elements, and what follows it. False when that
    /// cannot be done; the document is then broken.
    bool Reading::continueList()
    {
        std::size_t listEnd = 0; // not yet known
        std::size_t spent = 0;
        while (m_blockList && !m_tree.full() && m_tree.resumeItems()) {
            std::size_t element = std::string_view::npos;
            const std::size_t end = m_text.find('\n', m_searchFrom);
            for (std::size_t at = end; at != std::string_view::npos; at = m_text.find('\n', at)) {
                const std::size_t start = ++at;
                std::size_t first = start;
                while (first < m_text.size() && m_text[first] == ' ')
                    ++first;
                const std::size_t column = first - start;
                if (first == m_text.size() || blankAt(m_text, first) || m_text[first] == '#')
                    continue;
                const bool dash = m_text[first] == '-' && blankAt(m_text, first + 1);
                if (column < m_dashColumn || (column == m_dashColumn && !dash)) {
                    listEnd = start;
                    break;
                }
                if (column == m_dashColumn && element == std::string_view::npos) {
                    element = start;
                    if (listEnd > start) // found before: no need to look for it again
                        break;
                }
            }
            if (listEnd == 0)
                listEnd = m_text.size();
            if (element != std::string_view::npos && element < listEnd) {
                const Outcome outcome = parse(element, listEnd, Part::Elements);
                spent += m_failedAt - std::min(m_failedAt, element);
                if (outcome != Outcome::Complete && spent > 4 * m_text.size())
                    return false; // each fault is noticed far behind its place
                if (outcome == Outcome::GaveUp)
                    return false;
                if (outcome == Outcome::Broken)
                    continue;
            }
            m_tree.end();
            m_blockList = false;
            const bool tail = listEnd < m_text.size() && !documentStartsAt(m_text, listEnd)
                && !m_text.substr(listEnd).starts_with("...");
            if (tail && m_tree.anyOpen())
                return parse(listEnd, m_text.size(), Part::Tail) == Outcome::Complete;
            if (tail)
                m_tree.syntaxError(lineOf(listEnd), "is no valid YAML: text that belongs to no value");
            else if (m_tree.anyOpen())
                m_tree.end();
            return true;
        }
        return false;
    }

    Reading::Outcome Reading::parse(std::size_t from, std::size_t to, Part part)
    {
        const std::string_view text = m_text.substr(from, to - from);
        const std::uint32_t firstLine = lineOf(from);
        Parser parser(text);
        std::size_t depth = 0;
        std::uint32_t lastLine = 0;
        std::optional<std::uint32_t> elementLine; // of the last element of the list that began
        const auto failed = [&](std::uint32_t line, bool inElement) {
            m_failedAt = from + lineStart(text, std::max(line, lastLine));
            if (m_failedAt > from && m_failedAt >= to)
                m_failedAt = to - 1;
            // The next element may begin before the place where this one was seen to be wrong.
            const std::uint32_t begin = elementLine.value_or(line);
            m_searchFrom = from + lineStart(text, inElement ? begin : std::max(begin, line));
        };
        while (const yaml_event_t* event = parser.next()) {
            lastLine = static_cast<std::uint32_t>(event->start_mark.line);
            const std::uint32_t line = firstLine + lastLine;
            switch (event->type) {
            case YAML_STREAM_START_EVENT:
                continue;
            case YAML_DOCUMENT_START_EVENT:
                if (part == Part::Documents) {
                    m_tree.beginDocument();
                    m_blockList = false;
                }
                continue;
            case YAML_DOCUMENT_END_EVENT:
                if (part == Part::Documents)
                    m_tree.endDocument(false);
                continue;
            case YAML_STREAM_END_EVENT:
                return Outcome::Complete;
            case YAML_MAPPING_START_EVENT:
            case YAML_SEQUENCE_START_EVENT:
                // The outermost container of a continued text is already open.
                if (depth++ == 0 && part != Part::Documents)
                    continue;
                break;
            case YAML_MAPPING_END_EVENT:
            case YAML_SEQUENCE_END_EVENT:
                if (--depth == 0 && part == Part::Elements)
                    continue;
                if (m_tree.inItems())
                    m_blockList = false;
                break;
            default:
                break;
            }
            if (m_blockList && m_tree.inItems())
                elementLine = lastLine;
            feed(*event, line);
            if (event->type == YAML_SEQUENCE_START_EVENT && !m_blockList && m_tree.inItems()
                && event->data.sequence_start.style == YAML_BLOCK_SEQUENCE_STYLE) {
                m_blockList = true;
                m_dashColumn = event->start_mark.column;
            }
            if (m_tree.gaveUp() || m_tree.full() || m_tree.leaves()) {
                failed(lastLine, true);
                return m_tree.leaves() && !m_tree.full() ? Outcome::Broken : Outcome::GaveUp;
            }
        }
        const bool inElement = !m_tree.inItems();
        failed(reportProblem(parser, text, firstLine), inElement);
        return Outcome::Broken;
    }

    /// Says what libyaml found wrong, and returns the line (of text, from 0) where.
    std::uint32_t Reading::reportProblem(const Parser& parser, std::string_view text, std::uint32_t firstLine)
    {
        const yaml_parser_t& state = parser.state();
        std::size_t line = 0;
        std::string message = "not enough memory";
        if (parser.good() && state.error != YAML_MEMORY_ERROR) {
            const std::string_view problem = state.problem ? state.problem : "";
            line = state.problem_mark.line;
            const std::size_t start = lineStart(text, line);
            const bool atTab = text.substr(start, text.find('\n', start) - start)
                                   .substr(0, state.problem_mark.column + 1)
                                   .ends_with('\t');
            // Where the text goes wrong, not where libyaml notices: an open quote, a line without a colon.
            if (problem == "could not find expected ':'" || problem.starts_with("found unexpected"))
                line = state.context_mark.line;
            const auto known = std::find_if(std::begin(wordings), std::end(wordings),
                [&](const Wording& wording) { return wording.problem == problem; });
            message = "is no valid YAML: ";
            message += atTab && problem == "found character that cannot start any token"
                ? "a tab is used to indent; YAML allows only spaces"
                : known != std::end(wordings) ? known->ours
                                              : "something that cannot be read";
        }
        m_tree.syntaxError(firstLine + static_cast<std::uint32_t>(line), std::move(message));
        return static_cast<std::uint32_t>(line);
    }

    void Reading::feed(const yaml_event_t& event, std::uint32_t line)
    {
        YamlNode node;
        node.line = line;
        switch (event.type) {
        case YAML_SCALAR_EVENT:
            return feedScalar(event, line);
        case YAML_ALIAS_EVENT:
            return m_tree.alias(view(event.data.alias.anchor), line);
        case YAML_SEQUENCE_START_EVENT:
            node.anchor = view(event.data.sequence_start.anchor);
            return m_tree.beginSequence(node);
        case YAML_MAPPING_START_EVENT:
            node.anchor = view(event.data.mapping_start.anchor);
            return m_tree.beginMapping(node);
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            return m_tree.end();
        default:
            return;
        }
    }

    void Reading::feedScalar(const yaml_event_t& event, std::uint32_t line)
    {
        const auto& scalar = event.data.scalar;
        if (m_badLines) {
            const std::uint32_t last
                = line + static_cast<std::uint32_t>(event.end_mark.line - event.start_mark.line);
            const auto bad = std::lower_bound(m_badLines->begin(), m_badLines->end(), line);
            if (bad != m_badLines->end() && *bad <= last)
                return m_tree.refuse(*bad, *m_badProblem);
        }
        YamlNode node;
        node.line = line;
        node.text = m_arena.copy({ reinterpret_cast<const char*>(scalar.value), scalar.length });
        node.tag = view(scalar.tag);
        node.anchor = view(scalar.anchor);
        node.plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
        m_tree.scalar(node);
    }

} // namespace

YamlReader::YamlReader()
    : m_state(std::make_unique<State>())
{
}

YamlReader::~YamlReader() = default;

void YamlReader::read(std::string_view text, std::uint32_t firstLine, const ReadLimits& limits,
    DocumentReader::Form form, Tree& tree, DocumentReader::Output& output)
{
    m_state->arena.reset();
    YamlTree builder(tree, output, m_state->arena, limits, form);
    const auto report = [&](std::uint32_t line, std::string message) {
        output.errors.push_back({ .line = line, .message = std::move(message), .syntax = true });
        output.errorsBefore.push_back(static_cast<std::uint32_t>(output.documents.size()));
    };
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return report(firstLine, "is UTF-16 text; only UTF-8 is read");
    if (text.starts_with("\xEF\xBB\xBF")) // libyaml would see a `---` behind it in column 1
        text.remove_prefix(3);

    std::vector<std::uint32_t> badLines;
    std::string badProblem;
    const Characters characters = checkCharacters(text, [](std::size_t) {});
    if (characters.bad > 0) {
        const auto badLine = firstLine
            + static_cast<std::uint32_t>(std::count(
                text.begin(), text.begin() + static_cast<std::ptrdiff_t>(characters.firstBad), '\n'));
        badProblem = "holds " + describeByte(text[characters.firstBad]);
        if (characters.bad > 16 && characters.bad * 50 > text.size())
            return report(badLine, "is no text but binary data");
        m_state->cleaned.assign(text);
        std::uint32_t line = firstLine;
        std::size_t counted = 0;
        checkCharacters(text, [&](std::size_t at) {
            m_state->cleaned[at] = 'x';
            line += static_cast<std::uint32_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
            counted = at;
            if (badLines.empty() || badLines.back() != line)
                badLines.push_back(line);
        });
        text = m_state->cleaned;
    }
    const std::size_t errorsBefore = output.errors.size();
    const bool simple = badLines.empty() && !characters.otherBreaks;
    const auto readPart = [&](std::string_view part, std::uint32_t line) {
        if (simple && readBlockYaml(part, line, builder, m_state->arena))
            return;
        Reading reading(part, line, builder, m_state->arena);
        if (!badLines.empty())
            reading.setBadLines(&badLines, &badProblem);
        reading.run();
    };

    // Directives belong to the document that begins behind them: leave the cutting to libyaml there.
    std::uint32_t ignored = 0;
    const LineStarts percent(text, '%');
    std::size_t directives = text.starts_with('%') ? 1 : 0;
    for (std::size_t at = percent.after(0, ignored); at < text.size() && directives <= maxDirectives;
         at = percent.after(at, ignored))
        ++directives;
    if (directives > maxDirectives)
        return report(
            firstLine, "holds more than " + std::to_string(maxDirectives) + " lines that begin with %");
    if (directives > 0 || form == DocumentReader::Form::Items) {
        readPart(text, firstLine); // the reader of common YAML takes neither a directive nor a second ---
    } else {
        const LineStarts documents(text, '-');
        for (std::size_t at = 0; at < text.size() && !builder.full();) {
            std::uint32_t lines = 0;
            const std::size_t next = std::min(documents.after(at, lines), text.size());
            readPart(text.substr(at, next - at), firstLine);
            firstLine += lines;
            at = next;
        }
    }
    if (!badLines.empty() && output.errors.size() == errorsBefore) // in a comment, or between values
        report(badLines.front(), badProblem);
}

} // namespace glacis::inventory
