// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exec_answer.h"

#include <algorithm>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <base/json_writer.h>
#include <base/text.h>
#include <cluster/credential_file.h>
#include <cluster/key_pair.h>
#include <inventory/reader.h>
#include <inventory/tree_checks.h>

namespace glacis::cluster {
namespace {
    using inventory::DocumentReader;
    using inventory::NodeRef;
    using inventory::NodeType;

    constexpr inventory::ReadLimits answerLimits { 32, 10'000 };

    std::string base64(std::string_view bytes)
    {
        std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // a zero is written behind it
        const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
            reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
        text.resize(static_cast<std::size_t>(length));
        return text;
    }

    Result<std::string> authorityOf(const ClusterEntry& cluster)
    {
        if (cluster.certificateAuthorityData)
            return *cluster.certificateAuthorityData;
        if (cluster.certificateAuthority.empty())
            return std::string();
        const auto read = readCredentialFile(cluster.certificateAuthority, "certificate authority");
        if (!read)
            return tl::unexpected(read.error());
        return std::string(read->reveal());
    }

    /// spec.cluster; absent values are left out, as Go's omitempty does.
    Result<void> writeCluster(JsonWriter& json, const ClusterEntry& cluster)
    {
        const auto authority = authorityOf(cluster);
        if (!authority)
            return tl::unexpected(authority.error());
        json.key("cluster").beginObject().member("server", cluster.server);
        if (!cluster.tlsServerName.empty())
            json.member("tls-server-name", cluster.tlsServerName);
        if (cluster.insecureSkipTlsVerify)
            json.member("insecure-skip-tls-verify", true);
        if (!authority->empty())
            json.member("certificate-authority-data", base64(*authority));
        if (!cluster.proxyUrl.empty())
            json.member("proxy-url", cluster.proxyUrl);
        if (cluster.disableCompression)
            json.member("disable-compression", true);
        if (!cluster.execExtension.empty())
            json.key("config").raw(cluster.execExtension);
        json.endObject();
        return {};
    }

    /// A copy with the padding that the reader asks for, overwritten at the end.
    class PaddedCopy {
    public:
        explicit PaddedCopy(const Wiped& text)
            : m_size(text.size())
        {
            m_bytes.reserve(m_size + DocumentReader::jsonPadding);
            m_bytes.assign(text.reveal());
            m_bytes.append(DocumentReader::jsonPadding, ' ');
        }
        ~PaddedCopy() { OPENSSL_cleanse(m_bytes.data(), m_bytes.size()); }
        PaddedCopy(const PaddedCopy&) = delete;
        PaddedCopy& operator=(const PaddedCopy&) = delete;
        [[nodiscard]] std::string_view text() const { return std::string_view(m_bytes).substr(0, m_size); }

    private:
        std::string m_bytes;
        std::size_t m_size;
    };

    /// Text of a field: empty when absent or null, nothing when it is of another type.
    std::optional<std::string_view> textField(NodeRef object, std::string_view name)
    {
        const NodeRef field = object[name];
        if (!field || field.is(NodeType::Null))
            return std::string_view();
        if (!field.is(NodeType::String))
            return std::nullopt;
        return field.text();
    }

    bool hasControls(std::string_view text)
    {
        return std::any_of(text.begin(), text.end(),
            [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
    }

    Result<void> checkHead(NodeRef root, const std::string& apiVersion)
    {
        const auto kind = textField(root, "kind").value_or("");
        if (kind != "ExecCredential")
            return failure("answered with kind “" + inventory::excerpt(kind) + "”, expected ExecCredential");
        const auto version = textField(root, "apiVersion").value_or("");
        if (version != apiVersion)
            return failure("answered in apiVersion “" + inventory::excerpt(version)
                + "”, expected that of the kubeconfig, " + printable(apiVersion));
        return {};
    }

    Result<std::optional<std::int64_t>> readExpiry(std::string_view text, bool given, std::int64_t now)
    {
        if (!given)
            return std::optional<std::int64_t>();
        const auto expires = text.size() > 19 ? parseIsoTime(text) : std::nullopt; // RFC 3339: with a zone
        if (!expires)
            return failure("answered with an expirationTimestamp that is no RFC 3339 time");
        if (*expires <= now)
            return failure("answered with a credential that expired at " + isoTime(*expires)
                + " already: is this machine's clock right?");
        return expires;
    }

    Result<ExecAnswer> readStatus(NodeRef status, std::int64_t now)
    {
        if (!status.is(NodeType::Object))
            return failure("answered without a status");
        const auto token = textField(status, "token");
        const auto certificate = textField(status, "clientCertificateData");
        const auto key = textField(status, "clientKeyData");
        const auto expiry = textField(status, "expirationTimestamp");
        if (!token || !certificate || !key || !expiry)
            return failure("answered with a status whose token, certificate, key or time is not a text");
        if (certificate->empty() != key->empty())
            return failure(certificate->empty() ? "answered with a key but no certificate"
                                                : "answered with a certificate but no key");
        if (token->empty() && certificate->empty())
            return failure("answered with neither a token nor a certificate and key");
        if (hasControls(*token))
            return failure("answered with a token that holds control characters");
        ExecAnswer answer;
        answer.token = Wiped(*token);
        answer.certificatePem = *certificate;
        answer.keyPem = Wiped(*key);
        if (!certificate->empty()) {
            if (const auto pair = checkKeyPair(answer.certificatePem, answer.keyPem); !pair)
                return failure("answered with a certificate that cannot be used: " + pair.error().message);
        }
        const bool given = status["expirationTimestamp"].is(NodeType::String);
        auto expires = readExpiry(*expiry, given, now);
        if (!expires)
            return tl::unexpected(expires.error());
        answer.expires = *expires;
        return answer;
    }

} // namespace

Result<std::string> execInfo(const ContextTarget& target, bool interactive)
{
    const ExecSpec& spec = *target.user.exec;
    JsonWriter json;
    json.beginObject().member("kind", "ExecCredential").member("apiVersion", spec.apiVersion);
    json.key("spec").beginObject();
    if (spec.provideClusterInfo) {
        if (const auto written = writeCluster(json, target.cluster); !written)
            return tl::unexpected(written.error());
    }
    json.member("interactive", interactive).endObject().endObject();
    return json.take();
}

Result<ExecAnswer> readExecAnswer(const Wiped& text, const std::string& apiVersion, std::int64_t now)
{
    if (trim(text.reveal()).empty())
        return failure("answered nothing");
    const PaddedCopy copy(text);
    DocumentReader reader;
    const auto& output = reader.readJson(copy.text(), 1, answerLimits);
    if (!output.errors.empty() && output.errors.front().syntax)
        return failure("answered with text that is not JSON"); // the reader's words may quote a token
    if (!output.errors.empty())
        return failure("answered with JSON that is nested too deeply, too large or names a key twice");
    if (output.documents.size() != 1)
        return failure("answered with more than one JSON document");
    const NodeRef root(*output.tree, output.documents.front().root);
    if (!root.is(NodeType::Object))
        return failure("answered with JSON that is no object");
    if (const auto head = checkHead(root, apiVersion); !head)
        return tl::unexpected(head.error());
    return readStatus(root["status"], now);
}

} // namespace glacis::cluster
