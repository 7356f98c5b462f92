// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes JSON text straight into a string: for outputs of a known shape that may be large.
//
//     JsonWriter w(indent);
//     w.beginObject().key("check").value("GL-POD-001").key("places").beginArray()...endArray().endObject();
//     w.take();
//
// Invalid UTF-8 becomes U+FFFD and control characters are escaped, so any outside text is safe. Not for:
// editing documents (nlohmann/json).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

class JsonWriter {
public:
    /// indent: spaces per level; 0 writes everything on one line.
    explicit JsonWriter(int indent = 0)
        : m_indent(indent)
    {
    }
    JsonWriter& beginObject();
    JsonWriter& endObject();
    JsonWriter& beginArray();
    JsonWriter& endArray();
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::uint64_t number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(std::uint32_t number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(double number); ///< One decimal place.
    JsonWriter& value(bool truth);
    JsonWriter& null();
    /// Text that is already JSON.
    JsonWriter& raw(std::string_view json);
    /// key() and value() in one.
    template <class T> JsonWriter& member(std::string_view name, const T& v)
    {
        key(name);
        return value(v);
    }
    [[nodiscard]] const std::string& text() const { return m_out; }
    [[nodiscard]] std::string take() { return std::move(m_out); }

private:
    void beforeValue();
    void newLine();
    void open(char bracket);
    void close(char bracket);
    std::string m_out;
    std::vector<bool> m_hasItems;
    int m_indent;
    bool m_afterKey = false;
};

/// Appends text as a JSON string with quotes.
void appendJsonString(std::string& out, std::string_view text);

} // namespace glacis
