// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One kubeconfig's text to entries, with the strictness of client-go's decoder: a field of the wrong type, a
// name that stands twice or another kind of document spoils the whole file; unknown fields do not. Internal
// to the kubeconfig.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <cluster/kubeconfig.h>

namespace glacis::cluster {

struct ParsedKubeconfig {
    std::string error; ///< the first fault, one sentence with its line; entries are empty then
    bool wellFormed = false; ///< YAML or JSON with a document in it, or nothing at all
    bool looksLikeOne = false; ///< has at least one key that only a kubeconfig has
    std::vector<ClusterEntry> clusters;
    std::vector<UserEntry> users;
    std::vector<Context> contexts;
    std::string currentContext;
    std::uint32_t currentContextLine = 0;
    std::vector<inventory::Diagnostic> diagnostics; ///< every fault, and what is odd
};

/// `text` needs no padding. `file` is what Place::file of the entries shall be.
[[nodiscard]] ParsedKubeconfig parseKubeconfig(
    std::string_view text, const std::string& path, std::uint32_t file);

/// Decodes as Go's encoding/base64 does: standard alphabet with padding, line ends ignored. False when it is
/// none.
[[nodiscard]] bool decodeBase64(std::string_view text, std::string& out);

} // namespace glacis::cluster
