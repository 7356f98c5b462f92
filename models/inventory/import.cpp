// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The import as a whole: one thread reads files in windows and cuts them into pieces, workers read and decode
// pieces, then everything is joined in the order of the files. A document whose cut was wrong is read again
// as a whole.
#include "import.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>

#include <base/parallel.h>
#include <inventory/decode.h>
#include <inventory/reader.h>
#include <inventory/splitter.h>

#include "file_walk.h"
#include "import_layers.h"
#include "merge.h"

namespace glacis::inventory {
namespace {

    using Clock = std::chrono::steady_clock;

    /// A file being read: from disk, or from memory (standard input, given text).
    struct SourceFile {
        FileEntry entry;
        std::string spool; ///< all of a stream's bytes so far, or the given text
        bool inMemory = false;
        std::vector<SourceDocument> documents;
        std::vector<ReadError> splitErrors;
    };

    /// What became of one piece.
    struct PieceResult {
        std::uint32_t file = 0;
        std::uint32_t index = 0;
        std::uint32_t document = 0; ///< in the splitter's numbering
        bool cut = false; ///< part of a list that was cut
        bool suspicious = false; ///< the cut may have been wrong
        Batch batch;
    };

    struct Job {
        std::uint32_t file = 0;
        Piece piece;
    };

    /// Bounded, so that memory stays at a few pieces a worker.
    class JobQueue {
    public:
        explicit JobQueue(std::size_t capacity)
            : m_capacity(capacity)
        {
        }
        void push(Job job)
        {
            std::unique_lock lock(m_mutex);
            m_space.wait(lock, [&] { return m_jobs.size() < m_capacity; });
            m_jobs.push_back(std::move(job));
            m_work.notify_one();
        }
        bool pop(Job& job)
        {
            std::unique_lock lock(m_mutex);
            m_work.wait(lock, [&] { return !m_jobs.empty() || m_closed; });
            if (m_jobs.empty())
                return false;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
            m_space.notify_one();
            return true;
        }
        void close()
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
            m_work.notify_all();
        }

    private:
        std::mutex m_mutex;
        std::condition_variable m_work, m_space;
        std::deque<Job> m_jobs;
        std::size_t m_capacity;
        bool m_closed = false;
    };

    // The text of one YAML document around an error: from the --- before it to the --- after it.
    std::string_view documentAround(std::string_view text, std::uint32_t firstLine, std::uint32_t errorLine)
    {
        std::size_t at = 0;
        std::size_t begin = 0;
        for (std::uint32_t line = firstLine; at < text.size(); ++line) {
            const bool separator = text.substr(at).starts_with("---");
            if (separator && line > errorLine)
                return text.substr(begin, at - begin);
            if (separator)
                begin = at;
            const std::size_t next = text.find('\n', at);
            if (next == std::string_view::npos)
                break;
            at = next + 1;
        }
        return text.substr(begin);
    }

    class Importer {
    public:
        Importer(const ImportOptions& options, std::vector<SourceFile> files,
            std::vector<Diagnostic> diagnostics, const Layering* layers = nullptr)
            : m_options(options)
            , m_files(std::move(files))
            , m_layers(layers)
            , m_inventory(std::make_shared<Inventory>())
            , m_strings(std::make_shared<StringPool>())
            , m_shared { *m_strings, m_options.rules, {} }
        {
            m_inventory->diagnostics = std::move(diagnostics);
            m_limits.maxDepth = options.maxDepth;
        }

        Result<InventoryPtr> run()
        {
            Inventory& out = *m_inventory;
            out.strings = m_strings;
            out.credentialRules = m_options.rules.version;
            for (const auto& file : m_files) {
                out.files.push_back(
                    m_strings->intern(file.entry.path == "-" ? "<standard input>" : file.entry.path));
                m_bytesTotal += file.entry.size;
            }
            readAll();
            if (m_options.stop.stopRequested())
                return failure("cancelled");
            rereadWrongCuts();
            join();
            return finishInventory();
        }

    private:
        // ---- reading and decoding

