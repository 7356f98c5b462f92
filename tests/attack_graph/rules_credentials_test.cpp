// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Credentials of stores: where they stand, who holds them, what one jewel gives with it.
#include "objects.h"

namespace glacis::test {
namespace {
    using attack::EdgeKind;

    const std::string Node = PoliciesRead + node("worker-1");
    const std::string Password = "{name: DB_PASSWORD, value: kV9x-7Qm2-rT4w}";

    std::string env(const std::string& variables) { return "env: [" + variables + "]"; }
    std::string web(const std::string& spec) { return Node + pod("shop/web", spec); }
}

class RulesCredentialsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void literals_data();
    void literals() { verifyEdge(); }
    void fromSecrets_data();
    void fromSecrets() { verifyEdge(); }
    void jewels_data();
    void jewels() { verifyEdge(); }
    void ownCredentialIsNoWayOfItsOwn();
    void oneValueInTwoPlacesIsMovedOnce();
    void whatIsNotKnownIsPossible();
};

void RulesCredentialsTest::literals_data()
{
    edgeColumns();
    const std::string edge = "CRED_IN_ENV|own/shop/Pod/web|cred/shop/Pod/web/app/DB_PASSWORD";
    const std::string held = "CRED_IN_ENV|held/shop/Pod/web|cred/shop/Pod/web/app/DB_PASSWORD";
    expect("in the environment", web(containers(env(Password))), edge, "residual", "");
    expect("for root on the node it is loot", web(containers(env(Password))), held, "certain", "");
    expect("from a Secret",
        web(containers(env("{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: p}}}"))), edge, "");
    expect("empty", web(containers(env("{name: DB_PASSWORD, value: ''}"))), edge, "");
    expect("name of a file", web(containers(env("{name: DB_PASSWORD_FILE, value: /run/secrets/db}"))),
        "CRED_IN_ENV|own/shop/Pod/web|cred/shop/Pod/web/app/DB_PASSWORD_FILE", "");
    expect("credential of something else",
        web(containers(env("{name: SMTP_PASSWORD, value: kV9x-7Qm2-rT4w}"))),
        "CRED_IN_ENV|own/shop/Pod/web|cred/shop/Pod/web/app/SMTP_PASSWORD", "");
    expect("setting of the store", web(containers(env("{name: DB_HOST, value: db.bank}"))),
        "CRED_IN_ENV|own/shop/Pod/web|cred/shop/Pod/web/app/DB_HOST", "");
    expect("in a URL",
        web(containers(env("{name: TARGET, value: 'postgres://shop:kV9x-7Qm2@db.bank:5432/shop'}"))),
        "CRED_IN_ENV|own/shop/Pod/web|cred/shop/Pod/web/app/TARGET", "residual");
    expect("URL without a password",
        web(containers(env("{name: TARGET, value: 'postgres://db.bank:5432/shop'}"))),
        "CRED_IN_ENV|own/shop/Pod/web|cred/shop/Pod/web/app/TARGET", "");
    expect("URL of no store",
        web(containers(env("{name: TARGET, value: 'https://shop:kV9x-7Qm2@git.example.com/shop'}"))),
        "CRED_IN_ENV|own/shop/Pod/web|cred/shop/Pod/web/app/TARGET", "");
    expect("any password of a store itself",
        web(containers(env("{name: ROOT_PASSWORD, value: kV9x-7Qm2-rT4w}"), "mysql:8")),
        "CRED_IN_ENV|own/shop/Pod/web|cred/shop/Pod/web/app/ROOT_PASSWORD", "residual");

    const std::string init = "initContainers: [{name: migrate, image: m, " + env(Password);
    const std::string migrate = "|cred/shop/Pod/web/migrate/DB_PASSWORD";
    expect("init container", web(init + "}], " + containers()), "CRED_IN_ENV|own/shop/Pod/web" + migrate,
        "possible");
    expect("sidecar", web(init + ", restartPolicy: Always}], " + containers()),
        "CRED_IN_ENV|own/shop/Pod/web" + migrate, "residual");
    expect("the node keeps an init container's", web(init + "}], " + containers()),
        "CRED_IN_ENV|held/shop/Pod/web" + migrate, "certain");
    expect("nobody takes over what does not run",
        Node + controller("Deployment", "shop/web", containers(env(Password)), ", replicas: 0"),
        "CRED_IN_ENV|own/shop/Deployment/web|cred/shop/Deployment/web/app/DB_PASSWORD", "");
    expect("completed", Node + pod("shop/web", containers(env(Password)), "worker-1", "Succeeded"), edge, "");
}

