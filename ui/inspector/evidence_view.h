// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Places of evidence, one at a time: object, field, what stands there, where in the source, and the object's
// text around the field with that line marked. The text comes from a worker thread.
#pragma once

#include <inspector/description.h>
#include <inspector/evidence_loader.h>

#include <QWidget>

class QToolButton;

namespace glacis::ui {

class CodeView;
class ElidedLabel;
class PlainLabel;
class Section;
class TextBlock;

class EvidenceView : public QWidget {
    Q_OBJECT
public:
    explicit EvidenceView(QWidget* parent = nullptr);
    void setAssessment(const assessment::AssessmentPtr& assessment);
    /// Starts at the first place; `none` is said where there is no place.
    void show(std::vector<DescribedPlace> places, const QString& none);
    using QWidget::show;
    [[nodiscard]] bool isBusy() const { return m_loader.isBusy(); }
    [[nodiscard]] QList<QWidget*> inTabOrder() const;

private:
    QWidget* makeStepper();
    QWidget* copied(QWidget* text, const QString& name, std::function<QString()> what);
    void step(std::size_t by);
    void showPlace(std::size_t place);
    void showText(const Evidence& evidence);

    EvidenceLoader m_loader;
    std::vector<DescribedPlace> m_places;
    std::size_t m_place = 0;
    QWidget* m_stepper;
    PlainLabel* m_count;
    QToolButton *m_back, *m_next;
    Section* m_shows;
    QWidget *m_objectBox, *m_fieldBox, *m_fileBox, *m_yamlHead;
    TextBlock *m_object, *m_field;
    Section *m_value, *m_source;
    ElidedLabel* m_file;
    CodeView* m_yaml;
    TextBlock* m_none;
    QList<QWidget*> m_order;
};

} // namespace glacis::ui
