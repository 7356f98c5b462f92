// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds an Inventory from the answers of an API server: pages of lists that several threads decode as they
// arrive. Objects come out in the order of list and page, whoever was first.
//
//     Gathering gathering(rules);
//     Gathering::Worker worker(gathering);                       // one per thread
//     Page page = worker.read({ "/api/v1/pods", 0 }, body, "v1", "PodList");
//     auto inventory = gathering.finish(coverage);
//
// Not for files: see import.h.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <credentials/classify.h>
#include <inventory/inventory.h>

namespace glacis::inventory {

/// What a list's answer says of itself.
struct ListHead {
    std::string continueToken; ///< empty: the last page
};

/// From the first bytes of an answer, without reading its items, so that the next page can be asked for at
/// once. Nothing when the metadata does not stand before the items (lists of custom resources); never a
/// guess.
[[nodiscard]] std::optional<ListHead> headOfList(std::string_view body);

/// Where a page belongs.
struct PagePlace {
    std::string list; ///< path at the server: "/api/v1/namespaces/shop/pods"; what stands for a file
    std::uint32_t number = 0; ///< of the page, from 0
};

struct Page {
    ListHead head;
    std::uint32_t objects = 0;
    /// Why this is not a whole page of the list that was asked for: then nothing of it was kept.
    std::string fault;
};

/// A row of a Secrets list in Table form: all that is ever read of a Secret.
struct SecretRow {
    std::string name, type;
    std::uint32_t keyCount = 0;
};
/// Rows of a meta.k8s.io/v1 Table with the columns Name, Type and Data. Refused (fault) when the answer is no
/// such Table or when a row carries an object of its own: its values would have travelled.
struct SecretTable {
    ListHead head;
    std::vector<SecretRow> rows;
    std::string fault;
};

class Gathering {
public:
    explicit Gathering(credentials::Rules rules, int maxDepth = 100);
    ~Gathering();
    Gathering(const Gathering&) = delete;
    Gathering& operator=(const Gathering&) = delete;

    /// Reads pages on one thread; keeps its buffers between them. Must not outlive the Gathering.
    class Worker {
    public:
        explicit Worker(Gathering& gathering);
        ~Worker();
        Worker(const Worker&) = delete;
        Worker& operator=(const Worker&) = delete;
        /// `body` must be followed by DocumentReader::jsonPadding readable bytes and may go when this
        /// returns. apiVersion and kind: of the list that was asked for ("apps/v1", "DeploymentList").
        [[nodiscard]] Page read(const PagePlace& place, std::string_view body, std::string_view apiVersion,
            std::string_view kind);
        [[nodiscard]] SecretTable readSecrets(
            const PagePlace& place, std::string_view body, std::string_view ns);

    private:
        struct State;
        std::unique_ptr<State> m_state;
    };

    /// Forgets the pages of a list, which will be asked for again from its start.
    void forget(const std::string& list);
    void say(Diagnostic diagnostic);
    [[nodiscard]] std::uint64_t objects() const;

    /// Names of the Namespace objects read so far, bytewise sorted.
    [[nodiscard]] std::vector<std::string> namespaces() const;

    /// Once, when no worker reads any more. Coverage is taken as it stands: a kind of which only a part could
    /// be read is not marked as read because there are objects of it.
    [[nodiscard]] std::shared_ptr<Inventory> finish(Source source, Coverage coverage);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::inventory
