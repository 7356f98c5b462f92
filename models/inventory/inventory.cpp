// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory.h"

#include <algorithm>
#include <map>
#include <set>

#include <inventory/decode.h>

namespace glacis::inventory {
namespace {

    constexpr std::uint32_t none = UINT32_MAX;

    // Finds objects by uid and by (group, kind, namespace, name) for owner references.
    class OwnerIndex {
    public:
        explicit OwnerIndex(const Inventory& inventory)
            : m_inventory(inventory)
        {
            m_byUid.reserve(inventory.workloads.size());
            m_byName.reserve(inventory.workloads.size());
            for (std::uint32_t i = 0; i < inventory.workloads.size(); ++i) {
                const Object& object = inventory.object(inventory.workloads[i].id);
                if (!object.uid.empty())
                    m_byUid.emplace(object.uid.view(), i);
                m_byName.emplace(Name { object.kind, object.ns.view(), object.name.view() }, i);
            }
        }

        /// The workload that controls this one; none when the chain ends here.
        [[nodiscard]] std::uint32_t controllerOf(const Object& object) const
        {
            const OwnerReference* reference = nullptr;
            for (const auto& candidate : object.owners) {
                if (!reference || (candidate.controller && !reference->controller))
                    reference = &candidate;
            }
            if (!reference)
                return none;
            if (!reference->uid.empty()) {
                const auto found = m_byUid.find(reference->uid.view());
                if (found != m_byUid.end())
                    return found->second;
            }
            const Kind kind = kindOf(groupOf(reference->apiVersion), reference->kind);
            if (kind == Kind::Other || !info(kind).workload)
                return none; // a Node (mirror pod) or a kind without a pod template
            const auto found = m_byName.find(Name { kind, object.ns.view(), reference->name.view() });
            if (found == m_byName.end())
                return none;
            // A uid on both sides that differs means another object of that name: it was deleted and made
            // anew.
            const Object& owner = m_inventory.object(m_inventory.workloads[found->second].id);
            return reference->uid.empty() || owner.uid.empty() ? found->second : none;
        }

    private:
        struct Name {
            Kind kind;
            std::string_view ns, name;
            friend bool operator==(const Name&, const Name&) = default;
        };
        struct NameHash {
            std::size_t operator()(const Name& key) const noexcept
            {
                return static_cast<std::size_t>(
                    mixHash(hash64(key.name, processSeed() + static_cast<std::uint64_t>(key.kind)),
                        hash64(key.ns, processSeed())));
            }
        };
        struct ViewHash {
            std::size_t operator()(std::string_view text) const noexcept
            {
                return static_cast<std::size_t>(hash64(text, processSeed()));
            }
        };
        const Inventory& m_inventory;
        std::unordered_map<std::string_view, std::uint32_t, ViewHash> m_byUid;
        std::unordered_map<Name, std::uint32_t, NameHash> m_byName;
    };

