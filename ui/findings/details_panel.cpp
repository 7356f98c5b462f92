// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/details_panel.h>

#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/chip.h>
#include <widgets/code_view.h>
#include <widgets/empty_state.h>
#include <widgets/flow_layout.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>
#include <widgets/severity_mark.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int padding = 16;
    constexpr int lowHeight = 560;
    constexpr qsizetype maxRelated = 40;

    QVBoxLayout* column(QWidget* widget, int gap)
    {
        auto* layout = new QVBoxLayout(widget);
        layout->setContentsMargins(padding, 12, padding, padding);
        layout->setSpacing(gap);
        return layout;
    }

    QString frameworkName(std::string_view id)
    {
        struct Name {
            std::string_view id;
            QStringView shown;
        };
        static constexpr std::array names { Name { "nsa", u"NSA" }, Name { "attack", u"ATT&CK" },
            Name { "pss", u"PSS" }, Name { "ms-matrix", u"Threat matrix" }, Name { "owasp", u"OWASP" },
            Name { "kubescape", u"Kubescape" }, Name { "trivy", u"Trivy" } };
        for (const Name& name : names)
            if (name.id == id)
                return name.shown.toString();
        return id.starts_with("cis") ? u"CIS "_s + fromUtf8(id.substr(std::min<std::size_t>(4, id.size())))
                                     : fromUtf8(id);
    }

    QString mappingText(const posture::FrameworkMapping& mapping)
    {
        QStringList ids;
        for (const std::string& id : mapping.ids)
            ids += fromUtf8(id);
        return frameworkName(mapping.framework) + u' ' + ids.join(u", "_s);
    }

}

DetailsPanel::DetailsPanel(QWidget* parent)
    : QWidget(parent)
    , m_whole(new QStackedWidget)
{
    setProperty("kind", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Details of the finding"));
    m_whole->addWidget(new EmptyState(Glyph::Findings, tr("No finding selected"),
        tr("Select a finding in the table to see why it matters, where it stands and what to do about it.")));

    auto* finding = new QWidget;
    auto* layout = new QVBoxLayout(finding);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    m_tabs = new QTabBar;
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setAccessibleName(tr("Parts of the finding"));
    for (const QString& name : { tr("Why"), tr("Evidence"), tr("Fix") })
        m_tabs->addTab(name);
    auto* tabLine = new QHBoxLayout;
    tabLine->setContentsMargins(padding - 10, 0, padding, 0);
    tabLine->addWidget(m_tabs);
    tabLine->addStretch();
    layout->addLayout(tabLine);
    layout->addWidget(makeRule(Qt::Horizontal));
    m_pages = new QStackedWidget;
    m_pages->addWidget(makeWhy());
    m_pages->addWidget(makeEvidence());
    m_pages->addWidget(makeFix());
    layout->addWidget(m_pages, 1);
    m_whole->addWidget(finding);

    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_whole);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(&m_loader, &EvidenceLoader::loaded, this, &DetailsPanel::showEvidence);
}

QWidget* DetailsPanel::makeHead()
{
    auto* head = new QWidget;
    auto* layout = column(head, 8);
    auto* first = new QHBoxLayout;
    first->setSpacing(10);
    m_stage = new ElidedLabel({}, Type::Section, Token::Text3);
    first->addWidget(m_stage, 1);
    first->addWidget(new CopyButton(tr("Copy the finding as text"), [this] { return summary(); }));
    layout->addLayout(first);
    m_title = new TextBlock({}, Type::Title);
    layout->addWidget(m_title);
    auto* second = new QHBoxLayout;
    second->setSpacing(6);
    m_object = new TextBlock({}, Type::Mono, Token::Text2);
    second->addWidget(m_object, 1);
    second->addWidget(
        new CopyButton(tr("Copy the object's name"), [this] { return m_object->text(); }), 0, Qt::AlignTop);
    layout->addLayout(second);
    m_chipBox = new QWidget;
    m_chips = new FlowLayout(6, m_chipBox);
    layout->addWidget(m_chipBox);
    layout->setContentsMargins(padding, 12, padding, 8);
    return head;
}

QWidget* DetailsPanel::makeWhy()
{
    auto* content = new QWidget;
    auto* layout = column(content, 16);
    m_message = new Section(tr("Here"));
    m_unknown = new Section(tr("Why it could not be assessed"));
    m_why = new Section(tr("Why it matters"));
    m_waiver = new Section(tr("Accepted"));
    m_sure = new Section(tr("How we know"));
    m_related = new Section(tr("Related"), Type::Mono);
    m_kcsa = new Section(tr("KCSA"));
    m_frameworks = new Section(tr("Frameworks"));
    for (Section* section :
        { m_message, m_unknown, m_why, m_waiver, m_sure, m_related, m_kcsa, m_frameworks })
        layout->addWidget(section);
    layout->addStretch();
    return makeScroll(content);
}

