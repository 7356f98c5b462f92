// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Credentials that stand as literals in pod templates. Their values were dropped while decoding; what is left
// of them (place, detector, length class, alphabet, reuse group) is all that a finding may say.
#include <posture/areas.h>

#include <algorithm>
#include <map>
#include <tuple>

#include <credentials/classify.h>
#include <secrets/env_references.h>

namespace glacis::posture {

namespace {
    using credentials::Detector;
    using inventory::Container;
    using inventory::CredentialLiteral;

    /// How many other places hold the same value.
    class Reuse {
    public:
        explicit Reuse(const Inventory& inventory)
        {
            std::vector<Spot> spots;
            for (std::uint32_t i = 0; i < inventory.owners.size(); ++i) {
                const inventory::Owner& owner = inventory.owners[i];
                collect(inventory, i, owner.workload, spots);
                for (const std::uint32_t pod :
                    owner.deviating) // repeats its owner's literals: the same spots
                    collect(inventory, i, pod, spots);
            }
            std::sort(spots.begin(), spots.end());
            spots.erase(std::unique(spots.begin(), spots.end()), spots.end());
            for (const Spot& spot : spots)
                ++m_count[std::get<0>(spot)];
        }

        [[nodiscard]] std::string words(std::uint32_t group) const
        {
            const auto it = m_count.find(group);
            if (it == m_count.end() || it->second < 2)
                return {};
            const std::uint32_t others = it->second - 1;
            return ", also in " + std::to_string(others) + (others == 1 ? " other place" : " other places")
                + " (group " + std::to_string(group) + ")";
        }

    private:
        using Spot = std::tuple<std::uint32_t, std::uint32_t, std::string_view,
            std::string_view>; // group, owner, container, key

        static void collect(
            const Inventory& inventory, std::uint32_t owner, std::uint32_t workload, std::vector<Spot>& spots)
        {
            const inventory::PodSpec* spec = inventory.spec(inventory.workloads[workload]);
            if (!spec)
                return;
            for (const Container& container : spec->containers) {
                for (const CredentialLiteral& literal : container.literals) {
                    if (literal.reuseGroup != 0)
                        spots.emplace_back(literal.reuseGroup, owner, container.name.view(),
                            literal.key.empty() ? literal.path.view() : literal.key.view());
                }
            }
        }

        std::map<std::uint32_t, std::uint32_t> m_count;
    };

    std::string kindOfCredential(const CredentialLiteral& literal)
    {
        const bool byName
            = literal.detector == Detector::StrongName || literal.detector == Detector::WeakName;
        if (byName && !literal.matchedWord.empty())
            return literal.matchedWord.str();
        return std::string(credentials::title(literal.detector));
    }

    /// "postgres://db:5432/shop": the public parts of a URL or connection string.
    std::string target(const CredentialLiteral& literal)
    {
        if (literal.urlHost.empty())
            return {};
        std::string text = literal.urlScheme.empty() ? std::string() : literal.urlScheme.str() + "://";
        text += literal.urlHost.view();
        if (!literal.urlPort.empty())
            text.append(":").append(literal.urlPort.view());
        if (!literal.urlDatabase.empty())
            text.append("/").append(literal.urlDatabase.view());
        return text;
    }

    /// "password, 8–15 characters, letters and digits, also in 3 other places (group 4)"
    std::string evidence(const CredentialLiteral& literal, const Reuse& reuse)
    {
        std::string text = kindOfCredential(literal);
        if (!literal.publicPrefix.empty())
            text.append(" ").append(literal.publicPrefix.view()).append("…");
        if (const std::string to = target(literal); !to.empty())
            text += " for " + to;
        if (literal.length != credentials::LengthClass::None)
            text.append(", ").append(credentials::name(literal.length));
        if (literal.alphabet != credentials::Alphabet::None)
            text.append(", ").append(credentials::name(literal.alphabet));
        if (literal.defaultPassword)
            text += ", a well-known default password";
        return text + reuse.words(literal.reuseGroup);
    }

