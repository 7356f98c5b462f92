// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Reports page: what is chosen is what is made, nothing is made unasked, and files appear whole or not at
// all.
#include "practice_assessment.h"
#include "test_main.h"

#include <reports/edition_card.h>
#include <reports/reports_page.h>
#include <settings/segments.h>
#include <shell/main_window.h>
#include <shell/settings.h>
#include <theme/theme.h>
#include <widgets/banner.h>
#include <widgets/plain_label.h>

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

#include <atomic>
#include <mutex>
#include <thread>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using workspace::SourceRequest;
using workspace::Workspace;

class ReportsPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void showsThePagesOfTheEdition();
    void eachChoiceAsksForItsDocument();
    void clicksInARowMakeOneDocument();
    void newestChoiceStopsTheOneBefore();
    void hiddenPageDoesNothing();
    void newAssessmentMakesANewReport();
    void choiceIsRemembered();
    void brokenSettingsAreMended();
    void whatIsOutdatedIsDimmed();
    void pagesAreWalkedByKeyboard();
    void zoomChangesTheWidthOfPages();
    void savesEveryFormat_data();
    void savesEveryFormat();
    void savesWhatIsChosenNow();
    void suggestsANameForTheFile();
    void savedFileIsOpened();
    void failedSaveSaysWhy();
    void savingIsCancelledWithinASecond();
    void failedReportSaysWhy();
    void logoThatCannotBeUsedIsTold();
    void namesAreHidden();
    void everyControlHasANameAndIsReachable();
    void nothingIsCut_data();
    void nothingIsCut();
    void hostileClassificationStaysText();
    void endsWhileAReportIsMade();

private:
    struct Asked {
        std::mutex lock;
        std::vector<report::ReportOptions> options;
        std::atomic<int> stopped { 0 };
        std::atomic<bool> slow { false };
        std::atomic<bool> broken { false };
        [[nodiscard]] int count()
        {
            const std::scoped_lock held(lock);
            return static_cast<int>(options.size());
        }
        [[nodiscard]] report::ReportOptions last()
        {
            const std::scoped_lock held(lock);
            return options.back();
        }
    };
    void openPage();
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(!m_page->isBusy(), 20'000); }
    template <class T> T* child(const char* name) { return m_page->findChild<T*>(QString::fromLatin1(name)); }
    void click(const char* name) { child<QAbstractButton>(name)->click(); }
    PagePreview& preview() { return *child<PagePreview>("reportPreview"); }
    /// Until the outcome of saving is told.
    void save(const char* button)
    {
        click(button);
        QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("saveProgress")->isHidden(), 20'000);
    }
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QByteArray content(const char* name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<ReportsPage> m_page;
    std::shared_ptr<Asked> m_asked;
    QString m_where, m_suggested, m_logo; ///< answers of the dialogs, and what they were asked
    QUrl m_opened;
};

void ReportsPageTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(path("glacis.ini"));
    m_theme = std::make_unique<Theme>(*qApp);
    m_asked = std::make_shared<Asked>();
    m_workspace = std::make_unique<Workspace>(
        [](const SourceRequest& request, const StopToken&, const auto&) -> Result<assessment::AssessmentPtr> {
            return test::practiceAssessment(request.practice);
        });
    QSignalSpy ready(m_workspace.get(), &Workspace::assessmentReady);
    SourceRequest request;
    request.practice = "votelab";
    m_workspace->open(request);
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 20'000);
    m_where = path("report.out");
    openPage();
}

