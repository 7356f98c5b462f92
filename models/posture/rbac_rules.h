// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a rule lets its holder do that matters to an attacker. By meaning, not by spelling: a star counts as
// what it allows, a list of names as those names, dead text ("pods/*", an empty list) as nothing.
#pragma once

#include <posture/rbac_walk.h>

namespace glacis::posture::rbac {

[[nodiscard]] std::optional<Judgement> judgeWildcards(
    const access::Rule& rule, Reach reach, const access::Access& access);
[[nodiscard]] std::optional<Judgement> judgeReadSecrets(
    const access::Rule& rule, Reach reach, const access::Access& access);
[[nodiscard]] std::optional<Judgement> judgeChangeWorkloads(
    const access::Rule& rule, Reach reach, const access::Access& access);
[[nodiscard]] std::optional<Judgement> judgeRunInPods(
    const access::Rule& rule, Reach reach, const access::Access& access);
[[nodiscard]] std::optional<Judgement> judgeBindOrEscalate(
    const access::Rule& rule, Reach reach, const access::Access& access);
[[nodiscard]] std::optional<Judgement> judgeImpersonate(
    const access::Rule& rule, Reach reach, const access::Access& access);

/// What Kubernetes lets everybody do: discovery, health, version, issuer keys, questions about oneself.
[[nodiscard]] bool isDiscoveryOnly(const access::Rule& rule);
/// Health and version, what the shipped system:public-info-viewer allows without any credential.
[[nodiscard]] bool isPublicInfoOnly(const access::Rule& rule);

} // namespace glacis::posture::rbac
