// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/context_model.h>

#include <shell/cluster_colour.h>
#include <shell/settings.h>
#include <widgets/outside_text.h>
#include <widgets/time_text.h>

#include <QDateTime>
#include <QDir>

#include <algorithm>
#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    using Column = ContextModel::Column;
    constexpr std::int64_t day = 86400, soon = 30 * day;

    std::int64_t present(std::int64_t now) { return now > 0 ? now : QDateTime::currentSecsSinceEpoch(); }

    QString isoText(std::int64_t seconds)
    {
        return QDateTime::fromSecsSinceEpoch(seconds).toString(u"yyyy-MM-dd HH:mm"_s);
    }

}

QString expiryText(std::optional<std::int64_t> expires, std::int64_t now)
{
    if (!expires)
        return {};
    const std::int64_t left = *expires - present(now);
    const auto days
        = static_cast<int>(std::clamp<std::int64_t>((left < 0 ? -left : left) / day, 0, 1'000'000));
    if (left < 0)
        return days == 0 ? ContextModel::tr("expired today")
            : days == 1  ? ContextModel::tr("expired 1 day ago")
                         : ContextModel::tr("expired %1 days ago").arg(countText(static_cast<quint64>(days)));
    return days == 0 ? ContextModel::tr("expires within a day")
        : days == 1  ? ContextModel::tr("expires in 1 day")
                     : ContextModel::tr("expires in %1 days").arg(countText(static_cast<quint64>(days)));
}

std::optional<Token> expiryToken(std::optional<std::int64_t> expires, std::int64_t now)
{
    if (!expires)
        return std::nullopt;
    const std::int64_t left = *expires - present(now);
    return left < 0   ? std::optional(Token::Critical)
        : left < soon ? std::optional(Token::Medium)
                      : std::nullopt;
}

Token scoreToken(int score)
{
    return score < 50 ? Token::Critical : score < 80 ? Token::Medium : Token::Pass;
}

QString shortPath(const std::string& path)
{
    const QString whole = QString::fromStdString(path), home = QDir::homePath();
    const bool inside = home.size() > 1 && whole.startsWith(home + u'/');
    return shown((inside ? u"~" + whole.mid(home.size()) : whole).toStdString(), 1000);
}

ContextModel::ContextModel(ContextDirectory& directory, const Settings& settings, QObject* parent)
    : QAbstractTableModel(parent)
    , m_directory(directory)
    , m_settings(settings)
{
    connect(&directory, &ContextDirectory::changed, this, &ContextModel::rebuild);
    rebuild();
}

void ContextModel::setFilter(const QString& text)
{
    const QStringList words = text.simplified().toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    rebuild();
}

void ContextModel::setGrouping(GroupBy by)
{
    if (by == m_by)
        return;
    m_by = by;
    rebuild();
}

void ContextModel::sortBy(Column column, Qt::SortOrder order)
{
    m_sort = column;
    m_order = order;
    rebuild();
}

bool ContextModel::fits(const ContextFacts& context) const
{
    QString all;
    for (const Column column :
        { Column::Name, Column::Group, Column::Server, Column::Identity, Column::Namespace, Column::File })
        all += textOf(context, column) + u'\n';
    all += shown(context.name) + u'\n' + shown(context.user) + u'\n' + shown(context.cluster);
    all = all.toCaseFolded();
    return std::all_of(
        m_words.begin(), m_words.end(), [&all](const QString& word) { return all.contains(word); });
}

QString ContextModel::groupOf(const ContextFacts& context) const
{
    return m_by == GroupBy::File ? shortPath(context.file)
        : m_by == GroupBy::Group ? shown(m_directory.book().note(context.key()).group)
                                 : QString();
}