QWidget* DetailsPanel::makeEvidence()
{
    auto* content = new QWidget;
    auto* layout = column(content, 10);
    m_stepper = new QWidget;
    auto* steps = new QHBoxLayout(m_stepper);
    steps->setContentsMargins(0, 0, 0, 0);
    m_placeCount = new PlainLabel({}, Type::Small, Token::Text2);
    QToolButton* back = makeIconButton(Glyph::ArrowLeft, tr("Previous place"));
    QToolButton* next = makeIconButton(Glyph::ArrowRight, tr("Next place"));
    const auto step = [this](std::size_t by) {
        if (m_finding && !m_finding->places.empty())
            showPlace((m_place + by) % m_finding->places.size());
    };
    connect(back, &QToolButton::clicked, this,
        [this, step] { step(m_finding ? m_finding->places.size() - 1 : 0); });
    connect(next, &QToolButton::clicked, this, [step] { step(1); });
    steps->addWidget(m_placeCount, 1);
    steps->addWidget(back);
    steps->addWidget(next);
    layout->addWidget(m_stepper);

    auto* pathLine = new QHBoxLayout;
    pathLine->setSpacing(6);
    m_path = new TextBlock({}, Type::Mono);
    pathLine->addWidget(m_path, 1);
    pathLine->addWidget(
        new CopyButton(tr("Copy the field's path"), [this] { return m_path->text(); }), 0, Qt::AlignTop);
    layout->addWidget(new PlainLabel(tr("Field"), Type::Section, Token::Text3));
    layout->addLayout(pathLine);
    m_value = new Section(tr("What stands there"), Type::Mono);
    layout->addWidget(m_value);

    m_fileLine = new QWidget;
    auto* fileLine = new QHBoxLayout(m_fileLine);
    fileLine->setContentsMargins(0, 0, 0, 0);
    fileLine->setSpacing(6);
    m_file = new ElidedLabel({}, Type::Mono, Token::Text2);
    m_file->setElideMode(Qt::ElideMiddle);
    fileLine->addWidget(m_file, 1);
    fileLine->addWidget(new CopyButton(tr("Copy file and line"), [this] { return m_file->text(); }));
    layout->addWidget(m_fileLine);

    m_yamlHead = new QWidget;
    auto* yamlHead = new QHBoxLayout(m_yamlHead);
    yamlHead->setContentsMargins(0, 4, 0, 0);
    yamlHead->addWidget(
        new PlainLabel(tr("The object, without secret values"), Type::Section, Token::Text3), 1);
    m_yaml = new CodeView;
    m_yaml->setAccessibleName(tr("YAML of the object"));
    yamlHead->addWidget(new CopyButton(tr("Copy the YAML"), [this] { return m_yaml->toPlainText(); }));
    layout->addWidget(m_yamlHead);
    layout->addWidget(m_yaml, 1);
    m_noYaml = new PlainLabel(tr("No object of the source stands behind this."), Type::Body, Token::Text2);
    layout->addWidget(m_noYaml, 1, Qt::AlignTop);
    return makeScroll(content); // on a low window the parts keep their height and scroll
}

QWidget* DetailsPanel::makeFix()
{
    auto* content = new QWidget;
    auto* layout = column(content, 16);
    m_fix = new Section(tr("What to do"));
    m_fixNote = new Section(tr("On"), Type::Mono);
    layout->addWidget(m_fix);
    layout->addWidget(m_fixNote);
    auto* copyLine = new QHBoxLayout;
    QPushButton* copy = makeButton(tr("Copy"));
    copy->setAccessibleName(tr("Copy what to do"));
    connect(copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_fix->text() + u'\n' + m_fixNote->text()); });
    copyLine->addWidget(copy);
    copyLine->addStretch();
    layout->addLayout(copyLine);
    layout->addStretch();
    return makeScroll(content);
}

/// On a low window the head leaves room for what stands below it.
void DetailsPanel::resizeEvent(QResizeEvent* event)
{
    const int lines = height() < scaled(lowHeight) ? 2 : 4;
    m_title->setMaximumLines(lines);
    m_object->setMaximumLines(lines);
    QWidget::resizeEvent(event);
}

void DetailsPanel::setAssessment(assessment::AssessmentPtr assessment)
{
    show(nullptr);
    m_assessment = std::move(assessment);
    m_loader.setAssessment(m_assessment);
}

void DetailsPanel::openTab(int index) { m_tabs->setCurrentIndex(index); }

void DetailsPanel::show(const posture::Finding* finding)
{
    m_finding = m_assessment ? finding : nullptr;
    m_whole->setCurrentIndex(m_finding ? 1 : 0);
    if (!m_finding)
        return;
    const FindingFacts facts = factsOf(*m_assessment, *m_finding);
    fillHead(facts);
    fillWhy(facts);
    m_fix->setText(fromUtf8(facts.check->fix));
    m_fixNote->setText(objectLabel(facts));
    showPlace(0);
}

