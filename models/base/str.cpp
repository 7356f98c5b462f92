// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "str.h"

#include <cstring>
#include <mutex>
#include <vector>

#include "hash.h"

namespace glacis {

// One shard: an open-addressing table of entries and the blocks that hold them. 64 shards keep threads apart.
struct alignas(64) StringPool::Shard {
    std::mutex mutex;
    std::vector<const Str::Entry*> table;
    std::size_t used = 0;
    std::vector<std::unique_ptr<char[]>> blocks;
    char* cursor = nullptr;
    std::size_t left = 0;
    std::size_t bytes = 0;

    static constexpr std::size_t blockSize = 16 * 1024;

    char* allocate(std::size_t size)
    {
        size = (size + alignof(Str::Entry) - 1) & ~(alignof(Str::Entry) - 1);
        if (size > left) {
            const std::size_t capacity = std::max(size, blockSize);
            blocks.push_back(std::make_unique<char[]>(capacity));
            bytes += capacity;
            if (capacity > blockSize) // a large string gets a block of its own; the current one stays in use
                return blocks.back().get();
            cursor = blocks.back().get();
            left = capacity;
        }
        char* place = cursor;
        cursor += size;
        left -= size;
        return place;
    }

    void grow()
    {
        const std::size_t capacity = table.empty() ? 64 : table.size() * 2;
        std::vector<const Str::Entry*> larger(capacity, nullptr);
        for (const auto* entry : table) {
            if (!entry)
                continue;
            std::size_t slot = (entry->hash >> shardBits) & (capacity - 1);
            while (larger[slot])
                slot = (slot + 1) & (capacity - 1);
            larger[slot] = entry;
        }
        table.swap(larger);
    }

    static constexpr unsigned shardBits = 6;
};

namespace {
    constexpr std::size_t shardCount = 64;
}

StringPool::StringPool()
    : m_shards(std::make_unique<Shard[]>(shardCount))
{
}

StringPool::~StringPool() = default;

Str StringPool::intern(std::string_view text)
{
    if (text.empty())
        return {};
    text = text.substr(0, UINT32_MAX);
    const auto hash = static_cast<std::uint32_t>(hash64(text, processSeed()) >> 32);
    Shard& shard = m_shards[hash & (shardCount - 1)];
    const std::lock_guard lock(shard.mutex);
    if (shard.used * 4 >= shard.table.size() * 3)
        shard.grow();
    const std::size_t mask = shard.table.size() - 1;
    std::size_t slot = (hash >> Shard::shardBits) & mask;
    while (const auto* entry = shard.table[slot]) {
        if (entry->hash == hash && Str(entry).view() == text)
            return Str(entry);
        slot = (slot + 1) & mask;
    }
    char* place = shard.allocate(sizeof(Str::Entry) + text.size());
    auto* entry = new (place) Str::Entry { static_cast<std::uint32_t>(text.size()), hash };
    std::memcpy(place + sizeof(Str::Entry), text.data(), text.size());
    shard.table[slot] = entry;
    ++shard.used;
    return Str(entry);
}

std::size_t StringPool::memory() const
{
    std::size_t total = sizeof(Shard) * shardCount;
    for (std::size_t i = 0; i < shardCount; ++i) {
        const std::lock_guard lock(m_shards[i].mutex);
        total += m_shards[i].bytes + m_shards[i].table.size() * sizeof(void*);
    }
    return total;
}

} // namespace glacis
