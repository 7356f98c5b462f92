// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads the check catalogue strictly: it is our own data, so an unknown key or a number that YAML would
// change (CIS 1.10 unquoted is 1.1) is an error and not a warning.
#include <posture/catalogue.h>

#include <algorithm>
#include <array>
#include <optional>

#include <inventory/reader.h>
#include <resources/embedded.h>

namespace glacis::posture {

namespace {
    using inventory::NodeRef;
    using inventory::NodeType;

    constexpr std::array<std::pair<std::string_view, Evidence>, 6> evidenceNames { {
        { "objects", Evidence::Objects },
        { "control-plane", Evidence::ControlPlane },
        { "nodes", Evidence::Nodes },
        { "probe", Evidence::Probe },
        { "dns", Evidence::Dns },
        { "kubeconfig", Evidence::Kubeconfig },
    } };
    constexpr std::array<std::string_view, 5> locusNames { "none", "container", "env", "volume", "rule" };
    constexpr std::array<std::string_view, 10> fieldNames { "id", "title", "severity", "stage", "kcsa",
        "locus", "evidence", "why", "fix", "frameworks" };

    /// Reads one file; the first error is kept, with the file's and the field's name.
    class Entry {
    public:
        Entry(const std::string& file, NodeRef root)
            : m_file(file)
            , m_root(root)
        {
        }

        Result<CheckInfo> read()
        {
            if (!m_root.is(NodeType::Object))
                return failure(m_file + ": expected one mapping");
            for (const NodeRef child : m_root) {
                if (std::find(fieldNames.begin(), fieldNames.end(), child.key()) == fieldNames.end())
                    fail(child.key(), "is no field of a check");
            }
            CheckInfo info;
            info.id = text("id");
            info.area = areaOf(info.id);
            info.title = text("title");
            info.severity = severity();
            info.stage = stage();
            info.kcsa = text("kcsa");
            info.locus = text("locus");
            if (std::find(locusNames.begin(), locusNames.end(), info.locus) == locusNames.end())
                fail("locus", "expected none, container, env, volume or rule");
            for (const std::string& name : texts(m_root["evidence"], "evidence"))
                info.evidence.push_back(evidence(name));
            if (info.evidence.empty())
                fail("evidence", "expected at least one source");
            info.why = text("why");
            info.fix = text("fix");
            info.frameworks = frameworks();
            if (m_error)
                return failure(*m_error);
            return info;
        }

    private:
        void fail(std::string_view field, std::string_view reason)
        {
            if (!m_error)
                m_error = m_file + ": field " + std::string(field) + ": " + std::string(reason);
        }

        std::string text(std::string_view field)
        {
            const NodeRef node = m_root[field];
            if (!node.is(NodeType::String) || node.text().empty()) {
                fail(field, node ? "expected text" : "is missing");
                return {};
            }
            std::string value(node.text());
            while (!value.empty() && value.back() == '\n') // block scalars end in one
                value.pop_back();
            return value;
        }

        /// "GL-POD-001" → "POD"
        std::string areaOf(const std::string& id)
        {
            const std::size_t dash = id.rfind('-');
            const bool good = id.starts_with("GL-") && dash != std::string::npos && dash > 3
                && id.size() == dash + 4
                && std::all_of(id.begin() + static_cast<std::ptrdiff_t>(dash) + 1, id.end(),
                    [](char c) { return c >= '0' && c <= '9'; })
                && std::all_of(id.begin() + 3, id.begin() + static_cast<std::ptrdiff_t>(dash),
                    [](char c) { return c >= 'A' && c <= 'Z'; });
            if (!good) {
                fail("id", "expected GL-AREA-NNN");
                return {};
            }
            return id.substr(3, dash - 3);
        }

        Severity severity()
        {
            const std::optional<Severity> known = severityFromName(text("severity"));
            if (!known)
                fail("severity", "expected critical, high, medium, low or info");
            return known.value_or(Severity::Info);
        }

