// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <palette/palette_model.h>

#include <palette/fuzzy_match.h>
#include <widgets/outside_text.h>

#include <QCoreApplication>
#include <QMetaObject>

#include <algorithm>
#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr std::uint8_t commands = 0, assessed = 1; ///< PaletteHit::table
    constexpr std::array commandWeights { 60, 40, 20, 20, 30 }; ///< Page to Context

    QString kindWord(EntryKind kind)
    {
        static constexpr std::array words { QT_TRANSLATE_NOOP("Palette", "Page"),
            QT_TRANSLATE_NOOP("Palette", "Action"), QT_TRANSLATE_NOOP("Palette", "Recent"),
            QT_TRANSLATE_NOOP("Palette", "Practice"), QT_TRANSLATE_NOOP("Palette", "Cluster"),
            QT_TRANSLATE_NOOP("Palette", "Finding"), QT_TRANSLATE_NOOP("Palette", "Object"),
            QT_TRANSLATE_NOOP("Palette", "Attack path") };
        return QCoreApplication::translate("Palette", words[static_cast<std::size_t>(kind)]);
    }

    /// How many UTF-16 units stand before a byte; shown() keeps their number.
    int unitAt(std::string_view utf8, std::size_t byte)
    {
        int units = 0;
        for (std::size_t i = 0; i < byte && i < utf8.size(); ++i) {
            const auto c = static_cast<unsigned char>(utf8[i]);
            if ((c & 0xC0) != 0x80)
                units += c >= 0xF0 ? 2 : 1;
        }
        return units;
    }

}

PaletteModel::PaletteModel(QObject* parent)
    : QAbstractListModel(parent)
{
    m_pool.setMaxThreadCount(1);
}

PaletteModel::~PaletteModel()
{
    m_indexStop.requestStop();
    m_searchStop.requestStop();
    m_pool.clear();
    m_pool.waitForDone();
}

void PaletteModel::setCommands(std::vector<PaletteCommand> made, const QStringList& recentIds)
{
    beginResetModel();
    m_rows.clear();
    m_commands = std::move(made);
    m_commandTable.clear();
    for (std::size_t i = 0; i < m_commands.size(); ++i) {
        const PaletteCommand& command = m_commands[i];
        const auto used = command.id.isEmpty() ? -1 : recentIds.indexOf(command.id);
        m_commandTable.add(command.kind, command.title.toStdString(), command.detail.toStdString(),
            static_cast<std::uint32_t>(i),
            commandWeights[static_cast<std::size_t>(command.kind)] + (used < 0 ? 0 : 30));
    }
    m_used.clear();
    for (const QString& id : recentIds)
        for (std::size_t i = 0; i < m_commands.size(); ++i)
            if (m_commands[i].id == id)
                m_used.push_back(static_cast<std::uint32_t>(i));
    for (std::size_t i = 0; i < m_commands.size(); ++i)
        if (std::find(m_used.begin(), m_used.end(), i) == m_used.end())
            m_used.push_back(static_cast<std::uint32_t>(i));
    endResetModel();
    search();
}

void PaletteModel::setAssessment(const assessment::AssessmentPtr& assessment)
{
    m_indexStop.requestStop();
    m_indexStop = {};
    const std::uint64_t generation = ++m_indexGeneration;
    beginResetModel(); // rows of the old assessment go with it
    m_rows.clear();
    m_index.reset();
    m_visited.clear();
    endResetModel();
    m_indexing = assessment != nullptr;
    if (assessment) {
        m_pool.start([this, generation, assessment, stop = m_indexStop.token()] {
            AssessmentIndexPtr index = AssessmentIndex::make(assessment, stop);
            // The destructor waits for the pool, so `this` outlives the post.
            QMetaObject::invokeMethod(
                this,
                [this, generation, index = std::move(index)] {
                    if (generation != m_indexGeneration)
                        return;
                    m_index = index;
                    m_indexing = false;
                    search();
                },
                Qt::QueuedConnection);
        });
    }
    search();
}

void PaletteModel::setQuery(const QString& query)
{
    m_query = query.left(200).toStdString();
    search();
}

void PaletteModel::remember(int row)
{
    constexpr std::size_t most = 5;
    const PaletteHit& hit = m_rows[static_cast<std::size_t>(row)];
    if (hit.table != assessed)
        return;
    m_visited.erase(std::remove(m_visited.begin(), m_visited.end(), hit.row), m_visited.end());
    m_visited.insert(m_visited.begin(), hit.row);
    m_visited.resize(std::min(m_visited.size(), most));
}

