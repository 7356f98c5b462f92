// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/locations.h>

#include <algorithm>

#include <base/parallel.h>
#include <inventory/evidence.h>

namespace glacis::report {
namespace {
    using inventory::Object;
    using inventory::ObjectId;

    struct Lookup {
        ObjectId object;
        std::string_view path;
        std::size_t slot = 0;
    };

    /// Below this many lookups a second thread costs more than it saves.
    constexpr std::size_t LookupsPerThread = 512;
}

Locations::Locations(const assessment::Assessment& assessment, std::span<const Row> rows)
{
    const inventory::Inventory& inventory = *assessment.inventory;
    std::vector<Lookup> lookups;
    const auto add = [&](ObjectId id, std::string_view path) {
        Location location;
        if (id.value < inventory.objects.size()) {
            const Object& object = inventory.object(id);
            if (!object.assumed && object.file < inventory.files.size()) {
                location = { inventory.files[object.file].view(), object.line };
                if (!path.empty() && object.line != 0)
                    lookups.push_back({ id, path, m_locations.size() });
            }
        }
        m_locations.push_back(location);
    };
    m_first.reserve(rows.size() + 1);
    for (const Row& row : rows) {
        m_first.push_back(m_locations.size());
        if (!row.finding || row.finding->places.empty()) {
            add(row.id, {});
            continue;
        }
        for (const posture::Place& place : row.finding->places)
            add(place.object.valid() ? place.object : row.id, place.path);
    }
    m_first.push_back(m_locations.size());

    std::sort(lookups.begin(), lookups.end(), [&](const Lookup& a, const Lookup& b) {
        const Object& x = inventory.object(a.object);
        const Object& y = inventory.object(b.object);
        return std::tuple(x.blob, x.blobOffset, a.object.value, a.path, a.slot)
            < std::tuple(y.blob, y.blobOffset, b.object.value, b.path, b.slot);
    });
    // Cut at object boundaries only, so that no two threads look up the same object.
    std::vector<std::size_t> cuts { 0 };
    while (cuts.back() < lookups.size()) {
        std::size_t cut = std::min(cuts.back() + LookupsPerThread, lookups.size());
        while (cut < lookups.size() && lookups[cut].object == lookups[cut - 1].object)
            ++cut;
        cuts.push_back(cut);
    }
    parallelFor(cuts.size() - 1, 0, [&](std::size_t part) {
        inventory::EvidenceReader reader(assessment.inventory);
        for (std::size_t i = cuts[part]; i < cuts[part + 1]; ++i) {
            const Lookup& lookup = lookups[i];
            Location& location = m_locations[lookup.slot];
            if (i > cuts[part] && lookups[i - 1].object == lookup.object
                && lookups[i - 1].path == lookup.path)
                location.line = m_locations[lookups[i - 1].slot].line;
            else if (const std::uint32_t line = reader.line(lookup.object, lookup.path); line != 0)
                location.line = line;
        }
    });
}

} // namespace glacis::report
