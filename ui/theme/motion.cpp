// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/motion.h>

#include <QApplication>
#include <QVariant>

namespace glacis::ui {
namespace {

    constexpr const char* property = "glacisMotionReduced"; ///< of the application: it ends with it

}

bool motionReduced()
{
    if (!qApp)
        return true;
#ifdef Q_OS_WIN
    // Elsewhere Qt answers for menus and tool tips of its own, not for what the person asked of the desktop.
    if (!QApplication::isEffectEnabled(Qt::UI_General))
        return true;
#endif
    return qApp->property(property).toBool();
}

void setMotionReduced(bool reduced) { qApp->setProperty(property, reduced); }

} // namespace glacis::ui
