// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A set of kubeconfigs as text for golden files: everything that was read and what each context comes to. Of
// credentials only the length.
#pragma once

#include <string>

#include <cluster/kubeconfig.h>

namespace glacis::test {

/// `root` is left out of all paths.
[[nodiscard]] std::string dump(const cluster::KubeconfigSet& set, const std::string& root);

} // namespace glacis::test
