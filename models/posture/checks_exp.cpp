// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be reached from outside: the API server, shared addresses, Services, Ingresses, admin interfaces.
#include <posture/areas.h>

#include <algorithm>
#include <set>

#include <base/text.h>
#include <network/addresses.h>
#include <network/reach.h>

namespace glacis::posture {
namespace {
    using inventory::Ingress;
    using inventory::Service;
    using network::FrontAddress;
    using network::Reach;

    const PseudoObject ApiServer { "Endpoint", "kube-apiserver" };

    std::string element(std::string_view list, std::size_t index, std::string_view field)
    {
        return std::string(list) + "[" + std::to_string(index) + "]." + std::string(field);
    }

    std::string hostPort(const std::string& host, int port)
    {
        const bool v6 = host.find(':') != std::string::npos;
        return (v6 ? "[" : "") + host + (v6 ? "]:" : ":") + std::to_string(port);
    }

    /// "a, b, c and 4 more"
    std::string list(const std::vector<std::string>& names, std::size_t most)
    {
        std::string text;
        for (std::size_t i = 0; i < names.size() && i < most; ++i)
            text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
        if (names.size() > most)
            text += " and " + std::to_string(names.size() - most) + " more";
        return text;
    }

    std::string addressesInWords(const std::vector<FrontAddress>& fronts, Reach reach)
    {
        std::vector<std::string> names;
        for (const FrontAddress& front : fronts)
            if (front.reach == reach && !front.address.empty())
                names.push_back(front.address);
        return list(names, 3);
    }

    // ---- API server

    void apiOnPublicAddress(const CheckContext& c, Verdicts& v)
    {
        const auto servers = network::apiServerAddresses(c.inventory);
        if (servers.empty())
            return v.notAssessed(
                "the address of the API server is not known: no endpoints fact, kubeconfig, cluster-info "
                "or controlPlaneEndpoint was read");
        const network::DnsAnswers dns(c.inventory);
        std::string unresolved;
        bool failed = false;
        for (const auto& server : servers) {
            std::vector<std::string> addresses;
            if (network::parseIp(server.host))
                addresses = { server.host };
            else if (const auto* answers = dns.addressesOf(server.host))
                addresses = *answers;
            else if (!network::isInternalHostName(server.host))
                unresolved = server.host;
            for (const std::string& address : addresses) {
                if (!network::isPublicAddress(address))
                    continue;
                failed = true;
                const std::string name = server.host == address ? "" : " (" + server.host + ")";
                v.fail(ApiServer,
                    { .container = {},
                        .path = server.path,
                        .evidence = hostPort(server.host, server.port) + ", from " + server.source,
                        .object = server.object },
                    { .message = "The API server listens on the public address "
                            + hostPort(address, server.port) + name,
                        .confidence = server.confidence });
            }
        }
        if (failed)
            return;
        if (!unresolved.empty())
            v.notAssessed(
                unresolved + " was not resolved: a DNS fact would tell whether its address is public");
        else
            v.pass(ApiServer);
    }

    /// What an anonymous 200 on a path of the API server tells.
    Severity anonymousSeverity(std::string_view path)
    {
        path = path.substr(0, path.find('?'));
        while (path.size() > 1 && path.ends_with('/'))
            path.remove_suffix(1);
        for (const std::string_view open : { "/version", "/healthz", "/livez", "/readyz" })
            if (path == open || (path.starts_with(open) && path[open.size()] == '/'))
                return Severity::Info;
        // Names of groups and kinds, no objects: discovery that anonymous callers do not have by default.
        const auto slashes = std::count(path.begin(), path.end(), '/');
        const bool discovery = path == "/" || path == "/api" || path == "/apis"
            || path.starts_with("/openapi") || (path.starts_with("/api/") && slashes == 2)
            || (path.starts_with("/apis/") && slashes <= 3);
        return discovery ? Severity::Medium : Severity::Critical;
    }

