// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/pairs.h>

#include <credentials/characters.h>

namespace glacis::credentials {

namespace {

    constexpr std::size_t none = std::string_view::npos;
    /// Blanks between a key, its sign and its value.
    constexpr std::size_t MostBlanks = 64;

    enum class Sign : unsigned char { None, Equals, Colon, TightColon, Flag, Member, Default };

    bool isBackslash(char c) { return c == '\\'; }
    bool notLineEnd(char c) { return c != '\n' && c != '\r'; }

    struct Reader {
        std::string_view text;
        std::size_t keyBegin, keyEnd;
        QuoteMemory& quotes;

        [[nodiscard]] char at(std::size_t i) const { return i < text.size() ? text[i] : '\0'; }

        std::size_t skipBlanks(std::size_t i) const
        {
            return i <= text.size() ? i + runLength(text, i, isBlank, MostBlanks) : i;
        }

        /// Behind `\"` or `"`, when one stands at `i`.
        std::size_t skipQuote(std::size_t i) const
        {
            const std::size_t escapes = i < text.size() ? runLength(text, i, isBackslash, 8) : 0;
            return isQuote(at(i + escapes)) ? i + escapes + 1 : i;
        }

        /// Only blanks, an opening quote, "- " or a shell's "export" stand between
        /// the line's start and the key.
        [[nodiscard]] bool startsLine() const
        {
            std::size_t i = keyBegin;
            if (i > 0 && isQuote(text[i - 1]))
                --i;
            const auto blanksBack = [&] {
                std::size_t steps = 0;
                while (i > 0 && isBlank(text[i - 1]) && steps++ < MostBlanks)
                    --i;
            };
            blanksBack();
            if (i > 0 && text[i - 1] == '-') { // a YAML list
                --i;
                blanksBack();
            }
            for (const std::string_view word : { std::string_view("export"), std::string_view("ENV"),
                     std::string_view("ARG"), std::string_view("set") }) {
                if (i >= word.size() && text.substr(i - word.size(), word.size()) == word) {
                    i -= word.size();
                    blanksBack();
                    break;
                }
            }
            return i == 0 || !notLineEnd(text[i - 1]);
        }

        [[nodiscard]] char before() const
        {
            std::size_t i = keyBegin;
            std::size_t steps = 0;
            while (i > 0 && (isSpace(text[i - 1]) || isQuote(text[i - 1]) || text[i - 1] == '\\')
                && steps++ < MostBlanks)
                --i;
            return i > 0 ? text[i - 1] : '\0';
        }

        [[nodiscard]] bool keyIsQuoted() const { return keyBegin > 0 && isQuote(text[keyBegin - 1]); }

        /// The key is itself the value of a member "name", and a member "value"
        /// follows.
        std::size_t memberValue(std::size_t i) const
        {
            const std::size_t lookBack = std::min<std::size_t>(keyBegin, 24);
            const std::string_view back = text.substr(keyBegin - lookBack, lookBack);
            const std::size_t name = back.rfind("name");
            if (name == none
                || !allOf(back.substr(name + 4),
                    [](char c) { return isBlank(c) || isQuote(c) || c == ':' || c == '\\'; })
                || back.find(':', name) == none)
                return none;
            i += i < text.size() ? runLength(
                     text, i, [](char c) { return isSpace(c) || c == ','; }, MostBlanks)
                                 : 0;
            i = skipQuote(i);
            if (!hasText(text, i, "value"))
                return none;
            i = skipBlanks(skipQuote(i + 5));
            return at(i) == ':' ? i + 1 : none;
        }