        void readAll()
        {
            unsigned workers = m_options.threads ? m_options.threads : defaultThreadCount();
            if (m_bytesTotal < 256 * 1024 && m_files.size() == 1 && !m_files[0].entry.stream)
                workers = 1;
            JobQueue queue(2 * workers);
            std::vector<std::thread> threads;
            for (unsigned i = 0; i < workers; ++i)
                threads.emplace_back([&] { work(queue); });
            for (std::uint32_t i = 0; i < m_files.size() && !m_options.stop.stopRequested(); ++i)
                cutFile(i, queue);
            queue.close();
            for (auto& thread : threads)
                thread.join();
        }

        void work(JobQueue& queue)
        {
            DocumentReader reader;
            Decoder decoder(m_shared);
            Job job;
            while (queue.pop(job)) {
                if (m_options.stop.stopRequested())
                    continue; // empty the queue, so that the cutting thread is not left waiting
                PieceResult result = decodePiece(job, reader, decoder);
                m_objects += result.batch.tables.objects.size();
                const std::lock_guard lock(m_resultsMutex);
                m_results.push_back(std::move(result));
                m_sparePieces.push_back(std::move(job.piece));
            }
        }

        PieceResult decodePiece(const Job& job, DocumentReader& reader, Decoder& decoder)
        {
            const Piece& piece = job.piece;
            PieceResult result;
            result.file = job.file;
            result.index = piece.index;
            result.document = piece.document;
            result.cut = piece.content != Piece::Content::Documents;
            const auto& read = piece.json ? reader.readJson(piece.text, piece.firstLine, m_limits)
                                          : reader.readYaml(piece.text, piece.firstLine, m_limits);
            if (piece.content == Piece::Content::ListFrame) {
                frame(read, result);
                return result;
            }
            if (piece.json && !result.cut && !read.errors.empty() && read.documents.empty()) {
                // {"a": 1, # comment: JSON with YAML's liberties is read as YAML, as kubectl would.
                const auto firstJsonError = read.errors.front();
                const auto& again = reader.readYaml(piece.text, piece.firstLine, m_limits);
                if (again.errors.empty()) {
                    decode(again, job, decoder, result);
                } else {
                    result.batch.remarks.push_back(
                        { Diagnostic::Level::Error, firstJsonError.line, 1, {}, firstJsonError.message });
                    result.batch.documents = 1;
                }
                return result;
            }
            result.suspicious = result.cut && !read.errors.empty();
            decode(read, job, decoder, result);
            if (result.cut && result.batch.needsListKind)
                result.suspicious = true;
            return result;
        }

        void decode(const DocumentReader::Output& read, const Job& job, Decoder& decoder, PieceResult& result)
        {
            const Piece& piece = job.piece;
            std::vector<std::uint32_t> roots;
            for (const auto& document : read.documents)
                roots.push_back(document.root);
            const Origin origin { job.file, m_files[job.file].entry.path, piece.list.apiVersion,
                piece.list.kind };
            if (read.tree)
                result.batch = decoder.decode(*read.tree, roots, result.cut, origin, read.errorsBefore);
            for (std::size_t i = 0; i < read.errors.size(); ++i) {
                const auto& error = read.errors[i];
                const std::uint32_t number
                    = i < result.batch.brokenDocuments.size() ? result.batch.brokenDocuments[i] : 0;
                Remark remark { Diagnostic::Level::Error, error.line, number, {}, error.message };
                const auto text = documentAround(piece.text, piece.firstLine, error.line);
                if (!piece.json && text.find("{{") != std::string_view::npos
                    && text.find("}}") != std::string_view::npos) {
                    remark.level = Diagnostic::Level::Info;
                    remark.message
                        = "looks like a Helm template, passed over: render the chart first (helm template)";
                }
                result.batch.remarks.push_back(std::move(remark));
            }
        }

        // Kind and metadata of a list that was cut, read after its items.
        void frame(const DocumentReader::Output& read, PieceResult& result)
        {
            if (!read.errors.empty() || read.documents.empty()) {
                result.suspicious = !read.errors.empty();
                return;
            }
            const NodeRef root(*read.tree, read.documents.front().root);
            const auto kind = root["kind"].text();
            result.suspicious = !kind.empty() && !kind.ends_with("List");
        }

