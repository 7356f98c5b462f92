// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which programs keep data (databases, queues, object stores), and which credentials open them: by image, by
// the scheme of a URL, by the words of a name. Names alone decide; values were dropped long before.
#pragma once

#include <cstdint>
#include <string_view>

#include <inventory/pod_spec.h>

namespace glacis::secrets {

struct Datastore {
    std::string_view id; ///< "postgres"
    std::string_view title; ///< "PostgreSQL"
    std::int32_t port = 0; ///< where its clients connect
};
/// By the last part of the image's name ("bitnami/postgresql:15" too); nullptr when it is none.
[[nodiscard]] const Datastore* datastoreOfImage(std::string_view image);
/// By URL scheme: "postgres", "mongodb+srv", "jdbc:mysql"; nullptr when it is none.
[[nodiscard]] const Datastore* datastoreOfScheme(std::string_view scheme);
/// Does the name of a variable, key or Secret speak of a store: "DB_PASSWORD", "MYSQL_ROOT_PASSWORD",
/// "orders-postgres"? Compared word by word.
[[nodiscard]] bool namesDatastore(std::string_view name);

/// Is a literal in this container the credential of a store?
[[nodiscard]] bool opensDatastore(
    const inventory::CredentialLiteral& literal, const inventory::Container& container);
/// Does a variable say that the store lets everybody in ("POSTGRES_HOST_AUTH_METHOD=trust")?
[[nodiscard]] bool admitsEverybody(const inventory::EnvVar& variable);

} // namespace glacis::secrets
