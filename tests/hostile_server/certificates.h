// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Certificates for tests, made in memory (ECDSA P-256).
//
//     const Authority authority("Test CA");
//     Identity server = authority.issue({ .commonName = "kube-apiserver", .names = { "127.0.0.1" } });
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace glacis::test {

struct Identity {
    std::string certificatePem;
    std::string keyPem;
};

struct CertificateWish {
    std::string commonName;
    std::vector<std::string> organisations {};
    std::vector<std::string> names {}; ///< subject alternative names: IP addresses or DNS names
    std::int64_t notBefore = -3'600; ///< seconds from now
    std::int64_t notAfter = 86'400;
};

class Authority {
public:
    explicit Authority(const std::string& commonName);
    ~Authority();
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;

    [[nodiscard]] const std::string& pem() const { return m_pem; }
    [[nodiscard]] Identity issue(const CertificateWish& wish) const;

private:
    struct Keys;
    std::unique_ptr<Keys> m_keys;
    std::string m_pem;
};

/// The same key behind a password: nobody will be asked for it.
[[nodiscard]] std::string encryptedKey(const std::string& keyPem, const std::string& password);

/// Keys with no certificate, as an API server signs tokens with: certificatePem holds the public key.
[[nodiscard]] Identity signingKeys();

} // namespace glacis::test