void RulesCredentialsTest::fromSecrets_data()
{
    edgeColumns();
    const std::string edge = "CRED_FROM_SECRET|own/shop/Pod/web|secret/shop/orders-postgres";
    const std::string held = "CRED_FROM_SECRET|held/shop/Pod/web|secret/shop/orders-postgres";
    const std::string key
        = env("{name: PGPASSWORD, valueFrom: {secretKeyRef: {name: orders-postgres, key: p}}}");
    const std::string volume = "volumes: [{name: v, secret: {secretName: orders-postgres}}], ";
    const std::string mount = "volumeMounts: [{name: v, mountPath: /etc/orders}]";
    expect("by key", web(containers(key)), edge, "residual", "");
    expect("for root on the node it is loot", web(containers(key)), held, "certain", "");
    expect(
        "by envFrom", web(containers("envFrom: [{secretRef: {name: orders-postgres}}]")), edge, "residual");
    expect("by volume", web(volume + containers(mount)), edge, "residual");
    expect("by projected volume",
        web("volumes: [{name: v, projected: {sources: [{secret: {name: orders-postgres}}]}}], "
            + containers(mount)),
        edge, "residual");
    expect("volume that nobody mounts", web(volume + containers()), edge, "");
    expect("by ConfigMap", web(containers("envFrom: [{configMapRef: {name: orders-postgres}}]")), edge, "");
    expect("init container", web("initContainers: [{name: i, image: i, " + key + "}], " + containers()), edge,
        "possible");
    expect("a Secret that speaks of no store", web(containers("envFrom: [{secretRef: {name: mail}}]")),
        "CRED_FROM_SECRET|own/shop/Pod/web|secret/shop/mail", "");
    expect("named by the variable",
        web(containers(env("{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: mail, key: p}}}"))),
        "CRED_FROM_SECRET|own/shop/Pod/web|secret/shop/mail", "residual");
    expect("used by the store itself", web(containers("envFrom: [{secretRef: {name: mail}}]", "postgres:15")),
        "CRED_FROM_SECRET|own/shop/Pod/web|secret/shop/mail", "residual");
    expect("pull Secrets", web("imagePullSecrets: [{name: orders-postgres}], " + containers()), edge, "");
    expect("scaled to 0", Node + controller("Deployment", "shop/web", containers(key), ", replicas: 0"),
        "CRED_FROM_SECRET|own/shop/Deployment/web|secret/shop/orders-postgres", "");
}

void RulesCredentialsTest::jewels_data()
{
    edgeColumns();
    const std::string literal = web(containers(env(Password)));
    const std::string used = web(containers("envFrom: [{secretRef: {name: orders-postgres}}]"));
    const std::string stores = "|jewel/datastore-credentials";
    expect("a literal", literal, "STRUCTURE|cred/shop/Pod/web/app/DB_PASSWORD" + stores, "certain");
    expect("a Secret", used, "STRUCTURE|secret/shop/orders-postgres" + stores, "certain");
    expect("a Secret that nobody uses", secret("shop/orders-postgres") + Node,
        "STRUCTURE|secret/shop/orders-postgres" + stores, "");
    expect("all Secrets", used, "STRUCTURE|jewel/all-secrets" + stores, "certain");
    for (const char* jewel : { "all-secrets", "etcd", "datastore-credentials" })
        expect(std::string("cluster-admin: ") + jewel, used,
            std::string("STRUCTURE|jewel/cluster-admin|jewel/") + jewel, "certain", "");
    expect("no store, no credentials", web(containers()), "STRUCTURE|jewel/cluster-admin" + stores, "");
    expect(
        "no node of the control plane", used, "STRUCTURE|jewel/cluster-admin|jewel/control-plane-node", "");
    expect("a node of the control plane", used + node("cp-1", {}, ControlPlaneLabel),
        "STRUCTURE|jewel/cluster-admin|jewel/control-plane-node", "certain");
}

