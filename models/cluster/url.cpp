// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "url.h"

#include <memory>

#include <base/text.h>

#include <curl/curl.h>

namespace glacis::cluster {
namespace {
    std::string part(CURLU* url, CURLUPart which)
    {
        char* text = nullptr;
        if (curl_url_get(url, which, &text, 0) != CURLUE_OK || text == nullptr)
            return {};
        std::string result(text);
        curl_free(text);
        return result;
    }
}

std::optional<Url> parseUrl(const std::string& text)
{
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), &curl_url_cleanup);
    if (text.find('\0') != std::string::npos || !url
        || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE)
            != CURLUE_OK)
        return std::nullopt;
    Url result;
    result.scheme = toLower(part(url.get(), CURLUPART_SCHEME));
    result.user = part(url.get(), CURLUPART_USER);
    result.password = part(url.get(), CURLUPART_PASSWORD);
    result.host = part(url.get(), CURLUPART_HOST);
    result.path = part(url.get(), CURLUPART_PATH);
    if (const std::string zone = part(url.get(), CURLUPART_ZONEID);
        !zone.empty() && result.host.ends_with(']'))
        result.host.insert(result.host.size() - 1, "%25" + zone);
    const std::string port = part(url.get(), CURLUPART_PORT);
    if (!port.empty()) {
        const auto number = parseInteger(port);
        if (!number || *number < 1 || *number > 65'535)
            return std::nullopt;
        result.port = static_cast<std::uint16_t>(*number);
    }
    if (result.scheme.empty() || result.host.empty() || result.host.find_first_of("%/\\ ") == 0)
        return std::nullopt;
    return result;
}

} // namespace glacis::cluster
