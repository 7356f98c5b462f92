// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exec_words.h"

#include <algorithm>

#include <base/text.h>
#include <credentials/classify.h>

namespace glacis::cluster {
namespace {
    constexpr std::size_t mostQuoted = 300; // bytes of standard error in a message

    const credentials::Rules& builtinRules()
    {
        static const credentials::Rules rules;
        return rules;
    }

    std::string shellLike(const std::string& text)
    {
        const std::string shown = printable(text);
        const bool plain = !shown.empty() && shown.find_first_of(" '\"\\$`;&|<>()*?") == std::string::npos;
        return plain ? shown : '\'' + shown + '\'';
    }

} // namespace

ExecInvocation redacted(ExecInvocation invocation)
{
    std::vector<std::string_view> arguments(invocation.args.begin(), invocation.args.end());
    std::vector<std::pair<std::size_t, std::string>> replaced;
    for (const auto& found : credentials::classifyArguments(arguments, builtinRules()))
        replaced.emplace_back(found.index, found.classification.redacted);
    for (auto& [index, text] : replaced)
        invocation.args[index] = std::move(text);
    for (std::string& argument : invocation.args)
        argument = credentials::redactText(argument, builtinRules());
    for (auto& [name, value] : invocation.env) {
        const auto judged = credentials::classify(name, value, credentials::Place::EnvValue, builtinRules());
        value = judged.isCredential() ? judged.redacted : credentials::redactText(value, builtinRules());
    }
    return invocation;
}

std::string commandText(const ExecInvocation& invocation)
{
    const ExecInvocation shown = redacted(invocation);
    std::string text;
    for (const auto& [name, value] : shown.env)
        text += printable(name) + '=' + shellLike(value) + ' ';
    text += shellLike(shown.program);
    for (const std::string& argument : shown.args)
        text += ' ' + shellLike(argument);
    return text;
}

std::string notApprovedText(const ExecInvocation& invocation)
{
    std::string text = "the credential plugin of user “" + printable(invocation.user) + "” in "
        + printable(invocation.kubeconfig)
        + " was not run, because nobody has approved this command: " + commandText(invocation)
        + " (file's SHA-256 " + invocation.sha256 + ", found by " + invocation.foundIn;
    if (invocation.invokedAs != invocation.program)
        text += ", called as " + printable(invocation.invokedAs);
    return text + "); its credential would go to "
        + printable(credentials::redactText(invocation.server, builtinRules()))
        + ". Approve it where the cluster is connected, after checking that you expect this command.";
}

std::string quoted(std::string_view standardError)
{
    std::string line = credentials::redactText(trim(standardError), builtinRules());
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '\t', ' ');
    if (line.empty())
        return {};
    if (line.size() > mostQuoted) {
        std::size_t end = mostQuoted;
        while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80)
            --end;
        line = line.substr(0, end) + "…";
    }
    return ": it said “" + printable(line) + "”";
}

std::string pluginOf(const ContextTarget& target)
{
    return "the credential plugin of user “" + printable(target.user.name) + "” in "
        + printable(target.userFile());
}

} // namespace glacis::cluster
