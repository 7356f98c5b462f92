// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The vocabulary of names: which words promise a credential, which take the
// promise back.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include <credentials/names.h>

namespace glacis::credentials {

struct StrongWord {
    std::string_view text;
    NameKind kind;
    bool glues; ///< may stand behind or before other letters: "pgpassword",
                ///< "passwordfile"
    bool plural = false;
};
struct StrongPhrase {
    std::string_view text; ///< words separated by one space
    NameKind kind;
};
struct WeakWord {
    std::string_view text;
    bool hashed;
};

/// A set of words that is built at compile time: open addressing over a power
/// of two of slots.
class WordSet {
public:
    static constexpr std::size_t Slots = 1024;

    template <std::size_t N> constexpr explicit WordSet(const std::string_view (&words)[N])
    {
        static_assert(N < Slots / 2);
        for (const std::string_view word : words) {
            std::size_t slot = hash(word);
            while (!m_slots[slot].empty() && m_slots[slot] != word)
                slot = (slot + 1) % Slots;
            m_slots[slot] = word;
        }
    }
    /// The set's own copy of the word; null when it holds none.
    [[nodiscard]] const std::string_view* find(std::string_view word) const
    {
        for (std::size_t slot = hash(word); !m_slots[slot].empty(); slot = (slot + 1) % Slots) {
            if (m_slots[slot] == word)
                return &m_slots[slot];
        }
        return nullptr;
    }

private:
    static constexpr std::size_t hash(std::string_view word)
    {
        std::uint32_t h = 2166136261U; // FNV-1a; the words looked up come from
                                       // names of at most 160 bytes
        for (const char c : word)
            h = (h ^ static_cast<unsigned char>(c)) * 16777619U;
        return (h ^ (h >> 15)) % Slots;
    }
    std::array<std::string_view, Slots> m_slots {};
};

extern const std::span<const StrongWord> strongWords;
extern const std::span<const StrongPhrase> strongPhrases;
extern const WordSet strongKeyOwners; ///< X of "X key" that is a credential
extern const WordSet innocentKeyOwners; ///< X of "X key" that is a name or an index
extern const WordSet passOwners; ///< X of "Xpass"
extern const WordSet passVerbs; ///< X of "X pass" that is no password: "proxy pass"
extern const WordSet publicWords; ///< X of "X key", "X token" that is made to be public
extern const WordSet secretObjectOwners; ///< X of "X secret" that names a Secret object
extern const WordSet innocentEndings; ///< last words that take the promise back
extern const WordSet neutralEndings; ///< last words that change nothing
extern const WordSet countingWords;

inline bool contains(const WordSet& words, std::string_view word) { return words.find(word) != nullptr; }
[[nodiscard]] const WeakWord* findWeak(std::string_view word);

} // namespace glacis::credentials
