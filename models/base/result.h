// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Errors are values. A function that can fail returns Result<T>; its message names the object and the reason:
//
//     Result<Policy> loadPolicy(const std::string& file);
//     auto policy = loadPolicy(file);
//     if (!policy) return tl::unexpected(policy.error());
//
// Exceptions stop at the library call that threw them and become an Error there.
#pragma once

#include <string>

#include <tl/expected.hpp>

namespace glacis {

struct Error {
    std::string message; ///< One sentence: what happened, where, what was expected.
};

template <class T> using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(std::string message)
{
    return tl::unexpected<Error>(Error { std::move(message) });
}

} // namespace glacis
