// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One finding in full: what, on which object, why it matters, the evidence in its place, what to do.
#pragma once

#include <findings/evidence_loader.h>
#include <findings/finding_facts.h>

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTabBar;

namespace glacis::ui {

class CodeView;
class ElidedLabel;
class FlowLayout;
class PlainLabel;
class Section;
class TextBlock;

class DetailsPanel : public QWidget {
    Q_OBJECT
public:
    explicit DetailsPanel(QWidget* parent = nullptr);
    void setAssessment(assessment::AssessmentPtr assessment); ///< clears what is shown
    void show(const posture::Finding* finding); ///< nullptr: "select a finding"
    using QWidget::show;
    [[nodiscard]] const posture::Finding* finding() const { return m_finding; }
    void openTab(int index); ///< 0 Why, 1 Evidence, 2 Fix
    [[nodiscard]] bool isBusy() const { return m_loader.isBusy(); }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeWhy();
    QWidget* makeEvidence();
    QWidget* makeFix();
    void fillHead(const FindingFacts& facts);
    void fillWhy(const FindingFacts& facts);
    void showPlace(std::size_t place);
    void showEvidence(const Evidence& evidence);
    [[nodiscard]] QString summary() const; ///< for the clipboard

    assessment::AssessmentPtr m_assessment;
    const posture::Finding* m_finding = nullptr;
    std::size_t m_place = 0;
    EvidenceLoader m_loader;

    QStackedWidget* m_whole; ///< hint, or the finding
    ElidedLabel* m_stage;
    TextBlock* m_title;
    TextBlock* m_object;
    QWidget* m_chipBox;
    FlowLayout* m_chips;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;

    Section *m_message, *m_why, *m_unknown, *m_waiver, *m_sure, *m_related, *m_kcsa, *m_frameworks;
    Section *m_fix, *m_fixNote;

    QWidget* m_stepper;
    PlainLabel* m_placeCount;
    TextBlock* m_path;
    Section* m_value;
    QWidget* m_fileLine;
    ElidedLabel* m_file;
    QWidget* m_yamlHead;
    CodeView* m_yaml;
    PlainLabel* m_noYaml;
};

} // namespace glacis::ui
