// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// All that is known of one context, with what a person can do with it and note of it. What a file outside
// ~/.kube would use is shown before anything of it can be used.
#pragma once

#include <clusters/connection_test.h>
#include <clusters/context_directory.h>

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QMenu;
class QPushButton;
class QVBoxLayout;

namespace glacis::ui {

class ConnectionSteps;
class ElidedLabel;
class PlainLabel;
class Settings;
class TextBlock;

class ContextDetails : public QWidget {
    Q_OBJECT
public:
    ContextDetails(ContextDirectory& directory, ConnectionTests& tests, const Settings& settings,
        QWidget* parent = nullptr);
    void show(const std::string& key); ///< empty: nothing
    void fillColourMenu(QMenu& menu);

Q_SIGNALS:
    void scanAsked();
    void testAsked();

private:
    QWidget* makeHead();
    QWidget* makeNotes();
    void tell();
    void tellFacts(const ContextFacts& facts);
    void tellReview(const ContextFacts& facts);
    void tellTest();
    template <class Change> void note(Change change);
    [[nodiscard]] const ContextFacts* facts() const;

    ContextDirectory& m_directory;
    ConnectionTests& m_tests;
    const Settings& m_settings;
    std::string m_key;
    bool m_telling = false;
    TextBlock *m_title, *m_about, *m_problem;
    QPushButton *m_scan, *m_test, *m_cancel, *m_colour, *m_favourite;
    QWidget* m_review;
    QVBoxLayout *m_reviewRows, *m_facts;
    QWidget* m_testBox;
    PlainLabel* m_testHead;
    ConnectionSteps* m_steps;
    QLineEdit *m_alias, *m_group, *m_namespaces;
    QCheckBox* m_manySecrets;
};

} // namespace glacis::ui
