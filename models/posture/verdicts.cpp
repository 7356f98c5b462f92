// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <posture/areas.h>
#include <posture/check.h>

namespace glacis::posture {

void Verdicts::fail(ObjectId object, Place place, Details details)
{
    Entry& entry = failures.emplace_back();
    entry.object = object;
    entry.places.push_back(std::move(place));
    entry.details = std::move(details);
}

void Verdicts::fail(PseudoObject object, Place place, Details details)
{
    Entry& entry = failures.emplace_back();
    entry.pseudo = std::move(object);
    entry.places.push_back(std::move(place));
    entry.details = std::move(details);
}

void Verdicts::pass(ObjectId object) { passes.push_back(object); }

void Verdicts::pass(PseudoObject object) { pseudoPasses.push_back(std::move(object)); }

void Verdicts::notApplicable(ObjectId object) { inapplicable.push_back(object); }

void Verdicts::notAssessed(ObjectId object, std::string reason)
{
    unknown.emplace_back(object, std::move(reason));
}

void Verdicts::notAssessed(std::string reason) { wholeUnknown = std::move(reason); }

std::string fromWhere(std::string_view from)
{
    return from == "internet" ? " from the Internet"
        : from == "cluster"   ? " from inside the cluster"
        : from.empty()        ? ""
                              : " from " + std::string(from);
}

std::vector<CheckEntry> allChecks()
{
    std::vector<CheckEntry> all;
    for (const auto area : { expChecks, netChecks, dkrChecks, podChecks, dshChecks, rbacChecks, secChecks,
             etcChecks, admChecks, pltChecks }) {
        const std::span<const CheckEntry> entries = area();
        all.insert(all.end(), entries.begin(), entries.end());
    }
    return all;
}

} // namespace glacis::posture
