// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <theme/style_sheet.h>
#include <theme/theme.h>
#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/chip.h>
#include <widgets/icons.h>
#include <widgets/plain_label.h>

#include <QApplication>
#include <QDirIterator>
#include <QHeaderView>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTableView>

using namespace glacis::ui;
using namespace Qt::StringLiterals;

class ThemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tableIsInTheOrderOfTheEnum();
    void textReadsOnEverySurface_data();
    void textReadsOnEverySurface();
    void graphicsStandOutFromEverySurface_data();
    void graphicsStandOutFromEverySurface();
    void paletteTellsItsTone();
    void styleSheetLeavesNoTokenUnwritten();
    void coloursStandInTheTableAlone();
    void switchesAtRunTime();
    void everyGlyphDrawsSomethingInsideItsGrid();
    void iconsFollowTheTheme();
    void everyKindOfButtonShowsItsState();
    void placeholdersRead();
    void cellsBeginBelowTheirHeaders();
    void glyphsAlongTheLinePointTheWayOfReading();
    void wordsKeepTheirOrderInAWindowFromRightToLeft();
    void emptyLinesBeginWhereReadingBegins();
};

namespace {

constexpr std::array surfaces { Token::Window, Token::Panel, Token::Card, Token::Hover, Token::Selected };

void pairs(const std::vector<Token>& inks)
{
    QTest::addColumn<Token>("ink");
    QTest::addColumn<Token>("ground");
    QTest::addColumn<Tone>("tone");
    for (const Tone tone : { Tone::Dark, Tone::Light })
        for (const Token ink : inks)
            for (const Token ground : surfaces)
                QTest::addRow("%s on %s, %s", tokenTable()[std::size_t(ink)].name.data(),
                    tokenTable()[std::size_t(ground)].name.data(), tone == Tone::Dark ? "dark" : "light")
                    << ink << ground << tone;
}

}

void ThemeTest::tableIsInTheOrderOfTheEnum()
{
    for (std::size_t i = 0; i < TokenCount; ++i)
        QCOMPARE(static_cast<std::size_t>(tokenTable()[i].token), i);
}

void ThemeTest::textReadsOnEverySurface_data()
{
    pairs({ Token::Text, Token::Text2, Token::Text3, Token::Accent, Token::Critical, Token::High,
        Token::Medium, Token::Low, Token::Info, Token::Pass, Token::Stage1, Token::Stage2, Token::Stage3,
        Token::Stage4 });
    for (const Tone tone : { Tone::Dark, Tone::Light })
        QTest::addRow("text on accent, %d", int(tone)) << Token::OnAccent << Token::Accent << tone;
}

void ThemeTest::textReadsOnEverySurface()
{
    QFETCH(Token, ink);
    QFETCH(Token, ground);
    QFETCH(Tone, tone);
    const double ratio = contrast(colour(ink, tone), colour(ground, tone));
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

/// Scroll bars, the line of focus (Accent; Text on what is filled with Accent), marks of severity, state and
/// stage.
void ThemeTest::graphicsStandOutFromEverySurface_data()
{
    pairs({ Token::Thumb, Token::Accent, Token::Text, Token::Critical, Token::High, Token::Medium, Token::Low,
        Token::Info, Token::Pass, Token::Stage1, Token::Stage2, Token::Stage3, Token::Stage4 });
    for (const Tone tone : { Tone::Dark, Tone::Light }) {
        // A bar's filled part on its track, a stage's arc on its ring.
        for (const Token ink : { Token::Accent, Token::Stage1, Token::Stage2, Token::Stage3, Token::Stage4 })
            QTest::addRow("%s on line, %d", tokenTable()[std::size_t(ink)].name.data(), int(tone))
                << ink << Token::Line << tone;
        QTest::addRow("thumb over hover, %d", int(tone)) << Token::Thumb << Token::Hover << tone;
    }
}

void ThemeTest::graphicsStandOutFromEverySurface()
{
    QFETCH(Token, ink);
    QFETCH(Token, ground);
    QFETCH(Tone, tone);
    const double ratio = contrast(colour(ink, tone), colour(ground, tone));
    QVERIFY2(ratio >= 3.0, qPrintable(QString::number(ratio)));
}

void ThemeTest::paletteTellsItsTone()
{
    for (const Tone tone : { Tone::Dark, Tone::Light })
        QCOMPARE(toneOf(paletteOf(tone)), tone);
    // A style sheet's transparent background says nothing: then the application's palette counts.
    Theme theme(*qApp);
    for (const auto choice : { Theme::Choice::Light, Theme::Choice::Dark }) {
        theme.choose(choice);
        QPalette clear = QApplication::palette();
        clear.setColor(QPalette::Window, Qt::transparent);
        QCOMPARE(toneOf(clear), theme.tone());
    }
}

void ThemeTest::styleSheetLeavesNoTokenUnwritten()
{
    for (const Tone tone : { Tone::Dark, Tone::Light })
        QVERIFY(!styleSheet(tone).contains(u'$'));
    QVERIFY(styleSheet(Tone::Dark) != styleSheet(Tone::Light));
}

void ThemeTest::coloursStandInTheTableAlone()
{
    const QRegularExpression constant(
        u"#[0-9A-Fa-f]{6}\\b|QColor\\(|QColor::from|qRgb|Qt::(red|green|blue|white|black|gray|yellow|cyan|magenta|dark\\w+|light\\w+)\\b"_s);
    QDirIterator files(QStringLiteral(GLACIS_SOURCE_DIR "/ui"), { u"*.cpp"_s, u"*.h"_s }, QDir::Files,
        QDirIterator::Subdirectories);
    int seen = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        ++seen;
        if (file.fileName().endsWith(u"theme/tokens.cpp"))
            continue;
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto match = constant.match(QString::fromUtf8(file.readAll()));
        QVERIFY2(!match.hasMatch(), qPrintable(file.fileName() + u": " + match.captured()));
    }
    QVERIFY(seen > 40);
}

