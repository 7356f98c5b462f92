// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inspector with real events: where it leads, its tabs and focus, and its manners at the window's side.
#include "made_assessment.h"
#include "votelab.h"

#include <findings/findings_table.h>
#include <inspector/inspector.h>
#include <inspector/inspector_pane.h>
#include <inspector/part_widgets.h>
#include <shell/main_window.h>
#include <widgets/code_view.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QToolButton>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using test::everyFinding;
using test::of;
using test::part;
using test::practice;
using test::read;
using workspace::SourceRequest;
using workspace::Workspace;

class InspectorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void rowsLeadOn();
    void evidenceMarksTheFieldInTheObject();
    void copyButtonsCopyWhatTheyName();
    void tabsByKeyboard();
    void focusGoesThroughItInOrder();
    void readyEffectsKeepTabAndScroll();
    void newAssessmentEmptiesIt();
    void standsBesideThePagesThatWantIt();
    void comesAfterThePageByKeyboard();
    void showsTheNewAssessmentAfterAReload();
    void widthAndChoiceAreKept();
    void hostileAndLongTextsStayInside_data();
    void hostileAndLongTextsStayInside();

private:
    [[nodiscard]] const assessment::Assessment& assessment() const { return *m_workspace->assessment(); }
    [[nodiscard]] const attack::Graph& graph() const { return assessment().graph; }
    void show(const Selection& selection);
    std::unique_ptr<Workspace> m_workspace; ///< holds votelab
    std::unique_ptr<Inspector> m_inspector;
};

namespace {

template <class T> T* named(QWidget& root, const QString& accessibleName)
{
    for (T* widget : root.findChildren<T*>())
        if (widget->accessibleName() == accessibleName && widget->isVisibleTo(&root))
            return widget;
    return nullptr;
}

}

void InspectorTest::initTestCase()
{
    m_workspace = std::make_unique<Workspace>();
    (void)attackFacts(*m_workspace);
    read(*m_workspace, "votelab");
    QTRY_VERIFY(attackFacts(*m_workspace).isReady());
}

void InspectorTest::cleanup() { m_inspector.reset(); }

void InspectorTest::show(const Selection& selection)
{
    if (!m_inspector) {
        m_inspector = std::make_unique<Inspector>(*m_workspace);
        m_inspector->resize(344, 800);
        m_inspector->show();
    }
    m_inspector->show(selection);
    QTRY_VERIFY(!m_inspector->isBusy());
    QCoreApplication::processEvents();
}

