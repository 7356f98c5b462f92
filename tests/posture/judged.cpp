// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judged.h"

#include <algorithm>
#include <stdexcept>

#include <base/text.h>

namespace glacis::test {

namespace {
    std::string indented(std::string_view text, std::string_view by)
    {
        std::string out;
        for (const std::string_view line : split(text, '\n')) {
            if (!line.empty())
                out.append(by).append(line).append("\n");
        }
        return out;
    }
}

inventory::InventoryPtr imported(std::string_view yaml, inventory::Scope scope)
{
    inventory::ImportOptions options;
    options.scope = scope;
    auto inventory = inventory::importText(yaml, "test.yaml", options);
    if (!inventory)
        throw std::runtime_error(inventory.error().message);
    return *inventory;
}

std::shared_ptr<const posture::Catalogue> catalogue()
{
    static const auto loaded = [] {
        auto result = posture::Catalogue::load();
        if (!result)
            throw std::runtime_error(result.error().message);
        return std::make_shared<const posture::Catalogue>(std::move(*result));
    }();
    return loaded;
}

std::string deployment(std::string_view pod, std::string_view container)
{
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  "
           "template:\n    metadata: {labels: {app: web}}\n"
           "    spec:\n"
        + indented(pod, "      ") + "      containers:\n      - name: app\n        image: example.org/web:1\n"
        + indented(container, "        ");
}

Judged::Judged(std::string_view yaml, const JudgeOptions& options)
    : Judged(imported(yaml, options.scope), options)
{
}

Judged::Judged(inventory::InventoryPtr inventory, const JudgeOptions& options)
{
    auto result = assessment::assess(std::move(inventory),
        std::make_shared<const posture::Policy>(options.policy), catalogue(), {}, options.threads);
    if (!result)
        throw std::runtime_error(result.error().message);
    m_assessment = *result;
}

std::string Judged::label(inventory::ObjectId id, const posture::PseudoObject& pseudo) const
{
    return id.valid() ? inventory().label(id) : pseudo.kind + " " + pseudo.name;
}

const posture::CheckResult& Judged::result(std::string_view check) const
{
    const int index = catalogue()->indexOf(check);
    if (index < 0)
        throw std::runtime_error("no such check: " + std::string(check));
    return posture().results[static_cast<std::size_t>(index)];
}

std::vector<const posture::Finding*> Judged::findings(std::string_view check, std::string_view object) const
{
    std::vector<const posture::Finding*> found;
    for (const posture::Finding& finding : result(check).findings) {
        if (label(finding.object, finding.pseudo) == object
            || (object.empty() && !finding.object.valid() && finding.pseudo.kind.empty()))
            found.push_back(&finding);
    }
    return found;
}

std::string Judged::verdict(std::string_view check, std::string_view object) const
{
    std::string text;
    for (const posture::Finding* finding : findings(check, object)) {
        text += text.empty() ? "" : "\n";
        text += name(finding->state);
        if (finding->state == State::NotAssessed) {
            text += ": " + finding->reason;
            continue;
        }
        text.append(" ").append(name(finding->severity));
        text += finding->locus.empty() ? "" : " " + finding->locus;
        for (std::size_t i = 0; i < finding->places.size(); ++i) {
            const posture::Place& place = finding->places[i];
            text += i == 0 ? " | " : "; ";
            text += place.object.valid() ? inventory().label(place.object) + " " : std::string();
            text += place.path + " = " + place.evidence;
        }
    }
    if (!text.empty())
        return text;
    const auto names = [&](inventory::ObjectId id) { return inventory().label(id) == object; };
    const posture::CheckResult& r = result(check);
    if (std::any_of(r.passed.begin(), r.passed.end(), names))
        return "pass";
    if (std::any_of(r.notApplicable.begin(), r.notApplicable.end(), names))
        return "not-applicable";
    return "silent";
}

std::string Judged::dump() const
{
    std::string text;
    for (std::size_t i = 0; i < posture().results.size(); ++i) {
        const posture::CheckResult& r = posture().results[i];
        text += catalogue()->checks()[i].id + " " + std::to_string(r.failed) + " "
            + std::to_string(r.notAssessed) + "\n";
        for (const posture::Finding& f : r.findings) {
            text += label(f.object, f.pseudo) + "|" + f.locus + "|" + f.message + "|"
                + std::string(name(f.severity)) + "|" + std::string(name(f.state)) + "|"
                + std::string(name(f.confidence)) + "|" + (f.platform ? "platform" : "own") + "|" + f.reason
                + "|" + f.fingerprint + "|" + f.waiverOwner;
            for (const posture::Place& p : f.places)
                text += "|" + p.container + " " + p.path + " " + p.evidence;
            for (const inventory::ObjectId id : f.related)
                text += "|" + inventory().label(id);
            for (const std::string& subject : f.relatedSubjects)
                text += "|" + subject;
            text += "\n";
        }
        for (const inventory::ObjectId id : r.passed)
            text += "pass " + inventory().label(id) + "\n";
        for (const inventory::ObjectId id : r.notApplicable)
            text += "not applicable " + inventory().label(id) + "\n";
    }
    for (const auto& score : posture().scores.stages)
        text += score ? std::to_string(*score) + " " : "- ";
    text += std::to_string(posture().coveragePercent) + "\n";
    for (const posture::CoverageGap& gap : posture().gaps) {
        text += gap.what + "|" + gap.reason + "|" + gap.grant;
        for (const std::string& id : gap.checks)
            text += "|" + id;
        text += "\n";
    }
    for (const inventory::Diagnostic& d : posture().diagnostics)
        text += d.message + "\n";
    return text;
}

} // namespace glacis::test
