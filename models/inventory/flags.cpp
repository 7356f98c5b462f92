// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inventory/flags.h>

#include <algorithm>

namespace glacis::inventory {

namespace {
    std::string_view withoutDashes(std::string_view flag)
    {
        while (!flag.empty() && flag.front() == '-')
            flag.remove_prefix(1);
        return flag;
    }

    // Kubernetes' own programs take "_" for "-" (component-base, WordSepNormalizeFunc); etcd takes one dash
    // or two.
    bool sameFlag(std::string_view written, std::string_view wanted)
    {
        if (written.size() != wanted.size())
            return false;
        for (std::size_t i = 0; i < written.size(); ++i) {
            const char w = written[i] == '_' ? '-' : written[i];
            if (w != wanted[i])
                return false;
        }
        return true;
    }

    bool isShell(std::string_view program)
    {
        program = program.substr(program.rfind('/') + 1); // npos + 1 is 0
        return program == "sh" || program == "bash" || program == "ash" || program == "dash";
    }

    bool isFlag(std::string_view word) { return word.size() > 1 && word.front() == '-' && word != "--"; }
}

// Words of a shell script: white space and the shell's own separators end a word, quotes around one are cut.
// Not a shell: what a variable or a substitution would give stays as written.
void Flags::appendWords(std::vector<Word>& words, const std::vector<Str>& list, bool inArgs)
{
    constexpr std::string_view ends = " \t\r\n;&|()";
    for (std::uint32_t i = 0; i < list.size(); ++i) {
        const std::string_view text = list[i];
        const bool script = words.size() >= 2 && words.back().text.ends_with('c')
            && words.back().text.starts_with('-') && isShell(words[words.size() - 2].text);
        if (!script) {
            words.push_back({ text, inArgs, i });
            continue;
        }
        for (std::size_t at = text.find_first_not_of(ends); at != std::string_view::npos;
             at = text.find_first_not_of(ends, at)) {
            char quote = text[at] == '"' || text[at] == '\'' ? text[at] : '\0';
            const std::size_t begin = quote ? at + 1 : at;
            std::size_t end = quote ? text.find(quote, begin) : text.find_first_of(ends, begin);
            end = std::min(end, text.size());
            std::string_view word = text.substr(begin, end - begin);
            // --a="b c": the quote opens inside the word.
            if (const std::size_t inner = word.find("=\""); !quote && inner != std::string_view::npos) {
                end = std::min(text.find('"', begin + inner + 2), text.size());
                word = text.substr(begin, end - begin);
                quote = '"';
            }
            words.push_back({ word, inArgs, i });
            at = std::min(quote ? end + 1 : end, text.size());
        }
    }
}

Flags::Flags(const Container& container)
    : m_hasCommand(!container.command.empty())
{
    std::vector<Word> words;
    words.reserve(container.command.size() + container.args.size());
    appendWords(words, container.command, false);
    appendWords(words, container.args, true);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Word& word = words[i];
        if (!isFlag(word.text))
            continue;
        const std::string_view text = withoutDashes(word.text);
        Item item {
            .flag = text, .value = "true", .inArgs = word.inArgs, .separate = false, .index = word.index
        };
        if (const std::size_t equals = text.find('='); equals != std::string_view::npos) {
            item.flag = text.substr(0, equals);
            item.value = text.substr(equals + 1);
            if (item.value.size() >= 1 && item.value.front() == '"')
                item.value.remove_prefix(1);
        } else if (i + 1 < words.size() && !isFlag(words[i + 1].text)) {
            item.value = words[i + 1].text;
            item.separate = true;
        }
        m_items.push_back(item);
    }
}

const Flags::Item* Flags::find(std::string_view flag) const
{
    const std::string_view wanted = withoutDashes(flag);
    for (auto it = m_items.rbegin(); it != m_items.rend(); ++it) {
        if (sameFlag(it->flag, wanted))
            return &*it;
    }
    return nullptr;
}

bool Flags::has(std::string_view flag) const { return find(flag) != nullptr; }

std::string_view Flags::value(std::string_view flag) const
{
    const Item* item = find(flag);
    return item ? item->value : std::string_view();
}

std::vector<std::string_view> Flags::values(std::string_view flag) const
{
    const std::string_view wanted = withoutDashes(flag);
    std::vector<std::string_view> all;
    for (const Item& item : m_items) {
        if (sameFlag(item.flag, wanted))
            all.push_back(item.value);
    }
    return all;
}

// The spellings of Go's strconv.ParseBool.
bool Flags::boolean(std::string_view flag, bool fallback) const
{
    const Item* item = find(flag);
    if (!item)
        return fallback;
    for (const std::string_view yes : { "true", "1", "t", "T", "TRUE", "True" }) {
        if (item->value == yes)
            return true;
    }
    for (const std::string_view no : { "false", "0", "f", "F", "FALSE", "False" }) {
        if (item->value == no)
            return false;
    }
    return item->separate || fallback; // a bare switch before an argument is on
}

std::string Flags::path(std::string_view flag) const
{
    const Item* item = find(flag);
    if (!item)
        return m_hasCommand ? "command" : "args";
    return std::string(item->inArgs ? "args[" : "command[") + std::to_string(item->index) + "]";
}

} // namespace glacis::inventory
