// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inventory/yaml_tree.h>

#include <algorithm>

#include <inventory/tree_checks.h>

namespace glacis::inventory {

namespace {

    constexpr std::size_t maxErrors = 1000; ///< of one call
    constexpr std::string_view mergeKey
        = "<<"; ///< a child whose key IS this text (by address) is still to be merged

    /// How much of a document may come from aliases, as goyaml.v2 allows it: nearly all of a small one, a
    /// tenth of one with four million nodes.
    bool tooMuchAliasing(std::uint64_t aliased, std::uint64_t all)
    {
        constexpr double low = 400'000;
        constexpr double high = 4'000'000;
        if (aliased <= 100 || all <= 1000)
            return false;
        const auto total = static_cast<double>(all);
        const double allowed = total <= low ? 0.99
            : total >= high                 ? 0.10
                                            : 0.99 - 0.89 * (total - low) / (high - low);
        return static_cast<double>(aliased) / total > allowed;
    }

    /// Containers inside of each other in tree[first] and below.
    std::size_t depthOf(const Tree& tree, std::uint32_t first)
    {
        std::vector<std::uint32_t> ends;
        std::size_t deepest = 0;
        for (std::uint32_t i = first; i < tree[first].end; ++i) {
            while (!ends.empty() && ends.back() <= i)
                ends.pop_back();
            if (tree[i].type == NodeType::Object || tree[i].type == NodeType::Array) {
                ends.push_back(tree[i].end);
                deepest = std::max(deepest, ends.size());
            }
        }
        return deepest;
    }

