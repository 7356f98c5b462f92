// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/page_list.h>

#include <attack/attack_page.h>
#include <findings/findings_page.h>
#include <overview/overview_page.h>
#include <settings/settings_page.h>

#include <QtGlobal>

#include <numeric>
#include <type_traits>

namespace glacis::ui {
namespace {

    template <class T> Page* make(const PageContext& context)
    {
        if constexpr (std::is_constructible_v<T, const PageContext&>)
            return new T(context);
        else
            return new T(context.workspace);
    }

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
        { "settings", QT_TRANSLATE_NOOP("Navigation", "Program"), QT_TRANSLATE_NOOP("Navigation", "Settings"),
            Glyph::Settings, make<SettingsPage>, nullptr, false, "Ctrl+," },
    };
    return pages;
}

} // namespace glacis::ui
