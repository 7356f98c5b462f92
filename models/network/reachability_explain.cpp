// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why a connection is possible or not. Works from the policies themselves, pod by pod, until a pair of pods
// shows what the classes answered.
#include <network/policy_words.h>
#include <network/reachability_state.h>

#include <algorithm>

namespace glacis::network {
namespace {
    using Cause = Explanation::Cause;
    using State = Reachability::State;
    using inventory::NoObject;

    Verdict worse(Verdict a, Verdict b) { return std::max(a, b); }

    /// Whom a rule has to mean on the other side.
    struct Other {
        const PodView* pod = nullptr; ///< nullptr: no pod, an address alone
        std::uint32_t address = 0; ///< class among blocks of the direction
        Outside outside;
        bool isOutside = false;
    };

    class Explainer {
    public:
        explicit Explainer(const State& state)
            : m_state(state)
        {
        }

        [[nodiscard]] std::string ownerName(std::uint32_t owner) const
        {
            const auto& object = m_state.inventory.object(
                m_state.inventory.workloads[m_state.inventory.owners[owner].workload].id);
            return object.ns.empty() ? object.name.str() : object.ns.str() + '/' + object.name.str();
        }
        [[nodiscard]] std::string nodeName(std::uint32_t node) const
        {
            return node == None ? "the node"
                                : m_state.inventory.object(m_state.inventory.nodes[node].id).name.str();
        }

        /// What the policies that select `pod` say about one direction.
        Verdict policies(Direction direction, const PodView& pod, const std::string& podName,
            const Other& other, const PodView* target, Port port, std::vector<Cause>& out) const
        {
            std::vector<const CompiledPolicy*> selecting;
            for (const std::uint32_t term : pod.terms)
                for (const std::uint32_t index : m_state.terms.policiesOf(term))
                    if (m_state.terms.policies()[index].isolates[direction])
                        selecting.push_back(&m_state.terms.policies()[index]);
            if (selecting.empty())
                return nobodySelects(direction, podName, out);
            bool opaque = false;
            for (const CompiledPolicy* policy : selecting)
                if (policy->opaque) {
                    opaque = true;
                    out.push_back({ policy->object->id, {},
                        label(*policy) + " may select " + podName + "; its rules are not evaluated", false });
                }
            if (opaque)
                return Verdict::Unknown;
            bool allowed = false;
            for (const CompiledPolicy* policy : selecting)
                allowed |= policyAllows(direction, *policy, other, target, port, out);
            if (allowed)
                return Verdict::Allowed;
            for (const CompiledPolicy* policy : selecting)
                out.push_back({ policy->object->id, {}, refusal(direction, *policy, podName, port), false });
            return Verdict::Denied;
        }

        /// Input filters of the node where a process of the node itself is meant.
        template <class Admits>
        Verdict filters(
            std::span<const std::uint32_t> list, Port port, Admits admits, std::vector<Cause>& out) const
        {
            const Filter* bars = m_state.filters.barring(list, port.number, admits);
            if (!bars)
                return Verdict::Allowed;
            out.push_back({ NoObject, "filters", wordsOf(*bars), false });
            return Verdict::Denied;
        }

        void pluginEnforcesNothing(std::vector<Cause>& out) const
        {
            if (m_state.plugin.enforces == Verdict::Denied && !m_state.inventory.networkPolicies.empty())
                out.push_back({ NoObject, {},
                    (m_state.plugin.name.empty() ? "the network plugin" : m_state.plugin.name)
                        + " does not enforce NetworkPolicies (" + m_state.plugin.why + ')',
                    true });
        }