void ThemeTest::switchesAtRunTime()
{
    Theme theme(*qApp);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.choose(Theme::Choice::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), colour(Token::Window, Tone::Dark));
    theme.choose(Theme::Choice::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Window), colour(Token::Window, Tone::Light));
    QCOMPARE(changed.count(), 2);
    QCOMPARE(Theme::choiceFromName(Theme::name(Theme::Choice::Dark)), Theme::Choice::Dark);
    QCOMPARE(Theme::choiceFromName(u"nonsense"_s), Theme::Choice::System);
    theme.choose(Theme::Choice::Dark);
}

void ThemeTest::everyGlyphDrawsSomethingInsideItsGrid()
{
    for (std::size_t i = 0; i < GlyphCount; ++i) {
        const QRectF box = glyphPath(static_cast<Glyph>(i)).boundingRect();
        QVERIFY2(std::max(box.width(), box.height()) > 5, qPrintable(QString::number(i)));
        QVERIFY2(QRectF(1, 1, 22, 22).contains(box), qPrintable(QString::number(i)));
    }
    QVERIFY(glyphPath("M1 1 ? L5 5").boundingRect().isEmpty());
}

void ThemeTest::iconsFollowTheTheme()
{
    Theme theme(*qApp);
    const QIcon reload = glyphIcon(Glyph::Reload, Token::Accent);
    theme.choose(Theme::Choice::Dark);
    const QImage dark = reload.pixmap(48).toImage();
    theme.choose(Theme::Choice::Light);
    const QImage light = reload.pixmap(48).toImage();
    QVERIFY(dark != light);
    QCOMPARE(reload.pixmap(QSize(24, 24), 2.0).size(), QSize(48, 48)); // drawn for the screen, not blown up
    theme.choose(Theme::Choice::Dark);
}

void ThemeTest::placeholdersRead()
{
    Theme theme(*qApp);
    for (const auto choice : { Theme::Choice::Light, Theme::Choice::Dark }) {
        theme.choose(choice);
        QLineEdit line;
        line.ensurePolished();
        const QColor ink = line.palette().color(QPalette::PlaceholderText);
        QCOMPARE(ink, colour(Token::Text3, theme.tone()));
        QVERIFY(contrast(ink, colour(Token::Card, theme.tone())) >= 4.5);
        QCOMPARE(line.palette().color(QPalette::Text), colour(Token::Text, theme.tone()));
    }
}

void ThemeTest::everyKindOfButtonShowsItsState()
{
    Theme theme(*qApp);
    for (const auto choice : { Theme::Choice::Light, Theme::Choice::Dark }) {
        theme.choose(choice);
        for (const QString& kind :
            { u"plain"_s, u"primary"_s, u"quiet"_s, u"link"_s, u"warning"_s, u"status"_s, u"danger"_s }) {
            QPushButton button(u"Words"_s);
            button.setProperty("kind", kind);
            button.setAutoDefault(false);
            const QImage normal = button.grab().toImage();
            button.setDown(true);
            QVERIFY2(button.grab().toImage() != normal, qPrintable(kind + u", pressed"));
            button.setDown(false);
            button.setEnabled(false);
            QVERIFY2(button.grab().toImage() != normal, qPrintable(kind + u", disabled"));
        }
        QLineEdit line(u"Words"_s);
        const QImage normal = line.grab().toImage();
        line.setEnabled(false);
        QVERIFY(line.grab().toImage() != normal);
        ToggleChip chip(u"Words"_s, glacis::Severity::High);
        const QImage chosen = chip.grab().toImage();
        chip.setEnabled(false);
        QVERIFY(chip.grab().toImage() != chosen);
    }
}

