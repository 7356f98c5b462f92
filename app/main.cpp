// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One program: with a command it works without a display and without Qt's event loop, else the window opens.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <app/commands.h>
#include <app/console.h>
#include <app/options.h>
#include <app/output_file.h>

#ifdef GLACIS_HAS_WINDOW
#include <ui/draw_report.h>
#include <ui/run_window.h>
#include <workspace/workspace.h>
#endif

namespace {
using namespace glacis;

int show(const std::string& text)
{
    const auto written = app::writeOutput(text, {});
    return written ? app::ExitDone : app::ExitFailed;
}

int usageError(const std::string& message, const std::vector<std::string>& args)
{
    app::printError(message);
    std::string help = "glacis --help";
    for (const app::Command command :
        { app::Command::Scan, app::Command::Report, app::Command::Snapshot, app::Command::Checks }) {
        if (!args.empty() && args.front() == app::name(command))
            help = "glacis " + args.front() + " --help";
    }
    std::fprintf(stderr, "%s tells what there is.\n", help.c_str());
    return app::ExitFailed;
}

/// GLACIS_THREADS is what every room asks; set before any thread exists.
void limitThreads(unsigned threads)
{
    if (threads == 0)
        return;
    const std::string number = std::to_string(threads);
#ifdef _WIN32
    _putenv_s("GLACIS_THREADS", number.c_str());
#else
    setenv("GLACIS_THREADS", number.c_str(), 1);
#endif
}

#ifdef GLACIS_HAS_WINDOW
/// Qt would abort with a message about plugins; say what helps instead.
bool hasDisplay()
{
#if defined(__linux__) || defined(__FreeBSD__)
    for (const char* variable : { "WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM" }) {
        const char* value = std::getenv(variable);
        if (value && *value)
            return true;
    }
    return false;
#else
    return true;
#endif
}
#endif

int openWindow(
    [[maybe_unused]] int argc, [[maybe_unused]] char** argv, [[maybe_unused]] const app::Options& options)
{
#ifdef GLACIS_HAS_WINDOW
    if (!hasDisplay()) {
        app::printError("there is no display for the window; without one use a command, for example: glacis "
                        "scan --path FILE");
        return app::ExitFailed;
    }
    ui::WindowOptions window;
    window.paths = options.paths;
    window.snapshot = options.snapshot;
    window.practice = options.practice;
    window.context = options.context;
    window.kubeconfigs = options.kubeconfigs;
    window.empty = options.empty;
    window.facts = options.facts;
    window.policy = options.policy;
    window.scope = options.scope;
    window.theme = options.theme;
    window.page = options.page;
    window.screenshot = options.screenshot;
    window.at = options.at;
    window.palette = options.palette;
    window.tour = options.tour;
    window.rtl = options.rtl;
    window.gallery = options.gallery;
    window.width = options.width;
    window.height = options.height;
    window.scale = options.scale;
    return ui::runWindow(argc, argv, window);
#else
    app::printError("this build has no window; use a command, for example: glacis scan --path FILE");
    return app::ExitFailed;
#endif
}

#ifdef GLACIS_HAS_WINDOW
workspace::SourceRequest reportSource(const app::Options& options)
{
    workspace::SourceRequest source;
    source.paths = options.paths;
    source.snapshot = options.snapshot;
    source.practice = options.practice;
    if (app::readsCluster(options))
        source.cluster = workspace::ContextRequest { "usual", options.context, options.kubeconfigs };
    return source;
}
#endif

app::Drawing drawing()
{
    app::Drawing drawing;
#ifdef GLACIS_HAS_WINDOW
    const auto drawn = [](const app::ReportJob& job) {
        return ui::ReportDrawing { job.document, job.assessment, job.names, job.logo, job.letter };
    };
    drawing.pdf = [drawn](const app::ReportJob& job, const StopToken& stop) {
        return ui::drawReportPdf(drawn(job), stop);
    };
    drawing.pictures = [drawn](const app::ReportJob& job) { return ui::drawReportPictures(drawn(job)); };
    drawing.mark = [](const app::Options& options) { return ui::reportMark(reportSource(options)); };
#endif
    return drawing;
}

}

int main(int argc, char** argv)
{
    app::prepareConsole();
    const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
    const auto options = app::parseOptions(args);
    if (!options)
        return usageError(options.error().message, args);
    if (options->help)
        return show(app::helpText(options->command));
    if (options->version)
        return show("glacis " GLACIS_VERSION "\n");
    limitThreads(options->threads);
    if (options->command == app::Command::Window)
        return openWindow(argc, argv, *options);
    return app::runCommand(*options, drawing());
}
