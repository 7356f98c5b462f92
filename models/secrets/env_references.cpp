// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <secrets/env_references.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace glacis::secrets {

namespace {
    using inventory::Container;
    using inventory::EnvSource;

    constexpr std::size_t maxExpanded = 4096; // $(A)$(A) doubles with every variable

    /// A part of an expanded text and the variable whose literal it came from.
    struct Segment {
        std::size_t begin = 0, end = 0;
        std::uint32_t origin = UINT32_MAX; ///< index of the variable; UINT32_MAX: not from a literal variable
    };
    struct Expanded {
        std::string text;
        std::vector<Segment> segments;
        bool hasReference = false;

        void append(std::string_view part, std::uint32_t origin)
        {
            part = part.substr(0, maxExpanded - std::min(maxExpanded, text.size()));
            if (part.empty())
                return;
            segments.push_back({ text.size(), text.size() + part.size(), origin });
            text.append(part);
        }
        void append(const Expanded& other)
        {
            for (const Segment& s : other.segments)
                append(std::string_view(other.text).substr(s.begin, s.end - s.begin), s.origin);
        }
    };

    class Expander {
    public:
        /// What variable `index` means to those below it.
        void define(std::string_view name, const Expanded* value) { m_values.insert_or_assign(name, value); }

        [[nodiscard]] Expanded expand(std::string_view text, std::uint32_t origin) const
        {
            Expanded out;
            std::size_t literal = 0;
            for (std::size_t at = text.find('$');
                 at != std::string_view::npos && at + 1 < text.size() && out.text.size() < maxExpanded;
                 at = text.find('$', at)) {
                if (text[at + 1] == '$') { // "$$" stands for one "$"
                    out.append(text.substr(literal, at + 1 - literal), origin);
                    at += 2;
                    literal = at;
                    continue;
                }
                const std::size_t close = text[at + 1] == '(' ? text.find(')', at) : std::string_view::npos;
                if (close == std::string_view::npos) {
                    ++at;
                    continue;
                }
                const auto it = m_values.find(text.substr(at + 2, close - at - 2));
                if (it != m_values.end() && it->second) {
                    out.append(text.substr(literal, at - literal), origin);
                    out.append(*it->second);
                    out.hasReference = true;
                    literal = close + 1;
                }
                at = close + 1;
            }
            out.append(text.substr(literal), origin);
            return out;
        }

    private:
        std::unordered_map<std::string_view, const Expanded*> m_values; // nullptr: known, but no literal
    };

    bool holdsReference(const Container& container)
    {
        const auto holds = [](const Str& text) { return text.view().find("$(") != std::string_view::npos; };
        return std::any_of(container.env.begin(), container.env.end(),
                   [&](const auto& variable) { return holds(variable.value); })
            || std::any_of(container.command.begin(), container.command.end(), holds)
            || std::any_of(container.args.begin(), container.args.end(), holds);
    }

    class Search {
    public:
        Search(const Container& container, const credentials::Rules& rules)
            : m_container(container)
            , m_rules(rules)
            , m_values(container.env.size())
            , m_known(container.env.size(), false)
        {
            std::unordered_set<std::string_view> found;
            for (const inventory::CredentialLiteral& literal : container.literals) {
                if (literal.place == credentials::Place::EnvValue)
                    found.insert(literal.key);
            }
            for (std::uint32_t i = 0; i < container.env.size(); ++i)
                m_known[i] = found.contains(container.env[i].name);
        }

        std::vector<EnvReference> run()
        {
            lookAtVariables();
            lookAtArguments();
            return std::move(m_found);
        }

    private:
        void lookAtVariables()
        {
            for (std::uint32_t i = 0; i < m_container.env.size(); ++i) {
                const inventory::EnvVar& variable = m_container.env[i];
                if (variable.source != EnvSource::Literal) {
                    m_expander.define(variable.name, nullptr);
                    continue;
                }
                m_values[i] = m_expander.expand(variable.value, i);
                m_expander.define(variable.name, &m_values[i]);
                if (!m_values[i].hasReference || m_known[i])
                    continue;
                const auto use = credentials::classify(
                    variable.name, m_values[i].text, credentials::Place::EnvValue, m_rules);
                if (use.isCredential())
                    note(m_values[i], use, variable.name.str());
            }
        }

        void lookAtArguments()
        {
            std::vector<Expanded> words;
            bool any = false;
            for (const auto* list : { &m_container.command, &m_container.args }) {
                for (const Str& word : *list) {
                    words.push_back(m_expander.expand(word, UINT32_MAX));
                    any = any || words.back().hasReference;
                }
            }
            if (!any)
                return;
            std::vector<std::string_view> texts;
            for (const Expanded& word : words)
                texts.push_back(word.text);
            for (const credentials::ArgumentFinding& finding :
                credentials::classifyArguments(texts, m_rules)) {
                if (finding.index >= words.size() || !words[finding.index].hasReference)
                    continue;
                const std::size_t commands = m_container.command.size();
                const bool inArgs = finding.index >= commands;
                note(words[finding.index], finding.classification,
                    (inArgs ? "args[" : "command[")
                        + std::to_string(inArgs ? finding.index - commands : finding.index) + "]");
            }
        }

        /// The variables whose literals make up the secret part.
        void note(const Expanded& expanded, const credentials::Classification& use, const std::string& usedBy)
        {
            for (const Segment& segment : expanded.segments) {
                const bool secret = segment.begin < use.secretEnd && use.secretBegin < segment.end;
                if (!secret || segment.origin == UINT32_MAX || m_known[segment.origin]
                    || m_container.env[segment.origin].name == std::string_view(usedBy))
                    continue;
                m_known[segment.origin] = true;
                m_found.push_back({ segment.origin, usedBy, use });
            }
        }

        const Container& m_container;
        const credentials::Rules& m_rules;
        Expander m_expander;
        std::vector<Expanded> m_values;
        std::vector<bool> m_known; ///< already a finding
        std::vector<EnvReference> m_found;
    };
}

std::vector<EnvReference> credentialReferences(const Container& container, const credentials::Rules& rules)
{
    if (!holdsReference(container))
        return {};
    return Search(container, rules).run();
}

} // namespace glacis::secrets
