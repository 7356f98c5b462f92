// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <reports/options_panel.h>
#include <reports/page_preview.h>
#include <reports/report_maker.h>
#include <shell/page.h>
#include <shell/page_list.h>

#include <QUrl>

class QBoxLayout;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QTimer;
class QToolButton;

namespace glacis::ui {

class Banner;
class ElidedLabel;
class EmptyState;
class PlainLabel;
class Segments;

/// A report to hand on: what it shall hold at the left, its pages as they will be printed at the right, and
/// saving as PDF, HTML and Markdown. Works only while it is shown.
class ReportsPage : public Page {
    Q_OBJECT
public:
    /// How the page reaches out; tests put in their own.
    struct Doors {
        ReportMaker::Make make; ///< empty: report::makeReport
        /// Where to save; empty: a dialog.
        std::function<void(
            const QString& suggested, const QString& filter, std::function<void(const QString& file)> chosen)>
            askWhere;
        AskForFile askForLogo; ///< empty: a dialog
        std::function<void(const QUrl& url)> open; ///< empty: the desktop's program
    };

    explicit ReportsPage(const PageContext& context, QWidget* parent = nullptr);
    ReportsPage(const PageContext& context, Doors doors, QWidget* parent = nullptr);
    ~ReportsPage() override;
    void arrive(const Location& location) override;
    [[nodiscard]] Location here() const override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;
    [[nodiscard]] bool isBusy() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeProgress();
    QWidget* makePreview();
    void connectMaker();
    void choose(); ///< another choice of the person's
    void outdate(); ///< what is shown is not what is wanted: composes soon, or when the page is shown
    void compose();
    void showOutline(const ReportOutline& outline);
    void showFailure(const QString& reason);
    void showPlace(int page);
    void askAndSave(ReportFormat format);
    void save(const QString& file, ReportFormat format);
    void endSaving();
    void tellSaved(const QString& file);
    [[nodiscard]] QString suggestedName(const QString& ending) const;
    void setZoom(PagePreview::Zoom zoom);
    void arrange();

    workspace::Workspace& m_workspace;
    Settings& m_settings;
    Doors m_doors;
    ReportMaker m_maker;
    OptionsPanel* m_options;
    QScrollArea* m_optionsScroll;
    PagePreview* m_preview;
    ElidedLabel* m_note;
    QBoxLayout *m_head = nullptr, *m_previewBar = nullptr;
    Banner *m_failure, *m_outcome; ///< of composing; of saving
    QAction *m_open, *m_openFolder;
    QWidget* m_progress = nullptr;
    PlainLabel* m_place = nullptr;
    ElidedLabel* m_saving = nullptr;
    QProgressBar* m_bar = nullptr;
    Segments* m_zoom = nullptr;
    std::vector<QPushButton*> m_saveButtons;
    QToolButton *m_previous = nullptr, *m_next = nullptr;
    QTimer* m_soon;
    ReportOutline m_outline;
    QString m_saved; ///< file
    bool m_outdated = true; ///< by the choice or another assessment
};

} // namespace glacis::ui