bool ContextModel::comesBefore(const ContextFacts& a, const ContextFacts& b) const
{
    const ClusterNote x = m_directory.book().note(a.key()), y = m_directory.book().note(b.key());
    if (x.favourite != y.favourite)
        return x.favourite;
    const auto order
        = [this](auto one, auto two) { return m_order == Qt::AscendingOrder ? one < two : two < one; };
    constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
    switch (m_sort) {
    case Column::Certificate:
        return order(a.expires.value_or(never), b.expires.value_or(never));
    case Column::LastScan:
        return order(-x.lastScan, -y.lastScan);
    case Column::Score:
        return order(x.score.value_or(101), y.score.value_or(101));
    default:
        return order(QString::localeAwareCompare(textOf(a, m_sort), textOf(b, m_sort)), 0);
    }
}

void ContextModel::rebuild()
{
    const ContextListing& listing = m_directory.listing();
    beginResetModel();
    m_rows.clear();
    for (std::size_t i = 0; i < listing.files.size(); ++i)
        if (listing.files[i].state == cluster::KubeconfigFile::State::Broken)
            m_rows.push_back({ RowKind::BrokenFile, i });
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < listing.contexts.size(); ++i)
        if (fits(listing.contexts[i]))
            order.push_back(i);
    m_shownContexts = order.size();
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return comesBefore(listing.contexts[a], listing.contexts[b]); });
    if (m_by == GroupBy::None) {
        for (const std::size_t i : order)
            m_rows.push_back({ RowKind::Context, i });
    } else {
        // What belongs to no group comes last.
        std::vector<std::pair<QString, std::vector<std::size_t>>> groups;
        for (const std::size_t i : order) {
            const QString name = groupOf(listing.contexts[i]);
            auto it
                = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == name; });
            if (it == groups.end())
                it = groups.insert(groups.end(), { name, {} });
            it->second.push_back(i);
        }
        std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
            return a.first.isEmpty() != b.first.isEmpty() ? b.first.isEmpty()
                                                          : QString::localeAwareCompare(a.first, b.first) < 0;
        });
        for (const auto& [name, members] : groups) {
            m_rows.push_back(
                { RowKind::Heading, 0, name.isEmpty() ? tr("Without a group") : name, members.size() });
            for (const std::size_t i : members)
                m_rows.push_back({ RowKind::Context, i });
        }
    }
    endResetModel();
}

int ContextModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ContextModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

ContextModel::RowKind ContextModel::kind(int row) const { return m_rows[static_cast<std::size_t>(row)].kind; }

const ContextFacts* ContextModel::context(int row) const
{
    if (row < 0 || row >= rowCount() || kind(row) != RowKind::Context)
        return nullptr;
    const std::size_t index = m_rows[static_cast<std::size_t>(row)].index;
    const auto& contexts = m_directory.listing().contexts;
    return index < contexts.size() ? &contexts[index] : nullptr;
}

int ContextModel::rowOf(const std::string& key) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (const ContextFacts* facts = context(row); facts && facts->key() == key)
            return row;
    return -1;
}

QString ContextModel::textOf(const ContextFacts& context, Column column) const
{
    const ClusterNote note = m_directory.book().note(context.key());
    switch (column) {
    case Column::Favourite:
        return note.favourite ? tr("Favourite") : QString();
    case Column::Name:
        return shown(m_directory.titleOf(context));
    case Column::Group:
        return shown(note.group);
    case Column::Server: {
        const QString server = shown(context.server, 1000);
        return server.startsWith(u"https://") ? server.mid(8) : server;
    }
    case Column::Identity:
        return context.impersonates.empty()
            ? shown(context.identity)
            : tr("%1, acts as %2").arg(shown(context.identity), shown(context.impersonates));
    case Column::Namespace:
        return context.ns.empty() ? u"default"_s : shown(context.ns);
    case Column::Certificate:
        return expiryText(context.expires);
    case Column::LastScan:
        return note.lastScan > 0 ? agoText(note.lastScan) : tr("never");
    case Column::Score:
        return note.score ? QString::number(*note.score) : u"–"_s;
    case Column::File:
        return shortPath(context.file);
    }
    return {};
}

