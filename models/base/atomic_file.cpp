// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "atomic_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <random>
#include <system_error>

#if defined(_WIN32)
#include <windows.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace glacis {
namespace fs = std::filesystem;
namespace {

    fs::path fromUtf8(const std::string& text) { return fs::path(std::u8string(text.begin(), text.end())); }

    std::FILE* openNew(const fs::path& path, FileMode mode)
    {
#if defined(_WIN32)
        static_cast<void>(mode);
        return _wfopen(path.c_str(), L"wbx");
#else
        const int file = ::open(
            path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode == FileMode::OwnerOnly ? 0600 : 0666);
        return file < 0 ? nullptr : ::fdopen(file, "wb");
#endif
    }

    bool flushToDisk(std::FILE* file)
    {
#if defined(_WIN32)
        return std::fflush(file) == 0;
#else
        return std::fflush(file) == 0 && ::fsync(::fileno(file)) == 0;
#endif
    }

    std::error_code replace(const fs::path& from, const fs::path& to)
    {
        std::error_code error;
#if defined(_WIN32)
        if (!MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
            error = std::error_code(static_cast<int>(GetLastError()), std::system_category());
#else
        fs::rename(from, to, error);
#endif
        return error;
    }

    bool writeParts(std::FILE* file, const std::vector<std::string_view>& parts)
    {
        for (const auto part : parts) {
            if (std::fwrite(part.data(), 1, part.size(), file) != part.size())
                return false;
        }
        return true;
    }

    Result<void> writeDirectly(const std::string& path, const std::vector<std::string_view>& parts)
    {
        std::FILE* file = std::fopen(path.c_str(), "wb");
        const bool written = file && writeParts(file, parts);
        const bool closed = file && std::fclose(file) == 0;
        return written && closed ? Result<void>()
                                 : failure(path + ": cannot be written: " + std::strerror(errno));
    }

} // namespace

Result<void> writeFileAtomically(
    const std::string& path, const std::vector<std::string_view>& parts, FileMode mode)
{
    std::error_code error;
    const fs::path target = fromUtf8(path);
    const fs::file_status status = fs::status(target, error);
    if (fs::is_directory(status))
        return failure(path + ": is a folder, expected a file name");
    if (fs::exists(status) && !fs::is_regular_file(status))
        return writeDirectly(path, parts);
    std::random_device random;
    const fs::path temporary
        = target.parent_path() / fs::path(".glacis-" + std::to_string(random()) + ".tmp");
    std::FILE* file = openNew(temporary, mode);
    if (!file)
        return failure(path + ": cannot be written: " + std::strerror(errno));
    const bool written = writeParts(file, parts) && flushToDisk(file);
    const int reason = errno;
    const bool closed = std::fclose(file) == 0;
    if (!written || !closed) {
        fs::remove(temporary, error);
        return failure(path + ": cannot be written: " + std::strerror(reason));
    }
    if (const auto failed = replace(temporary, target)) {
        fs::remove(temporary, error);
        return failure(path + ": cannot be put in place: " + failed.message());
    }
    return {};
}

} // namespace glacis
