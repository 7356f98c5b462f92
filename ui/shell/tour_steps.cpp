// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/tour_steps.h>

#include <QStringList>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    /// The first of these that is to be seen, by object name; united where a name ends in *.
    QRect placeOf(const QWidget& window, const QStringList& names)
    {
        for (const QString& name : names) {
            QRect place;
            for (const QWidget* widget : window.findChildren<QWidget*>()) {
                const bool named = name.endsWith(u'*') ? widget->objectName().size() == name.size()
                        && widget->objectName().startsWith(name.chopped(1))
                                                       : widget->objectName() == name;
                if (named && widget->isVisible())
                    place |= QRect(widget->mapTo(&window, QPoint()), widget->size());
            }
            if (!place.isEmpty())
                return place.intersected(window.rect());
        }
        return {};
    }

}

std::vector<TourStep> tourSteps(QWidget& window)
{
    const auto at
        = [&window](const QStringList& names) { return [&window, names] { return placeOf(window, names); }; };
    const auto tr = [](const char* text) { return Tour::tr(text); };
    return {
        { tr("The pages"),
            tr("Each page shows the same cluster from another side; the number is what waits there. What you "
               "see is a practice cluster: nothing is connected, nothing can break."),
            { u"overview"_s, {}, {} }, at({ u"navigation"_s }) },
        { tr("Four stages of an attack"),
            tr("An attacker comes in, escapes to a node, gathers rights and takes what is precious. Each "
               "card "
               "has a score out of 100 and opens its findings."),
            { u"overview"_s, {}, {} }, at({ u"stage*"_s }) },
        { tr("The way through"),
            tr("The attack path joins single weaknesses to ways from the Internet to your crown jewels, step "
               "by "
               "step. What most ways pass is worth mending first."),
            { u"attack"_s, {}, {} }, at({ u"attackPage"_s }) },
        { tr("Why, evidence, fix"),
            tr("Whatever you select is explained at the side: why it matters, the very line of YAML that "
               "shows "
               "it, and what to do."),
            { u"findings"_s, {}, {} }, at({ u"inspector"_s, u"detailsPanel"_s, u"findingsPage"_s }) },
        { tr("Find anything"),
            tr("Ctrl+K finds every object, finding and action. The line at the bottom says what could not be "
               "seen, and which permission would show it. Open your own cluster's files from the switcher."),
            { u"overview"_s, {}, {} }, at({ u"searchBox"_s }) },
    };
}

} // namespace glacis::ui