void ReportsPageTest::openPage()
{
    m_page.reset();
    ReportsPage::Doors doors;
    doors.make
        = [asked = m_asked](const assessment::Assessment& assessment, const report::ReportOptions& options,
              const StopToken& stop) -> Result<report::Document> {
        {
            const std::scoped_lock held(asked->lock);
            asked->options.push_back(options);
        }
        if (asked->broken)
            return failure("the ink is out");
        while (asked->slow) {
            if (stop.stopRequested()) {
                ++asked->stopped;
                return failure("cancelled");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return report::makeReport(assessment, options, stop);
    };
    doors.askWhere = [this](const QString& suggested, const QString&, const auto& chosen) {
        m_suggested = suggested;
        chosen(m_where);
    };
    doors.askForLogo = [this](const auto& chosen) { chosen(m_logo); };
    doors.open = [this](const QUrl& url) { m_opened = url; };
    m_page = std::make_unique<ReportsPage>(
        PageContext { *m_workspace, *m_settings, *m_theme }, std::move(doors));
    m_page->resize(1080, 760);
    m_page->show();
    m_page->activateWindow();
}

void ReportsPageTest::cleanup()
{
    m_asked->slow = false;
    m_page.reset();
    m_workspace.reset();
    m_theme.reset();
    m_settings.reset();
    m_folder.reset();
}

void ReportsPageTest::showsThePagesOfTheEdition()
{
    settle();
    QVERIFY(preview().count() > 10);
    QCOMPARE(preview().page(), 0);
    QVERIFY(preview().missing().empty());
    QCOMPARE(child<PlainLabel>("pagePlace")->text(), u"Page 1 of %1"_s.arg(preview().count()));
    click("edition_management");
    settle();
    QVERIFY(preview().count() <= 4);
}

void ReportsPageTest::eachChoiceAsksForItsDocument()
{
    settle();
    QCOMPARE(m_asked->count(), 1);
    QCOMPARE(m_asked->last().edition, report::Edition::Engineer);
    QVERIFY(m_asked->last().made > 0);
    click("edition_audit");
    settle();
    QCOMPARE(m_asked->last().edition, report::Edition::Audit);
    click("section_glossary");
    settle();
    QVERIFY(m_asked->last().leftOut.contains(report::Section::Glossary));
    click("section_glossary");
    settle();
    QVERIFY(m_asked->last().leftOut.empty());
    QTest::keyClicks(child<QLineEdit>("classification"), u"Top secret"_s);
    settle();
    QCOMPARE(m_asked->last().classification, std::string("Top secret"));
    const auto choices = child<QToolButton>("usualClassifications")->menu()->actions();
    choices[2]->trigger();
    settle();
    QCOMPARE(m_asked->last().classification, std::string("Internal"));
    choices[0]->trigger();
    settle();
    QCOMPARE(m_asked->last().classification, std::string());
}

void ReportsPageTest::clicksInARowMakeOneDocument()
{
    settle();
    for (const char* section : { "section_glossary", "section_method", "section_rbac" })
        click(section);
    settle();
    QCOMPARE(m_asked->count(), 2);
    QCOMPARE(m_asked->last().leftOut.size(), std::size_t(3));
}

void ReportsPageTest::newestChoiceStopsTheOneBefore()
{
    settle();
    m_asked->slow = true;
    click("edition_audit");
    QTRY_COMPARE(m_asked->count(), 2);
    click("edition_management");
    QTRY_COMPARE(m_asked->stopped.load(), 1);
    m_asked->slow = false;
    settle();
    QCOMPARE(m_asked->last().edition, report::Edition::Management);
    QVERIFY(preview().count() <= 4);
    QVERIFY(child<Banner>("reportFailure")->isHidden());
}

void ReportsPageTest::hiddenPageDoesNothing()
{
    settle();
    const int before = m_asked->count();
    m_page->hide();
    click("edition_audit");
    QSignalSpy ready(m_workspace.get(), &Workspace::assessmentReady);
    m_workspace->reload();
    QTRY_COMPARE(ready.count(), 1);
    QTest::qWait(400);
    QCOMPARE(m_asked->count(), before);
    m_page->show();
    settle();
    QCOMPARE(m_asked->count(), before + 1);
    QCOMPARE(m_asked->last().edition, report::Edition::Audit);
    // Work under way ends with the look at it, and is taken up again.
    m_asked->slow = true;
    click("edition_management");
    QTRY_COMPARE(m_asked->count(), before + 2);
    m_page->hide();
    QTRY_COMPARE(m_asked->stopped.load(), 1);
    m_asked->slow = false;
    m_page->show();
    settle();
    QCOMPARE(m_asked->last().edition, report::Edition::Management);
    QVERIFY(preview().count() <= 4);
}

void ReportsPageTest::newAssessmentMakesANewReport()
{
    settle();
    const int pages = preview().count();
    SourceRequest request;
    request.practice = "votelab-hardened";
    m_workspace->open(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_asked->count(), 2, 20'000);
    settle();
    QVERIFY(preview().count() != pages);
}

void ReportsPageTest::choiceIsRemembered()
{
    settle();
    click("edition_audit");
    click("section_method");
    click("hideNames");
    child<Segments>("paper")->findChildren<QPushButton*>()[1]->click();
    QTest::keyClicks(child<QLineEdit>("classification"), u"Confidential"_s);
    const QByteArray state = [this] {
        child<Segments>("previewZoom")->findChildren<QPushButton*>()[1]->click();
        return m_page->saveState();
    }();
    settle();
    openPage();
    m_page->restoreState(state);
    settle();
    QVERIFY(child<EditionCard>("edition_audit")->isChecked());
    QVERIFY(!child<QCheckBox>("section_method")->isChecked());
    QVERIFY(child<QCheckBox>("section_findings")->isChecked());
    QVERIFY(child<QCheckBox>("hideNames")->isChecked());
    QCOMPARE(child<Segments>("paper")->index(), 1);
    QCOMPARE(child<QLineEdit>("classification")->text(), u"Confidential"_s);
    QCOMPARE(preview().zoom(), PagePreview::Zoom::Page);
    QCOMPARE(child<Segments>("previewZoom")->index(), 1);
    const report::ReportOptions asked = m_asked->last();
    QCOMPARE(asked.edition, report::Edition::Audit);
    QVERIFY(asked.leftOut.contains(report::Section::Method));
    QVERIFY(asked.names != nullptr);
    QCOMPARE(asked.classification, std::string("Confidential"));
}

void ReportsPageTest::brokenSettingsAreMended()
{
    m_settings->setReportChoice(u"edition"_s, u"nonsense"_s);
    m_settings->setReportChoice(u"leftOut"_s, u"glossary nonsense"_s);
    m_settings->setReportChoice(u"classification"_s, QString(5000, u'x'));
    const ReportChoice choice = readChoice(*m_settings);
    QCOMPARE(choice.edition, report::Edition::Engineer);
    QCOMPARE(choice.leftOut, std::set { report::Section::Glossary });
    QCOMPARE(choice.classification.size(), longestClassification);
    m_page->restoreState("99");
    m_page->restoreState("x");
    QCOMPARE(preview().zoom(), PagePreview::Zoom::Width);
}

void ReportsPageTest::whatIsOutdatedIsDimmed()
{
    settle();
    const QColor before = preview().grab().toImage().pixelColor(preview().width() / 2, 60);
    m_asked->slow = true;
    click("edition_management");
    QTRY_COMPARE(m_asked->count(), 2);
    QVERIFY(preview().count() > 4); // the old pages are still there
    QVERIFY(
        preview().grab().toImage().pixelColor(preview().width() / 2, 60).lightness() > before.lightness());
    m_asked->slow = false;
    settle();
    QCOMPARE(preview().grab().toImage().pixelColor(preview().width() / 2, 60), before);
}

void ReportsPageTest::pagesAreWalkedByKeyboard()
{
    settle();
    preview().setFocus();
    QTest::keyClick(&preview(), Qt::Key_PageDown);
    QTest::keyClick(&preview(), Qt::Key_PageDown);
    QCOMPARE(preview().page(), 2);
    QCOMPARE(preview().accessibleDescription(), u"Page 3 of %1"_s.arg(preview().count()));
    settle();
    QTest::keyClick(&preview(), Qt::Key_PageUp);
    QCOMPARE(preview().page(), 1);
    QTest::keyClick(&preview(), Qt::Key_End);
    QCOMPARE(preview().page(), preview().count() - 1);
    QVERIFY(!child<QToolButton>("nextPage")->isEnabled());
    click("previousPage");
    QCOMPARE(preview().page(), preview().count() - 2);
    QTest::keyClick(&preview(), Qt::Key_Home);
    QCOMPARE(preview().page(), 0);
    QVERIFY(!child<QToolButton>("previousPage")->isEnabled());
    settle();
}

void ReportsPageTest::zoomChangesTheWidthOfPages()
{
    settle();
    preview().showPage(4);
    settle();
    const auto zoom = child<Segments>("previewZoom")->findChildren<QPushButton*>();
    zoom[1]->click();
    QCOMPARE(preview().page(), 4); // the place stays
    QVERIFY(!preview().missing().empty());
    settle();
    QCOMPARE(preview().horizontalScrollBar()->maximum(), 0);
    zoom[2]->click();
    QCOMPARE(preview().page(), 4);
    settle();
    zoom[0]->click();
    settle();
    QCOMPARE(preview().horizontalScrollBar()->maximum(), 0);
}

void ReportsPageTest::savesEveryFormat_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("within");
    QTest::newRow("pdf") << u"savePdf"_s << QByteArray("%PDF-1.") << QByteArray("%%EOF");
    QTest::newRow("html") << u"saveHtml"_s << QByteArray("<!DOCTYPE html>") << QByteArray("<svg");
    QTest::newRow("markdown") << u"saveMarkdown"_s << QByteArray("# Security posture of votelab")
                              << QByteArray("GL-RBAC-001");
}

void ReportsPageTest::savesEveryFormat()
{
    QFETCH(QString, button);
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, within);
    settle();
    save(button.toLatin1().constData());
    const QByteArray bytes = content("report.out");
    QVERIFY2(bytes.left(200).toLower().startsWith(head.toLower()), bytes.left(60).constData());
    QVERIFY(bytes.contains(within));
    auto* outcome = child<Banner>("saveOutcome");
    QVERIFY(!outcome->isHidden());
    QVERIFY(outcome->detail().contains(u"report.out"_s));
    QVERIFY(child<QPushButton>("savePdf")->isEnabled());
}

void ReportsPageTest::savesWhatIsChosenNow()
{
    settle();
    click("edition_management"); // no time for the preview
    save("saveMarkdown");
    QVERIFY(content("report.out").contains("Management edition"));
    settle();
    // Another choice while a file is written is of the next file.
    m_asked->slow = true;
    click("edition_audit");
    click("saveMarkdown");
    click("edition_engineer");
    m_asked->slow = false;
    QTRY_VERIFY(child<QWidget>("saveProgress")->isHidden());
    QVERIFY(content("report.out").contains("Audit edition"));
    settle();
    QCOMPARE(m_asked->last().edition, report::Edition::Engineer);
}

void ReportsPageTest::suggestsANameForTheFile()
{
    settle();
    save("savePdf");
    const QString today = QDate::currentDate().toString(Qt::ISODate);
    QVERIFY2(m_suggested.endsWith(u"/votelab-engineer-"_s + today + u".pdf"_s), qPrintable(m_suggested));
    save("saveHtml"); // beside the last one
    QCOMPARE(m_suggested, m_folder->filePath(u"votelab-engineer-"_s + today + u".html"_s));
}

void ReportsPageTest::savedFileIsOpened()
{
    settle();
    save("saveMarkdown");
    for (const auto& [words, target] :
        { std::pair(u"Open"_s, m_where), std::pair(u"Show in folder"_s, m_folder->path()) }) {
        for (QAction* action : m_page->actions() + m_page->findChildren<QAction*>())
            if (action->text() == words)
                action->trigger();
        QCOMPARE(QFileInfo(m_opened.toLocalFile()).absoluteFilePath(), QFileInfo(target).absoluteFilePath());
    }
}

void ReportsPageTest::failedSaveSaysWhy()
{
    settle();
    m_where = path("no/such/folder/report.out");
    for (const char* button : { "savePdf", "saveHtml", "saveMarkdown" }) {
        save(button);
        auto* outcome = child<Banner>("saveOutcome");
        QVERIFY(!outcome->isHidden());
        QCOMPARE(outcome->title(), u"The report was not saved"_s);
        QVERIFY2(outcome->detail().contains(u"no/such/folder"_s), qPrintable(outcome->detail()));
    }
    m_where = path("report.out");
    save("saveMarkdown");
    QCOMPARE(child<Banner>("saveOutcome")->title(), u"The report is saved"_s);
}

void ReportsPageTest::savingIsCancelledWithinASecond()
{
    settle();
    m_asked->slow = true;
    click("edition_audit");
    click("savePdf");
    QVERIFY(!child<QWidget>("saveProgress")->isHidden());
    QVERIFY(!child<QPushButton>("saveHtml")->isEnabled());
    QTRY_VERIFY(m_asked->count() >= 2);
    QElapsedTimer clock;
    clock.start();
    click("cancelSaving");
    m_page->findChild<EditionCard*>(u"edition_management"_s)
        ->click(); // the preview lets go of the thread too
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("saveProgress")->isHidden(), 1000);
    QVERIFY(clock.elapsed() < 1000);
    QVERIFY(!QFile::exists(m_where));
    QVERIFY(child<Banner>("saveOutcome")->isHidden());
    m_asked->slow = false;
    settle();
    // And of a file that is being written.
    click("edition_audit");
    settle();
    click("savePdf");
    click("cancelSaving");
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("saveProgress")->isHidden(), 1000);
    QVERIFY(!QFile::exists(m_where));
}

