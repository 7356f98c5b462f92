// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gathering.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include <base/json_writer.h>
#include <base/text.h>
#include <inventory/decode.h>
#include <inventory/reader.h>

#include "decode_session.h"
#include "merge.h"

namespace glacis::inventory {
namespace {

    /// An API server writes a few hundred bytes before the items; a continue token is at most some KiB.
    constexpr std::size_t longestHead = 64U << 10;
    constexpr std::size_t mostFaults = 20; // told of one page

    ListHead headFrom(NodeRef metadata)
    {
        ListHead head;
        head.continueToken = metadata["continue"].text();
        return head;
    }

    /// The root of a text that holds one JSON object; nothing otherwise.
    NodeRef onlyRoot(const DocumentReader::Output& read)
    {
        if (!read.tree || read.documents.size() != 1)
            return {};
        return { *read.tree, read.documents.front().root };
    }

    std::string shortText(std::string_view text) { return printable(cutText(text, 80)); }

    std::string quotedOr(std::string_view text, std::string_view otherwise)
    {
        return text.empty() ? std::string(otherwise) : "'" + shortText(text) + "'";
    }

    /// What stands where a list of `kind` was expected.
    std::string faultOfList(
        const DocumentReader::Output& read, std::string_view apiVersion, std::string_view kind)
    {
        for (const ReadError& error : read.errors) {
            if (error.syntax)
                return "the answer is damaged or cut off: " + error.message;
        }
        const NodeRef root = onlyRoot(read);
        if (!root.is(NodeType::Object))
            return read.errors.empty() ? "the answer is no JSON object"
                                       : "the answer: " + read.errors.front().message;
        if (root["kind"].text() != kind || !root["kind"].is(NodeType::String))
            return "the answer's kind is " + quotedOr(root["kind"].text(), "missing") + ", expected "
                + std::string(kind);
        if (groupOf(root["apiVersion"].text()) != groupOf(apiVersion))
            return "the answer's apiVersion is " + quotedOr(root["apiVersion"].text(), "missing")
                + ", expected " + std::string(apiVersion);
        const NodeRef items = root["items"];
        if (items && !items.is(NodeType::Array) && !items.is(NodeType::Null))
            return "its items are " + std::string(name(items.type())) + ", expected a list";
        if (const NodeRef token = root["metadata"]["continue"];
            token && !token.is(NodeType::String) && !token.is(NodeType::Null))
            return "its continue token is " + std::string(name(token.type())) + ", expected a string";
        return {};
    }

} // namespace

std::optional<ListHead> headOfList(std::string_view body)
{
    const std::string_view start = body.substr(0, longestHead);
    const std::size_t items = start.find("\"items\":");
    if (items == std::string_view::npos)
        return std::nullopt;
    std::string_view before = start.substr(0, items);
    while (!before.empty() && (before.back() == ',' || before.back() == ' ' || before.back() == '\n'))
        before.remove_suffix(1);
    // A text that closes as an object just there: "items" did not stand inside a string or deeper.
    std::string head(before);
    head.push_back('}');
    const std::size_t size = head.size();
    head.resize(size + DocumentReader::jsonPadding);
    DocumentReader reader;
    const auto& read
        = reader.readJson(std::string_view(head).substr(0, size), 0, { .maxDepth = 8, .maxNodes = 256 });
    const NodeRef root = onlyRoot(read);
    if (!read.errors.empty() || !root.is(NodeType::Object) || !root["metadata"].is(NodeType::Object))
        return std::nullopt;
    return headFrom(root["metadata"]);
}

struct Gathering::State {
    State(credentials::Rules given, int depth)
        : rules(std::move(given))
        , strings(std::make_shared<StringPool>())
        , shared { *strings, rules, {} }
    {
        limits.maxDepth = depth;
    }
    credentials::Rules rules;
    std::shared_ptr<StringPool> strings;
    DecodeShared shared;
    ReadLimits limits;

    std::mutex mutex;
    std::map<std::string, std::map<std::uint32_t, Batch>> lists; ///< by path, then page
    std::vector<Diagnostic> diagnostics;
    std::atomic<std::uint64_t> objects { 0 };

