// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/classify.h>

#include <credentials/characters.h>
#include <credentials/names.h>
#include <credentials/scanner.h>
#include <credentials/shell_words.h>
#include <credentials/values.h>
#include <credentials/verdict.h>

namespace glacis::credentials {

namespace {

    /// Scripts inside scripts ("sh -c 'bash -c …'").
    constexpr int DeepestScript = 3;
    /// Findings of one argument; further ones are redacted without being counted.
    /// Each holds a copy of the argument.
    constexpr std::size_t MostFindings = 32;

    enum class Form : std::uint8_t {
        Attached, ///< -psecret; "-p secret" would be a prompt and a database
        Both, ///< -a secret, -asecret
        UserAndPassword ///< -u user:password
    };
    struct ToolFlag {
        std::string_view tool; ///< base name of the command
        std::string_view flag;
        Form form;
    };
    // From the manuals of the tools.
    constexpr ToolFlag toolFlags[] = {
        { "mysql", "-p", Form::Attached },
        { "mysqladmin", "-p", Form::Attached },
        { "mysqldump", "-p", Form::Attached },
        { "mysqlcheck", "-p", Form::Attached },
        { "mysqlimport", "-p", Form::Attached },
        { "mysqlshow", "-p", Form::Attached },
        { "mysqlslap", "-p", Form::Attached },
        { "mariadb", "-p", Form::Attached },
        { "mariadb-admin", "-p", Form::Attached },
        { "mariadb-dump", "-p", Form::Attached },
        { "redis-cli", "-a", Form::Both },
        { "mongo", "-p", Form::Both },
        { "mongosh", "-p", Form::Both },
        { "mongodump", "-p", Form::Both },
        { "mongorestore", "-p", Form::Both },
        { "mongoexport", "-p", Form::Both },
        { "mongoimport", "-p", Form::Both },
        { "sshpass", "-p", Form::Both },
        { "rabbitmqadmin", "-p", Form::Both },
        { "cypher-shell", "-p", Form::Both },
        { "sqlcmd", "-P", Form::Both },
        { "bcp", "-P", Form::Both },
        { "ldapsearch", "-w", Form::Both },
        { "ldapadd", "-w", Form::Both },
        { "ldapmodify", "-w", Form::Both },
        { "ldapwhoami", "-w", Form::Both },
        { "docker", "-p", Form::Both },
        { "podman", "-p", Form::Both },
        { "helm", "-p", Form::Both },
        { "oc", "-p", Form::Both },
        { "az", "-p", Form::Both },
        { "curl", "-u", Form::UserAndPassword },
        { "curl", "--user", Form::UserAndPassword },
        { "curl", "-U", Form::UserAndPassword },
        { "curl", "--proxy-user", Form::UserAndPassword },
        { "http", "-a", Form::UserAndPassword },
        { "https", "-a", Form::UserAndPassword },
        { "ab", "-A", Form::UserAndPassword },
    };

    constexpr std::string_view shells[] = { "sh", "bash", "ash", "dash", "zsh", "ksh", "busybox" };
    /// Commands that run another one: the tool is the word behind them.
    constexpr std::string_view wrappers[] = { "env", "sudo", "exec", "nohup", "time", "timeout", "until",
        "while", "if", "then", "do", "else", "!", "command", "tini", "dumb-init", "--" };

    std::string_view baseName(std::string_view command)
    {
        const std::size_t slash = command.rfind('/');
        return slash == std::string_view::npos ? command : command.substr(slash + 1);
    }

    bool isAnyOf(std::string_view word, std::span<const std::string_view> words)
    {
        return std::find(words.begin(), words.end(), word) != words.end();
    }

    /// NAME=value before a command or behind "export".
    std::size_t assignment(std::string_view word)
    {
        const std::size_t name = runLength(
            word, 0, [](char c) { return isAlnum(c) || c == '_'; }, 256);
        return name > 0 && name < word.size() && word[name] == '=' && !isDigit(word.front())
            ? name
            : std::string_view::npos;
    }

    struct Found {
        Span span;
        std::string flag;
    };

    /// Findings within one argument, in bytes of that argument.
    class Argument {
    public:
        explicit Argument(std::string_view text)
            : m_text(text)
        {
        }
        [[nodiscard]] std::string_view text() const { return m_text; }
        [[nodiscard]] std::vector<Found>& found() { return m_found; }

