// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a terminal is and can, and what goes to standard error: messages about the source and a progress line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/import.h>

namespace glacis::app {

enum class Stream : std::uint8_t { Output, Error };
[[nodiscard]] bool isTerminal(Stream stream);
[[nodiscard]] bool isInputTerminal(); ///< somebody can be asked
/// A terminal that shows colours, unless NO_COLOR or TERM=dumb ask for none.
[[nodiscard]] bool wantsColour(Stream stream);
/// Columns of the terminal; 100 when it is none.
[[nodiscard]] int columns(Stream stream);
/// UTF-8 and ANSI sequences on consoles that must be asked for them (Windows).
void prepareConsole();

void printError(std::string_view message); ///< "glacis: message"
/// "file:line: error: message", errors first, at most 20, then how many more. Quiet: errors only.
[[nodiscard]] std::string diagnosticsText(std::vector<inventory::Diagnostic> diagnostics, bool quiet);

/// One line on standard error that is drawn over and removed at the end. Draws nothing when that is no
/// terminal.
class ProgressLine {
public:
    explicit ProgressLine(bool wanted);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    void show(const inventory::ImportProgress& progress);
    void show(const std::string& text); ///< cut to the terminal's width; one thread at a time
    void clear();

private:
    bool m_active;
    bool m_drawn = false;
};
/// The line for a terminal of that many columns.
[[nodiscard]] std::string progressText(const inventory::ImportProgress& progress, int columns);

} // namespace glacis::app
