// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/tour.h>

#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/plain_label.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int cardWidth = 330;
    constexpr int distance = 14; ///< between the place and the card
    constexpr int inset = 12; ///< from the window's edge

    class Dots : public QWidget {
    public:
        Dots(const std::size_t& at, std::size_t count)
            : m_at(at)
            , m_count(count)
        {
            setFixedSize(static_cast<int>(count) * 13, 8);
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            for (std::size_t i = 0; i < m_count; ++i) {
                painter.setBrush(colour(i == m_at ? Token::Accent : Token::Thumb, palette()));
                const int x
                    = static_cast<int>(layoutDirection() == Qt::RightToLeft ? m_count - 1 - i : i) * 13;
                painter.drawEllipse(QRectF(x + 1, 1, 6, 6));
            }
        }

    private:
        const std::size_t& m_at;
        std::size_t m_count;
    };

}

/// A line around the place, through which every click goes.
class Tour::Ring : public QWidget {
public:
    explicit Ring(QWidget* over)
        : QWidget(over)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        hide();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colour(Token::Accent, palette()), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 10, 10);
    }
};

Tour::Tour(QWidget& window, std::vector<TourStep> steps)
    : QWidget(&window)
    , m_window(window)
    , m_steps(std::move(steps))
    , m_number(new PlainLabel({}, Type::Caption, Token::Text3))
    , m_title(new PlainLabel({}, Type::Title))
    , m_text(new TextBlock({}, Type::Body, Token::Text2))
    , m_dots(new Dots(m_step, m_steps.size()))
    , m_skip(makeButton(tr("Skip"), ButtonKind::Quiet))
    , m_back(makeButton(tr("Back")))
    , m_next(makeButton(tr("Next"), ButtonKind::Primary))
    , m_ring(new Ring(&window))
{
    setObjectName(u"tour"_s);
    setFixedWidth(scaled(cardWidth));
    setFocusPolicy(Qt::StrongFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(6);
    column->addWidget(m_number);
    column->addWidget(m_title);
    column->addWidget(m_text);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 8, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_dots);
    line->addStretch();
    for (QPushButton* button : { m_skip, m_back, m_next })
        line->addWidget(button);
    column->addLayout(line);
    m_skip->setObjectName(u"tourSkip"_s);
    m_back->setObjectName(u"tourBack"_s);
    m_next->setObjectName(u"tourNext"_s);
    connect(m_skip, &QPushButton::clicked, this, &Tour::end);
    connect(m_back, &QPushButton::clicked, this, [this] { show(m_step - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_step + 1 < m_steps.size())
            show(m_step + 1);
        else
            end();
    });
    window.installEventFilter(this);
    hide();
}

Tour::~Tour()
{
    delete m_ring; // a child of the window, which may live on
}

void Tour::start(std::size_t step)
{
    if (!m_steps.empty())
        show(std::min(step, m_steps.size() - 1));
}

void Tour::show(std::size_t step)
{
    m_step = std::min(step, m_steps.size() - 1); // back from the first stays there
    const TourStep& now = m_steps[m_step];
    const bool last = m_step + 1 == m_steps.size();
    m_number->setText(tr("Step %1 of %2").arg(m_step + 1).arg(m_steps.size()));
    m_title->setText(now.title);
    m_text->setText(now.text);
    m_back->setVisible(m_step > 0);
    m_skip->setVisible(!last);
    m_next->setText(last ? tr("Done") : tr("Next"));
    setAccessibleName(now.title);
    setAccessibleDescription(now.text);
    if (!now.location.page.isEmpty())
        Q_EMIT wanted(now.location);
    setVisible(true);
    stand();
    m_ring->raise(); // here alone: what a person opens over them later stays on top
    raise();
    m_next->setFocus(Qt::OtherFocusReason);
    // A page that was just made lays itself out in the next turns of the event loop.
    for (const int later : { 0, 60, 250 })
        QTimer::singleShot(later, this, &Tour::stand);
    m_dots->update();
}

void Tour::end()
{
    hide();
    m_ring->hide();
    Q_EMIT ended();
}

void Tour::stand()
{
    if (!isVisible())
        return;
    const QRect place = m_steps[m_step].place ? m_steps[m_step].place() : QRect();
    m_ring->setVisible(!place.isEmpty());
    m_ring->setGeometry(place.adjusted(-4, -4, 4, 4).intersected(m_window.rect()));
    const int wide = width();
    const int tall = layout()->totalHeightForWidth(wide);
    resize(wide, tall);
    const QRect room = m_window.rect().adjusted(inset, inset, -inset, -inset);
    QPoint at = room.center() - QPoint(wide / 2, tall / 2);
    if (!place.isEmpty()) {
        // Where there is most room: below, above, beside; a place that fills the window has the card inside.
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        const QPoint below(mirrored ? place.right() - wide : place.left(), place.bottom() + distance);
        const QPoint above(below.x(), place.top() - distance - tall);
        const QPoint right(place.right() + distance, place.top());
        const QPoint left(place.left() - distance - wide, place.top());
        const QRect size(0, 0, wide, tall);
        std::vector<QPoint> order { right, left, below, above };
        if (place.width() > place.height())
            order = { below, above, right, left };
        at = QPoint(place.center().x() - wide / 2, place.bottom() - distance - tall);
        for (const QPoint& candidate : order) {
            QPoint moved(std::clamp(candidate.x(), room.left(), std::max(room.left(), room.right() - wide)),
                std::clamp(candidate.y(), room.top(), std::max(room.top(), room.bottom() - tall)));
            if (!size.translated(moved).intersects(place)) {
                at = moved;
                break;
            }
        }
    }
    at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - wide)));
    at.setY(std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom() - tall)));
    move(at);
}

void Tour::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintCard(painter, rect(), colour(Token::Hover, palette()), colour(Token::Accent, palette()));
}

void Tour::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        end();
    else
        QWidget::keyPressEvent(event);
}

bool Tour::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_window && event->type() == QEvent::Resize)
        QTimer::singleShot(0, this, &Tour::stand);
    return QWidget::eventFilter(watched, event);
}

} // namespace glacis::ui
