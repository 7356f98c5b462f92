// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_window.h"

#include "real_clusters.h"

#include <clusters/exec_gate.h>
#include <gallery/gallery.h>
#include <inventory/practice.h>
#include <shell/main_window.h>
#include <theme/motion.h>

#include <QApplication>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

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

    /// currentContext: of the kubeconfigs, where a cluster is wanted and no context is named.
    workspace::SourceRequest requestOf(const WindowOptions& options, const std::string& currentContext)
    {
        workspace::SourceRequest request { options.paths, options.snapshot, options.facts, options.policy,
            options.scope, options.practice, {} };
        if (!options.context.empty() || !options.kubeconfigs.empty()) {
            request.cluster.emplace();
            request.cluster->set = "usual";
            request.cluster->context = options.context.empty() ? currentContext : options.context;
        }
        if (!request.empty() || options.empty)
            return request;
        // Everything works before any cluster is connected.
        if (const auto practice = inventory::practiceClusters(); !practice.empty())
            request.practice = practice.front().name;
        return request;
    }

    /// Calls `then` on this thread with the name of the current context. It is read on another, which nobody
    /// waits for: a home may lie on a network that hangs.
    class CurrentContext : public QTimer {
    public:
        CurrentContext(std::function<std::string()> read, std::function<void(const std::string&)> then)
            : m_then(std::move(then))
        {
            connect(this, &QTimer::timeout, this, &CurrentContext::look);
            start(20);
            try {
                std::thread([answer = m_answer, read = std::move(read)] { answer->take(read()); }).detach();
            } catch (const std::system_error&) {
                m_answer->take({}); // the loader will tell
            }
        }

    private:
        struct Answer {
            std::mutex mutex;
            std::optional<std::string> name;
            void take(std::string text)
            {
                const std::lock_guard lock(mutex);
                name = std::move(text);
            }
        };
        void look()
        {
            std::optional<std::string> name;
            {
                const std::lock_guard lock(m_answer->mutex);
                name = m_answer->name;
            }
            if (!name)
                return;
            stop();
            m_then(*name);
        }
        std::shared_ptr<Answer> m_answer = std::make_shared<Answer>();
        std::function<void(const std::string&)> m_then;
    };

    bool savePicture(const QPixmap& picture, const QString& file)
    {
        if (picture.save(file, "PNG"))
            return true;
        std::fprintf(stderr, "glacis: the picture %s cannot be written\n", qPrintable(file));
        return false;
    }

    int runGallery(const WindowOptions& options)
    {
        Gallery gallery;
        if (options.width > 0 && options.height > 0)
            gallery.resize(options.width, options.height);
        gallery.show();
        if (options.screenshot.empty())
            return QApplication::exec();
        QCoreApplication::processEvents();
        return savePicture(gallery.picture(), QString::fromStdString(options.screenshot)) ? 0 : 2;
    }

    /// The tour is for who just opened the program, not for who came with a file to look at.
    bool isFirstStart(const WindowOptions& options, const Settings& settings)
    {
        return options.tour == 0 && !options.empty && !settings.tourSeen() && options.paths.empty()
            && options.snapshot.empty() && options.practice.empty() && options.context.empty()
            && options.kubeconfigs.empty();
    }

    void afterFirstAssessment(
        QObject& context, const workspace::Workspace& workspace, const std::function<void()>& then)
    {
        auto* once = new QObject(&context);
        QObject::connect(&workspace, &workspace::Workspace::assessmentReady, once, [once, then] {
            once->deleteLater();
            QTimer::singleShot(0, once->parent(), then);
        });
    }

    Location placeOf(const WindowOptions& options)
    {
        const QString at = QString::fromStdString(options.at);
        const bool isItem = at.startsWith(u"node:"_s) || at.startsWith(u"way:"_s) || at.startsWith(u"edge:"_s)
            || at.startsWith(u"option:"_s);
        return { QString::fromStdString(options.page), isItem ? QString() : at, {}, isItem ? at : QString() };
    }

    /// Waits until nothing is under way, lets the event loop lay out and paint, then saves the picture and
    /// quits.
    class Photographer : public QObject {
    public:
        Photographer(MainWindow& window, const workspace::Workspace& workspace, QString file,
            std::function<void()> pose)
            : m_window(window)
            , m_file(std::move(file))
            , m_pose(std::move(pose))
        {
            connect(&workspace, &workspace::Workspace::loadingFailed, this, [this] { m_code = 1; });
            connect(&m_timer, &QTimer::timeout, this, &Photographer::look);
            m_timer.start(30);
        }

    private:
        void look()
        {
            constexpr int calmLooks = 3, poseLooks = 10;
            m_calm = m_window.isSettled() ? m_calm + 1 : 0;
            if (m_calm < calmLooks)
                return;
            if (m_pose) { // what is asked for on top of the page, once the page stands
                std::exchange(m_pose, {})();
                m_calm = -poseLooks;
                return;
            }
            m_timer.stop();
            QCoreApplication::exit(savePicture(m_window.grab(), m_file) ? m_code : 2);
        }
        MainWindow& m_window;
        QString m_file;
        std::function<void()> m_pose;
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
    if (options.rtl)
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    Theme theme(app);
    theme.setTextScale(settings.textScale());
    theme.choose(Theme::choiceFromName(
        options.theme.empty() ? settings.theme() : QString::fromStdString(options.theme)));
    setMotionReduced(picture || settings.motionReduced());
    if (options.gallery)
        return runGallery(options);
    ExecGate gate; // outlives whoever asks it
    RealClusters clusters(gate, options.kubeconfigs);
    workspace::Workspace workspace(workspace::makeLoader(clusters.loadServices()));
    MainWindow window(workspace, theme, settings, clusters.services(), &gate);
    QApplication::setApplicationDisplayName({}); // the window's title names the program itself
    if (options.width > 0 && options.height > 0)
        window.resize(options.width, options.height);
    const Location place = placeOf(options);
    if (!options.page.empty())
        window.go({ place.page, {}, {} });
    window.show();
    const auto pose = [&window, &options, place] {
        if (!place.filter.isEmpty() || !place.item.isEmpty())
            window.go(
                place.page.isEmpty() ? Location { window.here().page, place.filter, {}, place.item } : place);
        if (options.tour > 0)
            window.startTour(options.tour - 1);
        if (options.palette)
            window.openPalette(QString::fromStdString(*options.palette));
    };
    // The first frame comes before any file is touched.
    std::optional<CurrentContext> currentContext;
    std::optional<Photographer> photographer;
    const std::function<void(const std::string&)> begin = [&](const std::string& current) {
        if (workspace.request().empty()) // else a person opened something meanwhile
            window.open(requestOf(options, current));
        if (picture)
            photographer.emplace(window, workspace, QString::fromStdString(options.screenshot), pose);
    };
    QTimer::singleShot(0, &window, [&] {
        if (options.context.empty() && !options.kubeconfigs.empty())
            currentContext.emplace(clusters.currentContext(), begin);
        else
            begin({});
    });
    if (!picture)
        afterFirstAssessment(window, workspace, [&window, &options, &settings, pose] {
            pose();
            if (isFirstStart(options, settings))
                window.startTour();
        });
    return QApplication::exec();
}

} // namespace glacis::ui
