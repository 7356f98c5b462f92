// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <posture/results.h>

#include <algorithm>

#include <posture/fingerprint.h>

namespace glacis::posture {

namespace {
    using Entry = Verdicts::Entry;

    bool isExcluded(const Prepared& prepared, ObjectId id)
    {
        return id.valid() && id.value < prepared.excluded.size() && prepared.excluded[id.value] != 0;
    }

    void sortUnique(std::vector<ObjectId>& ids)
    {
        if (!std::is_sorted(ids.begin(), ids.end()))
            std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    }

    /// ids − other; both sorted.
    void subtract(std::vector<ObjectId>& ids, const std::vector<ObjectId>& other)
    {
        if (other.empty() || ids.empty())
            return;
        std::vector<ObjectId> rest;
        rest.reserve(ids.size());
        std::set_difference(ids.begin(), ids.end(), other.begin(), other.end(), std::back_inserter(rest));
        ids = std::move(rest);
    }

    void toTopOwners(const Prepared& prepared, std::vector<ObjectId>& ids)
    {
        for (ObjectId& id : ids)
            id = topOwner(prepared.inventory, id);
        std::erase_if(ids, [&](ObjectId id) { return !id.valid() || isExcluded(prepared, id); });
        sortUnique(ids);
    }

    /// Findings stand on the top owner; the places keep the object where the field stands.
    void normalize(const Prepared& prepared, std::vector<Entry>& entries)
    {
        for (Entry& entry : entries) {
            const ObjectId top = topOwner(prepared.inventory, entry.object);
            if (top == entry.object)
                continue;
            for (Place& place : entry.places) {
                if (!place.object.valid())
                    place.object = entry.object;
            }
            entry.object = top;
        }
        std::erase_if(entries, [&](const Entry& entry) { return isExcluded(prepared, entry.object); });
    }

    /// The path without what differs between an owner's template and its pods: both become
    /// "containers[0].image".
    std::string_view belowSpec(const Inventory& inventory, ObjectId object, std::string_view path)
    {
        const std::string_view prefix = object.valid()
            ? inventory::info(inventory.object(object).kind).podSpecPath
            : std::string_view();
        return !prefix.empty() && path.starts_with(prefix) ? path.substr(prefix.size()) : path;
    }

    /// A deviating pod repeats most of its template: only what it adds is worth a place.
    bool repeats(
        const Inventory& inventory, ObjectId owner, const std::vector<Place>& places, const Place& place)
    {
        const std::string_view path
            = belowSpec(inventory, place.object.valid() ? place.object : owner, place.path);
        return std::any_of(places.begin(), places.end(), [&](const Place& known) {
            return known.container == place.container && known.evidence == place.evidence
                && belowSpec(inventory, known.object.valid() ? known.object : owner, known.path) == path;
        });
    }

    template <class T> void appendNew(std::vector<T>& into, std::vector<T>&& more)
    {
        for (T& item : more) {
            if (std::find(into.begin(), into.end(), item) == into.end())
                into.push_back(std::move(item));
        }
    }

    constexpr std::size_t maxPlaces = 200; // of one finding; a template with more says nothing new

    struct Builder {
        const Prepared& prepared;
        const CheckInfo& info;
        std::uint16_t check;
        CheckResult result;

        Severity severityOf(const Details& details) const
        {
            const auto override = prepared.policy.severities.find(info.id);
            if (override != prepared.policy.severities.end())
                return override->second;
            return details.severity.value_or(info.severity);
        }

        bool platformOf(const Entry& entry) const
        {
            if (entry.details.platform)
                return *entry.details.platform;
            return entry.object.valid() && prepared.platform[entry.object.value] != 0;
        }

        void open(Entry&& entry)
        {
            Finding& finding = result.findings.emplace_back();
            finding.check = check;
            finding.severity = severityOf(entry.details);
            finding.state = State::Fail;
            finding.confidence = entry.details.confidence;
            finding.platform = platformOf(entry);
            finding.object = entry.object;
            finding.pseudo = std::move(entry.pseudo);
            finding.locus = std::move(entry.details.locus);
            finding.message = std::move(entry.details.message);
            finding.places = std::move(entry.places);
            finding.related = std::move(entry.details.related);
            finding.relatedSubjects = std::move(entry.details.relatedSubjects);
        }

        /// One more entry of the same object and locus: the worst speaks, all places count.
        void merge(Finding& finding, Entry&& entry)
        {
            const Severity severity = severityOf(entry.details);
            if (severity > finding.severity) {
                finding.severity = severity;
                finding.message = std::move(entry.details.message);
                finding.confidence = entry.details.confidence;
            }
            finding.platform = finding.platform && platformOf(entry);
            for (Place& place : entry.places) {
                if (finding.places.size() < maxPlaces
                    && !repeats(prepared.inventory, finding.object, finding.places, place))
                    finding.places.push_back(std::move(place));
            }
            appendNew(finding.related, std::move(entry.details.related));
            appendNew(finding.relatedSubjects, std::move(entry.details.relatedSubjects));
        }

        std::uint32_t rankOf(ObjectId id) const { return id.valid() ? prepared.rank[id.value] : UINT32_MAX; }

        bool before(const Entry& a, const Entry& b) const
        {
            const std::uint32_t left = rankOf(a.object);
            const std::uint32_t right = rankOf(b.object);
            if (left != right)
                return left < right;
            if (const int order = a.pseudo.kind.compare(b.pseudo.kind); order != 0)
                return order < 0;
            if (const int order = a.pseudo.name.compare(b.pseudo.name); order != 0)
                return order < 0;
            return a.details.locus < b.details.locus;
        }

