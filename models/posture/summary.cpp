// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <posture/results.h>

#include <algorithm>

#include <base/text.h>

namespace glacis::posture {

namespace {
    constexpr std::int64_t secondsPerDay = 86'400;

    bool matchesText(std::string_view pattern, std::string_view value)
    {
        if (pattern.empty())
            return true;
        if (pattern.ends_with('*'))
            return value.starts_with(pattern.substr(0, pattern.size() - 1));
        return pattern == value;
    }

    bool selects(const Waiver& waiver, const Finding& finding, const Inventory& inventory)
    {
        if (!finding.object.valid())
            return (waiver.kind.empty() || waiver.kind == finding.pseudo.kind) && waiver.ns.empty()
                && matchesText(waiver.name, finding.pseudo.name);
        const inventory::Object& object = inventory.object(finding.object);
        return (waiver.kind.empty() || object.kindName == std::string_view(waiver.kind))
            && matchesText(waiver.ns, object.ns) && matchesText(waiver.name, object.name);
    }
}

WaiverIndex::WaiverIndex(const Policy& policy)
    : m_policy(policy)
{
    for (std::uint32_t i = 0; i < policy.waivers.size(); ++i) {
        const Waiver& waiver = policy.waivers[i];
        if (!waiver.fingerprint.empty())
            m_byFingerprint[waiver.fingerprint].push_back(i);
        else
            m_byCheck[waiver.check].push_back(i);
    }
}

// A date holds to its last second (UTC), a time to that second.
bool WaiverIndex::expired(const Waiver& waiver) const
{
    if (waiver.expires.empty() || m_policy.now == 0)
        return false;
    const std::optional<std::int64_t> at = parseIsoTime(waiver.expires);
    if (!at)
        return true; // nobody knows until when it was meant
    const bool dateOnly = waiver.expires.find_first_of("Tt ") == std::string::npos;
    return m_policy.now >= *at + (dateOnly ? secondsPerDay : 0);
}

const Waiver* WaiverIndex::find(const Finding& finding, const CheckInfo& info, const Inventory& inventory,
    std::vector<std::uint32_t>& matched) const
{
    std::optional<std::uint32_t> best;
    const auto consider = [&](std::uint32_t index) {
        const Waiver& waiver = m_policy.waivers[index];
        if (matched.empty() || matched.back() != index)
            matched.push_back(index);
        if (!expired(waiver) && index < best.value_or(UINT32_MAX))
            best = index;
    };
    if (const auto it = m_byFingerprint.find(finding.fingerprint); it != m_byFingerprint.end()) {
        for (const std::uint32_t index : it->second) {
            const Waiver& waiver = m_policy.waivers[index];
            if ((waiver.check.empty() || waiver.check == info.id) && selects(waiver, finding, inventory))
                consider(index);
        }
    }
    if (const auto it = m_byCheck.find(info.id); it != m_byCheck.end()) {
        for (const std::uint32_t index : it->second) {
            if (selects(m_policy.waivers[index], finding, inventory))
                consider(index);
        }
    }
    return best ? &m_policy.waivers[*best] : nullptr;
}

namespace {
    void addScores(
        const std::vector<CheckInfo>& checks, const std::vector<CheckTally>& tallies, Posture& posture)
    {
        for (std::size_t stage = 0; stage < StageCount; ++stage) {
            std::vector<std::vector<Severity>> failing;
            bool assessed = false;
            for (std::size_t i = 0; i < checks.size(); ++i) {
                if (checks[i].stage != stage + 1)
                    continue;
                assessed = assessed || tallies[i].assessed > 0;
                failing.push_back(tallies[i].failing);
            }
            if (!assessed)
                continue;
            const int score = stageScore(failing);
            posture.scores.stages[stage] = score;
            posture.scores.overall = std::min(score, posture.scores.overall.value_or(score));
        }
    }

    void addCounts(
        const std::vector<CheckInfo>& checks, const std::vector<CheckTally>& tallies, Posture& posture)
    {
        for (std::size_t i = 0; i < checks.size(); ++i) {
            for (const Severity severity : tallies[i].failing)
                ++posture.bySeverity[static_cast<std::size_t>(severity)];
            posture.byStage[checks[i].stage] += static_cast<std::uint32_t>(tallies[i].failing.size());
        }
    }

    void addCoverage(const std::vector<CheckTally>& tallies, Posture& posture)
    {
        double sum = 0;
        std::size_t applying = 0;
        for (const CheckTally& tally : tallies) {
            if (tally.assessed + tally.unknown == 0)
                continue;
            sum += static_cast<double>(tally.assessed) / static_cast<double>(tally.assessed + tally.unknown);
            ++applying;
        }
        if (applying > 0)
            posture.coveragePercent = 100.0 * sum / static_cast<double>(applying);
    }

    std::string evidenceWords(const CheckInfo& info)
    {
        for (const Evidence evidence : info.evidence) {
            switch (evidence) {
            case Evidence::ControlPlane:
                return "control plane";
            case Evidence::Nodes:
                return "nodes";
            case Evidence::Probe:
                return "probes";
            case Evidence::Dns:
                return "DNS";
            case Evidence::Kubeconfig:
                return "kubeconfig";
            case Evidence::Objects:
                break;
            }
        }
        return info.id;
    }

