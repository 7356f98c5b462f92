// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/settings_page.h>

#include <clusters/connection_card.h>
#include <clusters/context_directory.h>
#include <settings/segments.h>
#include <settings/setting_row.h>
#include <shell/settings.h>
#include <theme/motion.h>
#include <theme/theme.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int columnWidth = 1200; ///< beyond that, eyes lose the line from a title to its control
    constexpr std::array scales { 90, 100, 115, 130, 150, 200 };
    constexpr std::array themes { Theme::Choice::System, Theme::Choice::Dark, Theme::Choice::Light };

    template <class T, std::size_t N> int indexIn(const std::array<T, N>& values, const T& value)
    {
        const auto at = std::find(values.begin(), values.end(), value);
        return at == values.end() ? -1 : static_cast<int>(at - values.begin());
    }

    QWidget* makeLine(std::initializer_list<QWidget*> widgets)
    {
        auto* holder = new QWidget;
        auto* line = new QHBoxLayout(holder);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(8);
        for (QWidget* widget : widgets)
            line->addWidget(widget);
        line->addStretch();
        return holder;
    }

}

SettingsPage::SettingsPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_settings(context.settings)
    , m_theme(context.theme)
    , m_contexts(context.contexts)
{
    setObjectName(u"settingsPage"_s);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout;
    column->setSpacing(12);
    auto* title = new PlainLabel(tr("Settings"), Type::Display);
    title->setContentsMargins(0, 0, 0, 4);
    column->addWidget(title);
    column->addWidget(makeAppearance());
    column->addWidget(makeSources());
    if (m_contexts)
        column->addWidget(m_connections = new ConnectionCard(*m_contexts, m_settings));
    column->addWidget(makeRecent());
    column->addWidget(makeStorage());
    column->addStretch();
    auto* middle = new QHBoxLayout(content);
    middle->setContentsMargins(20, 18, 20, 20);
    auto* limited = new QWidget;
    limited->setLayout(column);
    column->setContentsMargins(0, 0, 0, 0);
    limited->setMaximumWidth(scaled(columnWidth));
    middle->addWidget(limited, 1);
    middle->addStretch();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(makeScroll(content));
    // The theme can also be chosen in the menu.
    connect(&m_theme, &Theme::changed, this, &SettingsPage::tell);
    tell();
}

QWidget* SettingsPage::makeAppearance()
{
    auto* card = new Card(tr("Appearance"));
    m_themes = new Segments(tr("Theme"), { tr("As the system"), tr("Dark"), tr("Light") });
    m_themes->setObjectName(u"themes"_s);
    connect(m_themes, &Segments::chosen, this, [this](int index) {
        const Theme::Choice choice = themes[static_cast<std::size_t>(index)];
        m_settings.setTheme(Theme::name(choice));
        m_theme.choose(choice);
    });
    card->body()->addWidget(new SettingRow(tr("Theme"), {}, m_themes));
    QStringList sizes;
    for (const int percent : scales)
        sizes += tr("%1 %").arg(percent);
    m_scales = new Segments(tr("Size of text"), sizes);
    m_scales->setObjectName(u"scales"_s);
    connect(m_scales, &Segments::chosen, this, [this](int index) {
        const int percent = scales[static_cast<std::size_t>(index)];
        m_settings.setTextScale(percent);
        m_theme.setTextScale(percent);
    });
    card->body()->addWidget(new SettingRow(tr("Size of text"),
        tr("Relative to the system's text size. Everything else scales with it."), m_scales));
    m_motions = new Segments(tr("Motion"), { tr("As the system"), tr("Reduced") });
    m_motions->setObjectName(u"motions"_s);
    connect(m_motions, &Segments::chosen, this, [this](int index) {
        m_settings.setMotionReduced(index == 1);
        setMotionReduced(index == 1);
    });
    card->body()->addWidget(new SettingRow(tr("Motion"), tr("Reduced turns off animations."), m_motions));
    return card;
}

