// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/path_picture.h>

#include <theme/type.h>

#include <QPainter>

namespace glacis::ui {

PathPicture::PathPicture(QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
}

void PathPicture::show(const assessment::AssessmentPtr&) { update(); }

QSize PathPicture::sizeHint() const { return { scaled(640), scaled(170) }; }

QSize PathPicture::minimumSizeHint() const { return { scaled(280), scaled(120) }; }

void PathPicture::paintEvent(QPaintEvent*) { QPainter painter(this); }

} // namespace glacis::ui