        Sign sign(std::size_t& i) const
        {
            if (keyBegin >= 2 && text[keyBegin - 1] == '{' && text[keyBegin - 2] == '$') {
                if (at(keyEnd) != ':')
                    return Sign::None;
                i = keyEnd + 1;
                i += at(i) == '-' || at(i) == '=' ? 1U : 0U;
                return Sign::Default;
            }
            if (keyBegin > 0 && text[keyBegin - 1] == '$')
                return Sign::None;
            const std::size_t behindQuote = skipQuote(keyEnd);
            i = skipBlanks(at(behindQuote) == ']' ? behindQuote + 1 : behindQuote);
            if (at(i) == '=') {
                if (at(i + 1) == '=' || at(i + 1) == '~')
                    return Sign::None;
                i += at(i + 1) == '>' ? 2U : 1U;
                return Sign::Equals;
            }
            if (at(i) == ':') {
                ++i;
                if (at(i) == '=') {
                    ++i;
                    return Sign::Equals;
                }
                if (at(i) == ':' || at(i) == '/')
                    return Sign::None;
                const bool spaced = i >= text.size() || isSpace(at(i));
                const bool quotedValue = isQuote(at(i)) || at(i) == '\\';
                const bool quotedKey = keyIsQuoted() && behindQuote > keyEnd;
                if (spaced || quotedKey || quotedValue)
                    return Sign::Colon;
                // "registry/reset-password:1.2" is an image.
                return keyBegin > 0 && (text[keyBegin - 1] == '/' || text[keyBegin - 1] == '@')
                    ? Sign::None
                    : Sign::TightColon;
            }
            if (const std::size_t member = memberValue(behindQuote); member != none) {
                i = member;
                return Sign::Member;
            }
            if (text[keyBegin] == '-' && keyEnd < text.size() && flagValue(behindQuote, i))
                return Sign::Flag;
            return Sign::None;
        }

        /// "--password x", ["--password", "x"], "- --password\n- x".
        bool flagValue(std::size_t from, std::size_t& i) const
        {
            i = from;
            i += i < text.size() ? runLength(
                     text, i, [](char c) { return isSpace(c) || c == ','; }, MostBlanks)
                                 : 0;
            if (i == from)
                return false;
            if (at(i) == '-' && isBlank(at(i + 1)))
                i = skipBlanks(i + 1);
            return i < text.size() && at(i) != '-' && !(isQuote(at(i)) && at(i + 1) == '-');
        }

        /// A delimiter ends a value only where the next pair begins, or the text
        /// ends: passwords hold them, too.
        [[nodiscard]] bool endsPair(std::size_t i) const
        {
            constexpr std::size_t LongestKey = 48;
            std::size_t next = skipBlanks(i + 1);
            next = skipQuote(next);
            if (next >= text.size())
                return true;
            const std::size_t key = runLength(
                text, next, [](char c) { return isKeyCharacter(c) || c == ' '; }, LongestKey);
            const std::size_t sign = skipQuote(next + key);
            return key > 0 && (at(sign) == '=' || at(sign) == ':');
        }

        std::size_t lineEnd(std::size_t i) const { return i + runLength(text, i, notLineEnd, text.size()); }

        /// Behind $(…), ${…}, `…` or {{…}} that starts at `i`; blanks in there belong to it.
        std::size_t skipSubstitution(std::size_t i) const
        {
            constexpr std::size_t Longest = 256;
            const std::string_view rest = text.substr(i, Longest);
            std::string_view close;
            if (rest.starts_with("$("))
                close = ")";
            else if (rest.starts_with("${"))
                close = "}";
            else if (rest.starts_with("{{"))
                close = "}}";
            else if (rest.starts_with("`"))
                close = "`";
            else
                return i;
            const std::size_t end = rest.find(close, 1);
            return end == none || rest.substr(0, end).find('\n') != none ? i : i + end + close.size();
        }

        /// A word of a line or of prose.
        std::size_t wordEnd(std::size_t i) const
        {
            while (i < text.size()) {
                if (const std::size_t behind = skipSubstitution(i); behind > i) {
                    i = behind;
                    continue;
                }
                const char c = text[i];
                if (isSpace(c) || c == '"' || (c == '\\' && isQuote(at(i + 1))))
                    break;
                if (c == ';' && (i + 1 >= text.size() || isSpace(text[i + 1]))) // ends a shell command
                    break;
                if ((c == ';' || c == '&' || c == ',' || c == '|' || c == '\'' || c == '`') && endsPair(i))
                    break;
                ++i;
            }
            return i;
        }

