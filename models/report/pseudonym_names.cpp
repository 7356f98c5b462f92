// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A word that names several things is of the kind that comes first here, so that pseudonyms read alike
// whatever else a cluster holds.
#include <report/pseudonym_names.h>

#include <algorithm>

#include <access/bootstrap_roles.h>
#include <base/text.h>
#include <report/pseudonym_words.h>

namespace glacis::report {
namespace {
    using namespace inventory;

    std::string_view wordFor(Kind kind)
    {
        switch (kind) {
        case Kind::Namespace:
            return "ns";
        case Kind::Node:
            return "node";
        case Kind::Service:
        case Kind::Endpoints:
        case Kind::EndpointSlice:
            return "service";
        case Kind::Ingress:
        case Kind::Gateway:
        case Kind::HttpRoute:
            return "route";
        case Kind::NetworkPolicy:
        case Kind::CiliumNetworkPolicy:
        case Kind::CiliumClusterwideNetworkPolicy:
        case Kind::CalicoNetworkPolicy:
        case Kind::CalicoGlobalNetworkPolicy:
            return "policy";
        case Kind::ServiceAccount:
            return "account";
        case Kind::Role:
        case Kind::ClusterRole:
            return "role";
        case Kind::RoleBinding:
        case Kind::ClusterRoleBinding:
            return "binding";
        case Kind::ConfigMap:
            return "config";
        case Kind::Secret:
            return "secret";
        case Kind::PersistentVolume:
        case Kind::PersistentVolumeClaim:
            return "storage";
        default:
            return info(kind).workload ? "workload" : "object";
        }
    }

    class Collector {
    public:
        explicit Collector(const Inventory& inventory)
            : m_inventory(inventory)
        {
        }

        Names take()
        {
            for (const Kind first : { Kind::Namespace, Kind::Node })
                objectsOf(first);
            for (const Str ns : m_inventory.namespaceNames())
                add("ns", ns);
            workloads();
            objects();
            subjects();
            network();
            storage();
            for (const PodSpec& spec : m_inventory.podSpecs)
                podSpec(spec);
            observations();
            sources();
            labels();
            dropServiceHosts();
            return std::move(m_out);
        }

    private:
        /// Numbers that short are ports, counts and lines everywhere.
        static bool isShortNumber(std::string_view word)
        {
            return word.size() < 6
                && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
        }

        void addWord(std::string_view kind, std::string_view word)
        {
            if (isWellKnown(word) || isShortNumber(word) || isPublicDomain(word))
                return;
            NameKinds& kinds = m_out.words.try_emplace(std::string(word), NameKinds { kind }).first->second;
            if (kinds.kind == "ns" && kind != "ns" && kinds.within.empty())
                kinds.within = kind;
        }

        void add(std::string_view kind, std::string_view name)
        {
            if (name.find_first_of(" \t\r\n") != std::string_view::npos) {
                m_out.phrases.try_emplace(std::string(name), kind);
                return;
            }
            WordReader reader(name);
            while (reader.next())
                if (reader.kind() == WordReader::Kind::Word)
                    addWord(kind, reader.text());
                else if (reader.kind() == WordReader::Kind::Mail)
                    m_out.words.try_emplace(std::string(reader.text()), NameKinds { kind });
        }

        void addPath(std::string_view kind, std::string_view path)
        {
            std::string slashes(path);
            std::replace(slashes.begin(), slashes.end(), '\\', '/');
            for (const std::string_view part : split(slashes, '/'))
                if (!isWellKnownFolder(part))
                    add(kind, part);
        }

        void addImage(std::string_view image)
        {
            const std::size_t at = image.find('@');
            if (at != std::string_view::npos)
                add("digest", image.substr(at + 1));
            image = image.substr(0, at);
            const std::size_t slash = image.rfind('/');
            const std::size_t colon = image.find(':', slash == std::string_view::npos ? 0 : slash);
            add("image", image.substr(0, colon));
            if (colon == std::string_view::npos || colon + 1 == image.size())
                return;
            const std::string_view tag = image.substr(colon + 1);
            if (tag == "latest")
                return;
            if (tag.find('.') == std::string_view::npos || looksLikeHost(tag))
                add("tag", tag);
            m_out.images.emplace(image.substr(slash == std::string_view::npos ? 0 : slash + 1));
        }