        /// `part` is a view into this argument.
        void add(std::string_view part, Span span, std::string_view flag)
        {
            const auto base = static_cast<std::size_t>(part.data() - m_text.data());
            span.begin += base;
            span.end += base;
            m_found.push_back({ span, std::string(flag) });
        }

        /// Adds what the scanner sees where no flag has spoken. Where both did, the
        /// flag's extent is exact (it knows the words) and the scanner's exact shape
        /// names the kind.
        void addShapes(const Rules& rules, std::string_view flagBefore)
        {
            sortByPlace();
            const std::vector<Found> flagged = std::move(m_found);
            m_found.clear();
            std::size_t f = 0;
            std::vector<Found> shapes;
            for (const Span& span : scanAll(m_text.substr(0, LongestJudged), rules))
                shapes.push_back({ span, std::string(span.key.empty() ? flagBefore : span.key) });
            for (Found& shape : shapes) {
                while (f < flagged.size() && flagged[f].span.end <= shape.span.begin)
                    push(flagged[f++]);
                if (f == flagged.size() || flagged[f].span.begin >= shape.span.end) {
                    push(shape);
                    continue;
                }
                Found merged = flagged[f++];
                const bool exact = shape.span.byValue && !shape.span.loose;
                if (shape.span.urlEnd > 0 && shape.span.begin >= merged.span.begin
                    && shape.span.end <= merged.span.end) {
                    shape.flag = merged.flag; // the rest of the URL is public
                    merged = shape;
                } else if (exact && shape.span.end == merged.span.end) {
                    merged.span.detector = shape.span.detector;
                    merged.span.byValue = true;
                    if (shape.span.begin - shape.span.prefix.size() == merged.span.begin) {
                        merged.span.begin = shape.span.begin;
                        merged.span.prefix = shape.span.prefix;
                    }
                } else if (exact) {
                    merged.span.begin = std::min(merged.span.begin, shape.span.begin);
                    merged.span.end = std::max(merged.span.end, shape.span.end);
                }
                push(merged);
            }
            while (f < flagged.size())
                push(flagged[f++]);
        }

    private:
        void sortByPlace()
        {
            std::stable_sort(m_found.begin(), m_found.end(),
                [](const Found& a, const Found& b) { return a.span.begin < b.span.begin; });
        }

        void push(const Found& next)
        {
            if (m_found.empty() || next.span.begin >= m_found.back().span.end)
                m_found.push_back(next);
            else
                m_found.back().span.end = std::max(m_found.back().span.end, next.span.end);
        }

        std::string_view m_text;
        std::vector<Found> m_found;
    };

    /// One command: its words stand in arguments of their own or all in one script.
    struct Word {
        std::string_view text;
        std::size_t argument;
    };

    class CommandReader {
    public:
        CommandReader(std::vector<Argument>& arguments, const Rules& rules)
            : m_arguments(arguments)
            , m_rules(rules)
        {
        }

        void read(const std::vector<Word>& words, int depth)
        {
            std::size_t first = 0;
            while (first < words.size()
                && (isAnyOf(words[first].text, wrappers)
                    || assignment(words[first].text) != std::string_view::npos)) {
                readAssignment(words[first]);
                ++first;
            }
            std::string_view tool = first < words.size() ? baseName(words[first].text) : std::string_view();
            // Arguments without a command (it stands in the image) that name a URL:
            // read "-u" as curl does.
            m_guessCurl = tool.starts_with('-') && holdsUrl(words);
            for (std::size_t i = first; i < words.size(); ++i) {
                if (words[i].text.starts_with('-'))
                    i += readFlag(words, i, tool);
                else if (assignment(words[i].text) != std::string_view::npos)
                    readAssignment(words[i]);
                else if (i > first && isTool(words[i].text) && words[i - 1].text == "--")
                    tool = words[i].text;
                if (isScript(words, i, tool))
                    readScript(words[++i], depth);
            }
            readPositional(words, first, tool);
        }

    private:
        static bool isTool(std::string_view word)
        {
            return std::any_of(std::begin(toolFlags), std::end(toolFlags),
                [word](const ToolFlag& flag) { return flag.tool == baseName(word); });
        }

