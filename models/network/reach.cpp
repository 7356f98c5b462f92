// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/reach.h>

#include <base/text.h>
#include <network/addresses.h>

#include <algorithm>
#include <optional>

namespace glacis::network {
namespace {
    using inventory::Object;

    enum class Says : std::uint8_t { Internal, External };

    /// One annotation (or label) that decides where a load balancer is built. value "*": any but empty and
    /// "false".
    struct SchemeMark {
        std::string_view key;
        std::string_view value; ///< compared without case
        Says says;
    };
    // Services: the cloud controllers' own documentation, one row a spelling.
    constexpr SchemeMark ServiceMarks[] = {
        // AWS: in-tree and AWS Load Balancer Controller
        { "service.beta.kubernetes.io/aws-load-balancer-scheme", "internal", Says::Internal },
        { "service.beta.kubernetes.io/aws-load-balancer-scheme", "internet-facing", Says::External },
        { "service.beta.kubernetes.io/aws-load-balancer-internal", "*", Says::Internal },
        // Google
        { "networking.gke.io/load-balancer-type", "internal", Says::Internal },
        { "cloud.google.com/load-balancer-type", "internal", Says::Internal },
        // Azure
        { "service.beta.kubernetes.io/azure-load-balancer-internal", "true", Says::Internal },
        // Alibaba, Tencent, Baidu, Yandex, Nebius
        { "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", "intranet", Says::Internal },
        { "service.beta.kubernetes.io/alicloud-loadbalancer-address-type", "intranet", Says::Internal },
        { "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", "*", Says::Internal },
        { "service.beta.kubernetes.io/cce-load-balancer-internal-vpc", "true", Says::Internal },
        { "yandex.cloud/load-balancer-type", "internal", Says::Internal },
        { "nebius.com/load-balancer-type", "internal", Says::Internal },
        // Oracle, IBM, OpenStack, DigitalOcean, Hetzner, Scaleway
        { "service.beta.kubernetes.io/oci-load-balancer-internal", "true", Says::Internal },
        { "oci-network-load-balancer.oraclecloud.com/internal", "true", Says::Internal },
        { "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", "private", Says::Internal },
        { "service.beta.kubernetes.io/openstack-internal-load-balancer", "true", Says::Internal },
        { "service.beta.kubernetes.io/do-loadbalancer-network", "internal", Says::Internal },
        { "load-balancer.hetzner.cloud/disable-public-network", "true", Says::Internal },
        { "service.beta.kubernetes.io/scw-loadbalancer-private", "true", Says::Internal },
    };
    constexpr SchemeMark IngressMarks[] = {
        { "alb.ingress.kubernetes.io/scheme", "internal", Says::Internal },
        { "alb.ingress.kubernetes.io/scheme", "internet-facing", Says::External },
        { "kubernetes.io/ingress.class", "gce-internal", Says::Internal },
        { "appgw.ingress.kubernetes.io/use-private-ip", "true", Says::Internal },
        { "networking.istio.io/service-type", "ClusterIP", Says::Internal },
    };
    // Comma separated source ranges; each controller's own key.
    constexpr std::string_view ServiceRangeKeys[] = {
        "service.beta.kubernetes.io/load-balancer-source-ranges",
        "service.beta.kubernetes.io/azure-allowed-ip-ranges",
    };
    constexpr std::string_view IngressRangeKeys[] = {
        "nginx.ingress.kubernetes.io/whitelist-source-range",
        "nginx.ingress.kubernetes.io/allowlist-source-range",
        "ingress.kubernetes.io/whitelist-source-range",
        "alb.ingress.kubernetes.io/inbound-cidrs",
        "haproxy.org/allow-list",
        "haproxy.org/whitelist",
        "haproxy-ingress.github.io/allowlist-source-range",
        "haproxy-ingress.github.io/whitelist-source-range",
    };
    constexpr std::string_view AuthKeys[] = {
        "nginx.ingress.kubernetes.io/auth-url",
        "nginx.ingress.kubernetes.io/auth-type",
        "nginx.ingress.kubernetes.io/auth-tls-secret",
        "alb.ingress.kubernetes.io/auth-type",
        "haproxy.org/auth-type",
        "haproxy-ingress.github.io/auth-url",
        "haproxy-ingress.github.io/auth-secret",
        "haproxy-ingress.github.io/oauth",
        "traefik.ingress.kubernetes.io/auth-type",
        "ingress.kubernetes.io/auth-type",
        "ingress.kubernetes.io/auth-url",
    };
    struct TlsMark {
        std::string_view key;
        std::string_view value; ///< "*": any but empty and "false"; "~X": contains X
    };
    constexpr TlsMark TlsMarks[] = {
        { "alb.ingress.kubernetes.io/certificate-arn", "*" },
        { "alb.ingress.kubernetes.io/listen-ports", "~HTTPS" },
        { "networking.gke.io/managed-certificates", "*" },
        { "networking.gke.io/certmap", "*" },
        { "ingress.gcp.kubernetes.io/pre-shared-cert", "*" },
        { "networking.gke.io/pre-shared-cert", "*" },
        { "appgw.ingress.kubernetes.io/appgw-ssl-certificate", "*" },
        { "nginx.ingress.kubernetes.io/force-ssl-redirect", "true" },
        { "nginx.ingress.kubernetes.io/ssl-passthrough", "true" },
        { "haproxy.org/ssl-passthrough", "true" },
        { "haproxy-ingress.github.io/ssl-passthrough", "true" },
        { "traefik.ingress.kubernetes.io/router.tls", "true" },
        { "traefik.ingress.kubernetes.io/router.tls.certresolver", "*" },
        { "route.openshift.io/termination", "*" },
    };

