// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the page is put together and when it works; saving stands in report_saving.cpp.
#include <reports/reports_page.h>

#include <settings/segments.h>
#include <shell/cluster_colour.h>
#include <shell/settings.h>
#include <theme/type.h>
#include <widgets/banner.h>
#include <widgets/buttons.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>

#include <QAction>
#include <QDateTime>
#include <QDesktopServices>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int debounce = 150; ///< milliseconds after the last click of a series
    constexpr int optionsWidth = 308; ///< the scroll bar not counted
    constexpr double mostOfPage = 0.42; ///< that the options take of a narrow one
    constexpr int besidePreview = 54; ///< margins of the page and the gap
    constexpr int placeWidth = 190; ///< of the buttons for pages and "Page 10 of 100"
    constexpr int headInOneLine = 820; ///< width from which title and buttons stand side by side

    ReportsPage::Doors whole(ReportsPage::Doors doors, QWidget* page)
    {
        if (!doors.make)
            doors.make = report::makeReport;
        if (!doors.open)
            doors.open = [](const QUrl& url) { QDesktopServices::openUrl(url); };
        if (!doors.askForLogo)
            doors.askForLogo = [page](std::function<void(const QString&)> chosen) {
                auto* dialog = new QFileDialog(page, ReportsPage::tr("Choose a Logo"), {},
                    ReportsPage::tr("Pictures (*.png *.jpg *.jpeg)"));
                dialog->setAttribute(Qt::WA_DeleteOnClose);
                dialog->setFileMode(QFileDialog::ExistingFile);
                QObject::connect(dialog, &QFileDialog::fileSelected, page, chosen);
                dialog->open();
            };
        return doors;
    }

    /// Segments ask for less: they can break into lines.
    int widthInOneLine(const Segments& segments)
    {
        const QLayout& line = *segments.layout();
        int sum = 0;
        for (int i = 0; i < line.count(); ++i)
            sum += line.itemAt(i)->sizeHint().width() + 4;
        return sum;
    }

    std::uint32_t markOf(const workspace::SourceRequest& request, const Settings& settings)
    {
        const QString key = sourceKey(request);
        const int chosen = settings.clusterColour(key);
        const bool known = chosen >= 0 && static_cast<std::size_t>(chosen) < clusterColours().size();
        return static_cast<std::uint32_t>(known ? static_cast<std::size_t>(chosen) : derivedColour(key));
    }

}

ReportsPage::ReportsPage(const PageContext& context, QWidget* parent)
    : ReportsPage(context, Doors {}, parent)
{
}

ReportsPage::ReportsPage(const PageContext& context, Doors doors, QWidget* parent)
    : Page(parent)
    , m_workspace(context.workspace)
    , m_settings(context.settings)
    , m_doors(whole(std::move(doors), this))
    , m_maker(m_doors.make)
    , m_options(new OptionsPanel(m_doors.askForLogo))
    , m_preview(new PagePreview)
    , m_note(new ElidedLabel({}, Type::Body, Token::Text2))
    , m_failure(new Banner)
    , m_outcome(new Banner)
    , m_open(new QAction(tr("Open"), this))
    , m_openFolder(new QAction(tr("Show in folder"), this))
    , m_soon(new QTimer(this))
{
    setObjectName(u"reportsPage"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 14, 20, 14);
    column->setSpacing(10);
    column->addWidget(makeHead());
    column->addWidget(m_outcome);
    column->addWidget(m_failure);
    column->addWidget(makeProgress());
    auto* beside = new QHBoxLayout;
    beside->setSpacing(14);
    m_optionsScroll = makeScroll(m_options);
    m_optionsScroll->setObjectName(u"reportOptions"_s);
    beside->addWidget(m_optionsScroll);
    beside->addWidget(makePreview(), 1);
    column->addLayout(beside, 1);

    m_outcome->setObjectName(u"saveOutcome"_s);
    m_failure->setObjectName(u"reportFailure"_s);
    m_outcome->addAction(m_open);
    m_outcome->addAction(m_openFolder);
    m_outcome->hide();
    m_failure->hide();
    m_soon->setSingleShot(true);
    m_soon->setInterval(debounce);
    connect(m_soon, &QTimer::timeout, this, &ReportsPage::compose);
    connect(m_options, &OptionsPanel::changed, this, &ReportsPage::choose);
    connect(m_preview, &PagePreview::pageChanged, this, &ReportsPage::showPlace);
    connect(&m_workspace, &workspace::Workspace::assessmentReady, this, &ReportsPage::outdate);
    connectMaker();
    m_options->setChoice(readChoice(m_settings));
    setZoom(PagePreview::Zoom::Width);
    arrange();
}

ReportsPage::~ReportsPage() = default;

