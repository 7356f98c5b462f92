// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "file_walk.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>
#include <system_error>

#include <base/text.h>

namespace glacis::inventory {
namespace fs = std::filesystem;
namespace {

    constexpr int maxFolderDepth = 64;
    constexpr std::size_t maxFiles = 1'000'000;

    fs::path fromUtf8(const std::string& text) { return fs::path(std::u8string(text.begin(), text.end())); }

    std::string toUtf8(const fs::path& path)
    {
        const std::u8string text = path.generic_u8string();
        return { text.begin(), text.end() };
    }

    std::int64_t modifiedTime(const fs::path& path)
    {
        std::error_code error;
        const auto time = fs::last_write_time(path, error);
        if (error)
            return 0;
#if defined(_MSC_VER)
        const auto system = std::chrono::clock_cast<std::chrono::system_clock>(time);
#else
        const auto system = fs::file_time_type::clock::to_sys(time);
#endif
        return std::chrono::floor<std::chrono::seconds>(system.time_since_epoch()).count();
    }

    bool isManifestName(const fs::path& path)
    {
        const std::string extension = toLower(toUtf8(path.extension()));
        return extension == ".yaml" || extension == ".yml" || extension == ".json";
    }

    class Walker {
    public:
        Walker(std::vector<FileEntry>& files, std::vector<Diagnostic>& diagnostics, const StopToken& stop)
            : m_files(files)
            , m_diagnostics(diagnostics)
            , m_stop(stop)
        {
        }

        void folder(const fs::path& path, int depth)
        {
            std::error_code error;
            // The real path is remembered, so that a link back up the tree is not walked again.
            const fs::path real = fs::canonical(path, error);
            if (error)
                return say(Diagnostic::Level::Error, path, "cannot be opened: " + error.message());
            if (!m_visited.insert(real).second)
                return;
            if (depth > maxFolderDepth)
                return say(
                    Diagnostic::Level::Warning, path, "folders are nested too deeply, not walked further");
            fs::directory_iterator entries(path, error);
            if (error)
                return say(Diagnostic::Level::Error, path, "cannot be opened: " + error.message());
            for (const auto end = fs::directory_iterator(); entries != end; entries.increment(error)) {
                if (error || m_stop.stopRequested() || m_files.size() >= maxFiles)
                    break;
                entry(entries->path(), depth);
            }
            if (error)
                say(Diagnostic::Level::Error, path, "could not be read to its end: " + error.message());
        }

        void file(const fs::path& path, bool stream)
        {
            std::error_code error;
            FileEntry entry;
            entry.path = toUtf8(path);
            entry.stream = stream;
            if (!stream) {
                entry.size = fs::file_size(path, error);
                entry.modified = modifiedTime(path);
                const fs::path real = fs::canonical(path, error);
                if (!error && !m_visited.insert(real).second)
                    return; // the same file by another link or named twice
            }
            m_files.push_back(std::move(entry));
        }

        void say(Diagnostic::Level level, const fs::path& path, std::string message)
        {
            m_diagnostics.push_back({ level, toUtf8(path), 0, 0, {}, std::move(message) });
        }

    private:
        void entry(const fs::path& path, int depth)
        {
            std::error_code error;
            const std::string name = toUtf8(path.filename());
            const fs::file_status status = fs::status(path, error);
            if (error)
                return say(Diagnostic::Level::Error, path, "cannot be opened: " + error.message());
            if (fs::is_directory(status)) {
                if (!name.starts_with('.'))
                    folder(path, depth + 1);
            } else if (fs::is_regular_file(status) && isManifestName(path) && !name.starts_with("._")) {
                file(path, false);
            }
        }

        std::vector<FileEntry>& m_files;
        std::vector<Diagnostic>& m_diagnostics;
        const StopToken& m_stop;
        std::set<fs::path> m_visited;
    };

} // namespace

std::vector<FileEntry> walkPaths(const std::vector<std::string>& paths, std::vector<Diagnostic>& diagnostics,
    std::size_t& opened, const StopToken& stop)
{
    std::vector<FileEntry> files;
    Walker walker(files, diagnostics, stop);
    opened = 0;
    for (const auto& text : paths) {
        if (text == "-") {
            files.push_back({ "-", 0, 0, true });
            ++opened;
            continue;
        }
        const fs::path path = fromUtf8(text);
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (error || !fs::exists(status)) {
            walker.say(Diagnostic::Level::Error, path,
                !fs::exists(status) ? "does not exist" : "cannot be opened: " + error.message());
            continue;
        }
        ++opened;
        if (fs::is_directory(status))
            walker.folder(path, 0);
        else
            walker.file(path, !fs::is_regular_file(status));
    }
    std::stable_sort(
        files.begin(), files.end(), [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
    return files;
}

} // namespace glacis::inventory
