// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <base/result.h>
#include <cluster/wiped.h>

namespace glacis::cluster {

struct KeyPair {
    std::string certificatePem; ///< chain, the own certificate first
    Wiped keyPem;
};

/// Whether the first certificate's key is the private key. The error says which of the two is wrong, without
/// any of their text: "the certificate is not PEM". Never asks for a passphrase.
[[nodiscard]] Result<void> checkKeyPair(std::string_view certificatePem, const Wiped& keyPem);

} // namespace glacis::cluster
