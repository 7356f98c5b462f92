// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Facts from Kubernetes 1.34, plugin/pkg/auth/authorizer/rbac/bootstrappolicy (policy.go,
// controller_policy.go, namespace_policy.go), roles behind gates that are off by default left out. Notation,
// a line each:
//
//     = NAME [>edit] [<edit] [@kube-system]   a role; > label aggregate-to-edit, < aggregates that label, @
//     namespace VERBS GROUPS RESOURCES [NAMES]          a rule, lists by comma; "-" is the core group VERBS !
//     URLS                            a rule for non-resource URLs
//
// Verb words: R get,list,watch · L list,watch · W create,delete,deletecollection,patch,update · U
// patch,update.
#include <access/bootstrap_roles.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <base/text.h>

namespace glacis::access {

namespace {

    constexpr std::string_view UserRoles = R"(
= cluster-admin
* * *
* ! *
= admin <admin
= edit >admin <edit
= view >edit <view
= system:aggregate-to-admin >admin
create authorization.k8s.io localsubjectaccessreviews
R,W rbac.authorization.k8s.io rolebindings,roles
= system:aggregate-to-edit >edit
R - pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy
impersonate - serviceaccounts
W - pods,pods/attach,pods/exec,pods/portforward,pods/proxy
create - pods/eviction
W - configmaps,events,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy
create - serviceaccounts/token
W apps daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale
W autoscaling horizontalpodautoscalers
W batch cronjobs,jobs
W extensions daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale
W policy poddisruptionbudgets
W networking.k8s.io ingresses,networkpolicies
R,W coordination.k8s.io leases
W resource.k8s.io resourceclaims,resourceclaimtemplates
= system:aggregate-to-view >view
R - configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status
R - bindings,events,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status
R - namespaces
R discovery.k8s.io endpointslices
R apps controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status
R autoscaling horizontalpodautoscalers,horizontalpodautoscalers/status
R batch cronjobs,cronjobs/status,jobs,jobs/status
R extensions daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale
R policy poddisruptionbudgets,poddisruptionbudgets/status
R networking.k8s.io ingresses,ingresses/status,networkpolicies
R resource.k8s.io resourceclaims,resourceclaims/status,resourceclaimtemplates
= system:basic-user
create authorization.k8s.io selfsubjectaccessreviews,selfsubjectrulesreviews
create authentication.k8s.io selfsubjectreviews
= system:discovery
get ! /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/
= system:public-info-viewer
get ! /healthz,/livez,/readyz,/version,/version/
= system:monitoring
get ! /healthz,/healthz/*,/livez,/livez/*,/metrics,/metrics/slis,/readyz,/readyz/*
= system:service-account-issuer-discovery
get ! /.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,/openid/v1/jwks/
= system:auth-delegator
create authentication.k8s.io tokenreviews
create authorization.k8s.io subjectaccessreviews
= system:certificates.k8s.io:certificatesigningrequests:nodeclient
create certificates.k8s.io certificatesigningrequests/nodeclient
= system:certificates.k8s.io:certificatesigningrequests:selfnodeclient
create certificates.k8s.io certificatesigningrequests/selfnodeclient
= system:certificates.k8s.io:kube-apiserver-client-approver
approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client
= system:certificates.k8s.io:kube-apiserver-client-kubelet-approver
approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client-kubelet
= system:certificates.k8s.io:kubelet-serving-approver
approve certificates.k8s.io signers kubernetes.io/kubelet-serving
= system:certificates.k8s.io:legacy-unknown-approver
approve certificates.k8s.io signers kubernetes.io/legacy-unknown
= system:heapster
R - events,namespaces,nodes,pods
R extensions deployments
= system:kubelet-api-admin
R - nodes
proxy - nodes
* - nodes/log,nodes/metrics,nodes/proxy,nodes/stats
* - nodes/configz,nodes/healthz,nodes/pods
= system:persistent-volume-provisioner
create,delete,R - persistentvolumes
update,R - persistentvolumeclaims
R storage.k8s.io storageclasses
watch - events
create,U -,events.k8s.io events
)";

    constexpr std::string_view ComponentRoles = R"(
= system:kube-aggregator
R - endpoints,services
= system:kube-dns
L - endpoints,services
= system:kube-controller-manager
create,U -,events.k8s.io events
create coordination.k8s.io leases
get,update coordination.k8s.io leases kube-controller-manager
create - secrets,serviceaccounts
delete - secrets
get - configmaps,namespaces,secrets,serviceaccounts
update - secrets,serviceaccounts
create authentication.k8s.io tokenreviews
create authorization.k8s.io subjectaccessreviews
L * *
create - serviceaccounts/token
= system:kube-scheduler
create,U -,events.k8s.io events
create coordination.k8s.io leases
get,update coordination.k8s.io leases kube-scheduler
R - nodes
delete,R - pods
create - bindings,pods/binding
U - pods/status
R - replicationcontrollers,services
R apps,extensions replicasets
R apps statefulsets
R policy poddisruptionbudgets
R - persistentvolumeclaims,persistentvolumes
create authentication.k8s.io tokenreviews
create authorization.k8s.io subjectaccessreviews
R storage.k8s.io csinodes
R - namespaces
R storage.k8s.io csidrivers
R storage.k8s.io csistoragecapacities
R resource.k8s.io deviceclasses
R,U resource.k8s.io resourceclaims
R,U resource.k8s.io resourceclaims/status
R,U - pods/finalizers
R resource.k8s.io resourceslices
= system:volume-scheduler
R,U - persistentvolumes
R storage.k8s.io storageclasses
R,U - persistentvolumeclaims
= system:node
create authentication.k8s.io tokenreviews
create authorization.k8s.io localsubjectaccessreviews,subjectaccessreviews
R - services
create,R - nodes
U - nodes/status
U - nodes
create,U - events
R - pods
create,delete - pods
U - pods/status
create - pods/eviction
R - configmaps,secrets
get - persistentvolumeclaims,persistentvolumes
get - endpoints
create,R certificates.k8s.io certificatesigningrequests
create,delete,get,U coordination.k8s.io leases
get storage.k8s.io volumeattachments
create - serviceaccounts/token
get,U - persistentvolumeclaims/status
R storage.k8s.io csidrivers
create,delete,get,U storage.k8s.io csinodes
R node.k8s.io runtimeclasses
get resource.k8s.io resourceclaims
deletecollection resource.k8s.io resourceslices
get - serviceaccounts
= system:node-bootstrapper
create,R certificates.k8s.io certificatesigningrequests
= system:node-problem-detector
get - nodes
patch - nodes/status
create,U -,events.k8s.io events
= system:node-proxier
L - endpoints,services
R - nodes
create,U -,events.k8s.io events
L networking.k8s.io servicecidrs
L discovery.k8s.io endpointslices
= extension-apiserver-authentication-reader @kube-system
R - configmaps extension-apiserver-authentication
= system:controller:bootstrap-signer @kube-system
R - secrets
= system:controller:cloud-provider @kube-system
create,R - configmaps
= system:controller:token-cleaner @kube-system
R,delete - secrets
create,U -,events.k8s.io events
= system::leader-locking-kube-controller-manager @kube-system
watch - configmaps
get,update - configmaps kube-controller-manager
R,create,update coordination.k8s.io leases
= system::leader-locking-kube-scheduler @kube-system
watch - configmaps
get,update - configmaps kube-scheduler
= system:controller:bootstrap-signer @kube-public
R - configmaps
update - configmaps cluster-info
create,U -,events.k8s.io events
)";

    constexpr std::string_view ControllerRoles = R"(
= system:controller:attachdetach-controller
L - persistentvolumeclaims,persistentvolumes
R - nodes
U - nodes/status
L - pods
create,U -,events.k8s.io events
create,delete,R storage.k8s.io volumeattachments
R storage.k8s.io csidrivers
R storage.k8s.io csinodes
= system:controller:clusterrole-aggregation-controller
escalate,R,U rbac.authorization.k8s.io clusterroles
= system:controller:cronjob-controller
R,update batch cronjobs
create,delete,R,U batch jobs
update batch cronjobs/status
update batch cronjobs/finalizers
delete,L - pods
create,U -,events.k8s.io events
= system:controller:daemon-set-controller
R apps,extensions daemonsets
update apps,extensions daemonsets/status
update apps,extensions daemonsets/finalizers
L - nodes
create,delete,L,patch - pods
create - pods/binding
create,delete,R,U apps controllerrevisions
create,U -,events.k8s.io events
= system:controller:deployment-controller
R,update apps,extensions deployments
update apps,extensions deployments/status
update apps,extensions deployments/finalizers
create,delete,R,U apps,extensions replicasets
R,update - pods
create,U -,events.k8s.io events
= system:controller:disruption-controller
R apps,extensions deployments
R apps,extensions replicasets
R - replicationcontrollers
R policy poddisruptionbudgets
R apps statefulsets
update policy poddisruptionbudgets/status
U - pods/status
get * */scale
create,U -,events.k8s.io events
= system:controller:endpoint-controller
R - pods,services
create,delete,R,update - endpoints
create - endpoints/restricted
create,U -,events.k8s.io events
= system:controller:endpointslice-controller
R - nodes,pods,services
update - services/finalizers
create,delete,R,update discovery.k8s.io endpointslices
create,U -,events.k8s.io events
= system:controller:endpointslicemirroring-controller
R - endpoints,services
update - services/finalizers
update - endpoints/finalizers
create,delete,R,update discovery.k8s.io endpointslices
create,U -,events.k8s.io events
= system:controller:expand-controller
R,U - persistentvolumes
U - persistentvolumeclaims/status
R - persistentvolumeclaims
create,U -,events.k8s.io events
get - services
= system:controller:ephemeral-volume-controller
R - pods
update - pods/finalizers
create,R - persistentvolumeclaims
create,U -,events.k8s.io events
= system:controller:resource-claim-controller
R - pods
update - pods/finalizers
create,delete,R resource.k8s.io resourceclaims
U resource.k8s.io resourceclaims,resourceclaims/status
U - pods/status
create,U -,events.k8s.io events
= system:controller:generic-garbage-collector
delete,R,U * *
create,U -,events.k8s.io events
= system:controller:horizontal-pod-autoscaler
R autoscaling horizontalpodautoscalers
update autoscaling horizontalpodautoscalers/status
get,update * */scale
L - pods
L metrics.k8s.io pods
R custom.metrics.k8s.io *
R external.metrics.k8s.io *
create,U -,events.k8s.io events
= system:controller:job-controller
R,U batch jobs
update batch jobs/status
update batch jobs/finalizers
create,delete,L,patch - pods
create,U -,events.k8s.io events
= system:controller:namespace-controller
delete,R - namespaces
update - namespaces/finalize,namespaces/status
delete,deletecollection,R * *
= system:controller:node-controller
delete,R,U - nodes
U - nodes/status
U - pods/status
delete,R - pods
create,U -,events.k8s.io events
= system:controller:persistent-volume-binder
create,delete,R,update - persistentvolumes
update - persistentvolumes/status
R,update - persistentvolumeclaims
update - persistentvolumeclaims/status
create,delete,R - pods
R storage.k8s.io storageclasses
L - nodes
create,U -,events.k8s.io events
watch - events
get - services
= system:controller:pod-garbage-collector
delete,L - pods
R - nodes
patch - pods/status
= system:controller:replicaset-controller
R,update apps,extensions replicasets
update apps,extensions replicasets/status
update apps,extensions replicasets/finalizers
create,delete,L,patch - pods
create,U -,events.k8s.io events
= system:controller:replication-controller
R,update - replicationcontrollers
update - replicationcontrollers/status
update - replicationcontrollers/finalizers
create,delete,L,patch - pods
create,U -,events.k8s.io events
= system:controller:resourcequota-controller
L * *
update - resourcequotas/status
create,U -,events.k8s.io events
= system:controller:route-controller
L - nodes
patch - nodes/status
create,U -,events.k8s.io events
= system:controller:service-account-controller
create - serviceaccounts
create,U -,events.k8s.io events
= system:controller:service-controller
R - services
U - services/status
L - nodes
create,U -,events.k8s.io events
= system:controller:service-cidrs-controller
R,U networking.k8s.io servicecidrs
U networking.k8s.io servicecidrs/finalizers
U networking.k8s.io servicecidrs/status
R networking.k8s.io ipaddresses
create,U -,events.k8s.io events
= system:controller:statefulset-controller
L - pods
R apps statefulsets
update apps statefulsets/status
update apps statefulsets/finalizers
create,delete,get,U - pods
create,delete,R,U apps controllerrevisions
create,R - persistentvolumeclaims
delete,update - persistentvolumeclaims
update - pods/finalizers
create,U -,events.k8s.io events
= system:controller:ttl-controller
L,U - nodes
create,U -,events.k8s.io events
= system:controller:certificate-controller
delete,R certificates.k8s.io certificatesigningrequests
update certificates.k8s.io certificatesigningrequests/approval,certificatesigningrequests/status
approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client-kubelet
sign certificates.k8s.io signers kubernetes.io/kube-apiserver-client,kubernetes.io/kube-apiserver-client-kubelet,kubernetes.io/kubelet-serving,kubernetes.io/legacy-unknown
create authorization.k8s.io subjectaccessreviews
create,U -,events.k8s.io events
= system:controller:pvc-protection-controller
R,update - persistentvolumeclaims
R - pods
create,U -,events.k8s.io events
= system:controller:pv-protection-controller
R,update - persistentvolumes
create,U -,events.k8s.io events
= system:controller:volumeattributesclass-protection-controller
R - persistentvolumeclaims
R - persistentvolumes
R,update storage.k8s.io volumeattributesclasses
create,U -,events.k8s.io events
= system:controller:ttl-after-finished-controller
delete,R batch jobs
create,U -,events.k8s.io events
= system:controller:root-ca-cert-publisher
create,update - configmaps
create,U -,events.k8s.io events
= system:controller:validatingadmissionpolicy-status-controller
R admissionregistration.k8s.io validatingadmissionpolicies
get,U admissionregistration.k8s.io validatingadmissionpolicies/status
create,U -,events.k8s.io events
= system:controller:legacy-service-account-token-cleaner
get - configmaps kube-apiserver-legacy-service-account-token-tracking
delete,patch - secrets
= system:controller:selinux-warning-controller
create,U -,events.k8s.io events
R - persistentvolumes
R - persistentvolumeclaims
R - pods
R storage.k8s.io csidrivers
)";

