// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/role_panel.h>

#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/code_view.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int leftWidth = 340;

}

RolePanel::RolePanel(const ClusterServices& services, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_code(new CodeView)
    , m_problem(new TextBlock({}, Type::Small, Token::Critical))
{
    setObjectName(u"rolePanel"_s);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(20, 0, 20, 18);
    line->setSpacing(16);
    QScrollArea* left = makeScroll(makeParts());
    left->setMinimumWidth(scaled(220));
    left->setMaximumWidth(scaled(leftWidth));
    line->addWidget(left, 2);
    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->addWidget(new ElidedLabel(tr("ClusterRole, binding and ServiceAccount"), Type::Strong), 1);
    auto* copy = new CopyButton(tr("Copy the YAML"), [this] { return m_text; });
    copy->setObjectName(u"copyRole"_s);
    head->addWidget(copy);
    right->addLayout(head);
    right->addWidget(m_problem);
    m_code->setObjectName(u"roleYaml"_s);
    m_code->setAccessibleName(tr("The role as YAML"));
    m_code->setMinimumHeight(scaled(120));
    right->addWidget(m_code, 1);
    line->addLayout(right, 3);
    tell();
}

QWidget* RolePanel::makeParts()
{
    auto* parts = new QWidget;
    auto* column = new QVBoxLayout(parts);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(10);
    column->addWidget(new TextBlock(tr("What a scan needs to read, and nothing that changes anything or "
                                       "shows a Secret's value. Hand it to "
                                       "whoever runs the cluster."),
        Type::Body, Token::Text2));
    if (m_services.roleParts)
        for (const cluster::RolePart& part : m_services.roleParts()) {
            auto* box = new QWidget;
            auto* rows = new QVBoxLayout(box);
            rows->setContentsMargins(0, 0, 0, 0);
            rows->setSpacing(2);
            auto* check = new QCheckBox(withoutMnemonic(fromUtf8(part.title)));
            check->setObjectName(u"rolePart-"_s + fromUtf8(part.id));
            check->setAccessibleDescription(fromUtf8(part.adds) + u' ' + fromUtf8(part.risk));
            connect(check, &QCheckBox::toggled, this, &RolePanel::tell);
            rows->addWidget(check);
            auto* words = new QWidget;
            auto* inset = new QVBoxLayout(words);
            inset->setContentsMargins(26, 0, 0, 0);
            inset->setSpacing(2);
            inset->addWidget(new TextBlock(fromUtf8(part.adds), Type::Small, Token::Text2));
            if (!part.risk.empty())
                inset->addWidget(
                    new TextBlock(tr("Risk: %1").arg(fromUtf8(part.risk)), Type::Small, Token::Medium));
            rows->addWidget(words);
            column->addWidget(box);
            m_parts.emplace_back(std::string(part.id), check);
        }
    column->addSpacing(4);
    column->addWidget(makeCommand(tr("Apply it"), u"kubectl apply -f glacis-scanner.yaml"_s,
        tr("Copy the line that applies the role")));
    column->addWidget(makeCommand(tr("A token that ends after an hour"),
        u"kubectl -n glacis create token glacis-scanner --duration=1h"_s,
        tr("Copy the line that makes a token")));
    column->addStretch();
    return parts;
}

QWidget* RolePanel::makeCommand(const QString& title, const QString& command, const QString& name)
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(new PlainLabel(title, Type::Caption, Token::Text3));
    auto* line = new QHBoxLayout;
    line->setSpacing(4);
    auto* text = new TextBlock(command, Type::Mono);
    text->setBreaksPaths(true);
    line->addWidget(text, 1);
    line->addWidget(new CopyButton(name, [command] { return command; }), 0, Qt::AlignTop);
    column->addLayout(line);
    return box;
}

void RolePanel::tell()
{
    cluster::RoleOptions options;
    for (const auto& [id, check] : m_parts)
        if (check->isChecked())
            options.with.push_back(id);
    const Result<std::string> role = m_services.scannerRole
        ? m_services.scannerRole(options)
        : Result<std::string>(failure(tr("The role is not part of this build.").toStdString()));
    m_problem->setVisible(!role);
    if (!role)
        m_problem->setText(shown(role.error().message, 1000));
    m_text = role ? fromUtf8(*role) : QString();
    m_code->setCode(m_text, 1, 0);
}

} // namespace glacis::ui