    void anonymousApi(const CheckContext& c, Verdicts& v)
    {
        bool asked = false;
        bool failed = false;
        for (const auto& observed : c.inventory.observations.http) {
            const auto& fact = observed.fact;
            if (fact.endpoint != "kube-apiserver"
                || (fact.credentials != "none" && !fact.credentials.empty()))
                continue;
            if (fact.status == 401 || fact.status == 403)
                asked = true;
            if (fact.status != 200)
                continue;
            failed = true;
            const Severity severity = anonymousSeverity(fact.path);
            const std::string from = fact.from.empty() ? "" : " from " + fact.from;
            v.fail(ApiServer,
                { .container = {},
                    .path = "http",
                    .evidence = "GET " + fact.path + from + " without credentials: 200",
                    .object = {} },
                { .message = severity == Severity::Info
                        ? "The API server tells anonymous callers its version or health at " + fact.path
                        : "The API server answers anonymous callers" + fromWhere(fact.from) + " at "
                            + fact.path,
                    .severity = severity,
                    .confidence = observed.confidence });
        }
        if (failed)
            return;
        if (asked)
            v.pass(ApiServer);
        else
            v.notAssessed("needs a probe or a facts file: nobody asked the API server without credentials");
    }

    // ---- shared addresses

    /// Where the object names the host.
    std::string hostPath(const Inventory& inventory, ObjectId id, std::string_view host)
    {
        const inventory::Object& object = inventory.object(id);
        if (object.kind == Kind::Ingress) {
            const Ingress& ingress = inventory.ingresses[object.typed];
            for (std::size_t i = 0; i < ingress.rules.size(); ++i)
                if (network::canonicalHost(ingress.rules[i].host) == host)
                    return element("spec.rules", i, "host");
            return "spec.tls";
        }
        if (object.kind == Kind::Gateway) {
            const auto& gateway = inventory.gateways[object.typed];
            for (std::size_t i = 0; i < gateway.listeners.size(); ++i)
                if (network::canonicalHost(gateway.listeners[i].hostname) == host)
                    return element("spec.listeners", i, "hostname");
        }
        if (object.kind == Kind::Service)
            return "metadata.annotations";
        return "spec.hostnames";
    }

    void sharedAddress(const CheckContext& c, Verdicts& v)
    {
        std::set<std::string> shared;
        for (const network::SharedAddress& address : c.exposure.sharedAddresses()) {
            shared.insert(address.address);
            std::vector<std::string> names;
            std::set<std::string> namespaces;
            Details details { .confidence
                = address.fromObjects ? Confidence::Configured : Confidence::Stated };
            for (const auto& host : address.hosts) {
                names.push_back(host.name);
                namespaces.insert(host.namespaces.begin(), host.namespaces.end());
                if (host.object.valid()
                    && std::find(details.related.begin(), details.related.end(), host.object)
                        == details.related.end())
                    details.related.push_back(host.object);
            }
            details.message
                = list(names, 3) + (names.size() == 2 ? " both stand" : " stand") + " on " + address.address;
            details.severity = Severity::High;
            std::vector<std::string> also;
            if (address.isApiServer)
                also.push_back("the API server's address");
            if (address.isNode)
                also.push_back("a node's");
            if (address.isAdminInterface)
                also.push_back("that of an admin interface");
            if (!also.empty()) {
                details.message += ", which is also " + list(also, also.size());
            } else if (address.fromObjects && namespaces.size() >= 2) {
                details.message
                    += ", in front of namespaces " + list({ namespaces.begin(), namespaces.end() }, 3);
                details.severity = Severity::Medium;
            } else {
                details.severity = Severity::Info;
            }
            const PseudoObject object { "Address", address.address };
            constexpr std::size_t MostPlaces = 20;
            for (std::size_t i = 0; i < address.hosts.size() && i < MostPlaces; ++i) {
                const auto& host = address.hosts[i];
                v.fail(object,
                    { .container = {},
                        .path = host.object.valid() ? hostPath(c.inventory, host.object, host.name) : "dns",
                        .evidence = host.name + " → " + address.address,
                        .object = host.object },
                    details);
            }
        }
        // Every other address that a name is known for stands alone.
        std::set<std::string> alone;
        const network::DnsAnswers dns(c.inventory);
        for (const auto& [name, answers] : dns.all())
            alone.insert(answers.begin(), answers.end());
        for (const Ingress& ingress : c.inventory.ingresses) {
            std::string unknown;
            bool known = false;
            for (const FrontAddress& front : c.exposure.addressesOf(ingress)) {
                known |= !front.address.empty();
                const auto* answers = front.address.empty() ? nullptr : dns.addressesOf(front.address);
                if (answers)
                    alone.insert(answers->begin(), answers->end());
                else if (!front.address.empty())
                    alone.insert(front.address);
            }
            for (const auto& rule : ingress.rules)
                if (!known && !rule.host.empty() && !dns.addressesOf(rule.host))
                    unknown = rule.host.str();
            if (!unknown.empty())
                v.notAssessed(
                    ingress.id, "the address of " + unknown + " is not known: no status, no DNS fact");
        }
        for (const std::string& address : alone)
            if (!shared.contains(address))
                v.pass(PseudoObject { "Address", address });
    }

