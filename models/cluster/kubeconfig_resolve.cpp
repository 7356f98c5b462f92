// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// May a context be used, and if not, why: what client-go says in tools/clientcmd/validation.go, and what it
// would only find later, while it builds the transport (rest, transport, plugin/pkg/client/auth). As in
// kubectl a context that names no user connects without one; a user that is named but missing is a fault
// here.
#include <cluster/kubeconfig.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <cluster/kubeconfig_fields.h>
#include <cluster/kubeconfig_file.h>

namespace glacis::cluster {
namespace {

    /// Faults of one entry, each beginning with what it is about.
    class Faulty {
    public:
        Faulty(std::string what, std::string_view name, const KubeconfigSet& set, Place place)
            : m_head("the " + std::move(what) + " " + inQuotes(name))
        {
            if (place.file < set.files.size())
                m_head += " (" + set.files[place.file].path + ", line " + std::to_string(place.line) + ")";
        }
        void say(const std::string& fault) { m_faults.push_back(m_head + " " + fault); }
        /// A file that the entry names: there, regular, not too large, not on a network share.
        void needFile(const std::string& path, std::string_view field)
        {
            if (path.empty())
                return;
            const SmallFile file = lookAtSmallFile(path);
            if (file.state != SmallFile::State::Read)
                say("names the file " + inQuotes(path) + " as " + std::string(field) + ", but it "
                    + file.error);
        }
        [[nodiscard]] const std::vector<std::string>& all() const { return m_faults; }

    private:
        std::string m_head;
        std::vector<std::string> m_faults;
    };

    /// RFC 1123 label, as apimachinery's IsDNS1123Label.
    bool isDnsLabel(std::string_view text)
    {
        const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
        return !text.empty() && text.size() <= 63 && plain(text.front()) && plain(text.back())
            && std::all_of(text.begin(), text.end(), [&](char c) { return plain(c) || c == '-'; });
    }

    /// Lower case, without "://"; empty when there is none.
    std::string schemeOf(std::string_view url)
    {
        const std::size_t end = url.find("://");
        return end == std::string_view::npos ? std::string() : toLower(url.substr(0, end));
    }

    bool speaksTls(std::string_view server) { return schemeOf(server) == "https"; }

    /// Empty when the proxy can be used; never repeats the URL, which may hold a password.
    std::string proxyFault(std::string_view url)
    {
        const std::string scheme = schemeOf(url);
        if (scheme != "http" && scheme != "https" && scheme != "socks5")
            return "names a proxy-url that does not begin with http://, https:// or socks5://";
        std::string_view rest = url.substr(url.find("://") + 3);
        rest = rest.substr(0, rest.find_first_of("/?#"));
        rest = rest.substr(rest.rfind('@') == std::string_view::npos ? 0 : rest.rfind('@') + 1);
        const bool odd = std::any_of(url.begin(), url.end(), [](char c) {
            return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) == 0x7F;
        });
        if (rest.empty() || rest.front() == ':' || odd)
            return "names a proxy-url that is no URL with a host";
        return {};
    }

    void checkCluster(const ClusterEntry& cluster, Faulty& faulty)
    {
        if (cluster.server.empty())
            faulty.say("has no server; expected its URL, such as https://host:6443");
        if (!cluster.proxyUrl.empty()) {
            if (const std::string fault = proxyFault(cluster.proxyUrl); !fault.empty())
                faulty.say(fault);
        }
        const bool hasCa = cluster.certificateAuthorityData || !cluster.certificateAuthority.empty();
        if (cluster.certificateAuthorityData && !cluster.certificateAuthority.empty())
            faulty.say(
                "has both certificate-authority-data and certificate-authority; only one may be given");
        faulty.needFile(cluster.certificateAuthority, "certificate-authority");
        if (hasCa && cluster.insecureSkipTlsVerify && speaksTls(cluster.server))
            faulty.say("has a certificate authority and insecure-skip-tls-verify; only one may be given");
    }

