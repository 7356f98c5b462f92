// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One set of option classes that closes given ways, without a promise that it is a smallest one.
#pragma once

#include <attack/cut_graph.h>
#include <base/stop_token.h>

namespace glacis::attack {

/// Takes, again and again, the class that closes most ways; then the one that breaks the paths of most; then
/// the one of least effort; then the first. Classes that close equally many and no way in common are taken
/// together. At last drops what became superfluous, greatest effort first. All classes together must close
/// all ways. Empty when stopped.
[[nodiscard]] ClassSet greedySet(const Terrain& terrain, const std::vector<CutPart>& parts,
    const CutProblem& problem, const StopToken& stop);

} // namespace glacis::attack
