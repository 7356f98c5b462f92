// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a certificate says of itself; read with OpenSSL, nothing is verified here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>

namespace glacis::cluster {

struct CertificateFacts {
    std::string commonName; ///< Kubernetes: the user
    std::vector<std::string> organisations; ///< Kubernetes: the groups
    std::string issuer; ///< common name, else the whole name
    std::vector<std::string> names; ///< subject alternative names: DNS and IP
    std::int64_t notBefore = 0, notAfter = 0; ///< seconds since 1970 UTC
};

/// The first certificate of a PEM text. Fails when there is none or it is malformed.
[[nodiscard]] Result<CertificateFacts> certificateFacts(std::string_view pem);

} // namespace glacis::cluster
