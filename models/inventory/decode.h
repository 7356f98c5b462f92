// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tree → typed objects. One Decoder per worker; several work at once and share a string pool and a cache of
// pod specs. Credential literals are classified and dropped here: what leaves a Decoder holds no secret
// value, neither in its typed fields nor in the redacted JSON.
//
//     Decoder decoder(shared);
//     Batch batch = decoder.decode(tree, roots, origin);   // of one piece of a file
//
// Internal to inventory/: importer and tests.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <base/hash.h>
#include <base/str.h>
#include <credentials/classify.h>
#include <inventory/inventory.h>
#include <inventory/tree.h>

namespace glacis::inventory {

/// Replaces or leaves out a node when the redacted JSON is written.
struct Redaction {
    std::uint32_t node = 0; ///< in the tree (relative to the spec's root in a SpecEntry)
    bool drop = false; ///< leave key and value out
    std::string text; ///< else: the string that stands there instead
};

/// A pod spec decoded once for all objects that hold an equal one.
struct SpecEntry {
    PodSpec
        spec; ///< reuseGroup of its literals is an index + 1 into literalHashes until the import is merged
    std::vector<std::uint64_t>
        literalHashes; ///< keyed with processSeed(); forgotten when the import is merged
    std::vector<Redaction> redactions;
    std::vector<BadField> badFields; ///< paths below the spec
};

/// Equal specs are recognised by a seeded 128-bit hash of their structure. Thread-safe.
class SpecCache {
public:
    [[nodiscard]] std::shared_ptr<const SpecEntry> find(Hash128 key) const;
    /// Keeps the first of two entries with one key and returns it.
    std::shared_ptr<const SpecEntry> insert(Hash128 key, std::shared_ptr<const SpecEntry> entry);

private:
    mutable std::mutex m_mutex;
    std::unordered_map<Hash128, std::shared_ptr<const SpecEntry>, Hash128Hasher> m_entries;
};

struct DecodeShared {
    StringPool& strings;
    const credentials::Rules& rules;
    SpecCache specs;
};

/// Where the documents of a piece come from.
struct Origin {
    std::uint32_t file = 0;
    std::string_view fileName;
    std::string listApiVersion,
        listKind; ///< of the enclosing list, for items without their own kind: "v1", "PodList"
};

/// Something that is no object, or only partly one; the importer numbers documents and makes diagnostics of
/// it.
struct Remark {
    Diagnostic::Level level = Diagnostic::Level::Info;
    std::uint32_t line = 0;
    std::uint32_t document = 0; ///< relative to the batch, 1-based
    std::string object;
    std::string message;
};

/// Kept of one level from one batch: a list of a million numbers is not worth a million remarks.
inline constexpr std::uint32_t mostRemarks = 1000;

struct Batch {
    Tables tables; ///< Workload::spec indexes `specs`; Object::document is relative to the batch
    std::vector<std::shared_ptr<const SpecEntry>> specs;
    std::vector<Blob> blobs;
    std::vector<Remark> remarks;
    std::array<std::uint32_t, 3> remarksOf {}; ///< by level, those above mostRemarks too, which are not kept
    std::bitset<KindCount> emptyLists; ///< typed lists that were seen without items: the kind counts as read
    std::uint32_t documents = 0; ///< items of lists counted one by one
    std::vector<std::uint32_t> brokenDocuments; ///< numbers of the documents that could not be read
    bool needsListKind = false; ///< an item had no kind and the enclosing list's is not known yet
};

class Decoder {
public:
    explicit Decoder(DecodeShared& shared);
    ~Decoder();
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// Decodes the documents at `roots`. itemsOfList: each root is an item, or (YAML) an array of items.
    /// brokenBefore: for each document that could not be read, how many roots came before it; it gets a
    /// number of its own (Batch::brokenDocuments), so that the numbers of those after it are right.
    [[nodiscard]] Batch decode(const Tree& tree, const std::vector<std::uint32_t>& roots, bool itemsOfList,
        const Origin& origin, std::span<const std::uint32_t> brokenBefore);

private:
    class Session;
    DecodeShared& m_shared;
    struct Buffers;
    std::unique_ptr<Buffers> m_buffers;
};

/// Marks owned by the security relevant part of a spec: two specs with the same shape differ at most in what
/// admission adds (token volumes, tolerations, pull secrets, resource defaults).
[[nodiscard]] std::uint64_t securityShape(const PodSpec& spec);

} // namespace glacis::inventory
