// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small ordered document for generated manifests, printed as kubectl prints JSON (4 spaces) and YAML (2
// spaces).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace glacis::bench {

class Doc {
public:
    using List = std::vector<Doc>;
    using Map = std::vector<std::pair<std::string, Doc>>;

    Doc(const char* text)
        : m_value(std::string(text))
    {
    }
    Doc(std::string text)
        : m_value(std::move(text))
    {
    }
    Doc(int number)
        : m_value(static_cast<std::int64_t>(number))
    {
    }
    Doc(bool truth)
        : m_value(truth)
    {
    }
    Doc(List items)
        : m_value(std::move(items))
    {
    }
    Doc(Map members)
        : m_value(std::move(members))
    {
    }

    void add(std::string key, Doc value)
    {
        std::get<Map>(m_value).emplace_back(std::move(key), std::move(value));
    }
    void json(std::string& out, int indent) const; ///< indent: current column; text starts there
    void yaml(std::string& out, int indent) const; ///< block style, the first line without indentation

private:
    std::variant<std::string, std::int64_t, bool, List, Map> m_value;
};

[[nodiscard]] inline Doc::Map map(std::initializer_list<std::pair<std::string, Doc>> members)
{
    return { members };
}
[[nodiscard]] inline Doc::List list(std::initializer_list<Doc> items) { return { items }; }

} // namespace glacis::bench
