// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Certificates for a test, made on the spot: an authority of its own, nothing that any machine trusts.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace glacis::live {

struct KeyPair {
    std::string certificatePem; ///< of signingKeys(): the public key
    std::string keyPem; ///< PKCS #8
};

struct CertificateWish {
    std::string commonName; ///< Kubernetes: the user
    std::vector<std::string> organisations {}; ///< Kubernetes: the groups
    std::vector<std::string> dnsNames {}, addresses {}; ///< subject alternative names
    std::chrono::seconds from { -3600 }, until { 24 * 3600 }; ///< relative to now
};

/// A self-signed P-256 authority. Ends the program when OpenSSL fails: a test has nothing to do without it.
class Authority {
public:
    explicit Authority(const std::string& commonName);
    ~Authority();
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;

    [[nodiscard]] const std::string& certificatePem() const { return m_pem; }
    /// For servers and clients alike. Any thread.
    [[nodiscard]] KeyPair issue(const CertificateWish& wish) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
    std::string m_pem;
};

/// What signs and verifies the tokens of ServiceAccounts.
[[nodiscard]] KeyPair signingKeys();

} // namespace glacis::live