void InspectorTest::rowsLeadOn()
{
    show(of(Selection::Kind::Way, { 0 }));
    QSignalSpy wanted(m_inspector.get(), &Inspector::wanted);
    auto links = m_inspector->findChildren<RowLink*>();
    links.removeIf([](const RowLink* link) { return !link->isVisible(); }); // those of other tabs
    QVERIFY(links.size() >= 3);
    QTest::mouseClick(links[0], Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    const auto first = wanted.takeFirst().front().value<Location>();
    QCOMPARE(first.page, u"attack"_s);
    QVERIFY(first.item.startsWith(u"edge:"));
    links[1]->setFocus();
    QTest::keyClick(links[1], Qt::Key_Return);
    QTest::keyClick(links[1], Qt::Key_Space);
    QCOMPARE(wanted.count(), 2);
    // A click that shows something else must not pull the row from under itself.
    connect(m_inspector.get(), &Inspector::wanted, this,
        [this] { m_inspector->show(of(Selection::Kind::Way, { 1 })); });
    QTest::mouseClick(links[0], Qt::LeftButton);
    QVERIFY(m_inspector->description().kicker.startsWith(u"Way 2"));
}

void InspectorTest::evidenceMarksTheFieldInTheObject()
{
    const posture::Finding* privileged = nullptr;
    for (const posture::Finding* f : everyFinding(assessment()))
        if (assessment().info(*f).id == "GL-POD-001" && !privileged)
            privileged = f;
    QVERIFY(privileged);
    show(of({ privileged }));
    m_inspector->openTab(Inspector::EvidenceTab);
    auto* yaml = m_inspector->findChild<CodeView*>();
    QVERIFY(yaml->isVisible());
    const auto marks = yaml->extraSelections();
    QCOMPARE(marks.size(), 1);
    QCOMPARE(marks.front().cursor.block().text().trimmed(), u"privileged: true"_s);
    // A step's evidence may stand on another object: each place shows its own.
    for (std::uint32_t e = 0; e < graph().edges.size(); ++e) {
        const auto because = graph().becauseOf(graph().edges[e]);
        if (because.size() < 2 || because[0].object == because[1].object || !because[1].object.valid())
            continue;
        show(of(Selection::Kind::Edge, { e }));
        QTest::mouseClick(named<QToolButton>(*m_inspector, u"Next place"_s), Qt::LeftButton);
        QTRY_VERIFY(!m_inspector->isBusy());
        const inventory::Object& object = assessment().inventory->object(because[1].object);
        QVERIFY(yaml->toPlainText().contains(u"name: " + shown(std::string_view(object.name))));
        return;
    }
    QFAIL("no step with evidence on two objects");
}

void InspectorTest::copyButtonsCopyWhatTheyName()
{
    const posture::Finding* finding = nullptr;
    for (const posture::Finding* f : everyFinding(assessment()))
        if (!finding && f->object.valid() && !f->places.empty() && !f->places.front().object.valid()
            && !f->places.front().path.empty())
            finding = f;
    show(of({ finding }));
    const auto copied = [this](const QString& name) -> QString {
        QApplication::clipboard()->clear();
        auto* button = named<QToolButton>(*m_inspector, name);
        if (!button)
            return u"no button "_s + name;
        QTest::mouseClick(button, Qt::LeftButton);
        return QApplication::clipboard()->text();
    };
    QCOMPARE(copied(u"Copy the object's name"_s), m_inspector->description().object);
    const QString all = copied(u"Copy all of it as text"_s);
    QVERIFY(all.contains(m_inspector->description().title));
    QVERIFY(all.contains(fromUtf8(assessment().info(*finding).fix)));
    m_inspector->openTab(Inspector::EvidenceTab);
    QCOMPARE(copied(u"Copy the field's path"_s), shown(finding->places.front().path));
    QVERIFY(copied(u"Copy file and line"_s).contains(u".yaml:"));
    QVERIFY(copied(u"Copy the YAML"_s).startsWith(u"apiVersion:"));
}

void InspectorTest::tabsByKeyboard()
{
    show(of(Selection::Kind::Way, { 0 }));
    auto* tabs = m_inspector->findChild<QTabBar*>();
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_Right);
    QCOMPARE(tabs->currentIndex(), int(Inspector::EvidenceTab));
    auto* yaml = m_inspector->findChild<CodeView*>();
    yaml->setFocus();
    QTest::keyClick(yaml, Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), int(Inspector::Fix));
    QTest::keyClick(tabs, Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), int(Inspector::Why));
    QTest::keyClick(tabs, Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(tabs->currentIndex(), int(Inspector::Fix));
}

void InspectorTest::focusGoesThroughItInOrder()
{
    show(of(Selection::Kind::Way, { 0 }));
    show(of(Selection::Kind::Way, { 1 })); // rows made anew
    QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
    auto* tabs = m_inspector->findChild<QTabBar*>();
    tabs->setFocus();
    QStringList items;
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        auto* link = qobject_cast<RowLink*>(QApplication::focusWidget());
        QVERIFY(link);
        items += link->target().item;
    }
    QStringList steps;
    for (const DescribedRow& row :
        part(m_inspector->description().why, u"Its cheapest path, step by step")->rows)
        steps += row.to.item;
    QCOMPARE(items, steps.mid(0, 3));
}

