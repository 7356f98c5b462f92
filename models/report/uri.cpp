// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/uri.h>

namespace glacis::report {
namespace {
    bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

    bool isUnreserved(char c)
    {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~'
            || c == '/';
    }

    /// A drive of Windows: "C:\dump" or "C:/dump".
    bool hasDrive(std::string_view path)
    {
        return path.size() >= 3 && isLetter(path[0]) && path[1] == ':' && (path[2] == '/' || path[2] == '\\');
    }
}

std::string fileUri(std::string_view path)
{
    const bool drive = hasDrive(path);
    const bool share = path.starts_with("\\\\");
    std::string uri;
    if (drive) {
        uri = "file:///";
        uri.append(path.substr(0, 2));
        path.remove_prefix(2);
    } else if (share) {
        uri = "file:"; // file://server/share
    } else if (path.starts_with('/')) {
        uri = "file://";
        while (path.starts_with("//"))
            path.remove_prefix(1);
    } else {
        while (path.starts_with("./"))
            path.remove_prefix(2);
    }
    static constexpr char Digits[] = "0123456789ABCDEF";
    for (char c : path) {
        if (c == '\\' && (drive || share))
            c = '/';
        if (isUnreserved(c)) {
            uri += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            uri += '%';
            uri += Digits[byte >> 4];
            uri += Digits[byte & 15];
        }
    }
    return uri;
}

} // namespace glacis::report
