// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Documents made by hand, so that pages can be tested apart from what a report says.
#pragma once

#include <report/document.h>

#include <string>

namespace glacis::test {

/// Every kind of block with everything that it can hold.
[[nodiscard]] report::Document sampleDocument();

/// A section with one table of so many findings.
[[nodiscard]] report::Document findingsDocument(std::size_t findings);

/// Nothing but the title and the blocks.
[[nodiscard]] report::Document documentOf(std::vector<report::Block> blocks);

[[nodiscard]] inline report::Text plain(std::string text) { return { { std::move(text) } }; }
[[nodiscard]] inline report::Run code(std::string text, std::string target = {})
{
    return { std::move(text), report::Face::Code, std::move(target) };
}
[[nodiscard]] inline report::Run severity(Severity value)
{
    return { {}, report::Face::Severity, {}, static_cast<std::uint8_t>(value) };
}

} // namespace glacis::test
