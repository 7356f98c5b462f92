// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Help is laid out from the tables, so that it cannot promise what the parser does not know.
#include <app/option_table.h>
#include <report/plain.h>

namespace glacis::app {
namespace {
    constexpr std::size_t Column = 26; ///< where descriptions begin
    constexpr std::size_t Width = 100;

    /// "  --path FILE   text", the text wrapped below itself.
    void entry(std::string& out, const std::string& term, std::string_view description)
    {
        std::string line = "  " + term;
        std::size_t used = report::displayWidth(line);
        if (used + 2 > Column) {
            out += line + '\n';
            line.clear();
            used = 0;
        }
        for (const std::string& text : report::wrap(description, Width - Column)) {
            out += line + std::string(Column - used, ' ') + text + '\n';
            line.clear();
            used = 0;
        }
    }

    std::string termOf(const OptionSpec& spec)
    {
        std::string term;
        if (spec.letter != 0)
            term = std::string("-") + spec.letter + ", ";
        term += spec.name;
        if (!spec.value.empty())
            term.append(" ").append(spec.value);
        return term;
    }
}

std::string helpText(Command command)
{
    std::string out;
    for (const CommandSpec& spec : commandTable()) {
        if (spec.command != command)
            continue;
        report::append(out, "glacis", spec.name.empty() ? "" : " ", spec.name, " – ", spec.summary);
        report::append(out, "\n\nUsage\n  ", spec.usage, "\n");
        if (command == Command::Window) {
            out += "\nCommands\n";
            for (const CommandSpec& other : commandTable()) {
                if (!other.name.empty())
                    entry(out, std::string(other.name), other.summary);
            }
            out += "  glacis COMMAND --help tells more of each; without a command the window opens.\n";
        }
        for (std::size_t group = 0; group < GroupTitles.size(); ++group) {
            std::string options;
            for (const OptionSpec& option : optionTable()) {
                if (static_cast<std::size_t>(option.group) == group && (option.commands & bit(command)) != 0)
                    entry(options, termOf(option), option.help);
            }
            if (!options.empty())
                report::append(out, "\n", GroupTitles[group], "\n", options);
        }
        out += "\nExamples\n";
        for (std::size_t i = 0; i + 1 < spec.examples.size(); i += 2)
            report::append(out, "  ", spec.examples[i], "\n      ", spec.examples[i + 1], "\n");
    }
    if (command == Command::Scan || command == Command::Window)
        out += "\nExit codes\n  0 done   1 done, and --fail-on was crossed   2 could not do it   130 "
               "interrupted\n";
    return out;
}

} // namespace glacis::app