        void cutFile(std::uint32_t index, JobQueue& queue)
        {
            SourceFile& file = m_files[index];
            std::ifstream stream;
            std::istream* input = nullptr;
            if (!file.inMemory) {
                if (file.entry.size > m_options.maxFileBytes) {
                    say(Diagnostic::Level::Error, index, 0,
                        "is larger than the " + std::to_string(m_options.maxFileBytes >> 30)
                            + " GiB that one file may have: it was left out");
                    return;
                }
                if (file.entry.path == "-") {
                    input = &std::cin;
                } else {
                    stream.open(
                        std::filesystem::path(std::u8string(file.entry.path.begin(), file.entry.path.end())),
                        std::ios::binary);
                    input = &stream;
                    if (!stream) {
                        say(Diagnostic::Level::Error, index, 0, "cannot be opened for reading");
                        return;
                    }
                }
            }
            std::size_t memoryAt = 0;
            std::uint64_t got = 0;
            bool tooLarge = false;
            const auto read = [&](char* buffer, std::size_t capacity) -> std::size_t {
                if (m_options.stop.stopRequested())
                    return 0;
                if (file.inMemory) {
                    const std::size_t n = std::min(capacity, file.spool.size() - memoryAt);
                    std::copy_n(file.spool.data() + memoryAt, n, buffer);
                    memoryAt += n;
                    return n;
                }
                const auto n = static_cast<std::size_t>(std::max<std::streamsize>(
                    input->rdbuf()->sgetn(buffer, static_cast<std::streamsize>(capacity)), 0));
                got += n;
                if (got > m_options.maxFileBytes) {
                    tooLarge = true;
                    return 0;
                }
                if (file.entry.stream)
                    file.spool.append(buffer, n);
                progress(file.entry.path, n);
                return n;
            };
            SplitOptions split;
            split.maxDocumentBytes = m_options.maxDocumentBytes;
            Splitter splitter(read, split);
            while (!m_options.stop.stopRequested()) {
                Job job { index, sparePiece() };
                if (!splitter.next(job.piece))
                    break;
                queue.push(std::move(job));
            }
            if (tooLarge)
                say(Diagnostic::Level::Error, index, 0,
                    "is larger than one file may be: its rest was left out");
            file.documents = splitter.documents();
            file.splitErrors = splitter.errors();
            if (file.entry.stream)
                file.inMemory = true;
        }

        Piece sparePiece()
        {
            const std::lock_guard lock(m_resultsMutex);
            if (m_sparePieces.empty())
                return {};
            Piece piece = std::move(m_sparePieces.back());
            m_sparePieces.pop_back();
            return piece;
        }

        // ---- documents whose cut went wrong

        void rereadWrongCuts()
        {
            std::vector<std::pair<std::uint32_t, std::uint32_t>> wrong; // file, document
            for (const auto& result : m_results) {
                if (result.suspicious)
                    wrong.emplace_back(result.file, result.document);
            }
            std::sort(wrong.begin(), wrong.end());
            wrong.erase(std::unique(wrong.begin(), wrong.end()), wrong.end());
            DocumentReader reader;
            Decoder decoder(m_shared);
            for (const auto& [fileIndex, documentIndex] : wrong) {
                if (m_options.stop.stopRequested())
                    return;
                reread(fileIndex, documentIndex, reader, decoder);
            }
        }

