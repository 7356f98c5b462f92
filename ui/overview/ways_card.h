// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How many ways are open from the Internet, and the cheapest of them step by step in words.
#pragma once

#include <widgets/card.h>

#include <assessment/assessment.h>

namespace glacis::ui {

class WaysCard : public Card {
    Q_OBJECT
public:
    explicit WaysCard(QWidget* parent = nullptr);
    void show(const assessment::Assessment& assessment);
};

/// "21 ways open · 15 more possible"
[[nodiscard]] QString waysText(const attack::Search& search);

} // namespace glacis::ui
