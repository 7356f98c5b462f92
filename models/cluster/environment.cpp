// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "environment.h"

#include <QDir>
#include <QProcessEnvironment>

namespace glacis::cluster {

std::optional<std::string> Environment::variable(std::string_view name) const
{
    const auto found = variables.find(std::string(name));
    if (found == variables.end())
        return std::nullopt;
    return found->second;
}

Environment Environment::ofProcess()
{
    Environment result;
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    const QStringList names = system.keys();
    for (const QString& name : names)
        result.variables.emplace(name.toStdString(), system.value(name).toStdString());
    result.workingFolder = QDir::currentPath().toStdString();
    return result;
}

} // namespace glacis::cluster