        /// A group of a project that nobody knows tells its owner, and so do the kinds in it.
        void addObject(const Object& object)
        {
            const bool shipped = access::isBootstrapRole(object.ns, object.name)
                || (object.ns == "kube-system" && access::isControllerAccount(object.name));
            const bool rbac = object.kind == Kind::ClusterRole || object.kind == Kind::Role
                || object.kind == Kind::ClusterRoleBinding || object.kind == Kind::RoleBinding
                || object.kind == Kind::ServiceAccount;
            if (!object.assumed && !(rbac && shipped))
                add(wordFor(object.kind), object.name);
            if (object.kind == Kind::Other && looksLikeHost(object.group))
                add("kind", object.kindName);
            for (const OwnerReference& owner : object.owners)
                add("workload", owner.name);
        }

        void objectsOf(Kind kind)
        {
            for (const Object& object : m_inventory.objects)
                if (object.kind == kind)
                    addObject(object);
        }

        void workloads()
        {
            for (const Workload& workload : m_inventory.workloads) {
                addObject(m_inventory.object(workload.id));
                add("node", workload.nodeName);
            }
        }

        void objects()
        {
            for (const Object& object : m_inventory.objects) {
                addObject(object);
                for (const KeyValue& pair : object.annotations)
                    addAnnotation(pair);
            }
        }

        /// Identities in a cloud, DNS names and what a person marked.
        void addAnnotation(const KeyValue& pair)
        {
            const std::string_view key = pair.key;
            const bool names = key == "eks.amazonaws.com/role-arn" || key == "iam.gke.io/gcp-service-account"
                || key.starts_with("azure.workload.identity/") || key.starts_with("external-dns.")
                || key.starts_with("glacis.dev/") || key == "kubernetes.io/service-account.name"
                || key == "kubernetes.io/ingress.class";
            if (names)
                for (const std::string_view part : split(pair.value, ','))
                    add("name", trim(part));
            if (const std::size_t slash = key.find('/');
                slash == std::string_view::npos || looksLikeHost(key.substr(0, slash)))
                add("key", key);
        }

        void subjects()
        {
            for (const RoleBinding& binding : m_inventory.bindings) {
                if (!access::isBootstrapRole(m_inventory.object(binding.id).ns, binding.roleName)
                    && !access::isBootstrapRole({}, binding.roleName))
                    add("role", binding.roleName);
                for (const Subject& subject : binding.subjects) {
                    add("ns", subject.ns);
                    add(subject.kind == "Group"      ? "group"
                            : subject.kind == "User" ? "user"
                                                     : "account",
                        subject.name);
                }
            }
            for (const Role& role : m_inventory.roles)
                if (!m_inventory.object(role.id).assumed)
                    addRules(role);
            for (const ServiceAccount& account : m_inventory.serviceAccounts)
                for (const auto* list : { &account.secrets, &account.imagePullSecrets })
                    for (const Str name : *list)
                        add("secret", name);
        }

        void addRules(const Role& role)
        {
            const Object& object = m_inventory.object(role.id);
            if (access::isBootstrapRole(object.ns, object.name))
                return;
            for (const PolicyRuleRbac& rule : role.rules) {
                for (const Str name : rule.resourceNames)
                    add("object", name);
                const bool ofOwner = std::any_of(rule.apiGroups.begin(), rule.apiGroups.end(),
                    [](Str group) { return looksLikeHost(group); });
                if (ofOwner)
                    for (const Str resource : rule.resources)
                        add("resource", resource.view().substr(0, resource.view().find('/')));
            }
        }

        void network()
        {
            for (const Service& service : m_inventory.services) {
                add("host", service.externalName);
                for (const ServicePort& port : service.ports)
                    add("port", port.name);
                for (const AddressOrHost& at : service.loadBalancer)
                    add("host", at.hostname);
            }
            for (const Endpoints& endpoints : m_inventory.endpoints) {
                add("service", endpoints.service);
                for (const Endpoint& one : endpoints.endpoints) {
                    add("ns", one.targetNamespace);
                    add("workload", one.targetName);
                    add("node", one.nodeName);
                }
            }
            for (const Ingress& ingress : m_inventory.ingresses)
                addIngress(ingress);
            for (const Gateway& gateway : m_inventory.gateways) {
                add("class", gateway.className);
                for (const GatewayListener& listener : gateway.listeners) {
                    add("port", listener.name);
                    add("host", listener.hostname);
                }
                for (const auto* list : { &gateway.addresses, &gateway.statusAddresses })
                    for (const Str host : *list)
                        add("host", host);
            }
            for (const Route& route : m_inventory.routes)
                addRoute(route);
            for (const WebhookConfiguration& configuration : m_inventory.webhooks)
                for (const Webhook& webhook : configuration.webhooks) {
                    add("webhook", webhook.name);
                    add("ns", webhook.serviceNamespace);
                    add("service", webhook.serviceName);
                }
            for (const AdmissionPolicyBinding& binding : m_inventory.admissionPolicyBindings)
                add("policy", binding.policyName);
            for (const Node& node : m_inventory.nodes)
                addNode(node);
        }

