// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The walk that the RBAC checks share. A finding stands on the binding: it grants, and it is what gets fixed.
// The same right in a role that nobody is bound to is information about the role.
//
//     void readSecrets(const CheckContext& c, Verdicts& v) { rbac::judgeRules(c, v, judgeReadSecrets); }
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <posture/check.h>

namespace glacis::posture::rbac {

/// Where the rights count. System: kube-system, whose accounts can take the whole cluster.
enum class Reach : std::uint8_t { Namespace, SystemNamespace, Cluster };

/// An entry of a rule that makes it dangerous.
struct Field {
    enum class List : std::uint8_t { Verbs, ApiGroups, Resources, ResourceNames, Urls };
    List list = List::Verbs;
    std::uint32_t index = 0;
};
struct Judgement {
    std::optional<Severity> severity {}; ///< unset: the catalogue's
    std::string what {}; ///< completes "… may": "read Secrets (get, list)"
    std::vector<Field> fields {};
};
using Judge
    = std::optional<Judgement> (*)(const access::Rule& rule, Reach reach, const access::Access& access);

/// Judges every rule of every bound role once for each binding, and of every role that is not bound.
void judgeRules(const CheckContext& context, Verdicts& verdicts, Judge judge);

/// Ends bindings that cannot be judged by their rules: without subjects (not applicable), or with a role that
/// is not there (pass in a cluster, where it grants nothing; not assessed in files). True when it did.
[[nodiscard]] bool endWithoutRules(
    const CheckContext& context, Verdicts& verdicts, const access::ResolvedBinding& binding);
/// Ends an object whose rules raised nothing: a pass, or not assessed when not all of them could be read.
void endHarmless(
    const CheckContext& context, Verdicts& verdicts, ObjectId object, const access::ResolvedRole& role);
/// Nothing to judge at all and the kinds were not read: says so.
void sayWhenNothingWasRead(const CheckContext& context, Verdicts& verdicts);

[[nodiscard]] Reach reachOf(const access::ResolvedBinding& binding);
/// The ClusterRole of this name: the API server restores its full rights at every start, whatever a source
/// shows.
[[nodiscard]] bool isClusterAdmin(const access::ResolvedRole& role);
/// Reads and writes every resource of every group: cluster-admin under whatever name.
[[nodiscard]] bool controlsEverything(const access::ResolvedRole& role);

/// "ServiceAccount shop/web", "Group devs"
[[nodiscard]] std::string subjectText(const inventory::Subject& subject, std::string_view bindingNs);
/// "User jane, Group devs and 3 more"
[[nodiscard]] std::string subjectsText(
    const std::vector<const inventory::Subject*>& subjects, std::string_view bindingNs);
/// "ClusterRole edit", "Role shop/reader"
[[nodiscard]] std::string roleText(const access::ResolvedRole& role);
/// "in every namespace", "in namespace shop"
[[nodiscard]] std::string whereText(const access::ResolvedBinding& binding);
/// Adds role and subjects to what the finding relates to.
void relate(const CheckContext& context, const access::ResolvedBinding& binding, Details& details);
[[nodiscard]] Place roleRefPlace(const access::ResolvedBinding& binding);
/// "rule verbs=get,list groups="" resources=secrets": independent of order and position, for fingerprints.
[[nodiscard]] std::string ruleLocus(const access::Rule& rule);

} // namespace glacis::posture::rbac
