// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A libcurl easy handle, kept between requests.
#include "admin_client.h"

#include <curl/curl.h>

#include <QJsonDocument>

namespace glacis::live {
namespace {

    std::size_t append(char* data, std::size_t size, std::size_t count, void* body)
    {
        static_cast<std::string*>(body)->append(data, size * count);
        return size * count;
    }

    curl_blob blobOf(const std::string& text)
    {
        return { const_cast<char*>(text.data()), text.size(), CURL_BLOB_COPY };
    }

    struct List {
        curl_slist* first = nullptr;
        List() = default;
        List(const List&) = delete;
        List& operator=(const List&) = delete;
        ~List() { curl_slist_free_all(first); }
        void add(const std::string& line) { first = curl_slist_append(first, line.c_str()); }
    };

    std::string compact(const QJsonObject& object)
    {
        return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    }

} // namespace

QJsonObject Answer::json() const
{
    return QJsonDocument::fromJson(QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size())))
        .object();
}

std::string Answer::what() const
{
    if (status == 0)
        return error;
    const std::string message = json().value(QLatin1String("message")).toString().toStdString();
    return std::to_string(status) + ' ' + (message.empty() ? body.substr(0, 500) : message);
}

struct AdminClient::State {
    AdminAccess access;
    CURL* curl = nullptr;
};

AdminClient::AdminClient(const AdminAccess& access)
    : m_state(std::make_unique<State>())
{
    m_state->access = access;
    CURL* curl = m_state->curl = curl_easy_init();
    if (curl == nullptr)
        qFatal("libcurl could not be started");
    curl_blob ca = blobOf(access.caPem);
    curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &ca);
    if (access.trustsAnyone) {
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, std::string(adminAgent).c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
    if (!access.certificate.certificatePem.empty()) {
        curl_blob certificate = blobOf(access.certificate.certificatePem);
        curl_blob key = blobOf(access.certificate.keyPem);
        curl_easy_setopt(curl, CURLOPT_SSLCERT_BLOB, &certificate);
        curl_easy_setopt(curl, CURLOPT_SSLKEY_BLOB, &key);
    }
}

AdminClient::~AdminClient() { curl_easy_cleanup(m_state->curl); }

Answer AdminClient::send(const std::string& method, const std::string& target, const std::string& body,
    const std::vector<std::string>& headers)
{
    CURL* curl = m_state->curl;
    Answer answer;
    List lines;
    if (!body.empty())
        lines.add("Content-Type: application/json");
    lines.add("Expect:"); // no round trip more for a long body
    if (!m_state->access.token.empty())
        lines.add("Authorization: Bearer " + m_state->access.token);
    for (const std::string& header : headers)
        lines.add(header);
    curl_easy_setopt(curl, CURLOPT_URL, (m_state->access.url + target).c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines.first);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    if (body.empty()) {
        curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    } else {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
    const CURLcode code = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);
    if (code != CURLE_OK) {
        answer.error = method + ' ' + target + ": " + curl_easy_strerror(code);
        return answer;
    }
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
}

Answer AdminClient::post(const std::string& target, const QJsonObject& object)
{
    return send("POST", target, compact(object));
}

Answer AdminClient::put(const std::string& target, const QJsonObject& object)
{
    return send("PUT", target, compact(object));
}

} // namespace glacis::live
