// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is set is heeded at once and read again by the next run.
#include "made_assessment.h"
#include "test_main.h"

#include <settings/segments.h>
#include <settings/settings_page.h>
#include <shell/cluster_colour.h>
#include <shell/main_window.h>
#include <theme/motion.h>
#include <theme/type.h>
#include <widgets/plain_label.h>

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using workspace::SourceRequest;
using workspace::Workspace;

class SettingsPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void standsWithoutAnySource();
    void themeHoldsAtOnce();
    void sizeOfTextHoldsAtOnceAndKeepsThePlace();
    void motionIsAskedOfOnePlace();
    void newSourcesAreJudgedAsChosen();
    void commandLineWinsOverTheDefaults();
    void policyIsChosenAndDropped();
    void recentSourcesAreForgotten();
    void everythingIsDeletedAfterAQuestion();
    void everyControlHasANameAndIsReachable();
    void coloursAreStableAndChosen();
    void valuesOutOfRangeAreMended();
    void nothingIsCutAtAnySize();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
    SourceRequest m_asked;

    void openWindow();
    void load(const SourceRequest& request)
    {
        QSignalSpy ready(m_workspace.get(), &Workspace::assessmentReady);
        m_window->open(request);
        QTRY_COMPARE(ready.count(), 1);
        QTRY_VERIFY(m_window->isSettled());
    }
    template <class T> T* child(const QString& name) { return m_window->findChild<T*>(name); }
    QPushButton* segment(const QString& of, int index)
    {
        return child<Segments>(of)->findChildren<QPushButton*>()[index];
    }
};

void SettingsPageTest::openWindow()
{
    m_window.reset();
    m_settings = std::make_unique<Settings>(m_folder->filePath(u"glacis.ini"_s));
    m_workspace = std::make_unique<Workspace>([this](const SourceRequest& request, const StopToken&,
                                                  const auto&) -> Result<assessment::AssessmentPtr> {
        m_asked = request;
        return test::madeAssessment(test::typicalFindings());
    });
    m_window = std::make_unique<MainWindow>(*m_workspace, *m_theme, *m_settings);
    m_window->resize(1280, 800);
    m_window->show();
    m_window->go({ u"settings"_s, {}, {} });
    QCoreApplication::processEvents();
}

void SettingsPageTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->choose(Theme::Choice::Dark);
    openWindow();
}

void SettingsPageTest::cleanup()
{
    m_window.reset();
    m_workspace.reset();
    m_settings.reset();
    m_theme->setTextScale(100);
    m_theme->choose(Theme::Choice::Dark);
    m_theme.reset();
    setMotionReduced(false);
}

void SettingsPageTest::standsWithoutAnySource()
{
    QVERIFY(child<QWidget>(u"settingsPage"_s)->isVisible());
    QTest::mouseClick(child<QAbstractButton>(u"go-overview"_s), Qt::LeftButton);
    QVERIFY(child<QWidget>(u"emptyState"_s)->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
    QVERIFY(child<QWidget>(u"settingsPage"_s)->isVisible());
}

void SettingsPageTest::themeHoldsAtOnce()
{
    QTest::mouseClick(segment(u"themes"_s, 2), Qt::LeftButton);
    QCOMPARE(m_theme->tone(), Tone::Light);
    QCOMPARE(m_settings->theme(), u"light"_s);
    QTest::keyClick(segment(u"themes"_s, 2), Qt::Key_Left); // by keyboard too
    QCOMPARE(m_settings->theme(), u"dark"_s);
    child<QAction>(u"toggleTheme"_s)->trigger(); // and the page follows the menu
    QCOMPARE(child<Segments>(u"themes"_s)->index(), 2);
}

void SettingsPageTest::sizeOfTextHoldsAtOnceAndKeepsThePlace()
{
    load({ { "made.yaml" }, {}, {}, {}, {} });
    m_window->go({ u"findings"_s, u"ns:shop"_s, {} });
    m_window->go({ u"settings"_s, {}, {} });
    const int before = scaled(100);
    const int title = child<QWidget>(u"settingsPage"_s)->findChild<PlainLabel*>()->fontMetrics().height();
    const int menu = m_window->menuBar()->fontMetrics().height();
    QTest::mouseClick(segment(u"scales"_s, 4), Qt::LeftButton);
    QTRY_VERIFY(child<QWidget>(u"settingsPage"_s)->findChild<PlainLabel*>()->fontMetrics().height() > title);
    QVERIFY(scaled(100) > before);
    QVERIFY(m_window->menuBar()->fontMetrics().height() > menu);
    QCOMPARE(m_window->here().page, u"settings"_s);
    QCOMPARE(child<Segments>(u"scales"_s)->index(), 4);
    QCOMPARE(child<QAbstractButton>(u"go-findings"_s)->accessibleDescription(), u"4"_s);
    QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier); // Back still knows the way
    QCOMPARE(m_window->here().filter, u"ns:shop"_s);
    m_window->openPalette(u"web"_s);
    QTRY_VERIFY(m_window->isSettled());
    openWindow();
    QCOMPARE(m_settings->textScale(), 150);
}

