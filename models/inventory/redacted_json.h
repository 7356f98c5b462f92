// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The redacted JSON of objects: minified text and, for each of its values in order, the line of the source.
// Packed into blocks of about 256 KiB that are compressed with zstd. Layout of one object in a block (little
// endian):
//
//     u32 size of json · u32 size of lines · json · lines (zigzag varint deltas, one per value, the first
//     absolute)
//
// Internal to inventory/.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <credentials/classify.h>
#include <inventory/decode.h>

struct ZSTD_CCtx_s;

namespace glacis::inventory {

struct JsonRange {
    std::uint32_t begin = 0, end = 0; ///< nodes whose text is known to be clean
};

class BlobWriter {
public:
    explicit BlobWriter(const credentials::Rules& rules);
    ~BlobWriter();
    BlobWriter(const BlobWriter&) = delete;
    BlobWriter& operator=(const BlobWriter&) = delete;

    /// Starts a new series of blocks.
    void begin(std::vector<Blob>& out);
    struct Position {
        std::uint32_t blob = 0, offset = 0;
    };
    /// redactions: by node, ascending. clean: strings there need no look for credentials. guessNames: judge
    /// literals by the name of their key too (custom resources).
    Position append(const Tree& tree, std::uint32_t root, std::span<const Redaction> redactions,
        JsonRange clean, bool guessNames);
    void end();

private:
    void flush();
    void writeString(std::string_view text, bool clean);
    void writeKey(std::string_view key);

    /// Keys that are known to be clean and to need no escape, each as it is written: few of them stand in
    /// most objects. A key has one place; another that belongs there takes it.
    struct KnownKey {
        static constexpr std::size_t longest = 29;
        std::uint8_t size = 0; ///< of `text`; 0: none
        char text[longest + 3] {}; ///< with its quotes and the colon
    };
    std::array<KnownKey, 1024> m_keys {};

    const credentials::Rules& m_rules;
    std::vector<Blob>* m_out = nullptr;
    std::string m_block;
    std::string m_lines;
    ZSTD_CCtx_s* m_context;
};

/// The json and the lines of the object at `offset` in a decompressed block; empty when out of range.
struct BlobItem {
    std::string_view json, lines;
};
[[nodiscard]] BlobItem blobItem(std::string_view block, std::uint32_t offset);
/// Decompresses a block; empty when damaged.
[[nodiscard]] std::string decompressBlob(const Blob& blob);
/// Line numbers of the values in order.
[[nodiscard]] std::vector<std::uint32_t> unpackLines(std::string_view lines);

} // namespace glacis::inventory
