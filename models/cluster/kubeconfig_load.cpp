// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which files, in which order, and how they become sets (client-go tools/clientcmd loader.go, merge.go). Two
// things of client-go are left out: it copies ~/.kube/.kubeconfig of old to the new place, and without a home
// it reads .kube/config of the working folder, where a stranger's repository could lay one.
#include <cluster/kubeconfig.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include <openssl/crypto.h>

#include <base/text.h>
#include <cluster/kubeconfig_fields.h>
#include <cluster/kubeconfig_file.h>
#include <cluster/kubeconfig_read.h>

namespace glacis::cluster {
namespace {

    namespace fs = std::filesystem;
    using inventory::Diagnostic;

    constexpr std::size_t maxFilesOfFolder = 2'000;
    constexpr std::size_t maxOddContexts = 100; // told

    std::string absolute(const std::string& path, const Environment& environment)
    {
        if (isNetworkPath(path))
            return path;
        const std::string full = resolvedPath(path, environment.workingFolder);
        return utf8Of(pathOf(full).lexically_normal());
    }

    /// Absolute, each once.
    std::vector<std::string> absolutes(const std::vector<std::string>& paths, const Environment& environment)
    {
        std::vector<std::string> result;
        for (const std::string& path : paths) {
            if (path.empty())
                continue;
            std::string full = absolute(path, environment);
            if (std::find(result.begin(), result.end(), full) == result.end())
                result.push_back(std::move(full));
        }
        return result;
    }

    /// The files of the usual set, and what their absence means.
    struct Usual {
        enum class Absence : std::uint8_t { Error, ToldWhenAllAre, Silent };
        std::vector<std::string> paths;
        Absence absence = Absence::Silent;
    };

    Usual usualFiles(const KubeconfigSources& sources, const Environment& environment)
    {
        if (!sources.usual)
            return {};
        if (!sources.files.empty())
            return { absolutes(sources.files, environment), Usual::Absence::Error };
        if (const auto list = environment.variable("KUBECONFIG"); list && !list->empty())
            return { absolutes(listMembers(*list, nativeStyle), environment),
                Usual::Absence::ToldWhenAllAre };
        const std::string home = homeFolder(environment, nativeStyle);
        if (home.empty())
            return {};
        return { absolutes({ utf8Of(pathOf(home) / ".kube" / "config") }, environment),
            Usual::Absence::Silent };
    }

    bool isFolder(const std::string& path)
    {
        std::error_code error;
        return !isNetworkPath(path) && fs::is_directory(pathOf(path), error);
    }

    bool hasUsualName(const fs::path& file)
    {
        static const std::set<std::string, std::less<>> endings { ".yaml", ".yml", ".json", ".conf",
            ".config", ".kubeconfig" };
        return endings.contains(toLower(utf8Of(file.extension()))) || file.filename() == "config"
            || file.filename() == "kubeconfig";
    }

    /// Regular files in the folder itself, in bytewise order; hidden ones are left out.
    std::vector<std::string> filesOf(const std::string& folder)
    {
        std::vector<std::string> files;
        std::error_code error;
        fs::directory_iterator it(pathOf(folder), error);
        for (std::size_t seen = 0; !error && it != fs::directory_iterator() && seen < maxFilesOfFolder;
             it.increment(error), ++seen) {
            std::error_code unread;
            const std::string name = utf8Of(it->path().filename());
            if (!name.starts_with('.') && it->is_regular_file(unread) && isValidUtf8(name))
                files.push_back(utf8Of(it->path()));
        }
        std::sort(files.begin(), files.end());
        return files;
    }

    class SetBuilder {
    public:
        SetBuilder(std::string id, std::string kubeFolder)
            : m_kubeFolder(std::move(kubeFolder))
        {
            m_set.id = std::move(id);
        }

        /// Adds a file that was found missing as well: places count in all of them.
        void add(const std::string& path)
        {
            SmallFile file = readSmallFile(path);
            if (file.state == SmallFile::State::Read) {
                addText(path, file.text);
                m_set.files.back().readableByOthers = file.readableByOthers;
                OPENSSL_cleanse(file.text.data(), file.text.size());
                return;
            }
            KubeconfigFile& entry = newFile(path);
            entry.state = file.state == SmallFile::State::Missing ? KubeconfigFile::State::Missing
                                                                  : KubeconfigFile::State::Broken;
            entry.error = path + " " + file.error;
            if (entry.state == KubeconfigFile::State::Broken)
                tell(Diagnostic::Level::Error, entry.path, 0, {}, entry.error);
        }

