// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inventory/host_mounts.h>

#include <base/hash.h>

namespace glacis::inventory {

std::size_t HostFolders::ClaimHash::operator()(const Claim& claim) const noexcept
{
    return std::hash<std::string_view>()(claim.ns) * 31 + std::hash<std::string_view>()(claim.name);
}

HostFolders::HostFolders(const Inventory& inventory)
    : m_inventory(inventory)
{
    for (const PersistentVolume& volume : inventory.persistentVolumes)
        if (!volume.claimName.empty())
            m_byClaim.emplace(Claim { volume.claimNamespace.view(), volume.claimName.view() }, &volume);
}

bool HostFolders::mayBeFolder(const Volume& volume)
{
    return volume.type == VolumeType::HostPath || volume.type == VolumeType::PersistentVolumeClaim;
}

HostFolder HostFolders::folderOf(std::string_view ns, const Volume& volume) const
{
    if (volume.type == VolumeType::HostPath && !volume.path.empty())
        return { normalSocketPath(volume.path), volume.path.str(), NoObject };
    if (volume.type != VolumeType::PersistentVolumeClaim)
        return {};
    const PersistentVolume* bound = nullptr;
    if (const ObjectId claim = m_inventory.find(Kind::PersistentVolumeClaim, ns, volume.refName);
        claim.valid()) {
        const Str name = m_inventory.persistentVolumeClaims[m_inventory.object(claim).typed].volumeName;
        if (const ObjectId id = m_inventory.find(Kind::PersistentVolume, {}, name); id.valid())
            bound = &m_inventory.persistentVolumes[m_inventory.object(id).typed];
    }
    if (!bound)
        if (const auto found = m_byClaim.find({ ns, volume.refName.view() }); found != m_byClaim.end())
            bound = found->second;
    if (!bound || (bound->hostPath.empty() && bound->localPath.empty()))
        return {};
    const Str path = bound->hostPath.empty() ? bound->localPath : bound->hostPath;
    return { normalSocketPath(path), path.str(), bound->id };
}

HostMount HostFolders::mountOf(const Container& container, std::uint32_t index, const Volume& volume,
    std::uint32_t volumeIndex, const HostFolder& folder)
{
    const VolumeMount& mount = container.mounts[index];
    const bool claimReadOnly = volume.type == VolumeType::PersistentVolumeClaim && volume.readOnly;
    return { .container = &container,
        .mount = &mount,
        .volume = &volume,
        .index = index,
        .volumeIndex = volumeIndex,
        .folder = &folder,
        .path
        = mount.subPath.empty() ? folder.path : normalSocketPath(folder.path + "/" + mount.subPath.str()),
        .writable = !mount.readOnly && !claimReadOnly };
}

} // namespace glacis::inventory
