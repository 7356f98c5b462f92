// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tour, and the parts of the shell that it points at: navigation, state marks, shortcut sheet.
#include "made_assessment.h"
#include "test_main.h"

#include <shell/about_dialog.h>
#include <shell/main_window.h>
#include <shell/navigation_bar.h>
#include <shell/shortcut_sheet.h>
#include <shell/tour.h>
#include <widgets/key_cap.h>
#include <widgets/plain_label.h>

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using workspace::SourceRequest;
using workspace::Workspace;

class TourTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void fiveStepsAndDone();
    void escapeSkipsForGood();
    void cardStandsInsideTheWindowAndOffThePlace_data();
    void cardStandsInsideTheWindowAndOffThePlace();
    void windowStaysUsable();
    void navigationNarrowsWithTheWindowAndByKey();
    void narrowRowsTellNameAndCount();
    void stateIsToldInWords();
    void shortcutSheetListsEveryShortcut();
    void aboutNamesTheLicences();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;

    template <class T> T* child(const char* name = nullptr)
    {
        return m_window->findChild<T*>(name ? QString::fromLatin1(name) : QString());
    }
};

void TourTest::init()
{
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->choose(Theme::Choice::Dark);
    QFile::remove(m_folder.filePath(u"glacis.ini"_s));
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"glacis.ini"_s));
    m_workspace = std::make_unique<Workspace>(
        [](const SourceRequest&, const StopToken&, const auto&) -> Result<assessment::AssessmentPtr> {
            return test::madeAssessment(test::typicalFindings());
        });
    m_window = std::make_unique<MainWindow>(*m_workspace, *m_theme, *m_settings);
    m_window->resize(1280, 800);
    m_window->show();
    QSignalSpy ready(m_workspace.get(), &Workspace::assessmentReady);
    m_window->open({ { "made.yaml" }, {}, {}, {}, {} });
    QTRY_COMPARE(ready.count(), 1);
    QTRY_VERIFY(m_window->isSettled());
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TourTest::cleanup() { m_window.reset(); }

void TourTest::fiveStepsAndDone()
{
    child<QAction>("tour")->trigger();
    auto* tour = child<Tour>();
    QVERIFY(tour && tour->isVisible());
    QCOMPARE(tour->count(), std::size_t(5));
    QStringList pages, titles;
    for (std::size_t step = 0; step < 5; ++step) {
        QCOMPARE(tour->step(), step);
        QVERIFY(child<QPushButton>("tourNext")->hasFocus());
        pages += m_window->here().page;
        titles += tour->accessibleName();
        if (step == 2) {
            QTest::mouseClick(child<QPushButton>("tourBack"), Qt::LeftButton);
            QCOMPARE(tour->step(), std::size_t(1));
            QTest::mouseClick(child<QPushButton>("tourNext"), Qt::LeftButton);
        }
        QVERIFY(!m_settings->tourSeen());
        QTest::keyClick(child<QPushButton>("tourNext"), Qt::Key_Space);
    }
    QCOMPARE(
        pages, (QStringList { u"overview"_s, u"overview"_s, u"attack"_s, u"findings"_s, u"overview"_s }));
    QCOMPARE(QSet<QString>(titles.begin(), titles.end()).size(), 5);
    QVERIFY(m_settings->tourSeen());
    QTRY_VERIFY(!child<Tour>());
}

void TourTest::escapeSkipsForGood()
{
    m_window->startTour();
    QVERIFY(!child<QPushButton>("tourBack")->isVisible());
    QTest::keyClick(child<QPushButton>("tourNext"), Qt::Key_Escape);
    QVERIFY(m_settings->tourSeen());
    QTRY_VERIFY(!child<Tour>());
    m_window->startTour(); // and again from the menu
    QTest::mouseClick(child<QPushButton>("tourSkip"), Qt::LeftButton);
    QTRY_VERIFY(!child<Tour>());
}

void TourTest::cardStandsInsideTheWindowAndOffThePlace_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    for (const Qt::LayoutDirection direction : { Qt::LeftToRight, Qt::RightToLeft })
        for (const QSize size : { QSize(740, 520), QSize(1280, 800), QSize(2200, 1300) })
            QTest::addRow("%d %s", size.width(), direction == Qt::LeftToRight ? "ltr" : "rtl")
                << size << direction;
}

