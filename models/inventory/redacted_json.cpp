// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "redacted_json.h"

#include <cstring>

#include <zstd.h>

#include <base/json_writer.h>

namespace glacis::inventory {
namespace {

    constexpr std::size_t blockTarget = 256ULL * 1024;
    constexpr std::size_t maxBlock = 1ULL
        << 30; // a document is capped at 256 MiB of source; damaged sizes end here
    constexpr int compressionLevel = 1; // a quarter larger than 3, in half the time

    void appendVarint(std::string& out, std::int64_t delta)
    {
        auto value = static_cast<std::uint64_t>((delta << 1) ^ (delta >> 63));
        while (value >= 0x80) {
            out.push_back(static_cast<char>(value | 0x80));
            value >>= 7;
        }
        out.push_back(static_cast<char>(value));
    }

    void putSize(std::string& out, std::size_t at, std::size_t size)
    {
        const auto value = static_cast<std::uint32_t>(size);
        for (std::size_t i = 0; i < 4; ++i)
            out[at + i] = static_cast<char>(value >> (8 * i) & 0xFF);
    }

    std::uint32_t getSize(std::string_view in, std::size_t at)
    {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value |= static_cast<std::uint32_t>(static_cast<unsigned char>(in[at + i])) << (8 * i);
        return value;
    }

} // namespace

BlobWriter::BlobWriter(const credentials::Rules& rules)
    : m_rules(rules)
    , m_context(ZSTD_createCCtx())
{
    ZSTD_CCtx_setParameter(m_context, ZSTD_c_compressionLevel, compressionLevel);
    ZSTD_CCtx_setParameter(m_context, ZSTD_c_checksumFlag, 1);
}

BlobWriter::~BlobWriter() { ZSTD_freeCCtx(m_context); }

void BlobWriter::begin(std::vector<Blob>& out)
{
    m_out = &out;
    m_block.clear();
}

void BlobWriter::writeString(std::string_view text, bool clean)
{
    if (!clean && credentials::mayHoldCredential(text))
        appendJsonString(m_block, credentials::redactText(text, m_rules));
    else
        appendJsonString(m_block, text);
}

void BlobWriter::writeKey(std::string_view key)
{
    if (key.empty() || key.size() > KnownKey::longest) {
        writeString(key, false);
        m_block.push_back(':');
        return;
    }
    const auto byte = [key](std::size_t i) { return std::size_t { static_cast<unsigned char>(key[i]) }; };
    const std::size_t place
        = key.size() + byte(0) * 3 + byte(key.size() / 2) * 17 + byte(key.size() - 1) * 61;
    KnownKey& known = m_keys[place % m_keys.size()];
    if (known.size == key.size() + 3 && std::memcmp(known.text + 1, key.data(), key.size()) == 0) {
        m_block.append(known.text, known.size);
        return;
    }
    const std::size_t begin = m_block.size();
    writeString(key, false);
    m_block.push_back(':');
    if (m_block.size() - begin == key.size() + 3 && m_block.compare(begin + 1, key.size(), key) == 0) {
        known.size = static_cast<std::uint8_t>(key.size() + 3);
        std::memcpy(known.text, m_block.data() + begin, known.size);
    }
}

BlobWriter::Position BlobWriter::append(const Tree& tree, std::uint32_t root,
    std::span<const Redaction> redactions, JsonRange clean, bool guessNames)
{
    const Position position { static_cast<std::uint32_t>(m_out->size()),
        static_cast<std::uint32_t>(m_block.size()) };
    const std::size_t header = m_block.size();
    m_block.append(8, '\0');
    m_lines.clear();

    struct Level {
        std::uint32_t end;
        bool array;
        bool hasItems;
    };
    std::vector<Level> levels;
    auto redaction = redactions.begin();
    std::int64_t lastLine = 0;
    const std::uint32_t end = tree[root].end;
    for (std::uint32_t i = root; i < end || !levels.empty();) {
        while (!levels.empty() && i >= levels.back().end) {
            m_block.push_back(levels.back().array ? ']' : '}');
            levels.pop_back();
        }
        if (i >= end)
            break;
        const TreeNode& node = tree[i];
        while (redaction != redactions.end() && redaction->node < i)
            ++redaction;
        const bool redacted = redaction != redactions.end() && redaction->node == i;
        if (redacted && redaction->drop) {
            i = node.end;
            continue;
        }
        if (!levels.empty()) {
            if (levels.back().hasItems)
                m_block.push_back(',');
            levels.back().hasItems = true;
            if (!levels.back().array) {
                writeKey(node.key);
            }
        }
        appendVarint(m_lines, static_cast<std::int64_t>(node.line) - lastLine);
        lastLine = node.line;
        if (redacted) {
            appendJsonString(m_block, redaction->text);
            i = node.end;
            continue;
        }
        switch (node.type) {
        case NodeType::Null:
            m_block.append("null");
            break;
        case NodeType::Bool:
        case NodeType::Integer:
        case NodeType::Float:
            if (guessNames && node.type != NodeType::Bool && credentials::isStrongName(node.key, m_rules)
                && credentials::classify(node.key, node.text, credentials::Place::Other, m_rules)
                       .isCredential())
                appendJsonString(m_block, credentials::redactedMark);
            else
                m_block.append(node.text);
            break;
        case NodeType::String:
            if (guessNames && !node.key.empty() && credentials::isStrongName(node.key, m_rules)) {
                const auto judged
                    = credentials::classify(node.key, node.text, credentials::Place::Other, m_rules);
                if (judged.isCredential()) {
                    appendJsonString(m_block, judged.redacted);
                    break;
                }
            }
            writeString(node.text, i >= clean.begin && i < clean.end);
            break;
        case NodeType::Array:
        case NodeType::Object:
            m_block.push_back(node.type == NodeType::Array ? '[' : '{');
            levels.push_back({ node.end, node.type == NodeType::Array, false });
            break;
        }
        ++i;
    }
    putSize(m_block, header, m_block.size() - header - 8);
    putSize(m_block, header + 4, m_lines.size());
    m_block.append(m_lines);
    if (m_block.size() >= blockTarget)
        flush();
    return position;
}

void BlobWriter::flush()
{
    if (m_block.empty())
        return;
    Blob blob;
    blob.size = static_cast<std::uint32_t>(m_block.size());
    std::string buffer(ZSTD_compressBound(m_block.size()), '\0');
    const std::size_t size
        = ZSTD_compress2(m_context, buffer.data(), buffer.size(), m_block.data(), m_block.size());
    if (!ZSTD_isError(size))
        blob.compressed.assign(buffer, 0, size);
    m_out->push_back(std::move(blob));
    m_block.clear();
}

void BlobWriter::end()
{
    flush();
    m_out = nullptr;
}

BlobItem blobItem(std::string_view block, std::uint32_t offset)
{
    if (offset + std::uint64_t { 8 } > block.size())
        return {};
    const std::uint64_t json = getSize(block, offset);
    const std::uint64_t lines = getSize(block, offset + 4);
    if (offset + 8 + json + lines > block.size())
        return {};
    return { block.substr(offset + 8, json), block.substr(offset + 8 + json, lines) };
}

std::string decompressBlob(const Blob& blob)
{
    if (blob.size > maxBlock)
        return {};
    std::string block(blob.size, '\0');
    const std::size_t size
        = ZSTD_decompress(block.data(), block.size(), blob.compressed.data(), blob.compressed.size());
    return ZSTD_isError(size) || size != block.size() ? std::string() : block;
}

std::vector<std::uint32_t> unpackLines(std::string_view lines)
{
    std::vector<std::uint32_t> out;
    std::int64_t line = 0;
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (const char c : lines) {
        const auto byte = static_cast<unsigned char>(c);
        if (shift < 63)
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        shift += 7;
        if (byte & 0x80U)
            continue;
        line += static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
        out.push_back(static_cast<std::uint32_t>(line));
        value = 0;
        shift = 0;
    }
    return out;
}

} // namespace glacis::inventory
