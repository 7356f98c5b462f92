// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// {"version": 1, "approvals": [{"program": ..., "salt": ..., "digest": ...}]}
// The digest is SHA-256 over the salt and the command as JSON; the rest is for people to see.
#include "exec_plugin.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <random>
#include <system_error>

#include <base/atomic_file.h>
#include <base/json_writer.h>
#include <base/sha256.h>
#include <cluster/credential_file.h>
#include <cluster/exec_words.h>
#include <inventory/reader.h>

namespace glacis::cluster {
namespace fs = std::filesystem;
namespace {
    using inventory::NodeRef;
    using inventory::NodeType;

    constexpr std::int64_t version = 1;
    constexpr std::size_t mostApprovals = 1000;

    struct Approval {
        ExecInvocation shown; ///< redacted
        std::string salt, digest;
    };

    void writeTexts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts)
    {
        json.key(name).beginArray();
        for (const std::string& text : texts)
            json.value(text);
        json.endArray();
    }

    void writeMembers(JsonWriter& json, const ExecInvocation& invocation)
    {
        json.member("program", invocation.program).member("invokedAs", invocation.invokedAs);
        writeTexts(json, "args", invocation.args);
        json.key("env").beginArray();
        for (const auto& [name, value] : invocation.env)
            json.beginArray().value(name).value(value).endArray();
        json.endArray();
        json.member("sha256", invocation.sha256)
            .member("kubeconfig", invocation.kubeconfig)
            .member("server", invocation.server);
    }

    /// Lengths stand before the parts: no two commands give the same text, whatever bytes they hold.
    std::string digestOf(const std::string& salt, const ExecInvocation& invocation)
    {
        Sha256 hash;
        const auto add = [&hash](const std::string& text) {
            hash.add(std::to_string(text.size()) + ':');
            hash.add(text);
        };
        add(salt);
        add(invocation.program);
        add(invocation.invokedAs);
        add(std::to_string(invocation.args.size()));
        std::for_each(invocation.args.begin(), invocation.args.end(), add);
        add(std::to_string(invocation.env.size()));
        for (const auto& [name, value] : invocation.env) {
            add(name);
            add(value);
        }
        add(invocation.sha256);
        add(invocation.kubeconfig);
        add(invocation.server);
        return hexDigits(hash.digest());
    }

    std::string randomSalt()
    {
        std::random_device random;
        std::string bytes;
        for (int i = 0; i < 8; ++i)
            bytes += std::to_string(random()) + ',';
        return sha256Hex(bytes, 32);
    }

    std::string text(NodeRef object, std::string_view name) { return std::string(object[name].text()); }

    std::optional<Approval> readApproval(NodeRef entry)
    {
        Approval approval;
        approval.salt = text(entry, "salt");
        approval.digest = text(entry, "digest");
        if (!entry.is(NodeType::Object) || approval.salt.size() != 32 || approval.digest.size() != 64)
            return std::nullopt;
        ExecInvocation& shown = approval.shown;
        shown.program = text(entry, "program");
        shown.invokedAs = text(entry, "invokedAs");
        for (const NodeRef argument : entry["args"])
            shown.args.emplace_back(argument.text());
        for (const NodeRef variable : entry["env"]) {
            std::vector<std::string> parts;
            for (const NodeRef part : variable)
                parts.emplace_back(part.text());
            if (parts.size() != 2)
                return std::nullopt;
            shown.env.emplace_back(parts[0], parts[1]);
        }
        shown.sha256 = text(entry, "sha256");
        shown.foundIn = text(entry, "foundIn");
        shown.kubeconfig = text(entry, "kubeconfig");
        shown.user = text(entry, "user");
        shown.server = text(entry, "server");
        return approval;
    }

