// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The style sheet of the HTML report. Its colours are those of the window; a test compares them.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include <report/document.h>

namespace glacis::report {

struct HtmlColour {
    std::string_view name; ///< as the window's table has it
    std::string_view dark, light; ///< "#0B0F14"
};
[[nodiscard]] const std::array<HtmlColour, 20>& htmlColours();
/// Name of the colour of a cluster's mark.
[[nodiscard]] std::string_view markColour(std::uint32_t mark);

/// The content of <style>; knows the document for the margins of printed pages.
[[nodiscard]] std::string htmlStyle(const Document& document);

} // namespace glacis::report
