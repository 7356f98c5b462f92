// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/pseudonyms.h>

#include <algorithm>
#include <map>
#include <vector>

#include <base/sha256.h>
#include <report/pseudonym_names.h>
#include <report/pseudonym_words.h>

namespace glacis::report {
namespace {
    using inventory::Inventory;

    /// RFC 2104. Whoever has the report but not the key cannot try names until their pseudonyms fit.
    std::array<std::uint8_t, 32> hmac(std::string_view key, std::string_view text)
    {
        constexpr std::size_t block = 64;
        std::string inner(block, '\x36'), outer(block, '\x5c');
        for (std::size_t i = 0; i < std::min(key.size(), block); ++i) {
            inner[i] = static_cast<char>(inner[i] ^ key[i]);
            outer[i] = static_cast<char>(outer[i] ^ key[i]);
        }
        const auto digest = sha256(inner.append(text));
        return sha256(outer.append(digest.begin(), digest.end()));
    }

    /// Lower-case base32 (RFC 4648), 5 bits a letter.
    std::string letters(std::string_view key, std::string_view name, std::size_t count)
    {
        constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        const auto digest = hmac(key, name);
        std::string out;
        std::uint32_t bits = 0;
        int held = 0;
        for (std::size_t i = 0; i < digest.size() && out.size() < count; ++i) {
            bits = (bits << 8) | digest[i];
            for (held += 8; held >= 5 && out.size() < count; held -= 5)
                out += alphabet[(bits >> (held - 5)) & 31U];
        }
        return out;
    }
    /// 33 million values: of 1,000 names of a kind two collide in one cluster of sixty, and get more letters.
    constexpr std::size_t Letters = 5, MostLetters = 24;

    std::string uidOf(const Inventory& inventory)
    {
        const auto id = inventory.find(inventory::Kind::Namespace, {}, "kube-system");
        return id.valid() ? inventory.object(id).uid.str() : std::string();
    }

    using Entry = std::pair<std::string_view, std::string_view>; ///< name, kind

    std::vector<Entry> sorted(const Names& names)
    {
        std::vector<Entry> all;
        for (const auto& [name, kinds] : names.words)
            all.emplace_back(name, kinds.kind);
        for (const auto& [name, kind] : names.phrases)
            all.emplace_back(name, kind);
        std::sort(all.begin(), all.end());
        return all;
    }

    /// Gives each name its own pseudonym, none of which is a name itself.
    class Giver {
    public:
        Giver(const Names& names, std::string_view key, bool numbered)
            : m_names(names)
            , m_key(key)
            , m_numbered(numbered)
        {
        }
        std::string operator()(std::string_view name, std::string_view kind)
        {
            const std::string_view ending = kind == "file" ? fileEnding(name) : std::string_view();
            for (std::size_t size = Letters;; ++size) {
                std::string pseudonym(kind);
                pseudonym += '-';
                pseudonym += m_numbered ? std::to_string(++m_numbers[kind])
                                        : letters(m_key, name, std::min(size, MostLetters));
                pseudonym += ending;
                if (size >= MostLetters
                    || (!m_names.words.contains(pseudonym) && m_given.insert(pseudonym).second))
                    return pseudonym;
            }
        }
        [[nodiscard]] TextSet takeGiven() { return std::move(m_given); }

    private:
        const Names& m_names;
        std::string_view m_key;
        bool m_numbered;
        std::map<std::string_view, std::size_t> m_numbers;
        TextSet m_given;
    };

    struct Phrase {
        std::string text, pseudonym;
    };

