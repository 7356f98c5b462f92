// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "own_rights.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include <base/text.h>
#include <cluster/deadline.h>
#include <cluster/json_text.h>
#include <cluster/lists.h>

namespace glacis::cluster {
namespace {

    using inventory::NodeRef;
    using inventory::NodeType;

    constexpr std::uint64_t largest = 4U << 20;
    constexpr std::size_t mostGroups = 200;
    constexpr inventory::ReadLimits limits { .maxDepth = 32, .maxNodes = 400'000 };

    constexpr unsigned questionsAtOnce = 8;

    enum class Answer : std::uint8_t { Unknown, No, Yes };

    struct Right {
        std::string_view verb, group, resource;
        bool wanted = false; ///< by a scan; else it should not be there
    };
    /// What turns a scanner's token into an attacker's.
    constexpr std::array excessive { Right { "get", "", "secrets" }, Right { "create", "", "pods" },
        Right { "create", "", "pods/exec" }, Right { "get", "", "nodes/proxy" },
        Right { "create", "", "nodes/proxy" }, Right { "create", "", "serviceaccounts/token" },
        Right { "create", "apps", "deployments" }, Right { "patch", "apps", "daemonsets" },
        Right { "create", "rbac.authorization.k8s.io", "clusterrolebindings" },
        Right { "escalate", "rbac.authorization.k8s.io", "clusterroles" },
        Right { "bind", "rbac.authorization.k8s.io", "clusterroles" }, Right { "impersonate", "", "users" },
        Right { "delete", "", "namespaces" }, Right { "update", "", "configmaps" } };

    bool holds(NodeRef list, std::string_view wanted)
    {
        for (const NodeRef item : list) {
            if (item.text() == wanted || item.text() == "*")
                return true;
        }
        return false;
    }

    bool holdsResource(NodeRef list, std::string_view wanted)
    {
        const std::size_t slash = wanted.find('/');
        for (const NodeRef item : list) {
            const std::string_view text = item.text();
            if (text == wanted || text == "*")
                return true;
            if (slash != std::string_view::npos && text.starts_with("*/")
                && text.substr(1) == wanted.substr(slash))
                return true;
        }
        return false;
    }

    bool permits(NodeRef rules, const Right& right)
    {
        for (const NodeRef rule : rules) {
            if (rule["resourceNames"].size() == 0 && holds(rule["verbs"], right.verb)
                && holds(rule["apiGroups"], right.group) && holdsResource(rule["resources"], right.resource))
                return true;
        }
        return false;
    }

    std::string words(const Right& right)
    {
        std::string text = std::string(right.verb) + ' ' + std::string(right.resource);
        return right.group.empty() ? text : text.append(".").append(right.group);
    }

    std::vector<Right> rightsInQuestion(const Discovery& discovery)
    {
        std::vector<Right> rights;
        for (const ListRow& row : listRows()) {
            if (row.part.empty() && row.insteadOf.empty()
                && discovery.find(row.group, row.resource, row.versions))
                rights.push_back({ "list", row.group, row.resource, true });
        }
        rights.insert(rights.end(), excessive.begin(), excessive.end());
        return rights;
    }

} // namespace

OwnIdentity ownIdentity(ApiClient& client, const StopToken& stop)
{
    OwnIdentity identity;
    const Reply reply = client.call(Request::ownIdentity(), stop, largest);
    identity.failure = reply.failure;
    identity.message = reply.message;
    identity.detail = reply.detail;
    if (identity.failure != Failure::None)
        return identity;
    const JsonText answer(reply.body, limits);
    const NodeRef info = answer.root()["status"]["userInfo"];
    identity.user = printable(info["username"].text().substr(0, 253));
    for (const NodeRef group : info["groups"]) {
        if (identity.groups.size() < mostGroups)
            identity.groups.push_back(printable(group.text().substr(0, 253)));
    }
    if (identity.user.empty()) {
        identity.failure = Failure::Malformed;
        identity.message = "The answer to the review of the own identity holds no user name.";
    }
    return identity;
}

OwnRights rightsFrom(std::string_view body, const Discovery& discovery)
{
    OwnRights rights;
    const JsonText answer(body, limits);
    const NodeRef rules = answer.root()["status"]["resourceRules"];
    if (!rules.is(NodeType::Array)) {
        rights.failure = Failure::Malformed;
        rights.message = "The answer to the review of the own rights holds no rules.";
        return rights;
    }
    rights.incomplete = answer.root()["status"]["incomplete"].text() == "true";
    for (const Right& right : rightsInQuestion(discovery)) {
        const bool permitted = permits(rules, right);
        if (!permitted && rights.incomplete)
            rights.unknown.push_back(words(right));
        else if (right.wanted && !permitted)
            rights.missing.push_back(words(right));
        else if (!right.wanted && permitted)
            rights.excess.push_back(words(right));
    }
    return rights;
}

namespace {