        void addFailures(std::vector<Entry>& entries)
        {
            std::vector<Entry*> order;
            order.reserve(entries.size());
            for (Entry& entry : entries)
                order.push_back(&entry);
            std::stable_sort(
                order.begin(), order.end(), [&](const Entry* a, const Entry* b) { return before(*a, *b); });
            result.findings.reserve(entries.size());
            for (Entry* entry : order) {
                if (!result.findings.empty()) {
                    Finding& last = result.findings.back();
                    if (last.object == entry->object && last.locus == entry->details.locus
                        && last.pseudo.kind == entry->pseudo.kind && last.pseudo.name == entry->pseudo.name) {
                        merge(last, std::move(*entry));
                        continue;
                    }
                }
                open(std::move(*entry));
            }
        }

        void applyWaivers(std::vector<std::uint32_t>& matched)
        {
            for (Finding& finding : result.findings) {
                finding.fingerprint
                    = fingerprint(info.id, prepared.inventory, finding.object, finding.pseudo, finding.locus);
                if (const Waiver* waiver
                    = prepared.waivers.find(finding, info, prepared.inventory, matched)) {
                    finding.state = State::Accepted;
                    finding.reason = waiver->reason;
                    finding.waiverOwner = waiver->owner;
                    finding.waiverExpires = waiver->expires;
                }
            }
            result.failed = static_cast<std::uint32_t>(result.findings.size());
        }

        void addUnknown(ObjectId object, std::string reason)
        {
            Finding& finding = result.findings.emplace_back();
            finding.check = check;
            finding.severity = info.severity;
            finding.state = State::NotAssessed;
            finding.platform = object.valid() && prepared.platform[object.value] != 0;
            finding.object = object;
            finding.reason = std::move(reason);
            ++result.notAssessed;
        }
    };

    /// Findings are sorted by object: one step of this walk is one object's.
    void tallyFailing(const std::vector<Finding>& findings, CheckTally& tally)
    {
        const auto same = [](const Finding& a, const Finding& b) {
            return a.object == b.object && a.pseudo.kind == b.pseudo.kind && a.pseudo.name == b.pseudo.name;
        };
        for (std::size_t i = 0; i < findings.size();) {
            std::optional<Severity> worst;
            std::size_t end = i;
            for (; end < findings.size() && same(findings[i], findings[end]); ++end) {
                const Finding& finding = findings[end];
                if (finding.state == State::Fail && !finding.platform)
                    worst = std::max(worst.value_or(Severity::Info), finding.severity);
            }
            if (worst)
                tally.failing.push_back(*worst);
            ++tally.assessed;
            i = end;
        }
    }
}

CheckResult buildResult(const Prepared& prepared, const CheckInfo& info, std::uint16_t check,
    Verdicts&& verdicts, CheckTally& tally)
{
    Builder builder { prepared, info, check, {} };
    CheckResult& result = builder.result;

    normalize(prepared, verdicts.failures);
    builder.addFailures(verdicts.failures);
    std::vector<ObjectId> failing;
    for (const Finding& finding : result.findings) {
        if (finding.object.valid())
            failing.push_back(finding.object);
    }
    sortUnique(failing);
    builder.applyWaivers(tally.waivers);
    tallyFailing(result.findings, tally);

    // Of several verdicts on one object the worst wins: fail, not assessed, pass, not applicable.
    result.passed = std::move(verdicts.passes);
    toTopOwners(prepared, result.passed);
    subtract(result.passed, failing);
    std::vector<std::pair<ObjectId, std::string>> unknown = std::move(verdicts.unknown);
    for (auto& [object, reason] : unknown)
        object = topOwner(prepared.inventory, object);
    if (!prepared.unread.empty()) {
        for (const ObjectId id : result.passed) {
            if (const auto it = prepared.unread.find(id.value); it != prepared.unread.end())
                unknown.emplace_back(id, it->second);
        }
    }
    std::stable_sort(unknown.begin(), unknown.end(),
        [&](const auto& a, const auto& b) { return builder.rankOf(a.first) < builder.rankOf(b.first); });
    std::vector<ObjectId> unknownIds;
    for (auto& [object, reason] : unknown) {
        if (!object.valid() || isExcluded(prepared, object)
            || std::binary_search(failing.begin(), failing.end(), object)
            || (!unknownIds.empty() && unknownIds.back() == object))
            continue;
        unknownIds.push_back(object);
        builder.addUnknown(object, std::move(reason));
    }
    sortUnique(unknownIds);
    subtract(result.passed, unknownIds);
    result.notApplicable = std::move(verdicts.inapplicable);
    toTopOwners(prepared, result.notApplicable);
    subtract(result.notApplicable, failing);
    subtract(result.notApplicable, unknownIds);
    subtract(result.notApplicable, result.passed);

    if (!verdicts.wholeUnknown.empty())
        builder.addUnknown(inventory::NoObject, std::move(verdicts.wholeUnknown));
    result.pseudoPassed = static_cast<std::uint32_t>(verdicts.pseudoPasses.size());
    tally.assessed += result.passed.size() + result.pseudoPassed;
    tally.unknown = result.notAssessed;
    return std::move(builder.result);
}

} // namespace glacis::posture
