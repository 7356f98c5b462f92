// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/fix_advice.h>

#include <widgets/outside_text.h>
#include <widgets/time_text.h>

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace glacis::ui {
namespace {

    using attack::OptionEffect;
    using attack::OptionIndex;
    using attack::SmallestSets;
    using attack::WayClass;

    QString words(const char* text) { return QCoreApplication::translate("Fixes", text); }

    /// Targets are names for machines; those that are no object's name need a word.
    QString targetText(const std::string& target)
    {
        return target == "edge" ? words(QT_TRANSLATE_NOOP("Fixes", "network edge")) : shown(target, 300);
    }

    /// Lines of one title get the namespace behind it, the whole target where that is not enough.
    void tellApart(std::vector<FixLine>& lines)
    {
        std::map<QString, std::vector<std::size_t>> alike;
        for (std::size_t i = 0; i < lines.size(); ++i)
            alike[lines[i].title].push_back(i);
        const auto ns = [](const FixLine& line) { return line.target.section(u'/', 0, 0); };
        for (const auto& [title, which] : alike) {
            if (which.size() < 2)
                continue;
            std::set<QString> spaces;
            for (const std::size_t i : which)
                spaces.insert(ns(lines[i]));
            for (const std::size_t i : which)
                lines[i].title
                    = words(QT_TRANSLATE_NOOP("Fixes", "%1 (%2)"))
                          .arg(title, spaces.size() == which.size() ? ns(lines[i]) : lines[i].target);
        }
    }

    FixLine lineOf(const assessment::Assessment& assessment, OptionIndex index)
    {
        const attack::BreakOption& option = assessment.graph.options[index];
        const attack::CardInfo* card = assessment.edges ? assessment.edges->card(option.card) : nullptr;
        FixLine line;
        line.option = index;
        line.id = QString::fromStdString(option.id);
        line.title = card ? fromUtf8(card->title) : shown(option.card);
        line.target = targetText(option.target);
        line.size = card ? card->size : 'M';
        return line;
    }

    std::uint32_t closesUncertain(const OptionEffect& effect)
    {
        return effect.closesResidual + effect.closesPossible;
    }

    QString setSummary(const SmallestSets& smallest, std::uint32_t certain)
    {
        if (smallest.sets.empty())
            return smallest.proof == SmallestSets::Proof::Impossible
                ? words(QT_TRANSLATE_NOOP("Fixes", "No single change closes a way that is open."))
                : QString();
        const auto changes = static_cast<std::uint32_t>(smallest.sets.front().size());
        const QString count = countText(changes), ways = countText(certain);
        if (smallest.proof == SmallestSets::Proof::Impossible)
            return changes == 1
                ? words(
                    QT_TRANSLATE_NOOP("Fixes", "Not every way can be closed; 1 change closes all that can."))
                : words(
                    QT_TRANSLATE_NOOP("Fixes", "Not every way can be closed; %1 changes close all that can."))
                      .arg(count);
        if (certain == 1)
            return words(QT_TRANSLATE_NOOP("Fixes", "1 change closes the one open way"));
        if (changes == 1)
            return words(QT_TRANSLATE_NOOP("Fixes", "1 change closes all %1 ways")).arg(ways);
        if (smallest.proof == SmallestSets::Proof::Exact || smallest.lowerBound >= changes)
            return words(
                QT_TRANSLATE_NOOP("Fixes", "%1 changes close all %2 ways (proven: no smaller set exists)"))
                .arg(count, ways);
        if (smallest.lowerBound > 1)
            return words(QT_TRANSLATE_NOOP("Fixes", "%1 changes close all %2 ways (at least %3 are needed)"))
                .arg(count, ways, countText(smallest.lowerBound));
        return words(QT_TRANSLATE_NOOP("Fixes", "%1 changes close all %2 ways (fewer may do)"))
            .arg(count, ways);
    }

    /// No certain way is open: what closes ways that are residual or only possible.
    FixAdvice adviceForUncertain(const assessment::Assessment& assessment,
        const std::vector<OptionEffect>& effects, std::uint32_t ways, std::size_t most)
    {
        FixAdvice advice;
        std::vector<const OptionEffect*> sorted;
        for (const OptionEffect& effect : effects)
            if (closesUncertain(effect) > 0)
                sorted.push_back(&effect);
        std::stable_sort(sorted.begin(), sorted.end(), [](const OptionEffect* a, const OptionEffect* b) {
            return closesUncertain(*a) > closesUncertain(*b);
        });
        for (const OptionEffect* effect : sorted) {
            if (advice.lines.size() == most)
                break;
            FixLine line = lineOf(assessment, effect->option);
            line.closes = closesUncertain(*effect);
            line.of = ways;
            line.possible = true;
            advice.lines.push_back(std::move(line));
        }
        tellApart(advice.lines);
        if (!advice.lines.empty())
            advice.summary = words(QT_TRANSLATE_NOOP(
                "Fixes", "No certain way is open. These close ways that are only possible:"));
        return advice;
    }

}

FixAdvice fixAdvice(const assessment::Assessment& assessment, const std::vector<OptionEffect>& effects,
    const SmallestSets& smallest, std::size_t most)
{
    FixAdvice advice;
    if (!assessment.search)
        return advice;
    const attack::Search& search = *assessment.search;
    const std::uint32_t certain = search.count(WayClass::Certain);
    if (certain == 0)
        return adviceForUncertain(
            assessment, effects, static_cast<std::uint32_t>(search.ways().size()), most);

    const auto add = [&](OptionIndex option, std::uint32_t closes, bool inSet) {
        FixLine line = lineOf(assessment, option);
        line.closes = closes;
        line.of = certain;
        line.inSet = inSet;
        advice.lines.push_back(std::move(line));
    };
    std::vector<OptionIndex> set;
    if (!smallest.sets.empty())
        for (const std::uint32_t index : smallest.sets.front())
            set.push_back(smallest.classes[index].options.front());
    for (const OptionEffect& effect : effects) // their order is the one wanted
        if (std::find(set.begin(), set.end(), effect.option) != set.end())
            add(effect.option, effect.closes, true);
    for (const OptionIndex option : set) // some close nothing but together
        if (std::none_of(advice.lines.begin(), advice.lines.end(),
                [option](const FixLine& line) { return line.option == option; }))
            add(option, 0, true);
    advice.inSet = advice.lines.size();
    for (const OptionEffect& effect : effects) {
        if (advice.lines.size() >= most)
            break;
        if (effect.closes > 0 && std::find(set.begin(), set.end(), effect.option) == set.end())
            add(effect.option, effect.closes, false);
    }
    tellApart(advice.lines);
    advice.summary = setSummary(smallest, certain);
    return advice;
}

QString effortWord(char size)
{
    return size == 'S' ? words(QT_TRANSLATE_NOOP("Fixes", "small effort"))
        : size == 'M'  ? words(QT_TRANSLATE_NOOP("Fixes", "medium effort"))
                       : words(QT_TRANSLATE_NOOP("Fixes", "large effort"));
}

QString effortInWords(char size)
{
    return size == 'S' ? words(QT_TRANSLATE_NOOP("Fixes", "Small effort: minutes to an hour"))
        : size == 'M'  ? words(QT_TRANSLATE_NOOP("Fixes", "Medium effort: a day"))
                       : words(QT_TRANSLATE_NOOP("Fixes", "Large effort: days"));
}

QString closesText(const FixLine& line)
{
    if (line.closes == 0)
        return words(QT_TRANSLATE_NOOP("Fixes", "closes only together"));
    return (line.possible ? words(QT_TRANSLATE_NOOP("Fixes", "closes %1 of %2 possible"))
                          : words(QT_TRANSLATE_NOOP("Fixes", "closes %1 of %2")))
        .arg(countText(line.closes), countText(line.of));
}

} // namespace glacis::ui
