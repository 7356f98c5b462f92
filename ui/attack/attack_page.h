// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <attack/path_figure.h>
#include <attack/steps_model.h>
#include <attack/ways_list.h>
#include <shell/page.h>

#include <QThreadPool>

class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTimer;
class QToolButton;

namespace glacis::ui {

class AttackFacts;
class Banner;
class CanvasFrame;
class Card;
class ElidedLabel;
class EmptyState;
class PathCanvas;
class ToggleChip;
class WayPlayer;

/// The four-stage attack path: ways from the Internet to the crown jewels as a picture that can be walked,
/// as a list, as a film and as a table.
class AttackPage : public Page {
    Q_OBJECT
public:
    explicit AttackPage(workspace::Workspace& workspace, QWidget* parent = nullptr);
    ~AttackPage() override; ///< stops a search under way and waits for it
    void arrive(const Location& location) override;
    [[nodiscard]] Location here() const override;
    [[nodiscard]] Selection selection() const override { return m_selection; }
    [[nodiscard]] bool wantsInspector() const override { return true; }
    [[nodiscard]] bool hasFilter() const override { return true; }
    void focusFilter() override;
    [[nodiscard]] bool isBusy() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Entry : std::uint8_t { Internet, Breach };
    enum class Told : std::uint8_t { Nothing, OnlyUncertain, CutShort }; ///< by the banner
    QWidget* makeHead();
    QWidget* makeTable();
    void refresh(); ///< a new assessment
    void chooseEntry(Entry entry);
    void searchFrom(attack::NodeIndex entry);
    void setSearch(std::shared_ptr<const attack::Search> search);
    void draw(); ///< scene and layout anew; keeps the view
    void drawAround(int held); ///< likewise; the card stays where it stands on the screen, -1: none does
    void ensureDrawn(); ///< before anything is looked for in the figure
    void openCard(int card); ///< an aggregate opens; a single card goes back into the one it came from
    void closeCard(int card);
    [[nodiscard]] FigureRequest request() const;
    void chooseWay(std::size_t row); ///< of the search's ways
    void chooseCard(int card, Qt::KeyboardModifiers modifiers = {});
    void chooseCurve(int curve);
    void chooseStep(std::uint32_t step);
    void showOption(attack::OptionIndex option);
    void arriveAtNode(attack::NodeIndex node);
    void arriveAtEdge(attack::EdgeIndex edge);
    void select(Selection selection);
    void mark(); ///< way, choke points and selection on the canvas
    void tell(); ///< title, banner, which of the views
    void showMenu(int card, int curve, QPoint global);
    enum class Seek : std::uint8_t { Mark, Stay, Next };
    void find(Seek seek); ///< marks the hits; goes to the one that is near, or to the next
    void stepWalked(int curve);
    void stepBy(int by);
    void addShortcuts();
    void exportPicture();
    void exportTo(const QString& file, const PathFigurePtr& figure, const PathMarks& marks);
    void showPlayer();
    void followInTable(); ///< its current row is the chosen step
    [[nodiscard]] int curveOf(attack::EdgeIndex edge) const; ///< on the chosen way first; -1: not drawn
    void fitList();
    [[nodiscard]] const SceneWay* currentWay() const; ///< nullptr: not drawn
    [[nodiscard]] QString titleText() const;

    workspace::Workspace& m_workspace;
    AttackFacts& m_facts;
    assessment::AssessmentPtr m_assessment;
    std::shared_ptr<const attack::Search> m_search;
    PathFigurePtr m_figure;
    WaysModel m_ways;
    StepsModel m_steps;
    Selection m_selection;
    Entry m_entry = Entry::Internet;
    std::set<std::string> m_opened;
    std::size_t m_way = 0; ///< of m_search->ways()
    std::uint32_t m_step = UINT32_MAX; ///< of the chosen way; UINT32_MAX: its end
    int m_curve = -1; ///< of the figure: the chosen one, where a step is drawn as several
    QString m_pending; ///< an item to choose once the search is done
    Told m_told = Told::Nothing;
    bool m_listWanted = true, m_listForced = false;

    ElidedLabel* m_note;
    QPushButton *m_from, *m_export;
    ToggleChip *m_showList, *m_possible, *m_chokes, *m_legend, *m_table;
    std::vector<QToolButton*> m_zoom;
    QLineEdit* m_find;
    Banner *m_banner, *m_outcome; ///< about the ways; about an export
    QSplitter* m_splitter;
    Card* m_listCard;
    WaysList* m_list;
    QStackedWidget* m_views; ///< picture, table, nothing
    CanvasFrame* m_frame;
    PathCanvas* m_canvas;
    QTableView* m_stepsTable;
    EmptyState *m_none, *m_unknown, *m_noneFromBreach;
    WayPlayer* m_player;
    QTimer* m_redraw;

    QThreadPool m_pool;
    StopSource m_stop;
    std::uint64_t m_wanted = 0; ///< number of the newest search asked for
    bool m_searching = false;
    int m_exports = 0; ///< under way
};

} // namespace glacis::ui
