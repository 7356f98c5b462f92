// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Contexts of all files in one table: nothing hides another, and no secret is in it.
#include "made_assessment.h"
#include "made_clusters.h"
#include "test_main.h"

#include <clusters/context_model.h>
#include <shell/settings.h>
#include <workspace/workspace.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using Column = ContextModel::Column;
using RowKind = ContextModel::RowKind;

class ContextModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void showsEveryContextAndBrokenFilesFirst();
    void searchesInEveryWord();
    void favouritesComeFirstInEveryOrder();
    void groupsByGroupAndFile();
    void certificatesWarnBeforeTheyEnd();
    void warnsOfFilesAndHiddenEntries();
    void passwordsOfProxiesAreNotShown();
    void whatLiesOutsideIsReviewedOncePerContent();
    void scansAreNotedWithTimeAndScore();
    void addedFilesAreReadAndForgotten();
    void settingsReachTheConnections();
    void hostileNamesStayOneLineOfPlainText();

private:
    void make(std::vector<cluster::KubeconfigSet> sets = test::typicalSets());
    [[nodiscard]] QString cell(int row, Column column) const
    {
        return m_model->index(row, static_cast<int>(column)).data().toString();
    }
    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < m_model->rowCount(); ++row)
            names += m_model->kind(row) == RowKind::Context ? cell(row, Column::Name)
                                                            : cell(row, Column::Favourite);
        return names;
    }
    const ContextFacts& fact(const std::string& name)
    {
        for (const ContextFacts& facts : m_directory->listing().contexts)
            if (facts.name == name)
                return facts;
        qFatal("no context %s", name.c_str());
    }
    void note(const std::string& name, const std::function<void(ClusterNote&)>& change)
    {
        ClusterNote note = m_directory->book().note(fact(name).key());
        change(note);
        m_directory->setNote(fact(name).key(), note);
    }

    std::shared_ptr<test::ClusterLog> m_log;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ContextDirectory> m_directory;
    std::unique_ptr<ContextModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void ContextModelTest::make(std::vector<cluster::KubeconfigSet> sets)
{
    m_tester.reset();
    m_model.reset();
    m_log = std::make_shared<test::ClusterLog>();
    m_directory = std::make_unique<ContextDirectory>(test::madeServices(m_log, std::move(sets)), *m_settings);
    m_model = std::make_unique<ContextModel>(*m_directory, *m_settings);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_VERIFY(!m_directory->isBusy());
}

void ContextModelTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(u"glacis.ini"_s));
    make();
}

void ContextModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_directory.reset();
    m_settings.reset();
}

void ContextModelTest::showsEveryContextAndBrokenFilesFirst()
{
    QCOMPARE(m_model->rowCount(), 7);
    QVERIFY(m_model->kind(0) == RowKind::BrokenFile);
    QVERIFY(cell(0, Column::Favourite).contains(u"old"));
    QVERIFY(cell(0, Column::Favourite).contains(u"line 12 holds a tab"));
    QCOMPARE(m_model->shownContexts(), std::size_t(6));
    const int row = m_model->rowOf(fact("lab").key());
    QVERIFY(row > 0);
    QCOMPARE(cell(row, Column::Server), u"127.0.0.1:41233"_s);
    QCOMPARE(cell(row, Column::Identity), u"client certificate"_s);
    QCOMPARE(cell(row, Column::Namespace), u"playground"_s);
    QCOMPARE(cell(row, Column::LastScan), u"never"_s);
    QCOMPARE(cell(row, Column::Score), u"–"_s);
    QCOMPARE(cell(row, Column::File), u"~/.kube/config"_s);
    const int dangling = m_model->rowOf(fact("dangling").key());
    QVERIFY(m_model->index(dangling, static_cast<int>(Column::Name)).data(ContextModel::WarnsRole).toBool());
    QCOMPARE(m_log->tests.load(), 0); // nobody was contacted
}

void ContextModelTest::searchesInEveryWord()
{
    m_model->setFilter(u"AWS prod-us"_s);
    QCOMPARE(m_model->shownContexts(), std::size_t(1));
    QVERIFY(m_model->kind(0) == RowKind::BrokenFile); // never filtered away
    note("lab", [](ClusterNote& n) { n.alias = "Playground Berlin"; });
    m_model->setFilter(u"berlin"_s);
    QCOMPARE(names().back(), u"Playground Berlin"_s);
    m_model->setFilter(u"lab"_s); // by its own name too
    QCOMPARE(names().back(), u"Playground Berlin"_s);
    m_model->setFilter(u"no such thing"_s);
    QCOMPARE(m_model->shownContexts(), std::size_t(0));
}