QString ContextModel::toolTipOf(const ContextFacts& context, Column column) const
{
    const ClusterNote note = m_directory.book().note(context.key());
    switch (column) {
    case Column::Name: {
        QString text = shown(context.name);
        if (!context.problem.empty())
            text += u'\n' + shown(context.problem, 1000);
        if (m_directory.needsReview(context))
            text += u'\n' + tr("Outside ~/.kube: to be looked through before it is used.");
        return text;
    }
    case Column::Server:
        return shown(context.server, 1000);
    case Column::Certificate:
        return context.expires ? tr("The client certificate ends %1").arg(isoText(*context.expires))
                               : QString();
    case Column::LastScan:
        return note.lastScan > 0 ? timeText(note.lastScan) : QString();
    case Column::File:
        return shown(context.file, 1000)
            + (context.line > 0 ? QString(u':' + QString::number(context.line)) : QString());
    default:
        return textOf(context, column);
    }
}

QVariant ContextModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == KindRole)
        return static_cast<int>(row.kind);
    const auto column = static_cast<Column>(index.column());
    if (row.kind == RowKind::Heading) {
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return index.column() == 0 ? QVariant(u"%1 · %2"_s.arg(row.title, countText(row.size)))
                                       : QVariant();
        return {};
    }
    if (row.kind == RowKind::BrokenFile) {
        const FileFacts& file = m_directory.listing().files[row.index];
        // The reason begins with the path once more.
        const std::string again = file.path + ", ";
        const std::string reason
            = file.error.starts_with(again) ? file.error.substr(again.size()) : file.error;
        const QString text = tr("%1 could not be read: %2").arg(shortPath(file.path), shown(reason, 1000));
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return index.column() == 0 ? QVariant(text) : QVariant();
        return role == Qt::ToolTipRole ? QVariant(toolTipText(text)) : QVariant();
    }
    const ContextFacts* facts = context(index.row());
    if (!facts)
        return {};
    const ClusterNote note = m_directory.book().note(facts->key());
    switch (role) {
    case Qt::DisplayRole:
        return column == Column::Favourite ? QVariant() : QVariant(textOf(*facts, column));
    case Qt::AccessibleTextRole:
        return textOf(*facts, column);
    case Qt::ToolTipRole: {
        const QString tip = toolTipOf(*facts, column);
        return tip.isEmpty() ? QVariant() : QVariant(toolTipText(tip));
    }
    case WarnsRole:
        return (column == Column::Certificate && expiryToken(facts->expires))
            || (column == Column::Name && !facts->problem.empty())
            || (column == Column::Server && facts->insecure);
    case TokenRole:
        if (column == Column::Favourite)
            return note.favourite ? QVariant(static_cast<int>(Token::Medium)) : QVariant();
        if (column == Column::Name)
            return static_cast<int>(
                clusterToken(sourceKey(contextRequest(facts->set, facts->name)), m_settings));
        if (column == Column::Certificate && expiryToken(facts->expires))
            return static_cast<int>(*expiryToken(facts->expires));
        if (column == Column::Server && facts->insecure)
            return static_cast<int>(Token::Medium);
        if (column == Column::Score && note.score)
            return static_cast<int>(scoreToken(*note.score));
        return {};
    default:
        return {};
    }
}

QVariant ContextModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static constexpr std::array names { "", QT_TR_NOOP("Context"), QT_TR_NOOP("Group"), QT_TR_NOOP("Server"),
        QT_TR_NOOP("Identity"), QT_TR_NOOP("Namespace"), QT_TR_NOOP("Certificate"), QT_TR_NOOP("Last scan"),
        QT_TR_NOOP("Score"), QT_TR_NOOP("File") };
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole && section == 0)
        return tr("Favourite");
    return role == Qt::DisplayRole && section > 0 ? QVariant(tr(names[static_cast<std::size_t>(section)]))
                                                  : QVariant();
}

Qt::ItemFlags ContextModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return kind(index.row()) == RowKind::Heading
        ? Qt::ItemIsEnabled | Qt::ItemNeverHasChildren
        : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace glacis::ui
