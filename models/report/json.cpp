// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON of CLI.md, "glacis.dev/assessment/v1". Names are a contract: additions only. What is absent is
// null, so that every entry of a list has the same members. Additions to the page: findings' message, locus,
// reason; places' object where the field stands in another object; source.objects and serverVersion;
// coverage's list of checks.
#include <report/writers.h>

#include <array>

#include <base/json_writer.h>
#include <base/text.h>
#include <inventory/provider.h>
#include <report/facts.h>
#include <report/locations.h>
#include <report/paths.h>
#include <report/selection.h>

namespace glacis::report {
namespace {
    using assessment::Assessment;

    void text(JsonWriter& json, std::string_view key, std::string_view value)
    {
        json.key(key);
        if (value.empty())
            json.null();
        else
            json.value(value);
    }

    void number(JsonWriter& json, std::string_view key, std::uint32_t value)
    {
        json.key(key);
        if (value == 0)
            json.null();
        else
            json.value(value);
    }

    void score(JsonWriter& json, std::string_view key, const std::optional<int>& value)
    {
        json.key(key);
        if (value)
            json.value(*value);
        else
            json.null();
    }

    void object(JsonWriter& json, const ObjectName& name)
    {
        if (!name.present()) {
            json.null();
            return;
        }
        json.beginObject();
        text(json, "apiVersion", name.apiVersion);
        text(json, "kind", name.kind);
        text(json, "namespace", name.ns);
        text(json, "name", name.name);
        json.endObject();
    }

    /// "Group system:authenticated": a subject of RBAC that is no object.
    ObjectName subjectName(std::string_view subject)
    {
        const std::size_t space = subject.find(' ');
        if (space == std::string_view::npos)
            return { {}, "Subject", {}, subject };
        return { "rbac.authorization.k8s.io/v1", subject.substr(0, space), {}, subject.substr(space + 1) };
    }

    void source(JsonWriter& json, const inventory::Inventory& inventory)
    {
        std::size_t objects = 0;
        for (const inventory::Object& o : inventory.objects)
            objects += o.assumed ? 0 : 1;
        json.key("source").beginObject();
        json.member("kind", inventory.source.kind).member("name", inventory.source.name);
        json.member("scope", inventory.source.scope == inventory::Scope::Cluster ? "cluster" : "manifests");
        text(json, "serverVersion", inventory.source.serverVersion);
        text(json, "apiServer", inventory.source.apiServer);
        text(json, "provider", inventory::providerOf(inventory));
        constexpr std::array<std::string_view, 4> views { "visible", "provider-managed", "one-process",
            "unknown" };
        if (inventory.source.scope == inventory::Scope::Cluster)
            json.member(
                "controlPlane", views[static_cast<std::size_t>(inventory::controlPlaneView(inventory))]);
        json.member("objects", static_cast<std::int64_t>(objects)).endObject();
    }

    void coverage(JsonWriter& json, const posture::Posture& posture)
    {
        json.key("coverage").beginObject().member("percent", posture.coveragePercent);
        json.key("notAssessed").beginArray();
        for (const posture::CoverageGap& gap : posture.gaps) {
            json.beginObject().member("what", gap.what).member("reason", gap.reason);
            text(json, "grant", gap.grant);
            json.key("checks").beginArray();
            for (const std::string& check : gap.checks)
                json.value(check);
            json.endArray().endObject();
        }
        json.endArray().endObject();
    }

    void diagnostics(JsonWriter& json, const std::vector<inventory::Diagnostic>& list)
    {
        for (const inventory::Diagnostic& d : list) {
            json.beginObject();
            text(json, "file", d.file);
            number(json, "line", d.line);
            number(json, "document", d.document);
            json.member("severity", inventory::name(d.level));
            text(json, "object", d.object);
            json.member("message", d.message).endObject();
        }
    }

    void scores(JsonWriter& json, const Assessment& assessment)
    {
        const posture::Scores& scores = assessment.posture.scores;
        json.key("scores").beginObject();
        score(json, "overall", scores.overall);
        json.key("stages").beginArray();
        for (std::size_t i = 0; i < scores.stages.size(); ++i) {
            json.beginObject().member("stage", static_cast<int>(i) + 1);
            score(json, "score", scores.stages[i]);
            json.endObject();
        }
        json.endArray();
        // Without a graph, as in assessments made by hand, their number is not known, which is not zero.
        using attack::WayClass;
        for (const auto& [key, wayClass] :
            { std::pair("ways", WayClass::Certain), std::pair("possibleWays", WayClass::Possible),
                std::pair("residualWays", WayClass::Residual) }) {
            json.key(key);
            if (assessment.search)
                json.value(assessment.search->count(wayClass));
            else
                json.null();
        }
        json.endObject();
    }

