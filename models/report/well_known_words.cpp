// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of what stays in a report with pseudonyms, each with its reason, and how hosts are told from
// other words with dots.
#include <report/pseudonym_words.h>

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include <base/text.h>
#include <inventory/kinds.h>

namespace glacis::report {
namespace {
    using Words = std::unordered_set<std::string_view>;

    /// Every cluster has them: namespaces, the control plane and its users, groups, roles and configuration.
    constexpr std::string_view OfEveryCluster
        = "default kube-system kube-public kube-node-lease kubernetes kube-apiserver kube-controller-manager "
          "kube-scheduler kube-proxy cloud-controller-manager etcd kubelet coredns kube-dns containerd "
          "docker "
          "dockerd crio apiserver system masters authenticated unauthenticated anonymous serviceaccount "
          "serviceaccounts nodes node bootstrappers kubernetes-admin super-admin cluster-admin "
          "cluster-admins "
          "admin edit view kubeadm monitoring public-info-viewer basic-user discovery kube-root-ca.crt "
          "cluster-info kubeadm-config kubelet-config extension-apiserver-authentication svc cluster local "
          "cluster.local pod kube-api-access ClusterFirst";
    /// Keys and variables whose names are Kubernetes' own, or say no more than what they are.
    constexpr std::string_view KeysOfEveryone
        = "token ca.crt tls.crt tls.key namespace dockerconfigjson dockercfg ssh-privatekey ssh-publickey "
          "username password KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT HOSTNAME PATH HOME LANG TZ "
          "DOCKER_HOST DOCKER_TLS_VERIFY POD_NAME POD_NAMESPACE POD_IP NODE_NAME HOST_IP HTTP_PROXY "
          "HTTPS_PROXY NO_PROXY";
    /// Verbs of RBAC and kinds of addresses and names in our own ids and sentences: "own/NS/KIND/NAME".
    constexpr std::string_view OfThisProgram
        = "get list watch create update patch delete deletecollection impersonate bind escalate approve sign "
          "use proxy internet breach domain address endpoint reach own held net sa user users group groups "
          "scope cred secret cloud jewel all-secrets control-plane-node datastore-credentials absent env "
          "container volume rule role https http tcp udp tls sha256 latest library";
    /// Without them no sentence stands, and the sentence would tell which word is missing.
    constexpr std::string_view OfTheLanguage
        = "a an and are as at be by can for from has have he in into is it its may no none not null of off "
          "on "
          "one or other others s that the their them this to true false two was which who with without yes "
          "unset every any all";
    /// What half of all volumes are called, and words of our own sentences as well.
    constexpr std::string_view OfEveryVolume = "data config configuration cache tmp logs";
    constexpr std::string_view Folders
        = "etc var lib lib64 run log home tmp opt usr local share bin sbin proc sys dev root boot mnt srv "
          "media kubelet docker containerd crio cni net.d kubernetes pki manifests etcd pods plugins "
          "plugins_registry plugin-resources device-plugins docker.sock containerd.sock crio.sock "
          "cri-dockerd.sock machine-id localtime os-release hostname hosts resolv.conf ssl certs "
          "ca-certificates modules cgroup fs bpf kernel debug systemd system passwd shadow ssh cron.d "
          "containers k3s rancher kubeconfig volumes shm null kmsg journal xtables.lock Users c: C: windows "
          "pipe docker_engine netns audit lock disk disks "
          "admin.conf config.yaml src spool cron secrets serviceaccount overlay2 mem";
    constexpr std::string_view Labels = "app k8s-app name component tier release version env environment "
                                        "role run chart heritage track team "
                                        "owner part-of instance managed-by zone region stage type";
    /// Registries and API groups that the whole world uses. Only as they stand: below eks.amazonaws.com and
    /// the like clusters have names.
    constexpr std::string_view Domains
        = "docker.io index.docker.io registry-1.docker.io gcr.io k8s.gcr.io quay.io ghcr.io "
          "mcr.microsoft.com "
          "public.ecr.aws registry.gitlab.com registry.access.redhat.com glacis.dev cert-manager.io "
          "acme.cert-manager.io monitoring.coreos.com cilium.io projectcalico.org crd.projectcalico.org "
          "operator.tigera.io istio.io networking.istio.io security.istio.io argoproj.io helm.sh "
          "eks.amazonaws.com iam.gke.io cloud.google.com azure.workload.identity vault.hashicorp.com "
          "external-secrets.io bitnami.com traefik.io traefik.containo.us kyverno.io gatekeeper.sh "
          "metallb.io longhorn.io velero.io keda.sh knative.dev serving.knative.dev linkerd.io tailscale.com "
          "kubernetes.default kubernetes.default.svc kubernetes.default.svc.cluster.local";
    /// Last labels of public and of common private domains: they make a host even of a word that could be a
    /// field.
    constexpr std::string_view TopLevels
        = "com org net io dev cloud edu gov int internal local lan corp intranet example invalid eu de uk us "
          "fr nl ch es pl se dk cz jp cn br au ca ru tv ai xyz biz svc";
    constexpr std::string_view Endings
        = "yaml yml json conf sock crt key pem csr log txt toml ini cfg tar gz tgz db service kubeconfig "
          "html pdf xml env exe ps1 properties glacis lock cnf jar war sql cert ca pid socket md sh py js so";
    /// Endings that are top-level domains as well: a file where the name has two parts.
    constexpr std::string_view BothEndings = "md sh py so js";
    constexpr std::string_view FieldRoots
        = "spec metadata status data stringData roleRef subjects rules webhooks";
    constexpr std::string_view Kernel = "net kernel fs vm";

