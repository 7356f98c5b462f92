// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/history.h>

#include <utility>

namespace glacis::ui {
namespace {

    Location step(std::vector<Location>& from, std::vector<Location>& to, const Location& here)
    {
        Location there = std::move(from.back());
        from.pop_back();
        to.push_back(here);
        return there;
    }

}

void History::leave(const Location& from)
{
    m_forward.clear();
    if (!m_back.empty() && m_back.back() == from)
        return;
    m_back.push_back(from);
    if (m_back.size() > limit)
        m_back.erase(m_back.begin());
}

Location History::back(const Location& from) { return step(m_back, m_forward, from); }

Location History::forward(const Location& from) { return step(m_forward, m_back, from); }

void History::clear()
{
    m_back.clear();
    m_forward.clear();
}

} // namespace glacis::ui
