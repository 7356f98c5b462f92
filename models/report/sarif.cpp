// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// SARIF 2.1.0 (OASIS). One run; every check of the catalogue is a rule, so that rule indexes are stable. A
// problem is kind "fail"; accepted ones carry a suppression; what cannot be judged is kind "open". What could
// not be read stands in the invocation's notifications.
#include <report/writers.h>

#include <base/json_writer.h>
#include <report/locations.h>
#include <report/plain.h>
#include <report/selection.h>
#include <report/uri.h>

namespace glacis::report {
namespace {
    using assessment::Assessment;

    std::string_view level(Severity severity)
    {
        return severity >= Severity::High ? "error" : severity == Severity::Medium ? "warning" : "note";
    }

    /// The number that code hosts sort by: 9.0 and above critical, 7.0 high, 4.0 medium, below low.
    std::string_view securitySeverity(Severity severity)
    {
        switch (severity) {
        case Severity::Critical:
            return "9.5";
        case Severity::High:
            return "8.0";
        case Severity::Medium:
            return "5.5";
        case Severity::Low:
            return "2.5";
        case Severity::Info:
            return "0.0";
        }
        return "0.0";
    }

    /// A message of SARIF has a small syntax of its own: {0} is a placeholder, [text](target) a link
    /// (3.11.5, 3.11.6). Outside text must form neither: braces are doubled, as the standard asks, and no
    /// bracket meets a parenthesis.
    std::string messageText(std::string_view text)
    {
        std::string out;
        for (const char c : plain(text)) {
            if (c == '{' || c == '}')
                out += c;
            else if (c == '(' && !out.empty() && out.back() == ']')
                out += ' ';
            out += c;
        }
        return out;
    }

    void message(JsonWriter& json, std::string_view key, std::string_view text)
    {
        json.key(key).beginObject().member("text", messageText(text)).endObject();
    }

    void rule(JsonWriter& json, const posture::CheckInfo& check)
    {
        json.beginObject().member("id", check.id);
        json.key("shortDescription").beginObject().member("text", check.title).endObject();
        json.key("fullDescription")
            .beginObject()
            .member("text", check.why.empty() ? check.title : check.why)
            .endObject();
        std::string help = check.why + "\n\nWhat to do: " + check.fix;
        std::string references;
        for (const posture::FrameworkMapping& mapping : check.frameworks) {
            references += references.empty() ? "" : "; ";
            references += mapping.framework + ' ';
            for (std::size_t i = 0; i < mapping.ids.size(); ++i)
                references += (i ? ", " : "") + mapping.ids[i];
        }
        if (!references.empty())
            help += "\n\nReferences: " + references;
        json.key("help").beginObject().member("text", help).endObject();
        json.key("defaultConfiguration").beginObject().member("level", level(check.severity)).endObject();
        json.key("properties").beginObject();
        json.member("security-severity", securitySeverity(check.severity));
        json.key("tags").beginArray().value("security").value("kubernetes");
        if (check.stage != 0)
            json.value("stage-" + std::to_string(check.stage));
        json.endArray().endObject().endObject();
    }

    void physicalLocation(JsonWriter& json, std::string_view file, std::uint32_t line)
    {
        if (file.empty())
            return;
        json.key("physicalLocation").beginObject();
        json.key("artifactLocation").beginObject().member("uri", fileUri(file)).endObject();
        if (line != 0)
            json.key("region").beginObject().member("startLine", line).endObject();
        json.endObject();
    }

    void logicalLocation(JsonWriter& json, const ObjectName& object, std::string_view path)
    {
        if (!object.present())
            return;
        std::string full(object.kind);
        if (!object.ns.empty())
            full.append("/").append(object.ns);
        full.append("/").append(object.name);
        json.key("logicalLocations").beginArray().beginObject().member("name", object.name);
        json.member("fullyQualifiedName", full).member("kind", "resource");
        if (!path.empty())
            json.key("properties").beginObject().member("path", path).endObject();
        json.endObject().endArray();
    }

    void locations(JsonWriter& json, const inventory::Inventory& inventory, const Row& row,
        std::span<const Location> where)
    {
        json.key("locations").beginArray();
        for (std::size_t i = 0; i < where.size(); ++i) {
            const bool hasPlace = row.finding && i < row.finding->places.size();
            const posture::Place* place = hasPlace ? &row.finding->places[i] : nullptr;
            const ObjectName object
                = place && place->object.valid() ? objectName(inventory, place->object) : row.object;
            if (where[i].file.empty() && !object.present())
                continue;
            json.beginObject();
            physicalLocation(json, where[i].file, where[i].line);
            logicalLocation(json, object, place ? std::string_view(place->path) : std::string_view());
            json.endObject();
        }
        json.endArray();
    }

