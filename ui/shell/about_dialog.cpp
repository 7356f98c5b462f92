// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/about_dialog.h>

#include <widgets/buttons.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QSysInfo>
#include <QVBoxLayout>

#include <array>
#include <string_view>

namespace glacis::ui {

using namespace Qt::StringLiterals;

namespace {

    struct Part {
        std::string_view name, licence;
    };
    /// What is linked in, with the licence under which it may be.
    constexpr std::array builtWith { Part { "Qt %1", "LGPL-3.0-only or GPL-3.0-only" },
#ifdef GLACIS_CHARTS
        Part { "Qt Charts", "GPL-3.0-only" },
#endif
        Part { "simdjson", "Apache-2.0 or MIT" }, Part { "libyaml", "MIT" },
        Part { "zstd", "BSD-3-Clause or GPL-2.0" }, Part { "tl::expected", "CC0-1.0" },
        Part { "qpdf", "Apache-2.0" }, Part { "Noto Sans", "OFL-1.1" } };

    QPushButton* makeCopy(AboutDialog& dialog)
    {
        QPushButton* copy = makeButton(AboutDialog::tr("Copy versions"));
        QObject::connect(copy, &QPushButton::clicked, &dialog, [] {
            QGuiApplication::clipboard()->setText(
                u"Glacis %1, Qt %2, %3"_s.arg(QStringLiteral(GLACIS_VERSION), QString::fromLatin1(qVersion()),
                    QSysInfo::prettyProductName()));
        });
        return copy;
    }

}

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
        tr("Free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later). It "
           "comes without any "
           "warranty, as far as the law allows. "
           "The full text is in the file LICENSE."));
    QString parts;
    for (const Part& part : builtWith)
        parts += (parts.isEmpty() ? QString() : u"\n"_s) + fromUtf8(part.name) + u" · "
            + fromUtf8(part.licence);
    add(tr("Built with"), parts.arg(QString::fromLatin1(qVersion())));
    auto* line = new QHBoxLayout;
    line->addWidget(makeCopy(*this));
    line->addStretch();
    QPushButton* close = makeButton(tr("Close"), ButtonKind::Primary);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    line->addWidget(close);
    column->addStretch();
    column->addLayout(line);
    resize(scaled(460), scaled(400));
}

} // namespace glacis::ui
