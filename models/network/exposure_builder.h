// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The work behind Exposure's constructor, in steps that later ones build on: nodes, Services with their
// owners, host ports, then Ingress and Gateway (whose controllers were seen by then), then host names by
// address.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <inventory/inventory.h>
#include <network/exposure.h>
#include <network/reach.h>
#include <network/selection.h>

namespace glacis::network {

class ExposureBuilder {
public:
    explicit ExposureBuilder(Exposure& exposure);
    void build();

private:
    /// A workload behind a Service port.
    struct Target {
        std::uint32_t owner;
        std::int32_t port;
    };
    struct NodeAddresses {
        std::string publicAddress; ///< "" when none
        std::string anyAddress;
    };
    /// A route's hosts that one listener serves; used for openings and for host names.
    struct Attachment {
        const inventory::Gateway* gateway;
        const inventory::GatewayListener* listener;
        const inventory::Route* route;
        std::vector<std::string> hosts; ///< empty: any
    };

    void readNodes();
    void selectOwners();
    void openServices();
    void openNodePorts(const inventory::Service& service, const std::vector<std::uint32_t>& owners);
    void openHosts();
    void openHostPorts(std::uint32_t owner, const inventory::PodSpec& spec);
    void openIngresses();
    void openIngress(const inventory::Ingress& ingress, const std::vector<FrontAddress>& addresses);
    void openGateways();
    void attach(const inventory::Route& route, const inventory::RouteParent& parent);
    void finishOpenings();
    void shareAddresses();

    [[nodiscard]] std::vector<std::uint32_t> ownersByEndpoints(const inventory::Service& service);
    [[nodiscard]] const inventory::Service* findService(std::string_view ns, std::string_view name) const;
    [[nodiscard]] const std::vector<std::uint32_t>& ownersOf(const inventory::Service& service) const;
    [[nodiscard]] std::int32_t targetPort(std::uint32_t owner, const inventory::ServicePort& port) const;
    [[nodiscard]] FrontAddress nodeAddressFor(std::uint32_t owner) const;
    [[nodiscard]] std::vector<FrontAddress> addressesFor(const inventory::Ingress& ingress) const;
    /// An Ingress or Gateway that stands on a load balancer's address lets in whom the balancer lets in.
    void limitByBalancer(std::vector<FrontAddress>& addresses) const;
    void readEndpoints();
    void findControllers();
    void add(Opening opening);

    Exposure& m_out;
    const Inventory& m_inventory;
    DnsAnswers m_dns;
    std::unordered_map<std::string_view, NodeAddresses> m_nodes;
    std::unordered_map<std::string, Reach> m_balancerReach; ///< of load balancers' addresses, the widest
    std::vector<std::uint16_t> m_perOwner;
    LabelMap<std::vector<const inventory::Endpoints*>> m_endpoints; ///< by { namespace, service, "" }
    std::unordered_map<std::string_view, std::uint32_t>
        m_ownerOfIp; ///< pods' addresses; filled when first asked for
    bool m_endpointsRead = false;
    std::unordered_map<std::string_view, std::vector<FrontAddress>> m_controllers; ///< by controller name
    std::unordered_map<std::string_view, std::string_view>
        m_classes; ///< controller by IngressClass; "": the default
    std::vector<Attachment> m_attachments;
};

} // namespace glacis::network
