// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cooperative cancellation (Apple's library has no std::stop_token). A StopSource is held by who may cancel,
// its tokens by the work; a default token never stops. Long loops ask at least every few milliseconds.
#pragma once

#include <atomic>
#include <memory>

namespace glacis {

class StopToken {
public:
    StopToken() = default;
    [[nodiscard]] bool stopRequested() const { return m_flag && m_flag->load(std::memory_order_relaxed); }

private:
    friend class StopSource;
    explicit StopToken(std::shared_ptr<const std::atomic<bool>> flag)
        : m_flag(std::move(flag))
    {
    }
    std::shared_ptr<const std::atomic<bool>> m_flag;
};

class StopSource {
public:
    [[nodiscard]] StopToken token() const { return StopToken(m_flag); }
    void requestStop() { m_flag->store(true, std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic<bool>> m_flag = std::make_shared<std::atomic<bool>>(false);
};

} // namespace glacis