// Whoever takes the application over has what it works with: no setting takes that away.
void RulesCredentialsTest::ownCredentialIsNoWayOfItsOwn()
{
    const std::string balancer
        = service("shop/web", "type: LoadBalancer, ports: [{port: 80, targetPort: 8080}]",
            "loadBalancer: {ingress: [{ip: 8.8.4.4}]}");
    const Drawn drawn
        = drawnOf(web(containers("ports: [{containerPort: 8080}], " + env(Password))) + balancer,
            "exploitable: [{workload: shop/Pod/web, port: 8080, reason: old}]");
    const attack::Search search(drawn.graph, drawn.graph.find("internet"));
    QCOMPARE(search.count(attack::WayClass::Certain), 0U);
    QCOMPARE(search.count(attack::WayClass::Residual), 1U);
}

void RulesCredentialsTest::oneValueInTwoPlacesIsMovedOnce()
{
    const Drawn drawn = drawnOf(web(containers(env(Password)))
        + pod("bank/db", containers(env(Password), "postgres:15")) + runner("", rule("''", "pods", "list")));
    const std::vector<std::string> first
        = drawn.breaks("STRUCTURE|scope/read-pods/*|cred/shop/Pod/web/app/DB_PASSWORD");
    const std::vector<std::string> second
        = drawn.breaks("STRUCTURE|scope/read-pods/*|cred/bank/Pod/db/app/DB_PASSWORD");
    QCOMPARE(first.size(), std::size_t { 1 });
    QVERIFY(first == second);
    QVERIFY(first.front().starts_with("M11@"));
}

// From nothing but workloads and bindings: what decides could not be read, so nothing is certain and nothing
// closed.
void RulesCredentialsTest::whatIsNotKnownIsPossible()
{
    const Drawn drawn = drawnOf(pod("shop/web", containers("ports: [{containerPort: 8080}]"), {}, "Pending")
        + service("shop/web", "type: LoadBalancer, ports: [{port: 80, targetPort: 8080}]")
        + runner("shop", rule("''", "pods/exec", "get") + ", " + rule("''", "pods", "create"))
        + binding("anyone", "ClusterRole/cluster-admin", group("system:unauthenticated")));
    for (const char* edge :
        { "EXPOSED_SERVICE|internet|reach/shop/Pod/web", "APP_EXPLOIT|reach/shop/Pod/web|own/shop/Pod/web",
            "STRUCTURE|net/pods|reach/shop/Pod/web", "API_PUBLIC|internet|endpoint/apiserver",
            "API_ANONYMOUS|endpoint/apiserver|group/system:unauthenticated",
            "ETCD_AT_REST|jewel/etcd|jewel/all-secrets", "POD_EXEC|sa/ci/runner|scope/exec/shop",
            "STRUCTURE|scope/create-pods/shop|scope/run-on-nodes/*" })
        QCOMPARE(text(std::string(edge) + " " + drawn.kindOf(edge)), text(std::string(edge) + " possible"));
    const attack::Search search(drawn.graph, drawn.graph.find("internet"));
    QCOMPARE(search.count(attack::WayClass::Certain), 0U);
    QVERIFY(search.count(attack::WayClass::Possible) > 0);
}

GLACIS_TEST(RulesCredentialsTest)

} // namespace glacis::test

#include "rules_credentials_test.moc"
