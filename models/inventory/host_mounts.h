// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Folders of the node that reach containers: hostPath volumes, and claims whose PersistentVolume is a folder
// of the node, narrowed by subPath.
//
//     const HostFolders folders(inventory);
//     for (const HostMount& mount : folders.mounts(ns, spec)) ...
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <inventory/host_paths.h>
#include <inventory/inventory.h>

namespace glacis::inventory {

struct HostFolder {
    std::string path; ///< normal (normalSocketPath); empty: the volume is no folder of the node
    std::string written;
    ObjectId persistentVolume; ///< that brings it; NoObject for a hostPath volume
};

/// One mount with what the container really gets.
struct HostMount {
    const Container* container = nullptr;
    const VolumeMount* mount = nullptr;
    const Volume* volume = nullptr;
    std::uint32_t index = 0; ///< of the mount in Container::mounts
    std::uint32_t volumeIndex = 0;
    const HostFolder* folder = nullptr;
    std::string path; ///< normal, with subPath
    bool writable = true; ///< as mounted; a writable file system below it may be so all the same
};

class HostFolders {
public:
    explicit HostFolders(const Inventory& inventory);
    /// Of a volume in a pod of that namespace.
    [[nodiscard]] HostFolder folderOf(std::string_view ns, const Volume& volume) const;
    /// Calls look(const HostMount&) for every mount of such a folder, by container and position.
    template <class Look> void forEachMount(std::string_view ns, const PodSpec& spec, Look look) const
    {
        std::vector<HostFolder> found;
        for (const Volume& volume : spec.volumes)
            found.push_back(mayBeFolder(volume) ? folderOf(ns, volume) : HostFolder {});
        for (const Container& container : spec.containers) {
            for (std::uint32_t i = 0; i < container.mounts.size(); ++i) {
                for (std::uint32_t v = 0; v < found.size(); ++v) {
                    if (found[v].path.empty() || !(spec.volumes[v].name == container.mounts[i].name))
                        continue;
                    look(mountOf(container, i, spec.volumes[v], v, found[v]));
                    break;
                }
            }
        }
    }

private:
    static bool mayBeFolder(const Volume& volume);
    static HostMount mountOf(const Container& container, std::uint32_t index, const Volume& volume,
        std::uint32_t volumeIndex, const HostFolder& folder);

    struct Claim {
        std::string_view ns, name;
        friend bool operator==(const Claim&, const Claim&) = default;
    };
    struct ClaimHash {
        std::size_t operator()(const Claim& claim) const noexcept;
    };
    const Inventory& m_inventory;
    std::unordered_map<Claim, const PersistentVolume*, ClaimHash> m_byClaim;
};

} // namespace glacis::inventory
