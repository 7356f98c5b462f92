// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The end of what a program prints on standard error, fit to be shown: device codes and sign-in addresses
// stand there, and so may anything hostile.
#pragma once

#include <string>
#include <string_view>

namespace glacis::cluster {

class ErrorTail {
public:
    static constexpr std::size_t kept = 16U << 10; ///< bytes of text

    void add(std::string_view bytes);
    /// Without escape sequences and control characters; lines stay lines.
    [[nodiscard]] std::string text() const;

private:
    std::string m_raw; ///< more than is kept: what is removed must not push out what is not
};

/// Terminal escape sequences (ECMA-48: CSI, OSC, DCS, two-character ones) removed, a carriage return made a
/// line end, every other control and bidirectional character removed or replaced. Valid UTF-8.
[[nodiscard]] std::string withoutEscapes(std::string_view text);

} // namespace glacis::cluster
