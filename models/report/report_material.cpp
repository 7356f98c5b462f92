// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/report_material.h>

#include <algorithm>
#include <map>

#include <attack/describe.h>
#include <base/text.h>
#include <report/plain.h>
#include <report/pseudonyms.h>

namespace glacis::report {
namespace {
    /// Targets are names for machines: "vote/Deployment/web" is Deployment vote/web for a person.
    std::string targetWords(std::string_view target)
    {
        if (target == "edge")
            return "the edge of the network";
        if (target == "kube-apiserver")
            return "the API server";
        struct Named {
            std::string_view begin, words;
        };
        constexpr Named beginnings[] { { "node/", "node " }, { "clusterrolebinding/", "ClusterRoleBinding " },
            { "rolebinding/", "RoleBinding " }, { "namespace/", "namespace " } };
        for (const Named& named : beginnings)
            if (target.starts_with(named.begin))
                return std::string(named.words).append(target.substr(named.begin.size()));
        if (constexpr std::string_view policies = "policies/"; target.starts_with(policies)) {
            std::vector<std::string> names;
            for (const std::string_view name : split(target.substr(policies.size()), '+'))
                names.emplace_back(name);
            return (names.size() == 1 ? "namespace " : "namespaces ") + listed(names);
        }
        // A workload, or something in it: "ns/Kind/name", "ns/Kind/name/container/VARIABLE+2 more"
        const std::vector<std::string_view> parts = split(target, '/');
        if (parts.size() < 3 || parts[1].empty() || parts[1][0] < 'A' || parts[1][0] > 'Z')
            return std::string(target);
        std::string words = std::string(parts[1]) + " " + std::string(parts[0]) + "/" + std::string(parts[2]);
        if (parts.size() > 3) {
            std::string_view last = parts.back();
            const std::size_t plus = last.find('+');
            words += ", " + std::string(last.substr(0, plus));
            if (plus != std::string_view::npos)
                words += " and " + std::string(last.substr(plus + 1));
        }
        return words;
    }

