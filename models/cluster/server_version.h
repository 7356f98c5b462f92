// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What /version says.
#pragma once

#include <string>
#include <string_view>

#include <base/stop_token.h>
#include <cluster/api_client.h>

namespace glacis::cluster {

struct ServerVersion {
    std::string gitVersion; ///< "v1.34.4", "v1.31.5-eks-5d632ec"; outside text, at most 80 bytes, printable
    std::string platform; ///< "linux/amd64"
    Failure failure = Failure::None;
    std::string message, detail; ///< with failure
};

/// Blocking, one request. An answer that is no version is Failure::NotKubernetes.
[[nodiscard]] ServerVersion serverVersion(ApiClient& client, const StopToken& stop);

} // namespace glacis::cluster