    /// Appends a copy of the subtree at `first` of `from`, which may not be `to`.
    void copySubtree(const Tree& from, std::uint32_t first, Tree& to)
    {
        const std::uint32_t end = from[first].end;
        const auto shift = static_cast<std::uint32_t>(to.size()) - first; // modulo 2^32, both ways
        for (std::uint32_t i = first; i < end; ++i) {
            to.push_back(from[i]);
            to.back().end += shift;
        }
    }

} // namespace

YamlTree::YamlTree(Tree& tree, DocumentReader::Output& output, TextArena& arena, const ReadLimits& limits,
    DocumentReader::Form form)
    : m_tree(tree)
    , m_output(output)
    , m_arena(arena)
    , m_limits(limits)
    , m_form(form)
{
}

bool YamlTree::full() const { return m_output.errors.size() >= maxErrors; }

std::size_t YamlTree::unitDepth() const
{
    if (m_stack.empty())
        return 0;
    if (!m_stack[0].mapping)
        return 1;
    return m_stack.size() >= 2 && !m_stack[1].mapping && m_tree[m_stack[1].node].key == "items" ? 2 : 0;
}

void YamlTree::beginDocument()
{
    m_stack.clear();
    m_anchors.clear();
    m_anchored.clear();
    m_key = {};
    m_root = m_unit = size();
    m_rootChildEnd = m_root + 1;
    m_salvage = false;
    m_open = true;
    m_nodes = m_aliased = 0;
    m_documentsBefore = m_output.documents.size();
    m_errorsBefore = m_output.errors.size();
    m_skipping = 0;
    m_gaveUp = m_leave = false;
}

void YamlTree::discardDocument()
{
    m_tree.resize(m_root);
    m_output.documents.resize(m_documentsBefore);
    m_output.errors.resize(m_errorsBefore);
    m_output.errorsBefore.resize(m_errorsBefore);
    m_gaveUp = m_open = false;
}

void YamlTree::endDocument(bool broken)
{
    if (!m_open)
        return;
    m_open = false;
    if (broken && !m_gaveUp && unitDepth() > 0) {
        for (; !m_stack.empty(); m_stack.pop_back()) { // what is complete of a list counts
            m_tree[m_stack.back().node].end = size();
            m_tree[m_stack.back().node].count = m_stack.back().count;
            if (m_stack.size() == 2)
                ++m_stack[0].count;
        }
    } else if (m_gaveUp || broken) {
        m_gaveUp = true;
        if (m_form == DocumentReader::Form::Items)
            return;
        if (!m_salvage)
            return m_tree.resize(m_root);
        m_tree.resize(m_rootChildEnd); // a list whose end is broken
        m_tree[m_root].end = m_rootChildEnd;
        m_tree[m_root].count = m_stack[0].count;
    }
    if (size() == m_root || m_form == DocumentReader::Form::Items)
        return;
    if (m_tree[m_root].type == NodeType::Null) // an empty document is none
        m_tree.resize(m_root);
    else
        m_output.documents.push_back({ m_root, m_tree[m_root].line });
}

void YamlTree::fail(std::uint32_t line, std::string message, bool undefinedAlias, bool syntax)
{
    m_output.errors.push_back(
        { .line = line, .message = std::move(message), .undefinedAlias = undefinedAlias, .syntax = syntax });
    m_output.errorsBefore.push_back(static_cast<std::uint32_t>(m_output.documents.size()));
    const std::size_t depth = unitDepth();
    for (std::size_t i = depth; i < m_stack.size(); ++i) {
        if (!m_stack[i].anchor.empty())
            m_anchors.erase(m_stack[i].anchor);
    }
    if (depth == 0) {
        m_gaveUp = true;
        return;
    }
    m_tree.resize(m_unit);
    m_skipping = m_stack.size() - depth;
    m_stack.resize(depth);
}

void YamlTree::giveUp(std::uint32_t line, std::string message)
{
    fail(line, std::move(message));
    m_gaveUp = true;
}

void YamlTree::refuse(std::uint32_t line, const std::string& problem)
{
    if (m_skipping > 0 || m_gaveUp)
        return;
    if (m_stack.size() == unitDepth())
        m_unit = size();
    fail(line, problem);
}

void YamlTree::syntaxError(std::uint32_t line, std::string message)
{
    if (m_open && m_skipping == 0 && !m_gaveUp) {
        if (m_stack.size() == unitDepth())
            m_unit = size(); // all elements so far are complete
        if (unitDepth() == 0 && !m_stack.empty()) {
            for (std::uint32_t child = m_root + 1; child < m_rootChildEnd; child = m_tree[child].end)
                m_salvage
                    = m_salvage || (m_tree[child].type == NodeType::Array && m_tree[child].key == "items");
        }
        fail(line, std::move(message), false, true);
    } else {
        m_output.errors.push_back({ .line = line, .message = std::move(message), .syntax = true });
        m_output.errorsBefore.push_back(static_cast<std::uint32_t>(m_output.documents.size()));
    }
    m_skipping = 1; // until resumeItems()
}

bool YamlTree::resumeItems()
{
    if (!m_open || m_gaveUp || unitDepth() == 0)
        return false;
    m_skipping = 0;
    m_leave = false;
    return true;
}

/// A value begins: false when it is not wanted.
bool YamlTree::value(std::uint32_t line)
{
    if (!m_stack.empty() && !m_stack.back().mapping) {
        m_key = {};
        m_keyLine = line;
        if (m_stack.size() <= 2 && m_stack.size() == unitDepth())
            m_unit = size();
    } else if (m_stack.empty()) {
        m_key = {};
        m_keyLine = line;
    }
    if (++m_nodes > m_limits.maxNodes) {
        giveUp(line, "has more than " + std::to_string(m_limits.maxNodes) + " values");
        return false;
    }
    return true;
}

void YamlTree::valueDone()
{
    if (m_stack.empty())
        return;
    Frame& frame = m_stack.back();
    ++frame.count;
    frame.keyDue = frame.mapping;
    if (m_stack.size() == 1)
        m_rootChildEnd = size();
    if (m_stack.size() == 1 && !frame.mapping && m_form == DocumentReader::Form::Items)
        m_output.documents.push_back({ m_unit, m_tree[m_unit].line });
}

void YamlTree::key(const YamlScalar& scalar, std::uint32_t line, bool quoted, bool merge)
{
    if (merge) {
        m_key = mergeKey;
        m_stack.back().merges = true;
    } else {
        const YamlScalar name = quoted ? scalar : resolveKey(scalar, m_arena);
        if (name.problem)
            return fail(line, name.problem);
        m_key = name.text;
    }
    m_keyLine = line;
    m_stack.back().keyDue = false;
}

void YamlTree::scalar(const YamlNode& node)
{
    if (m_skipping > 0 || m_gaveUp)
        return;
    const bool isKey = !m_stack.empty() && m_stack.back().keyDue;
    if (!isKey && !value(node.line))
        return;
    const YamlScalar scalar = !node.tag.empty() ? resolveTagged(node.tag, node.text, m_arena)
        : node.plain                            ? resolvePlain(node.text, m_arena)
                                                : YamlScalar { .type = NodeType::String, .text = node.text };
    const bool quoted = !node.plain;
    const TreeNode made { .key = isKey ? std::string_view() : m_key,
        .text = scalar.text,
        .end = size() + 1,
        .line = isKey ? node.line : m_keyLine,
        .type = scalar.type,
        .quoted = quoted };
    if (isKey) {
        const bool merge
            = node.text == "<<" && (node.tag.empty() ? node.plain : node.tag == "tag:yaml.org,2002:merge");
        key(scalar, node.line, scalar.type == NodeType::String, merge);
        if (!node.anchor.empty() && m_skipping == 0 && !m_gaveUp) {
            m_anchored.push_back(made);
            m_anchored.back().end = static_cast<std::uint32_t>(m_anchored.size());
            m_anchors[std::string(node.anchor)] = { true, m_anchored.back().end - 1 };
        }
        return;
    }
    if (scalar.problem)
        return fail(node.line, scalar.problem);
    m_tree.push_back(made);
    if (!node.anchor.empty()) {
        complete(node.anchor, size() - 1);
        if (m_gaveUp)
            return;
    }
    valueDone();
}

bool YamlTree::begin(const YamlNode& node, NodeType type)
{
    if (m_gaveUp)
        return false;
    if (m_skipping > 0) {
        ++m_skipping;
        return false;
    }
    if (!m_stack.empty() && m_stack.back().keyDue) {
        fail(node.line, "a mapping or a list stands where a key is expected");
        ++m_skipping;
        return false;
    }
    if (!value(node.line))
        return false;
    if (m_stack.size() >= static_cast<std::size_t>(std::max(m_limits.maxDepth, 1))) {
        fail(node.line, "nested deeper than " + std::to_string(m_limits.maxDepth) + " levels");
        m_skipping = 1;
        m_leave = true; // libyaml takes quadratic time for what may follow
        return false;
    }
    m_stack.push_back({ .node = size(), .anchor = std::string(node.anchor) });
    if (!node.anchor.empty())
        m_anchors[std::string(node.anchor)] = {};
    m_tree.push_back({ .key = m_key, .text = {}, .line = m_keyLine, .type = type });
    return true;
}

void YamlTree::beginMapping(const YamlNode& node)
{
    if (begin(node, NodeType::Object))
        m_stack.back().mapping = m_stack.back().keyDue = true;
}

void YamlTree::beginSequence(const YamlNode& node) { begin(node, NodeType::Array); }

void YamlTree::end()
{
    if (m_gaveUp)
        return;
    if (m_skipping > 0) {
        --m_skipping;
        return;
    }
    Frame& frame = m_stack.back();
    const std::uint32_t node = frame.node;
    m_tree[node].end = size();
    m_tree[node].count = frame.count;
    const std::size_t errors = m_output.errors.size();
    if (frame.merges) {
        merge(node, m_tree[node].line);
    } else if (frame.mapping && frame.count > 1) {
        ReadError error;
        if (!keysAreUnique(m_tree, node, m_scratch, error))
            fail(error.line, error.message);
    }
    if (errors != m_output.errors.size()) {
        if (m_skipping > 0)
            --m_skipping; // this one is over
        return;
    }
    const std::string anchor = std::move(frame.anchor);
    m_stack.pop_back();
    if (!anchor.empty())
        complete(anchor, node);
    if (!m_gaveUp)
        valueDone();
}

/// Keeps a copy of what an anchor names.
void YamlTree::complete(std::string_view anchor, std::uint32_t first)
{
    const auto copy = static_cast<std::uint32_t>(m_anchored.size());
    if (copy + (size() - first) > m_limits.maxNodes)
        return giveUp(m_tree[first].line, "has too many values below anchors");
    copySubtree(m_tree, first, m_anchored);
    m_anchors[std::string(anchor)] = { true, copy };
}

void YamlTree::alias(std::string_view anchor, std::uint32_t line)
{
    if (m_skipping > 0 || m_gaveUp)
        return;
    const bool isKey = !m_stack.empty() && m_stack.back().keyDue;
    if (!isKey && !value(line))
        return;
    const auto found = m_anchors.find(anchor);
    if (found == m_anchors.end())
        return fail(line, "the alias *" + excerpt(anchor) + " has no anchor before it", true);
    if (!found->second.complete)
        return fail(line, "the anchor &" + excerpt(anchor) + " contains itself");
    const std::uint32_t first = found->second.first;
    const TreeNode& target = m_anchored[first];
    if (isKey) {
        if (target.type == NodeType::Object || target.type == NodeType::Array)
            return fail(line, "a mapping or a list stands where a key is expected");
        return key(
            { .type = target.type, .text = target.text }, line, target.type == NodeType::String, false);
    }
    const std::uint32_t nodes = target.end - first;
    m_nodes += nodes;
    m_aliased += nodes;
    if (m_nodes > m_limits.maxNodes || tooMuchAliasing(m_aliased, m_nodes))
        return giveUp(line, "its aliases would grow it to more than " + std::to_string(m_nodes) + " values");
    if (m_stack.size() + depthOf(m_anchored, first)
        > static_cast<std::size_t>(std::max(m_limits.maxDepth, 1)))
        return fail(
            line, "nested deeper than " + std::to_string(m_limits.maxDepth) + " levels by its aliases");
    const std::uint32_t copy = size();
    copySubtree(m_anchored, first, m_tree);
    m_tree[copy].key = m_key;
    m_tree[copy].line = m_keyLine;
    valueDone();
}

/// Replaces the children << of an object by what they bring. As goyaml.v2 does it: in the order of the text,
/// a later value of a key wins, whether merged or not; of a list of mappings the first one wins.
void YamlTree::merge(std::uint32_t object, std::uint32_t line)
{
    struct Entry {
        std::uint32_t node;
        bool own; ///< not merged
    };
    std::map<std::string_view, std::size_t> places;
    std::vector<Entry> entries;
    const auto add = [&](std::uint32_t child, bool own) {
        const auto [place, isNew] = places.try_emplace(m_tree[child].key, entries.size());
        if (isNew) {
            entries.push_back({ child, own });
            return true;
        }
        Entry& entry = entries[place->second];
        if (own && entry.own) {
            fail(m_tree[child].line,
                "the key \"" + excerpt(m_tree[child].key) + "\" stands twice in one object, in line "
                    + std::to_string(m_tree[entry.node].line) + " and in line "
                    + std::to_string(m_tree[child].line));
            return false;
        }
        entry = { child, own || entry.own };
        return true;
    };
    const auto addAll = [&](std::uint32_t from) {
        for (std::uint32_t child = from + 1; child < m_tree[from].end; child = m_tree[child].end)
            add(child, false);
    };
    const std::uint32_t end = m_tree[object].end;
    for (std::uint32_t child = object + 1; child < end; child = m_tree[child].end) {
        if (m_tree[child].key.data() != mergeKey.data()) {
            if (!add(child, true))
                return;
            continue;
        }
        std::vector<std::uint32_t> sources;
        if (m_tree[child].type == NodeType::Array) {
            for (std::uint32_t element = child + 1; element < m_tree[child].end;
                 element = m_tree[element].end)
                sources.push_back(element);
            std::reverse(sources.begin(), sources.end());
        } else {
            sources.push_back(child);
        }
        for (const std::uint32_t source : sources) {
            if (m_tree[source].type != NodeType::Object)
                return fail(line, "the merge key << needs a mapping or a list of mappings");
            addAll(source);
        }
    }
    Tree merged;
    for (const Entry& entry : entries)
        copySubtree(m_tree, entry.node, merged);
    m_tree.resize(object + 1);
    for (TreeNode& node : merged) {
        node.end += object + 1;
        m_tree.push_back(node);
    }
    m_tree[object].end = size();
    m_tree[object].count = static_cast<std::uint32_t>(entries.size());
}

} // namespace glacis::inventory