void SettingsPageTest::motionIsAskedOfOnePlace()
{
    QVERIFY(!motionReduced());
    QTest::mouseClick(segment(u"motions"_s, 1), Qt::LeftButton);
    QVERIFY(motionReduced());
    openWindow();
    QVERIFY(m_settings->motionReduced());
    QCOMPARE(child<Segments>(u"motions"_s)->index(), 1);
}

void SettingsPageTest::newSourcesAreJudgedAsChosen()
{
    QTest::mouseClick(segment(u"scopes"_s, 1), Qt::LeftButton);
    const QString policy = m_folder->filePath(u"policy.yaml"_s);
    m_settings->setPolicy(policy);
    load({ { "made.yaml" }, {}, {}, {}, {} });
    QCOMPARE(m_asked.scope, std::optional(inventory::Scope::Cluster));
    QCOMPARE(m_asked.policy, policy.toStdString());
    SourceRequest practice;
    practice.practice = "votelab";
    load(practice);
    QVERIFY(!m_asked.scope);
    QVERIFY(m_asked.policy.empty());
}

void SettingsPageTest::commandLineWinsOverTheDefaults()
{
    m_settings->setScope(inventory::Scope::Cluster);
    m_settings->setPolicy(u"kept.yaml"_s);
    load({ { "made.yaml" }, {}, {}, "asked.yaml", inventory::Scope::Manifests });
    QCOMPARE(m_asked.scope, std::optional(inventory::Scope::Manifests));
    QCOMPARE(m_asked.policy, std::string("asked.yaml"));
}