    // The in-tree providers ended with Kubernetes 1.26 (gcp, azure); a program of the vendor took their
    // place.
    struct Replacement {
        std::string_view provider, program;
    };
    constexpr std::array<Replacement, 3> replacements { {
        { "azure", "kubelogin (\"kubelogin convert-kubeconfig\" changes the file)" },
        { "gcp", "gke-gcloud-auth-plugin (\"gcloud container clusters get-credentials\" writes it)" },
        { "oidc", "kubelogin for OpenID Connect (\"kubectl oidc-login setup\" shows how)" },
    } };

    void checkAuthProvider(const UserEntry& user, Faulty& faulty)
    {
        if (user.authProvider.empty())
            return;
        // client-go refuses the removed ones always; oidc only fills in when nothing else identifies the
        // user.
        const bool other = !user.token.empty() || !user.tokenFile.empty() || !user.username.empty()
            || !user.clientCertificate.empty() || user.clientCertificateData;
        if (user.authProvider == "oidc" && other)
            return;
        const auto known = std::find_if(replacements.begin(), replacements.end(),
            [&](const Replacement& r) { return r.provider == user.authProvider; });
        faulty.say("uses the auth-provider " + inQuotes(user.authProvider)
            + (known == replacements.end()
                    ? std::string(", which is not known; expected a token, a certificate or an exec plugin")
                    : (known->provider == "oidc" ? ", which Glacis does not speak"
                                                 : ", which Kubernetes removed in 1.26")
                        + std::string("; expected an exec plugin: ") + std::string(known->program)));
    }

    void checkExec(const UserEntry& user, Faulty& faulty)
    {
        const ExecSpec& exec = *user.exec;
        if (!user.authProvider.empty())
            faulty.say("has both an exec plugin and an auth-provider; only one may be given");
        if (exec.command.empty())
            faulty.say("has an exec plugin without a command");
        else if (isNetworkPath(exec.command))
            faulty.say("has an exec plugin whose command lies on a network share: such files are never run");
        if (exec.apiVersion.empty())
            faulty.say("has an exec plugin without apiVersion; expected client.authentication.k8s.io/v1");
        else if (exec.apiVersion == "client.authentication.k8s.io/v1alpha1")
            faulty.say(
                "has an exec plugin of apiVersion client.authentication.k8s.io/v1alpha1, which Kubernetes "
                "removed in 1.24; expected client.authentication.k8s.io/v1beta1 or v1: let the plugin's "
                "own tool write the entry anew");
        else if (exec.apiVersion != "client.authentication.k8s.io/v1"
            && exec.apiVersion != "client.authentication.k8s.io/v1beta1")
            faulty.say("has an exec plugin of apiVersion " + inQuotes(exec.apiVersion)
                + "; expected client.authentication.k8s.io/v1 or v1beta1");
        if (std::any_of(exec.env.begin(), exec.env.end(), [](const auto& e) { return e.first.empty(); }))
            faulty.say("has an exec plugin with a variable without a name");
        if (!exec.unknownInteractiveMode.empty())
            faulty.say("has an exec plugin with interactiveMode " + inQuotes(exec.unknownInteractiveMode)
                + "; expected Never, IfAvailable or Always");
        else if (!exec.interactiveMode)
            faulty.say(
                "has an exec plugin without interactiveMode; expected Never, IfAvailable or Always, which "
                "client.authentication.k8s.io/v1 asks for");
    }

    void checkCertificate(const UserEntry& user, Faulty& faulty)
    {
        if (user.clientCertificate.empty() && !user.clientCertificateData)
            return;
        if (!user.clientCertificate.empty() && user.clientCertificateData)
            faulty.say("has both client-certificate-data and client-certificate; only one may be given");
        if (!user.clientKey.empty() && user.clientKeyData)
            faulty.say("has both client-key-data and client-key; only one may be given");
        if (user.clientKey.empty() && !user.clientKeyData)
            faulty.say("has a client certificate without its key; expected client-key-data or client-key");
        faulty.needFile(user.clientCertificate, "client-certificate");
        faulty.needFile(user.clientKey, "client-key");
    }

