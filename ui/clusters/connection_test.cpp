// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/connection_test.h>

#include <QCoreApplication>

#include <system_error>

namespace glacis::ui {

using State = cluster::TestStep::State;

struct ConnectionTests::Test {
    StopSource stop;
    std::thread thread;
    std::atomic<bool> done { false };
    bool running = false;
    cluster::ConnectionReport report;
};

ConnectionTests::ConnectionTests(const ClusterServices& services, QObject* parent)
    : QObject(parent)
    , m_services(services)
{
}

ConnectionTests::~ConnectionTests()
{
    for (const auto& [key, test] : m_tests)
        test->stop.requestStop();
    for (const auto& [key, test] : m_tests)
        if (test->thread.joinable())
            test->thread.join();
    for (const auto& test : m_gone)
        if (test->thread.joinable())
            test->thread.join();
}

bool ConnectionTests::isRunning(const std::string& key) const
{
    const auto it = m_tests.find(key);
    return it != m_tests.end() && it->second->running;
}

const cluster::ConnectionReport* ConnectionTests::report(const std::string& key) const
{
    const auto it = m_tests.find(key);
    return it == m_tests.end() ? nullptr : &it->second->report;
}

void ConnectionTests::collect()
{
    std::erase_if(m_gone, [](const std::unique_ptr<Test>& test) {
        if (!test->done)
            return false;
        if (test->thread.joinable())
            test->thread.join();
        return true;
    });
}

void ConnectionTests::start(const std::string& key, const workspace::ContextRequest& request)
{
    collect();
    if (!m_services.testConnection || isRunning(key))
        return;
    std::unique_ptr<Test>& slot = m_tests[key];
    if (slot)
        m_gone.push_back(std::move(slot));
    slot = std::make_unique<Test>();
    Test* test = slot.get();
    test->running = true;
    if (m_services.testSteps)
        test->report.steps = m_services.testSteps();
    const auto deliver = [this, key, test](const cluster::ConnectionReport& report, bool ended) {
        QMetaObject::invokeMethod(
            this,
            [this, key, test, report, ended] {
                const auto it = m_tests.find(key);
                if (it == m_tests.end() || it->second.get() != test || !test->running)
                    return; // cancelled, or tested anew
                test->report = report;
                test->running = !ended;
                Q_EMIT changed(key);
            },
            Qt::QueuedConnection);
    };
    const auto run = [test, request, deliver, work = m_services.testConnection] {
        const cluster::ConnectionReport report = work(request, test->stop.token(),
            [&deliver](const cluster::ConnectionReport& so_far) { deliver(so_far, false); });
        deliver(report, true);
        test->done = true;
    };
    try {
        test->thread = std::thread(run);
    } catch (const std::system_error& error) {
        test->running = false;
        test->done = true;
        if (!test->report.steps.empty()) {
            test->report.steps.front().state = State::Failed;
            test->report.steps.front().result = std::string("No thread could be started: ") + error.what();
        }
    }
    Q_EMIT changed(key);
}

void ConnectionTests::cancel(const std::string& key)
{
    if (!isRunning(key))
        return;
    Test& test = *m_tests[key];
    test.stop.requestStop();
    test.running = false;
    for (cluster::TestStep& step : test.report.steps)
        if (step.state == State::Running || step.state == State::Waiting) {
            if (step.state == State::Running)
                step.result = QCoreApplication::translate("ConnectionTests", "Cancelled.").toStdString();
            step.state = State::Skipped;
        }
    Q_EMIT changed(key);
}

} // namespace glacis::ui