    void places(JsonWriter& json, const inventory::Inventory& inventory, const Row& row,
        std::span<const Location> where)
    {
        json.key("places").beginArray();
        for (std::size_t i = 0; row.finding && i < row.finding->places.size(); ++i) {
            const posture::Place& place = row.finding->places[i];
            json.beginObject();
            text(json, "container", place.container);
            text(json, "path", place.path);
            text(json, "evidence", place.evidence);
            text(json, "file", where[i].file);
            number(json, "line", where[i].line);
            if (place.object.valid() && place.object != row.id) {
                json.key("object");
                object(json, objectName(inventory, place.object));
            }
            json.endObject();
        }
        json.endArray();
    }

    void frameworks(JsonWriter& json, const posture::CheckInfo& check)
    {
        json.key("frameworks").beginObject();
        for (const posture::FrameworkMapping& mapping : check.frameworks) {
            json.key(mapping.framework).beginArray();
            for (const std::string& id : mapping.ids)
                json.value(id);
            json.endArray();
        }
        json.endObject();
    }

    void finding(
        JsonWriter& json, const Assessment& assessment, const Row& row, std::span<const Location> where)
    {
        static const posture::Finding nothing;
        static const posture::Place nowhere;
        const posture::CheckInfo& check = assessment.catalogue->checks()[row.check];
        const posture::Finding& f = row.finding ? *row.finding : nothing;
        const posture::Place& first = f.places.empty() ? nowhere : f.places.front();

        json.beginObject().member("check", check.id).member("title", check.title);
        json.member("severity", name(row.severity));
        number(json, "stage", check.stage);
        json.member("state", name(row.state)).member("platform", row.platform);
        json.key("object");
        object(json, row.object);
        json.key("related").beginArray();
        for (const inventory::ObjectId id : f.related)
            object(json, objectName(*assessment.inventory, id));
        for (const std::string& subject : f.relatedSubjects)
            object(json, subjectName(subject));
        json.endArray();
        text(json, "message", f.message);
        text(json, "locus", f.locus);
        text(json, "container", first.container);
        text(json, "path", first.path);
        text(json, "evidence", first.evidence);
        places(json, *assessment.inventory, row, where);
        json.member("confidence", name(f.confidence));
        text(json, "reason", f.reason);
        frameworks(json, check);
        text(json, "kcsa", check.kcsa);
        json.key("fixes").beginArray().endArray();
        text(json, "fingerprint", f.fingerprint);
        json.key("waiver");
        if (row.state == State::Accepted) {
            json.beginObject().member("owner", f.waiverOwner).member("reason", f.reason);
            text(json, "expires", f.waiverExpires);
            json.endObject();
        } else {
            json.null();
        }
        json.endObject();
    }
}

std::string writeJson(const Assessment& assessment, const WriteOptions& options)
{
    const inventory::Inventory& inventory = *assessment.inventory;
    const std::vector<Row> rows = chosenRows(assessment, options);
    const Locations where(assessment, rows);

    JsonWriter json(2);
    json.beginObject().member("schema", "glacis.dev/assessment/v1").member("version", GLACIS_VERSION);
    text(json, "time", inventory.source.captureTime ? isoTime(inventory.source.captureTime) : std::string());
    source(json, inventory);
    json.member("credentialRules", inventory.credentialRules);
    coverage(json, assessment.posture);
    json.key("diagnostics").beginArray();
    diagnostics(json, inventory.diagnostics);
    diagnostics(json, assessment.posture.diagnostics);
    diagnostics(json, options.diagnostics);
    json.endArray().key("observations");
    writeObservations(json, inventory.observations);
    scores(json, assessment);
    json.key("findings").beginArray();
    for (std::size_t i = 0; i < rows.size(); ++i)
        finding(json, assessment, rows[i], where.of(i));
    json.endArray();
    writeGraph(json, assessment);
    json.endObject();
    return json.take() + '\n';
}

} // namespace glacis::report
