// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/names.h>

#include <array>

#include <credentials/anchors.h>
#include <credentials/characters.h>
#include <credentials/words.h>

namespace glacis::credentials {

namespace {

    /// Lower-cased words of a name. Only the last 160 bytes of a name count: its
    /// end decides.
    struct Words {
        static constexpr std::size_t Longest = 160;
        static constexpr std::size_t Most = 64;
        std::array<char, Longest> letters;
        std::array<std::string_view, Most> words;
        std::size_t count = 0;

        explicit Words(std::string_view name)
        {
            if (name.size() > Longest)
                name.remove_prefix(name.size() - Longest);
            std::size_t begin = 0;
            for (std::size_t i = 0; i < name.size(); ++i) {
                letters[i] = toLowerAscii(name[i]);
                if (i > begin && startsWord(name, i))
                    add(begin, i);
                if (!isAlnum(name[i]))
                    begin = i + 1;
                else if (i > begin && startsWord(name, i))
                    begin = i;
            }
            add(begin, name.size());
        }

        [[nodiscard]] std::string_view operator[](std::size_t i) const
        {
            return i < count ? words[i] : std::string_view();
        }

    private:
        void add(std::size_t begin, std::size_t end)
        {
            if (end <= begin || !isAlnum(letters[begin]))
                return;
            if (count == Most) { // the end of a name decides
                std::move(words.begin() + 1, words.end(), words.begin());
                --count;
            }
            words[count++] = std::string_view(letters.data() + begin, end - begin);
        }

        /// dbPassword → db|Password, APIKey → API|Key, password2 → password|2, a_b →
        /// a|b.
        static bool startsWord(std::string_view name, std::size_t i)
        {
            const char before = name[i - 1];
            const char here = name[i];
            if (!isAlnum(here) || isDigit(before) != isDigit(here))
                return true;
            if (isUpper(here) && isLower(before))
                return true;
            return isUpper(here) && isUpper(before) && i + 1 < name.size()
                && isLower(name[i + 1])
                // plural of an acronym: "APIs", "IDs"
                && !(name[i + 1] == 's' && (i + 2 == name.size() || !isAlnum(name[i + 2])));
        }
    };

    /// Every strong word and phrase of words.cpp holds one of the anchors' roots;
    /// most names hold none.
    bool holdsRoot(std::string_view name)
    {
        for (std::size_t at = anchors.nextPair(name, 0); at + 1 < name.size();
             at = anchors.nextPair(name, at + 1)) {
            const std::uint8_t group = anchors.group(
                static_cast<unsigned char>(name[at]), static_cast<unsigned char>(name[at + 1]));
            for (std::uint8_t i = 0; i < anchors.size(group); ++i) {
                const Anchor& anchor = anchors.at(group, i);
                if (anchor.role == AnchorRole::Word && at >= anchor.rare
                    && equalsLower(name.substr(at - anchor.rare, anchor.text.size()), anchor.text))
                    return true;
            }
        }
        return false;
    }

    bool mayBeStrong(std::string_view name, const Rules& rules)
    {
        return !rules.extraStrongWords.empty() || holdsRoot(name);
    }

    bool isNumber(std::string_view word) { return allOf(word, isDigit); }

    /// A word with a strong meaning on its own, or glued behind something:
    /// "password", "pgpassword", "clientsecret".
    const StrongWord* strongWord(std::string_view word)
    {
        for (const StrongWord& strong : strongWords) {
            if (word == strong.text)
                return &strong;
            if (strong.glues && word.size() > strong.text.size() && word.ends_with(strong.text))
                return &strong;
        }
        return nullptr;
    }

    /// "dbpass", "rootpw": short words glue only behind known ones ("compass" and
    /// "bypass" are none).
    bool isGluedPass(std::string_view word)
    {
        for (const std::string_view tail : { std::string_view("pass"), std::string_view("pw") }) {
            if (word.size() > tail.size() && word.ends_with(tail)
                && contains(passOwners, word.substr(0, word.size() - tail.size())))
                return true;
        }
        return false;
    }

