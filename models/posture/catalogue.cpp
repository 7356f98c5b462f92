// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The check catalogue's own vocabulary; reading is strict (inventory/strict_mapping.h).
#include <posture/catalogue.h>

#include <algorithm>
#include <array>
#include <optional>

#include <inventory/strict_mapping.h>
#include <resources/embedded.h>

namespace glacis::posture {

namespace {
    using inventory::NodeRef;
    using inventory::NodeType;
    using inventory::StrictMapping;

    constexpr std::array<std::pair<std::string_view, Evidence>, 6> evidenceNames { {
        { "objects", Evidence::Objects },
        { "control-plane", Evidence::ControlPlane },
        { "nodes", Evidence::Nodes },
        { "probe", Evidence::Probe },
        { "dns", Evidence::Dns },
        { "kubeconfig", Evidence::Kubeconfig },
    } };
    constexpr std::array<std::string_view, 6> locusNames { "none", "container", "env", "volume", "rule",
        "field" };
    constexpr std::array<std::string_view, 10> fieldNames { "id", "title", "severity", "stage", "kcsa",
        "locus", "evidence", "why", "fix", "frameworks" };

    /// "GL-POD-001" → "POD"
    std::string areaOf(StrictMapping& entry, const std::string& id)
    {
        const std::size_t dash = id.rfind('-');
        const bool good = id.starts_with("GL-") && dash != std::string::npos && dash > 3
            && id.size() == dash + 4
            && std::all_of(id.begin() + static_cast<std::ptrdiff_t>(dash) + 1, id.end(),
                [](char c) { return c >= '0' && c <= '9'; })
            && std::all_of(id.begin() + 3, id.begin() + static_cast<std::ptrdiff_t>(dash),
                [](char c) { return c >= 'A' && c <= 'Z'; });
        if (!good) {
            entry.fail("id", "expected GL-AREA-NNN");
            return {};
        }
        return id.substr(3, dash - 3);
    }

    Severity severity(StrictMapping& entry)
    {
        const std::optional<Severity> known = severityFromName(entry.text("severity"));
        if (!known)
            entry.fail("severity", "expected critical, high, medium, low or info");
        return known.value_or(Severity::Info);
    }

    Stage stage(StrictMapping& entry)
    {
        const NodeRef node = entry["stage"];
        if (!node)
            entry.fail("stage", "is missing (null where there is none)");
        if (!node || node.is(NodeType::Null))
            return 0;
        return static_cast<Stage>(entry.number("stage", 1, StageCount));
    }

    Evidence evidence(StrictMapping& entry, const std::string& name)
    {
        for (const auto& [known, value] : evidenceNames) {
            if (known == name)
                return value;
        }
        entry.fail(
            "evidence", "expected objects, control-plane, nodes, probe, dns or kubeconfig, found " + name);
        return Evidence::Objects;
    }

    std::vector<FrameworkMapping> frameworks(StrictMapping& entry)
    {
        std::vector<FrameworkMapping> mappings;
        const NodeRef node = entry["frameworks"];
        if (!node.is(NodeType::Object)) {
            entry.fail("frameworks", node ? "expected a mapping" : "is missing");
            return mappings;
        }
        for (const NodeRef child : node)
            mappings.push_back(
                { std::string(child.key()), entry.texts(child, "frameworks." + std::string(child.key())) });
        return mappings;
    }

    Result<CheckInfo> readCheck(const std::string& file, NodeRef root)
    {
        StrictMapping entry(file, root, fieldNames, "a check");
        CheckInfo info;
        info.id = entry.text("id");
        info.area = areaOf(entry, info.id);
        info.title = entry.text("title");
        info.severity = severity(entry);
        info.stage = stage(entry);
        info.kcsa = entry.text("kcsa");
        info.locus = entry.text("locus");
        if (std::find(locusNames.begin(), locusNames.end(), info.locus) == locusNames.end())
            entry.fail("locus", "expected none, container, env, volume, rule or field");
        for (const std::string& name : entry.texts("evidence"))
            info.evidence.push_back(evidence(entry, name));
        if (info.evidence.empty())
            entry.fail("evidence", "expected at least one source");
        info.why = entry.text("why");
        info.fix = entry.text("fix");
        info.frameworks = frameworks(entry);
        return entry.checked(std::move(info));
    }
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
    Result<std::vector<CheckInfo>> checks
        = inventory::readEntries<CheckInfo>(files, "check catalogue", readCheck);
    if (!checks)
        return failure(checks.error().message);
    Catalogue catalogue;
    catalogue.m_checks = std::move(*checks);
    return catalogue;
}

const CheckInfo* Catalogue::find(std::string_view id) const
{
    const int index = indexOf(id);
    return index < 0 ? nullptr : &m_checks[static_cast<std::size_t>(index)];
}

int Catalogue::indexOf(std::string_view id) const { return inventory::indexOfEntry(m_checks, id); }

} // namespace glacis::posture
