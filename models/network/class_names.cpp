// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names for classes of pods: as general as can be told apart. "nodes", "pods", a namespace, a namespace with
// a label that all of the class carry, "other pods" for the one class of many namespaces, else the first
// workload.
#include <network/reachability_state.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

namespace glacis::network {
namespace {
    using inventory::KeyValues;

    // What people label their workloads by, the most telling first.
    constexpr std::string_view NameKeys[]
        = { "app", "app.kubernetes.io/name", "k8s-app", "name", "component" };

    class Namer {
    public:
        Namer(const Inventory& inventory, const std::vector<PodClass>& classes)
            : m_inventory(inventory)
        {
            for (const PodClass& one : classes) {
                m_hosts += one.hostNetwork;
                m_pods += !one.hostNetwork;
                m_mixed += !one.hostNetwork && !namespaceOf(one);
                for (const std::uint32_t owner : one.owners) {
                    auto& [count, seen] = m_classesIn[object(owner).ns];
                    count += !one.hostNetwork && seen != &one;
                    seen = &one;
                }
            }
        }

        [[nodiscard]] std::string nameOf(const PodClass& one) const
        {
            if (one.hostNetwork)
                return m_hosts == 1 ? "nodes" : "nodes " + firstOf(one);
            if (m_pods == 1)
                return "pods";
            const auto ns = namespaceOf(one);
            if (!ns)
                return m_mixed == 1 ? "other pods" : "pods like " + firstOf(one);
            if (m_classesIn.at(*ns).first == 1)
                return std::string(*ns);
            if (const std::string label = labelOf(one); !label.empty())
                return std::string(*ns) + ' ' + label;
            return firstOf(one);
        }

    private:
        [[nodiscard]] const inventory::Object& object(std::uint32_t owner) const
        {
            return m_inventory.object(m_inventory.workloads[m_inventory.owners[owner].workload].id);
        }
        /// The one namespace of all its owners.
        [[nodiscard]] std::optional<std::string_view> namespaceOf(const PodClass& one) const
        {
            if (one.owners.empty())
                return std::nullopt;
            const Str first = object(one.owners.front()).ns;
            const bool same = std::all_of(one.owners.begin(), one.owners.end(),
                [&](std::uint32_t owner) { return object(owner).ns == first; });
            return same ? std::optional(first.view()) : std::nullopt;
        }
        [[nodiscard]] std::string labelOf(const PodClass& one) const
        {
            const auto labels = [&](std::uint32_t owner) -> const KeyValues& {
                return m_inventory.workloads[m_inventory.owners[owner].workload].podLabels;
            };
            for (const std::string_view key : NameKeys) {
                const Str* first = inventory::find(labels(one.owners.front()), key);
                const bool same
                    = first && std::all_of(one.owners.begin(), one.owners.end(), [&](std::uint32_t owner) {
                          const Str* value = inventory::find(labels(owner), key);
                          return value && *value == *first;
                      });
                if (same)
                    return std::string(key) + '=' + first->str();
            }
            return {};
        }
        /// "shop/web and 3 more"
        [[nodiscard]] std::string firstOf(const PodClass& one) const
        {
            std::size_t count = one.owners.size();
            std::string first;
            if (!one.owners.empty()) {
                const inventory::Object& owner = object(one.owners.front());
                first = (owner.ns.empty() ? std::string() : owner.ns.str() + '/') + owner.name.str();
            } else if (!one.nodes.empty()) {
                count = one.nodes.size();
                first = m_inventory.object(m_inventory.nodes[one.nodes.front()].id).name.str();
            }
            return count > 1 ? first + " and " + std::to_string(count - 1) + " more" : first;
        }

        const Inventory& m_inventory;
        std::size_t m_hosts = 0, m_pods = 0, m_mixed = 0;
        /// How many classes have pods of a namespace, and the last one counted.
        std::unordered_map<std::string_view, std::pair<std::size_t, const PodClass*>> m_classesIn;
    };
}

void nameClasses(const Inventory& inventory, std::vector<PodClass>& classes)
{
    const Namer namer(inventory, classes);
    std::map<std::string, std::uint32_t, std::less<>> used;
    for (PodClass& one : classes) {
        const std::string name = namer.nameOf(one);
        one.name = name;
        std::uint32_t& number = used[name];
        while (++number > 1) {
            one.name = name + " (" + std::to_string(number) + ')';
            if (used.emplace(one.name, 1).second)
                break;
        }
    }
}

} // namespace glacis::network
