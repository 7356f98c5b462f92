// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_window.h"

#include <inventory/practice.h>
#include <shell/main_window.h>

#include <QApplication>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <optional>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    bool hasDisplay()
    {
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
        return true;
#else
        return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || !qEnvironmentVariable("DISPLAY").isEmpty()
            || !qEnvironmentVariable("WAYLAND_DISPLAY").isEmpty();
#endif
    }

    workspace::SourceRequest requestOf(const WindowOptions& options)
    {
        workspace::SourceRequest request { options.paths, options.snapshot, options.facts, options.policy,
            options.scope, options.practice };
        if (!request.empty() || options.empty)
            return request;
        // Everything works before any cluster is connected.
        if (const auto clusters = inventory::practiceClusters(); !clusters.empty())
            request.practice = clusters.front().name;
        return request;
    }

    /// Waits until nothing is under way, lets the event loop lay out and paint, then saves the picture and
    /// quits.
    class Photographer : public QObject {
    public:
        Photographer(MainWindow& window, const workspace::Workspace& workspace, QString file)
            : m_window(window)
            , m_file(std::move(file))
        {
            connect(&workspace, &workspace::Workspace::loadingFailed, this, [this] { m_code = 1; });
            connect(&m_timer, &QTimer::timeout, this, &Photographer::look);
            m_timer.start(30);
        }

    private:
        void look()
        {
            constexpr int calmLooks = 3;
            m_calm = m_window.isSettled() ? m_calm + 1 : 0;
            if (m_calm < calmLooks)
                return;
            m_timer.stop();
            if (!m_window.grab().save(m_file, "PNG")) {
                std::fprintf(stderr, "glacis: the picture %s cannot be written\n", qPrintable(m_file));
                m_code = 2;
            }
            QCoreApplication::exit(m_code);
        }
        MainWindow& m_window;
        QString m_file;
        QTimer m_timer;
        int m_calm = 0;
        int m_code = 0;
    };

}

int runWindow(int& argc, char** argv, const WindowOptions& options)
{
    const bool picture = !options.screenshot.empty();
    if (!hasDisplay()) {
        if (!picture) {
            std::fputs(
                "glacis: there is no display. The command line works without one: glacis scan --path DIR\n",
                stderr);
            return 2;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    if (options.scale > 0)
        qputenv("QT_SCALE_FACTOR", QByteArray::number(options.scale));
    QApplication app(argc, argv);
    QApplication::setApplicationName(u"glacis"_s);
    QApplication::setApplicationDisplayName(u"Glacis"_s);
    QApplication::setApplicationVersion(QStringLiteral(GLACIS_VERSION));
    QApplication::setDesktopFileName(u"glacis"_s);

    // A picture must not depend on, or change, what a person's own window remembers.
    std::optional<QTemporaryDir> scratch;
    if (picture)
        scratch.emplace();
    Settings settings = picture ? Settings(scratch->filePath(u"glacis.ini"_s)) : Settings();
    Theme theme(app);
    theme.choose(Theme::choiceFromName(
        options.theme.empty() ? settings.theme() : QString::fromStdString(options.theme)));
    workspace::Workspace workspace;
    MainWindow window(workspace, theme, settings);
    QApplication::setApplicationDisplayName({}); // the window's title names the program itself
    if (options.width > 0 && options.height > 0)
        window.resize(options.width, options.height);
    if (!options.page.empty())
        window.go({ QString::fromStdString(options.page), {}, {} });
    window.show();
    // The first frame comes before any file is touched.
    QTimer::singleShot(0, &window, [&window, &options] { window.open(requestOf(options)); });
    std::optional<Photographer> photographer;
    if (picture)
        photographer.emplace(window, workspace, QString::fromStdString(options.screenshot));
    return QApplication::exec();
}

} // namespace glacis::ui
