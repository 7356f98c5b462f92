// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON half of DocumentReader: simdjson finds the tokens and checks UTF-8, one loop over them builds the
// tree.
#pragma once

#include <memory>

#include <inventory/reader.h>

namespace glacis::inventory {

class JsonReader {
public:
    JsonReader();
    ~JsonReader();
    /// Appends to tree and output. Without an own limit on text but 4 GiB.
    void read(std::string_view text, std::uint32_t firstLine, const ReadLimits& limits, Tree& tree,
        DocumentReader::Output& output);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::inventory