    // ---- Services

    void openLoadBalancer(const CheckContext& c, Verdicts& v)
    {
        const bool manifests = c.inventory.source.scope == Scope::Manifests;
        for (const Service& service : c.inventory.services) {
            const auto& fronts = c.exposure.addressesOf(service);
            if (service.type != "LoadBalancer") {
                v.notApplicable(service.id);
                continue;
            }
            const std::string label = c.inventory.label(service.id);
            switch (network::widest(fronts)) {
            case Reach::Public:
                v.fail(service.id,
                    { .container = {},
                        .path = "spec.type",
                        .evidence
                        = "LoadBalancer " + addressesInWords(fronts, Reach::Public) + ", no source ranges",
                        .object = {} },
                    { .message = label + " is open to the whole Internet at "
                            + addressesInWords(fronts, Reach::Public) });
                break;
            case Reach::Unknown:
                if (manifests)
                    v.fail(service.id,
                        { .container = {},
                            .path = "spec.type",
                            .evidence = "LoadBalancer, no source ranges",
                            .object = {} },
                        { .message = label + " asks for a load balancer that is open to the whole Internet",
                            .confidence = Confidence::Inferred });
                else
                    v.notAssessed(service.id, "its load balancer has no address yet");
                break;
            case Reach::Restricted:
            case Reach::Private:
                v.pass(service.id);
            }
        }
    }

    void nodePort(const CheckContext& c, Verdicts& v)
    {
        const std::string& address = c.exposure.publicNodeAddress();
        for (const Service& service : c.inventory.services) {
            // A LoadBalancer Service has node ports as well, and its source ranges do not guard them.
            const bool asks = service.type == "NodePort";
            std::vector<std::size_t> open;
            for (std::size_t i = 0; i < service.ports.size(); ++i)
                if (asks || (service.type == "LoadBalancer" && service.ports[i].nodePort != 0))
                    open.push_back(i);
            if (open.empty()) {
                v.notApplicable(service.id);
            } else if (c.inventory.nodes.empty()) {
                v.notAssessed(service.id, "no Node was read: their addresses are not known");
            } else if (address.empty()) {
                v.pass(service.id);
            } else {
                for (const std::size_t i : open) {
                    const std::string port = service.ports[i].nodePort == 0
                        ? "assigned later"
                        : std::to_string(service.ports[i].nodePort);
                    v.fail(service.id,
                        { .container = {},
                            .path = element("spec.ports", i, "nodePort"),
                            .evidence = port,
                            .object = {} },
                        { .message = c.inventory.label(service.id) + " opens node port " + port
                                + " on nodes with a public " + "address, for example " + address });
                }
            }
        }
    }

