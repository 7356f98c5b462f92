// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The only place of the kubeconfig that opens files, once for POSIX and once for Windows.
#include <cluster/kubeconfig_file.h>

#include <cerrno>
#include <system_error>

#include <inventory/reader.h>

#ifdef _WIN32
#include <fstream>
#else
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace glacis::cluster {
namespace {

    constexpr std::string_view tooLarge = "is larger than the 5 MiB that such a file may have";

    enum class Want : std::uint8_t { Text, Look };

    SmallFile refused(std::string_view why)
    {
        SmallFile file;
        file.error = why;
        return file;
    }

    SmallFile missing()
    {
        SmallFile file;
        file.state = SmallFile::State::Missing;
        file.error = "does not exist";
        return file;
    }

#ifdef _WIN32

    SmallFile open(const std::string& path, Want want)
    {
        std::error_code error;
        const std::filesystem::path native = pathOf(path);
        const std::filesystem::file_status status = std::filesystem::status(native, error);
        if (status.type() == std::filesystem::file_type::not_found)
            return missing();
        if (error)
            return refused("cannot be read: " + error.message());
        if (status.type() == std::filesystem::file_type::directory)
            return refused("is a folder, not a file");
        if (status.type() != std::filesystem::file_type::regular)
            return refused("is no regular file but a pipe, socket or device");
        std::ifstream stream(native, std::ios::binary);
        if (!stream)
            return refused("cannot be opened for reading");
        SmallFile file;
        if (want == Want::Text) {
            file.text.reserve(maxKubeconfigBytes + 1 + inventory::DocumentReader::jsonPadding);
            file.text.resize(maxKubeconfigBytes + 1);
            stream.read(file.text.data(), static_cast<std::streamsize>(file.text.size()));
            file.text.resize(static_cast<std::size_t>(stream.gcount()));
            if (stream.bad())
                return refused("cannot be read");
        }
        const std::uintmax_t size = std::filesystem::file_size(native, error);
        if (file.text.size() > maxKubeconfigBytes || (!error && size > maxKubeconfigBytes))
            return refused(tooLarge);
        file.state = SmallFile::State::Read;
        return file;
    }

#else

    class Descriptor {
    public:
        explicit Descriptor(const std::string& path)
            // Without blocking: the open of a pipe would wait for its writer.
            : m_fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
        {
        }
        ~Descriptor()
        {
            if (m_fd >= 0)
                ::close(m_fd);
        }
        Descriptor(const Descriptor&) = delete;
        Descriptor& operator=(const Descriptor&) = delete;
        [[nodiscard]] int get() const { return m_fd; }

    private:
        int m_fd;
    };

    std::string systemWords(int error) { return std::generic_category().message(error); }

    std::string_view kindProblem(mode_t mode)
    {
        if (S_ISREG(mode))
            return {};
        return S_ISDIR(mode) ? "is a folder, not a file" : "is no regular file but a pipe, socket or device";
    }

    bool readAll(int fd, std::string& text)
    {
        constexpr std::size_t piece = 65'536;
        text.reserve(piece);
        while (text.size() <= maxKubeconfigBytes) {
            const std::size_t at = text.size();
            text.resize(at + piece);
            const ssize_t got = ::read(fd, text.data() + at, text.size() - at);
            text.resize(at + static_cast<std::size_t>(got > 0 ? got : 0));
            if (got == 0)
                break;
            if (got < 0 && errno != EINTR)
                return false;
        }
        text.reserve(text.size() + inventory::DocumentReader::jsonPadding);
        return true;
    }

    SmallFile open(const std::string& path, Want want)
    {
        struct stat facts { };
        // Looked at before it is opened as well: opening some devices already does something.
        if (::stat(path.c_str(), &facts) != 0)
            return errno == ENOENT || errno == ENOTDIR ? missing()
                                                       : refused("cannot be read: " + systemWords(errno));
        if (const std::string_view problem = kindProblem(facts.st_mode); !problem.empty())
            return refused(problem);
        const Descriptor descriptor(path);
        if (descriptor.get() < 0)
            return errno == ENOENT ? missing() : refused("cannot be read: " + systemWords(errno));
        if (::fstat(descriptor.get(), &facts) != 0)
            return refused("cannot be read: " + systemWords(errno));
        if (const std::string_view problem = kindProblem(facts.st_mode); !problem.empty())
            return refused(problem);
        if (static_cast<std::uint64_t>(facts.st_size) > maxKubeconfigBytes)
            return refused(tooLarge);
        SmallFile file;
        if (want == Want::Text && !readAll(descriptor.get(), file.text))
            return refused("cannot be read: " + systemWords(errno));
        if (file.text.size() > maxKubeconfigBytes)
            return refused(tooLarge);
        file.readableByOthers = (facts.st_mode & (S_IRGRP | S_IROTH)) != 0;
        file.state = SmallFile::State::Read;
        return file;
    }

#endif

    SmallFile checkedOpen(const std::string& path, Want want)
    {
        if (isNetworkPath(path))
            return refused("lies on a network share: such files are never opened");
        if (path.empty() || path.find('\0') != std::string::npos)
            return refused("is no path");
        return open(path, want);
    }

} // namespace

SmallFile readSmallFile(const std::string& path) { return checkedOpen(path, Want::Text); }

SmallFile lookAtSmallFile(const std::string& path) { return checkedOpen(path, Want::Look); }

} // namespace glacis::cluster