    Words wordsOf(std::string_view table)
    {
        Words words;
        for (const std::string_view word : split(table, ' '))
            words.insert(word);
        return words;
    }

    template <const std::string_view& Table> bool in(std::string_view word)
    {
        static const Words words = wordsOf(Table);
        return words.contains(word);
    }

    /// Resources in every spelling: "deployments", "deployment", "Deployment".
    bool isResource(std::string_view word)
    {
        static const auto names = [] {
            std::unordered_set<std::string> all;
            for (std::size_t i = 0; i < inventory::KindCount; ++i) {
                const inventory::KindInfo& kind = inventory::info(static_cast<inventory::Kind>(i));
                for (const std::string_view name : { kind.name, kind.resource })
                    if (!name.empty())
                        all.insert({ std::string(name), toLower(name) });
            }
            return all;
        }();
        return names.contains(std::string(word));
    }

    bool isGroup(std::string_view word)
    {
        return word == "apps" || word == "batch" || word == "policy" || word == "extensions"
            || word == "autoscaling" || isPublicDomain(word);
    }

    bool isDigit(char c) { return c >= '0' && c <= '9'; }
    bool hasUpper(std::string_view word)
    {
        return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    }
    std::string_view lastLabel(std::string_view word) { return word.substr(word.rfind('.') + 1); }
    std::string_view firstLabel(std::string_view word) { return word.substr(0, word.find('.')); }

    /// "1.29.3-eks.x", "v2.7.0": digits on both sides of the first dot.
    bool looksLikeVersion(std::string_view word)
    {
        const std::size_t dot = word.find('.');
        const std::string_view first = word.substr(word.starts_with('v') ? 1 : 0, dot);
        return !first.empty() && isDigit(first.front()) && dot + 1 < word.size() && isDigit(word[dot + 1]);
    }
}

bool isWellKnown(std::string_view word)
{
    return in<OfEveryCluster>(word) || in<KeysOfEveryone>(word) || in<OfThisProgram>(word)
        || in<OfTheLanguage>(word) || in<OfEveryVolume>(word) || isResource(word);
}

bool isWellKnownFolder(std::string_view part) { return in<Folders>(part); }

bool isWellKnownLabel(std::string_view key)
{
    return in<Labels>(key)
        || (key.find('/') != std::string_view::npos && isPublicDomain(key.substr(0, key.find('/'))));
}

bool isPublicDomain(std::string_view host)
{
    for (const std::string_view ours : { "k8s.io", "kubernetes.io", "x-k8s.io" })
        if (host == ours
            || (host.size() > ours.size() && host.ends_with(ours)
                && host[host.size() - ours.size() - 1] == '.'))
            return true;
    return in<Domains>(host);
}

std::string_view fileEnding(std::string_view word)
{
    const std::size_t dot = word.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || !in<Endings>(word.substr(dot + 1)))
        return {};
    return word.substr(dot);
}

bool looksLikeField(std::string_view word, bool afterBracket)
{
    if (afterBracket)
        return true;
    return word.find('.') != std::string_view::npos && in<FieldRoots>(firstLabel(word))
        && !in<TopLevels>(lastLabel(word));
}

bool looksLikeHost(std::string_view word)
{
    if (word.find('.') == std::string_view::npos || word.find("..") != std::string_view::npos
        || word.find('_') != std::string_view::npos || isPublicDomain(word) || looksLikeVersion(word))
        return false;
    const std::string_view last = lastLabel(word), first = firstLabel(word);
    const auto labels = std::count(word.begin(), word.end(), '.') + 1;
    if (last.size() < 2 || isDigit(last.front()))
        return false;
    if (in<Endings>(last) && (labels == 2 || !in<BothEndings>(last)))
        return false;
    if (in<TopLevels>(toLower(last)))
        return !in<Kernel>(first) || labels > 2;
    return !hasUpper(word) && !in<Kernel>(first)
        && !(isResource(first) && isGroup(word.substr(first.size() + 1)));
}

} // namespace glacis::report
