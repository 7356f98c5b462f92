// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/style_sheet.h>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    // A line edit's ink comes from the palette: with a "color" here, Qt would halve the placeholder's.
    // Sides are symmetric throughout: a style sheet does not mirror in right-to-left layouts.
    constexpr QStringView text = uR"(
QMainWindow, QDialog { background: $window; }
QWidget[kind="panel"] { background: $panel; }
QWidget[kind="window"] { background: $window; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="clear"], QStackedWidget { background: transparent; border: 0; }
QToolTip { background: $hover; color: $text; border: 1px solid $line; padding: 4px 6px; }

QMenuBar { background: $panel; color: $text2; padding: 2px 8px 0 8px; border: 0; }
QMenuBar::item { background: transparent; padding: 3px 8px; border-radius: 5px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; color: $text; }
QMenu { background: $panel; color: $text; border: 1px solid $line; padding: 5px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 5px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding: 0 6px; }
QMenu::separator { height: 1px; background: $line; margin: 5px 6px; }
QMenu::right-arrow { width: 10px; height: 10px; }

QPushButton { background: $card; color: $text; border: 1px solid $line; border-radius: 7px; padding: 5px 12px; outline: 0; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $text3; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton::menu-indicator { width: 0; height: 0; }
QPushButton[kind="primary"] { background: $accent; color: $onaccent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accenthover; }
QPushButton[kind="primary"]:pressed { background: $accentpressed; }
QPushButton[kind="primary"]:focus { border: 1px solid $text; }
QPushButton[kind="primary"]:disabled { background: $hover; color: $text3; border-color: $line; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $text2; padding: 4px 8px; }
QPushButton[kind="quiet"]:hover { background: $hover; color: $text; }
QPushButton[kind="quiet"]:pressed { background: $line; color: $text; }
QPushButton[kind="quiet"]:disabled { color: $text3; }
QPushButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 2px 4px; }
QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="link"]:pressed { background: $line; }
QPushButton[kind="link"]:disabled { color: $text3; }
QPushButton[kind="link"]:focus { border-color: $accent; }
QPushButton[kind="warning"] { background: transparent; border: 1px solid transparent; color: $medium; padding: 1px 6px; border-radius: 5px; }
QPushButton[kind="warning"]:hover { background: $hover; }
QPushButton[kind="warning"]:pressed { background: $line; }
QPushButton[kind="warning"]:disabled { color: $text3; }
QPushButton[kind="warning"]:focus { border-color: $accent; }
QPushButton[kind="status"] { background: transparent; border: 1px solid transparent; color: $text2; padding: 1px 6px; border-radius: 5px; }
QPushButton[kind="status"]:hover { background: $hover; color: $text; }
QPushButton[kind="status"]:pressed { background: $line; color: $text; }
QPushButton[kind="status"]:disabled { color: $text3; }
QPushButton[kind="status"]:focus { border-color: $accent; }
QPushButton[kind="segment"] { background: transparent; color: $text2; padding: 4px 12px; }
QPushButton[kind="segment"]:hover { background: $hover; color: $text; }
QPushButton[kind="segment"]:checked { background: $selected; color: $text; border-color: $accent; }
QPushButton[kind="segment"]:focus { border-color: $text; }
QPushButton[kind="danger"] { color: $critical; border-color: $critical; }
QPushButton[kind="danger"]:focus { border-color: $accent; }
QPushButton[kind="danger"]:disabled { color: $text3; border-color: $line; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 7px; padding: 5px; }
QToolButton[kind="small"] { padding: 2px; border-radius: 5px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }

QLineEdit { background: $card; border: 1px solid $line; border-radius: 7px; padding: 5px 8px; selection-background-color: $accent; selection-color: $onaccent; }
QLineEdit:focus { border-color: $accent; }
QLineEdit:disabled { background: transparent; color: $text3; }
QLineEdit[nothing="true"] { color: $critical; }
QLineEdit[kind="bare"], QLineEdit[kind="bare"]:focus { background: transparent; border: 0; padding: 0; }
QListView[kind="clear"] { background: transparent; border: 0; outline: 0; }
QPlainTextEdit { background: $window; color: $text2; border: 1px solid $line; border-radius: 8px; padding: 4px; selection-background-color: $accent; selection-color: $onaccent; }
QPlainTextEdit:focus { border-color: $accent; }

QListView { background: $window; color: $text; border: 0; outline: 0; }
QListView[kind="popup"] { background: $panel; border: 1px solid $line; border-radius: 8px; padding: 4px 0; }
QTableView { background: $window; color: $text; border: 0; outline: 0; selection-background-color: $selected; }
QHeaderView { background: $window; border: 0; }
QHeaderView::section { background: $window; color: $text3; border: 0; border-bottom: 1px solid $line; padding: 6px 10px; }
QHeaderView::section:hover { color: $text; background: $hover; }
QTableCornerButton::section { background: $window; border: 0; }

QTabBar { background: transparent; border: 0; }
QTabBar::tab { background: transparent; color: $text2; border: 0; border-bottom: 2px solid transparent; padding: 7px 2px; margin: 0 9px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; }

QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 11px; }
QScrollBar:horizontal { height: 11px; }
QScrollBar::handle { background: $thumb; border-radius: 3px; margin: 2px 4px; }
QScrollBar::handle:vertical { min-height: 28px; margin: 2px 3px 2px 3px; border-radius: 2px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 3px 2px 3px 2px; border-radius: 2px; }
QScrollBar::handle:hover { background: $text2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QSplitter[kind="gap"]::handle, QSplitter[kind="gap"]::handle:hover { background: transparent; }
QListView[kind="clear"] { background: transparent; border: 0; outline: 0; }
QProgressBar { background: $line; border: 0; border-radius: 2px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QFrame[kind="rule"] { background: $line; border: 0; }
)";

}

QString styleSheet(Tone tone)
{
    QString sheet = text.toString();
    // Longest names first, or "$text" would eat the head of "$text2".
    auto rows = tokenTable();
    std::sort(rows.begin(), rows.end(),
        [](const TokenRow& a, const TokenRow& b) { return a.name.size() > b.name.size(); });
    const auto accent = [tone](double share) {
        return blend(colour(Token::Accent, tone), colour(Token::Text, tone), share).name();
    };
    sheet.replace(u"$accenthover"_s, accent(0.12)); // away from the ink upon it, which stays readable
    sheet.replace(u"$accentpressed"_s, accent(0.28));
    for (const TokenRow& row : rows) {
        const QString name
            = u'$' + QString::fromLatin1(row.name.data(), static_cast<qsizetype>(row.name.size()));
        sheet.replace(name, colour(row.token, tone).name());
    }
    return sheet;
}

} // namespace glacis::ui
