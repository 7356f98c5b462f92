// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists of numbers, each content held once and named by a number of its own, in order of appearance. So that
// "same rules", "same peers" is one comparison, however long the lists are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_set>
#include <vector>

#include <base/hash.h>

namespace glacis::network {

class NumberLists {
public:
    using List = std::span<const std::uint32_t>;

    std::uint32_t intern(List list)
    {
        if (const auto found = m_ids.find(list); found != m_ids.end())
            return *found;
        const auto id = static_cast<std::uint32_t>(m_table->ends.size());
        m_table->numbers.insert(m_table->numbers.end(), list.begin(), list.end());
        m_table->ends.push_back(m_table->numbers.size());
        m_ids.insert(id);
        return id;
    }
    [[nodiscard]] List at(std::uint32_t id) const { return m_table->at(id); }
    [[nodiscard]] std::size_t size() const { return m_table->ends.size(); }
    [[nodiscard]] std::size_t memory() const
    {
        return m_table->numbers.capacity() * sizeof(std::uint32_t) + m_table->ends.capacity() * 40;
    }

private:
    struct Table {
        std::vector<std::uint32_t> numbers;
        std::vector<std::size_t> ends;
        [[nodiscard]] List at(std::uint32_t id) const
        {
            const std::size_t begin = id == 0 ? 0 : ends[id - 1];
            return List(numbers).subspan(begin, ends[id] - begin);
        }
    };
    struct Hash {
        using is_transparent = void;
        const Table* table;
        std::size_t operator()(List list) const
        {
            std::uint64_t hash = processSeed() + list.size();
            for (const std::uint32_t number : list)
                hash = mixHash(hash, number);
            return static_cast<std::size_t>(hash);
        }
        std::size_t operator()(std::uint32_t id) const { return (*this)(table->at(id)); }
    };
    struct Equal {
        using is_transparent = void;
        const Table* table;
        [[nodiscard]] List list(std::uint32_t id) const { return table->at(id); }
        [[nodiscard]] List list(List same) const { return same; }
        template <class A, class B> bool operator()(A a, B b) const
        {
            const List left = list(a);
            const List right = list(b);
            return std::equal(left.begin(), left.end(), right.begin(), right.end());
        }
    };
    // On the heap, so that the hash and the comparison keep their way to it when the object moves.
    std::unique_ptr<Table> m_table = std::make_unique<Table>();
    std::unordered_set<std::uint32_t, Hash, Equal> m_ids { 16, Hash { m_table.get() },
        Equal { m_table.get() } };
};

} // namespace glacis::network