    void keep(const PagePlace& place, Batch batch)
    {
        objects += batch.tables.objects.size();
        const std::lock_guard lock(mutex);
        lists[place.list][place.number] = std::move(batch);
    }
};

struct Gathering::Worker::State {
    explicit State(Gathering::State& gathering)
        : into(gathering)
        , decoder(gathering.shared)
    {
    }
    Gathering::State& into;
    DocumentReader reader;
    Decoder decoder;

    Batch decode(const DocumentReader::Output& read, const PagePlace& place)
    {
        // Lines mean nothing in an answer that is one line: firstLine 0 leaves them unknown.
        const Origin origin { 0, place.list, {}, {} };
        return decoder.decode(*read.tree, { read.documents.front().root }, false, origin, read.errorsBefore);
    }
};

Gathering::Gathering(credentials::Rules rules, int maxDepth)
    : m_state(std::make_unique<State>(std::move(rules), maxDepth))
{
}

Gathering::~Gathering() = default;

Gathering::Worker::Worker(Gathering& gathering)
    : m_state(std::make_unique<State>(*gathering.m_state))
{
}

Gathering::Worker::~Worker() = default;

Page Gathering::Worker::read(
    const PagePlace& place, std::string_view body, std::string_view apiVersion, std::string_view kind)
{
    Page page;
    const auto& read = m_state->reader.readJson(body, 0, m_state->into.limits);
    page.fault = faultOfList(read, apiVersion, kind);
    if (!page.fault.empty())
        return page;
    page.head = headFrom(onlyRoot(read)["metadata"]);
    Batch batch = m_state->decode(read, place);
    // An item that breaks a cap is lost alone, and named.
    for (std::size_t i = 0; i < read.errors.size() && i < mostFaults; ++i)
        batch.remarks.push_back(
            { Diagnostic::Level::Error, 0, 0, {}, "an object was left out: " + read.errors[i].message });
    page.objects = static_cast<std::uint32_t>(batch.tables.objects.size());
    m_state->into.keep(place, std::move(batch));
    return page;
}

namespace {

    struct SecretColumns {
        std::size_t name = SIZE_MAX, type = SIZE_MAX, data = SIZE_MAX;
        [[nodiscard]] bool complete() const
        {
            return name != SIZE_MAX && type != SIZE_MAX && data != SIZE_MAX;
        }
    };

    SecretColumns secretColumns(NodeRef definitions)
    {
        SecretColumns columns;
        std::size_t index = 0;
        for (const NodeRef column : definitions) {
            const std::string_view title = column["name"].text();
            if (title == "Name")
                columns.name = index;
            else if (title == "Type")
                columns.type = index;
            else if (title == "Data")
                columns.data = index;
            ++index;
        }
        return columns;
    }

    SecretTable secretTable(const DocumentReader::Output& read)
    {
        SecretTable table;
        table.fault = faultOfList(read, "meta.k8s.io/v1", "Table");
        if (!table.fault.empty())
            return table;
        const NodeRef root = onlyRoot(read);
        const SecretColumns columns = secretColumns(root["columnDefinitions"]);
        if (!columns.complete()) {
            table.fault = "the Table lacks one of the columns Name, Type and Data";
            return table;
        }
        table.head = headFrom(root["metadata"]);
        for (const NodeRef row : root["rows"]) {
            if (const NodeRef object = row["object"]; object && !object.is(NodeType::Null)) {
                table.rows.clear();
                table.fault
                    = "the server sent whole Secrets although only names and types were asked for: refused";
                return table;
            }
            SecretRow secret;
            std::size_t index = 0;
            for (const NodeRef cell : row["cells"]) {
                if (index == columns.name)
                    secret.name = cell.text();
                else if (index == columns.type)
                    secret.type = cell.text();
                else if (index == columns.data)
                    secret.keyCount = static_cast<std::uint32_t>(
                        std::clamp<std::int64_t>(parseInteger(cell.text()).value_or(0), 0, UINT32_MAX));
                ++index;
            }
            if (secret.name.empty()) {
                table.rows.clear();
                table.fault = "a row of the Table has no name";
                return table;
            }
            table.rows.push_back(std::move(secret));
        }
        return table;
    }

