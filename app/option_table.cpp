// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/option_table.h>

#include <charconv>
#include <cstdlib>

#include <app/nearest.h>
#include <base/text.h>

namespace glacis::app {
namespace {
    constexpr unsigned W = bit(Command::Window);
    constexpr unsigned S = bit(Command::Scan);
    constexpr unsigned N = bit(Command::Snapshot);
    constexpr unsigned P = bit(Command::Paths);
    constexpr unsigned F = bit(Command::Fixes);
    constexpr unsigned C = bit(Command::Checks) | bit(Command::Edges);
    constexpr unsigned R = bit(Command::Report);
    constexpr unsigned L = bit(Command::Role);
    constexpr unsigned A = S | P | F | R; ///< commands that assess

    struct FormatName {
        std::string_view name;
        Format format;
    };
    constexpr std::array Formats { FormatName { "text", Format::Text }, FormatName { "json", Format::Json },
        FormatName { "sarif", Format::Sarif }, FormatName { "csv", Format::Csv },
        FormatName { "markdown", Format::Markdown }, FormatName { "junit", Format::Junit },
        FormatName { "dot", Format::Dot }, FormatName { "html", Format::Html },
        FormatName { "pdf", Format::Pdf } };
    constexpr std::array Severities { Severity::Critical, Severity::High, Severity::Medium, Severity::Low,
        Severity::Info };

    tl::unexpected<Error> unknownWord(
        std::string_view what, const std::string& word, const std::vector<std::string>& known)
    {
        std::string message = "unknown " + std::string(what) + " '" + word + "'; known are ";
        for (std::size_t i = 0; i < known.size(); ++i)
            message += (i ? ", " : "") + known[i];
        return failure(message);
    }

    Result<void> setFormat(Options& o, const std::string& value)
    {
        std::vector<std::string> known;
        for (const FormatName& f : Formats) {
            if (f.name == value) {
                o.format = f.format;
                o.formatAsked = true;
                return {};
            }
            known.emplace_back(f.name);
        }
        return unknownWord("format", value, known);
    }

    Result<void> setFailOn(Options& o, const std::string& value)
    {
        o.failOn = severityFromName(value);
        if (o.failOn)
            return {};
        std::vector<std::string> known;
        for (const Severity s : Severities)
            known.emplace_back(glacis::name(s));
        return unknownWord("severity", value, known);
    }

    Result<void> setTheme(Options& o, const std::string& value)
    {
        if (value != "dark" && value != "light" && value != "system")
            return unknownWord("theme", value, { "dark", "light", "system" });
        o.theme = value;
        return {};
    }

    Result<void> setScope(Options& o, inventory::Scope scope)
    {
        if (o.scope && *o.scope != scope)
            return failure("--as-cluster and --as-manifests exclude each other");
        o.scope = scope;
        return {};
    }

    Result<void> addList(std::vector<std::string>& list, std::string_view option, const std::string& value)
    {
        for (const std::string_view item : split(value, ',')) {
            if (!trim(item).empty())
                list.emplace_back(trim(item));
        }
        if (list.empty())
            return failure(std::string(option) + " needs at least one name");
        return {};
    }