void DetailsPanel::fillHead(const FindingFacts& facts)
{
    const Stage stage = facts.check->stage;
    m_stage->setText(stage > 0 ? QString(stageWord(stage) + u" · " + stageName(stage)) : tr("General"));
    m_stage->setInk(stage > 0 ? stageToken(stage) : Token::Text3);
    m_title->setText(fromUtf8(facts.check->title));
    m_object->setText(objectLabel(facts));
    m_chips->clear();
    const auto add = [this](const QString& text, Token ink, const QString& tip) {
        auto* chip = new Chip(text, ink);
        chip->setToolTip(toolTipText(tip));
        m_chips->addWidget(chip);
    };
    m_chips->addWidget(new SeverityMark(m_finding->severity));
    add(stateWord(m_finding->state), m_finding->state == State::Fail ? Token::Text : Token::Text2,
        tr("State of the finding"));
    add(fromUtf8(facts.check->id), Token::Text2, tr("The check"));
    if (m_finding->platform)
        add(tr("Platform"), Token::Text2, tr("Part of Kubernetes or a known add-on; not counted"));
    // The two that people look for; all of them stand under Why.
    for (const posture::FrameworkMapping& mapping : facts.check->frameworks)
        if (mapping.framework == "attack" || mapping.framework.starts_with("cis"))
            add(mappingText(mapping), Token::Text2, frameworkName(mapping.framework));
    m_chipBox->updateGeometry();
}

void DetailsPanel::fillWhy(const FindingFacts& facts)
{
    const posture::Finding& f = *m_finding;
    const bool unknown = f.state == State::NotAssessed;
    m_message->setText(unknown ? QString() : shownLines(f.message, 2000));
    m_unknown->setText(unknown ? shownLines(f.reason, 2000) : QString());
    m_why->setText(fromUtf8(facts.check->why));
    QString waiver;
    if (f.state == State::Accepted) {
        waiver = tr("%1, by %2").arg(shownLines(f.reason, 2000), shown(f.waiverOwner));
        if (!f.waiverExpires.empty())
            waiver += u'\n' + tr("Until %1").arg(shown(f.waiverExpires));
    }
    m_waiver->setText(waiver);
    static const auto explain = [](Confidence c) {
        return c == Confidence::Observed  ? tr("Observed: seen directly.")
            : c == Confidence::Configured ? tr("Configured: the object says so.")
            : c == Confidence::Inferred   ? tr("Inferred: concluded from what is absent from the source.")
                                          : tr("Stated: a person said so in a facts file.");
    };
    m_sure->setText(unknown ? QString() : explain(f.confidence));
    QStringList related;
    for (const inventory::ObjectId id : f.related)
        related += objectLabel(*m_assessment->inventory, id);
    for (const std::string& subject : f.relatedSubjects)
        related += shown(subject);
    if (related.size() > maxRelated) {
        const int more = static_cast<int>(related.size() - maxRelated);
        related = related.mid(0, maxRelated);
        related += tr("and %n more", nullptr, more);
    }
    m_related->setText(related.join(u'\n'));
    m_kcsa->setText(fromUtf8(facts.check->kcsa));
    QStringList frameworks;
    for (const posture::FrameworkMapping& mapping : facts.check->frameworks)
        frameworks += mappingText(mapping);
    m_frameworks->setText(frameworks.join(u'\n'));
}

void DetailsPanel::showPlace(std::size_t place)
{
    m_place = place;
    const auto& places = m_finding->places;
    m_stepper->setVisible(places.size() > 1);
    m_placeCount->setText(tr("Place %1 of %2").arg(place + 1).arg(places.size()));
    if (place < places.size()) {
        const posture::Place& p = places[place];
        m_path->setText(p.path.empty() ? tr("The object as a whole") : shown(p.path, 1000));
        QString value = shownLines(p.evidence, 1000);
        if (!p.container.empty())
            value += u"   " + tr("(container %1)").arg(shown(p.container, 260));
        m_value->setText(value);
    } else {
        m_path->setText(tr("The object as a whole"));
        m_value->setText({});
    }
    m_loader.request(*m_finding, place);
}

void DetailsPanel::showEvidence(const Evidence& evidence)
{
    QString file = evidence.file;
    if (!file.isEmpty() && evidence.fileLine > 0)
        file += u':' + QString::number(evidence.fileLine);
    m_file->setText(file);
    m_fileLine->setVisible(!file.isEmpty());
    const bool has = !evidence.yaml.isEmpty();
    m_yamlHead->setVisible(has);
    m_yaml->setVisible(has);
    m_noYaml->setVisible(!has);
    m_yaml->setCode(evidence.yaml, evidence.firstLine, evidence.markedLine);
}

QString DetailsPanel::summary() const
{
    if (!m_finding)
        return {};
    const FindingFacts facts = factsOf(*m_assessment, *m_finding);
    QStringList lines { severityWord(m_finding->severity) + u"  " + fromUtf8(facts.check->id) + u"  "
            + m_title->text(),
        objectLabel(facts) };
    for (const QString& text : { m_message->text(), m_path->text(), m_file->text(), m_fix->text() })
        if (!text.isEmpty())
            lines += text;
    return lines.join(u'\n');
}

} // namespace glacis::ui