    void checkUser(const UserEntry& user, bool tls, Faulty& faulty)
    {
        checkCertificate(user, faulty);
        if (user.exec)
            checkExec(user, faulty);
        else if (tls)
            checkAuthProvider(user, faulty);
        if (!user.token.empty() && (!user.username.empty() || !user.password.empty()))
            faulty.say("has both a token and a user name or password; only one way to identify is allowed");
        if (user.impersonate.empty()
            && (!user.impersonateUid.empty() || !user.impersonateGroups.empty()
                || !user.impersonateExtra.empty()))
            faulty.say("asks to act with as-uid, as-groups or as-user-extra, but not as whom; expected as");
        // The file wins over the token; it is read when the connection is made, the token covers its absence.
        if ((tls && user.token.empty()) || isNetworkPath(user.tokenFile))
            faulty.needFile(user.tokenFile, "tokenFile");
    }

    void checkNamespace(const Context& context, Faulty& faulty)
    {
        if (!context.ns.empty() && !isDnsLabel(context.ns))
            faulty.say("has the namespace " + inQuotes(context.ns)
                + "; expected at most 63 lower-case letters, digits and dashes, with no dash at an end");
    }

    std::string joined(const std::vector<std::string>& faults)
    {
        std::string text;
        for (const std::string& fault : faults)
            text += (text.empty() ? "" : "; ") + fault;
        return text;
    }

    std::vector<ShadowedEntry> shadowedOf(const KubeconfigSet& set, const Context& context)
    {
        std::vector<ShadowedEntry> mine;
        for (const ShadowedEntry& entry : set.shadowed) {
            if ((entry.what == "context" && entry.name == context.name)
                || (entry.what == "cluster" && entry.name == context.cluster)
                || (entry.what == "user" && entry.name == context.user))
                mine.push_back(entry);
        }
        return mine;
    }

    /// client-go does not load credentials for a server that it would speak to in clear; whom to act as it
    /// does.
    UserEntry withoutCredentials(const UserEntry& user)
    {
        UserEntry bare;
        bare.name = user.name;
        bare.place = user.place;
        bare.impersonate = user.impersonate;
        bare.impersonateUid = user.impersonateUid;
        bare.impersonateGroups = user.impersonateGroups;
        bare.impersonateExtra = user.impersonateExtra;
        return bare;
    }

    Result<ContextTarget> resolve(const KubeconfigSet& set, const Context& context)
    {
        std::vector<std::string> faults;
        const auto gather = [&](const Faulty& faulty) {
            faults.insert(faults.end(), faulty.all().begin(), faulty.all().end());
        };
        Faulty ofContext("context", context.name, set, context.place);
        const ClusterEntry* cluster = set.cluster(context.cluster);
        const UserEntry* user = set.user(context.user);
        if (!user && !context.user.empty())
            ofContext.say("names the user " + inQuotes(context.user) + ", which no file has");
        if (context.cluster.empty())
            ofContext.say("names no cluster");
        else if (!cluster)
            ofContext.say("names the cluster " + inQuotes(context.cluster) + ", which no file has");
        checkNamespace(context, ofContext);
        gather(ofContext);
        const bool tls = cluster && speaksTls(cluster->server);
        if (user) {
            Faulty ofUser("user", user->name, set, user->place);
            checkUser(*user, tls, ofUser);
            gather(ofUser);
        }
        if (cluster) {
            Faulty ofCluster("cluster", cluster->name, set, cluster->place);
            checkCluster(*cluster, ofCluster);
            gather(ofCluster);
        }
        if (!faults.empty())
            return failure(joined(faults));
        ContextTarget target;
        target.set = set.id;
        target.context = context.name;
        target.cluster = *cluster;
        if (user)
            target.user = tls ? *user : withoutCredentials(*user);
        target.ns = context.ns.empty() ? "default" : context.ns;
        target.file = set.files[context.place.file].path;
        target.files = set.files;
        target.shadowed = shadowedOf(set, context);
        return target;
    }