        /// "Server=db;Password=a b;Encrypt=true": semicolons part the pairs, blanks
        /// belong to values.
        std::size_t semicolonEnd(std::size_t i) const
        {
            while (
                i < text.size() && notLineEnd(text[i]) && text[i] != '"' && !(text[i] == ';' && endsPair(i)))
                ++i;
            return i;
        }

        /// The value of a key at the start of a line. An assignment before a command ("PGPASSWORD=x psql -h
        /// db") ends at the blank; a line of properties, or of pairs parted by semicolons, is taken whole:
        /// too much rather than less.
        std::size_t assignmentEnd(std::size_t i) const
        {
            const std::size_t line = lineEnd(i);
            std::size_t word = i;
            while (word < line && !isBlank(text[word]) && !(keyIsQuoted() && text[word] == '"')) {
                if (const std::size_t behind = skipSubstitution(word); behind > word) {
                    word = behind;
                    continue;
                }
                if (text[word] == ';' && (word + 1 >= line || isBlank(text[word + 1])))
                    return word;
                ++word;
            }
            if (word >= line || (keyIsQuoted() && text[word] == '"'))
                return std::min(word, line);
            const std::string_view rest = text.substr(word, line - word);
            const std::size_t semicolon = rest.find(';');
            if (semicolon != none && semicolon + 1 < rest.size() && isLetter(rest[semicolon + 1]))
                return line;
            static constexpr std::string_view commandSigns[] = { " -", "&&", ";", "|", "\\", "$", "=", " #" };
            const bool command = std::any_of(std::begin(commandSigns), std::end(commandSigns),
                [rest](std::string_view sign) { return rest.find(sign) != none; });
            return command ? word : line;
        }

        std::size_t flowEnd(std::size_t i) const
        {
            while (i < text.size() && notLineEnd(text[i]) && text[i] != '}' && text[i] != '"'
                && !(text[i] == ',' && endsPair(i)))
                ++i;
            return i;
        }

        /// A YAML block: all lines that are indented deeper than the key's.
        bool readBlock(std::size_t i, PairValue& value) const
        {
            std::size_t lineBegin = keyBegin;
            std::size_t steps = 0;
            while (lineBegin > 0 && notLineEnd(text[lineBegin - 1]) && steps++ < 256)
                --lineBegin;
            const std::size_t indent = runLength(
                text, lineBegin, [](char c) { return c == ' '; }, 256);
            std::size_t line = lineEnd(i);
            value.begin = std::min(line + 1, text.size());
            value.end = value.begin;
            while (line < text.size()) {
                const std::size_t next = line + 1;
                const std::size_t depth = runLength(
                    text, next, [](char c) { return c == ' '; }, text.size());
                const bool blank = next + depth >= text.size() || !notLineEnd(text[next + depth]);
                if (!blank && depth <= indent)
                    break;
                line = lineEnd(next);
                if (!blank)
                    value.end = line;
            }
            while (value.begin < value.end && isSpace(text[value.begin]))
                ++value.begin;
            value.quoted = true;
            return value.end > value.begin;
        }

        bool readQuoted(std::size_t i, PairValue& value) const
        {
            const std::size_t escapes = runLength(text, i, isBackslash, 8);
            const char quote = text[i + escapes];
            value.begin = i + escapes + 1;
            const std::size_t close = escapes <= 3 ? quotes.close(text, value.begin, quote, escapes) : none;
            value.end = close == none ? lineEnd(value.begin) : close;
            value.quoted = true;
            return value.end > value.begin;
        }

