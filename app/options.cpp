// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/options.h>

#include <filesystem>

#include <app/nearest.h>
#include <app/option_table.h>
#include <report/plain.h>

namespace glacis::app {
namespace {
    /// Goes through the arguments once; `at` is the argument being looked at.
    class Parser {
    public:
        Parser(std::span<const std::string> args, const FileTest& isFile)
            : m_args(args)
            , m_isFile(isFile)
        {
        }

        Result<Options> parse()
        {
            bool onlyNames = false;
            if (!m_args.empty() && m_args[0] == "help") {
                m_options.help = true;
                ++m_at;
            }
            if (m_at < m_args.size() && !m_args[m_at].starts_with('-')) {
                if (auto command = readCommand(m_args[m_at]); !command)
                    return tl::unexpected(command.error());
            }
            for (; m_at < m_args.size(); ++m_at) {
                const std::string& arg = m_args[m_at];
                Result<void> done;
                if (onlyNames || arg == "-" || !arg.starts_with('-'))
                    done = readName(arg);
                else if (arg == "--")
                    onlyNames = true;
                else
                    done = readOption(arg);
                if (!done)
                    return tl::unexpected(done.error());
            }
            if (auto valid = validate(); !valid)
                return tl::unexpected(valid.error());
            return m_options;
        }

    private:
        /// The first argument, when it is no option: a command, or a file for the window.
        Result<void> readCommand(const std::string& word)
        {
            std::vector<std::string> known;
            for (const CommandSpec& spec : commandTable()) {
                if (!spec.name.empty() && spec.name == word) {
                    m_options.command = spec.command;
                    ++m_at;
                    return {};
                }
                if (!spec.name.empty())
                    known.emplace_back(spec.name);
            }
            if (!m_options.help && (word.find_first_of("./\\") != std::string::npos || m_isFile(word)))
                return {}; // readName() takes it
            return failure("unknown command '" + report::plain(word) + "'" + suggestion(word, known));
        }

        Result<void> readName(const std::string& word)
        {
            switch (m_options.command) {
            case Command::Window:
                m_options.paths.push_back(word);
                return {};
            case Command::Checks:
            case Command::Edges:
                if (m_options.checkId.empty()) {
                    m_options.checkId = word;
                    return {};
                }
                return failure("glacis " + std::string(name(m_options.command)) + " takes one name, but '"
                    + report::plain(word) + "' follows");
            case Command::Scan:
            case Command::Paths:
            case Command::Fixes:
            case Command::Report:
            case Command::Snapshot:
            case Command::Role:
                break;
            }
            return failure(
                "unexpected argument '" + report::plain(word) + "'; a file or folder is named by --path");
        }

        static bool holds(const OptionSpec& spec, Command command)
        {
            return (spec.commands & bit(command)) != 0;
        }

        Result<void> readOption(const std::string& arg)
        {
            // --name=value, --name value, -o value, -ovalue
            const bool isLong = arg.starts_with("--");
            const std::size_t equals = isLong ? arg.find('=') : std::string::npos;
            const std::string written = isLong ? arg.substr(0, equals) : arg.substr(0, 2);
            const OptionSpec* found = nullptr;
            for (const OptionSpec& spec : optionTable()) {
                const bool named
                    = isLong ? spec.name == written : (spec.letter != 0 && spec.letter == written[1]);
                // One name may be told differently for several commands.
                if (named && (!found || !holds(*found, m_options.command)))
                    found = &spec;
            }
            if (!found)
                return failure(
                    "unknown option '" + report::plain(written) + "'" + suggestion(written, knownOptions()));
            if (!holds(*found, m_options.command))
                return failure("option " + std::string(found->name) + " does not belong to "
                    + (m_options.command == Command::Window
                            ? std::string("the window")
                            : "glacis " + std::string(name(m_options.command))));
            std::optional<std::string> value;
            if (equals != std::string::npos)
                value = arg.substr(equals + 1);
            else if (!isLong && arg.size() > 2)
                value = arg.substr(2);
            if (found->value.empty()) {
                if (value)
                    return failure("option " + written + " takes no value, but '" + report::plain(*value)
                        + "' stands there");
                return found->apply(m_options, {});
            }
            if (!value && m_at + 1 < m_args.size() && isValue(m_args[m_at + 1]))
                value = m_args[++m_at];
            if (!value || value->empty())
                return failure("option " + written + " needs a value: " + std::string(found->value));
            return found->apply(m_options, *value);
        }

