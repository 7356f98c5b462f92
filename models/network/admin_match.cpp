// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/admin_interfaces.h>

#include <base/text.h>

#include <algorithm>
#include <unordered_map>

namespace glacis::network {
namespace {
    using inventory::Container;
    using inventory::Kind;
    using inventory::PodSpec;
    using inventory::Workload;

    /// Tools by the last segment of their image tails, so that an image costs one look-up.
    const std::unordered_multimap<std::string_view, const AdminTool*>& toolsByImage()
    {
        static const auto Table = [] {
            std::unordered_multimap<std::string_view, const AdminTool*> table;
            for (const AdminTool& tool : adminTools())
                for (const std::string_view tail : split(tool.images, '|')) {
                    if (tail.empty())
                        continue;
                    const std::string_view last = tail.substr(tail.rfind('/') + 1);
                    const auto [first, end] = table.equal_range(last);
                    if (std::none_of(first, end, [&](const auto& entry) { return entry.second == &tool; }))
                        table.emplace(last, &tool);
                }
            return table;
        }();
        return Table;
    }

    const std::unordered_map<std::string_view, const AdminTool*>& toolsByName()
    {
        static const auto Table = [] {
            std::unordered_map<std::string_view, const AdminTool*> table;
            for (const AdminTool& tool : adminTools())
                for (const std::string_view name : split(tool.names, '|'))
                    if (!name.empty())
                        table.emplace(name, &tool);
            return table;
        }();
        return Table;
    }

    bool lists(std::string_view list, std::string_view word)
    {
        const auto items = split(list, '|');
        return std::find(items.begin(), items.end(), word) != items.end();
    }

