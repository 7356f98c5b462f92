// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/buttons.h>

#include <theme/type.h>
#include <widgets/outside_text.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QTimer>

#include <array>

namespace glacis::ui {

using namespace Qt::StringLiterals;

QPushButton* makeButton(const QString& text, ButtonKind kind, QWidget* parent)
{
    static const std::array kinds { u"plain"_s, u"primary"_s, u"quiet"_s, u"link"_s, u"warning"_s,
        u"status"_s };
    auto* button = new QPushButton(text, parent);
    button->setProperty("kind", kinds[static_cast<std::size_t>(kind)]);
    button->setAutoDefault(false);
    if (kind == ButtonKind::Link)
        button->setCursor(Qt::PointingHandCursor);
    if (kind == ButtonKind::Status || kind == ButtonKind::Warning)
        button->setFont(typeFont(Type::Caption));
    return button;
}

QToolButton* makeIconButton(Glyph glyph, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(glyphIcon(glyph));
    button->setIconSize({ scaled(16), scaled(16) });
    button->setAccessibleName(name);
    button->setToolTip(toolTipText(name));
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

CopyButton::CopyButton(const QString& name, std::function<QString()> text, QWidget* parent)
    : QToolButton(parent)
    , m_text(std::move(text))
{
    setIcon(glyphIcon(Glyph::Copy));
    setIconSize({ scaled(14), scaled(14) });
    setAccessibleName(name);
    setToolTip(toolTipText(name));
    setProperty("kind", u"small"_s);
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QToolButton::clicked, this, &CopyButton::copy);
}

void CopyButton::copy()
{
    QGuiApplication::clipboard()->setText(m_text());
    setIcon(glyphIcon(Glyph::Check, Token::Pass));
    QTimer::singleShot(1200, this, [this] { setIcon(glyphIcon(Glyph::Copy)); });
}

} // namespace glacis::ui