        bool readPlain(Sign kind, std::size_t i, PairValue& value) const
        {
            const char before = this->before();
            const bool lineStart = startsLine();
            value.begin = i;
            if (kind == Sign::Colon || kind == Sign::Member) {
                if (lineStart || kind == Sign::Member)
                    value.end = lineEnd(i);
                else if (before == '{' || before == ',')
                    value.end = flowEnd(i);
                else
                    value.end = wordEnd(i);
                value.loose = !lineStart && kind == Sign::Colon && before != '{' && before != ',';
                // YAML comments; prose on a line of its own is no assignment.
                const std::size_t comment = text.substr(i, value.end - i).find(" #");
                value.end = comment == none ? value.end : i + comment;
            } else if (kind == Sign::Flag || kind == Sign::TightColon) {
                value.end = wordEnd(i);
                value.loose = kind == Sign::TightColon;
            } else if (before == ';') {
                value.end = semicolonEnd(i);
            } else {
                value.end = lineStart && text[keyBegin] != '-' ? assignmentEnd(i) : wordEnd(i);
            }
            while (value.end > value.begin && isSpace(text[value.end - 1]))
                --value.end;
            return value.end > value.begin;
        }

        bool read(PairValue& value) const
        {
            std::size_t i = 0;
            const Sign kind = sign(i);
            if (kind == Sign::None)
                return false;
            value.flag = kind == Sign::Flag;
            if (kind == Sign::Default) {
                value.begin = i;
                value.end = i
                    + runLength(
                        text, i, [](char c) { return c != '}' && notLineEnd(c) && c != '"'; }, 1024);
                value.loose = true;
                return value.end > value.begin;
            }
            i = skipBlanks(i);
            if (i >= text.size() || !notLineEnd(text[i]))
                return false;
            const std::size_t escapes = runLength(text, i, isBackslash, 8);
            if (isQuote(at(i + escapes)) && at(i + escapes) != '`')
                return readQuoted(i, value);
            const bool colon = kind == Sign::Colon || kind == Sign::Member;
            if (colon && (text[i] == '|' || text[i] == '>') && lineEnd(i) - i <= 8
                && lineEnd(i) < text.size())
                return readBlock(i, value);
            // An object, a list, an alias: not a literal of this key.
            if (text[i] == '{' && at(i + 1) != '{')
                return false;
            if (colon && (text[i] == '[' || text[i] == '*' || text[i] == '&')
                && (i + 1 >= text.size() || isAlnum(at(i + 1)) || isSpace(at(i + 1)) || isQuote(at(i + 1))))
                return false;
            return readPlain(kind, i, value);
        }
    };

} // namespace

std::size_t QuoteMemory::close(std::string_view text, std::size_t from, char quote, std::size_t escapes)
{
    const std::size_t kind = quote == '"' ? 0 : quote == '\'' ? 1 : 2;
    Search& memory = m_searches[kind][std::min<std::size_t>(escapes, 3)];
    if (memory.from <= from && from <= memory.found)
        return memory.found;
    memory.from = from;
    std::size_t backslashes = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++backslashes;
            continue;
        }
        const bool closes = escapes == 0 ? backslashes % 2 == 0 || quote == '\'' : backslashes <= escapes;
        if (text[i] == quote && closes) {
            if (quote == '\'' && escapes == 0 && i + 1 < text.size()
                && text[i + 1] == '\'') { // YAML's '' is one quote
                ++i;
                backslashes = 0;
                continue;
            }
            memory.found = i - std::min(backslashes, escapes == 0 ? std::size_t { 0 } : backslashes);
            return memory.found;
        }
        backslashes = 0;
    }
    memory.found = none;
    return none;
}

bool readPair(
    std::string_view text, std::size_t keyBegin, std::size_t keyEnd, QuoteMemory& quotes, PairValue& value)
{
    return Reader { text, keyBegin, keyEnd, quotes }.read(value);
}

} // namespace glacis::credentials