        void addText(const std::string& path, std::string_view text)
        {
            const auto index = static_cast<std::uint32_t>(m_set.files.size());
            KubeconfigFile& entry = newFile(path);
            ParsedKubeconfig parsed = parseKubeconfig(text, path, index);
            m_isSomethingElse = parsed.wellFormed && !parsed.looksLikeOne;
            if (!parsed.error.empty()) {
                entry.state = KubeconfigFile::State::Broken;
                entry.error = path + ", " + parsed.error;
            }
            std::move(
                parsed.diagnostics.begin(), parsed.diagnostics.end(), std::back_inserter(m_set.diagnostics));
            merge("cluster", parsed.clusters, m_set.clusters, m_clusters);
            merge("user", parsed.users, m_set.users, m_users);
            merge("context", parsed.contexts, m_set.contexts, m_contexts);
            mergeCurrent(parsed, index);
        }

        void missingIsError()
        {
            for (KubeconfigFile& file : m_set.files) {
                if (file.state == KubeconfigFile::State::Missing)
                    tell(Diagnostic::Level::Error, file.path, 0, {}, file.error);
            }
        }

        void tellWhenAllAreMissing()
        {
            const bool all = std::all_of(m_set.files.begin(), m_set.files.end(),
                [](const KubeconfigFile& file) { return file.state == KubeconfigFile::State::Missing; });
            std::string paths;
            for (const KubeconfigFile& file : m_set.files)
                paths += (paths.empty() ? "" : ", ") + file.path;
            if (all)
                tell(Diagnostic::Level::Warning, {}, 0, {},
                    paths.empty() ? "the variable KUBECONFIG names no file"
                                  : "none of the files that the variable KUBECONFIG names exists: " + paths);
        }

        /// The file that was added last is a document, but nothing of a kubeconfig stands in it.
        [[nodiscard]] bool isSomethingElse() const { return m_isSomethingElse; }

        KubeconfigSet take()
        {
            tellOddContexts();
            return std::move(m_set);
        }

    private:
        using Index = std::unordered_map<std::string, Place>;

        KubeconfigFile& newFile(const std::string& path)
        {
            KubeconfigFile& entry = m_set.files.emplace_back();
            entry.path = path;
            entry.outsideHome = m_kubeFolder.empty() || !path.starts_with(m_kubeFolder);
            return entry;
        }

        void tell(Diagnostic::Level level, std::string file, std::uint32_t line, std::string object,
            std::string message)
        {
            m_set.diagnostics.push_back({ .level = level,
                .file = std::move(file),
                .line = line,
                .document = 0,
                .object = std::move(object),
                .message = std::move(message) });
        }

        /// The first file that has a name has it as a whole; nothing is merged field by field.
        template <class Entry>
        void merge(const char* what, std::vector<Entry>& from, std::vector<Entry>& into, Index& index)
        {
            for (Entry& entry : from) {
                const auto [winner, fresh] = index.try_emplace(entry.name, entry.place);
                if (fresh)
                    into.push_back(std::move(entry));
                else
                    m_set.shadowed.push_back({ what, entry.name, winner->second, entry.place });
            }
        }

        void mergeCurrent(const ParsedKubeconfig& parsed, std::uint32_t file)
        {
            if (parsed.currentContext.empty())
                return;
            const Place place { file, parsed.currentContextLine };
            if (m_set.currentContext.empty()) {
                m_set.currentContext = parsed.currentContext;
                m_current = place;
            } else if (m_set.currentContext != parsed.currentContext) {
                m_set.shadowed.push_back({ "current-context", parsed.currentContext, m_current, place });
            }
        }

        void tellOddContexts()
        {
            std::size_t told = 0;
            for (const Context& context : m_set.contexts) {
                const auto odd = [&](const std::string& message) {
                    if (++told > maxOddContexts)
                        return;
                    tell(Diagnostic::Level::Warning, m_set.files[context.place.file].path, context.place.line,
                        "context " + context.name, message);
                };
                if (!context.cluster.empty() && !m_clusters.contains(context.cluster))
                    odd("the context " + inQuotes(context.name) + " names the cluster "
                        + inQuotes(context.cluster) + ", which no file has");
                if (!context.user.empty() && !m_users.contains(context.user))
                    odd("the context " + inQuotes(context.name) + " names the user " + inQuotes(context.user)
                        + ", which no file has");
            }
            if (!m_set.currentContext.empty() && !m_contexts.contains(m_set.currentContext))
                tell(Diagnostic::Level::Warning, m_set.files[m_current.file].path, m_current.line, {},
                    "the current context " + inQuotes(m_set.currentContext) + " does not exist");
        }