    constexpr std::array Tables { UserRoles, ComponentRoles, ControllerRoles };
    constexpr std::string_view ControllerPrefix = "system:controller:";

    /// Accounts of kube-system that get a shipped binding under another name than system:controller:ACCOUNT.
    constexpr std::array<std::string_view, 6> OtherAccounts { "coredns", "kube-controller-manager",
        "kube-dns", "kube-proxy", "kube-scheduler", "leader-election-controller" };

    const std::vector<std::string_view>* verbsOfWord(std::string_view word)
    {
        static const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> words {
            { "R", { "get", "list", "watch" } },
            { "L", { "list", "watch" } },
            { "U", { "patch", "update" } },
            { "W", { "create", "delete", "deletecollection", "patch", "update" } },
        };
        const auto found = std::find_if(
            words.begin(), words.end(), [&](const auto& entry) { return entry.first == word; });
        return found == words.end() ? nullptr : &found->second;
    }

    std::vector<Str> list(std::string_view text, StringPool& strings)
    {
        std::vector<Str> out;
        for (const auto item : split(text, ','))
            out.push_back(strings.intern(item == "-" ? std::string_view() : item));
        return out;
    }

    std::vector<Str> verbList(std::string_view text, StringPool& strings)
    {
        std::vector<Str> out;
        for (const auto item : split(text, ',')) {
            if (const auto* verbs = verbsOfWord(item)) {
                for (const auto verb : *verbs)
                    out.push_back(strings.intern(verb));
            } else {
                out.push_back(strings.intern(item));
            }
        }
        return out;
    }

