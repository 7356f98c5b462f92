// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence.h"

#include <array>

#include <inventory/reader.h>

#include "fields.h"
#include "redacted_json.h"

namespace glacis::inventory {
namespace {

    // Words that YAML 1.1 would read as something else than text, and signs that start something.
    bool needsQuotes(std::string_view text)
    {
        if (text.empty() || text.front() == ' ' || text.back() == ' ')
            return true;
        static constexpr std::array<std::string_view, 14> words { "true", "false", "yes", "no", "on", "off",
            "null", "~", "y", "n", "True", "False", "Yes", "No" };
        for (const auto word : words) {
            if (text == word)
                return true;
        }
        if (std::string_view("-?:,[]{}#&*!|>'\"%@`0123456789.+=<").find(text.front())
            != std::string_view::npos)
            return true;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto c = static_cast<unsigned char>(text[i]);
            if (c < 0x20 || c == 0x7F || (c == ':' && (i + 1 == text.size() || text[i + 1] == ' '))
                || (c == '#' && text[i - 1] == ' '))
                return true;
        }
        return false;
    }

    std::string quoted(std::string_view text)
    {
        std::string out = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\')
                out.push_back('\\');
            if (c == '\n')
                out += "\\n";
            else if (c == '\t')
                out += "\\t";
            else if (static_cast<unsigned char>(c) < 0x20)
                out += ' ';
            else
                out.push_back(c);
        }
        return out + '"';
    }

    // Block-style YAML of a tree, remembering the line of one node.
    class YamlText {
    public:
        YamlText(const Tree& tree, std::uint32_t marked)
            : m_tree(tree)
            , m_marked(marked)
        {
        }

        EvidenceReader::Yaml write(std::uint32_t root)
        {
            block(root, 0, false);
            return { std::move(m_text), m_markedLine };
        }

    private:
        void line(std::size_t indent)
        {
            if (!m_text.empty() && m_text.back() != '\n') {
                m_text += '\n';
                ++m_line;
            }
            m_text.append(indent * 2, ' ');
        }
        void mark(std::uint32_t node)
        {
            if (node == m_marked)
                m_markedLine = m_line;
        }

        void block(std::uint32_t node, std::size_t indent, bool continues)
        {
            const TreeNode& n = m_tree[node];
            bool first = continues; // the first child stands on the line of the dash
            for (std::uint32_t child = node + 1; child < n.end; child = m_tree[child].end) {
                if (!first)
                    line(indent);
                first = false;
                mark(child);
                if (n.type == NodeType::Array) {
                    m_text += "- ";
                    value(child, indent + 1, true);
                } else {
                    m_text += needsQuotes(m_tree[child].key) ? quoted(m_tree[child].key)
                                                             : std::string(m_tree[child].key);
                    m_text += ':';
                    value(child, indent + 1, false);
                }
            }
        }

        void value(std::uint32_t node, std::size_t indent, bool afterDash)
        {
            const TreeNode& n = m_tree[node];
            const bool container = n.type == NodeType::Array || n.type == NodeType::Object;
            if (container && n.count > 0) {
                if (afterDash) {
                    block(node, indent, true);
                } else {
                    line(n.type == NodeType::Array ? indent - 1 : indent);
                    block(node, n.type == NodeType::Array ? indent - 1 : indent, true);
                }
                return;
            }
            if (!afterDash)
                m_text += ' ';
            if (container)
                m_text += n.type == NodeType::Array ? "[]" : "{}";
            else if (n.type == NodeType::Null)
                m_text += "null";
            else if (n.type == NodeType::String)
                m_text += needsQuotes(n.text) ? quoted(n.text) : std::string(n.text);
            else
                m_text += n.text;
        }

        const Tree& m_tree;
        std::uint32_t m_marked;
        std::uint32_t m_markedLine = 0;
        std::uint32_t m_line = 1;
        std::string m_text;
    };

} // namespace

struct EvidenceReader::State {
    InventoryPtr inventory;
    struct CachedBlock {
        std::uint32_t index = UINT32_MAX;
        std::string text;
        std::uint64_t used = 0;
    };
    std::array<CachedBlock, 4> blocks;
    std::uint64_t clock = 0;
    DocumentReader reader;
    // The last object, parsed.
    ObjectId parsed;
    const Tree* tree = nullptr;
    std::vector<std::uint32_t> lines;
    std::string text;

    std::string_view block(std::uint32_t index)
    {
        CachedBlock* oldest = &blocks[0];
        for (auto& cached : blocks) {
            if (cached.index == index) {
                cached.used = ++clock;
                return cached.text;
            }
            if (cached.used < oldest->used)
                oldest = &cached;
        }
        if (index >= inventory->blobs.size())
            return {};
        *oldest = { index, decompressBlob(inventory->blobs[index]), ++clock };
        return oldest->text;
    }

    BlobItem item(ObjectId id)
    {
        const Object& object = inventory->object(id);
        return object.assumed ? BlobItem {} : blobItem(block(object.blob), object.blobOffset);
    }

    bool parse(ObjectId id)
    {
        if (parsed == id)
            return tree != nullptr;
        parsed = id;
        tree = nullptr;
        if (!id.valid() || id.value >= inventory->objects.size())
            return false;
        const BlobItem found = item(id);
        if (found.json.empty())
            return false;
        text.assign(found.json);
        text.append(DocumentReader::jsonPadding, '\0');
        const auto& read
            = reader.readJson(std::string_view(text).substr(0, found.json.size()), 1, { 200, UINT64_MAX });
        if (read.documents.size() != 1)
            return false;
        tree = read.tree;
        lines = unpackLines(found.lines);
        return true;
    }
};

EvidenceReader::EvidenceReader(InventoryPtr inventory)
    : m_state(std::make_unique<State>())
{
    m_state->inventory = std::move(inventory);
}

EvidenceReader::~EvidenceReader() = default;
EvidenceReader::EvidenceReader(EvidenceReader&&) noexcept = default;

std::string EvidenceReader::json(ObjectId id)
{
    return id.valid() && id.value < m_state->inventory->objects.size() ? std::string(m_state->item(id).json)
                                                                       : std::string();
}

EvidenceReader::Yaml EvidenceReader::yaml(ObjectId id, std::string_view path)
{
    if (!m_state->parse(id))
        return {};
    bool exact = false;
    return YamlText(*m_state->tree, nodeAt(*m_state->tree, 0, path, exact)).write(0);
}

std::uint32_t EvidenceReader::line(ObjectId id, std::string_view path)
{
    if (!m_state->parse(id))
        return 0;
    bool exact = false;
    const std::uint32_t node = nodeAt(*m_state->tree, 0, path, exact);
    return node < m_state->lines.size() ? m_state->lines[node] : 0;
}

} // namespace glacis::inventory
