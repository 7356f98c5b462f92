// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Offers keys and values of the present assessment below the filter line while a person types. The keyboard
// stays in the line: Down and Up choose, Tab or Return take, Escape closes.
#pragma once

#include <vector>

#include <findings/finding_filter.h>

#include <QListView>
#include <QStringListModel>

class QLineEdit;

namespace glacis::ui {

struct Suggestion {
    QString shown; ///< plain text for people
    QString inserted; ///< what replaces begin..end of the line
    QString hint; ///< "key", or what the value is
    qsizetype begin = 0, end = 0;
};
/// What may stand where the cursor is; at most `most`, none when the word is whole already.
[[nodiscard]] std::vector<Suggestion> suggestionsFor(
    const FindingIndex& index, const QString& line, qsizetype cursor, std::size_t most = 10);

class FilterCompletion : public QListView {
    Q_OBJECT
public:
    explicit FilterCompletion(QLineEdit& line);
    void setIndex(FindingIndexPtr index) { m_index = std::move(index); }
    /// Handles the key when the list is open; false: not ours.
    bool takeKey(int key);
    void offer(); ///< for the line as it is now; closes when there is nothing
    [[nodiscard]] const Suggestion& suggestion(int row) const
    {
        return m_suggestions[static_cast<std::size_t>(row)];
    }

protected:
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void accept(int row);
    void place();
    QLineEdit& m_line;
    FindingIndexPtr m_index;
    std::vector<Suggestion> m_suggestions;
    QStringListModel m_model;
};

} // namespace glacis::ui
