// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/filter_text.h>

#include <widgets/outside_text.h>

#include <base/text.h>

#include <QStringList>

#include <algorithm>
#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr qsizetype longest = 2000;

    struct KeyName {
        QStringView name;
        FilterKey key;
    };
    constexpr std::array keyNames { KeyName { u"severity", FilterKey::Severity },
        KeyName { u"sev", FilterKey::Severity }, KeyName { u"stage", FilterKey::Stage },
        KeyName { u"ns", FilterKey::Namespace }, KeyName { u"namespace", FilterKey::Namespace },
        KeyName { u"kind", FilterKey::Kind }, KeyName { u"name", FilterKey::Name },
        KeyName { u"object", FilterKey::Object }, KeyName { u"owner", FilterKey::Object },
        KeyName { u"check", FilterKey::Check }, KeyName { u"framework", FilterKey::Framework },
        KeyName { u"path", FilterKey::Path }, KeyName { u"state", FilterKey::State },
        KeyName { u"platform", FilterKey::Platform } };

    struct Letter {
        QChar c;
        bool quoted;
    };
    using Letters = std::vector<Letter>;

    QString textOf(const Letters& letters, std::size_t from, std::size_t to)
    {
        QString text;
        for (std::size_t i = from; i < to; ++i)
            text += letters[i].c;
        return text;
    }

    FilterValue valueOf(const Letters& letters, std::size_t from, std::size_t to)
    {
        const bool quoted = std::any_of(letters.begin() + static_cast<std::ptrdiff_t>(from),
            letters.begin() + static_cast<std::ptrdiff_t>(to), [](const Letter& l) { return l.quoted; });
        return { textOf(letters, from, to).toStdString(), quoted };
    }

    /// "foo" of foo:bar when it looks like a key that somebody meant: no URL, no time of day.
    QString meantKey(const QString& name, const QString& rest)
    {
        const bool letters = std::all_of(name.begin(), name.end(), [](QChar c) { return c.isLetter(); });
        return letters && !rest.isEmpty() && !rest.startsWith(u'/') && name.size() <= 20 ? name : QString();
    }

    FilterTerm termOf(const Letters& letters)
    {
        FilterTerm term;
        std::size_t from = 0;
        if (letters.size() > 1 && letters[0].c == u'-' && !letters[0].quoted) {
            term.negated = true;
            from = 1;
        }
        std::size_t colon = from;
        while (colon < letters.size() && !letters[colon].quoted && letters[colon].c != u':')
            ++colon;
        if (colon > from && colon < letters.size() && !letters[colon].quoted) {
            const QString name = textOf(letters, from, colon);
            const auto* known = std::find_if(keyNames.begin(), keyNames.end(),
                [&](const KeyName& k) { return k.name.compare(name, Qt::CaseInsensitive) == 0; });
            if (known != keyNames.end()) {
                term.key = known->key;
                for (std::size_t start = colon + 1, i = start; i <= letters.size(); ++i) {
                    if (i < letters.size() && (letters[i].quoted || letters[i].c != u','))
                        continue;
                    if (i > start)
                        term.values.push_back(valueOf(letters, start, i));
                    start = i + 1;
                }
                return term;
            }
            term.unknownKey = meantKey(name, textOf(letters, colon + 1, letters.size()));
        }
        term.values.push_back(valueOf(letters, from, letters.size()));
        return term;
    }

    QString written(const FilterTerm& term)
    {
        QStringList values;
        for (const FilterValue& value : term.values)
            values += value.quoted ? writtenValue(value.text) : fromUtf8(value.text);
        return (term.negated ? u"-"_s : QString()) + namesOf(term.key).front() + u':' + values.join(u',');
    }

    /// Replaces what stands at begin..end, and closes the gap when nothing takes its place.
    QString replaced(const QString& line, qsizetype begin, qsizetype end, const QString& by)
    {
        QString before = line.left(begin), after = line.mid(end);
        if (by.isEmpty()) {
            while (before.endsWith(u' '))
                before.chop(1);
            after = after.trimmed();
            if (!before.isEmpty() && !after.isEmpty())
                before += u' ';
        }
        return before + by + after;
    }

}