void ContextModelTest::favouritesComeFirstInEveryOrder()
{
    note("staging", [](ClusterNote& n) { n.favourite = true; });
    note("lab", [](ClusterNote& n) { n.score = 30, n.lastScan = 1000; });
    note("customer", [](ClusterNote& n) { n.score = 90, n.lastScan = 2000; });
    for (int column = 0; column < ContextModel::columns; ++column)
        for (const Qt::SortOrder order : { Qt::AscendingOrder, Qt::DescendingOrder }) {
            m_model->sortBy(static_cast<Column>(column), order);
            QCOMPARE(cell(1, Column::Name), u"staging"_s);
        }
    m_model->sortBy(Column::Score, Qt::AscendingOrder); // the worst first
    QCOMPARE(cell(2, Column::Name), u"lab"_s);
    m_model->sortBy(Column::LastScan, Qt::AscendingOrder); // the newest first
    QCOMPARE(cell(2, Column::Name), u"customer"_s);
}

void ContextModelTest::groupsByGroupAndFile()
{
    note("lab", [](ClusterNote& n) { n.group = "test"; });
    note("staging", [](ClusterNote& n) { n.group = "test"; });
    m_model->setGrouping(ContextModel::GroupBy::Group);
    QCOMPARE(cell(1, Column::Favourite), u"test · 2"_s);
    QVERIFY(m_model->kind(1) == RowKind::Heading);
    QVERIFY(!(m_model->flags(m_model->index(1, 0)) & Qt::ItemIsSelectable));
    QCOMPARE(names().indexOf(u"Without a group · 4"_s), 4);
    m_model->setGrouping(ContextModel::GroupBy::File);
    QVERIFY(names().contains(u"~/.kube/config · 3"_s));
    QVERIFY(names().contains(u"/srv/customer/kubeconfig.yaml · 1"_s));
}

void ContextModelTest::certificatesWarnBeforeTheyEnd()
{
    constexpr std::int64_t now = 1'000'000'000, day = 86400;
    QCOMPARE(expiryText(now + 12 * day + 5, now), u"expires in 12 days"_s);
    QCOMPARE(expiryText(now + day, now), u"expires in 1 day"_s);
    QCOMPARE(expiryText(now + 60, now), u"expires within a day"_s);
    QCOMPARE(expiryText(now - 3 * day, now), u"expired 3 days ago"_s);
    QCOMPARE(expiryText(now - 60, now), u"expired today"_s);
    QCOMPARE(expiryText({}, now), QString());
    QVERIFY(expiryToken(now - 1, now) == Token::Critical);
    QVERIFY(expiryToken(now + 12 * day, now) == Token::Medium);
    QVERIFY(!expiryToken(now + 300 * day, now));
    QVERIFY(!expiryToken({}, now));
    const int row = m_model->rowOf(fact("lab").key());
    const QModelIndex index = m_model->index(row, static_cast<int>(Column::Certificate));
    QCOMPARE(index.data().toString(), u"expires in 12 days"_s);
    QVERIFY(index.data(ContextModel::WarnsRole).toBool());
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"20")); // the date itself
}

void ContextModelTest::warnsOfFilesAndHiddenEntries()
{
    const auto& files = m_directory->listing().files;
    QCOMPARE(files.size(), std::size_t(4));
    QCOMPARE(files[0].contexts, std::size_t(3));
    QVERIFY(QString::fromStdString(files[0].warnings.at(0)).contains(u"Other users"));
    QVERIFY(QString::fromStdString(files[1].warnings.at(0)).contains(u"user “admin” is hidden"));
    QVERIFY(files[3].outsideHome);
}

void ContextModelTest::passwordsOfProxiesAreNotShown()
{
    const ContextFacts& facts = fact("arn:aws:eks:us-east-1:123456789012:cluster/prod-us");
    QCOMPARE(QString::fromStdString(facts.proxy), u"http://operator:…@proxy.example:3128"_s);
    for (int row = 0; row < m_model->rowCount(); ++row)
        for (int column = 0; column < ContextModel::columns; ++column)
            for (const int role :
                { int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole) }) {
                const QString text = m_model->index(row, column).data(role).toString();
                QVERIFY(!text.contains(u"hunter2") && !text.contains(u"never-shown")
                    && !text.contains(u"s3cret"));
            }
}

