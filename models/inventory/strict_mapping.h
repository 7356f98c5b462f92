// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads the program's own data files (checks, edges, cards). Strictly: what we wrote ourselves is either
// right or an error that names file and field, so an unknown key or a number that YAML would change (CIS 1.10
// unquoted is 1.1) does not pass. Not for what a person or a cluster gives us.
//
//     StrictMapping entry(file, root, fieldNames, "a check");
//     info.id = entry.text("id");
//     info.cost = entry.number("cost", 0, 20);
//     return entry.checked(std::move(info));
#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <base/result.h>
#include <inventory/tree.h>

namespace glacis::inventory {

/// One mapping; keeps its first error. Borrows the tree and `place`.
class StrictMapping {
public:
    /// place: for messages, "GL-POD-001.yaml"; fields: every key that it may hold; what: "a check".
    StrictMapping(const std::string& place, NodeRef root, std::span<const std::string_view> fields,
        std::string_view what);

    [[nodiscard]] NodeRef operator[](std::string_view field) const { return m_root[field]; }
    void fail(std::string_view field, std::string_view reason);

    /// Not empty, without the line end of a block.
    [[nodiscard]] std::string text(std::string_view field);
    /// A list, perhaps empty, of texts that are not.
    [[nodiscard]] std::vector<std::string> texts(std::string_view field)
    {
        return texts(m_root[field], field);
    }
    [[nodiscard]] std::vector<std::string> texts(NodeRef list, std::string_view field);
    [[nodiscard]] int number(std::string_view field, int min, int max)
    {
        return number(m_root[field], field, min, max);
    }
    [[nodiscard]] int number(NodeRef node, std::string_view field, int min, int max);

    /// The value when nothing failed, else the first error.
    template <class T> [[nodiscard]] Result<T> checked(T value) const
    {
        if (!m_error.empty())
            return failure(m_error);
        return value;
    }

private:
    const std::string& m_place;
    NodeRef m_root;
    std::string m_error;
};

/// Name and text of one file.
using DataFile = std::pair<std::string, std::string_view>;

/// Calls read for every YAML document; stops at the first error.
[[nodiscard]] Result<void> readDataFiles(
    std::span<const DataFile> files, const std::function<Result<void>(const std::string&, NodeRef)>& read);

/// One entry a document, sorted by id; an id that stands twice is an error. what: "check catalogue".
template <class T>
[[nodiscard]] Result<std::vector<T>> readEntries(std::span<const DataFile> files, std::string_view what,
    Result<T> (*readEntry)(const std::string& file, NodeRef root))
{
    std::vector<T> entries;
    const Result<void> done
        = readDataFiles(files, [&](const std::string& file, NodeRef root) -> Result<void> {
              Result<T> entry = readEntry(file, root);
              if (!entry)
                  return failure(entry.error().message);
              entries.push_back(std::move(*entry));
              return {};
          });
    if (!done)
        return failure(done.error().message);
    std::sort(entries.begin(), entries.end(), [](const T& a, const T& b) { return a.id < b.id; });
    const auto twin = std::adjacent_find(
        entries.begin(), entries.end(), [](const T& a, const T& b) { return a.id == b.id; });
    if (twin != entries.end())
        return failure("the " + std::string(what) + " holds " + twin->id + " twice");
    return entries;
}

/// Index of the entry in a list sorted by id; -1 when there is none.
template <class T> [[nodiscard]] int indexOfEntry(const std::vector<T>& entries, std::string_view id)
{
    const auto it = std::lower_bound(entries.begin(), entries.end(), id,
        [](const T& entry, std::string_view wanted) { return entry.id < wanted; });
    return it != entries.end() && it->id == id ? static_cast<int>(it - entries.begin()) : -1;
}

} // namespace glacis::inventory