void ReportsPageTest::failedReportSaysWhy()
{
    settle();
    m_asked->broken = true;
    click("edition_audit");
    QTRY_VERIFY(!child<Banner>("reportFailure")->isHidden());
    QCOMPARE(child<Banner>("reportFailure")->detail(), u"the ink is out"_s);
    QTRY_VERIFY(!m_page->isBusy());
    m_asked->broken = false;
    click("edition_management");
    settle();
    QVERIFY(child<Banner>("reportFailure")->isHidden());
}

void ReportsPageTest::logoThatCannotBeUsedIsTold()
{
    settle();
    auto* error = child<TextBlock>("logoError");
    QVERIFY(error->isHidden());
    m_logo = path("logo.png");
    QFile(m_logo).open(QIODevice::WriteOnly); // empty
    click("chooseLogo");
    settle();
    QVERIFY(!error->isHidden());
    QVERIFY(preview().count() > 0); // the report is made without it
    QImage picture(40, 20, QImage::Format_ARGB32);
    picture.fill(Qt::red);
    QVERIFY(picture.save(m_logo));
    click("removeLogo");
    settle();
    QVERIFY(error->isHidden());
    QVERIFY(child<QPushButton>("removeLogo")->isHidden());
    click("chooseLogo");
    settle();
    QVERIFY2(error->isHidden(), qPrintable(error->text()));
    QCOMPARE(child<ElidedLabel>("logo")->text(), u"logo.png"_s);
    save("saveHtml");
    QVERIFY(content("report.out").contains("data:image/png;base64,"));
}

