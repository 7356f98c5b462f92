// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/top_bar.h>

#include <overview/summary.h>
#include <shell/top_bar_parts.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/time_text.h>

#include <QAction>
#include <QDateTime>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QStyle>

#include <algorithm>
#include <optional>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int aroundText = 16;

    class LogoMark : public QWidget {
    public:
        LogoMark() { setFixedSize(scaled(22), scaled(22)); }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            paintGlyph(painter, Glyph::Logo, rect(), colour(Token::Accent, palette()));
        }
    };

    QToolButton* actionButton(QAction* action, Glyph glyph)
    {
        QToolButton* button = makeIconButton(glyph, action->text().remove(u'&'));
        button->setObjectName(action->objectName() + u"Button");
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        button->setToolTip(
            toolTipText(button->accessibleName() + (keys.isEmpty() ? QString() : QString(u"  " + keys))));
        button->setEnabled(action->isEnabled());
        QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
        QObject::connect(
            action, &QAction::changed, button, [button, action] { button->setEnabled(action->isEnabled()); });
        return button;
    }

}

/// Older than this, a picture of a cluster is history.
constexpr std::int64_t staleAfter = std::int64_t(7) * 86400; // seconds

bool isStale(const inventory::Inventory& inventory)
{
    return inventory.source.kind != "practice" && inventory.source.captureTime > 0
        && QDateTime::currentSecsSinceEpoch() - inventory.source.captureTime > staleAfter;
}

bool isBroken(const inventory::Inventory& inventory)
{
    return std::any_of(inventory.diagnostics.begin(), inventory.diagnostics.end(),
        [](const inventory::Diagnostic& d) { return d.level == inventory::Diagnostic::Level::Error; });
}

/// "Practice cluster", "Imported file · 6 days ago", "Snapshot · scanned 6 days ago"
QString stateText(const inventory::Inventory& inventory)
{
    const QString kind = sourceKind(inventory);
    if (inventory.source.kind == "practice" || inventory.source.captureTime <= 0)
        return kind;
    const QString ago = agoText(inventory.source.captureTime);
    return inventory.source.kind == "path" ? QString(kind + u" · " + ago)
                                           : TopBar::tr("%1 · scanned %2").arg(kind, ago);
}

QString requestTitle(const workspace::SourceRequest& request)
{
    if (!request.practice.empty())
        return shown(request.practice, 1000);
    if (request.cluster)
        return request.cluster->context.empty() ? TopBar::tr("Current context")
                                                : shown(request.cluster->context, 1000);
    const std::string& first = request.snapshot.empty()
        ? (request.paths.empty() ? request.snapshot : request.paths.front())
        : request.snapshot;
    QString name = shown(first, 1000);
    while (name.size() > 1 && name.endsWith(u'/'))
        name.chop(1);
    const QString last = QFileInfo(name).fileName();
    QString title = last.isEmpty() ? name : last;
    if (request.paths.size() > 1)
        title += QObject::tr(" and %n more", nullptr, static_cast<int>(request.paths.size() - 1));
    return title;
}

QString progressText(const workspace::LoadProgress& progress)
{
    using Step = workspace::LoadProgress::Step;
    QStringList parts;
    switch (progress.step) {
    case Step::Reading:
        parts += QObject::tr("Reading");
        break;
    case Step::Assessing:
        parts += QObject::tr("Assessing");
        break;
    case Step::Connecting:
        parts += QObject::tr("Connecting");
        break;
    case Step::Discovering:
        parts += QObject::tr("Asking what the cluster serves");
        break;
    case Step::Listing:
        parts += progress.file.empty() ? QObject::tr("Listing")
                                       : QObject::tr("Listing %1").arg(shown(progress.file, 80));
        if (progress.listsTotal > 0)
            parts += QObject::tr("%1 of %2 lists")
                         .arg(countText(progress.listsDone), countText(progress.listsTotal));
        break;
    }
    if (progress.bytesTotal > 0)
        parts += QObject::tr("%1 of %2").arg(sizeText(progress.bytesDone), sizeText(progress.bytesTotal));
    if (progress.objects > 0)
        parts += QObject::tr("%1 objects").arg(countText(progress.objects));
    return parts.join(u" · "_s);
}

std::optional<int> progressShare(const workspace::LoadProgress& progress)
{
    using Step = workspace::LoadProgress::Step;
    const bool lists = progress.step == Step::Listing;
    const std::uint64_t done = lists ? progress.listsDone : progress.bytesDone;
    const std::uint64_t total = lists ? progress.listsTotal : progress.bytesTotal;
    if (total == 0 || (!lists && progress.step != Step::Reading))
        return std::nullopt;
    return static_cast<int>(std::min<std::uint64_t>(1000, done * 1000 / total));
}