    /// Collects gaps by reason, in the order of their first appearance.
    class Gaps {
    public:
        explicit Gaps(const Inventory& inventory)
        {
            for (std::size_t i = 0; i < inventory::KindCount - 1; ++i) {
                const auto kind = static_cast<Kind>(i);
                const inventory::KindCoverage& coverage = inventory.coverage.of(kind);
                if (coverage.state == inventory::ReadState::Read)
                    continue;
                const bool refused = coverage.state == inventory::ReadState::Forbidden
                    || coverage.state == inventory::ReadState::Failed;
                const std::string reason = unreadReason(inventory, kind);
                const CoverageGap gap { std::string(inventory::info(kind).resource), reason, coverage.grant,
                    {} };
                if (refused) // a gap even where no check asked for the absence of this kind
                    m_kinds.push_back({ gap, reason });
                else
                    m_kindOfReason.try_emplace(reason, gap);
            }
            for (auto& [gap, reason] : m_kinds)
                entry(reason + "|" + gap.what).gap = gap;
        }

        void add(const CheckInfo& info, const Finding& finding, const Inventory& inventory)
        {
            // Forbidden kinds may share one reason; the check then stands with each of them.
            bool known = false;
            for (const auto& [gap, reason] : m_kinds) {
                if (reason == finding.reason) {
                    addCheck(entry(reason + "|" + gap.what).gap, info);
                    known = true;
                }
            }
            if (known)
                return;
            Counted& counted = entry(finding.reason);
            CoverageGap& gap = counted.gap;
            if (gap.reason.empty()) {
                gap.reason = finding.reason;
                if (const auto it = m_kindOfReason.find(finding.reason); it != m_kindOfReason.end())
                    gap = it->second;
                else if (finding.object.valid())
                    gap.what = inventory.label(finding.object);
                else
                    gap.what = evidenceWords(info);
            }
            addCheck(gap, info);
            if (!finding.object.valid() || counted.last == finding.object)
                return;
            counted.last = finding.object;
            counted.objects.push_back(finding.object);
        }

        std::vector<CoverageGap> take()
        {
            std::vector<CoverageGap> gaps;
            for (Counted& counted : m_entries) {
                std::sort(counted.objects.begin(), counted.objects.end());
                const auto last = std::unique(counted.objects.begin(), counted.objects.end());
                if (const auto count = last - counted.objects.begin(); count > 1)
                    counted.gap.what = std::to_string(count) + " objects";
                gaps.push_back(std::move(counted.gap));
            }
            return gaps;
        }

    private:
        struct Counted {
            CoverageGap gap;
            ObjectId last;
            std::vector<ObjectId> objects;
        };

        Counted& entry(const std::string& key)
        {
            const auto [it, isNew] = m_index.try_emplace(key, m_entries.size());
            if (isNew)
                m_entries.emplace_back();
            return m_entries[it->second];
        }

        static void addCheck(CoverageGap& gap, const CheckInfo& info)
        {
            if (gap.checks.empty() || gap.checks.back() != info.id)
                gap.checks.push_back(info.id);
        }

        std::vector<std::pair<CoverageGap, std::string>> m_kinds; ///< forbidden kinds with their reasons
        std::unordered_map<std::string, CoverageGap> m_kindOfReason;
        std::unordered_map<std::string, std::size_t> m_index;
        std::vector<Counted> m_entries;
    };

    void addGaps(const Prepared& prepared, const std::vector<CheckInfo>& checks, Posture& posture)
    {
        Gaps gaps(prepared.inventory);
        for (const CheckResult& result : posture.results) {
            for (std::size_t i = result.failed; i < result.findings.size(); ++i)
                gaps.add(checks[result.findings[i].check], result.findings[i], prepared.inventory);
        }
        posture.gaps = gaps.take();
        for (const std::string& pattern : prepared.policy.excludedNamespaces)
            posture.gaps.push_back({ "namespace " + pattern, "left out by the policy", {}, {} });
    }

    void addWaiverDiagnostics(
        const Prepared& prepared, const std::vector<CheckTally>& tallies, Posture& posture)
    {
        const std::vector<Waiver>& waivers = prepared.policy.waivers;
        std::vector<std::uint8_t> used(waivers.size(), 0);
        for (const CheckTally& tally : tallies) {
            for (const std::uint32_t index : tally.waivers)
                used[index] = 1;
        }
        for (std::size_t i = 0; i < waivers.size(); ++i) {
            const Waiver& waiver = waivers[i];
            const bool expired = prepared.waivers.expired(waiver);
            if (used[i] && !expired)
                continue;
            const std::string what = waiver.fingerprint.empty() ? waiver.check : waiver.fingerprint;
            std::string message = "the waiver for " + printable(what) + " (" + printable(waiver.owner) + ") ";
            if (expired)
                message += "expired on " + printable(waiver.expires) + " and does not apply"
                    + (used[i] ? "" : "; it would match nothing");
            else
                message += "matches no finding";
            posture.diagnostics.push_back({ .level = inventory::Diagnostic::Level::Warning,
                .file = prepared.policy.file,
                .line = waiver.line,
                .document = 0,
                .object = {},
                .message = std::move(message) });
        }
    }
}

void summarize(const Prepared& prepared, const std::vector<CheckInfo>& checks,
    const std::vector<CheckTally>& tallies, Posture& posture)
{
    addScores(checks, tallies, posture);
    addCounts(checks, tallies, posture);
    addCoverage(tallies, posture);
    addGaps(prepared, checks, posture);
    addWaiverDiagnostics(prepared, tallies, posture);
}

} // namespace glacis::posture