void ReportsPageTest::namesAreHidden()
{
    settle();
    click("hideNames");
    settle();
    QVERIFY(m_asked->last().names != nullptr);
    for (const char* button : { "saveHtml", "saveMarkdown" }) {
        save(button);
        for (const char* name : { "rdkalv", "drizzle", "104.21.63.124", "worker-1", "SMTP_PASSWORD" })
            QVERIFY2(!content("report.out").contains(name), name);
    }
    click("hideNames");
    settle();
    QVERIFY(m_asked->last().names == nullptr);
    save("saveHtml");
    QVERIFY(content("report.out").contains("rdkalv"));
}

void ReportsPageTest::everyControlHasANameAndIsReachable()
{
    settle();
    std::vector<const QWidget*> chain;
    for (QWidget* at = m_page->nextInFocusChain(); at != m_page.get(); at = at->nextInFocusChain())
        chain.push_back(at);
    for (const QWidget* control : m_page->findChildren<QWidget*>()) {
        const bool interactive = qobject_cast<const QAbstractButton*>(control)
            || qobject_cast<const QLineEdit*>(control) || control == &preview();
        if (!interactive || !control->isVisible())
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(control);
        QVERIFY2(!control->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
            qPrintable(control->objectName()));
        QVERIFY2(control->focusPolicy() & Qt::TabFocus, qPrintable(control->objectName()));
        QVERIFY(std::find(chain.begin(), chain.end(), control) != chain.end());
    }
}