        static bool isScript(const std::vector<Word>& words, std::size_t i, std::string_view tool)
        {
            const std::string_view flag = words[i].text;
            if (i + 1 >= words.size() || flag.size() < 2 || flag.size() > 8 || flag.front() != '-'
                || flag[1] == '-' || flag.back() != 'c')
                return false;
            // Without a command (it stands in the image) "-c" before a text with blanks
            // means a shell, too.
            return isAnyOf(tool, shells)
                || (tool.starts_with('-') && words[i + 1].text.find_first_of(" \n") != std::string_view::npos)
                || tool == "su";
        }

        void readScript(const Word& word, int depth)
        {
            if (depth >= DeepestScript)
                return;
            ShellWords script(word.text.substr(0, LongestJudged));
            std::vector<std::string_view> texts;
            std::vector<Word> words;
            while (script.nextCommand(texts)) {
                words.clear();
                for (const std::string_view text : texts)
                    words.push_back({ text, word.argument });
                read(words, depth + 1);
            }
        }

        bool readNamed(std::string_view name, std::string_view value, std::size_t argument)
        {
            value = unquoted(value);
            const NameVerdict verdict = judgeName(name, m_rules);
            if (!verdict.strong() || verdict.kind == NameKind::Header
                || !isLiteralCredential(verdict, value, Context::Shell, m_rules))
                return false;
            Span span;
            span.end = value.size();
            span.detector = Detector::PasswordFlag;
            span.byValue = false;
            span.qualifier = verdict.qualifier;
            span.word = verdict.word;
            m_arguments[argument].add(value, span, name);
            return true;
        }

        void readAssignment(const Word& word)
        {
            const std::size_t equals = assignment(word.text);
            if (equals != std::string_view::npos)
                readNamed(word.text.substr(0, equals), word.text.substr(equals + 1), word.argument);
        }

        void addPassword(
            std::string_view value, std::size_t argument, std::string_view flag, Detector detector)
        {
            value = unquoted(value);
            if (value.empty() || value.size() > LongestJudged
                || (value.size() <= 512 && isReference(value, Context::Shell))
                || value.find(redactedMark) != std::string_view::npos || isAllowedName(flag, m_rules)
                || std::find(m_rules.allowedValues.begin(), m_rules.allowedValues.end(), value)
                    != m_rules.allowedValues.end())
                return;
            Span span;
            span.end = value.size();
            span.detector = detector;
            span.byValue = false;
            m_arguments[argument].add(value, span, flag);
        }

        void addUserAndPassword(std::string_view value, std::size_t argument, std::string_view flag)
        {
            value = unquoted(value);
            const std::size_t colon = value.find(':');
            if (colon != std::string_view::npos && colon + 1 < value.size())
                addPassword(value.substr(colon + 1), argument, flag, Detector::BasicAuthFlag);
        }

        /// How many words behind the flag were its value (0 or 1).
        std::size_t readFlag(const std::vector<Word>& words, std::size_t i, std::string_view tool)
        {
            const Word& word = words[i];
            const Word* next = i + 1 < words.size() ? &words[i + 1] : nullptr;
            for (const ToolFlag& known : toolFlags) {
                const bool guessed = m_guessCurl && known.tool == "curl";
                if ((known.tool != tool && !guessed) || !word.text.starts_with(known.flag))
                    continue;
                if (readToolFlag(known, word, next))
                    return word.text.size() == known.flag.size() ? 1 : 0;
            }
            const std::size_t equals = word.text.find('=');
            if (equals != std::string_view::npos) {
                readNamed(word.text.substr(0, equals), word.text.substr(equals + 1), word.argument);
                return 0;
            }
            // "--password -x" has no value; neither has a flag before another.
            if (!next || next->text.starts_with('-') || word.text.size() > 128)
                return 0;
            return readNamed(word.text, next->text, next->argument) ? 1 : 0;
        }

