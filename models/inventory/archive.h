// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Binary form of the typed objects for the snapshot. One fields() function for each struct serves writing and
// reading, so that the two cannot differ:
//
//     template <class A> void fields(A& a, Taint& t) { a(t.key, t.value, t.effect); }
//
// Numbers are varints, strings are numbers of a string table in order of first use, vectors begin with their
// count. A new field goes to the end of its struct behind a check of the format's minor version. Internal to
// inventory/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include <base/str.h>

namespace glacis::inventory {

/// The last value of an enumeration: a larger number in a file is damage.
template <class T> struct LastOf;

class ArchiveWriter {
public:
    static constexpr bool reading = false;

    template <class... T> void operator()(T&... values) { (value(values), ...); }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }
    [[nodiscard]] const std::vector<Str>& strings() const { return m_strings; }
    void number(std::uint64_t n)
    {
        while (n >= 0x80) {
            m_bytes.push_back(static_cast<char>(n | 0x80));
            n >>= 7;
        }
        m_bytes.push_back(static_cast<char>(n));
    }

private:
    template <class T> void value(T& v)
    {
        if constexpr (std::is_same_v<T, Str>)
            string(v);
        else if constexpr (std::is_same_v<T, std::string>)
            text(v);
        else if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>)
            number(static_cast<std::uint64_t>(v));
        else if constexpr (std::is_integral_v<T>)
            number(std::is_signed_v<T> ? zigzag(v) : static_cast<std::uint64_t>(v));
        else
            fields(*this, v);
    }
    template <class T> void value(std::vector<T>& v)
    {
        number(v.size());
        for (auto& item : v)
            value(item);
    }
    template <class T> void value(std::optional<T>& v)
    {
        number(v ? 1 : 0);
        if (v)
            value(*v);
    }
    void string(Str s)
    {
        const auto [found, fresh] = m_numbers.try_emplace(s, m_strings.size());
        if (fresh)
            m_strings.push_back(s);
        number(found->second);
    }
    void text(const std::string& s)
    {
        number(s.size());
        m_bytes += s;
    }
    static std::uint64_t zigzag(std::int64_t v) { return static_cast<std::uint64_t>((v << 1) ^ (v >> 63)); }

    std::string m_bytes;
    std::vector<Str> m_strings;
    std::unordered_map<Str, std::size_t> m_numbers;
};

/// Reads what ArchiveWriter wrote; on damaged input everything after is zero or empty and ok() is false.
class ArchiveReader {
public:
    static constexpr bool reading = true;

    ArchiveReader(std::string_view bytes, const std::vector<Str>& strings)
        : m_bytes(bytes)
        , m_strings(strings)
    {
    }
    template <class... T> void operator()(T&... values) { (value(values), ...); }
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }
    [[nodiscard]] std::uint64_t number()
    {
        std::uint64_t n = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_at >= m_bytes.size())
                break;
            const auto byte = static_cast<unsigned char>(m_bytes[m_at++]);
            n |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (!(byte & 0x80U))
                return n;
        }
        m_ok = false;
        m_at = m_bytes.size();
        return 0;
    }

private:
    template <class T> void value(T& v)
    {
        if constexpr (std::is_same_v<T, Str>)
            string(v);
        else if constexpr (std::is_same_v<T, std::string>)
            text(v);
        else if constexpr (std::is_same_v<T, bool>)
            v = number() != 0;
        else if constexpr (std::is_enum_v<T>)
            enumeration(v);
        else if constexpr (std::is_integral_v<T>)
            integer(v);
        else
            fields(*this, v);
    }
    template <class T> void value(std::vector<T>& v)
    {
        const std::uint64_t count = number();
        if (count > m_bytes.size() - m_at) { // every item takes at least a byte
            m_ok = false;
            return;
        }
        v.reserve(static_cast<std::size_t>(count));
        for (std::uint64_t i = 0; i < count && m_ok; ++i)
            value(v.emplace_back());
    }
    template <class T> void value(std::optional<T>& v)
    {
        if (number() != 0)
            value(v.emplace());
    }
    void string(Str& s)
    {
        const std::uint64_t n = number();
        if (n < m_strings.size())
            s = m_strings[static_cast<std::size_t>(n)];
        else
            m_ok = false;
    }
    void text(std::string& s)
    {
        const std::uint64_t size = number();
        if (size > m_bytes.size() - m_at) {
            m_ok = false;
            return;
        }
        s.assign(m_bytes.substr(m_at, static_cast<std::size_t>(size)));
        m_at += static_cast<std::size_t>(size);
    }
    template <class T> void enumeration(T& v)
    {
        const std::uint64_t n = number();
        if (n > static_cast<std::uint64_t>(LastOf<T>::value))
            m_ok = false;
        else
            v = static_cast<T>(n);
    }
    template <class T> void integer(T& v)
    {
        const std::uint64_t n = number();
        if constexpr (std::is_signed_v<T>) {
            const std::int64_t decoded
                = static_cast<std::int64_t>(n >> 1) ^ -static_cast<std::int64_t>(n & 1);
            v = static_cast<T>(decoded);
            m_ok = m_ok && static_cast<std::int64_t>(v) == decoded;
        } else {
            v = static_cast<T>(n);
            m_ok = m_ok && static_cast<std::uint64_t>(v) == n;
        }
    }

    std::string_view m_bytes;
    const std::vector<Str>& m_strings;
    std::size_t m_at = 0;
    bool m_ok = true;
};

} // namespace glacis::inventory
