// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The gallery: every sample stands, draws something in both themes, and nothing in it is cut.
#include "test_main.h"

#include <gallery/gallery.h>
#include <gallery/sample.h>
#include <theme/theme.h>
#include <widgets/plain_label.h>

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QPixmap>

#include <set>

using namespace glacis::ui;
using namespace Qt::StringLiterals;

class GalleryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void samplesOfAGroupAreNeighboursWithNamesOfTheirOwn();
    void pictureHoldsEverySampleInBothThemes();
    void growsWithTheSizeOfText();
    void everyControlHasAName();
};

void GalleryTest::samplesOfAGroupAreNeighboursWithNamesOfTheirOwn()
{
    std::set<QString> groups, titles;
    QString group;
    for (const Sample& sample : samples()) {
        if (QLatin1StringView(sample.group) != group) {
            group = QLatin1StringView(sample.group);
            QVERIFY2(groups.insert(group).second, sample.group);
        }
        QVERIFY2(titles.insert(QLatin1StringView(sample.title)).second, sample.title);
    }
    QVERIFY(titles.size() > 20);
}

void GalleryTest::pictureHoldsEverySampleInBothThemes()
{
    Theme theme(*qApp);
    for (const auto choice : { Theme::Choice::Dark, Theme::Choice::Light }) {
        theme.choose(choice);
        Gallery gallery;
        gallery.resize(1040, 700);
        gallery.show();
        QCoreApplication::processEvents();
        const QImage picture = gallery.picture().toImage();
        QVERIFY(picture.height() > 1500);
        QCOMPARE(picture.width(), 1040);
        std::size_t seen = 0;
        for (QWidget* widget : gallery.findChildren<QWidget*>()) {
            if (!widget->property("sample").isValid())
                continue;
            ++seen;
            const QRect box(widget->mapTo(&gallery, QPoint()), widget->size());
            const QString title = widget->property("sample").toString();
            QVERIFY2(gallery.rect().contains(box), qPrintable(title));
            const QImage part = picture.copy(box);
            std::set<QRgb> colours;
            for (int y = 0; y < part.height() && colours.size() < 3; y += 2)
                for (int x = 0; x < part.width(); x += 3)
                    colours.insert(part.pixel(x, y));
            QVERIFY2(colours.size() >= 2, qPrintable(title));
            for (const auto* block : widget->findChildren<TextBlock*>())
                QVERIFY2(block->height() >= block->heightForWidth(block->width())
                        || block->height() >= block->sizeHint().height(),
                    qPrintable(title));
        }
        QCOMPARE(seen, samples().size());
    }
    theme.choose(Theme::Choice::Dark);
}

void GalleryTest::growsWithTheSizeOfText()
{
    Theme theme(*qApp);
    theme.choose(Theme::Choice::Dark);
    const auto height = [] {
        Gallery gallery;
        gallery.resize(1040, 700);
        gallery.show();
        QCoreApplication::processEvents();
        return gallery.picture().height();
    };
    const int before = height();
    theme.setTextScale(150);
    QVERIFY(height() > before * 5 / 4);
    theme.setTextScale(100);
}

void GalleryTest::everyControlHasAName()
{
    Gallery gallery;
    gallery.show();
    for (QWidget* widget : gallery.findChildren<QAbstractButton*>()) {
        if (widget->inherits("QTableCornerButton") || widget->inherits("QTabBarScrollButton"))
            continue;
        if (auto* face = QAccessible::queryAccessibleInterface(widget); widget->isVisible())
            QVERIFY2(!face->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
    }
}

GLACIS_TEST(GalleryTest)
#include "gallery_test.moc"
