// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inventory/tree_checks.h>

#include <algorithm>
#include <cstring>

#include <base/text.h>

namespace glacis::inventory {

bool keysAreUnique(
    const Tree& tree, std::uint32_t object, std::vector<std::uint32_t>& scratch, ReadError& error)
{
    constexpr std::uint32_t few = 24;
    const auto report = [&](std::uint32_t a, std::uint32_t b) {
        const auto [first, second] = std::minmax(a, b);
        error = { .line = tree[second].line,
            .message = "the key \"" + excerpt(tree[second].key) + "\" stands twice in one object, in line "
                + std::to_string(tree[first].line) + " and in line " + std::to_string(tree[second].line) };
        return false;
    };
    const std::uint32_t end = tree[object].end;
    if (tree[object].count <= few) { // compare eight bytes of each with those of all before
        std::uint64_t marks[few];
        std::uint32_t nodes[few];
        std::uint32_t count = 0;
        for (std::uint32_t child = object + 1; child < end; child = tree[child].end) {
            const std::string_view key = tree[child].key;
            std::uint64_t mark = 0;
            if (key.size() >= 8) {
                std::uint64_t tail = 0;
                std::memcpy(&mark, key.data(), 8);
                std::memcpy(&tail, key.data() + key.size() - 8, 8);
                mark ^= tail * 0x9E3779B97F4A7C15ULL;
            } else {
                for (const char c : key)
                    mark = mark << 8 | static_cast<unsigned char>(c);
            }
            mark ^= static_cast<std::uint64_t>(key.size()) << 56;
            for (std::uint32_t i = 0; i < count; ++i) {
                if (marks[i] == mark && tree[nodes[i]].key == key)
                    return report(nodes[i], child);
            }
            marks[count] = mark;
            nodes[count++] = child;
        }
        return true;
    }
    scratch.clear();
    for (std::uint32_t child = object + 1; child < end; child = tree[child].end)
        scratch.push_back(child);
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        const std::string_view x = tree[a].key;
        const std::string_view y = tree[b].key;
        if (x.size() != y.size())
            return x.size() < y.size();
        const int order = x.compare(y);
        return order != 0 ? order < 0 : a < b;
    };
    std::sort(scratch.begin(), scratch.end(), before);
    for (std::size_t i = 1; i < scratch.size(); ++i) {
        if (tree[scratch[i - 1]].key == tree[scratch[i]].key)
            return report(scratch[i - 1], scratch[i]);
    }
    return true;
}

std::string excerpt(std::string_view text, std::size_t limit)
{
    std::size_t length = std::min(text.size(), limit);
    while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
        --length;
    std::string shown = printable(text.substr(0, length));
    if (length < text.size())
        shown += "\xE2\x80\xA6";
    return shown;
}

} // namespace glacis::inventory
