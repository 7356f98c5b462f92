// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of contexts: what could not be read first, then contexts, filtered, sorted and grouped,
// favourites ahead of others. Rows are a few hundred at most and made anew at every change.
#pragma once

#include <clusters/context_directory.h>
#include <theme/tokens.h>

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace glacis::ui {

class Settings;

class ContextModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column : std::uint8_t {
        Favourite,
        Name,
        Group,
        Server,
        Identity,
        Namespace,
        Certificate,
        LastScan,
        Score,
        File
    };
    static constexpr int columns = static_cast<int>(Column::File) + 1;
    enum class GroupBy : std::uint8_t { None, Group, File };
    enum class RowKind : std::uint8_t { Context, Heading, BrokenFile };
    enum Role {
        KindRole = Qt::UserRole, ///< int of RowKind
        TokenRole, ///< int of Token: of the mark, or of the text where it warns
        WarnsRole ///< bool: a mark goes before the text, so that colour is not all
    };

    ContextModel(ContextDirectory& directory, const Settings& settings, QObject* parent = nullptr);

    void setFilter(const QString& text); ///< all words must occur
    void setGrouping(GroupBy by);
    [[nodiscard]] GroupBy grouping() const { return m_by; }
    /// By this column; the same one again turns the order round.
    void sortBy(Column column, Qt::SortOrder order);
    [[nodiscard]] Column sortColumn() const { return m_sort; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_order; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

    [[nodiscard]] RowKind kind(int row) const;
    [[nodiscard]] const ContextFacts* context(int row) const; ///< nullptr on other rows
    [[nodiscard]] int rowOf(const std::string& key) const; ///< -1: filtered away or gone
    [[nodiscard]] bool knows(const std::string& key) const { return m_directory.listing().find(key); }
    [[nodiscard]] std::size_t shownContexts() const { return m_shownContexts; }
    void rebuild(); ///< the directory has changed, or a colour

private:
    struct Row {
        RowKind kind = RowKind::Context;
        std::size_t index = 0; ///< of listing().contexts or listing().files
        QString title {}; ///< of a heading
        std::size_t size = 0; ///< of its group
    };
    [[nodiscard]] QString textOf(const ContextFacts& context, Column column) const;
    [[nodiscard]] QString toolTipOf(const ContextFacts& context, Column column) const;
    [[nodiscard]] QString groupOf(const ContextFacts& context) const;
    [[nodiscard]] bool fits(const ContextFacts& context) const;
    [[nodiscard]] bool comesBefore(const ContextFacts& a, const ContextFacts& b) const;

    ContextDirectory& m_directory;
    const Settings& m_settings;
    std::vector<Row> m_rows;
    std::size_t m_shownContexts = 0;
    QStringList m_words;
    GroupBy m_by = GroupBy::None;
    Column m_sort = Column::Name;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

/// "expires in 12 days", "expired 3 days ago"; nothing without a certificate.
[[nodiscard]] QString expiryText(std::optional<std::int64_t> expires, std::int64_t now = 0);
/// Red when it is past, yellow within 30 days.
[[nodiscard]] std::optional<Token> expiryToken(std::optional<std::int64_t> expires, std::int64_t now = 0);
/// As the stages' scores are judged: red below 50, yellow below 80.
[[nodiscard]] Token scoreToken(int score);
/// The file's name below the home folder: "~/.kube/config".
[[nodiscard]] QString shortPath(const std::string& path);

} // namespace glacis::ui
