// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows that the palette shows: commands of the window and what the assessment holds, the best fit first.
// Display strings are made when a row is asked for. GUI thread; large assessments are searched on a worker.
#pragma once

#include <palette/assessment_index.h>
#include <widgets/icons.h>

#include <QAbstractListModel>
#include <QAction>
#include <QKeySequence>
#include <QPointer>
#include <QThreadPool>

#include <vector>

namespace glacis::ui {

/// Something that the window can do.
struct PaletteCommand {
    EntryKind kind = EntryKind::Action;
    QString title;
    QString detail; ///< where it stands, or more of its name
    QString id; ///< stable between runs; empty: not remembered as used
    Glyph glyph = Glyph::ChevronRight;
    QPointer<QAction> action; ///< triggered when chosen
};

class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        TitleRole = Qt::UserRole,
        DetailRole,
        KindRole, ///< word for the end of the row
        GlyphRole, ///< int of Glyph
        SeverityRole, ///< int of Severity; invalid for all but problems
        KeysRole, ///< shortcut as text
        TitleMatchRole, ///< QList<int>: characters that matched
        DetailMatchRole
    };

    explicit PaletteModel(QObject* parent = nullptr);
    ~PaletteModel() override;

    void setCommands(std::vector<PaletteCommand> commands, const QStringList& recentIds);
    void setAssessment(const assessment::AssessmentPtr& assessment); ///< indexes it on a worker thread
    void setQuery(const QString& query);
    /// Puts an entry of the assessment first on the empty query, until another assessment comes. Commands are
    /// remembered by whoever gives them.
    void remember(int row);
    [[nodiscard]] QString query() const { return QString::fromStdString(m_query); }
    /// An index or an answer is still being made.
    [[nodiscard]] bool isBusy() const { return m_indexing || m_searching; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    [[nodiscard]] EntryKind kind(int row) const;
    [[nodiscard]] const PaletteCommand* command(int row) const; ///< nullptr for entries of the assessment
    [[nodiscard]] Location location(int row) const; ///< of entries of the assessment

    static constexpr std::size_t maxRows = 200;
    static constexpr std::size_t searchedAtOnce = 20'000; ///< entries; more are searched on a worker

Q_SIGNALS:
    void answered(); ///< the rows now fit the query

private:
    [[nodiscard]] const EntryTable& tableOf(const PaletteHit& hit) const;
    void search();
    void showUsed();
    void take(std::vector<PaletteHit> hits);
    [[nodiscard]] QVariant matches(const PaletteHit& hit, bool inTitle) const;

    std::vector<PaletteCommand> m_commands;
    EntryTable m_commandTable;
    std::vector<std::uint32_t> m_used; ///< commands for the empty query, the last used first
    std::vector<std::uint32_t> m_visited; ///< rows of the index, the last visited first
    AssessmentIndexPtr m_index;
    std::string m_query;
    std::vector<PaletteHit> m_rows;
    std::uint64_t m_generation = 0; ///< of searches; older answers are dropped
    std::uint64_t m_indexGeneration = 0;
    bool m_indexing = false, m_searching = false;
    StopSource m_indexStop, m_searchStop;
    QThreadPool m_pool;
};

} // namespace glacis::ui
