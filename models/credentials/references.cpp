// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// References, templates and placeholders: text that stands for a value kept
// elsewhere.
#include <credentials/values.h>

#include <credentials/characters.h>

namespace glacis::credentials {

namespace {

    constexpr std::string_view schemes[] = { "vault:", "secret:", "ref+", "op://", "file:", "sm://",
        "gcp-sm:", "awssm:", "aws-sm:", "aws-ssm:", "ssm:", "akv:", "azurekeyvault", "@microsoft.keyvault(",
        "keyvault:", "env:", "k8s:", "gsm:", "sops:", "berglas://", "secretref:", "doppler:", "bao:" };

    bool hasReferenceScheme(std::string_view value)
    {
        if (value.find(' ') != std::string_view::npos)
            return false;
        for (const std::string_view scheme : schemes) {
            if (startsWithLower(value, scheme))
                return true;
        }
        if (startsWithLower(value, "arn:"))
            return value.find(":secret") != std::string_view::npos
                || value.find(":ssm:") != std::string_view::npos
                || value.find(":kms:") != std::string_view::npos;
        return value.starts_with("projects/") && value.find("/secrets/") != std::string_view::npos;
    }

    bool isVariableCharacter(char c) { return isAlnum(c) || c == '_'; }

    /// End of a bracketed reference whose content starts at `from`: counts nested
    /// brackets of the same kind.
    std::size_t closing(std::string_view text, std::size_t from, char open, char close)
    {
        std::size_t depth = 1;
        for (std::size_t i = from; i < text.size(); ++i) {
            if (text[i] == open)
                ++depth;
            else if (text[i] == close && --depth == 0)
                return i + 1;
        }
        return std::string_view::npos;
    }

    struct Pair {
        std::string_view open, close;
    };
    constexpr Pair templates[] = { { "{{", "}}" }, { "<%", "%>" }, { "[[", "]]" }, { "@@", "@@" },
        { "#{", "}#" }, { "#{", "}" }, { "__", "__" } };

    /// $name of a shell. In an environment only capitals count: nothing expands
    /// there, and passwords hold dollars.
    std::size_t shellVariable(std::string_view text, std::size_t at, Context context)
    {
        std::size_t end = at + 1 + runLength(text, at + 1, isVariableCharacter, 128);
        if (end == at + 1) // $1 is covered above; $@, $*, $? and the like
            return end < text.size() && std::string_view("@*?#!$").find(text[end]) != std::string_view::npos
                    && context == Context::Shell
                ? end + 1
                : at;
        const std::string_view name = text.substr(at + 1, end - at - 1);
        if (context == Context::Shell)
            return end;
        const bool capitals
            = isLetter(name.front()) && allOf(name, [](char c) { return !isLower(c); }) && name.size() > 1;
        const bool positional = context == Context::Text
            && (name.size() == 1 || !std::any_of(name.begin(), name.end(), isDigit));
        return capitals || positional ? end : at;
    }

    /// End of the reference that starts at `at`, or `at` when none does.
    std::size_t referenceEnd(std::string_view text, std::size_t at, Context context)
    {
        const std::string_view rest = text.substr(at);
        std::size_t end = std::string_view::npos;
        if (rest.starts_with("$("))
            end = closing(text, at + 2, '(', ')');
        else if (rest.starts_with("${"))
            end = closing(text, at + 2, '{', '}');
        else if (rest.starts_with("`") && (context == Context::Shell || context == Context::Text))
            end = text.find('`', at + 1) == std::string_view::npos ? end : text.find('`', at + 1) + 1;
        else if (rest.starts_with("$"))
            return shellVariable(text, at, context);
        if (end != std::string_view::npos)
            return end;
        for (const Pair& pair : templates) {
            if (!rest.starts_with(pair.open))
                continue;
            const std::size_t close = rest.find(pair.close, pair.open.size());
            if (close != std::string_view::npos && close > pair.open.size())
                return at + close + pair.close.size();
        }
        return at;
    }