    template <class T> std::size_t bytesOf(const std::vector<T>& items)
    {
        return items.capacity() * sizeof(T);
    }

} // namespace

std::size_t Inventory::KeyHash::operator()(const Key& key) const noexcept
{
    return static_cast<std::size_t>(
        mixHash(hash64(key.name, processSeed() + static_cast<std::uint64_t>(key.kind)),
            hash64(key.ns, processSeed())));
}

ObjectId Inventory::find(Kind kind, std::string_view ns, std::string_view name) const
{
    const auto found = m_index.find(Key { kind, ns, name });
    return found == m_index.end() ? NoObject : found->second;
}

const ServiceAccount* Inventory::serviceAccount(std::string_view ns, std::string_view name) const
{
    const ObjectId id = find(Kind::ServiceAccount, ns, name);
    return id.valid() ? &serviceAccounts[object(id).typed] : nullptr;
}

std::vector<std::pair<std::string, std::size_t>> Inventory::otherKinds() const
{
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> counts;
    for (const auto& object : objects) {
        if (object.kind == Kind::Other)
            ++counts[{ object.group.view(), object.kindName.view() }];
    }
    std::vector<std::pair<std::string, std::size_t>> out;
    out.reserve(counts.size());
    for (const auto& [key, count] : counts)
        out.emplace_back(key.first.empty() ? std::string(key.second)
                                           : std::string(key.first) + '/' + std::string(key.second),
            count);
    return out;
}

std::string Inventory::label(ObjectId id) const
{
    const Object& o = object(id);
    std::string text = o.kindName.str() + ' ';
    if (!o.ns.empty())
        text += o.ns.str() + '/';
    return text + o.name.str();
}

std::size_t Inventory::memory() const
{
    std::size_t total = strings ? strings->memory() : 0;
    total += bytesOf(objects) + bytesOf(podSpecs) + bytesOf(workloads) + bytesOf(services) + bytesOf(owners)
        + bytesOf(configMaps) + bytesOf(secrets) + bytesOf(roles) + bytesOf(bindings);
    for (const auto& o : objects)
        total += bytesOf(o.labels) + bytesOf(o.annotations) + bytesOf(o.owners);
    for (const auto& blob : blobs)
        total += blob.compressed.capacity() + sizeof(Blob);
    return total + m_index.size() * (sizeof(Key) + sizeof(ObjectId) + 2 * sizeof(void*));
}

void Inventory::finish()
{
    m_index.clear();
    m_index.reserve(objects.size());
    std::set<std::string_view> names;
    std::vector<Str> distinct;
    for (std::uint32_t i = 0; i < objects.size(); ++i) {
        const Object& object = objects[i];
        if (object.kind != Kind::Other)
            m_index.insert_or_assign(
                Key { object.kind, object.ns.view(), object.name.view() }, ObjectId { i });
        const Str ns = object.kind == Kind::Namespace ? object.name : object.ns;
        if (!ns.empty() && names.insert(ns.view()).second)
            distinct.push_back(ns);
    }
    std::sort(distinct.begin(), distinct.end());
    m_namespaceNames = std::move(distinct);
    chainOwners();
}

void Inventory::chainOwners()
{
    const OwnerIndex index(*this);
    std::vector<std::uint32_t> parent(workloads.size(), none);
    for (std::uint32_t i = 0; i < workloads.size(); ++i)
        parent[i] = index.controllerOf(object(workloads[i].id));

    // Follow each chain to its top; a circle of owner references (hostile input) ends where it would repeat.
    std::vector<std::uint32_t> top(workloads.size(), none);
    for (std::uint32_t i = 0; i < workloads.size(); ++i) {
        std::uint32_t at = i;
        std::uint32_t steps = 0;
        while (parent[at] != none && parent[at] != at && steps++ < 16)
            at = parent[at];
        top[i] = steps > 16 ? i : at;
    }
    std::vector<std::uint64_t> shapes;
    shapes.reserve(podSpecs.size());
    for (const auto& spec : podSpecs)
        shapes.push_back(securityShape(spec));
    const auto sameShape = [&](std::uint32_t a, std::uint32_t b) {
        return a == b || (a < shapes.size() && b < shapes.size() && shapes[a] == shapes[b]);
    };
    owners.clear();
    ownerOfWorkload.assign(workloads.size(), none);
    for (std::uint32_t i = 0; i < workloads.size(); ++i) {
        if (top[i] == i) {
            ownerOfWorkload[i] = static_cast<std::uint32_t>(owners.size());
            owners.push_back(Owner { i, {}, {} });
        }
    }
    for (std::uint32_t i = 0; i < workloads.size(); ++i) {
        std::uint32_t& mine = ownerOfWorkload[i];
        if (mine == none)
            mine = ownerOfWorkload[top[i]];
        if (mine == none) { // its top was itself inside a circle
            mine = static_cast<std::uint32_t>(owners.size());
            owners.push_back(Owner { i, {}, {} });
        }
        if (workloads[i].kind != Kind::Pod)
            continue;
        Owner& owner = owners[mine];
        owner.pods.push_back(i);
        if (owner.workload == i || workloads[i].spec == none
            || sameShape(workloads[i].spec, workloads[owner.workload].spec))
            continue;
        const bool seen = std::any_of(owner.deviating.begin(), owner.deviating.end(),
            [&](std::uint32_t other) { return sameShape(workloads[other].spec, workloads[i].spec); });
        if (!seen
            && owner.deviating.size() < 64) // more distinct specs than that are one rollout after another
            owner.deviating.push_back(i);
    }
}

} // namespace glacis::inventory