QWidget* SettingsPage::makeSources()
{
    auto* card = new Card(tr("New sources"));
    m_scopes = new Segments(
        tr("Judge files as"), { tr("Detect"), tr("A whole cluster"), tr("Part of a cluster") });
    m_scopes->setObjectName(u"scopes"_s);
    connect(m_scopes, &Segments::chosen, this, [this](int index) {
        m_settings.setScope(index == 0 ? std::nullopt
                : index == 1           ? std::optional(inventory::Scope::Cluster)
                                       : std::optional(inventory::Scope::Manifests));
    });
    card->body()->addWidget(new SettingRow(tr("Judge files as"),
        tr("In a whole cluster, anything missing from the files does not exist. In part of a cluster, "
           "nothing is "
           "concluded about nodes and the control plane."),
        m_scopes));

    m_policy = new QLineEdit;
    m_policy->setObjectName(u"policy"_s);
    m_policy->setReadOnly(true);
    m_policy->setPlaceholderText(tr("No policy"));
    m_policy->setAccessibleName(tr("Policy file"));
    QPushButton* choose = makeButton(tr("Choose…"));
    choose->setObjectName(u"choosePolicy"_s);
    connect(choose, &QPushButton::clicked, this, &SettingsPage::choosePolicy);
    QPushButton* none = makeButton(tr("Clear"), ButtonKind::Quiet);
    none->setObjectName(u"noPolicy"_s);
    none->setAccessibleName(tr("Clear the policy file"));
    connect(none, &QPushButton::clicked, this, [this] {
        m_settings.setPolicy({});
        tellPolicy();
    });
    auto* control = new QWidget;
    auto* column = new QVBoxLayout(control);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_policy, 1);
    line->addWidget(choose);
    line->addWidget(none);
    column->addLayout(line);
    m_policyNote = new TextBlock({}, Type::Small, Token::Medium);
    column->addWidget(m_policyNote);
    card->body()->addWidget(new SettingRow(tr("Policy file"),
        tr("Waivers, severity overrides and excluded namespaces. Applies to every file and folder that you "
           "open, "
           "not to practice clusters."),
        control));
    return card;
}

QWidget* SettingsPage::makeRecent()
{
    auto* card = new Card(tr("Recent sources"));
    auto* rows = new QWidget;
    rows->setObjectName(u"recentRows"_s);
    m_recent = new QVBoxLayout(rows);
    m_recent->setContentsMargins(0, 0, 0, 0);
    m_recent->setSpacing(2);
    card->body()->addWidget(rows);
    return card;
}

QWidget* SettingsPage::makeStorage()
{
    auto* card = new Card(tr("What is stored where"));
    card->body()->addWidget(new TextBlock(
        tr("One file holds these settings, what you chose for reports, the size and place of the "
           "window, the paths of recent sources and of kubeconfig files that you added, and the "
           "colours of clusters. clusters.json beside it holds your notes on contexts, with time "
           "and score of the last scan. Programs that may run unasked stand in a file of their "
           "own. Nothing else that was read from a cluster is kept, unless you save a snapshot or "
           "a report yourself."),
        Type::Body, Token::Text2));
    const QString file = m_settings.fileName();
    auto* path = new ElidedLabel(shown(QDir::toNativeSeparators(file).toStdString(), 1000), Type::Mono);
    path->setElideMode(Qt::ElideMiddle);
    path->setObjectName(u"settingsFile"_s);
    path->setContentsMargins(0, 4, 0, 4);
    card->body()->addWidget(path);

    QPushButton* folder = makeButton(tr("Open folder"));
    folder->setObjectName(u"openSettingsFolder"_s);
    connect(folder, &QPushButton::clicked, this,
        [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file).absolutePath())); });
    auto* copy = new CopyButton(tr("Copy the path"), [file] { return QDir::toNativeSeparators(file); });
    copy->setObjectName(u"copySettingsPath"_s);
    QPushButton* remove = makeButton(tr("Delete all of it…"));
    remove->setObjectName(u"deleteSettings"_s);
    connect(remove, &QPushButton::clicked, this, [this] { ask(true); });
    m_delete = makeLine({ folder, remove, copy });
    card->body()->addWidget(m_delete);

    QPushButton* yes = makeButton(tr("Delete"));
    yes->setProperty("kind", u"danger"_s);
    yes->setObjectName(u"reallyDelete"_s);
    yes->setAccessibleName(tr("Delete all settings"));
    QPushButton* no = makeButton(tr("Keep"));
    no->setObjectName(u"keepSettings"_s);
    no->setAccessibleName(tr("Keep the settings"));
    connect(no, &QPushButton::clicked, this, [this] { ask(false); });
    connect(yes, &QPushButton::clicked, this, [this] {
        m_settings.erase();
        if (m_contexts)
            m_contexts->eraseNotes();
        ask(false);
        tell();
        m_deleted->show();
    });
    m_question = makeLine({ new PlainLabel(tr("Delete all settings? This cannot be undone.")), yes, no });
    m_question->hide();
    card->body()->addWidget(m_question);
    m_deleted
        = new PlainLabel(tr("Deleted. Glacis starts with its defaults next time."), Type::Small, Token::Pass);
    m_deleted->setObjectName(u"settingsDeleted"_s);
    m_deleted->hide();
    card->body()->addWidget(m_deleted);
    return card;
}

