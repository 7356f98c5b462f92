// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every option once: how it is written, where it holds, what help says, what it does. Parser, help and the
// search for a similar name read this table.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include <app/options.h>

namespace glacis::app {

enum class Group : std::uint8_t { Source, Selection, Output, Window, General, Hidden };
inline constexpr std::array<std::string_view, 5> GroupTitles { "Source", "Selection", "Output", "Window",
    "General" };

/// Bits of OptionSpec::commands.
[[nodiscard]] constexpr unsigned bit(Command command) { return 1U << static_cast<unsigned>(command); }

struct OptionSpec {
    std::string_view name; ///< "--path"
    char letter = 0; ///< 'o' for -o
    std::string_view value; ///< placeholder; empty: takes none
    unsigned commands = 0;
    Group group = Group::General;
    std::string_view help;
    Result<void> (*apply)(Options&, const std::string& value) = nullptr;
};
[[nodiscard]] std::span<const OptionSpec> optionTable();

/// Which formats a command writes; in words for messages and help.
[[nodiscard]] bool formatFits(Command command, Format format);
[[nodiscard]] std::string_view formatsOf(Command command);

struct CommandSpec {
    Command command;
    std::string_view name, usage, summary;
    std::span<const std::string_view> examples; ///< pairs: command line, what it does
};
[[nodiscard]] std::span<const CommandSpec> commandTable();

} // namespace glacis::app