    Result<std::vector<Approval>> readApprovals(const std::string& file, std::string_view bytes)
    {
        const auto broken = [&file] {
            return failure("the approvals in " + file
                + " cannot be read and count as none: expected what Glacis writes there");
        };
        std::string padded(bytes);
        padded.append(inventory::DocumentReader::jsonPadding, ' ');
        inventory::DocumentReader reader;
        const auto& output
            = reader.readJson(std::string_view(padded).substr(0, bytes.size()), 1, { 16, 200'000 });
        if (!output.errors.empty() || output.documents.size() != 1)
            return broken();
        const NodeRef root(*output.tree, output.documents.front().root);
        if (root["version"].text() != std::to_string(version) || !root["approvals"].is(NodeType::Array))
            return broken();
        std::vector<Approval> approvals;
        for (const NodeRef entry : root["approvals"]) {
            auto approval = readApproval(entry);
            if (!approval || approvals.size() == mostApprovals)
                return broken();
            approvals.push_back(std::move(*approval));
        }
        return approvals;
    }

    /// None when there is no file.
    Result<std::vector<Approval>> loadApprovals(const std::string& file)
    {
        std::error_code error;
        const fs::path path(std::u8string(file.begin(), file.end()));
        if (fs::status(path, error).type() == fs::file_type::not_found)
            return std::vector<Approval>();
        const auto bytes = readCredentialFile(file, "list of approvals");
        if (!bytes)
            return tl::unexpected(bytes.error());
        return readApprovals(file, bytes->reveal());
    }

    Result<void> writeApprovals(const std::string& file, const std::vector<Approval>& approvals)
    {
        JsonWriter json(2);
        json.beginObject().member("version", version).key("approvals").beginArray();
        for (const Approval& approval : approvals) {
            json.beginObject();
            writeMembers(json, approval.shown);
            json.member("user", approval.shown.user)
                .member("foundIn", approval.shown.foundIn)
                .member("salt", approval.salt)
                .member("digest", approval.digest)
                .endObject();
        }
        json.endArray().endObject();
        std::error_code error; // a missing folder shows when writing
        fs::create_directories(fs::path(std::u8string(file.begin(), file.end())).parent_path(), error);
        return writeFileAtomically(file, { json.text(), "\n" }, FileMode::OwnerOnly);
    }

} // namespace

struct ExecApprovals::State {
    std::string file;
    std::string problem;
    mutable std::mutex mutex;
    std::vector<Approval> approvals;

    /// The list to change: another process may have revoked some since.
    [[nodiscard]] std::vector<Approval> latest() const { return loadApprovals(file).value_or(approvals); }
    [[nodiscard]] static bool holdsFor(const Approval& approval, const ExecInvocation& invocation)
    {
        return approval.digest == digestOf(approval.salt, invocation);
    }
};

ExecApprovals::ExecApprovals(std::string file)
    : m_state(std::make_unique<State>())
{
    m_state->file = std::move(file);
    auto read = loadApprovals(m_state->file);
    if (read)
        m_state->approvals = std::move(*read);
    else
        m_state->problem = read.error().message;
}

ExecApprovals::~ExecApprovals() = default;

bool ExecApprovals::isApproved(const ExecInvocation& invocation) const
{
    const std::scoped_lock lock(m_state->mutex);
    return std::any_of(m_state->approvals.begin(), m_state->approvals.end(),
        [&](const Approval& approval) { return State::holdsFor(approval, invocation); });
}

Result<void> ExecApprovals::approve(const ExecInvocation& invocation)
{
    const std::scoped_lock lock(m_state->mutex);
    auto changed = m_state->latest();
    if (std::any_of(changed.begin(), changed.end(),
            [&](const Approval& approval) { return State::holdsFor(approval, invocation); }))
        return {};
    if (changed.size() == mostApprovals)
        return failure("the list of approvals in " + m_state->file + " is full: expected at most "
            + std::to_string(mostApprovals));
    Approval approval { redacted(invocation), randomSalt(), {} };
    approval.digest = digestOf(approval.salt, invocation);
    changed.push_back(std::move(approval));
    auto written = writeApprovals(m_state->file, changed);
    if (written)
        m_state->approvals = std::move(changed);
    return written;
}

Result<void> ExecApprovals::revoke(const ExecInvocation& invocation)
{
    const std::scoped_lock lock(m_state->mutex);
    auto changed = m_state->latest();
    // all() gives redacted ones, which no digest fits: those are known by what is shown.
    const auto removed = std::erase_if(changed, [&](const Approval& approval) {
        return approval.shown == invocation || State::holdsFor(approval, invocation);
    });
    if (removed == 0)
        return {};
    auto written = writeApprovals(m_state->file, changed);
    if (written)
        m_state->approvals = std::move(changed);
    return written;
}

std::vector<ExecInvocation> ExecApprovals::all() const
{
    const std::scoped_lock lock(m_state->mutex);
    std::vector<ExecInvocation> shown;
    for (const Approval& approval : m_state->approvals)
        shown.push_back(approval.shown);
    return shown;
}

const std::string& ExecApprovals::problem() const { return m_state->problem; }

} // namespace glacis::cluster