    void externalIps(const CheckContext& c, Verdicts& v)
    {
        for (const Service& service : c.inventory.services) {
            for (std::size_t i = 0; i < service.externalIps.size(); ++i)
                v.fail(service.id,
                    { .container = {},
                        .path = "spec.externalIPs[" + std::to_string(i) + "]",
                        .evidence = service.externalIps[i].str(),
                        .object = {} },
                    { .message = c.inventory.label(service.id) + " claims traffic to "
                            + service.externalIps[i].str() + " on every node" });
            if (service.externalIps.empty())
                v.pass(service.id);
        }
    }

    // ---- Ingress

    bool coversHost(std::string_view pattern, std::string_view host)
    {
        if (equalsIgnoringCase(pattern, host))
            return true;
        // A wildcard stands for one label (RFC 6125).
        const std::size_t dot = host.find('.');
        return pattern.starts_with("*.") && dot != std::string_view::npos
            && equalsIgnoringCase(pattern.substr(1), host.substr(dot));
    }

    bool isCovered(const Ingress& ingress, std::string_view host)
    {
        return std::any_of(ingress.tls.begin(), ingress.tls.end(), [&](const inventory::IngressTls& tls) {
            return tls.hosts.empty() // the controller's default certificate for every host
                || std::any_of(
                    tls.hosts.begin(), tls.hosts.end(), [&](Str h) { return coversHost(h, host); });
        });
    }

    void ingressWithoutTls(const CheckContext& c, Verdicts& v)
    {
        for (const Ingress& ingress : c.inventory.ingresses) {
            const std::string label = c.inventory.label(ingress.id);
            const std::string_view elsewhere = network::tlsByAnnotation(c.inventory.object(ingress.id));
            Details details;
            if (!elsewhere.empty())
                details.severity = Severity::Low;
            const std::string suffix = elsewhere.empty()
                ? ""
                : "; annotation " + std::string(elsewhere) + " lets TLS end before it";
            if (ingress.tls.empty()) {
                details.message = label + " serves its hosts without TLS" + suffix;
                v.fail(ingress.id,
                    { .container = {}, .path = "spec.tls", .evidence = "absent", .object = {} }, details);
                continue;
            }
            bool failed = false;
            for (std::size_t i = 0; i < ingress.rules.size(); ++i) {
                const Str host = ingress.rules[i].host; // a rule without one has no name that TLS could cover
                if (host.empty() || host == "*" || isCovered(ingress, host))
                    continue;
                failed = true;
                details.message = label + " serves " + host.str()
                    + " without TLS: no entry of spec.tls covers it" + suffix;
                v.fail(ingress.id,
                    { .container = {},
                        .path = element("spec.rules", i, "host"),
                        .evidence = host.str(),
                        .object = {} },
                    details);
            }
            if (!failed)
                v.pass(ingress.id);
        }
    }

    void catchAllIngress(const CheckContext& c, Verdicts& v)
    {
        for (const Ingress& ingress : c.inventory.ingresses) {
            const Reach reach = network::widest(c.exposure.addressesOf(ingress));
            const std::string label = c.inventory.label(ingress.id);
            const Confidence confidence
                = reach == Reach::Public ? Confidence::Configured : Confidence::Inferred;
            if (reach == Reach::Private
                || reach == Reach::Restricted) { // the controller is not for everybody
                v.pass(ingress.id);
                continue;
            }
            bool failed = false;
            const auto fail = [&](std::string path, std::string evidence, std::string_view what) {
                failed = true;
                v.fail(ingress.id,
                    { .container = {},
                        .path = std::move(path),
                        .evidence = std::move(evidence),
                        .object = {} },
                    { .message = label + " answers for every host name: " + std::string(what),
                        .confidence = confidence });
            };
            for (std::size_t i = 0; i < ingress.rules.size(); ++i) {
                const auto& rule = ingress.rules[i];
                if (rule.host == "*")
                    fail(element("spec.rules", i, "host"), "*", "a rule names the host *");
                else if (rule.host.empty() && !rule.paths.empty())
                    fail(element("spec.rules", i, "host"), "absent", "a rule names no host");
            }
            if (ingress.defaultBackend.present())
                fail("spec.defaultBackend",
                    ingress.defaultBackend.service.empty() ? ingress.defaultBackend.resourceName.str()
                                                           : ingress.defaultBackend.service.str(),
                    "it has a default backend");
            if (!failed)
                v.pass(ingress.id);
        }
    }

