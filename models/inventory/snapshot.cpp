// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Layout of a .glacis file, all numbers little endian:
//
//     magic "GLACIS\r\n" · u16 major · u16 minor · u16 least reader · u16 number of sections
//     for each section: u32 id · u32 coding (0 as is, 1 zstd) · u64 size · u64 stored size · u64 checksum of
//     stored bytes u64 checksum of all bytes above the stored sections one after the other
//
// Sections: STRS string table, OBJS objects and typed columns, BLOB blocks of redacted JSON (each a zstd
// frame), META source, coverage, observations, diagnostics, KCFG (since 1.1) facts of the kubeconfig in use.
// A reader skips ids that it does not know; it refuses a larger major version or a least reader above its
// own. Every size is checked against a cap before memory is taken.
#include "snapshot.h"

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <zstd.h>

#include <base/atomic_file.h>
#include <base/hash.h>
#include <base/sha256.h>

#include "archive_fields.h"
#include "tables.h"

namespace glacis::inventory {
namespace {

    constexpr std::string_view magic = "GLACIS\r\n";
    constexpr std::uint16_t formatMajor = 1;
    constexpr std::uint16_t formatMinor = 1;
    constexpr std::uint16_t leastReader = 1;
    constexpr std::uint64_t checksumSeed = 0x676C61636973ULL;
    constexpr std::size_t headerSize = 16;
    constexpr std::size_t entrySize = 32;
    constexpr std::uint16_t maxSections = 64;

    constexpr std::uint32_t sectionId(const char (&text)[5])
    {
        std::uint32_t id = 0;
        for (int i = 3; i >= 0; --i)
            id = id << 8 | static_cast<unsigned char>(text[i]);
        return id;
    }
    constexpr std::uint32_t stringsSection = sectionId("STRS");
    constexpr std::uint32_t objectsSection = sectionId("OBJS");
    constexpr std::uint32_t blobsSection = sectionId("BLOB");
    constexpr std::uint32_t metaSection = sectionId("META");
    constexpr std::uint32_t kubeconfigSection = sectionId("KCFG");

    constexpr std::uint64_t maxSectionBytes = 2ULL << 30; // of one section, decompressed
    constexpr std::uint64_t maxExpansion = 4096; // of one section: more is no cluster but a bomb
    constexpr std::uint32_t maxBlobBytes = 512U << 20;

    void put(std::string& out, std::uint64_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i)
            out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
    }

    std::uint64_t get(std::string_view in, std::size_t at, int bytes)
    {
        std::uint64_t value = 0;
        for (int i = 0; i < bytes; ++i)
            value |= static_cast<std::uint64_t>(
                         static_cast<unsigned char>(in[at + static_cast<std::size_t>(i)]))
                << (8 * i);
        return value;
    }

