// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fields and defaults: k8s.io/client-go tools/clientcmd/api/v1 (types.go, conversion.go, defaults.go).
#include <cluster/kubeconfig_read.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include <openssl/crypto.h>

#include <base/json_writer.h>
#include <base/text.h>
#include <cluster/kubeconfig_fields.h>
#include <cluster/kubeconfig_file.h>
#include <inventory/reader.h>
#include <inventory/tree_checks.h>

namespace glacis::cluster {
namespace {

    using inventory::DocumentReader;
    using inventory::NodeRef;
    using inventory::NodeType;
    using Level = Faults::Level;

    // A kubeconfig of 5 MiB without aliases stays far below.
    constexpr inventory::ReadLimits limits { .maxDepth = 64, .maxNodes = 2'000'000 };
    // Of one list. Contexts look up their cluster and user by name: what no person has made may not take a
    // minute.
    constexpr std::size_t maxEntries = 10'000;
    constexpr std::string_view execExtensionName = "client.authentication.k8s.io/exec";

    void appendJson(JsonWriter& json, NodeRef node)
    {
        switch (node.type()) {
        case NodeType::Null:
            json.null();
            break;
        case NodeType::Bool:
        case NodeType::Integer:
        case NodeType::Float:
            json.raw(node.text());
            break;
        case NodeType::String:
            json.value(node.text());
            break;
        case NodeType::Array:
            json.beginArray();
            for (const NodeRef item : node)
                appendJson(json, item);
            json.endArray();
            break;
        case NodeType::Object:
            json.beginObject();
            for (const NodeRef item : node) {
                json.key(item.key());
                appendJson(json, item);
            }
            json.endObject();
            break;
        }
    }

    std::optional<InteractiveMode> interactiveMode(std::string_view text)
    {
        if (text == "Never")
            return InteractiveMode::Never;
        if (text == "IfAvailable")
            return InteractiveMode::IfAvailable;
        if (text == "Always")
            return InteractiveMode::Always;
        return std::nullopt;
    }

    /// Control, reordering and invisible characters gone, lines kept (as client-go's cleanANSIEscapeCodes).
    std::string withoutControls(std::string_view text)
    {
        static constexpr std::string_view replacement = "\xEF\xBF\xBD";
        std::string clean = printable(text, true);
        for (std::size_t at = clean.find(replacement); at != std::string::npos;
             at = clean.find(replacement, at))
            clean.erase(at, replacement.size());
        return clean;
    }

    class Reader {
    public:
        Reader(const std::string& path, std::uint32_t file)
            : m_faults(path)
            , m_folder(folderOf(path))
            , m_file(file)
        {
        }

        ParsedKubeconfig read(std::string_view text)
        {
            // Empty files are empty kubeconfigs; blank ones and mere comments too.
            std::string padded;
            padded.reserve(text.size() + DocumentReader::jsonPadding);
            padded = text;
            if (const NodeRef root = document(padded); root)
                decode(root);
            if (m_faults.any()) {
                m_parsed.clusters.clear();
                m_parsed.users.clear();
                m_parsed.contexts.clear();
                m_parsed.currentContext.clear();
            }
            m_parsed.error = m_faults.first();
            m_parsed.diagnostics = m_faults.take();
            wipe(padded);
            return std::move(m_parsed);
        }

    private:
        static void wipe(std::string& text) { OPENSSL_cleanse(text.data(), text.size()); }

        /// The first document, as client-go reads it; nothing when there is none or it is broken.
        NodeRef document(const std::string& text)
        {
            const std::size_t start = text.find_first_not_of(" \t\r\n");
            const DocumentReader::Output* output = nullptr;
            if (start != std::string::npos && text[start] == '{') {
                output = &m_reader.readJson(text, 1, limits);
                // A flow mapping of YAML begins like JSON.
                if (!output->errors.empty() && output->errors.front().syntax)
                    output = nullptr;
            }
            if (!output)
                output = &m_reader.readYaml(text, 1, limits);
            const bool broken = !output->errors.empty() && output->errorsBefore.front() == 0;
            if (broken) {
                const inventory::ReadError& error = output->errors.front();
                m_faults.add(Level::Error, error.line, {}, error.message);
                return {};
            }
            m_parsed.wellFormed = true;
            if (output->documents.size() + output->errors.size() > 1)
                m_faults.add(Level::Warning,
                    output->documents.size() > 1 ? output->documents[1].line : output->errors.front().line,
                    {}, "only the first document of the file is read, as kubectl does");
            if (output->documents.empty())
                return {};
            return { *output->tree, output->documents.front().root };
        }