    std::string secretList(const std::vector<SecretRow>& rows, std::string_view ns)
    {
        std::string text = R"({"apiVersion":"v1","kind":"SecretList","items":[)";
        for (const SecretRow& row : rows) {
            text += &row == rows.data() ? R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":)"
                                        : R"(,{"apiVersion":"v1","kind":"Secret","metadata":{"name":)";
            appendJsonString(text, row.name);
            text += R"(,"namespace":)";
            appendJsonString(text, ns);
            text += R"(},"type":)";
            appendJsonString(text, row.type);
            text += '}';
        }
        return text + "]}";
    }

}

SecretTable Gathering::Worker::readSecrets(const PagePlace& place, std::string_view body, std::string_view ns)
{
    SecretTable table = secretTable(m_state->reader.readJson(body, 0, m_state->into.limits));
    if (!table.fault.empty())
        return table;
    std::string text = secretList(table.rows, ns);
    const std::size_t size = text.size();
    text.resize(size + DocumentReader::jsonPadding);
    Batch batch = m_state->decode(
        m_state->reader.readJson(std::string_view(text).substr(0, size), 0, m_state->into.limits), place);
    for (Secret& secret : batch.tables.secrets) {
        const Str name = batch.tables.objects[secret.id.value].name;
        const auto row = std::find_if(
            table.rows.begin(), table.rows.end(), [name](const SecretRow& r) { return name == r.name; });
        secret.keyCount = row == table.rows.end() ? 0 : row->keyCount;
    }
    m_state->into.keep(place, std::move(batch));
    return table;
}

void Gathering::forget(const std::string& list)
{
    const std::lock_guard lock(m_state->mutex);
    const auto found = m_state->lists.find(list);
    if (found == m_state->lists.end())
        return;
    for (const auto& [number, batch] : found->second)
        m_state->objects -= batch.tables.objects.size();
    m_state->lists.erase(found);
}

void Gathering::say(Diagnostic diagnostic)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->diagnostics.push_back(std::move(diagnostic));
}

std::uint64_t Gathering::objects() const { return m_state->objects; }

std::vector<std::string> Gathering::namespaces() const
{
    std::vector<std::string> names;
    const std::lock_guard lock(m_state->mutex);
    for (const auto& [path, pages] : m_state->lists) {
        for (const auto& [number, batch] : pages) {
            for (const Namespace& ns : batch.tables.namespaces)
                names.push_back(batch.tables.objects[ns.id.value].name.str());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::shared_ptr<Inventory> Gathering::finish(Source source, Coverage coverage)
{
    auto inventory = std::make_shared<Inventory>();
    inventory->source = std::move(source);
    inventory->strings = m_state->strings;
    inventory->credentialRules = m_state->rules.version;
    inventory->diagnostics = std::move(m_state->diagnostics);
    std::vector<Batch> batches;
    for (auto& [path, pages] : m_state->lists) {
        const auto file = static_cast<std::uint32_t>(inventory->files.size());
        inventory->files.push_back(m_state->strings->intern(path));
        for (auto& [number, batch] : pages) {
            for (Object& object : batch.tables.objects)
                object.file = file;
            for (Remark& remark : batch.remarks)
                inventory->diagnostics.push_back(
                    { remark.level, path, 0, 0, std::move(remark.object), std::move(remark.message) });
            batches.push_back(std::move(batch));
        }
        pages.clear();
    }
    mergeBatches(batches, *inventory);
    inventory->coverage = std::move(coverage);
    const auto byPlace = [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.file, a.object, a.message) < std::tie(b.file, b.object, b.message);
    };
    std::stable_sort(inventory->diagnostics.begin(), inventory->diagnostics.end(), byPlace);
    inventory->finish();
    return inventory;
}

} // namespace glacis::inventory
