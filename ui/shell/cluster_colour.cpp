// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/cluster_colour.h>

#include <shell/settings.h>

#include <base/hash.h>

#include <QCoreApplication>
#include <QFileInfo>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <array>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr std::array colours { ClusterColour {
                                       QT_TRANSLATE_NOOP("ClusterColour", "Blue"), Token::Stage1 },
        ClusterColour { QT_TRANSLATE_NOOP("ClusterColour", "Violet"), Token::Stage2 },
        ClusterColour { QT_TRANSLATE_NOOP("ClusterColour", "Orange"), Token::Stage3 },
        ClusterColour { QT_TRANSLATE_NOOP("ClusterColour", "Pink"), Token::Stage4 },
        ClusterColour { QT_TRANSLATE_NOOP("ClusterColour", "Green"), Token::Pass },
        ClusterColour { QT_TRANSLATE_NOOP("ClusterColour", "Yellow"), Token::Medium },
        ClusterColour { QT_TRANSLATE_NOOP("ClusterColour", "Red"), Token::Critical },
        ClusterColour { QT_TRANSLATE_NOOP("ClusterColour", "Grey"), Token::Info } };
    constexpr std::size_t derivable = 4; ///< the first ones: those that say neither good nor bad
    constexpr std::uint64_t seed
        = 12; ///< fixed: the colour outlives the process; the first practice clusters differ

    class DotEngine : public QIconEngine {
    public:
        explicit DotEngine(Token token)
            : m_token(token)
        {
        }
        void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override
        {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(colour(m_token, QGuiApplication::palette()));
            const double side = std::min(rect.width(), rect.height()) * 0.625;
            QRectF dot(0, 0, side, side);
            dot.moveCenter(QRectF(rect).center());
            painter->drawEllipse(dot);
            painter->restore();
        }
        QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
        {
            QPixmap pixmap(size);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            paint(&painter, QRect(QPoint(), size), mode, state);
            return pixmap;
        }
        [[nodiscard]] QIconEngine* clone() const override { return new DotEngine(m_token); }

    private:
        Token m_token;
    };

}

std::span<const ClusterColour> clusterColours() { return colours; }

QString sourceKey(const workspace::SourceRequest& request)
{
    if (!request.practice.empty())
        return u"practice:"_s + QString::fromStdString(request.practice);
    if (request.cluster)
        return QString::fromStdString("context:" + request.cluster->set + '/' + request.cluster->context);
    const std::string& path
        = request.snapshot.empty() && !request.paths.empty() ? request.paths.front() : request.snapshot;
    if (path.empty() || path == "-")
        return QString::fromStdString(path);
    return QFileInfo(QString::fromStdString(path)).absoluteFilePath();
}

std::size_t derivedColour(const QString& key)
{
    return static_cast<std::size_t>(hash64(key.toStdString(), seed) % derivable);
}

Token clusterToken(const QString& key, const Settings& settings)
{
    const int chosen = settings.clusterColour(key);
    const std::size_t index = chosen >= 0 && chosen < static_cast<int>(colours.size())
        ? static_cast<std::size_t>(chosen)
        : derivedColour(key);
    return colours[index].token;
}

QString colourName(const ClusterColour& colour)
{
    return QCoreApplication::translate("ClusterColour", colour.name);
}

QIcon colourIcon(Token token) { return QIcon(new DotEngine(token)); }

} // namespace glacis::ui
