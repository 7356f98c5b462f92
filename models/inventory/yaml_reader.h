// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The YAML half of DocumentReader: documents are found by their `---`, libyaml's events of each go into a
// YamlTree.
#pragma once

#include <memory>

#include <inventory/reader.h>

namespace glacis::inventory {

class YamlReader {
public:
    YamlReader();
    ~YamlReader();
    /// Appends to tree and output.
    void read(std::string_view text, std::uint32_t firstLine, const ReadLimits& limits,
        DocumentReader::Form form, Tree& tree, DocumentReader::Output& output);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::inventory
