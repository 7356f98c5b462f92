// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Clusters are put together from layers, as index.yaml says. It is our own data and is read strictly.
#include <inventory/practice.h>

#include <algorithm>
#include <array>
#include <optional>

#include <base/text.h>
#include <inventory/reader.h>
#include <resources/embedded.h>

#include "import_layers.h"

namespace glacis::inventory {
namespace {

    constexpr std::string_view indexFile = "index.yaml";
    constexpr std::string_view factsEnding = ".facts.yaml";

    /// What whoever read the cluster was not allowed to see.
    struct Forbidden {
        std::string kind, ns, grant;
    };

    struct Recipe {
        PracticeCluster cluster;
        std::vector<std::string> layers;
        std::string facts; ///< file
        std::string version; ///< of the API server
        std::int64_t captured = 0;
        std::vector<Removal> removed;
        std::vector<Forbidden> forbidden;
    };

    class IndexReader {
    public:
        Result<std::vector<Recipe>> read(NodeRef root)
        {
            only(root, { "practice", "clusters" });
            if (required(root, "practice") != "v1")
                wrong(root, "practice: v1");
            std::vector<Recipe> recipes;
            for (const NodeRef cluster : list(root, "clusters"))
                recipes.push_back(recipe(cluster));
            if (recipes.empty())
                wrong(root, "at least one cluster");
            if (!m_error.empty())
                return failure(m_error);
            return recipes;
        }

    private:
        Recipe recipe(NodeRef node)
        {
            only(node,
                { "name", "title", "about", "layers", "facts", "captured", "version", "remove",
                    "forbidden" });
            Recipe out;
            out.cluster = { required(node, "name"), required(node, "title"),
                std::string(trim(required(node, "about"))) };
            for (const NodeRef layer : list(node, "layers"))
                out.layers.emplace_back(layer.text());
            out.facts = required(node, "facts");
            out.version = required(node, "version");
            const auto captured = parseIsoTime(required(node, "captured"));
            if (!captured)
                wrong(node, "captured: a time");
            out.captured = captured.value_or(0);
            for (const NodeRef r : list(node, "remove")) {
                only(r, { "kind", "apiVersion", "namespace", "name", "card" });
                const std::string kind = required(r, "kind");
                out.removed.push_back({ std::string(canonicalGroup(groupOf(required(r, "apiVersion")), kind)),
                    kind, std::string(r["namespace"].text()), required(r, "name") });
            }
            for (const NodeRef f : list(node, "forbidden")) {
                only(f, { "kind", "namespace", "grant" });
                out.forbidden.push_back(
                    { required(f, "kind"), required(f, "namespace"), required(f, "grant") });
            }
            return out;
        }

        void only(NodeRef node, std::initializer_list<std::string_view> known)
        {
            if (!node.is(NodeType::Object))
                return wrong(node, "a mapping");
            for (const NodeRef field : node)
                if (std::find(known.begin(), known.end(), field.key()) == known.end())
                    wrong(field, "a known field");
        }
        std::string required(NodeRef node, std::string_view key)
        {
            if (!node[key].is(NodeType::String) || node[key].text().empty())
                wrong(node, std::string(key) + ": a text");
            return std::string(node[key].text());
        }
        NodeRef list(NodeRef node, std::string_view key)
        {
            if (node[key] && !node[key].is(NodeType::Array))
                wrong(node[key], "a list");
            return node[key];
        }
        void wrong(NodeRef node, const std::string& expected)
        {
            if (m_error.empty())
                m_error = "practice/" + std::string(indexFile) + ':' + std::to_string(node.line())
                    + ": expected " + expected;
        }
        std::string m_error;
    };

    const resources::File* file(std::string_view name)
    {
        const auto files = resources::practice();
        const auto found
            = std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.name == name; });
        return found == files.end() ? nullptr : &*found;
    }

    Result<std::vector<Recipe>> readIndex()
    {
        const resources::File* index = file(indexFile);
        if (!index)
            return failure("practice/" + std::string(indexFile) + " is missing");
        DocumentReader reader;
        const auto& read = reader.readYaml(index->text, 1, {});
        if (!read.errors.empty())
            return failure("practice/" + std::string(indexFile) + ':'
                + std::to_string(read.errors.front().line) + ": " + read.errors.front().message);
        if (read.documents.size() != 1)
            return failure("practice/" + std::string(indexFile) + ": expected one document");
        return IndexReader().read({ *read.tree, read.documents.front().root });
    }

    const Result<std::vector<Recipe>>& recipes()
    {
        static const Result<std::vector<Recipe>> read = readIndex();
        return read;
    }

    std::vector<LayerFile> filesOf(const std::vector<std::string>& layers)
    {
        std::vector<LayerFile> out;
        for (std::uint32_t i = 0; i < layers.size(); ++i) {
            for (const resources::File& f : resources::practice()) {
                if (f.name.starts_with(layers[i] + '.') && !f.name.ends_with(factsEnding))
                    out.push_back({ "practice/" + std::string(f.name), f.text, i });
            }
        }
        return out;
    }

    Diagnostic diagnosticOf(const Forbidden& forbidden)
    {
        return { Diagnostic::Level::Warning, {}, 0, 0, forbidden.kind + ' ' + forbidden.ns + "/*",
            "could not be read: forbidden; " + forbidden.grant + " would show them" };
    }

    Result<void> addFacts(const Recipe& recipe, const ImportOptions& options, Inventory& into)
    {
        const resources::File* facts = file(recipe.facts);
        if (!facts)
            return failure("practice/" + recipe.facts + " is missing");
        if (auto read
            = readFacts(facts->text, "practice/" + recipe.facts, into.observations, into.diagnostics);
            !read)
            return read;
        return readFactsFiles(options.factsFiles, into);
    }

} // namespace

std::vector<PracticeCluster> practiceClusters()
{
    std::vector<PracticeCluster> out;
    if (recipes())
        for (const Recipe& recipe : *recipes())
            out.push_back(recipe.cluster);
    return out;
}

Result<InventoryPtr> loadPractice(std::string_view name, const ImportOptions& options)
{
    if (!recipes())
        return failure(recipes().error().message);
    const auto recipe = std::find_if(
        recipes()->begin(), recipes()->end(), [&](const Recipe& r) { return r.cluster.name == name; });
    if (recipe == recipes()->end()) {
        std::string known;
        for (const Recipe& r : *recipes())
            known.append(known.empty() ? "" : ", ").append(r.cluster.name);
        return failure(
            "there is no practice cluster '" + printable(name.substr(0, 80)) + "'; known are " + known);
    }
    ImportOptions wanted = options;
    wanted.scope = options.scope.value_or(Scope::Cluster);
    auto read = importLayers(filesOf(recipe->layers), recipe->removed, wanted);
    if (!read)
        return read;
    Inventory& inventory = *std::const_pointer_cast<Inventory>(*read); // nobody else holds it yet
    inventory.source.kind = "practice";
    inventory.source.name = recipe->cluster.name;
    inventory.source.captureTime = recipe->captured;
    inventory.source.serverVersion = recipe->version;
    for (const Forbidden& forbidden : recipe->forbidden)
        inventory.diagnostics.push_back(diagnosticOf(forbidden));
    if (auto added = addFacts(*recipe, options, inventory); !added)
        return tl::unexpected(added.error());
    return read;
}

} // namespace glacis::inventory
