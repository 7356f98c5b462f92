// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is selected, in full: why it matters, its evidence, what to do. The same for findings and for
// everything of the attack graph. GUI thread.
#pragma once

#include <inspector/description.h>

#include <QPointer>
#include <QWidget>

#include <array>
#include <optional>

class QScrollArea;
class QStackedWidget;
class QTabBar;
class QToolButton;
class QVBoxLayout;

namespace glacis::ui {

class ElidedLabel;
class EvidenceView;
class FlowLayout;
class TextBlock;

class Inspector : public QWidget {
    Q_OBJECT
public:
    enum Tab : std::uint8_t { Why, EvidenceTab, Fix };

    explicit Inspector(workspace::Workspace& workspace, QWidget* parent = nullptr);
    /// Of the workspace's present assessment; a new one empties the inspector.
    void show(const Selection& selection);
    using QWidget::show;
    [[nodiscard]] const Selection& selection() const { return m_selection; }
    [[nodiscard]] const Description& description() const { return m_description; }
    /// The finding shown; nullptr when it is none or several.
    [[nodiscard]] const posture::Finding* finding() const;
    void openTab(Tab tab);
    /// By keyboard the inspector comes after this widget.
    void comeAfter(QWidget* widget);
    /// Something of what is shown is still being worked out.
    [[nodiscard]] bool isBusy() const;

Q_SIGNALS:
    void wanted(const glacis::ui::Location& location); ///< go there
    void closeWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeBody();
    void adopt(); ///< the workspace's assessment
    void describeAnew(); ///< what is known of the selection may have grown
    void fill(const Description& description);
    void fillHead(const Description& description);
    void fillParts(QVBoxLayout& column, const std::vector<DescribedPart>& parts);
    void orderTabs();

    workspace::Workspace& m_workspace;
    AttackFacts& m_facts;
    assessment::AssessmentPtr m_assessment;
    std::optional<ObjectIndex> m_index; ///< made when first needed
    Selection m_selection;
    Description m_description;

    QStackedWidget* m_whole; ///< hint, or the selection
    TextBlock *m_kicker, *m_title, *m_object;
    QWidget *m_objectLine, *m_chipBox;
    FlowLayout* m_chips;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    std::array<QScrollArea*, 3> m_areas {};
    QVBoxLayout *m_why, *m_fix;
    EvidenceView* m_evidence;
    QList<QWidget*> m_headOrder;
    QPointer<QWidget> m_before; ///< in the order of focus
};

} // namespace glacis::ui
