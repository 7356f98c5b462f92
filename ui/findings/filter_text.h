// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The filter line as text: how it is cut into words and key:value terms, and how a value is put in or taken
// out without touching what else a person wrote.
//
//     line      = term { space term }
//     term      = [-] key ":" value { "," value }   |   [-] word   |   "two words"
//     value     = letters   |   "as written"        quoted: no comma, * or + has a meaning; \" and \\ inside
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <QString>

namespace glacis::ui {

enum class FilterKey : std::uint8_t {
    Text,
    Severity,
    Stage,
    State,
    Platform,
    Namespace,
    Kind,
    Name,
    Object,
    Check,
    Framework,
    Path
};

struct FilterValue {
    std::string text; ///< UTF-8
    bool quoted = false; ///< as written
    friend bool operator==(const FilterValue&, const FilterValue&) = default;
};

struct FilterTerm {
    FilterKey key = FilterKey::Text;
    bool negated = false;
    std::vector<FilterValue> values; ///< alternatives; none while "ns:" is being typed
    QString unknownKey {}; ///< "foo" of foo:bar, which is then a word like any other
    qsizetype begin = 0, end = 0; ///< where it stands in the line
};

/// The first 2,000 characters of the line.
[[nodiscard]] std::vector<FilterTerm> parseFilter(const QString& line);

/// Names that a key goes by, the first is the one that we write.
[[nodiscard]] std::vector<QString> namesOf(FilterKey key);
/// The keys that a line may name, in the order of their help.
[[nodiscard]] const std::vector<FilterKey>& filterKeys();

/// The value as it must be written to be taken literally: quoted when it needs be.
[[nodiscard]] QString writtenValue(std::string_view value);
/// Does a positive term of the line name this very value?
[[nodiscard]] bool namesValue(const QString& line, FilterKey key, std::string_view value);
/// The line with the value added to its positive term of that key, or a term added; or with it removed.
[[nodiscard]] QString withValue(const QString& line, FilterKey key, std::string_view value, bool on);
/// The line without its terms of this key.
[[nodiscard]] QString withoutKey(const QString& line, FilterKey key);

} // namespace glacis::ui
