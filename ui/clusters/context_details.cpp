// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/context_details.h>

#include <clusters/connection_steps.h>
#include <clusters/context_model.h>
#include <clusters/visible_text.h>
#include <shell/cluster_colour.h>
#include <shell/settings.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QActionGroup>
#include <QCheckBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QStringListModel>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int maxAlias = 120;

    void clear(QLayout& layout)
    {
        while (QLayoutItem* item = layout.takeAt(0)) {
            if (QWidget* widget = item->widget()) {
                widget->hide();
                widget->deleteLater();
            }
            delete item;
        }
    }

    /// A small heading over a value in fixed width.
    QWidget* makeFact(const QString& heading, const QString& value, Type type, Token ink = Token::Text)
    {
        auto* fact = new QWidget;
        auto* column = new QVBoxLayout(fact);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(1);
        column->addWidget(new PlainLabel(heading, Type::Caption, Token::Text3));
        auto* text = new TextBlock(value, type, ink);
        text->setBreaksPaths(true);
        column->addWidget(text);
        return fact;
    }

    QLineEdit* makeEdit(const QString& name, const QString& object, const QString& hint)
    {
        auto* edit = new QLineEdit;
        edit->setObjectName(object);
        edit->setAccessibleName(name);
        edit->setPlaceholderText(hint);
        edit->setMaxLength(20000);
        return edit;
    }

    QString joined(const std::vector<std::string>& lines)
    {
        QStringList all;
        for (const std::string& line : lines)
            all += visibleText(line);
        return all.join(u'\n');
    }

    QString commandText(const ContextFacts& facts)
    {
        QStringList lines { visibleText(facts.command) };
        for (const std::string& argument : facts.args)
            lines += u"  "_s + visibleText(argument);
        return lines.join(u'\n');
    }

    std::vector<std::string> namespacesFrom(const QString& text)
    {
        std::vector<std::string> names;
        QString plain = text;
        for (const QString& name : plain.replace(u',', u' ').split(u' ', Qt::SkipEmptyParts))
            if (std::string each = name.trimmed().toStdString();
                std::find(names.begin(), names.end(), each) == names.end())
                names.push_back(std::move(each));
        return names;
    }

}

ContextDetails::ContextDetails(
    ContextDirectory& directory, ConnectionTests& tests, const Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_directory(directory)
    , m_tests(tests)
    , m_settings(settings)
{
    setObjectName(u"contextDetails"_s);
    setProperty("kind", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(18, 16, 18, 18);
    column->setSpacing(14);
    column->addWidget(makeHead());
    m_review = new QWidget;
    m_review->setObjectName(u"contextReview"_s);
    m_reviewRows = new QVBoxLayout(m_review);
    m_reviewRows->setContentsMargins(0, 0, 0, 0);
    m_reviewRows->setSpacing(8);
    column->addWidget(m_review);
    m_testBox = new QWidget;
    auto* test = new QVBoxLayout(m_testBox);
    test->setContentsMargins(0, 0, 0, 0);
    test->setSpacing(8);
    auto* testLine = new QHBoxLayout;
    m_testHead = new PlainLabel(tr("Connection"), Type::Section, Token::Text3);
    testLine->addWidget(m_testHead, 1);
    m_cancel = makeButton(tr("Cancel"), ButtonKind::Quiet);
    m_cancel->setObjectName(u"cancelTest"_s);
    m_cancel->setAccessibleName(tr("Cancel the test"));
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_tests.cancel(m_key); });
    testLine->addWidget(m_cancel);
    test->addLayout(testLine);
    m_steps = new ConnectionSteps;
    test->addWidget(m_steps);
    column->addWidget(m_testBox);
    auto* facts = new QWidget;
    m_facts = new QVBoxLayout(facts);
    m_facts->setContentsMargins(0, 0, 0, 0);
    m_facts->setSpacing(10);
    column->addWidget(facts);
    column->addWidget(makeNotes());
    column->addStretch();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(makeScroll(content));
    connect(&directory, &ContextDirectory::changed, this, &ContextDetails::tell);
    connect(&tests, &ConnectionTests::changed, this, [this](const std::string& key) {
        if (key == m_key)
            tellTest();
    });
    tell();
}

