// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "objects.h"

#include <algorithm>

#include <base/text.h>

namespace glacis::inventory {

const Str* find(const KeyValues& pairs, std::string_view key)
{
    for (const auto& pair : pairs) {
        if (pair.key == key)
            return &pair.value;
    }
    return nullptr;
}

std::string Container::path() const
{
    const char* list = role == ContainerRole::Init ? "initContainers["
        : role == ContainerRole::Regular           ? "containers["
                                                   : "ephemeralContainers[";
    return list + std::to_string(index) + ']';
}

const Volume* PodSpec::volume(std::string_view name) const
{
    for (const auto& candidate : volumes) {
        if (candidate.name == name)
            return &candidate;
    }
    return nullptr;
}

Tri effectiveRunAsNonRoot(const PodSpec& pod, const Container& container)
{
    return container.security.runAsNonRoot != Tri::Unset ? container.security.runAsNonRoot
                                                         : pod.security.runAsNonRoot;
}

std::optional<std::int64_t> effectiveRunAsUser(const PodSpec& pod, const Container& container)
{
    return container.security.runAsUser ? container.security.runAsUser : pod.security.runAsUser;
}

std::string canonicalCapability(std::string_view written)
{
    std::string name(trim(written));
    for (char& c : name) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 32);
    }
    if (name.starts_with("CAP_"))
        name.erase(0, 4);
    return name;
}

bool Node::isControlPlane(const Object& object) const
{
    return object.label("node-role.kubernetes.io/control-plane")
        || object.label("node-role.kubernetes.io/master");
}

bool LabelSelector::matches(const KeyValues& labels) const
{
    for (const auto& wanted : matchLabels) {
        const Str* value = find(labels, wanted.key);
        if (!value || !(*value == wanted.value))
            return false;
    }
    for (const auto& expression : expressions) {
        const Str* value = find(labels, expression.key);
        const bool listed = value
            && std::any_of(expression.values.begin(), expression.values.end(),
                [&](Str candidate) { return candidate == *value; });
        if (expression.op == "In"                 ? !listed
                : expression.op == "NotIn"        ? listed
                : expression.op == "Exists"       ? value == nullptr
                : expression.op == "DoesNotExist" ? value != nullptr
                                                  : true)
            return false;
    }
    return true;
}

} // namespace glacis::inventory
