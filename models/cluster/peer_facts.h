// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What TLS learned about the other side, beyond "it failed": OpenSSL is asked while it verifies. Verification
// itself stays as libcurl set it up; nothing here makes it weaker.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace glacis::cluster {

struct PeerFacts {
    int verifyError = 0; ///< X509_V_ERR_…, the first one; 0: none
    std::string verifyWords; ///< OpenSSL's
    std::vector<std::string> names; ///< DNS names and addresses of the server's certificate; outside text
    std::string subject; ///< its common name
    std::string issuer; ///< of the certificate whose issuer is not trusted, else of the server's
    std::int64_t notBefore = 0, notAfter = 0; ///< of the certificate that failed, else of the server's
    bool failedIsAuthority = false; ///< the certificate that failed is not the server's own
    bool clientCertificateAsked = false;
    int alert = 0; ///< the last fatal one that the server sent, RFC 8446 section 6; 0: none
};

/// For CURLOPT_SSL_CTX_FUNCTION: keeps `facts` alive as long as the context and fills it. Called and filled
/// on the engine's thread only. False: not possible, TLS works without.
[[nodiscard]] bool watchPeer(void* sslContext, const std::shared_ptr<PeerFacts>& facts);

enum class VerifyFault : std::uint8_t { None, UnknownAuthority, Expired, NotYetValid, Other };
[[nodiscard]] VerifyFault verifyFault(int verifyError);
/// Whether this alert is about the client's certificate.
[[nodiscard]] bool refusesClientCertificate(const PeerFacts& facts);

} // namespace glacis::cluster