void SettingsPage::ask(bool whether)
{
    m_deleted->hide();
    m_question->setVisible(whether);
    m_delete->setVisible(!whether);
    if (QWidget* focus = whether ? m_question->findChild<QWidget*>(u"keepSettings"_s)
                                 : m_delete->findChild<QWidget*>(u"deleteSettings"_s))
        focus->setFocus(Qt::OtherFocusReason);
}

void SettingsPage::tell()
{
    m_themes->setIndex(indexIn(themes, m_theme.choice()));
    m_scales->setIndex(indexIn(scales, m_theme.textScale()));
    m_motions->setIndex(m_settings.motionReduced() ? 1 : 0);
    const auto scope = m_settings.scope();
    m_scopes->setIndex(!scope ? 0 : *scope == inventory::Scope::Cluster ? 1 : 2);
    tellPolicy();
    fillRecent();
    if (m_connections)
        m_connections->tell();
}

void SettingsPage::tellPolicy()
{
    const QString file = m_settings.policy();
    m_policy->setText(shown(QDir::toNativeSeparators(file).toStdString(), 1000));
    const bool missing = !file.isEmpty() && !QFileInfo::exists(file);
    m_policyNote->setText(missing
            ? tr("This file is not there. New sources cannot be opened until it is, or another is chosen.")
            : QString());
    m_policyNote->setVisible(missing);
    findChild<QWidget*>(u"noPolicy"_s)->setEnabled(!file.isEmpty());
}

void SettingsPage::choosePolicy()
{
    const QString now = m_settings.policy();
    auto* dialog = new QFileDialog(this, tr("Choose a Policy File"),
        now.isEmpty() ? QString() : QFileInfo(now).absolutePath(),
        tr("Policies (*.yaml *.yml);;All files (*)"));
    dialog->setObjectName(u"policyDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_settings.setPolicy(QFileInfo(file).absoluteFilePath());
        tellPolicy();
    });
    dialog->open();
}

void SettingsPage::fillRecent()
{
    while (m_recent->count() > 0) {
        const std::unique_ptr<QLayoutItem> item(m_recent->takeAt(0));
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // its own button may be what changed the list
        }
    }
    const QStringList paths = m_settings.recent();
    if (paths.isEmpty()) {
        m_recent->addWidget(new PlainLabel(tr("None yet."), Type::Body, Token::Text2));
        return;
    }
    for (const QString& path : paths) {
        auto* row = new QWidget;
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto* label = new ElidedLabel(shown(QDir::toNativeSeparators(path).toStdString(), 1000));
        label->setElideMode(Qt::ElideMiddle);
        line->addWidget(label, 1);
        QPushButton* forget = makeButton(tr("Forget"), ButtonKind::Quiet);
        forget->setAccessibleName(withoutMnemonic(tr("Forget %1").arg(label->text())));
        connect(forget, &QPushButton::clicked, this, [this, path] {
            m_settings.removeRecent(path);
            fillRecent();
        });
        line->addWidget(forget);
        m_recent->addWidget(row);
    }
    QPushButton* all = makeButton(tr("Forget all"));
    all->setObjectName(u"forgetAll"_s);
    connect(all, &QPushButton::clicked, this, [this] {
        m_settings.clearRecent();
        fillRecent();
    });
    auto* last = makeLine({ all });
    last->setContentsMargins(0, 6, 0, 0);
    m_recent->addWidget(last);
}

void SettingsPage::arrive(const Location&)
{
    m_deleted->hide();
    tell();
}

Location SettingsPage::here() const { return { u"settings"_s, {}, {} }; }

} // namespace glacis::ui