    /// Asks for each right by itself, several at once, since each answer takes a way to the server and back.
    class Questions {
    public:
        Questions(ApiClient& client, const StopToken& stop, std::chrono::milliseconds patience)
            : m_client(client)
            , m_deadline(stop, patience)
        {
        }

        [[nodiscard]] std::vector<Answer> ask(const std::vector<Right>& rights)
        {
            std::vector<Answer> answers(rights.size(), Answer::Unknown);
            std::atomic<std::size_t> next { 0 };
            const auto work = [&] {
                for (std::size_t i = next++; i < rights.size(); i = next++)
                    answers[i] = askOne(rights[i]);
            };
            std::vector<std::thread> threads;
            for (unsigned i = 1; i < questionsAtOnce; ++i)
                threads.emplace_back(work);
            work();
            for (std::thread& thread : threads)
                thread.join();
            return answers;
        }

    private:
        [[nodiscard]] Answer askOne(const Right& right) const
        {
            const StopToken stop = m_deadline.token();
            if (stop.stopRequested())
                return Answer::Unknown;
            const Reply reply
                = m_client.call(Request::ownAccess(right.verb, right.group, right.resource), stop, largest);
            if (reply.failure != Failure::None)
                return Answer::Unknown;
            const JsonText answer(reply.body, limits);
            const NodeRef status = answer.root()["status"];
            if (!status["allowed"].is(NodeType::Bool))
                return Answer::Unknown;
            if (status["allowed"].text() == "true")
                return Answer::Yes;
            // An authorizer that failed has no opinion; only one that said no is an answer then.
            const bool failed = !status["evaluationError"].text().empty();
            return failed && status["denied"].text() != "true" ? Answer::Unknown : Answer::No;
        }

        ApiClient& m_client;
        Deadline m_deadline;
    };

    /// What is unknown in `listed`.
    OwnRights askForTheRest(OwnRights listed, ApiClient& client, const Discovery& discovery,
        const StopToken& stop, std::chrono::milliseconds patience)
    {
        std::vector<Right> open = rightsInQuestion(discovery);
        std::erase_if(open, [&](const Right& right) {
            return std::find(listed.unknown.begin(), listed.unknown.end(), words(right))
                == listed.unknown.end();
        });
        const std::vector<Answer> answers = Questions(client, stop, patience).ask(open);
        if (stop.stopRequested()) {
            listed.failure = Failure::Cancelled;
            listed.message = "cancelled";
            return listed;
        }
        listed.unknown.clear();
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (answers[i] == Answer::Unknown)
                listed.unknown.push_back(words(open[i]));
            else if (open[i].wanted && answers[i] == Answer::No)
                listed.missing.push_back(words(open[i]));
            else if (!open[i].wanted && answers[i] == Answer::Yes)
                listed.excess.push_back(words(open[i]));
        }
        return listed;
    }

} // namespace

namespace {

    OwnRights rightsOf(const Reply& reply, const Discovery& discovery)
    {
        if (reply.failure == Failure::None)
            return rightsFrom(reply.body, discovery);
        OwnRights rights;
        rights.failure = reply.failure;
        rights.message = reply.message;
        rights.detail = reply.detail;
        return rights;
    }

} // namespace

OwnRights listedRights(
    ApiClient& client, const Discovery& discovery, std::string_view ns, const StopToken& stop)
{
    return rightsOf(client.tryOnce(Request::ownRules(ns), stop, largest), discovery);
}

OwnRights ownRights(ApiClient& client, const Discovery& discovery, std::string_view ns, const StopToken& stop,
    std::chrono::milliseconds patience)
{
    OwnRights rights = rightsOf(client.call(Request::ownRules(ns), stop, largest), discovery);
    return rights.failure == Failure::None && rights.incomplete
        ? askForTheRest(std::move(rights), client, discovery, stop, patience)
        : rights;
}

} // namespace glacis::cluster
