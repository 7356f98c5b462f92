// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <reports/report_maker.h>

#include <attack/path_svg.h>
#include <pdf/report_logo.h>
#include <report/document_writers.h>
#include <report/pseudonyms.h>
#include <widgets/outside_text.h>

#include <inventory/snapshot.h>

#include <QPainter>
#include <QSaveFile>

#include <memory>
#include <string>
#include <utility>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr std::string_view cancelled = "cancelled";

    Result<void> writeText(const std::string& text, const QString& name)
    {
        QSaveFile file(name);
        const auto size = static_cast<qint64>(text.size());
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), size) != size || !file.commit())
            return failure(name.toStdString() + ": " + file.errorString().toStdString());
        return {};
    }

}

/// What lies ready on the thread: the report that was made last, and what the next one may share with it.
struct ReportMaker::Bench {
    Make make;
    std::uint64_t serial = 0; ///< of what lies here; 0: nothing
    ReportWish wish;
    report::Document document;
    std::shared_ptr<const ReportPages> pages;
    assessment::AssessmentPtr named; ///< whose pseudonyms these are
    std::shared_ptr<const report::Pseudonyms> names;
    QString logoFile, logoError;
    QImage logo;

    std::shared_ptr<const report::Pseudonyms> namesOf(const assessment::AssessmentPtr& assessment)
    {
        if (named != assessment) {
            names = std::make_shared<report::Pseudonyms>(*assessment->inventory);
            named = assessment;
        }
        return names;
    }

    /// Read anew for each report: the file may have been mended.
    void takeLogo(const QString& file)
    {
        logo = {};
        logoError.clear();
        if (file.isEmpty())
            return;
        if (auto read = readLogo(file))
            logo = std::move(*read);
        else
            logoError = shown(read.error().message);
    }

    Result<void> compose(std::uint64_t number, const ReportWish& next, const StopToken& stop)
    {
        if (number == serial)
            return {};
        if (stop.stopRequested())
            return failure(std::string(cancelled));
        const ReportChoice& choice = next.choice;
        report::ReportOptions options;
        options.edition = choice.edition;
        options.leftOut = choice.leftOut;
        options.classification = choice.classification.toStdString();
        options.mark = next.mark;
        options.made = next.made;
        if (choice.edition == report::Edition::Audit)
            options.snapshotHash = hashOf(next.assessment);
        if (choice.namesHidden)
            options.names = namesOf(next.assessment);
        auto made = make(*next.assessment, options, stop);
        if (!made)
            return failure(made.error().message);
        takeLogo(choice.logo);
        auto laid = ReportPages::compose({ *made, next.assessment, options.names, logo }, choice.paper, stop);
        if (!laid)
            return failure(laid.error().message);
        serial = number;
        wish = next;
        document = std::move(*made);
        pages = std::move(*laid);
        return {};
    }

    /// Kept for the next choice: it costs as much as writing the snapshot.
    const std::string& hashOf(const assessment::AssessmentPtr& assessment)
    {
        if (hashed.lock() != assessment->inventory) {
            hashed = assessment->inventory;
            hash = inventory::snapshotHash(*assessment->inventory);
        }
        return hash;
    }
    std::weak_ptr<const inventory::Inventory> hashed;
    std::string hash; ///< of the snapshot of `hashed`

    [[nodiscard]] ReportOutline outline() const
    {
        if (!pages)
            return {};
        return { pages->count(), pages->size(), shown(document.cluster), logoError };
    }

    [[nodiscard]] QImage paint(const PageWish& wanted) const
    {
        if (!pages || wanted.page >= pages->count() || wanted.width <= 0)
            return {};
        const QSizeF points = pages->size();
        const double scale = wanted.width / points.width();
        QImage image(wanted.width, qRound(points.height() * scale), QImage::Format_RGB32);
        image.fill(colour(Token::Card, Tone::Light));
        QPainter painter(&image);
        painter.scale(scale, scale);
        pages->paint(wanted.page, painter);
        return image;
    }

    [[nodiscard]] Result<void> write(
        const QString& file, ReportFormat format, const StopToken& stop, const ReportProgress& progress) const
    {
        if (format == ReportFormat::Pdf)
            return writeReportPdf(*pages, file, stop, progress);
        if (format == ReportFormat::Markdown)
            return writeText(report::writeDocumentMarkdown(document), file);
        report::HtmlPictures pictures;
        const auto* hidden = wish.choice.namesHidden ? names.get() : nullptr;
        pictures.attackLight = attackSvg(wish.assessment, hidden, Tone::Light);
        progress(0.4);
        if (stop.stopRequested())
            return failure(std::string(cancelled));
        pictures.attackDark = attackSvg(wish.assessment, hidden, Tone::Dark);
        progress(0.8);
        if (!logo.isNull())
            pictures.logo = logoDataUrl(logo).toStdString();
        if (stop.stopRequested())
            return failure(std::string(cancelled));
        return writeText(report::writeDocumentHtml(document, pictures), file);
    }
};

