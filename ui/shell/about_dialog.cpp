// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/about_dialog.h>

#include <widgets/buttons.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace glacis::ui {

using namespace Qt::StringLiterals;

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Glacis"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 22, 24, 18);
    column->setSpacing(14);
    column->addWidget(new PlainLabel(u"Glacis " GLACIS_VERSION ""_s, Type::Display));
    const auto add = [column](const QString& heading, const QString& text) {
        auto* section = new Section(heading);
        column->addWidget(section); // first: showing a widget without a parent would open a window
        section->setText(text);
    };
    add(tr("What it is"),
        tr("Shows how an attacker would cross a Kubernetes cluster, and which fixes break the way."));
    add(tr("What it never does"),
        tr("It never writes to a cluster or a kubeconfig, never opens a port, never sends anything about you "
           "or your cluster. Values of secrets are not kept."));
    add(tr("Licence"),
        tr("Free software under the GNU General Public License, version 3 or later. It comes without any "
           "warranty, as far as the law allows. "
           "The full text is in the file LICENSE."));
    add(tr("Built with"),
        u"Qt %1 (LGPL-3.0), simdjson (Apache-2.0), libyaml (MIT), zstd (BSD-3-Clause), tl::expected (CC0-1.0)"_s
            .arg(QString::fromLatin1(qVersion())));
    auto* line = new QHBoxLayout;
    line->addStretch();
    QPushButton* close = makeButton(tr("Close"), ButtonKind::Primary);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    line->addWidget(close);
    column->addStretch();
    column->addLayout(line);
    resize(scaled(460), scaled(400));
}

} // namespace glacis::ui
