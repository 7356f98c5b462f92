// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The policy file:
//
//     glacis: policy/v1
//     waivers:
//       - fingerprint: 0123456789abcdef
//         owner: platform team
//         reason: replaced in March
//         expires: 2027-03-31
//       - check: GL-POD-004
//         selector: {kind: DaemonSet, namespace: monitoring, name: node-*}
//         owner: ops
//         reason: reads the node's own counters
//     severities: {GL-POD-003: low}
//     excludedNamespaces: [dev-*]
//     credentials: {version: ours-3, strongWords: [pin code], allowedNames: [TOKEN_KIND], allowedValues:
//     [none]} trustedRegistries: [registry.example.org/] jewels: [shop/StatefulSet/orders-db]
//
// A waiver without owner or reason is an error: an accepted risk has somebody who answers for it.
#include <posture/policy.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <base/text.h>
#include <inventory/reader.h>
#include <posture/check.h>

namespace glacis::posture {

namespace {
    using inventory::Diagnostic;
    using inventory::NodeRef;
    using inventory::NodeType;

    constexpr std::uint64_t maxPolicyBytes = 16ULL << 20;

    class Reader {
    public:
        Reader(const std::string& name, std::vector<Diagnostic>& diagnostics)
            : m_name(name)
            , m_diagnostics(diagnostics)
        {
            for (const CheckEntry& check : allChecks())
                m_checks.insert(check.id);
        }

        Result<Policy> read(NodeRef root)
        {
            Policy policy;
            policy.file = m_name;
            if (!root.is(NodeType::Object)) {
                fail(root, "expected a mapping");
                return failure(m_error);
            }
            for (const NodeRef child : root)
                readField(policy, child);
            if (!root["glacis"])
                warn(root, "no line \"glacis: policy/v1\"; read as that version");
            if (!m_error.empty())
                return failure(m_error);
            return policy;
        }

    private:
        void fail(NodeRef at, const std::string& message)
        {
            if (m_error.empty())
                m_error = m_name + ": line " + std::to_string(at.line()) + ": " + message;
        }
        void warn(NodeRef at, const std::string& message)
        {
            m_diagnostics.push_back({ .level = Diagnostic::Level::Warning,
                .file = m_name,
                .line = at.line(),
                .document = 0,
                .object = {},
                .message = message });
        }
        void unknownField(NodeRef at, std::string_view where)
        {
            warn(at,
                "unknown field " + printable(at.key()) + (where.empty() ? "" : " in " + std::string(where))
                    + ", passed over");
        }

        void readField(Policy& policy, NodeRef node)
        {
            const std::string_view key = node.key();
            if (key == "glacis") {
                if (node.text() != "policy/v1")
                    fail(node, "field glacis: expected policy/v1");
            } else if (key == "waivers") {
                readWaivers(policy, node);
            } else if (key == "severities") {
                readSeverities(policy, node);
            } else if (key == "excludedNamespaces") {
                policy.excludedNamespaces = texts(node, key);
            } else if (key == "credentials") {
                readCredentials(policy.credentialRules, node);
            } else if (key == "trustedRegistries") {
                policy.trustedRegistries = texts(node, key);
            } else if (key == "jewels") {
                policy.jewels = texts(node, key);
            } else {
                unknownField(node, {});
            }
        }

        std::string text(NodeRef node, std::string_view field)
        {
            if (node.is(NodeType::Object) || node.is(NodeType::Array) || node.is(NodeType::Null)) {
                fail(node, "field " + std::string(field) + ": expected text");
                return {};
            }
            return std::string(node.text());
        }

        std::vector<std::string> texts(NodeRef node, std::string_view field)
        {
            std::vector<std::string> values;
            if (!node.is(NodeType::Array))
                fail(node, "field " + std::string(field) + ": expected a list");
            else
                for (const NodeRef item : node)
                    values.push_back(text(item, field));
            return values;
        }

        void checkId(NodeRef at, const std::string& id)
        {
            if (!m_checks.contains(id))
                warn(at, "unknown check " + printable(id));
        }

        void readWaivers(Policy& policy, NodeRef list)
        {
            if (!list.is(NodeType::Array)) {
                fail(list, "field waivers: expected a list");
                return;
            }
            for (const NodeRef item : list) {
                if (!item.is(NodeType::Object)) {
                    fail(item, "field waivers: expected a mapping");
                    return;
                }
                policy.waivers.push_back(readWaiver(item));
            }
        }

