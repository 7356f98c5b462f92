// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/way_player.h>

#include <attack/scene_words.h>
#include <theme/motion.h>
#include <theme/type.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/reading.h>

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QTimer>
#include <QVariantAnimation>

#include <algorithm>
#include <cmath>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int runTime = 900, restTime = 900; ///< milliseconds of a step, and after it
    constexpr double dot = 9;

    class PlayButton : public QAbstractButton { // a tool button's palette is the style sheet's
    public:
        PlayButton()
        {
            setObjectName(u"playButton"_s);
            setFixedSize(scaled(36), scaled(36));
            setFocusPolicy(Qt::StrongFocus);
            setAttribute(Qt::WA_Hover);
        }
        void setPlaying(bool playing)
        {
            m_playing = playing;
            const QString word = playing ? WayPlayer::tr("Pause") : WayPlayer::tr("Play the way");
            setAccessibleName(word);
            setToolTip(toolTipText(word + u"  " + WayPlayer::tr("Space")));
            update();
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            QColor fill = colour(isEnabled() ? Token::Accent : Token::Hover, palette());
            if (underMouse() && isEnabled())
                fill = fill.lighter(112);
            painter.setBrush(fill);
            painter.drawEllipse(QRectF(rect()).adjusted(1, 1, -1, -1));
            const int inset = width() / 4;
            paintGlyph(painter, m_playing ? Glyph::Pause : Glyph::Play,
                rect().adjusted(inset, inset, -inset, -inset),
                colour(isEnabled() ? Token::OnAccent : Token::Text3, palette()));
            if (showsFocus(*this))
                paintFocus(painter, rect(), width() / 2.0, palette());
        }

    private:
        bool m_playing = false;
    };

}

WayTrack::WayTrack(QWidget* parent)
    : QAbstractSlider(parent)
{
    setObjectName(u"wayTrack"_s);
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Step of the way"));
    setSingleStep(1);
    setPageStep(1);
}

void WayTrack::setPlaces(const QStringList& names, Token ink)
{
    m_names = names;
    m_ink = ink;
    m_running = 0;
    setRange(0, std::max(0, static_cast<int>(names.size()) - 1));
    update();
}

void WayTrack::setRunning(double part)
{
    m_running = part;
    update();
}

QSize WayTrack::sizeHint() const { return { scaled(400), scaled(38) }; }

QSize WayTrack::minimumSizeHint() const { return { scaled(120), scaled(38) }; }

double WayTrack::xOf(double place) const
{
    const double inset = scaled(12);
    const double along = inset + (width() - 2 * inset) * (maximum() > 0 ? place / maximum() : 0);
    return isRightToLeft() ? width() - along : along;
}

int WayTrack::placeAt(double x) const
{
    int best = 0;
    for (int i = 0; i <= maximum(); ++i)
        if (std::abs(xOf(i) - x) < std::abs(xOf(best) - x))
            best = i;
    return best;
}

void WayTrack::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    layOutByText(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette& p = palette();
    const double y = scaled(10);
    const auto rail = [&](double from, double to, Token ink) {
        painter.setPen(QPen(colour(ink, p), 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(xOf(from), y), QPointF(xOf(to), y));
    };
    if (maximum() > 0)
        rail(0, maximum(), Token::Line);
    const double reached = value() + m_running;
    if (reached > 0)
        rail(0, reached, m_ink);
    painter.setFont(typeFont(Type::Caption));
    const QFontMetricsF metrics(painter.font());
    for (int i = 0; i < m_names.size(); ++i) {
        const QPointF centre(xOf(i), y);
        const bool passed = i <= value();
        painter.setPen(QPen(colour(passed ? m_ink : Token::Thumb, p), 1.5));
        painter.setBrush(colour(passed ? m_ink : Token::Card, p));
        painter.drawEllipse(centre, dot / 2, dot / 2);
        if (i == value() && hasFocus() && showsFocus(*this)) {
            painter.setPen(QPen(colour(Token::Accent, p), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(centre, dot / 2 + 4, dot / 2 + 4);
        }
        // Words have the room up to half way to their neighbours; at the ends also what lies beyond.
        const bool first = i == 0, last = i == m_names.size() - 1 && i > 0;
        const double half = maximum() > 0 ? std::abs(xOf(1) - xOf(0)) / 2 - 4 : width() / 2.0;
        const double inset = std::min(centre.x(), width() - centre.x());
        const double textWidth
            = std::min(metrics.horizontalAdvance(m_names[i]) + 2, first || last ? half + inset : 2 * half);
        const bool atLeft = (first || last) && centre.x() < width() / 2.0;
        const double left = !first && !last ? centre.x() - textWidth / 2 : atLeft ? 0 : width() - textWidth;
        painter.setPen(colour(i == value() ? Token::Text : Token::Text2, p));
        painter.drawText(QRectF(left, y + dot, textWidth, metrics.height() + 2),
            static_cast<int>(Qt::AlignHCenter | Qt::AlignTop) | Qt::TextSingleLine,
            metrics.elidedText(m_names[i], Qt::ElideMiddle, textWidth));
    }
}

void WayTrack::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    setSliderDown(true);
    setValue(placeAt(event->position().x()));
    setSliderDown(false);
}

void WayTrack::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        setValue(placeAt(event->position().x()));
}

void WayTrack::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() & Qt::AltModifier)
        return event->ignore(); // Back and Forward
    const bool back = event->key() == (isRightToLeft() ? Qt::Key_Right : Qt::Key_Left);
    const bool ahead = event->key() == (isRightToLeft() ? Qt::Key_Left : Qt::Key_Right);
    if (back || ahead)
        setValue(value() + (ahead ? 1 : -1));
    else
        QAbstractSlider::keyPressEvent(event);
}

