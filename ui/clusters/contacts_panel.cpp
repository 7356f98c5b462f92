// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/contacts_panel.h>

#include <theme/type.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/time_text.h>

#include <QHeaderView>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <array>

namespace glacis::ui {

using namespace Qt::StringLiterals;

void ContactsModel::setContacts(std::vector<cluster::Contact> contacts)
{
    const auto same = [](const cluster::Contact& a, const cluster::Contact& b) {
        return a.authority == b.authority && a.proxy == b.proxy;
    };
    if (contacts.size() == m_contacts.size()
        && std::equal(contacts.begin(), contacts.end(), m_contacts.begin(), same)) {
        m_contacts = std::move(contacts); // figures alone: selection and place stay
        if (!m_contacts.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        return;
    }
    beginResetModel();
    m_contacts = std::move(contacts);
    endResetModel();
}

int ContactsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_contacts.size());
}

int ContactsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant ContactsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const cluster::Contact& contact = m_contacts[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::ToolTipRole && column == Column::Last)
        return toolTipText(tr("First %1\nLast %2").arg(timeText(contact.first), timeText(contact.last)));
    if (role == Qt::ToolTipRole && column == Column::Host)
        return toolTipText(shown(contact.authority, 1000));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Host:
        return shown(contact.authority, 300);
    case Column::Kind:
        return contact.proxy ? tr("Proxy") : tr("API server");
    case Column::Requests:
        return countText(contact.requests);
    case Column::Received:
        return sizeText(contact.bytesReceived);
    case Column::Last:
        return agoText(contact.last);
    }
    return {};
}

QVariant ContactsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static constexpr std::array names { QT_TR_NOOP("Host"), QT_TR_NOOP("What it is"), QT_TR_NOOP("Requests"),
        QT_TR_NOOP("Received"), QT_TR_NOOP("Last contact") };
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? QVariant(tr(names[static_cast<std::size_t>(section)])) : QVariant();
}

ContactsPanel::ContactsPanel(const ClusterServices& services, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_words(new TextBlock({}, Type::Body, Token::Text2))
    , m_table(new QTableView)
    , m_timer(new QTimer(this))
{
    setObjectName(u"contactsPanel"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 0, 20, 18);
    column->setSpacing(10);
    column->addWidget(m_words);
    m_table->setObjectName(u"contactsTable"_s);
    m_table->setAccessibleName(tr("Contacted hosts"));
    m_table->setModel(&m_model);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaled(30));
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setAccessibleName(tr("Columns of the hosts"));
    column->addWidget(m_table, 1);
    m_timer->setInterval(1000);
    connect(m_timer, &QTimer::timeout, this, &ContactsPanel::refresh);
    refresh();
}

void ContactsPanel::refresh()
{
    m_model.setContacts(m_services.contacts ? m_services.contacts() : std::vector<cluster::Contact>());
    const bool none = m_model.rowCount() == 0;
    m_table->setVisible(!none);
    m_words->setText(
        none ? tr(
            "No host was contacted since Glacis was started. Glacis contacts the API servers that you scan "
            "or "
            "test, through the proxy that their kubeconfig names, and nothing else. Credential plugins are "
            "programs of their own: whom they contact is not seen here.")
             : tr("Since Glacis was started. Nothing else is contacted; credential plugins are programs of "
                  "their "
                  "own, and whom they contact is not seen here."));
    static_cast<QVBoxLayout*>(layout())->setAlignment(m_words, none ? Qt::AlignTop : Qt::Alignment());
}

void ContactsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
    m_timer->start();
}

void ContactsPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_timer->stop();
}

} // namespace glacis::ui
