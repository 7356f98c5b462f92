// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the API server itself says it was asked: the proof that a client only read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace glacis::live {

/// One answered request (stage ResponseComplete or Panic) at level Metadata.
struct AuditLine {
    std::string verb, uri, user, impersonated, userAgent;
    std::string group, resource, subresource, ns, name; ///< empty for paths that are no resources
    int status = 0;
};

/// Lines that are not whole yet are left out.
[[nodiscard]] std::vector<AuditLine> readAuditLog(const std::string& file);
/// Those whose User-Agent begins so.
[[nodiscard]] std::vector<AuditLine> of(const std::vector<AuditLine>& lines, std::string_view agent);

/// What a read-only client must not have sent, a line each: anything but get, list and the creation of
/// self-reviews; watches; subresources that act or tell secrets (proxy, exec, log, token …); Secrets asked
/// for as more than a table without objects.
[[nodiscard]] std::vector<std::string> trespasses(const std::vector<AuditLine>& lines);

} // namespace glacis::live
