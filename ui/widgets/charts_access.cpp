// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/charts_access.h>

#include <widgets/charts.h>

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace glacis::ui {
namespace {

    class ItemFace : public QAccessibleInterface, public QAccessibleActionInterface {
    public:
        ItemFace(Chart* chart, int item)
            : m_chart(chart)
            , m_item(item)
        {
        }

        bool isValid() const override { return m_chart && m_item < m_chart->itemCount(); }
        QObject* object() const override { return nullptr; }
        QAccessibleInterface* parent() const override
        {
            return m_chart ? QAccessible::queryAccessibleInterface(m_chart) : nullptr;
        }
        QAccessibleInterface* child(int) const override { return nullptr; }
        int childCount() const override { return 0; }
        int indexOfChild(const QAccessibleInterface*) const override { return -1; }
        QAccessibleInterface* childAt(int, int) const override { return nullptr; }
        QAccessibleInterface* focusChild() const override { return nullptr; }
        QAccessible::Role role() const override { return QAccessible::ListItem; }
        QString text(QAccessible::Text kind) const override
        {
            return isValid() && kind == QAccessible::Name ? m_chart->itemText(m_item) : QString();
        }
        void setText(QAccessible::Text, const QString&) override { }
        QRect rect() const override
        {
            if (!isValid())
                return {};
            const QRect box = m_chart->itemRect(m_item);
            return { m_chart->mapToGlobal(box.topLeft()), box.size() };
        }
        QAccessible::State state() const override
        {
            QAccessible::State state;
            state.invalid = !isValid();
            if (state.invalid)
                return state;
            state.focusable = true;
            state.invisible = !m_chart->isVisible();
            state.focused = m_chart->hasFocus() && m_chart->current() == m_item;
            return state;
        }
        void* interface_cast(QAccessible::InterfaceType type) override
        {
            return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                        : nullptr;
        }
        QStringList actionNames() const override { return { pressAction() }; }
        void doAction(const QString& action) override
        {
            if (isValid() && action == pressAction())
                Q_EMIT m_chart->activated(m_item);
        }
        QStringList keyBindingsForAction(const QString&) const override { return {}; }

    private:
        QPointer<Chart> m_chart;
        int m_item;
    };

    class ChartFace : public QAccessibleWidget {
    public:
        explicit ChartFace(Chart* chart)
            : QAccessibleWidget(chart, QAccessible::List)
        {
        }
        ~ChartFace() override
        {
            for (const auto& [item, id] : m_items)
                QAccessible::deleteAccessibleInterface(id);
        }

        int childCount() const override { return chart()->itemCount(); }
        QAccessibleInterface* child(int index) const override
        {
            if (index < 0 || index >= childCount())
                return nullptr;
            const auto known = m_items.find(index);
            if (known != m_items.end())
                return QAccessible::accessibleInterface(known->second);
            auto* face = new ItemFace(chart(), index); // owned by Qt's register of interfaces
            m_items.emplace(index, QAccessible::registerAccessibleInterface(face));
            return face;
        }
        int indexOfChild(const QAccessibleInterface* wanted) const override
        {
            for (const auto& [item, id] : m_items)
                if (QAccessible::accessibleInterface(id) == wanted)
                    return item;
            return -1;
        }
        QAccessibleInterface* childAt(int x, int y) const override
        {
            const QPoint at = chart()->mapFromGlobal(QPoint(x, y));
            for (int i = 0; i < childCount(); ++i)
                if (chart()->itemRect(i).contains(at))
                    return child(i);
            return nullptr;
        }
        QAccessibleInterface* focusChild() const override
        {
            return chart()->hasFocus() ? child(chart()->current()) : nullptr;
        }

    private:
        Chart* chart() const { return static_cast<Chart*>(object()); }
        mutable std::map<int, QAccessible::Id> m_items;
    };

    QAccessibleInterface* faceOf(const QString&, QObject* object)
    {
        auto* chart = qobject_cast<Chart*>(object);
        return chart ? new ChartFace(chart) : nullptr;
    }

}

void installChartAccess()
{
    static const bool installed = [] {
        QAccessible::installFactory(faceOf);
        return true;
    }();
    Q_UNUSED(installed)
}

void tellCurrentItem(Chart& chart)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(&chart, QAccessible::Focus);
    event.setChild(chart.current());
    QAccessible::updateAccessibility(&event);
}

} // namespace glacis::ui