    // ---- admin interfaces

    void exposedAdminInterface(const CheckContext& c, Verdicts& v)
    {
        forEachOwner(c, v, [&](const OwnerView& o) {
            const network::AdminMatch* match = c.exposure.adminOf(o.owner);
            // The Kubernetes Dashboard and Headlamp are GL-DSH-002's: one problem, one finding.
            if (!match || match->tool.id == "kubernetes-dashboard" || match->tool.id == "headlamp") {
                v.notApplicable(o.id());
                return;
            }
            if (!(o.specObject == o.id()))
                return; // a deviating pod opens what its owner opens
            std::string unknown;
            bool placed = false;
            for (const network::Opening* opening : c.exposure.openingsOf(o.owner)) {
                const bool frontDoor = opening->via == network::Via::LoadBalancer
                    || opening->via == network::Via::Ingress || opening->via == network::Via::Gateway;
                if (opening->reach == Reach::Unknown && !frontDoor
                    && opening->via != network::Via::HostNetwork)
                    unknown = std::string(name(opening->via));
                if (opening->reach != Reach::Public && !(opening->reach == Reach::Unknown && frontDoor))
                    continue;
                // Where the Ingress asks for a login itself the program behind it need not.
                const bool guarded
                    = opening->front.valid() && network::asksForLogin(c.inventory.object(opening->front));
                const bool nobody = match->tool.login == network::AdminInterface::Login::None && !guarded;
                Details details;
                details.severity = nobody ? Severity::Critical : Severity::High;
                details.message = std::string(match->tool.title)
                    + (nobody ? " asks nobody for a login and is open from outside through "
                              : " can be reached from outside through ")
                    + describe(c.inventory, *opening);
                if (opening->reach == Reach::Unknown)
                    details.confidence = Confidence::Inferred;
                for (const ObjectId id : { opening->service, opening->front })
                    if (id.valid())
                        details.related.push_back(id);
                if (!placed)
                    v.fail(o.id(),
                        { .container = {}, .path = match->path, .evidence = match->evidence, .object = {} },
                        details);
                placed = true;
                network::OpeningField field = fieldOf(c.inventory, *opening);
                v.fail(o.id(),
                    { .container = {},
                        .path = std::move(field.path),
                        .evidence = std::move(field.evidence),
                        .object = field.object },
                    std::move(details));
            }
            if (!placed && !unknown.empty())
                v.notAssessed(o.id(), "no Node was read: whether its " + unknown + " is public is not known");
        });
    }

    constexpr CheckEntry Entries[] = {
        { "GL-EXP-001", apiOnPublicAddress },
        { "GL-EXP-002", anonymousApi },
        { "GL-EXP-003", sharedAddress },
        { "GL-EXP-004", openLoadBalancer },
        { "GL-EXP-005", nodePort },
        { "GL-EXP-006", externalIps },
        { "GL-EXP-008", ingressWithoutTls },
        { "GL-EXP-009", catchAllIngress },
        { "GL-EXP-013", exposedAdminInterface },
    };
}

std::span<const CheckEntry> expChecks() { return Entries; }

} // namespace glacis::posture
