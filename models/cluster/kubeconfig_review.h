// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is unsafe or about to fail on the client's side of a connection: what the Clusters page shows beside a
// context and what check GL-PLT-002 judges.
//
//     for (const Remark& remark : reviewContext(target, now)) show(remark.text, remark.file, remark.line);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cluster/kubeconfig.h>

namespace glacis::cluster {

struct Remark {
    std::string_view what; ///< id, one of the names below
    std::string file; ///< where it stands; may be empty
    std::uint32_t line = 0; ///< 1-based; 0 unknown
    std::string entry; ///< "user dev"
    std::string field; ///< "token"; may be empty
    std::string text; ///< one sentence, plain text, no value of a credential
};

/// Ids of remarks: they stand in snapshots and reports.
namespace remark {
    inline constexpr std::string_view insecure = "insecure-skip-tls-verify";
    inline constexpr std::string_view plainHttp = "plain-http";
    inline constexpr std::string_view passwordInUrl = "password-in-url";
    inline constexpr std::string_view staticToken = "static-token";
    inline constexpr std::string_view basic = "basic-auth";
    inline constexpr std::string_view readable = "readable-by-others"; ///< the kubeconfig
    inline constexpr std::string_view credentialReadable
        = "credential-readable-by-others"; ///< key or token file
    inline constexpr std::string_view clusterAdmin = "cluster-admin-certificate"; ///< group system:masters
    inline constexpr std::string_view certificateUnread = "certificate-unreadable";
    inline constexpr std::string_view expired = "certificate-expired";
    inline constexpr std::string_view expiresSoon = "certificate-expires-soon"; ///< within 30 days
    inline constexpr std::string_view notYetValid = "certificate-not-yet-valid";
    inline constexpr std::string_view impersonation = "impersonation"; ///< to know, no fault
    inline constexpr std::string_view shadowed = "shadowed";
} // namespace remark

/// In the order of the entries: cluster, user, context. Reads the certificate that the user names and looks
/// at the modes of its key and token files, nothing else. `now`: seconds since 1970 UTC.
[[nodiscard]] std::vector<Remark> reviewContext(const ContextTarget& target, std::int64_t now);

/// notAfter of the user's client certificate, seconds since 1970 UTC; nothing when there is none or it cannot
/// be read. May read its file.
[[nodiscard]] std::optional<std::int64_t> certificateExpiry(const UserEntry& user);

/// Adds a fact for each remark and one, "examined", that says that there are no others.
void addKubeconfigFacts(const ContextTarget& target, std::int64_t now, inventory::Observations& observations);

} // namespace glacis::cluster
