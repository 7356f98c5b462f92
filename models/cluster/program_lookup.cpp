// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_lookup.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <base/text.h>
#include <cluster/credential_file.h>

namespace glacis::cluster {
namespace fs = std::filesystem;
namespace {

#if defined(_WIN32)
    constexpr char listSeparator = ';';
    constexpr char folderSeparator = '\\';
    constexpr std::string_view homeVariable = "USERPROFILE";
    /// A leading variable's name between percent signs is replaced.
    constexpr std::string_view knownFolders[] {
        "%PROGRAMFILES%\\Amazon\\AWSCLIV2",
        "%LOCALAPPDATA%\\Google\\Cloud SDK\\google-cloud-sdk\\bin",
        "%PROGRAMFILES(X86)%\\Google\\Cloud SDK\\google-cloud-sdk\\bin",
        "%LOCALAPPDATA%\\Microsoft\\WinGet\\Links",
        "%PROGRAMDATA%\\chocolatey\\bin",
        "%USERPROFILE%\\scoop\\shims",
        "%USERPROFILE%\\.azure-kubelogin",
        "%USERPROFILE%\\.krew\\bin",
        "%LOCALAPPDATA%\\mise\\shims",
    };
#else
    constexpr char listSeparator = ':';
    constexpr char folderSeparator = '/';
    constexpr std::string_view homeVariable = "HOME";
    /// A leading ~ is the person's home.
    constexpr std::string_view knownFolders[] {
        "/opt/homebrew/bin",
        "/opt/homebrew/share/google-cloud-sdk/bin",
        "/usr/local/bin",
        "/usr/local/share/google-cloud-sdk/bin",
        "/home/linuxbrew/.linuxbrew/bin",
        "/opt/local/bin", // MacPorts
        "/snap/bin",
        "~/.local/bin",
        "~/bin",
        "~/google-cloud-sdk/bin",
        "/usr/lib/google-cloud-sdk/bin",
        "~/.krew/bin",
        "~/.asdf/shims",
        "~/.local/share/mise/shims",
        "~/.nix-profile/bin",
        "/nix/var/nix/profiles/default/bin",
        "/run/current-system/sw/bin",
        "~/.azure-kubelogin",
        "~/go/bin",
    };
#endif

    fs::path fromUtf8(std::string_view text) { return { std::u8string(text.begin(), text.end()) }; }

    std::string toUtf8(const fs::path& path)
    {
        const std::u8string text = path.u8string();
        return { text.begin(), text.end() };
    }

    bool isAbsolute(std::string_view path) { return fromUtf8(path).is_absolute() && !isRemotePath(path); }

    bool hasSeparator(std::string_view command)
    {
        return command.find('/') != std::string_view::npos
            || (folderSeparator == '\\' && command.find_first_of("\\:") != std::string_view::npos);
    }

    enum class Presence { Absent, NoFile, NotExecutable, Program };

    Presence look(const fs::path& path)
    {
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (error || !fs::exists(status))
            return Presence::Absent;
        if (!fs::is_regular_file(status))
            return Presence::NoFile;
#if !defined(_WIN32)
        constexpr auto anybody = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
        if ((status.permissions() & anybody) == fs::perms::none)
            return Presence::NotExecutable;
#endif
        return Presence::Program;
    }

    std::string expanded(std::string_view folder, const Environment& environment)
    {
        const bool home = folder.front() == '~';
        if (!home && folder.front() != '%')
            return std::string(folder);
        const std::size_t nameEnd = home ? 0 : folder.find('%', 1);
        const auto value = environment.variable(home ? homeVariable : folder.substr(1, nameEnd - 1));
        return value && !value->empty() ? *value + std::string(folder.substr(nameEnd + 1)) : std::string();
    }

    std::vector<std::string> knownFoldersFor(const Environment& environment)
    {
        std::vector<std::string> folders;
        for (const std::string_view folder : knownFolders) {
            std::string path = expanded(folder, environment);
            if (isAbsolute(path))
                folders.push_back(std::move(path));
        }
        return folders;
    }

    std::vector<std::string> absoluteOnes(const std::vector<std::string>& folders)
    {
        std::vector<std::string> kept;
        std::copy_if(folders.begin(), folders.end(), std::back_inserter(kept),
            [](const std::string& folder) { return isAbsolute(folder); });
        return kept;
    }

    /// One search through folders; remembers what it saw for the message.
    struct Search {
        std::vector<std::string> names; ///< file names to try in each folder
        std::string seen; ///< "/x/aws is there but not executable"
        std::string places; ///< what was looked at

        std::string in(const std::vector<std::string>& folders, std::string_view place)
        {
            places += (places.empty() ? "" : ", ") + std::string(place);
            for (const std::string& folder : folders) {
                for (const std::string& name : names) {
                    const fs::path path = fromUtf8(folder) / fromUtf8(name);
                    const Presence presence = look(path);
                    if (presence == Presence::Program)
                        return toUtf8(path);
                    if (presence == Presence::NotExecutable && seen.empty())
                        seen = toUtf8(path) + " is there but may not be executed";
                }
            }
            return {};
        }
    };

    std::vector<std::string> fileNames(std::string_view command, const Environment& environment)
    {
#if defined(_WIN32)
        return windowsFileNames(command, environment.variable("PATHEXT").value_or(".COM;.EXE;.BAT;.CMD"));
#else
        static_cast<void>(environment);
        return { std::string(command) };
#endif
    }

