// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that Glacis can say to an API server. A Request is a GET, or a POST of one of the self-review
// objects that this class writes itself: nothing else can be expressed, which is what makes the program
// read-only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace glacis::cluster {

enum class Accept : std::uint8_t {
    Json, ///< application/json
    AggregatedDiscovery, ///< apidiscovery.k8s.io v2, then v2beta1, then plain JSON
    Table, ///< meta.k8s.io/v1 Table only: no plain JSON as a fallback, for Secrets
};

class Request {
public:
    /// path begins with '/', is not escaped yet; query names and values are escaped here. A path that does
    /// not begin so, or with a segment "." or "..", gives a request without a target, which is never sent.
    [[nodiscard]] static Request get(std::string_view path,
        const std::vector<std::pair<std::string, std::string>>& query = {}, Accept accept = Accept::Json);
    /// The rights of the own identity in one namespace.
    [[nodiscard]] static Request ownRules(std::string_view ns);
    /// May the own identity do this? Empty ns: in every namespace.
    [[nodiscard]] static Request ownAccess(
        std::string_view verb, std::string_view group, std::string_view resource, std::string_view ns = {});
    /// Who is the own identity? (authentication.k8s.io/v1 SelfSubjectReview, since 1.28)
    [[nodiscard]] static Request ownIdentity();

    /// The same request, of which a long answer is expected: it travels on a connection of its own (HTTP/1.1)
    /// instead of sharing one of HTTP/2 with the others, whose frames an API server writes one after the
    /// other.
    [[nodiscard]] Request large() &&;

    [[nodiscard]] bool isPost() const { return !m_body.empty(); }
    [[nodiscard]] const std::string& target() const { return m_target; } ///< escaped path and query
    [[nodiscard]] const std::string& body() const { return m_body; } ///< JSON; empty: GET
    [[nodiscard]] Accept accept() const { return m_accept; }
    [[nodiscard]] bool isLarge() const { return m_large; }
    [[nodiscard]] std::string_view acceptHeader() const;

private:
    Request() = default;
    std::string m_target;
    std::string m_body;
    Accept m_accept = Accept::Json;
    bool m_large = false;
};

} // namespace glacis::cluster