        void decode(NodeRef root)
        {
            Fields top(m_faults, root, {});
            const std::string kind = top.text("kind");
            const std::string version = top.text("apiVersion");
            for (const std::string_view key : { "clusters", "users", "contexts", "current-context" })
                m_parsed.looksLikeOne = m_parsed.looksLikeOne || root[key];
            if ((!kind.empty() && kind != "Config") || (!version.empty() && version != "v1"))
                m_faults.add(Level::Error, root.line(), {},
                    "this is a " + inQuotes(kind.empty() ? "Config" : kind) + " of version "
                        + inQuotes(version.empty() ? "v1" : version)
                        + R"(, but a kubeconfig is a "Config" of version "v1")");
            if (m_faults.any())
                return;
            Fields preferences = top.below("preferences");
            (void)preferences.flag("colors");
            (void)extension(preferences, {});
            (void)extension(top, {});
            m_parsed.currentContext = top.text("current-context");
            m_parsed.currentContextLine = root["current-context"].line();
            entries(top, "clusters", "cluster", m_parsed.clusters, &Reader::cluster);
            entries(top, "users", "user", m_parsed.users, &Reader::user);
            entries(top, "contexts", "context", m_parsed.contexts, &Reader::context);
            top.tellUnknown({});
        }

        template <class Entry>
        void entries(Fields& top, std::string_view list, std::string_view what, std::vector<Entry>& into,
            void (Reader::*readEntry)(Fields&, Entry&, const std::string&))
        {
            std::unordered_map<std::string, std::uint32_t> lines;
            const auto items = top.list(list);
            if (items.size() > maxEntries) {
                m_faults.add(Level::Error, items[maxEntries].first.line(), {},
                    std::string(list) + " has more than the " + std::to_string(maxEntries)
                        + " entries that are read");
                return;
            }
            for (const auto& [node, path] : items) {
                Fields outer(m_faults, node, path);
                Entry entry;
                entry.name = outer.text("name");
                entry.place = { m_file, node.line() };
                const std::string object = std::string(what) + " " + entry.name;
                Fields inner = outer.below(what);
                (this->*readEntry)(inner, entry, object);
                inner.tellUnknown(object);
                outer.tellUnknown(object);
                const auto [twin, fresh] = lines.try_emplace(entry.name, node.line());
                if (!fresh)
                    m_faults.add(Level::Error, node.line(), object,
                        "the " + std::string(what) + " " + inQuotes(entry.name)
                            + " stands twice in this file, first in line " + std::to_string(twin->second));
                else if (const NodeRef name = outer.node()["name"];
                         entry.name.empty() && (!outer.has("name") || name.is(NodeType::String)))
                    m_faults.add(Level::Warning, node.line(), {},
                        "this " + std::string(what) + " has no name; it is left out");
                else if (!entry.name.empty())
                    into.push_back(std::move(entry));
            }
        }

        /// Checks the extensions below; returns the wanted one as JSON.
        std::string extension(Fields& fields, std::string_view wanted)
        {
            std::string json;
            std::vector<std::string> names;
            for (const auto& [node, path] : fields.list("extensions")) {
                Fields one(m_faults, node, path);
                names.push_back(one.text("name"));
                if (!one.has("extension")) {
                    names.pop_back();
                    continue;
                }
                if (std::find(names.begin(), names.end() - 1, names.back()) != names.end() - 1)
                    m_faults.add(Level::Error, node.line(), {},
                        path + ": an extension " + inQuotes(names.back()) + " stands before it already");
                if (!wanted.empty() && names.back() == wanted) {
                    JsonWriter writer;
                    appendJson(writer, node["extension"]);
                    json = writer.take();
                }
            }
            return json;
        }

        std::string file(Fields& fields, std::string_view field)
        {
            return resolvedPath(fields.text(field), m_folder);
        }

        void cluster(Fields& fields, ClusterEntry& entry, const std::string&)
        {
            entry.server = fields.text("server");
            entry.tlsServerName = fields.text("tls-server-name");
            entry.insecureSkipTlsVerify = fields.flag("insecure-skip-tls-verify");
            entry.certificateAuthority = file(fields, "certificate-authority");
            if (std::string data = fields.bytes("certificate-authority-data"); !data.empty())
                entry.certificateAuthorityData = std::move(data);
            entry.proxyUrl = fields.text("proxy-url");
            entry.disableCompression = fields.flag("disable-compression");
            entry.execExtension = extension(fields, execExtensionName);
        }

