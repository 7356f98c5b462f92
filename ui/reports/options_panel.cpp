// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <reports/options_panel.h>

#include <reports/edition_card.h>
#include <settings/segments.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/flow_layout.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>

#include <QAction>
#include <QButtonGroup>
#include <QCheckBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using report::Edition;
    using report::Section;

    constexpr int gap = 12;
    constexpr std::array editions { Edition::Management, Edition::Engineer, Edition::Audit };

    QString purposeOf(Edition edition)
    {
        switch (edition) {
        case Edition::Management:
            return OptionsPanel::tr("To decide: what is wrong, on four pages");
        case Edition::Engineer:
            return OptionsPanel::tr("To work from: ways, fixes and evidence");
        case Edition::Audit:
            break;
        }
        return OptionsPanel::tr("To prove: every finding and check");
    }

    QString titleOf(Edition edition)
    {
        switch (edition) {
        case Edition::Management:
            return OptionsPanel::tr("Management");
        case Edition::Engineer:
            return OptionsPanel::tr("Engineer");
        case Edition::Audit:
            break;
        }
        return OptionsPanel::tr("Audit");
    }

}

OptionsPanel::OptionsPanel(AskForFile askForLogo, QWidget* parent)
    : QWidget(parent)
    , m_askForLogo(std::move(askForLogo))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(makeEditions());
    column->addWidget(makeSections());
    column->addWidget(makePaper());
    column->addWidget(makeMarking());
    column->addStretch(1);
    setChoice({});
}

QWidget* OptionsPanel::makeEditions()
{
    auto* box = new QWidget;
    box->setAccessibleName(tr("Edition"));
    auto* lines = new QVBoxLayout(box);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(6);
    auto* group = new QButtonGroup(box);
    for (std::size_t i = 0; i < editions.size(); ++i) {
        m_editions[i] = new EditionCard(titleOf(editions[i]), purposeOf(editions[i]));
        m_editions[i]->setObjectName(u"edition_"_s + fromUtf8(report::name(editions[i])));
        group->addButton(m_editions[i]);
        lines->addWidget(m_editions[i]);
        connect(m_editions[i], &EditionCard::clicked, this, [this, edition = editions[i]] {
            set(m_choice.edition, edition);
            showSections();
        });
    }
    return box;
}

QWidget* OptionsPanel::makeSections()
{
    auto* card = new Card(tr("Content"));
    m_sectionGrid = new QGridLayout;
    m_sectionGrid->setContentsMargins(0, 0, 0, 0);
    m_sectionGrid->setHorizontalSpacing(10);
    m_sectionGrid->setVerticalSpacing(5);
    for (std::size_t i = 0; i < report::SectionCount; ++i) {
        const auto section = static_cast<Section>(i);
        auto* box = new QCheckBox(withoutMnemonic(fromUtf8(report::title(section))), card);
        box->setObjectName(u"section_"_s + fromUtf8(report::name(section)));
        m_sections[i] = box;
        connect(box, &QCheckBox::clicked, this, [this, section](bool wanted) {
            std::set<Section> leftOut = m_choice.leftOut;
            if (wanted)
                leftOut.erase(section);
            else
                leftOut.insert(section);
            set(m_choice.leftOut, std::move(leftOut));
        });
    }
    card->body()->addLayout(m_sectionGrid);
    card->body()->addWidget(new TextBlock(
        tr("The cover and what could not be judged are always in it."), Type::Small, Token::Text2));
    return card;
}

QWidget* OptionsPanel::makePaper()
{
    auto* card = new Card(tr("Paper"));
    m_paper = new Segments(tr("Paper"), { tr("A4"), tr("Letter") });
    m_paper->setObjectName(u"paper"_s);
    connect(m_paper, &Segments::chosen, this,
        [this](int index) { set(m_choice.paper, index == 1 ? Paper::Letter : Paper::A4); });
    card->body()->addWidget(m_paper);
    return card;
}

QWidget* OptionsPanel::makeMarking()
{
    auto* card = new Card(tr("Privacy and marking"));
    m_names = new QCheckBox(tr("Hide names"));
    m_names->setObjectName(u"hideNames"_s);
    connect(m_names, &QCheckBox::clicked, this, [this](bool hidden) { set(m_choice.namesHidden, hidden); });
    card->body()->addWidget(m_names);
    card->body()->addWidget(new TextBlock(
        tr("Objects, hosts and addresses get pseudonyms, the same ones in every report of this cluster."),
        Type::Small, Token::Text2));
    card->body()->addSpacing(6);

    card->body()->addWidget(new PlainLabel(tr("Classification"), Type::Small, Token::Text2));
    m_classification = new QLineEdit;
    m_classification->setObjectName(u"classification"_s);
    m_classification->setAccessibleName(tr("Classification, on every page"));
    m_classification->setPlaceholderText(tr("None"));
    m_classification->setMaxLength(longestClassification);
    connect(m_classification, &QLineEdit::textEdited, this,
        [this](const QString& text) { set(m_choice.classification, text.simplified()); });
    QToolButton* usual = makeIconButton(Glyph::ChevronDown, tr("Usual classifications"));
    usual->setObjectName(u"usualClassifications"_s);
    auto* menu = new QMenu(usual);
    for (const QString& text :
        { QString(), tr("Public"), tr("Internal"), tr("Confidential"), tr("Strictly confidential") })
        connect(menu->addAction(text.isEmpty() ? tr("None") : text), &QAction::triggered, this, [this, text] {
            m_classification->setText(text);
            set(m_choice.classification, text);
        });
    usual->setMenu(menu);
    usual->setPopupMode(QToolButton::InstantPopup);
    auto* line = new QHBoxLayout;
    line->setSpacing(2);
    line->addWidget(m_classification, 1);
    line->addWidget(usual);
    card->body()->addLayout(line);
    card->body()->addSpacing(6);
    card->body()->addWidget(makeLogo());
    return card;
}

