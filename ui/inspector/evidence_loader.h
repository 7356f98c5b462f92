// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fetches the redacted YAML of an object and the source line of a field away from the GUI thread: blocks have
// to be decompressed, and an object may be huge. The newest request wins; answers to older ones are dropped.
#pragma once

#include <cstdint>
#include <memory>

#include <assessment/assessment.h>

#include <QObject>
#include <QString>
#include <QThreadPool>

namespace glacis::ui {

struct Evidence {
    QString yaml; ///< a window of the object's text around the marked line
    int firstLine = 1; ///< number of the window's first line in the whole text
    int markedLine = 0; ///< in the whole text; 0: none
    QString file; ///< of the source; empty: unknown
    std::uint32_t fileLine = 0; ///< 0: unknown
};

class EvidenceLoader : public QObject {
    Q_OBJECT
public:
    explicit EvidenceLoader(QObject* parent = nullptr);
    ~EvidenceLoader() override;

    void setAssessment(const assessment::AssessmentPtr& assessment);
    /// Answers with loaded(): what stands around the field at `path` (empty: the object as a whole). NoObject
    /// and objects that the assessment does not have answer empty, at once.
    void request(inventory::ObjectId object, std::string path);
    [[nodiscard]] bool isBusy() const { return m_wanted != m_answered; }

Q_SIGNALS:
    void loaded(const glacis::ui::Evidence& evidence);

private:
    struct Source;
    std::shared_ptr<Source> m_source; ///< reader and inventory; used by one pool thread at a time
    std::uint64_t m_wanted = 0;
    std::uint64_t m_answered = 0;
    QThreadPool m_pool;
};

/// The lines around `marked` (0: from the start), at most `around` before and after, each cut at 400
/// characters.
[[nodiscard]] Evidence windowOf(std::string_view yaml, std::uint32_t marked, int around = 300);

} // namespace glacis::ui
