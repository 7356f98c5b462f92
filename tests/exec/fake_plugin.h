// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A folder with credential plugins that are real programs (POSIX shell scripts), and the targets and options
// that name them. Every message passes through checkedMessage(), which fails when a secret stands in it.
#pragma once

#include <test_main.h>

#include <cluster/exec_plugin.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

namespace glacis::test {

inline constexpr std::string_view secretToken = "Qx7TOKENzzVeryNobodysBusiness93";

#if defined(_WIN32)
#define GLACIS_NEEDS_SHELL() QSKIP("the fake plugins are POSIX shell scripts")
#else
#define GLACIS_NEEDS_SHELL() static_cast<void>(0)
#endif

/// A key and a certificate of its own, as PEM.
struct MadePair {
    std::string certificate, key;
};
MadePair makePair(const char* commonName);

class PluginFolder {
public:
    PluginFolder();

    [[nodiscard]] std::string path(const char* name) const;
    /// Text of a file in the folder; empty when there is none.
    [[nodiscard]] std::string read(const char* name) const;
    void write(const char* name, std::string_view bytes) const;
    /// A script that may be executed.
    void writeProgram(const char* name, std::string_view script) const;
    /// How many times a plugin of this folder has started.
    [[nodiscard]] int starts() const;
    /// Text of the plugin with all modes.
    [[nodiscard]] static std::string_view script();

    /// A user whose plugin runs in `mode` (see script()).
    [[nodiscard]] cluster::ContextTarget target(const char* mode) const;
    /// Bare PATH of a desktop launch; everything is approved.
    [[nodiscard]] cluster::ExecOptions options() const;

private:
    QTemporaryDir m_folder;
    MadePair m_pair;
};

/// The result's message, "" when it is none. Fails the test when it holds a part of a secret.
std::string checkedMessage(const std::string& message);
template <class T> std::string messageOf(const Result<T>& result)
{
    return result ? std::string() : checkedMessage(result.error().message);
}

/// planExec() and runExec() in one.
Result<cluster::ExecAnswer> planAndRun(
    const cluster::ContextTarget& target, const cluster::ExecOptions& options, const StopToken& stop = {});

/// Whether a process of that number runs (a zombie does not).
bool isRunning(long pid);
[[nodiscard]] bool killGroup(long group); ///< of processes, by force; false where there is none

/// Whether this process has children, zombies among them.
bool hasChildren();

/// Whether the text holds the part; says what it holds when not.
#define GLACIS_CONTAINS(text, part)                                                                          \
    QVERIFY2((text).find(part) != std::string::npos, (std::string("was: ") + (text)).c_str())

} // namespace glacis::test