    bool valueMatches(std::string_view wanted, std::string_view actual)
    {
        actual = trim(actual);
        if (wanted == "*")
            return !actual.empty() && !equalsIgnoringCase(actual, "false");
        if (wanted.starts_with('~'))
            return actual.find(wanted.substr(1)) != std::string_view::npos;
        return equalsIgnoringCase(wanted, actual);
    }

    template <std::size_t N> std::optional<Says> scheme(const SchemeMark (&marks)[N], const Object& object)
    {
        for (const SchemeMark& mark : marks)
            if (const Str* value = object.annotation(mark.key); value && valueMatches(mark.value, *value))
                return mark.says;
        return std::nullopt;
    }

    /// Public becomes Restricted when ranges stand there that leave somebody out.
    Reach limitedBy(Reach reach, const std::vector<Str>& ranges, bool fromAnnotation)
    {
        if (reach != Reach::Public && reach != Reach::Unknown)
            return reach;
        if (fromAnnotation) {
            for (const Str list : ranges)
                for (const std::string_view range : split(list, ','))
                    if (isWholeInternet(range))
                        return reach;
        } else if (coverWholeInternet(ranges)) {
            return reach;
        }
        return Reach::Restricted;
    }

    template <std::size_t N>
    std::vector<Str> rangeAnnotations(const std::string_view (&keys)[N], const Object& object)
    {
        std::vector<Str> out;
        for (const std::string_view key : keys)
            if (const Str* value = object.annotation(key); value && !trim(*value).empty())
                out.push_back(*value);
        return out;
    }

    std::vector<FrontAddress> statusAddresses(
        const std::vector<inventory::AddressOrHost>& status, const DnsAnswers& dns)
    {
        std::vector<FrontAddress> out;
        for (const auto& entry : status) {
            const std::string address = canonicalHost(entry.ip.empty() ? entry.hostname : entry.ip);
            if (!address.empty())
                out.push_back({ address, reachOfAddress(address, dns) });
        }
        return out;
    }

    /// The scheme speaks where the address does not: a name, or no address at all. A public IP outranks it.
    void applyScheme(std::vector<FrontAddress>& addresses, Says says)
    {
        for (FrontAddress& front : addresses) {
            if (parseIp(front.address))
                continue;
            if (says == Says::Internal)
                front.reach = Reach::Private;
            else if (front.address.empty())
                front.reach = Reach::Unknown;
        }
    }

    /// AWS Load Balancer Controller builds internal balancers unless it is told otherwise (since 2.2).
    bool isInternalByDefault(const inventory::Service& service, const Object& object)
    {
        if (service.loadBalancerClass == "service.k8s.aws/nlb")
            return true;
        const Str* type = object.annotation("service.beta.kubernetes.io/aws-load-balancer-type");
        return type && (*type == "external" || *type == "nlb-ip");
    }

