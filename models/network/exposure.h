// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be opened from outside the cluster, by configuration: Service, Ingress, Gateway, hostPort and host
// network → workload and address. NetworkPolicies are looked at only for which pods they select. Immutable;
// any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <inventory/inventory.h>

namespace glacis::network {

using inventory::Inventory;
using inventory::ObjectId;

enum class Via : std::uint8_t { LoadBalancer, NodePort, ExternalIp, HostPort, HostNetwork, Ingress, Gateway };
[[nodiscard]] std::string_view name(
    Via via); ///< "LoadBalancer", "NodePort", "externalIPs", "hostPort", "host network", "Ingress", "Gateway"

/// How sure we are that the address can be reached from the Internet.
enum class Reach : std::uint8_t {
    Public, ///< a public address, or a hostname assigned by a load balancer, without source ranges
    Restricted, ///< public, but limited to source ranges that are not the whole Internet
    Private, ///< internal load balancer or private addresses only
    Unknown ///< no status yet, node addresses not known
};

struct Opening {
    std::uint32_t owner = 0; ///< Inventory::owners
    Via via = Via::LoadBalancer;
    Reach reach = Reach::Unknown;
    ObjectId service; ///< the Service that selects it; NoObject for hostPort and host network
    ObjectId front; ///< Ingress, Gateway or Route that routes to it; NoObject otherwise
    std::int32_t port = 0; ///< on the outside: service port, nodePort, hostPort, listener port; 0 unknown
    std::int32_t targetPort = 0; ///< at the container; 0 unknown
    std::string address; ///< one IP or host name; empty unknown
    std::string host; ///< the virtual host for Ingress and Gateway; may be empty
};

/// One address of a front door (load balancer, Ingress) with its reach; the address may be empty (none known
/// yet).
struct FrontAddress {
    std::string address;
    Reach reach = Reach::Unknown;
};

/// "LoadBalancer Service shop/web at 104.21.63.124:443", "hostPort 8080": an opening in words.
[[nodiscard]] std::string describe(const Inventory& inventory, const Opening& opening);
/// The field that makes an opening, for evidence: the Ingress rule, spec.type, nodePort, hostPort….
struct OpeningField {
    ObjectId object;
    std::string path, evidence;
};
[[nodiscard]] OpeningField fieldOf(const Inventory& inventory, const Opening& opening);

/// One address with every host name that the source puts on it.
struct SharedAddress {
    std::string address;
    struct Host {
        std::string name;
        ObjectId object; ///< Ingress, Gateway, Route; NoObject for a DNS fact
        std::vector<std::string> namespaces; ///< of the backends
    };
    std::vector<Host> hosts; ///< by name
    bool isNode = false;
    bool isApiServer = false;
    bool isAdminInterface = false;
    bool fromObjects = false; ///< a status address; false: DNS facts alone
};

/// Known admin interfaces (dashboards, CI, notebooks, consoles): what an attacker who opens it gets.
struct AdminInterface {
    std::string_view id; ///< "kubernetes-dashboard", "argocd", "jenkins"
    std::string_view title;
    enum class Gives : std::uint8_t {
        Code,
        Identity,
        Data,
        Nothing
    } gives; ///< Nothing: it only informs, no step of the graph
    enum class Login : std::uint8_t { Unknown, None } login; ///< None: this configuration asks nobody
};
/// By image and name of the workload; nothing when it is none. Evidence is what matched ("image
/// argoproj/argocd:v2.9").
struct AdminMatch {
    AdminInterface tool;
    std::string evidence;
    std::string path; ///< of what matched, in the workload's object: "spec.template.spec.containers[0].image"
};
[[nodiscard]] std::optional<AdminMatch> adminInterface(
    const Inventory& inventory, const inventory::Workload& workload);

class SelectionIndex;

class Exposure {
public:
    explicit Exposure(const Inventory& inventory);
    ~Exposure();
    Exposure(Exposure&&) noexcept;

