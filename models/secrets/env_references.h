// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <credentials/classify.h>
#include <inventory/pod_spec.h>

namespace glacis::secrets {

/// A literal that another variable, or the command line, uses as its credential by $(NAME).
struct EnvReference {
    std::uint32_t variable = 0; ///< index into Container::env: where the literal stands
    std::string usedBy; ///< "DB_URL", "args[2]"
    credentials::Classification classification; ///< of the use
};

/// Literals of this container that were no credential by themselves but are used as one. $(NAME) is expanded
/// as the kubelet does it: variables above in the list only, "$$(" escapes, unknown names stay as written.
/// Empty, and cheap, where nothing holds "$(".
[[nodiscard]] std::vector<EnvReference> credentialReferences(
    const inventory::Container& container, const credentials::Rules& rules);

} // namespace glacis::secrets
