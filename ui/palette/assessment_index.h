// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of an assessment the palette finds: its objects, its problems, the nodes of its attack graph. Made
// once an assessment on a worker thread, immutable afterwards.
#pragma once

#include <palette/entry_table.h>
#include <shell/page.h>

#include <assessment/assessment.h>

#include <memory>

namespace glacis::ui {

class AssessmentIndex {
public:
    /// Any thread; incomplete when it was asked to stop. 150,000 objects take some tens of milliseconds.
    [[nodiscard]] static std::shared_ptr<const AssessmentIndex> make(
        assessment::AssessmentPtr assessment, const StopToken& stop = {});

    [[nodiscard]] const EntryTable& table() const { return m_table; }
    /// Where the entry leads: a problem to itself, an object to the findings of its owner, a node to the
    /// attack path.
    [[nodiscard]] Location location(std::size_t row) const;
    [[nodiscard]] Severity severity(std::size_t row) const; ///< of a problem's entry

private:
    void addFindings(const StopToken& stop);
    void addObjects(const StopToken& stop);
    void addNodes(const StopToken& stop);

    assessment::AssessmentPtr m_assessment;
    std::vector<const posture::Finding*> m_findings;
    std::vector<std::uint32_t> m_owners; ///< by object: the object that its findings name
    EntryTable m_table;
};
using AssessmentIndexPtr = std::shared_ptr<const AssessmentIndex>;

} // namespace glacis::ui
