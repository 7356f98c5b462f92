// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <theme/style_sheet.h>
#include <theme/theme.h>
#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/icons.h>

#include <QApplication>
#include <QDirIterator>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSignalSpy>

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

GLACIS_TEST(ThemeTest)
#include "theme_test.moc"
