// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "credential_file.h"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <openssl/crypto.h>

#if defined(_WIN32)
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace glacis::cluster {
namespace fs = std::filesystem;
namespace {

    constexpr std::size_t largest = 1U << 20;

    fs::path fromUtf8(const std::string& text) { return { std::u8string(text.begin(), text.end()) }; }

    /// Room for the largest file and one byte more; overwritten at the end.
    class Buffer {
    public:
        Buffer()
            : m_bytes(largest + 1, '\0')
        {
        }
        ~Buffer() { OPENSSL_cleanse(m_bytes.data(), m_bytes.size()); }
        Buffer(const Buffer&) = delete;
        Buffer& operator=(const Buffer&) = delete;
        [[nodiscard]] char* free() { return m_bytes.data() + m_used; }
        [[nodiscard]] std::size_t room() const { return m_bytes.size() - m_used; }
        void used(std::size_t bytes) { m_used += bytes; }
        [[nodiscard]] std::string_view text() const { return std::string_view(m_bytes).substr(0, m_used); }

    private:
        std::string m_bytes;
        std::size_t m_used = 0;
    };

    struct Problem {
        std::string text; ///< empty: none
    };

#if defined(_WIN32)
    Problem systemProblem() { return { std::system_category().message(static_cast<int>(GetLastError())) }; }

    Problem read(const std::string& path, Buffer& buffer)
    {
        const HANDLE file = CreateFileW(fromUtf8(path).c_str(), GENERIC_READ,
            FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
            FILE_ATTRIBUTE_NORMAL, nullptr);
        if (file == INVALID_HANDLE_VALUE)
            return systemProblem();
        Problem problem;
        if (GetFileType(file) != FILE_TYPE_DISK)
            problem.text = "is not a regular file";
        while (problem.text.empty() && buffer.room() > 0) {
            DWORD got = 0;
            if (!ReadFile(file, buffer.free(), static_cast<DWORD>(buffer.room()), &got, nullptr))
                problem = systemProblem();
            if (got == 0)
                break;
            buffer.used(got);
        }
        CloseHandle(file);
        return problem;
    }
#else
    Problem systemProblem() { return { std::generic_category().message(errno) }; }

    Problem readOpened(int file, Buffer& buffer)
    {
        struct stat facts = {};
        if (::fstat(file, &facts) != 0)
            return systemProblem();
        if (!S_ISREG(facts.st_mode))
            return { "is not a regular file" };
        while (buffer.room() > 0) {
            const ssize_t got = ::read(file, buffer.free(), buffer.room());
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return systemProblem();
            if (got == 0)
                break;
            buffer.used(static_cast<std::size_t>(got));
        }
        return {};
    }

    Problem read(const std::string& path, Buffer& buffer)
    {
        // Without waiting: opening a pipe that nobody writes to would hang before it can be seen to be one.
        const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
        if (file < 0)
            return systemProblem();
        Problem problem = readOpened(file, buffer);
        ::close(file);
        return problem;
    }
#endif

} // namespace

Result<Wiped> readCredentialFile(const std::string& path, std::string_view what)
{
    const std::string subject = "the " + std::string(what) + ' ' + path;
    if (isRemotePath(path))
        return failure(subject + " lies on another machine or is a device: expected a file of this one");
    if (path.find('\0') != std::string::npos)
        return failure(subject + " has a name that no file can have");
    Buffer buffer;
    const Problem problem = read(path, buffer);
    if (problem.text == "is not a regular file")
        return failure(subject + " is not a regular file");
    if (!problem.text.empty())
        return failure(subject + " cannot be read: " + problem.text);
    if (buffer.text().size() > largest)
        return failure(subject + " is larger than 1 MiB, the most that is read");
    return Wiped(buffer.text());
}

bool isRemotePath(std::string_view path)
{
    const auto isSlash = [](char c) { return c == '/' || c == '\\'; };
    return path.size() >= 2 && isSlash(path[0]) && isSlash(path[1]);
}

FileStamp fileStamp(const std::string& path)
{
    std::error_code error;
    const fs::path file = fromUtf8(path);
    const auto modified = fs::last_write_time(file, error);
    if (error)
        return {};
    const auto size = fs::file_size(file, error);
    if (error)
        return {};
    return { static_cast<std::int64_t>(modified.time_since_epoch().count()), size };
}

} // namespace glacis::cluster
