// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The score of a stage (MODEL section 3): each check weighs in with the logarithm of its failing objects, so
// that a hundred pods with one mistake do not drown the stage, and the hyperbola keeps a difference visible
// at the low end. Every step is monotone: taking a finding away can only raise the score.
#include <posture/posture.h>

#include <algorithm>
#include <cmath>

namespace glacis::posture {

namespace {
    double weight(Severity severity)
    {
        constexpr std::array<double, 5> weights { 0.0, 0.5, 2.0, 6.0, 15.0 }; // info … critical
        return weights[static_cast<std::size_t>(severity)];
    }

    int cap(Severity worst)
    {
        switch (worst) {
        case Severity::Critical:
            return 49;
        case Severity::High:
            return 74;
        default:
            return 100;
        }
    }
}

int stageScore(const std::vector<std::vector<Severity>>& failingObjectsByCheck)
{
    double total = 0;
    Severity worst = Severity::Info;
    for (const std::vector<Severity>& objects : failingObjectsByCheck) {
        double sum = 0; // multiples of one half: exact in any order
        for (const Severity severity : objects) {
            sum += weight(severity);
            worst = std::max(worst, severity);
        }
        total += std::log2(1.0 + sum);
    }
    const int score = static_cast<int>(std::lround(100.0 * 10.0 / (10.0 + total)));
    return std::min(score, cap(worst));
}

} // namespace glacis::posture
