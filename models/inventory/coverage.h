// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the source could tell: per kind whether it was read, and what a person or a probe observed beside it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <base/severity.h>
#include <base/str.h>
#include <inventory/kinds.h>

namespace glacis::inventory {

enum class Scope : std::uint8_t { Manifests, Cluster };
/// NotAsked: files hold no object and no empty list of it; a connection had no need of it. Forbidden: 403, in
/// all namespaces or in some of them: objects of the others may be there, absence is not known. Absent: the
/// server does not serve the kind. Failed: asked for, but no whole answer came.
enum class ReadState : std::uint8_t { NotAsked, Read, Forbidden, Absent, Failed };

struct KindCoverage {
    ReadState state = ReadState::NotAsked;
    std::string reason; ///< in words, when not Read
    std::string grant; ///< the RBAC rule that would show it: "get,list nodes"; empty for files
};

struct Coverage {
    std::array<KindCoverage, KindCount> kinds;
    [[nodiscard]] bool isRead(Kind kind) const
    {
        return kinds[static_cast<std::size_t>(kind)].state == ReadState::Read;
    }
    [[nodiscard]] const KindCoverage& of(Kind kind) const { return kinds[static_cast<std::size_t>(kind)]; }
};

struct Diagnostic {
    enum class Level : std::uint8_t { Info, Warning, Error };
    Level level = Level::Error;
    std::string file; ///< empty when it concerns no file
    std::uint32_t line = 0; ///< 1-based; 0 unknown
    std::uint32_t document = 0; ///< 1-based; 0 unknown
    std::string object; ///< "Deployment shop/web"; may be empty
    std::string message;
};
[[nodiscard]] std::string_view name(Diagnostic::Level level); ///< "info", "warning", "error"

// ---- observations (MODEL section 2): facts that no API object holds

struct DnsFact {
    std::string name;
    std::vector<std::string> addresses;
};
struct EndpointFact {
    std::string what, address;
    int port = 0;
    std::string target;
};
struct PortFact {
    std::string node;
    int port = 0;
    std::string from, state, service, tls;
};
struct HttpFact {
    std::string endpoint, path, from, credentials;
    int status = 0;
};
struct FilterFact {
    std::string node, chain;
    std::vector<int> ports;
    std::vector<std::string> allow;
};
struct ExploitableFact {
    std::string workload;
    int port = 0;
    std::string reason;
};
struct NetworkFact {
    std::string plugin;
    bool enforcesPolicy = false;
};
struct EtcdFact {
    bool encryptedAtRest = false;
    std::string how;
};
/// What a kubeconfig says about the client side; made on connecting, never by a facts file, and never with a
/// value of it.
struct KubeconfigFact {
    std::string file, context, user;
    std::string what; ///< id of a remark, "static-token"; "examined": the context was looked at
    std::string entry, field; ///< where: "user dev", "token"; may be empty
    std::string detail; ///< one sentence
    std::uint32_t line = 0; ///< 1-based; 0 unknown
};

template <class T> struct Observed {
    T fact;
    std::string source;
    std::string time; ///< RFC 3339
    Confidence confidence = Confidence::Stated;
};
struct Observations {
    std::vector<Observed<DnsFact>> dns;
    std::vector<Observed<EndpointFact>> endpoints;
    std::vector<Observed<PortFact>> ports;
    std::vector<Observed<HttpFact>> http;
    std::vector<Observed<FilterFact>> filters;
    std::vector<Observed<ExploitableFact>> exploitable;
    std::vector<Observed<NetworkFact>> network;
    std::vector<Observed<EtcdFact>> etcd;
    std::vector<Observed<KubeconfigFact>> kubeconfig;
    /// Nobody observed or stated anything of the cluster; the kubeconfig's facts do not count.
    [[nodiscard]] bool empty() const;
};

} // namespace glacis::inventory
