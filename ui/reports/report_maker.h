// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes reports on a thread of its own: document, pages, pictures of pages, files. The newest wish counts;
// answers come as signals on the thread that owns the maker.
//
//     maker.compose({ .assessment = …, .choice = … });   // → composed(), then
//     maker.want({ { 0, 1200 }, { 1, 1200 } });          // → painted() for each
//     maker.save("report.pdf", ReportFormat::Pdf);       // → progressed()…, saved()
//
// Composing, painting and writing share that thread, as ReportPages asks. The destructor stops and waits.
#pragma once

#include <assessment/assessment.h>
#include <base/stop_token.h>
#include <reports/report_choice.h>

#include <QImage>
#include <QObject>
#include <QSizeF>
#include <QThread>

#include <deque>
#include <functional>
#include <memory>

namespace glacis::ui {

enum class ReportFormat : std::uint8_t { Pdf, Html, Markdown };

struct ReportWish {
    assessment::AssessmentPtr assessment;
    ReportChoice choice;
    std::uint32_t mark = 0; ///< the cluster's colour
    std::int64_t made = 0; ///< seconds since 1970 UTC
};

/// What a preview needs to know of a report.
struct ReportOutline {
    int pages = 0;
    QSizeF size; ///< of a page, points
    QString cluster; ///< as the report calls it
    QString logoError; ///< why there is no logo; empty: there is, or none was asked for
};

class ReportMaker : public QObject {
    Q_OBJECT
public:
    /// Replaceable, so that tests see what is asked for and when.
    using Make = std::function<Result<report::Document>(
        const assessment::Assessment&, const report::ReportOptions&, const StopToken&)>;
    struct PageWish {
        int page = 0;
        int width = 0; ///< pixels of the device
    };

    explicit ReportMaker(Make make, QObject* parent = nullptr);
    ~ReportMaker() override;

    void compose(ReportWish wish); ///< stops the one before
    void stopComposing();
    [[nodiscard]] bool isComposing() const { return m_composing != 0; }
    /// Instead of what was wanted before; the first is painted first.
    void want(std::vector<PageWish> pages);
    /// The report of the newest wish, composed anew where the last one was stopped.
    void save(const QString& file, ReportFormat format);
    void stopSaving();
    [[nodiscard]] bool isSaving() const { return m_saving; }

Q_SIGNALS:
    void composed(const glacis::ui::ReportOutline& outline);
    void composeFailed(const QString& reason);
    void painted(int page, const QImage& image);
    void progressed(double share); ///< of saving, 0 to 1
    void saved(const QString& file);
    void saveFailed(const QString& reason);
    void saveStopped();

private:
    struct Bench;
    void paintNext();
    void tellComposed(std::uint64_t serial, const Result<void>& outcome, const ReportOutline& outline);
    void tellSaved(const QString& file, const Result<void>& outcome);
    template <class Work> void onBench(Work work);

    QThread m_thread;
    QObject* m_place; ///< lives on the thread: work is queued to it
    std::unique_ptr<Bench> m_bench; ///< touched on the thread only
    ReportWish m_wish;
    std::uint64_t m_serial = 0; ///< of m_wish
    std::uint64_t m_composing = 0; ///< serial under way; 0: none
    StopSource m_stopComposing, m_stopSaving;
    std::deque<PageWish> m_wanted;
    bool m_painting = false, m_saving = false;
};

} // namespace glacis::ui
