// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/filter_completion.h>

#include <findings/finding_view.h>
#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>
#include <widgets/reading.h>

#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>
#include <set>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr std::size_t longestSearch = 20'000; ///< values looked at for a keystroke: some milliseconds
    constexpr int lineHeight = 28;

    QString hintOf(FilterKey key)
    {
        switch (key) {
        case FilterKey::Severity:
            return FilterCompletion::tr("critical, high, medium+ …");
        case FilterKey::Stage:
            return FilterCompletion::tr("1 to 4, or none");
        case FilterKey::Namespace:
            return FilterCompletion::tr("namespace");
        case FilterKey::Kind:
            return FilterCompletion::tr("kind of object");
        case FilterKey::Name:
            return FilterCompletion::tr("name of the object");
        case FilterKey::Object:
            return FilterCompletion::tr("Kind/namespace/name");
        case FilterKey::Check:
            return FilterCompletion::tr("id of the check");
        case FilterKey::Framework:
            return FilterCompletion::tr("framework or section");
        case FilterKey::Path:
            return FilterCompletion::tr("on a way of an attacker");
        case FilterKey::State:
            return FilterCompletion::tr("open, accepted, not-assessed …");
        case FilterKey::Platform:
            return FilterCompletion::tr("parts of Kubernetes itself");
        case FilterKey::Text:
            break;
        }
        return {};
    }

    bool beginsWith(std::string_view text, const QString& begin)
    {
        return fromUtf8(text.substr(0, 400)).startsWith(begin, Qt::CaseInsensitive);
    }

    /// The values of a key that begin so, then those that hold it, each once.
    std::vector<std::string> valuesLike(
        FilterKey key, const FindingIndex& index, const QString& begun, std::size_t most)
    {
        std::vector<std::string> begins, holds;
        std::set<std::string> seen;
        const auto take = [&](std::string_view value) {
            if (begins.size() >= most)
                return;
            if (beginsWith(value, begun)) {
                if (seen.emplace(value).second)
                    begins.emplace_back(value);
            } else if (holds.size() < most && !begun.isEmpty()
                && fromUtf8(value.substr(0, 400)).contains(begun, Qt::CaseInsensitive)) {
                if (seen.emplace(value).second)
                    holds.emplace_back(value);
            }
        };
        if (key == FilterKey::Name || key == FilterKey::Object) {
            const std::size_t end = std::min(index.objects().size(), longestSearch);
            for (std::size_t i = 0; i < end && begins.size() < most; ++i) {
                const FindingIndex::Object& o = index.objects()[i];
                take(key == FilterKey::Name ? std::string(o.name) : objectPath(o.kind, o.ns, o.name));
            }
        } else {
            for (const std::string& value : valuesOf(key, index))
                take(value);
        }
        begins.insert(begins.end(), holds.begin(), holds.end());
        begins.resize(std::min(begins.size(), most));
        return begins;
    }

    /// Closed words may be written with + or * at their end; names are written so that they mean themselves.
    QString insertedValue(FilterKey key, const std::string& value)
    {
        return key == FilterKey::Severity ? fromUtf8(value) : writtenValue(value);
    }

    class SuggestionDelegate : public QStyledItemDelegate {
    public:
        explicit SuggestionDelegate(FilterCompletion& list)
            : QStyledItemDelegate(&list)
            , m_list(list)
        {
        }
        [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
        {
            return { 40, scaled(lineHeight) };
        }
        void paint(
            QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
        {
            const Suggestion& suggestion = m_list.suggestion(index.row());
            const QPalette& p = option.palette;
            painter->save();
            layOutByText(*painter);
            if (index == m_list.currentIndex()) {
                painter->setRenderHint(QPainter::Antialiasing);
                painter->setPen(Qt::NoPen);
                painter->setBrush(colour(Token::Hover, p));
                painter->drawRoundedRect(QRectF(option.rect).adjusted(4, 1, -4, -1), 5, 5);
            }
            const QRect box = option.rect.adjusted(12, 0, -12, 0);
            const auto flags = [&](Qt::Alignment a) {
                return static_cast<int>(QStyle::visualAlignment(option.direction, a | Qt::AlignVCenter))
                    | Qt::TextSingleLine;
            };
            const QFont small = typeFont(Type::Small);
            const int hintWidth = QFontMetrics(small).horizontalAdvance(suggestion.hint) + 12;
            const int room = std::max(0, box.width() - hintWidth);
            painter->setPen(colour(Token::Text, p));
            painter->setFont(typeFont(Type::Body));
            painter->drawText(
                QStyle::visualRect(option.direction, box, QRect(box.left(), box.top(), room, box.height())),
                flags(Qt::AlignLeft),
                QFontMetrics(painter->font()).elidedText(suggestion.shown, Qt::ElideMiddle, room));
            painter->setFont(small);
            painter->setPen(colour(Token::Text3, p));
            painter->drawText(box, flags(Qt::AlignRight), suggestion.hint);
            painter->restore();
        }

    private:
        FilterCompletion& m_list;
    };

}

std::vector<Suggestion> suggestionsFor(
    const FindingIndex& index, const QString& line, qsizetype cursor, std::size_t most)
{
    std::vector<Suggestion> found;
    // The term that ends where the cursor stands; parsing just the beginning keeps quotes right.
    const std::vector<FilterTerm> terms = parseFilter(line.left(cursor));
    if (terms.empty() || terms.back().end != cursor)
        return found;
    const FilterTerm& term = terms.back();
    const QString word = line.mid(term.begin, cursor - term.begin);
    const QString sign = term.negated ? u"-"_s : QString();
    const auto add = [&](const QString& shownText, const QString& inserted, const QString& hint) {
        if (found.size() < most && inserted.trimmed().compare(word, Qt::CaseInsensitive) != 0)
            found.push_back({ shownText, inserted, hint, term.begin, cursor });
    };
    if (term.key != FilterKey::Text) {
        const bool begun = !term.values.empty() && !word.endsWith(u',') && !word.endsWith(u':');
        const QString value = begun ? QString::fromStdString(term.values.back().text) : QString();
        QString head = sign + namesOf(term.key).front() + u':';
        for (std::size_t i = 0; i + (begun ? 1U : 0U) < term.values.size(); ++i)
            head
                += (term.values[i].quoted ? writtenValue(term.values[i].text) : fromUtf8(term.values[i].text))
                + u',';
        for (const std::string& like : valuesLike(term.key, index, value, most))
            add(shown(like, 200), head + insertedValue(term.key, like) + u' ',
                term.key == FilterKey::Stage || term.key == FilterKey::Framework ? facetTitle(term.key, like)
                                                                                 : QString());
        return found;
    }
    const QString begun
        = QString::fromStdString(term.values.empty() ? std::string() : term.values.back().text);
    if (begun.isEmpty() || term.values.back().quoted)
        return found;
    for (const FilterKey key : filterKeys())
        for (const QString& name : namesOf(key))
            if (name.startsWith(begun, Qt::CaseInsensitive)) {
                add(namesOf(key).front() + u':', sign + namesOf(key).front() + u':', hintOf(key));
                break;
            }
    if (begun.size() < 2)
        return found;
    for (const FilterKey key :
        { FilterKey::Severity, FilterKey::Namespace, FilterKey::Kind, FilterKey::Check })
        for (const std::string& value : valuesLike(key, index, begun, 3))
            if (beginsWith(value, begun))
                add(namesOf(key).front() + u':' + shown(value, 200),
                    sign + namesOf(key).front() + u':' + insertedValue(key, value) + u' ', QString());
    return found;
}

FilterCompletion::FilterCompletion(QLineEdit& line)
    : QListView(line.window())
    , m_line(line)
{
    setObjectName(u"filterCompletion"_s);
    setAccessibleName(tr("Suggestions for the filter"));
    setProperty("kind", u"popup"_s);
    setModel(&m_model);
    setItemDelegate(new SuggestionDelegate(*this));
    setFocusPolicy(Qt::NoFocus);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    hide();
    m_line.installEventFilter(this);
    connect(&m_line, &QLineEdit::textEdited, this, &FilterCompletion::offer);
    connect(&m_line, &QLineEdit::cursorPositionChanged, this, [this] {
        if (isVisible())
            offer();
    });
}

void FilterCompletion::offer()
{
    m_suggestions.clear();
    if (m_index && m_line.hasFocus())
        m_suggestions = suggestionsFor(*m_index, m_line.text(), m_line.cursorPosition());
    QStringList words;
    for (const Suggestion& suggestion : m_suggestions)
        words += suggestion.shown;
    m_model.setStringList(words);
    setVisible(!words.isEmpty());
    if (!words.isEmpty())
        place();
}

void FilterCompletion::place()
{
    QWidget* window = m_line.window();
    if (parentWidget() != window) { // the page was put into its window after the line was made
        setParent(window);
        show();
    }
    const QPoint below = m_line.mapTo(window, QPoint(0, m_line.height() + 2));
    const int wanted = static_cast<int>(m_suggestions.size()) * scaled(lineHeight) + 2 * frameWidth() + 10;
    const int width = std::min(m_line.width(), scaled(460));
    const int x = m_line.isRightToLeft() ? below.x() + m_line.width() - width : below.x();
    setGeometry(x, below.y(), width, std::min(wanted, window->height() - below.y() - 8));
    raise();
}

void FilterCompletion::accept(int row)
{
    if (row < 0 || row >= static_cast<int>(m_suggestions.size()))
        return;
    const Suggestion suggestion = m_suggestions[static_cast<std::size_t>(row)];
    hide();
    QString line = m_line.text();
    QString inserted = suggestion.inserted;
    if (inserted.endsWith(u' ') && line.mid(suggestion.end, 1) == u" ")
        inserted.chop(1);
    line.replace(suggestion.begin, suggestion.end - suggestion.begin, inserted);
    m_line.setText(line);
    m_line.setCursorPosition(static_cast<int>(suggestion.begin + inserted.size()));
    if (inserted.endsWith(u':'))
        offer();
}

bool FilterCompletion::takeKey(int key)
{
    if (!isVisible())
        return false;
    const int count = static_cast<int>(m_suggestions.size());
    const int current = currentIndex().row();
    switch (key) {
    case Qt::Key_Down:
        setCurrentIndex(m_model.index((current + 1) % count));
        return true;
    case Qt::Key_Up:
        setCurrentIndex(m_model.index(current <= 0 ? count - 1 : current - 1));
        return true;
    case Qt::Key_Tab:
        accept(std::max(0, current));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current < 0) {
            hide();
            return false;
        }
        accept(current);
        return true;
    case Qt::Key_Escape:
        hide();
        return true;
    default:
        return false;
    }
}

void FilterCompletion::mousePressEvent(QMouseEvent* event)
{
    accept(indexAt(event->position().toPoint()).row());
}

bool FilterCompletion::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_line) {
        if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide)
            hide();
        else if (event->type() == QEvent::Resize && isVisible())
            place();
    }
    return QListView::eventFilter(watched, event);
}

} // namespace glacis::ui
