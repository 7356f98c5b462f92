// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <secrets/etcd.h>

#include <algorithm>

#include <base/text.h>
#include <secrets/settings.h>

namespace glacis::secrets {
namespace {
    using inventory::ComponentView;
    using inventory::Inventory;

    std::string pathBelow(const ComponentView& view, const Setting& setting)
    {
        return view.containerPath + "." + setting.path;
    }

    std::string shown(std::string_view flag, const Setting& setting)
    {
        return std::string(flag) + " " + (setting.present ? setting.value : "absent");
    }

    std::int32_t portOf(std::string_view url)
    {
        const std::string_view authority
            = url.substr(url.find("://") == std::string_view::npos ? 0 : url.find("://") + 3);
        const std::size_t colon = authority.rfind(':');
        const auto port = colon == std::string_view::npos || authority.ends_with(']')
            ? std::nullopt
            : parseInteger(authority.substr(colon + 1, authority.find('/') - colon - 1));
        return port && *port > 0 && *port < 65536 ? static_cast<std::int32_t>(*port) : 2379;
    }

    /// The first listener that others than the node itself reach.
    void readListeners(const ComponentView& view, const Settings& settings, EtcdMember& member, bool& plain)
    {
        // Neither flag set: http on localhost only. The second holds the HTTP part of the first since
        // etcd 3.6.
        member.listens = Answer::No;
        for (const std::string_view flag : { "--listen-client-urls", "--listen-client-http-urls" }) {
            const Setting listen = settings.of(flag);
            if (!listen.unknown.empty()) {
                if (member.listens == Answer::No)
                    member.listens = Answer::Unknown;
                continue;
            }
            for (const std::string_view url : urls(listen.value)) {
                const bool http = startsWithScheme(url, "http://");
                if (isLoopback(hostOf(url)) || startsWithScheme(url, "unix") || (plain && !http))
                    continue;
                if (member.listens == Answer::Yes && !http)
                    continue;
                member.listens = Answer::Yes;
                member.port = portOf(url);
                member.listening = { view.pod.id, pathBelow(view, listen),
                    std::string(flag) + " " + std::string(url), {}, view.container.name };
                plain = plain || http;
            }
        }
    }

    EtcdMember memberOf(const ComponentView& view)
    {
        const Settings settings(view.container, Settings::Variables::Etcd);
        EtcdMember member { .pod = &view.pod, .listening = {}, .why = {} };
        bool plain = false;
        readListeners(view, settings, member, plain);
        if (plain) { // over http nobody can show a certificate
            member.open = Answer::Yes;
            member.why = member.listening;
            return member;
        }
        const Setting required = settings.of("--client-cert-auth");
        const Setting authority = settings.of("--trusted-ca-file");
        for (const Setting* setting : { &required, &authority }) {
            if (setting->unknown.empty())
                continue;
            member.why
                = { view.pod.id, pathBelow(view, *setting), setting->unknown, {}, view.container.name };
            return member;
        }
        const bool asks = Settings::isOn(required) && flagSet(authority.value);
        const Setting& decides = Settings::isOn(required) ? authority : required;
        const std::string_view flag = Settings::isOn(required) ? "--trusted-ca-file" : "--client-cert-auth";
        member.open = asks ? Answer::No : Answer::Yes;
        member.why = { view.pod.id, pathBelow(view, decides), shown(flag, decides), {}, view.container.name };
        return member;
    }
}

std::vector<EtcdMember> etcdMembers(const Inventory& inventory)
{
    std::vector<EtcdMember> members;
    for (const ComponentView& view : inventory::controlPlane(inventory, "etcd"))
        members.push_back(memberOf(view));
    return members;
}

Encryption encryptionAtRest(const Inventory& inventory)
{
    Encryption result;
    const auto& facts = inventory.observations.etcd;
    if (!facts.empty()) {
        const auto plain
            = std::find_if(facts.begin(), facts.end(), [](const auto& f) { return !f.fact.encryptedAtRest; });
        const auto& fact = plain == facts.end() ? facts.front() : *plain;
        result.encrypted = plain == facts.end() ? Answer::Yes : Answer::No;
        result.evidence.push_back({ {}, "etcd",
            std::string("encryptedAtRest: ") + (plain == facts.end() ? "true" : "false")
                + (fact.fact.how.empty() ? "" : ", by " + fact.fact.how),
            fact.source, {} });
    }
    const std::vector<ComponentView> servers = inventory::controlPlane(inventory, "kube-apiserver");
    for (const ComponentView& server : servers) {
        const Settings settings(server.container, Settings::Variables::None);
        const Setting config = settings.of("--encryption-provider-config");
        const bool set = flagSet(config.value);
        // With a provider file the first provider may still be "identity": the file is not in the cluster.
        if (facts.empty() && !set)
            result.encrypted = Answer::No;
        else if (facts.empty() && set && result.encrypted != Answer::No)
            result.encrypted = Answer::Yes;
        if ((result.encrypted == Answer::No) == !set)
            result.evidence.push_back({ server.pod.id, pathBelow(server, config),
                shown("--encryption-provider-config", config), {}, server.container.name });
    }
    if (result.evidence.empty())
        result.evidence.push_back({ {}, "", "the API server's flags are not visible", {}, {} });
    return result;
}

} // namespace glacis::secrets
