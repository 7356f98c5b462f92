// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inspector/evidence_view.h>

#include <widgets/buttons.h>
#include <widgets/code_view.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace glacis::ui {

using namespace Qt::StringLiterals;

namespace {

    constexpr int yamlHeight = 260; ///< at least; more where there is room

    QWidget* headed(const QString& heading, QWidget* below)
    {
        auto* box = new QWidget;
        auto* column = new QVBoxLayout(box);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2);
        column->addWidget(new PlainLabel(heading, Type::Section, Token::Text3));
        column->addWidget(below);
        return box;
    }

}

EvidenceView::EvidenceView(QWidget* parent)
    : QWidget(parent)
    , m_shows(new Section(tr("Evidence that")))
    , m_object(new TextBlock({}, Type::Mono))
    , m_field(new TextBlock({}, Type::Mono))
    , m_value(new Section(tr("What stands there"), Type::Mono))
    , m_source(new Section(tr("Seen by")))
    , m_file(new ElidedLabel({}, Type::Mono, Token::Text2))
    , m_yaml(new CodeView)
    , m_none(new TextBlock({}, Type::Body, Token::Text2))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 16);
    column->setSpacing(12);
    m_stepper = makeStepper();
    column->addWidget(m_stepper);
    m_object->setMaximumLines(4);
    m_field->setBreaksPaths(true);
    for (QWidget* code : { static_cast<QWidget*>(m_field), static_cast<QWidget*>(m_file) })
        code->setLayoutDirection(Qt::LeftToRight); // as YAML, in every language
    column->addWidget(m_shows);
    m_objectBox = headed(
        tr("Object"), copied(m_object, tr("Copy the object's name"), [this] { return m_object->text(); }));
    m_fieldBox = headed(
        tr("Field"), copied(m_field, tr("Copy the field's path"), [this] { return m_field->text(); }));
    m_file->setElideMode(Qt::ElideMiddle);
    m_fileBox = headed(
        tr("In the source"), copied(m_file, tr("Copy file and line"), [this] { return m_file->text(); }));
    for (QWidget* part : { m_objectBox, m_fieldBox, static_cast<QWidget*>(m_value),
             static_cast<QWidget*>(m_source), m_fileBox })
        column->addWidget(part);
    m_yaml->setAccessibleName(tr("YAML of the object"));
    m_yaml->setMinimumHeight(scaled(yamlHeight));
    m_yamlHead = copied(new TextBlock(tr("The object, without secret values"), Type::Section, Token::Text3),
        tr("Copy the YAML"), [this] { return m_yaml->toPlainText(); });
    auto* text = new QVBoxLayout;
    text->setSpacing(4);
    text->addWidget(m_yamlHead);
    text->addWidget(m_yaml, 1);
    column->addLayout(text, 1);
    column->addWidget(m_none, 1, Qt::AlignTop);
    m_order += m_yaml;
    connect(&m_loader, &EvidenceLoader::loaded, this, &EvidenceView::showText);
}

QWidget* EvidenceView::makeStepper()
{
    auto* stepper = new QWidget;
    auto* line = new QHBoxLayout(stepper);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2);
    m_count = new PlainLabel({}, Type::Small, Token::Text2);
    m_back = makeIconButton(Glyph::ArrowLeft, tr("Previous place"));
    m_next = makeIconButton(Glyph::ArrowRight, tr("Next place"));
    connect(m_back, &QToolButton::clicked, this, [this] { step(m_places.size() - 1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    line->addWidget(m_count, 1);
    line->addWidget(m_back);
    line->addWidget(m_next);
    m_order += { m_back, m_next };
    return stepper;
}

/// The text with a button at its end that copies it.
QWidget* EvidenceView::copied(QWidget* text, const QString& name, std::function<QString()> what)
{
    auto* box = new QWidget;
    auto* line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    line->addWidget(text, 1);
    auto* copy = new CopyButton(name, std::move(what));
    line->addWidget(copy, 0, Qt::AlignTop);
    m_order += copy;
    return box;
}

void EvidenceView::setAssessment(const assessment::AssessmentPtr& assessment)
{
    m_loader.setAssessment(assessment);
    show({}, {});
}

QList<QWidget*> EvidenceView::inTabOrder() const { return m_order; }

void EvidenceView::show(std::vector<DescribedPlace> places, const QString& none)
{
    m_places = std::move(places);
    m_none->setText(none);
    showPlace(0);
}

void EvidenceView::step(std::size_t by)
{
    if (!m_places.empty())
        showPlace((m_place + by) % m_places.size());
}

void EvidenceView::showPlace(std::size_t place)
{
    m_place = place;
    const bool has = place < m_places.size();
    m_stepper->setVisible(m_places.size() > 1);
    m_objectBox->setVisible(has && !m_places[place].objectText.isEmpty());
    m_fieldBox->setVisible(has);
    m_shows->setText(has ? m_places[place].shows : QString());
    m_value->setText(has ? m_places[place].value : QString());
    m_source->setText(has ? m_places[place].source : QString());
    m_fileBox->hide();
    if (!has) {
        m_loader.request(inventory::NoObject, {});
        return;
    }
    const DescribedPlace& p = m_places[place];
    m_count->setText(tr("Place %1 of %2").arg(place + 1).arg(m_places.size()));
    m_object->setText(p.objectText);
    m_field->setText(p.field.empty() ? tr("The object as a whole") : shown(p.field, 1000));
    m_fieldBox->setVisible(!p.field.empty() || p.object.valid());
    m_loader.request(p.object, p.field);
}

void EvidenceView::showText(const Evidence& evidence)
{
    QString file = evidence.file;
    if (!file.isEmpty() && evidence.fileLine > 0)
        file += u':' + QString::number(evidence.fileLine);
    m_file->setText(file);
    m_fileBox->setVisible(!file.isEmpty());
    const bool has = !evidence.yaml.isEmpty();
    m_yamlHead->setVisible(has);
    m_yaml->setVisible(has);
    m_none->setVisible(!has);
    if (!has && !m_places.empty())
        m_none->setText(m_places[m_place].object.valid()
                ? tr("The source holds no text of this object.")
                : tr("No object of the source says this: it was observed."));
    m_yaml->setCode(evidence.yaml, evidence.firstLine, evidence.markedLine);
}

} // namespace glacis::ui