    [[nodiscard]] const std::vector<Opening>& openings() const { return m_openings; } ///< by owner
    [[nodiscard]] std::vector<const Opening*> openingsOf(std::uint32_t owner) const;
    /// Some opening that is Public, or Unknown in a way that the type makes likely (LoadBalancer without
    /// status).
    [[nodiscard]] bool isExposed(std::uint32_t owner) const;
    /// Owners whose pods (or template, where no pod runs) the Service's selector selects in its namespace.
    [[nodiscard]] std::vector<std::uint32_t> ownersSelectedBy(const inventory::Service& service) const;
    /// Host names on one address, only addresses with at least two names, sorted.
    [[nodiscard]] const std::vector<SharedAddress>& sharedAddresses() const { return m_shared; }
    /// Where an Ingress answers: its status, else the addresses of the controller that serves its class;
    /// never empty.
    [[nodiscard]] const std::vector<FrontAddress>& addressesOf(const inventory::Ingress& ingress) const;
    /// The load balancer of a Service; empty when its type is another. Node ports and externalIPs are
    /// openings.
    [[nodiscard]] const std::vector<FrontAddress>& addressesOf(const inventory::Service& service) const;
    /// Workloads that answer for an Ingress: those that run the controller of its class, where the class is
    /// not known those of any known controller. Empty: none is here (a cloud's, or one that we do not know).
    [[nodiscard]] std::vector<std::uint32_t> controllersOf(const inventory::Ingress& ingress) const;
    /// adminInterface() of an owner, answered once for all; nullptr when it is none.
    [[nodiscard]] const AdminMatch* adminOf(std::uint32_t owner) const;
    /// Public address of some node, or "" when no node has one.
    [[nodiscard]] const std::string& publicNodeAddress() const { return m_publicNodeAddress; }

private:
    std::vector<Opening> m_openings;
    std::vector<SharedAddress> m_shared;
    std::vector<std::vector<std::uint32_t>> m_ownersOfService; ///< by index in Inventory::services
    std::vector<std::vector<FrontAddress>> m_loadBalancers; ///< likewise
    std::vector<std::vector<FrontAddress>> m_ingresses; ///< by index in Inventory::ingresses
    std::unique_ptr<const SelectionIndex> m_selection;
    std::vector<std::pair<std::uint32_t, AdminMatch>> m_admins; ///< by owner
    std::vector<std::pair<std::string_view, std::uint32_t>> m_controllers; ///< IngressClass controller, owner
    std::unordered_map<std::string_view, std::string_view>
        m_controllerOfClass; ///< by IngressClass name; "": the default
    std::string m_publicNodeAddress;
    const Inventory& m_inventory;
    friend class ExposureBuilder;
};

/// Globally routable: not RFC 1918, ULA, CGNAT, link-local, loopback, documentation, multicast, unspecified.
/// False for anything that is no IP address.
[[nodiscard]] bool isPublicAddress(std::string_view address);
/// "0.0.0.0/0", "::/0" and the spellings that mean the same.
[[nodiscard]] bool isWholeInternet(std::string_view cidr);
/// Host and port of a URL; port by scheme when absent. Empty host when it is no URL.
struct UrlParts {
    std::string scheme, host;
    int port = 0;
};
[[nodiscard]] UrlParts parseUrl(std::string_view url);

/// The public names of the API server with where we know them from (MODEL section 2: endpoints fact,
/// kubeconfig, cluster-info, kubeadm's controlPlaneEndpoint, in this order; the first source that knows
/// wins).
struct ApiServerAddress {
    std::string host;
    int port = 0;
    std::string source; ///< "endpoints fact (port scan of …)", "ConfigMap kube-public/cluster-info"
    ObjectId object; ///< the ConfigMap, when one said it
    std::string path; ///< "data.kubeconfig" of the ConfigMap, "endpoints" of a facts file
    Confidence confidence = Confidence::Configured;
};
[[nodiscard]] std::vector<ApiServerAddress> apiServerAddresses(const Inventory& inventory);

/// Does a policy of the namespace select these pods for the direction? Three-valued: Cilium and Calico
/// selectors that are not evaluated give Unknown.
enum class Isolation : std::uint8_t { Isolated, NotIsolated, Unknown };
[[nodiscard]] Isolation isolation(
    const Inventory& inventory, std::string_view ns, const inventory::KeyValues& labels, bool egress);

} // namespace glacis::network
