// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace glacis::ui {

QWidget* makeTokenSample();
QWidget* makeTypeSample();
QWidget* makeGlyphSample();
QWidget* makeButtonSample();
QWidget* makeIconButtonSample();
QWidget* makeSegmentSample();
QWidget* makeChipSample();
QWidget* makeSeveritySample();
QWidget* makeKeySample();
QWidget* makeInputSample();

} // namespace glacis::ui