void InspectorTest::readyEffectsKeepTabAndScroll()
{
    Workspace workspace;
    Inspector inspector(workspace);
    inspector.resize(344, 400);
    inspector.show();
    QSignalSpy ready(&attackFacts(workspace), &AttackFacts::ready);
    const auto hasShare = [&] { return part(inspector.description().why, u"Choke point") != nullptr; };
    bool busy = false, shareTold = true;
    connect(&workspace, &Workspace::assessmentReady, this, [&] { // before the effects can be there
        const attack::NodeIndex node = workspace.assessment()->graph.find("node/worker-1");
        inspector.show(of(Selection::Kind::Nodes, { node }));
        inspector.openTab(Inspector::Fix);
        busy = inspector.isBusy();
        shareTold = hasShare();
    });
    workspace.open(practice("votelab"));
    QTRY_COMPARE(ready.count(), 1);
    QVERIFY(busy);
    QVERIFY(!shareTold);
    QVERIFY(hasShare());
    QCOMPARE(inspector.findChild<QTabBar*>()->currentIndex(), int(Inspector::Fix));
}

void InspectorTest::newAssessmentEmptiesIt()
{
    Workspace workspace;
    Inspector inspector(workspace);
    read(workspace, "votelab");
    inspector.show(of(Selection::Kind::Way, { 0 }));
    QVERIFY(!inspector.description().empty());
    const std::weak_ptr<const assessment::Assessment> old = workspace.assessment();
    read(workspace, "votelab-hardened");
    QVERIFY(inspector.description().empty());
    QCOMPARE(inspector.selection().kind, Selection::Kind::Nothing);
    workspace.closeSource(0); // until then it can be shown again
    QTRY_VERIFY(old.expired()); // nobody holds on to what is gone
}

void InspectorTest::standsBesideThePagesThatWantIt()
{
    QTemporaryDir folder;
    Theme theme(*qApp);
    Settings settings(folder.filePath(u"glacis.ini"_s));
    Workspace workspace;
    MainWindow window(workspace, theme, settings);
    window.resize(1280, 800);
    window.show();
    read(workspace, "votelab");
    auto* inspector = window.findChild<Inspector*>();
    auto* action = window.findChild<QAction*>(u"toggleInspector"_s);
    window.go({ u"overview"_s, {}, {} });
    QVERIFY(!inspector->isVisible());
    QVERIFY(!action->isEnabled());
    window.go({ u"findings"_s, {}, {} });
    QVERIFY(inspector->isVisible());
    QVERIFY(inspector->finding());
    QVERIFY(action->isEnabled() && action->isChecked());
    auto* table = window.findChild<FindingsTable*>();
    table->setFocus();
    const posture::Finding* first = inspector->finding();
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(inspector->finding() && inspector->finding() != first);
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(inspector->selection().findings.size(), 2U);
    QTest::mouseClick(inspector->findChild<QToolButton*>(u"closeInspector"_s), Qt::LeftButton);
    QVERIFY(!inspector->isVisible());
    QVERIFY(!action->isChecked());
    window.go({ u"overview"_s, {}, {} });
    window.go({ u"findings"_s, {}, {} });
    QVERIFY(!inspector->isVisible()); // closed means closed
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_I, Qt::ControlModifier);
    QVERIFY(inspector->isVisible());
    QVERIFY(!inspector->description().empty()); // it caught up
    // A jump is a step of the way: Back returns.
    QTRY_VERIFY(window.isSettled());
    const Location here = window.here();
    Q_EMIT inspector->wanted({ u"findings"_s, u"ns:ci"_s, {} });
    QCOMPARE(window.here().filter, u"ns:ci"_s);
    QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(window.here(), here);
}

