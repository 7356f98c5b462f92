// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/context_listing.h>

#include <clusters/cluster_book.h>

#include <base/sha256.h>

#include <QCoreApplication>

#include <algorithm>

namespace glacis::ui {
namespace {

    template <class T> const T* named(const std::vector<T>& entries, const std::string& name)
    {
        const auto it
            = std::find_if(entries.begin(), entries.end(), [&name](const T& e) { return e.name == name; });
        return it == entries.end() ? nullptr : &*it;
    }

    std::string fileOf(const cluster::KubeconfigSet& set, std::uint32_t file)
    {
        return file < set.files.size() ? set.files[file].path : std::string();
    }

    /// A URL may carry a password: "http://user:secret@proxy" is shown as "http://user:…@proxy".
    std::string withoutPassword(const std::string& url)
    {
        const std::size_t scheme = url.find("://");
        const std::size_t from = scheme == std::string::npos ? 0 : scheme + 3;
        const std::size_t end = std::min(url.find_first_of("/?#", from), url.size());
        const std::size_t at = url.rfind('@', end);
        const std::size_t colon = url.find(':', from);
        if (at == std::string::npos || at < from || colon == std::string::npos || colon > at)
            return url;
        return url.substr(0, colon + 1) + "\u2026" + url.substr(at);
    }

    void describe(ContextFacts& facts, const cluster::ClusterEntry& entry)
    {
        facts.server = withoutPassword(entry.server);
        facts.tlsServerName = entry.tlsServerName;
        facts.proxy = withoutPassword(entry.proxyUrl);
        facts.authority = entry.certificateAuthority;
        facts.authorityInFile = entry.certificateAuthorityData.has_value();
        facts.insecure = entry.insecureSkipTlsVerify;
        if (!entry.certificateAuthority.empty() && !entry.certificateAuthorityData)
            facts.files.push_back(entry.certificateAuthority);
    }

    void describe(ContextFacts& facts, const cluster::UserEntry& user, const ClusterServices& services)
    {
        if (services.identityKind)
            facts.identity = services.identityKind(user);
        if (services.certificateExpiry)
            facts.expires = services.certificateExpiry(user);
        facts.impersonates = user.impersonate;
        for (const std::string& file : { user.clientCertificate, user.clientKey, user.tokenFile })
            if (!file.empty())
                facts.files.push_back(file);
        if (!user.exec)
            return;
        facts.command = user.exec->command;
        facts.args = user.exec->args;
        facts.installHint = user.exec->installHint;
        for (const auto& [name, value] : user.exec->env)
            facts.environment.push_back(name);
    }

    std::vector<FileFacts> filesOf(const cluster::KubeconfigSet& set)
    {
        std::vector<FileFacts> files;
        for (const cluster::KubeconfigFile& file : set.files) {
            FileFacts facts { file.path, file.state, file.error, {}, 0, file.outsideHome };
            if (file.readableByOthers)
                facts.warnings.push_back(QCoreApplication::translate("ContextListing",
                    "Other users of this machine can read this file, and with it whatever credentials it "
                    "holds.")
                                             .toStdString());
            files.push_back(std::move(facts));
        }
        for (const cluster::ShadowedEntry& entry : set.shadowed)
            if (entry.hidden.file < files.size())
                files[entry.hidden.file].warnings.push_back(
                    QCoreApplication::translate(
                        "ContextListing", "The %1 “%2” is hidden by the one of the same name in %3.")
                        .arg(QString::fromStdString(entry.what), QString::fromStdString(entry.name),
                            QString::fromStdString(fileOf(set, entry.winner.file)))
                        .toStdString());
        for (const inventory::Diagnostic& diagnostic : set.diagnostics)
            for (FileFacts& file : files)
                if (file.path == diagnostic.file && diagnostic.message != file.error)
                    file.warnings.push_back(diagnostic.message);
        return files;
    }

}

std::string ContextFacts::key() const { return contextKey(set, name); }

std::string ContextFacts::fingerprint() const
{
    std::string all;
    const auto add = [&all](const std::string& text) { all += std::to_string(text.size()) + ':' + text; };
    for (const std::string& text : { server, tlsServerName, proxy, authority, command, impersonates })
        add(text);
    for (const auto* list : { &args, &environment, &files }) {
        add(std::to_string(list->size()));
        for (const std::string& text : *list)
            add(text);
    }
    return sha256Hex(all);
}

const ContextFacts* ContextListing::find(const std::string& key) const
{
    const auto it = std::find_if(
        contexts.begin(), contexts.end(), [&key](const ContextFacts& c) { return c.key() == key; });
    return it == contexts.end() ? nullptr : &*it;
}

ContextListing listingOf(const std::vector<cluster::KubeconfigSet>& sets, const ClusterServices& services)
{
    ContextListing listing;
    for (const cluster::KubeconfigSet& set : sets) {
        std::vector<FileFacts> files = filesOf(set);
        for (const cluster::Context& context : set.contexts) {
            ContextFacts facts;
            facts.set = set.id;
            facts.name = context.name;
            facts.cluster = context.cluster;
            facts.user = context.user;
            facts.ns = context.ns;
            facts.file = fileOf(set, context.place.file);
            facts.line = context.place.line;
            facts.isCurrent = context.name == set.currentContext;
            if (context.place.file < files.size()) {
                ++files[context.place.file].contexts;
                facts.outsideHome = files[context.place.file].outsideHome;
            }
            if (const auto* entry = named(set.clusters, context.cluster)) {
                describe(facts, *entry);
                facts.outsideHome = facts.outsideHome
                    || (entry->place.file < files.size() && files[entry->place.file].outsideHome);
            }
            if (const auto* user = named(set.users, context.user)) {
                describe(facts, *user, services);
                facts.outsideHome = facts.outsideHome
                    || (user->place.file < files.size() && files[user->place.file].outsideHome);
            }
            if (services.problem)
                facts.problem = services.problem(set, context);
            if (services.remarks)
                facts.remarks = services.remarks(set, context);
            listing.contexts.push_back(std::move(facts));
        }
        listing.files.insert(listing.files.end(), std::make_move_iterator(files.begin()),
            std::make_move_iterator(files.end()));
    }
    return listing;
}

} // namespace glacis::ui
