// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app_folder.h"

#include <QStandardPaths>
#include <QString>

namespace glacis::cluster {

std::string approvalsFile()
{
    // Not AppConfigLocation: the command line has no application object that would name it.
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation).toStdString()
        + "/glacis/approved-plugins.json";
}

} // namespace glacis::cluster
