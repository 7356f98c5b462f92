// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tests of the inspector share: practice clusters to open, and selections made by hand.
#pragma once

#include "test_main.h"

#include <inspector/description.h>

#include <QSignalSpy>

#include <algorithm>

namespace glacis::test {

using namespace glacis::ui;
using workspace::SourceRequest;
using workspace::Workspace;

inline SourceRequest practice(const char* name)
{
    SourceRequest request;
    request.practice = name;
    return request;
}

inline void read(Workspace& workspace, const char* name)
{
    QSignalSpy ready(&workspace, &Workspace::assessmentReady);
    workspace.open(practice(name));
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 20000);
}

inline Selection of(Selection::Kind kind, std::vector<std::uint32_t> items)
{
    Selection selection;
    selection.kind = kind;
    selection.items = std::move(items);
    return selection;
}

inline Selection of(std::vector<const posture::Finding*> findings)
{
    Selection selection;
    selection.kind = Selection::Kind::Findings;
    selection.findings = std::move(findings);
    return selection;
}

/// Problems first, then the worst.
inline std::vector<const posture::Finding*> everyFinding(const assessment::Assessment& assessment)
{
    std::vector<const posture::Finding*> all;
    for (const posture::CheckResult& result : assessment.posture.results)
        for (const posture::Finding& finding : result.findings)
            all.push_back(&finding);
    std::stable_sort(all.begin(), all.end(), [](const posture::Finding* a, const posture::Finding* b) {
        const bool problemA = a->state == State::Fail, problemB = b->state == State::Fail;
        return problemA != problemB ? problemA : a->severity > b->severity;
    });
    return all;
}

inline const DescribedPart* part(const std::vector<DescribedPart>& parts, QStringView heading)
{
    for (const DescribedPart& p : parts)
        if (p.heading == heading)
            return &p;
    return nullptr;
}

inline bool says(const std::vector<DescribedChip>& chips, QStringView text)
{
    return std::any_of(chips.begin(), chips.end(), [&](const DescribedChip& c) { return c.text == text; });
}

} // namespace glacis::test