        void user(Fields& fields, UserEntry& entry, const std::string& object)
        {
            entry.clientCertificate = file(fields, "client-certificate");
            if (std::string data = fields.bytes("client-certificate-data"); !data.empty())
                entry.clientCertificateData = std::move(data);
            entry.clientKey = file(fields, "client-key");
            if (std::string data = fields.bytes("client-key-data"); !data.empty()) {
                entry.clientKeyData = Wiped(data);
                wipe(data);
            }
            entry.token = secret(fields, "token");
            entry.tokenFile = file(fields, "tokenFile");
            entry.username = fields.text("username");
            entry.password = secret(fields, "password");
            entry.impersonate = fields.text("as");
            entry.impersonateUid = fields.text("as-uid");
            entry.impersonateGroups = fields.texts("as-groups");
            entry.impersonateExtra = fields.listMap("as-user-extra");
            if (fields.has("auth-provider")) {
                Fields provider = fields.below("auth-provider");
                entry.authProvider = provider.text("name");
                if (entry.authProvider.empty())
                    entry.authProvider = "(no name)";
                (void)provider.textMap("config");
                provider.tellUnknown(object);
            }
            if (fields.has("exec"))
                exec(fields, entry, object);
            (void)extension(fields, {});
        }

        static Wiped secret(Fields& fields, std::string_view field)
        {
            std::string text = fields.text(field);
            Wiped kept(text);
            wipe(text);
            return kept;
        }

        void exec(Fields& user, UserEntry& entry, const std::string& object)
        {
            Fields fields = user.below("exec");
            ExecSpec& spec = entry.exec.emplace();
            spec.apiVersion = fields.text("apiVersion");
            spec.command = fields.text("command");
            if (hasSeparator(spec.command, nativeStyle))
                spec.command = resolvedPath(spec.command, m_folder);
            spec.args = fields.texts("args");
            for (const auto& [node, path] : fields.list("env")) {
                Fields variable(m_faults, node, path);
                std::string name = variable.text("name");
                spec.env.emplace_back(std::move(name), variable.text("value"));
            }
            spec.installHint = withoutControls(fields.text("installHint"));
            spec.provideClusterInfo = fields.flag("provideClusterInfo");
            const std::string mode = fields.text("interactiveMode");
            spec.interactiveMode = interactiveMode(mode);
            if (!spec.interactiveMode)
                spec.unknownInteractiveMode = mode;
            if (mode.empty()
                && (spec.apiVersion == "client.authentication.k8s.io/v1beta1"
                    || spec.apiVersion == "client.authentication.k8s.io/v1alpha1"))
                spec.interactiveMode = InteractiveMode::IfAvailable;
            fields.tellUnknown(object);
        }

        void context(Fields& fields, Context& entry, const std::string&)
        {
            entry.cluster = fields.text("cluster");
            entry.user = fields.text("user");
            entry.ns = fields.text("namespace");
            (void)extension(fields, {});
        }

        Faults m_faults;
        std::string m_folder;
        std::uint32_t m_file;
        DocumentReader m_reader;
        ParsedKubeconfig m_parsed;
    };

} // namespace

ParsedKubeconfig parseKubeconfig(std::string_view text, const std::string& path, std::uint32_t file)
{
    return Reader(path, file).read(text);
}

bool decodeBase64(std::string_view text, std::string& out)
{
    static constexpr std::string_view alphabet
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static const std::array<std::int8_t, 256> values = [] {
        std::array<std::int8_t, 256> table {};
        table.fill(-1);
        for (std::size_t i = 0; i < alphabet.size(); ++i)
            table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
        return table;
    }();
    out.clear();
    out.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int digits = 0; // of the group of four in progress
    int padding = 0;
    for (const char c : text) {
        if (c == '\r' || c == '\n')
            continue;
        if (c == '=') {
            if (digits < 2 || ++padding + digits > 4)
                return false;
            continue;
        }
        const std::int8_t value = values[static_cast<unsigned char>(c)];
        if (value < 0 || padding > 0)
            return false;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if (++digits == 4) {
            for (const int shift : { 16, 8, 0 })
                out += static_cast<char>(bits >> shift & 0xFF);
            bits = 0;
            digits = 0;
        }
    }
    if (digits == 0)
        return padding == 0;
    if (digits + padding != 4)
        return false;
    out += static_cast<char>((digits == 3 ? bits >> 10 : bits >> 4) & 0xFF);
    if (digits == 3)
        out += static_cast<char>(bits >> 2 & 0xFF);
    return true;
}

} // namespace glacis::cluster
