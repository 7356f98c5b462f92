// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/exec_dialog.h>

#include <clusters/visible_text.h>
#include <widgets/buttons.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QHBoxLayout>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int dialogWidth = 620, dialogHeight = 560;
    constexpr std::size_t maxArguments = 500;
    constexpr int silence = 3000; ///< ms; progress comes four times a second

    void addFact(QVBoxLayout& column, const QString& heading, const QString& value, const QString& name)
    {
        if (value.isEmpty())
            return;
        auto* box = new QVBoxLayout;
        box->setSpacing(1);
        box->addWidget(new PlainLabel(heading, Type::Caption, Token::Text3));
        auto* text = new TextBlock(value, Type::Mono);
        text->setBreaksPaths(true);
        text->setObjectName(name);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        box->addWidget(text);
        column.addLayout(box);
    }

    QString argumentLines(const std::vector<std::string>& args)
    {
        QStringList lines;
        for (std::size_t i = 0; i < args.size() && i < maxArguments; ++i)
            lines += args[i].empty() ? ExecDialog::tr("(empty)") : visibleText(args[i]);
        if (args.size() > maxArguments)
            lines += ExecDialog::tr("… and %1 more").arg(args.size() - maxArguments);
        return lines.join(u'\n');
    }

}

ExecDialog::ExecDialog(const cluster::ExecInvocation& what, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(u"execDialog"_s);
    setWindowTitle(tr("Run a Program for a Credential?"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* content = new QWidget;
    auto* facts = new QVBoxLayout(content);
    facts->setContentsMargins(0, 0, 12, 0);
    facts->setSpacing(10);
    addFact(*facts, tr("Program"), visibleText(what.program), u"execProgram"_s);
    addFact(*facts, tr("Arguments, one a line"), argumentLines(what.args), u"execArguments"_s);
    QStringList variables;
    for (const auto& [name, value] : what.env)
        variables += variableText(name, value);
    addFact(*facts, tr("Variables that are added"), variables.join(u'\n'), u"execVariables"_s);
    addFact(*facts, tr("Named by"),
        tr("user “%1” in %2").arg(visibleText(what.user, 300), visibleText(what.kubeconfig)),
        u"execNamedBy"_s);
    addFact(*facts, tr("The credential goes to"), visibleText(what.server), u"execServer"_s);
    addFact(*facts, tr("SHA-256 of the program"), visibleText(what.sha256, 64), u"execHash"_s);
    addFact(*facts, tr("Found by"), visibleText(what.foundIn, 100), u"execFound"_s);
    facts->addStretch();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(new TextBlock(tr("A kubeconfig file wants a program to run"), Type::Display));
    column->addWidget(new TextBlock(tr("It would run with all your rights and print the credential for the "
                                       "cluster. Run it only when you know "
                                       "it. Glacis asks again when anything below changes."),
        Type::Body, Token::Text2));
    column->addWidget(makeScroll(content), 1);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    const auto add = [&](const QString& text, ButtonKind kind, const QString& name, ExecGate::Answer answer) {
        QPushButton* button = makeButton(text, kind);
        button->setObjectName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, answer] { say(answer); });
        line->addWidget(button);
        return button;
    };
    add(tr("Always allow this exact command"), ButtonKind::Plain, u"execAlways"_s, ExecGate::Answer::Always);
    line->addStretch();
    add(tr("Run once"), ButtonKind::Plain, u"execOnce"_s, ExecGate::Answer::Once);
    QPushButton* refuse
        = add(tr("Do not run"), ButtonKind::Primary, u"execRefuse"_s, ExecGate::Answer::Refuse);
    refuse->setDefault(true);
    column->addLayout(line);
    const QSize room = parent ? parent->window()->size() - QSize(40, 40) : QSize(dialogWidth, dialogHeight);
    resize(QSize(scaled(dialogWidth), scaled(dialogHeight)).boundedTo(room));
    refuse->setFocus();
}

void ExecDialog::say(ExecGate::Answer answer)
{
    if (std::exchange(m_said, true))
        return;
    Q_EMIT answered(answer);
    QDialog::reject();
}

void ExecDialog::reject() { say(ExecGate::Answer::Refuse); }

SignInPanel::SignInPanel(QWidget* parent)
    : QWidget(parent)
    , m_head(new PlainLabel({}, Type::Strong))
    , m_words(new TextBlock({}, Type::Mono, Token::Text2))
    , m_silence(new QTimer(this))
{
    setObjectName(u"signInPanel"_s);
    setProperty("kind", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(20, 10, 20, 10);
    line->setSpacing(12);
    auto* column = new QVBoxLayout;
    column->setSpacing(4);
    column->addWidget(m_head);
    m_words->setObjectName(u"signInWords"_s);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setMaximumLines(8);
    column->addWidget(m_words);
    line->addLayout(column, 1);
    auto* copy = new CopyButton(tr("Copy what the program says"), [this] { return m_words->text(); });
    line->addWidget(copy, 0, Qt::AlignTop);
    QPushButton* cancel = makeButton(tr("Cancel"));
    cancel->setObjectName(u"cancelSignIn"_s);
    cancel->setAccessibleName(tr("Cancel the sign-in"));
    connect(cancel, &QPushButton::clicked, this, [this] {
        Q_EMIT cancelAsked(m_who);
        hide();
    });
    line->addWidget(cancel, 0, Qt::AlignTop);
    m_silence->setSingleShot(true);
    m_silence->setInterval(silence);
    connect(m_silence, &QTimer::timeout, this, &QWidget::hide);
    hide();
}

void SignInPanel::tell(const std::string& who, const cluster::ExecProgress& progress)
{
    if (!progress.waitsForSignIn && progress.standardError.empty())
        return;
    m_who = who;
    const auto seconds = progress.running.count() / 1000;
    const QString time = u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    m_head->setText(progress.waitsForSignIn
            ? tr("Waiting for sign-in to %1 · %2").arg(shown(who, 80), time)
            : tr("A program is getting the credential for %1 · %2").arg(shown(who, 80), time));
    const std::string& words = progress.standardError;
    constexpr std::size_t last = 1500; // the end matters: codes are asked for last
    m_words->setText(shownLines(words.size() > last ? words.substr(words.size() - last) : words, 2000));
    m_words->setVisible(!words.empty());
    show();
    m_silence->start();
}

void SignInPanel::finish(const std::string& who)
{
    if (who == m_who)
        hide();
}

} // namespace glacis::ui
