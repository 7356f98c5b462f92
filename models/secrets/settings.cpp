// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <secrets/settings.h>

#include <base/text.h>

namespace glacis::secrets {

bool flagSet(std::string_view value)
{
    return !value.empty() && value != "true"; // a bare --cert-file names no file
}

bool isLoopback(std::string_view host)
{
    return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

std::string_view hostOf(std::string_view url)
{
    if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find('/'));
    if (url.starts_with('[')) {
        url.remove_prefix(1);
        return url.substr(0, url.find(']'));
    }
    return url.substr(0, url.rfind(':'));
}

std::vector<std::string_view> urls(std::string_view list)
{
    std::vector<std::string_view> all;
    for (const std::string_view part : split(list, ',')) {
        if (const std::string_view url = trim(part); !url.empty())
            all.push_back(url);
    }
    return all;
}

bool startsWithScheme(std::string_view url, std::string_view scheme)
{
    return equalsIgnoringCase(url.substr(0, scheme.size()), scheme);
}

} // namespace glacis::secrets
