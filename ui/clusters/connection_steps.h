// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cluster/connection.h>
#include <theme/tokens.h>

#include <QWidget>

#include <set>

class QVBoxLayout;

namespace glacis::ui {

/// A test's steps below each other: shape, word and colour of the outcome, time, its sentence, the next step,
/// and the library's own words behind a disclosure.
class ConnectionSteps : public QWidget {
    Q_OBJECT
public:
    explicit ConnectionSteps(QWidget* parent = nullptr);
    void tell(const cluster::ConnectionReport& report);

private:
    QWidget* makeStep(const cluster::TestStep& step);
    QWidget* makeRights(const cluster::ConnectionReport& report);
    QVBoxLayout* m_rows;
    std::set<cluster::TestStep::Id> m_open; ///< details that a person opened
    cluster::ConnectionReport m_report;
};

struct StepLook {
    const char* sign; ///< "✓"
    const char* word; ///< for tr("ConnectionSteps")
    Token ink;
};
[[nodiscard]] const StepLook& stepLook(cluster::TestStep::State state);

} // namespace glacis::ui