    /// "90", "90s", "5m", "1h"
    Result<void> setTimeout(Options& o, const std::string& value)
    {
        struct Unit {
            char letter;
            int seconds;
        };
        constexpr Unit units[] { { 's', 1 }, { 'm', 60 }, { 'h', 3600 } };
        std::string_view number = value;
        std::int64_t factor = 1;
        for (const Unit& unit : units) {
            if (value.ends_with(unit.letter)) {
                factor = unit.seconds;
                number.remove_suffix(1);
                break;
            }
        }
        const auto count = parseInteger(number);
        if (!count || *count < 1 || *count > 86'400 / factor)
            return failure(
                "--timeout needs a time up to 24 hours, such as 90s, 5m or 1h, not '" + value + "'");
        o.timeout = std::chrono::seconds(*count * factor);
        return {};
    }

    Result<void> setSize(Options& o, const std::string& value)
    {
        const std::size_t x = value.find('x');
        const auto width = parseInteger(value.substr(0, x));
        const auto height = x == std::string::npos ? std::nullopt : parseInteger(value.substr(x + 1));
        if (!width || !height || *width < 1 || *height < 1 || *width > 16384 || *height > 16384)
            return failure("--size needs WIDTHxHEIGHT, such as 1440x900");
        o.width = static_cast<int>(*width);
        o.height = static_cast<int>(*height);
        return {};
    }

    Result<void> setLimit(Options& o, const std::string& value)
    {
        const auto number = parseInteger(value);
        if (!number || *number < 0 || *number > 1'000'000)
            return failure("--limit needs a number from 0 to 1000000");
        o.limit = static_cast<std::size_t>(*number);
        return {};
    }

    Result<void> setEdition(Options& o, const std::string& value)
    {
        const auto edition = report::editionFromName(value);
        if (!edition)
            return unknownWord("edition", value, { "management", "engineer", "audit" });
        o.edition = *edition;
        return {};
    }

    Result<void> setWithout(Options& o, const std::string& value)
    {
        std::vector<std::string> names;
        if (const auto read = addList(names, "--without", value); !read)
            return read;
        for (const std::string& name : names) {
            const auto section = report::sectionFromName(name);
            if (!section) {
                std::vector<std::string> known;
                for (const report::Section s : report::sectionsOf(report::Edition::Audit))
                    known.emplace_back(report::name(s));
                return unknownWord("section", name, known);
            }
            o.without.insert(*section);
        }
        return {};
    }

    /// Of a report the name says the format, unless --format does.
    Result<void> setOutput(Options& o, const std::string& value)
    {
        o.output = value;
        if (o.command != Command::Report || o.formatAsked)
            return {};
        struct Ending {
            std::string_view end;
            Format format;
        };
        constexpr Ending endings[] { { ".pdf", Format::Pdf }, { ".html", Format::Html },
            { ".htm", Format::Html }, { ".md", Format::Markdown }, { ".markdown", Format::Markdown } };
        const std::string lower = toLower(value);
        for (const Ending& ending : endings)
            if (lower.ends_with(ending.end)) {
                o.format = ending.format;
                o.formatAsked = true;
            }
        return {};
    }

    Result<void> setPaper(Options& o, const std::string& value)
    {
        if (value != "a4" && value != "letter")
            return unknownWord("paper", value, { "a4", "letter" });
        o.letter = value == "letter";
        return {};
    }

    Result<void> setDate(Options& o, const std::string& value)
    {
        o.date = parseIsoTime(value.size() == 10 ? value + "T00:00:00Z" : value);
        if (!o.date)
            return failure(
                "--date needs a date such as 2026-11-20 or 2026-11-20T10:00:00Z, not '" + value + "'");
        return {};
    }

    Result<void> setThreads(Options& o, const std::string& value)
    {
        const auto number = parseInteger(value);
        if (!number || *number < 1 || *number > 64)
            return failure("--threads needs a number from 1 to 64");
        o.threads = static_cast<unsigned>(*number);
        return {};
    }

    Result<void> setTour(Options& o, const std::string& value)
    {
        const auto number = parseInteger(value);
        if (!number || *number < 1 || *number > 99)
            return failure("--tour needs the number of a step, from 1");
        o.tour = static_cast<unsigned>(*number);
        return {};
    }

    Result<void> setScale(Options& o, const std::string& value)
    {
        char* end = nullptr;
        o.scale = std::strtod(value.c_str(), &end);
        if (value.empty() || *end != 0 || !(o.scale >= 0.5 && o.scale <= 4))
            return failure("--scale needs a number from 0.5 to 4");
        return {};
    }

    const std::array Table {
        OptionSpec { "--path", 0, "FILE|DIR|-", W | A | N, Group::Source,
            "Read YAML or JSON: manifests, lists, output of kubectl get -o json|yaml or cluster-info dump. A "
            "folder is "
            "walked, - is standard input. May be repeated.",
            [](Options& o, const std::string& v) -> Result<void> {
                o.paths.push_back(v);
                return {};
            } },
        OptionSpec { "--snapshot", 0, "FILE.glacis", W | A | N, Group::Source,
            "Read a snapshot that was saved before.",
            [](Options& o, const std::string& v) -> Result<void> {
                if (!o.snapshot.empty())
                    return failure("--snapshot may be given once");
                o.snapshot = v;
                return {};
            } },
        OptionSpec { "--practice", 0, "NAME", W | A | N, Group::Source,
            "Read a cluster that was invented to practise on; it contacts nothing. votelab, votelab-hardened "
            "and "
            "variants.",
            [](Options& o, const std::string& v) -> Result<void> {
                if (!o.practice.empty())
                    return failure("--practice may be given once");
                o.practice = v;
                return {};
            } },
        OptionSpec { "--context", 0, "NAME", W | A | N, Group::Source,
            "Read the cluster of this context (default of commands: the current context). Nothing in it is changed, "
            "and no value of a Secret is asked for.",
            [](Options& o, const std::string& v) -> Result<void> {
                if (!o.context.empty())
                    return failure("--context may be given once");
                o.context = v;
                return {};
            } },
        OptionSpec { "--kubeconfig", 0, "FILE", W | A | N, Group::Source,
            "Read contexts from FILE instead of KUBECONFIG and ~/.kube/config. May be repeated; the first file that "
            "names an entry wins.",
            [](Options& o, const std::string& v) -> Result<void> {
                o.kubeconfigs.push_back(v);
                return {};
            } },
        OptionSpec { "--timeout", 0, "TIME", A | N, Group::Source,
            "Give up reading the cluster after TIME, such as 90s or 5m (default: never).", setTimeout },
        OptionSpec { "--allow-exec", 0, "", A | N, Group::Source,
            "Run the credential plugin that the context names without asking. Otherwise it runs when it was approved "
            "before, or is approved on the terminal.",
            [](Options& o, const std::string&) -> Result<void> {
                o.allowExec = true;
                return {};
            } },
        OptionSpec { "--all-secret-names", 0, "", A | N, Group::Source,
            "Ask for the names of Secrets also in more than 500 namespaces; each is a request of its own.",
            [](Options& o, const std::string&) -> Result<void> {
                o.allSecretNames = true;
                return {};
            } },
        OptionSpec { "--facts", 0, "FILE", W | A | N, Group::Source,
            "Add what no object says: open ports, DNS answers, addresses. May be repeated.",
            [](Options& o, const std::string& v) -> Result<void> {
                o.facts.push_back(v);
                return {};
            } },
        OptionSpec { "--policy", 0, "FILE", W | A | N, Group::Source,
            "Apply waivers, severities, left out namespaces and credential rules.",
            [](Options& o, const std::string& v) -> Result<void> {
                o.policy = v;
                return {};
            } },
        OptionSpec { "--as-cluster", 0, "", W | A | N, Group::Source,
            "Judge the files as a whole cluster: what is absent counts as absent.",
            [](Options& o, const std::string&) { return setScope(o, inventory::Scope::Cluster); } },
        OptionSpec { "--as-manifests", 0, "", W | A | N, Group::Source,
            "Judge the files as a part of a cluster: nothing is concluded about nodes and control plane.",
            [](Options& o, const std::string&) { return setScope(o, inventory::Scope::Manifests); } },
        OptionSpec { "--check", 0, "ID,…", S, Group::Selection, "Show these checks only. May be repeated.",
            [](Options& o, const std::string& v) { return addList(o.checks, "--check", v); } },
        OptionSpec { "--namespace", 0, "NS,…", S, Group::Selection,
            "Show these namespaces only; of a cluster whose namespaces may not be listed, read these. May be repeated.",
            [](Options& o, const std::string& v) { return addList(o.namespaces, "--namespace", v); } },
        OptionSpec { "--all", 0, "", S, Group::Selection,
            "Show what is hidden otherwise: the platform's own parts, passed, not assessed and not "
            "applicable.",
            [](Options& o, const std::string&) -> Result<void> {
                o.all = true;
                return {};
            } },
        OptionSpec { "--namespace", 0, "NS,…", N | P | F | R, Group::Selection,
            "Read these namespaces of the cluster, where the identity may not list namespaces. May be repeated.",
            [](Options& o, const std::string& v) { return addList(o.namespaces, "--namespace", v); } },
        OptionSpec { "--with", 0, "PART,…", L, Group::Selection,
            "Add optional parts: configmaps, secret-metadata.",
            [](Options& o, const std::string& v) { return addList(o.with, "--with", v); } },
        OptionSpec { "--from", 0, "NODE", P | F, Group::Selection,
            "Where the attacker stands: internet (default), breach (some application is taken over), or any "
            "node "
            "of the graph, such as sa/ci/runner.",
            [](Options& o, const std::string& v) -> Result<void> {
                o.from = v;
                return {};
            } },
        OptionSpec { "--to", 0, "NODE", P | F, Group::Selection,
            "What is to be reached: a crown jewel, such as all-secrets (default: each of them), or any node.",
            [](Options& o, const std::string& v) -> Result<void> {
                o.to = v;
                return {};
            } },
        OptionSpec { "--limit", 0, "N", P | F, Group::Selection,
            "Tell N of each class; 0 for all. Text tells 10.", setLimit },
        OptionSpec { "--minimal", 0, "", F, Group::Selection, "Only the smallest sets of changes.",
            [](Options& o, const std::string&) -> Result<void> {
                o.minimal = true;
                return {};
            } },
        OptionSpec { "--format", 0, "FORMAT", S, Group::Output,
            "text (default), json, sarif, csv, markdown, html or junit.", setFormat },
        OptionSpec { "--format", 0, "FORMAT", R, Group::Output,
            "pdf, html or markdown; not needed where the file's name ends in .pdf, .html or .md.",
            setFormat },
        OptionSpec { "--format", 0, "FORMAT", P, Group::Output, "text (default), json or dot.", setFormat },
        OptionSpec { "--format", 0, "FORMAT", F, Group::Output, "text (default) or json.", setFormat },
        OptionSpec { "--edition", 0, "NAME", R, Group::Selection,
            "management (at most four pages), engineer (default: to work from) or audit (every finding and "
            "check).",
            setEdition },
        OptionSpec { "--without", 0, "SECTION,…", R, Group::Selection,
            "Leave sections out: summary, stages, attack-path, plan, findings, rbac, secrets, compliance, "
            "accepted, "
            "checks, inventory, method, glossary.",
            setWithout },
        OptionSpec { "--redact-names", 0, "", R, Group::Selection,
            "Replace the names of objects, hosts, images and files by stable pseudonyms.",
            [](Options& o, const std::string&) -> Result<void> {
                o.redactNames = true;
                return {};
            } },
        OptionSpec { "--classification", 0, "TEXT", R, Group::Output,
            "Stands on every page, such as Confidential.",
            [](Options& o, const std::string& v) -> Result<void> {
                o.classification = v;
                return {};
            } },
        OptionSpec { "--logo", 0, "FILE", R, Group::Output, "A PNG or JPEG image for the cover.",
            [](Options& o, const std::string& v) -> Result<void> {
                o.logo = v;
                return {};
            } },
        OptionSpec { "--paper", 0, "NAME", R, Group::Output, "a4 (default) or letter.", setPaper },
        OptionSpec { "--date", 0, "DATE", R, Group::Output,
            "Date of the report, such as 2026-11-20 or 2026-11-20T10:00:00Z (default: now, or "
            "SOURCE_DATE_EPOCH).",
            setDate },
        OptionSpec { "--fail-on", 0, "SEVERITY", S, Group::Output,
            "Exit with 1 when a shown problem is at least that severe: critical, high, medium, low or info. "
            "Accepted "
            "ones and the platform's never count.",
            setFailOn },
        OptionSpec { "--strict", 0, "", A | N, Group::Output,
            "Exit with 2 when a part of the source could not be read.",
            [](Options& o, const std::string&) -> Result<void> {
                o.strict = true;
                return {};
            } },
        OptionSpec { "--output", 'o', "FILE", A | N | L, Group::Output,
            "Write to FILE; it appears whole or not at all.", setOutput },
        OptionSpec { "--quiet", 'q', "", A | N, Group::Output, "No progress; of the messages only errors.",
            [](Options& o, const std::string&) -> Result<void> {
                o.quiet = true;
                return {};
            } },
        OptionSpec { "--theme", 0, "NAME", W, Group::Window, "dark, light or system (default).", setTheme },
        OptionSpec { "--help", 'h', "", W | A | N | C | L, Group::General, "Show this text.",
            [](Options& o, const std::string&) -> Result<void> {
                o.help = true;
                return {};
            } },
        OptionSpec { "--version", 0, "", W | A | N | C | L, Group::General, "Show the version.",
            [](Options& o, const std::string&) -> Result<void> {
                o.version = true;
                return {};
            } },
        // Not there yet, but worth a better answer than "unknown option".
        OptionSpec { "--probe", 0, "KIND,…", S, Group::Hidden, "",
            [](Options&, const std::string&) -> Result<void> {
                return failure("there are no probes yet; state what you know with --facts");
            } },
        // For tests and screenshots.
        OptionSpec { "--threads", 0, "N", W | A | N, Group::Hidden, "", setThreads },
        OptionSpec { "--screenshot", 0, "FILE", W, Group::Hidden, "",
            [](Options& o, const std::string& v) -> Result<void> {
                o.screenshot = v;
                return {};
            } },
        OptionSpec { "--page", 0, "PAGE", W, Group::Hidden, "",
            [](Options& o, const std::string& v) -> Result<void> {
                o.page = v;
                return {};
            } },
        OptionSpec { "--at", 0, "FILTER|ITEM", W, Group::Hidden, "",
            [](Options& o, const std::string& v) -> Result<void> {
                o.at = v;
                return {};
            } },
        OptionSpec { "--palette", 0, "TEXT", W, Group::Hidden, "",
            [](Options& o, const std::string& v) -> Result<void> {
                o.palette = v;
                return {};
            } },
        OptionSpec { "--tour", 0, "STEP", W, Group::Hidden, "", setTour },
        OptionSpec { "--rtl", 0, "", W, Group::Hidden, "",
            [](Options& o, const std::string&) -> Result<void> {
                o.rtl = true;
                return {};
            } },
        OptionSpec { "--gallery", 0, "", W, Group::Hidden, "",
            [](Options& o, const std::string&) -> Result<void> {
                o.gallery = true;
                return {};
            } },
        OptionSpec { "--empty", 0, "", W, Group::Hidden, "",
            [](Options& o, const std::string&) -> Result<void> {
                o.empty = true;
                return {};
            } },
        OptionSpec { "--size", 0, "WxH", W, Group::Hidden, "", setSize },
        OptionSpec { "--scale", 0, "FACTOR", W, Group::Hidden, "", setScale },
    };

    constexpr std::array<std::string_view, 6> WindowExamples { "glacis",
        "open the window with a practice cluster", "glacis dump/",
        "open the window with the files of a folder", "kubectl get all -A -o json | glacis scan --path -",
        "assess what kubectl prints" };
    constexpr std::array<std::string_view, 12> ScanExamples { "glacis scan --practice votelab",
        "try it on a cluster that was invented to practise on", "glacis scan --context prod",
        "read a cluster and say what is wrong", "glacis scan --path manifests/",
        "what is wrong, for a person", "glacis scan --path dump/ --as-cluster --format json -o out.json",
        "for a program", "glacis scan --path manifests/ --format sarif --fail-on high -o glacis.sarif",
        "in a pipeline: exit code 1 from high on",
        "glacis scan --snapshot monday.glacis --check GL-POD-001,GL-RBAC-001",
        "two checks on a saved snapshot" };
    constexpr std::array<std::string_view, 6> PathsExamples { "glacis paths --practice votelab",
        "the ways in from the Internet, step by step",
        "glacis paths --path dump/ --from breach --to all-secrets",
        "from any application that was taken over",
        "glacis paths --path dump/ --format dot | dot -Tsvg -o paths.svg", "a picture of them" };
    constexpr std::array<std::string_view, 4> FixesExamples { "glacis fixes --practice votelab --minimal",
        "the fewest changes that close every certain way", "glacis fixes --path dump/ --to cluster-admin",
        "every change that closes a way to one crown jewel" };
    constexpr std::array<std::string_view, 6> ReportExamples {
        "glacis report --practice votelab -o votelab.pdf", "the report to work from",
        "glacis report --path dump/ --edition management --classification Confidential -o summary.pdf",
        "at most four pages, for those who decide",
        "glacis report --snapshot monday.glacis --edition audit --redact-names -o audit.html",
        "every finding and check, with names replaced by pseudonyms"
    };
    constexpr std::array<std::string_view, 4> EdgesExamples { "glacis edges",
        "every kind of step of an attacker", "glacis edges PRIVILEGED",
        "one kind: what the attacker does, when, how it is seen, what breaks it" };
    constexpr std::array<std::string_view, 4> SnapshotExamples {
        "glacis snapshot --path dump/ -o monday.glacis", "keep what was read; it holds no secret values",
        "glacis snapshot --context prod -o prod.glacis", "the same of a cluster, to look at it elsewhere"
    };
    constexpr std::array<std::string_view, 4> RoleExamples { "glacis role | kubectl apply -f -",
        "make the scanner's identity, with the least rights", "glacis role --with configmaps,secret-metadata",
        "with the parts that show more than structure" };
    constexpr std::array<std::string_view, 4> ChecksExamples { "glacis checks",
        "every check with severity and stage", "glacis checks GL-POD-001",
        "one check: why it matters, what to do" };

    const std::array Commands {
        CommandSpec { Command::Window, "", "glacis [FILE…] [options]\n  glacis COMMAND [options]",
            "shows how an attacker would cross a Kubernetes cluster; reads, never changes it",
            WindowExamples },
        CommandSpec { Command::Scan, "scan", "glacis scan SOURCE [options]",
            "assess a source and write what is wrong", ScanExamples },
        CommandSpec { Command::Paths, "paths", "glacis paths SOURCE [options]",
            "tell the open ways to the crown jewels, cheapest first", PathsExamples },
        CommandSpec { Command::Fixes, "fixes", "glacis fixes SOURCE [options]",
            "tell which changes close which ways, and the fewest that close all", FixesExamples },
        CommandSpec { Command::Report, "report", "glacis report SOURCE -o FILE.pdf|.html|.md [options]",
            "write a report for people: management, engineer or audit edition", ReportExamples },
        CommandSpec { Command::Snapshot, "snapshot", "glacis snapshot SOURCE -o FILE.glacis [options]",
            "save what was read, to assess it later", SnapshotExamples },
        CommandSpec { Command::Checks, "checks", "glacis checks [ID]", "list the checks, or explain one",
            ChecksExamples },
        CommandSpec { Command::Edges, "edges", "glacis edges [NAME]",
            "list the kinds of steps of the attack graph, or explain one", EdgesExamples },
        CommandSpec { Command::Role, "role", "glacis role [--with PART,…] [-o FILE]",
            "write the smallest ClusterRole that a scan needs", RoleExamples },
    };
}

bool formatFits(Command command, Format format)
{
    switch (command) {
    case Command::Scan:
        return format != Format::Dot && format != Format::Pdf;
    case Command::Paths:
        return format == Format::Text || format == Format::Json || format == Format::Dot;
    case Command::Fixes:
        return format == Format::Text || format == Format::Json;
    case Command::Report:
        return format == Format::Pdf || format == Format::Html || format == Format::Markdown
            || format == Format::Text;
    case Command::Window:
    case Command::Snapshot:
    case Command::Checks:
    case Command::Edges:
    case Command::Role:
        break;
    }
    return true; // they have no format to choose
}

std::string_view formatsOf(Command command)
{
    switch (command) {
    case Command::Paths:
        return "text, json or dot";
    case Command::Fixes:
        return "text or json";
    case Command::Report:
        return "pdf, html or markdown";
    default:
        return "text, json, sarif, csv, markdown, html or junit";
    }
}

std::span<const OptionSpec> optionTable() { return Table; }
std::span<const CommandSpec> commandTable() { return Commands; }

} // namespace glacis::app