        void reread(
            std::uint32_t fileIndex, std::uint32_t documentIndex, DocumentReader& reader, Decoder& decoder)
        {
            SourceFile& file = m_files[fileIndex];
            if (documentIndex >= file.documents.size())
                return;
            const SourceDocument& document = file.documents[documentIndex];
            const std::uint64_t end = document.end ? document.end
                : file.inMemory                    ? file.spool.size()
                                                   : file.entry.size;
            if (end <= document.offset || end - document.offset > m_options.maxDocumentBytes)
                return; // what the pieces gave is all that can be had
            std::string text(static_cast<std::size_t>(end - document.offset), '\0');
            if (file.inMemory) {
                text.assign(file.spool, static_cast<std::size_t>(document.offset), text.size());
            } else {
                std::ifstream stream(
                    std::filesystem::path(std::u8string(file.entry.path.begin(), file.entry.path.end())),
                    std::ios::binary);
                stream.seekg(static_cast<std::streamoff>(document.offset));
                stream.read(text.data(), static_cast<std::streamsize>(text.size()));
                text.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
            }
            Job job;
            job.file = fileIndex;
            const std::size_t size = text.size();
            text.resize(size + DocumentReader::jsonPadding);
            job.piece.text = std::string_view(text).substr(0, size);
            job.piece.firstLine = document.firstLine;
            job.piece.document = documentIndex;
            job.piece.json = document.json;
            const auto first = std::find_if(m_results.begin(), m_results.end(),
                [&](const PieceResult& r) { return r.file == fileIndex && r.document == documentIndex; });
            job.piece.index = first->index;
            PieceResult whole = decodePiece(job, reader, decoder);
            const bool broken = std::any_of(
                whole.batch.remarks.begin(), whole.batch.remarks.end(), [](const Remark& remark) {
                    return remark.level == Diagnostic::Level::Error && remark.object.empty();
                });
            std::size_t fromPieces = 0;
            for (const auto& r : m_results) {
                if (r.file == fileIndex && r.document == documentIndex && r.cut)
                    fromPieces += r.batch.tables.objects.size();
            }
            if (broken && whole.batch.tables.objects.size() < fromPieces)
                return; // the document itself is broken, and its pieces gave more
            std::erase_if(m_results, [&](const PieceResult& r) {
                return r.file == fileIndex && r.document == documentIndex && r.cut;
            });
            m_results.push_back(std::move(whole));
        }

        // ---- joining

        void join()
        {
            std::sort(m_results.begin(), m_results.end(), [](const PieceResult& a, const PieceResult& b) {
                return std::pair(a.file, a.index) < std::pair(b.file, b.index);
            });
            std::vector<Batch> batches;
            batches.reserve(m_results.size());
            std::uint32_t file = UINT32_MAX;
            std::uint32_t documents = 0;
            for (auto& result : m_results) {
                if (result.file != file) {
                    file = result.file;
                    documents = 0;
                }
                for (auto& object : result.batch.tables.objects)
                    object.document += documents;
                for (auto& remark : result.batch.remarks)
                    m_inventory->diagnostics.push_back({ remark.level, m_inventory->files[file].str(),
                        remark.line, remark.document + documents, std::move(remark.object),
                        std::move(remark.message) });
                documents += result.batch.documents;
                batches.push_back(std::move(result.batch));
            }
            m_results.clear();
            for (std::uint32_t i = 0; i < m_files.size(); ++i) {
                for (const auto& error : m_files[i].splitErrors)
                    say(Diagnostic::Level::Error, i, error.line, error.message);
            }
            mergeBatches(batches, *m_inventory, m_layers);
        }

        Result<InventoryPtr> finishInventory()
        {
            Inventory& out = *m_inventory;
            out.source.kind = "path";
            bool systemObjects = false;
            for (const auto& object : out.objects)
                systemObjects = systemObjects || object.ns == "kube-system";
            const bool cluster = systemObjects && !out.nodes.empty();
            out.source.scope = m_options.scope.value_or(cluster ? Scope::Cluster : Scope::Manifests);
            for (const auto& file : m_files)
                out.source.captureTime = std::max(out.source.captureTime, file.entry.modified);
            for (std::size_t k = 0; k + 1 < KindCount; ++k) {
                auto& kind = out.coverage.kinds[k];
                if (kind.state != ReadState::Read)
                    kind.reason = "the files hold no " + std::string(info(static_cast<Kind>(k)).name)
                        + " and no empty list of it";
            }
            const auto byPlace = [](const Diagnostic& a, const Diagnostic& b) {
                return std::tie(a.file, a.line, a.object, a.message)
                    < std::tie(b.file, b.line, b.object, b.message);
            };
            std::stable_sort(out.diagnostics.begin(), out.diagnostics.end(), byPlace);
            if (!m_layers) {
                if (auto read = readFactsFiles(m_options.factsFiles, out); !read)
                    return tl::unexpected(read.error());
            }
            out.finish();
            return m_inventory;
        }