    std::string compress(std::string_view bytes)
    {
        std::string out(ZSTD_compressBound(bytes.size()), '\0');
        const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3);
        out.resize(ZSTD_isError(size) ? 0 : size);
        return out;
    }

    struct Section {
        std::uint32_t id = 0;
        bool compressed = false;
        std::uint64_t size = 0;
        std::string stored;
    };

    Section packed(std::uint32_t id, std::string_view bytes)
    {
        return { id, true, bytes.size(), compress(bytes) };
    }

    template <class A> void objectFields(A& a, Tables& tables)
    {
        a(tables.objects, tables.podSpecs);
        forEachTyped(tables, tables, [&](auto& items, auto&) { a(items); });
    }

    template <class A> void metaFields(A& a, Inventory& inventory)
    {
        a(inventory.source, inventory.credentialRules, inventory.files, inventory.observations,
            inventory.diagnostics);
        for (auto& kind : inventory.coverage.kinds)
            a(kind);
    }

    std::string stringTable(const std::vector<Str>& objects, const std::vector<Str>& meta)
    {
        ArchiveWriter out;
        std::string characters;
        for (const auto* table : { &objects, &meta }) {
            out.number(table->size());
            for (const Str s : *table) {
                out.number(s.size());
                characters += s.view();
            }
        }
        return out.bytes() + characters;
    }

    class SnapshotReader {
    public:
        SnapshotReader(std::string name, const StopToken& stop)
            : m_name(std::move(name))
            , m_stop(stop)
        {
        }

        Result<InventoryPtr> read()
        {
            std::ifstream file(
                std::filesystem::path(std::u8string(m_name.begin(), m_name.end())), std::ios::binary);
            if (!file)
                return failure(m_name + ": cannot be opened for reading");
            file.seekg(0, std::ios::end);
            m_fileSize = static_cast<std::uint64_t>(std::max<std::streamoff>(file.tellg(), 0));
            file.seekg(0);
            if (auto done = readHeader(file); !done)
                return tl::unexpected(done.error());
            for (const auto& entry : m_entries) {
                if (m_stop.stopRequested())
                    return failure("cancelled");
                if (auto done = readSection(file, entry); !done)
                    return tl::unexpected(done.error());
            }
            return build();
        }

    private:
        struct Entry {
            std::uint32_t id = 0;
            std::uint32_t coding = 0;
            std::uint64_t size = 0, stored = 0, checksum = 0;
        };

        [[nodiscard]] tl::unexpected<Error> damaged(const std::string& what) const
        {
            return failure(m_name + ": damaged snapshot: " + what);
        }

        Result<void> readHeader(std::ifstream& file)
        {
            std::string head(headerSize, '\0');
            file.read(head.data(), static_cast<std::streamsize>(head.size()));
            if (file.gcount() != static_cast<std::streamsize>(head.size()) || !head.starts_with(magic))
                return failure(m_name + ": is no Glacis snapshot");
            const auto major = get(head, 8, 2);
            const auto least = get(head, 12, 2);
            const auto count = get(head, 14, 2);
            if (major > formatMajor || least > formatMajor)
                return failure(m_name + ": was written by a newer Glacis (snapshot format "
                    + std::to_string(major) + ", this program reads up to " + std::to_string(formatMajor)
                    + ")");
            if (count > maxSections)
                return damaged("too many sections");
            std::string table(count * entrySize + 8, '\0');
            file.read(table.data(), static_cast<std::streamsize>(table.size()));
            if (file.gcount() != static_cast<std::streamsize>(table.size()))
                return damaged("it ends within its table of sections");
            const std::string_view entries = std::string_view(table).substr(0, count * entrySize);
            if (get(table, count * entrySize, 8) != hash64(head + std::string(entries), checksumSeed))
                return damaged("the checksum of its header is wrong");
            std::uint64_t total = headerSize + table.size();
            for (std::size_t at = 0; at < entries.size(); at += entrySize) {
                Entry entry { static_cast<std::uint32_t>(get(entries, at, 4)),
                    static_cast<std::uint32_t>(get(entries, at + 4, 4)), get(entries, at + 8, 8),
                    get(entries, at + 16, 8), get(entries, at + 24, 8) };
                if (entry.stored > m_fileSize || total + entry.stored > m_fileSize)
                    return damaged("it is cut off: " + std::to_string(total + entry.stored)
                        + " bytes expected, " + std::to_string(m_fileSize) + " found");
                if (entry.size > maxSectionBytes
                    || (entry.coding == 1 && entry.size > (entry.stored + 64) * maxExpansion)
                    || (entry.coding == 0 && entry.size != entry.stored) || entry.coding > 1)
                    return damaged("a section states an impossible size");
                total += entry.stored;
                m_entries.push_back(entry);
            }
            return {};
        }

        Result<void> readSection(std::ifstream& file, const Entry& entry)
        {
            std::string stored(static_cast<std::size_t>(entry.stored), '\0');
            file.read(stored.data(), static_cast<std::streamsize>(stored.size()));
            if (file.gcount() != static_cast<std::streamsize>(stored.size()))
                return damaged("it ends within a section");
            if (hash64(stored, checksumSeed) != entry.checksum)
                return damaged("the checksum of a section is wrong");
            std::string* target = entry.id == stringsSection ? &m_strings
                : entry.id == objectsSection                 ? &m_objects
                : entry.id == blobsSection                   ? &m_blobs
                : entry.id == metaSection                    ? &m_meta
                : entry.id == kubeconfigSection              ? &m_kubeconfig
                                                             : nullptr;
            if (!target)
                return {}; // of a later minor version
            if (entry.coding == 0) {
                *target = std::move(stored);
                return {};
            }
            target->resize(static_cast<std::size_t>(entry.size));
            const std::size_t size
                = ZSTD_decompress(target->data(), target->size(), stored.data(), stored.size());
            return ZSTD_isError(size) || size != entry.size ? damaged("a section cannot be decompressed")
                                                            : Result<void>();
        }

        Result<InventoryPtr> build()
        {
            auto inventory = std::make_shared<Inventory>();
            inventory->strings = std::make_shared<StringPool>();
            std::vector<Str> objectStrings;
            std::vector<Str> metaStrings;
            if (!readStrings(*inventory->strings, objectStrings, metaStrings))
                return damaged("its string table does not fit");
            ArchiveReader objects(m_objects, objectStrings);
            objectFields(objects, *inventory);
            ArchiveReader meta(m_meta, metaStrings);
            metaFields(meta, *inventory);
            const std::vector<Str> none;
            ArchiveReader kubeconfig(m_kubeconfig, none);
            if (!m_kubeconfig.empty())
                kubeconfig(inventory->observations.kubeconfig);
            if (!objects.ok() || !objects.atEnd() || !meta.ok() || !kubeconfig.ok())
                return damaged("its objects do not fit their description");
            if (!readBlobs(*inventory) || !consistent(*inventory))
                return damaged("its parts do not fit together");
            inventory->finish();
            return inventory;
        }

        bool readStrings(StringPool& pool, std::vector<Str>& objects, std::vector<Str>& meta)
        {
            const std::vector<Str> none;
            ArchiveReader in(m_strings, none);
            std::vector<std::uint64_t> sizes;
            std::uint64_t total = 0;
            std::array<std::size_t, 2> counts {};
            for (auto& count : counts) {
                const std::uint64_t n = in.number();
                if (n > m_strings.size())
                    return false;
                count = static_cast<std::size_t>(n);
                for (std::uint64_t i = 0; i < n && in.ok(); ++i) {
                    sizes.push_back(in.number());
                    if (sizes.back() > m_strings.size())
                        return false;
                    total += sizes.back();
                }
            }
            if (!in.ok() || total > m_strings.size())
                return false;
            std::size_t at = m_strings.size() - static_cast<std::size_t>(total);
            for (std::size_t i = 0; i < sizes.size(); ++i) {
                const auto size = static_cast<std::size_t>(sizes[i]);
                (i < counts[0] ? objects : meta)
                    .push_back(pool.intern(std::string_view(m_strings).substr(at, size)));
                at += size;
            }
            return true;
        }

        bool readBlobs(Inventory& inventory)
        {
            const std::vector<Str> none;
            ArchiveReader in(m_blobs, none);
            const std::uint64_t count = in.number();
            if (count > m_blobs.size())
                return false;
            std::uint64_t total = 0;
            std::vector<std::uint64_t> stored;
            for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
                Blob blob;
                const std::uint64_t size = in.number();
                stored.push_back(in.number());
                if (size > maxBlobBytes || stored.back() > m_blobs.size())
                    return false;
                blob.size = static_cast<std::uint32_t>(size);
                total += stored.back();
                inventory.blobs.push_back(std::move(blob));
            }
            if (!in.ok() || total > m_blobs.size())
                return false;
            std::size_t at = m_blobs.size() - static_cast<std::size_t>(total);
            for (std::size_t i = 0; i < stored.size(); ++i) {
                auto& blob = inventory.blobs[i];
                blob.compressed = m_blobs.substr(at, static_cast<std::size_t>(stored[i]));
                at += blob.compressed.size();
                if (ZSTD_getFrameContentSize(blob.compressed.data(), blob.compressed.size()) != blob.size)
                    return false;
            }
            return true;
        }

        // Every index must point at something before anybody follows it.
        static bool consistent(Inventory& inventory)
        {
            std::vector<std::uint32_t> uses(inventory.objects.size(), 0);
            bool good = true;
            forEachTyped(inventory, inventory, [&](auto& items, auto&) {
                for (std::uint32_t i = 0; i < items.size(); ++i) {
                    auto& item = items[i];
                    good = good && item.id.value < inventory.objects.size()
                        && inventory.objects[item.id.value].typed == i;
                    if (good)
                        ++uses[item.id.value];
                    if constexpr (requires { item.spec; })
                        good = good && (item.spec == UINT32_MAX || item.spec < inventory.podSpecs.size());
                }
            });
            for (std::size_t i = 0; i < inventory.objects.size() && good; ++i) {
                const Object& object = inventory.objects[i];
                const bool typed = object.kind != Kind::Other;
                good = uses[i] == (typed ? 1U : 0U) && object.file < inventory.files.size()
                    && object.blob < inventory.blobs.size()
                    && object.blobOffset < inventory.blobs[object.blob].size
                    && inTheRightTable(inventory, object);
            }
            return good;
        }

        // The typed entry of an object must stand in the table of its kind, or a cast by kind would go wrong.
        static bool inTheRightTable(const Inventory& inventory, const Object& object)
        {
            const auto points = [&](const auto& items) {
                return object.typed < items.size()
                    && &inventory.objects[items[object.typed].id.value] == &object;
            };
            switch (object.kind) {
            case Kind::Namespace:
                return points(inventory.namespaces);
            case Kind::Node:
                return points(inventory.nodes);
            case Kind::Service:
                return points(inventory.services);
            case Kind::Endpoints:
            case Kind::EndpointSlice:
                return points(inventory.endpoints);
            case Kind::Ingress:
                return points(inventory.ingresses);
            case Kind::IngressClass:
                return points(inventory.ingressClasses);
            case Kind::Gateway:
                return points(inventory.gateways);
            case Kind::HttpRoute:
                return points(inventory.routes);
            case Kind::NetworkPolicy:
            case Kind::CiliumNetworkPolicy:
            case Kind::CiliumClusterwideNetworkPolicy:
            case Kind::CalicoNetworkPolicy:
            case Kind::CalicoGlobalNetworkPolicy:
                return points(inventory.networkPolicies);
            case Kind::ServiceAccount:
                return points(inventory.serviceAccounts);
            case Kind::Role:
            case Kind::ClusterRole:
                return points(inventory.roles);
            case Kind::RoleBinding:
            case Kind::ClusterRoleBinding:
                return points(inventory.bindings);
            case Kind::ConfigMap:
                return points(inventory.configMaps);
            case Kind::Secret:
                return points(inventory.secrets);
            case Kind::PersistentVolume:
                return points(inventory.persistentVolumes);
            case Kind::PersistentVolumeClaim:
                return points(inventory.persistentVolumeClaims);
            case Kind::ValidatingWebhookConfiguration:
            case Kind::MutatingWebhookConfiguration:
                return points(inventory.webhooks);
            case Kind::ValidatingAdmissionPolicy:
                return points(inventory.admissionPolicies);
            case Kind::ValidatingAdmissionPolicyBinding:
                return points(inventory.admissionPolicyBindings);
            case Kind::Other:
                return true;
            default:
                return points(inventory.workloads) && inventory.workloads[object.typed].kind == object.kind;
            }
        }

        std::string m_name;
        const StopToken& m_stop;
        std::uint64_t m_fileSize = 0;
        std::vector<Entry> m_entries;
        std::string m_strings, m_objects, m_blobs, m_meta, m_kubeconfig;
    };

} // namespace