std::vector<FilterTerm> parseFilter(const QString& line)
{
    std::vector<FilterTerm> terms;
    Letters letters;
    bool inQuotes = false;
    qsizetype begin = 0;
    const qsizetype size = std::min(line.size(), longest);
    const auto flush = [&](qsizetype end) {
        if (!letters.empty()) {
            terms.push_back(termOf(letters));
            terms.back().begin = begin;
            terms.back().end = end;
        }
        letters.clear();
    };
    bool started = false;
    for (qsizetype i = 0; i < size; ++i) {
        const QChar c = line[i];
        if (c.isSpace() && !inQuotes) {
            flush(i);
            started = false;
            continue;
        }
        if (!started)
            begin = i;
        started = true;
        const bool escaped
            = inQuotes && c == u'\\' && i + 1 < size && (line[i + 1] == u'"' || line[i + 1] == u'\\');
        if (escaped)
            letters.push_back({ line[++i], true });
        else if (c == u'"')
            inQuotes = !inQuotes;
        else
            letters.push_back({ c, inQuotes });
    }
    flush(size);
    return terms;
}

std::vector<QString> namesOf(FilterKey key)
{
    std::vector<QString> names;
    for (const KeyName& k : keyNames)
        if (k.key == key)
            names.push_back(k.name.toString());
    return names;
}

const std::vector<FilterKey>& filterKeys()
{
    static const std::vector<FilterKey> keys = [] {
        std::vector<FilterKey> all;
        for (const KeyName& k : keyNames)
            if (std::find(all.begin(), all.end(), k.key) == all.end())
                all.push_back(k.key);
        return all;
    }();
    return keys;
}

QString writtenValue(std::string_view value)
{
    QString text = fromUtf8(value);
    const bool plain = !text.isEmpty() && !text.endsWith(u'*') && !text.endsWith(u'+')
        && std::none_of(text.begin(), text.end(),
            [](QChar c) { return c.isSpace() || c == u',' || c == u'"' || c == u'\\'; });
    if (plain)
        return text;
    text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + text + u'"';
}

bool namesValue(const QString& line, FilterKey key, std::string_view value)
{
    for (const FilterTerm& term : parseFilter(line))
        if (term.key == key && !term.negated)
            for (const FilterValue& v : term.values)
                if (equalsIgnoringCase(v.text, value))
                    return true;
    return false;
}

QString withValue(const QString& line, FilterKey key, std::string_view value, bool on)
{
    QString result = line;
    std::vector<FilterTerm> terms = parseFilter(line);
    bool done = false;
    for (auto it = terms.rbegin(); it != terms.rend(); ++it) { // from the end: positions before it stay
        if (it->key != key || it->negated)
            continue;
        std::erase_if(it->values, [&](const FilterValue& v) { return equalsIgnoringCase(v.text, value); });
        const bool last = std::none_of(
            std::next(it), terms.rend(), [key](const FilterTerm& t) { return t.key == key && !t.negated; });
        if (on && last) {
            const QString asWritten = writtenValue(value);
            it->values.push_back({ std::string(value), asWritten.startsWith(u'"') });
            done = true;
        }
        result = replaced(result, it->begin, it->end, it->values.empty() ? QString() : written(*it));
    }
    if (on && !done) {
        result = result.trimmed();
        result += (result.isEmpty() ? QString() : u" "_s) + namesOf(key).front() + u':' + writtenValue(value);
    }
    return result;
}

QString withoutKey(const QString& line, FilterKey key)
{
    QString result = line;
    const std::vector<FilterTerm> terms = parseFilter(line);
    // std::ranges views of a reversed vector do not compile with Clang 14.
    // NOLINTNEXTLINE(modernize-loop-convert)
    for (auto it = terms.rbegin(); it != terms.rend(); ++it)
        if (it->key == key)
            result = replaced(result, it->begin, it->end, {});
    return result;
}

} // namespace glacis::ui