    /// "passwordfile", "secretname": the rest behind a strong beginning decides.
    /// Unknown rests count only for passwords ("tokenizer", "secretary").
    const StrongWord* strongBeginning(std::string_view word, std::string_view& rest)
    {
        for (const StrongWord& strong : strongWords) {
            if (!strong.glues || word.size() <= strong.text.size() || !word.starts_with(strong.text))
                continue;
            rest = word.substr(strong.text.size());
            if (strong.kind == NameKind::Password || contains(innocentEndings, rest) || rest == "key")
                return &strong;
        }
        return nullptr;
    }

    bool endsInnocently(const Words& words, std::size_t from)
    {
        // The last word that carries meaning; "PASSWORD_FILE_2" and "TOKEN_URL_PROD"
        // still are a file and a URL.
        for (std::size_t i = words.count; i > from; --i) {
            const std::string_view word = words[i - 1];
            if (isNumber(word) || (word.size() == 1 && i != from) || contains(neutralEndings, word))
                continue;
            return contains(innocentEndings, word);
        }
        return false;
    }

    bool onlyNeutralAfter(const Words& words, std::size_t from)
    {
        for (std::size_t i = from; i < words.count; ++i) {
            if (!isNumber(words[i]) && !contains(neutralEndings, words[i]))
                return false;
        }
        return true;
    }

    NameVerdict strongVerdict(NameKind kind, std::string_view qualifier, std::string_view word)
    {
        NameVerdict verdict;
        verdict.strength = NameStrength::Strong;
        verdict.kind = kind;
        verdict.qualifier = qualifier;
        verdict.word = word;
        return verdict;
    }

    /// The verdict of the word at `i` and its neighbour before it.
    NameVerdict judgeWord(const Words& words, std::size_t i)
    {
        const std::string_view word = words[i];
        const std::string_view before = i > 0 ? words[i - 1] : std::string_view();
        if (word == "key" || word == "keys") {
            if (const auto* found = strongKeyOwners.find(before))
                return strongVerdict(NameKind::Key, *found, "key");
            return {};
        }
        if (word == "pass" || word == "pw" || isGluedPass(word)) {
            if (!onlyNeutralAfter(words, i + 1) || contains(passVerbs, before))
                return {};
            return strongVerdict(NameKind::Password, {}, word.ends_with("pass") ? "pass" : "pw");
        }
        if (word == "jwt" || word == "bearer")
            return onlyNeutralAfter(words, i + 1)
                ? strongVerdict(NameKind::Token, {}, word == "jwt" ? "jwt" : "bearer")
                : NameVerdict {};
        if (const StrongWord* strong = strongWord(word)) {
            if (contains(publicWords, before))
                return {};
            NameVerdict verdict = strongVerdict(strong->kind, {}, strong->text);
            verdict.plural = strong->plural;
            verdict.objectName = strong->text == "secret" && contains(secretObjectOwners, before);
            return verdict;
        }
        std::string_view rest;
        if (const StrongWord* strong = strongBeginning(word, rest);
            strong && !contains(innocentEndings, rest))
            return strongVerdict(strong->kind, {}, strong->text);
        if ((word == "basicauth" || word == "userpass"
                || (word == "auth" && (before == "basic" || before == "http")))
            && onlyNeutralAfter(words, i + 1))
            return strongVerdict(NameKind::UserAndPassword, "basic", "auth");
        if (word == "authorization" && onlyNeutralAfter(words, i + 1))
            return strongVerdict(NameKind::Header, {}, "authorization");
        return {};
    }

    bool holdsPhrase(const Words& words, std::string_view phrase, std::size_t& endWord)
    {
        for (std::size_t i = 0; i < words.count; ++i) {
            std::string_view rest = phrase;
            std::size_t w = i;
            while (w < words.count && rest.starts_with(words[w])
                && (rest.size() == words[w].size() || rest[words[w].size()] == ' ')) {
                const std::size_t used = words[w].size();
                ++w;
                if (used == rest.size()) {
                    endWord = w;
                    return true;
                }
                rest.remove_prefix(used + 1);
            }
        }
        return false;
    }

