// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A fixed sequence of pseudo random numbers for each seed: figures of two runs compare only when the input is
// the same.
#pragma once

#include <cstdint>
#include <string>

namespace glacis::bench {

class Numbers {
public:
    explicit Numbers(std::uint64_t seed)
        : m_state(seed)
    {
    }
    std::uint64_t next()
    {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return m_state >> 33;
    }
    int below(int limit) { return static_cast<int>(next() % static_cast<std::uint64_t>(limit)); }
    std::string hex(std::size_t digits)
    {
        static constexpr char alphabet[] = "0123456789abcdef";
        std::string text;
        while (text.size() < digits)
            text += alphabet[next() & 15];
        return text;
    }
    std::string uid() { return hex(8) + '-' + hex(4) + '-' + hex(4) + '-' + hex(4) + '-' + hex(12); }

private:
    std::uint64_t m_state;
};

} // namespace glacis::bench
