// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the findings can be narrowed down by, with the problems that each choice would leave. A click adds the
// value to the filter line, the same click again takes it out; the line stays the one truth.
#pragma once

#include <findings/finding_view.h>

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

#include <set>

namespace glacis::ui {

class FacetModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Heading, Value, More };
    enum Role { KindRole = Qt::UserRole + 1, CountRole, KeyRole };
    static constexpr std::size_t atFirst = 8; ///< values of a facet before "more…"
    static constexpr std::size_t atMost = 200; ///< behind it; beyond that typing is quicker

    using QAbstractListModel::QAbstractListModel;
    void show(const FindingView& view);
    void toggleMore(FilterKey key);

    struct Row {
        Kind kind = Kind::Heading;
        FilterKey key = FilterKey::Text;
        std::string value {}, title {};
        std::uint32_t problems = 0; ///< More: values that are left out
        bool chosen = false;
    };
    [[nodiscard]] const Row& row(int number) const { return m_rows[static_cast<std::size_t>(number)]; }
    [[nodiscard]] int rowOf(FilterKey key, std::string_view value) const; ///< -1: not listed

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const final;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const final;

private:
    [[nodiscard]] std::vector<Row> madeRows() const;
    void replace(std::vector<Row> rows);
    std::array<std::vector<FindingView::FacetValue>, facetKeys.size()> m_facets;
    QString m_line; ///< the filter that the counts belong to
    std::vector<Row> m_rows;
    std::set<FilterKey> m_opened; ///< facets that show more
};

class FacetPanel : public QListView {
    Q_OBJECT
public:
    explicit FacetPanel(QWidget* parent = nullptr);
    void show(const FindingView& view) { m_model.show(view); }
    using QWidget::show;
    [[nodiscard]] FacetModel& facets() { return m_model; }
    [[nodiscard]] int hoveredRow() const { return m_hovered; }

Q_SIGNALS:
    void toggled(glacis::ui::FilterKey key, const std::string& value, bool on);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void press(const QModelIndex& index);
    FacetModel m_model;
    int m_hovered = -1;
};

} // namespace glacis::ui
