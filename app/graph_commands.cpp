// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The commands that read the attack graph: paths, fixes, edges.
#include <app/run.h>

#include <app/commands.h>
#include <app/console.h>
#include <app/nearest.h>
#include <app/output_file.h>
#include <attack/describe.h>
#include <report/paths.h>
#include <report/plain.h>

namespace glacis::app {
namespace {
    /// The graph and the search that the options ask for: the assessment's own unless --from or --to say
    /// else.
    struct Asked {
        attack::Graph changed; ///< with another goal; empty otherwise
        const attack::Graph* graph = nullptr;
        std::unique_ptr<attack::Search> own;
        const attack::Search* search = nullptr;
    };

    Result<void> ask(
        const Options& options, const assessment::Assessment& assessment, const StopToken& stop, Asked& asked)
    {
        asked.graph = &assessment.graph;
        asked.search = assessment.search.get();
        if (options.from.empty() && options.to.empty())
            return {};
        auto entry = attack::findNode(assessment.graph, options.from.empty() ? "internet" : options.from);
        if (!entry)
            return failure("--from: " + entry.error().message);
        if (!options.to.empty()) {
            const auto goal = attack::findNode(assessment.graph, options.to);
            if (!goal)
                return failure("--to: " + goal.error().message);
            asked.changed = assessment.graph;
            asked.changed.jewels = { *goal };
            asked.graph = &asked.changed;
        }
        asked.own = std::make_unique<attack::Search>(*asked.graph, *entry, stop);
        asked.search = asked.own.get();
        return {};
    }

    report::PathOptions pathOptions(const Options& options)
    {
        const bool toTerminal = options.output.empty() || options.output == "-";
        report::PathOptions out;
        out.limited = options.limit.has_value();
        out.limit = options.limit.value_or(out.limit);
        out.colour = toTerminal && wantsColour(Stream::Output);
        out.width = toTerminal ? columns(Stream::Output) : out.width;
        out.sourceArgument = sourceArgument(options);
        return out;
    }

    template <class Write> int run(const Options& options, const Write& write)
    {
        Interrupt interrupt;
        const auto done = assess(options, interrupt);
        if (!done)
            return interrupt.requested() ? interrupted() : fail(done.error());
        Asked asked;
        if (const auto ready = ask(options, *done->assessment, interrupt.token(), asked); !ready)
            return fail(ready.error());
        return finish(options, interrupt, *done, write(*done->assessment, asked));
    }
}

int paths(const Options& options)
{
    return run(options, [&](const assessment::Assessment& assessment, const Asked& asked) {
        const report::PathOptions out = pathOptions(options);
        if (options.format == Format::Json)
            return report::writePathsJson(*asked.graph, *asked.search, out);
        if (options.format == Format::Dot)
            return report::writePathsDot(*asked.graph, *asked.search, out);
        return report::writePathsText(assessment, *asked.graph, *asked.search, out);
    });
}

int fixes(const Options& options)
{
    return run(options, [&](const assessment::Assessment& assessment, const Asked& asked) {
        if (options.format == Format::Json)
            return report::writeFixesJson(assessment, *asked.graph, *asked.search, options.minimal);
        return report::writeFixesText(
            assessment, *asked.graph, *asked.search, options.minimal, pathOptions(options));
    });
}

int edges(const Options& options)
{
    const auto catalogue = attack::EdgeCatalogue::load();
    if (!catalogue)
        return fail(catalogue.error());
    std::string id = options.checkId;
    for (char& c : id)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '-' ? '_' : c;
    const std::string text
        = report::writeEdgeKinds(*catalogue, id, wantsColour(Stream::Output), columns(Stream::Output));
    if (text.empty()) {
        std::vector<std::string> known;
        for (const attack::EdgeInfo& info : catalogue->edges())
            known.push_back(info.id);
        return fail(Error {
            "unknown kind of step '" + report::plain(options.checkId) + "'" + suggestion(id, known) });
    }
    const auto written = writeOutput(text, {});
    return written ? ExitDone : fail(written.error());
}

} // namespace glacis::app
