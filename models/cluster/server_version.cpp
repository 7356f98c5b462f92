// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server_version.h"

#include <base/text.h>
#include <cluster/json_text.h>

namespace glacis::cluster {
namespace {

    constexpr std::uint64_t largest = 64U << 10;
    constexpr std::size_t longestName = 80;

    std::string shortText(std::string_view text) { return printable(text.substr(0, longestName)); }

}

ServerVersion serverVersion(ApiClient& client, const StopToken& stop)
{
    ServerVersion version;
    Reply reply = client.call(Request::get("/version"), stop, largest);
    version.failure = reply.failure;
    version.message = std::move(reply.message);
    version.detail = std::move(reply.detail);
    if (version.failure != Failure::None)
        return version;
    const JsonText text(reply.body, { .maxDepth = 16, .maxNodes = 1000 });
    version.gitVersion = shortText(text.root()["gitVersion"].text());
    version.platform = shortText(text.root()["platform"].text());
    if (version.gitVersion.empty()) {
        version.failure = Failure::NotKubernetes;
        version.message = "What answers at " + client.endpoint().authority()
            + " is no Kubernetes API server: /version holds no gitVersion.";
    }
    return version;
}

} // namespace glacis::cluster
