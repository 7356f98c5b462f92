// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cluster/kubeconfig_file.h>

#include <algorithm>
#include <array>

namespace glacis::cluster {
namespace {

    namespace fs = std::filesystem;

    std::string variableOr(const Environment& environment, std::string_view name)
    {
        return environment.variable(name).value_or(std::string());
    }

    bool hasConfig(const std::string& home)
    {
        std::error_code error;
        return !isNetworkPath(home) && fs::exists(pathOf(home) / ".kube" / "config", error);
    }

    std::string windowsHome(const Environment& environment)
    {
        const std::string home = variableOr(environment, "HOME");
        const std::string drive = variableOr(environment, "HOMEDRIVE");
        const std::string path = variableOr(environment, "HOMEPATH");
        const std::string joined = drive.empty() || path.empty() ? std::string() : drive + path;
        const std::string profile = variableOr(environment, "USERPROFILE");
        for (const std::string& candidate : { home, joined, profile }) {
            if (!candidate.empty() && hasConfig(candidate))
                return candidate;
        }
        std::string firstSet;
        std::string firstExisting;
        for (const std::string& candidate : { home, profile, joined }) {
            if (candidate.empty())
                continue;
            if (firstSet.empty())
                firstSet = candidate;
            std::error_code error;
            if (isNetworkPath(candidate))
                continue;
            const fs::file_status status = fs::status(pathOf(candidate), error);
            if (error || !fs::exists(status))
                continue;
            if (firstExisting.empty())
                firstExisting = candidate;
            if (fs::is_directory(status)
                && (status.permissions() & fs::perms::owner_write) != fs::perms::none)
                return candidate;
        }
        return firstExisting.empty() ? firstSet : firstExisting;
    }

} // namespace

bool isNetworkPath(std::string_view path)
{
    const auto slash = [](char c) { return c == '/' || c == '\\'; };
    return path.size() >= 2 && slash(path[0]) && slash(path[1]);
}

bool hasSeparator(std::string_view command, PathStyle style)
{
    return command.find(style == PathStyle::Windows ? '\\' : '/') != std::string_view::npos;
}

std::vector<std::string> listMembers(std::string_view list, PathStyle style)
{
    const char separator = style == PathStyle::Windows ? ';' : ':';
    std::vector<std::string> members;
    std::string member;
    bool quoted = false;
    const auto take = [&] {
        if (!member.empty() && std::find(members.begin(), members.end(), member) == members.end())
            members.push_back(member);
        member.clear();
    };
    for (const char c : list) {
        if (c == '"' && style == PathStyle::Windows) // Go's filepath.SplitList: quotes protect semicolons
            quoted = !quoted;
        else if (c == separator && !quoted)
            take();
        else
            member += c;
    }
    take();
    return members;
}

std::string homeFolder(const Environment& environment, PathStyle style)
{
    return style == PathStyle::Windows ? windowsHome(environment) : variableOr(environment, "HOME");
}

std::filesystem::path pathOf(std::string_view utf8) { return { std::u8string(utf8.begin(), utf8.end()) }; }

std::string utf8Of(const std::filesystem::path& path)
{
    const std::u8string text = path.u8string();
    return { text.begin(), text.end() };
}

std::string resolvedPath(std::string_view path, std::string_view folder)
{
    if (path.empty() || isNetworkPath(path) || pathOf(path).is_absolute())
        return std::string(path);
    return utf8Of((pathOf(folder) / pathOf(path)).lexically_normal());
}

std::string folderOf(std::string_view path) { return utf8Of(pathOf(path).parent_path()); }

} // namespace glacis::cluster
