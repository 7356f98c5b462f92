// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "request.h"

#include <base/json_writer.h>

namespace glacis::cluster {
namespace {
    constexpr std::string_view unreserved
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view inPath = "/:@!$&'()*+,;="; // RFC 3986 pchar: names of RBAC objects have colons

    void appendEscaped(std::string& out, std::string_view text, std::string_view alsoKept)
    {
        static constexpr std::string_view digits = "0123456789ABCDEF";
        for (const char c : text) {
            if (unreserved.find(c) != std::string_view::npos || alsoKept.find(c) != std::string_view::npos) {
                out += c;
                continue;
            }
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }

    /// Servers and proxies on the way resolve "." and "..": a name from outside could lead elsewhere.
    bool hasDotSegment(std::string_view path)
    {
        for (std::size_t at = 0; at < path.size();) {
            const std::size_t end = std::min(path.find('/', at + 1), path.size());
            const std::string_view segment = path.substr(at + 1, end - at - 1);
            if (segment == "." || segment == "..")
                return true;
            at = end;
        }
        return false;
    }

    JsonWriter reviewOf(const char* apiVersion, const char* kind)
    {
        JsonWriter json;
        json.beginObject().member("apiVersion", apiVersion).member("kind", kind);
        return json;
    }
}

Request Request::get(
    std::string_view path, const std::vector<std::pair<std::string, std::string>>& query, Accept accept)
{
    Request result;
    result.m_accept = accept;
    if (!path.starts_with('/') || hasDotSegment(path))
        return result; // no target: the transport refuses it
    appendEscaped(result.m_target, path, inPath);
    char separator = '?';
    for (const auto& [name, value] : query) {
        result.m_target += separator;
        appendEscaped(result.m_target, name, {});
        result.m_target += '=';
        appendEscaped(result.m_target, value, {});
        separator = '&';
    }
    return result;
}

Request Request::ownRules(std::string_view ns)
{
    JsonWriter json = reviewOf("authorization.k8s.io/v1", "SelfSubjectRulesReview");
    json.key("spec").beginObject().member("namespace", ns).endObject().endObject();
    Request result;
    result.m_target = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
    result.m_body = json.take();
    return result;
}

Request Request::ownAccess(
    std::string_view verb, std::string_view group, std::string_view resource, std::string_view ns)
{
    JsonWriter json = reviewOf("authorization.k8s.io/v1", "SelfSubjectAccessReview");
    json.key("spec").beginObject().key("resourceAttributes").beginObject();
    if (!ns.empty())
        json.member("namespace", ns);
    json.member("verb", verb).member("group", group);
    // As roles write it: "pods/exec".
    const std::size_t slash = resource.find('/');
    json.member("resource", resource.substr(0, slash));
    if (slash != std::string_view::npos)
        json.member("subresource", resource.substr(slash + 1));
    json.endObject().endObject().endObject();
    Request result;
    result.m_target = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    result.m_body = json.take();
    return result;
}

Request Request::ownIdentity()
{
    Request result;
    result.m_target = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    result.m_body = reviewOf("authentication.k8s.io/v1", "SelfSubjectReview").endObject().take();
    return result;
}

Request Request::large() &&
{
    m_large = true;
    return std::move(*this);
}

std::string_view Request::acceptHeader() const
{
    // The order of g, v and as matters to some servers: it is client-go's (discovery) and kubectl's (Table).
    switch (m_accept) {
    case Accept::Json:
        break;
    case Accept::AggregatedDiscovery:
        return "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
               "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
               "application/json";
    case Accept::Table:
        return "application/json;as=Table;v=v1;g=meta.k8s.io";
    }
    return "application/json";
}

} // namespace glacis::cluster
