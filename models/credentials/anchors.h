// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds the places of a text where a credential can be recognised, fast. Every
// shape has an anchor, a literal string that must stand in it. Of each anchor
// two neighbouring bytes that are rare in Kubernetes text are entered in a
// table of all 65,536 byte pairs; the scan looks up each pair of the text and
// compares anchors only where the table says so.
//
//     text    ... c l a s s N a m e : n g i n x ...
//     pairs       cl la as ss …          "ss" is entered for "pass": the bytes
//     before decide
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <credentials/characters.h>
#include <credentials/tokens.h>

namespace glacis::credentials {

enum class AnchorRole : std::uint8_t {
    Word,
    Token,
    Jwt,
    Pem,
    EncodedPem,
    Url,
    Driver,
    Oracle,
    Bearer,
    Signature
};

struct Anchor {
    std::string_view text;
    std::uint8_t rare = 0; ///< offset of the pair that the table holds
    AnchorRole role = AnchorRole::Word;
    bool anyCase = false;
    std::uint8_t token = 0; ///< index in tokenShapes
};

namespace anchor {
    /// Roots of every strong name: words.cpp holds no strong word of text without
    /// one of them.
    inline constexpr Anchor fixedAnchors[] = {
        { "pass", 2, AnchorRole::Word, true, 0 },
        { "pw", 0, AnchorRole::Word, true, 0 },
        { "secret", 2, AnchorRole::Word, true, 0 },
        { "cred", 0, AnchorRole::Word, true, 0 },
        { "token", 1, AnchorRole::Word, true, 0 },
        { "key", 1, AnchorRole::Word, true, 0 },
        { "auth", 1, AnchorRole::Word, true, 0 },
        { "jwt", 0, AnchorRole::Word, true, 0 },
        { "cookie", 2, AnchorRole::Word, true, 0 },
        { "signature", 2, AnchorRole::Word, true, 0 },
        { "bearer ", 1, AnchorRole::Bearer, true, 0 },
        { "sig=", 2, AnchorRole::Signature, true, 0 },
        { "signature=", 2, AnchorRole::Signature, true, 0 },
        { "eyJ", 1, AnchorRole::Jwt, false, 0 },
        { "BEGIN ", 2, AnchorRole::Pem, false, 0 },
        { encodedPemStart, 2, AnchorRole::EncodedPem, false, 0 },
        { "://", 0, AnchorRole::Url, false, 0 },
        { "@tcp(", 0, AnchorRole::Driver, false, 0 },
        { "@unix(", 0, AnchorRole::Driver, false, 0 },
        { ":thin:", 0, AnchorRole::Oracle, false, 0 },
    };

    /// The pair of a token's prefix that is rarest in Kubernetes text: a crude
    /// order by kind of character.
    constexpr std::uint8_t rarestPair(std::string_view prefix)
    {
        constexpr auto weight = [](char c) {
            if (isUpper(c))
                return 1;
            if (c == '_' || c == '~')
                return 2;
            if (isDigit(c))
                return 4;
            if (std::string_view("xqzjkgvwyb").find(c) != std::string_view::npos)
                return 5;
            return c == '.' || c == '-' || c == '/' ? 8 : 9;
        };
        std::size_t best = 0;
        int bestWeight = 1000;
        for (std::size_t i = 0; i + 1 < prefix.size(); ++i) {
            const int both = weight(prefix[i]) * weight(prefix[i + 1]);
            if (both < bestWeight) {
                bestWeight = both;
                best = i;
            }
        }
        return static_cast<std::uint8_t>(best);
    }

    inline constexpr std::size_t count = std::size(fixedAnchors) + std::size(tokenShapes);
    inline constexpr std::array<Anchor, count> all = [] {
        std::array<Anchor, count> anchors {};
        std::size_t next = 0;
        for (const Anchor& a : fixedAnchors)
            anchors[next++] = a;
        for (std::size_t i = 0; i < std::size(tokenShapes); ++i)
            anchors[next++] = { tokenShapes[i].prefix, rarestPair(tokenShapes[i].prefix), AnchorRole::Token,
                false, static_cast<std::uint8_t>(i) };
        return anchors;
    }();
} // namespace anchor

class AnchorTable {
public:
    static constexpr std::size_t GroupSize = 12;
    static constexpr std::size_t Groups = 192;

    constexpr AnchorTable()
    {
        for (std::size_t i = 0; i < anchor::count; ++i) {
            const Anchor& a = anchor::all[i];
            const char first = a.text[a.rare];
            const char second = a.text[a.rare + 1U];
            add(first, second, i);
            if (!a.anyCase)
                continue;
            const char First = upper(first);
            const char Second = upper(second);
            if (First != first)
                add(First, second, i);
            if (Second != second)
                add(first, Second, i);
            if (First != first && Second != second)
                add(First, Second, i);
        }
    }

    /// The group of a byte pair; 0 where no anchor can stand.
    [[nodiscard]] std::uint8_t group(unsigned char first, unsigned char second) const
    {
        return m_pairs[(static_cast<unsigned>(first) << 8) | second];
    }
    /// The index of the next pair at or after `at` that may belong to an anchor;
    /// at least size - 1 when there is none.
    [[nodiscard]] std::size_t nextPair(std::string_view text, std::size_t at) const
    {
        const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
        // Four pairs a step: the or of their groups is nearly always zero.
        while (at + 5 <= text.size()
            && (group(bytes[at], bytes[at + 1]) | group(bytes[at + 1], bytes[at + 2])
                   | group(bytes[at + 2], bytes[at + 3]) | group(bytes[at + 3], bytes[at + 4]))
                == 0)
            at += 4;
        while (at + 1 < text.size() && group(bytes[at], bytes[at + 1]) == 0)
            ++at;
        return at;
    }
    [[nodiscard]] std::uint8_t size(std::uint8_t group) const { return m_sizes[group]; }
    [[nodiscard]] const Anchor& at(std::uint8_t group, std::uint8_t index) const
    {
        return anchor::all[m_members[group][index]];
    }

private:
    static constexpr char upper(char c) { return isLower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

    constexpr void add(char first, char second, std::size_t index)
    {
        std::uint8_t& group = m_pairs[(static_cast<unsigned>(static_cast<unsigned char>(first)) << 8)
            | static_cast<unsigned char>(second)];
        if (group == 0)
            group = ++m_groupCount; // more than Groups or GroupSize fails to compile:
                                    // the tables' bounds
        m_members[group][m_sizes[group]++] = static_cast<std::uint8_t>(index);
    }

    std::array<std::uint8_t, 65536> m_pairs {};
    std::array<std::uint8_t, Groups> m_sizes {};
    std::array<std::array<std::uint8_t, GroupSize>, Groups> m_members {};
    std::uint8_t m_groupCount = 0;
};

inline constexpr AnchorTable anchors;

} // namespace glacis::credentials