        void say(Diagnostic::Level level, std::uint32_t file, std::uint32_t line, std::string message)
        {
            m_inventory->diagnostics.push_back(
                { level, m_inventory->files[file].str(), line, 0, {}, std::move(message) });
        }

        void progress(const std::string& file, std::size_t bytes)
        {
            m_bytesDone += bytes;
            if (!m_options.progress || Clock::now() - m_lastProgress < std::chrono::milliseconds(50))
                return;
            m_lastProgress = Clock::now();
            m_options.progress({ m_bytesDone, m_bytesTotal, m_objects, file });
        }

        const ImportOptions& m_options;
        std::vector<SourceFile> m_files;
        const Layering* m_layers;
        std::shared_ptr<Inventory> m_inventory;
        std::shared_ptr<StringPool> m_strings;
        DecodeShared m_shared;
        ReadLimits m_limits;
        std::mutex m_resultsMutex;
        std::vector<PieceResult> m_results;
        std::vector<Piece> m_sparePieces;
        std::atomic<std::uint64_t> m_objects { 0 };
        std::uint64_t m_bytesDone = 0;
        std::uint64_t m_bytesTotal = 0;
        Clock::time_point m_lastProgress;
    };

    SourceFile inMemory(const std::string& name, std::string_view text)
    {
        SourceFile file;
        file.entry.path = name;
        file.entry.size = text.size();
        file.spool = text;
        file.inMemory = true;
        return file;
    }

    std::string joinedName(const std::vector<std::string>& paths)
    {
        std::string name;
        for (const auto& path : paths)
            name += (name.empty() ? "" : ", ") + (path == "-" ? std::string("standard input") : path);
        return name;
    }

} // namespace

Result<InventoryPtr> importPaths(const std::vector<std::string>& paths, const ImportOptions& options)
{
    std::vector<Diagnostic> diagnostics;
    std::size_t opened = 0;
    std::vector<SourceFile> files;
    for (auto& entry : walkPaths(paths, diagnostics, opened, options.stop)) {
        files.emplace_back();
        files.back().entry = std::move(entry);
    }
    if (opened == 0 && !diagnostics.empty())
        return failure(diagnostics.front().file + ": " + diagnostics.front().message);
    auto inventory = Importer(options, std::move(files), std::move(diagnostics)).run();
    if (inventory)
        std::const_pointer_cast<Inventory>(*inventory)->source.name = joinedName(paths);
    return inventory;
}

Result<InventoryPtr> importText(std::string_view text, const std::string& name, const ImportOptions& options)
{
    std::vector<SourceFile> files;
    files.push_back(inMemory(name, text));
    auto inventory = Importer(options, std::move(files), {}).run();
    if (inventory)
        std::const_pointer_cast<Inventory>(*inventory)->source.name = name;
    return inventory;
}

Result<InventoryPtr> importLayers(
    const std::vector<LayerFile>& files, std::vector<Removal> removed, const ImportOptions& options)
{
    Layering layering { {}, std::move(removed) };
    std::vector<SourceFile> sources;
    for (const LayerFile& file : files) {
        sources.push_back(inMemory(file.name, file.text));
        layering.layerOfFile.push_back(file.layer);
    }
    return Importer(options, std::move(sources), {}, &layering).run();
}

Result<void> readFactsFiles(const std::vector<std::string>& files, Inventory& into)
{
    for (const auto& file : files) {
        std::ifstream stream(
            std::filesystem::path(std::u8string(file.begin(), file.end())), std::ios::binary);
        if (!stream)
            return failure(file + ": cannot be opened for reading");
        std::string text { std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>() };
        if (auto read = readFacts(text, file, into.observations, into.diagnostics); !read)
            return read;
    }
    return {};
}

} // namespace glacis::inventory