bool WayTrack::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int place = placeAt(help->pos().x());
        setToolTip(place < m_names.size() ? toolTipText(m_names[place]) : QString());
    }
    return QAbstractSlider::event(event);
}

WayPlayer::WayPlayer(QWidget* parent)
    : QWidget(parent)
    , m_stepBack(makeIconButton(Glyph::StepBack, tr("One step back")))
    , m_stepForward(makeIconButton(Glyph::StepForward, tr("One step on")))
    , m_back(makeIconButton(Glyph::ArrowLeft, tr("Previous way")))
    , m_forward(makeIconButton(Glyph::ArrowRight, tr("Next way")))
    , m_title(new ElidedLabel({}, Type::Strong))
    , m_sentence(new ElidedLabel({}, Type::Small, Token::Text2))
    , m_facts(new PlainLabel({}, Type::Small, Token::Text2))
    , m_track(new WayTrack)
    , m_run(new QVariantAnimation(this))
    , m_rest(new QTimer(this))
    , m_still(new QTimer(this))
{
    setObjectName(u"wayPlayer"_s);
    setAccessibleName(tr("The way step by step"));
    auto* button = new PlayButton;
    m_play = button;
    button->setPlaying(false);
    m_back->setObjectName(u"previousWay"_s);
    m_forward->setObjectName(u"nextWay"_s);
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(14, 10, 12, 8);
    whole->setSpacing(14);
    auto* controls = new QHBoxLayout;
    controls->setSpacing(2);
    m_stepBack->setObjectName(u"stepBack"_s);
    m_stepForward->setObjectName(u"stepForward"_s);
    m_stepBack->setToolTip(toolTipText(m_stepBack->accessibleName() + u"  ,"));
    m_stepForward->setToolTip(toolTipText(m_stepForward->accessibleName() + u"  ."));
    controls->addWidget(m_stepBack);
    controls->addWidget(m_play);
    controls->addWidget(m_stepForward);
    whole->addLayout(controls);
    auto* column = new QVBoxLayout;
    column->setSpacing(3);
    auto* head = new QHBoxLayout;
    head->setSpacing(4);
    head->addWidget(m_title, 1);
    head->addSpacing(10);
    head->addWidget(m_back);
    head->addWidget(m_facts);
    head->addWidget(m_forward);
    column->addLayout(head);
    column->addWidget(m_sentence);
    column->addWidget(m_track);
    whole->addLayout(column, 1);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    connect(m_play, &QAbstractButton::clicked, this, [this] { m_playing ? pause() : play(); });
    connect(m_stepBack, &QToolButton::clicked, this, [this] { stepBy(-1); });
    connect(m_stepForward, &QToolButton::clicked, this, [this] { stepBy(1); });
    connect(m_back, &QToolButton::clicked, this, &WayPlayer::previousWay);
    connect(m_forward, &QToolButton::clicked, this, &WayPlayer::nextWay);
    connect(m_track, &QAbstractSlider::valueChanged, this, [this](int value) {
        if (static_cast<std::uint32_t>(value) == m_step)
            return;
        pause();
        setStep(static_cast<std::uint32_t>(value));
        Q_EMIT stepChanged(m_step);
    });
    m_run->setDuration(runTime);
    m_run->setStartValue(0.0);
    m_run->setEndValue(1.0);
    m_run->setEasingCurve(QEasingCurve::InOutCubic);
    connect(m_run, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        const SceneStep* step = stepAt(m_step + 1);
        if (!step || !m_playing)
            return;
        m_track->setRunning(value.toDouble());
        Q_EMIT running(step->edge == NoScene ? -1 : static_cast<int>(step->edge), value.toDouble());
    });
    connect(m_run, &QVariantAnimation::finished, this, &WayPlayer::arrived);
    for (QTimer* timer : { m_rest, m_still })
        timer->setSingleShot(true);
    m_still->setInterval(runTime);
    connect(m_rest, &QTimer::timeout, this, &WayPlayer::runNext);
    connect(m_still, &QTimer::timeout, this, &WayPlayer::arrived);
    setWay(nullptr, nullptr, 0, 0);
}

void WayPlayer::setWay(PathFigurePtr figure, const SceneWay* way, std::size_t number, std::size_t count)
{
    pause();
    m_number = number;
    m_count = count;
    take(std::move(figure), way);
    setStep(steps());
}

