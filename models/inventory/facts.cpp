// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The facts file (glacis: facts/v1): what a person knows of a cluster that no API object says.
#include <inventory/import.h>

#include <base/text.h>
#include <inventory/reader.h>

#include "fields.h"

namespace glacis::inventory {
namespace {

    // Reads one facts document strictly: the first wrong field ends it with an error that names line and
    // field.
    class FactsReader {
    public:
        FactsReader(const std::string& file, const Tree& tree, std::uint32_t root,
            std::vector<Diagnostic>& diagnostics)
            : m_file(file)
            , m_tree(tree)
            , m_root(root)
            , m_diagnostics(diagnostics)
        {
        }

        Result<void> run(Observations& into)
        {
            const NodeRef root(m_tree, m_root);
            if (!root.is(NodeType::Object) || root["glacis"].text() != "facts/v1") {
                wrong(root["glacis"] ? root["glacis"] : root, "\"glacis: facts/v1\"");
                return failure(m_error);
            }
            m_source = text(root["source"]);
            m_time = text(root["time"]);
            if (!m_time.empty() && !parseIsoTime(m_time))
                wrong(root["time"], "a time such as 2026-11-20T10:00:00Z");
            if (m_source.empty())
                m_source = m_file;
            for (const NodeRef section : root)
                read(section, into);
            return m_error.empty() ? Result<void>() : failure(m_error);
        }

    private:
        void read(NodeRef section, Observations& into)
        {
            const auto key = section.key();
            if (key == "glacis" || key == "source" || key == "time")
                return;
            if (key == "dns") {
                each(section, { "name", "addresses" }, into.dns, [&](NodeRef n) {
                    return DnsFact { required(n, "name"), texts(n["addresses"]) };
                });
            } else if (key == "endpoints") {
                each(section, { "what", "address", "port", "target" }, into.endpoints, [&](NodeRef n) {
                    return EndpointFact { required(n, "what"), required(n, "address"), port(n["port"]),
                        text(n["target"]) };
                });
            } else if (key == "ports") {
                each(section, { "node", "port", "from", "state", "service", "tls" }, into.ports,
                    [&](NodeRef n) {
                        return PortFact { required(n, "node"), port(n["port"]), text(n["from"]),
                            one(n["state"], { "open", "closed", "filtered" }, "open"), text(n["service"]),
                            one(n["tls"], { "none", "server", "mutual" }, "") };
                    });
            } else if (key == "http") {
                each(section, { "endpoint", "path", "from", "credentials", "status" }, into.http,
                    [&](NodeRef n) {
                        return HttpFact { required(n, "endpoint"), required(n, "path"), text(n["from"]),
                            text(n["credentials"]), number(n["status"], 100, 599) };
                    });
            } else if (key == "filters") {
                each(section, { "node", "chain", "ports", "allow" }, into.filters, [&](NodeRef n) {
                    FilterFact fact { required(n, "node"),
                        one(n["chain"], { "edge", "input", "forward" }, "input"), {}, texts(n["allow"]) };
                    for (const NodeRef p : list(n["ports"]))
                        fact.ports.push_back(port(p));
                    return fact;
                });
            } else if (key == "exploitable") {
                each(section, { "workload", "port", "reason" }, into.exploitable, [&](NodeRef n) {
                    return ExploitableFact { required(n, "workload"), n["port"] ? port(n["port"]) : 0,
                        text(n["reason"]) };
                });
            } else if (key == "network") {
                one(section, { "plugin", "enforcesPolicy" }, into.network, [&](NodeRef n) {
                    return NetworkFact { text(n["plugin"]),
                        boolean(n["enforcesPolicy"], "enforcesPolicy", n) };
                });
            } else if (key == "etcd") {
                each(section, { "encryptedAtRest", "how" }, into.etcd, [&](NodeRef n) {
                    return EtcdFact { boolean(n["encryptedAtRest"], "encryptedAtRest", n), text(n["how"]) };
                });
            } else {
                warn(section, "unknown section \"" + printable(key.substr(0, 40)) + "\", passed over");
            }
        }

        template <class T, class Make>
        void each(NodeRef section, std::initializer_list<std::string_view> known,
            std::vector<Observed<T>>& out, Make make)
        {
            for (const NodeRef item : list(section))
                one(item, known, out, make);
        }

