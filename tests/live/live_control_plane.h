// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A real Kubernetes API server and its etcd, on free ports of 127.0.0.1, with certificates of their own, in a
// temporary folder; no controllers, no kubelet, no network. Pods stay as they were written.
//
//     if (const std::string why = LiveControlPlane::whyNot(); !why.empty()) QSKIP(why.c_str());
//     auto plane = LiveControlPlane::start({});
//     AdminClient admin((*plane)->admin());
//
// The programs come from KUBEBUILDER_ASSETS, else the API server from the cache that
// packaging/controlplane.sh fills and etcd from PATH.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <QTemporaryDir>

#include <base/result.h>

#include "admin_client.h"
#include "audit_log.h"
#include "child_process.h"
#include <certificates.h>

namespace glacis::live {

enum class Anonymous { Off, On };

struct StaticToken {
    std::string token, user;
    std::vector<std::string> groups {};
};

struct LiveControlPlaneOptions {
    Anonymous anonymous = Anonymous::On;
    std::vector<StaticToken> tokens {};
    /// Of the API server's own certificate.
    test::CertificateWish serving { .commonName = "kube-apiserver",
        .names = { "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "127.0.0.1",
            "10.96.0.1" } };
};

class LiveControlPlane {
public:
    /// Why there can be none here; empty: there can.
    [[nodiscard]] static std::string whyNot();
    /// Blocking until /readyz says ok. A failure carries the end of the logs.
    [[nodiscard]] static Result<std::unique_ptr<LiveControlPlane>> start(LiveControlPlaneOptions options);
    ~LiveControlPlane();
    LiveControlPlane(const LiveControlPlane&) = delete;
    LiveControlPlane& operator=(const LiveControlPlane&) = delete;

    [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] const test::Authority& authority() const { return m_authority; }
    [[nodiscard]] std::string folder() const { return m_folder.path().toStdString(); }

    /// As a member of system:masters.
    [[nodiscard]] AdminAccess admin() const;
    /// As somebody whom the authority's certificate names.
    [[nodiscard]] AdminAccess as(const std::string& user, const std::vector<std::string>& groups = {}) const;
    [[nodiscard]] AdminAccess withToken(const std::string& token) const;
    [[nodiscard]] AdminAccess nobody() const;

    /// The API server alone; etcd goes on. stop() is sudden.
    void stop();
    [[nodiscard]] Result<void> restart();

    [[nodiscard]] std::vector<AuditLine> audited() const { return readAuditLog(file("audit.log")); }
    /// Last lines of both logs.
    [[nodiscard]] std::string logs() const;
    void keepFolder() { m_folder.setAutoRemove(false); }

private:
    LiveControlPlane(LiveControlPlaneOptions options, std::string apiServer, std::string etcd);
    [[nodiscard]] std::string file(const std::string& name) const { return folder() + '/' + name; }
    void write(const std::string& name, const std::string& text) const;
    void writeFiles() const;
    [[nodiscard]] Result<void> startEtcd();
    [[nodiscard]] Result<void> startApiServer();
    [[nodiscard]] std::vector<std::string> apiServerLine() const;

    LiveControlPlaneOptions m_options;
    std::string m_apiServerProgram, m_etcdProgram;
    QTemporaryDir m_folder;
    test::Authority m_authority { "live test authority" };
    test::Identity m_adminPair;
    std::uint16_t m_port = 0, m_etcdPort = 0, m_peerPort = 0;
    ChildProcess m_etcd, m_apiServer; // ended in reverse order
};

} // namespace glacis::live
