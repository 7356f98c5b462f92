// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace glacis::report {

/// A path of this machine as a URI reference (RFC 3986): relative paths stay relative ("a b.yaml" →
/// "a%20b.yaml"), absolute ones become file URIs ("C:\x" → "file:///C:/x"). Bytes outside the unreserved set
/// are percent-encoded.
[[nodiscard]] std::string fileUri(std::string_view path);

} // namespace glacis::report
