// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gallery/basic_samples.h>

#include <settings/segments.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/chip.h>
#include <widgets/flow_layout.h>
#include <widgets/key_cap.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/severity_mark.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QStyleOptionButton>
#include <QStyleOptionFrame>
#include <QVBoxLayout>

#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    class Flow : public QWidget {
    public:
        explicit Flow(int gap)
            : m_flow(new FlowLayout(gap, this))
        {
            QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
            policy.setHeightForWidth(true);
            setSizePolicy(policy);
        }
        void add(QWidget* widget) { m_flow->addWidget(widget); }

    private:
        FlowLayout* m_flow;
    };

    QWidget* named(QWidget* widget, const QString& name)
    {
        auto* holder = new QWidget;
        auto* column = new QVBoxLayout(holder);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(4);
        column->addWidget(widget, 0, Qt::AlignLeft);
        column->addWidget(new PlainLabel(name, Type::Caption, Token::Text3));
        return holder;
    }

    class Swatch : public QWidget {
    public:
        explicit Swatch(Token token)
            : m_token(token)
        {
            setFixedSize(scaled(96), scaled(34));
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(colour(Token::Line, palette()), 1));
            painter.setBrush(colour(m_token, palette()));
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }

    private:
        Token m_token;
    };

    class GlyphView : public QWidget {
    public:
        explicit GlyphView(Glyph glyph)
            : m_glyph(glyph)
        {
            setFixedSize(scaled(34), scaled(34));
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            const int inset = scaled(5);
            paintGlyph(painter, m_glyph, rect().adjusted(inset, inset, -inset, -inset),
                colour(Token::Text, palette()));
        }

    private:
        Glyph m_glyph;
    };

    /// Looks as if the pointer or the keyboard were at it.
    class PosedButton : public QPushButton {
    public:
        PosedButton(const QString& text, const QVariant& kind, QStyle::State extra)
            : QPushButton(text)
            , m_extra(extra)
        {
            setProperty("kind", kind);
            setAutoDefault(false);
            setEnabled(extra.testFlag(QStyle::State_Enabled));
        }

    protected:
        void initStyleOption(QStyleOptionButton* option) const override
        {
            QPushButton::initStyleOption(option);
            option->state |= m_extra & ~QStyle::State_Enabled;
        }

    private:
        QStyle::State m_extra;
    };

    class PosedLine : public QLineEdit {
    protected:
        void initStyleOption(QStyleOptionFrame* option) const override
        {
            QLineEdit::initStyleOption(option);
            option->state |= QStyle::State_HasFocus;
        }
    };

    QLineEdit* makeLine(QLineEdit* line, const QString& text, const QString& name)
    {
        line->setText(text);
        line->setPlaceholderText(u"Filter"_s);
        line->setAccessibleName(name);
        line->setFixedWidth(scaled(190));
        return line;
    }

}

QWidget* makeTokenSample()
{
    auto* flow = new Flow(12);
    for (const TokenRow& row : tokenTable())
        flow->add(named(new Swatch(row.token), fromUtf8(row.name)));
    return flow;
}

QWidget* makeTypeSample()
{
    static constexpr std::array names { "Caption", "Section", "Small", "Body", "Strong", "Title", "Display",
        "Mono" };
    auto* widget = new QWidget;
    auto* grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(20);
    grid->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int line = static_cast<int>(i);
        grid->addWidget(new PlainLabel(QLatin1StringView(names[i]), Type::Caption, Token::Text3), line, 0);
        grid->addWidget(new ElidedLabel(u"An attacker crosses the cluster in 4 stages, 0123456789"_s,
                            static_cast<Type>(i)),
            line, 1);
    }
    return widget;
}

QWidget* makeGlyphSample()
{
    auto* flow = new Flow(4);
    for (std::size_t i = 0; i < GlyphCount; ++i)
        flow->add(new GlyphView(static_cast<Glyph>(i)));
    return flow;
}

