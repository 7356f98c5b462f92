// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds the pods of the control plane. kubeadm, RKE2 and kOps label them ("component", or "k8s-app" with
// kOps); where no label stands, the program that a container starts tells.
#include <inventory/control_plane.h>

#include <algorithm>

namespace glacis::inventory {

namespace {
    std::string_view baseName(std::string_view path)
    {
        return path.substr(path.rfind('/') + 1); // npos + 1 is 0
    }

    bool endsWord(char c)
    {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';' || c == '&' || c == '\''
            || c == '"';
    }

    /// Does the command start this program: as the program, behind a wrapper (go-runner), or in a shell's
    /// script?
    bool startsProgram(const std::vector<Str>& words, std::string_view program)
    {
        for (const Str& word : words) {
            const std::string_view text = word;
            if (text.starts_with('-'))
                continue;
            if (baseName(text) == program)
                return true;
            for (std::size_t at = text.find(program); at != std::string_view::npos;
                 at = text.find(program, at + 1)) {
                const bool begins = at == 0 || text[at - 1] == '/' || endsWord(text[at - 1]);
                const std::size_t end = at + program.size();
                if (begins && end < text.size() && endsWord(text[end]))
                    return true;
            }
        }
        return false;
    }

    bool starts(const Container& container, std::string_view program)
    {
        return startsProgram(container.command, program) || startsProgram(container.args, program);
    }

    /// The container that runs the component in a pod whose label says that it is one.
    const Container* labelled(const PodSpec& spec, std::string_view component)
    {
        const Container* first = nullptr;
        for (const Container& container : spec.containers) {
            if (container.role != ContainerRole::Regular)
                continue;
            if (container.name == component || starts(container, component))
                return &container;
            first = first ? first : &container;
        }
        return first;
    }

    bool hasComponentLabel(const KeyValues& labels, std::string_view component)
    {
        const Str* own = find(labels, "component");
        if (own)
            return *own == component;
        const Str* app = find(labels, "k8s-app");
        return app && *app == component;
    }
}

std::vector<ComponentView> controlPlane(const Inventory& inventory, std::string_view component)
{
    return ControlPlane(inventory).component(component);
}

ControlPlane::ControlPlane(const Inventory& inventory)
    : m_inventory(inventory)
{
    for (const Workload& workload : inventory.workloads) {
        if (workload.kind == Kind::Pod && inventory.object(workload.id).ns == "kube-system")
            m_pods.push_back(&workload);
    }
}

std::vector<ComponentView> ControlPlane::component(std::string_view component) const
{
    std::vector<ComponentView> found;
    for (const Workload* workload : m_pods) {
        const PodSpec* spec = m_inventory.spec(*workload);
        if (!spec)
            continue;
        const Container* match = nullptr;
        if (hasComponentLabel(workload->podLabels, component)) {
            match = labelled(*spec, component);
        } else if (!find(workload->podLabels, "component")) {
            const auto it
                = std::find_if(spec->containers.begin(), spec->containers.end(), [&](const auto& container) {
                      return container.role == ContainerRole::Regular && starts(container, component);
                  });
            match = it == spec->containers.end() ? nullptr : &*it;
        }
        if (match)
            found.push_back(
                { .pod = *workload, .container = *match, .containerPath = "spec." + match->path() });
    }
    return found;
}

bool ControlPlane::anyComponent() const
{
    constexpr std::string_view components[]
        = { "kube-apiserver", "etcd", "kube-controller-manager", "kube-scheduler" };
    return std::any_of(std::begin(components), std::end(components),
        [&](std::string_view name) { return !component(name).empty(); });
}

} // namespace glacis::inventory
