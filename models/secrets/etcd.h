// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How well etcd and what it holds are guarded, as the control plane's pods and facts tell. Where neither
// does, the answer is unknown with a reason, never "safe".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <inventory/control_plane.h>
#include <inventory/inventory.h>

namespace glacis::secrets {

enum class Answer : std::uint8_t { No, Yes, Unknown };

/// One statement with the field or fact that makes it.
struct Evidence {
    inventory::ObjectId object; ///< NoObject: a fact
    std::string path;
    std::string text; ///< redacted value or short fact
    std::string observation; ///< source of the fact; empty: an object says it
    Str container;
};

/// One etcd member that runs as a pod.
struct EtcdMember {
    const inventory::Workload* pod = nullptr;
    std::int32_t port = 2379;
    Answer listens = Answer::Unknown; ///< for clients, on more than its loopback address
    Answer open = Answer::Unknown; ///< serves clients that show no certificate
    Evidence listening; ///< why it listens
    Evidence why; ///< why it is open, or why that is unknown
};
[[nodiscard]] std::vector<EtcdMember> etcdMembers(const inventory::Inventory& inventory);

/// Do Secrets lie encrypted in etcd? By a fact, else by --encryption-provider-config of the API servers.
struct Encryption {
    Answer encrypted = Answer::Unknown;
    std::vector<Evidence> evidence; ///< what says so, or why nobody can tell
};
[[nodiscard]] Encryption encryptionAtRest(const inventory::Inventory& inventory);

} // namespace glacis::secrets