QWidget* ContextDetails::makeHead()
{
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_title = new TextBlock({}, Type::Display);
    m_title->setObjectName(u"contextTitle"_s);
    m_title->setMaximumLines(3);
    column->addWidget(m_title);
    m_about = new TextBlock({}, Type::Small, Token::Text2);
    column->addWidget(m_about);
    m_problem = new TextBlock({}, Type::Small, Token::Critical);
    m_problem->setObjectName(u"contextProblem"_s);
    column->addWidget(m_problem);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 6, 0, 0);
    line->setSpacing(8);
    m_scan = makeButton(tr("Scan"), ButtonKind::Primary);
    m_scan->setObjectName(u"scanContext"_s);
    m_test = makeButton(tr("Test connection"));
    m_test->setObjectName(u"testContext"_s);
    connect(m_scan, &QPushButton::clicked, this, &ContextDetails::scanAsked);
    connect(m_test, &QPushButton::clicked, this, &ContextDetails::testAsked);
    line->addWidget(m_scan);
    line->addWidget(m_test);
    line->addStretch();
    column->addLayout(line);
    return head;
}

QWidget* ContextDetails::makeNotes()
{
    auto* notes = new QWidget;
    auto* column = new QVBoxLayout(notes);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(new PlainLabel(tr("Your notes"), Type::Section, Token::Text3));
    const auto add = [column](const QString& title, QWidget* control) {
        column->addWidget(new PlainLabel(title, Type::Caption, Token::Text3));
        column->addWidget(control);
    };
    m_alias = makeEdit(tr("Alias"), u"contextAlias"_s, tr("A name that you know it by"));
    m_alias->setMaxLength(maxAlias);
    add(tr("Alias"), m_alias);
    m_group = makeEdit(tr("Group"), u"contextGroup"_s, tr("production, customer, team"));
    m_group->setMaxLength(maxAlias);
    auto* completer = new QCompleter(new QStringListModel(this), m_group);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_group->setCompleter(completer);
    add(tr("Group"), m_group);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    m_colour = makeButton(tr("Colour"));
    m_colour->setObjectName(u"contextColour"_s);
    m_colour->setMenu(new QMenu(m_colour));
    connect(m_colour->menu(), &QMenu::aboutToShow, this, [this] { fillColourMenu(*m_colour->menu()); });
    m_favourite = makeButton(tr("Favourite"));
    m_favourite->setObjectName(u"contextFavourite"_s);
    m_favourite->setCheckable(true);
    m_favourite->setProperty("kind", u"segment"_s);
    m_favourite->setIcon(glyphIcon(Glyph::Star));
    line->addWidget(m_colour);
    line->addWidget(m_favourite);
    line->addStretch();
    column->addLayout(line);
    column->addSpacing(8);
    column->addWidget(new PlainLabel(tr("Scan"), Type::Section, Token::Text3));
    m_namespaces = makeEdit(tr("Namespaces to read"), u"contextNamespaces"_s, tr("shop, payments"));
    column->addWidget(new TextBlock(
        tr("Namespaces, for an identity that may not list them. Empty: all."), Type::Caption, Token::Text3));
    column->addWidget(m_namespaces);
    m_manySecrets = new QCheckBox(tr("Names of all Secrets"));
    m_manySecrets->setObjectName(u"contextManySecrets"_s);
    m_manySecrets->setToolTip(toolTipText(
        tr("One request a namespace, for the names and types of Secrets. Values are never read.")));
    column->addWidget(m_manySecrets);
    column->addWidget(
        new TextBlock(tr("Also in a cluster of more than 500 namespaces: one more request for each."),
            Type::Caption, Token::Text3));

    connect(m_alias, &QLineEdit::editingFinished, this,
        [this] { note([this](ClusterNote& n) { n.alias = m_alias->text().trimmed().toStdString(); }); });
    connect(m_group, &QLineEdit::editingFinished, this,
        [this] { note([this](ClusterNote& n) { n.group = m_group->text().trimmed().toStdString(); }); });
    connect(m_favourite, &QPushButton::clicked, this,
        [this](bool on) { note([on](ClusterNote& n) { n.favourite = on; }); });
    connect(m_namespaces, &QLineEdit::editingFinished, this,
        [this] { note([this](ClusterNote& n) { n.namespaces = namespacesFrom(m_namespaces->text()); }); });
    connect(m_manySecrets, &QCheckBox::clicked, this,
        [this](bool on) { note([on](ClusterNote& n) { n.secretsInManyNamespaces = on; }); });
    return notes;
}

