// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/page_list.h>

#include <attack/attack_page.h>
#include <findings/findings_page.h>
#include <overview/overview_page.h>

#include <QtGlobal>

#include <numeric>

namespace glacis::ui {
namespace {

    template <class T> Page* make(workspace::Workspace& workspace) { return new T(workspace); }

    std::uint64_t openFindings(const assessment::Assessment& assessment)
    {
        const auto& counts = assessment.posture.bySeverity;
        return std::accumulate(counts.begin(), counts.end(), std::uint64_t(0));
    }

    std::uint64_t waysIn(const assessment::Assessment& assessment)
    {
        return assessment.search ? assessment.search->count(attack::WayClass::Certain) : 0;
    }

}

const std::vector<PageEntry>& pageList()
{
    static const std::vector<PageEntry> pages {
        { "overview", QT_TRANSLATE_NOOP("Navigation", "Posture"), QT_TRANSLATE_NOOP("Navigation", "Overview"),
            Glyph::Overview, make<OverviewPage>, nullptr },
        { "attack", QT_TRANSLATE_NOOP("Navigation", "Posture"),
            QT_TRANSLATE_NOOP("Navigation", "Attack path"), Glyph::Path, make<AttackPage>, waysIn },
        { "findings", QT_TRANSLATE_NOOP("Navigation", "Posture"), QT_TRANSLATE_NOOP("Navigation", "Findings"),
            Glyph::Findings, make<FindingsPage>, openFindings },
    };
    return pages;
}

} // namespace glacis::ui
