// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/reachability.h>

#include <network/reachability_state.h>

#include <algorithm>
#include <map>

namespace glacis::network {
namespace {
    using inventory::Kind;
    using inventory::ReadState;
    using inventory::Scope;

    /// In a cluster's source: could there be policies that we do not see?
    bool policiesUnread(const Inventory& inventory)
    {
        if (inventory.source.scope != Scope::Cluster)
            return false;
        const auto isRefused = [&](Kind kind) {
            const ReadState state = inventory.coverage.of(kind).state;
            return state == ReadState::Forbidden || state == ReadState::Failed;
        };
        if (isRefused(Kind::NetworkPolicy)
            || inventory.coverage.of(Kind::NetworkPolicy).state == ReadState::NotAsked)
            return true;
        // Kinds of plugins are seldom asked for in files; refused, they are there.
        const Kind plugins[] = { Kind::CiliumNetworkPolicy, Kind::CiliumClusterwideNetworkPolicy,
            Kind::CalicoNetworkPolicy, Kind::CalicoGlobalNetworkPolicy };
        return std::any_of(std::begin(plugins), std::end(plugins), isRefused);
    }

    void add(std::vector<std::uint32_t>& list, std::uint32_t number)
    {
        if (list.empty() || list.back() != number)
            list.push_back(number);
    }

    void sortUnique(std::vector<std::uint32_t>& numbers)
    {
        std::sort(numbers.begin(), numbers.end());
        numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    }

