// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Str: an interned, immutable UTF-8 string of 8 bytes. Equality is by content (pointers first, then the
// stored hash), order is bytewise. A Str is valid while its StringPool lives; an Inventory owns the pool of
// its strings.
//
//     Str kind = pool.intern("Pod");
//     if (kind == "Pod") ...
//
// Not for: text that is built once and printed once (use std::string).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace glacis {

class Str {
public:
    constexpr Str() = default;

    [[nodiscard]] std::string_view view() const
    {
        return m_entry ? std::string_view(reinterpret_cast<const char*>(m_entry + 1), m_entry->size)
                       : std::string_view();
    }
    [[nodiscard]] std::string str() const { return std::string(view()); }
    [[nodiscard]] bool empty() const { return !m_entry; }
    [[nodiscard]] std::size_t size() const { return m_entry ? m_entry->size : 0; }
    [[nodiscard]] std::size_t hash() const { return m_entry ? m_entry->hash : 0; }
    operator std::string_view() const { return view(); } // NOLINT(google-explicit-constructor): reads as text

    friend bool operator==(Str a, Str b)
    {
        if (a.m_entry == b.m_entry)
            return true;
        return a.m_entry && b.m_entry && a.m_entry->hash == b.m_entry->hash && a.view() == b.view();
    }
    friend bool operator==(Str a, std::string_view b) { return a.view() == b; }
    friend bool operator==(Str a, const char* b) { return a.view() == b; }
    friend bool operator<(Str a, Str b) { return a.m_entry != b.m_entry && a.view() < b.view(); }

private:
    friend class StringPool;
    struct Entry { // followed by the characters
        std::uint32_t size;
        std::uint32_t hash;
    };
    explicit Str(const Entry* entry)
        : m_entry(entry)
    {
    }
    const Entry* m_entry = nullptr;
};

/// Owns the characters of Str values. intern() may be called from several threads at once.
class StringPool {
public:
    StringPool();
    ~StringPool();
    StringPool(const StringPool&) = delete;
    StringPool& operator=(const StringPool&) = delete;

    /// The one Str of this content; the empty string is the default Str. Strings above 4 GiB are cut.
    [[nodiscard]] Str intern(std::string_view text);
    /// Bytes held for characters and tables.
    [[nodiscard]] std::size_t memory() const;

private:
    struct Shard;
    std::unique_ptr<Shard[]> m_shards;
};

} // namespace glacis

template <> struct std::hash<glacis::Str> {
    std::size_t operator()(glacis::Str s) const noexcept { return s.hash(); }
};
