// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "impersonation.h"

#include <algorithm>

#include <base/text.h>

namespace glacis::cluster {
namespace {

    bool standsInHeaderName(char c)
    {
        static constexpr std::string_view marks = "!#$&'*+-.^_`|~"; // and not %, which begins an escape
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || marks.find(c) != std::string_view::npos;
    }

} // namespace

Result<std::vector<std::pair<std::string, std::string>>> impersonationHeaders(const UserEntry& user)
{
    std::vector<std::pair<std::string, std::string>> headers;
    const auto add
        = [&headers](std::string_view name, const std::string& value) { headers.emplace_back(name, value); };
    const bool others
        = !user.impersonateUid.empty() || !user.impersonateGroups.empty() || !user.impersonateExtra.empty();
    if (user.impersonate.empty()) {
        if (others)
            return failure("user “" + printable(user.name)
                + "” acts as a group, an id or with extras, but names no user in “as”, which those need");
        return headers;
    }
    add("Impersonate-User", user.impersonate);
    if (!user.impersonateUid.empty())
        add("Impersonate-Uid", user.impersonateUid);
    for (const std::string& group : user.impersonateGroups)
        add("Impersonate-Group", group);
    for (const auto& [key, values] : user.impersonateExtra) {
        for (const std::string& value : values)
            add("Impersonate-Extra-" + escapedHeaderKey(key), value);
    }
    for (const auto& [name, value] : headers) {
        if (breaksHeader(value))
            return failure("user “" + printable(user.name) + "” has a value for " + name
                + " with control characters, which no header can hold: “" + printable(value.substr(0, 60))
                + "”");
    }
    return headers;
}

std::string escapedHeaderKey(std::string_view key)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string escaped;
    for (const char c : key) {
        if (standsInHeaderName(c)) {
            escaped.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        escaped.append({ '%', digits[byte >> 4U], digits[byte & 15U] });
    }
    return escaped;
}

bool breaksHeader(std::string_view text)
{
    return std::any_of(text.begin(), text.end(),
        [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7f'; });
}

} // namespace glacis::cluster