        Stage stage()
        {
            const NodeRef node = m_root["stage"];
            if (!node)
                fail("stage", "is missing (null where there is none)");
            if (!node || node.is(NodeType::Null))
                return 0;
            const std::string_view digits = node.text();
            if (!node.is(NodeType::Integer) || digits.size() != 1 || digits[0] < '1'
                || digits[0] > '0' + StageCount) {
                fail("stage", "expected 1 to 4 or null");
                return 0;
            }
            return static_cast<Stage>(digits[0] - '0');
        }

        Evidence evidence(const std::string& name)
        {
            for (const auto& [known, value] : evidenceNames) {
                if (known == name)
                    return value;
            }
            fail("evidence",
                "expected objects, control-plane, nodes, probe, dns or kubeconfig, found " + name);
            return Evidence::Objects;
        }

        std::vector<std::string> texts(NodeRef node, std::string_view field)
        {
            std::vector<std::string> values;
            if (!node.is(NodeType::Array)) {
                fail(field, node ? "expected a list" : "is missing");
                return values;
            }
            for (const NodeRef item : node) {
                if (!item.is(NodeType::String) || item.text().empty())
                    fail(field, "expected texts (quote numbers)");
                values.emplace_back(item.text());
            }
            return values;
        }

        std::vector<FrameworkMapping> frameworks()
        {
            std::vector<FrameworkMapping> mappings;
            const NodeRef node = m_root["frameworks"];
            if (!node.is(NodeType::Object)) {
                fail("frameworks", node ? "expected a mapping" : "is missing");
                return mappings;
            }
            for (const NodeRef child : node)
                mappings.push_back(
                    { std::string(child.key()), texts(child, "frameworks." + std::string(child.key())) });
            return mappings;
        }

        const std::string& m_file;
        NodeRef m_root;
        std::optional<std::string> m_error;
    };
}

Result<Catalogue> Catalogue::load()
{
    std::vector<std::pair<std::string, std::string_view>> files;
    for (const resources::File& file : resources::checks())
        files.emplace_back(file.name, file.text);
    return parse(files);
}

Result<Catalogue> Catalogue::parse(const std::vector<std::pair<std::string, std::string_view>>& files)
{
    Catalogue catalogue;
    inventory::DocumentReader reader;
    for (const auto& [name, text] : files) {
        const inventory::DocumentReader::Output& output = reader.readYaml(text, 1, {});
        if (!output.errors.empty())
            return failure(name + ": line " + std::to_string(output.errors.front().line) + ": "
                + output.errors.front().message);
        for (const inventory::DocumentReader::Document& document : output.documents) {
            Result<CheckInfo> info = Entry(name, NodeRef(*output.tree, document.root)).read();
            if (!info)
                return failure(info.error().message);
            catalogue.m_checks.push_back(std::move(*info));
        }
    }
    std::sort(catalogue.m_checks.begin(), catalogue.m_checks.end(),
        [](const CheckInfo& a, const CheckInfo& b) { return a.id < b.id; });
    const auto twin = std::adjacent_find(catalogue.m_checks.begin(), catalogue.m_checks.end(),
        [](const CheckInfo& a, const CheckInfo& b) { return a.id == b.id; });
    if (twin != catalogue.m_checks.end())
        return failure("the check catalogue holds " + twin->id + " twice");
    return catalogue;
}

const CheckInfo* Catalogue::find(std::string_view id) const
{
    const int index = indexOf(id);
    return index < 0 ? nullptr : &m_checks[static_cast<std::size_t>(index)];
}

int Catalogue::indexOf(std::string_view id) const
{
    const auto it = std::lower_bound(m_checks.begin(), m_checks.end(), id,
        [](const CheckInfo& check, std::string_view wanted) { return check.id < wanted; });
    return it != m_checks.end() && it->id == id ? static_cast<int>(it - m_checks.begin()) : -1;
}

} // namespace glacis::posture