QWidget* makeButtonSample()
{
    struct Kind {
        const char* name;
        QString kind;
    };
    const std::array kinds { Kind { "Plain", u"plain"_s }, Kind { "Primary", u"primary"_s },
        Kind { "Quiet", u"quiet"_s }, Kind { "Link", u"link"_s }, Kind { "Warning", u"warning"_s },
        Kind { "Status", u"status"_s }, Kind { "Danger", u"danger"_s } };
    struct Pose {
        const char* name;
        QStyle::State state;
    };
    const std::array poses { Pose { "Normal", QStyle::State_Enabled },
        Pose { "Hover", QStyle::State_Enabled | QStyle::State_MouseOver },
        Pose { "Pressed", QStyle::State_Enabled | QStyle::State_Sunken },
        Pose { "Focus", QStyle::State_Enabled | QStyle::State_HasFocus }, Pose { "Disabled", {} } };
    auto* widget = new QWidget;
    auto* grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    for (std::size_t k = 0; k < kinds.size(); ++k)
        for (std::size_t p = 0; p < poses.size(); ++p)
            grid->addWidget(new PosedButton(u"%1, %2"_s.arg(QLatin1StringView(kinds[k].name),
                                                QString::fromLatin1(poses[p].name).toLower()),
                                kinds[k].kind, poses[p].state),
                static_cast<int>(k), static_cast<int>(p), Qt::AlignLeft);
    grid->setColumnStretch(static_cast<int>(poses.size()), 1);
    return widget;
}

QWidget* makeIconButtonSample()
{
    auto* flow = new Flow(8);
    for (const Glyph glyph : { Glyph::Reload, Glyph::Search, Glyph::Close }) {
        flow->add(makeIconButton(glyph, u"Icon button"_s));
        QToolButton* off = makeIconButton(glyph, u"Icon button, disabled"_s);
        off->setEnabled(false);
        flow->add(off);
    }
    QToolButton* on = makeIconButton(Glyph::Star, u"Icon button, checked"_s);
    on->setCheckable(true);
    on->setChecked(true);
    flow->add(on);
    flow->add(new CopyButton(u"Copy"_s, [] { return u"copied"_s; }));
    return flow;
}

QWidget* makeSegmentSample()
{
    auto* segments = new Segments(u"Sample"_s, { u"First"_s, u"Second"_s, u"Third"_s });
    segments->setIndex(1);
    return segments;
}

QWidget* makeChipSample()
{
    auto* flow = new Flow(8);
    flow->add(new Chip(u"Stage 2"_s));
    flow->add(new Chip(u"T1610"_s));
    flow->add(new Chip(u"in smallest set"_s, Token::Pass));
    for (const Severity severity :
        { Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info }) {
        auto* chip = new ToggleChip(severityWord(severity), severity);
        chip->setCount(12);
        chip->setChecked(severity == Severity::High);
        flow->add(chip);
    }
    auto* off = new ToggleChip(u"Disabled"_s);
    off->setCount(0);
    off->setEnabled(false);
    flow->add(off);
    return flow;
}

QWidget* makeSeveritySample()
{
    auto* flow = new Flow(18);
    for (const auto show : { SeverityMark::Show::ShapeAndWord, SeverityMark::Show::Shape })
        for (const Severity severity :
            { Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info })
            flow->add(new SeverityMark(severity, show));
    return flow;
}

QWidget* makeKeySample()
{
    auto* flow = new Flow(8);
    for (const QString& keys : { u"Ctrl+K"_s, u"Esc"_s, u"F1"_s, u"Alt+Left"_s })
        flow->add(new KeyCap(keys));
    // A tool tip is a window of its own: this is its style on a label.
    auto* tip = new PlainLabel(u"Reload  F5"_s, Type::Small);
    tip->setStyleSheet(u"QLabel { background: %1; border: 1px solid %2; padding: 4px 6px; }"_s.arg(
        colour(Token::Hover, tip->palette()).name(), colour(Token::Line, tip->palette()).name()));
    tip->setContentsMargins(7, 5, 7, 5);
    flow->add(tip);
    return flow;
}

QWidget* makeInputSample()
{
    auto* flow = new Flow(12);
    flow->add(named(makeLine(new QLineEdit, {}, u"Empty line"_s), u"Empty"_s));
    flow->add(named(makeLine(new QLineEdit, u"severity:high ns:shop"_s, u"Filled line"_s), u"Filled"_s));
    flow->add(named(makeLine(new PosedLine, u"severity:high"_s, u"Line with focus"_s), u"Focus"_s));
    QLineEdit* off = makeLine(new QLineEdit, u"severity:high"_s, u"Disabled line"_s);
    off->setEnabled(false);
    flow->add(named(off, u"Disabled"_s));
    return flow;
}

} // namespace glacis::ui
