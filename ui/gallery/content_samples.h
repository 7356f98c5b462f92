// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace glacis::ui {

QWidget* makeRingSample();
QWidget* makeLabelSample();
QWidget* makeSectionSample();
QWidget* makeCardSample();
QWidget* makeBannerSample();
QWidget* makeEmptySample();
QWidget* makeSkeletonSample();
QWidget* makeCodeSample();
QWidget* makeTableSample();
QWidget* makeTabSample();
QWidget* makeProgressSample();
QWidget* makeNavigationSample();

} // namespace glacis::ui