void ContextModelTest::whatLiesOutsideIsReviewedOncePerContent()
{
    QVERIFY(!m_directory->needsReview(fact("lab")));
    QVERIFY(m_directory->needsReview(fact("customer")));
    m_directory->setReviewed(fact("customer"));
    QVERIFY(!m_directory->needsReview(fact("customer")));
    make();
    QVERIFY(!m_directory->needsReview(fact("customer"))); // kept
    m_log->sets[1].users[0].exec->args.push_back("--else");
    QSignalSpy changed(m_directory.get(), &ContextDirectory::changed);
    m_directory->refresh();
    QTRY_COMPARE(changed.count(), 1);
    QVERIFY(m_directory->needsReview(fact("customer"))); // another command
}

void ContextModelTest::scansAreNotedWithTimeAndScore()
{
    workspace::OpenSource source;
    source.request = m_directory->requestFor(fact("lab"));
    source.assessment = test::madeAssessment(test::typicalFindings());
    m_directory->noteScan(source);
    const ClusterNote note = m_directory->book().note(fact("lab").key());
    QVERIFY(note.lastScan > 0);
    QCOMPARE(note.score, source.assessment->posture.scores.overall);
    source.request = {};
    source.request.paths = { "a.yaml" };
    m_directory->noteScan(source); // no context: nothing to note
}

void ContextModelTest::addedFilesAreReadAndForgotten()
{
    m_directory->add({ u"/srv/other/config"_s, u"/srv/other/config"_s });
    QTRY_COMPARE(m_model->shownContexts(), std::size_t(7));
    QCOMPARE(m_settings->kubeconfigs(), QStringList { u"/srv/other/config"_s });
    QCOMPARE(m_directory->addedBy("/srv/other/config"), u"/srv/other/config"_s);
    QCOMPARE(m_directory->addedBy("/srv/else"), QString());
    m_directory->remove(u"/srv/other/config"_s);
    QTRY_COMPARE(m_model->shownContexts(), std::size_t(6));
    QVERIFY(m_settings->kubeconfigs().isEmpty());
}

void ContextModelTest::settingsReachTheConnections()
{
    QVERIFY(m_log->settings.askLoginShell);
    m_settings->setPluginFolders({ u"/opt/plugins"_s });
    m_settings->setExtraCaFile(u"/etc/corp.pem"_s);
    m_settings->setAsksLoginShell(false);
    m_directory->tellSettings();
    QCOMPARE(m_log->settings.pluginFolders, std::vector<std::string> { "/opt/plugins" });
    QCOMPARE(m_log->settings.extraCaFile, std::string("/etc/corp.pem"));
    QVERIFY(!m_log->settings.askLoginShell);
    note("lab", [](ClusterNote& n) {
        n.namespaces = { "shop" };
        n.secretsInManyNamespaces = true;
    });
    const auto request = m_directory->requestFor(fact("lab"));
    QCOMPARE(request.cluster->context, std::string("lab"));
    QCOMPARE(request.cluster->namespaces, std::vector<std::string> { "shop" });
    QVERIFY(request.cluster->secretsInManyNamespaces);
}

void ContextModelTest::hostileNamesStayOneLineOfPlainText()
{
    make(test::hostileSets("<b>bold</b>\n\x1b[31m\xE2\x80\xAE&quit" + std::string(300, 'w')));
    m_model->setGrouping(ContextModel::GroupBy::File);
    QVERIFY(m_model->rowCount() >= 3);
    for (int row = 0; row < m_model->rowCount(); ++row)
        for (int column = 0; column < ContextModel::columns; ++column) {
            const QModelIndex index = m_model->index(row, column);
            const QString text = index.data().toString();
            QVERIFY(!text.contains(u'\n') && !text.contains(u'\u202E') && !text.contains(u'\x1b'));
            const QString tip = index.data(Qt::ToolTipRole).toString();
            QVERIFY(!tip.contains(u"<b>bold")); // escaped, as a tool tip reads mark-up
            QVERIFY(!tip.contains(u'\u202E'));
        }
}

GLACIS_TEST(ContextModelTest)
#include "context_model_test.moc"