    Verdict better(Verdict a, Verdict b) { return std::min(a, b); }
}

Reachability::State::State(const Inventory& from, const Exposure& exposed, const StopToken& stop)
    : inventory(from)
    , exposure(exposed)
    , plugin(networkPlugin(from))
    , filters(from)
    , terms(from, plugin.enforces != Verdict::Denied)
    , profiles(from, terms, filters, stop)
    , judge(terms, filters, profiles, plugin.enforces != Verdict::Denied && policiesUnread(from))
{
    makeClasses();
    indexTargets();
    findNeighbours();
    nameClasses(inventory, sources);
    nameClasses(inventory, targets);
}

void Reachability::State::makeClasses()
{
    const auto classify = [](const std::vector<std::uint32_t>& setOf, std::vector<PodClass>& classes,
                              std::vector<std::uint32_t>& sets, std::vector<std::uint32_t>& classOf,
                              std::vector<std::uint32_t> PodClass::*members, auto&& describe) {
        classOf.resize(setOf.size());
        std::map<std::uint32_t, std::uint32_t> known;
        for (std::uint32_t i = 0; i < sets.size(); ++i)
            known.emplace(sets[i], i);
        for (std::uint32_t i = 0; i < setOf.size(); ++i) {
            const auto [entry, added] = known.emplace(setOf[i], static_cast<std::uint32_t>(classes.size()));
            if (added) {
                PodClass& made = classes.emplace_back();
                made.index = entry->second;
                sets.push_back(setOf[i]);
                describe(made, setOf[i]);
            }
            classOf[i] = entry->second;
            (classes[entry->second].*members).push_back(i);
        }
    };
    const auto describe = [](PodClass& made, NumberLists::List list, const auto& all) {
        for (const std::uint32_t number : list) {
            made.hostNetwork |= all[number].host;
            made.isolated |= all[number].isolated;
        }
    };
    const auto source = [&](PodClass& made, std::uint32_t set) {
        describe(made, profiles.sourcesIn(set), profiles.sources());
    };
    const auto target = [&](PodClass& made, std::uint32_t set) {
        describe(made, profiles.targetsIn(set), profiles.targets());
    };
    classify(profiles.sourceOfOwner(), sources, sourceSet, sourceOfOwner, &PodClass::owners, source);
    classify(profiles.sourceOfNode(), sources, sourceSet, sourceOfNode, &PodClass::nodes, source);
    classify(profiles.targetOfOwner(), targets, targetSet, targetOfOwner, &PodClass::owners, target);
}

void Reachability::State::indexTargets()
{
    targetsOfTerm.resize(terms.termCount());
    targetsOfBlock.resize(terms.addresses(Ingress).blockCount());
    for (std::uint32_t index = 0; index < targets.size(); ++index) {
        for (const std::uint32_t number : profiles.targetsIn(targetSet[index])) {
            const TargetProfile& target = profiles.targets()[number];
            if (target.host || target.opaque || !target.isolated) {
                add(openToAll, index);
                continue;
            }
            for (const std::uint32_t ruleNumber : terms.lists().at(target.rules)) {
                const CompiledRule& rule = terms.rule(ruleNumber);
                if (rule.everyone)
                    add(openToAll, index);
                for (const std::uint32_t term : rule.terms)
                    add(targetsOfTerm[term], index);
                for (const std::uint32_t block : rule.blocks)
                    add(targetsOfBlock[block], index);
            }
        }
    }
}

void Reachability::State::findNeighbours()
{
    const bool guarded = judge.unread()
        || std::any_of(
            targets.begin(), targets.end(), [](const PodClass& target) { return target.isolated; });
    if (!guarded)
        return;
    sameNode.resize(inventory.nodes.size());
    for (std::uint32_t owner = 0; owner < inventory.owners.size(); ++owner)
        if (judge.unread() || targets[targetOfOwner[owner]].isolated)
            for (const std::uint32_t pod : inventory.owners[owner].pods) {
                const auto& workload = inventory.workloads[pod];
                const auto* spec = inventory.spec(workload);
                const std::uint32_t node = profiles.nodeNamed(workload.nodeName);
                if (node != None && !(spec && spec->hostNetwork) && !PodProfiles::isFinished(workload))
                    add(sameNode[node], owner);
            }
}

Reached Reachability::State::reached(std::uint32_t source, std::uint32_t target) const
{
    Reached out;
    for (const std::uint32_t from : profiles.sourcesIn(sourceSet[source]))
        for (const std::uint32_t to : profiles.targetsIn(targetSet[target])) {
            out.unite(judge.link(profiles.sources()[from], profiles.targets()[to]));
            if (out.allowed.isAll())
                return out;
        }
    return out;
}

bool Reachability::State::runsOn(std::uint32_t owner, std::uint32_t node, bool hostNetwork) const
{
    const auto& pods = inventory.owners[owner].pods;
    return std::any_of(pods.begin(), pods.end(), [&](std::uint32_t pod) {
        const auto& workload = inventory.workloads[pod];
        const auto* spec = inventory.spec(workload);
        return profiles.nodeNamed(workload.nodeName) == node && node != None
            && (spec && spec->hostNetwork) == hostNetwork && !PodProfiles::isFinished(workload);
    });
}

bool Reachability::State::meetOnNode(std::uint32_t fromOwner, std::uint32_t toOwner) const
{
    if (!sources[sourceOfOwner[fromOwner]].hostNetwork)
        return false;
    const auto nodes = profiles.nodesOf(toOwner);
    return std::any_of(nodes.begin(), nodes.end(),
        [&](std::uint32_t node) { return runsOn(fromOwner, node, true) && runsOn(toOwner, node, false); });
}

// ---- the public face

Reachability::Reachability(const Inventory& inventory, const Exposure& exposure, const StopToken& stop)
    : m_state(std::make_unique<State>(inventory, exposure, stop))
{
}

Reachability::~Reachability() = default;
Reachability::Reachability(Reachability&&) noexcept = default;

const std::vector<PodClass>& Reachability::sources() const { return m_state->sources; }
const std::vector<PodClass>& Reachability::targets() const { return m_state->targets; }
std::uint32_t Reachability::sourceOf(std::uint32_t owner) const { return m_state->sourceOfOwner[owner]; }
std::uint32_t Reachability::targetOf(std::uint32_t owner) const { return m_state->targetOfOwner[owner]; }
std::uint32_t Reachability::sourceOfNode(std::uint32_t node) const { return m_state->sourceOfNode[node]; }
const Reachability::Plugin& Reachability::plugin() const { return m_state->plugin; }

Link Reachability::link(std::uint32_t source, std::uint32_t target) const
{
    Reached reached = m_state->reached(source, target);
    Link out;
    out.verdict = reached.best();
    reached.unknown.subtract(reached.allowed);
    out.ports = reached.allowed.toSet();
    out.unknown = reached.unknown.toSet();
    return out;
}

std::vector<std::uint32_t> Reachability::openTargets(std::uint32_t source) const
{
    const State& s = *m_state;
    std::vector<std::uint32_t> out = s.openToAll;
    const auto append
        = [&](const std::vector<std::uint32_t>& more) { out.insert(out.end(), more.begin(), more.end()); };
    for (const std::uint32_t number : s.profiles.sourcesIn(s.sourceSet[source])) {
        const SourceProfile& profile = s.profiles.sources()[number];
        for (const std::uint32_t term : s.terms.lists().at(profile.peers))
            append(s.targetsOfTerm[term]);
        for (std::uint32_t block = 0; profile.address != 0 && block < s.targetsOfBlock.size(); ++block)
            if (s.terms.addresses(Ingress).matches(block, profile.address))
                append(s.targetsOfBlock[block]);
    }
    sortUnique(out);
    std::erase_if(
        out, [&](std::uint32_t target) { return s.reached(source, target).best() == Verdict::Denied; });
    return out;
}

Verdict Reachability::allows(std::uint32_t source, std::uint32_t owner, Port port) const
{
    return m_state->reached(source, m_state->targetOfOwner[owner]).at(port);
}

Verdict Reachability::allowsNode(std::uint32_t source, std::uint32_t node, Port port) const
{
    const State& s = *m_state;
    Verdict best = Verdict::Denied;
    for (const std::uint32_t number : s.profiles.sourcesIn(s.sourceSet[source]))
        best = better(best, s.judge.toNode(s.profiles.sources()[number], node).at(port));
    return best;
}

std::vector<std::uint32_t> Reachability::onSameNode(std::uint32_t node) const
{
    return node < m_state->sameNode.size() ? m_state->sameNode[node] : std::vector<std::uint32_t>();
}

Verdict Reachability::connects(std::uint32_t fromOwner, std::uint32_t toOwner, Port port) const
{
    const Verdict verdict = allows(sourceOf(fromOwner), toOwner, port);
    return verdict != Verdict::Allowed && m_state->meetOnNode(fromOwner, toOwner) ? Verdict::Allowed
                                                                                  : verdict;
}

Verdict Reachability::connectsNode(std::uint32_t fromOwner, std::uint32_t node, Port port) const
{
    return m_state->runsOn(fromOwner, node, true) ? Verdict::Allowed
                                                  : allowsNode(sourceOf(fromOwner), node, port);
}

std::size_t Reachability::memory() const
{
    const State& s = *m_state;
    std::size_t total = sizeof(State) + s.terms.memory() + s.profiles.memory();
    for (const auto* classes : { &s.sources, &s.targets })
        for (const PodClass& one : *classes)
            total += sizeof(one) + one.name.capacity() + (one.owners.capacity() + one.nodes.capacity()) * 4;
    for (const auto* lists : { &s.sameNode, &s.targetsOfTerm, &s.targetsOfBlock })
        for (const auto& list : *lists)
            total += sizeof(list) + list.capacity() * 4;
    return total;
}

} // namespace glacis::network
