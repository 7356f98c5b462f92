// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inventory/tree.h>

namespace glacis::inventory {

NodeRef NodeRef::operator[](std::string_view key) const
{
    if (type() != NodeType::Object)
        return {};
    const Tree& tree = *m_tree;
    const std::uint32_t end = tree[m_index].end;
    for (std::uint32_t child = m_index + 1; child < end; child = tree[child].end) {
        if (tree[child].key == key)
            return { tree, child };
    }
    return {};
}

} // namespace glacis::inventory
