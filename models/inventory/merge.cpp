// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "merge.h"

#include <algorithm>
#include <unordered_map>

#include "tables.h"

namespace glacis::inventory {
namespace {

    constexpr std::uint32_t none = UINT32_MAX;
    constexpr std::size_t maxDuplicateReports = 100;

    struct Identity {
        Str group, kind, ns, name;
        friend bool operator==(const Identity&, const Identity&) = default;
    };
    struct IdentityHash {
        std::size_t operator()(const Identity& i) const noexcept
        {
            return static_cast<std::size_t>(
                mixHash(mixHash(i.name.hash(), i.ns.hash()), mixHash(i.kind.hash(), i.group.hash())));
        }
    };

    class Merger {
    public:
        Merger(std::vector<Batch>& batches, Inventory& inventory, const Layering* layers)
            : m_batches(batches)
            , m_out(inventory)
            , m_layers(layers)
        {
        }

        void run()
        {
            reserve();
            findDuplicates();
            if (m_layers)
                dropRemoved();
            for (std::size_t i = 0; i < m_batches.size(); ++i) {
                append(m_batches[i], m_dead[i]);
                m_batches[i] = Batch();
            }
        }

    private:
        void reserve()
        {
            std::size_t count = 0;
            for (const auto& batch : m_batches)
                count += batch.tables.objects.size();
            m_out.objects.reserve(count);
            for (const auto& batch : m_batches)
                m_dead.emplace_back(batch.tables.objects.size(), false);
            m_seen.reserve(count);
        }

        void findDuplicates()
        {
            std::size_t reported = 0;
            std::size_t more = 0;
            for (std::size_t b = 0; b < m_batches.size(); ++b) {
                const auto& objects = m_batches[b].tables.objects;
                for (std::uint32_t i = 0; i < objects.size(); ++i) {
                    const Object& o = objects[i];
                    const auto [found, fresh]
                        = m_seen.try_emplace(Identity { o.group, o.kindName, o.ns, o.name }, b, i);
                    if (fresh)
                        continue;
                    const auto [oldBatch, oldIndex] = found->second;
                    m_dead[oldBatch][oldIndex] = true;
                    found->second = { b, i };
                    const Object& old = m_batches[oldBatch].tables.objects[oldIndex];
                    if (isHigher(o, old))
                        continue;
                    if (reported++ < maxDuplicateReports)
                        report(old, o);
                    else
                        ++more;
                }
            }
            if (more > 0)
                m_out.diagnostics.push_back({ Diagnostic::Level::Warning, {}, 0, 0, {},
                    std::to_string(more)
                        + " more objects are defined more than once; the last definition of each was "
                          "taken" });
        }

        [[nodiscard]] bool isHigher(const Object& now, const Object& old) const
        {
            return m_layers && m_layers->layerOfFile[now.file] > m_layers->layerOfFile[old.file];
        }

        void dropRemoved()
        {
            StringPool& strings = *m_out.strings;
            for (const Removal& r : m_layers->removed) {
                const auto found = m_seen.find({ strings.intern(r.group), strings.intern(r.kind),
                    strings.intern(r.ns), strings.intern(r.name) });
                if (found == m_seen.end()) {
                    m_out.diagnostics.push_back({ Diagnostic::Level::Warning, {}, 0, 0, r.kind + ' ' + r.name,
                        "is to be removed, but no layer holds it" });
                    continue;
                }
                m_dead[found->second.first][found->second.second] = true;
            }
        }

        void report(const Object& old, const Object& now)
        {
            std::string label
                = now.kindName.str() + ' ' + (now.ns.empty() ? "" : now.ns.str() + '/') + now.name.str();
            std::string message = "defined twice: also at " + m_out.files[old.file].str() + ':'
                + std::to_string(old.line) + "; this one, the last, was taken";
            m_out.diagnostics.push_back({ Diagnostic::Level::Warning, m_out.files[now.file].str(), now.line,
                0, std::move(label), std::move(message) });
        }

        void append(Batch& batch, const std::vector<bool>& dead)
        {
            const auto blobOffset = static_cast<std::uint32_t>(m_out.blobs.size());
            std::move(batch.blobs.begin(), batch.blobs.end(), std::back_inserter(m_out.blobs));
            std::vector<std::uint32_t> renumbered(dead.size(), none);
            for (std::uint32_t i = 0; i < dead.size(); ++i) {
                if (dead[i])
                    continue;
                renumbered[i] = static_cast<std::uint32_t>(m_out.objects.size());
                m_out.objects.push_back(std::move(batch.tables.objects[i]));
                m_out.objects.back().blob += blobOffset;
                markRead(m_out.objects.back().kind);
            }
            for (std::size_t k = 0; k < KindCount; ++k) {
                if (batch.emptyLists[k])
                    markRead(static_cast<Kind>(k));
            }
            forEachTyped(batch.tables, static_cast<Tables&>(m_out), [&](auto& from, auto& to) {
                for (auto& item : from) {
                    const std::uint32_t id = renumbered[item.id.value];
                    if (id == none)
                        continue;
                    item.id = ObjectId { id };
                    m_out.objects[id].typed = static_cast<std::uint32_t>(to.size());
                    if constexpr (requires { item.spec; })
                        item.spec = spec(batch, item.spec);
                    to.push_back(std::move(item));
                }
            });
        }

        void markRead(Kind kind)
        {
            m_out.coverage.kinds[static_cast<std::size_t>(kind)].state = ReadState::Read;
        }

        std::uint32_t spec(const Batch& batch, std::uint32_t local)
        {
            if (local == none)
                return none;
            const auto& entry = batch.specs[local];
            const auto [found, fresh]
                = m_specs.try_emplace(entry.get(), static_cast<std::uint32_t>(m_out.podSpecs.size()));
            if (fresh) {
                m_out.podSpecs.push_back(entry->spec);
                for (auto& container : m_out.podSpecs.back().containers) {
                    for (auto& literal : container.literals) {
                        const std::uint64_t hash = entry->literalHashes[literal.reuseGroup - 1];
                        literal.reuseGroup
                            = m_groups.try_emplace(hash, static_cast<std::uint32_t>(m_groups.size() + 1))
                                  .first->second;
                    }
                }
            }
            return found->second;
        }

        std::vector<Batch>& m_batches;
        Inventory& m_out;
        const Layering* m_layers;
        std::vector<std::vector<bool>> m_dead;
        std::unordered_map<Identity, std::pair<std::size_t, std::uint32_t>, IdentityHash> m_seen;
        std::unordered_map<const SpecEntry*, std::uint32_t> m_specs;
        std::unordered_map<std::uint64_t, std::uint32_t> m_groups;
    };

} // namespace

void mergeBatches(std::vector<Batch>& batches, Inventory& inventory, const Layering* layers)
{
    Merger(batches, inventory, layers).run();
}

} // namespace glacis::inventory