namespace {
    struct SnapshotParts {
        std::string head;
        std::vector<Section> sections;
    };

    SnapshotParts partsOf(const Inventory& inventory);
}

Result<void> writeSnapshot(const Inventory& inventory, const std::string& file)
{
    const SnapshotParts snapshot = partsOf(inventory);
    std::vector<std::string_view> parts { snapshot.head };
    for (const auto& section : snapshot.sections)
        parts.emplace_back(section.stored);
    return writeFileAtomically(file, parts, FileMode::OwnerOnly);
}

std::string snapshotHash(const Inventory& inventory)
{
    SnapshotParts snapshot = partsOf(inventory);
    std::string bytes = std::move(snapshot.head);
    for (const auto& section : snapshot.sections)
        bytes += section.stored;
    return sha256Hex(bytes);
}

namespace {
    SnapshotParts partsOf(const Inventory& inventory)
    {
        // The archive's functions serve reading too and so take references that they could change; writing
        // changes nothing.
        auto& source = const_cast<Inventory&>(inventory);
        ArchiveWriter objects;
        objectFields(objects, source);
        ArchiveWriter meta;
        metaFields(meta, source);
        ArchiveWriter blobHead;
        blobHead.number(inventory.blobs.size());
        for (const auto& blob : inventory.blobs) {
            blobHead.number(blob.size);
            blobHead.number(blob.compressed.size());
        }
        Section blobs { blobsSection, false, 0, blobHead.bytes() };
        for (const auto& blob : inventory.blobs)
            blobs.stored += blob.compressed;
        blobs.size = blobs.stored.size();

        std::vector<Section> sections;
        sections.push_back(packed(stringsSection, stringTable(objects.strings(), meta.strings())));
        sections.push_back(packed(objectsSection, objects.bytes()));
        sections.push_back(std::move(blobs));
        sections.push_back(packed(metaSection, meta.bytes()));
        auto& kubeconfig = source.observations.kubeconfig;
        if (!kubeconfig.empty()) {
            ArchiveWriter facts;
            facts(kubeconfig);
            sections.push_back(packed(kubeconfigSection, facts.bytes()));
        }

        std::string head(magic);
        put(head, formatMajor, 2);
        put(head, kubeconfig.empty() ? 0 : formatMinor, 2); // the same inventory, the same bytes as ever
        put(head, leastReader, 2);
        put(head, sections.size(), 2);
        for (const auto& section : sections) {
            put(head, section.id, 4);
            put(head, section.compressed ? 1 : 0, 4);
            put(head, section.size, 8);
            put(head, section.stored.size(), 8);
            put(head, hash64(section.stored, checksumSeed), 8);
        }
        put(head, hash64(head, checksumSeed), 8);
        return { std::move(head), std::move(sections) };
    }
}

Result<InventoryPtr> readSnapshot(const std::string& file, const StopToken& stop)
{
    return SnapshotReader(file, stop).read();
}

} // namespace glacis::inventory
