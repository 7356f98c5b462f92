// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table behind adminInterface(): programs whose page is an administrator's, how they are recognised, what
// configuration switches their login off. Lists are separated by '|'.
#pragma once

#include <span>
#include <string_view>

#include <network/exposure.h>

namespace glacis::network {

enum class ByDefault : std::uint8_t {
    AsksOrUnknown, ///< has a login of its own, or where that is set cannot be seen in the pod
    Open, ///< asks nobody unless a Closes rule matches
    Absent ///< the interface exists only where an Opens rule matches
};

struct AdminTool {
    std::string_view id, title;
    AdminInterface::Gives gives;
    ByDefault byDefault;
    std::string_view images; ///< ends of the image repository: "argoproj/argocd|argocd"
    std::string_view names; ///< workload name or name label, exact; only names that mean nothing else
    std::string_view
        component; ///< an image of several programs: one of these words in name, labels or command
    std::string_view tag; ///< the tag must contain this
};

enum class LoginEffect : std::uint8_t { Opens, Closes };
enum class LoginPlace : std::uint8_t { Flag, Env };
struct LoginRule {
    std::string_view tool;
    LoginEffect effect;
    LoginPlace place;
    std::string_view name; ///< a flag without its dashes; an environment variable
    std::string_view
        values; ///< "*": anything but empty and false; "''": empty; else one of these, without case
};

[[nodiscard]] std::span<const AdminTool> adminTools();
[[nodiscard]] std::span<const LoginRule> loginRules();

/// "registry:5000/argoproj/argocd:v2@sha256:…" → "registry:5000/argoproj/argocd" and "v2".
struct ImageName {
    std::string_view repository, tag;
    [[nodiscard]] std::string_view lastSegment() const;
    /// Is `tail` ("argoproj/argocd") the end of the repository, segment by segment?
    [[nodiscard]] bool endsWith(std::string_view tail) const;
};
[[nodiscard]] ImageName parseImage(std::string_view image);

/// Words of a shell command line: split at white space and ; & | ( ), quotes removed, an empty quotation
/// kept.
[[nodiscard]] std::vector<std::string> shellWords(std::string_view text);
/// Command and args as single words: shell scripts are split at white space, quotes removed.
[[nodiscard]] std::vector<std::string> commandWords(const inventory::Container& container);
/// Value of a flag among words: `--a=b`, `-a b`; "true" for a bare switch. Nothing when absent.
[[nodiscard]] std::optional<std::string> flagValue(
    const std::vector<std::string>& words, std::string_view flag);

} // namespace glacis::network
