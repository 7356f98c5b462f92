// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <reports/report_choice.h>

#include <QWidget>

#include <array>
#include <functional>
#include <vector>

class QButtonGroup;
class QCheckBox;
class QGridLayout;
class QLineEdit;
class QPushButton;

namespace glacis::ui {

class Card;
class EditionCard;
class ElidedLabel;
class Segments;
class TextBlock;

/// Asks for a file and calls back with its name; not at all when the person thinks better of it.
using AskForFile = std::function<void(std::function<void(const QString& file)> chosen)>;

/// What a report is made of, as cards below one another: edition, content, paper, names, marking.
class OptionsPanel : public QWidget {
    Q_OBJECT
public:
    explicit OptionsPanel(AskForFile askForLogo, QWidget* parent = nullptr);
    void setChoice(const ReportChoice& choice); ///< emits nothing
    [[nodiscard]] const ReportChoice& choice() const { return m_choice; }
    void setLogoError(const QString& error); ///< why there is none; empty: all is well

Q_SIGNALS:
    void changed(); ///< by the person

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeEditions();
    QWidget* makeSections();
    QWidget* makePaper();
    QWidget* makeMarking();
    QWidget* makeLogo();
    void showSections();
    void arrangeSections();
    void setLogo(const QString& file);
    void showLogo();
    template <class T> void set(T& field, T value);

    AskForFile m_askForLogo;
    ReportChoice m_choice;
    std::array<EditionCard*, 3> m_editions {};
    std::array<QCheckBox*, report::SectionCount> m_sections {};
    QGridLayout* m_sectionGrid = nullptr;
    int m_sectionColumns = 0;
    Segments* m_paper = nullptr;
    QCheckBox* m_names = nullptr;
    QLineEdit* m_classification = nullptr;
    ElidedLabel* m_logo = nullptr;
    QPushButton* m_removeLogo = nullptr;
    TextBlock* m_logoError = nullptr;
};

} // namespace glacis::ui