        void addIngress(const Ingress& ingress)
        {
            const auto backend = [&](const IngressBackend& to) {
                add("service", to.service);
                add("object", to.resourceName);
                add("port", to.port.name);
            };
            add("class", ingress.className);
            backend(ingress.defaultBackend);
            for (const IngressRule& rule : ingress.rules) {
                add("host", rule.host);
                for (const IngressPath& path : rule.paths) {
                    addPath("path", path.path);
                    backend(path.backend);
                }
            }
            for (const IngressTls& tls : ingress.tls) {
                add("secret", tls.secret);
                for (const Str host : tls.hosts)
                    add("host", host);
            }
            for (const AddressOrHost& at : ingress.loadBalancer)
                add("host", at.hostname);
        }

        void addRoute(const Route& route)
        {
            for (const RouteParent& parent : route.parents) {
                add("ns", parent.ns);
                add("route", parent.name);
                add("port", parent.sectionName);
            }
            for (const Str host : route.hostnames)
                add("host", host);
            for (const RouteBackend& backend : route.backends) {
                add("ns", backend.ns);
                add("service", backend.name);
            }
        }

        void addNode(const Node& node)
        {
            for (const NodeAddress& address : node.addresses)
                add("host", address.address);
            addPath("machine", node.providerId);
        }

        void storage()
        {
            for (const PersistentVolume& volume : m_inventory.persistentVolumes) {
                addPath("folder", volume.hostPath);
                addPath("folder", volume.localPath);
                add("ns", volume.claimNamespace);
                for (const Str name : { volume.claimName, volume.storageClass, volume.csiDriver })
                    add("storage", name);
            }
            for (const PersistentVolumeClaim& claim : m_inventory.persistentVolumeClaims)
                for (const Str name : { claim.volumeName, claim.storageClass })
                    add("storage", name);
        }

        void podSpec(const PodSpec& spec)
        {
            add("account", spec.serviceAccount);
            add("class", spec.runtimeClass);
            for (const Str secret : spec.imagePullSecrets)
                add("secret", secret);
            for (const Container& container : spec.containers)
                addContainer(container);
            for (const Volume& volume : spec.volumes) {
                add("volume", volume.name);
                add("object", volume.refName);
                for (const ProjectedSource& source : volume.projected) {
                    add("object", source.name);
                    add("audience", source.audience);
                }
                addPath("folder", volume.path);
            }
        }

        void addContainer(const Container& container)
        {
            add("container", container.name);
            addImage(container.image);
            for (const EnvVar& variable : container.env) {
                add("env", variable.name);
                add("object", variable.refName);
                add("key", variable.refKey);
                addPlace(variable.value);
            }
            for (const EnvFrom& from : container.envFrom) {
                add("object", from.name);
                add("env", from.prefix);
            }
            for (const ContainerPort& port : container.ports)
                add("port", port.name);
            for (const VolumeMount& mount : container.mounts) {
                add("volume", mount.name);
                addPath("folder", mount.mountPath);
                addPath("folder", mount.subPath);
            }
            for (const auto* list : { &container.command, &container.args })
                for (const Str word : *list)
                    addPlace(word.view().substr(std::min(word.view().find('=') + 1, word.size())));
            for (const CredentialLiteral& literal : container.literals) {
                add("key", literal.key);
                add("host", literal.urlHost);
                add("database", literal.urlDatabase);
            }
        }