QWidget* ReportsPage::makeHead()
{
    auto* head = new QWidget;
    m_head = new QBoxLayout(QBoxLayout::LeftToRight, head);
    m_head->setContentsMargins(0, 0, 0, 0);
    auto* words = new QHBoxLayout;
    words->setSpacing(12);
    words->addWidget(new PlainLabel(tr("Reports"), Type::Display));
    words->addWidget(m_note, 1, Qt::AlignVCenter);
    m_head->addLayout(words, 1);
    auto* buttons = new QWidget;
    auto* line = new QHBoxLayout(buttons);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addStretch(1);
    const auto add = [&](const QString& text, const char* id, ButtonKind kind, ReportFormat format) {
        QPushButton* button = makeButton(text, kind);
        button->setObjectName(QString::fromLatin1(id));
        connect(button, &QPushButton::clicked, this, [this, format] { askAndSave(format); });
        line->addWidget(button);
        m_saveButtons.push_back(button);
    };
    add(tr("Save Markdown…"), "saveMarkdown", ButtonKind::Plain, ReportFormat::Markdown);
    add(tr("Save HTML…"), "saveHtml", ButtonKind::Plain, ReportFormat::Html);
    add(tr("Save PDF…"), "savePdf", ButtonKind::Primary, ReportFormat::Pdf);
    m_head->addWidget(buttons);
    return head;
}

QWidget* ReportsPage::makeProgress()
{
    m_progress = new QWidget;
    m_progress->setObjectName(u"saveProgress"_s);
    auto* line = new QHBoxLayout(m_progress);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    m_saving = new ElidedLabel({}, Type::Body, Token::Text2);
    m_saving->setElideMode(Qt::ElideMiddle);
    m_bar = new QProgressBar;
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(4);
    m_bar->setAccessibleName(tr("Saving the report"));
    QPushButton* cancel = makeButton(tr("Cancel"));
    cancel->setObjectName(u"cancelSaving"_s);
    cancel->setAccessibleName(tr("Cancel saving"));
    connect(cancel, &QPushButton::clicked, &m_maker, &ReportMaker::stopSaving);
    line->addWidget(m_saving, 1);
    line->addWidget(m_bar, 1);
    line->addWidget(cancel);
    m_progress->hide();
    return m_progress;
}

QWidget* ReportsPage::makePreview()
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* bar = new QWidget;
    m_previewBar = new QBoxLayout(QBoxLayout::LeftToRight, bar);
    m_previewBar->setContentsMargins(0, 0, 0, 0);
    m_previewBar->setSpacing(4);
    auto* line = new QHBoxLayout;
    line->setSpacing(4);
    const auto step = [&](Glyph glyph, const QString& name, const char* id, int by) {
        QToolButton* button = makeIconButton(glyph, name);
        button->setObjectName(QString::fromLatin1(id));
        connect(
            button, &QToolButton::clicked, this, [this, by] { m_preview->showPage(m_preview->page() + by); });
        line->addWidget(button);
        return button;
    };
    m_previous = step(Glyph::ChevronUp, tr("Previous page"), "previousPage", -1);
    m_next = step(Glyph::ChevronDown, tr("Next page"), "nextPage", 1);
    m_place = new PlainLabel({}, Type::Small, Token::Text2);
    m_place->setObjectName(u"pagePlace"_s);
    line->addSpacing(4);
    line->addWidget(m_place);
    line->addStretch(1);
    m_zoom = new Segments(tr("Zoom"), { tr("Fit width"), tr("Fit page"), tr("100 %") });
    m_zoom->setObjectName(u"previewZoom"_s);
    connect(m_zoom, &Segments::chosen, this,
        [this](int index) { m_preview->setZoom(static_cast<PagePreview::Zoom>(index)); });
    m_previewBar->addLayout(line, 1);
    m_previewBar->addWidget(m_zoom);
    column->addWidget(bar);
    m_preview->setObjectName(u"reportPreview"_s);
    column->addWidget(m_preview, 1);
    return box;
}