    bool isComponent(const AdminTool& tool, const inventory::Object& object, const Workload& workload,
        const Container& container)
    {
        if (tool.component.empty())
            return true;
        const auto says = [&](std::string_view text) { return lists(tool.component, text); };
        // "release-airflow-webserver": chart releases prefix the component with their name.
        for (const std::string_view word : split(tool.component, '|'))
            if (!word.starts_with('-') && object.name.view().ends_with(word)
                && (object.name.size() == word.size()
                    || object.name.view()[object.name.size() - word.size() - 1] == '-'))
                return true;
        for (const auto& label : workload.podLabels)
            if (says(label.value))
                return true;
        const auto words = commandWords(container);
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
            return says(word) || says(word.substr(word.rfind('/') + 1))
                || says(word.substr(0, word.find('=')));
        });
    }

    /// Image first: it says what runs. Among several tools of one last segment the one whose tail fits.
    const AdminTool* byImage(
        const inventory::Object& object, const Workload& workload, const Container& container)
    {
        const ImageName image = parseImage(container.image);
        const auto [first, last] = toolsByImage().equal_range(image.lastSegment());
        const AdminTool* best = nullptr;
        for (auto it = first; it != last; ++it) {
            const AdminTool& tool = *it->second;
            const auto tails = split(tool.images, '|');
            const bool fits = std::any_of(
                tails.begin(), tails.end(), [&](std::string_view t) { return image.endsWith(t); });
            if (fits && (tool.tag.empty() || image.tag.find(tool.tag) != std::string_view::npos)
                && isComponent(tool, object, workload, container) && (!best || tool.id < best->id))
                best = &tool;
        }
        return best;
    }

    bool valueMatches(std::string_view values, std::string_view value)
    {
        if (values == "*")
            return !value.empty() && !equalsIgnoringCase(value, "false");
        if (values == "''")
            return value.empty();
        const auto wanted = split(values, '|');
        return std::any_of(
            wanted.begin(), wanted.end(), [&](auto w) { return equalsIgnoringCase(w, value); });
    }

    bool matches(const LoginRule& rule, const Container& container, const std::vector<std::string>& words)
    {
        if (rule.place == LoginPlace::Flag) {
            const auto value = flagValue(words, rule.name);
            return value && valueMatches(rule.values, *value);
        }
        return std::any_of(
            container.env.begin(), container.env.end(), [&](const inventory::EnvVar& variable) {
                if (variable.name != rule.name)
                    return false;
                // A value from a Secret or ConfigMap is set, but to what is not known: enough for "*".
                return variable.source == inventory::EnvSource::Literal
                    ? valueMatches(rule.values, variable.value)
                    : rule.values == "*";
            });
    }

    enum class LoginAnswer : std::uint8_t { Opened, Closed, Unset, Hidden };

    LoginAnswer loginOf(const AdminTool& tool, const Container& container)
    {
        const auto words = commandWords(container);
        bool closed = false;
        bool readsEnv = false;
        for (const LoginRule& rule : loginRules()) {
            if (rule.tool != tool.id)
                continue;
            readsEnv |= rule.effect == LoginEffect::Closes && rule.place == LoginPlace::Env;
            if (!matches(rule, container, words))
                continue;
            if (rule.effect == LoginEffect::Opens)
                return LoginAnswer::Opened;
            closed = true;
        }
        if (closed)
            return LoginAnswer::Closed;
        return readsEnv && !container.envFrom.empty() ? LoginAnswer::Hidden : LoginAnswer::Unset;
    }

    /// A proxy in the same pod that asks for a login in front of the program.
    bool hasAuthProxy(const PodSpec& spec)
    {
        static constexpr std::string_view Proxies[] = { "oauth2-proxy", "oauth-proxy", "kube-rbac-proxy",
            "pomerium", "gatekeeper", "ose-oauth-proxy" };
        return std::any_of(spec.containers.begin(), spec.containers.end(), [](const Container& container) {
            const std::string_view last = parseImage(container.image).lastSegment();
            return std::find(std::begin(Proxies), std::end(Proxies), last) != std::end(Proxies);
        });
    }

    std::optional<AdminMatch> matchOf(const AdminTool& tool, const PodSpec& spec, const Container* container,
        std::string evidence, std::string path)
    {
        AdminMatch match { { tool.id, tool.title, tool.gives, AdminInterface::Login::Unknown },
            std::move(evidence), std::move(path) };
        const LoginAnswer answer = container ? loginOf(tool, *container) : LoginAnswer::Hidden;
        if (tool.byDefault == ByDefault::Absent && answer != LoginAnswer::Opened)
            return std::nullopt;
        const bool open = answer == LoginAnswer::Opened
            || (tool.byDefault == ByDefault::Open && answer == LoginAnswer::Unset);
        if (open && !hasAuthProxy(spec))
            match.tool.login = AdminInterface::Login::None;
        return match;
    }

    /// Dashboard v7 is entered through the Kong of its chart: "RELEASE-kong" beside
    /// "RELEASE[-kubernetes-dashboard]-web".
    bool isDashboardProxy(const Inventory& inventory, const inventory::Object& object,
        const Workload& workload, const PodSpec& spec)
    {
        const bool kong = std::any_of(spec.containers.begin(), spec.containers.end(),
            [](const Container& container) { return parseImage(container.image).lastSegment() == "kong"; });
        const Str* instance
            = kong ? inventory::find(workload.podLabels, "app.kubernetes.io/instance") : nullptr;
        if (!instance)
            return false;
        const std::string release = instance->str();
        return inventory.find(Kind::Deployment, object.ns, release + "-web").valid()
            ? object.name.view().find("dashboard") != std::string_view::npos
            : inventory.find(Kind::Deployment, object.ns, release + "-kubernetes-dashboard-web").valid();
    }

    const AdminTool* toolById(std::string_view id)
    {
        for (const AdminTool& tool : adminTools())
            if (tool.id == id)
                return &tool;
        return nullptr;
    }
}

ImageName parseImage(std::string_view image)
{
    ImageName out;
    image = image.substr(0, image.find('@'));
    const std::size_t colon = image.rfind(':');
    if (colon != std::string_view::npos && image.find('/', colon) == std::string_view::npos) {
        out.tag = image.substr(colon + 1);
        image = image.substr(0, colon);
    }
    out.repository = image;
    return out;
}

