// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The client's side: what the kubeconfig of the connection says, as cluster/kubeconfig_review.h found it. The
// ids of remarks are a contract with that file and with snapshots.
#include <posture/areas.h>

#include <algorithm>
#include <array>
#include <map>

namespace glacis::posture {

namespace {
    using inventory::KubeconfigFact;
    using inventory::Observed;

    constexpr std::string_view examined = "examined";

    /// Remarks that are not of the catalogue's severity. None: good to know, but no fault.
    struct Weight {
        std::string_view what;
        std::optional<Severity> severity;
    };
    constexpr std::array<Weight, 6> weights { {
        { "certificate-expired", Severity::Low },
        { "certificate-expires-soon", Severity::Low },
        { "certificate-not-yet-valid", Severity::Low },
        { "certificate-unreadable", Severity::Low },
        { "impersonation", std::nullopt },
        { "shadowed", Severity::Info },
    } };

    const Weight* weightOf(std::string_view what)
    {
        const auto it = std::find_if(
            weights.begin(), weights.end(), [&](const Weight& weight) { return weight.what == what; });
        return it == weights.end() ? nullptr : &*it;
    }

    bool isFault(const KubeconfigFact& fact)
    {
        const Weight* weight = weightOf(fact.what);
        return fact.what != examined && (!weight || weight->severity);
    }

    std::string sentence(std::string text)
    {
        if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
            text.front() = static_cast<char>(text.front() - 'a' + 'A');
        return text;
    }

    Place placeOf(const KubeconfigFact& fact)
    {
        std::string path = fact.entry;
        if (!fact.field.empty())
            path += (path.empty() ? "" : ", ") + fact.field;
        return { .path = std::move(path),
            .evidence = fact.file + (fact.line > 0 ? " line " + std::to_string(fact.line) : std::string()) };
    }

    /// Several entries may have the same fault: "shadowed user dev" and "shadowed cluster dev".
    std::string locusOf(const KubeconfigFact& fact)
    {
        return fact.entry.empty() ? fact.what : fact.what + " " + fact.entry;
    }

    void unsafeKubeconfig(const CheckContext& c, Verdicts& v)
    {
        const auto& facts = c.inventory.observations.kubeconfig;
        if (facts.empty()) {
            v.notAssessed("the source is not a connection made with a kubeconfig");
            return;
        }
        std::map<std::string, bool> failed; // by context
        for (const Observed<KubeconfigFact>& observed : facts) {
            const KubeconfigFact& fact = observed.fact;
            bool& fails = failed[fact.context];
            if (!isFault(fact))
                continue;
            fails = true;
            const Weight* weight = weightOf(fact.what);
            v.fail(PseudoObject { "Kubeconfig", fact.context }, placeOf(fact),
                { .message = sentence(fact.detail),
                    .locus = locusOf(fact),
                    .severity = weight ? weight->severity : std::nullopt,
                    .confidence = observed.confidence });
        }
        for (const auto& [context, fails] : failed)
            if (!fails)
                v.pass(PseudoObject { "Kubeconfig", context });
    }

    constexpr std::array<CheckEntry, 1> checks { { { "GL-PLT-002", unsafeKubeconfig } } };
}

std::span<const CheckEntry> pltChecks() { return checks; }

} // namespace glacis::posture