QWidget* OptionsPanel::makeLogo()
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(new PlainLabel(tr("Logo on the cover"), Type::Small, Token::Text2));
    m_logo = new ElidedLabel;
    m_logo->setObjectName(u"logo"_s);
    m_logo->setElideMode(Qt::ElideMiddle);
    column->addWidget(m_logo);
    m_logoError = new TextBlock({}, Type::Small, Token::Critical);
    m_logoError->setObjectName(u"logoError"_s);
    column->addWidget(m_logoError);
    auto* buttons = new QWidget;
    auto* line = new FlowLayout(6, buttons);
    QPushButton* choose = makeButton(tr("Choose…"));
    choose->setObjectName(u"chooseLogo"_s);
    choose->setAccessibleName(tr("Choose a logo"));
    choose->setToolTip(toolTipText(tr("A PNG or JPEG picture of at most 4 MiB")));
    connect(choose, &QPushButton::clicked, this,
        [this] { m_askForLogo([this](const QString& file) { setLogo(file); }); });
    m_removeLogo = makeButton(tr("Remove"), ButtonKind::Quiet);
    m_removeLogo->setObjectName(u"removeLogo"_s);
    m_removeLogo->setAccessibleName(tr("Remove the logo"));
    connect(m_removeLogo, &QPushButton::clicked, this, [this] { setLogo({}); });
    line->addWidget(choose);
    line->addWidget(m_removeLogo);
    column->addWidget(buttons);
    return box;
}

template <class T> void OptionsPanel::set(T& field, T value)
{
    if (field == value)
        return;
    field = std::move(value);
    Q_EMIT changed();
}

void OptionsPanel::setChoice(const ReportChoice& choice)
{
    m_choice = choice;
    for (std::size_t i = 0; i < editions.size(); ++i)
        m_editions[i]->setChecked(editions[i] == choice.edition);
    m_paper->setIndex(choice.paper == Paper::Letter ? 1 : 0);
    m_names->setChecked(choice.namesHidden);
    m_classification->setText(choice.classification);
    showSections();
    showLogo();
}

void OptionsPanel::setLogo(const QString& file)
{
    set(m_choice.logo, QString(file));
    showLogo();
}

void OptionsPanel::showLogo()
{
    const bool some = !m_choice.logo.isEmpty();
    m_logo->setText(some ? shown(QFileInfo(m_choice.logo).fileName().toStdString()) : tr("None"));
    m_logo->setInk(some ? Token::Text : Token::Text2);
    m_removeLogo->setVisible(some);
    setLogoError({});
}

void OptionsPanel::setLogoError(const QString& error)
{
    m_logoError->setText(error.left(1).toUpper() + error.mid(1));
    m_logoError->setVisible(!error.isEmpty());
}

void OptionsPanel::showSections()
{
    for (std::size_t i = 0; i < report::SectionCount; ++i)
        m_sections[i]->setChecked(!m_choice.leftOut.contains(static_cast<Section>(i)));
    m_sectionColumns = 0;
    arrangeSections();
}

/// Two columns, one below the other in order of the document, where both have room.
void OptionsPanel::arrangeSections()
{
    const std::vector<Section> all = report::sectionsOf(m_choice.edition);
    int widest = 0;
    for (const Section section : all)
        widest = std::max(widest, m_sections[static_cast<std::size_t>(section)]->sizeHint().width());
    const int room = width() - 2 * 14 - 10;
    const int columns = 2 * widest <= room ? 2 : 1;
    if (columns == m_sectionColumns)
        return;
    m_sectionColumns = columns;
    for (QCheckBox* box : m_sections) {
        m_sectionGrid->removeWidget(box);
        box->hide();
    }
    const int rows = (static_cast<int>(all.size()) + columns - 1) / columns;
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        QCheckBox* box = m_sections[static_cast<std::size_t>(all[static_cast<std::size_t>(i)])];
        m_sectionGrid->addWidget(box, i % rows, i / rows);
        box->show();
    }
    for (int i = 0; i < 2; ++i)
        m_sectionGrid->setColumnStretch(i, i < columns ? 1 : 0);
}

void OptionsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrangeSections();
}

} // namespace glacis::ui