    NameVerdict judgePhrases(const Words& words, const Rules& rules)
    {
        std::size_t end = 0;
        for (const StrongPhrase& phrase : strongPhrases) {
            if (holdsPhrase(words, phrase.text, end) && onlyNeutralAfter(words, end)) {
                NameVerdict verdict = strongVerdict(phrase.kind, {}, phrase.text);
                verdict.last = true;
                return verdict;
            }
        }
        for (const std::string& extra : rules.extraStrongWords) {
            if (!extra.empty() && holdsPhrase(words, extra, end) && !endsInnocently(words, end)) {
                NameVerdict verdict = strongVerdict(NameKind::Password, {}, extra);
                verdict.last = onlyNeutralAfter(words, end);
                return verdict;
            }
        }
        return {};
    }

    NameVerdict judgeWeak(const Words& words)
    {
        for (std::size_t i = words.count; i > 0; --i) {
            const std::string_view word = words[i - 1];
            if (isNumber(word) || contains(neutralEndings, word))
                continue;
            const WeakWord* weak = findWeak(word);
            const std::string_view before = i > 1 ? words[i - 2] : std::string_view();
            if (!weak || contains(publicWords, before)
                || (word == "key" && contains(innocentKeyOwners, before)))
                return {};
            NameVerdict verdict;
            verdict.strength = NameStrength::Weak;
            verdict.kind = NameKind::Key;
            verdict.word = weak->text;
            verdict.hashed = weak->hashed;
            verdict.last = true;
            return verdict;
        }
        return {};
    }

    NameVerdict judgeStrong(const Words& words, const Rules& rules)
    {
        if (NameVerdict phrase = judgePhrases(words, rules); phrase.strong())
            return phrase;
        // The last strong word decides; "PASSWORD_SECRET_NAME" ends innocently,
        // whatever stands before.
        for (std::size_t i = words.count; i > 0; --i) {
            NameVerdict verdict = judgeWord(words, i - 1);
            if (!verdict.strong())
                continue;
            if (endsInnocently(words, i))
                return {};
            // PASSWORD_KEY, TOKEN_KEY mostly name a key of a Secret: let the value
            // prove itself.
            if (const std::string_view tail = words[words.count - 1];
                i < words.count && (tail == "key" || findWeak(tail)))
                return judgeWeak(words);
            verdict.last = onlyNeutralAfter(words, i);
            return verdict;
        }
        return judgeWeak(words);
    }

} // namespace

std::string NameVerdict::matchedWord() const
{
    std::string text(qualifier);
    if (!text.empty())
        text += ' ';
    text += word;
    return text;
}

bool isAllowedName(std::string_view name, const Rules& rules)
{
    return std::any_of(
        rules.allowedNames.begin(), rules.allowedNames.end(), [name](std::string_view allowed) {
            if (allowed.ends_with('*'))
                return name.starts_with(allowed.substr(0, allowed.size() - 1));
            return name == allowed;
        });
}

NameVerdict judgeName(std::string_view name, const Rules& rules)
{
    if (name.empty() || isAllowedName(name, rules))
        return {};
    const Words words(name);
    NameVerdict verdict = mayBeStrong(name, rules) ? judgeStrong(words, rules) : judgeWeak(words);
    if (verdict.strength == NameStrength::None)
        return verdict;
    for (std::size_t i = 0; i < words.count; ++i) {
        verdict.aws = verdict.aws || words[i] == "aws" || words[i] == "amazon";
        verdict.counted = verdict.counted || contains(countingWords, words[i]);
    }
    verdict.azure = verdict.word == "key"
        && (verdict.qualifier == "account" || verdict.qualifier == "storage"
            || verdict.qualifier == "shared access");
    return verdict;
}

bool isStrongName(std::string_view name, const Rules& rules)
{
    return mayBeStrong(name, rules) && judgeName(name, rules).strong();
}

} // namespace glacis::credentials
