// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Puts a whole inventory into an API server as its controllers would have: owners before what they own, with
// the uids that the server gave; statuses by /status; a CustomResourceDefinition for each kind that the
// server does not know.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <QJsonObject>

#include "admin_client.h"

namespace glacis::live {

struct LoadResult {
    std::size_t created = 0;
    std::size_t replaced = 0; ///< that the server had already
    std::size_t statuses = 0;
    std::vector<std::string> definitions; ///< CustomResourceDefinitions made: "certificates.cert-manager.io"
    std::vector<std::string> refused; ///< "apps/v1 Deployment a/b: 422 …", status refusals included
};

/// Blocking; with this many connections.
[[nodiscard]] LoadResult load(
    const AdminAccess& access, const std::vector<QJsonObject>& objects, unsigned connections = 8);

} // namespace glacis::live
