// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "trust_roots.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>

namespace glacis::cluster {

const std::string& systemBundle()
{
    static const std::string found = [] {
        // As Go's crypto/x509 looks for them.
        static constexpr const char* candidates[] = {
            "/etc/ssl/certs/ca-certificates.crt", // Debian, Arch, Alpine
            "/etc/pki/tls/certs/ca-bundle.crt", // Fedora, RHEL 6
            "/etc/ssl/ca-bundle.pem", // SUSE
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // RHEL 7
            "/etc/ssl/cert.pem", // others
        };
        std::error_code error;
#if !defined(_WIN32) && !defined(__APPLE__)
        for (const char* candidate : candidates) {
            if (std::filesystem::is_regular_file(candidate, error))
                return std::string(candidate);
        }
#else
        (void)candidates;
#endif
        return std::string();
    }();
    return found;
}

std::shared_ptr<const std::string> bundleWith(const std::string& extraPem)
{
    static std::mutex mutex;
    static std::string keptFor;
    static std::shared_ptr<const std::string> kept;
    const std::lock_guard lock(mutex);
    if (kept && keptFor == extraPem)
        return kept;
    std::string text;
    if (!systemBundle().empty()) {
        std::ifstream file(systemBundle(), std::ios::binary);
        text.assign(std::istreambuf_iterator<char>(file), {});
        text += '\n';
    }
    kept = std::make_shared<const std::string>(text + extraPem);
    keptFor = extraPem;
    return kept;
}

} // namespace glacis::cluster
