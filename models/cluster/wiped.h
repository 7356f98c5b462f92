// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token, password or private key in memory: overwritten when it is dropped, never printed, never compared
// by accident. Not for: names, files, anything that may be shown.
#pragma once

#include <string>
#include <string_view>

namespace glacis::cluster {

class Wiped {
public:
    Wiped() = default;
    explicit Wiped(std::string_view text)
        : m_text(text)
    {
    }
    Wiped(const Wiped&) = default;
    Wiped(Wiped&& other) noexcept;
    Wiped& operator=(const Wiped& other);
    Wiped& operator=(Wiped&& other) noexcept;
    ~Wiped();

    [[nodiscard]] bool empty() const { return m_text.empty(); }
    [[nodiscard]] std::size_t size() const { return m_text.size(); }
    /// The only way to the text: named so that a reader sees where a secret is used.
    [[nodiscard]] std::string_view reveal() const { return m_text; }
    [[nodiscard]] bool same(const Wiped& other) const { return m_text == other.m_text; }

private:
    void wipe() noexcept;
    std::string m_text;
};

} // namespace glacis::cluster