void WayPlayer::redraw(PathFigurePtr figure, const SceneWay* way)
{
    if (!way || !m_figure || m_way.way != way->way || m_way.numbered != way->numbered)
        return setWay(std::move(figure), way, m_number, m_count);
    const std::uint32_t step = m_step;
    take(std::move(figure), way);
    setStep(step);
}

void WayPlayer::take(PathFigurePtr figure, const SceneWay* way)
{
    m_figure = std::move(figure);
    m_way = way ? *way : SceneWay {};
    m_numbered.clear();
    QStringList places;
    bool certain = true;
    if (m_figure && way) {
        const attack::Graph& graph = m_figure->assessment->graph;
        const attack::Way& told = m_figure->search->ways()[way->way];
        certain = told.wayClass == attack::WayClass::Certain;
        places += shortName(graph.nodes[told.entry]);
        for (const SceneStep& step : m_way.steps) {
            if (step.number == 0)
                continue;
            m_numbered.push_back(step);
            places += shortName(graph.nodes[step.toNode]);
        }
    }
    const QSignalBlocker quiet(m_track);
    m_track->setPlaces(places, certain ? Token::Critical : Token::Medium);
}

void WayPlayer::stepBy(int by)
{
    pause();
    setStep(by < 0 ? m_step - std::min(m_step, 1U) : m_step + 1);
    Q_EMIT stepChanged(m_step);
}

void WayPlayer::setStep(std::uint32_t step)
{
    m_step = std::min(step, steps());
    const QSignalBlocker quiet(m_track);
    m_track->setRunning(0);
    m_track->setValue(static_cast<int>(m_step));
    tell();
}

const SceneStep* WayPlayer::stepAt(std::uint32_t number) const
{
    return number >= 1 && number <= m_numbered.size() ? &m_numbered[number - 1] : nullptr;
}

void WayPlayer::tell()
{
    if (!m_figure || m_numbered.empty())
        return;
    const attack::Way& way = m_figure->search->ways()[m_way.way];
    const attack::Graph& graph = m_figure->assessment->graph;
    // Counted within its class: "21 ways open" and "Way 1 of 21" are the same ways.
    const std::vector<attack::Way>& ways = m_figure->search->ways();
    const auto before = std::count_if(ways.begin(), ways.begin() + static_cast<std::ptrdiff_t>(m_number),
        [&](const attack::Way& w) { return w.wayClass == way.wayClass; });
    m_facts->setText(tr("Way %1 of %2 · %3 · cost %4")
                         .arg(before + 1)
                         .arg(m_figure->search->count(way.wayClass))
                         .arg(wayClassWord(way.wayClass).toLower())
                         .arg(way.cost));
    m_stepBack->setEnabled(m_step > 0);
    m_stepForward->setEnabled(m_step < steps());
    m_back->setEnabled(m_number > 0);
    m_forward->setEnabled(m_number + 1 < m_count);
    const SceneStep* step = stepAt(m_step);
    if (!step) {
        m_title->setText(wayTitle(graph, way));
        m_sentence->setText(tr("%1 from the entry to the crown jewel").arg(stepsText(steps())));
        return;
    }
    const attack::EdgeInfo* info
        = m_figure->assessment->edges->find(attack::name(graph.edges[step->main].kind));
    m_title->setText(tr("Step %1 of %2 · %3")
                         .arg(m_step)
                         .arg(m_numbered.size())
                         .arg(info ? fromUtf8(info->title) : QString()));
    QString sentence = stepSentence(*m_figure->assessment, *step);
    if (graph.edges[step->main].certainty == attack::Certainty::Possible)
        sentence += u' ' + tr("(not verified)");
    m_sentence->setText(sentence);
    m_track->setAccessibleDescription(m_title->text() + u". " + sentence);
}

bool WayPlayer::isPlaying() const { return m_playing; }

void WayPlayer::play()
{
    if (m_numbered.empty())
        return;
    if (m_step >= steps()) {
        setStep(0);
        Q_EMIT stepChanged(0);
    }
    m_playing = true;
    static_cast<PlayButton*>(m_play)->setPlaying(true);
    runNext();
}

void WayPlayer::pause()
{
    if (!m_playing)
        return;
    m_playing = false;
    m_run->stop();
    m_rest->stop();
    m_still->stop();
    m_track->setRunning(0);
    static_cast<PlayButton*>(m_play)->setPlaying(false);
    Q_EMIT running(-1, 0);
}

void WayPlayer::runNext()
{
    if (!m_playing)
        return;
    if (m_step >= steps())
        return pause();
    // Without motion a film is a row of stills.
    if (!motionReduced())
        m_run->start();
    else
        m_still->start();
}

void WayPlayer::arrived()
{
    if (!m_playing)
        return;
    setStep(m_step + 1);
    Q_EMIT running(-1, 0);
    Q_EMIT stepChanged(m_step);
    if (m_playing) // whoever heard of the step may have paused
        m_rest->start(m_step >= steps() ? 0 : restTime);
}

void WayPlayer::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintCard(painter, rect(), colour(Token::Card, palette()), colour(Token::Line, palette()));
}

} // namespace glacis::ui
