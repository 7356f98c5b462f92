// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/policy_words.h>

namespace glacis::network {
namespace {
    using inventory::LabelSelector;

    constexpr std::size_t MaxShown = 3; // what a person reads in one sentence

    /// Adds parts with a separator and counts what is too much to read.
    class Enumeration {
    public:
        void add(const std::string& part)
        {
            if (++m_count <= MaxShown)
                m_text += (m_text.empty() ? "" : ", ") + part;
        }
        [[nodiscard]] std::string text() const
        {
            return m_count > MaxShown ? m_text + " and " + std::to_string(m_count - MaxShown) + " more"
                                      : m_text;
        }

    private:
        std::string m_text;
        std::size_t m_count = 0;
    };

    std::string wordsOf(const LabelSelector& selector)
    {
        Enumeration out;
        for (const auto& pair : selector.matchLabels)
            out.add(pair.key.str() + '=' + pair.value.str());
        for (const auto& expression : selector.expressions) {
            Enumeration values;
            for (const Str value : expression.values)
                values.add(value.str());
            std::string text = expression.key.str() + ' ' + expression.op.str();
            if (!expression.values.empty())
                text += " (" + values.text() + ')';
            out.add(text);
        }
        return out.text();
    }

    std::string wordsOf(const inventory::PolicyPeer& peer)
    {
        if (peer.ipBlock) {
            Enumeration holes;
            for (const Str hole : peer.ipBlock->except)
                holes.add(hole.str());
            const std::string except = holes.text();
            return peer.ipBlock->cidr.str() + (except.empty() ? "" : " except " + except);
        }
        std::string pods = peer.pods.present && !peer.pods.empty() ? wordsOf(peer.pods) : "every pod";
        if (!peer.namespaces.present)
            return pods + (peer.pods.empty() ? " of its namespace" : "");
        return pods
            + (peer.namespaces.empty() ? " of any namespace" : " of namespaces " + wordsOf(peer.namespaces));
    }
}

std::string wordsOf(Port port) { return std::string(port.protocol) + ' ' + std::to_string(port.number); }

std::string peersOf(const inventory::PolicyRule& rule)
{
    if (rule.peers.empty())
        return "everyone";
    Enumeration out;
    for (const auto& peer : rule.peers)
        out.add(wordsOf(peer));
    return out.text();
}

std::string wordsOf(const Filter& filter)
{
    const auto& fact = filter.fact->fact;
    Enumeration allowed, ports;
    for (const std::string& cidr : fact.allow)
        allowed.add(cidr);
    for (const int port : fact.ports)
        ports.add(std::to_string(port));
    std::string out = "the " + fact.chain + " filter on " + (filter.everyNode ? "every node" : fact.node)
        + " lets " + (fact.allow.empty() ? "nobody" : "only " + allowed.text()) + " to "
        + (fact.ports.empty()            ? "any port"
                : fact.ports.size() == 1 ? "port " + ports.text()
                                         : "ports " + ports.text());
    if (!filter.fact->source.empty())
        out += " (" + filter.fact->source + ')';
    return out;
}

} // namespace glacis::network