    /// End of "$$(NAME)" at `at`, which a container sees as "$(NAME)", for the program in it to fill; or
    /// `at`.
    std::size_t escapedReferenceEnd(std::string_view text, std::size_t at)
    {
        const std::size_t from = at + 3;
        const std::size_t length = runLength(
            text, from, [](char c) { return isVariableCharacter(c) || c == '-' || c == '.'; }, 256);
        return length > 0 && from + length < text.size() && text[from + length] == ')' ? from + length + 1
                                                                                       : at;
    }

    /// <token>, %TOKEN%, @TOKEN@, %(token)s, {token}, [token], ***: the whole value
    /// is a placeholder.
    bool isWholePlaceholder(std::string_view value)
    {
        if (value.size() < 2)
            return false;
        const auto inner = value.substr(1, value.size() - 2);
        const bool wordy = allOf(inner, [](char c) {
            return isAlnum(c) || c == '_' || c == '-' || c == ' ' || c == '.' || c == '\'' || c == ':'
                || c == '/';
        });
        if (wordy && !inner.empty()) {
            const char first = value.front();
            const char last = value.back();
            if ((first == '<' && last == '>') || (first == '%' && last == '%')
                || (first == '@' && last == '@') || (first == '{' && last == '}')
                || (first == '[' && last == ']'))
                return true;
        }
        if (value.starts_with("%(") && value.ends_with(")s"))
            return true;
        return value == "%s" || value == "%v" || value == "%q" || value == "..."
            || allOf(value, [](char c) { return c == '*'; }) || allOf(value, [](char c) { return c == '.'; })
            || allOf(value, [](char c) { return c == '-'; });
    }

} // namespace

std::vector<std::string> listReferences(std::string_view value)
{
    // Kubernetes third_party/forked/golang/expansion: "$$" is one dollar, "$("
    // opens a name that ends at the next ")".
    std::vector<std::string> names;
    for (std::size_t i = 0; i + 1 < value.size(); ++i) {
        if (value[i] != '$')
            continue;
        if (value[i + 1] == '$') {
            ++i;
            continue;
        }
        if (value[i + 1] != '(')
            continue;
        constexpr std::size_t LongestName = 256;
        const std::size_t length = runLength(
            value, i + 2, [](char c) { return isAlnum(c) || c == '_' || c == '-' || c == '.'; }, LongestName);
        if (length > 0 && i + 2 + length < value.size() && value[i + 2 + length] == ')') {
            std::string name(value.substr(i + 2, length));
            if (std::find(names.begin(), names.end(), name) == names.end() && names.size() < 64)
                names.push_back(std::move(name));
            i += 2 + length;
        }
    }
    return names;
}

bool isReference(std::string_view value, Context context)
{
    if (isWholePlaceholder(value) || hasReferenceScheme(value))
        return true;
    std::size_t literal = 0;
    bool bracketed = false;
    bool bare = false;
    for (std::size_t i = 0; i < value.size();) {
        if (value.substr(i, 3) == "$$$") { // the first two are one dollar
            i += 2;
            continue;
        }
        if (value.substr(i, 3) == "$$(") { // an escape: a template, or what follows is text
            const std::size_t end = escapedReferenceEnd(value, i);
            bracketed = bracketed || end > i;
            literal += end > i ? 0 : 3;
            i = end > i ? end : i + 3;
            continue;
        }
        const std::size_t end = referenceEnd(value, i, context);
        if (end > i)
            (value[i] == '$' && value[i + 1] != '(' && value[i + 1] != '{' ? bare : bracketed) = true;
        else
            literal += static_cast<std::size_t>(isAlnum(value[i]));
        i = end > i ? end : i + 1;
    }
    // "Bearer $(TOKEN)" and "$(USER):$(PASS)" are references; a long literal beside one is not. A bare $name
    // beside letters is as likely a password with a dollar.
    constexpr std::size_t LongestCompanion = 8;
    return bare ? literal == 0 : bracketed && literal <= LongestCompanion;
}

} // namespace glacis::credentials
