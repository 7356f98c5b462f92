// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/page_list.h>

#include <attack/attack_page.h>
#include <clusters/clusters_page.h>
#include <findings/findings_page.h>
#include <overview/overview_page.h>
#include <reports/reports_page.h>
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

    std::optional<std::uint64_t> openFindings(const assessment::Assessment& assessment)
    {
        const auto& counts = assessment.posture.bySeverity;
        const auto open = std::accumulate(counts.begin(), counts.end(), std::uint64_t(0));
        if (open == 0 && !assessment.posture.scores.overall)
            return std::nullopt; // nothing was judged
        return open;
    }

    /// Files of a part of a cluster do not tell that there is no way.
    std::optional<std::uint64_t> waysIn(const assessment::Assessment& assessment)
    {
        const bool whole = assessment.inventory->source.scope == inventory::Scope::Cluster;
        if (!assessment.search || (!whole && assessment.search->ways().empty()))
            return std::nullopt;
        return assessment.search->count(attack::WayClass::Certain);
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
        { "reports", QT_TRANSLATE_NOOP("Navigation", "Act"), QT_TRANSLATE_NOOP("Navigation", "Reports"),
            Glyph::Report, make<ReportsPage>, nullptr },
        { "clusters", QT_TRANSLATE_NOOP("Navigation", "Fleet"), QT_TRANSLATE_NOOP("Navigation", "Clusters"),
            Glyph::Node, make<ClustersPage>, nullptr, false },
        { "settings", QT_TRANSLATE_NOOP("Navigation", "Program"), QT_TRANSLATE_NOOP("Navigation", "Settings"),
            Glyph::Settings, make<SettingsPage>, nullptr, false, "Ctrl+," },
    };
    return pages;
}

} // namespace glacis::ui
