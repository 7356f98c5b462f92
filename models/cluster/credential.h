// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// With what a request identifies itself, and where that comes from. A CredentialSource belongs to one
// connection and may be asked by several threads at once: a tokenFile is read again every 60 s, an exec
// plugin runs once for all who wait (single flight), its answer is kept until it expires or the server says
// 401.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/credential_provider.h>
#include <cluster/exec_plugin.h>
#include <cluster/kubeconfig.h>
#include <cluster/wiped.h>

namespace glacis::cluster {

class CredentialSource final : public CredentialProvider {
public:
    /// Nothing is read or run before the first current().
    CredentialSource(ContextTarget target, ExecOptions exec);
    ~CredentialSource() override;

    /// May read files and run the exec plugin; blocking. Fails with the sentence to show, and with
    /// "cancelled".
    [[nodiscard]] Result<CredentialPtr> current(const StopToken& stop) override;
    /// The server answered 401 to this credential. True when asking again may give another one (a plugin to
    /// run again, a file to read again): the caller then repeats its request once. False for what cannot
    /// change, and after two plugin runs in a row that ended in 401.
    [[nodiscard]] bool rejected(const Credential& credential) override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::cluster