void ReportsPage::connectMaker()
{
    connect(&m_maker, &ReportMaker::composed, this, &ReportsPage::showOutline);
    connect(&m_maker, &ReportMaker::composeFailed, this, &ReportsPage::showFailure);
    connect(&m_maker, &ReportMaker::painted, m_preview, &PagePreview::setPicture);
    connect(m_preview, &PagePreview::missed, this, [this] {
        std::vector<ReportMaker::PageWish> wanted;
        if (isVisible())
            for (const PagePreview::Missing& page : m_preview->missing())
                wanted.push_back({ page.page, page.width });
        m_maker.want(std::move(wanted));
    });
    connect(&m_maker, &ReportMaker::progressed, this,
        [this](double share) { m_bar->setValue(static_cast<int>(share * 1000)); });
    connect(&m_maker, &ReportMaker::saved, this, &ReportsPage::tellSaved);
    connect(&m_maker, &ReportMaker::saveStopped, this, &ReportsPage::endSaving);
    connect(&m_maker, &ReportMaker::saveFailed, this, [this](const QString& reason) {
        endSaving();
        m_open->setVisible(false);
        m_openFolder->setVisible(false);
        m_outcome->tell(Banner::Kind::Error, tr("The report was not saved"), reason);
    });
    connect(m_open, &QAction::triggered, this, [this] { m_doors.open(QUrl::fromLocalFile(m_saved)); });
    connect(m_openFolder, &QAction::triggered, this,
        [this] { m_doors.open(QUrl::fromLocalFile(QFileInfo(m_saved).absolutePath())); });
}

void ReportsPage::choose()
{
    keepChoice(m_options->choice(), m_settings);
    outdate();
}

void ReportsPage::outdate()
{
    m_outdated = true;
    m_preview->setDimmed(true);
    m_maker.stopComposing();
    if (isVisible())
        m_soon->start();
}

void ReportsPage::compose()
{
    const assessment::AssessmentPtr assessment = m_workspace.assessment();
    if (!assessment)
        return;
    m_soon->stop();
    m_outdated = false;
    m_note->setText(tr("Making the report…"));
    m_maker.compose({ assessment, m_options->choice(), markOf(m_workspace.shownRequest(), m_settings),
        QDateTime::currentSecsSinceEpoch() });
}

void ReportsPage::showOutline(const ReportOutline& outline)
{
    m_outline = outline;
    m_failure->hide();
    m_options->setLogoError(outline.logoError);
    m_note->setText(outline.pages == 1 ? tr("%1 · 1 page").arg(outline.cluster)
                                       : tr("%1 · %2 pages").arg(outline.cluster).arg(outline.pages));
    m_preview->setPages(outline.pages, outline.size);
}

void ReportsPage::showFailure(const QString& reason)
{
    m_note->setText({});
    m_failure->tell(Banner::Kind::Error, tr("The report could not be made"), reason);
}

void ReportsPage::showPlace(int page)
{
    const int count = m_preview->count();
    m_place->setText(page < 0 ? QString() : tr("Page %1 of %2").arg(page + 1).arg(count));
    m_previous->setEnabled(page > 0);
    m_next->setEnabled(page >= 0 && page + 1 < count);
}

void ReportsPage::setZoom(PagePreview::Zoom zoom)
{
    m_zoom->setIndex(static_cast<int>(zoom));
    m_preview->setZoom(zoom);
    showPlace(m_preview->page());
}

void ReportsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (m_outdated)
        m_soon->start(0);
    m_soon->setInterval(debounce);
}

void ReportsPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_soon->stop();
    m_maker.want({});
    if (m_maker.isComposing()) {
        m_maker.stopComposing();
        m_outdated = true;
    }
}

void ReportsPage::arrange()
{
    const int most = static_cast<int>(width() * mostOfPage);
    // Its words need their room whatever the letters; what is left goes to the preview.
    constexpr int besidePanel = 14; ///< scroll bar
    const int least = m_optionsScroll->widget()->minimumSizeHint().width() + besidePanel;
    m_optionsScroll->setFixedWidth(std::max(std::min(scaled(optionsWidth) + besidePanel, most), least));
    const bool oneLine = width() >= scaled(headInOneLine);
    m_head->setDirection(oneLine ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_head->setSpacing(oneLine ? 12 : 8);
    const int room = width() - m_optionsScroll->width() - besidePreview;
    const int zooms = widthInOneLine(*m_zoom);
    m_zoom->setMinimumWidth(std::min(zooms, room));
    m_previewBar->setDirection(
        room >= zooms + scaled(placeWidth) ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void ReportsPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    arrange();
}

void ReportsPage::arrive(const Location&) { }

Location ReportsPage::here() const { return { u"reports"_s, {}, {} }; }

QByteArray ReportsPage::saveState() const { return QByteArray::number(static_cast<int>(m_preview->zoom())); }

void ReportsPage::restoreState(const QByteArray& state)
{
    bool number = false;
    const int zoom = state.toInt(&number);
    if (number && zoom >= 0 && zoom <= static_cast<int>(PagePreview::Zoom::Actual))
        setZoom(static_cast<PagePreview::Zoom>(zoom));
}

bool ReportsPage::isBusy() const
{
    return m_workspace.assessment() && isVisible()
        && (m_outdated || m_soon->isActive() || m_maker.isComposing()
            || (m_failure->isHidden() && !m_preview->missing().empty()));
}

} // namespace glacis::ui
