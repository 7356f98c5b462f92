// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a name says about its value. A name is cut in words (separators,
// camelCase, digits) and compared as words, so that "dbPassword", "DB_PASSWORD"
// and "DBPASSWORD" agree and "monkey" or "tokenizer" say nothing. The last word
// weighs most: PASSWORD_FILE is a file, API_KEY_HEADER a header. No allocation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <credentials/classify.h>

namespace glacis::credentials {

enum class NameStrength : std::uint8_t { None, Weak, Strong };
/// What kind of credential the name promises; passwords are chosen by people,
/// the others mostly by machines.
enum class NameKind : std::uint8_t {
    None,
    Password,
    Secret,
    Token,
    Key,
    Credential,
    UserAndPassword,
    Header
};

struct NameVerdict {
    NameStrength strength = NameStrength::None;
    NameKind kind = NameKind::None;
    bool last = false; ///< the deciding word ends the name (digits aside)
    bool plural = false;
    bool counted = false; ///< the name counts or limits: MAX_TOKENS
    bool objectName = false; ///< often the name of a Secret object: "secret", "tls secret"
    bool aws = false;
    bool azure = false; ///< AccountKey, SharedAccessKey
    bool hashed = false; ///< weak by hash, cert, digest…: hexadecimal digests are
                         ///< its normal content
    std::string_view qualifier; ///< "api" of "api key"
    std::string_view word; ///< "password", "key"; from a table or from the rules

    [[nodiscard]] bool strong() const { return strength == NameStrength::Strong; }
    [[nodiscard]] std::string matchedWord() const;
};

[[nodiscard]] NameVerdict judgeName(std::string_view name, const Rules& rules);
/// The policy says that this name never holds a credential.
[[nodiscard]] bool isAllowedName(std::string_view name, const Rules& rules);

} // namespace glacis::credentials
