// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The practice clusters, each loaded and assessed once for all tests.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include <QTest>

#include <assessment/assessment.h>
#include <inventory/practice.h>
#include <test_main.h>

namespace glacis::test {

/// "DaemonSet platform-agents/rdkalv"
using Labels = std::set<std::string>;

inline inventory::InventoryPtr practice(const std::string& name)
{
    static std::map<std::string, inventory::InventoryPtr> loaded;
    auto& inventory = loaded[name];
    if (!inventory) {
        auto read = inventory::loadPractice(name, {});
        if (!read)
            qFatal("%s: %s", name.c_str(), read.error().message.c_str());
        inventory = *read;
    }
    return inventory;
}

inline const assessment::Assessment& assessed(const std::string& name)
{
    static std::map<std::string, assessment::AssessmentPtr> done;
    auto& assessment = done[name];
    if (!assessment) {
        auto catalogue = posture::Catalogue::load();
        auto made = assessment::assess(practice(name), std::make_shared<const posture::Policy>(),
            std::make_shared<const posture::Catalogue>(std::move(*catalogue)));
        if (!made)
            qFatal("%s: %s", name.c_str(), made.error().message.c_str());
        assessment = *made;
    }
    return *assessment;
}

inline std::string labelOf(const inventory::Inventory& inventory, const posture::Finding& finding)
{
    return finding.object.valid() ? inventory.label(finding.object)
                                  : finding.pseudo.kind + ' ' + finding.pseudo.name;
}

/// What fails a check, platform parts left out.
inline Labels failing(const std::string& cluster, std::string_view check)
{
    Labels out;
    const assessment::Assessment& a = assessed(cluster);
    for (const posture::Finding* finding : a.findings(false))
        if (finding->state == State::Fail && a.info(*finding).id == check)
            out.insert(labelOf(*a.inventory, *finding));
    return out;
}

inline std::string joined(const Labels& labels)
{
    std::string out;
    for (const std::string& label : labels)
        out.append(out.empty() ? "" : "\n").append(label);
    return out;
}

} // namespace glacis::test
