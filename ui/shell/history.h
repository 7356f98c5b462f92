// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <shell/page.h>

#include <vector>

namespace glacis::ui {

/// Back and Forward, as in a browser: leaving a place records where it stood; going somewhere new drops what
/// lay ahead.
class History {
public:
    void leave(const Location& from); ///< before going somewhere new
    [[nodiscard]] bool canGoBack() const { return !m_back.empty(); }
    [[nodiscard]] bool canGoForward() const { return !m_forward.empty(); }
    Location back(const Location& from); ///< only when canGoBack()
    Location forward(const Location& from); ///< only when canGoForward()
    void clear();

private:
    static constexpr std::size_t limit = 100;
    std::vector<Location> m_back, m_forward;
};

} // namespace glacis::ui