        template <class T, class Make>
        void one(NodeRef item, std::initializer_list<std::string_view> known, std::vector<Observed<T>>& out,
            Make make)
        {
            if (!item.is(NodeType::Object))
                return wrong(item, "an object");
            for (const NodeRef field : item) {
                if (std::find(known.begin(), known.end(), field.key()) == known.end())
                    warn(field, "unknown field, passed over");
            }
            T fact = make(item);
            if (m_error.empty())
                out.push_back({ std::move(fact), m_source, m_time, Confidence::Stated });
        }

        std::string text(NodeRef node)
        {
            if (node && !node.is(NodeType::String) && !node.is(NodeType::Null))
                wrong(node, "a string");
            return std::string(node.text());
        }

        std::string required(NodeRef parent, std::string_view key)
        {
            const NodeRef node = parent[key];
            if (!node || node.text().empty())
                wrong(parent, "a field \"" + std::string(key) + '"');
            return text(node);
        }

        std::string one(
            NodeRef node, std::initializer_list<std::string_view> allowed, std::string_view fallback)
        {
            if (!node)
                return std::string(fallback);
            if (std::find(allowed.begin(), allowed.end(), node.text()) == allowed.end()) {
                std::string expected;
                for (const auto word : allowed)
                    expected.append(expected.empty() ? "" : ", ").append(word);
                wrong(node, "one of " + expected);
            }
            return std::string(node.text());
        }

        int number(NodeRef node, int low, int high)
        {
            const auto value = node.is(NodeType::Integer) ? parseInteger(node.text()) : std::nullopt;
            if (!value || *value < low || *value > high) {
                wrong(node ? node : NodeRef(m_tree, m_root),
                    "a number from " + std::to_string(low) + " to " + std::to_string(high));
                return 0;
            }
            return static_cast<int>(*value);
        }

        int port(NodeRef node) { return number(node, 1, 65535); }

        bool boolean(NodeRef node, std::string_view key, NodeRef parent)
        {
            if (!node.is(NodeType::Bool))
                wrong(node ? node : parent, std::string(key) + ": true or false");
            return node.text() == "true";
        }

        NodeRef list(NodeRef node)
        {
            if (node && !node.is(NodeType::Array) && !node.is(NodeType::Null))
                wrong(node, "a list");
            return node.is(NodeType::Array) ? node : NodeRef();
        }

        std::vector<std::string> texts(NodeRef node)
        {
            std::vector<std::string> out;
            for (const NodeRef item : list(node))
                out.push_back(text(item));
            return out;
        }

        void wrong(NodeRef node, const std::string& expected)
        {
            if (!m_error.empty())
                return;
            const std::string path = pathBetween(m_tree, m_root, node.index());
            m_error = m_file + ':' + std::to_string(node.line()) + ": " + (path.empty() ? "" : path + ": ")
                + "expected " + expected + ", found " + std::string(name(node.type()))
                + (node.text().empty() ? "" : " \"" + printable(node.text().substr(0, 60)) + '"');
        }

        void warn(NodeRef node, std::string message)
        {
            const std::string path = pathBetween(m_tree, m_root, node.index());
            m_diagnostics.push_back(
                { Diagnostic::Level::Warning, m_file, node.line(), 1, {}, path + ": " + std::move(message) });
        }

        const std::string& m_file;
        const Tree& m_tree;
        std::uint32_t m_root;
        std::vector<Diagnostic>& m_diagnostics;
        std::string m_source, m_time, m_error;
    };

} // namespace

std::string_view name(Diagnostic::Level level)
{
    switch (level) {
    case Diagnostic::Level::Info:
        return "info";
    case Diagnostic::Level::Warning:
        return "warning";
    case Diagnostic::Level::Error:
        return "error";
    }
    return "";
}

bool Observations::empty() const
{
    return dns.empty() && endpoints.empty() && ports.empty() && http.empty() && filters.empty()
        && exploitable.empty() && network.empty() && etcd.empty();
}

Result<void> readFacts(
    std::string_view text, const std::string& name, Observations& into, std::vector<Diagnostic>& diagnostics)
{
    DocumentReader reader;
    const auto& read = reader.readYaml(text, 1, {});
    if (!read.errors.empty())
        return failure(
            name + ':' + std::to_string(read.errors.front().line) + ": " + read.errors.front().message);
    if (read.documents.empty())
        return failure(name + ": is empty; expected \"glacis: facts/v1\"");
    for (const auto& document : read.documents) {
        Observations facts = into;
        if (auto done = FactsReader(name, *read.tree, document.root, diagnostics).run(facts); !done)
            return done;
        into = std::move(facts);
    }
    return {};
}

} // namespace glacis::inventory
