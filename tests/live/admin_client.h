// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The test's own client, with every verb: it fills the cluster that the product then reads. The product has
// no such thing. One AdminClient belongs to one thread; its connection is kept open.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <QJsonObject>

#include <certificates.h>

namespace glacis::live {

/// Where and as whom.
struct AdminAccess {
    std::string url; ///< https://127.0.0.1:PORT
    std::string caPem;
    test::Identity certificate {}; ///< empty: none
    std::string token {}; ///< empty: none
    bool trustsAnyone = false; ///< the server's certificate is not looked at
};

struct Answer {
    int status = 0; ///< 0: no answer, see error
    std::string body {}, error {};
    [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
    [[nodiscard]] QJsonObject json() const;
    [[nodiscard]] std::string what() const; ///< for a message: status and the server's own words
};

inline constexpr std::string_view adminAgent = "live-test-admin";

class AdminClient {
public:
    explicit AdminClient(const AdminAccess& access);
    ~AdminClient();
    AdminClient(const AdminClient&) = delete;
    AdminClient& operator=(const AdminClient&) = delete;

    /// target: path and query, escaped. Headers are whole lines.
    Answer send(const std::string& method, const std::string& target, const std::string& body = {},
        const std::vector<std::string>& headers = {});
    Answer get(const std::string& target, const std::vector<std::string>& headers = {})
    {
        return send("GET", target, {}, headers);
    }
    Answer post(const std::string& target, const QJsonObject& object);
    Answer put(const std::string& target, const QJsonObject& object);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::live