void PaletteModel::showUsed()
{
    std::vector<PaletteHit> hits;
    for (const std::uint32_t i : m_visited)
        hits.push_back({ 0, i, assessed });
    for (const std::uint32_t i : m_used)
        hits.push_back({ 0, i, commands });
    take(std::move(hits));
}

void PaletteModel::search()
{
    m_searchStop.requestStop();
    m_searchStop = {};
    const std::uint64_t generation = ++m_generation;
    m_searching = false;
    if (FuzzyMatcher(m_query).empty()) {
        showUsed();
        return;
    }
    std::vector<PaletteHit> hits;
    m_commandTable.match(m_query, commands, hits);
    if (!m_index || m_index->table().size() <= searchedAtOnce) {
        if (m_index)
            m_index->table().match(m_query, assessed, hits);
        keepBest(hits, maxRows);
        take(std::move(hits));
        return;
    }
    m_searching = true; // what was found before stays until the answer comes
    m_pool.start([this, generation, hits = std::move(hits), index = m_index, query = m_query,
                     stop = m_searchStop.token()]() mutable {
        index->table().match(query, assessed, hits, stop);
        keepBest(hits, maxRows);
        QMetaObject::invokeMethod(
            this,
            [this, generation, hits = std::move(hits)] {
                if (generation != m_generation)
                    return;
                m_searching = false;
                take(hits);
            },
            Qt::QueuedConnection);
    });
}

void PaletteModel::take(std::vector<PaletteHit> hits)
{
    beginResetModel();
    m_rows = std::move(hits);
    endResetModel();
    Q_EMIT answered();
}

const EntryTable& PaletteModel::tableOf(const PaletteHit& hit) const
{
    return hit.table == commands ? m_commandTable : m_index->table();
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

EntryKind PaletteModel::kind(int row) const
{
    const PaletteHit& hit = m_rows[static_cast<std::size_t>(row)];
    return tableOf(hit)[hit.row].kind;
}

const PaletteCommand* PaletteModel::command(int row) const
{
    const PaletteHit& hit = m_rows[static_cast<std::size_t>(row)];
    return hit.table == commands ? &m_commands[hit.row] : nullptr;
}

Location PaletteModel::location(int row) const
{
    const PaletteHit& hit = m_rows[static_cast<std::size_t>(row)];
    return hit.table == assessed ? m_index->location(hit.row) : Location {};
}

QVariant PaletteModel::matches(const PaletteHit& hit, bool inTitle) const
{
    const EntryTable& table = tableOf(hit);
    const std::string_view text = table.text(hit.row), title = table.title(hit.row);
    QList<int> units;
    FuzzyMatcher matcher(m_query);
    if (!matcher.empty())
        for (const std::uint16_t at : matcher.positions(text, title.size())) {
            if (inTitle && at < title.size())
                units += unitAt(title, at);
            else if (!inTitle && at > title.size())
                units += unitAt(text.substr(title.size() + 1), at - title.size() - 1);
        }
    return QVariant::fromValue(units);
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PaletteHit& hit = m_rows[static_cast<std::size_t>(index.row())];
    const EntryTable& table = tableOf(hit);
    const PaletteCommand* made = hit.table == commands ? &m_commands[hit.row] : nullptr;
    const EntryKind what = table[hit.row].kind;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        QStringList parts { shown(table.title(hit.row)) };
        if (!table.detail(hit.row).empty())
            parts += shown(table.detail(hit.row));
        parts += kindWord(what);
        return parts.join(u", "_s);
    }
    case TitleRole:
        return shown(table.title(hit.row));
    case DetailRole:
        return shown(table.detail(hit.row));
    case KindRole:
        return kindWord(what);
    case GlyphRole:
        if (made)
            return static_cast<int>(made->glyph);
        return static_cast<int>(what == EntryKind::Node ? Glyph::Path : Glyph::Box);
    case SeverityRole:
        if (what == EntryKind::Finding)
            return static_cast<int>(m_index->severity(hit.row));
        return {};
    case KeysRole:
        return made && made->action ? made->action->shortcut().toString(QKeySequence::NativeText) : QString();
    case TitleMatchRole:
        return matches(hit, true);
    case DetailMatchRole:
        return matches(hit, false);
    default:
        return {};
    }
}

} // namespace glacis::ui
