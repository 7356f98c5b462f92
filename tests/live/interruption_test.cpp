// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a scan says when its server goes away in the middle, comes back, or when the person has enough.
// Whatever happens: a kind that counts as read is whole.
#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <set>

#include <QJsonArray>

#include <slowdown.h>
#include <test_main.h>

#include "documents.h"
#include "object_loader.h"
#include "product.h"

using namespace glacis;
using namespace glacis::inventory;
using namespace glacis::live;
using glacis::test::text;

class InterruptionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aServerThatStopsLeavesNoShortList();
    void aServerThatRestartsLeavesNoShortList();
    void aScanAfterARestartIsWhole();
    void aStoppedScanEndsAtOnce();

private:
    [[nodiscard]] Result<InventoryPtr> scan(
        const cluster::CollectOptions& options, const StopToken& stop = {}) const
    {
        return live::scan(*m_plane, m_user, options, stop);
    }
    [[nodiscard]] QString shortLists(const Inventory& inventory) const;
    std::unique_ptr<LiveControlPlane> m_plane;
    std::map<Kind, std::size_t> m_whole;
    QJsonObject m_user;
};

namespace {

std::size_t count(const Inventory& inventory, Kind kind)
{
    std::size_t n = 0;
    for (const Object& o : inventory.objects)
        n += o.kind == kind && !o.assumed ? 1 : 0;
    return n;
}

} // namespace

void InterruptionTest::initTestCase()
{
    if (const std::string why = LiveControlPlane::whyNot(); !why.empty())
        QSKIP(why.c_str());
    auto plane = LiveControlPlane::start({});
    QVERIFY2(plane, qPrintable(text(plane ? std::string() : plane.error().message)));
    m_plane = std::move(*plane);
    const LoadResult loaded = load(m_plane->admin(), practiceObjects({ "base", "votelab" }));
    QVERIFY2(loaded.refused.empty(), qPrintable(joined(loaded.refused)));
    m_user = certificateUser(m_plane->admin().certificate);
    const auto whole = scan({});
    QVERIFY2(whole, qPrintable(text(whole ? std::string() : whole.error().message)));
    for (const Kind kind : { Kind::Pod, Kind::Node, Kind::Namespace, Kind::Deployment, Kind::ReplicaSet,
             Kind::Service, Kind::ServiceAccount, Kind::ConfigMap, Kind::Secret, Kind::Role,
             Kind::ClusterRole, Kind::ClusterRoleBinding, Kind::NetworkPolicy, Kind::Ingress }) {
        QVERIFY((*whole)->coverage.isRead(kind));
        m_whole[kind] = count(**whole, kind);
    }
    QVERIFY(m_whole[Kind::Pod] > 50);
}

QString InterruptionTest::shortLists(const Inventory& inventory) const
{
    QString out;
    for (const auto& [kind, whole] : m_whole)
        if (inventory.coverage.isRead(kind) && count(inventory, kind) != whole)
            out += QStringLiteral("kind %1: %2 of %3\n")
                       .arg(static_cast<int>(kind))
                       .arg(count(inventory, kind))
                       .arg(whole);
    return out;
}

void InterruptionTest::aServerThatStopsLeavesNoShortList()
{
    cluster::CollectOptions options;
    options.pageSize = 5; // many requests, so that it happens in the midst of lists
    options.lists = 2;
    std::atomic<bool> stopped { false };
    options.progress = [&](const cluster::CollectProgress& progress) {
        if (progress.listsDone >= 3 && !stopped.exchange(true))
            m_plane->stop();
    };
    const auto scanned = scan(options);
    const auto back = m_plane->restart();
    QVERIFY2(back, qPrintable(text(back ? std::string() : back.error().message)));
    QVERIFY(stopped);
    if (scanned) {
        QCOMPARE(shortLists(**scanned), QString());
        std::size_t unread = 0;
        for (const auto& [kind, whole] : m_whole)
            unread += (*scanned)->coverage.isRead(kind) ? 0 : 1;
        QVERIFY(unread > 0);
        QVERIFY(!(*scanned)->diagnostics.empty());
    } else {
        QVERIFY(!scanned.error().message.empty());
    }
}

void InterruptionTest::aServerThatRestartsLeavesNoShortList()
{
    cluster::CollectOptions options;
    options.pageSize = 5;
    options.lists = 2;
    std::atomic<bool> midway { false };
    options.progress
        = [&](const cluster::CollectProgress& progress) { midway = midway || progress.listsDone >= 3; };
    // The server ends with the thread that started it: this one starts it again.
    auto scanning = std::async(std::launch::async, [&] { return scan(options); });
    while (!midway && scanning.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) { }
    const auto back = m_plane->restart();
    const auto scanned = scanning.get();
    QVERIFY(midway);
    QVERIFY2(back, qPrintable(text(back ? std::string() : back.error().message)));
    if (scanned)
        QCOMPARE(shortLists(**scanned), QString());
    else
        QVERIFY(!scanned.error().message.empty());
}

void InterruptionTest::aScanAfterARestartIsWhole()
{
    // The same client: its connections broke.
    const auto target = kubeconfig(*m_plane, { .user = m_user });
    QVERIFY(target);
    cluster::Transport transport;
    const auto client = cluster::openClient(transport, *target, approving());
    QVERIFY(client);
    QVERIFY(whoAmI(**client).failure == cluster::Failure::None);
    const auto back = m_plane->restart();
    QVERIFY2(back, qPrintable(text(back ? std::string() : back.error().message)));
    cluster::CollectOptions options;
    options.context = *target;
    const auto scanned = cluster::collect(**client, options, {});
    QVERIFY2(scanned, qPrintable(text(scanned ? std::string() : scanned.error().message)));
    QCOMPARE(shortLists(**scanned), QString());
    for (const auto& [kind, whole] : m_whole)
        QVERIFY((*scanned)->coverage.isRead(kind));
}

void InterruptionTest::aStoppedScanEndsAtOnce()
{
    using Clock = std::chrono::steady_clock;
    StopSource stop;
    cluster::CollectOptions options;
    options.pageSize = 1;
    Clock::time_point asked;
    options.progress = [&](const cluster::CollectProgress& progress) {
        if (progress.listsDone >= 2 && !stop.token().stopRequested()) {
            asked = Clock::now();
            stop.requestStop();
        }
    };
    const auto scanned = scan(options, stop.token());
    QVERIFY(!scanned);
    QCOMPARE(scanned.error().message, std::string("cancelled"));
    QVERIFY(Clock::now() - asked < std::chrono::seconds(1) * glacis::test::slowdown);
}

GLACIS_TEST(InterruptionTest)
#include "interruption_test.moc"
