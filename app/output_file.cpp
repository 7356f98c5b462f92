// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/output_file.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

namespace glacis::app {
namespace {
    namespace fs = std::filesystem;

    tl::unexpected<Error> cannotWrite(const std::string& file, const std::string& reason)
    {
        return failure("cannot write " + file + ": " + reason);
    }

    Result<void> writeStream(const fs::path& path, std::string_view text, const std::string& name)
    {
        errno = 0;
        std::ofstream stream(path, std::ios::binary | std::ios::trunc);
        stream.write(text.data(), static_cast<std::streamsize>(text.size()));
        stream.close();
        if (!stream)
            return cannotWrite(name, errno != 0 ? std::strerror(errno) : "the device refused it");
        return {};
    }
}

Result<void> writeOutput(std::string_view text, const std::string& file)
{
    if (file.empty() || file == "-") {
        errno = 0;
        if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
            return cannotWrite("to standard output", std::strerror(errno));
        return {};
    }
    std::error_code error;
    fs::path target(std::u8string(file.begin(), file.end()));
    const fs::file_status status = fs::status(target, error); // follows links
    if (fs::is_directory(status))
        return cannotWrite(file, "it is a folder");
    if (fs::exists(status) && !fs::is_regular_file(status))
        return writeStream(target, text, file);
    if (fs::exists(status)) { // through a link, not over it
        if (const fs::path real = fs::canonical(target, error); !error)
            target = real;
    }
    fs::path neighbour = target;
    neighbour += ".part-" + std::to_string(std::random_device {}());
    Result<void> done = writeStream(neighbour, text, file);
    if (done) {
        if (fs::exists(status))
            fs::permissions(neighbour, status.permissions(), error); // best effort
        fs::rename(neighbour, target, error);
        if (error)
            done = cannotWrite(file, error.message());
    }
    if (!done)
        fs::remove(neighbour, error);
    return done;
}

} // namespace glacis::app
