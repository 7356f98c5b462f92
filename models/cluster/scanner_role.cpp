// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scanner_role.h"

#include <algorithm>
#include <array>
#include <map>

#include <base/text.h>
#include <cluster/lists.h>

namespace glacis::cluster {
namespace {

    constexpr std::array parts {
        RolePart { "configmaps", "ConfigMaps",
            "Passwords and keys that stand in ConfigMaps, and how kubeadm, kube-proxy and kubelets are set "
            "up.",
            "Whoever holds it reads every ConfigMap whole, with the credentials that some of them hold." },
        RolePart { "secret-metadata", "Names and types of Secrets",
            "Secrets that nothing uses, long-lived tokens and how many keys each Secret has.",
            "RBAC cannot grant names alone: whoever holds it may read every Secret's values. Glacis asks for "
            "a table "
            "of names, types and key counts and refuses any other answer." },
    };

    constexpr std::string_view scanner = "glacis-scanner";

    using Rules = std::map<std::string_view, std::vector<std::string_view>>; // by API group

    Rules rulesOf(std::string_view part)
    {
        Rules rules;
        for (const ListRow& row : listRows()) {
            // Only servers that lack the newer kind are asked for the older one.
            if (row.part == part && row.insteadOf.empty())
                rules[row.group].push_back(row.resource);
        }
        for (auto& [group, resources] : rules)
            std::sort(resources.begin(), resources.end());
        return rules;
    }

    std::string roleName(std::string_view part)
    {
        return part.empty() ? std::string(scanner) : std::string(scanner).append("-").append(part);
    }

    void addRole(std::string& yaml, std::string_view part)
    {
        yaml += "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: "
            + roleName(part) + "\nrules:\n";
        for (const auto& [group, resources] : rulesOf(part)) {
            yaml += "- apiGroups: [\"" + std::string(group) + "\"]\n  resources:\n";
            for (const std::string_view resource : resources)
                yaml.append("  - ").append(resource).append("\n");
            yaml += "  verbs: [list]\n";
        }
    }

    void addBinding(std::string& yaml, std::string_view part, const std::string& ns)
    {
        yaml += "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: "
            + roleName(part)
            + "\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: "
            + roleName(part) + "\nsubjects:\n- kind: ServiceAccount\n  name: " + std::string(scanner)
            + "\n  namespace: " + ns + "\n";
    }

    const RolePart* partOf(std::string_view id)
    {
        const auto* const found
            = std::find_if(parts.begin(), parts.end(), [id](const RolePart& part) { return part.id == id; });
        return found == parts.end() ? nullptr : found;
    }

    std::string commentLines(std::string_view text)
    {
        constexpr std::size_t width = 100;
        std::string out;
        std::string line = "#";
        for (const std::string_view word : split(text, ' ')) {
            if (line.size() + 1 + word.size() > width) {
                out += line + "\n";
                line = "#";
            }
            line.append(" ").append(word);
        }
        return out + line + "\n";
    }

    std::string heading(const RoleOptions& options)
    {
        std::string yaml = commentLines("What Glacis needs to read a cluster: it lists these kinds and "
                                        "nothing else, never watches, writes, opens a "
                                        "shell, a log or a proxy. Discovery, /version and the reviews of its "
                                        "own rights are open to every "
                                        "authenticated identity.");
        for (const std::string& id : options.with) {
            const RolePart& part = *partOf(id);
            yaml += "#\n"
                + commentLines(
                    roleName(part.id) + ": " + std::string(part.adds) + " " + std::string(part.risk));
        }
        if (options.binding)
            yaml += "#\n# A token for an hour:\n#   kubectl create token " + std::string(scanner)
                + " --namespace " + options.ns + " --duration 1h\n";
        return yaml;
    }

} // namespace

std::span<const RolePart> roleParts() { return parts; }

Result<std::string> scannerRole(const RoleOptions& options)
{
    for (const std::string& id : options.with) {
        if (partOf(id))
            continue;
        std::string known;
        for (const RolePart& part : parts)
            known.append(known.empty() ? "" : ", ").append(part.id);
        return failure("the scanner's role has no part '" + printable(id) + "'; there are: " + known);
    }
    std::string yaml = heading(options);
    if (options.binding)
        yaml += "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: " + options.ns
            + "\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: " + std::string(scanner)
            + "\n  namespace: " + options.ns + "\nautomountServiceAccountToken: false\n";
    std::vector<std::string_view> wanted { "" };
    for (const RolePart& part : parts) {
        if (std::find(options.with.begin(), options.with.end(), part.id) != options.with.end())
            wanted.push_back(part.id);
    }
    for (const std::string_view part : wanted) {
        addRole(yaml, part);
        if (options.binding)
            addBinding(yaml, part, options.ns);
    }
    return yaml;
}

} // namespace glacis::cluster