void ThemeTest::cellsBeginBelowTheirHeaders()
{
    Theme theme(*qApp);
    QStandardItemModel model(1, 1);
    model.setHorizontalHeaderLabels({ u"H"_s });
    model.setItem(0, 0, new QStandardItem(u"H"_s));
    QTableView table;
    table.setModel(&model);
    table.setShowGrid(false);
    table.setFrameShape(QFrame::NoFrame);
    table.verticalHeader()->hide();
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.resize(200, 120);
    const QImage image = table.grab().toImage();
    const auto firstInk = [&](const QRect& rect) {
        for (int x = rect.left(); x <= rect.right(); ++x)
            for (int y = rect.top(); y <= rect.bottom(); ++y)
                if (image.pixel(x, y) != image.pixel(rect.topLeft()))
                    return x;
        return -1;
    };
    const int head = firstInk(table.horizontalHeader()->geometry().adjusted(0, 1, -2, -2));
    const QPoint below = table.viewport()->pos();
    const int cell = firstInk(table.visualRect(model.index(0, 0)).translated(below).adjusted(0, 1, -2, -2));
    QVERIFY(head > 0);
    QVERIFY2(std::abs(head - cell) <= 1, qPrintable(u"%1 and %2"_s.arg(head).arg(cell)));
}

namespace {

template <class Paint> QImage painted(const QSize& size, const Paint& paint)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paint(painter);
    return image;
}

QImage grabbed(QWidget& widget, Qt::LayoutDirection direction, const QSize& size)
{
    widget.setLayoutDirection(direction);
    widget.resize(size);
    return widget.grab().toImage();
}

}

void ThemeTest::glyphsAlongTheLinePointTheWayOfReading()
{
    const auto drawn = [](Glyph glyph, Qt::LayoutDirection reading) {
        return painted({ 48, 48 }, [&](QPainter& painter) {
            paintGlyph(painter, glyph, QRectF(0, 0, 48, 48), colour(Token::Text, Tone::Dark), reading);
        });
    };
    for (const Glyph glyph :
        { Glyph::ArrowLeft, Glyph::ArrowRight, Glyph::StepBack, Glyph::StepForward, Glyph::ChevronRight })
        QVERIFY(drawn(glyph, Qt::RightToLeft) != drawn(glyph, Qt::LeftToRight));
    for (const Glyph glyph : { Glyph::Search, Glyph::Check, Glyph::Reload })
        QCOMPARE(drawn(glyph, Qt::RightToLeft), drawn(glyph, Qt::LeftToRight));
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    const QImage mirrored = glyphIcon(Glyph::ArrowLeft).pixmap(48).toImage();
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    QVERIFY(glyphIcon(Glyph::ArrowLeft).pixmap(48).toImage() != mirrored);
}

void ThemeTest::wordsKeepTheirOrderInAWindowFromRightToLeft()
{
    Theme theme(*qApp);
    const QString text = u"21 ways open."_s;
    const QSize size(240, 40);
    const auto keeps = [&](PlainLabel& label) {
        const QImage fromRight = grabbed(label, Qt::RightToLeft, size);
        const bool moved = fromRight != grabbed(label, Qt::LeftToRight, size);
        label.setAlignment(Qt::AlignRight | Qt::AlignAbsolute | (label.alignment() & Qt::AlignVertical_Mask));
        return moved && fromRight == grabbed(label, Qt::LeftToRight, size); // at the other side, as they are
    };
    PlainLabel plain(text);
    QVERIFY(keeps(plain));
    ElidedLabel elided(text);
    QVERIFY(keeps(elided));
    TextBlock block(text);
    QVERIFY(keeps(block));
    QPushButton button(text); // in the middle either way
    button.setProperty("kind", u"quiet"_s);
    QCOMPARE(grabbed(button, Qt::RightToLeft, size), grabbed(button, Qt::LeftToRight, size));
}

void ThemeTest::emptyLinesBeginWhereReadingBegins()
{
    Theme theme(*qApp);
    QLineEdit line;
    line.setLayoutDirection(Qt::RightToLeft);
    line.ensurePolished();
    QVERIFY(line.alignment().testFlag(Qt::AlignRight));
    QLineEdit other;
    other.setLayoutDirection(Qt::LeftToRight);
    other.ensurePolished();
    QVERIFY(other.alignment().testFlag(Qt::AlignLeft));
}

GLACIS_TEST(ThemeTest)
#include "theme_test.moc"