    bool isTailnetOnly(const inventory::Service& service, const Object& object)
    {
        const Str* funnel = object.annotation("tailscale.com/funnel");
        return service.loadBalancerClass == "tailscale" && !(funnel && equalsIgnoringCase(*funnel, "true"));
    }
}

DnsAnswers::DnsAnswers(const Inventory& inventory)
{
    for (const auto& observed : inventory.observations.dns) {
        auto& addresses = m_answers[canonicalHost(observed.fact.name)];
        for (const std::string& address : observed.fact.addresses)
            addresses.push_back(canonicalHost(address));
        std::sort(addresses.begin(), addresses.end());
        addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
    }
}

const std::vector<std::string>* DnsAnswers::addressesOf(std::string_view host) const
{
    const auto found = m_answers.find(canonicalHost(host));
    return found == m_answers.end() ? nullptr : &found->second;
}

Reach reachOfAddress(std::string_view address, const DnsAnswers& dns)
{
    if (address.empty())
        return Reach::Unknown;
    if (parseIp(address))
        return isPublicAddress(address) ? Reach::Public : Reach::Private;
    if (const auto* answers = dns.addressesOf(address); answers && !answers->empty())
        return std::any_of(answers->begin(), answers->end(), [](const auto& a) { return isPublicAddress(a); })
            ? Reach::Public
            : Reach::Private;
    return isInternalHostName(address) ? Reach::Private : Reach::Public;
}

Reach widest(const std::vector<FrontAddress>& addresses)
{
    Reach best = Reach::Private;
    for (const FrontAddress& front : addresses) {
        if (front.reach == Reach::Public)
            return Reach::Public;
        if (front.reach == Reach::Restricted || (front.reach == Reach::Unknown && best != Reach::Restricted))
            best = front.reach;
    }
    return addresses.empty() ? Reach::Unknown : best;
}

std::vector<FrontAddress> loadBalancerAddresses(
    const Inventory& inventory, const inventory::Service& service, const DnsAnswers& dns)
{
    const Object& object = inventory.object(service.id);
    auto out = statusAddresses(service.loadBalancer, dns);
    if (out.empty() && !service.loadBalancerIp.empty())
        out.push_back({ service.loadBalancerIp.str(), reachOfAddress(service.loadBalancerIp, dns) });
    if (out.empty())
        out.push_back({});
    if (isTailnetOnly(service, object))
        applyScheme(out, Says::Internal);
    else if (const auto says = scheme(ServiceMarks, object))
        applyScheme(out, *says);
    else if (isInternalByDefault(service, object))
        applyScheme(out, Says::Internal);

    std::vector<Str> ranges = service.loadBalancerSourceRanges;
    const bool fromAnnotation = ranges.empty(); // the field wins over the annotation
    if (fromAnnotation)
        ranges = rangeAnnotations(ServiceRangeKeys, object);
    if (!ranges.empty())
        for (FrontAddress& front : out)
            front.reach = limitedBy(front.reach, ranges, fromAnnotation);
    return out;
}

std::vector<FrontAddress> ingressAddresses(
    const Inventory& inventory, const inventory::Ingress& ingress, const DnsAnswers& dns)
{
    const Object& object = inventory.object(ingress.id);
    auto out = statusAddresses(ingress.loadBalancer, dns);
    if (out.empty())
        out.push_back({});
    if (const auto says = scheme(IngressMarks, object))
        applyScheme(out, *says);
    else if (ingress.className == "gce-internal"
        || (ingress.className == "alb" && out.front().address.empty()))
        applyScheme(out, Says::Internal); // "alb" without a scheme is internal; with a status its name tells
    if (const auto ranges = rangeAnnotations(IngressRangeKeys, object); !ranges.empty())
        for (FrontAddress& front : out)
            front.reach = limitedBy(front.reach, ranges, true);
    return out;
}

std::vector<FrontAddress> gatewayAddresses(
    const Inventory& inventory, const inventory::Gateway& gateway, const DnsAnswers& dns)
{
    std::vector<FrontAddress> out;
    for (const Str address : gateway.statusAddresses.empty() ? gateway.addresses : gateway.statusAddresses)
        if (std::string text = canonicalHost(address); !text.empty())
            out.push_back({ text, reachOfAddress(text, dns) });
    if (out.empty())
        out.push_back({});
    const std::string className = toLower(gateway.className);
    // Google's classes name their side: gke-l7-rilb, gke-l7-cross-regional-internal-managed-mc.
    if (className.find("rilb") != std::string::npos || className.find("internal") != std::string::npos)
        applyScheme(out, Says::Internal);
    else if (const auto says = scheme(IngressMarks, inventory.object(gateway.id)))
        applyScheme(out, *says);
    return out;
}

bool asksForLogin(const Object& ingress)
{
    return std::any_of(std::begin(AuthKeys), std::end(AuthKeys), [&](std::string_view key) {
        const Str* value = ingress.annotation(key);
        return value && !value->empty() && !equalsIgnoringCase(*value, "none");
    });
}

std::string_view tlsByAnnotation(const Object& ingress)
{
    for (const TlsMark& mark : TlsMarks)
        if (const Str* value = ingress.annotation(mark.key); value && valueMatches(mark.value, *value))
            return mark.key;
    return {};
}

} // namespace glacis::network
