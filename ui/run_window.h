// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window's entrance, for main(). Makes the application object itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <inventory/coverage.h>

namespace glacis::ui {

struct WindowOptions {
    std::vector<std::string> paths; ///< opened at start; with no source at all the first practice cluster is
    std::string snapshot;
    std::string practice; ///< name of a practice cluster
    std::string context; ///< of a kubeconfig; empty with kubeconfigs: the current one
    std::vector<std::string> kubeconfigs; ///< instead of KUBECONFIG and ~/.kube/config
    bool empty = false; ///< opens nothing instead
    std::vector<std::string> facts;
    std::string policy;
    std::optional<inventory::Scope> scope;
    std::string theme; ///< "dark", "light", "system"; empty: as remembered
    std::string page; ///< "overview", "findings"; empty: as remembered
    std::string screenshot; ///< PNG to write once the source is shown; then the program ends
    std::string at; ///< filter of the page; text that begins with node:, way: or edge: selects that
    std::optional<std::string> palette; ///< opens the palette with this text
    unsigned tour = 0; ///< opens the tour at this step, from 1; 0: only at the first start
    bool rtl = false; ///< mirrors the window
    bool gallery = false; ///< shows every widget in every state instead
    int width = 0, height = 0; ///< logical pixels; 0: as remembered
    double scale = 0; ///< 2 for 200 %; 0: the system's
};

/// The exit code: 0; 1 when the screenshot shows a source that could not be opened; 2 when there is no
/// display or the picture cannot be written.
int runWindow(int& argc, char** argv, const WindowOptions& options);

} // namespace glacis::ui
