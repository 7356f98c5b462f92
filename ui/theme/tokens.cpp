// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/tokens.h>

#include <QGuiApplication>

#include <algorithm>
#include <cmath>

namespace glacis::ui {
namespace {

    constexpr std::array<TokenRow, TokenCount> table { {
        { Token::Window, "window", 0xFF0B0F14, 0xFFF4F6F9 },
        { Token::Panel, "panel", 0xFF10161E, 0xFFFFFFFF },
        { Token::Card, "card", 0xFF161D27, 0xFFFFFFFF },
        { Token::Hover, "hover", 0xFF1E2836, 0xFFEAF0F7 },
        { Token::Selected, "selected", 0xFF182C3D, 0xFFE4F0FB },
        { Token::Line, "line", 0xFF253244, 0xFFD7DEE7 },
        { Token::Thumb, "thumb", 0xFF66778E, 0xFF778697 },
        { Token::Text, "text", 0xFFE6EDF3, 0xFF17202B },
        { Token::Text2, "text2", 0xFF9BA9BA, 0xFF52616F },
        { Token::Text3, "text3", 0xFF8593A6, 0xFF5F6E7D },
        { Token::Accent, "accent", 0xFF4CC2FF, 0xFF0B6BB8 },
        { Token::OnAccent, "onaccent", 0xFF06131C, 0xFFFFFFFF },
        { Token::Critical, "critical", 0xFFFF5C6C, 0xFFC81E33 },
        { Token::High, "high", 0xFFFF8B3D, 0xFFB04C04 },
        { Token::Medium, "medium", 0xFFF5C044, 0xFF7A6700 },
        { Token::Low, "low", 0xFF5BA8FF, 0xFF1A64BF },
        { Token::Info, "info", 0xFF8B98A9, 0xFF576473 },
        { Token::Pass, "pass", 0xFF3CCB7F, 0xFF15753F },
        { Token::Stage1, "stage1", 0xFF4CC2FF, 0xFF0A6CA3 },
        { Token::Stage2, "stage2", 0xFFB48CFF, 0xFF7A45D1 },
        { Token::Stage3, "stage3", 0xFFFF9F45, 0xFFA35200 },
        { Token::Stage4, "stage4", 0xFFFF6B9A, 0xFFBD265F },
    } };

    double luminance(const QColor& c)
    {
        const auto linear
            = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    }

}

const std::array<TokenRow, TokenCount>& tokenTable() { return table; }

QColor colour(Token token, Tone tone)
{
    const TokenRow& row = table[static_cast<std::size_t>(token)];
    return QColor::fromRgb(tone == Tone::Dark ? row.dark : row.light);
}

QColor colour(Token token, const QPalette& palette) { return colour(token, toneOf(palette)); }

Tone toneOf(const QPalette& palette)
{
    QColor ground = palette.color(QPalette::Active, QPalette::Window);
    // A style sheet that lets the ground through leaves its widget a palette that says nothing.
    if (ground.alpha() < 255)
        ground = QGuiApplication::palette().color(QPalette::Active, QPalette::Window);
    return ground.lightness() < 128 ? Tone::Dark : Tone::Light;
}

QPalette paletteOf(Tone tone)
{
    const auto c = [tone](Token token) { return colour(token, tone); };
    QPalette p;
    p.setColor(QPalette::Window, c(Token::Window));
    p.setColor(QPalette::WindowText, c(Token::Text));
    p.setColor(QPalette::Base, c(Token::Card));
    p.setColor(QPalette::AlternateBase, c(Token::Panel));
    p.setColor(QPalette::Text, c(Token::Text));
    p.setColor(QPalette::PlaceholderText, c(Token::Text3));
    p.setColor(QPalette::Button, c(Token::Card));
    p.setColor(QPalette::ButtonText, c(Token::Text));
    p.setColor(QPalette::BrightText, c(Token::Critical));
    p.setColor(QPalette::Highlight, c(Token::Selected));
    p.setColor(QPalette::HighlightedText, c(Token::Text));
    p.setColor(QPalette::ToolTipBase, c(Token::Hover));
    p.setColor(QPalette::ToolTipText, c(Token::Text));
    p.setColor(QPalette::Link, c(Token::Accent));
    p.setColor(QPalette::LinkVisited, c(Token::Accent));
    p.setColor(QPalette::Light, c(Token::Hover));
    p.setColor(QPalette::Midlight, c(Token::Hover));
    p.setColor(QPalette::Mid, c(Token::Line));
    p.setColor(QPalette::Dark, c(Token::Line));
    p.setColor(QPalette::Shadow, c(Token::Window));
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        p.setColor(QPalette::Disabled, role, c(Token::Text3));
    return p;
}

Token severityToken(Severity severity)
{
    static constexpr std::array tokens { Token::Info, Token::Low, Token::Medium, Token::High,
        Token::Critical };
    return tokens[std::min<std::size_t>(static_cast<std::size_t>(severity), tokens.size() - 1)];
}

Token stageToken(Stage stage)
{
    static constexpr std::array tokens { Token::Info, Token::Stage1, Token::Stage2, Token::Stage3,
        Token::Stage4 };
    return stage < tokens.size() ? tokens[stage] : Token::Info;
}

QColor blend(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
    return QColor::fromRgb(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

double contrast(const QColor& a, const QColor& b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace glacis::ui