    /// From its first word on, without white space and the full stop at its end.
    std::pair<std::string, std::string> trimmed(std::string_view text)
    {
        WordReader reader(text);
        while (reader.next())
            if (reader.kind() != WordReader::Kind::Gap) {
                const std::string_view words = text.substr(reader.before().size());
                return { std::string(reader.text()),
                    std::string(words.substr(0, words.find_last_not_of(" \t\r\n.") + 1)) };
            }
        return {};
    }
}

struct Pseudonyms::State {
    explicit State(const Inventory& inventory)
    {
        Names names = namesOf(inventory);
        const std::vector<Entry> all = sorted(names);
        key = uidOf(inventory);
        const bool numbered = key.empty();
        if (numbered) { // for hosts and addresses that no object names
            std::string joined;
            for (const Entry& entry : all)
                joined.append(entry.first) += '\n';
            key = sha256Hex(joined);
        }
        Giver give(names, key, numbered);
        for (const auto& [name, kind] : all) {
            const std::string pseudonym = give(name, kind);
            if (const auto word = names.words.find(name); word != names.words.end()) {
                words.emplace(name, pseudonym);
                if (!word->second.within.empty())
                    within.emplace(name, give(name, word->second.within));
                continue;
            }
            auto [first, text] = trimmed(name);
            if (!text.empty())
                phrases[first].push_back({ std::move(text), pseudonym });
        }
        for (auto& [first, list] : phrases)
            std::stable_sort(list.begin(), list.end(),
                [](const Phrase& a, const Phrase& b) { return a.text.size() > b.text.size(); });
        images = std::move(names.images);
        given = give.takeGiven();
    }

    [[nodiscard]] std::string unknown(std::string_view kind, std::string_view name) const
    {
        return std::string(kind) + '-' + letters(key, name, Letters);
    }

    [[nodiscard]] const Phrase* phraseAt(const WordReader& reader, std::string_view text) const
    {
        const auto found = phrases.find(reader.text());
        if (found == phrases.end())
            return nullptr;
        const std::string_view here = text.substr(reader.before().size());
        for (const Phrase& phrase : found->second) {
            if (!here.starts_with(phrase.text))
                continue;
            WordReader rest(here.substr(phrase.text.size()));
            if (!rest.next() || rest.kind() == WordReader::Kind::Gap)
                return &phrase;
        }
        return nullptr;
    }

    /// The longest runs of labels that are names, from the left: "web.yaml", "data.DB_URL".
    void hideLabels(std::string& out, std::string_view word) const
    {
        std::size_t begin = 0;
        while (begin < word.size()) {
            std::size_t end = word.size();
            auto found = words.find(word.substr(begin));
            while (found == words.end()) {
                const std::size_t dot = word.rfind('.', end - 1);
                if (end == 0 || dot == std::string_view::npos || dot <= begin)
                    break;
                end = dot;
                found = words.find(word.substr(begin, end - begin));
            }
            if (found != words.end())
                out += found->second;
            else
                out += word.substr(begin, end - begin);
            if (end < word.size())
                out += '.';
            begin = end + 1;
        }
    }

    /// "db.vote.svc": every label is a name or a word of every cluster.
    [[nodiscard]] bool isOfNames(std::string_view host) const
    {
        while (true) {
            const std::size_t dot = host.find('.');
            const std::string_view label = host.substr(0, dot);
            if (!words.contains(label) && !given.contains(label) && !isWellKnown(label))
                return false;
            if (dot == std::string_view::npos)
                return true;
            host.remove_prefix(dot + 1);
        }
    }

    /// What names an entry of a map in a field's path is the map's owner's choice; fields are Kubernetes'.
    void hideField(std::string& out, std::string_view word) const
    {
        std::size_t begin = 0;
        while (begin < word.size()) {
            const std::size_t end = std::min(word.find('.', begin), word.size());
            const std::string_view label = word.substr(begin, end - begin);
            out += label;
            begin = end + 1;
            if (end == word.size())
                return;
            out += '.';
            for (const std::string_view map : { "data", "stringData", "labels", "annotations", "matchLabels",
                     "nodeSelector", "selector", "sysctls" })
                if (label == map) {
                    hideWord(out, word.substr(begin), false);
                    return;
                }
        }
    }

    void hideWord(std::string& out, std::string_view word, bool afterBracket) const
    {
        if (const auto found = words.find(word); found != words.end())
            out += found->second;
        else if (word.find('.') == std::string_view::npos)
            out += isNodeAddress(word) ? unknown("host", word) : std::string(word);
        else if (looksLikeField(word, afterBracket))
            hideField(out, word);
        else if (looksLikeHost(word) && !isOfNames(word))
            out += unknown("host", word);
        else if (const std::size_t dash = word.find('-'); isAddressRange(word, dash)) {
            hideAddress(out, word.substr(0, dash));
            out += '-';
            hideAddress(out, word.substr(dash + 1));
        } else if (isPublicDomain(word) || isWellKnown(word))
            out += word;
        else
            hideLabels(out, word);
    }

