// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The flags with which a container starts its program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/pod_spec.h>

namespace glacis::inventory {

/// Merged flags of command and args: both `--a=b` and `--a b`; the value of the last occurrence wins. The
/// script of `sh -c` is looked into word by word. Leading dashes and `_` for `-` make no difference in names.
class Flags {
public:
    explicit Flags(const Container& container);
    [[nodiscard]] bool has(std::string_view flag) const; ///< "--client-cert-auth"
    [[nodiscard]] std::string_view value(
        std::string_view flag) const; ///< "" when absent; "true" for a bare switch
    /// Of every occurrence, in order: for flags that add up (--etcd-servers).
    [[nodiscard]] std::vector<std::string_view> values(std::string_view flag) const;
    /// Go's boolean spellings; absent gives fallback.
    [[nodiscard]] bool boolean(std::string_view flag, bool fallback) const;
    /// "command[3]" or "args[0]" of the flag, for evidence; "command" when absent.
    [[nodiscard]] std::string path(std::string_view flag) const;

private:
    struct Word {
        std::string_view text;
        bool inArgs = false;
        std::uint32_t index = 0;
    };
    struct Item {
        std::string_view flag, value;
        bool inArgs = false;
        bool separate = false; ///< the value is the next word, so it may be no value at all
        std::uint32_t index = 0;
    };
    static void appendWords(std::vector<Word>& words, const std::vector<Str>& list, bool inArgs);
    const Item* find(std::string_view flag) const;
    std::vector<Item> m_items;
    bool m_hasCommand = false;
};

} // namespace glacis::inventory
