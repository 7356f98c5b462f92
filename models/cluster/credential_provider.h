// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// With what a request identifies itself, and the little that an ApiClient asks of where that comes from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/wiped.h>

namespace glacis::cluster {

struct Credential {
    Wiped bearerToken;
    std::string username;
    Wiped password; ///< basic, when username is set
    std::string certificatePem; ///< client certificate chain; empty: none
    Wiped keyPem;
    std::vector<std::pair<std::string, std::string>> impersonation; ///< header name, value
    std::uint64_t generation = 0; ///< rises with every change; what a 401 is reported against
};
using CredentialPtr = std::shared_ptr<const Credential>;

class CredentialProvider {
public:
    CredentialProvider() = default;
    CredentialProvider(const CredentialProvider&) = delete;
    CredentialProvider& operator=(const CredentialProvider&) = delete;
    virtual ~CredentialProvider() = default;

    /// Blocking, any thread, several at once. Fails with the sentence to show, and with "cancelled".
    [[nodiscard]] virtual Result<CredentialPtr> current(const StopToken& stop) = 0;
    /// The server answered 401 to this credential. True when asking again may give another one: the caller
    /// then repeats its request once.
    [[nodiscard]] virtual bool rejected(const Credential& credential) = 0;
};

} // namespace glacis::cluster
