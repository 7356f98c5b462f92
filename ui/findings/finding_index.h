// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The findings of one assessment made ready for questions: every name that rows share is a number in sorted
// order, so that filtering, sorting, grouping and counting touch integers alone. About 220 bytes a finding
// with its searchable text, beside the assessment. Immutable; any thread.
//
//     const FindingIndexPtr index = FindingIndex::make(assessment);
//     index->namespaces()[index->object(index->rows()[0]).ns];   // of the worst finding
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <base/stop_token.h>
#include <findings/finding_facts.h>

namespace glacis::ui {

class FindingIndex;
using FindingIndexPtr = std::shared_ptr<const FindingIndex>;

class FindingIndex {
public:
    struct Row {
        const posture::Finding* finding = nullptr;
        std::uint32_t object = 0; ///< into objects()
        std::uint32_t problem = 0; ///< the same for rows of one check and object
        std::uint32_t locusRank = 0;
        std::uint32_t ways = 0; ///< certain ways whose cheapest path it serves
        bool onWay = false; ///< likewise a way of any class
        bool counts = false; ///< see finding_facts.h
    };
    /// A Kubernetes object or pseudo object; sorted by kind, namespace, name.
    struct Object {
        std::string_view kind, ns, name;
        std::uint32_t kindNumber = 0; ///< into kinds()
        std::uint32_t nsNumber = 0; ///< into namespaces()
        std::uint32_t nameRank = 0; ///< equal names have equal ranks
    };

    /// Null when stopped. A hundred thousand findings take some 0.3 s.
    [[nodiscard]] static FindingIndexPtr make(
        assessment::AssessmentPtr assessment, const StopToken& stop = {});

    [[nodiscard]] const assessment::AssessmentPtr& assessment() const { return m_assessment; }
    /// Worst first: state, severity, check, object, place.
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] const std::vector<Object>& objects() const { return m_objects; }
    [[nodiscard]] const std::vector<std::string_view>& kinds() const { return m_kinds; }
    [[nodiscard]] const std::vector<std::string_view>& namespaces() const { return m_namespaces; }
    [[nodiscard]] const std::vector<std::string_view>& frameworks() const { return m_frameworks; }
    [[nodiscard]] std::size_t problemNumbers() const
    {
        return m_problemNumbers;
    } ///< those that do not count too
    [[nodiscard]] std::size_t problemTotal() const { return m_problemTotal; } ///< those that count
    [[nodiscard]] const posture::CheckInfo& check(const Row& row) const
    {
        return m_assessment->info(*row.finding);
    }
    [[nodiscard]] const Object& object(const Row& row) const { return m_objects[row.object]; }
    [[nodiscard]] FindingFacts facts(const Row& row) const;
    [[nodiscard]] const posture::Finding* byFingerprint(std::string_view fingerprint) const;

    /// One byte a row: does its lower-case name, namespace, kind, place or message hold the text?
    [[nodiscard]] std::vector<std::uint8_t> rowsWith(std::string_view lowerCase) const;
    [[nodiscard]] std::size_t memory() const; ///< bytes held beside the assessment

private:
    FindingIndex() = default;
    bool gather(const StopToken& stop);
    bool numberObjects(const StopToken& stop);
    bool sortRows(const StopToken& stop);
    void makeText();

    assessment::AssessmentPtr m_assessment;
    std::vector<Row> m_rows;
    std::vector<Object> m_objects;
    std::vector<std::string_view> m_kinds, m_namespaces, m_frameworks;
    std::size_t m_problemNumbers = 0, m_problemTotal = 0;
    std::string m_text; ///< of all rows, one after the other
    std::vector<std::size_t> m_textEnd; ///< by row
};

} // namespace glacis::ui
