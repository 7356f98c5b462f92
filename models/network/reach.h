// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far one front door (Service of type LoadBalancer, Ingress, Gateway) reaches: its addresses, whether a
// cloud's annotation keeps it inside, whether source ranges limit it. What stands behind it is exposure.h's
// business.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/inventory.h>
#include <network/exposure.h>

namespace glacis::network {

/// Names with the addresses that DNS facts gave them, lower case.
class DnsAnswers {
public:
    explicit DnsAnswers(const Inventory& inventory);
    /// nullptr when nobody resolved the name.
    [[nodiscard]] const std::vector<std::string>* addressesOf(std::string_view host) const;
    [[nodiscard]] const std::map<std::string, std::vector<std::string>, std::less<>>& all() const
    {
        return m_answers;
    }

private:
    std::map<std::string, std::vector<std::string>, std::less<>> m_answers;
};

/// Public, Private or (for no address) Unknown; a name counts as public unless it is internal or resolves to
/// private addresses only.
[[nodiscard]] Reach reachOfAddress(std::string_view address, const DnsAnswers& dns);

/// The load balancer of a Service of type LoadBalancer; at least one entry. Not node ports or externalIPs.
[[nodiscard]] std::vector<FrontAddress> loadBalancerAddresses(
    const Inventory& inventory, const inventory::Service& service, const DnsAnswers& dns);
/// An Ingress by its status, annotations and class; at least one entry.
[[nodiscard]] std::vector<FrontAddress> ingressAddresses(
    const Inventory& inventory, const inventory::Ingress& ingress, const DnsAnswers& dns);
[[nodiscard]] std::vector<FrontAddress> gatewayAddresses(
    const Inventory& inventory, const inventory::Gateway& gateway, const DnsAnswers& dns);
/// The best reach of several addresses: Public, Restricted, Unknown, Private.
[[nodiscard]] Reach widest(const std::vector<FrontAddress>& addresses);

/// Does an annotation name a check in front of every request (external auth, basic auth, OIDC at the load
/// balancer)?
[[nodiscard]] bool asksForLogin(const inventory::Object& ingress);
/// Does an annotation say that TLS ends at the controller or the cloud's load balancer? The annotation's key,
/// or empty.
[[nodiscard]] std::string_view tlsByAnnotation(const inventory::Object& ingress);

} // namespace glacis::network