        /// Values are quoted as evidence where they name a file or a machine.
        void addPlace(std::string_view value)
        {
            if (value.starts_with('/')) {
                addPath("folder", value);
                return;
            }
            const std::size_t scheme = value.find("://");
            if (scheme == std::string_view::npos || value.find_first_of(" \n") != std::string_view::npos)
                return;
            const std::string_view host = value.substr(scheme + 3);
            add("host", host.substr(0, host.find_first_of("/?#:")));
            if (const std::size_t slash = host.find('/'); slash != std::string_view::npos)
                addPath("path", host.substr(slash));
        }

        void observations()
        {
            const Observations& seen = m_inventory.observations;
            const auto each = [this](const auto& list, const auto& names) {
                for (const auto& observed : list) {
                    add("source", observed.source);
                    names(observed.fact);
                }
            };
            each(seen.dns, [this](const DnsFact& f) {
                add("host", f.name);
                for (const std::string& address : f.addresses)
                    add("host", address);
            });
            each(seen.endpoints, [this](const EndpointFact& f) {
                add("host", f.address);
                addReference(f.what);
                addReference(f.target);
            });
            each(seen.ports, [this](const PortFact& f) { add("node", f.node); });
            each(seen.http, [this](const HttpFact& f) { addReference(f.endpoint); });
            each(seen.filters, [this](const FilterFact& f) { add("node", f.node); });
            each(seen.exploitable, [this](const ExploitableFact& f) {
                addReference(f.workload);
                add("remark", f.reason);
            });
            each(seen.network, [](const NetworkFact&) {});
            each(seen.etcd, [this](const EtcdFact& f) { add("remark", f.how); });
            for (const Observed<KubeconfigFact>& observed : seen.kubeconfig) {
                const KubeconfigFact& f = observed.fact;
                addPath("file", f.file);
                add("cluster", f.context);
                add("user", f.user);
                add("cluster", f.entry.substr(f.entry.find(' ') + 1));
            }
        }

        void addReference(std::string_view id)
        {
            for (const std::string_view part : split(id, '/'))
                add("object", part);
        }

        void sources()
        {
            const Source& source = m_inventory.source;
            for (const Str file : m_inventory.files)
                addPath("file", file);
            if (source.kind == "context")
                add("cluster", source.name);
            else if (source.kind != "practice")
                addPath("file", source.name);
            add("host", source.apiServer);
            for (const Diagnostic& diagnostic : m_inventory.diagnostics)
                addPath("file", diagnostic.file);
        }

        /// "db.shop" in a URL is a Service: hidden by its parts it stays the same as elsewhere.
        void dropServiceHosts()
        {
            std::erase_if(m_out.words, [this](const auto& entry) {
                const std::vector<std::string_view> labels = split(entry.first, '.');
                return entry.second.kind == "host" && labels.size() > 1
                    && std::all_of(labels.begin(), labels.end(), [this](std::string_view label) {
                           return m_out.words.contains(label) || isWellKnown(label);
                       });
            });
        }

        void addSelector(const LabelSelector& selector)
        {
            for (const KeyValue& pair : selector.matchLabels) {
                addLabelKey(pair.key);
                add("label", pair.value);
            }
            for (const LabelRequirement& term : selector.expressions) {
                addLabelKey(term.key);
                for (const Str value : term.values)
                    add("label", value);
            }
        }

        void addLabelKey(std::string_view key)
        {
            if (!isWellKnownLabel(key))
                for (const std::string_view part : split(key, '/'))
                    if (!isWellKnownLabel(part))
                        add("label", part);
        }

        /// Labels are quoted where a policy selects by them, and where they name a class of pods.
        void labels()
        {
            for (const Workload& workload : m_inventory.workloads)
                for (const std::string_view key :
                    { "app", "app.kubernetes.io/name", "k8s-app", "name", "component" })
                    if (const Str* value = find(workload.podLabels, key))
                        add("label", *value);
            for (const NetworkPolicy& policy : m_inventory.networkPolicies) {
                addSelector(policy.pods);
                for (const auto* rules : { &policy.ingressRules, &policy.egressRules })
                    for (const PolicyRule& rule : *rules)
                        for (const PolicyPeer& peer : rule.peers) {
                            addSelector(peer.pods);
                            addSelector(peer.namespaces);
                        }
            }
        }

        const Inventory& m_inventory;
        Names m_out;
    };
}

Names namesOf(const Inventory& inventory) { return Collector(inventory).take(); }

} // namespace glacis::report