    static bool isOneAddress(std::string_view text)
    {
        WordReader reader(text);
        return reader.next() && reader.kind() == WordReader::Kind::Address && reader.rest().empty();
    }
    static bool isAddressRange(std::string_view word, std::size_t dash)
    {
        return dash != std::string_view::npos && isOneAddress(word.substr(0, dash))
            && isOneAddress(word.substr(dash + 1));
    }
    /// "ip-10-0-1-5", as nodes of a cloud are called.
    static bool isNodeAddress(std::string_view word)
    {
        if (!word.starts_with("ip-"))
            return false;
        std::string address(word.substr(3));
        std::replace(address.begin(), address.end(), '-', '.');
        return isOneAddress(address);
    }

    void hideAddress(std::string& out, std::string_view address) const
    {
        out += isWellKnownAddress(address) ? std::string(address) : unknown("ip", address);
    }

    /// "redis" of "redis://…" is a protocol, whatever else is called so.
    static bool isScheme(const WordReader& reader)
    {
        constexpr std::string_view schemes[]
            = { "http", "https", "tcp", "unix", "grpc", "docker", "containerd", "cri-o", "postgres",
                  "postgresql", "mysql", "mariadb", "redis", "rediss", "mongodb", "amqp", "amqps", "kafka",
                  "nats", "smtp", "ldap", "ldaps", "ftp", "ssh", "git", "s3", "etcd", "sqlserver", "oracle" };
        return reader.rest().starts_with("://")
            && std::find(std::begin(schemes), std::end(schemes), reader.text()) != std::end(schemes);
    }

    /// Bytes behind an image's name that are its tag: ":v2.7.0".
    [[nodiscard]] std::size_t tagBehind(const WordReader& reader, std::string_view text) const
    {
        if (!reader.rest().starts_with(':'))
            return 0;
        WordReader tag(reader.rest().substr(1));
        if (!tag.next() || tag.kind() == WordReader::Kind::Gap)
            return 0;
        const std::size_t size = 1 + tag.text().size();
        return images.contains(text.substr(reader.before().size(), reader.text().size() + size)) ? size : 0;
    }

    void hideNext(std::string& out, WordReader& reader, std::string_view text) const
    {
        if (const Phrase* phrase = phraseAt(reader, text)) {
            out += phrase->pseudonym;
            reader.extend(phrase->text.size() - reader.text().size());
            return;
        }
        if (reader.kind() == WordReader::Kind::Address) {
            hideAddress(out, reader.text());
            return;
        }
        if (reader.kind() == WordReader::Kind::Mail) {
            const auto found = words.find(reader.text());
            out += found != words.end() ? found->second : unknown("user", reader.text());
            return;
        }
        if (isScheme(reader)) {
            out += reader.text();
            return;
        }
        if (reader.before().ends_with('/') && !reader.rest().starts_with('/'))
            if (const auto thing = within.find(reader.text()); thing != within.end()) {
                out += thing->second;
                return;
            }
        hideWord(out, reader.text(), reader.before().ends_with("]."));
        if (const std::size_t size = tagBehind(reader, text); size != 0) {
            const std::string_view tag = reader.rest().substr(1, size - 1);
            const auto found = words.find(tag);
            out += ':';
            out += found != words.end() ? found->second : unknown("tag", tag);
            reader.extend(size);
        }
    }

    std::string key;
    TextMap<std::string> words;
    TextMap<std::string> within; ///< the pseudonym of a namespace's name where it stands for a thing in it
    TextMap<std::vector<Phrase>> phrases; ///< by their first word, the longest first
    TextSet images;
    TextSet given; ///< all pseudonyms: text that was hidden before stays as it is
};

Pseudonyms::Pseudonyms(const Inventory& inventory)
    : m_state(std::make_unique<const State>(inventory))
{
}

Pseudonyms::~Pseudonyms() = default;

std::string Pseudonyms::hide(std::string_view text) const
{
    std::string out;
    out.reserve(text.size() + 32);
    WordReader reader(text);
    while (reader.next())
        if (reader.kind() == WordReader::Kind::Gap)
            out += reader.text();
        else
            m_state->hideNext(out, reader, text);
    return out;
}

} // namespace glacis::report
