// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The system's certificate authorities, for servers whose kubeconfig names none.
#pragma once

#include <memory>
#include <string>

namespace glacis::cluster {

/// The bundle of this distribution (looked for once; an AppImage's own would grow stale); empty where the
/// system's own store is asked instead (Windows, macOS) or none was found.
[[nodiscard]] const std::string& systemBundle();

/// That bundle's text and `extraPem` behind it, or `extraPem` alone; kept until another is asked for. Any
/// thread.
[[nodiscard]] std::shared_ptr<const std::string> bundleWith(const std::string& extraPem);

} // namespace glacis::cluster
