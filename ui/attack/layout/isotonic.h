// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Isotonic regression: the rising sequence nearest to given values. Pool adjacent violators (Ayer and others,
// 1955), linear. It puts boxes of a column as near as can be to where each wants to be, in a fixed order.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace glacis::layout {

/// Keeps its memory from call to call.
class Isotonic {
public:
    /// Least sum of weight × (result − value)², with result[i] ≤ result[i + 1]; into `value`. Weights > 0.
    void fit(std::span<double> value, std::span<const double> weight)
    {
        m_pools.clear();
        for (std::size_t i = 0; i < value.size(); ++i) {
            Pool pool { value[i], weight[i], 1 };
            while (!m_pools.empty() && m_pools.back().mean >= pool.mean) {
                const Pool& before = m_pools.back();
                const double sum = before.weight + pool.weight;
                pool.mean = (before.mean * before.weight + pool.mean * pool.weight) / sum;
                pool.weight = sum;
                pool.count += before.count;
                m_pools.pop_back();
            }
            m_pools.push_back(pool);
        }
        std::size_t at = 0;
        for (const Pool& pool : m_pools)
            for (std::size_t k = 0; k < pool.count; ++k)
                value[at++] = pool.mean;
    }

private:
    struct Pool {
        double mean, weight;
        std::size_t count;
    };
    std::vector<Pool> m_pools;
};

} // namespace glacis::layout