        /// A file may begin with a dash, an option never follows as a value: "--path --all" is a mistake.
        static bool isValue(const std::string& next) { return next == "-" || !next.starts_with('-'); }

        [[nodiscard]] std::vector<std::string> knownOptions() const
        {
            std::vector<std::string> names;
            for (const OptionSpec& spec : optionTable()) {
                if (spec.group != Group::Hidden && holds(spec, m_options.command))
                    names.emplace_back(spec.name);
            }
            return names;
        }

        [[nodiscard]] Result<void> validate() const
        {
            if (m_options.help || m_options.version)
                return {};
            std::vector<std::string> sources;
            if (!m_options.paths.empty())
                sources.emplace_back("--path");
            if (!m_options.snapshot.empty())
                sources.emplace_back("--snapshot");
            if (!m_options.practice.empty())
                sources.emplace_back("--practice");
            if (!m_options.context.empty())
                sources.emplace_back("--context");
            if (sources.size() > 1)
                return failure(sources[0] + " and " + sources[1] + " are two sources; give one of them");
            const bool files = !sources.empty() && m_options.context.empty();
            if (files && !m_options.kubeconfigs.empty())
                return failure("--kubeconfig belongs to a cluster, but the source is " + sources[0]);
            if (files && m_options.timeout.count() > 0)
                return failure("--timeout belongs to a cluster, but the source is " + sources[0]);
            if (!files && m_options.scope == inventory::Scope::Manifests
                && m_options.command != Command::Window)
                return failure("--as-manifests belongs to files; a cluster is read as what it is");
            if (!formatFits(m_options.command, m_options.format))
                return failure("glacis " + std::string(name(m_options.command)) + " writes "
                    + std::string(formatsOf(m_options.command)));
            if (m_options.command == Command::Snapshot
                && (m_options.output.empty() || m_options.output == "-"))
                return failure("a snapshot goes to a file; name it with -o FILE.glacis");
            return validateReport();
        }

        [[nodiscard]] Result<void> validateReport() const
        {
            if (m_options.command != Command::Report || m_options.formatAsked)
                return {};
            if (m_options.output.empty() || m_options.output == "-")
                return failure("a report goes to a file; name it with -o FILE.pdf, FILE.html or FILE.md");
            return failure("glacis report writes .pdf, .html and .md files; "
                + report::plain(m_options.output) + " ends in none of these (--format says it otherwise)");
        }

        std::span<const std::string> m_args;
        const FileTest& m_isFile;
        Options m_options;
        std::size_t m_at = 0;
    };

    /// As a POSIX shell reads it back.
    std::string quoted(const std::string& word)
    {
        const auto isPlain = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || std::string_view("-_./:,@%+=").find(c) != std::string_view::npos;
        };
        bool plainWord = !word.empty();
        for (const char c : word)
            plainWord = plainWord && isPlain(c);
        if (plainWord)
            return word;
        std::string out = "'";
        for (const char c : word)
            out += c == '\'' ? std::string("'\\''") : std::string(1, c);
        return out + "'";
    }
}

bool fileExists(const std::string& path)
{
    std::error_code error;
    return std::filesystem::exists(std::filesystem::path(std::u8string(path.begin(), path.end())), error);
}

Result<Options> parseOptions(std::span<const std::string> args, const FileTest& isFile)
{
    return Parser(args, isFile).parse();
}

std::string_view name(Command command)
{
    for (const CommandSpec& spec : commandTable()) {
        if (spec.command == command)
            return spec.name;
    }
    return {};
}

bool readsCluster(const Options& options)
{
    return options.paths.empty() && options.snapshot.empty() && options.practice.empty();
}

std::string sourceArgument(const Options& options)
{
    std::string text;
    const auto add = [&](std::string_view option, const std::string& value) {
        text += text.empty() ? "" : " ";
        text.append(option).append(" ").append(quoted(value));
    };
    for (const std::string& path : options.paths)
        add("--path", path);
    if (!options.snapshot.empty())
        add("--snapshot", options.snapshot);
    if (!options.practice.empty())
        add("--practice", options.practice);
    if (!options.context.empty())
        add("--context", options.context);
    for (const std::string& file : options.kubeconfigs)
        add("--kubeconfig", file);
    for (const std::string& facts : options.facts)
        add("--facts", facts);
    if (!options.policy.empty())
        add("--policy", options.policy);
    if (options.scope)
        text += *options.scope == inventory::Scope::Cluster ? " --as-cluster" : " --as-manifests";
    return text;
}

} // namespace glacis::app