    Severity severity(const CredentialLiteral& literal)
    {
        switch (credentials::weight(literal.detector)) {
        case credentials::Weight::Key:
            return Severity::Critical;
        case credentials::Weight::Credential:
            return Severity::High;
        case credentials::Weight::Information:
            break;
        }
        return Severity::Info;
    }

    std::string whatStands(const CredentialLiteral& literal)
    {
        if (literal.defaultPassword)
            return "a well-known default password";
        return "a literal credential (" + kindOfCredential(literal) + ")";
    }

    std::string envLocus(const Container& container, std::string_view name)
    {
        return containerLocus(container) + " env " + std::string(name);
    }

    void failEnv(Verdicts& v, const OwnerView& o, const Container& container,
        const CredentialLiteral& literal, const Reuse& reuse)
    {
        v.fail(o.id(), place(o, container, literal.path, evidence(literal, reuse)),
            { .message = "Variable " + literal.key.str() + " holds " + whatStands(literal) + " in plain text",
                .locus = envLocus(container, literal.key),
                .severity = severity(literal) });
    }

    // $(VAR): where another variable or an argument uses a literal as its credential, the literal is the
    // finding.
    void failReferences(const CheckContext& c, Verdicts& v, const OwnerView& o, const Container& container)
    {
        for (const secrets::EnvReference& reference :
            secrets::credentialReferences(container, c.policy.credentialRules)) {
            const inventory::EnvVar& variable = container.env[reference.variable];
            std::string text = "used as a credential by " + reference.usedBy;
            if (reference.classification.length != credentials::LengthClass::None)
                text.append(", ").append(credentials::name(reference.classification.length));
            if (reference.classification.defaultPassword)
                text += ", a well-known default password";
            v.fail(o.id(),
                place(o, container, "env[" + std::to_string(reference.variable) + "].value", std::move(text)),
                { .message = "Variable " + variable.name.str() + " holds in plain text what "
                        + reference.usedBy + " uses as a credential",
                    .locus = envLocus(container, variable.name) });
        }
    }

    void envByName(const CheckContext& c, Verdicts& v)
    {
        const Reuse reuse(c.inventory);
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            for (const CredentialLiteral& literal : container.literals) {
                if (literal.place == credentials::Place::EnvValue && !literal.byValue)
                    failEnv(v, o, container, literal, reuse);
            }
            failReferences(c, v, o, container);
        });
    }

    void envByValue(const CheckContext& c, Verdicts& v)
    {
        const Reuse reuse(c.inventory);
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            for (const CredentialLiteral& literal : container.literals) {
                if (literal.place == credentials::Place::EnvValue && literal.byValue)
                    failEnv(v, o, container, literal, reuse);
            }
        });
    }

    std::string_view placeWords(credentials::Place place)
    {
        switch (place) {
        case credentials::Place::Command:
        case credentials::Place::Args:
            return "The command line";
        case credentials::Place::Probe:
            return "A probe";
        case credentials::Place::Lifecycle:
            return "A lifecycle hook";
        default:
            return {};
        }
    }

    void commands(const CheckContext& c, Verdicts& v)
    {
        const Reuse reuse(c.inventory);
        forEachContainer(c, v, [&](const OwnerView& o, const Container& container) {
            for (const CredentialLiteral& literal : container.literals) {
                const std::string_view where = placeWords(literal.place);
                if (where.empty())
                    continue;
                std::string message = std::string(where) + " holds " + whatStands(literal);
                if (!literal.key.empty())
                    message += " at " + literal.key.str();
                v.fail(o.id(), place(o, container, literal.path, evidence(literal, reuse)),
                    { .message = std::move(message),
                        .locus = containerLocus(container),
                        .severity = severity(literal) });
            }
        });
    }

    constexpr CheckEntry entries[] = {
        { "GL-SEC-001", envByName },
        { "GL-SEC-002", envByValue },
        { "GL-SEC-003", commands },
    };
}

std::span<const CheckEntry> secChecks() { return entries; }

} // namespace glacis::posture