    /// Edits from one to the other, at most `limit` + 1.
    std::size_t distance(std::string_view a, std::string_view b, std::size_t limit)
    {
        if (a.size() > 200 || b.size() > 200
            || std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit)
            return limit + 1;
        std::vector<std::size_t> row(b.size() + 1);
        for (std::size_t j = 0; j < row.size(); ++j)
            row[j] = j;
        for (std::size_t i = 1; i <= a.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= b.size(); ++j) {
                const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = std::min({ row[j] + 1, row[j - 1] + 1, replaced });
            }
        }
        return row.back();
    }

    bool isSimilar(std::string_view wanted, std::string_view name)
    {
        return containsIgnoringCase(name, toLower(wanted)) || containsIgnoringCase(wanted, toLower(name))
            || distance(toLower(wanted), toLower(name), 2) <= 2;
    }

    std::string notFound(std::string_view context, const std::vector<const KubeconfigSet*>& sets)
    {
        static constexpr std::size_t most = 5;
        std::vector<std::string> similar;
        std::vector<std::string> all;
        for (const KubeconfigSet* set : sets) {
            for (const Context& known : set->contexts) {
                if (similar.size() < most && isSimilar(context, known.name))
                    similar.push_back(inQuotes(known.name));
                if (all.size() <= most)
                    all.push_back(inQuotes(known.name));
            }
        }
        const auto list = [](const std::vector<std::string>& names) {
            std::string text;
            for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
                text += (i ? ", " : "") + names[i];
            return text + (names.size() > most ? ", \xE2\x80\xA6" : "");
        };
        std::string text = "there is no context " + inQuotes(context);
        if (!similar.empty())
            text += "; similar: " + list(similar);
        else if (!all.empty())
            text += "; there are " + list(all);
        else
            text += "; no kubeconfig with a context was found";
        return text;
    }

    std::string lastPart(std::string_view command)
    {
        const std::size_t slash = command.find_last_of("/\\");
        return std::string(slash == std::string_view::npos ? command : command.substr(slash + 1));
    }

} // namespace

Result<ContextTarget> resolveContext(const KubeconfigSet& set, std::string_view context)
{
    const std::string_view wanted = context.empty() ? std::string_view(set.currentContext) : context;
    if (wanted.empty())
        return failure("no context was named and no kubeconfig has a current context");
    const Context* found = set.context(wanted);
    return found ? resolve(set, *found) : failure(notFound(wanted, { &set }));
}

Result<ContextTarget> resolveContext(const std::vector<KubeconfigSet>& sets, std::string_view context)
{
    std::vector<const KubeconfigSet*> all;
    for (const KubeconfigSet& set : sets) {
        if (context.empty() ? !set.currentContext.empty() : set.context(context) != nullptr)
            return resolveContext(set, context);
        all.push_back(&set);
    }
    return failure(context.empty() ? "no context was named and no kubeconfig has a current context"
                                   : notFound(context, all));
}

std::string identityKind(const UserEntry& user)
{
    if (!user.clientCertificate.empty() || user.clientCertificateData)
        return "client certificate";
    if (!user.tokenFile.empty())
        return "token file";
    if (!user.token.empty())
        return "token";
    if (!user.username.empty() || !user.password.empty())
        return "basic";
    if (user.exec)
        return "exec: " + lastPart(user.exec->command);
    if (!user.authProvider.empty())
        return "auth provider: " + user.authProvider;
    return "none";
}

} // namespace glacis::cluster