void SettingsPageTest::policyIsChosenAndDropped()
{
    QFile file(m_folder->filePath(u"policy.yaml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QTest::mouseClick(child<QPushButton>(u"choosePolicy"_s), Qt::LeftButton);
    auto* dialog = child<QFileDialog>(u"policyDialog"_s);
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(file.fileName());
    dialog->close();
    QCOMPARE(m_settings->policy(), file.fileName());
    QVERIFY(child<QLineEdit>(u"policy"_s)->text().endsWith(u"policy.yaml"_s));
    QVERIFY(file.remove());
    m_window->go({ u"settings"_s, {}, {} });
    bool told = false;
    for (const auto* block : child<QWidget>(u"settingsPage"_s)->findChildren<TextBlock*>())
        told = told || (block->isVisible() && block->text().contains(u"is not there"_s));
    QVERIFY(told);
    QTest::mouseClick(child<QPushButton>(u"noPolicy"_s), Qt::LeftButton);
    QVERIFY(m_settings->policy().isEmpty());
}

void SettingsPageTest::recentSourcesAreForgotten()
{
    m_settings->addRecent(u"/tmp/a & b.yaml"_s);
    m_settings->addRecent(u"/tmp/c.yaml"_s);
    m_window->go({ u"settings"_s, {}, {} });
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    auto buttons = child<QWidget>(u"recentRows"_s)->findChildren<QPushButton*>();
    QCOMPARE(buttons.size(), 3);
    QVERIFY(buttons[1]->accessibleName().contains(u"a && b"_s));
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    QCOMPARE(m_settings->recent(), QStringList { u"/tmp/a & b.yaml"_s });
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QTest::mouseClick(child<QPushButton>(u"forgetAll"_s), Qt::LeftButton);
    QVERIFY(m_settings->recent().isEmpty());
}

void SettingsPageTest::everythingIsDeletedAfterAQuestion()
{
    const QString file = m_settings->fileName();
    m_settings->setTheme(u"light"_s);
    m_settings->setPolicy(u"p.yaml"_s);
    QTest::mouseClick(child<QToolButton>(u"copySettingsPath"_s), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), QDir::toNativeSeparators(file));
    auto* ask = child<QPushButton>(u"deleteSettings"_s);
    QTest::mouseClick(ask, Qt::LeftButton);
    QVERIFY(!ask->isVisible());
    QTest::mouseClick(child<QPushButton>(u"keepSettings"_s), Qt::LeftButton);
    QCOMPARE(m_settings->theme(), u"light"_s);
    QTest::mouseClick(ask, Qt::LeftButton);
    QTest::mouseClick(child<QPushButton>(u"reallyDelete"_s), Qt::LeftButton);
    QVERIFY(child<QWidget>(u"settingsDeleted"_s)->isVisible());
    QVERIFY(!QFile::exists(file));
    QVERIFY(m_settings->policy().isEmpty());
    m_window->close(); // which keeps the window's place otherwise
    m_settings.reset();
    QVERIFY(!QFile::exists(file));
    openWindow();
    QTest::mouseClick(child<QPushButton>(u"deleteSettings"_s), Qt::LeftButton);
    QTest::mouseClick(child<QPushButton>(u"reallyDelete"_s), Qt::LeftButton);
    QTest::mouseClick(segment(u"themes"_s, 1), Qt::LeftButton); // a new choice is kept again
    m_window->close();
    m_settings.reset();
    QCOMPARE(Settings(file).theme(), u"dark"_s);
}

void SettingsPageTest::everyControlHasANameAndIsReachable()
{
    m_settings->addRecent(u"/tmp/c.yaml"_s);
    m_window->go({ u"settings"_s, {}, {} });
    int seen = 0;
    for (QWidget* widget : child<QWidget>(u"settingsPage"_s)->findChildren<QWidget*>()) {
        if (!widget->isVisible()
            || (!qobject_cast<QAbstractButton*>(widget) && !qobject_cast<QLineEdit*>(widget)))
            continue;
        ++seen;
        QVERIFY(!QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty());
        QVERIFY(widget->focusPolicy() & Qt::TabFocus);
    }
    QVERIFY(seen > 18);
}

void SettingsPageTest::coloursAreStableAndChosen()
{
    const QString key = u"practice:votelab"_s;
    QCOMPARE(derivedColour(key), derivedColour(u"practice:votelab"_s));
    QVERIFY(derivedColour(key) != derivedColour(u"practice:votelab-hardened"_s));
    QSet<std::size_t> several;
    for (int i = 0; i < 40; ++i)
        several += derivedColour(u"/home/a/cluster-%1"_s.arg(i));
    QVERIFY(several.size() > 2);
    load({ { "made.yaml" }, {}, {}, {}, {} });
    const QString source = sourceKey(m_workspace->request());
    child<QAction>(u"clusterColour6"_s)->trigger();
    QCOMPARE(clusterToken(source, *m_settings), Token::Critical);
    openWindow();
    load({ { "made.yaml" }, {}, {}, {}, {} });
    QVERIFY(child<QAction>(u"clusterColour6"_s)->isChecked());
    const QImage red = m_window->grab().toImage();
    child<QAction>(u"clusterColour-1"_s)->trigger();
    QCOMPARE(m_settings->clusterColour(source), -1);
    QVERIFY(m_window->grab().toImage() != red);
}

void SettingsPageTest::valuesOutOfRangeAreMended()
{
    const QString file = m_folder->filePath(u"odd.ini"_s);
    {
        QSettings odd(file, QSettings::IniFormat);
        odd.setValue(u"window/textScale"_s, 9000);
        odd.setValue(u"sources/scope"_s, u"galaxy"_s);
        odd.setValue(u"window/navigation"_s, 12);
    }
    Settings settings(file);
    QCOMPARE(settings.textScale(), 200);
    QVERIFY(!settings.scope());
    QCOMPARE(settings.navigation(), Settings::Navigation::Auto);
}

void SettingsPageTest::nothingIsCutAtAnySize()
{
    m_settings->addRecent(u"/tmp/"_s + QString(253, u'w') + u".yaml");
    const auto firstCut = [this] {
        for (QWidget* widget : child<QWidget>(u"settingsPage"_s)->findChildren<QWidget*>()) {
            if (!widget->isVisible())
                continue;
            const auto* block = qobject_cast<TextBlock*>(widget);
            if (block && block->height() < block->heightForWidth(block->width()))
                return block->text();
            const auto* button = qobject_cast<QPushButton*>(widget);
            if (button && button->width() < button->minimumSizeHint().width())
                return button->text();
            const QWidget* parent = widget->parentWidget();
            if (!parent->inherits("QScrollArea") && parent->objectName() != u"qt_scrollarea_viewport"_s
                && !parent->rect().adjusted(-1, -1, 1, 1).contains(widget->geometry()))
                return QString::fromLatin1(widget->metaObject()->className());
        }
        return QString();
    };
    for (const Qt::LayoutDirection direction : { Qt::LeftToRight, Qt::RightToLeft })
        for (const int width : { 720, 900, 1280, 2200 }) {
            m_window->setLayoutDirection(direction);
            m_window->resize(width, 600);
            m_window->go({ u"settings"_s, {}, {} });
            QTRY_COMPARE(firstCut(), QString()); // layouts of layouts take a few turns of the event loop
            QCOMPARE(m_window->width(), width);
        }
}

GLACIS_TEST(SettingsPageTest)
#include "settings_page_test.moc"
