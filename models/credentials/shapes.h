// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Structural tests of values that are credentials whatever they are called:
// provider tokens, JWTs, private keys. Each test reads a bounded part of the
// text, or up to the end of what it accepts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <credentials/classify.h>

namespace glacis::credentials {

/// A place in a text that has to be replaced.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    Detector detector = Detector::None;
    bool loose = false; ///< too doubtful for a finding; replaced all the same
    bool byValue = true;
    std::string_view prefix; ///< public constant before `begin`
    std::string_view qualifier, word; ///< of the name that decided, when one did
    std::string_view key; ///< the name in the text: "spring.datasource.password"
    std::size_t urlBegin = 0; ///< where the URL's scheme starts, for UrlPassword
    std::size_t urlEnd = 0;
};

/// A token of a provider whose prefix starts at `at`.
struct TokenShape {
    std::string_view prefix;
    bool (*accepts)(char);
    std::size_t least, most; ///< characters behind the prefix
    Detector detector;
    bool (*confirms)(std::string_view body); ///< may be null
};
[[nodiscard]] std::optional<Span> matchToken(std::string_view text, std::size_t at, const TokenShape& shape);
/// Any provider token, JWT or the like that starts just at `at`.
[[nodiscard]] std::optional<Span> matchAnyToken(std::string_view text, std::size_t at);

/// A JSON Web Token whose "eyJ" stands at `at`; the header is decoded to see
/// "alg".
[[nodiscard]] std::optional<Span> matchJsonWebToken(std::string_view text, std::size_t at);
/// A PEM private key whose "BEGIN" stands at `at`. Loose when its body is
/// shorter than 64 characters.
[[nodiscard]] std::optional<Span> matchPrivateKey(std::string_view text, std::size_t at);
/// A PEM private key in base64 whose first character stands at `at`.
[[nodiscard]] std::optional<Span> matchEncodedPrivateKey(std::string_view text, std::size_t at);

/// Decodes standard or URL-safe base64 up to the first foreign character; stops
/// after `most` bytes.
[[nodiscard]] std::string decodeBase64(std::string_view text, std::size_t most);
/// A first look at what decodeWholeText() demands: long enough, and its first
/// 12 characters are base64 of printable text.
[[nodiscard]] bool mayBeEncodedText(std::string_view value);
/// The text behind a whole value of base64 (at least 24 characters), when it is
/// printable text; else nothing.
[[nodiscard]] std::optional<std::string> decodeWholeText(std::string_view value);
/// Replaces %41 by A.
[[nodiscard]] std::string decodePercent(std::string_view text);

inline constexpr std::string_view encodedPemStart = "LS0tLS1CRUdJTi"; ///< base64 of "-----BEGIN "

} // namespace glacis::credentials