std::string_view ImageName::lastSegment() const { return repository.substr(repository.rfind('/') + 1); }

bool ImageName::endsWith(std::string_view tail) const
{
    return repository.ends_with(tail)
        && (repository.size() == tail.size() || repository[repository.size() - tail.size() - 1] == '/');
}

std::vector<std::string> shellWords(std::string_view text)
{
    std::vector<std::string> out;
    std::string word;
    bool open = false; // a word has begun, perhaps with an empty quotation
    char quote = 0;
    for (const char c : text) {
        if (quote != 0 ? c == quote : (c == '\'' || c == '"')) {
            quote = quote != 0 ? char(0) : c;
            open = true;
        } else if (quote == 0 && std::string_view(" \t\r\n;&|()").find(c) != std::string_view::npos) {
            if (open)
                out.push_back(std::move(word));
            word.clear();
            open = false;
        } else {
            word += c;
            open = true;
        }
    }
    if (open)
        out.push_back(std::move(word));
    return out;
}

std::vector<std::string> commandWords(const Container& container)
{
    std::vector<std::string> out;
    for (const auto* list : { &container.command, &container.args })
        for (const Str item : *list)
            for (std::string& word : shellWords(item))
                out.push_back(std::move(word));
    return out;
}

std::optional<std::string> flagValue(const std::vector<std::string>& words, std::string_view flag)
{
    std::optional<std::string> found; // the last occurrence wins
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view word = words[i];
        if (!word.starts_with('-'))
            continue;
        word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
        if (!word.starts_with(flag))
            continue;
        if (word.size() == flag.size())
            found
                = i + 1 < words.size() && !words[i + 1].starts_with('-') ? words[i + 1] : std::string("true");
        else if (word[flag.size()] == '=')
            found = std::string(word.substr(flag.size() + 1));
    }
    return found;
}

std::optional<AdminMatch> adminInterface(const Inventory& inventory, const Workload& workload)
{
    const PodSpec* spec = inventory.spec(workload);
    // What runs once and ends serves no page.
    if (!spec || workload.kind == Kind::Job || workload.kind == Kind::CronJob)
        return std::nullopt;
    const inventory::Object& object = inventory.object(workload.id);
    const std::string specPath(inventory::info(workload.kind).podSpecPath); // "spec", "spec.template.spec"
    for (const Container& container : spec->containers) {
        if (container.role == inventory::ContainerRole::Ephemeral
            || (container.role == inventory::ContainerRole::Init && container.restartPolicy != "Always"))
            continue;
        if (const AdminTool* tool = byImage(object, workload, container))
            if (auto match = matchOf(*tool, *spec, &container, "image " + container.image.str(),
                    specPath + "." + container.path() + ".image"))
                return match;
    }
    const auto byName
        = [&](std::string_view name, std::string evidence, std::string path) -> std::optional<AdminMatch> {
        const auto found = toolsByName().find(name);
        if (found == toolsByName().end())
            return std::nullopt;
        // With several containers it is not known which one is the program.
        const Container* only = nullptr;
        int regular = 0;
        for (const Container& container : spec->containers)
            if (container.role == inventory::ContainerRole::Regular && ++regular == 1)
                only = &container;
        return matchOf(
            *found->second, *spec, regular == 1 ? only : nullptr, std::move(evidence), std::move(path));
    };
    if (auto match = byName(object.name, "name " + object.name.str(), "metadata.name"))
        return match;
    const std::string labelsPath
        = specPath.substr(0, specPath.size() - std::string_view("spec").size()) + "metadata.labels";
    for (const std::string_view key : { "app.kubernetes.io/name", "k8s-app", "app" })
        if (const Str* value = inventory::find(workload.podLabels, key))
            if (auto match = byName(*value, "label " + std::string(key) + "=" + value->str(), labelsPath))
                return match;
    if (isDashboardProxy(inventory, object, workload, *spec))
        return matchOf(
            *toolById("kubernetes-dashboard"), *spec, nullptr, "the Kong proxy of its chart", labelsPath);
    return std::nullopt;
}

} // namespace glacis::network
