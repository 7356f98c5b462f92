// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/status_line.h>

#include <widgets/buttons.h>
#include <widgets/plain_label.h>
#include <widgets/time_text.h>

#include <QHBoxLayout>
#include <QStyle>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int lineHeight = 26;

}

bool isGap(const inventory::Diagnostic& diagnostic)
{
    return diagnostic.level != inventory::Diagnostic::Level::Info;
}

QString gapsText(const assessment::Assessment& assessment)
{
    const auto& diagnostics = assessment.inventory->diagnostics;
    const std::size_t gaps = assessment.posture.gaps.size()
        + static_cast<std::size_t>(std::count_if(diagnostics.begin(), diagnostics.end(), isGap));
    return gaps == 0 ? QString()
        : gaps == 1  ? StatusLine::tr("1 coverage gap")
                     : StatusLine::tr("%1 coverage gaps").arg(countText(gaps));
}

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent)
    , m_counts(new ElidedLabel({}, Type::Caption, Token::Text3))
    , m_readOnly(new ElidedLabel(tr("Read-only"), Type::Caption, Token::Text3))
    , m_coverage(makeButton({}, ButtonKind::Warning))
    , m_time(new ElidedLabel({}, Type::Caption, Token::Text3))
{
    setProperty("kind", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(scaled(lineHeight));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(14, 0, 14, 0);
    line->setSpacing(14);
    line->addWidget(m_counts);
    line->addWidget(m_readOnly);
    line->addWidget(m_coverage);
    line->addStretch();
    line->addWidget(m_time);
    m_coverage->setObjectName(u"coverageButton"_s);
    connect(m_coverage, &QPushButton::clicked, this, &StatusLine::coverageClicked);
    setAssessment({});
}

void StatusLine::setAssessment(const assessment::AssessmentPtr& assessment)
{
    m_coverage->setVisible(assessment != nullptr);
    m_readOnly->setVisible(assessment != nullptr);
    if (!assessment) {
        m_counts->setText(tr("No source open"));
        m_time->setText({});
        return;
    }
    const inventory::Inventory& inventory = *assessment->inventory;
    const auto real = std::count_if(inventory.objects.begin(), inventory.objects.end(),
        [](const inventory::Object& o) { return !o.assumed; });
    const auto workloads = static_cast<int>(inventory.owners.size()),
               nodes = static_cast<int>(inventory.nodes.size());
    QStringList counts { real == 1 ? tr("1 object") : tr("%Ln objects", nullptr, static_cast<int>(real)),
        workloads == 1 ? tr("1 workload") : tr("%Ln workloads", nullptr, workloads) };
    if (nodes > 0)
        counts += nodes == 1 ? tr("1 node") : tr("%Ln nodes", nullptr, nodes);
    m_counts->setText(counts.join(u" · "_s));
    const QString gaps = gapsText(*assessment);
    m_coverage->setText(gaps.isEmpty() ? tr("Everything visible") : gaps);
    m_coverage->setProperty("kind", gaps.isEmpty() ? u"status"_s : u"warning"_s);
    m_coverage->style()->unpolish(m_coverage);
    m_coverage->style()->polish(m_coverage);
    m_coverage->setAccessibleName(tr("What could not be assessed: %1").arg(m_coverage->text()));
    m_time->setText(tr("Analysed in %1").arg(durationText(assessment->seconds)));
}

} // namespace glacis::ui