    Result<FoundProgram> absoluteProgram(const std::string& command, const Environment& environment)
    {
        if (!isAbsolute(command))
            return failure("the command " + printable(command)
                + " is neither an absolute path of this machine nor a plain name");
        const fs::path path = fromUtf8(command);
        for (const std::string& name : fileNames(toUtf8(path.filename()), environment)) {
            const fs::path candidate = path.parent_path() / fromUtf8(name);
            switch (look(candidate)) {
            case Presence::Program:
                return FoundProgram { toUtf8(candidate), "absolute path" };
            case Presence::NoFile:
                return failure("the command " + printable(command) + " is not a regular file");
            case Presence::NotExecutable:
                return failure("the command " + printable(command) + " is there but may not be executed");
            case Presence::Absent:
                break;
            }
        }
        return failure("the command " + printable(command) + " does not exist");
    }

    Result<FoundProgram> namedProgram(
        std::string_view command, const ExecOptions& options, const StopToken& stop)
    {
        const Environment& environment = options.environment;
        Search search { fileNames(command, environment), {}, {} };
        const std::string path = environment.variable("PATH").value_or("");
        if (auto found = search.in(foldersOfPath(path), "PATH"); !found.empty())
            return FoundProgram { found, "PATH" };
        if (!options.searchFolders.empty()) {
            if (auto found = search.in(absoluteOnes(options.searchFolders), "the folders of the settings");
                !found.empty())
                return FoundProgram { found, "settings" };
        }
        std::string shellProblem;
        if (options.askLoginShell && listSeparator == ':') { // Windows has none
            const auto shellPath = loginShellPath(options, stop);
            if (!shellPath && stop.stopRequested())
                return failure("cancelled");
            if (!shellPath)
                shellProblem = shellPath.error().message;
            else if (auto found = search.in(foldersOfPath(*shellPath), "the login shell's PATH");
                     !found.empty())
                return FoundProgram { found, "login shell" };
        }
        if (auto found = search.in(knownFoldersFor(environment), "the usual folders"); !found.empty())
            return FoundProgram { found, "known folder" };
        return failure("the command " + printable(command) + " was not found in " + search.places
            + (search.seen.empty() ? "" : " (" + search.seen + ')')
            + (shellProblem.empty() ? "" : " (" + shellProblem + ')'));
    }

} // namespace

Result<FoundProgram> findProgram(std::string_view command, const ExecOptions& options, const StopToken& stop)
{
    if (command.empty() || command.find('\0') != std::string_view::npos)
        return failure("the command is empty or holds a zero byte");
    if (hasSeparator(command))
        return absoluteProgram(std::string(command), options.environment);
    if (command == "." || command == "..")
        return failure("the command " + std::string(command) + " is no program");
    return namedProgram(command, options, stop);
}

std::string childSearchPath(
    const std::string& program, std::string_view how, const ExecOptions& options, const StopToken& stop)
{
    std::vector<std::string> more;
    if (how == "settings")
        more = absoluteOnes(options.searchFolders);
    else if (how == "known folder")
        more = { toUtf8(fromUtf8(program).parent_path()) };
    else if (how == "login shell") {
        if (const auto shellPath = loginShellPath(options, stop))
            more = foldersOfPath(*shellPath);
    }
    std::string path = options.environment.variable("PATH").value_or("");
    std::vector<std::string> present = foldersOfPath(path);
    for (const std::string& folder : more) {
        if (std::find(present.begin(), present.end(), folder) != present.end()
            || folder.find(listSeparator) != std::string::npos)
            continue;
        present.push_back(folder);
        path += (path.empty() ? "" : std::string(1, listSeparator)) + folder;
    }
    return path;
}

std::vector<std::string> foldersOfPath(std::string_view path)
{
    std::vector<std::string> folders;
    for (std::string_view folder : split(path, listSeparator)) {
        if (folder.size() > 1 && folder.front() == '"' && folder.back() == '"')
            folder = folder.substr(1, folder.size() - 2); // Windows allows it
        if (!folder.empty() && isAbsolute(folder))
            folders.emplace_back(folder);
    }
    return folders;
}

std::vector<std::string> windowsFileNames(std::string_view command, std::string_view pathExt)
{
    static constexpr std::string_view startable[] { ".exe", ".com", ".cmd", ".bat" };
    const std::string lower = toLower(command);
    for (const std::string_view extension : startable) {
        if (lower.ends_with(extension))
            return { std::string(command) };
    }
    std::vector<std::string> names;
    for (const std::string_view extension : startable) {
        const auto listed = split(pathExt, ';');
        if (extension == ".exe" || std::any_of(listed.begin(), listed.end(), [&](std::string_view entry) {
                return equalsIgnoringCase(trim(entry), extension);
            }))
            names.push_back(std::string(command).append(extension));
    }
    return names;
}

Result<void> checkBatchArguments(const std::string& program, const std::vector<std::string>& arguments)
{
    const std::string lower = toLower(program);
    if (!lower.ends_with(".cmd") && !lower.ends_with(".bat"))
        return {};
    // What cmd.exe expands or splits at, inside quotes too.
    static constexpr std::string_view interpreted = "\"%!^&|<>()\r\n";
    const auto isInterpreted = [](const std::string& text) {
        return text.find_first_of(interpreted) != std::string::npos || text.find('\0') != std::string::npos;
    };
    if (program.find_first_of("\"%!^&|<>\r\n") != std::string::npos)
        return failure(program + " is a batch file whose path cmd.exe would interpret");
    const auto bad = std::find_if(arguments.begin(), arguments.end(), isInterpreted);
    if (bad != arguments.end())
        return failure(program + " is a batch file, and argument "
            + std::to_string(bad - arguments.begin() + 1)
            + " holds characters that cmd.exe would interpret: name an .exe instead");
    return {};
}

} // namespace glacis::cluster