void ReportsPageTest::nothingIsCut_data()
{
    QTest::addColumn<int>("scale");
    QTest::addColumn<QSize>("size");
    QTest::newRow("large") << 100 << QSize(1240, 820);
    QTest::newRow("smallest window") << 100 << QSize(780, 540);
    QTest::newRow("twice the text") << 200 << QSize(1240, 820);
    QTest::newRow("twice the text, smallest window") << 200 << QSize(930, 540);
}

void ReportsPageTest::nothingIsCut()
{
    QFETCH(int, scale);
    QFETCH(QSize, size);
    m_theme->setTextScale(scale);
    openPage();
    m_page->resize(size);
    settle();
    save("saveMarkdown");
    QTest::qWait(50);
    QCOMPARE(m_page->size(), size); // no widget asks for more
    for (const QWidget* control : m_page->findChildren<QWidget*>()) {
        if (!control->isVisible() || qobject_cast<const ElidedLabel*>(control)
            || control->objectName().startsWith(u"qt_"_s))
            continue;
        const bool words
            = qobject_cast<const QAbstractButton*>(control) || qobject_cast<const PlainLabel*>(control);
        const int needed
            = qobject_cast<const TextBlock*>(control) || qobject_cast<const EditionCard*>(control)
            ? control->minimumSizeHint().width()
            : control->sizeHint().width();
        if (words)
            QVERIFY2(control->width() >= needed,
                qPrintable(control->objectName() + u' ' + control->accessibleName()
                    + u" %1 < %2"_s.arg(control->width()).arg(needed)));
        const QRect place(control->mapTo(m_page.get(), QPoint()), control->size());
        QVERIFY2(!words || (place.left() >= 0 && place.right() < m_page->width()),
            qPrintable(control->objectName()));
    }
    const QWidget* options = child<QScrollArea>("reportOptions")->viewport();
    for (const QWidget* control : options->findChildren<QWidget*>()) {
        const QRect place(control->mapTo(options, QPoint()), control->size());
        QVERIFY2(!control->isVisible() || (place.left() >= 0 && place.right() < options->width()),
            qPrintable(u"%1 %2 %3: %4 to %5 of %6"_s
                           .arg(QLatin1StringView(control->metaObject()->className()), control->objectName(),
                               control->accessibleName())
                           .arg(place.left())
                           .arg(place.right())
                           .arg(options->width())));
    }
    m_theme->setTextScale(100);
}

void ReportsPageTest::hostileClassificationStaysText()
{
    settle();
    auto* line = child<QLineEdit>("classification");
    line->setText(u"<b>x</b>&amp; <img src=x>"_s);
    QTest::keyClicks(line, u"!"_s);
    settle();
    QCOMPARE(m_asked->last().classification, std::string("<b>x</b>&amp; <img src=x>!"));
    save("saveHtml");
    QVERIFY(!content("report.out").contains("<img src=x"));
}

void ReportsPageTest::endsWhileAReportIsMade()
{
    m_asked->slow = true;
    QTRY_COMPARE(m_asked->count(), 1);
    click("savePdf");
    QElapsedTimer clock;
    clock.start();
    m_page.reset();
    QVERIFY(clock.elapsed() < 1000);
    QVERIFY(!QFile::exists(m_where));
}

GLACIS_TEST(ReportsPageTest)
#include "reports_page_test.moc"