    std::string describe(const Row& row, const posture::CheckInfo& check)
    {
        std::string text = check.title;
        if (row.object.present())
            append(text, ": ", row.object.label());
        if (row.state == State::NotAssessed && !row.finding->reason.empty())
            append(text, ": ", row.finding->reason);
        else if (row.finding && !row.finding->message.empty())
            append(text, ": ", sentence(row, check));
        return text;
    }

    void result(
        JsonWriter& json, const Assessment& assessment, const Row& row, std::span<const Location> where)
    {
        const posture::CheckInfo& check = assessment.catalogue->checks()[row.check];
        const bool problem = row.state == State::Fail || row.state == State::Accepted;
        json.beginObject().member("ruleId", check.id).member("ruleIndex", static_cast<int>(row.check));
        json.member("kind",
            problem                               ? "fail"
                : row.state == State::Pass        ? "pass"
                : row.state == State::NotAssessed ? "open"
                                                  : "notApplicable");
        json.member("level", problem ? level(row.severity) : std::string_view("none"));
        message(json, "message", describe(row, check));
        locations(json, *assessment.inventory, row, where);
        if (row.finding && !row.finding->fingerprint.empty())
            json.key("partialFingerprints")
                .beginObject()
                .member("glacis/v1", row.finding->fingerprint)
                .endObject();
        if (row.state == State::Accepted) {
            json.key("suppressions")
                .beginArray()
                .beginObject()
                .member("kind", "external")
                .member("status", "accepted");
            json.member("justification", row.finding->reason).endObject().endArray();
        }
        json.key("properties").beginObject().member("severity", name(row.severity));
        json.member("platform", row.platform);
        if (row.finding && problem) {
            json.member("confidence", name(row.finding->confidence));
            if (!row.finding->places.empty())
                json.member("evidence", row.finding->places.front().evidence);
        }
        json.endObject().endObject();
    }

    void notifications(JsonWriter& json, const std::vector<inventory::Diagnostic>& diagnostics)
    {
        using Level = inventory::Diagnostic::Level;
        for (const inventory::Diagnostic& d : diagnostics) {
            json.beginObject();
            json.member("level",
                d.level == Level::Error         ? "error"
                    : d.level == Level::Warning ? "warning"
                                                : "note");
            message(json, "message", d.object.empty() ? d.message : d.object + ": " + d.message);
            if (!d.file.empty()) {
                json.key("locations").beginArray().beginObject();
                physicalLocation(json, d.file, d.line);
                json.endObject().endArray();
            }
            json.endObject();
        }
    }

    void invocation(JsonWriter& json, const Assessment& assessment, const WriteOptions& options)
    {
        json.key("invocations").beginArray().beginObject().member("executionSuccessful", true);
        json.key("toolExecutionNotifications").beginArray();
        notifications(json, assessment.inventory->diagnostics);
        notifications(json, assessment.posture.diagnostics);
        notifications(json, options.diagnostics);
        json.endArray().key("toolConfigurationNotifications").beginArray();
        for (const posture::CoverageGap& gap : assessment.posture.gaps) {
            json.beginObject().member("level", "note");
            message(json, "message", "Not assessed: " + gap.what + ": " + gap.reason);
            json.endObject();
        }
        json.endArray().endObject().endArray();
    }
}

std::string writeSarif(const Assessment& assessment, const WriteOptions& options)
{
    const std::vector<Row> rows = chosenRows(assessment, options);
    const Locations where(assessment, rows);
    JsonWriter json(2);
    json.beginObject()
        .member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        .member("version", "2.1.0");
    json.key("runs").beginArray().beginObject();
    json.key("tool").beginObject().key("driver").beginObject();
    json.member("name", "Glacis").member("version", GLACIS_VERSION).member("semanticVersion", GLACIS_VERSION);
    json.key("rules").beginArray();
    for (const posture::CheckInfo& check : assessment.catalogue->checks())
        rule(json, check);
    json.endArray().endObject().endObject();
    invocation(json, assessment, options);
    json.member("columnKind", "utf16CodeUnits");
    json.key("results").beginArray();
    for (std::size_t i = 0; i < rows.size(); ++i)
        result(json, assessment, rows[i], where.of(i));
    json.endArray();
    json.key("properties").beginObject().member("coveragePercent", assessment.posture.coveragePercent);
    if (assessment.posture.scores.overall)
        json.member("score", *assessment.posture.scores.overall);
    json.endObject().endObject().endArray().endObject();
    return json.take() + '\n';
}

} // namespace glacis::report