template <class Change> void ContextDetails::note(Change change)
{
    if (m_telling || !facts())
        return;
    ClusterNote now = m_directory.book().note(m_key);
    change(now);
    m_directory.setNote(m_key, now);
}

void ContextDetails::fillColourMenu(QMenu& menu)
{
    menu.clear();
    const ContextFacts* context = facts();
    if (!context)
        return;
    const int chosen = m_settings.clusterColour(sourceKey(contextRequest(context->set, context->name)));
    const auto add = [&](const QString& text, int index) {
        QAction* action = menu.addAction(text, this, [this, index] { m_directory.setColour(m_key, index); });
        action->setCheckable(true);
        action->setChecked(index == chosen);
        return action;
    };
    add(tr("By Its Name"), -1);
    menu.addSeparator();
    int index = 0;
    for (const ClusterColour& choice : clusterColours())
        add(colourName(choice), index++)->setIcon(colourIcon(choice.token));
}

const ContextFacts* ContextDetails::facts() const { return m_directory.listing().find(m_key); }

void ContextDetails::show(const std::string& key)
{
    if (key == m_key)
        return;
    m_key = key;
    tell();
}

void ContextDetails::tell()
{
    const ContextFacts* context = facts();
    setEnabled(context != nullptr);
    m_telling = true;
    if (context) {
        const ClusterNote now = m_directory.book().note(m_key);
        const auto set = [](QLineEdit& edit, const std::string& text) {
            if (const QString plain = QString::fromStdString(text); !edit.hasFocus() || edit.text().isEmpty())
                edit.setText(plain);
        };
        m_title->setText(shown(m_directory.titleOf(*context)));
        m_about->setText(now.alias.empty() ? tr("Cluster %1").arg(shown(context->cluster))
                                           : tr("Context %1").arg(shown(context->name)));
        m_problem->setText(shown(context->problem, 1500));
        m_problem->setVisible(!context->problem.empty());
        set(*m_alias, now.alias);
        set(*m_group, now.group);
        QStringList names;
        for (const std::string& ns : now.namespaces)
            names += QString::fromStdString(ns);
        set(*m_namespaces, names.join(u", "_s).toStdString());
        m_manySecrets->setChecked(now.secretsInManyNamespaces);
        m_favourite->setChecked(now.favourite);
        m_colour->setIcon(
            colourIcon(clusterToken(sourceKey(contextRequest(context->set, context->name)), m_settings)));
        QStringList groups;
        for (const std::string& group : m_directory.book().groups())
            groups += QString::fromStdString(group);
        qobject_cast<QStringListModel*>(m_group->completer()->model())->setStringList(groups);
        tellFacts(*context);
        tellReview(*context);
    } else {
        for (TextBlock* text : { m_title, m_about })
            text->setText({});
        m_title->setText(tr("No context selected"));
        m_problem->hide();
        m_review->hide();
        clear(*m_facts);
    }
    m_telling = false;
    tellTest();
}

