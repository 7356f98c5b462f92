// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <clusters/cluster_services.h>

#include <QAbstractTableModel>
#include <QWidget>

class QTableView;
class QTimer;

namespace glacis::ui {

class TextBlock;

class ContactsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column : std::uint8_t { Host, Kind, Requests, Received, Last };
    static constexpr int columns = static_cast<int>(Column::Last) + 1;
    using QAbstractTableModel::QAbstractTableModel;
    void setContacts(std::vector<cluster::Contact> contacts);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<cluster::Contact> m_contacts;
};

/// Every host that was contacted since the program started; looks again every second while it is shown.
class ContactsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ContactsPanel(const ClusterServices& services, QWidget* parent = nullptr);
    void refresh();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    const ClusterServices& m_services;
    ContactsModel m_model;
    TextBlock* m_words;
    QTableView* m_table;
    QTimer* m_timer;
};

} // namespace glacis::ui