void TourTest::cardStandsInsideTheWindowAndOffThePlace()
{
    QFETCH(QSize, size);
    QFETCH(Qt::LayoutDirection, direction);
    m_window->setLayoutDirection(direction);
    m_window->resize(size);
    m_window->startTour();
    auto* tour = child<Tour>();
    for (std::size_t step = 0; step < tour->count(); ++step) {
        QTest::qWait(20);
        QVERIFY(m_window->rect().contains(tour->geometry()));
        for (const auto* block : tour->findChildren<TextBlock*>())
            QVERIFY(block->height() >= block->heightForWidth(block->width()));
        const char* const place = step == 0 ? "navigation"
            : step == 1                     ? "stage1"
            : step == 4                     ? "searchBox"
                                            : nullptr;
        if (place && size.width() > 1000) { // else the four cards leave no room beside them
            const QWidget* target = child<QWidget>(place);
            const QRect box(target->mapTo(m_window.get(), QPoint()), target->size());
            QVERIFY2(!tour->geometry().intersects(box), place);
        }
        child<QPushButton>("tourNext")->click();
    }
}

void TourTest::windowStaysUsable()
{
    m_window->startTour();
    QTest::mouseClick(child<QAbstractButton>("go-findings"), Qt::LeftButton);
    QCOMPARE(m_window->here().page, u"findings"_s);
    m_window->openPalette();
    QTest::keyClick(child<QWidget>("paletteEdit"), Qt::Key_Escape);
    QVERIFY(child<Tour>()->isVisible()); // Esc was the palette's
}

void TourTest::navigationNarrowsWithTheWindowAndByKey()
{
    auto* navigation = child<NavigationBar>();
    QVERIFY(!navigation->isNarrow());
    const int wide = navigation->width();
    QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier);
    QVERIFY(navigation->isNarrow());
    QTRY_VERIFY(navigation->width() < wide / 2);
    QCOMPARE(m_settings->navigation(), Settings::Navigation::Narrow);
    QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier);
    QVERIFY(!navigation->isNarrow());
    m_window->resize(900, 700);
    QTRY_VERIFY(navigation->isNarrow());
    QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier); // a person's word counts more
    QVERIFY(!navigation->isNarrow());
    QCOMPARE(m_settings->navigation(), Settings::Navigation::Wide);
    QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier);
    m_window->resize(1280, 800);
    QTRY_VERIFY(!navigation->isNarrow());
    QCOMPARE(m_settings->navigation(), Settings::Navigation::Auto);
}

void TourTest::narrowRowsTellNameAndCount()
{
    auto* row = child<QAbstractButton>("go-findings");
    QVERIFY(row->toolTip().isEmpty());
    QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier);
    QVERIFY(row->toolTip().contains(u"Findings · 4"_s));
    QCOMPARE(row->accessibleName(), u"Findings"_s);
    QTest::mouseClick(row, Qt::LeftButton);
    QCOMPARE(m_window->here().page, u"findings"_s);
}

void TourTest::stateIsToldInWords()
{
    bool told = false;
    for (const auto* label : m_window->findChildren<PlainLabel*>())
        told = told
            || (label->isVisible() && label->text().startsWith(u"Imported file · "_s)
                && label->text().endsWith(u"days ago"_s));
    QVERIFY(told);
}

void TourTest::shortcutSheetListsEveryShortcut()
{
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    auto* sheet = child<ShortcutSheet>();
    QVERIFY(sheet && sheet->isVisible() && !sheet->isModal());
    QStringList caps;
    for (const auto* cap : sheet->findChildren<KeyCap*>())
        caps += cap->accessibleName();
    int seen = 0;
    for (const QAction* action : m_window->actions())
        for (const QKeySequence& keys : action->shortcuts()) {
            ++seen;
            QVERIFY2(
                caps.contains(keys.toString(QKeySequence::NativeText)), qPrintable(action->objectName()));
        }
    QVERIFY(seen > 12);
    // No two actions want the same keys.
    QMap<QString, int> uses;
    for (const QAction* action : m_window->actions())
        for (const QKeySequence& keys : action->shortcuts())
            QVERIFY2(++uses[keys.toString()] == 1, qPrintable(keys.toString()));
}

void TourTest::aboutNamesTheLicences()
{
    AboutDialog about(m_window.get());
    about.setAttribute(Qt::WA_DeleteOnClose, false);
    QString text;
    for (const auto* label : about.findChildren<PlainLabel*>())
        text += label->text() + u'\n';
    for (const QString& word : { QStringLiteral(GLACIS_VERSION), u"GPL-3.0-or-later"_s, u"simdjson"_s,
             u"libyaml"_s, u"zstd"_s, u"tl::expected"_s, QString::fromLatin1(qVersion()) })
        QVERIFY2(text.contains(word), qPrintable(word));
}

GLACIS_TEST(TourTest)
#include "tour_test.moc"
