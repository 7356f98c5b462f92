// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Does a server keep what the assessment needs? What it lists, fetched as kubectl would and imported as a
// file, is assessed like the files that were loaded. So a difference in a scan over the network is the
// client's.
#include <fstream>

#include <QTemporaryDir>

#include <inventory/import.h>
#include <inventory/practice.h>
#include <resources/embedded.h>
#include <test_main.h>

#include "comparison.h"
#include "documents.h"
#include "live_control_plane.h"
#include "object_loader.h"

using namespace glacis;
using namespace glacis::live;
using glacis::test::text;

class StoredTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theStoredVotelabIsAssessedLikeItsFiles();
};

namespace {

constexpr const char* lists[] = { "/api/v1/nodes", "/api/v1/namespaces", "/api/v1/pods", "/api/v1/services",
    "/api/v1/serviceaccounts", "/api/v1/configmaps", "/api/v1/secrets", "/api/v1/persistentvolumes",
    "/api/v1/persistentvolumeclaims", "/api/v1/resourcequotas", "/apis/apps/v1/deployments",
    "/apis/apps/v1/replicasets", "/apis/apps/v1/daemonsets", "/apis/apps/v1/statefulsets",
    "/apis/batch/v1/jobs", "/apis/batch/v1/cronjobs", "/apis/networking.k8s.io/v1/ingresses",
    "/apis/networking.k8s.io/v1/ingressclasses", "/apis/networking.k8s.io/v1/networkpolicies",
    "/apis/discovery.k8s.io/v1/endpointslices", "/apis/rbac.authorization.k8s.io/v1/roles",
    "/apis/rbac.authorization.k8s.io/v1/rolebindings", "/apis/rbac.authorization.k8s.io/v1/clusterroles",
    "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
    "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
    "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
    "/apis/cert-manager.io/v1/certificates", "/apis/cert-manager.io/v1/clusterissuers",
    "/apis/crd.projectcalico.org/v1/ippools" };

void save(const std::string& file, std::string_view content)
{
    std::ofstream(file, std::ios::binary) << content;
}

std::string_view facts(std::string_view name)
{
    for (const resources::File& file : resources::practice())
        if (file.name == name)
            return file.text;
    qFatal("there is no such file");
}

QString lines(const std::vector<std::string>& all)
{
    QString out;
    for (const std::string& line : all)
        out += text(line) + QLatin1Char('\n');
    return out;
}

} // namespace

void StoredTest::theStoredVotelabIsAssessedLikeItsFiles()
{
    if (const std::string why = LiveControlPlane::whyNot(); !why.empty())
        QSKIP(why.c_str());
    auto plane = LiveControlPlane::start({});
    QVERIFY2(plane, qPrintable(text(plane ? std::string() : plane.error().message)));
    const LoadResult loaded = load((*plane)->admin(), practiceObjects({ "base", "votelab" }));
    QVERIFY2(loaded.refused.empty(), qPrintable(lines(loaded.refused)));

    QTemporaryDir folder;
    const std::string root = folder.path().toStdString();
    AdminClient admin((*plane)->admin());
    int number = 0;
    for (const char* list : lists) {
        const Answer answer = admin.get(list);
        QVERIFY2(answer.ok(), list);
        save(root + '/' + std::to_string(100 + number++) + ".json", answer.body);
    }
    save(root + "/facts", facts("votelab.facts.yaml"));
    inventory::ImportOptions options;
    options.scope = inventory::Scope::Cluster;
    options.factsFiles = { root + "/facts" };
    auto stored = inventory::importPaths({ root }, options);
    QVERIFY(stored);
    auto written = inventory::loadPractice("votelab", {});
    QVERIFY(written);

    const auto a = assessed(*written), b = assessed(*stored);
    const Difference findings = difference(findingLines(*a), findingLines(*b), serversOwn());
    const Difference ways = difference(wayLines(*a), wayLines(*b), {});
    QVERIFY(!wayLines(*a).empty());
    QVERIFY2(ways.lines.empty(), qPrintable(lines(ways.lines)));
    QVERIFY2(findings.lines.empty(), qPrintable(lines(findings.lines)));
    QVERIFY2(findings.unused.empty(), qPrintable(lines(findings.unused)));
}

GLACIS_TEST(StoredTest)
#include "stored_test.moc"