void InspectorTest::comesAfterThePageByKeyboard()
{
    QTemporaryDir folder;
    Theme theme(*qApp);
    Settings settings(folder.filePath(u"glacis.ini"_s));
    Workspace workspace;
    MainWindow window(workspace, theme, settings);
    window.resize(1280, 800);
    window.show();
    read(workspace, "votelab");
    window.go({ u"findings"_s, {}, {} });
    QTRY_VERIFY(window.isSettled());
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto* page = window.findChild<QWidget*>(u"findingsPage"_s);
    auto* inspector = window.findChild<Inspector*>();
    window.findChild<FindingsTable*>()->setFocus();
    for (int i = 0; i < 30 && !inspector->isAncestorOf(QApplication::focusWidget()); ++i) {
        QVERIFY(page->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QVERIFY(inspector->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(page->isAncestorOf(QApplication::focusWidget()));
}

void InspectorTest::showsTheNewAssessmentAfterAReload()
{
    QTemporaryDir folder;
    Theme theme(*qApp);
    Settings settings(folder.filePath(u"glacis.ini"_s));
    Workspace workspace;
    MainWindow window(workspace, theme, settings);
    window.resize(1280, 800);
    window.show();
    read(workspace, "votelab");
    window.go({ u"findings"_s, {}, {} });
    auto* table = window.findChild<FindingsTable*>();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_End, Qt::ControlModifier);
    auto* inspector = window.findChild<Inspector*>();
    const std::weak_ptr<const assessment::Assessment> old = workspace.assessment();
    read(workspace, "votelab-hardened");
    workspace.closeSource(0);
    QTRY_VERIFY(window.isSettled());
    QTRY_VERIFY(old.expired());
    const auto now = everyFinding(*workspace.assessment());
    QVERIFY(std::find(now.begin(), now.end(), inspector->finding()) != now.end());
    QCOMPARE(
        inspector->description().title, fromUtf8(workspace.assessment()->info(*inspector->finding()).title));
}

void InspectorTest::widthAndChoiceAreKept()
{
    Workspace workspace;
    InspectorPane pane(new QWidget, workspace);
    QVERIFY(pane.isOpen());
    pane.restore("500 closed");
    QVERIFY(!pane.isOpen());
    QCOMPARE(pane.state(), QByteArray("500 closed"));
    pane.restore("rubbish");
    pane.restore("-7 open");
    QCOMPARE(pane.state(), QByteArray("500 open"));
    pane.restore("1 open");
    QVERIFY(pane.state().split(' ').front().toInt() >= 200); // a sliver would be of no use
}

void InspectorTest::hostileAndLongTextsStayInside_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    for (const auto direction : { Qt::LeftToRight, Qt::RightToLeft }) {
        const char* side = direction == Qt::LeftToRight ? "ltr" : "rtl";
        QTest::addRow("253 letters, %s", side) << QString(253, u'w') << direction;
        QTest::addRow("mark-up, %s", side)
            << u"<b>bold</b><img src='file:///etc/passwd'>&amp;&quit\u202E"_s << direction;
        QTest::addRow("right to left, %s", side) << u"مرحبا بالعالم"_s.repeated(8) << direction;
    }
}

/// At 300 units every row, chip and text stays within the inspector, in every tab, and no text is cut.
void InspectorTest::hostileAndLongTextsStayInside()
{
    QFETCH(QString, name);
    QFETCH(Qt::LayoutDirection, direction);
    const auto made = test::hostileAssessment(name.toStdString());
    Workspace workspace([made](const SourceRequest&, const StopToken&,
                            const auto&) -> Result<assessment::AssessmentPtr> { return made; });
    Inspector inspector(workspace);
    inspector.setLayoutDirection(direction);
    inspector.resize(300, 700);
    inspector.show();
    read(workspace, "made");
    for (const auto& findings : { std::vector { everyFinding(*made).front() }, everyFinding(*made) })
        for (const auto tab : { Inspector::Why, Inspector::EvidenceTab, Inspector::Fix }) {
            inspector.show(of(findings));
            inspector.openTab(tab);
            QTRY_VERIFY(!inspector.isBusy());
            QTest::qWait(10);
            QCOMPARE(inspector.width(), 300);
            for (QWidget* widget : inspector.findChildren<QWidget*>()) {
                if (!widget->isVisible())
                    continue;
                const int left = widget->mapTo(&inspector, QPoint(0, 0)).x();
                QVERIFY2(left >= 0 && left + widget->width() <= 300,
                    qPrintable(
                        u"%1 %2: %3 + %4"_s
                            .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())
                            .arg(left)
                            .arg(widget->width())));
                if (const auto* label = qobject_cast<QLabel*>(widget)) {
                    QVERIFY(qobject_cast<const PlainLabel*>(widget));
                    QVERIFY(!label->text().contains(u'\u202E'));
                }
                if (const auto* block = qobject_cast<TextBlock*>(widget))
                    QVERIFY2(
                        block->height() >= block->heightForWidth(block->width()), qPrintable(block->text()));
            }
        }
}

GLACIS_TEST(InspectorTest)
#include "inspector_test.moc"
