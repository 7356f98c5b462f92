// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One call of Decoder::decode(): the state that the decoding functions of the kinds share. Internal to
// decoding.
#pragma once

#include <inventory/decode.h>
#include <inventory/fields.h>
#include <inventory/redacted_json.h>

namespace glacis::inventory {

struct Decoder::Buffers {
    explicit Buffers(const credentials::Rules& rules)
        : blobs(rules)
    {
    }
    BlobWriter blobs;
    std::vector<Redaction> redactions;
};

class Decoder::Session {
public:
    Session(DecodeShared& shared, Buffers& buffers, const Tree& tree, const Origin& origin, Batch& batch)
        : m_shared(shared)
        , m_buffers(buffers)
        , m_tree(tree)
        , m_origin(origin)
        , m_batch(batch)
    {
    }

    void document(NodeRef root, const std::string& listApiVersion, const std::string& listKind, int depth);

private:
    void list(NodeRef root, NodeRef items, std::string_view apiVersion, std::string_view kind, int depth);
    void object(NodeRef root, std::string_view apiVersion, std::string_view kindName);
    void meta(NodeRef root, Fields& f, Object& object);
    void typed(NodeRef root, Fields& f, Object& object, ObjectId id);
    void remark(Diagnostic::Level level, NodeRef where, std::string object, std::string message);
    void redact(NodeRef node, std::string text)
    {
        m_buffers.redactions.push_back({ node.index(), false, std::move(text) });
    }
    void drop(NodeRef node) { m_buffers.redactions.push_back({ node.index(), true, {} }); }

    // kinds
    void node(NodeRef root, Fields& f, ObjectId id);
    void workload(NodeRef root, Fields& f, Object& object, ObjectId id);
    void service(NodeRef root, Fields& f, ObjectId id);
    void endpoints(NodeRef root, Fields& f, Object& object, ObjectId id);
    void ingress(NodeRef root, Fields& f, Object& object, ObjectId id);
    void gateway(NodeRef root, Fields& f, ObjectId id);
    void route(NodeRef root, Fields& f, ObjectId id);
    void networkPolicy(NodeRef root, Fields& f, ObjectId id);
    void otherPolicy(NodeRef root, Fields& f, const Object& object, ObjectId id);
    void serviceAccount(NodeRef root, Fields& f, ObjectId id);
    void role(NodeRef root, Fields& f, ObjectId id);
    void binding(NodeRef root, Fields& f, ObjectId id);
    void configMap(NodeRef root, Fields& f, const Object& object, ObjectId id);
    void secret(NodeRef root, Fields& f, ObjectId id);
    void volume(NodeRef root, Fields& f, const Object& object, ObjectId id);
    void admission(NodeRef root, Fields& f, const Object& object, ObjectId id);

    std::uint32_t podSpec(NodeRef spec, Object& object);

    DecodeShared& m_shared;
    Buffers& m_buffers;
    const Tree& m_tree;
    const Origin& m_origin;
    Batch& m_batch;
    JsonRange m_clean;
};

/// Decodes a pod spec with everything below it; no cache. (decode_pod.cpp)
[[nodiscard]] std::shared_ptr<const SpecEntry> decodePodSpec(
    NodeRef spec, StringPool& strings, const credentials::Rules& rules);
/// Structural hash of a spec without what differs from pod to pod. (decode_pod.cpp)
[[nodiscard]] Hash128 podSpecKey(NodeRef spec);
/// Text between the characters that a human reads safely, at most `limit` bytes.
[[nodiscard]] std::string_view cutText(std::string_view text, std::size_t limit);

} // namespace glacis::inventory