        KubeconfigSet m_set;
        std::string m_kubeFolder;
        Index m_clusters, m_users, m_contexts;
        Place m_current;
        bool m_isSomethingElse = false;
    };

    std::string kubeFolder(const Environment& environment)
    {
        const std::string home = homeFolder(environment, nativeStyle);
        return home.empty() ? std::string() : utf8Of(pathOf(absolute(home, environment)) / ".kube" / "");
    }

    template <class Entry> const Entry* findByName(const std::vector<Entry>& entries, std::string_view name)
    {
        const auto it = std::find_if(
            entries.begin(), entries.end(), [&](const Entry& entry) { return entry.name == name; });
        return it == entries.end() ? nullptr : &*it;
    }

} // namespace

const ClusterEntry* KubeconfigSet::cluster(std::string_view name) const { return findByName(clusters, name); }
const UserEntry* KubeconfigSet::user(std::string_view name) const { return findByName(users, name); }
const Context* KubeconfigSet::context(std::string_view name) const { return findByName(contexts, name); }

std::vector<KubeconfigSet> loadKubeconfigs(const KubeconfigSources& sources, const Environment& environment)
{
    const std::string folder = kubeFolder(environment);
    std::vector<KubeconfigSet> sets;
    const Usual usual = usualFiles(sources, environment);
    SetBuilder builder("usual", folder);
    for (const std::string& path : usual.paths)
        builder.add(path);
    if (usual.absence == Usual::Absence::Error)
        builder.missingIsError();
    if (usual.absence == Usual::Absence::ToldWhenAllAre)
        builder.tellWhenAllAreMissing();
    sets.push_back(builder.take());

    // A folder's file that the usual set has is not shown twice; a file that a person names is, since merging
    // may hide what is in it.
    std::set<std::string> seen(usual.paths.begin(), usual.paths.end());
    std::vector<std::string> folders;
    std::vector<KubeconfigSet> added;
    for (const std::string& path : absolutes(sources.added, environment)) {
        if (isFolder(path)) {
            folders.push_back(path);
            continue;
        }
        SetBuilder one(path, folder);
        one.add(path);
        one.missingIsError();
        added.push_back(one.take());
        seen.insert(path);
    }
    for (const std::string& parent : folders) {
        for (const std::string& path : filesOf(parent)) {
            if (!seen.insert(path).second)
                continue;
            SetBuilder one(path, folder);
            one.add(path);
            // Certificates, notes and caches lie there as well: only what is or should be a kubeconfig
            // counts.
            const bool somethingElse = one.isSomethingElse();
            KubeconfigSet set = one.take();
            const bool read = set.files.front().state == KubeconfigFile::State::Read;
            if (!somethingElse && (read || hasUsualName(pathOf(path))))
                added.push_back(std::move(set));
        }
    }
    std::sort(added.begin(), added.end(),
        [](const KubeconfigSet& a, const KubeconfigSet& b) { return a.id < b.id; });
    std::move(added.begin(), added.end(), std::back_inserter(sets));
    return sets;
}

KubeconfigSet readKubeconfig(std::string_view text, const std::string& path)
{
    SetBuilder builder(path, {});
    if (text.size() > maxKubeconfigBytes) {
        KubeconfigSet set = builder.take();
        KubeconfigFile& file = set.files.emplace_back();
        file.path = path;
        file.state = KubeconfigFile::State::Broken;
        file.error = path + " is larger than the 5 MiB that such a file may have";
        set.diagnostics.push_back({ .level = Diagnostic::Level::Error,
            .file = path,
            .line = 0,
            .document = 0,
            .object = {},
            .message = file.error });
        return set;
    }
    builder.addText(path, text);
    KubeconfigSet set = builder.take();
    set.files.front().outsideHome = false;
    return set;
}

std::vector<std::string> kubeconfigPaths(const KubeconfigSources& sources, const Environment& environment)
{
    std::set<std::string> paths;
    const auto add = [&](const std::string& path) {
        if (isNetworkPath(path))
            return; // not even looked at
        paths.insert(path);
        if (const std::string parent = folderOf(path); !parent.empty())
            paths.insert(parent);
    };
    for (const std::string& path : usualFiles(sources, environment).paths)
        add(path);
    for (const std::string& path : absolutes(sources.added, environment)) {
        add(path);
        if (!isFolder(path))
            continue;
        for (const std::string& file : filesOf(path))
            paths.insert(file);
    }
    return { paths.begin(), paths.end() };
}

} // namespace glacis::cluster
