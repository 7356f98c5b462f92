// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a text is cut into the words that pseudonyms replace, and which words are no secret because every
// cluster, or the whole world, has them. Dictionary and text are cut by the same reader, so that a name is
// found wherever it stands as a whole word.
//
//     WordReader reader("ServiceAccount shop/web at 10.0.0.5:80");
//     while (reader.next()) ... reader.kind(), reader.text()
#pragma once

#include <cstdint>
#include <string_view>

namespace glacis::report {

/// Pieces of a text in order; together they are the text.
class WordReader {
public:
    enum class Kind : std::uint8_t { Gap, Word, Address, Mail };

    explicit WordReader(std::string_view text)
        : m_text(text)
    {
    }
    [[nodiscard]] bool next();
    /// The piece holds so many bytes more.
    void extend(std::size_t bytes) { m_end += bytes; }
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] std::string_view text() const { return m_text.substr(m_begin, m_end - m_begin); }
    [[nodiscard]] std::string_view before() const { return m_text.substr(0, m_begin); }
    [[nodiscard]] std::string_view rest() const { return m_text.substr(m_end); }

private:
    [[nodiscard]] std::size_t wordEnd(std::size_t begin) const;
    [[nodiscard]] std::size_t address6End(std::size_t begin) const;
    [[nodiscard]] std::size_t mailEnd(std::size_t wordEnd) const;
    void give(Kind kind, std::size_t end);

    std::string_view m_text;
    std::size_t m_begin = 0, m_end = 0;
    Kind m_kind = Kind::Gap;
};

/// A word that stays although something bears it: it tells nothing about this cluster.
[[nodiscard]] bool isWellKnown(std::string_view word);
/// A part of a host path that many nodes have: "var", "docker.sock".
[[nodiscard]] bool isWellKnownFolder(std::string_view part);
/// Labels that people use everywhere: "app", "tier".
[[nodiscard]] bool isWellKnownLabel(std::string_view key);
/// Loopback, the wildcard address and the metadata service of clouds.
[[nodiscard]] bool isWellKnownAddress(std::string_view address);
/// Domains of Kubernetes, public registries and API groups of well-known projects.
[[nodiscard]] bool isPublicDomain(std::string_view host);
/// Does the word read as the name of a host, rather than as a file, a version, a field or a resource?
[[nodiscard]] bool looksLikeHost(std::string_view word);
/// Field of an object: "spec.template.spec.containers".
[[nodiscard]] bool looksLikeField(std::string_view word, bool afterBracket);
/// ".yaml" of "web.yaml", where it says what kind of file it is; else nothing.
[[nodiscard]] std::string_view fileEnding(std::string_view word);

} // namespace glacis::report