    inventory::PolicyRuleRbac ruleOf(const std::vector<std::string_view>& words, StringPool& strings)
    {
        inventory::PolicyRuleRbac rule;
        rule.verbs = verbList(words[0], strings);
        if (words[1] == "!") {
            rule.nonResourceUrls = list(words[2], strings);
            return rule;
        }
        rule.apiGroups = list(words[1], strings);
        rule.resources = list(words[2], strings);
        if (words.size() > 3)
            rule.resourceNames = list(words[3], strings);
        return rule;
    }

    BootstrapRole roleOf(const std::vector<std::string_view>& words)
    {
        BootstrapRole role;
        role.name = words[1];
        for (std::size_t i = 2; i < words.size(); ++i) {
            const auto value = words[i].substr(1);
            switch (words[i].front()) {
            case '>':
                role.aggregateTo = value;
                break;
            case '<':
                role.aggregates = value;
                break;
            default:
                role.ns = value;
            }
        }
        return role;
    }

    template <class Visit> void forEachLine(const Visit& visit)
    {
        for (const auto table : Tables) {
            for (const auto line : split(table, '\n')) {
                if (!line.empty())
                    visit(split(line, ' '));
            }
        }
    }

    const std::vector<std::pair<std::string_view, std::string_view>>& names()
    {
        static const auto sorted = [] {
            std::vector<std::pair<std::string_view, std::string_view>> out;
            forEachLine([&](const std::vector<std::string_view>& words) {
                if (words[0] == "=") {
                    const auto role = roleOf(words);
                    out.emplace_back(role.ns, role.name);
                }
            });
            std::sort(out.begin(), out.end());
            return out;
        }();
        return sorted;
    }

} // namespace

std::vector<BootstrapRole> bootstrapRoles(StringPool& strings)
{
    std::vector<BootstrapRole> roles;
    forEachLine([&](const std::vector<std::string_view>& words) {
        if (words[0] == "=")
            roles.push_back(roleOf(words));
        else
            roles.back().rules.push_back(ruleOf(words, strings));
    });
    return roles;
}

bool isBootstrapRole(std::string_view ns, std::string_view name)
{
    return std::binary_search(names().begin(), names().end(), std::pair(ns, name));
}

bool isControllerAccount(std::string_view name)
{
    const std::string role = std::string(ControllerPrefix) + std::string(name);
    return isBootstrapRole({}, role) || isBootstrapRole("kube-system", role)
        || std::find(OtherAccounts.begin(), OtherAccounts.end(), name) != OtherAccounts.end();
}

} // namespace glacis::access
