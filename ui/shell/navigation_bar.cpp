// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/navigation_bar.h>

#include <shell/page_list.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/time_text.h>

#include <QButtonGroup>
#include <QCoreApplication>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    constexpr int barWidth = 196;
    constexpr int railWidth = 54;
    constexpr int rowHeight = 33;
    constexpr int pad = 10;
    constexpr int glyphSide = 17;

    QString words(const char* text) { return QCoreApplication::translate("Navigation", text); }

}

NavigationButton::NavigationButton(Glyph glyph, const QString& title, QWidget* parent)
    : QAbstractButton(parent)
    , m_glyph(glyph)
    , m_title(title)
{
    setText(title);
    setAccessibleName(title);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NavigationButton::setCount(const QString& count)
{
    m_count = count;
    setAccessibleDescription(count);
    describe();
    update();
}

void NavigationButton::setNarrow(bool narrow)
{
    m_narrow = narrow;
    describe();
    updateGeometry();
    update();
}

void NavigationButton::describe()
{
    setToolTip(!m_narrow ? QString()
                         : toolTipText(m_count.isEmpty() ? m_title : QString(m_title + u" · " + m_count)));
}

QSize NavigationButton::sizeHint() const { return { scaled(m_narrow ? 36 : 120), scaled(rowHeight) }; }

void NavigationButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette& p = palette();
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour(Token::Hover, p));
        painter.drawRoundedRect(rect(), 7, 7);
    }
    const auto mirrored
        = [this](const QRect& box) { return QStyle::visualRect(layoutDirection(), rect(), box); };
    const auto draw = [&](const QRect& box, const QString& text, Qt::Alignment side) {
        const auto where = QStyle::visualAlignment(layoutDirection(), side | Qt::AlignVCenter);
        painter.drawText(mirrored(box), static_cast<int>(where) | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
    };
    const QColor ink = colour(isChecked() ? Token::Text : Token::Text2, p);
    const int side = scaled(glyphSide);
    if (m_narrow) {
        paintGlyph(painter, m_glyph, QRect((width() - side) / 2, 0, side, height()), ink);
        if (showsFocus(*this))
            paintFocus(painter, rect(), 6, p);
        return;
    }
    paintGlyph(painter, m_glyph, mirrored(QRect(pad, 0, side, height())), ink);
    painter.setFont(typeFont(Type::Caption));
    const int countWidth = m_count.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(m_count) + 2;
    painter.setPen(colour(Token::Text3, p));
    draw(QRect(width() - pad - countWidth, 0, countWidth, height()), m_count, Qt::AlignRight);
    painter.setFont(typeFont(isChecked() ? Type::Strong : Type::Body));
    painter.setPen(ink);
    const int left = pad + side + 10;
    draw(QRect(left, 0, width() - left - pad - countWidth, height()), m_title, Qt::AlignLeft);
    if (showsFocus(*this))
        paintFocus(painter, rect(), 6, p);
}

NavigationBar::NavigationBar(QWidget* parent)
    : QWidget(parent)
{
    setProperty("kind", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Pages"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 10, 8, 10);
    column->setSpacing(2);
    const char* group = nullptr;
    const char* const bottom = pageList().back().group;
    for (const PageEntry& entry : pageList()) {
        if (group && qstrcmp(group, entry.group) != 0 && qstrcmp(entry.group, bottom) == 0) {
            column->addStretch(); // the program's own pages stand apart and need no heading
            group = entry.group;
        } else if (!group || qstrcmp(group, entry.group) != 0) {
            auto* heading = new PlainLabel(words(entry.group), Type::Section, Token::Text3);
            heading->setContentsMargins(pad, group ? 14 : 6, pad, 4);
            column->addWidget(heading);
            m_headings.push_back(heading);
            group = entry.group;
        }
        auto* button = new NavigationButton(entry.glyph, words(entry.title));
        const QString id = QString::fromLatin1(entry.id);
        button->setObjectName(QStringLiteral("go-") + id);
        connect(button, &NavigationButton::clicked, this, [this, id] { Q_EMIT chosen(id); });
        column->addWidget(button);
        m_buttons.push_back(button);
    }
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
}

QSize NavigationBar::sizeHint() const
{
    return { scaled(m_narrow ? railWidth : barWidth), QWidget::sizeHint().height() };
}

void NavigationBar::setNarrow(bool narrow)
{
    m_narrow = narrow;
    for (QWidget* heading : m_headings)
        heading->setVisible(!narrow);
    for (NavigationButton* button : m_buttons)
        button->setNarrow(narrow);
    updateGeometry();
}

void NavigationBar::setCurrent(const QString& page)
{
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        if (page == QLatin1StringView(pageList()[i].id))
            m_buttons[i]->setChecked(true);
}

void NavigationBar::setAssessment(const assessment::AssessmentPtr& assessment)
{
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const auto count = pageList()[i].count;
        const std::optional<std::uint64_t> number = assessment && count ? count(*assessment) : std::nullopt;
        m_buttons[i]->setCount(number ? countText(*number) : QString());
    }
}

} // namespace glacis::ui
