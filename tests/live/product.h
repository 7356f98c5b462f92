// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The product's client against a control plane: from the text of a kubeconfig on, as a person would use it.
//
//     auto said = whoAmI(kubeconfig(plane, { .user = tokenUser("abc") }));
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QJsonObject>
#include <QString>

#include <cluster/collector.h>
#include <cluster/connection.h>

#include "live_control_plane.h"

namespace glacis::live {

/// What the product's requests call themselves in the audit log.
inline constexpr std::string_view productAgent = "glacis/";

/// users[].user
[[nodiscard]] QJsonObject certificateUser(const test::Identity& pair);
[[nodiscard]] QJsonObject tokenUser(const std::string& token);
[[nodiscard]] QJsonObject tokenFileUser(const std::string& file);
[[nodiscard]] QJsonObject execUser(const std::string& command, const std::vector<std::string>& args = {});

struct KubeconfigWish {
    QJsonObject user {};
    QJsonObject cluster {}; ///< fields that take the place of the usual ones; null removes one
};
/// A kubeconfig with one context "live" (JSON is YAML), as if it stood in the control plane's folder.
[[nodiscard]] Result<cluster::ContextTarget> kubeconfig(
    const LiveControlPlane& plane, const KubeconfigWish& wish);
[[nodiscard]] std::string kubeconfigText(const LiveControlPlane& plane, const KubeconfigWish& wish);

/// Runs what a test says and nothing else; counts nothing.
[[nodiscard]] cluster::ConnectionOptions approving();

/// One answered request by a client of its own.
struct Said {
    cluster::Failure failure = cluster::Failure::None;
    std::string user; ///< as the server says; empty: no answer
    std::vector<std::string> groups;
    std::string message, detail; ///< of the failure
};
[[nodiscard]] Said whoAmI(cluster::ApiClient& client);
[[nodiscard]] Said whoAmI(
    const Result<cluster::ContextTarget>& target, const cluster::ConnectionOptions& options = approving());

/// One scan by a transport of its own.
[[nodiscard]] Result<inventory::InventoryPtr> scan(const LiveControlPlane& plane, const QJsonObject& user,
    cluster::CollectOptions options = {}, const StopToken& stop = {});

/// Applies the YAML of `glacis role` with these parts and gives a token of its ServiceAccount.
struct Scanner {
    std::string token;
    std::vector<std::string> names; ///< of the role, the binding and the account: "ClusterRole x"
};
[[nodiscard]] Scanner applyScannerRole(const LiveControlPlane& plane, const std::vector<std::string>& with);
/// A ServiceAccount's token by the TokenRequest API; the account is made when missing.
[[nodiscard]] std::string serviceAccountToken(
    const LiveControlPlane& plane, const std::string& ns, const std::string& name);

[[nodiscard]] QString joined(const std::vector<std::string>& lines);

} // namespace glacis::live
