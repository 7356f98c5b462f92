// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gallery/sample.h>

#include <gallery/basic_samples.h>
#include <gallery/content_samples.h>

namespace glacis::ui {

const std::vector<Sample>& samples()
{
    static const std::vector<Sample> all {
        { "Ground", "Tokens", makeTokenSample },
        { "Ground", "Type", makeTypeSample },
        { "Ground", "Glyphs", makeGlyphSample },
        { "Controls", "Buttons", makeButtonSample },
        { "Controls", "Icon buttons", makeIconButtonSample },
        { "Controls", "One of a few", makeSegmentSample },
        { "Controls", "Lines to type in", makeInputSample },
        { "Controls", "Tabs", makeTabSample },
        { "Controls", "Progress and scroll bars", makeProgressSample },
        { "Controls", "Keys and tool tip", makeKeySample },
        { "Facts", "Chips", makeChipSample },
        { "Facts", "Severity", makeSeveritySample },
        { "Facts", "Score", makeRingSample },
        { "Text", "Labels, elided and of 253 characters", makeLabelSample },
        { "Text", "Section", makeSectionSample },
        { "Text", "Code", makeCodeSample },
        { "Surfaces", "Cards", makeCardSample },
        { "Surfaces", "Banners", makeBannerSample },
        { "Surfaces", "Empty state", makeEmptySample },
        { "Surfaces", "Skeleton", makeSkeletonSample },
        { "Surfaces", "Table", makeTableSample },
        { "Surfaces", "Navigation", makeNavigationSample },
    };
    return all;
}

} // namespace glacis::ui
