// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/console.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <report/plain.h>

#ifdef _WIN32
#include <io.h>
#include <windows.h>
#else
#include <sys/ioctl.h>
#include <unistd.h>
#endif

namespace glacis::app {
namespace {
    constexpr int DefaultColumns = 100;
    constexpr std::size_t MostDiagnostics = 20;

    bool isSet(const char* variable)
    {
        const char* value = std::getenv(variable);
        return value && *value;
    }

    std::string megabytes(std::uint64_t bytes)
    {
        return report::grouped(static_cast<std::size_t>(bytes >> 20)) + " MiB";
    }

    std::string_view word(inventory::Diagnostic::Level level)
    {
        return level == inventory::Diagnostic::Level::Info ? std::string_view("note")
                                                           : inventory::name(level);
    }
}

bool isTerminal(Stream stream)
{
#ifdef _WIN32
    return _isatty(stream == Stream::Output ? 1 : 2) != 0;
#else
    return isatty(stream == Stream::Output ? STDOUT_FILENO : STDERR_FILENO) != 0;
#endif
}

bool isInputTerminal()
{
#ifdef _WIN32
    return _isatty(0) != 0;
#else
    return isatty(STDIN_FILENO) != 0;
#endif
}

bool wantsColour(Stream stream)
{
    if (!isTerminal(stream) || isSet("NO_COLOR"))
        return false;
    const char* term = std::getenv("TERM");
    return !term || std::string_view(term) != "dumb";
}

int columns(Stream stream)
{
    if (!isTerminal(stream))
        return DefaultColumns;
#ifdef _WIN32
    CONSOLE_SCREEN_BUFFER_INFO info;
    const HANDLE handle = GetStdHandle(stream == Stream::Output ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE);
    if (GetConsoleScreenBufferInfo(handle, &info))
        return info.srWindow.Right - info.srWindow.Left + 1;
#else
    winsize size {};
    if (ioctl(stream == Stream::Output ? STDOUT_FILENO : STDERR_FILENO, TIOCGWINSZ, &size) == 0
        && size.ws_col > 0)
        return size.ws_col;
#endif
    return DefaultColumns;
}

void prepareConsole()
{
#ifdef _WIN32
    SetConsoleOutputCP(CP_UTF8);
    for (const DWORD which : { STD_OUTPUT_HANDLE, STD_ERROR_HANDLE }) {
        const HANDLE handle = GetStdHandle(which);
        DWORD mode = 0;
        if (GetConsoleMode(handle, &mode))
            SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    }
#endif
}

void printError(std::string_view message)
{
    const std::string line = "glacis: " + report::plain(message) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

std::string diagnosticsText(std::vector<inventory::Diagnostic> diagnostics, bool quiet)
{
    using Level = inventory::Diagnostic::Level;
    if (quiet)
        std::erase_if(diagnostics, [](const auto& d) { return d.level != Level::Error; });
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
        [](const auto& a, const auto& b) { return a.level > b.level; });
    std::string out;
    for (std::size_t i = 0; i < diagnostics.size() && i < MostDiagnostics; ++i) {
        const inventory::Diagnostic& d = diagnostics[i];
        if (!d.file.empty()) {
            out += report::plain(d.file) + ':';
            if (d.line != 0)
                out += std::to_string(d.line) + ':';
            out += ' ';
        }
        out.append(word(d.level)).append(": ");
        if (!d.object.empty())
            out += report::plain(d.object) + ": ";
        out += report::plain(d.message) + '\n';
    }
    if (diagnostics.size() > MostDiagnostics) {
        report::append(out, "… and ", report::count(diagnostics.size() - MostDiagnostics, "more message"),
            " (of ", report::grouped(diagnostics.size()), " in all); --format json lists every one\n");
    }
    return out;
}

std::string progressText(const inventory::ImportProgress& progress, int columns)
{
    std::string text;
    if (progress.bytesTotal > 0) {
        constexpr std::uint64_t Cells = 20;
        const std::uint64_t done = std::min(progress.bytesDone, progress.bytesTotal);
        // Divided first: sizes may be anything up to the caps.
        const auto filled = static_cast<std::size_t>(static_cast<double>(done)
            / static_cast<double>(progress.bytesTotal) * static_cast<double>(Cells));
        for (std::size_t i = 0; i < Cells; ++i)
            text += i < filled ? "█" : "░";
        report::append(text, " ", megabytes(done), " of ", megabytes(progress.bytesTotal));
    } else {
        text = "read " + megabytes(progress.bytesDone);
    }
    report::append(text, ", ", report::count(progress.objects, "object"));
    const std::string file = report::plain(progress.file);
    const auto room = static_cast<std::size_t>(std::max(columns, 20));
    if (!file.empty() && report::displayWidth(text) + 2 + report::displayWidth(file) < room)
        report::append(text, "  ", file);
    return text;
}

ProgressLine::ProgressLine(bool wanted)
    : m_active(wanted && isTerminal(Stream::Error))
{
}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const inventory::ImportProgress& progress)
{
    if (m_active)
        show(progressText(progress, columns(Stream::Error)));
}

void ProgressLine::show(const std::string& text)
{
    if (!m_active)
        return;
    const auto room = static_cast<std::size_t>(std::max(columns(Stream::Error) - 1, 1));
    const std::vector<std::string> lines = report::wrap(text, room);
    const std::string line = "\r\x1b[K" + (lines.empty() ? std::string() : lines.front());
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
    m_drawn = true;
}

void ProgressLine::clear()
{
    if (!m_drawn)
        return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    m_drawn = false;
}

} // namespace glacis::app
