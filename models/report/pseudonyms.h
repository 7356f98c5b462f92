// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names of a cluster replaced by stable pseudonyms, so that a report can be shown to people who must not
// learn them: "Deployment shop/web" becomes "Deployment ns-k3vd/workload-9x2q". Hidden are names of objects,
// namespaces, nodes, containers, volumes, images, hosts, addresses, subjects, Secrets and their keys, files
// and the source. Kept are words that every cluster has: kinds, kube-system, default, system:masters,
// cluster-admin, ports.
//
//     const Pseudonyms names(inventory);
//     names.hide("Deployment shop/web mounts /var/run/docker.sock")
//
// Stable: the same name has the same pseudonym in every report of the same cluster (keyed by the uid of its
// kube-system namespace, which the report does not tell). Without such a uid pseudonyms are numbers in order
// of the sorted names, stable for the same source. Immutable once built, any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <inventory/inventory.h>

namespace glacis::report {

class Pseudonyms {
public:
    explicit Pseudonyms(const inventory::Inventory& inventory);
    ~Pseudonyms();
    /// Text with every known name in it replaced, wherever it stands as a whole word; addresses, hosts with a
    /// dot and e-mail addresses are replaced even where no object names them.
    [[nodiscard]] std::string hide(std::string_view text) const;

private:
    struct State;
    std::unique_ptr<const State> m_state;
};

} // namespace glacis::report
