// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/connection_steps.h>

#include <widgets/buttons.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/time_text.h>

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using State = cluster::TestStep::State;

    QString sentences(const std::vector<std::string>& rights, std::size_t most)
    {
        QStringList names;
        for (std::size_t i = 0; i < rights.size() && i < most; ++i)
            names += shown(rights[i], 80);
        if (rights.size() > most)
            names += ConnectionSteps::tr("%1 more").arg(countText(rights.size() - most));
        return names.join(u", "_s);
    }

    void clear(QLayout& layout)
    {
        while (QLayoutItem* item = layout.takeAt(0)) {
            if (QWidget* widget = item->widget()) {
                widget->hide();
                widget->deleteLater(); // its own button may be what led here
            }
            delete item;
        }
    }

}

const StepLook& stepLook(State state)
{
    static constexpr std::array looks {
        StepLook { "○", QT_TRANSLATE_NOOP("ConnectionSteps", "Waiting"), Token::Text3 },
        StepLook { "…", QT_TRANSLATE_NOOP("ConnectionSteps", "Running"), Token::Accent },
        StepLook { "✓", QT_TRANSLATE_NOOP("ConnectionSteps", "Passed"), Token::Pass },
        StepLook { "!", QT_TRANSLATE_NOOP("ConnectionSteps", "Warning"), Token::Medium },
        StepLook { "✗", QT_TRANSLATE_NOOP("ConnectionSteps", "Failed"), Token::Critical },
        StepLook { "–", QT_TRANSLATE_NOOP("ConnectionSteps", "Skipped"), Token::Text3 },
    };
    return looks[static_cast<std::size_t>(state)];
}

ConnectionSteps::ConnectionSteps(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    setObjectName(u"connectionSteps"_s);
    setAccessibleName(tr("Steps of the test"));
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(8);
}

void ConnectionSteps::tell(const cluster::ConnectionReport& report)
{
    m_report = report;
    clear(*m_rows);
    for (const cluster::TestStep& step : report.steps)
        m_rows->addWidget(makeStep(step));
    if (!report.missingRights.empty() || !report.excessRights.empty() || !report.unknownRights.empty())
        m_rows->addWidget(makeRights(report));
}

QWidget* ConnectionSteps::makeStep(const cluster::TestStep& step)
{
    const StepLook& look = stepLook(step.state);
    const QString word = QCoreApplication::translate("ConnectionSteps", look.word);
    auto* row = new QWidget;
    row->setObjectName(u"testStep"_s);
    row->setAccessibleName(u"%1: %2"_s.arg(shown(step.what), word));
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto* sign = new PlainLabel(QString::fromUtf8(look.sign), Type::Strong, look.ink);
    sign->setFixedWidth(scaled(14));
    sign->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    line->addWidget(sign, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(1);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    const bool quiet = step.state == State::Waiting || step.state == State::Skipped;
    head->addWidget(new ElidedLabel(shown(step.what), Type::Body, quiet ? Token::Text3 : Token::Text), 1);
    head->addWidget(new PlainLabel(word, Type::Small, look.ink));
    if (step.milliseconds > 0)
        head->addWidget(new PlainLabel(
            durationText(static_cast<double>(step.milliseconds) / 1000), Type::Small, Token::Text3));
    column->addLayout(head);
    if (!step.result.empty())
        column->addWidget(new TextBlock(shown(step.result, 1500), Type::Small, Token::Text2));
    if (!step.next.empty()) {
        auto* next = new TextBlock(tr("Next: %1").arg(shown(step.next, 1500)), Type::Small, Token::Text);
        next->setObjectName(u"nextStep"_s);
        column->addWidget(next);
    }
    if (!step.detail.empty()) {
        const bool open = m_open.contains(step.id);
        QPushButton* toggle = makeButton(open ? tr("Hide details") : tr("Details"), ButtonKind::Link);
        toggle->setObjectName(u"stepDetails"_s);
        toggle->setAccessibleName(tr("Details of %1").arg(withoutMnemonic(shown(step.what))));
        connect(toggle, &QPushButton::clicked, this, [this, id = step.id] {
            if (!m_open.erase(id))
                m_open.insert(id);
            tell(cluster::ConnectionReport(m_report));
        });
        column->addWidget(toggle, 0, Qt::AlignLeft);
        if (open) {
            auto* detail = new TextBlock(shownLines(step.detail, 2000), Type::Mono, Token::Text2);
            detail->setBreaksPaths(true);
            column->addWidget(detail);
        }
    }
    line->addLayout(column, 1);
    return row;
}

QWidget* ConnectionSteps::makeRights(const cluster::ConnectionReport& report)
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    constexpr std::size_t most = 12;
    if (!report.missingRights.empty())
        column->addWidget(
            new TextBlock(tr("Not readable with this identity: %1. A scan goes on without and says so.")
                              .arg(sentences(report.missingRights, most)),
                Type::Small, Token::Text2));
    if (!report.excessRights.empty())
        column->addWidget(new TextBlock(
            tr("This identity may do more than a scanner should: %1. The scanner role is enough.")
                .arg(sentences(report.excessRights, most)),
            Type::Small, Token::Medium));
    if (!report.unknownRights.empty())
        column->addWidget(
            new TextBlock(tr("The server could not tell whether this identity may: %1. A scan will show it.")
                              .arg(sentences(report.unknownRights, most)),
                Type::Small, Token::Text2));
    return box;
}

} // namespace glacis::ui
