// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <clusters/cluster_services.h>

#include <QObject>

#include <atomic>
#include <map>
#include <memory>
#include <thread>

namespace glacis::ui {

/// Tests of connections, one a context at a time, on threads of their own; their last reports. The destructor
/// stops and waits.
class ConnectionTests : public QObject {
    Q_OBJECT
public:
    explicit ConnectionTests(const ClusterServices& services, QObject* parent = nullptr);
    ~ConnectionTests() override;

    /// Nothing when it is being tested already.
    void start(const std::string& key, const workspace::ContextRequest& request);
    void cancel(const std::string& key); ///< answers at once; steps that had not ended are said to be skipped
    [[nodiscard]] bool isRunning(const std::string& key) const;
    /// Of the last test or the one under way; nullptr: never tested in this run of the program.
    [[nodiscard]] const cluster::ConnectionReport* report(const std::string& key) const;

Q_SIGNALS:
    void changed(const std::string& key);

private:
    struct Test;
    const ClusterServices& m_services;
    std::map<std::string, std::unique_ptr<Test>> m_tests;
    std::vector<std::unique_ptr<Test>> m_gone; ///< cancelled, winding down
    void collect();
};

} // namespace glacis::ui