ReportMaker::ReportMaker(Make make, QObject* parent)
    : QObject(parent)
    , m_place(new QObject)
    , m_bench(std::make_unique<Bench>())
{
    m_bench->make = std::move(make);
    m_thread.setObjectName(u"reports"_s);
    m_place->moveToThread(&m_thread);
    // Pages go on the thread that made them.
    connect(
        &m_thread, &QThread::finished, m_place, [this] { m_bench.reset(); }, Qt::DirectConnection);
    connect(&m_thread, &QThread::finished, m_place, &QObject::deleteLater);
    m_thread.start();
}

ReportMaker::~ReportMaker()
{
    m_stopComposing.requestStop();
    m_stopSaving.requestStop();
    m_thread.quit();
    m_thread.wait();
}

/// The destructor waits for the thread, so `this` outlives what is queued to it; answers are dropped with it.
template <class Work> void ReportMaker::onBench(Work work)
{
    QMetaObject::invokeMethod(m_place, std::move(work), Qt::QueuedConnection);
}

void ReportMaker::compose(ReportWish wish)
{
    m_stopComposing.requestStop();
    m_stopComposing = {};
    m_wish = std::move(wish);
    m_composing = ++m_serial;
    m_wanted.clear();
    onBench([this, serial = m_serial, wanted = m_wish, stop = m_stopComposing.token()] {
        const Result<void> outcome = m_bench->compose(serial, wanted, stop);
        QMetaObject::invokeMethod(
            this,
            [this, serial, outcome, outline = m_bench->outline()] { tellComposed(serial, outcome, outline); },
            Qt::QueuedConnection);
    });
}

void ReportMaker::tellComposed(
    std::uint64_t serial, const Result<void>& outcome, const ReportOutline& outline)
{
    if (serial != m_composing)
        return; // a newer one is on its way, or none is wanted any more
    m_composing = 0;
    if (outcome)
        Q_EMIT composed(outline);
    else
        Q_EMIT composeFailed(shown(outcome.error().message));
}

void ReportMaker::stopComposing()
{
    m_stopComposing.requestStop();
    m_composing = 0;
}

void ReportMaker::want(std::vector<PageWish> pages)
{
    m_wanted.assign(pages.begin(), pages.end());
    paintNext();
}

/// One at a time, so that pages which were scrolled away meanwhile are not painted.
void ReportMaker::paintNext()
{
    if (m_painting || m_wanted.empty() || m_composing != 0)
        return;
    m_painting = true;
    const PageWish wanted = m_wanted.front();
    m_wanted.pop_front();
    onBench([this, wanted, serial = m_serial] {
        QImage image = m_bench->serial == serial ? m_bench->paint(wanted) : QImage();
        QMetaObject::invokeMethod(
            this,
            [this, wanted, serial, image = std::move(image)] {
                m_painting = false;
                if (serial == m_serial && !image.isNull())
                    Q_EMIT painted(wanted.page, image);
                paintNext();
            },
            Qt::QueuedConnection);
    });
}

void ReportMaker::save(const QString& file, ReportFormat format)
{
    if (m_saving || !m_wish.assessment)
        return;
    m_saving = true;
    m_stopSaving = {};
    onBench([this, file, format, serial = m_serial, wanted = m_wish, stop = m_stopSaving.token()] {
        Result<void> outcome = m_bench->compose(serial, wanted, stop);
        if (outcome)
            outcome = m_bench->write(file, format, stop, [this](double share) {
                QMetaObject::invokeMethod(
                    this, [this, share] { Q_EMIT progressed(share); }, Qt::QueuedConnection);
            });
        QMetaObject::invokeMethod(
            this, [this, file, outcome] { tellSaved(file, outcome); }, Qt::QueuedConnection);
    });
}

void ReportMaker::tellSaved(const QString& file, const Result<void>& outcome)
{
    m_saving = false;
    if (outcome)
        Q_EMIT saved(file);
    else if (outcome.error().message == cancelled)
        Q_EMIT saveStopped();
    else
        Q_EMIT saveFailed(shown(outcome.error().message));
}

void ReportMaker::stopSaving() { m_stopSaving.requestStop(); }

} // namespace glacis::ui
