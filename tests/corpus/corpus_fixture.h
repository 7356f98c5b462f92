// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Assessing outside manifests. The corpus stands beside the project or where GLACIS_CORPUS says; without it
// the tests are skipped and say so.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <QDir>

#include <assessment/assessment.h>
#include <inventory/import.h>
#include <test_main.h>

namespace glacis::test {

struct Failure {
    std::string check, kind, ns, name;
    std::vector<std::string> paths;
    std::vector<std::string> related; ///< "Kind name" of related objects
};

/// Everything that fails and counts (no platform objects) when these files are scanned alone, in scope
/// manifests.
inline std::vector<Failure> failuresOf(const std::vector<std::string>& paths)
{
    static const auto catalogue = [] {
        auto loaded = posture::Catalogue::load();
        if (!loaded)
            qFatal("%s", loaded.error().message.c_str());
        return std::make_shared<const posture::Catalogue>(std::move(*loaded));
    }();
    inventory::ImportOptions options;
    options.scope = inventory::Scope::Manifests;
    auto inventory = inventory::importPaths(paths, options);
    if (!inventory)
        qFatal("%s", inventory.error().message.c_str());
    auto assessed = assessment::assess(*inventory, std::make_shared<posture::Policy>(), catalogue);
    if (!assessed)
        qFatal("%s", assessed.error().message.c_str());
    std::vector<Failure> out;
    for (const auto* finding : (*assessed)->findings(false)) {
        Failure failure { (*assessed)->info(*finding).id, finding->pseudo.kind, {}, finding->pseudo.name, {},
            {} };
        if (finding->object.valid()) {
            const auto& object = (*inventory)->object(finding->object);
            failure.kind = object.kindName.str();
            failure.ns = object.ns.str();
            failure.name = object.name.str();
        }
        for (const auto& place : finding->places)
            failure.paths.push_back(place.path);
        for (const auto id : finding->related)
            failure.related.push_back(
                (*inventory)->object(id).kindName.str() + ' ' + (*inventory)->object(id).name.str());
        out.push_back(std::move(failure));
    }
    return out;
}

/// The corpus folder, or an empty path.
inline QString corpus()
{
    const QString folder = qEnvironmentVariable("GLACIS_CORPUS");
    return QDir(folder).exists() && !folder.isEmpty() ? QDir(folder).absolutePath() : QString();
}

} // namespace glacis::test

#define GLACIS_NEED_CORPUS()                                                                                 \
    if (glacis::test::corpus().isEmpty())                                                                    \
    QSKIP("no corpus: set GLACIS_CORPUS to the folder of outside manifests")