        Waiver readWaiver(NodeRef node)
        {
            Waiver waiver;
            waiver.line = node.line();
            for (const NodeRef child : node) {
                const std::string_view key = child.key();
                if (key == "fingerprint")
                    waiver.fingerprint = toLower(text(child, key));
                else if (key == "check")
                    waiver.check = text(child, key);
                else if (key == "selector")
                    readSelector(waiver, child);
                else if (key == "owner")
                    waiver.owner = text(child, key);
                else if (key == "reason")
                    waiver.reason = text(child, key);
                else if (key == "expires")
                    waiver.expires = text(child, key);
                else
                    unknownField(child, "a waiver");
            }
            validate(waiver, node);
            return waiver;
        }

        void readSelector(Waiver& waiver, NodeRef node)
        {
            if (!node.is(NodeType::Object))
                fail(node, "field selector: expected a mapping with kind, namespace, name");
            for (const NodeRef child : node) {
                const std::string_view key = child.key();
                if (key == "kind")
                    waiver.kind = text(child, "selector.kind");
                else if (key == "namespace")
                    waiver.ns = text(child, "selector.namespace");
                else if (key == "name")
                    waiver.name = text(child, "selector.name");
                else
                    fail(child,
                        "field selector: expected kind, namespace or name, found "
                            + printable(key)); // would widen the waiver
            }
        }

        void validate(const Waiver& waiver, NodeRef node)
        {
            const bool hex = waiver.fingerprint.size() == 16
                && waiver.fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos;
            if (waiver.fingerprint.empty() && waiver.check.empty())
                fail(node, "a waiver needs a fingerprint or a check");
            else if (!waiver.fingerprint.empty() && !hex)
                fail(node, "field fingerprint: expected 16 hexadecimal digits");
            else if (trim(waiver.owner).empty())
                fail(node, "a waiver needs an owner");
            else if (trim(waiver.reason).empty())
                fail(node, "a waiver needs a reason");
            else if (!waiver.expires.empty() && !parseIsoTime(waiver.expires))
                fail(node, "field expires: expected a date such as 2027-03-31");
            if (!waiver.check.empty())
                checkId(node, waiver.check);
        }

        void readSeverities(Policy& policy, NodeRef node)
        {
            if (!node.is(NodeType::Object))
                fail(node, "field severities: expected a mapping of check ids");
            for (const NodeRef child : node) {
                const std::optional<Severity> severity = severityFromName(child.text());
                if (!severity) {
                    fail(child,
                        "field severities." + printable(child.key())
                            + ": expected critical, high, medium, low or info");
                    continue;
                }
                checkId(child, std::string(child.key()));
                policy.severities.insert_or_assign(std::string(child.key()), *severity);
            }
        }

        void readCredentials(credentials::Rules& rules, NodeRef node)
        {
            if (!node.is(NodeType::Object))
                fail(node, "field credentials: expected a mapping");
            std::string version = "custom";
            for (const NodeRef child : node) {
                const std::string_view key = child.key();
                if (key == "version")
                    version = text(child, "credentials.version");
                else if (key == "strongWords")
                    rules.extraStrongWords = texts(child, "credentials.strongWords");
                else if (key == "allowedNames")
                    rules.allowedNames = texts(child, "credentials.allowedNames");
                else if (key == "allowedValues")
                    rules.allowedValues = texts(child, "credentials.allowedValues");
                else
                    unknownField(child, "credentials");
            }
            for (std::string& word : rules.extraStrongWords)
                word = toLower(word);
            rules.version = std::string(credentials::Rules::builtinVersion) + "+" + version;
        }

        const std::string& m_name;
        std::vector<Diagnostic>& m_diagnostics;
        std::set<std::string_view> m_checks;
        std::string m_error;
    };
}

Result<Policy> parsePolicy(
    std::string_view text, const std::string& name, std::vector<Diagnostic>& diagnostics)
{
    inventory::DocumentReader reader;
    const inventory::DocumentReader::Output& output = reader.readYaml(text, 1, {});
    if (!output.errors.empty())
        return failure(name + ": line " + std::to_string(output.errors.front().line) + ": "
            + output.errors.front().message);
    if (output.documents.size() != 1)
        return failure(name + ": expected one document, found " + std::to_string(output.documents.size()));
    return Reader(name, diagnostics).read(NodeRef(*output.tree, output.documents.front().root));
}

Result<Policy> readPolicy(const std::string& file, std::vector<Diagnostic>& diagnostics)
{
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    if (!stream)
        return failure(file + ": the policy could not be opened");
    const auto size = static_cast<std::int64_t>(stream.tellg());
    if (size < 0 || static_cast<std::uint64_t>(size) > maxPolicyBytes)
        return failure(file + ": the policy is larger than 16 MiB or no plain file");
    stream.seekg(0);
    std::string text(static_cast<std::size_t>(size), '\0');
    stream.read(text.data(), size);
    if (stream.gcount() != size)
        return failure(file + ": the policy could not be read to its end");
    return parsePolicy(text, file, diagnostics);
}

} // namespace glacis::posture