void ContextDetails::tellFacts(const ContextFacts& facts)
{
    clear(*m_facts);
    m_facts->addWidget(new PlainLabel(tr("What it uses"), Type::Section, Token::Text3));
    const auto add = [this](const QString& heading, const QString& value, Type type = Type::Mono,
                         Token ink = Token::Text) {
        if (!value.isEmpty())
            m_facts->addWidget(makeFact(heading, value, type, ink));
    };
    add(tr("Server"), visibleText(facts.server));
    add(tr("Name in the server's certificate"), visibleText(facts.tlsServerName));
    add(tr("Server is known by"),
        facts.insecure                ? tr("nothing: any certificate is accepted")
            : facts.authorityInFile   ? tr("a certificate authority in the kubeconfig file")
            : facts.authority.empty() ? tr("the certificate authorities of this system")
                                      : visibleText(facts.authority),
        !facts.insecure && !facts.authorityInFile && !facts.authority.empty() ? Type::Mono : Type::Body,
        facts.insecure ? Token::Medium : Token::Text);
    add(tr("Proxy"), visibleText(facts.proxy));
    QString identity = shown(facts.identity);
    if (!facts.user.empty())
        identity += u" · "_s + shown(facts.user);
    add(tr("Identity"), identity, Type::Body);
    add(tr("Acts as"), visibleText(facts.impersonates));
    if (facts.expires)
        add(tr("Client certificate"), expiryText(facts.expires), Type::Body,
            expiryToken(facts.expires).value_or(Token::Text));
    if (!facts.command.empty())
        add(tr("Program that is asked for the credential"), commandText(facts));
    add(tr("Namespace"), facts.ns.empty() ? u"default"_s : visibleText(facts.ns));
    add(tr("Files that it reads"), joined(facts.files));
    add(tr("Kubeconfig file"),
        visibleText(facts.file) + (facts.line > 0 ? QString(u':' + QString::number(facts.line)) : QString()));
    if (!facts.remarks.empty()) {
        m_facts->addWidget(new PlainLabel(tr("Worth knowing"), Type::Section, Token::Text3));
        for (const std::string& remark : facts.remarks)
            m_facts->addWidget(new TextBlock(u"! "_s + shown(remark, 1000), Type::Small, Token::Medium));
    }
}

void ContextDetails::tellReview(const ContextFacts& facts)
{
    clear(*m_reviewRows);
    const bool needed = m_directory.needsReview(facts);
    m_review->setVisible(needed);
    const bool usable = facts.problem.empty() && !needed && m_directory.services().connects();
    m_scan->setEnabled(usable);
    m_test->setEnabled(usable && !m_tests.isRunning(m_key));
    if (!needed)
        return;
    m_reviewRows->addWidget(new TextBlock(
        tr("! This context comes from a file outside ~/.kube. Look at what it would use; nothing of it is "
           "contacted, read or run before you say so."),
        Type::Body, Token::Medium));
    const auto add = [this](const QString& heading, const QString& value) {
        if (!value.isEmpty())
            m_reviewRows->addWidget(makeFact(heading, value, Type::Mono));
    };
    add(tr("It would contact"), visibleText(facts.server));
    add(tr("through the proxy"), visibleText(facts.proxy));
    add(tr("It would read"), joined(facts.files));
    add(tr("It would run"), facts.command.empty() ? QString() : commandText(facts));
    add(tr("with these variables added"), joined(facts.environment));
    QPushButton* accept = makeButton(tr("Use this context"));
    accept->setObjectName(u"acceptContext"_s);
    connect(accept, &QPushButton::clicked, this, [this] {
        if (const ContextFacts* context = this->facts())
            m_directory.setReviewed(*context);
    });
    m_reviewRows->addWidget(accept, 0, Qt::AlignLeft);
}

void ContextDetails::tellTest()
{
    const cluster::ConnectionReport* report = m_tests.report(m_key);
    const bool running = m_tests.isRunning(m_key);
    m_testBox->setVisible(report != nullptr && facts() != nullptr);
    m_cancel->setVisible(running);
    if (const ContextFacts* context = facts())
        m_test->setEnabled(!running && context->problem.empty() && !m_directory.needsReview(*context)
            && m_directory.services().connects());
    if (report)
        m_steps->tell(*report);
}

} // namespace glacis::ui
