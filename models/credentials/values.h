// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a value says about itself: a reference to something kept elsewhere, a
// path, a switch, a well-known default, a random string. Everything here reads
// each byte a fixed number of times.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <credentials/classify.h>
#include <credentials/names.h>

namespace glacis::credentials {

/// Where the value stands decides what is a reference: only a shell and a
/// template expand $name.
enum class Context : std::uint8_t { Environment, Shell, Text, Annotation };

[[nodiscard]] LengthClass lengthClass(std::size_t length);
[[nodiscard]] Alphabet alphabetOf(std::string_view text);
/// Shannon entropy of the bytes, in bits per byte.
[[nodiscard]] double entropy(std::string_view text);
/// The entropy that a random string of this length reaches at least (after the
/// floor that CredSweeper uses for base64): 3.6 bits at 16 characters, 4.4 at
/// 32, 5.0 at 64, 5.5 at 128, then 6 - 64/n.
[[nodiscard]] double entropyFloor(std::size_t length);

/// Names inside $(NAME) as the kubelet expands them; $$(NAME) is an escape.
[[nodiscard]] std::vector<std::string> listReferences(std::string_view value);
/// Nothing but references, templates and placeholders: "$(TOKEN)", "${X}", "{{
/// .x }}", "<token>", "vault:a/b#c".
[[nodiscard]] bool isReference(std::string_view value, Context context);
/// "changeme", "admin", "123456"…
[[nodiscard]] bool isDefaultPassword(std::string_view value);
/// One character repeated, such as "xxxxxxxx".
[[nodiscard]] bool isRepeated(std::string_view value);
[[nodiscard]] bool isAbsolutePath(std::string_view value);

/// Is this literal under a name of this verdict a credential?
[[nodiscard]] bool isLiteralCredential(
    const NameVerdict& name, std::string_view value, Context context, const Rules& rules);

} // namespace glacis::credentials