        Explanation pods(std::uint32_t fromOwner, std::uint32_t toOwner, const PodView& from,
            const PodView& to, Port port) const
        {
            Explanation best;
            bool first = true;
            for (const Place& source : from.places)
                for (const Place& target : to.places) {
                    Explanation one = pair(fromOwner, toOwner, from, source, to, target, port);
                    if (first || one.verdict < best.verdict)
                        best = std::move(one);
                    first = false;
                    // Template pods have a place for each node: a look at some of them shows the same.
                    if (best.verdict == Verdict::Allowed || ++m_tries > 20'000)
                        return best;
                }
            return best;
        }

        Verdict egress(std::uint32_t fromOwner, const PodView& from, const Other& to, const PodView* target,
            Port port, std::vector<Cause>& out) const
        {
            if (!from.host)
                return policies(Egress, from, ownerName(fromOwner), to, target, port, out);
            out.push_back({ NoObject, {},
                ownerName(fromOwner) + " is on the host's network, which no egress rule binds", true });
            return Verdict::Allowed;
        }

    private:
        Explanation pair(std::uint32_t fromOwner, std::uint32_t toOwner, const PodView& from,
            const Place& source, const PodView& to, const Place& target, Port port) const
        {
            Explanation out;
            pluginEnforcesNothing(out.causes);
            out.verdict = egress(fromOwner, from, { &to, target.egress, {}, false }, &to, port, out.causes);
            if (to.host) {
                SourceProfile profile;
                std::copy(std::begin(source.filter), std::end(source.filter), std::begin(profile.filter));
                out.verdict = worse(out.verdict,
                    filters(
                        m_state.profiles.inputFilters(target.node), port,
                        [&](const Filter& filter) { return m_state.judge.admits(filter, profile); },
                        out.causes));
                out.causes.push_back({ NoObject, {},
                    ownerName(toOwner) + " is on the host's network, which no ingress rule guards", true });
            } else {
                out.verdict = worse(out.verdict,
                    policies(Ingress, to, ownerName(toOwner), { &from, source.ingress, {}, false }, &to, port,
                        out.causes));
            }
            return out;
        }

        [[nodiscard]] std::string label(const CompiledPolicy& policy) const
        {
            return m_state.inventory.label(policy.object->id);
        }

        Verdict nobodySelects(Direction direction, const std::string& podName, std::vector<Cause>& out) const
        {
            if (m_state.plugin.enforces == Verdict::Denied)
                return Verdict::Allowed;
            if (m_state.judge.unread()) {
                out.push_back({ NoObject, {}, "NetworkPolicies could not be read", false });
                return Verdict::Unknown;
            }
            out.push_back({ NoObject, {},
                "no policy selects " + podName + (direction == Ingress ? " for ingress" : " for egress"),
                true });
            return Verdict::Allowed;
        }

        bool policyAllows(Direction direction, const CompiledPolicy& policy, const Other& other,
            const PodView* target, Port port, std::vector<Cause>& out) const
        {
            const auto& written
                = direction == Ingress ? policy.object->ingressRules : policy.object->egressRules;
            bool allowed = false;
            for (std::size_t i = 0; i < policy.rules[direction].size(); ++i) {
                const CompiledRule& rule = m_state.terms.rule(policy.rules[direction][i]);
                if (!means(direction, rule, other) || !hasPort(rule, target, port))
                    continue;
                allowed = true;
                const bool in = direction == Ingress;
                out.push_back({ policy.object->id,
                    std::string(in ? "spec.ingress[" : "spec.egress[") + std::to_string(i) + ']',
                    label(policy)
                        + (in ? " lets " + peersOf(written[i]) + " in"
                              : " lets it out to " + peersOf(written[i]))
                        + " on " + wordsOf(port),
                    true });
            }
            return allowed;
        }

        [[nodiscard]] bool means(Direction direction, const CompiledRule& rule, const Other& other) const
        {
            if (other.isOutside)
                return m_state.judge.isPublicPeer(rule)
                    || (other.outside.translated && m_state.judge.nodeIsPeer(rule));
            if (rule.everyone)
                return true;
            const AddressTable& addresses = m_state.terms.addresses(direction);
            return std::any_of(rule.blocks.begin(), rule.blocks.end(), [&](std::uint32_t block) {
                return addresses.matches(block, other.address);
            }) || (other.pod && std::any_of(rule.terms.begin(), rule.terms.end(), [&](std::uint32_t term) {
                return std::binary_search(other.pod->terms.begin(), other.pod->terms.end(), term);
            }));
        }

        [[nodiscard]] bool hasPort(const CompiledRule& rule, const PodView* target, Port port) const
        {
            const auto protocol = protocolNumber(port.protocol);
            const auto serves = [&](const RulePort& wanted) {
                if (protocol != wanted.protocol)
                    return false;
                if (wanted.name == None)
                    return wanted.from <= port.number && port.number <= wanted.to;
                if (!target || target->host)
                    return false;
                const auto numbers = PodProfiles::numbersOf(
                    target->spec, m_state.terms.portNames()[wanted.name].name, wanted.protocol);
                return std::find(numbers.begin(), numbers.end(), port.number) != numbers.end();
            };
            return rule.allPorts || std::any_of(rule.ports.begin(), rule.ports.end(), serves);
        }

        [[nodiscard]] std::string refusal(
            Direction direction, const CompiledPolicy& policy, const std::string& podName, Port port) const
        {
            const bool in = direction == Ingress;
            std::string out = label(policy) + " isolates " + podName + (in ? " for ingress" : " for egress");
            return out
                + (policy.rules[direction].empty()
                        ? in ? " and lets nobody in" : " and lets nothing out"
                        : std::string(" and no rule of it ") + (in ? "lets this in" : "lets this out"))
                + " on " + wordsOf(port);
        }

        const State& m_state;
        mutable std::size_t m_tries = 0;
    };
}

std::string Explanation::text() const
{
    std::string out = verdict == Verdict::Allowed ? "Allowed"
        : verdict == Verdict::Unknown             ? "Not known"
                                                  : "Denied";
    std::string reasons;
    for (const Cause& cause : causes)
        if (verdict == Verdict::Allowed || !cause.allows)
            reasons += (reasons.empty() ? ": " : "; ") + cause.text;
    return out + reasons + '.';
}

Explanation Reachability::explain(std::uint32_t fromOwner, std::uint32_t toOwner, Port port) const
{
    const State& s = *m_state;
    const Explainer explainer(s);
    Explanation best;
    const Verdict wanted = connects(fromOwner, toOwner, port);
    if (wanted == Verdict::Allowed && allows(sourceOf(fromOwner), toOwner, port) != Verdict::Allowed) {
        best.verdict = Verdict::Allowed;
        best.causes.push_back({ NoObject, {},
            explainer.ownerName(fromOwner) + " is on the host's network of a node where "
                + explainer.ownerName(toOwner) + " runs; no policy stops what a node sends to its own pods",
            true });
        return best;
    }
    const auto targets = s.profiles.views(toOwner);
    bool first = true;
    for (const PodView& from : s.profiles.views(fromOwner))
        for (const PodView& to : targets) {
            Explanation one = explainer.pods(fromOwner, toOwner, from, to, port);
            if (first || one.verdict < best.verdict)
                best = std::move(one);
            first = false;
            if (best.verdict == wanted)
                return best;
        }
    best.verdict = wanted;
    return best;
}

Explanation Reachability::explainNode(std::uint32_t fromOwner, std::uint32_t node, Port port) const
{
    const State& s = *m_state;
    const Explainer explainer(s);
    Explanation best;
    const Verdict wanted = connectsNode(fromOwner, node, port);
    if (s.runsOn(fromOwner, node, true)) {
        best.verdict = Verdict::Allowed;
        best.causes.push_back({ NoObject, {},
            explainer.ownerName(fromOwner) + " is on the host's network of " + explainer.nodeName(node),
            true });
        return best;
    }
    const std::vector<Place> nowhere(1);
    const bool known = node < s.inventory.nodes.size();
    bool first = true;
    for (const PodView& from : s.profiles.views(fromOwner))
        for (const Place& source : from.places)
            for (const Place& place : known ? s.profiles.placesOf(node) : nowhere) {
                Explanation one;
                explainer.pluginEnforcesNothing(one.causes);
                one.verdict = explainer.egress(
                    fromOwner, from, { nullptr, place.egress, {}, false }, nullptr, port, one.causes);
                SourceProfile profile;
                std::copy(std::begin(source.filter), std::end(source.filter), std::begin(profile.filter));
                if (known)
                    one.verdict = worse(one.verdict,
                        explainer.filters(
                            s.profiles.inputFilters(node), port,
                            [&](const Filter& filter) { return s.judge.admits(filter, profile); },
                            one.causes));
                if (first || one.verdict < best.verdict)
                    best = std::move(one);
                first = false;
                if (best.verdict == wanted)
                    return best;
            }
    best.verdict = wanted;
    return best;
}

Explanation Reachability::explain(const Opening& opening) const
{
    const State& s = *m_state;
    const Explainer explainer(s);
    Explanation out;
    out.verdict = fromInternet(opening);
    if (opening.reach == Reach::Restricted || opening.reach == Reach::Private) {
        out.causes.push_back({ opening.front.valid() ? opening.front : opening.service, {},
            describe(s.inventory, opening)
                + (opening.reach == Reach::Restricted ? " is limited to source ranges"
                                                      : " has no public address"),
            false });
        return out;
    }
    if (opening.reach == Reach::Unknown)
        out.causes.push_back({ opening.front.valid() ? opening.front : opening.service, {},
            "whether " + describe(s.inventory, opening) + " has a public address is not known", false });
    const auto barred = [&](const Filter* filter) {
        if (filter)
            out.causes.push_back({ NoObject, "filters", wordsOf(*filter), false });
        return filter != nullptr;
    };
    if (barred(s.barredAtEdge(opening)))
        return out;
    const bool proxied = opening.via == Via::Ingress || opening.via == Via::Gateway;
    const Outside outside { !s.keepsSource(opening) };
    if (!proxied
        && barred(s.barredInChain(opening.owner,
            opening.via == Via::HostNetwork ? Chain::Input : Chain::Forward, opening.targetPort, outside)))
        return out;
    explainer.pluginEnforcesNothing(out.causes);
    const Port port { s.protocolsOf(opening).front(), opening.targetPort };
    if (proxied) {
        const auto controllers = s.controllersOf(opening);
        for (const std::uint32_t controller : controllers) {
            if (s.passesController(opening, controller) > out.verdict && controller != controllers.back())
                continue;
            Explanation onward = explain(controller, opening.owner, port);
            out.causes.push_back(
                { NoObject, {}, explainer.ownerName(controller) + " answers for it and connects onward",
                    onward.verdict == Verdict::Allowed });
            out.causes.insert(out.causes.end(), onward.causes.begin(), onward.causes.end());
            if (onward.verdict < out.verdict) // it is the way to the controller that is shut
                for (const Opening* own : s.exposure.openingsOf(controller))
                    if (own->via != Via::Ingress && own->via != Via::Gateway
                        && s.passes(*own) >= out.verdict) {
                        Opening tried = *own;
                        tried.reach = Reach::Public; // that is the front door's matter
                        const Explanation into = explain(tried);
                        out.causes.insert(out.causes.end(), into.causes.begin(), into.causes.end());
                        break;
                    }
            return out;
        }
        out.causes.push_back(
            { NoObject, {}, "which pods answer for it is not known", out.verdict == Verdict::Allowed });
        return out;
    }
    Explanation best;
    bool first = true;
    for (const PodView& pod : s.profiles.views(opening.owner)) {
        Explanation one;
        if (pod.host) {
            one.verdict = out.verdict;
            one.causes.push_back({ NoObject, {},
                explainer.ownerName(opening.owner)
                    + " is on the host's network, which no ingress rule guards",
                true });
        } else
            one.verdict = explainer.policies(Ingress, pod, explainer.ownerName(opening.owner),
                { nullptr, 0, outside, true }, &pod, port, one.causes);
        if (first || one.verdict < best.verdict)
            best = std::move(one);
        first = false;
    }
    out.causes.insert(out.causes.end(), best.causes.begin(), best.causes.end());
    return out;
}

} // namespace glacis::network
