// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <test_main.h>

#include <network/addresses.h>
#include <network/exposure.h>

using namespace glacis;
using namespace glacis::network;

class AddressesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void publicAddressesAreGloballyRoutable_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isPublic");
        const auto row = [](const char* address, bool isPublic) {
            QTest::newRow(address) << QString::fromUtf8(address) << isPublic;
        };
        row("104.21.63.124", true);
        row("8.8.8.8", true);
        row("172.15.255.255", true);
        row("172.32.0.1", true);
        row("100.63.255.255", true);
        row("192.0.1.1", true);
        row("198.20.0.1", true);
        row("10.0.0.1", false);
        row("172.16.0.1", false);
        row("172.31.255.255", false);
        row("192.168.1.1", false);
        row("100.64.0.1", false);
        row("100.127.255.255", false);
        row("169.254.169.254", false);
        row("127.0.0.1", false);
        row("0.0.0.0", false);
        row("192.0.2.5", false);
        row("198.51.100.7", false);
        row("203.0.113.9", false);
        row("198.19.255.255", false);
        row("224.0.0.1", false);
        row("255.255.255.255", false);
        row("2606:4700::6815:3f7c", true);
        row("2001:4860:4860::8888", true);
        row("::ffff:104.21.63.124", true);
        row("::ffff:10.0.0.1", false);
        row("64:ff9b::8.8.8.8", true);
        row("64:ff9b::10.0.0.1", false);
        row("2002:0808:0808::1", true);
        row("2002:0a00:0001::1", false);
        row("::1", false);
        row("::", false);
        row("fe80::1%eth0", false);
        row("fd00::1", false);
        row("fec0::1", false);
        row("ff02::1", false);
        row("2001:db8::1", false);
        row("3fff::1", false);
        row("2001::1", false);
        row("vote.com", false);
        row("", false);
        row("1.2.3", false);
        row("1.2.3.4.5", false);
        row("256.1.1.1", false);
        row("08.8.8.8", false);
        row("8.8.8.8 ", false);
        row(":::", false);
        row("1:2:3:4:5:6:7", false);
        row("2606:4700:0:0:0:0:0:1:2", false);
        row("2606::1::2", false);
        row("2606:47000::1", false);
        row("2606:4700:", false);
        row(":2606::1", false);
    }
    void publicAddressesAreGloballyRoutable()
    {
        QFETCH(QString, address);
        QFETCH(bool, isPublic);
        QCOMPARE(isPublicAddress(address.toStdString()), isPublic);
    }

    void equalAddressesHaveManySpellings()
    {
        QCOMPARE(parseIp("2001:DB8:0:0:0:0:0:1")->bytes, parseIp("2001:db8::1")->bytes);
        QCOMPARE(parseIp("1::")->bytes, parseIp("1:0:0:0:0:0:0:0")->bytes);
        QCOMPARE(parseIp("::ffff:1.2.3.4")->bytes, parseIp("1.2.3.4")->bytes);
        QVERIFY(!parseIp(std::string(100000, ':')));
    }

    void wholeInternetHasManySpellings_data()
    {
        QTest::addColumn<QString>("cidr");
        QTest::addColumn<bool>("whole");
        const auto row
            = [](const char* cidr, bool whole) { QTest::newRow(cidr) << QString::fromUtf8(cidr) << whole; };
        row("0.0.0.0/0", true);
        row(" 0.0.0.0/0 ", true);
        row("10.1.2.3/0", true);
        row("::/0", true);
        row("0:0:0:0:0:0:0:0/0", true);
        row("::0/0", true);
        row("::ffff:0:0/96", true);
        row("::ffff:0.0.0.0/96", true);
        row("0.0.0.0/1", false);
        row("0.0.0.0", false);
        row("0.0.0.0/", false);
        row("0.0.0.0/33", false);
        row("0.0.0.0/-0", false);
        row("10.0.0.0/8", false);
        row("2000::/3", false);
        row("/0", false);
        row("", false);
    }
    void wholeInternetHasManySpellings()
    {
        QFETCH(QString, cidr);
        QFETCH(bool, whole);
        QCOMPARE(isWholeInternet(cidr.toStdString()), whole);
    }

    void twoHalvesAreTheWholeInternet()
    {
        StringPool pool;
        const auto covers = [&](std::initializer_list<const char*> list) {
            std::vector<Str> ranges;
            for (const char* text : list)
                ranges.push_back(pool.intern(text));
            return coverWholeInternet(ranges);
        };
        QVERIFY(covers({ "0.0.0.0/1", "128.0.0.0/1" }));
        QVERIFY(covers({ "8000::/1", "::/1" }));
        QVERIFY(covers({ "10.0.0.0/8", "0.0.0.0/0" }));
        QVERIFY(!covers({ "0.0.0.0/1", "8000::/1" }));
        QVERIFY(!covers({ "10.0.0.0/8" }));
        QVERIFY(!covers({}));
    }

    void urlsGiveHostAndPort_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        const auto row = [](const char* url, const char* host, int port) {
            QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(host) << port;
        };
        row("https://vote.com", "vote.com", 443);
        row("http://vote.com/path?x=1", "vote.com", 80);
        row("https://104.21.63.124:6443", "104.21.63.124", 6443);
        row("https://[2606:4700::1]:6443/api", "2606:4700::1", 6443);
        row("https://user:pass@api.vote.com:8443", "api.vote.com", 8443);
        row("tcp://worker-1:2375", "worker-1", 2375);
        row("unix:///var/run/docker.sock", "", 0);
        row("vote.com:443", "", 0);
        row("https://", "", 0);
        row("https://x:99999", "x", 443);
        row("https://[::1", "", 0);
    }
    void urlsGiveHostAndPort()
    {
        QFETCH(QString, url);
        QFETCH(QString, host);
        QFETCH(int, port);
        const UrlParts parts = parseUrl(url.toStdString());
        QCOMPARE(test::text(parts.host), host);
        QCOMPARE(parts.port, port);
    }

    void namesOfPrivateZonesAreInternal()
    {
        for (const char* name : { "localhost", "node-1", "db.svc.cluster.local", "x.internal", "GW.LAN.",
                 "internal-shop-1.eu-west-1.elb.amazonaws.com" })
            QVERIFY2(isInternalHostName(name), name);
        for (const char* name : { "vote.com", "shop-1.elb.eu-west-1.amazonaws.com", "internal.vote.com" })
            QVERIFY2(!isInternalHostName(name), name);
    }
};
GLACIS_TEST(AddressesTest)
#include "addresses_test.moc"