TopBar::TopBar(workspace::Workspace& workspace, const TopBarActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_brand(new QWidget)
    , m_brandName(new PlainLabel(u"Glacis"_s, Type::Title))
    , m_source(new SourceButton(actions.sources))
    , m_state(new QWidget)
    , m_dot(new StateDot)
    , m_stateText(new PlainLabel({}, Type::Body, Token::Text2))
    , m_busy(new QWidget)
    , m_busyText(new PlainLabel({}, Type::Small, Token::Text2))
    , m_bar(new QProgressBar)
    , m_search(new SearchBox(actions.palette))
    , m_reload(makeButton(actions.reload->text().remove(u'&'), ButtonKind::Primary))
{
    setProperty("kind", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(QFontMetrics(typeFont(Type::Body)).height() + 2 * aroundText);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 0, 16, 0);
    line->setSpacing(8);
    auto* name = new QHBoxLayout(m_brand);
    name->setContentsMargins(0, 0, 0, 0);
    name->setSpacing(8);
    name->addWidget(new LogoMark);
    name->addWidget(m_brandName);
    name->addStretch();
    line->addWidget(m_brand);
    setNarrow(false);
    line->addWidget(actionButton(actions.back, Glyph::ArrowLeft));
    line->addWidget(actionButton(actions.forward, Glyph::ArrowRight));
    line->addWidget(m_source);
    auto* state = new QHBoxLayout(m_state);
    state->setContentsMargins(8, 0, 0, 0);
    state->setSpacing(8);
    state->addWidget(m_dot);
    state->addWidget(m_stateText);
    line->addWidget(m_state);
    line->addStretch(1);

    auto* busy = new QHBoxLayout(m_busy);
    busy->setContentsMargins(0, 0, 0, 0);
    busy->setSpacing(10);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(scaled(110), 4);
    m_bar->setAccessibleName(tr("Progress of reading the source"));
    QPushButton* cancel = makeButton(actions.cancel->text().remove(u'&'));
    cancel->setObjectName(u"cancelButton"_s);
    connect(cancel, &QPushButton::clicked, actions.cancel, &QAction::trigger);
    busy->addWidget(m_busyText);
    busy->addWidget(m_bar);
    busy->addWidget(cancel);
    line->addWidget(m_busy);

    line->addWidget(m_search, 4);
    QPushButton* open = makeButton(tr("Open…"));
    open->setObjectName(u"openButton"_s);
    open->setMenu(actions.open);
    line->addWidget(open);
    m_reload->setObjectName(u"reloadButton"_s);
    connect(m_reload, &QPushButton::clicked, actions.reload, &QAction::trigger);
    line->addWidget(m_reload);

    connect(&workspace, &workspace::Workspace::loadingStarted, this, &TopBar::tell);
    connect(&workspace, &workspace::Workspace::progressed, this, &TopBar::tellProgress);
    connect(&workspace, &workspace::Workspace::assessmentReady, this, &TopBar::tell);
    connect(&workspace, &workspace::Workspace::loadingFailed, this, &TopBar::tell);
    connect(&workspace, &workspace::Workspace::loadingCancelled, this, &TopBar::tell);
    connect(&workspace, &workspace::Workspace::emptied, this, &TopBar::tell);
    tell();
}

void TopBar::tell()
{
    const assessment::AssessmentPtr assessment = m_workspace.assessment();
    const bool loading = m_workspace.isLoading();
    m_busy->setVisible(loading);
    m_reload->setVisible(!loading);
    m_reload->setEnabled(!m_workspace.request().empty());
    if (loading)
        tellProgress(m_workspace.progress());
    if (assessment && !loading) {
        m_source->tell(m_alias.isEmpty() ? sourceTitle(*assessment->inventory) : m_alias,
            shown(assessment->inventory->source.name, 1000));
        const inventory::Inventory& inventory = *assessment->inventory;
        m_stateText->setText(stateText(inventory));
        m_dot->setToken(isStale(inventory) || isBroken(inventory) ? Token::Medium : Token::Pass);
        m_state->setToolTip(inventory.source.captureTime > 0
                ? toolTipText(tr("Read-only. State of %1").arg(timeText(inventory.source.captureTime)))
                : toolTipText(tr("Read-only")));
    } else {
        m_source->tell(m_workspace.request().empty() ? tr("No source")
                : m_alias.isEmpty()                  ? requestTitle(m_workspace.request())
                                                     : m_alias,
            {});
    }
    giveWay();
}

void TopBar::setAlias(const QString& alias)
{
    m_alias = alias;
    tell();
}

void TopBar::setClusterToken(Token token)
{
    m_cluster = token;
    m_source->setToken(m_workspace.request().empty() ? std::nullopt : std::optional(token));
    update();
}

/// What follows the brand begins where the navigation ends.
void TopBar::setNarrow(bool narrow)
{
    m_brandName->setVisible(!narrow);
    m_brand->setFixedWidth(scaled(narrow ? 30 : 172));
}

void TopBar::tellProgress(const workspace::LoadProgress& progress)
{
    m_busyText->setText(progressText(progress));
    const std::optional<int> share = progressShare(progress);
    m_bar->setRange(0, share ? 1000 : 0);
    if (share)
        m_bar->setValue(*share);
}

/// The words about the state give way before anything that can be clicked does.
void TopBar::giveWay()
{
    const bool roomy = width() >= scaled(760);
    m_state->setVisible(m_workspace.assessment() && !m_workspace.isLoading() && width() >= scaled(960));
    m_busyText->setVisible(roomy);
}

void TopBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    giveWay();
}

void TopBar::paintEvent(QPaintEvent* event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    if (!m_workspace.request().empty())
        painter.fillRect(QRect(0, 0, width(), 2), colour(m_cluster, palette()));
}

} // namespace glacis::ui