        bool readToolFlag(const ToolFlag& known, const Word& word, const Word* next)
        {
            std::string_view attached = word.text.substr(known.flag.size());
            const bool longFlag = known.flag.starts_with("--");
            if (longFlag && !attached.empty()) {
                if (attached.front() != '=')
                    return false;
                attached.remove_prefix(1);
            }
            if (attached.empty()) {
                if (known.form == Form::Attached || !next)
                    return false;
                if (known.form == Form::UserAndPassword)
                    addUserAndPassword(next->text, next->argument, known.flag);
                else
                    addPassword(next->text, next->argument, known.flag, Detector::PasswordFlag);
                return true;
            }
            if (known.form == Form::UserAndPassword)
                addUserAndPassword(attached, word.argument, known.flag);
            else if (!isOtherFlag(known, word.text))
                addPassword(attached, word.argument, known.flag, Detector::PasswordFlag);
            return true;
        }

        /// "-port", "-pass=…": long names with one dash, as some tools take them.
        static bool isOtherFlag(const ToolFlag& known, std::string_view word)
        {
            return (known.form == Form::Both && word.find('=') != std::string_view::npos) || word == "-port"
                || word == "-path" || word == "-plaintext";
        }

        static bool holdsUrl(const std::vector<Word>& words)
        {
            return std::any_of(words.begin(), words.end(), [](const Word& word) {
                return word.text.starts_with("http://") || word.text.starts_with("https://");
            });
        }

        /// Tools that take the password as a plain word.
        void readPositional(const std::vector<Word>& words, std::size_t first, std::string_view tool)
        {
            const auto is = [&](std::size_t i, std::string_view text) {
                return first + i < words.size() && words[first + i].text == text;
            };
            const auto add = [&](std::size_t i, std::string_view flag) {
                if (first + i < words.size() && !words[first + i].text.starts_with('-'))
                    addPassword(
                        words[first + i].text, words[first + i].argument, flag, Detector::PasswordFlag);
            };
            if (tool == "rabbitmqctl" && (is(1, "add_user") || is(1, "change_password")))
                add(3, words[first + 1].text);
            else if (tool == "mc" && ((is(1, "alias") && is(2, "set")) || (is(1, "config") && is(2, "host"))))
                add(is(3, "add") ? 7 : 6, "mc alias");
            else if (tool == "htpasswd" && first + 1 < words.size() && words[first + 1].text.starts_with('-')
                && words[first + 1].text.find('b') != std::string_view::npos)
                add(words[first + 1].text.find('n') == std::string_view::npos ? 4 : 3, "htpasswd -b");
        }

        std::vector<Argument>& m_arguments;
        const Rules& m_rules;
        bool m_guessCurl = false;
    };

    /// The flag before an argument, when it is a plain flag that can hold nothing
    /// secret.
    std::string_view plainFlag(const std::vector<std::string_view>& arguments, std::size_t i)
    {
        if (i == 0)
            return {};
        const std::string_view flag = arguments[i - 1];
        constexpr std::size_t LongestFlag = 40;
        const bool plain = flag.size() >= 2 && flag.size() <= LongestFlag && flag.front() == '-'
            && (flag[1] == '-' || flag.size() == 2) && allOf(flag, isKeyCharacter);
        return plain ? flag : std::string_view();
    }

} // namespace

std::vector<ArgumentFinding> classifyArguments(const std::vector<std::string_view>& texts, const Rules& rules)
{
    std::vector<Argument> arguments;
    std::vector<Word> words;
    for (const std::string_view text : texts) {
        words.push_back({ text, arguments.size() });
        arguments.emplace_back(text);
    }
    CommandReader(arguments, rules).read(words, 0);

    std::vector<ArgumentFinding> findings;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        Argument& argument = arguments[i];
        argument.addShapes(rules, plainFlag(texts, i));
        if (argument.found().empty())
            continue;
        std::vector<Span> spans;
        for (const Found& found : argument.found())
            spans.push_back(found.span);
        const std::string redacted = redactJudged(argument.text(), spans);
        std::size_t counted = 0;
        for (Found& found : argument.found()) {
            if (found.span.loose)
                continue;
            if (++counted > MostFindings)
                break;
            ArgumentFinding finding;
            finding.index = i;
            finding.flag = std::move(found.flag);
            finding.classification = describe(argument.text(), found.span, spans);
            finding.classification.references = listReferences(argument.text().substr(0, LongestJudged));
            finding.classification.redacted = redacted;
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

} // namespace glacis::credentials
