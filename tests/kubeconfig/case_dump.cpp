// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "case_dump.h"

#include <base/text.h>

namespace glacis::test {
namespace {

    using namespace cluster;

    class Dump {
    public:
        Dump(const KubeconfigSet& set, const std::string& root)
            : m_set(set)
            , m_root(root)
        {
        }

        std::string all()
        {
            for (const KubeconfigFile& file : m_set.files)
                line("file " + file.path
                    + (file.state == KubeconfigFile::State::Read          ? ""
                            : file.state == KubeconfigFile::State::Broken ? " broken: " + file.error
                                                                          : " missing: " + file.error));
            for (const ClusterEntry& entry : m_set.clusters)
                one(entry);
            for (const UserEntry& entry : m_set.users)
                one(entry);
            for (const Context& entry : m_set.contexts) {
                line("context " + entry.name + at(entry.place));
                field("cluster", entry.cluster);
                field("user", entry.user);
                field("namespace", entry.ns);
            }
            if (!m_set.currentContext.empty())
                line("current-context " + m_set.currentContext);
            for (const ShadowedEntry& entry : m_set.shadowed)
                line("shadowed " + entry.what + " " + entry.name + at(entry.hidden) + " by"
                    + at(entry.winner));
            for (const inventory::Diagnostic& d : m_set.diagnostics)
                line(std::string(name(d.level)) + " " + d.file + ":" + std::to_string(d.line) + ": "
                    + (d.object.empty() ? "" : "(" + d.object + ") ") + d.message);
            for (const Context& entry : m_set.contexts)
                resolved(entry.name);
            if (m_set.context(m_set.currentContext) == nullptr)
                resolved({});
            return std::move(m_out);
        }

    private:
        void line(std::string text)
        {
            for (std::size_t found = text.find(m_root); found != std::string::npos; found = text.find(m_root))
                text.erase(found, m_root.size());
            const std::string above = m_root.substr(0, m_root.rfind('/', m_root.size() - 2) + 1);
            for (std::size_t found = text.find(above); found != std::string::npos; found = text.find(above))
                text.replace(found, above.size(), "../");
            m_out += printable(text) + "\n";
        }
        void field(const std::string& name, const std::string& value)
        {
            if (!value.empty())
                line("  " + name + ": " + value);
        }
        void length(const std::string& name, std::size_t size)
        {
            if (size > 0)
                line("  " + name + ": " + std::to_string(size) + " bytes");
        }
        std::string at(Place place) const
        {
            return " (" + m_set.files[place.file].path + ":" + std::to_string(place.line) + ")";
        }
        /// Without user and password.
        static std::string bare(std::string url)
        {
            const std::size_t start = url.find("://");
            const std::size_t sign = url.find('@');
            if (start != std::string::npos && sign != std::string::npos)
                url.replace(start + 3, sign - start - 3, "\xE2\x80\xA6");
            return url;
        }

        void one(const ClusterEntry& entry)
        {
            line("cluster " + entry.name + at(entry.place));
            field("server", bare(entry.server));
            field("tls-server-name", entry.tlsServerName);
            field("insecure-skip-tls-verify", entry.insecureSkipTlsVerify ? "true" : "");
            field("certificate-authority", entry.certificateAuthority);
            length("certificate-authority-data",
                entry.certificateAuthorityData ? entry.certificateAuthorityData->size() : 0);
            field("proxy-url", bare(entry.proxyUrl));
            field("disable-compression", entry.disableCompression ? "true" : "");
            field("exec extension", entry.execExtension);
        }

        void one(const UserEntry& entry)
        {
            line("user " + entry.name + at(entry.place));
            field("client-certificate", entry.clientCertificate);
            length("client-certificate-data",
                entry.clientCertificateData ? entry.clientCertificateData->size() : 0);
            field("client-key", entry.clientKey);
            length("client-key-data", entry.clientKeyData ? entry.clientKeyData->size() : 0);
            length("token", entry.token.size());
            field("tokenFile", entry.tokenFile);
            field("username", entry.username);
            length("password", entry.password.size());
            field("as", entry.impersonate);
            field("as-uid", entry.impersonateUid);
            for (const std::string& group : entry.impersonateGroups)
                field("as-group", group);
            for (const auto& [key, values] : entry.impersonateExtra)
                for (const std::string& value : values)
                    field("as-user-extra " + key, value);
            field("auth-provider", entry.authProvider);
            if (entry.exec)
                exec(*entry.exec);
        }

        void exec(const ExecSpec& spec)
        {
            constexpr const char* modes[] = { "Never", "IfAvailable", "Always" };
            line("  exec " + spec.command);
            field("  apiVersion", spec.apiVersion);
            for (const std::string& arg : spec.args)
                line("    arg: " + arg);
            for (const auto& [name, value] : spec.env)
                line("    env: " + name + ", " + std::to_string(value.size()) + " bytes");
            field("  installHint", spec.installHint);
            field("  provideClusterInfo", spec.provideClusterInfo ? "true" : "");
            field("  interactiveMode",
                spec.interactiveMode ? modes[static_cast<std::size_t>(*spec.interactiveMode)]
                                     : spec.unknownInteractiveMode);
        }

        void resolved(const std::string& context)
        {
            const Result<ContextTarget> target = resolveContext(m_set, context);
            const std::string head
                = "resolve " + (context.empty() ? std::string("(current context)") : context) + ": ";
            line(head
                + (target ? "namespace " + target->ns + ", " + identityKind(target->user) + " to "
                            + bare(target->cluster.server)
                          : "not usable: " + target.error().message));
        }

        const KubeconfigSet& m_set;
        const std::string& m_root;
        std::string m_out;
    };

} // namespace

std::string dump(const KubeconfigSet& set, const std::string& root) { return Dump(set, root).all(); }

} // namespace glacis::test