    WriteOptions selection(const ReportOptions& options)
    {
        WriteOptions select = options.select;
        select.all = false;
        select.platform = options.edition == Edition::Audit || options.select.platform;
        return select;
    }
}

Material::Material(
    const assessment::Assessment& of, const ReportOptions& reportOptions, const StopToken& stopToken)
    : assessment(of)
    , inventory(*of.inventory)
    , checks(of.catalogue->checks())
    , options(reportOptions)
    , stop(stopToken)
    , rows(chosenRows(of, selection(reportOptions)))
    , tally(report::tally(rows))
    , m_told(checks.size(), false)
    , m_reader(of.inventory)
{
    if (has(Section::Findings))
        for (const Row& row : rows)
            if (row.state == State::Fail)
                m_told[row.check] = true;
    if (assessment.search) {
        effects = assessment.search->effects(stop);
        chokePoints = assessment.search->chokePoints();
        smallest = assessment.search->smallestSets(assessment.graph.jewels, {}, stop);
    }
}

bool Material::has(Section section) const
{
    const std::vector<Section> all = sectionsOf(options.edition);
    return std::find(all.begin(), all.end(), section) != all.end() && !options.leftOut.contains(section);
}

std::uint32_t Material::ways(attack::WayClass wayClass) const
{
    return assessment.search ? assessment.search->count(wayClass) : 0;
}

std::string Material::hide(std::string_view outside) const
{
    return options.names ? plain(options.names->hide(outside)) : plain(outside);
}

Run Material::code(std::string_view outside, std::string target) const
{
    return { hide(outside), Face::Code, std::move(target) };
}

std::string Material::label(const ObjectName& object) const { return hide(object.label()); }

std::string Material::label(inventory::ObjectId object) const { return hide(inventory.label(object)); }

std::string Material::told(const Row& row) const
{
    const std::string words = hide(sentence(row, checks[row.check]));
    if (!row.object.present())
        return words;
    const std::string object = label(row.object);
    return words.find(object) != std::string::npos ? words : object + ": " + words;
}

std::string Material::node(attack::NodeIndex node) const
{
    return hide(attack::inWords(assessment.graph.nodes[node]));
}

std::string Material::optionTitle(attack::OptionIndex option) const
{
    const attack::BreakOption& o = assessment.graph.options[option];
    const attack::CardInfo* card = assessment.edges ? assessment.edges->card(o.card) : nullptr;
    return card ? card->title : o.card;
}

std::string Material::optionTarget(attack::OptionIndex option) const
{
    return hide(targetWords(assessment.graph.options[option].target));
}

std::string Material::place(std::string_view file, std::uint32_t line) const
{
    if (file.empty())
        return {};
    return hide(file) + (line != 0 ? ":" + std::to_string(line) : std::string());
}

std::string Material::place(inventory::ObjectId id, std::string_view path)
{
    if (!id.valid())
        return {};
    const inventory::Object& object = inventory.object(id);
    if (object.assumed || object.file >= inventory.files.size())
        return {};
    std::uint32_t line = object.line;
    if (!path.empty())
        if (const std::uint32_t field = m_reader.line(id, path); field != 0)
            line = field;
    return place(inventory.files[object.file].view(), line);
}

std::string Material::anchorOf(std::size_t check) const
{
    return m_told[check] ? "check-" + checks[check].id : std::string();
}

std::string Material::anchorOf(std::string_view checkId) const
{
    const int index = assessment.catalogue->indexOf(checkId);
    return index < 0 ? std::string() : anchorOf(static_cast<std::size_t>(index));
}

void Material::section(Section section, std::string_view title, bool newPage)
{
    this->section(name(section), title, newPage);
}

void Material::section(std::string_view anchor, std::string_view title, bool newPage)
{
    m_part = 0;
    Heading heading;
    heading.text = title;
    heading.anchor = anchor;
    heading.number = std::to_string(++m_section);
    heading.newPage = newPage;
    add(std::move(heading));
}

Heading& Material::part(std::string_view title, std::string anchor)
{
    ++m_part;
    Heading heading;
    heading.level = 2;
    heading.text = title;
    heading.number = std::to_string(m_section) + "." + std::to_string(m_part);
    heading.anchor = anchor.empty() ? "part-" + std::to_string(m_section) + "-" + std::to_string(m_part)
                                    : std::move(anchor);
    add(std::move(heading));
    return std::get<Heading>(document.blocks.back());
}

void Material::say(std::string_view text, Paragraph::Role role) { say(Text { { std::string(text) } }, role); }

void Material::say(Text text, Paragraph::Role role) { add(Paragraph { std::move(text), role }); }

Run severityRun(Severity severity)
{
    return { std::string(name(severity)), Face::Severity, {}, static_cast<std::uint8_t>(severity) };
}

Run stageRun(Stage stage)
{
    if (stage == 0)
        return { "–", Face::Quiet };
    return { std::to_string(stage), Face::Stage, {}, stage };
}

std::string effortWords(int effort) { return effort <= 1 ? "small" : effort <= 3 ? "medium" : "large"; }

std::string dayTime(std::int64_t seconds)
{
    std::string iso = isoTime(seconds); // "2026-11-20T10:00:00Z"
    if (iso.size() < 16)
        return iso;
    return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

std::string dayOf(std::int64_t seconds) { return isoTime(seconds).substr(0, 10); }

std::string scoreWords(const std::optional<int>& score)
{
    return score ? std::to_string(*score) : "not assessed";
}

std::string listed(const std::vector<std::string>& items)
{
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        text += i == 0 ? "" : i + 1 == items.size() ? " and " : ", ";
        text += items[i];
    }
    return text;
}

std::vector<std::vector<const attack::Way*>> stories(
    const assessment::Assessment& assessment, attack::WayClass wayClass)
{
    std::vector<std::vector<const attack::Way*>> list;
    if (!assessment.search)
        return list;
    std::map<std::vector<attack::EdgeIndex>, std::size_t> known;
    for (const attack::Way& way : assessment.search->ways()) {
        if (way.wayClass != wayClass)
            continue;
        const auto [at, isNew] = known.try_emplace(attack::stepsOf(assessment.graph, way), list.size());
        if (isNew)
            list.emplace_back();
        list[at->second].push_back(&way);
    }
    return list;
}

} // namespace glacis::report
